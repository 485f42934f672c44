"""Notes on a real LibreOffice."""

from typing import Any

import pytest

from tests.live.blank import blank_sheet  # noqa: F401  a fixture


def test_a_note_is_added_changed_and_deleted(sheet: Any) -> None:
    cell = sheet["B2"]
    assert cell.note is None
    note = cell.add_note("得分率应为 100%\n第二行")
    assert (note.text, cell.note.text) == ("得分率应为 100%\n第二行",) * 2
    assert note.location == cell
    assert isinstance(note.author, str)
    note.text = "改过"
    assert cell.note.text == "改过"
    with pytest.raises(ValueError, match="already"):
        cell.add_note("again")
    note.delete()
    assert cell.note is None
    assert len(sheet.notes) == 0


def test_the_notes_of_a_sheet_come_by_rows(sheet: Any) -> None:
    other = sheet.book.sheets.add(after=sheet)
    for place in ("C3", "A1", "B3"):
        sheet[place].add_note(place)
    other["A1"].add_note("other")
    assert [(note.location.address, note.text) for note in sheet.notes] == [
        ("$A$1", "A1"),
        ("$B$3", "B3"),
        ("$C$3", "C3"),
    ]
    assert [note.text for note in sheet.book.notes] == ["A1", "B3", "C3", "other"]
    assert sheet.notes["B3"].text == "B3"


def test_deleting_a_note_leaves_the_cell_alone(sheet: Any) -> None:
    sheet["A1"].value = 5
    sheet["A1"].color = (1, 2, 3)
    sheet["A1"].add_note("x").delete()
    assert (sheet["A1"].value, sheet["A1"].color) == (5.0, (1, 2, 3))


def test_a_note_follows_its_cell(sheet: Any) -> None:
    sheet["A1"].add_note("x")
    sheet["1:1"].insert("down")
    assert [note.location.address for note in sheet.notes] == ["$A$2"]


def test_there_are_no_threaded_comments(sheet: Any) -> None:
    assert sheet["A1"].comment is None


def test_writing_values_or_formulas_leaves_notes_alone(sheet: Any) -> None:
    sheet["A1"].add_note("a")
    sheet["B2"].add_note("b")
    for rows in ([[1, "x"], ["y", True]], [["=1+1", "text"], [None, "=A1"]], [[None, None], [None, None]]):
        sheet["A1"].value = rows
        assert [note.text for note in sheet.notes] == ["a", "b"]
    sheet["A1:C3"].formula = "=ROW()*10+COLUMN()"
    assert sheet["A1:C3"].value == [[11.0, 12.0, 13.0], [21.0, 22.0, 23.0], [31.0, 32.0, 33.0]]
    sheet["A1:C3"].clear_contents()
    sheet["A1:C3"].clear_formats()
    assert [note.text for note in sheet.notes] == ["a", "b"]
