"""What an edit must not touch, with the reason."""

from xltools.errors import WorkbookError
from xltools.ooxml.package import Package
from xltools.ooxml.sheet_index import CellEntry, SheetIndex
from xltools.ooxml.workbook import SheetEntry
from xltools.sheets.grid import Area, address, area_of, span
from xltools.texts import say

SIGNATURES = "_xmlsignatures/"


def is_signed(package: Package) -> bool:
    """Whether the workbook carries a digital signature, which any change of it ends.

    A signature of its macros alone covers the macros and lives on.
    """
    return any(member.name.lower().startswith(SIGNATURES) for member in package.members)


def is_protected(index: SheetIndex) -> bool:
    """Whether the sheet is protected, so that its locked cells are not meant to change."""
    return index.protection is not None and index.protection.get("sheet") in ("1", "true")


def covered_by(index: SheetIndex, row: int, column: int) -> Area | None:
    """The merged area that hides a cell; None for a cell that shows, the top-left one of a merged area included."""
    for area in index.merges:
        if area.covers(row, column) and (row, column) != (area.top, area.left):
            return area
    return None


def array_areas(index: SheetIndex) -> list[Area]:
    """The areas whose results one formula fills: arrays, spilled ones and data tables."""
    areas = []
    for cell in index.cells:
        source = cell.formula
        if source is not None and source.type in ("array", "dataTable"):
            areas.append(area_of(source.reference) if source.reference else _alone(cell))
    return areas


def _alone(cell: CellEntry) -> Area:
    return Area(cell.row, cell.column, cell.row, cell.column)


def reserved_areas(package: Package, sheet: SheetEntry) -> list[tuple[str, Area]]:
    """Areas of a sheet that belong to something else: title rows of tables (`table`), pivot tables (`pivot`)."""
    areas: list[tuple[str, Area]] = []
    for relationship in package.relationships(sheet.part).values():
        if relationship.external or relationship.target not in package:
            continue
        if relationship.type.endswith("/table"):
            table = package.tree(relationship.target)
            area = area_of(table.get("ref"))
            titles = int(table.get("headerRowCount", "1"))
            if titles:
                areas.append(("table", area._replace(bottom=area.top + titles - 1)))
            totals = int(table.get("totalsRowCount", "0"))
            if totals:
                areas.append(("table", area._replace(top=area.bottom - totals + 1)))
        elif relationship.type.endswith("/pivotTable"):
            location = package.tree(relationship.target).child("location")
            if location is not None:
                areas.append(("pivot", area_of(location.get("ref"))))
    return areas


def refuse_content(
    where: str, index: SheetIndex, place: tuple[int, int], arrays: list[Area], reserved: list[tuple[str, Area]]
) -> None:
    """Raise WorkbookError where a cell's content must not be written; `where` names file and sheet."""
    row, column = place
    cell = address(row, column)
    merged = covered_by(index, row, column)
    if merged is not None:
        raise WorkbookError(say("ooxml.covered", where=where, cell=cell, first=address(merged.top, merged.left)))
    for area in arrays:
        if area.covers(row, column):
            raise WorkbookError(say("ooxml.array", where=where, cell=cell, area=span(area)))
    for kind, area in reserved:
        if area.covers(row, column):
            raise WorkbookError(say(f"ooxml.in_{kind}", where=where, cell=cell))
