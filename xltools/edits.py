"""What to change in a workbook, as plain data: the same for a file and for an open Excel."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum

from xltools.sheets.grid import Validation

Value = str | int | float | Decimal | bool | datetime | date | time | None


class Mark(Enum):
    """Stands for a value that is not given; None would mean an empty cell."""

    KEEP = "keep"
    COMPUTE = "compute"


KEEP = Mark.KEEP
COMPUTE = Mark.COMPUTE


@dataclass(frozen=True, slots=True)
class Text:
    """A literal text for `xltools.edit`, even where it begins with an equals sign."""

    text: str


@dataclass(frozen=True, slots=True)
class Style:
    """What to change in a cell's looks; None leaves a part as it is. Colours are `RRGGBB`."""

    number_format: str | None = None
    fill: str | None = None
    font_color: str | None = None
    bold: bool | None = None
    wrap: bool | None = None
    locked: bool | None = None


@dataclass(frozen=True, slots=True)
class ConditionalFormat:
    """Looks that a cell takes on while `formula` (without equals sign, relative to the edit's cell) is true."""

    formula: str
    fill: str | None = None
    font_color: str | None = None
    bold: bool | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one cell; rows and columns count from 1.

    `value` is what the cell is to hold: a text stays a text whatever it begins with, None empties the cell, KEEP leaves
    its content alone. `formula` (with or without the equals sign) takes the place of a value; `result` is its stored
    result where the caller has computed it, and left to the calculation engine otherwise. `validation` without areas
    of its own guards the cell, and so does `conditional_format`. `note` is added below a note that is there already.
    """

    sheet: str
    row: int
    column: int
    value: Value | Mark = KEEP
    formula: str | None = None
    result: Value | Mark = COMPUTE
    validation: Validation | None = None
    conditional_format: ConditionalFormat | None = None
    note: str | None = None
    style: Style | None = None

    @property
    def changes_content(self) -> bool:
        """Whether the cell's value or formula is to change."""
        return self.formula is not None or self.value is not KEEP
