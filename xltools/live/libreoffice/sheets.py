"""Sheets of a workbook open in LibreOffice."""

import numbers
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xltools.errors import LiveError
from xltools.live.libreoffice import bridge, references
from xltools.live.libreoffice.names import Names
from xltools.live.libreoffice.number_formats import area_at
from xltools.live.libreoffice.views import FreezePanes, PageSetup, show_grid, shows_grid
from xltools.sheets.grid import Area
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.live.libreoffice.books import Book
    from xltools.live.libreoffice.notes import Note
    from xltools.live.libreoffice.ranges import Range

_CONTENTS = ("VALUE", "DATETIME", "STRING", "FORMULA")
_FORMATS = ("HARDATTR", "STYLES", "EDITATTR")


def flags(*names: str) -> int:
    """Several of com.sun.star.sheet.CellFlags as one number."""
    return sum(bridge.constant(f"sheet.CellFlags.{name}") for name in names)


@bridge.guarded
class Sheets(base_classes.Sheets):
    """Implementation of `xw.Sheets`."""

    def __init__(self, book: "Book") -> None:
        self.book = book
        self.model = book.model.Sheets

    @property
    def api(self) -> Any:
        """com.sun.star.sheet.Spreadsheets"""
        return self.model

    @property
    def active(self) -> "Sheet":
        """The sheet in front; the first one where the workbook has no window."""
        controller = self.book.controller
        model = self.model.getByIndex(0) if controller is None else controller.ActiveSheet
        return Sheet(self.book, model)

    def __call__(self, name_or_index: str | int) -> "Sheet":
        """A sheet by its name or its number from 1; raises KeyError where there is none."""
        if isinstance(name_or_index, str):
            name = self._stored(name_or_index)
            if name is None:
                raise KeyError(name_or_index)
            return Sheet(self.book, self.model.getByName(name))
        if not 1 <= name_or_index <= len(self):
            raise KeyError(name_or_index)
        return Sheet(self.book, self.model.getByIndex(name_or_index - 1))

    def _stored(self, name: str) -> str | None:
        """The name as the workbook spells it: capital letters make no difference."""
        return next((found for found in self.model.ElementNames if found.lower() == name.lower()), None)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._stored(name) is not None

    def __len__(self) -> int:
        return int(self.model.Count)

    def __iter__(self) -> Iterator["Sheet"]:
        return iter([Sheet(self.book, self.model.getByIndex(index)) for index in range(len(self))])

    def add(self, before: "Sheet | None" = None, after: "Sheet | None" = None, name: str | None = None) -> "Sheet":
        """A new sheet before or after another one, or before the active one; it becomes the active sheet."""
        where = (before or self.active).position if after is None else after.position + 1
        name = name or self._free("Sheet{}")
        try:
            self.model.insertNewByName(name, where)
        except bridge.exception("uno.RuntimeException"):
            raise LiveError(say("libreoffice.sheet_name", name=name)) from None
        added = Sheet(self.book, self.model.getByName(name))
        self._show(added)
        return added

    def copied(self, sheet: "Sheet", where: int) -> "Sheet":
        """A copy of a sheet of this or another workbook, at a position counted from 0; it becomes the active sheet."""
        if sheet.book.model == self.book.model:
            name = self._free(f"{sheet.name} ({{}})", first=2)
            self.model.copyByName(sheet.name, name, where)
            copy = Sheet(self.book, self.model.getByName(name))
        else:
            name = sheet.name
            self.model.importSheet(sheet.book.model, name, where)
            copy = Sheet(self.book, self.model.getByIndex(where))
            if copy.name != name and self._stored(name) is not None:
                copy.name = self._free(f"{name} ({{}})", first=2)
        self._show(copy)
        return copy

    def _free(self, pattern: str, first: int = 1) -> str:
        taken = {name.lower() for name in self.model.ElementNames}
        number = first
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def _show(self, sheet: "Sheet") -> None:
        controller = self.book.controller
        if controller is not None:
            controller.setActiveSheet(sheet.model)


@bridge.guarded
class Sheet(base_classes.Sheet):
    """Implementation of `xw.Sheet`; `model` is the sheet (com.sun.star.sheet.Spreadsheet)."""

    def __init__(self, book: "Book", model: Any) -> None:
        self._book = book
        self.model = model

    @property
    def book(self) -> "Book":
        """The workbook that it belongs to."""
        return self._book

    @property
    def api(self) -> Any:
        """com.sun.star.sheet.Spreadsheet"""
        return self.model

    @property
    def name(self) -> str:
        """What its tab says."""
        return str(self.model.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.model.Name = value
        # A name that is taken or not allowed is passed over without a word.
        if self.model.Name != value:
            raise LiveError(say("libreoffice.sheet_name", name=value))

    @property
    def names(self) -> Names:
        """The names that count on this sheet only."""
        return Names(self.book, self)

    @property
    def position(self) -> int:
        """Its place among the sheets, counted from 0."""
        return int(self.model.RangeAddress.Sheet)

    @property
    def index(self) -> int:
        """Its place among the sheets, counted from 1."""
        return self.position + 1

    @property
    def notes(self) -> list["Note"]:
        """The notes on its cells."""
        from xltools.live.libreoffice import notes

        return notes.notes_of(self)

    @property
    def comments(self) -> list[Any]:
        """None: LibreOffice has notes, no threads."""
        return []

    def range(self, arg1: Any, arg2: Any = None) -> "Range":
        """Cells by address (`B2`, `$A$1:B2`, `A:C`, `2:3`), by defined name, by row and column, or between two cells.

        Raises LiveError for a text that is none of that, IndexError for row or column 0.
        """
        from xltools.live.libreoffice.ranges import Range

        if isinstance(arg1, numbers.Number) and isinstance(arg2, numbers.Number):
            arg1, arg2 = (arg1, arg2), None
        first = arg1.area if isinstance(arg1, Range) else references.area(self, arg1)
        if arg2 is None:
            return Range(self, first)
        last = arg2.area if isinstance(arg2, Range) else references.area(self, arg2)
        return Range(
            self,
            Area(
                min(first.top, last.top),
                min(first.left, last.left),
                max(first.bottom, last.bottom),
                max(first.right, last.right),
            ),
        )

    @property
    def cells(self) -> "Range":
        """All its cells."""
        from xltools.live.libreoffice.ranges import Range

        return Range(self, Area(1, 1, *self.book.size))

    @property
    def used_range(self) -> "Range":
        """From the first cell to the last one that holds or shows something; A1 on an empty sheet."""
        from xltools.live.libreoffice.ranges import Range

        return Range(self, self._used())

    def _used(self) -> Area:
        cursor = self.model.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return area_at(cursor.RangeAddress)

    def activate(self) -> None:
        """Bring it to the front of its workbook; raises LiveError where it is hidden."""
        if not self.visible:
            raise LiveError(say("libreoffice.hidden_sheet", name=self.name))
        self.book.view("activate").setActiveSheet(self.model)

    def select(self) -> None:
        """The same: LibreOffice selects the sheet that it shows."""
        self.activate()

    def clear_contents(self) -> None:
        """Empty every cell."""
        self.model.clearContents(flags(*_CONTENTS))

    def clear_formats(self) -> None:
        """Take every format away and every merged area apart."""
        self.model.merge(False)
        self.model.clearContents(flags(*_FORMATS))

    def clear(self) -> None:
        """Empty every cell and take its format and its note away."""
        self.model.merge(False)
        self.model.clearContents(flags(*_CONTENTS, *_FORMATS, "ANNOTATION"))

    def autofit(self, axis: str | None = None) -> None:
        """Fit the heights (`rows`, `r`) or widths (`columns`, `c`) of the used cells to what they hold, or both."""
        used = self._used()
        cells = self.model.getCellRangeByPosition(used.left - 1, used.top - 1, used.right - 1, used.bottom - 1)
        if axis in ("columns", "c", None):
            cells.Columns.OptimalWidth = True
        if axis in ("rows", "r", None):
            cells.Rows.OptimalHeight = True

    @property
    def visible(self) -> bool:
        """Whether it has a tab; the last one that has one keeps it, where LiveError is raised."""
        return bool(self.model.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.model.IsVisible = bool(value)
        if bool(self.model.IsVisible) != bool(value):
            raise LiveError(say("libreoffice.last_sheet", name=self.name))

    def delete(self) -> None:
        """Delete it without asking; raises LiveError where no other sheet would be visible."""
        others = [sheet for sheet in self.book.sheets if sheet.visible and sheet.position != self.position]
        if not others:
            raise LiveError(say("libreoffice.last_sheet", name=self.name))
        self.book.model.Sheets.removeByName(self.name)

    def copy(self, before: "Sheet | None" = None, after: "Sheet | None" = None) -> None:
        """Copy it before or after a sheet of this or another workbook, or to the end."""
        where, sheets = self._target(before, after)
        sheets.copied(self, where)

    def move(self, before: "Sheet | None" = None, after: "Sheet | None" = None) -> None:
        """Move it before or after another sheet of its workbook."""
        where, sheets = self._target(before, after)
        sheets.model.moveByName(self.name, where)

    def _target(self, before: "Sheet | None", after: "Sheet | None") -> tuple[int, Sheets]:
        """The position before which a sheet comes, counted from 0, and the sheets of that workbook."""
        if before is not None:
            return before.position, before.book.sheets
        if after is not None:
            return after.position + 1, after.book.sheets
        return len(self.book.sheets), self.book.sheets

    @property
    def show_gridlines(self) -> bool:
        """Whether its window shows lines between the cells."""
        return shows_grid(self)

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        show_grid(self, bool(value))

    @property
    def freeze_panes(self) -> FreezePanes:
        """The rows and columns that stay in sight."""
        return FreezePanes(self)

    @property
    def page_setup(self) -> PageSetup:
        """How it is printed."""
        return PageSetup(self)

    def to_html(self, path: str) -> None:
        """Not available."""
        raise bridge.not_available("Sheet.to_html")

    @property
    def charts(self) -> Any:
        """Not available."""
        raise bridge.not_available("charts")

    @property
    def shapes(self) -> Any:
        """Not available."""
        raise bridge.not_available("shapes")

    @property
    def pictures(self) -> Any:
        """Not available."""
        raise bridge.not_available("pictures")

    @property
    def tables(self) -> Any:
        """Not available."""
        raise bridge.not_available("tables")

    @property
    def pivot_tables(self) -> Any:
        """Not available."""
        raise bridge.not_available("pivot tables")
