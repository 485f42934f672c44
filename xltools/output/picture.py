"""A sheet as an HTML table draws it: merged cells as one, plausible column widths, the marks of the findings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltools.checks.base import Finding, Severity
from xltools.output.columns import width
from xltools.sheets.grid import Area, Grid, column_letters

ROWS, COLUMNS = 300, 40
"""How much of a sheet is drawn; forms are far smaller, lists that stand beside them in a workbook may not be."""

LETTERS = 800
"""How much of a cell's text is drawn."""

NARROWEST, WIDEST = 5, 32
"""How narrow and how wide a column is drawn, in half-width characters."""

WIDE_SHEET = 130
"""From how many half-width characters on a sheet is printed across."""

_WORD = re.compile(r"[\x21-\x7e]+")
_RANKS: Mapping[Severity, int] = {"error": 0, "warning": 1, "notice": 2}


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding with the number that it bears within its form."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Square:
    """One cell or merged area as it is drawn; `severity` is that of its worst mark."""

    text: str
    columns: int = 1
    rows: int = 1
    kind: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def severity(self) -> Severity | None:
        """The worst severity among the marks, or None."""
        return min((mark.finding.severity for mark in self.marks), key=_RANKS.__getitem__, default=None)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet; `marks` are findings of the whole row."""

    number: int
    hidden: bool
    squares: tuple[Square, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet; `share` is its part of the whole width in percent."""

    letters: str
    share: float
    hidden: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn sheet. `size` is its natural width in half-width characters; `marks` belong to no cell of it."""

    sheet: str
    captions: tuple[str, ...]
    state: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    size: int
    cut: bool

    @property
    def wide(self) -> bool:
        """Whether the sheet needs the long side of the paper."""
        return self.size >= WIDE_SHEET


def draw(grid: Grid, marks: Sequence[Mark]) -> Picture:
    """Draw a sheet with the findings in it, the marks of findings under a merged area on that area."""
    bottom, right = grid.bounds
    for mark in marks:
        bottom, right = max(bottom, mark.finding.row), max(right, mark.finding.column)
    last, end = min(bottom, ROWS), min(right, COLUMNS)
    placed: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        place = (mark.finding.row, mark.finding.column)
        if 0 < place[0] <= last and place[1] <= end:
            area = grid.area(*place) if place[1] else Area(*place, *place)
            placed.setdefault((area.top, area.left), []).append(mark)
    drawn = {id(mark) for group in placed.values() for mark in group}
    rows = tuple(_row(grid, row, last, end, placed) for row in range(1, last + 1))
    sizes = _sizes(grid, last, end)
    total = sum(sizes)
    columns = tuple(
        Column(column_letters(number), round(100 * size / total, 2), number in grid.hidden_columns)
        for number, size in enumerate(sizes, 1)
    )
    return Picture(
        grid.sheet,
        grid.captions,
        grid.state,
        columns,
        rows,
        tuple(mark for mark in marks if id(mark) not in drawn),
        total,
        (last, end) != (bottom, right),
    )


def _row(grid: Grid, row: int, last: int, end: int, placed: Mapping[tuple[int, int], list[Mark]]) -> Row:
    squares = []
    for area in grid.row_areas(row):
        if area.top != row or area.left > end:
            continue
        seen = Area(row, area.left, min(area.bottom, last), min(area.right, end))
        squares.append(_square(grid, seen, end, placed))
    # Marks beyond the last column that holds anything stand in blank cells of their own.
    squares += [Square("", marks=tuple(placed.get((row, column), ()))) for column in range(grid.bounds[1] + 1, end + 1)]
    return Row(row, row in grid.hidden_rows, tuple(squares), tuple(placed.get((row, 0), ())))


def _square(grid: Grid, area: Area, end: int, placed: Mapping[tuple[int, int], list[Mark]]) -> Square:
    cell = grid.cell(area.top, area.left)
    text = cell.text.strip() if cell else ""
    columns = area.right - area.left + 1
    kind = ""
    if cell and cell.kind in ("number", "date"):
        kind = "number"
    elif columns == end > 1 and len(text) <= 40:
        kind = "title"
    elif width(text) <= 24:
        kind = "short"
    if len(text) > LETTERS:
        text = text[:LETTERS].rstrip() + "…"
    return Square(text, columns, area.bottom - area.top + 1, kind, tuple(placed.get((area.top, area.left), ())))


def _sizes(grid: Grid, last: int, end: int) -> list[int]:
    """A width for each column, in half-width characters: its longest word, and its texts in about three lines."""
    words, texts = [0] * (end + 1), [0] * (end + 1)
    for (row, column), cell in grid.cells.items():
        area = grid.area(row, column)
        if row > last or column > end or area.left != area.right:
            continue
        words[column] = max([words[column], *(len(word) for word in _WORD.findall(cell.text))])
        texts[column] = max(texts[column], width(cell.text))
    sizes = []
    for word, text in zip(words[1:], texts[1:], strict=True):
        readable = text if text <= 12 else max(12, text // 3)
        sizes.append(min(WIDEST, max(NARROWEST, min(word, 18), readable) + 2))
    return sizes
