"""The file rules that look at a workbook as such: F008, F009, F012, F013, F014."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.checks.test_files import form_of
from tests.tables import book, grid
from xltools.checks import registry
from xltools.checks.base import Finding, NotChecked, Outcome
from xltools.issued import issued_book
from xltools.sheets.grid import Book, Cell, Grid, Validation, area_of

HEAD = "| 指标名称 | 权重 | 得分 | 得分率 |"
CODES = ("F008", "F009", "F010", "F011", "F012", "F013", "F014")


def run(code: str, workbook: Book, template: Book | None = None) -> list[Outcome]:
    form = form_of(workbook)
    if template is not None:
        form = replace(form, template=issued_book(template, "模板"))
    return list(registry.check_of(code)(form))


def found(code: str, workbook: Book, template: Book | None = None) -> list[Finding]:
    return [item for item in run(code, workbook, template) if isinstance(item, Finding)]


def reasons(code: str, workbook: Book) -> list[str]:
    return [item.reason for item in run(code, workbook) if isinstance(item, NotChecked)]


def scores(*rows: str, **attributes: Any) -> Book:
    return book(grid("\n".join((HEAD, *rows)), **attributes))


def with_cells(workbook: Book, **cells: Cell) -> Book:
    first, *rest = workbook.grids
    more = {(cell.row, cell.column): cell for cell in cells.values()}
    return replace(workbook, grids=(replace(first, cells={**first.cells, **more}), *rest))


# F008


def test_each_stale_result_of_the_form_is_reported_with_both_values() -> None:
    (finding,) = found("F008", scores("| 甲 | 60 | 60 | =C2/B2 -> 90% |", "| 乙 | 40 | 40 | =C3/B3 -> 100% |"))
    assert (finding.cell, finding.found, finding.expected, finding.severity) == ("D2", "90%", "100%", "error")
    assert "甲" in finding.label


def test_a_difference_that_the_cell_does_not_show_is_a_notice() -> None:
    workbook = scores("| 甲 | 60 | 55 | x |")
    cell = Cell(2, 4, "92%", Decimal("0.92"), "number", "=C2/B2", "0%")
    (finding,) = found("F008", with_cells(workbook, cell=cell))
    assert (finding.severity, finding.found, finding.expected) == ("notice", "0.92", "0.916666666666667")


def test_missing_results_are_reported_once_a_sheet() -> None:
    (finding,) = found("F008", scores("| 甲 | 60 | 60 | =C2/B2 -> |", "| 乙 | 40 | 40 | =C3/B3 -> |"))
    assert (finding.cell, finding.found, finding.expected) == ("D2", None, "1")
    assert "D2、D3" in finding.message


def test_stale_results_on_a_sheet_beside_the_form_are_reported_once() -> None:
    beside = grid("| =自评表!B2 -> 1 | =自评表!C2 -> 2 |", "校验")
    workbook = scores("| 甲 | 60 | 60 | 100% |")
    (finding,) = found("F008", replace(workbook, grids=(*workbook.grids, beside)))
    assert (finding.sheet, finding.cell) == ("校验", "A1")
    assert "A1、B1" in finding.message


def test_a_sheet_that_has_nothing_to_do_with_the_form_is_not_computed() -> None:
    beside = grid("| 1 | =A1 -> 2 |", "其他")
    workbook = scores("| 甲 | 60 | 60 | =C2/B2 -> 100% |")
    assert run("F008", replace(workbook, grids=(*workbook.grids, beside))) == []


def test_formulas_that_cannot_be_recalculated_are_stated_as_not_checked() -> None:
    workbook = scores("| 甲 | 60 | =[1]台账!A1 -> 60 | =C2/B2 -> 100% |")
    assert found("F008", workbook) == []
    (reason,) = reasons("F008", workbook)
    assert "自评表!C2" in reason


@pytest.mark.parametrize("code", ["F008", "F009", "F012", "F014"])
@pytest.mark.parametrize("source", ["xls", "docx"])
def test_what_a_file_type_does_not_say_is_stated_as_not_checked(code: str, source: str) -> None:
    workbook = scores("| 甲 | 60 | 60 | 100% |", source=source)
    assert found(code, workbook) == []
    assert len(reasons(code, workbook)) == 1


# F009


RATES = ("| 甲 | 30 | 30 | =C2/B2 -> 100% |", "| 乙 | 30 | 30 | {} |", "| 丙 | 40 | 40 | =C4/B4 -> 100% |")


def overwritten(*rows: str) -> list[str]:
    return [finding.cell for finding in found("F009", scores(*rows))]


def test_a_constant_between_two_formulas_of_one_shape_is_reported() -> None:
    (finding,) = found("F009", scores(RATES[0], RATES[1].format("95%"), RATES[2]))
    assert (finding.cell, finding.severity, finding.expected) == ("D3", "warning", "=C3/B3")


@pytest.mark.parametrize("value", ["—", "无", "", "=C3/B3 -> 100%", "=C3/30 -> 100%"])
def test_a_dash_a_blank_or_another_formula_is_no_overwritten_one(value: str) -> None:
    assert overwritten(RATES[0], RATES[1].format(value), RATES[2]) == []


def test_formulas_of_different_shapes_say_nothing_about_what_is_between_them() -> None:
    assert overwritten(RATES[0], RATES[1].format("100%"), "| 丙 | 40 | 40 | =SUM(C2:C4)/100 -> 100% |") == []


def test_the_ends_of_a_column_are_left_alone() -> None:
    assert overwritten(RATES[1].format("95%"), "| 甲 | 30 | 30 | =C3/B3 -> 1 |", "| 丙 | 40 | 40 | =C4/B4 -> 1 |") == []


def test_two_constants_need_more_formulas_around_them() -> None:
    pair = ("| 乙 | 20 | 20 | 100% |", "| 丙 | 20 | 20 | 100% |")
    first, last = "| 甲 | 20 | 20 | =C2/B2 -> 1 |", "| 丁 | 20 | 20 | =C5/B5 -> 1 |"
    assert overwritten(first, *pair, last) == ["D3", "D4"]
    assert overwritten(first, *pair, "| 丁 | 20 | 20 | 1 |", "| 戊 | 20 | 20 | =C6/B6 -> 1 |") == []


def test_the_inputs_of_subtotals_are_no_overwritten_formulas() -> None:
    rows = ("| 小计 | =B3 -> 10 | | |", "| 甲 | 10 | | |", "| 小计 | =B5 -> 10 | | |", "| 乙 | 10 | | |")
    assert overwritten(*rows) == []


# F012


CORE = "| 指标名称 | 权重 | 得分 | 得分率 | 是否核心指标 |"


def guarded(value: str | Cell, rule: Validation, *more: Grid, **attributes: Any) -> Book:
    sheet = grid(
        f"{CORE}\n| 甲 | 60 | 60 | 100% | {value if isinstance(value, str) else ''} |\n| 乙 | 40 | 40 | 100% | |"
    )
    cells = dict(sheet.cells)
    if isinstance(value, Cell):
        cells[2, 5] = value
    return replace(book(replace(sheet, cells=cells, validations=(rule,)), *more), **attributes)


def rule(kind: str, operator: str | None, first: str | None, second: str | None = None, **more: Any) -> Validation:
    return Validation((area_of("E2:E3"),), kind, operator, first, second, **more)


def violated(value: str | Cell, validation: Validation, *more: Grid, **attributes: Any) -> bool:
    return bool(found("F012", guarded(value, validation, *more, **attributes)))


CHOICES = grid("| 是 |\n| 否 |\n| 3 |", "选项", state="hidden")


@pytest.mark.parametrize(
    ("formula", "attributes"),
    [
        ('"是, 否,3"', {}),
        ("选项!$A$1:$A$3", {}),
        ("'选项'!$A:$A", {}),
        ("核心", {"defined_names": {"核心": "选项!$A$1:$A$3"}}),
    ],
)
def test_a_list_admits_its_entries_and_nothing_else(formula: str, attributes: dict[str, Any]) -> None:
    validation = rule("list", None, formula)
    for value in ("是", " 否", "3", ""):
        assert not violated(value, validation, CHOICES, **attributes)
    for value in ("是的", "4"):
        assert violated(value, validation, CHOICES, **attributes)


def test_a_named_list_with_a_blank_admits_everything_as_in_excel() -> None:
    names = {"defined_names": {"核心": "选项!$A$1:$A$9"}}
    assert not violated("也许", rule("list", None, "核心"), CHOICES, **names)
    assert violated("也许", rule("list", None, "核心", allow_blank=False), CHOICES, **names)


@pytest.mark.parametrize("formula", ["INDIRECT($A$1)", "没有的名称", "缺表!$A$1:$A$3"])
def test_a_list_that_cannot_be_told_is_not_checked(formula: str) -> None:
    workbook = guarded("也许", rule("list", None, formula))
    assert found("F012", workbook) == []
    assert len(reasons("F012", workbook)) == 1


@pytest.mark.parametrize(
    ("kind", "operator", "bounds", "good", "bad"),
    [
        ("whole", "between", ("0", "100"), ("0", "100", "7"), ("7.5", "101", "七")),
        ("decimal", None, ("0.01", "100"), ("0.01", "100", "99.9"), ("0", "100.1", "七", "5分")),
        ("decimal", "notBetween", ("0", "10"), ("11", "-1"), ("0", "5", "10")),
        ("decimal", "equal", ("5", None), ("5",), ("6",)),
        ("decimal", "notEqual", ("5", None), ("6",), ("5",)),
        ("decimal", "greaterThan", ("5", None), ("5.1",), ("5",)),
        ("decimal", "lessThan", ("5", None), ("4.9",), ("5",)),
        ("decimal", "greaterThanOrEqual", ("5", None), ("5",), ("4.9",)),
        ("decimal", "lessThanOrEqual", ("B2", None), ("60", "1"), ("60.1",)),
        ("decimal", "lessThanOrEqual", ("SUM(B$2:B$3)", None), ("100",), ("100.1",)),
        ("textLength", "lessThanOrEqual", ("3", None), ("三个字",), ("有四个字",)),
        ("custom", None, ("E2<=C2", None), ("60", "1"), ("61",)),
    ],
)
def test_a_bounded_rule_admits_what_is_within_its_bounds(
    kind: str, operator: str | None, bounds: tuple[str, str | None], good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    validation = rule(kind, operator, *bounds)
    for value in good:
        assert not violated(value, validation), value
    for value in bad:
        assert violated(value, validation), value


def test_dates_are_bounded_by_their_serial_numbers() -> None:
    validation = rule("date", "between", "44197", "44561")
    assert not violated(Cell(2, 5, "2021-06-30", date(2021, 6, 30), "date"), validation)
    (finding,) = found("F012", guarded(Cell(2, 5, "2022-01-01", date(2022, 1, 1), "date"), validation))
    assert "2021-12-31" in finding.message


def test_a_relative_bound_moves_with_the_cell_and_a_blank_one_bounds_nothing() -> None:
    sheet = grid(f"{CORE}\n| 甲 | 60 | 60 | 100% | 60 |\n| 乙 | 40 | 40 | 100% | 50 |\n| 丙 | | | | 50 |")
    validation = Validation((area_of("E2:E4"),), "decimal", "between", "0", "B2")
    workbook = book(replace(sheet, validations=(validation,)))
    assert [finding.cell for finding in found("F012", workbook)] == ["E3"]


@pytest.mark.parametrize(("alert", "severity"), [("stop", "error"), ("warning", "warning"), ("none", "warning")])
def test_only_a_rule_that_stops_is_an_error(alert: str, severity: str) -> None:
    (finding,) = found("F012", guarded("也许", rule("list", None, '"是,否"', alert=alert)))
    assert finding.severity == severity


def test_results_of_formulas_and_labels_are_not_validated() -> None:
    assert not violated("=A2 -> 也许", rule("list", None, '"是,否"'))
    header = Validation((area_of("E1:E3"),), "list", None, '"是,否"', None)
    assert found("F012", guarded("是", header)) == []


# F013


ROWS = ("| 甲 | 60 | 60 | 100% |", "| 乙 | 20 | 20 | 100% |", "| 丙 | 20 | 20 | 100% |")


def test_neighbouring_hidden_rows_are_one_finding() -> None:
    (finding,) = found("F013", scores(*ROWS, hidden_rows=frozenset({3, 4})))
    assert (finding.cell, finding.severity) == ("A3", "warning")
    assert "3–4" in finding.message


def test_a_hidden_column_is_reported_by_its_letter() -> None:
    (finding,) = found("F013", scores(*ROWS, hidden_columns=frozenset({3, 9})))
    assert finding.cell == "C1"


@pytest.mark.parametrize("row", ["| | | | |", "| — | / | | |", "| …… | | | |"])
def test_hidden_rows_without_content_are_no_finding(row: str) -> None:
    assert found("F013", scores(*ROWS, row, hidden_rows=frozenset({5, 6}))) == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_reported_unless_it_serves_a_list(state: str) -> None:
    workbook = scores(*ROWS)
    hidden = grid("| 是 |\n| 否 |", "选项", state=state)
    (finding,) = found("F013", replace(workbook, grids=(*workbook.grids, hidden)))
    assert finding.sheet == "选项"
    assert found("F013", guarded("是", rule("list", None, "选项!$A$1:$A$2"), hidden)) == []
    named = guarded("是", rule("list", None, "核心"), hidden, defined_names={"核心": "选项!$A$1:$A$2"})
    assert found("F013", named) == []
    assert found("F013", replace(workbook, grids=(*workbook.grids, replace(hidden, cells={})))) == []
    assert (
        found("F013", replace(workbook, grids=(*workbook.grids, replace(hidden, sheet="WpsReserved_CellImgList"))))
        == []
    )


# F014


def test_formulas_that_read_one_other_workbook_are_one_finding() -> None:
    workbook = scores("| 甲 | =[1]台账!$B$2 -> 60 | ='[1]表 二'!B3 -> 60 | 100% |", "| 乙 | 40 | 40 | =[2]!率 -> 1 |")
    files = found("F014", replace(workbook, external_links=("台账.xlsx", "指标库.xlsx")))
    assert [(item.cell, item.severity) for item in files] == [("B2", "warning"), ("D3", "warning")]
    assert "台账.xlsx" in files[0].message
    assert "B2、C2" in files[0].message


@pytest.mark.parametrize(
    ("formula", "reported"),
    [
        ("='D:\\数据\\[台账.xlsx]表'!A1 -> 1", True),
        ("=[台账.xlsx]表!A1 -> 1", True),
        ("=总额*2 -> 1", True),
        ('="[1]表!A1" -> 1', False),
        ("=[0]!率 -> 1", False),
        ("=表1[得分] -> 1", False),
        ("=SUM(表1[[#This Row],[得分]]) -> 1", False),
    ],
)
def test_only_references_to_other_workbooks_are_reported(formula: str, reported: bool) -> None:
    workbook = replace(scores(f"| 甲 | 60 | 60 | {formula} |"), defined_names={"总额": "[1]台账!$A$1"})
    assert bool(found("F014", workbook)) is reported


def test_an_old_workbook_says_which_file_but_not_which_cell() -> None:
    workbook = replace(scores("| 甲 | 60 | 60 | 100% |", source="xls"), external_links=("台账.xls",))
    (finding,) = found("F014", workbook)
    assert "台账.xls" in finding.message
