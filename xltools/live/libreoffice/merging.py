"""Merged cells."""

from typing import TYPE_CHECKING, Any, cast

from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.number_formats import area_at
from xltools.live.libreoffice.protection import editable
from xltools.sheets.grid import Area

if TYPE_CHECKING:
    from xltools.live.libreoffice.ranges import Range


def merged_areas(cells: "Range") -> list[Area]:
    """The merged areas whose top left cell lies in a range; a few calls for each, none for plain cells."""
    if not cells.model.IsMerged:
        return []
    found: list[Area] = []
    alike = cells.model.getUniqueCellFormatRanges()
    for index in range(alike.Count):
        ranges = alike.getByIndex(index)
        if ranges.getByIndex(0).IsMerged:
            for address in ranges.RangeAddresses:
                place = area_at(address)
                found += [
                    _merged(cells.sheet, row, column)
                    for row in range(place.top, place.bottom + 1)
                    for column in range(place.left, place.right + 1)
                ]
    return sorted(found)


def _merged(sheet: Any, row: int, column: int) -> Area:
    """The merged area that covers a cell, or the cell alone."""
    cell = sheet.model.getCellByPosition(column - 1, row - 1)
    cursor = sheet.model.createCursorByRange(cell)
    cursor.collapseToMergedArea()
    return area_at(cursor.RangeAddress)


def _overlapping(sheet: Any, area: Area) -> Area:
    """The area, grown to whole merged areas where it cuts any."""
    model = sheet.model.getCellRangeByPosition(area.left - 1, area.top - 1, area.right - 1, area.bottom - 1)
    cursor = sheet.model.createCursorByRange(model)
    cursor.collapseToMergedArea()
    return area_at(cursor.RangeAddress)


@bridge.guarded
class Merging:
    """What xlwings asks a range about merged cells."""

    model: Any
    sheet: Any
    area: Area

    @property
    def merge_area(self) -> "Range":
        """The merged area that covers the first cell, or that cell; of several cells, the range itself."""
        own = cast("Range", self)
        if self.area.top != self.area.bottom or self.area.left != self.area.right:
            return own if not self.merge_cells else type(own)(self.sheet, _overlapping(self.sheet, self.area))
        return type(own)(self.sheet, _merged(self.sheet, self.area.top, self.area.left))

    @property
    def merge_cells(self) -> bool | None:
        """Whether all cells (True), none (False) or some (None) belong to merged areas."""
        area = self.area
        single = area.top == area.bottom and area.left == area.right
        whole = _overlapping(self.sheet, area)
        if single:
            return whole != area
        if whole == area and not self.model.IsMerged:
            return False
        found: list[Area] = []
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                if any(merged.covers(row, column) for merged in found):
                    continue
                merged = _merged(self.sheet, row, column)
                if merged.top == merged.bottom and merged.left == merged.right:
                    return None
                found.append(merged)
        return True

    def merge(self, across: bool = False) -> None:
        """Merge the cells, or with `across` those of each row; what the first cell holds is kept, as in Excel."""
        editable(cast("Range", self))
        area = self.area
        sheet = self.sheet.model
        rows = [(row, row) for row in range(area.top, area.bottom + 1)] if across else [(area.top, area.bottom)]
        for top, bottom in rows:
            covered = [(area.left, top + 1, area.right, bottom), (area.left + 1, top, area.right, top)]
            for left, first, right, last in covered:
                if left <= right and first <= last:
                    part = sheet.getCellRangeByPosition(left - 1, first - 1, right - 1, last - 1)
                    part.clearContents(_contents())
            sheet.getCellRangeByPosition(area.left - 1, top - 1, area.right - 1, bottom - 1).merge(True)

    def unmerge(self) -> None:
        """Take apart every merged area that the range touches."""
        editable(cast("Range", self))
        whole = _overlapping(self.sheet, self.area)
        cells = self.sheet.model.getCellRangeByPosition(
            whole.left - 1, whole.top - 1, whole.right - 1, whole.bottom - 1
        )
        cells.merge(False)


def _contents() -> int:
    return sum(bridge.constant(f"sheet.CellFlags.{name}") for name in ("VALUE", "DATETIME", "STRING", "FORMULA"))
