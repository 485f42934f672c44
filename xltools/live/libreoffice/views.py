"""What belongs to the look of a sheet in its window and on paper: frozen panes, grid lines, the print area."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xltools.errors import LiveError
from xltools.live.libreoffice import bridge, references
from xltools.live.libreoffice.number_formats import address_of, area_at
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.live.libreoffice.sheets import Sheet


def as_shown(sheet: "Sheet", work: Callable[[Any], Any]) -> Any:
    """The result of `work` on the view while it shows a sheet; the sheet that was in front comes back.

    Raises LiveError where the sheet is hidden or the workbook has no window.
    """
    view = sheet.book.view("show")
    before = view.ActiveSheet
    if before == sheet.model:
        return work(view)
    if not sheet.visible:
        raise LiveError(say("libreoffice.hidden_sheet", name=sheet.name))
    view.setActiveSheet(sheet.model)
    try:
        return work(view)
    finally:
        view.setActiveSheet(before)


def shows_grid(sheet: "Sheet") -> bool:
    """Whether a sheet shows lines between its cells; raises LiveError where the workbook has no window."""
    model = sheet.book.model
    # What LibreOffice collected once it would tell again.
    model.setViewData(None)
    views = model.getViewData()
    if not views.Count:
        sheet.book.view("show_gridlines")
    tables = _value(views.getByIndex(0), "Tables")
    # A sheet that was never shown is not in it.
    name = sheet.name
    return not tables.hasByName(name) or bool(_value(tables.getByName(name), "ShowGrid"))


def show_grid(sheet: "Sheet", value: bool) -> None:
    """Show the lines between the cells of a sheet or hide them."""
    if shows_grid(sheet) == value:
        return
    # The property `ShowGrid` of the view counts for all sheets, only the command for one.
    helper = sheet.book.app.service("frame.DispatchHelper")
    as_shown(sheet, lambda view: helper.executeDispatch(view.Frame, ".uno:ToggleSheetGrid", "", 0, ()))


def _value(properties: Sequence[Any], name: str) -> Any:
    return next(item.Value for item in properties if item.Name == name)


@bridge.guarded
class FreezePanes(base_classes.FreezePanes):
    """Implementation of `xw.FreezePanes`."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze the cells of a range that starts at the top left: `A1:B3` two columns and three rows, `1:2` two rows,
        `A:A` one column.
        """
        area = references.area(self._sheet, frozen_range)
        rows, columns = self._sheet.book.size
        right = 0 if area.right == columns else area.right
        bottom = 0 if area.bottom == rows else area.bottom
        as_shown(self._sheet, lambda view: view.freezeAtPosition(right, bottom))

    def unfreeze(self) -> None:
        """Let every row and column scroll again."""
        as_shown(self._sheet, lambda view: view.freezeAtPosition(0, 0))


@bridge.guarded
class PageSetup(base_classes.PageSetup):
    """Implementation of `xw.PageSetup`."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        """The sheet."""
        return self._sheet.model

    @property
    def print_area(self) -> str | None:
        """`$A$1:$D$9`, several of them with commas between; None where the whole sheet is printed."""
        areas = self._sheet.model.getPrintAreas()
        return ",".join(references.absolute(area_at(address)) for address in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        position = self._sheet.position
        areas = [references.area(self._sheet, text) for text in value.split(",")] if value else []
        self._sheet.model.setPrintAreas(tuple(address_of(area, position) for area in areas))
