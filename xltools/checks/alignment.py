"""A returned form beside the template it was made from: which row and column of the one is which of the other.

Rows and columns are recognised by the template's labels in them, then by merged cells and formulas. The cheapest way to
make one sheet out of the other, lines put in and taken out, is the one that is believed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from xltools.issued import Issued, folded, has_gap, stands
from xltools.sheets.grid import Area, Book, Grid

Features = dict[tuple[str, object], int]
Axis = Literal["row", "column"]

_TEXT, _SHAPE = 3, 1
_GAP = 0.55
"""What a line put in or taken out costs; two lines without anything in common cost 1."""

_ALIKE = 0.5
"""How many of a template's labels a sheet must hold to count as made from it."""


@dataclass(frozen=True)
class SheetMatch:
    """A sheet of the template and the sheet made from it.

    `rows` and `columns` lead from the template's to the form's; `table` are the template's indicator rows.
    """

    template: Grid
    grid: Grid
    labels: Mapping[tuple[int, int], str]
    table: frozenset[int]
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    new_rows: tuple[int, ...] = ()
    new_columns: tuple[int, ...] = ()

    def place(self, row: int, column: int) -> tuple[int, int] | None:
        """Where a cell of the template stands in the form; None where its row or column is gone."""
        return (self.rows[row], self.columns[column]) if row in self.rows and column in self.columns else None

    @property
    def lost_rows(self) -> list[int]:
        """The template's rows that the form has no longer."""
        return [row for row in range(1, self.template.bounds[0] + 1) if row not in self.rows]

    @property
    def lost_columns(self) -> list[int]:
        """The template's columns that the form has no longer."""
        return [column for column in range(1, self.template.bounds[1] + 1) if column not in self.columns]


@dataclass(frozen=True)
class Comparison:
    """A form held against its template.

    `kept` and `wanted` count the labels of the template's form that the returned sheet holds; `alien` says they are too
    few for it to be made from that template: then there are no matches. `missing` are sheets without counterpart.
    """

    template: Issued
    alien: bool
    kept: int
    wanted: int
    matches: tuple[SheetMatch, ...] = ()
    missing: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)

    def match(self, sheet: str) -> SheetMatch | None:
        """The match of a sheet of the form."""
        return next((match for match in self.matches if match.grid.sheet == sheet), None)


def compare(template: Issued, book: Book, main: Grid) -> Comparison:
    """Hold a form, whose own sheet is `main`, against a template."""
    wanted = template.folded[template.main]
    texts = {grid.sheet: _texts(grid) for grid in book.grids}
    kept = len(wanted & texts[main.sheet])
    if kept < _ALIKE * len(wanted):
        return Comparison(template, True, kept, len(wanted))
    pairs: list[tuple[Grid, Grid]] = []
    missing: list[str] = []
    renamed: dict[str, str] = {}
    taken = {main.sheet}
    names = {grid.sheet for grid in template.book.grids}
    for issued in template.book.grids:
        labels = template.folded[issued.sheet]
        if issued.sheet == template.main:
            pairs.append((issued, main))
            if main.sheet != issued.sheet and book.grid(issued.sheet) is None:
                renamed[issued.sheet] = main.sheet
            continue
        own = book.grid(issued.sheet)
        if own is None and labels:
            others = [grid for grid in book.grids if grid.sheet not in taken | names]
            own = max(others, key=lambda grid: len(labels & texts[grid.sheet]), default=None)
            if own is not None and len(labels & texts[own.sheet]) < _ALIKE * len(labels):
                own = None
            if own is not None:
                renamed[issued.sheet] = own.sheet
        if own is not None:
            taken.add(own.sheet)
            pairs.append((issued, own))
        elif labels:
            missing.append(issued.sheet)
    matches = tuple(_match(template, *pair) for pair in pairs)
    return Comparison(template, False, kept, len(wanted), matches, tuple(missing), renamed)


def _texts(grid: Grid) -> frozenset[str]:
    return frozenset(folded(cell.text) for cell in grid.cells.values() if cell.kind == "text")


def _match(template: Issued, issued: Grid, grid: Grid) -> SheetMatch:
    labels = template.labels[issued.sheet]
    known = {place: folded(text) for place, text in labels.items()}
    held = _held(labels, grid)
    last = issued.bounds[1]
    if _same_columns(known, held):
        labelled = {column for _, column in known}
        columns = {line: line for line in range(1, last + 1) if line <= grid.bounds[1] or line not in labelled}
        new_columns = tuple(range(last + 1, grid.bounds[1] + 1))
    else:
        columns, new_columns = _align(
            [_column_features(known, column) for column in range(1, last + 1)],
            [_column_features(held, column) for column in range(1, grid.bounds[1] + 1)],
        )
    back = {new: old for old, new in columns.items()}
    formulas = grid.source in ("xlsx", "live")
    ours = _row_features(issued, known, {column: column for column in columns}, formulas)
    theirs = _row_features(grid, held, back, formulas)
    rows, new_rows = _align(ours, theirs)
    return SheetMatch(
        issued, grid, labels, template.tables.get(issued.sheet, frozenset()), rows, columns, new_rows, new_columns
    )


def _held(labels: Mapping[tuple[int, int], str], grid: Grid) -> dict[tuple[int, int], str]:
    """The cells of a sheet that hold one of the template's labels, with the label as it is compared."""
    texts = {folded(text) for text in labels.values()}
    open_ended = [text for text in labels.values() if has_gap(text)]
    found = {}
    for place, cell in grid.cells.items():
        if cell.kind == "text" and not cell.formula:
            text = folded(cell.text)
            label = text if text in texts else next((folded(one) for one in open_ended if stands(one, cell.text)), None)
            if label is not None:
                found[place] = label
    return found


def _same_columns(known: Mapping[tuple[int, int], str], held: Mapping[tuple[int, int], str]) -> bool:
    """Whether no label stands in another column than in the template."""
    ours: dict[str, set[int]] = {}
    for (_, column), text in known.items():
        ours.setdefault(text, set()).add(column)
    return all(column in ours[text] for (_, column), text in held.items())


def _column_features(texts: Mapping[tuple[int, int], str], column: int) -> Features:
    return {("text", text): _TEXT for (_, place), text in texts.items() if place == column}


def _row_features(
    grid: Grid, texts: Mapping[tuple[int, int], str], columns: Mapping[int, int], formulas: bool
) -> list[Features]:
    """What each row is recognised by; columns as the template counts them."""
    found: list[Features] = [{} for _ in range(grid.bounds[0])]
    for (row, column), text in texts.items():
        if column in columns:
            found[row - 1]["text", (columns[column], text)] = _TEXT
    for area in grid.merges:
        if area.right > area.left and area.left in columns and area.right in columns:
            span = (columns[area.left], columns[area.right])
            for row in range(area.top, min(area.bottom, grid.bounds[0]) + 1):
                found[row - 1]["merge", span] = _SHAPE
    if formulas:
        for (row, column), cell in grid.cells.items():
            if cell.formula and column in columns:
                found[row - 1]["formula", columns[column]] = _SHAPE
    return found


def _likeness(one: Features, other: Features) -> float:
    """Dice's coefficient: 1 where all is alike, 0 where nothing is."""
    weight = sum(one.values()) + sum(other.values())
    return 2 * sum(one[key] for key in one.keys() & other.keys()) / weight if weight else 1.0


def _align(ours: Sequence[Features], theirs: Sequence[Features]) -> tuple[dict[int, int], tuple[int, ...]]:
    """Which of the template's lines is which of the form's (both count from 1), and the form's lines that are new."""
    head = 0
    while head < min(len(ours), len(theirs)) and ours[head] == theirs[head]:
        head += 1
    tail = 0
    while tail < min(len(ours), len(theirs)) - head and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    pairs = {line: line for line in range(1, head + 1)}
    pairs |= {len(ours) - line: len(theirs) - line for line in range(tail)}
    for one, other in _cheapest(ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]):
        pairs[head + one + 1] = head + other + 1
    taken = set(pairs.values())
    return pairs, tuple(line for line in range(1, len(theirs) + 1) if line not in taken)


def _cheapest(ours: Sequence[Features], theirs: Sequence[Features]) -> list[tuple[int, int]]:
    """The pairs of the alignment that costs least (Needleman and Wunsch)."""
    width = len(theirs) + 1
    costs = [[_GAP * column for column in range(width)]]
    pairing = [[1 - _likeness(one, other) for other in theirs] for one in ours]
    for number, price in enumerate(pairing, 1):
        above, row = costs[-1], [_GAP * number]
        for column in range(1, width):
            row.append(min(above[column - 1] + price[column - 1], above[column] + _GAP, row[-1] + _GAP))
        costs.append(row)
    found = []
    line, column = len(ours), len(theirs)
    while line and column:
        here = costs[line][column]
        if here == costs[line - 1][column - 1] + pairing[line - 1][column - 1]:
            line, column = line - 1, column - 1
            found.append((line, column))
        elif here == costs[line - 1][column] + _GAP:
            line -= 1
        else:
            column -= 1
    return found[::-1]


def expected_area(match: SheetMatch, area: Area) -> Area | None:
    """Where a merged area of the template must stand in the form; None where nothing of it is left."""
    rows = [
        match.rows[row] for row in range(area.top, min(area.bottom, match.template.bounds[0]) + 1) if row in match.rows
    ]
    columns = [
        match.columns[column]
        for column in range(area.left, min(area.right, match.template.bounds[1]) + 1)
        if column in match.columns
    ]
    return Area(min(rows), min(columns), max(rows), max(columns)) if rows and columns else None
