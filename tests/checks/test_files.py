"""The rules on file and form (F)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.tables import book, grid
from xltools.checks import form_not_recognised, registry, unreadable_file
from xltools.checks.base import Finding, Form, NotChecked, Outcome
from xltools.checks.cells import references
from xltools.checks.stray_characters import mended
from xltools.errors import WorkbookError
from xltools.evaluation import BudgetRow, Evaluation, Prompt
from xltools.figures import Figure
from xltools.forms import recognise
from xltools.policies import load
from xltools.scoring import expected
from xltools.sheets.grid import Book, Cell, Grid

HEAD = "| 指标名称 | 权重 | 得分 | 得分率 |"
MONEY = """
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
"""
INDICATOR = """
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 | |
"""


def scores(*rows: str) -> str:
    return "\n".join((HEAD, *rows))


def money(*rows: str) -> str:
    return MONEY + "\n".join(rows) + INDICATOR


def form_of(workbook: Book) -> Form:
    (evaluation,) = recognise(workbook).evaluations
    policy = load("mof-2020-10")
    return Form(workbook, workbook.grids[0], evaluation, policy, expected(evaluation, policy))


def run(code: str, table: str | Grid, *more: Grid, **attributes: Any) -> list[Outcome]:
    first = table if isinstance(table, Grid) else grid(table, **attributes)
    return list(registry.check_of(code)(form_of(book(first, *more))))


def found(code: str, table: str | Grid, *more: Grid, **attributes: Any) -> list[Finding]:
    return [item for item in run(code, table, *more, **attributes) if isinstance(item, Finding)]


def cells(findings: list[Finding]) -> list[str]:
    return [finding.cell for finding in findings]


def with_cell(table: Grid, row: int, column: int, **changes: Any) -> Grid:
    old = table.cells.get((row, column), Cell(row, column, ""))
    return replace(table, cells={**table.cells, (row, column): replace(old, **changes)})


# F001, F002


def test_an_unreadable_file_is_an_error_that_repeats_the_reason() -> None:
    finding = unreadable_file.report("来件/自评表.xlsx", WorkbookError("文件已加密。"))
    assert (finding.code, finding.severity, finding.label) == ("F001", "error", "自评表.xlsx")
    assert finding.message == "文件已加密。"


def test_a_workbook_without_a_form_names_the_labels_looked_for_and_the_nearest_sheet() -> None:
    workbook = book(grid("| 序号 | 物资名称 | 规格 |\n| 1 | 打印纸 | A4 |", "台账"))
    recognition = recognise(workbook)
    assert not recognition.evaluations
    finding = form_not_recognised.report(workbook, recognition)
    assert (finding.code, finding.severity, finding.sheet) == ("F002", "error", "台账")
    assert all(label in finding.message for label in recognition.wanted_labels)


# F003


@pytest.mark.parametrize("text", ["7,00.0,77", "95-98", "约90", "3.9.5", "见附件"])
def test_an_amount_that_is_no_figure_is_an_error(text: str) -> None:
    (finding,) = found("F003", money(f"| ^ | 年度资金总额 | 800 | {text} | 700 | |"))
    assert (finding.severity, finding.cell, finding.found) == ("error", "D3", text)


@pytest.mark.parametrize("text", ["", "—", "/", "无", "不适用", "3,724,055.00", "'12", "620.82万元", "#REF!"])
def test_figures_blanks_and_words_for_nothing_pass_in_an_amount(text: str) -> None:
    assert not found("F003", money(f"| ^ | 年度资金总额 | {text} | 800 | 700 | |"))


def test_a_score_must_be_a_figure_without_a_sign() -> None:
    table = scores("| 甲 | 60 | ≥55 | |", "| 乙 | 40 | 无 | |")
    assert cells(found("F003", table)) == ["C2", "C3"]


def test_targets_and_actuals_may_be_words() -> None:
    table = "| 指标名称 | 指标值 | 完成值 | 权重 | 得分 |\n| 甲 | 持续改善 | 达成预期指标 | 100 | 100 |"
    assert not found("F003", table)


def test_a_date_in_place_of_an_amount_is_an_error_even_if_it_looks_like_a_number() -> None:
    table = grid(money("| ^ | 年度资金总额 | 800 | 3.1 | 700 | |"))
    table = with_cell(table, 3, 4, raw=date(2022, 3, 1), kind="date")
    assert cells(found("F003", table)) == ["D3"]


# F004


@pytest.mark.parametrize(("text", "number"), [("620.82万元", "620.82"), ("10万", "10"), ("800元", "800")])
def test_a_unit_in_an_amount_is_a_warning(text: str, number: str) -> None:
    (finding,) = found("F004", money(f"| ^ | 年度资金总额 | {text} | 800 | 700 | |"))
    assert (finding.severity, finding.cell, finding.expected) == ("warning", "C3", number)


def test_points_carry_no_unit_but_rates_may_be_percentages() -> None:
    table = scores("| 甲 | 60% | 55分 | 91.67% |", "| 乙 | 40 | 40 | 100 |")
    assert cells(found("F004", table)) == ["C2"]


def test_a_unit_shown_by_the_number_format_is_right() -> None:
    table = with_cell(grid(scores("| 甲 | 100 | 98 | |")), 2, 3, text="98分", raw=Decimal(98), kind="number")
    assert not found("F004", table)


# F005


def test_numbers_stored_as_text_are_reported_cell_by_cell_with_a_safe_fix() -> None:
    table = scores("| 甲 | '60 | 60 | '100% |", "| 乙 | 40 | '1,040.50 | 100% |")
    findings = found("F005", table)
    assert cells(findings) == ["B2", "D2", "C3"]
    assert {finding.fix for finding in findings} == {"safe"}


def test_texts_in_a_document_or_in_targets_are_no_stored_numbers() -> None:
    document = grid(scores("| 甲 | '100 | '98 | |"), source="docx")
    assert not found("F005", document)
    assert any(isinstance(item, NotChecked) for item in run("F005", document))
    assert not found("F005", "| 指标名称 | 指标值 | 完成值 | 权重 | 得分 |\n| 甲 | '95 | '96 | 100 | 100 |")


def test_a_formula_that_yields_a_text_is_no_stored_number() -> None:
    table = with_cell(grid(scores("| 甲 | 100 | 98 | |")), 2, 3, raw="98", kind="text", formula='TEXT(98,"0")')
    assert not found("F005", table)


# F006


def prompts(*texts: str) -> list[Finding]:
    evaluation = Evaluation(
        "x", "表", "project", prompts=tuple(Prompt(text, "表", row, 2) for row, text in enumerate(texts, 1))
    )
    policy = load("mof-2020-10")
    form = Form(book(grid("| x |", "表")), grid("| x |", "表"), evaluation, policy, expected(evaluation, policy))
    return [item for item in registry.check_of("F006")(form) if isinstance(item, Finding)]


def test_leftovers_of_the_template_are_warnings() -> None:
    findings = prompts("指标2：", "(200字以内)", "XX单位", "优良中低差")
    assert [finding.severity for finding in findings] == ["warning"] * 4
    assert cells(findings) == ["B1", "B2", "B3", "B4"]


@pytest.mark.parametrize("text", ["……", "…", "...", "**", "指标1：/", "指标3:——"])
def test_dots_and_rows_struck_out_are_left_in_peace(text: str) -> None:
    assert not prompts(text)


def test_an_empty_placeholder_row_is_found_in_a_form() -> None:
    table = scores("| 甲 | 60 | 60 | 100% |", "| 乙 | 40 | 40 | 100% |", "| 指标3： | | | |", "| …… | | | |")
    assert cells(found("F006", table)) == ["A4"]


# F007


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#NAME?"])
def test_an_error_value_in_a_field_is_an_error(error: str) -> None:
    (finding,) = found("F007", scores("| 甲 | 60 | 60 | 100% |", f"| 乙 | 40 | 40 | {error} |"))
    assert (finding.severity, finding.cell, finding.found) == ("error", "D3", error)


def test_an_error_in_the_header_is_named_by_its_label() -> None:
    table = money("| ^ | 年度资金总额 | 800 | 800 | 800 | |").replace(
        "| 项目资金", "| 项目名称 | #REF! | < | < | < | < |\n| 项目资金"
    )
    (finding,) = found("F007", table)
    assert (finding.label, finding.cell) == ("项目名称", "B2")


def test_an_error_that_a_formula_hides_is_found_where_it_stands() -> None:
    data = grid("| 1 | #DIV/0! |", "底稿")
    table = scores("| 甲 | 60 | =IFERROR(底稿!B1,60) -> 60 | 100% |", "| 乙 | 40 | 40 | 100% |")
    (finding,) = found("F007", table, data)
    assert (finding.sheet, finding.cell) == ("底稿", "B1")
    assert "甲" in finding.label


def test_an_error_is_followed_through_other_formulas_and_ranges() -> None:
    data = grid("| =SUM(B1:B3) -> 5 | 1 |\n| | =C2*2 -> 2 | #N/A |", "底稿")
    table = scores("| 甲 | 100 | ='底稿'!$A$1 -> 5 | |")
    assert [(item.sheet, item.cell) for item in found("F007", table, data)] == [("底稿", "C2")]


def test_an_error_in_a_field_names_its_cause_and_the_cause_is_not_repeated() -> None:
    data = grid("| #REF! |", "底稿")
    table = with_cell(
        grid(scores("| 甲 | 100 | 98 | |")), 2, 3, text="#REF!", raw="#REF!", kind="error", formula="底稿!A1"
    )
    (finding,) = found("F007", table, data)
    assert finding.cell == "C2"
    assert "底稿!A1" in finding.message


def test_errors_that_no_field_reads_and_circles_of_formulas_are_harmless() -> None:
    data = grid("| =B1 -> 1 | =A1 -> 1 | #REF! |", "底稿")
    assert not found("F007", scores("| 甲 | 100 | =底稿!A1 -> 98 | |"), data)


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("SUM(B2:B9)+C1", [("表", "B2:B9"), ("表", "C1")]),
        ("'一 月'!$A$1*Sheet2!B3", [("一 月", "A1"), ("Sheet2", "B3")]),
        ('IF(A1="B2",LOG10(C3),0)', [("表", "A1"), ("表", "C3")]),
        ("[1]Sheet1!A1+'[b.xlsx]表'!A2+D4", [("表", "D4")]),
    ],
)
def test_references_of_a_formula_stay_within_the_workbook(formula: str, wanted: list[tuple[str, str]]) -> None:
    assert list(references(formula, "表")) == wanted


# F015, F016


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (" 群众满意度", "群众满意度"),
        ("群众 满意度", "群众满意度"),
        ("群众　满意度　", "群众满意度"),
        ("群众\u200b满意度", "群众满意度"),
        ("满意度（%)", "满意度（%）"),
        ("满意度（%）", "满意度（%）"),
        ("满意度(%)", "满意度(%)"),
        ("PM 2.5 浓度", "PM 2.5 浓度"),
        ("服务对象\n满意度", "服务对象\n满意度"),
    ],
)
def test_a_name_loses_stray_blanks_and_mixed_brackets_and_nothing_else(name: str, wanted: str) -> None:
    assert mended(name) == wanted


def test_stray_characters_in_a_name_are_a_warning_with_a_safe_fix() -> None:
    table = with_cell(grid(scores("| 甲类合格率 | 100 | 98 | |")), 2, 1, text="甲类合格率 ", raw="甲类合格率 ")
    (finding,) = found("F015", table)
    assert (finding.severity, finding.fix, finding.cell, finding.expected) == ("warning", "safe", "A2", "甲类合格率")
    assert not found("F015", replace(table, source="docx"))


def test_a_value_under_a_merged_area_is_a_warning() -> None:
    table = grid(scores("| 甲 | 60 | 60 | 100% |", "| 乙 | 40 | ^ | 100% |"))
    assert not found("F016", table)
    hidden = with_cell(table, 3, 3, text="40", raw=Decimal(40), kind="number")
    (finding,) = found("F016", hidden)
    assert (finding.severity, finding.cell, finding.found) == ("warning", "C3", "40")


def test_the_same_text_under_a_merged_area_hides_nothing() -> None:
    table = grid("| 指标名称 | 权重 | 得分 | 偏差原因分析 |\n| 甲 | 60 | 55 | 质保金未付 |\n| 乙 | 40 | 40 | ^ |")
    assert not found("F016", with_cell(table, 3, 4, text="质保金未付", raw="质保金未付"))
    assert len(found("F016", with_cell(table, 3, 4, text="另有原因", raw="另有原因"))) == 1


def test_a_clean_form_raises_no_finding() -> None:
    table = scores("| 受理结案率 | 60 | 60 | 100% |", "| 群众满意度（%） | 40 | =B3 -> 40 | 100% |")
    codes = [code for code in registry.NAMES if code.startswith("F") and code not in ("F001", "F002")]
    assert not [item for code in codes for item in found(code, table)]


@pytest.mark.parametrize("text", ["其中：基本支出：86.82", "合计", "其他资金"])
def test_a_label_in_place_of_a_figure_is_a_layout_misread_and_stated_as_not_checked(text: str) -> None:
    figure = Figure.of(text, sheet="表", row=3, column=4)
    evaluation = Evaluation("x", "表", "project", budget=(BudgetRow(adjusted=figure),))
    policy = load("mof-2020-10")
    form = Form(book(grid("| x |", "表")), grid("| x |", "表"), evaluation, policy, expected(evaluation, policy))
    assert [type(item) for item in registry.check_of("F003")(form)] == [NotChecked]
