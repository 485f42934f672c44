"""What a check leaves in an open workbook: coloured cells, notes and a sheet of findings; and its way out again.

The sheet of findings remembers, in two hidden columns, every cell that was coloured and how it was filled before: see
`mark_record`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xltools import mark_record, marking
from xltools.annotation_sheet import COLOURS, LAST, Marked, findings_sheet
from xltools.check_report import FileReport
from xltools.edits import Edit
from xltools.errors import LiveError
from xltools.live.applications import Application, Fill
from xltools.live.places import Place
from xltools.live.sheet_writing import write_sheet
from xltools.live.sink import apply, refuse_protected, taking_back, unprotected
from xltools.live.source import defined_names
from xltools.ooxml.new_sheet import free_name
from xltools.ooxml.workbook import FINDINGS_NAME
from xltools.ooxml.workbook import findings_sheet as sheet_of_findings
from xltools.sheets.grid import Book, address
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw

LINES = ("live_colours", "live_how", "live_copy")
"""The texts above the findings that tell how to read them."""

_RECORD = LAST + 2
"""The first of the two columns of the record; the empty one before it keeps it out of what a user sorts or filters."""

_PALETTE = {tuple(bytes.fromhex(colour)) for colour in COLOURS.values()}


@dataclass(frozen=True)
class Marks:
    """What was marked: the sheet of findings, how many cells, and the first finding's cell that can be seen.

    `left_out` are the sheets whose cells could not be marked because they are protected.
    """

    sheet: str
    cells: int
    first: Place | None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Grids:
    """The cells of an open workbook, for marking."""

    application: Application
    book: "xw.Book"
    grids: Book

    def place(self, sheet: str, row: int, column: int) -> tuple[int, int] | None:
        grid = self.grids.grid(sheet)
        if grid is None:
            return None
        column = column or min(
            (cell.column for cell in grid.cells.values() if cell.row == row and cell.text), default=1
        )
        area = grid.area(row, column)
        return area.top, area.left

    def is_hidden(self, sheet: str, row: int, column: int) -> bool:
        grid = self.grids.grid(sheet)
        return grid is None or grid.state != "visible" or row in grid.hidden_rows or column in grid.hidden_columns

    def has_thread(self, sheet: str, row: int, column: int) -> bool:
        return self.application.has_thread(self.book.sheets[sheet].range((row, column)))


def mark(application: Application, book: "xw.Book", grids: Book, reports: Sequence[FileReport]) -> Marks:
    """Show the findings of a check in the workbook; marks of an earlier check must have been cleared.

    Errors and warnings colour their cells and carry notes; notices stand in the list alone. A sheet that is protected
    by a password stays as it is, and the list says so. Where something fails, nothing is left behind. Raises LiveError.
    """
    ground = _Grids(application, book, grids)
    sheets = dict.fromkeys(item.sheet for report in reports for item in report.findings if grids.grid(item.sheet))
    with unprotected(application, [book, *(book.sheets[name] for name in sheets)]):
        if application.is_protected(book):
            raise LiveError(say("live.protected_book"))
        closed = frozenset(name for name in sheets if application.is_protected(book.sheets[name]))
        listed = [
            replace(item, remark=item.remark + say("live.not_coloured")) if item.finding.sheet in closed else item
            for report in reports
            for item in marking.marked(ground, report)
        ]
        grave = [item for item in listed if item.finding.severity != "notice" and item.finding.sheet not in closed]
        edits = marking.edits(ground, grave)
        name = free_name(say("annotate.sheet"), application.sheet_names(book))
        before = {_key(edit): _looks(application, _cell(book, edit)) for edit in edits}
        # A fill that could not be given back stays; the note marks the cell then.
        edits = [edit if before[_key(edit)].get("exact", True) else replace(edit, style=None) for edit in edits]
        with taking_back() as journal:
            sheet = write_sheet(application, book, findings_sheet(name, grids.path, reports, listed, LINES))
            journal.append(lambda: _remove_sheet(book, name))
            with application.one_step(book, say("live.step.check")):
                _write_record(sheet, before)
                apply(application, book, edits, journal)
    return Marks(name, len(edits), _first(ground, grave) or _first(ground, listed), tuple(closed))


def clear(application: Application, book: "xw.Book") -> int | None:
    """Take every mark out again and give the cells back their fills; returns how many, None where there is no mark.

    A cell that somebody has coloured otherwise since keeps its new colour. Raises LiveError where a sheet with marks
    has been protected by a password meanwhile; then nothing is changed.
    """
    names = [sheet.name for sheet in book.sheets]
    findings = sheet_of_findings(defined_names(book), names)
    record = _record(application, book.sheets[findings]) if findings is not None else {}
    notes = [
        (note, location.sheet.name, address(location.row, location.column))
        for name in names
        for note in book.sheets[name].notes
        if marking.MARK in note.text
        for location in [note.location]
    ]
    if findings is None and not notes:
        return None
    places = dict.fromkeys([*record, *((sheet, cell) for _, sheet, cell in notes)])
    marked = dict.fromkeys(sheet for sheet, _ in places)
    with unprotected(application, [book, *(book.sheets[name] for name in marked)]):
        refuse_protected(application, book, marked)
        with application.one_step(book, say("live.step.clear")):
            for note, sheet, cell in notes:
                _take_out(application, note, record.get((sheet, cell), {}))
            coloured = [place for place in places if _at(book, place).color in _PALETTE]
            for place in coloured:
                _uncolour(application, _at(book, place), record.get(place) or {"color": None})
        if findings is not None:
            _remove_sheet(book, findings)
        else:
            _remove_name(book)
    return len(coloured)


def _looks(application: Application, cell: "xw.Range") -> Fill:
    """How a cell is filled, and how large the note is that it has."""
    note = cell.note
    return {**application.fill(cell), **(application.note_box(note) if note is not None else {})}


def _take_out(application: Application, note: "xw.Note", looks: Fill) -> None:
    """Take what is ours out of a note; what a person wrote before it stays, in a box as large as it was."""
    own = note.text.partition(marking.MARK)[0].removesuffix("\n")
    if own:
        application.shorten_note(note, own)
        application.refit_note(note, looks)
    else:
        note.delete()


def _uncolour(application: Application, cell: "xw.Range", fill: Fill) -> None:
    """Give a cell back its fill; also those that it covers when merged, which a saved file may have coloured."""
    application.refill(cell, fill)
    area = application.merge_area(cell)
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            covered = cell.sheet.range((row, column))
            if (row, column) != (cell.row, cell.column) and covered.color in _PALETTE:
                application.refill(covered, fill)


def _first(ground: _Grids, items: Iterable[Marked]) -> Place | None:
    """The first of the findings' cells that can be seen."""
    places = ((item.finding.sheet, item.row, item.column) for item in items if item.row and not item.accepted)
    return next((place for place in places if not ground.is_hidden(*place)), None)


def _key(edit: Edit) -> tuple[str, str]:
    return edit.sheet, address(edit.row, edit.column)


def _cell(book: "xw.Book", edit: Edit) -> "xw.Range":
    return book.sheets[edit.sheet].range((edit.row, edit.column))


def _at(book: "xw.Book", place: tuple[str, str]) -> "xw.Range":
    sheet, cell = place
    return book.sheets[sheet].range(cell)


def _write_record(sheet: "xw.Sheet", before: Mapping[tuple[str, str], Fill]) -> None:
    if not before:
        return
    rows = mark_record.rows(before)
    sheet.range((1, _RECORD), (len(rows), _RECORD + 1)).formula = rows
    sheet.range((1, _RECORD), (len(rows), _RECORD + 1)).columns.hidden = True


def _record(application: Application, sheet: "xw.Sheet") -> dict[tuple[str, str], Fill]:
    """The coloured cells, where they are by now, and how they were filled before; cells that are gone are left out."""
    names = {each.name for each in sheet.book.sheets}
    record = mark_record.remembered(application.formulas(sheet.used_range))
    return {place: fill for place, fill in record.items() if place[0] in names}


def _remove_sheet(book: "xw.Book", name: str) -> None:
    with book.app.properties(display_alerts=False):
        book.sheets[name].delete()
    _remove_name(book)


def _remove_name(book: "xw.Book") -> None:
    """Take out the name of the sheet of findings; it outlives a sheet that somebody deleted."""
    if FINDINGS_NAME in book.names:
        book.names[FINDINGS_NAME].delete()
