"""Byte-exact editing of workbooks: only the cells that were asked for change, and what must follow from that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xltools.edits import KEEP, Edit, Text, Value
from xltools.errors import WorkbookError
from xltools.ooxml.editor import Editor, Outcome
from xltools.ooxml.files import keep_copy, refuse_if_open, same_file, write_atomically
from xltools.ooxml.package import read_file
from xltools.sheets.grid import position, unquoted
from xltools.texts import say

_MACRO_EXTENSIONS = (".xlsm", ".xltm")
_PLAIN_EXTENSIONS = (".xlsx", ".xltx")


@dataclass(frozen=True, slots=True)
class EditReport:
    """What an edit did: the cells it wrote, how many stored results followed, and what the user should know."""

    target: Path
    cells: tuple[str, ...]
    refreshed: int
    notices: tuple[str, ...] = ()


def edit(
    source: str | Path,
    target: str | Path,
    changes: Mapping[str, Value | Text],
    *,
    force: bool = False,
    unlock: bool = False,
) -> EditReport:
    """Change cells of a workbook and write it to `target`; every byte that need not change stays as it is.

    `changes` maps `Sheet1!B2` (`'My sheet'!B2`; the sheet may be left out where there is only one) to a number, text,
    truth value, date, or None to empty the cell. A text that begins with `=` is a formula, unless it is a `Text`.
    Where the target is the source, the old file is kept beside it as `name.xlsx.bak`.

    `unlock` writes locked cells of protected sheets; `force` also changes a signed workbook, passes over lock files and
    keeps no copy.

    Raises WorkbookError, with nothing written, where a cell must not be written or the file cannot be edited.
    """
    origin, goal = Path(source), Path(target)
    editor = Editor(read_file(origin), str(origin))
    _refuse_wrong_extension(editor, goal)
    if not force:
        refuse_if_open(goal)
    outcome = editor.apply(_edits(editor, changes), force=force, unlock=unlock)
    if same_file(origin, goal) and not force:
        keep_copy(goal)
    write_atomically(goal, outcome.data)
    return EditReport(goal, outcome.cells, outcome.refreshed, outcome.notices)


def apply(data: bytes, edits: Sequence[Edit], *, force: bool = False, unlock: bool = False) -> bytes:
    """A workbook's bytes with edits made; `Editor` does the same for many units of one template, and reports.

    Raises WorkbookError where an edit must be refused.
    """
    return Editor(data).apply(edits, force=force, unlock=unlock).data


def _edits(editor: Editor, changes: Mapping[str, Value | Text]) -> list[Edit]:
    edits = []
    for key, value in changes.items():
        sheet, row, column = _place(editor, key)
        if isinstance(value, str) and value.startswith("="):
            edits.append(Edit(sheet, row, column, KEEP, formula=value))
        else:
            edits.append(Edit(sheet, row, column, value.text if isinstance(value, Text) else value))
    return edits


def _place(editor: Editor, key: str) -> tuple[str, int, int]:
    sheet, mark, cell = key.rpartition("!")
    sheet = unquoted(sheet)
    try:
        row, column = position(cell)
    except ValueError:
        raise WorkbookError(say("ooxml.bad_address", address=key)) from None
    if not mark:
        names = [entry.name for entry in editor.workbook.sheets]
        if len(names) != 1:
            raise WorkbookError(say("ooxml.bad_address", address=key))
        sheet = names[0]
    return sheet, row, column


def _refuse_wrong_extension(editor: Editor, target: Path) -> None:
    extension = target.suffix.lower()
    if editor.has_macros and extension in _PLAIN_EXTENSIONS:
        raise WorkbookError(say("ooxml.extension", target=target, kind=".xlsm"))
    if not editor.has_macros and extension in _MACRO_EXTENSIONS:
        raise WorkbookError(say("ooxml.extension", target=target, kind=".xlsx"))


__all__ = ["EditReport", "Editor", "Outcome", "apply", "edit"]
