"""Changing the cells of a worksheet's XML, and nothing else of it."""

from collections.abc import Mapping
from typing import NamedTuple

from xltools.ooxml.cells import (
    EMPTY,
    Stored,
    cell_with_formula,
    cell_with_result,
    changed_cell,
    new_cell,
)
from xltools.ooxml.markup import MarkupError, Patch, append_children, element_end, tag_name
from xltools.ooxml.sheet_index import CellEntry, RowEntry, SheetIndex
from xltools.sheets.grid import address

Place = tuple[int, int]


class CellChange(NamedTuple):
    """A cell's new content and new style index; None keeps what there is."""

    content: Stored | None
    style: int | None = None


def cell_patches(data: bytes, index: SheetIndex, changes: Mapping[Place, CellChange]) -> list[Patch]:
    """Patches that make the changes; missing rows and cells are put in where they belong.

    A shared formula whose master goes is written out in its followers first. Raises MarkupError where the sheet has no
    `<sheetData>`.
    """
    sheet_data = next((child for child in index.children if child.name == "sheetData"), None)
    if sheet_data is None:
        raise MarkupError("no <sheetData>")
    prefix = tag_name(data, sheet_data.start).removesuffix(b"sheetData")
    wanted: dict[int, dict[int, CellChange]] = {}
    for row, column in sorted(changes):
        wanted.setdefault(row, {})[column] = changes[row, column]
    cells: dict[int, list[CellEntry]] = {row: [] for row in wanted}
    seen: set[Place] = set()
    for cell in index.cells:
        if cell.row in wanted:
            cells[cell.row].append(cell)
            place = cell.row, cell.column
            if place in changes and place in seen:
                raise MarkupError(f"{address(*place)} twice")
            seen.add(place)
    rows = {row.row: row for row in reversed(index.rows) if row.row in wanted}

    formulas = _written_out(index, changes)
    patches = _formula_patches(data, index, {place: formulas[place] for place in formulas.keys() - changes.keys()})
    new_rows: list[tuple[int, bytes]] = []
    for number, in_row in wanted.items():
        entry = rows.get(number)
        if entry is None:
            content = b"".join(
                new_cell(prefix, address(number, column), change.content or EMPTY, _style(index, None, column, change))
                for column, change in in_row.items()
                if _worth_a_cell(change)
            )
            if content:
                new_rows.append((number, b'<%srow r="%d">%s</%srow>' % (prefix, number, content, prefix)))
        else:
            patches += _row_patches(data, index, entry, cells[number], in_row, formulas, prefix)
    return patches + _new_row_patches(data, index, new_rows, sheet_data.start, sheet_data.end)


def result_patches(data: bytes, index: SheetIndex, results: Mapping[Place, Stored]) -> list[Patch]:
    """Patches that give formula cells another stored result; an EMPTY one removes it."""
    patches = []
    for cell in index.cells:
        result = results.get((cell.row, cell.column))
        if result is not None and cell.formula is not None:
            end = element_end(data, cell.start, cell.end)
            patches.append(Patch(cell.start, end, cell_with_result(data[cell.start : end], result)))
    return patches


def inherited_style(index: SheetIndex, row: RowEntry | None, column: int) -> int:
    """The style a missing cell has: its row's, else its column's, else the default one."""
    if row is not None and row.attributes.get("customFormat") in ("1", "true"):
        return int(row.attributes.get("s", "0"))
    for area in index.columns:
        if int(area["min"]) <= column <= int(area["max"]):
            return int(area.get("style", "0"))
    return 0


def _style(index: SheetIndex, row: RowEntry | None, column: int, change: CellChange) -> int:
    return inherited_style(index, row, column) if change.style is None else change.style


def _worth_a_cell(change: CellChange) -> bool:
    return change.style is not None or (change.content is not None and change.content != EMPTY)


def _row_patches(
    data: bytes,
    index: SheetIndex,
    row: RowEntry,
    cells: list[CellEntry],
    changes: Mapping[int, CellChange],
    formulas: Mapping[Place, str],
    prefix: bytes,
) -> list[Patch]:
    patches: list[Patch] = []
    appended = b""
    there = {cell.column: cell for cell in reversed(cells)}
    for column, change in changes.items():
        cell = there.get(column)
        if cell is not None:
            end = element_end(data, cell.start, cell.end)
            old = data[cell.start : end]
            new = changed_cell(old, change.content, change.style)
            if (row.row, column) in formulas:
                new = cell_with_formula(new, formulas[row.row, column])
            if new != old:
                patches.append(Patch(cell.start, end, new))
        elif _worth_a_cell(change):
            style = _style(index, row, column, change)
            new = new_cell(prefix, address(row.row, column), change.content or EMPTY, style)
            following = next((other.start for other in cells if other.column > column), None)
            if following is None:
                appended += new
            else:
                patches.append(Patch(following, following, new))
    if appended:
        patches += append_children(data, row.start, element_end(data, row.start, row.end), appended)
    return patches


def _formula_patches(data: bytes, index: SheetIndex, formulas: Mapping[Place, str]) -> list[Patch]:
    patches = []
    for cell in index.cells if formulas else ():
        formula = formulas.get((cell.row, cell.column))
        if formula is not None:
            end = element_end(data, cell.start, cell.end)
            patches.append(Patch(cell.start, end, cell_with_formula(data[cell.start : end], formula)))
    return patches


def _new_row_patches(
    data: bytes, index: SheetIndex, rows: list[tuple[int, bytes]], start: int, reported_end: int
) -> list[Patch]:
    patches: list[Patch] = []
    appended = b""
    for number, content in rows:
        following = next((row.start for row in index.rows if row.row > number), None)
        if following is None:
            appended += content
        else:
            patches.append(Patch(following, following, content))
    if appended:
        patches += append_children(data, start, element_end(data, start, reported_end), appended)
    return patches


def _written_out(index: SheetIndex, changes: Mapping[Place, CellChange]) -> dict[Place, str]:
    """The formulas of the cells that lose the master of their shared formula."""
    masters = {
        (cell.row, cell.column)
        for cell in index.cells
        if cell.formula is not None
        and cell.formula.type == "shared"
        and cell.formula.text
        and _changes_content(changes, (cell.row, cell.column))
    }
    found: dict[Place, str] = {}
    for cell in index.cells if masters else ():
        source, place = cell.formula, (cell.row, cell.column)
        if source is None or source.text or not source.shared or _changes_content(changes, place):
            continue
        master = source.master or index.shared.get(source.shared)
        if master is not None and master[:2] in masters:
            found[place] = index.formula(cell) or ""
    return found


def _changes_content(changes: Mapping[Place, CellChange], place: Place) -> bool:
    return place in changes and changes[place].content is not None
