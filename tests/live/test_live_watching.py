"""Watching an open workbook: checked again when it changes, and nothing touched when nothing changed."""

from collections.abc import Callable

import pytest
import xlwings as xw

from tests.live.recording.running import recording
from tests.live.workplaces import EXAMPLE, FORM, Workplace
from xltools.annotation_sheet import COLOURS
from xltools.errors import LiveError
from xltools.live import checking
from xltools.live.checking import Rules
from xltools.live.watching import State, watch

ONLY_ERRORS = Rules(ignore=("B112",))


def shown(cell: xw.Range) -> str | None:
    return None if cell.color is None else "{:02X}{:02X}{:02X}".format(*cell.color)


def watched(workplace: Workplace, book: xw.Book, *actions: Callable[[], object], mark: bool = True) -> list[State]:
    """The states that a watch tells while one action after the other happens between its looks; then it is closed."""
    left = [*actions, book.close]
    told = watch(workplace.application, book, ONLY_ERRORS, mark=mark, pause=lambda _: left.pop(0)())
    return list(told)


def test_a_correction_takes_the_mark_away(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    cell = book.sheets[FORM].range("H17")
    seen: list[tuple[str | None, bool]] = []

    def look() -> None:
        seen.append((shown(cell), cell.note is None))

    states = watched(calc, book, look, lambda: setattr(cell, "value", 100), look)
    assert [(state.report.verdict if state.report else None, state.changed) for state in states] == [
        ("fail", True),
        ("pass", True),
    ]
    assert seen == [(COLOURS["error"], False), (None, True)]


def test_nothing_is_written_while_nothing_is_found_or_lost(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    form = book.sheets[FORM]
    looks = []
    states = watched(
        workplace,
        book,
        lambda: looks.append(workplace.looks(book)),
        lambda: None,
        lambda: form.range("B3").select(),
        lambda: looks.append(workplace.looks(book)),
    )
    assert [state.changed for state in states] == [True]
    assert looks[0] == looks[1]


def test_the_user_stays_where_they_are(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    form, balance = book.sheets[FORM], book.sheets["预算收支"]
    balance.activate()
    balance.range("C5:D6").select()
    places = []

    def look() -> None:
        assert book.selection is not None
        places.append((book.sheets.active.name, book.selection.get_address(False, False)))

    watched(calc, book, look, lambda: setattr(form.range("H17"), "value", 100), look)
    assert places == [("预算收支", "C5:D6"), ("预算收支", "C5:D6")]


def test_who_looks_at_the_findings_keeps_them_in_view(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    places: list[str] = []
    watched(
        calc,
        book,
        lambda: book.sheets["检查结果"].activate(),
        lambda: setattr(book.sheets[FORM].range("H17"), "value", 100),
        lambda: places.append(book.sheets.active.name),
    )
    assert places == ["检查结果"]


def test_without_marks_the_workbook_is_never_changed(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    looks = workplace.looks(book)
    after = []
    watched(workplace, book, lambda: after.append(workplace.looks(book)), mark=False)
    assert after == [looks]


def test_a_busy_application_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with recording() as application:
        book = application.open(EXAMPLE)
        answers = iter([False, True])
        monkeypatch.setattr(application, "ready", lambda: next(answers, True))
        looks = 0

        def pause(_: float) -> None:
            nonlocal looks
            looks += 1
            if looks == 3:
                book.close()

        states = list(watch(application, book, ONLY_ERRORS, pause=pause))
        assert [state.report.verdict for state in states if state.report] == ["fail"]


def test_what_the_application_refuses_is_told_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with recording() as application:
        book = application.open(EXAMPLE)
        refusals = [LiveError("busy")]
        real = checking.read

        def refuse(*arguments: object) -> object:
            if refusals:
                raise refusals.pop()
            return real(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(checking, "read", refuse)
        looks = 0

        def pause(_: float) -> None:
            nonlocal looks
            looks += 1
            if looks == 2:
                book.close()

        states = list(watch(application, book, ONLY_ERRORS, pause=pause))
        assert [(state.waiting, state.report is not None) for state in states] == [("busy", False), (None, True)]
