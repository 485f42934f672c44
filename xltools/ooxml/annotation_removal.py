"""A workbook with marks in it, by an annotated copy or a check while it was open: the marks out, all else as it is."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from xltools import mark_record
from xltools.edits import Style
from xltools.errors import WorkbookError
from xltools.ooxml import archive
from xltools.ooxml.editor import Editor
from xltools.ooxml.markup import parse_fragment, patched
from xltools.ooxml.new_sheet import Parts, remove_sheet
from xltools.ooxml.note_removal import remove_notes
from xltools.ooxml.package import Package
from xltools.ooxml.record import Record, remove_record
from xltools.ooxml.sheet_index import CellEntry
from xltools.ooxml.sheet_splice import CellChange, Place, cell_patches
from xltools.ooxml.styles_splice import StyleBook
from xltools.ooxml.workbook import SheetEntry, Workbook
from xltools.ooxml.worksheets import index_of
from xltools.sheets.grid import position


def stripped(package: Package, mark: str, colours: AbstractSet[str], record: Record | None) -> bytes | None:
    """The package without its sheet of findings, without notes that begin with `mark`, without fills in the `colours`.

    Cells get back the fills that they had, as far as a check of the open workbook remembered them or the original is
    known. None where there is nothing to take out. Raises WorkbookError where the package is damaged.
    """
    workbook = Workbook(package)
    parts: Parts = {}
    findings = workbook.findings_sheet
    remembered = _remembered(workbook, findings)
    if findings is not None:
        remove_sheet(workbook, findings, parts)
    sheets = [sheet for sheet in workbook.sheets if sheet.name != findings]
    noted = {sheet.name: remove_notes(package, sheet, mark, parts) for sheet in sheets}
    # Without a trace of ours, a fill of the same colour is somebody's own.
    if findings is None and record is None and not any(noted.values()):
        return None
    # A copy has no memory of its cells, but it shows no cells in the colours that are not ours or the original's.
    marked = {name: {*noted[name], *remembered.get(name, {})} for name in noted} if remembered else None
    _remove_fills(workbook, sheets, colours, _Before(remembered, record), marked, parts)
    remove_record(package, parts)
    return archive.rewritten(package.data, package.members, parts, package.path)


def _remembered(workbook: Workbook, findings: str | None) -> dict[str, dict[Place, str | None]]:
    """The colours that cells had before a check of the open workbook coloured them, sheet by sheet."""
    entry = next((sheet for sheet in workbook.sheets if sheet.name == findings), None)
    if entry is None:
        return {}
    index = index_of(workbook.package, entry.part)
    rows: dict[int, dict[int, str]] = {}
    for cell in index.cells:
        formula = index.formula(cell)
        rows.setdefault(cell.row, {})[cell.column] = f"={formula}" if formula else _text(workbook, cell)
    found: dict[str, dict[Place, str | None]] = {}
    lines = [[row.get(column, "") for column in range(1, max(row) + 1)] for row in rows.values()]
    for (sheet, place), fill in mark_record.remembered(lines).items():
        found.setdefault(sheet, {})[position(place)] = mark_record.color(fill)
    return found


def _text(workbook: Workbook, cell: CellEntry) -> str:
    """The text that a cell holds; empty for everything else."""
    if cell.type != "s":
        return cell.value or ""
    number = cell.value or ""
    return workbook.strings[int(number)] if number.isdigit() and int(number) < len(workbook.strings) else ""


def _remove_fills(
    workbook: Workbook,
    sheets: list[SheetEntry],
    colours: AbstractSet[str],
    before: "_Before",
    marked: Mapping[str, AbstractSet[Place]] | None,
    parts: Parts,
) -> None:
    """Give the cells in the `colours` the fills that they had; only those `marked`, where these are known."""
    package, styles = workbook.package, workbook.related("/styles")
    if styles is None:
        return
    book = StyleBook(package.part(styles))
    ours = {style for style in range(len(workbook.number_formats)) if _colour(book.fill_of(style)) in colours}
    for sheet in sheets:
        index = index_of(package, sheet.part)
        cells = [cell for cell in index.cells if cell.style in ours]
        # An application may colour what a merged cell covers together with it.
        stands_for = {
            (cell.row, cell.column): next(
                ((area.top, area.left) for area in index.merges if area.covers(cell.row, cell.column)),
                (cell.row, cell.column),
            )
            for cell in cells
        }
        changes = {
            (cell.row, cell.column): CellChange(None, before.style(book, cell.style, sheet.name, place))
            for cell in cells
            for place in [stands_for[cell.row, cell.column]]
            if marked is None or place in marked[sheet.name]
        }
        if changes:
            data = package.part(sheet.part)
            parts[sheet.part] = patched(data, cell_patches(data, index, changes))
    if book.data != package.part(styles):
        parts[styles] = book.data


def _colour(fill: bytes | None) -> str:
    """The colour of a solid fill, `RRGGBB`; empty for every other one."""
    pattern = parse_fragment(fill).children if fill else []
    if not pattern or pattern[0].get("patternType") != "solid":
        return ""
    color = next((child for child in pattern[0].children if child.name.rpartition(":")[2] == "fgColor"), None)
    return color.get("rgb")[-6:].upper() if color is not None else ""


@dataclass
class _Before:
    """What the cells looked like before they were marked, as far as it is known."""

    remembered: Mapping[str, Mapping[Place, str | None]]
    record: Record | None

    @cached_property
    def _editor(self) -> Editor | None:
        try:
            return Editor(self.record.original) if self.record is not None else None
        except WorkbookError:
            return None

    @cached_property
    def _styles(self) -> StyleBook | None:
        part = self._editor.workbook.related("/styles") if self._editor is not None else None
        return StyleBook(self._editor.package.part(part)) if self._editor is not None and part is not None else None

    def style(self, book: StyleBook, base: int, sheet: str, place: Place) -> int:
        """The index of a cell style like the one at `base` with the fill that the cell had."""
        if place not in self.remembered.get(sheet, {}):
            return book.with_fill(base, self._original_fill(sheet, place))
        color = self.remembered[sheet][place]
        return book.with_fill(base, None) if color is None else book.style(base, Style(fill=color))

    def _original_fill(self, sheet: str, place: Place) -> bytes | None:
        """The `<fill>` of a cell in the original; None where it had none or is not known."""
        if self._editor is None or self._styles is None:
            return None
        try:
            return self._styles.fill_of(self._editor.sheet(sheet).style(*place))
        except WorkbookError:
            return None
