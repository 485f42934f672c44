"""Every sort of edit in an open workbook, and everything as it was where a later one fails."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.live.workplaces import Workplace
from xltools.edits import ConditionalFormat, Edit, Style, Text
from xltools.errors import LiveError
from xltools.live import source
from xltools.live.sink import apply, taking_back
from xltools.sheets.grid import Area, Grid, Validation


@pytest.fixture
def book(workplace: Workplace, tmp_path: Path) -> xw.Book:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "表 1"
    for row in range(1, 6):
        sheet.cell(row, 1, row * 10)
        sheet.cell(row, 2, f"text {row}")
    sheet["C1"] = "=A1*2"
    sheet["C1"].number_format = "0.00"
    sheet["D1"] = "0123"
    sheet["E1"] = datetime(2021, 12, 31)
    sheet["F1"] = True
    made.save(tmp_path / "edits.xlsx")
    return workplace.open(tmp_path / "edits.xlsx")


def edit(row: int, column: int, **what: object) -> Edit:
    return Edit("表 1", row, column, **what)  # type: ignore[arg-type]


def done(workplace: Workplace, book: xw.Book, *edits: Edit) -> Grid:
    with workplace.application.session(), taking_back() as journal:
        apply(workplace.application, book, edits, journal)
    return source.read(workplace.application, book).grids[0]


@pytest.mark.parametrize(
    ("value", "raw", "kind"),
    [
        (Decimal("175.02141"), Decimal("175.02141"), "number"),
        (Decimal("0.1"), Decimal("0.1"), "number"),
        (7, Decimal(7), "number"),
        ("部门", "部门", "text"),
        ("85%", "85%", "text"),
        ("0123", "0123", "text"),
        ("=1+1", "=1+1", "text"),
        ("+7", "+7", "text"),
        ("2021-12-31", "2021-12-31", "text"),
        ("'quoted", "'quoted", "text"),
        ("TRUE", "TRUE", "text"),
        ("two\nlines", "two\nlines", "text"),
        (Text("=A1"), "=A1", "text"),
        (True, True, "bool"),
        (False, False, "bool"),
    ],
)
def test_a_value_arrives_as_what_it_is(
    workplace: Workplace, book: xw.Book, value: object, raw: object, kind: str
) -> None:
    cell = done(workplace, book, edit(2, 1, value=value)).cell(2, 1)
    assert cell is not None
    assert (cell.raw, cell.kind, cell.formula) == (raw, kind, None)


def test_a_date_arrives_as_a_date(workplace: Workplace, book: xw.Book) -> None:
    made = edit(2, 1, value=date(2021, 12, 31), style=Style(number_format="yyyy/m/d"))
    cell = done(workplace, book, made).cell(2, 1)
    assert cell is not None
    assert (cell.kind, cell.text) == ("date", "2021/12/31")


def test_nothing_empties_a_cell(workplace: Workplace, book: xw.Book) -> None:
    grid = done(workplace, book, edit(2, 1, value=None), edit(1, 3, value=None))
    assert (grid.cell(2, 1), grid.text(1, 3)) == (None, "")


def test_formulas_of_a_column_are_each_their_own(calc: Workplace, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in range(1, 5):
        sheet.cell(row, 1, row)
    made.save(tmp_path / "column.xlsx")
    opened = calc.open(tmp_path / "column.xlsx")
    formulas = {1: "A1*10", 2: '=IF(A2>1,"ja","nein")', 3: "SUM(A1:A3)", 4: "=ROUND(A4/3,2)"}
    edits = [Edit("Sheet", row, 2, formula=formula) for row, formula in formulas.items()]
    with taking_back() as journal:
        apply(calc.application, opened, edits, journal)
    assert [cell.value for cell in opened.sheets[0].range("B1:B4")] == [10, "ja", 6, 1.33]


def test_looks(workplace: Workplace, book: xw.Book) -> None:
    style = Style(number_format="0.0%", fill="FFC8CE", font_color="C00000", bold=True, wrap=True, locked=False)
    done(workplace, book, edit(2, 1, style=style))
    cell = book.sheets[0].range("A2")
    assert cell.number_format == "0.0%"
    assert cell.color == (0xFF, 0xC8, 0xCE)
    assert cell.font.color == (0xC0, 0, 0)
    assert cell.font.bold is True
    assert cell.wrap_text is True
    assert workplace.application.locked(cell) is False


def test_a_rule_guards_each_of_its_areas_with_its_references_moved_along(workplace: Workplace, book: xw.Book) -> None:
    rule = Validation(
        (Area(1, 1, 2, 1), Area(4, 1, 5, 1)),
        "decimal",
        None,
        "0",
        "$F$1+C1",
        prompt_title="分值",
        prompt="填 0 到本行分值之间的数。",
        error_title="填写有误",
        error="应在 0 到本行分值之间。",
    )
    grid = done(workplace, book, edit(1, 1, validation=rule))
    found = {area: each for each in grid.validations for area in each.areas}
    assert set(found) == {Area(1, 1, 2, 1), Area(4, 1, 5, 1)}
    first = found[Area(1, 1, 2, 1)]
    assert (first.type, first.operator or "between", first.formula1, first.formula2) == (
        "decimal",
        "between",
        "0",
        "$F$1+C1",
    )
    book.sheets[0].range("A4").data_validation.delete()
    moved = source.read(workplace.application, book).grids[0].validations
    assert [rule.formula2 for rule in moved if Area(5, 1, 5, 1) in rule.areas and len(rule.areas) == 1] in (
        [],
        ["$F$1+C5"],
    )


@pytest.mark.parametrize("source_of_list", ['"优,良,中,差"', "$B$1:$B$5"])
def test_a_list_offers_its_values(workplace: Workplace, book: xw.Book, source_of_list: str) -> None:
    grid = done(workplace, book, edit(2, 1, validation=Validation((), "list", None, source_of_list, None)))
    [rule] = grid.validations
    assert rule.type == "list"
    assert (rule.formula1 or "").replace("'", "").replace("表 1!", "") == source_of_list


def test_a_rule_takes_the_place_of_the_one_before(workplace: Workplace, book: xw.Book) -> None:
    done(workplace, book, edit(2, 1, validation=Validation((), "whole", "greaterThan", "1", None)))
    grid = done(workplace, book, edit(2, 1, validation=Validation((), "custom", None, "A2>A1", None)))
    assert [(rule.type, rule.formula1) for rule in grid.validations] == [("custom", "A2>A1")]


def test_a_look_that_depends_on_a_formula(workplace: Workplace, book: xw.Book) -> None:
    done(workplace, book, edit(2, 1, conditional_format=ConditionalFormat("A2<>A1", fill="FFEB9D", bold=True)))
    cell = book.sheets[0].range("A2")
    [rule] = list(cell.conditional_formats)
    with workplace.application.anchored(cell):
        formula = rule.formula or ""
    assert (rule.type, formula.removeprefix("="), rule.fill_color) == (
        "custom",
        "A2<>A1",
        (0xFF, 0xEB, 0x9D),
    )


def test_a_note_is_added_below_the_one_that_is_there(workplace: Workplace, book: xw.Book) -> None:
    done(workplace, book, edit(2, 1, note="eins"))
    done(workplace, book, edit(2, 1, note="zwei"))
    note = book.sheets[0].range("A2").note
    assert note is not None
    assert note.text == "eins\nzwei"


def test_what_fails_half_way_leaves_everything_as_it_was(
    workplace: Workplace, book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(workplace, book, edit(1, 2, note="mine"))
    before, looks = source.read(workplace.application, book), shown(book)
    edits = [
        *(edit(row, 1, value=Decimal(row), style=Style(fill="FFC8CE", number_format="0.00")) for row in range(1, 4)),
        edit(1, 3, value="no formula any more"),
        edit(1, 4, formula="=1+1"),
        edit(1, 5, value="text"),
        edit(1, 6, value=None),
        edit(4, 1, formula="=A1", style=Style(bold=True, wrap=True, font_color="C00000")),
        edit(2, 2, note="new"),
        edit(1, 2, note="more"),
        edit(3, 2, validation=Validation((), "decimal", "greaterThan", "1", None)),
        edit(5, 1, note="the last one"),
    ]
    real = xw.Range.add_note

    def refuse(cell: xw.Range, text: str) -> xw.Note:
        if text == "the last one":
            raise LiveError("refused")
        return real(cell, text)

    monkeypatch.setattr(xw.Range, "add_note", refuse)
    with pytest.raises(LiveError, match="refused"):
        done(workplace, book, *edits)
    after = source.read(workplace.application, book)
    assert after.grids[0].cells == before.grids[0].cells
    assert after == before
    assert shown(book) == looks


def shown(book: xw.Book) -> list[tuple[object, ...]]:
    """What a reader sees of the first cells."""
    return [
        (cell.color, cell.font.bold, cell.font.color, cell.wrap_text, cell.note.text if cell.note else None)
        for cell in book.sheets[0].range("A1:F5")
    ]


def test_a_protected_sheet_refuses_before_anything_is_changed(workplace: Workplace, book: xw.Book) -> None:
    workplace.protect(book.sheets[0], "")
    looks = workplace.looks(book)
    with pytest.raises(LiveError, match="表 1"):
        done(workplace, book, edit(1, 1, value=1))
    assert workplace.looks(book) == looks
