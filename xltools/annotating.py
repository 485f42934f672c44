"""Annotated copies: a workbook with its findings in it, and the workbook without them again."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xltools.annotation_sheet import COLOURS, Marked, findings_sheet
from xltools.check_report import SEVERITIES, FileReport
from xltools.checks.base import Finding
from xltools.edits import Edit, Style
from xltools.errors import InputError, WorkbookError
from xltools.files import claim
from xltools.ooxml import archive
from xltools.ooxml.annotation_removal import stripped
from xltools.ooxml.editor import Editor
from xltools.ooxml.files import refuse_if_open, same_file, write_atomically
from xltools.ooxml.new_sheet import Parts, add_sheet, free_name
from xltools.ooxml.note_parts import threads
from xltools.ooxml.package import Package, read_file
from xltools.ooxml.record import record_of, with_record
from xltools.ooxml.workbook import Workbook
from xltools.ooxml.worksheets import OpenSheet
from xltools.sheets.grid import address
from xltools.texts import say

MARK = "【xltools】"
"""How every note of ours begins, so that it can be told from a person's own."""

SUFFIXES = (".xlsx", ".xlsm")
"""The files that can be annotated."""

_MOST_NOTE = 3_000
_WORST = {severity: place for place, severity in enumerate(SEVERITIES)}

Place = tuple[str, int, int]


class NotAnnotatedError(InputError):
    """A workbook holds no annotations that could be taken out."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated copy: where it is, how many findings it lists and cells it marks, what the user should know."""

    target: Path
    findings: int
    cells: int
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleared:
    """A workbook without annotations: where it is, and whether it is the original byte for byte.

    `backup` is where the annotated file was kept because it had been changed since and was written over.
    """

    target: Path
    original: bool
    backup: Path | None = None


def annotate(
    path: str | os.PathLike[str],
    reports: Iterable[FileReport],
    target: str | os.PathLike[str],
    *,
    force: bool = False,
) -> Annotated:
    """Write a copy of a workbook that shows its findings: coloured cells with notes, and a first sheet that lists them.

    `reports` are those of the forms in the workbook, as `check` gives them. Of a workbook that is an annotated copy
    itself, the old annotations are taken out first. The workbook itself stays as it is.

    Raises InputError where the target exists (unless `force`) or is the workbook itself, and where the file is no .xlsx
    or .xlsm; WorkbookError where it cannot be read or the copy cannot be written.
    """
    source, goal = Path(path), Path(target)
    if source.suffix.lower() not in SUFFIXES:
        raise InputError(say("annotate.not_xlsx", path=source))
    if same_file(source, goal) or source.absolute() == goal.absolute():
        raise InputError(say("annotate.onto_itself", path=source))
    claim(goal, force=force)
    refuse_if_open(goal)
    data, done = annotated(read_file(source), list(reports), goal)
    write_atomically(goal, data)
    return done


def annotated(data: bytes, reports: Sequence[FileReport], target: Path) -> tuple[bytes, Annotated]:
    """The bytes of an annotated copy, and what was done; raises WorkbookError where the workbook cannot be edited."""
    original, _ = without_annotations(data, str(target))
    editor = Editor(original, str(target))
    marked = [item for report in reports for item in _listed(editor, report)]
    edits = _edits(editor, marked)
    # It is a copy: neither a signature nor a protected sheet stands in the way of looking at it.
    outcome = editor.apply(edits, force=True)
    workbook = Workbook(Package(outcome.data, str(target)))
    parts: Parts = {}
    name = free_name(say("annotate.sheet"), workbook.all_sheet_names)
    add_sheet(workbook, findings_sheet(name, str(target), reports, marked), parts)
    package = workbook.package
    copy = archive.rewritten(package.data, package.members, parts, str(target))
    done = Annotated(target, len(marked), len(edits), outcome.notices)
    return with_record(copy, original, str(target)), done


def clear(
    path: str | os.PathLike[str], target: str | os.PathLike[str] | None = None, *, force: bool = False
) -> Cleared:
    """Take the annotations out of an annotated copy again, and write the result to `target` (by default in its place).

    A copy that nobody changed gives back the bytes of its original. From one that was changed since, the sheet of
    findings, the notes and the colours are taken out and everything else is kept; where it is written over, the file as
    it was stays beside it as .bak, unless `force`.

    Raises NotAnnotatedError where there is nothing to take out, InputError where the target exists (unless `force`),
    WorkbookError where the file cannot be read or written.
    """
    source = Path(path)
    goal = source if target is None else Path(target)
    within = same_file(source, goal)
    claim(goal, force=force or within)
    refuse_if_open(goal)
    before = read_file(source)
    data, original = without_annotations(before, str(source))
    if data is before:
        raise NotAnnotatedError(say("annotate.not_annotated", path=source))
    backup = goal.with_name(f"{goal.name}.bak") if within and not original and not force else None
    if backup is not None:
        write_atomically(backup, before)
    write_atomically(goal, data)
    return Cleared(goal, original, backup)


def without_annotations(data: bytes, path: str = "") -> tuple[bytes, bool]:
    """A workbook's bytes without annotations, and whether they are those of the original.

    The very same object comes back where there are none. Raises WorkbookError where the workbook is damaged.
    """
    package = Package(data, path)
    record = record_of(package)
    if record is not None and record.intact:
        return record.original, True
    bare = stripped(package, MARK, frozenset(COLOURS.values()), record)
    return (data, True) if bare is None else (bare, False)


def _listed(editor: Editor, report: FileReport) -> Iterator[Marked]:
    """The findings of a form, then those that settings accept."""
    unit = report.unit or ""
    for finding in report.findings:
        yield _marked(editor, finding, unit)
    for item in report.accepted:
        shown = _marked(editor, item.finding, unit)
        reason = say("annotate.accepted.reason", reason=item.by.reason)
        yield replace(shown, remark=shown.remark + reason, accepted=True)


def _marked(editor: Editor, finding: Finding, unit: str) -> Marked:
    """A finding with the cell that stands for it: of a merged area the one that shows, of a row its first one."""
    try:
        sheet = editor.sheet(finding.sheet) if finding.sheet and finding.row else None
    except WorkbookError:
        sheet = None
    if sheet is None:
        return Marked(finding, unit)
    row, column = finding.row, finding.column or _first_column(sheet, finding.row)
    for area in sheet.index.merges:
        if area.covers(row, column):
            row, column = area.top, area.left
    remarks = ""
    if (
        sheet.entry.state != "visible"
        or finding.row in sheet.index.hidden_rows
        or finding.column in sheet.index.hidden_columns
    ):
        remarks += say("annotate.hidden")
    if address(row, column) in threads(editor.package, sheet.entry):
        remarks += say("annotate.thread")
    return Marked(finding, unit, row, column, remarks)


def _first_column(sheet: OpenSheet, row: int) -> int:
    return min((cell.column for cell in sheet.index.cells if cell.row == row and cell.value), default=1)


def _edits(editor: Editor, marked: Sequence[Marked]) -> list[Edit]:
    """One edit for each cell with findings: its colour by the worst of them, and a note that tells all of them."""
    by_place: dict[Place, list[Finding]] = {}
    for item in marked:
        if item.row and item.column and not item.accepted:
            by_place.setdefault((item.finding.sheet, item.row, item.column), []).append(item.finding)
    edits = []
    for (name, row, column), findings in by_place.items():
        worst = min((finding.severity for finding in findings), key=_WORST.__getitem__)
        taken = address(row, column) in threads(editor.package, editor.sheet(name).entry)
        note = None if taken else _note(findings)
        edits.append(Edit(name, row, column, note=note, style=Style(fill=COLOURS[worst])))
    return edits


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
