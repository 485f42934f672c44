"""The status line of `xltools live watch`: in the terminal, and in the application's own status bar."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from xltools.cli import streams
from xltools.errors import LiveError
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.check_report import CheckReport
    from xltools.live.attaching import Opened
    from xltools.live.checking import Rules
    from xltools.live.watching import State

_CLEAR_LINE = "\r\x1b[2K"


def follow(opened: "Opened", rules: "Rules", *, mark: bool, interval: float) -> None:
    """Watch the workbook until it is closed or the user ends it with Ctrl+C; a line that stays, or one per change."""
    from xltools.live.watching import watch

    application, book = opened.application, opened.book
    streams.note(say("live.watch.start", book=book.name, application=application.title))
    line = _Line()
    try:
        with _bar(opened) as show:
            for state in watch(application, book, rules, mark=mark, interval=interval):
                text = status(state)
                line.show(text)
                show(text)
    except KeyboardInterrupt:
        line.end()
        streams.note(say("live.watch.end"))
        return
    line.end()
    streams.note(say("live.watch.closed"))


def status(state: "State") -> str:
    """One line on what the workbook looks like now, with the first thing to put right."""
    now = time.strftime("%H:%M:%S")
    if state.waiting is not None:
        return say("live.watch.waiting", time=now, reason=state.waiting)
    assert state.report is not None, "a state without a report says why"
    return _summary(state.report, now)


def _summary(report: "CheckReport", now: str) -> str:
    from xltools.live.checking import has_form

    if not has_form(report):
        return say("live.watch.unreadable", time=now)
    verdict = say(f"cli.verdict.{report.verdict}")
    line = say("live.watch.line", time=now, verdict=verdict, **report.counts)
    worst = [finding for file in report.files for finding in file.findings if finding.severity == "error"]
    if not worst:
        return line
    return say("live.watch.first", line=line, cell=worst[0].cell, message=" ".join(worst[0].message.split()))


class _Line:
    """A line that is written over on a terminal; elsewhere every new text is a line of its own."""

    def __init__(self) -> None:
        self.terminal = sys.stdout.isatty()
        self.shown = ""

    def show(self, text: str) -> None:
        if self.terminal:
            from xltools.output.columns import cut

            sys.stdout.write(_CLEAR_LINE + cut(text, streams.columns() - 1))
            sys.stdout.flush()
        # Only the time is new where nothing was found or lost.
        elif text.partition("　")[2] != self.shown.partition("　")[2]:
            streams.emit(text)
            sys.stdout.flush()
        self.shown = text

    def end(self) -> None:
        if self.terminal and self.shown:
            sys.stdout.write("\n")
            sys.stdout.flush()


@contextmanager
def _bar(opened: "Opened") -> Iterator[Callable[[str], None]]:
    """The application's status bar, given back in the end."""
    application = opened.application

    def show(text: str) -> None:
        with application.session():
            application.app.status_bar = f"xltools　{text}"

    try:
        yield show
    finally:
        try:
            with application.session():
                application.app.status_bar = False
        except LiveError:
            # The application is gone, and its status bar with it.
            pass
