"""The rules on targets and actuals (V)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.tables import book, grid
from xltools.checks import registry
from xltools.checks.base import Finding, Form, NotChecked, Outcome
from xltools.checks.targets import bare_name
from xltools.evaluation import Evaluation, YearMention
from xltools.forms import recognise
from xltools.policies import load
from xltools.scoring import expected


def outcomes(
    code: str, markdown: str, *, title: str = "", path: str = "自评表.xlsx", policy: str = "mof-2020-10"
) -> Iterator[Outcome]:
    table = grid(markdown, captions=(title,) if title else ())
    workbook = book(table, path=path)
    return run(code, recognise(workbook).evaluations[0], policy)


def run(code: str, evaluation: Evaluation, policy: str = "mof-2020-10") -> Iterator[Outcome]:
    rules = load(policy)
    form = Form(book(), grid("| |"), evaluation, rules, expected(evaluation, rules))
    return registry.check_of(code)(form)


def found(code: str, markdown: str, **options: str) -> list[Finding]:
    return [outcome for outcome in outcomes(code, markdown, **options) if isinstance(outcome, Finding)]


def unchecked(code: str, markdown: str, **options: str) -> list[str]:
    return [outcome.reason for outcome in outcomes(code, markdown, **options) if isinstance(outcome, NotChecked)]


def row(target: str, actual: str, *, weight: str = "100", score: str = "100", note: str = "", name: str = "甲") -> str:
    return f"""
    | 指标名称 | 指标值 | 完成值 | 权重 | 得分 | 偏差原因分析及改进措施 |
    | {name} | {target} | {actual} | {weight} | {score} | {note} |
    """


def with_unit(nature: str, unit: str, target: str, actual: str) -> str:
    return f"""
    | 指标名称 | 指标性质 | 计量单位 | 指标值 | 完成值 | 权重 | 得分 |
    | 甲 | {nature} | {unit} | {target} | {actual} | 100 | 100 |
    """


# V101, V102


@pytest.mark.parametrize("blank", ["", "—", "/"])
def test_a_blank_target_is_reported_where_it_has_to_be_typed(blank: str) -> None:
    (finding,) = found("V101", row(blank, "43次"))
    assert (finding.cell, finding.severity, finding.label) == ("B2", "error", "甲 · 指标值")


def test_an_adjusted_target_is_a_target() -> None:
    markdown = """
    | 指标名称 | 年初指标值 | 调整指标值 | 全年完成值 | 权重 | 得分 |
    | 甲 |  | ≥40次 | 43次 | 60 | 60 |
    | 乙 |  |  | 43次 | 40 | 40 |
    """
    assert [finding.cell for finding in found("V101", markdown)] == ["B3"]


def test_a_form_without_a_target_column_is_not_checked_for_targets() -> None:
    markdown = "| 指标名称 | 权重 | 得分 | 得分率 |\n| 甲 | 100 | 90 | 90% |"
    assert found("V101", markdown) == []
    assert len(unchecked("V101", markdown)) == 1


def test_a_detail_row_needs_a_target_only_where_it_has_an_actual() -> None:
    markdown = """
    | 指标名称 | 指标值 | 完成值 | 权重 | 得分 |
    | 补助面积 | 29.5亩 | 29.5亩 | 100 | 100 |
    | 其中：桃树 |  | 1.5亩 |  |  |
    | 其中：苹果树 |  |  |  |  |
    """
    assert [finding.cell for finding in found("V101", markdown)] == ["B3"]
    assert found("V102", markdown) == []


def test_a_target_in_a_merged_cell_counts_for_every_row() -> None:
    markdown = """
    | 指标名称 | 指标值 | 完成值 | 权重 | 得分 |
    | 甲 | 良好 | 良好 | 50 | 50 |
    | 乙 | ^ | ^ | 50 | 50 |
    """
    assert found("V101", markdown) == []
    assert found("V102", markdown) == []


@pytest.mark.parametrize("score", ["60", ""])
def test_a_blank_actual_is_an_error_with_or_without_a_score(score: str) -> None:
    (finding,) = found("V102", row("≥95%", "", score=score))
    assert (finding.cell, finding.severity) == ("C2", "error")


def test_a_blank_actual_without_target_is_reported_where_points_are() -> None:
    assert [finding.cell for finding in found("V102", row("", ""))] == ["C2"]


def test_a_filled_row_lacks_nothing() -> None:
    assert found("V101", row("≥95%", "96%")) == found("V102", row("≥95%", "96%")) == []


# V103, V105


@pytest.mark.parametrize(
    ("nature", "unit", "target", "count"),
    [
        ("≥", "", "40", 1),
        ("定量指标", "", "40", 1),
        ("", "", "40", 1),
        ("≥", "次", "40", 0),
        ("≥", "", "40次", 0),
        ("≥", "", "95%", 0),
        ("定性", "", "好", 0),
        ("", "", "好", 0),
    ],
)
def test_a_quantitative_indicator_needs_a_unit(nature: str, unit: str, target: str, count: int) -> None:
    findings = found("V103", with_unit(nature, unit, target, target))
    assert [finding.severity for finding in findings] == ["notice"] * count


def test_a_unit_at_the_end_of_the_name_is_a_unit() -> None:
    markdown = "| 指标名称 | 计量单位 | 指标值 | 完成值 | 得分 |\n| 兑付率（%） |  | 100 | 100 | 10 |"
    assert found("V103", markdown) == []


@pytest.mark.parametrize(
    ("nature", "actual", "count"), [("定性", "95", 1), ("定性指标", "95", 1), ("定性", "好", 0), ("≥", "95", 0)]
)
def test_a_qualitative_indicator_with_a_bare_number(nature: str, actual: str, count: int) -> None:
    assert len(found("V105", with_unit(nature, "", "好", actual))) == count


# V104


@pytest.mark.parametrize("target", ["≥50个", "50", "100%", "不少于12种"])
def test_words_in_place_of_a_number(target: str) -> None:
    (finding,) = found("V104", row(target, "达成预期指标"))
    assert (finding.cell, finding.found, finding.severity) == ("C2", "达成预期指标", "warning")


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥50个", "52个"),
        ("≥50个", "完成52个，超额完成"),
        ("3次", "三次"),
        ("≤0起", "未发生"),
        ("0", "无"),
        ("效果明显", "达成预期指标"),
        ("12月底前", "按时完成"),
        ("≥50个", ""),
    ],
)
def test_an_actual_that_tells_the_number_is_no_finding(target: str, actual: str) -> None:
    assert found("V104", row(target, actual)) == []


# V106


@pytest.mark.parametrize(("actual", "count"), [("2599", 0), ("2600", 1), ("3061", 1), ("2000", 0), ("1900", 0)])
def test_over_achievement_begins_at_the_policys_line(actual: str, count: int) -> None:
    assert len(found("V106", row("≥2000", actual))) == count


def test_the_excess_is_stated_with_one_decimal() -> None:
    (finding,) = found("V106", row("≥2000", "3061"))
    assert "53.1%" in finding.message


@pytest.mark.parametrize(
    ("target", "note"), [("≥2000", "年中追加任务，目标未及时调整"), ("≤2000", ""), ("2000", ""), ("=2000", "")]
)
def test_over_achievement_needs_a_direction_and_no_reason(target: str, note: str) -> None:
    assert found("V106", row(target, "3061", note=note)) == []


def test_rows_without_a_direction_are_counted_in_one_reason() -> None:
    markdown = """
    | 指标名称 | 指标值 | 完成值 | 得分 |
    | 甲 | 100 | 200 | 50 |
    | 乙 | 100 | 300 | 50 |
    """
    (reason,) = unchecked("V106", markdown)
    assert reason.startswith("2 ")


# V107


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥95%", "≥95%"), ("≧95%", "≥ 95％"), ("15%及以下", "15%及以下"), ("不少于12种", "≥12种"), ("≤0起", "≤0起")],
)
def test_an_actual_that_repeats_the_sign_was_not_measured(target: str, actual: str) -> None:
    assert [finding.cell for finding in found("V107", row(target, actual))] == ["C2"]


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥95%", "95%"), ("≥95%", "≥96%"), ("=100%", "=100%"), ("12月底前", "12月底前"), ("不低于上年", "不低于上年")],
)
def test_an_actual_of_its_own_is_no_copy(target: str, actual: str) -> None:
    assert found("V107", row(target, actual)) == []


def test_a_sign_of_the_nature_column_belongs_to_the_target() -> None:
    assert len(found("V107", with_unit("≥", "%", "95", "≥95%"))) == 1


# V108


def levels(*rows: tuple[str, str, str]) -> str:
    lines = ["| 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 得分 |"]
    return "\n".join([*lines, *(f"| {first} | {second} | {name} | ≥1 | 1 | 10 |" for first, second, name in rows)])


def test_one_name_twice_under_one_parent() -> None:
    markdown = levels(("产出指标", "数量指标", "指标1：培训人数"), ("^", "^", "★ 培训人数"), ("^", "^", "培训场次"))
    (finding,) = found("V108", markdown)
    assert (finding.cell, finding.severity) == ("C3", "warning")
    assert "C2" in finding.message


def test_one_name_under_two_parents_is_fine() -> None:
    markdown = levels(("产出指标", "数量指标", "培训人数"), ("^", "质量指标", "培训人数"))
    assert found("V108", markdown) == []


def test_names_are_compared_in_the_whole_table_where_it_has_no_levels() -> None:
    markdown = (
        "| 指标名称 | 指标值 | 完成值 | 得分 |\n| 满意度 | 1 | 1 | 5 |\n| 覆盖率 | 1 | 1 | 5 |\n| 满意度 | 1 | 1 | 5 |"
    )
    assert [finding.cell for finding in found("V108", markdown)] == ["A4"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("指标1：培训人数", "培训人数"),
        ("★★培训人数（15分）", "培训人数"),
        ("（1）培训人数", "培训人数"),
        ("1.5公里道路", "1.5公里道路"),
        ("指标2：", "指标2:"),
        ("5000吨稻谷", "5000吨稻谷"),
    ],
)
def test_the_bare_name_of_an_indicator(text: str, name: str) -> None:
    assert bare_name(text) == name


# V109


def cores(*marks: str) -> str:
    rows = [f"| 指标{chr(0x7532 + place)} | 1 | 1 | 10 | 10 | {mark} |" for place, mark in enumerate(marks)]
    return "\n".join(["| 指标名称 | 指标值 | 全年完成值 | 指标权重(分) | 指标得分(分) | 是否核心指标 |", *rows])


DEPARTMENT = "重庆市某局2022年度部门整体绩效自评表"


@pytest.mark.parametrize(("yes", "count"), [(4, 1), (5, 0), (6, 0), (0, 1)])
def test_a_department_needs_as_many_core_indicators_as_its_policy_asks_for(yes: int, count: int) -> None:
    findings = found("V109", cores(*["是"] * yes, "否"), title=DEPARTMENT, policy="chongqing")
    assert [(finding.found, finding.expected) for finding in findings] == [(str(yes), "≥5")] * count


def test_core_indicators_are_nobodys_business_elsewhere() -> None:
    assert found("V109", cores("是", "否"), title="2022年度部门整体绩效自评表") == []
    assert found("V109", cores("是", "否"), title="2022年度项目支出绩效自评表", policy="chongqing") == []


def test_a_form_that_marks_no_core_indicators_is_not_checked() -> None:
    markdown = "| 指标名称 | 指标值 | 完成值 | 得分 |\n| 甲 | 1 | 1 | 100 |"
    assert found("V109", markdown, title=DEPARTMENT, policy="chongqing") == []
    assert len(unchecked("V109", markdown, title=DEPARTMENT, policy="chongqing")) == 1


def test_stars_mark_core_indicators_where_there_is_no_column() -> None:
    markdown = "| 指标名称 | 指标值 | 完成值 | 得分 |\n| ★甲 | 1 | 1 | 50 |\n| 乙 | 1 | 1 | 50 |"
    (finding,) = found("V109", markdown, title=DEPARTMENT, policy="chongqing")
    assert (finding.found, finding.cell) == ("1", "A2")


# V110

TABLE = "| 指标名称 | 指标值 | 完成值 | 得分 |\n| 甲 | 1 | 1 | 100 |"


def years(*mentions: tuple[str, str, str]) -> list[Finding]:
    evaluation = recognise(book(grid(TABLE))).evaluations[0]
    named = tuple(YearMention(year, place, text) for year, place, text in mentions)
    results = run("V110", replace(evaluation, years=named))
    return [outcome for outcome in results if isinstance(outcome, Finding)]


def test_a_file_named_after_another_year_is_an_error() -> None:
    (finding,) = found("V110", TABLE, title="2023年度部门整体绩效自评表", path="林业局2022年度.xlsx")
    assert (finding.severity, finding.found, finding.expected, finding.cell) == ("error", "2022", "2023", "")


@pytest.mark.parametrize("path", ["林业局2023年度.xlsx", "2024年填报-2023年度.xlsx", "林业局.xlsx"])
def test_a_file_that_names_the_forms_year_is_fine(path: str) -> None:
    assert found("V110", TABLE, title="2023年度部门整体绩效自评表", path=path) == []


def test_the_year_of_filing_in_a_file_name_is_only_a_notice() -> None:
    (finding,) = found("V110", TABLE, title="2022年度部门整体绩效自评表", path="2023年自评.xlsx")
    assert finding.severity == "notice"


def test_a_header_with_another_year_is_an_error() -> None:
    (finding,) = years(("2022", "title", "2022年度自评表"), ("2021", "header", "2021年度"), ("2022", "sheet", "2022年"))
    assert (finding.found, finding.severity) == ("2021", "error")


def test_a_contradiction_goes_before_a_doubt() -> None:
    (finding,) = years(("2022", "title", "2022年度自评表"), ("2023", "sheet", "2023年"), ("2021", "file", "2021年度"))
    assert (finding.found, finding.severity) == ("2021", "error")


@pytest.mark.parametrize("header", ["2021-2023年", "2021年至2023年"])
def test_a_span_of_years_that_holds_the_forms_own_is_fine(header: str) -> None:
    assert years(("2022", "title", "2022年度自评表"), ("2021", "header", header)) == []


def test_the_year_of_the_funds_may_differ() -> None:
    markdown = "| 项目名称 | 甲 | 资金年度 | 2021 |\n" + TABLE
    assert found("V110", markdown, title="2022年度项目支出绩效自评表") == []
    named = markdown.replace("资金年度", "自评年度")
    assert [finding.cell for finding in found("V110", named, title="2022年度项目支出绩效自评表")] == ["D1"]


def test_a_form_without_any_year_is_not_checked() -> None:
    assert len(unchecked("V110", TABLE)) == 1


# V111


def test_each_blank_required_field_is_reported_at_its_label() -> None:
    markdown = """
    | 项目名称 |  | < | < | < | < |
    | 主管部门 | 某局 | 实施单位 |  | 联系人 |  |
    | 指标名称 | 指标值 | 完成值 | 得分 | < | < |
    | 甲 | 1 | 1 | 100 | < | < |
    """
    findings = found("V111", markdown, title="项目支出绩效自评表")
    assert [(finding.cell, finding.label, finding.severity) for finding in findings] == [
        ("A1", "项目名称", "warning"),
        ("C2", "实施单位", "warning"),
    ]


def test_a_form_without_such_labels_is_not_checked() -> None:
    assert found("V111", TABLE) == []
    assert len(unchecked("V111", TABLE)) == 1


# V112


@pytest.mark.parametrize(
    ("target", "actual", "severity"),
    [
        ("100%", "1000件", "warning"),
        ("20万元", "35人", "warning"),
        ("8公里", "8亩", "warning"),
        ("20万元", "20元", "warning"),
        ("20万元", "198000元", "notice"),
    ],
)
def test_units_that_do_not_fit(target: str, actual: str, severity: str) -> None:
    (finding,) = found("V112", row(target, actual))
    assert (finding.cell, finding.severity) == ("C2", severity)


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("100%", "100"),
        ("50", "50件"),
        ("8个", "8家"),
        ("100百分比", "98%"),
        ("≥1年", "12个月"),
        ("2000元/年", "2000元"),
        ("25TB", "25T"),
        ("20万元", "19.8万元"),
    ],
)
def test_units_that_fit_or_cannot_be_told(target: str, actual: str) -> None:
    assert found("V112", row(target, actual)) == []


def test_the_unit_column_stands_for_a_missing_unit() -> None:
    assert len(found("V112", with_unit("≥", "次", "12", "100%"))) == 1
    assert found("V112", with_unit("≥", "%", "95", "96%")) == []


@pytest.mark.parametrize("policy", ["mof-2020-10", "chongqing"])
def test_an_empty_evaluation_breaks_no_rule(policy: str) -> None:
    evaluation = Evaluation("x.xlsx", "自评表", "department")
    for code in (code for code in registry.NAMES if code.startswith("V1")):
        assert not [outcome for outcome in run(code, evaluation, policy) if isinstance(outcome, Finding)]


def test_the_line_of_over_achievement_is_the_policys() -> None:
    assert load("mof-2020-10").over_achievement.value == Decimal(30)
