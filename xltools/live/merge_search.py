"""The merged areas of an open sheet, found with few questions."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from xltools.live.applications import Application
from xltools.live.dividing import common, cut
from xltools.sheets.grid import Area, span

if TYPE_CHECKING:
    import xlwings as xw


class MergeSearch:
    """Searches one sheet; `places` are its cells that hold something."""

    def __init__(self, application: Application, sheet: "xw.Sheet", places: Collection[tuple[int, int]]) -> None:
        self.application = application
        self.sheet = sheet
        self.found: list[Area] = []
        # A merged area mostly begins at a cell that holds something, and covers blank ones beside or below it.
        taken = set(places)
        self.borders: dict[int, set[int]] = {}
        for row, column in taken:
            if (row + 1, column) not in taken or (row, column + 1) not in taken:
                self.borders.setdefault(column, set()).update((row, row + 1))
        self.columns = {max((column for _, column in taken), default=0) + 1}

    def areas(self, within: Area) -> tuple[Area, ...]:
        """The merged areas that have cells within an area, from top to bottom."""
        known = self.application.merged_areas(self.sheet, within)
        if known is not None:
            return tuple(sorted(known))
        self._search(within)
        return tuple(sorted(self.found))

    def _search(self, area: Area) -> None:
        """Find the merged areas of a rectangle; what lies to its left is known."""
        if area.left == area.right:
            for part in self._free(area):
                self._column(part)
            return
        # Where one is known already, the answer for the whole would say nothing.
        if not any(common(known, area) for known in self.found) and self._merged(area) is False:
            return
        middle = cut(area.left, area.right, self.columns)
        self._search(area._replace(right=middle - 1))
        self._search(area._replace(left=middle))

    def _column(self, part: Area) -> None:
        """Find the merged areas that begin in a piece of one column; none is known in it."""
        merged = self._merged(part)
        if merged is False:
            return
        top = part.top
        if merged or top == part.bottom:
            while top <= part.bottom:
                found = self.application.merge_area(self.sheet.range((top, part.left)))
                if found.top == found.bottom and found.left == found.right:
                    break
                self.found.append(found)
                top = found.bottom + 1
        if top < part.bottom:
            middle = cut(top, part.bottom, self.borders.get(part.left, ()))
            self._column(part._replace(top=top, bottom=middle - 1))
            # The first half may have ended in an area that reaches into the second.
            for rest in self._free(part._replace(top=middle)):
                self._column(rest)

    def _free(self, column: Area) -> Iterator[Area]:
        """The pieces of a column that no known merged area covers."""
        top = column.top
        for known in sorted(area for area in self.found if common(area, column)):
            if top < known.top:
                yield column._replace(top=top, bottom=known.top - 1)
            top = known.bottom + 1
        if top <= column.bottom:
            yield column._replace(top=top)

    def _merged(self, area: Area) -> bool | None:
        return self.sheet.range(span(area)).merge_cells
