"""What an open workbook holds, as plain data: the state behind the recording engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xltools.sheets.grid import Area, Validation, address

Value = str | float | bool | None
Color = tuple[int, int, int]
VISIBLE, HIDDEN, VERY_HIDDEN = -1, 0, 2

ERROR_CODES = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}
"""What Automation gives for an error in a cell."""


class Call(NamedTuple):
    """One call into the engine: `what` is `Range.number_format`, `how` is `get`, `set` or `call`."""

    what: str
    how: str
    place: str


@dataclass
class Look:
    """How a cell looks."""

    number_format: str = "General"
    color: Color | None = None
    font_name: str = "宋体"
    font_size: float = 11
    font_color: Color = (0, 0, 0)
    bold: bool = False
    italic: bool = False
    wrap_text: bool = False
    horizontal_alignment: str = "general"
    vertical_alignment: str = "center"
    borders: dict[str, dict[str, Any]] = field(default_factory=dict)
    locked: bool = True


@dataclass
class CellState:
    """What a cell holds: numbers as doubles, errors as their text with `error` set, and how it looks.

    `array` is the area of the array formula that the cell belongs to.
    """

    value: Value = None
    formula: str | None = None
    error: bool = False
    array: Area | None = None
    look: Look = field(default_factory=Look)
    note: str | None = None
    thread: str | None = None
    hyperlink: str | None = None


@dataclass
class Guard:
    """A validation; relative references are meant for `anchor`."""

    areas: list[Area]
    rule: Validation
    anchor: tuple[int, int]


@dataclass
class Highlight:
    """A conditional format by formula."""

    area: Area
    formula: str
    changes: dict[str, Any]


@dataclass
class SheetState:
    """One worksheet."""

    name: str
    cells: dict[tuple[int, int], CellState] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    visible: int = VISIBLE
    protected: bool = False
    password: str = ""
    guards: list[Guard] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    frozen: str | None = None

    def cell(self, row: int, column: int) -> CellState:
        """The cell to be changed."""
        return self.cells.setdefault((row, column), CellState())

    def seen(self, row: int, column: int) -> CellState:
        """The cell to be looked at."""
        return self.cells.get((row, column), _EMPTY)

    def merge(self, row: int, column: int) -> Area | None:
        """The merged area that covers a cell."""
        return next((area for area in self.merges if area.covers(row, column)), None)

    def used(self) -> Area:
        """The cells that hold something or look like something; A1 where none does."""
        rows = [row for row, _ in self.cells] or [1]
        columns = [column for _, column in self.cells] or [1]
        return Area(min(rows), min(columns), max(rows), max(columns))


@dataclass
class NameState:
    """A defined name; of one sheet alone where `sheet` is given."""

    name: str
    refers_to: str
    sheet: str | None = None
    visible: bool = True


@dataclass
class BookState:
    """A workbook that is open."""

    name: str
    sheets: list[SheetState] = field(default_factory=list)
    names: list[NameState] = field(default_factory=list)
    date1904: bool = False
    active: int = 0
    selection: Area = field(default_factory=lambda: Area(1, 1, 1, 1))
    protected: bool = False
    password: str = ""


@dataclass
class Log:
    """The calls that came from outside; what the engine asks of itself while it answers does not count."""

    calls: list[Call] = field(default_factory=list)
    depth: int = 0

    def count(self, what: str, how: str | None = None) -> int:
        """How many calls there were of one sort."""
        return sum(call.what == what and how in (None, call.how) for call in self.calls)


_EMPTY = CellState()


def cells_of(area: Area) -> Iterator[tuple[int, int]]:
    """The cells of an area, row by row."""
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def size(area: Area) -> int:
    """How many cells an area has."""
    return (area.bottom - area.top + 1) * (area.right - area.left + 1)


def shown(area: Area) -> str:
    """`A1:B2`, or `A1` for one cell."""
    first, last = address(area.top, area.left), address(area.bottom, area.right)
    return first if first == last else f"{first}:{last}"


def rgb(value: Any) -> tuple[int, int, int] | None:
    """A colour as xlwings takes it: None, `#RRGGBB`, a triple, or Excel's number with red lowest."""
    if isinstance(value, str):
        digits = value.lstrip("#")
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if isinstance(value, int):
        return value & 255, value >> 8 & 255, value >> 16 & 255
    return None if value is None else (value[0], value[1], value[2])
