"""What a check leaves in an open workbook, and that it goes away without a trace."""

import json

import pytest
import xlwings as xw

from tests.live.recording.running import recording
from tests.live.workplaces import EXAMPLE, FORM, WRONG, Workplace
from xltools.annotation_sheet import COLOURS
from xltools.errors import LiveError
from xltools.live import checking, source
from xltools.live.checking import Rules
from xltools.marking import MARK


def colour(cell: xw.Range) -> str | None:
    return None if cell.color is None else "{:02X}{:02X}{:02X}".format(*cell.color)


def coloured(book: xw.Book) -> dict[tuple[str, str], str]:
    """Every cell of the form's sheets in one of our colours."""
    found = {}
    for sheet in book.sheets:
        if sheet.name == "检查结果":
            continue
        for cell in sheet.used_range:
            if (shown := colour(cell)) in COLOURS.values():
                found[sheet.name, cell.get_address(False, False)] = shown
    return found


def notes(book: xw.Book) -> dict[tuple[str, str], str]:
    return {
        (sheet.name, note.location.get_address(False, False)): note.text
        for sheet in book.sheets
        for note in sheet.notes
    }


def test_exactly_the_wrong_cell_is_marked(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    before = notes(book)
    checked = checking.check(workplace.application, book)
    assert [finding.code for finding in checked.report.files[0].findings] == ["B112", "S101"]
    assert coloured(book) == {WRONG: COLOURS["error"]}
    added = {place: text for place, text in notes(book).items() if place not in before}
    assert list(added) == [WRONG]
    assert added[WRONG].startswith(MARK)
    assert "应为 100" in added[WRONG]


def test_the_findings_are_listed_on_a_sheet_in_front_with_the_form_on_show(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    checking.check(workplace.application, book)
    assert [sheet.name for sheet in book.sheets][:2] == ["检查结果", FORM]
    rows = book.sheets["检查结果"].used_range.value
    listed = [row for row in rows if row[10] in ("B112", "S101")]
    assert [(row[1], row[3], row[5], row[6]) for row in listed] == [
        ("提示", "D7", "175.02141", None),
        ("错误", "H17", "10", "100"),
    ]
    # The worst that can be seen, not the notice above it.
    assert book.sheets.active.name == FORM
    assert book.selection is not None
    assert book.selection.get_address(False, False) == "H17"


def test_clear_gives_back_everything(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    before, looks = source.read(workplace.application, book), workplace.looks(book)
    checking.check(workplace.application, book)
    assert workplace.looks(book) != looks
    assert checking.clear(workplace.application, book) == 1
    after = source.read(workplace.application, book)
    assert after == before
    assert workplace.looks(book) == looks
    assert checking.clear(workplace.application, book) is None


def test_a_second_check_takes_the_place_of_the_first(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    looks = calc.looks(book)
    checking.check(calc.application, book)
    book.sheets[FORM].range("H17").value = 100
    checked = checking.check(calc.application, book)
    assert checked.report.verdict == "pass"
    assert coloured(book) == {}
    assert [sheet.name for sheet in book.sheets].count("检查结果") == 1
    checking.clear(calc.application, book)
    assert calc.looks(book) == looks


def test_marks_follow_their_cells_when_rows_move(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    form = book.sheets[FORM]
    form.range("H17").color = "#FFFF00"
    checking.check(calc.application, book)
    calc.unprotect(form)
    form.range("3:3").insert(shift="down")
    assert colour(form.range("H18")) == COLOURS["error"]
    checking.clear(calc.application, book)
    assert colour(form.range("H18")) == "FFFF00"
    assert form.range("H18").note is None


def test_a_colour_that_somebody_chose_since_stays(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    checking.check(workplace.application, book)
    workplace.unprotect(book.sheets[FORM])
    book.sheets[FORM].range("H17").color = "#00FF00"
    assert checking.clear(workplace.application, book) == 0
    assert colour(book.sheets[FORM].range("H17")) == "00FF00"


def test_a_persons_note_stays_above_ours_and_after_it(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    cell = book.sheets[FORM].range("H17")
    workplace.unprotect(book.sheets[FORM])
    cell.add_note("领导已批")
    checking.check(workplace.application, book)
    assert cell.note is not None
    assert cell.note.text.startswith(f"领导已批\n{MARK}")
    checking.clear(workplace.application, book)
    assert cell.note is not None
    assert cell.note.text == "领导已批"


def test_a_sheet_protected_without_a_password_is_protected_again(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    form = book.sheets[FORM]
    assert workplace.application.is_protected(form)
    checking.check(workplace.application, book)
    assert workplace.application.is_protected(form)
    checking.clear(workplace.application, book)
    assert workplace.application.is_protected(form)


def test_a_sheet_protected_by_a_password_is_listed_and_left_alone(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    workplace.protect(book.sheets[FORM], "geheim")
    checked = checking.check(workplace.application, book)
    assert checked.marks is not None
    assert (checked.marks.cells, checked.marks.left_out) == (0, (FORM,))
    assert coloured(book) == {}
    rows = book.sheets["检查结果"].used_range.value
    assert [("没有涂色" in row[7]) for row in rows if row[10] == "S101"] == [True]


def test_a_workbook_protected_by_a_password_is_not_changed(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    looks = workplace.looks(book)
    workplace.protect(book, "geheim")
    with pytest.raises(LiveError, match="密码"):
        checking.check(workplace.application, book)
    assert workplace.looks(book) == looks
    assert checking.check(workplace.application, book, mark=False).report.verdict == "fail"


def test_without_marks_nothing_is_written(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    looks = workplace.looks(book)
    checked = checking.check(workplace.application, book, Rules(ignore=("B112",)), mark=False)
    assert checked.marks is None
    assert [finding.code for finding in checked.report.files[0].findings] == ["S101"]
    assert workplace.looks(book) == looks


def test_unsaved_changes_are_checked(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    book.sheets[FORM].range("H17").value = 100
    assert checking.check(calc.application, book).report.verdict == "pass"


def test_texts_that_look_like_formulas_are_listed_as_texts(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    form = book.sheets[FORM]
    workplace.unprotect(form)
    form.range("H17").value = workplace.application.literal("=1+1")
    checking.check(workplace.application, book)
    rows = book.sheets["检查结果"].used_range.value
    assert "=1+1" in [row[5] for row in rows]


def test_a_failure_half_way_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    with recording() as application:
        book = application.open(EXAMPLE)
        before = [sheet.name for sheet in book.sheets], colour(book.sheets[FORM].range("H17"))

        def refuse(cell: xw.Range, text: str) -> None:
            raise LiveError("refused")

        monkeypatch.setattr(xw.Range, "add_note", refuse)
        with pytest.raises(LiveError, match="refused"):
            checking.check(application, book)
        assert ([sheet.name for sheet in book.sheets], colour(book.sheets[FORM].range("H17"))) == before
        assert application.is_protected(book.sheets[FORM])
        assert [name.name for name in book.names if name.name == "xltools_findings"] == []


def test_the_record_of_a_mark_is_hidden_and_readable() -> None:
    with recording() as application:
        book = application.open(EXAMPLE)
        checking.check(application, book)
        reference, fill = application.formulas(book.sheets["检查结果"].range("N1:O1"))[0]
        assert reference.replace("'", "") == f"={FORM}!$H$17"
        assert json.loads(fill) == {"color": None}
        assert book.sheets["检查结果"].range("N1:O1").columns.hidden


def test_a_clean_workbook_says_so_on_the_sheet(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    book.sheets[FORM].range("H17").value = 100
    checked = checking.check(calc.application, book, Rules(ignore=("B112",)))
    assert checked.marks is not None
    assert checked.marks.cells == 0
    values = [value for row in book.sheets["检查结果"].used_range.value for value in row]
    assert "没有发现问题。" in values
    assert book.sheets.active.name == "检查结果"
