"""Recalculating a workbook from its Grids: what is compared, what is left out, and what counts as the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.tables import book, grid
from xltools.calculation import Calculation, SheetGroup, agrees
from xltools.sheets.grid import Book, Cell


def group(workbook: Book, sheet: str = "自评表") -> SheetGroup:
    return Calculation(workbook).group(sheet)


def stale(table: str) -> dict[str, object]:
    return {found.cell.text: found.computed for found in group(book(grid(table))).stale}


def test_a_stored_result_that_its_formula_does_not_give_is_stale() -> None:
    assert stale("| 1 | 2 | =A1+B1 -> 4 |") == {"4": Decimal(3)}


def test_only_the_wrong_result_is_stale_and_not_those_that_hang_on_it() -> None:
    assert stale("| 1 | =A1*2 -> 5 | =B1+1 -> 3 |") == {"5": Decimal(2)}


def test_a_changed_input_makes_all_that_hang_on_it_stale() -> None:
    assert set(stale("| 2 | =A1*2 -> 2 | =B1+1 -> 3 |")) == {"2", "3"}


def test_a_missing_result_is_found_and_marked_as_missing() -> None:
    (found,) = group(book(grid("| 1 | =A1*2 -> |"))).stale
    assert found.missing
    assert found.computed == 2


def test_a_formula_that_gives_an_empty_text_needs_no_stored_result() -> None:
    assert group(book(grid('| x | =IF(ISNUMBER(A1),A1,"") -> |'))).stale == ()


@pytest.mark.parametrize(
    "formula",
    ["=TODAY() -> 1", "=RAND() -> 1", "=[1]台账!$A$1 -> 1", '=INDIRECT("A1") -> 9', "=NOSUCHFUNCTION(A1) -> 9"],
)
def test_a_formula_that_cannot_be_recalculated_keeps_its_stored_result(formula: str) -> None:
    found = group(book(grid(f"| 1 | {formula} | =B1+A1 -> 0 |")))
    assert [item.cell.column for item in found.stale] == [3]
    assert ("自评表", 1, 2) in found.left_out


def test_a_defined_name_is_left_out_and_does_not_stop_the_rest() -> None:
    sheet = grid("| 1 | =满分*2 -> 5 | =A1+1 -> 3 |")
    found = group(replace(book(sheet), defined_names={"满分": "自评表!$A$1"}))
    assert [item.cell.column for item in found.stale] == [3]
    unknown = group(book(sheet))
    assert [item.cell.column for item in unknown.stale] == [3]
    assert not unknown.refusal


def test_errors_and_what_reads_them_are_left_to_other_rules() -> None:
    assert stale("| #REF! | =A1+1 -> 5 | =IFERROR(A1,7) -> 7 | =1/0 -> #DIV/0! |") == {}


def test_a_function_that_engines_compute_differently_proves_nothing() -> None:
    assert stale("""| 0.9979 | =TEXT(A1,"0.0%") -> '99.7% | =B1&"分" -> 99.7%分 |""") == {}


def test_a_text_that_mentions_a_volatile_function_is_no_such_function() -> None:
    assert stale('| 1 | =A1&"TODAY()[1]" -> 2TODAY()[1] |') == {"2TODAY()[1]": "1TODAY()[1]"}


def test_binary_noise_is_no_difference() -> None:
    assert stale("| 0.1 | 0.2 | =A1+B1-0.3 -> 0 |") == {}


@pytest.mark.parametrize(
    ("values", "rounded"),
    [("1.005 | 1", "1.01"), ("2.675 | 1", "2.68"), ("785.7 | 2000", "0.39"), ("0.285 | 1", "0.29")],
)
def test_halves_are_rounded_as_excel_does(values: str, rounded: str) -> None:
    assert stale(f"| {values} | =ROUND(A1/B1,2) -> {rounded} |") == {}


def test_sheets_that_read_each_other_are_computed_together() -> None:
    first = grid("| 1 | ='乙 表'!A1*2 -> 6 |")
    second = grid("| 3 |", "乙 表")
    third = grid("| 5 | =A1 -> 6 |", "丙")
    calculation = Calculation(book(first, second, third))
    assert calculation.group("自评表") is calculation.group("乙 表")
    assert calculation.group("自评表").stale == ()
    assert len(calculation.group("丙").stale) == 1


def test_dates_are_compared_by_their_serial_numbers() -> None:
    day = Cell(1, 1, "2021-12-31", date(2021, 12, 31), "date")
    next_day = Cell(1, 2, "2022-01-01", date(2022, 1, 1), "date", "=A1+1")
    sheet = replace(grid("| x | y |"), cells={(1, 1): day, (1, 2): next_day})
    assert group(book(sheet)).stale == ()


def test_texts_agree_but_for_the_last_digits_of_their_numbers() -> None:
    cell = Cell(1, 1, "差0.2", "差0.2", "text", "=A1")
    assert agrees(cell, "差0.19999999999999998")
    assert not agrees(cell, "差0.3")
    assert not agrees(cell, "余0.2")
    assert not agrees(cell, Decimal("0.2"))


def test_a_circle_of_formulas_is_left_out() -> None:
    assert stale("| =B1 -> 1 | =A1 -> 2 | =C2 -> 3 |\n| | | 4 |") == {"3": Decimal(4)}


def test_a_value_can_be_computed_on_a_sheet_without_leaving_a_trace() -> None:
    found = group(book(grid("| 2 | 3 |")))
    assert found.value("自评表", "SUM(A1:B1)*2") == 10
    assert found.value("自评表", "A1>B1") is False
    assert found.value("自评表", "1/0") is None
    assert found.value("自评表", "TODAY()") is None
    assert found.value("自评表", "COUNTA(A:A)") == 1


def test_workbooks_with_the_same_formulas_do_not_mix_their_values() -> None:
    rows = '| {} | {} | =A1+B1 -> 3 | =IF(B1="","",C1*2) -> 6 |'
    right, wrong, blank = (group(book(grid(rows.format(*values)))) for values in ((1, 2), (1, 3), (3, "")))
    assert right.stale == ()
    assert [found.computed for found in wrong.stale] == [4, 8]
    assert [found.computed for found in blank.stale] == [""]
    assert right.value("自评表", "C1") == 3
    assert wrong.value("自评表", "C1") == 4
    assert group(book(grid(rows.format(1, "'2")))).stale == ()


def test_what_the_engine_cannot_read_is_left_out_for_every_workbook_with_it() -> None:
    for stored in (5, 6):
        found = group(book(grid(f"| 1 | =A1+*2 -> {stored} | =B1+1 -> 6 |")))
        assert [item.cell.column for item in found.stale] == ([] if stored == 5 else [3])
        assert ("自评表", 1, 2) in found.left_out
