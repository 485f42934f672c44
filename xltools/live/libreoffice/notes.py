"""Notes: what LibreOffice calls comments (annotations), one for a cell."""

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.protection import editable
from xltools.sheets.grid import Area

if TYPE_CHECKING:
    from xltools.live.libreoffice.ranges import Range


@bridge.guarded
class Note(base_classes.Note):
    """The note of one cell."""

    def __init__(self, cell: "Range") -> None:
        self._cell = cell

    @property
    def api(self) -> Any:
        """The UNO annotation."""
        return self._cell.model.getCellByPosition(0, 0).getAnnotation()

    @property
    def text(self) -> str:
        """What the note says."""
        return str(self.api.String)

    @text.setter
    def text(self, value: str) -> None:
        editable(self._cell)
        self.api.setString(value)

    @property
    def author(self) -> str:
        """Who wrote it, empty where LibreOffice knows no user's name."""
        return str(self.api.Author)

    @property
    def location(self) -> "Range":
        """The cell that it belongs to."""
        return self._cell

    def delete(self) -> None:
        """Remove the note."""
        editable(self._cell)
        self._cell.model.clearContents(bridge.constant("sheet.CellFlags.ANNOTATION"))


def note_of(cell: "Range") -> Note | None:
    """The note of the first cell of a range; None where it has none."""
    first = type(cell)(cell.sheet, Area(cell.area.top, cell.area.left, cell.area.top, cell.area.left))
    note = Note(first)
    # A cell without a note gives an empty annotation.
    return note if note.text else None


def add_note(cell: "Range", text: str) -> Note:
    """Give one cell a note."""
    editable(cell)
    cell.sheet.model.Annotations.insertNew(cell.model.getCellByPosition(0, 0).CellAddress, text)
    return Note(cell)


def notes_of(sheet: Any) -> list[Note]:
    """All notes of a sheet (this engine's), by rows and columns."""
    from xltools.live.libreoffice.ranges import Range

    annotations = sheet.model.Annotations
    places = [annotations.getByIndex(index).Position for index in range(annotations.Count)]
    cells = sorted((place.Row + 1, place.Column + 1) for place in places)
    return [Note(Range(sheet, Area(row, column, row, column))) for row, column in cells]
