"""The rules on budget and execution (B)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tables import book, grid
from xltools.checks import registry
from xltools.checks.amounts import families, read_rate
from xltools.checks.base import Finding, Form, NotChecked, Outcome
from xltools.evaluation import BudgetRow, Evaluation
from xltools.figures import Agreement, Figure
from xltools.forms import recognise
from xltools.policies import load
from xltools.scoring import expected, printed_rate

COLUMNS = "年初预算数 | 全年预算数 | 全年执行数 | 执行率"
CODES = [code for code in registry.NAMES if code.startswith("B")]


def form_of(rows: str, columns: str = COLUMNS, *, note: str = "", unit: str = "万元") -> Form:
    width = columns.count("|") + 3
    rest = " | <" * max(0, width - 6)
    markdown = f"""
    | 项目支出绩效自评表 {"| < " * (width - 1)}|
    | 项目资金（{unit}） | | {columns} |
    {rows}
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析{rest} |
    | 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 | {note}{rest} |
    """
    workbook = book(grid(markdown))
    (evaluation,) = recognise(workbook).evaluations
    return form_with(evaluation, workbook=workbook)


def form_with(evaluation: Evaluation, *, workbook: object = None) -> Form:
    from xltools.sheets.grid import Book

    owner = workbook if isinstance(workbook, Book) else book(grid("| x |"))
    policy = load("mof-2020-10")
    return Form(owner, owner.grids[0], evaluation, policy, expected(evaluation, policy))


def run(code: str, form: Form) -> list[Outcome]:
    return list(registry.check_of(code)(form))


def found(code: str, rows: str, columns: str = COLUMNS, **options: str) -> list[Finding]:
    return [item for item in run(code, form_of(rows, columns, **options)) if isinstance(item, Finding)]


def unchecked(code: str, rows: str, columns: str = COLUMNS, **options: str) -> list[str]:
    return [item.reason for item in run(code, form_of(rows, columns, **options)) if isinstance(item, NotChecked)]


def severities(findings: Sequence[Finding]) -> list[str]:
    return [finding.severity for finding in findings]


def total(initial: str, adjusted: str, executed: str, rate: str = "") -> str:
    return f"| ^ | 年度资金总额 | {initial} | {adjusted} | {executed} | {rate} |\n"


def part(name: str, initial: str, adjusted: str, executed: str, rate: str = "") -> str:
    return f"| ^ | {name} | {initial} | {adjusted} | {executed} | {rate} |\n"


def row(**texts: str) -> BudgetRow:
    plain = {name: Figure.of(text, sheet="表", row=4, column=3) for name, text in texts.items()}
    return BudgetRow(row=4, **plain)  # type: ignore[arg-type]


# B101


def test_an_execution_rate_that_does_not_fit_its_amounts_is_an_error() -> None:
    (finding,) = found("B101", total("43.2", "43.2", "37.24", "92%"))
    assert (finding.severity, finding.cell, finding.found, finding.expected) == ("error", "F3", "92%", "86.2%")


@pytest.mark.parametrize("rate", ["86%", "86.2%", "86.20%", "86.2", "0.862", "86.2037", "'86.2%"])
def test_a_right_execution_rate_passes_in_every_scale_it_is_written_in(rate: str) -> None:
    assert not found("B101", total("43.2", "43.2", "37.24", rate))


def test_a_rate_cut_off_in_its_last_place_is_a_notice() -> None:
    assert severities(found("B101", total("3", "3", "2", "66.66%"))) == ["notice"]
    assert severities(found("B101", total("3", "3", "2", "66.65%"))) == ["error"]


def test_one_as_a_rate_is_100_percent_and_not_a_rounded_97() -> None:
    assert not found("B101", total("30", "30", "30", "1"))
    assert severities(found("B101", total("30", "30", "29.1", "1"))) == ["error"]


def test_a_rate_on_the_initial_budget_is_an_error_that_says_so() -> None:
    (finding,) = found("B101", total("218.18161", "175.02141", "174.669079", "80.06%"))
    assert finding.severity == "error"
    assert "218.18161" in finding.message


def test_without_an_adjusted_column_the_initial_budget_counts() -> None:
    assert not found("B101", "| ^ | 年度资金总额 | 50 | 40 | 80% |", "年初预算数 | 全年执行数 | 执行率")


def test_parts_are_checked_too() -> None:
    rows = (
        total("30", "30", "30", "100%")
        + part("其中：财政拨款", "20", "20", "20", "90%")
        + part("其他资金", "10", "10", "10")
    )
    (finding,) = found("B101", rows)
    assert finding.cell == "F4"


@pytest.mark.parametrize("rate", ["0%", "0.00%", "100%", "0"])
def test_nothing_by_nothing_has_no_rate_and_is_stated(rate: str) -> None:
    rows = total("3.36", "3.36", "3.36", "100%") + part("其中：单位资金", "0", "0", "0", rate)
    assert not found("B101", rows)
    assert len(unchecked("B101", rows)) == 1


def test_half_of_nothing_is_an_error() -> None:
    assert severities(found("B101", total("0", "0", "0", "50%"))) == ["error"]


def test_a_rate_without_amounts_is_stated_as_not_checked() -> None:
    assert not found("B101", total("", "", "", "76%"))
    assert unchecked("B101", total("", "", "", "76%"))


def test_a_capped_rate_of_an_overspent_budget_is_an_error() -> None:
    (finding,) = found("B101", total("329.77", "329.77", "338.31", "100%"))
    assert finding.expected == "102.59%"
    assert not found("B101", total("329.77", "329.77", "338.31", "102.59%"))


# B102


def parts(*amounts: str, whole: str = "210") -> str:
    names = ("其中：财政拨款", "上年结转资金", "其他资金")
    return total(whole, whole, whole) + "".join(
        part(name, item, item, item) for name, item in zip(names, amounts, strict=False)
    )


def test_a_total_that_is_not_the_sum_of_its_parts_names_the_difference() -> None:
    rows = (
        total("210", "210", "210")
        + part("其中：财政拨款", "203", "203", "197.33")
        + part("其他资金", "7", "7", "5.638")
    )
    (finding,) = found("B102", rows)
    assert (finding.cell, finding.expected) == ("E3", "202.968")
    assert "7.032" in finding.message


def test_blank_parts_count_nothing_once_another_part_is_filled() -> None:
    assert not found("B102", parts("210", "", ""))
    assert len(found("B102", parts("200", "", ""))) == 3


def test_parts_that_are_all_blank_are_not_compared() -> None:
    assert not found("B102", parts("", "", ""))
    assert unchecked("B102", parts("", "", ""))


def test_a_selection_of_parts_may_fall_short_of_the_total_but_not_exceed_it() -> None:
    assert not found("B102", parts("90"))
    assert severities(found("B102", parts("290"))) == ["error"] * 3


def test_parts_rounded_one_by_one_give_a_notice() -> None:
    rows = parts("33.33", "33.33", "33.33", whole="100.00")
    assert severities(found("B102", rows)) == ["notice"] * 3
    assert severities(found("B102", parts("33.33", "33.33", "33.30", whole="100.00"))) == ["error"] * 3


def test_the_same_money_split_twice_is_no_difference() -> None:
    rows = (
        total("100", "100", "100")
        + part("资金来源：财政拨款", "100", "100", "100")
        + part("资金结构：基本支出", "60", "60", "60")
        + part("项目支出", "40", "40", "40")
        + part("其他资金", "", "", "")
    )
    assert not found("B102", rows)


def test_parts_of_parts_are_added_up_at_one_level_only() -> None:
    whole = row(item="年度资金总额", executed="100")
    fund = replace(row(item="其中：财政拨款", executed="90"), depth=1, kind="part")
    basic = replace(row(item="基本支出", executed="50"), depth=2, kind="part")
    project = replace(row(item="项目支出", executed="40"), depth=2, kind="part")
    other = replace(row(item="其他资金", executed="10"), depth=1, kind="part")
    evaluation = Evaluation("x", "表", "project", budget=(whole, fund, basic, project, other))
    assert [len(family.parts) for family in families(evaluation.budget)] == [2, 2]
    assert not [item for item in run("B102", form_with(evaluation)) if isinstance(item, Finding)]
    short = replace(evaluation, budget=(whole, fund, basic, replace(project, executed=Figure.of("45")), other))
    (finding,) = [item for item in run("B102", form_with(short)) if isinstance(item, Finding)]
    assert "财政拨款" in finding.label


def test_parts_split_by_two_criteria_are_added_up_within_each() -> None:
    whole = row(item="年度资金总额", executed="100")
    one = replace(row(item="财政拨款", executed="70"), depth=1, group=1, kind="part")
    two = replace(row(item="其他资金", executed="30"), depth=1, group=1, kind="part")
    three = replace(row(item="基本支出", executed="55"), depth=1, group=2, kind="part")
    four = replace(row(item="其他支出", executed="40"), depth=1, group=2, kind="part")
    evaluation = Evaluation("x", "表", "project", budget=(whole, one, two, three, four))
    (finding,) = [item for item in run("B102", form_with(evaluation)) if isinstance(item, Finding)]
    assert finding.expected == "95"


def test_a_sum_row_at_the_end_closes_the_parts_above_it() -> None:
    above = replace(row(item="灾备中心建设", executed="197.33"), depth=1, kind="part")
    second = replace(row(item="监理服务", executed="5.638"), depth=1, kind="part")
    closing = row(item="合计", executed="210")
    first = row(item="市级财政资金", executed="197.33")
    evaluation = Evaluation("x", "表", "project", budget=(first, above, second, closing))
    (finding,) = [item for item in run("B102", form_with(evaluation)) if isinstance(item, Finding)]
    assert (finding.found, finding.expected) == ("210", "202.968")


# B103


def test_an_empty_total_over_filled_parts_is_reported_once() -> None:
    rows = (
        total("0", "0", "", "0") + part("其中：本年财政拨款", "90", "89.974", "89.974") + part("其他资金", "", "", "")
    )
    (finding,) = found("B103", rows)
    assert (finding.cell, finding.expected) == ("C3", "90")
    assert not found("B102", rows)
    assert not found("B107", rows)
    assert not found("B113", rows)


def test_a_blank_cell_of_a_total_is_pointed_at() -> None:
    rows = total("30", "", "30") + part("其中：财政拨款", "30", "30", "30") + part("其他资金", "", "", "")
    (finding,) = found("B103", rows)
    assert (finding.cell, finding.found) == ("D3", None)


def test_a_total_of_zero_over_parts_of_zero_is_right() -> None:
    assert not found("B103", total("0", "0", "0") + part("其中：财政拨款", "0", "0", "0"))


# B104, B105

BALANCE = "年初预算数 | 上年结转 | 年中调整数 | 全年预算数 | 全年执行数"


def balance(initial: str, carried: str, adjustment: str, adjusted: str) -> str:
    return f"| ^ | 年度资金总额 | {initial} | {carried} | {adjustment} | {adjusted} | 10 |"


def test_initial_carry_in_and_adjustment_must_give_the_adjusted_budget() -> None:
    assert not found("B104", balance("218.18161", "0", "-43.1602", "175.02141"), BALANCE)
    (finding,) = found("B104", balance("218.18161", "0", "43.1602", "175.02141"), BALANCE)
    assert finding.expected == "261.34181"


def test_a_rounded_adjustment_gives_a_notice() -> None:
    assert severities(found("B104", balance("10.33", "5.33", "4.33", "20.00"), BALANCE)) == ["notice"]


def test_an_adjustment_is_not_checked_where_carry_in_is_not_stated() -> None:
    assert unchecked("B104", balance("218.18161", "", "-43.1602", "170"), BALANCE)
    assert unchecked("B104", total("10", "20", "20", "100%"))


LEFT = "年初预算数 | 全年预算数 | 全年执行数 | 结转结余"


def test_budget_less_spending_must_give_the_carry_over() -> None:
    assert not found("B105", total("218.18161", "175.02141", "174.669079", "0.352331"), LEFT)
    (finding,) = found("B105", total("218.18161", "175.02141", "174.669079", "0.532331"), LEFT)
    assert (finding.cell, finding.expected) == ("F3", "0.352331")


def test_a_rounded_carry_over_gives_a_notice() -> None:
    assert severities(found("B105", total("10", "10.00", "3.33", "6.66"), LEFT)) == ["notice"]


def test_a_form_without_a_carry_over_states_so() -> None:
    assert unchecked("B105", total("10", "10", "9", "90%"))


# B106, B107


def test_spending_above_the_budget_is_reported_for_the_total_only() -> None:
    rows = total("329.77", "329.77", "338.31", "102.59%") + part(
        "其中：财政拨款", "329.77", "329.77", "338.31", "102.59%"
    )
    (finding,) = found("B106", rows)
    assert (finding.severity, finding.cell) == ("warning", "E3")


def test_an_overspent_part_of_a_total_within_budget_is_reported() -> None:
    rows = total("100", "100", "100") + part("其中：财政拨款", "60", "60", "70") + part("其他资金", "40", "40", "30")
    (finding,) = found("B106", rows)
    assert finding.cell == "E4"


def test_an_overspend_below_the_last_printed_place_is_a_notice() -> None:
    assert severities(found("B106", total("9.48", "9.48", "9.484"))) == ["notice"]
    assert not found("B106", total("9.48", "9.48", "9.48"))


@pytest.mark.parametrize(("initial", "adjusted"), [("0", ""), ("", ""), ("40", ""), ("40", "0")])
def test_spending_without_a_budget_of_the_year_is_an_error(initial: str, adjusted: str) -> None:
    (finding,) = found("B107", total(initial, adjusted, "207.4538", "100%"))
    assert (finding.severity, finding.cell) == ("error", "E3")


def test_spending_within_an_initial_budget_is_right_in_a_form_without_the_adjusted_column() -> None:
    columns = "年初预算数 | 全年执行数 | 执行率"
    assert not found("B107", "| ^ | 年度资金总额 | 50 | 40 | 80% |", columns)
    assert len(found("B107", "| ^ | 年度资金总额 | 0 | 40 |  |", columns)) == 1


def test_a_part_without_budget_is_reported_only_where_parts_state_theirs() -> None:
    assert not found("B107", total("40", "40", "32", "80%") + part("其中：财政拨款", "", "", "32"))
    assert len(found("B107", total("40", "40", "32", "80%") + part("其中：财政拨款", "40", "", "32"))) == 1


# B108


def test_an_amount_in_yuan_among_amounts_in_ten_thousands_is_one_error() -> None:
    rows = total("43.2", "43.2", "372400", "86.2%")
    (finding,) = found("B108", rows)
    assert finding.cell == "E3"
    assert not any(found(code, rows) for code in ("B101", "B102", "B106"))


def test_parts_in_another_unit_are_a_slip_and_no_wrong_sum() -> None:
    rows = (
        total("30", "30", "30")
        + part("其中：财政拨款", "200000", "200000", "200000")
        + part("其他资金", "10", "10", "10")
    )
    assert [finding.cell for finding in found("B108", rows)] == ["C4"]
    assert not found("B102", rows)


def test_an_amount_with_its_own_unit_is_converted_before_it_is_compared() -> None:
    assert not found("B108", total("43.2", "43.2", "432000元"))
    assert len(found("B108", total("43.2", "43.2", "43.2元"))) == 1


def test_a_tiny_amount_that_its_printed_rate_confirms_is_no_slip() -> None:
    assert not found("B108", total("100", "100", "0.01", "0.01%"))
    assert len(found("B108", total("100", "100", "0.01", "100%"))) == 1


def test_a_factor_outside_the_band_is_no_slip() -> None:
    assert not found("B108", total("43.2", "43.2", "3724"))


# B109 to B112


def test_negative_amounts_are_errors_but_a_cut_is_not() -> None:
    assert [item.cell for item in found("B109", total("43.2", "-43.2", "-3"))] == ["D3", "E3"]
    assert not found("B109", balance("218.18161", "0", "-43.1602", "175.02141"), BALANCE)


@pytest.mark.parametrize(("rate", "count"), [("0.958", 1), ("95.8%", 0), ("95.8", 0)])
def test_a_rate_written_as_a_fraction_is_a_notice(rate: str, count: int) -> None:
    assert severities(found("B110", total("100", "100", "95.8", rate))) == ["notice"] * count


def test_a_rate_below_one_percent_is_no_fraction() -> None:
    assert not found("B110", total("100", "100", "0.5", "0.5"))


def test_a_fraction_without_amounts_is_left_open() -> None:
    assert not found("B110", total("", "", "", "0.95"))
    assert unchecked("B110", total("", "", "", "0.95"))
    assert found("B110", total("", "", "", "0.95"), COLUMNS + "（%）")


SCORED = "全年预算数 | 全年执行数 | 分值 | 执行率 | 得分"


@pytest.mark.parametrize(("weight", "score", "count"), [("10", "10", 1), ("—", "—", 0), ("", "", 0), ("5", "5", 0)])
def test_a_part_that_repeats_weight_and_score_is_reported(weight: str, score: str, count: int) -> None:
    rows = f"""| ^ | 年度资金总额 | 9.48 | 9.48 | 10 | 100% | 10 |
    | ^ | 其中：财政拨款 | 9.48 | 9.48 | {weight} | 100% | {score} |"""
    assert len(found("B111", rows, SCORED)) == count


def test_a_score_merged_over_total_and_part_counts_once() -> None:
    rows = """| ^ | 年度资金总额 | 9.48 | 9.48 | 10 | 100% | 10 |
    | ^ | 其中：财政拨款 | 9.48 | 9.48 | ^ | 100% | ^ |"""
    assert not found("B111", rows, SCORED)


def test_a_changed_budget_without_a_word_about_money_is_a_notice() -> None:
    assert severities(found("B112", total("50", "43.2", "43.2", "100%"))) == ["notice"]
    assert not found("B112", total("50", "43.2", "43.2", "100%"), note="年中调减预算6.8万元")
    assert not found("B112", total("43.2", "43.2", "43.2", "100%"))


# B113


def test_a_low_rate_needs_a_reason() -> None:
    rows = total("43.2", "43.2", "32.83", "76%") + part("其中：财政拨款", "43.2", "43.2", "32.83", "76%")
    (finding,) = found("B113", rows)
    assert (finding.severity, finding.found) == ("warning", "76%")
    assert not found("B113", rows, note="质保金未到支付期，结转下年支付")


@pytest.mark.parametrize(
    ("rate", "count"), [("79.27", 1), ("76%", 1), ("0.76", 1), ("1", 0), ("0.95", 0), ("90%", 0), ("89.9%", 1)]
)
def test_a_printed_rate_counts_where_amounts_are_missing(rate: str, count: int) -> None:
    assert len(found("B113", total("", "", "", rate))) == count


def test_a_rate_that_only_rounds_up_to_the_line_is_a_notice() -> None:
    assert severities(found("B113", total("1000", "1000", "899.7", "90%"))) == ["notice"]
    assert not found("B113", total("1000", "1000", "900", "90%"))


def test_amounts_alone_tell_a_low_rate() -> None:
    (finding,) = found("B113", total("100", "100", "50"))
    assert finding.found == "50%"


# All of them


@pytest.mark.parametrize("code", CODES)
def test_every_rule_says_why_it_could_not_check_a_form_without_money(code: str) -> None:
    outcomes = run(code, form_with(Evaluation("x", "表", "project")))
    assert outcomes
    assert all(isinstance(outcome, NotChecked) for outcome in outcomes)


@pytest.mark.parametrize("code", [code for code in CODES if code != "B112"])
def test_a_sound_form_raises_no_finding(code: str) -> None:
    rows = total("100", "100", "96.85", "96.85%") + part("其中：财政拨款", "90", "90", "87", "96.67%")
    assert not found(code, rows + part("其他资金", "10", "10", "9.85", "98.5%"))


@pytest.mark.parametrize("code", CODES)
def test_words_for_nothing_in_the_parts_count_as_blank(code: str) -> None:
    rows = (
        total("100", "100", "100", "100%")
        + part("其中：财政拨款", "100", "100", "100", "100%")
        + part("其他资金", "无", "无", "无", "无")
    )
    assert not found(code, rows)


def test_a_garbled_amount_is_stated_and_nothing_is_computed_from_it() -> None:
    rows = total("100", "7,00.0,77", "96.85", "96.85%")
    assert not found("B101", rows)
    assert unchecked("B101", rows)
    assert not found("B107", rows)


@pytest.mark.parametrize(
    ("rate", "percent", "wanted", "fraction"),
    [
        ("96.85%", "96.85", Agreement.EQUAL, False),
        ("0.9685", "96.85", Agreement.EQUAL, True),
        ("0.97", "96.85", Agreement.EQUAL, True),
        ("0.9", "85.3", Agreement.ROUNDING, True),
        ("0.5", "0.5", Agreement.EQUAL, False),
        ("1", "96.85", Agreement.DIFFERENT, False),
    ],
)
def test_a_rate_is_read_in_the_scale_that_fits(rate: str, percent: str, wanted: Agreement, fraction: bool) -> None:
    assert read_rate(Figure.of(rate), Decimal(percent)) == (wanted, fraction)


def test_a_printed_rate_is_taken_as_percent_in_every_scale() -> None:
    rows = [BudgetRow(rate=Figure.of(text)) for text in ("76%", "76", "0.76", "1", "0", "无", "≥90%")]
    values = [printed_rate(Evaluation("", "", "project", budget=(row,)), row).value for row in rows]
    assert values == [Decimal(76), Decimal(76), Decimal(76), Decimal(100), Decimal(0), None, None]


def test_a_total_that_drops_the_remainder_of_its_parts_is_a_notice() -> None:
    assert severities(found("B102", parts("203", "", "7.4"))) == ["notice"] * 3
    assert severities(found("B102", parts("203", "", "7.6"))) == ["notice"] * 3
    assert severities(found("B102", parts("203", "", "8.1"))) == ["error"] * 3


def test_a_cell_that_stores_100_percent_but_prints_two_decimals_is_held_to_them() -> None:
    assert severities(found("B101", total("1000", "1000", "999.7", "100.00%"))) == ["error"]
    assert not found("B101", total("1000", "1000", "999.7", "100%"))


def test_an_overspent_total_names_the_part_at_fault() -> None:
    rows = (
        total("2060", "2060", "2065")
        + part("其中：中央资金", "2000", "2000", "2000")
        + part("旗县资金", "60", "60", "65")
    )
    (finding,) = found("B106", rows)
    assert finding.cell == "E3"
    assert "旗县资金" in finding.message
    assert "中央资金" not in finding.message


def test_tasks_without_a_total_are_held_to_their_own_reasons() -> None:
    done = replace(row(item="平台运维", adjusted="40", executed="38", rate="95%"), kind="part", depth=1)
    late = replace(row(item="设备采购", adjusted="32", executed="20", rate="62.5%"), kind="part", depth=1)
    why = replace(
        row(item="培训", adjusted="10", executed="5", rate="50%", note="疫情影响，培训改期"), kind="part", depth=1
    )
    evaluation = Evaluation("x", "表", "department", budget=(done, late, why))
    (finding,) = [item for item in run("B113", form_with(evaluation)) if isinstance(item, Finding)]
    assert "设备采购" in finding.label


def test_a_zero_beside_a_blank_part_is_no_sum() -> None:
    rows = total("100", "100", "100") + part("其中：财政拨款", "", "", "100") + part("其他资金", "0", "0", "0")
    assert not found("B102", rows)
    assert unchecked("B102", rows)


def test_nothing_to_spend_is_no_low_execution() -> None:
    assert not found("B113", total("0", "0", "0", "0%"))
    assert unchecked("B113", total("0", "0", "0", "0%"))


PRINTED = st.sampled_from(
    [
        "",
        "无",
        "0",
        "100",
        "0.958",
        "7,00.0,77",
        "620.82万元",
        "-5",
        "100%",
        "≥90%",
        "1000000",
        "12元",
        "5户",
        "其中：1",
    ]
)
BUDGET_ROW = st.builds(
    lambda depth, group, **texts: replace(row(**{k: v for k, v in texts.items() if v}), depth=depth, group=group),
    depth=st.integers(0, 2),
    group=st.integers(0, 1),
    **dict.fromkeys(("item", "initial", "adjusted", "executed", "rate", "weight", "score", "carry_over"), PRINTED),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BUDGET_ROW, max_size=5), st.sampled_from([None, "元", "万元"]))
def test_whatever_stands_in_the_money_block_every_rule_answers(rows: list[BudgetRow], unit: str | None) -> None:
    form = form_with(Evaluation("x", "表", "project", budget=tuple(rows), money_unit=unit))
    for code in CODES:
        for outcome in run(code, form):
            assert outcome.code == code
