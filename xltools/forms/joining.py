"""Forms spread over several tables of a document: joined into one Grid, their figures sent back to their own tables.

Word documents print the basic facts, the money and the indicators as tables of their own, and a long table may go on
as a second one on the next page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from xltools.forms.heading import title_rank
from xltools.forms.layout import Sheet
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


def join_tables(grids: tuple[Grid, ...], words: Vocabulary) -> list[Grid | Joined]:
    """The tables of a document, those of one form joined."""
    groups: list[list[Grid]] = []
    for grid in grids:
        if groups and grid.source == "docx" and _continues(groups[-1], grid, words):
            groups[-1].append(grid)
        else:
            groups.append([grid])
    return [group[0] if len(group) == 1 else _join(group) for group in groups]


def _continues(group: list[Grid], grid: Grid, words: Vocabulary) -> bool:
    """Whether a table goes on with the form of those before it: no title of its own, and it brings what they lack."""
    if any(title_rank(line) >= TITLE_FROM for line in grid.captions):
        return False
    sheet = Sheet(grid, words)
    first = sheet.filled(1)
    if first and title_rank(first[0].text) >= TITLE_FROM and len(first) == 1:
        return False
    heads = [row for row in sheet.rows if not is_budget_header(sheet, row)]
    if any(match.field == "project" for row in heads for _, match in sheet.labelled("header", row)):
        return False
    had_indicators = any(
        is_indicator_header(part, row) for part in (Sheet(g, words) for g in group) for row in part.rows
    )
    has_indicators = any(is_indicator_header(sheet, row) for row in sheet.rows)
    if has_indicators:
        return not had_indicators
    return not had_indicators or (group[-1].bounds[1] == grid.bounds[1] and not grid.captions)


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
