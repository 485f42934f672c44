"""Annotated copies: a workbook with its findings in it, and the workbook without them again."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xltools import marking
from xltools.annotation_sheet import COLOURS, findings_sheet
from xltools.check_report import FileReport
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
from xltools.sheets.grid import address
from xltools.texts import say

SUFFIXES = (".xlsx", ".xlsm")
"""The files that can be annotated."""


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
    sheets = _Sheets(editor)
    listed = [item for report in reports for item in marking.marked(sheets, report)]
    edits = marking.edits(sheets, listed)
    # It is a copy: neither a signature nor a protected sheet stands in the way of looking at it.
    outcome = editor.apply(edits, force=True)
    workbook = Workbook(Package(outcome.data, str(target)))
    parts: Parts = {}
    name = free_name(say("annotate.sheet"), workbook.all_sheet_names)
    add_sheet(workbook, findings_sheet(name, str(target), reports, listed), parts)
    package = workbook.package
    copy = archive.rewritten(package.data, package.members, parts, str(target))
    done = Annotated(target, len(listed), len(edits), outcome.notices)
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
    bare = stripped(package, marking.MARK, frozenset(COLOURS.values()), record)
    return (data, True) if bare is None else (bare, False)


class _Sheets:
    """The cells of a workbook file, for marking."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor

    def place(self, sheet: str, row: int, column: int) -> tuple[int, int] | None:
        try:
            found = self.editor.sheet(sheet)
        except WorkbookError:
            return None
        column = column or min((cell.column for cell in found.index.cells if cell.row == row and cell.value), default=1)
        covering = (area for area in found.index.merges if area.covers(row, column))
        return next(((area.top, area.left) for area in covering), (row, column))

    def is_hidden(self, sheet: str, row: int, column: int) -> bool:
        found = self.editor.sheet(sheet)
        hidden = row in found.index.hidden_rows or column in found.index.hidden_columns
        return hidden or found.entry.state != "visible"

    def has_thread(self, sheet: str, row: int, column: int) -> bool:
        return address(row, column) in threads(self.editor.package, self.editor.sheet(sheet).entry)
