"""The worksheets of a workbook that is edited, with what is learnt about each of them, once."""

from dataclasses import dataclass
from functools import cached_property

from xltools.ooxml import refusals
from xltools.ooxml.markup import MarkupError
from xltools.ooxml.package import Package
from xltools.ooxml.sheet_index import CellEntry, RowEntry, SheetIndex, scan
from xltools.ooxml.sheet_splice import Place, inherited_style
from xltools.ooxml.workbook import SheetEntry
from xltools.sheets.grid import Area


@dataclass
class OpenSheet:
    """One worksheet in its original state.

    Raises WorkbookError, at each property, where its part is damaged.
    """

    package: Package
    entry: SheetEntry

    @property
    def data(self) -> bytes:
        """The XML."""
        return self.package.part(self.entry.part)

    @cached_property
    def index(self) -> SheetIndex:
        """The index of the XML."""
        return index_of(self.package, self.entry.part)

    @cached_property
    def cells(self) -> dict[Place, CellEntry]:
        """The cells by their place."""
        return {(cell.row, cell.column): cell for cell in self.index.cells}

    @cached_property
    def rows(self) -> dict[int, RowEntry]:
        """The rows by their number."""
        return {row.row: row for row in self.index.rows}

    @cached_property
    def arrays(self) -> list[Area]:
        """The areas that one formula fills."""
        return refusals.array_areas(self.index)

    @cached_property
    def reserved(self) -> list[tuple[str, Area]]:
        """The areas that belong to a table's titles or a pivot table."""
        return refusals.reserved_areas(self.package, self.entry)

    def style(self, row: int, column: int) -> int:
        """The style of a cell, its own or inherited."""
        cell = self.cells.get((row, column))
        return inherited_style(self.index, self.rows.get(row), column) if cell is None else cell.style


def index_of(package: Package, part: str) -> SheetIndex:
    """The index of a worksheet part; raises WorkbookError where it is damaged."""
    try:
        return scan(package.part(part))
    except MarkupError as error:
        raise package.bad_xml(part, error) from None
