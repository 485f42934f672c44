"""Widths and heights of a range, hidden rows and columns, groups.

LibreOffice measures in 1/100 mm, xlwings in points and, for the width of columns, in characters of Excel's standard
font (Calibri 11: 7 pixels each and 5 around them, 96 pixels to the inch).
"""

from collections.abc import Callable
from typing import Any

from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.number_formats import area_at
from xltools.sheets.grid import Area

_PER_INCH = 2540
_POINTS, _PIXELS = 72, 96
_DIGIT, _PADDING = 7, 5
_LIMIT = 1000
"""From so many rows on, whether all have one height is told from their sum."""


def points(length: int) -> float:
    """1/100 mm in points, to the tenth part of one."""
    return round(length * _POINTS / _PER_INCH, 1)


def characters(length: int) -> float:
    """The width of a column in characters, from 1/100 mm."""
    pixels = length * _PIXELS / _PER_INCH
    one = _DIGIT + _PADDING
    return round(pixels / one if pixels < one else (pixels - _PADDING) / _DIGIT, 2)


def length_of(width: float) -> int:
    """The width of a column in 1/100 mm, from characters."""
    pixels = width * (_DIGIT + _PADDING) if width < 1 else width * _DIGIT + _PADDING
    return round(pixels * _PER_INCH / _PIXELS)


@bridge.guarded
class Sizes:
    """What xlwings asks a range about its size."""

    model: Any
    sheet: Any
    area: Area

    @property
    def column_width(self) -> float | None:
        """In characters; None where the columns differ."""
        width = self._uniform(self.model.Columns, lambda column: column.Width, self.model.Size.Width)
        return None if width is None else characters(width)

    @column_width.setter
    def column_width(self, value: float) -> None:
        if not 0 <= value <= 255:
            raise ValueError(f"a column is 0 to 255 characters wide, not {value}")
        self.model.Columns.Width = length_of(value)

    @property
    def row_height(self) -> float | None:
        """In points; None where the rows differ."""
        height = self._uniform(self.model.Rows, lambda row: row.Height, self.model.Size.Height)
        return None if height is None else points(height)

    @row_height.setter
    def row_height(self, value: float) -> None:
        if not 0 <= value <= 409.5:
            raise ValueError(f"a row is 0 to 409.5 points high, not {value}")
        self.model.Rows.Height = round(value * _PER_INCH / _POINTS)

    @staticmethod
    def _uniform(lines: Any, size: Callable[[Any], int], total: int) -> int | None:
        count = lines.Count
        first = size(lines.getByIndex(0))
        if count > _LIMIT:
            return first if abs(total - count * first) <= count else None
        # Lengths are kept in twips, so equal lines may differ by one when told in 1/100 mm.
        return first if all(abs(size(lines.getByIndex(index)) - first) <= 1 for index in range(1, count)) else None

    @property
    def width(self) -> float:
        """In points."""
        return points(self.model.Size.Width)

    @property
    def height(self) -> float:
        """In points."""
        return points(self.model.Size.Height)

    @property
    def left(self) -> float:
        """Distance from the left edge of the sheet in points."""
        return points(self.model.Position.X)

    @property
    def top(self) -> float:
        """Distance from the upper edge of the sheet in points."""
        return points(self.model.Position.Y)

    def autofit(self, axis: str | None = None) -> None:
        """Make columns (`c`), rows (`r`) or both as large as their contents ask for."""
        if axis in (None, "columns", "c"):
            self.model.Columns.OptimalWidth = True
        if axis in (None, "rows", "r"):
            self.model.Rows.OptimalHeight = True

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden; None where some are."""
        columns = self.sheet.model.Columns.Count
        visible: set[tuple[int, int]] = set()
        whole = self.sheet.model.getCellRangeByPosition(0, self.area.top - 1, columns - 1, self.area.bottom - 1)
        for address in whole.queryVisibleCells().RangeAddresses:
            found = area_at(address)
            visible.add((found.top, found.bottom))
        return _hidden(visible, self.area.bottom - self.area.top + 1)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.model.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        """Whether the columns are hidden; None where some are."""
        rows = self.sheet.model.Rows.Count
        visible: set[tuple[int, int]] = set()
        whole = self.sheet.model.getCellRangeByPosition(self.area.left - 1, 0, self.area.right - 1, rows - 1)
        for address in whole.queryVisibleCells().RangeAddresses:
            found = area_at(address)
            visible.add((found.left, found.right))
        return _hidden(visible, self.area.right - self.area.left + 1)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.model.Columns.IsVisible = not value

    def group(self, by: str) -> None:
        """Group the `rows` or `columns`."""
        self.sheet.model.group(self.model.RangeAddress, _orientation(by))

    def ungroup(self, by: str) -> None:
        """Take away the group of the `rows` or `columns`."""
        self.sheet.model.ungroup(self.model.RangeAddress, _orientation(by))


def _hidden(visible: set[tuple[int, int]], count: int) -> bool | None:
    """Whether none (True), all (False) or some (None) of so many lines are visible, from stretches of visible ones."""
    seen = 0
    last = 0
    for first, end in sorted(visible):
        seen += max(0, end - max(first, last + 1) + 1)
        last = max(last, end)
    return True if seen == 0 else False if seen == count else None


def _orientation(by: str) -> Any:
    return bridge.enum("table.TableOrientation", "COLUMNS" if by.startswith("col") else "ROWS")
