"""The Grid: one sheet, or one table of a document, as plain cells.

Everything after the readers works on this structure and knows nothing of file formats.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

Kind = Literal["text", "number", "bool", "date", "error", "blank"]
MERGE_OVERHANG = 50

Raw = str | Decimal | bool | datetime | date | time | None


class Area(NamedTuple):
    """A rectangle of cells; rows and columns count from 1, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell belongs to the area."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something, or a blank one that carries a formula.

    `text` is the value as the application shows it under the cell's number format where that is plain (General, `0`,
    `0.00`, `0%`, thousands separators, simple dates); otherwise at full precision. `raw` is the stored value: numbers
    as `Decimal` at the fifteen significant digits that Excel keeps, errors as their text (`#REF!`).
    """

    row: int
    column: int
    text: str
    raw: Raw = None
    kind: Kind = "text"
    formula: str | None = None
    number_format: str = "General"


TITLE_LIMIT, MESSAGE_LIMIT = 32, 255
"""Characters that the titles and texts of a validation may have (ECMA-376 part 1, 18.3.1.32)."""


@dataclass(frozen=True, slots=True)
class Validation:
    """A data validation: the areas it guards, its rule as the workbook stores it, and what it tells the user.

    Relative references in the formulas are meant for the top-left cell of the areas. `alert` is what the application
    does about another value: `stop` refuses it, `warning` and `information` ask first, `none` says nothing; `error` is
    what it then says, `prompt` what it shows when a guarded cell is chosen.
    """

    areas: tuple[Area, ...]
    type: str
    operator: str | None
    formula1: str | None
    formula2: str | None
    allow_blank: bool = True
    alert: str = "stop"
    prompt_title: str = ""
    prompt: str = ""
    error_title: str = ""
    error: str = ""


@dataclass(frozen=True)
class Grid:
    """One sheet or document table.

    `captions` are the lines of text that stand right before a document's table (a sheet has none: its title lines are
    cells), `trailers` those right after it. `state` is `visible`, `hidden` or `veryHidden`. `unlocked` are the cells
    that a protected sheet leaves open to input; None where the sheet is not protected or its protection is not known.
    `blank_formats` are the number formats, other than General, of cells that hold nothing yet.
    """

    sheet: str
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    state: str = "visible"
    validations: tuple[Validation, ...] = ()
    captions: tuple[str, ...] = ()
    trailers: tuple[str, ...] = ()
    source: Literal["xlsx", "xls", "docx", "live"] = "xlsx"
    unlocked: frozenset[tuple[int, int]] | None = None
    blank_formats: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @cached_property
    def _areas(self) -> dict[tuple[int, int], Area]:
        covered: dict[tuple[int, int], Area] = {}
        rows, columns = self.bounds
        for area in self.merges:
            for row in range(area.top, min(area.bottom, rows) + 1):
                for column in range(area.left, min(area.right, columns) + 1):
                    covered[row, column] = area
        return covered

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """The last row and the last column that hold a value or belong to a merged area that starts within them."""
        last_row = rows = max((row for row, _ in self.cells), default=0)
        last_column = columns = max((column for _, column in self.cells), default=0)
        for area in self.merges:
            if area.top <= last_row and area.left <= last_column:
                # A merge of whole rows or columns must not turn the sheet into a million cells.
                rows = max(rows, min(area.bottom, last_row + MERGE_OVERHANG))
                columns = max(columns, min(area.right, last_column + MERGE_OVERHANG))
        return rows, columns

    def area(self, row: int, column: int) -> Area:
        """The merged area that covers a cell, or the cell alone."""
        return self._areas.get((row, column)) or Area(row, column, row, column)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell stored at this very place; None where nothing is stored."""
        return self.cells.get((row, column))

    def shown(self, row: int, column: int) -> Cell | None:
        """The cell a reader sees at this place: the top-left one of the merged area that covers it."""
        area = self._areas.get((row, column))
        return self.cells.get((area.top, area.left) if area else (row, column))

    def number_format(self, row: int, column: int) -> str:
        """The number format of the cell at this very place, whether it holds something or not."""
        cell = self.cells.get((row, column))
        return cell.number_format if cell else self.blank_formats.get((row, column), "General")

    def text(self, row: int, column: int) -> str:
        """What a reader sees at this place, blanks at both ends removed; empty where nothing is."""
        cell = self.shown(row, column)
        return cell.text.strip() if cell else ""

    def row_areas(self, row: int) -> Iterator[Area]:
        """The areas that a row crosses, from left to right, each once, blank ones included."""
        column, last = 1, self.bounds[1]
        while column <= last:
            area = self.area(row, column)
            yield area
            column = area.right + 1

    def address(self, row: int, column: int) -> str:
        """`D9` for row 9, column 4."""
        return address(row, column)


@dataclass(frozen=True)
class Book:
    """A workbook or document as its Grids, in the order of its sheets or tables."""

    path: str
    grids: tuple[Grid, ...]
    paragraphs: tuple[str, ...] = ()
    date1904: bool = False
    external_links: tuple[str, ...] = ()
    defined_names: Mapping[str, str] = field(default_factory=dict)

    def grid(self, sheet: str) -> Grid | None:
        """The grid of that name, or None."""
        return next((grid for grid in self.grids if grid.sheet == sheet), None)


def span(area: Area) -> str:
    """`B2:D9`, or `B2` for a single cell; what `area_of` reads."""
    first, last = address(area.top, area.left), address(area.bottom, area.right)
    return first if first == last else f"{first}:{last}"


def column_letters(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for `A`, 27 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """`D9` for row 9, column 4."""
    return f"{column_letters(column)}{row}"


def position(reference: str) -> tuple[int, int]:
    """Row and column of `D9` or `$D$9`.

    Raises ValueError where the text is not the address of one cell.
    """
    plain = reference.replace("$", "").upper()
    letters = plain.rstrip("0123456789")
    digits = plain[len(letters) :]
    if not digits or not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        raise ValueError(f"not a cell address: {reference!r}")
    return int(digits), column_number(letters)


def area_of(reference: str) -> Area:
    """The area of `B2:D9` or `B2`."""
    first, _, last = reference.partition(":")
    top, left = position(first)
    bottom, right = position(last) if last else (top, left)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def quoted(sheet: str) -> str:
    """A sheet's name as it may always stand in a formula: `'O''Brien'`."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def unquoted(sheet: str) -> str:
    """A sheet's name without the quotes that formulas may put around it."""
    enclosed = len(sheet) > 1 and sheet[0] == sheet[-1] == "'"
    return sheet[1:-1].replace("''", "'") if enclosed else sheet
