"""Checking an open workbook again whenever it changes, without getting into its user's way."""

import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltools.check_report import CheckReport
from xltools.errors import LiveError
from xltools.live.applications import Application
from xltools.live.checking import Rules, examined, has_form, marked
from xltools.live.source import fingerprint

if TYPE_CHECKING:
    import xlwings as xw

INTERVAL = 1.0
"""How many seconds lie between two looks at the workbook."""


@dataclass(frozen=True)
class State:
    """What a watch has to say: the latest report, and whether it is another one than before.

    `waiting` is why there is no newer one: the application is busy, or the workbook is no form just now.
    """

    report: CheckReport | None
    changed: bool
    waiting: str | None = None


def watch(
    application: Application,
    book: "xw.Book",
    rules: Rules | None = None,
    *,
    mark: bool = True,
    interval: float = INTERVAL,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[State]:
    """Check the workbook now and whenever what its cells hold has changed; yields a state after every check.

    Its marks are only touched where the findings are others than before, for a change by a program may end the list of
    steps that its user can undo. The selection stays where it is. Ends when the workbook is closed.
    """
    rules = rules or Rules()
    seen: Hashable = None
    shown: CheckReport | None = None
    while is_open(application, book):
        try:
            with application.session():
                now = fingerprint(application, book) if application.ready() else seen
            if now != seen:
                with application.session():
                    report, grids = examined(application, book, rules)
                changed = shown is None or findings(report) != findings(shown)
                if changed and mark and has_form(report):
                    marked(application, book, grids, report, show=False)
                seen, shown = now, report
                yield State(report, changed)
        except LiveError as error:
            if not is_open(application, book):
                return
            yield State(shown, False, str(error))
        pause(interval)


def findings(report: CheckReport) -> Hashable:
    """What a report says, to compare with another one."""
    return tuple((file.sheet, file.verdict, file.findings, file.accepted) for file in report.files)


def is_open(application: Application, book: "xw.Book") -> bool:
    """Whether the workbook is still open in its application."""
    try:
        with application.session():
            return bool(book.name) and book.name in [each.name for each in application.app.books]
    except LiveError:
        return False
