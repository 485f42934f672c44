"""A check as one self-contained web page: verdict, tables to sort and filter, pictures of the forms with findings."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.check_report import SEVERITIES, CheckReport, FileReport
from xltools.checks import registry
from xltools.checks.base import Severity
from xltools.errors import WorkbookError
from xltools.output import summary
from xltools.output.accepted import described
from xltools.output.picture import Mark, Picture, draw
from xltools.texts import language, say

if TYPE_CHECKING:
    from jinja2 import Environment

    from xltools.sheets.grid import Book

FINDINGS = 20_000
"""How many findings the page lists, the errors first; a browser sorts and filters that many without a pause."""

PICTURES = 200
"""How many forms are drawn, those with errors first."""

STEP = 500
"""From which row on a table waits for the script to show it; the script has the same number."""

SIGNS = {"error": "✕", "warning": "!", "notice": "i"}
"""What tells severities apart without colours."""

_FOLDER = Path(__file__).parent / "page"

ReadBook = Callable[[str], "Book"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A form in the page's tables; `number` names it in links, `drawn` says whether its picture is there."""

    number: int
    file: FileReport
    unit: str
    counts: Mapping[Severity, int]
    marks: tuple[Mark, ...]
    drawn: bool = False


def pieces(report: CheckReport, *, read_book: ReadBook | None = None, now: datetime | None = None) -> Iterator[str]:
    """The page as pieces of text.

    A report holds no sheets, so the files of the forms that are drawn are read once more with `read_book`, one at a
    time; one that cannot be read again is said so. `now` is the time of the check that the page states.
    """
    if read_book is None:
        from xltools.sheets import read_book as read_any

        read_book = read_any
    entries = _entries(report)
    rows = [(entry, mark) for entry in entries for mark in entry.marks]
    if len(rows) > FINDINGS:
        # Stable: within a severity the order of the report stays.
        rows.sort(key=lambda row: SEVERITIES.index(row[1].finding.severity))
    script = (_FOLDER / "page.js").read_text(encoding="utf-8")
    rules = summary.by_rule(report)
    # The rules' pages are written in Chinese.
    what = {rule.code: registry.page(rule.code).partition("\n")[0] for rule in rules} if language() == "zh" else {}
    template = _environment().get_template("page.html")
    yield from template.generate(
        report=report,
        entries=entries,
        rows=rows[:FINDINGS],
        rows_left=max(0, len(rows) - FINDINGS),
        pictures=partial(_pictures, entries, read_book),
        drawn=any(entry.drawn for entry in entries),
        undrawn=sum(_drawable(entry.file) and not entry.drawn for entry in entries),
        files=len({file.path for file in report.files}),
        forms=sum(file.form is not None for file in report.files),
        by_rule=rules,
        what=what,
        unchecked=summary.unchecked(report),
        accepted=[(entry, item) for entry in entries for item in entry.file.accepted],
        unused=[described(acceptance) for acceptance in report.unused],
        severities=SEVERITIES,
        signs=SIGNS,
        step=STEP,
        say=say,
        predicate=summary.predicate,
        now=now.strftime("%Y-%m-%d %H:%M") if now else "",
        lang="zh-CN" if language() == "zh" else "en",
        style=(_FOLDER / "page.css").read_text(encoding="utf-8"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _entries(report: CheckReport) -> list[Entry]:
    drawable = [number for number, file in enumerate(report.files, 1) if _drawable(file)]
    drawable.sort(key=lambda number: report.files[number - 1].verdict != "fail")
    drawn = frozenset(drawable[:PICTURES])
    return [
        Entry(
            number,
            file,
            summary.unit_of(file),
            summary.counts([file]),
            tuple(Mark(place, finding) for place, finding in enumerate(file.findings, 1)),
            number in drawn,
        )
        for number, file in enumerate(report.files, 1)
    ]


def _drawable(file: FileReport) -> bool:
    return bool(file.findings) and not file.unreadable


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form with its pictures, or why there is none; `marks` belong to the file or to a sheet that is not drawn."""

    entry: Entry
    sheets: tuple[Picture, ...]
    marks: tuple[Mark, ...]
    problem: str = ""

    @property
    def across(self) -> bool:
        """Whether the form needs the long side of the paper."""
        return any(picture.wide for picture in self.sheets)


def _pictures(entries: list[Entry], read_book: ReadBook) -> Iterator[Drawn]:
    """The forms that are drawn, one after the other, so that only one file at a time is in memory."""
    path, book = "", None
    for entry in entries:
        if not entry.drawn:
            continue
        if book is None or path != entry.file.path:
            path = entry.file.path
            try:
                book = read_book(path)
            except (WorkbookError, OSError) as error:
                book = None
                yield Drawn(entry, (), entry.marks, say("output.page.gone", reason=error))
                continue
        wanted = {mark.finding.sheet for mark in entry.marks} | {entry.file.sheet}
        sheets = tuple(
            draw(grid, [mark for mark in entry.marks if mark.finding.sheet == grid.sheet])
            for grid in book.grids
            if grid.sheet in wanted and (grid.cells or grid.captions)
        )
        shown = {picture.sheet for picture in sheets}
        yield Drawn(entry, sheets, tuple(mark for mark in entry.marks if mark.finding.sheet not in shown))
