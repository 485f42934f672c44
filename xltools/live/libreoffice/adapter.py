"""LibreOffice, as far as it does things in a way of its own."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from xltools.errors import LiveError
from xltools.live.applications import Application, Fill, Kind
from xltools.live.guards import set_rule
from xltools.live.libreoffice.bridge import enum, exception, guarded
from xltools.sheets.grid import Area
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw

    from xltools.sheets.grid import Validation

_NOTE_WIDTH, _NOTE_HEIGHT = 8_000, 500
"""Hundredths of a millimetre: how wide the box of a note is at the least, and how high before it grows."""

_ALERTS = {"stop": "STOP", "warning": "WARNING", "information": "INFO"}


@guarded
class LibreOfficeApplication(Application):
    """A running LibreOffice, through the engine of `xltools.live.libreoffice`."""

    kind: Kind = "libreoffice"
    product = "LibreOffice"
    one_step_undo = True

    def date1904(self, book: "xw.Book") -> bool:
        """Whether the serial number 0 is the first day of 1904."""
        return int(book.api.NullDate.Year) == 1904

    def alike(self, sheet: "xw.Sheet", area: Area) -> Sequence[Sequence[Area]]:
        """The parts of an area, those together whose cells have the same format, protection and validation."""
        from xltools.live.libreoffice.number_formats import area_at

        cells = sheet.range((area.top, area.left), (area.bottom, area.right)).api
        groups = cells.getUniqueCellFormatRanges()
        return [
            [area_at(address) for address in groups.getByIndex(index).RangeAddresses] for index in range(groups.Count)
        ]

    def merged_areas(self, sheet: "xw.Sheet", area: Area) -> Sequence[Area]:
        """The merged areas that begin within an area."""
        from xltools.live.libreoffice.merging import merged_areas

        return merged_areas(sheet.range((area.top, area.left), (area.bottom, area.right)).impl)

    def is_protected(self, thing: "xw.Sheet | xw.Book") -> bool:
        """Whether a sheet refuses changes, or a workbook new sheets."""
        return bool(thing.api.isProtected())

    def unprotect(self, thing: "xw.Sheet | xw.Book") -> Callable[[], None] | None:
        """Take off a protection that has no password.

        What a protected sheet lets its user do besides choosing cells is not told through UNO, and not given back.
        """
        try:
            thing.api.unprotect("")
        except exception("lang.IllegalArgumentException"):
            return None
        return None if thing.api.isProtected() else lambda: thing.api.protect("")

    def locked(self, area: "xw.Range") -> bool | None:
        """Whether the cells of an area are locked, None where some are."""
        protection = area.api.CellProtection
        return None if protection is None else bool(protection.IsLocked)

    def lock(self, area: "xw.Range", locked: bool) -> None:
        """Say whether the cells of an area are locked once their sheet is protected."""
        protection = area.api.CellProtection
        protection.IsLocked = locked
        area.api.CellProtection = protection

    def has_thread(self, cell: "xw.Range") -> bool:
        """LibreOffice has no threaded comments in sheets."""
        return False

    def fit_note(self, note: "xw.Note", text: str) -> None:
        """Make the box of a note wide enough to be read; as high as its text it becomes by itself."""
        shape = note.api.getAnnotationShape()
        _resize(shape, max(int(shape.Size.Width), _NOTE_WIDTH), _NOTE_HEIGHT)

    def note_box(self, note: "xw.Note") -> Fill:
        """How large the box of a note is, in hundredths of a millimetre."""
        # Not by the names that other applications use for other units.
        size = note.api.getAnnotationShape().Size
        return {"annotationWidth": int(size.Width), "annotationHeight": int(size.Height)}

    def refit_note(self, note: "xw.Note", box: Fill) -> None:
        """Make the box of a note as large as `note_box` told it."""
        width, height = box.get("annotationWidth"), box.get("annotationHeight")
        if isinstance(width, int) and isinstance(height, int):
            _resize(note.api.getAnnotationShape(), width, height)

    def fill(self, cell: "xw.Range") -> Fill:
        """How a cell is filled, and whether of its own or by its style."""
        from xltools.live.libreoffice.looks import fill_state

        return fill_state(cell.impl)

    def refill(self, cell: "xw.Range", fill: Fill) -> None:
        """Fill a cell as `fill` told it."""
        from xltools.live.libreoffice.looks import restore_fill

        restore_fill(cell.impl, fill)

    def guard(self, area: "xw.Range", rule: "Validation") -> None:
        """Give the cells of an area a data validation with its messages."""
        set_rule(area, rule)
        validation = area.api.Validation
        validation.IgnoreBlankCells = rule.allow_blank
        validation.ShowInputMessage = bool(rule.prompt)
        validation.InputTitle, validation.InputMessage = rule.prompt_title, rule.prompt
        validation.ShowErrorMessage = rule.alert != "none"
        validation.ErrorTitle, validation.ErrorMessage = rule.error_title, rule.error
        if rule.alert in _ALERTS:
            validation.ErrorAlertStyle = enum("sheet.ValidationAlertStyle", _ALERTS[rule.alert])
        area.api.Validation = validation

    def prepare(self, book: "xw.Book") -> None:
        """Raises LiveError where the workbook was opened to be read only."""
        if book.api.isReadonly():
            raise LiveError(say("libreoffice.opened_read_only", name=book.name))

    def one_step(self, book: "xw.Book", title: str) -> AbstractContextManager[None]:
        """What is done within it is one entry in the list of steps to undo.

        Whenever LibreOffice shows another sheet or cell it cuts the list that is being filled to the number of steps
        that its user can take back (100, `org.openoffice.Office.Common/Undo/Steps`), the oldest ones first; also the
        list of an entry. Entries within an entry keep each of these lists short.
        """
        return _Step(book.api.UndoManager, title)


def _resize(shape: Any, width: int, height: int) -> None:
    size = shape.Size
    size.Width, size.Height = width, height
    shape.setSize(size)


@guarded
class _Step(AbstractContextManager[None]):
    """One entry in the list of steps to undo."""

    def __init__(self, manager: Any, title: str) -> None:
        self._manager, self._title = manager, title

    def __enter__(self) -> None:
        self._manager.enterUndoContext(self._title)

    def __exit__(self, *_: object) -> None:
        self._manager.leaveUndoContext()


def running() -> list[Application]:
    """The running LibreOffice instances that can be reached.

    Raises LiveError where one is running that cannot be reached, and says why.
    """
    from xltools.live.libreoffice import reachable

    return [LibreOfficeApplication(app) for app in reachable()]
