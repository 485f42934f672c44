"""The rules on weights (W)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.tables import book, grid
from xltools.checks import registry
from xltools.checks.base import Finding, Form, NotChecked, Outcome
from xltools.evaluation import Evaluation, Indicator
from xltools.figures import Figure
from xltools.forms import recognise
from xltools.points import is_execution_rate
from xltools.policies import load
from xltools.scoring import expected


def form_of(markdown: str) -> Evaluation:
    return recognise(book(grid(markdown))).evaluations[0]


def run(code: str, evaluation: Evaluation, policy: str = "mof-2020-10") -> Iterator[Outcome]:
    rules = load(policy)
    form = Form(book(), grid("| |"), evaluation, rules, expected(evaluation, rules))
    return registry.check_of(code)(form)


def found(code: str, markdown: str, policy: str = "mof-2020-10") -> list[Finding]:
    return [outcome for outcome in run(code, form_of(markdown), policy) if isinstance(outcome, Finding)]


def unchecked(code: str, markdown: str) -> list[str]:
    return [outcome.reason for outcome in run(code, form_of(markdown)) if isinstance(outcome, NotChecked)]


def project(rows: str, *, execution: str = "10", score: str = "10", tail: str = "", label: str = "绩效指标") -> str:
    """A project form: budget block with an execution weight, and indicator rows `level1 | name | weight | score`."""
    body = "\n".join(f"| ^ {line.strip()}" for line in rows.strip().splitlines())
    return f"""
    | 项目支出绩效自评表 | < | < | < | < | < | < |
    | 项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 20 | 20 | {execution} | 100% | {score} |
    | {label} | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    {body}
    {tail}
    """


def seven(weight: str, last: str, *, name: str = "甲") -> str:
    rows = [f"| {name}{number} | {weight} | {weight} |" for number in range(6)]
    return "\n".join(["| 指标名称 | 权重 | 得分 |", *rows, f"| 末 | {last} | {last} |"])


# W101


def test_weights_of_ninety_and_an_execution_weight_of_ten_make_full_marks() -> None:
    assert not found("W101", project("| 产出指标 | 甲 | 1 | 1 | 90 | 90 |"))


def test_weights_of_a_hundred_without_execution_weight_make_full_marks() -> None:
    assert not found("W101", project("| 产出指标 | 甲 | 1 | 1 | 100 | 100 |", execution="", score=""))


def test_an_execution_weight_on_top_of_a_hundred_is_reported_at_the_total_row() -> None:
    tail = "| 总分 | < | < | < | < | 100 | 100 |"
    (finding,) = found("W101", project("| 产出指标 | 甲 | 1 | 1 | 100 | 100 |", tail=tail))
    assert (finding.severity, finding.found, finding.expected, finding.cell) == ("error", "110", "100", "F6")


def test_a_total_row_that_prints_only_the_indicators_sum_is_fine() -> None:
    tail = "| 总分 | < | < | < | < | 90 | 100 |"
    assert not found("W101", project("| 产出指标 | 甲 | 1 | 1 | 90 | 90 |", tail=tail))


def test_a_form_may_print_other_full_marks() -> None:
    tail = "| 总分 | < | < | < | < | 120 | 120 |"
    assert not found("W101", project("| 产出指标 | 甲 | 1 | 1 | 110 | 110 |", tail=tail))


def test_a_total_row_that_is_a_formula_states_no_full_marks() -> None:
    tail = "| 总分 | < | < | < | < | =F5+E3 -> 110 | 110 |"
    (finding,) = found("W101", project("| 产出指标 | 甲 | 1 | 1 | 100 | 100 |", tail=tail))
    assert finding.found == "110"


def test_points_printed_in_the_block_labels_are_full_marks() -> None:
    evaluation = replace(
        form_of("| 指标名称 | 权重 | 得分 |\n| 甲 | 80 | 80 |"), indicator_points=Decimal(80), execution_points=None
    )
    assert not list(run("W101", evaluation))


def test_an_indicator_that_is_the_execution_rate_is_not_counted_twice() -> None:
    rows = "| 投入指标 | 预算执行率 | 100% | 100% | 10 | 10 |\n| 产出指标 | 甲 | 1 | 1 | 90 | 90 |"
    assert not found("W101", project(rows))


def test_equal_shares_that_were_rounded_to_hundredths_are_a_notice() -> None:
    (finding,) = found("W101", seven("14.29", "14.29"))
    assert (finding.severity, finding.found) == ("notice", "100.03")


def test_a_hundredth_more_than_rounding_explains_is_an_error() -> None:
    (finding,) = found("W101", seven("14.29", "14.31"))
    assert finding.severity == "error"


def test_tenths_are_not_excused_by_rounding() -> None:
    (finding,) = found("W101", seven("14.3", "14.3"))
    assert (finding.severity, finding.found) == ("error", "100.1")


def test_stored_weights_that_add_up_only_to_fifteen_digits_are_fine() -> None:
    shares = "\n".join(f"| 甲{number} | 14.2857142857143 | 14.2857142857143 |" for number in range(7))
    assert not found("W101", "| 指标名称 | 权重 | 得分 |\n" + shares)


def test_a_merged_weight_counts_once() -> None:
    assert not found("W101", "| 指标名称 | 权重 | 得分 |\n| 甲 | 60 | 60 |\n| 乙 | ^ | ^ |\n| 丙 | 40 | 40 |")


def test_blank_weights_leave_the_sum_open_while_it_is_below_full_marks() -> None:
    table = "| 指标名称 | 权重 | 得分 |\n| 甲 | 60 | 60 |\n| 乙 |  | 30 |"
    assert not found("W101", table)
    assert len(unchecked("W101", table)) == 1


def test_known_weights_above_full_marks_are_wrong_whatever_is_blank() -> None:
    (finding,) = found("W101", "| 指标名称 | 权重 | 得分 |\n| 甲 | 101 | 60 |\n| 乙 |  | 30 |")
    assert finding.found == "101"


def test_a_form_without_weights_is_not_checked() -> None:
    table = "| 指标名称 | 指标值 | 完成值 | 得分 |\n| 甲 | 5 | 5 | 40 |\n| 乙 | 6 | 6 | 40 |"
    assert not found("W101", table)
    assert len(unchecked("W101", table)) == 1


def test_the_seed_table_has_right_weights() -> None:
    weights = (8, 12, 10, 15, 15, 15, 16, 9)
    rows = "\n".join(f"| 指标{chr(65 + n)} | {weight} | {weight} | 100 |" for n, weight in enumerate(weights))
    for code in ("W101", "W102", "W103", "W104", "W105"):
        assert not found(code, "| 指标名称 | 权重 | 得分 | 得分率 |\n" + rows)


# W102


def levels(first: str, second: str = "30", *, points: str = "（50分）") -> str:
    return f"""
    | 项目支出绩效自评表 | < | < | < |
    | 一级指标 | 三级指标 | 分值 | 得分 |
    | 产出指标{points} | 甲 | {first} | 20 |
    | ^ | 乙 | {second} | 30 |
    | 效益指标（50分） | 丙 | 50 | 50 |
    """


def test_weights_that_miss_the_points_of_their_level_are_reported_at_the_level() -> None:
    (finding,) = found("W102", levels("25"))
    assert (finding.found, finding.expected, finding.cell, finding.severity) == ("55", "50", "A3", "error")


def test_weights_that_make_the_points_of_their_level_are_fine() -> None:
    assert not found("W102", levels("20"))


def test_levels_without_points_are_not_checked() -> None:
    table = levels("20", points="").replace("效益指标（50分）", "效益指标")
    assert not found("W102", table)
    assert len(unchecked("W102", table)) == 1


def test_a_level_whose_weights_are_all_blank_is_not_an_error() -> None:
    table = levels("", "")
    assert not found("W102", table)
    assert any("产出指标" in reason for reason in unchecked("W102", table))


def test_a_blank_weight_excuses_a_sum_that_is_too_small_but_not_one_that_is_too_large() -> None:
    assert not found("W102", levels("", "30"))
    (finding,) = found("W102", levels("", "60"))
    assert finding.found == "60"


def test_a_level_printed_anew_in_each_row_is_one_group() -> None:
    table = levels("20").replace("| ^ | 乙", "| 产出指标（50分） | 乙")
    assert not found("W102", table)
    (finding,) = found("W102", table.replace("| 20 | 20 |", "| 25 | 20 |"))
    assert finding.found == "55"


def test_rows_that_belong_to_a_level_by_position_only_may_count_or_not() -> None:
    evaluation = form_of(levels("20"))
    stray = evaluation.indicators[1]
    assert stray.level1 is not None
    loose = replace(stray, level1=replace(stray.level1, shown=False))
    for weight, wrong in (("30", False), ("7", True)):
        rows = (
            replace(evaluation.indicators[0], weight=Figure.of("50" if weight == "30" else "20")),
            replace(loose, weight=Figure.of(weight)),
            evaluation.indicators[2],
        )
        findings = [one for one in run("W102", replace(evaluation, indicators=rows)) if isinstance(one, Finding)]
        assert bool(findings) is wrong


# W103


def test_a_score_without_a_weight_is_reported_in_the_blank_cell() -> None:
    (finding,) = found("W103", "| 指标名称 | 权重 | 得分 |\n| 甲 | 60 | 60 |\n| 乙 |  | 40 |")
    assert (finding.cell, finding.severity) == ("B3", "error")
    assert finding.label.startswith("乙")


def test_a_form_without_a_weight_column_lacks_no_weights() -> None:
    assert not found("W103", "| 指标名称 | 指标值 | 完成值 | 得分 |\n| 甲 | 5 | 5 | 40 |\n| 乙 | 6 | 6 | 40 |")


def test_a_row_under_a_merged_weight_lacks_none() -> None:
    assert not found("W103", "| 指标名称 | 权重 | 得分 |\n| 甲 | 100 | 60 |\n| 乙 | ^ | 40 |")


def test_a_detail_row_needs_no_weight() -> None:
    evaluation = form_of("| 指标名称 | 权重 | 得分 |\n| 甲 | 100 | 100 |\n| 其中：乙 |  | 40 |")
    rows = (evaluation.indicators[0], replace(evaluation.indicators[1], detail=True))
    assert not [one for one in run("W103", replace(evaluation, indicators=rows)) if isinstance(one, Finding)]


def test_points_printed_with_the_level_stand_for_the_weights_of_its_rows() -> None:
    table = """
    | 项目支出绩效自评表 | < | < | < |
    | 一级指标 | 三级指标 | 分值 | 得分 |
    | 产出指标（50分） | 甲 |  | 50 |
    | 效益指标 | 乙 | 50 | 50 |
    """
    assert not found("W103", table)


def test_an_execution_score_without_a_weight_is_reported() -> None:
    (finding,) = found("W103", project("| 产出指标 | 甲 | 1 | 1 | 90 | 90 |", execution=""))
    assert finding.cell == "E3"


# W104


@pytest.mark.parametrize(
    ("weight", "wrong"), [("0", True), ("-5", True), ("101", True), ("100", False), ("0.5", False)]
)
def test_a_weight_must_be_above_zero_and_within_the_full_marks(weight: str, wrong: bool) -> None:
    assert bool(found("W104", f"| 指标名称 | 权重 | 得分 |\n| 甲 | {weight} | 0 |\n| 乙 | 10 | 10 |")) is wrong


def test_an_execution_weight_of_zero_means_that_it_does_not_count() -> None:
    assert not found("W104", project("| 产出指标 | 甲 | 1 | 1 | 100 | 100 |", execution="0", score=""))


def test_an_execution_weight_above_full_marks_is_reported() -> None:
    (finding,) = found("W104", project("| 产出指标 | 甲 | 1 | 1 | 90 | 90 |", execution="1000"))
    assert finding.cell == "E3"


# W105


def split(output: int, benefit: int, satisfaction: int) -> str:
    return project(
        f"""| 产出指标 | 甲 | 1 | 1 | {output} | {output} |
        | 效益指标 | 乙 | 1 | 1 | {benefit} | {benefit} |
        | 满意度指标 | 丙 | 1 | 1 | {satisfaction} | {satisfaction} |"""
    )


def test_another_split_than_the_policys_is_a_notice() -> None:
    (finding,) = found("W105", split(60, 20, 10))
    assert finding.severity == "notice"


def test_the_default_split_is_not_mentioned() -> None:
    assert not found("W105", split(50, 30, 10))


def test_each_policy_has_its_own_split() -> None:
    table = split(50, 30, 10)
    assert found("W105", table, policy="hubei")


def test_levels_that_are_no_part_of_the_split_are_not_checked() -> None:
    table = project("| 履职效能 | 甲 | 1 | 1 | 90 | 90 |")
    assert not found("W105", table)
    assert len(unchecked("W105", table)) == 1


# what counts as the execution rate


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("预算执行率", True),
        ("指标1：预算执行率（%）", True),
        ("部门预算执行率", True),
        ("预算资金执行率", True),
        ("政府采购执行率", False),
        ("预算调整率", False),
        ("项目执行率较高", False),
    ],
)
def test_only_the_budgets_own_execution_rate_is_taken_for_it(name: str, same: bool) -> None:
    assert is_execution_rate(Indicator(name=Figure.of(name))) is same
