"""Marks that somebody worked on before they were cleared, and marks in a file that was sent away."""

from pathlib import Path

import pytest
import xlwings as xw

from tests.live.workplaces import EXAMPLE, FORM, Workplace
from xltools.annotating import annotate, clear
from xltools.annotation_sheet import COLOURS
from xltools.checking import check as check_files
from xltools.errors import LiveError
from xltools.live import checking
from xltools.ooxml.package import read_file
from xltools.sheets import read_book


def test_a_sheet_of_findings_that_lost_its_first_row_is_still_known(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    looks = calc.looks(book)
    checking.check(calc.application, book)
    book.sheets["检查结果"].range("1:1").delete()
    assert checking.clear(calc.application, book) == 1
    assert calc.looks(book) == looks


@pytest.mark.parametrize("name", ["Ergebnis", "检查结果 (2)"])
def test_a_renamed_sheet_of_findings_is_still_known(calc: Workplace, name: str) -> None:
    book = calc.open(EXAMPLE)
    looks = calc.looks(book)
    checking.check(calc.application, book)
    book.sheets["检查结果"].name = name
    checking.check(calc.application, book)
    assert [sheet.name for sheet in book.sheets][:2] == ["检查结果", FORM]
    checking.clear(calc.application, book)
    assert calc.looks(book) == looks


def test_a_sheet_of_the_users_own_of_that_name_stays(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    book.sheets.add("检查结果", before=book.sheets[0]).range("A1").value = "mine"
    checked = checking.check(workplace.application, book)
    assert checked.marks is not None
    assert checked.marks.sheet == "检查结果 (2)"
    checking.clear(workplace.application, book)
    assert book.sheets["检查结果"].range("A1").value == "mine"


def test_a_deleted_sheet_of_findings_leaves_the_marks_to_clear(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    checking.check(workplace.application, book)
    with book.app.properties(display_alerts=False):
        book.sheets["检查结果"].delete()
    assert checking.clear(workplace.application, book) == 1
    cell = book.sheets[FORM].range("H17")
    assert (cell.color, cell.note) == (None, None)
    assert "xltools_findings" not in [name.name for name in book.names]


def test_a_workbook_opened_read_only_says_so(calc: Workplace, tmp_path: Path) -> None:
    calc.open(EXAMPLE).close()
    path = tmp_path / "open" / EXAMPLE.name
    book = calc.application.app.books.open(str(path), read_only=True)
    with pytest.raises(LiveError, match=EXAMPLE.name):
        checking.check(calc.application, book)
    assert checking.check(calc.application, book, mark=False).report.verdict == "fail"


def saved(book: xw.Book, path: Path) -> Path:
    book.save(str(path))
    book.close()
    return path


def test_marks_in_a_saved_file_are_cleared_by_the_file_command(calc: Workplace, tmp_path: Path) -> None:
    book = calc.open(EXAMPLE)
    calc.unprotect(book.sheets[FORM])
    book.sheets[FORM].range("H17").color = "#FFFF00"
    checking.check(calc.application, book)
    path = saved(book, tmp_path / "marked.xlsx")
    assert read_book(path).grids[0].sheet == FORM
    report = check_files(path)
    assert [finding.code for finding in report.files[0].findings if finding.severity == "error"] == ["S101"]
    clear(path)
    again = calc.application.app.books.open(str(path))
    cell = again.sheets[FORM].range("H17")
    assert (cell.color, cell.note) == ((255, 255, 0), None)
    assert "检查结果" not in [sheet.name for sheet in again.sheets]


def test_marks_of_the_file_command_are_cleared_live(calc: Workplace, tmp_path: Path) -> None:
    annotate(EXAMPLE, check_files(EXAMPLE).files, tmp_path / "annotated.xlsx")
    assert read_file(tmp_path / "annotated.xlsx") != read_file(EXAMPLE)
    book = calc.open(tmp_path / "annotated.xlsx")
    cell = book.sheets[FORM].range("H17")
    assert cell.color == tuple(bytes.fromhex(COLOURS["error"]))
    assert checking.clear(calc.application, book) == 2
    assert (cell.color, cell.note) == (None, None)
    assert "检查结果" not in [sheet.name for sheet in book.sheets]
