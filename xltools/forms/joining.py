"""Forms spread over several tables of a document: joined into one Grid, their figures sent back to their own tables.

Word documents print the basic facts, the money and the indicators as tables of their own, and a long table may go on
as a second one on the next page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from xltools.forms.heading import title_rank
from xltools.forms.layout import Sheet
from xltools.forms.mapping import Labels, Placed
from xltools.forms.tables import is_budget_header, is_indicator_header
from xltools.forms.vocabulary import Vocabulary
from xltools.sheets.grid import Area, Cell, Grid

TITLE_FROM = 10
"""From this rank on a line is the title of a form of its own."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Joined:
    """A Grid made of several tables; `origins` says of each row which table and row it was (row 0: a line of text)."""

    grid: Grid
    origins: Mapping[int, tuple[str, int]]

    def mapped(self, placed: Placed) -> Labels:
        """What a map says of the labels of the tables, at their places in the joined Grid."""
        return {
            (row, column): target
            for row, (sheet, own) in self.origins.items()
            for (at, column), target in placed.labels.get(sheet, {}).items()
            if at == own
        }


def join_tables(grids: tuple[Grid, ...], words: Vocabulary, placed: Placed) -> list[Grid | Joined]:
    """The tables of a document, those of one form joined."""
    groups: list[list[Sheet]] = []
    for grid in grids:
        sheet = Sheet(grid, words, mapped=placed.on(grid))
        if groups and grid.source == "docx" and _continues(groups[-1], sheet):
            groups[-1].append(sheet)
        else:
            groups.append([sheet])
    joined = [[sheet.grid for sheet in group] for group in groups]
    return [group[0] if len(group) == 1 else _join(group) for group in joined]


def _continues(group: list[Sheet], sheet: Sheet) -> bool:
    """Whether a table goes on with the form of those before it: no title of its own, and it brings what they lack."""
    grid = sheet.grid
    if any(title_rank(line) >= TITLE_FROM for line in grid.captions):
        return False
    first = sheet.filled(1)
    if first and title_rank(first[0].text) >= TITLE_FROM and len(first) == 1:
        return False
    heads = [row for row in sheet.rows if not is_budget_header(sheet, row)]
    if any(match.field == "project" for row in heads for _, match in sheet.labelled("header", row)):
        return False
    had_indicators = any(is_indicator_header(part, row) for part in group for row in part.rows)
    has_indicators = any(is_indicator_header(sheet, row) for row in sheet.rows)
    if has_indicators:
        return not had_indicators
    return not had_indicators or (group[-1].grid.bounds[1] == grid.bounds[1] and not grid.captions)


def _join(group: list[Grid]) -> Joined:
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Area] = []
    origins: dict[int, tuple[str, int]] = {}
    width = max(grid.bounds[1] for grid in group)
    offset = 0
    for index, grid in enumerate(group):
        lines = grid.captions if index else ()
        for line in lines:
            offset += 1
            cells[offset, 1] = Cell(offset, 1, line, line)
            merges.append(Area(offset, 1, offset, width))
            origins[offset] = (grid.sheet, 0)
        rows = grid.bounds[0]
        for (row, column), cell in grid.cells.items():
            cells[row + offset, column] = replace(cell, row=row + offset)
        merges += [Area(a.top + offset, a.left, a.bottom + offset, a.right) for a in grid.merges]
        origins.update({row + offset: (grid.sheet, row) for row in range(1, rows + 1)})
        offset += rows
    first, last = group[0], group[-1]
    grid = Grid(
        first.sheet,
        cells,
        tuple(merges),
        captions=first.captions,
        trailers=last.trailers,
        source=first.source,
    )
    return Joined(grid, origins)


def send_back(record: T, origins: Mapping[int, tuple[str, int]]) -> T:
    """A record with every figure and label in it moved from the joined Grid to its own table and row."""
    if isinstance(record, tuple):
        return tuple(send_back(part, origins) for part in record)  # type: ignore[return-value]
    if isinstance(record, dict):
        return {key: send_back(part, origins) for key, part in record.items()}  # type: ignore[return-value]
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changes: dict[str, object] = {}
    names = {entry.name for entry in fields(record)}
    for name in names - {"sheet", "row", "column"}:
        value = getattr(record, name)
        if isinstance(value, tuple | dict) or is_dataclass(value):
            changes[name] = send_back(value, origins)
    row = getattr(record, "row", 0)
    if row and row in origins:
        sheet, own = origins[row]
        changes["row"] = own
        if "sheet" in names:
            changes["sheet"] = sheet
    return replace(record, **changes)
