"""Notes of findings can be read as they open, and a person's own note is given back as it was."""

import pytest
import xlwings as xw

from tests.live.excel_notes import BOLD, PLAIN, Comment
from tests.live.workplaces import EXAMPLE, FORM, InExcel, Workplace
from xltools.live import checking
from xltools.live.com_notes import WIDTH
from xltools.marking import MARK

PLACE = (17, 8)


def cell_of(book: xw.Book) -> xw.Range:
    return book.sheets[FORM].range("H17")


def test_the_box_of_a_note_holds_its_text_in_excel(excel: InExcel) -> None:
    book = excel.open(EXAMPLE)
    checking.check(excel.application, book)
    note = excel.own(book.sheets[FORM]).notes[PLACE]
    lines = note.said.count("\n") + 1
    assert note.shape.Width == WIDTH
    # No line is lower than its letters, and the long ones take several.
    assert note.shape.Height > lines * 13


def test_a_longer_note_gets_a_higher_box(excel: InExcel) -> None:
    form = excel.open(EXAMPLE).sheets[FORM]
    excel.unprotect(form)
    heights = []
    for row, text in enumerate(["得分", "得分" * 40, "得分" * 900, "得分\n" * 90], 30):
        note = form.range((row, 20)).add_note(text)
        excel.application.fit_note(note, text)
        heights.append(excel.own(form).notes[row, 20].shape.Height)
    assert heights == sorted(heights)
    # A screen's height is enough.
    assert heights[0] == 55.5
    assert heights[2] == 600


def test_a_note_that_a_person_drew_larger_stays_so(excel: InExcel) -> None:
    form = excel.open(EXAMPLE).sheets[FORM]
    excel.unprotect(form)
    note = form.range("T30").add_note("短")
    shape = excel.own(form).notes[30, 20].shape
    shape.Width, shape.Height = 400.0, 300.0
    excel.application.fit_note(note, "短")
    assert (shape.Width, shape.Height) == (400.0, 300.0)


def test_a_persons_note_keeps_its_bold_letters_and_its_box_in_excel(excel: InExcel) -> None:
    book = excel.open(EXAMPLE)
    own = excel.own(book.sheets[FORM])
    note = own.notes[PLACE] = Comment(own.Range("H17"), "王五:\n领导已批", "王五")
    note.letters[:3] = [(letter, BOLD) for letter in "王五:"]
    note.shape.Width, note.shape.Height = 120.0, 80.0
    letters = list(note.letters)
    looks = excel.looks(book)
    checking.check(excel.application, book)
    assert note.letters[: len(letters)] == letters
    assert note.said.startswith(f"王五:\n领导已批\n{MARK}")
    assert {look for _, look in note.letters[len(letters) :]} == {PLAIN}
    assert note.shape.Width == WIDTH
    checking.clear(excel.application, book)
    assert excel.looks(book) == looks


def test_where_letters_cannot_be_deleted_the_text_is_set_anew(excel: InExcel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("tests.live.excel_notes.Characters.Delete")
    book = excel.open(EXAMPLE)
    own = excel.own(book.sheets[FORM])
    own.notes[PLACE] = Comment(own.Range("H17"), "领导已批")
    checking.check(excel.application, book)
    checking.clear(excel.application, book)
    assert own.notes[PLACE].said == "领导已批"


def test_the_box_of_a_note_is_wide_enough_in_libreoffice(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    looks = calc.looks(book)
    checking.check(calc.application, book)
    note = cell_of(book).note
    assert note is not None
    size = note.api.getAnnotationShape().Size
    assert size.Width == 8_000
    # As high as its text, which is not as much as in a narrow box.
    assert 1_000 < size.Height < 8_000
    checking.clear(calc.application, book)
    assert calc.looks(book) == looks


def test_a_persons_note_keeps_its_box_in_libreoffice(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    calc.unprotect(book.sheets[FORM])
    cell_of(book).add_note("领导已批" * 20)
    looks = calc.looks(book)
    checking.check(calc.application, book)
    assert calc.looks(book) != looks
    checking.clear(calc.application, book)
    assert calc.looks(book) == looks
