"""An annotated copy that was changed since: the annotations out, everything else as it is."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from xltools.errors import WorkbookError
from xltools.ooxml import archive
from xltools.ooxml.editor import Editor
from xltools.ooxml.markup import parse_fragment, patched
from xltools.ooxml.new_sheet import Parts, remove_sheet
from xltools.ooxml.note_removal import remove_notes
from xltools.ooxml.package import Package
from xltools.ooxml.record import Record, remove_record
from xltools.ooxml.sheet_splice import CellChange, cell_patches
from xltools.ooxml.styles_splice import StyleBook
from xltools.ooxml.workbook import SheetEntry, Workbook
from xltools.ooxml.worksheets import index_of


def stripped(package: Package, mark: str, colours: AbstractSet[str], record: Record | None) -> bytes | None:
    """The package without its sheet of findings, without notes that begin with `mark`, without fills in the `colours`.

    Where the original is known, its cells' own fills come back. None where there is nothing to take out. Raises
    WorkbookError where the package is damaged.
    """
    workbook = Workbook(package)
    parts: Parts = {}
    findings = workbook.findings_sheet
    if findings is not None:
        remove_sheet(workbook, findings, parts)
    sheets = [sheet for sheet in workbook.sheets if sheet.name != findings]
    notes = sum(remove_notes(package, sheet, mark, parts) for sheet in sheets)
    # Without a trace of ours, a fill of the same colour is somebody's own.
    if findings is None and record is None and not notes:
        return None
    _remove_fills(workbook, sheets, colours, record, parts)
    remove_record(package, parts)
    return archive.rewritten(package.data, package.members, parts, package.path)


def _remove_fills(
    workbook: Workbook, sheets: list[SheetEntry], colours: AbstractSet[str], record: Record | None, parts: Parts
) -> None:
    package, styles = workbook.package, workbook.related("/styles")
    if styles is None:
        return
    book = StyleBook(package.part(styles))
    ours = {style for style in range(len(workbook.number_formats)) if _colour(book.fill_of(style)) in colours}
    before = _Original(record)
    for sheet in sheets:
        index = index_of(package, sheet.part)
        places = {(cell.row, cell.column): cell.style for cell in index.cells if cell.style in ours}
        if places:
            changes = {
                place: CellChange(None, book.with_fill(style, before.fill(sheet.name, *place)))
                for place, style in places.items()
            }
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
class _Original:
    """What the cells of the original looked like, as far as it is known."""

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

    def fill(self, sheet: str, row: int, column: int) -> bytes | None:
        """The `<fill>` of a cell; None where it had none or is not known."""
        if self._editor is None or self._styles is None:
            return None
        try:
            return self._styles.fill_of(self._editor.sheet(sheet).style(row, column))
        except WorkbookError:
            return None
