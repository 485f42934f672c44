"""Sheets of a real LibreOffice, used through xlwings as users write it."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xltools.errors import LiveError


def test_sheets_are_found_by_name_and_number(book: Any) -> None:
    assert (book.sheets[0].name, book.sheets["二"].index, book.sheets(2).name, book.sheets[-1].name) == (
        "一",
        2,
        "二",
        "二",
    )
    assert "二" in book.sheets
    assert "三" not in book.sheets
    with pytest.raises(KeyError):
        book.sheets["三"]
    with pytest.raises(IndexError):
        book.sheets[2]


def test_a_new_sheet_comes_where_it_is_wanted_and_in_front(book: Any) -> None:
    book.sheets.add("before", before=book.sheets[0])
    book.sheets.add("after", after="一")
    assert book.sheet_names == ["before", "一", "after", "二"]
    assert book.sheets.active.name == "after"
    added = book.sheets.add()
    assert book.sheet_names == ["before", "一", added.name, "after", "二"]
    with pytest.raises(ValueError, match="BEFORE"):
        book.sheets.add("BEFORE")


@pytest.mark.parametrize("name", ["二", "a:b", "'a"])
def test_a_name_that_cannot_be_is_refused(book: Any, name: str) -> None:
    with pytest.raises(LiveError, match=name):
        book.sheets["一"].name = name
    assert book.sheet_names == ["一", "二"]
    book.sheets["一"].name = "My 'own' Sheet!"
    assert book.sheets["my 'OWN' sheet!"].index == 1


def test_a_sheet_is_moved_and_copied_within_its_book(book: Any) -> None:
    book.sheets["一"]["B2"].value = "x"
    book.sheets["一"].move(after=book.sheets["二"])
    assert book.sheet_names == ["二", "一"]
    book.sheets["一"].move(before=book.sheets["二"])
    copy = book.sheets["一"].copy()
    assert (book.sheet_names, copy["B2"].value) == (["一", "二", "一 (2)"], "x")
    assert book.sheets.active == copy
    book.sheets["一"].copy(before=book.sheets["二"], name="named")
    book.sheets["一"].copy(before=book.sheets["一"])
    assert book.sheet_names == ["一 (3)", "一", "named", "二", "一 (2)"]


def test_a_sheet_is_copied_into_another_book(app: Any, book: Any) -> None:
    book.sheets["二"]["B2"].value = "x"
    other = app.books.add()
    first = other.sheets[0].name
    for _ in range(2):
        book.sheets["二"].copy(after=other.sheets[0])
    assert other.sheet_names == [first, "二 (2)", "二"]
    assert other.sheets["二 (2)"]["B2"].value == "x"
    assert book.sheet_names == ["一", "二"]


def test_the_last_visible_sheet_stays(book: Any) -> None:
    book.sheets["二"].visible = False
    assert [sheet.visible for sheet in book.sheets] == [True, False]
    with pytest.raises(LiveError):
        book.sheets["一"].visible = False
    with pytest.raises(LiveError):
        book.sheets["一"].delete()
    with pytest.raises(LiveError):
        book.sheets["二"].activate()
    book.sheets["二"].delete()
    assert book.sheet_names == ["一"]
    with pytest.raises(LiveError):
        book.sheets["一"].delete()


def test_the_used_range_holds_what_is_used(book: Any) -> None:
    sheet = book.sheets["一"]
    assert sheet.used_range.address == "$A$1"
    sheet["C3"].value = [[1, 2], [3, 4]]
    assert sheet.used_range.address == "$C$3:$D$4"
    sheet["F9"].color = "#FF0000"
    assert sheet.used_range.address == "$C$3:$F$9"


@pytest.mark.parametrize(
    ("given", "address"),
    [
        (("b2",), "$B$2"),
        (("$B$2:A1",), "$A$1:$B$2"),
        (((2, 3),), "$C$2"),
        (((1, 1), (3, 2)), "$A$1:$B$3"),
        (("C3", "A1"), "$A$1:$C$3"),
        (("B:C",), "$B:$C"),
        (("$2:3",), "$2:$3"),
        (("一!A1",), "$A$1"),
        (("'一'!A1:B2",), "$A$1:$B$2"),
        (("总分",), "$B$2:$B$3"),
        (("本表",), "$D$4"),
        (("A1", "总分"), "$A$1:$B$3"),
    ],
)
def test_a_range_is_given_as_users_write_it(book: Any, given: Any, address: str) -> None:
    book.names.add("总分", "=一!$B$2:$B$3")
    book.sheets["一"].names.add("本表", "=一!$D$4")
    assert book.sheets["一"].range(*given).address == address


@pytest.mark.parametrize("text", ["A0", "XFE1", "A1048577", "nix", "A1,B2", "二!A1", "A1:", "", "别表", "数"])
def test_what_is_no_range_of_the_sheet_is_refused(book: Any, text: str) -> None:
    book.names.add("别表", "=二!$A$1")
    book.names.add("数", "=12")
    with pytest.raises(LiveError):
        book.sheets["一"].range(text)


def test_ranges_of_ranges_and_of_numbers(book: Any) -> None:
    sheet = book.sheets["一"]
    assert sheet.range(sheet["B2"], sheet["D3"]).address == "$B$2:$D$3"
    assert (sheet[1, 2].address, sheet["B2"].offset(1, 1).address) == ("$C$2", "$C$3")
    assert sheet.cells.shape[0] == 1048576
    with pytest.raises(IndexError):
        sheet.range((0, 1))


def test_clearing_takes_values_formats_or_both(book: Any) -> None:
    sheet = book.sheets["一"]

    def fill() -> Any:
        sheet["B2"].value, sheet["B2"].color = 3, "#FF0000"
        sheet["C3:D4"].merge()
        return sheet["B2"]

    cell = fill()
    sheet.clear_contents()
    assert (cell.value, cell.color, sheet["C3"].merge_cells) == (None, (255, 0, 0), True)
    cell = fill()
    sheet.clear_formats()
    assert (cell.value, cell.color, sheet["C3"].merge_cells) == (3, None, False)
    cell = fill()
    cell.note.text if cell.note else sheet["E5"].add_note("note")
    sheet.clear()
    assert (cell.value, cell.color, sheet["C3"].merge_cells, len(sheet.notes)) == (None, None, False, 0)


def test_columns_and_rows_fit_what_they_hold(book: Any) -> None:
    sheet = book.sheets["一"]
    sheet["B2"].value = "a long text that does not fit into a column"
    width, height = sheet["B2"].column_width, sheet["B2"].row_height
    sheet.autofit("rows")
    assert sheet["B2"].column_width == width
    sheet.autofit("columns")
    assert sheet["B2"].column_width > 2 * width
    sheet["B2"].font.size = 30
    sheet.autofit()
    assert sheet["B2"].row_height > height


def test_grid_lines_are_those_of_one_sheet(book: Any, here: Path) -> None:
    book.sheets["二"].show_gridlines = False
    book.sheets["二"].show_gridlines = False
    assert [sheet.show_gridlines for sheet in book.sheets] == [True, False]
    assert book.sheets.active.name == "一"
    book.save("a.xlsx")
    assert [each.sheet_view.showGridLines for each in openpyxl.load_workbook("a.xlsx")] == [True, False]
    book.sheets["二"].show_gridlines = True
    assert book.sheets["二"].show_gridlines


@pytest.mark.parametrize(
    ("frozen", "pane"),
    [("A1:B3", "C4"), ("1:2", "A3"), ("A:A", "B1"), ("A1", "B2")],
    ids=["both", "rows", "columns", "a1"],
)
def test_frozen_panes_stay_in_sight(book: Any, here: Path, frozen: str, pane: str) -> None:
    sheet = book.sheets["二"]
    sheet.freeze_panes.freeze_at(frozen)
    assert book.sheets.active.name == "一"
    book.save("a.xlsx")
    assert [each.freeze_panes for each in openpyxl.load_workbook("a.xlsx")] == [None, pane]
    sheet.freeze_panes.unfreeze()
    book.save()
    assert openpyxl.load_workbook("a.xlsx")["二"].freeze_panes is None


def test_the_view_of_a_hidden_sheet_cannot_be_changed(book: Any) -> None:
    book.sheets["二"].visible = False
    with pytest.raises(LiveError):
        book.sheets["二"].freeze_panes.freeze_at("A1")
    with pytest.raises(LiveError):
        book.sheets["二"].show_gridlines = False


def test_the_print_area_is_set_and_taken_away(book: Any) -> None:
    setup = book.sheets["二"].page_setup
    assert setup.print_area is None
    setup.print_area = "A1:C3,$E$5"
    assert setup.print_area == "$A$1:$C$3,$E$5"
    assert book.sheets["一"].page_setup.print_area is None
    setup.print_area = None
    assert setup.print_area is None


@pytest.mark.parametrize("name", ["charts", "shapes", "pictures", "tables", "pivot_tables"])
def test_what_is_not_available_is_named(book: Any, name: str) -> None:
    with pytest.raises(NotImplementedError, match=name.replace("_", " ")) as caught:
        getattr(book.sheets["一"], name)
    assert isinstance(caught.value, LiveError)


def test_few_calls_are_made(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call takes a fifth of a millisecond over the pipe, so the used range is three of them."""
    made: list[str] = []

    class Counted:
        def __init__(self, inner: Any) -> None:
            self._inner = inner

        def __getattr__(self, name: str) -> Any:
            made.append(name)
            found = getattr(self._inner, name)
            return (lambda *given: Counted(found(*given))) if callable(found) else found

    impl = book.sheets["一"].impl
    monkeypatch.setattr(impl, "model", Counted(impl.model))
    assert impl.used_range.area == (1, 1, 1, 1)
    assert made == ["createCursor", "gotoStartOfUsedArea", "gotoEndOfUsedArea", "RangeAddress"]
