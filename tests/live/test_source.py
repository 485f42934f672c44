"""An open workbook reads as its file does, in few calls."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.data_books import blank_form
from tests.live.compared import differences
from tests.live.made_books import (
    CORPUS,
    SHIPPED,
    WORKBOOKS,
    formulas_of,
    guarded,
    of_every_sort,
    same_reading,
    with_array,
    written,
)
from tests.live.recording.model import VERY_HIDDEN, BookState, CellState, Look, NameState, SheetState
from tests.live.recording.running import RecordingApplication, recording
from xltools.annotating import annotate
from xltools.checking import check
from xltools.live import source
from xltools.live.source import fingerprint, read
from xltools.sheets import read_book
from xltools.sheets.grid import Area, Book, Cell, Grid, Validation

if TYPE_CHECKING:
    import xlwings as xw

LARGE_FORM_CALLS = 450
"""How many calls a form of two hundred indicators, merged by level, may take: of any sort, all together."""


@pytest.fixture
def app() -> Iterator[RecordingApplication]:
    with recording() as started:
        yield started


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_workbook_reads_like_its_file(path: Path, app: RecordingApplication) -> None:
    same_reading(read(app, app.open(path)), path)


@pytest.mark.parametrize("stem", CORPUS)
def test_a_replica_reads_like_its_file(stem: str, app: RecordingApplication, tmp_path: Path) -> None:
    path = written(stem, tmp_path)
    assert differences(read(app, app.open(path)), read_book(path)) == []


@pytest.mark.parametrize("stem", CORPUS[::10])
def test_a_replica_is_checked_like_its_file(stem: str, app: RecordingApplication, tmp_path: Path) -> None:
    path = written(stem, tmp_path)
    same_reading(read(app, app.open(path)), path)


def test_values_and_formulas_take_one_call_each(app: RecordingApplication) -> None:
    book = app.open(WORKBOOKS / "examples" / "bishan-2021.xlsx")
    app.log.calls.clear()
    read(app, book)
    assert app.log.count("Range.raw_value", "get") == len(book.sheets)
    assert app.log.count("Range.formula", "get") == len(book.sheets)


def units(count: int) -> Book:
    """A sheet with a row for each unit."""
    cells = {(1, 1): Cell(1, 1, "单位汇总", "单位汇总")}
    for column in range(1, 9):
        cells[2, column] = Cell(2, column, f"列{column}", f"列{column}")
        for row in range(3, count + 3):
            text = column < 3
            cells[row, column] = (
                Cell(row, column, "甲", "甲") if text else Cell(row, column, "1.00", Decimal(1), "number", None, "0.00")
            )
    body = Area(3, 3, count + 2, 8)
    rule = Validation((body,), "decimal", None, "0", "100")
    return Book("units.xlsx", (Grid("单位", cells, (Area(1, 1, 1, 8),), validations=(rule,)),))


def calls_to_read(app: RecordingApplication, book: "xw.Book") -> int:
    app.log.calls.clear()
    read(app, book)
    return len(app.log.calls)


def test_the_calls_for_a_table_do_not_grow_with_its_rows(app: RecordingApplication) -> None:
    few, many = (calls_to_read(app, app.open(units(count))) for count in (200, 400))
    assert few == many
    assert few < 300


def test_the_calls_for_a_form_with_merged_levels_do_not_grow_with_its_rows(
    app: RecordingApplication, tmp_path: Path
) -> None:
    calls = {}
    for count in (200, 400, 800):
        levels = (
            ("产出指标", "数量指标"),
            ("产出指标", "质量指标"),
            ("效益指标", "社会效益"),
            ("满意度指标", "满意度"),
        )
        path = blank_form(tmp_path / f"{count}.xlsx", [(*level, count // 4) for level in levels])
        calls[count] = calls_to_read(app, app.open(path))
    assert max(calls.values()) < LARGE_FORM_CALLS
    assert calls[400] == calls[800]


def test_unsaved_changes_are_read(app: RecordingApplication) -> None:
    book = app.open(WORKBOOKS / "examples" / "roster-2022.xlsx")
    book.sheets[0].range("A1").value = "改过"
    grid = read(app, book).grids[0]
    assert grid.text(1, 1) == "改过"


def test_the_sheet_of_findings_is_no_part_of_the_form(app: RecordingApplication, tmp_path: Path) -> None:
    example = WORKBOOKS / "examples" / "bishan-2021.xlsx"
    copy = tmp_path / "copy.xlsx"
    annotate(example, check(example).files, copy)
    live, file = read(app, app.open(copy)), read_book(copy)
    assert differences(live, file) == []
    assert len(live.grids) == len(openpyxl.load_workbook(copy, read_only=True).sheetnames) - 1


def one_sheet(**state: Any) -> BookState:
    return BookState("made.xlsx", [SheetState("表", **state)])


def cells_read(app: RecordingApplication, state: BookState) -> dict[tuple[int, int], Cell]:
    return dict(read(app, app.open(state)).grids[0].cells)


@pytest.mark.parametrize(
    ("state", "cell"),
    [
        (CellState(0.1 + 0.2), Cell(1, 1, "0.3", Decimal("0.3"), "number")),
        (CellState(12.5, look=Look("0.00")), Cell(1, 1, "12.50", Decimal("12.5"), "number", None, "0.00")),
        (CellState(1.0, "=A2/A3"), Cell(1, 1, "1", Decimal(1), "number", "=A2/A3")),
        (CellState(True), Cell(1, 1, "TRUE", True, "bool")),
        (CellState("#REF!", "=#REF!+1", error=True), Cell(1, 1, "#REF!", "#REF!", "error", "=#REF!+1")),
        (CellState("#N/A", look=Look("@")), Cell(1, 1, "#N/A", "#N/A", "text", None, "@")),
        (CellState("=100%"), Cell(1, 1, "=100%", "=100%")),
        (CellState(None, '=IF(B1="","",1)'), Cell(1, 1, "", None, "blank", '=IF(B1="","",1)')),
        (CellState("007", look=Look("@")), Cell(1, 1, "007", "007", "text", None, "@")),
        (
            CellState(44_561.0, look=Look("m/d/yyyy")),
            Cell(1, 1, "2021/12/31", date(2021, 12, 31), "date", None, "yyyy/m/d"),
        ),
        (
            CellState(44_561.75, look=Look("yyyy-mm-dd hh:mm")),
            Cell(1, 1, "2021-12-31 18:00", datetime(2021, 12, 31, 18), "date", None, "yyyy-mm-dd hh:mm"),
        ),
        (CellState(0.5, look=Look("h:mm")), Cell(1, 1, "12:00", time(12), "date", None, "h:mm")),
    ],
    ids=lambda item: item.text if isinstance(item, Cell) else "",
)
def test_a_cell_reads_as_its_file_has_it(state: CellState, cell: Cell, app: RecordingApplication) -> None:
    assert cells_read(app, one_sheet(cells={(1, 1): state})) == {(1, 1): cell}


def test_what_is_read_does_not_depend_on_where_the_used_range_begins(app: RecordingApplication) -> None:
    cells = cells_read(app, one_sheet(cells={(5, 3): CellState("甲"), (7, 4): CellState(2.0, "=1+1")}))
    assert set(cells) == {(5, 3), (7, 4)}
    assert cells[7, 4].formula == "=1+1"


def test_an_empty_sheet_is_a_grid_without_cells(app: RecordingApplication) -> None:
    grid = read(app, app.empty("空")).grids[0]
    assert (dict(grid.cells), grid.merges, grid.source) == ({}, (), "live")


def test_the_formula_of_an_array_belongs_to_its_first_cell(app: RecordingApplication, tmp_path: Path) -> None:
    live = read(app, app.open(with_array(tmp_path)))
    assert formulas_of(live) == {(1, 2): "=A1:A3*2", (1, 3): "=SUM(B1:B3)"}


def test_a_value_beneath_a_merged_area_is_read(app: RecordingApplication) -> None:
    area = Area(1, 1, 3, 2)
    cells = {(1, 1): CellState("甲"), (2, 1): CellState(5.0), (1, 2): CellState("乙")}
    grid = read(app, app.open(one_sheet(cells=cells, merges=[area]))).grids[0]
    assert grid.merges == (area,)
    assert set(grid.cells) == {(1, 1), (2, 1), (1, 2)}


def test_merged_areas_side_by_side_are_told_apart(app: RecordingApplication) -> None:
    areas = [Area(row, column, row + 1, column + 1) for row in (1, 3, 5) for column in (1, 3, 5)]
    areas += [Area(8, 2, 30, 2), Area(8, 1, 9, 1), Area(40, 1, 40, 9)]
    cells = {(1, 1): CellState("甲"), (40, 1): CellState("乙")}
    grid = read(app, app.open(one_sheet(cells=cells, merges=areas))).grids[0]
    assert grid.merges == tuple(sorted(areas))


def test_hidden_rows_columns_and_sheets_are_told(app: RecordingApplication) -> None:
    state = one_sheet(
        cells={(row, column): CellState(1.0) for row in range(1, 12) for column in range(1, 5)},
        hidden_rows={2, 3, 9},
        hidden_columns={3},
        visible=VERY_HIDDEN,
    )
    state.sheets.append(SheetState("藏", visible=0))
    live = read(app, app.open(state))
    assert (live.grids[0].hidden_rows, live.grids[0].hidden_columns) == (frozenset({2, 3, 9}), frozenset({3}))
    assert [grid.state for grid in live.grids] == ["veryHidden", "hidden"]


def test_a_sheet_formatted_to_its_last_row_is_read_within_bounds(
    app: RecordingApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "CHUNK", 1_000)
    cells = {(1, 1): CellState("甲"), (9_000, 2): CellState(look=Look("0.00")), (20, 2): CellState(3.0, "=1+2")}
    book = app.open(one_sheet(cells=cells))
    app.log.calls.clear()
    grid = read(app, book).grids[0]
    assert {place: cell.formula for place, cell in grid.cells.items()} == {(1, 1): None, (20, 2): "=1+2"}
    assert grid.blank_formats == {}
    assert app.log.count("Range.raw_value") == 18
    assert app.log.count("Range.formula") == 1
    lowest = max(area_row(call.place) for call in app.log.calls if call.what == "Range.number_format")
    assert lowest <= 20 + source.MARGIN


def area_row(place: str) -> int:
    return int("".join(letter for letter in place.rpartition(":")[2].rpartition("!")[2] if letter.isdigit()))


def test_values_far_below_others_are_read(app: RecordingApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "CHUNK", 1_000)
    cells = {(1, 1): CellState("甲"), (8_000, 1): CellState(7.0, look=Look("0.0"))}
    read_cells = cells_read(app, one_sheet(cells=cells))
    assert read_cells[8_000, 1] == Cell(8_000, 1, "7.0", Decimal(7), "number", None, "0.0")


def test_names_read_as_a_file_has_them(app: RecordingApplication) -> None:
    state = one_sheet(cells={(1, 1): CellState("甲")})
    state.sheets.append(SheetState("O'Brien 表"))
    state.names = [
        NameState("总分", "=表!$A$1"),
        NameState("Print_Area", "='O''Brien 表'!$A$1:$B$9", "O'Brien 表"),
        NameState("_FilterDatabase", "=表!$A$1:$B$9", "表", visible=False),
    ]
    assert read(app, app.open(state)).defined_names == {
        "总分": "表!$A$1",
        "O'Brien 表!_xlnm.Print_Area": "'O''Brien 表'!$A$1:$B$9",
        "表!_xlnm._FilterDatabase": "表!$A$1:$B$9",
    }


def test_cells_and_looks_of_every_sort_read_as_their_file_has_them(app: RecordingApplication, tmp_path: Path) -> None:
    path = of_every_sort(tmp_path)
    assert differences(read(app, app.open(path)), read_book(path)) == []


def test_rules_read_as_a_file_has_them(app: RecordingApplication, tmp_path: Path) -> None:
    path = guarded(tmp_path)
    live, file = read(app, app.open(path)), read_book(path)
    assert differences(live, file) == []
    assert {rule.areas for rule in live.grids[0].validations} == {
        tuple(sorted(rule.areas)) for rule in file.grids[0].validations
    }


class FromActiveCell(RecordingApplication):
    def guard_origin(self, area: "xw.Range") -> tuple[int, int]:
        active = self.app.selection
        assert active is not None
        return active.row, active.column


@pytest.mark.parametrize("active", ["A1", "C7", "XFD1048576"])
def test_rules_told_from_the_active_cell_are_read_for_their_own(active: str, tmp_path: Path) -> None:
    path = guarded(tmp_path)
    with recording() as started:
        app = FromActiveCell(started.app)
        app.app.impl.rules_from_active_cell = True
        book = app.open(path)
        book.sheets[0].range(active).select()
        assert differences(read(app, book), read_book(path)) == []


def test_a_fingerprint_changes_with_values_and_formulas_and_not_with_marks(
    app: RecordingApplication, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.xlsx"
    example = WORKBOOKS / "examples" / "bishan-2021.xlsx"
    annotate(example, check(example).files, copy)
    book = app.open(copy)
    first = fingerprint(app, book)
    hash(first)
    findings, form = book.sheets[0], book.sheets[1]
    for sheet in (findings, form):
        sheet.impl.state.protected = False
    findings.range("A1").value = "不是表里的"
    form.range("A1").color = "#FF0000"
    form.range("A1").font.bold = True
    assert fingerprint(app, book) == first
    app.log.calls.clear()
    fingerprint(app, book)
    assert app.log.count("Range.raw_value", "get") == len(book.sheets) - 1
    form.range("B3").value = "改了"
    second = fingerprint(app, book)
    assert second != first
    form.range("B3").formula = '="改"&"了"'
    assert fingerprint(app, book) not in (first, second)
