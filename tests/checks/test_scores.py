"""The rules on scores (S)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.tables import book, grid
from xltools.checks import registry
from xltools.checks.base import Finding, Form, NotChecked, Outcome
from xltools.evaluation import Evaluation
from xltools.figures import Figure
from xltools.forms import recognise
from xltools.policies import load
from xltools.policies.model import Cap, Policy
from xltools.scoring import expected

REASON = "两个点位因征地延期，次年一季度完成"


def form_of(markdown: str) -> Evaluation:
    return recognise(book(grid(markdown))).evaluations[0]


def run(code: str, evaluation: Evaluation, policy: Policy | None = None) -> Iterator[Outcome]:
    rules = policy or load("mof-2020-10")
    form = Form(book(), grid("| |"), evaluation, rules, expected(evaluation, rules))
    return registry.check_of(code)(form)


def found(code: str, form: str | Evaluation, policy: Policy | None = None) -> list[Finding]:
    evaluation = form_of(form) if isinstance(form, str) else form
    return [outcome for outcome in run(code, evaluation, policy) if isinstance(outcome, Finding)]


def unchecked(code: str, form: str | Evaluation) -> list[str]:
    evaluation = form_of(form) if isinstance(form, str) else form
    return [outcome.reason for outcome in run(code, evaluation) if isinstance(outcome, NotChecked)]


def rated(*rows: str) -> str:
    """A score table: `weight | score | rate` per row."""
    return "| 指标名称 | 权重 | 得分 | 得分率 |\n" + "\n".join(f"| 指标{n} | {row} |" for n, row in enumerate(rows))


def scores(*rows: str, total: str | None = None) -> str:
    """A score table with a total above it: `weight | score` per row."""
    head = f"| 自评总分 | {total} | < |\n" if total is not None else ""
    return head + "| 指标名称 | 权重 | 得分 |\n" + "\n".join(f"| 指标{n} | {row} |" for n, row in enumerate(rows))


def row(target: str, actual: str, score: str, *, weight: str = "10", note: str = "", name: str = "甲") -> str:
    return f"""
    | 指标名称 | 指标值 | 完成值 | 权重 | 得分 | 偏差原因分析及改进措施 |
    | {name} | {target} | {actual} | {weight} | {score} | {note} |
    """


def project(
    rows: str, *, rate: str = "80%", weight: str = "10", score: str = "8", spent: str = "40", total: str = ""
) -> str:
    body = "\n".join(f"| ^ {line.strip()}" for line in rows.strip().splitlines())
    last = f"| 总分 | < | < | < | < | 100 | {total} |" if total else ""
    return f"""
    | 项目支出绩效自评表 | < | < | < | < | < | < |
    | 项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 50 | {spent} | {weight} | {rate} | {score} |
    | 绩效指标 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    {body}
    {last}
    """


ROWS = "| 产出指标 | 甲 | 1 | 1 | 60 | 60 |\n| 效益指标 | 乙 | 1 | 1 | 30 | 29 |"

# S101


def test_the_published_rate_of_ten_for_sixteen_out_of_sixteen_is_reported() -> None:
    table = rated("8 | 8 | 100", "15 | 13.5 | 90", "16 | 16 | 10", "61 | 61 | 100")
    (finding,) = found("S101", table)
    assert (finding.found, finding.expected, finding.cell, finding.severity) == ("10", "100", "D4", "error")


@pytest.mark.parametrize(
    "rates", [("100", "90", "50"), ("100%", "90%", "50%"), ("1", "0.9", "0.5"), ("1", "90%", "50%")]
)
def test_every_scale_of_a_rate_column_is_understood(rates: tuple[str, str, str]) -> None:
    assert not found("S101", rated(f"20 | 20 | {rates[0]}", f"10 | 9 | {rates[1]}", f"70 | 35 | {rates[2]}"))


@pytest.mark.parametrize(
    ("rates", "wanted"),
    [(("100", "90", "10"), "50"), (("100.00%", "90.00%", "10.00%"), "50.00%"), (("1", "0.9", "0.1"), "0.5")],
)
def test_the_expected_rate_is_written_like_its_column(rates: tuple[str, str, str], wanted: str) -> None:
    table = rated(f"20 | 20 | {rates[0]}", f"10 | 9 | {rates[1]}", f"70 | 35 | {rates[2]}")
    (finding,) = found("S101", table)
    assert finding.expected == wanted


@pytest.mark.parametrize(
    ("printed", "severity"), [("66.67", None), ("67", None), ("66.66", "notice"), ("66", "notice"), ("65", "error")]
)
def test_a_rate_is_compared_at_its_own_precision(printed: str, severity: str | None) -> None:
    findings = found("S101", rated("15 | 10 | " + printed, "85 | 85 | 100"))
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


def test_a_score_rounded_from_its_coefficient_agrees_with_it() -> None:
    assert not found("S101", rated("2 | 1.45 | 72.74%", "98 | 98 | 100%"))


def test_merged_scores_are_rated_on_their_weights_together() -> None:
    table = "| 指标名称 | 权重 | 得分 | 得分率 |\n| 甲 | 30 | 54 | 90% |\n| 乙 | 30 | ^ | ^ |\n| 丙 | 40 | 40 | 100% |"
    assert not found("S101", table)


def test_a_coefficient_column_with_blank_scores_is_not_checked() -> None:
    table = (
        "| 指标名称 | 得分系数（%） | 指标权重（分） | 指标得分（分） |\n| 甲 | 100% | 50 |  |\n| 乙 | 90% | 50 | 45 |"
    )
    assert not found("S101", table)
    assert len(unchecked("S101", table)) == 1


def test_a_form_without_rates_is_not_checked() -> None:
    assert unchecked("S101", scores("100 | 100"))


# S102


@pytest.mark.parametrize(("score", "wrong"), [("40", False), ("39.9", False), ("40.1", True)])
def test_a_score_is_at_most_its_weight(score: str, wrong: bool) -> None:
    findings = found("S102", scores("60 | 60", f"40 | {score}"))
    assert [finding.found for finding in findings] == ([score] if wrong else [])


def test_a_merged_score_is_compared_with_its_weights_together() -> None:
    table = "| 指标名称 | 权重 | 得分 |\n| 甲 | 30 | {} |\n| 乙 | 30 | ^ |\n| 丙 | 40 | 40 |"
    assert not found("S102", table.format(55))
    (finding,) = found("S102", table.format(65))
    assert finding.expected == "≤ 60"


def test_an_execution_score_above_its_weight_is_reported() -> None:
    (finding,) = found("S102", project(ROWS, score="12"))
    assert finding.cell == "G3"


def test_hidden_decimals_are_no_excess() -> None:
    evaluation = form_of(scores("60 | 60", "40 | 40"))
    first = evaluation.indicators[0]
    assert first.weight is not None
    narrow = replace(first.weight, stored=Decimal("59.9999"))
    rows = (replace(first, weight=narrow), *evaluation.indicators[1:])
    assert not found("S102", replace(evaluation, indicators=rows))


# S103


def test_a_total_is_the_execution_score_and_all_scores() -> None:
    assert not found("S103", project(ROWS, total="97"))


def test_a_wrong_total_is_reported_with_the_right_one() -> None:
    (finding,) = found("S103", project(ROWS, total="95"))
    assert (finding.found, finding.expected, finding.severity, finding.cell) == ("95", "97", "error", "G7")


def test_a_total_without_the_execution_score_is_told_so() -> None:
    missing, other = found("S103", project(ROWS, total="89")), found("S103", project(ROWS, total="95"))
    assert missing[0].expected == other[0].expected == "97"
    assert "8" in missing[0].message
    assert missing[0].message.replace("89", "95") != other[0].message


def test_an_execution_score_on_top_of_a_hundred_points_is_missing_from_the_total() -> None:
    rows = "| 产出指标 | 甲 | 1 | 1 | 100 | 100 |"
    (finding,) = found("S103", project(rows, rate="100%", spent="50", score="10", total="100"))
    assert finding.expected == "110"


def test_an_execution_rate_listed_among_the_indicators_counts_once() -> None:
    rows = "| 投入指标 | 预算执行率 | 100% | 80% | 10 | 8 |\n| 产出指标 | 甲 | 1 | 1 | 90 | 90 |"
    assert not found("S103", project(rows, total="98"))
    (finding,) = found("S103", project(rows, total="106"))
    assert finding.expected == "98"


def test_a_merged_score_is_added_once() -> None:
    table = "| 自评总分 | 90 | < |\n| 指标名称 | 权重 | 得分 |\n| 甲 | 30 | 50 |\n| 乙 | 30 | ^ |\n| 丙 | 40 | 40 |"
    assert not found("S103", table)


@pytest.mark.parametrize(
    ("total", "severity"),
    [("97.93", None), ("97.9", None), ("98", "notice"), ("97.92", "notice"), ("97", "notice"), ("97.5", "error")],
)
def test_a_total_is_compared_at_its_own_precision(total: str, severity: str | None) -> None:
    findings = found("S103", scores("90 | 90", "10 | 7.927", total=total))
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


def test_a_total_over_blank_scores_is_not_checked_but_one_that_fits_is_fine() -> None:
    open_total = scores("60 | 60", "40 | ", total="98")
    assert not found("S103", open_total)
    assert len(unchecked("S103", open_total)) == 1
    assert not unchecked("S103", scores("60 | 60", "40 | ", total="60"))


def test_a_form_without_a_total_is_not_checked() -> None:
    assert len(unchecked("S103", scores("100 | 100"))) == 1


# S104


@pytest.mark.parametrize(("score", "severity"), [("8", None), ("7.9", "error"), ("10", "error"), ("8.0", None)])
def test_the_execution_score_is_rate_times_weight(score: str, severity: str | None) -> None:
    findings = found("S104", project(ROWS, score=score))
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


def test_a_whole_execution_score_for_a_broken_one_is_a_notice() -> None:
    (finding,) = found("S104", project(ROWS, spent="43.1", rate="86%", score="9"))
    assert (finding.severity, finding.expected) == ("notice", "8.62")


def test_the_printed_rate_is_as_good_as_the_amounts() -> None:
    assert not found("S104", project(ROWS, spent="43.1", rate="86%", score="8.6"))
    assert not found("S104", project(ROWS, spent="43.1", rate="86%", score="8.62"))


def test_an_execution_above_the_budget_earns_no_more_than_the_weight() -> None:
    assert not found("S104", project(ROWS, spent="51", rate="102%", score="10"))


@pytest.mark.parametrize(("score", "wanted"), [("16", None), ("20", "16")])
def test_points_in_the_label_are_the_weight(score: str, wanted: str | None) -> None:
    table = f"""
    | 项目自评表 | < | < | < | < | < |
    | 预算执行情况（万元）（20分） |  | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率） |
    | ^ | 年度财政资金总额 | 50 | 40 | 80% | {score} |
    | 年度绩效目标（80分） | 一级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分 |
    | ^ | 产出指标（80分） | 甲 | 5 | 5 | 80 |
    """
    assert [finding.expected for finding in found("S104", table)] == ([wanted] if wanted else [])


def test_stepwise_rules_for_the_execution_rate_are_respected() -> None:
    evaluation = form_of(project(ROWS, score="6"))
    ruled = replace(evaluation, rules=(Figure.of("预算执行率每降低5%扣1分，扣完为止"),))
    assert found("S104", evaluation)
    assert not found("S104", ruled)
    assert len(unchecked("S104", ruled)) == 1


def test_an_execution_without_score_or_weight_is_not_checked() -> None:
    assert len(unchecked("S104", project(ROWS, weight="", score=""))) == 1
    assert len(unchecked("S104", scores("100 | 100"))) == 1


# S105


def test_every_weight_without_a_score_is_reported_where_it_has_to_be_typed() -> None:
    findings = found("S105", scores("60 | ", "40 | "))
    assert [finding.cell for finding in findings] == ["C2", "C3"]
    assert {finding.severity for finding in findings} == {"error"}


def test_a_row_under_a_merged_score_lacks_none() -> None:
    assert not found("S105", "| 指标名称 | 权重 | 得分 |\n| 甲 | 60 | 100 |\n| 乙 | 40 | ^ |")


def test_a_row_without_a_weight_needs_no_score() -> None:
    assert not found("S105", scores("100 | 100", " | "))


def test_a_blank_execution_score_is_reported() -> None:
    (finding,) = found("S105", project(ROWS, score=""))
    assert (finding.cell, finding.label) == ("G3", "年度资金总额 · 得分")


def test_a_blank_total_is_reported_once_everything_is_scored() -> None:
    tail = "\n| 总分 | 100 |  |"
    (finding,) = found("S105", scores("60 | 60", "40 | 40") + tail)
    assert finding.cell == "C4"
    only = found("S105", scores("60 | 60", "40 | ") + tail)
    assert [finding.cell for finding in only] == ["C3"]


def test_a_form_without_scores_lacks_none() -> None:
    table = "| 指标名称 | 指标值 | 完成值 |\n| 甲 | 5 | 5 |\n| 乙 | 6 | 6 |"
    assert not found("S105", table)
    assert len(unchecked("S105", table)) == 1


# S106


@pytest.mark.parametrize(
    ("target", "actual", "score", "wrong"),
    [
        ("5", "", "10", True),
        ("", "", "10", True),
        ("5", "—", "10", True),
        ("5", "", "0", False),
        ("5", "5", "10", False),
    ],
)
def test_a_score_needs_an_actual(target: str, actual: str, score: str, wrong: bool) -> None:
    assert bool(found("S106", row(target, actual, score))) is wrong


def test_tables_without_a_column_for_actuals_are_not_checked() -> None:
    assert not found("S106", scores("100 | 100"))
    assert len(unchecked("S106", scores("100 | 100"))) == 1


def test_a_merged_score_needs_one_actual_among_its_indicators() -> None:
    table = """
    | 指标名称 | 指标值 | 完成值 | 权重 | 得分 |
    | 甲 | 5 |  | 50 | 100 |
    | 乙 | 6 | {} | 50 | ^ |
    """
    assert not found("S106", table.format("6"))
    assert len(found("S106", table.format(""))) == 1


# S107, S108, S109, S114: what a target, an actual and a score say together

CASES = [
    # target, actual, score of 10, note, findings
    ("≥20", "18", "10", "", {"S107": "error"}),
    ("≥20", "18", "10", REASON, {"S107": "warning"}),
    ("≥20", "18", "9", "", {"S114": "warning"}),
    ("≥20", "18", "9", "无", {"S114": "warning"}),
    ("≥20", "18", "9", REASON, {}),
    ("≥20", "18", "8", REASON, {"S109": "warning"}),
    ("≥20", "18", "8", "", {"S109": "warning", "S114": "warning"}),
    ("≥20", "20", "10", "", {}),
    ("≥20", "20", "9", "", {"S108": "warning"}),
    ("≥20", "25", "9", "", {"S108": "warning"}),
    ("≥20", "25", "9", REASON, {}),
    ("≤20", "25", "10", "", {"S107": "error"}),
    ("≤20", "25", "8", REASON, {}),
    ("≤20", "18", "9", "", {"S108": "warning"}),
    ("20", "20", "9", "", {"S108": "warning"}),
    ("20", "18", "10", "", {}),
    ("20", "18", "8", "", {}),
    ("=20", "18", "8", "", {"S114": "warning"}),
    ("=20", "18", "8", REASON, {}),
    ("显著提升", "显著提升", "9", "", {"S108": "warning"}),
    ("显著提升", "有所提升", "9", "", {}),
    ("9月底前", "10月", "10", "", {"S107": "error"}),
    ("9月底前", "7月", "10", "", {}),
    ("≥30", "29", "9.67", REASON, {}),
    ("≥30", "29", "9.66", REASON, {"S109": "notice"}),
    ("≥30", "29", "9", REASON, {"S109": "notice"}),
]


@pytest.mark.parametrize(("target", "actual", "score", "note", "wanted"), CASES)
def test_targets_actuals_and_scores_are_judged_together(
    target: str, actual: str, score: str, note: str, wanted: dict[str, str]
) -> None:
    table = row(target, actual, score, note=note)
    said = {code: [one.severity for one in found(code, table)] for code in ("S107", "S108", "S109", "S114")}
    assert said == {code: [wanted[code]] if code in wanted else [] for code in said}


@pytest.mark.parametrize("code", ["S107", "S108", "S109", "S114"])
def test_a_direction_that_is_not_printed_is_not_guessed(code: str) -> None:
    score = "10" if code == "S107" else "8"
    table = row("100%", "72.74%", score, name="政府采购执行率")
    assert not found(code, table)
    assert any("政府采购执行率" in reason for reason in unchecked(code, table))


@pytest.mark.parametrize("code", ["S107", "S108", "S109", "S113", "S114"])
def test_merged_scores_are_not_judged_row_by_row(code: str) -> None:
    table = """
    | 指标名称 | 指标值 | 完成值 | 权重 | 得分 | 偏差原因 |
    | 甲 | ≥20 | 18 | 5 | 10 |  |
    | 乙 | ≥20 | 25 | 5 | ^ |  |
    """
    assert not found(code, table)
    assert len(unchecked(code, table)) == 1


def test_a_printed_rule_of_its_own_replaces_the_proportional_one() -> None:
    table = """
    | 指标名称 | 指标值 | 完成值 | 评分标准 | 权重 | 得分 | 偏差原因 |
    | 甲 | ≥95% | 90% | 每降低1%扣0.5分，扣完为止 | 10 | 7.5 | 上游来水不足 |
    """
    assert not found("S109", table)
    assert len(unchecked("S109", table)) == 1


def test_a_policy_may_refuse_deductions_without_a_reason() -> None:
    policy = load("mof-2020-10")
    strict = replace(policy, unexplained_deduction=replace(policy.unexplained_deduction, value="error"))
    table = row("≥20", "18", "8")
    assert [finding.severity for finding in found("S114", table, strict)] == ["error"]
    assert not found("S109", table, strict)


def test_a_policy_may_have_no_proportional_rule() -> None:
    policy = load("mof-2020-10")
    free = replace(policy, proportional=replace(policy.proportional, value=False))
    assert not found("S109", row("≥20", "18", "8", note=REASON), free)


def test_a_deduction_needs_a_reason_even_where_the_form_has_no_column_for_it() -> None:
    table = "| 指标名称 | 指标值 | 完成值 | 权重 | 得分 |\n| 甲 | ≥20 | 18 | 10 | 9 |\n| 乙 | ≥5 | 5 | 90 | 90 |"
    (finding,) = found("S114", table)
    assert finding.label.startswith("甲")


def test_forms_without_weights_are_not_judged() -> None:
    table = "| 指标名称 | 指标值 | 完成值 | 得分 |\n| 甲 | ≥20 | 18 | 10 |\n| 乙 | ≥5 | 5 | 90 |"
    for code in ("S107", "S108", "S109", "S114"):
        assert not found(code, table)
        assert len(unchecked(code, table)) == 1


# S110


def graded(total: str, grade: str) -> str:
    return f"""
    | 自评总分 | {total} | 等级 | {grade} |
    | 指标名称 | 权重 | 得分 | < |
    | 甲 | 100 | {total} | < |
    """


@pytest.mark.parametrize(
    ("total", "grade", "wanted"),
    [
        ("98.5", "优", None),
        ("90", "优秀", None),
        ("89.5", "优", "良"),
        ("89.5", "良好", None),
        ("80", "良", None),
        ("79.9", "合格", None),
        ("60", "中", None),
        ("59.9", "中", "差"),
        ("59.9", "不合格", None),
        ("59.9", "较差", None),
        ("95", "良", "优"),
    ],
)
def test_a_grade_follows_from_the_total(total: str, grade: str, wanted: str | None) -> None:
    findings = found("S110", graded(total, grade))
    assert [finding.expected for finding in findings] == ([wanted] if wanted else [])


@pytest.mark.parametrize("grade", ["甲等", "优良中差"])
def test_a_grade_that_the_policy_does_not_know_is_not_checked(grade: str) -> None:
    assert not found("S110", graded("50", grade))
    assert len(unchecked("S110", graded("50", grade))) == 1


def test_a_grade_is_a_share_of_the_forms_own_full_marks() -> None:
    table = """
    | 自评总分 | 76 | 等级 | 优 |
    | 指标名称 | 权重 | 得分 | < |
    | 甲 | 80 | 76 | < |
    """
    assert found("S110", table)
    assert not found("S110", replace(form_of(table), indicator_points=Decimal(80)))


# S111

CAPS = (Cap(Decimal(80), Decimal(89)), Cap(Decimal(60), Decimal(69)))


@pytest.mark.parametrize(("spent", "rate", "score", "total", "limit"), [
    ("40", "80%", "8", "97", None),
    ("39", "78%", "7.8", "96.8", "≤ 89"),
    ("25", "50%", "5", "94", "≤ 69"),
    ("39", "78%", "7.8", "89", None),
])  # fmt: skip
def test_a_total_is_capped_by_its_execution_rate_where_the_policy_says_so(
    spent: str, rate: str, score: str, total: str, limit: str | None
) -> None:
    policy = load("mof-2020-10")
    capped = replace(policy, execution_caps=replace(policy.execution_caps, value=CAPS))
    table = project(ROWS, spent=spent, rate=rate, score=score, total=total)
    assert [finding.expected for finding in found("S111", table, capped)] == ([limit] if limit else [])
    assert not found("S111", table)


def test_the_cap_is_off_unless_asked_for() -> None:
    assert not registry.rule("S111").on


# S112


def test_scores_below_zero_are_reported_wherever_they_stand() -> None:
    findings = found("S112", project("| 产出指标 | 甲 | 1 | 1 | 90 | -1 |", score="-2", total="-3"))
    assert [finding.found for finding in findings] == ["-1", "-2", "-3"]


def test_a_score_of_zero_is_not_negative() -> None:
    assert not found("S112", scores("60 | 0", "40 | 40", total="40"))


# S113


@pytest.mark.parametrize(
    ("actual", "score", "wrong"),
    [
        ("达成预期指标", "10", False),
        ("达成预期指标", "8", False),
        ("达成预期指标", "7.9", True),
        ("部分达成预期指标并具有一定效果", "8", False),
        ("部分达成预期指标并具有一定效果", "6", False),
        ("部分达成预期指标并具有一定效果", "9", True),
        ("未达成预期指标且效果较差", "6.5", True),
        ("未达成预期指标且效果较差", "0", False),
        ("显著提升", "3", False),
    ],
)
def test_a_qualitative_score_stays_in_the_tier_that_its_wording_claims(actual: str, score: str, wrong: bool) -> None:
    assert bool(found("S113", row("持续改善", actual, score, note=REASON))) is wrong


def test_tiers_are_the_policys_own() -> None:
    table = row("持续改善", "部分达成", "5.5", note=REASON)
    assert found("S113", table)
    assert not found("S113", table, load("hubei"))


def test_words_for_a_numeric_target_claim_no_tier() -> None:
    assert not found("S113", row("≥95%", "达成预期指标", "5", note=REASON))


def test_wordings_that_name_no_tier_are_said_to_be_unchecked() -> None:
    assert len(unchecked("S113", row("持续改善", "显著提升", "3"))) == 1


# what one rule leaves to another


def test_a_score_above_its_weight_is_left_to_one_rule() -> None:
    table = """
    | 指标名称 | 指标值 | 完成值 | 权重 | 得分 | 得分率 |
    | 甲 | ≥20 | 18 | 10 | 15 | 150% |
    | 乙 | 5 | 5 | 90 | 90 | 100% |
    """
    said = {code for code in ("S101", "S102", "S107", "S109", "S113", "S114") if found(code, table)}
    assert said == {"S102"}


def test_a_negative_score_has_no_proportional_one() -> None:
    assert not found("S109", row("≥20", "18", "-2", note=REASON))


def test_a_negative_execution_rate_has_no_score() -> None:
    table = project(ROWS, spent="-5", rate="-10%", score="0")
    assert not found("S104", table)
    assert len(unchecked("S104", table)) == 1


def test_a_row_with_nothing_but_a_name_does_not_count() -> None:
    table = """
    | 指标名称 | 指标值 | 完成值 | 权重 | 得分 |
    | 甲 | 5 | 5 | 100 | 100 |
    | 乙 |  |  |  |  |
    | 总分 |  |  | 100 |  |
    """
    (finding,) = found("S105", table)
    assert finding.cell == "E4"


def test_a_blank_total_in_the_head_is_reported_beside_its_label() -> None:
    table = "| 自评总分 |  | < |\n| 指标名称 | 权重 | 得分 |\n| 甲 | 60 | 60 |\n| 乙 | 40 | 38 |"
    (finding,) = found("S105", table)
    assert (finding.row, finding.label) == (1, "自评总分")
