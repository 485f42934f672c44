"""The window of a workbook in the Excel model."""

# ruff: noqa: N802

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.live.com_server import Servant
from tests.live.excel_parts import Collection, refused

if TYPE_CHECKING:
    from tests.live.excel_cells import Range
    from tests.live.excel_model import Workbook, Worksheet


def _of_view(name: str, default: Any) -> Any:
    """A property of a window that belongs to the worksheet it shows."""

    def sheet(self: View) -> Worksheet:
        if not hasattr(self.book.ActiveSheet, "selection"):
            raise refused()
        return self.book.ActiveSheet

    def read(self: View) -> Any:
        return sheet(self).view.get(name, default)

    def write(self: View, value: Any) -> None:
        sheet(self).view[name] = value

    return property(read, write)


class View(Servant):
    """The window of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self.server, self.book = book.server, book

    FreezePanes = _of_view("FreezePanes", False)
    SplitRow = _of_view("SplitRow", 0)
    SplitColumn = _of_view("SplitColumn", 0)
    ScrollRow = _of_view("ScrollRow", 1)
    ScrollColumn = _of_view("ScrollColumn", 1)

    @property
    def SelectedSheets(self) -> Collection:
        return Collection(self.server, self.book.selected, self.book)

    @property
    def RangeSelection(self) -> Range:
        if not hasattr(self.book.ActiveSheet, "selection"):
            raise refused()
        return self.book.ActiveSheet.selection

    @property
    def ActiveCell(self) -> Range:
        if not hasattr(self.book.ActiveSheet, "selection"):
            raise refused()
        return self.book.ActiveSheet.active
