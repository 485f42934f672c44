"""Which cells of a workbook its findings mark, and what their notes say: the same in a file and in an open workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from xltools.annotation_sheet import COLOURS, Marked
from xltools.check_report import SEVERITIES, FileReport
from xltools.checks.base import Finding
from xltools.edits import Edit, Style
from xltools.texts import say

MARK = "【xltools】"
"""How every note of ours begins, so that it can be told from a person's own."""

_MOST_NOTE = 3_000
_WORST = {severity: place for place, severity in enumerate(SEVERITIES)}

Place = tuple[str, int, int]


class Ground(Protocol):
    """What marking asks of a workbook's cells; of `place`, None for a sheet that is not there."""

    def place(self, sheet: str, row: int, column: int) -> tuple[int, int] | None:
        """The cell that shows what a cell holds: the first one of a merged area, or of a whole row (column 0)."""

    def is_hidden(self, sheet: str, row: int, column: int) -> bool:
        """Whether nobody sees the cell: its sheet, row or column is hidden."""

    def has_thread(self, sheet: str, row: int, column: int) -> bool:
        """Whether the cell carries a threaded comment, which leaves no room for a note."""


def marked(ground: Ground, report: FileReport) -> Iterator[Marked]:
    """The findings of a form with the cells that stand for them, then those that settings accept."""
    unit = report.unit or ""
    for finding in report.findings:
        yield _marked(ground, finding, unit)
    for item in report.accepted:
        shown = _marked(ground, item.finding, unit)
        reason = say("annotate.accepted.reason", reason=item.by.reason)
        yield replace(shown, remark=shown.remark + reason, accepted=True)


def edits(ground: Ground, items: Sequence[Marked]) -> list[Edit]:
    """One edit for each cell with findings: its colour by the worst of them, and a note that tells all of them."""
    by_place: dict[Place, list[Finding]] = {}
    for item in items:
        if item.row and item.column and not item.accepted:
            by_place.setdefault((item.finding.sheet, item.row, item.column), []).append(item.finding)
    found = []
    for place, findings in by_place.items():
        worst = min((finding.severity for finding in findings), key=_WORST.__getitem__)
        note = None if ground.has_thread(*place) else _note(findings)
        found.append(Edit(*place, note=note, style=Style(fill=COLOURS[worst])))
    return found


def _marked(ground: Ground, finding: Finding, unit: str) -> Marked:
    place = ground.place(finding.sheet, finding.row, finding.column) if finding.sheet and finding.row else None
    if place is None:
        return Marked(finding, unit)
    remarks = ""
    if ground.is_hidden(finding.sheet, finding.row, finding.column):
        remarks += say("annotate.hidden")
    if ground.has_thread(finding.sheet, *place):
        remarks += say("annotate.thread")
    return Marked(finding, unit, *place, remarks)


def _note(findings: Sequence[Finding]) -> str:
    lines = [MARK + say("annotate.note")]
    for finding in findings:
        severity = say(f"cli.severity.{finding.severity}")
        lines.append(say("annotate.note.line", severity=severity, message=finding.message, code=finding.code))
        if finding.found and finding.found not in finding.message:
            lines.append(say("annotate.note.found", found=finding.found))
        if finding.expected and finding.expected not in finding.message:
            lines.append(say("annotate.note.expected", expected=finding.expected))
    note = "\n".join(lines)
    return note if len(note) <= _MOST_NOTE else f"{note[: _MOST_NOTE - 1]}…"
