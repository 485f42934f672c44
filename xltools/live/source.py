"""The source: the workbook that is open in an application as the Book that its file would give.

What the cells hold and their formulas take one call each for a sheet. Looks (number formats, merged and locked cells,
validations, hidden rows and columns) can only be asked of an area as a whole: see `dividing`.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from xltools.live.applications import Application
from xltools.live.dividing import Divider
from xltools.live.guard_reading import guards
from xltools.live.merge_search import MergeSearch
from xltools.ooxml.cells import ERRORS
from xltools.ooxml.formulas import MAX_COLUMN, MAX_ROW
from xltools.ooxml.workbook import findings_sheet
from xltools.sheets.grid import Area, Book, Cell, Grid, span, unquoted
from xltools.sheets.numberformats import BUILTIN, NumberFormat, Shown, from_double, number_format, shown

if TYPE_CHECKING:
    import xlwings as xw

CHUNK = 250_000
"""The most cells that are read in one call."""

MARGIN = 50
"""How many rows and columns beyond the last value are looked at for rules and hidden rows: a form's blank lines."""

_CODES = {"m/d/yyyy": BUILTIN[14], "m/d/yyyy h:mm": BUILTIN[22], "G/通用格式": "General"}
"""What applications call some formats, and how they read in a file: the dates that follow the system's settings go by
their English names whatever these are."""

_BUILTIN_NAMES = frozenset(
    {
        "print_area",
        "print_titles",
        "_filterdatabase",
        "criteria",
        "extract",
        "database",
        "consolidate_area",
        "sheet_title",
    }
)
"""Names that a file writes with `_xlnm.` before them (ECMA-376 part 1, 18.2.5); applications say them without it."""

Answer = TypeVar("Answer")


def read(application: Application, book: "xw.Book") -> Book:
    """Every worksheet of an open workbook as a Grid, unsaved changes included; the sheet of findings is left out.

    What no application tells of its open workbooks stays empty: the list of linked workbooks (formulas name them).
    """
    names = defined_names(book)
    sheets = list(book.sheets)
    findings = findings_sheet(names, [sheet.name for sheet in sheets])
    date1904 = application.date1904(book)
    return Book(
        path=application.path(book),
        grids=tuple(_SheetReader(application, sheet, date1904).grid() for sheet in sheets if sheet.name != findings),
        date1904=date1904,
        defined_names=names,
    )


def fingerprint(application: Application, book: "xw.Book") -> Hashable:
    """What the cells of a workbook hold and their formulas, the sheet of findings left out, to compare with another.

    Two calls for each sheet; changes of looks alone do not show.
    """
    sheets = list(book.sheets)
    findings = findings_sheet(defined_names(book), [sheet.name for sheet in sheets])
    return tuple(
        (sheet.name, band.top, band.left, _frozen(band.values), _frozen(band.formulas))
        for sheet in sheets
        if sheet.name != findings
        for band in _bands(application, sheet)
    )


def defined_names(book: "xw.Book") -> dict[str, str]:
    """The defined names of an open workbook and what they mean, in the form that a file has."""
    found = {}
    for item in book.names:
        place, _, name = item.name.rpartition("!")
        if name.lower() in _BUILTIN_NAMES:
            name = f"_xlnm.{name}"
        found[f"{unquoted(place)}!{name}" if place else name] = (item.refers_to or "").removeprefix("=")
    return found


def _frozen(rows: Sequence[Sequence[Any]]) -> Hashable:
    return tuple(tuple(row) for row in rows)


@dataclass(frozen=True, slots=True)
class _Band:
    """Some rows of a sheet: what its cells hold, and their formulas or what stands there instead."""

    top: int
    left: int
    values: Sequence[Sequence[Any]]
    formulas: Sequence[Sequence[str]]


def _bands(application: Application, sheet: "xw.Sheet") -> Iterator[_Band]:
    """What a sheet holds; in one piece unless it is very large."""
    content = application.content(sheet)
    top, left = content.row, content.column
    rows, columns = content.shape
    height = max(1, CHUNK // columns)
    for start in range(0, rows, height):
        area = content
        if rows > height:
            last = min(start + height, rows) - 1
            area = sheet.range((top + start, left), (top + last, left + columns - 1))
        values = application.values(area)
        # A sheet that is formatted to its last row is mostly empty.
        if rows <= height or any(value is not None for row in values for value in row):
            yield _Band(top + start, left, values, application.formulas(area))


class _SheetReader:
    """Reads one worksheet."""

    def __init__(self, application: Application, sheet: "xw.Sheet", date1904: bool) -> None:
        self.application = application
        self.sheet = sheet
        self.date1904 = date1904
        self.values: dict[tuple[int, int], Any] = {}
        self.formulas: dict[tuple[int, int], str] = {}
        for band in _bands(application, sheet):
            self._take(band)
        places = sorted({*self.values, *self.formulas})
        rows = max((row for row, _ in places), default=0)
        columns = max((column for _, column in places), default=0)
        self.places = places
        self.seen = Area(1, 1, min(rows + MARGIN, MAX_ROW), min(columns + MARGIN, MAX_COLUMN))
        kinds = {place: type(self.values.get(place)).__name__ for place in places}
        self.divider = Divider(_borders(kinds), [columns + 1], application.alike(sheet, self.seen))

    def _take(self, band: _Band) -> None:
        for row, (values, formulas) in enumerate(zip(band.values, band.formulas, strict=True), band.top):
            for column, (value, formula) in enumerate(zip(values, formulas, strict=True), band.left):
                if value is not None and value != "":
                    self.values[row, column] = value
                # A text that begins with an equals sign reads like a formula, but there it is the value as well.
                if isinstance(formula, str) and formula.startswith("=") and formula != value:
                    self.formulas[row, column] = formula

    def grid(self) -> Grid:
        """The sheet as a Grid."""
        application, sheet = self.application, self.sheet
        merges = MergeSearch(application, sheet, self.places).areas(self.seen)
        self.divider.rows.update(row for area in merges for row in (area.top, area.bottom + 1))
        formats = _Parts(self._looks(self._number_format))
        for follower in self._array_followers():
            self.formulas.pop(follower)
        return Grid(
            sheet=sheet.name,
            cells={place: self._cell(place, formats.at(*place)) for place in self.places},
            merges=merges,
            hidden_rows=self._hidden(application.rows_hidden, self.seen._replace(right=1)),
            hidden_columns=self._hidden(application.columns_hidden, self.seen._replace(bottom=1)),
            state=application.state(sheet),
            validations=guards(application, sheet, self.divider, self.seen),
            source="live",
            unlocked=self._unlocked(),
            blank_formats=self._blank_formats(formats),
        )

    def _range(self, area: Area) -> "xw.Range":
        return self.sheet.range(span(area))

    def _parts(self, area: Area, ask: Callable[["xw.Range"], Answer | None]) -> list[tuple[Area, Answer]]:
        return self.divider.parts(area, lambda part: ask(self._range(part)))

    def _looks(self, ask: Callable[["xw.Range"], Answer | None]) -> list[tuple[Area, Answer]]:
        groups = self.divider.looks(self.seen, lambda part: ask(self._range(part)))
        return [(area, answer) for areas, answer in groups for area in areas]

    def _number_format(self, area: "xw.Range") -> str | None:
        code = area.number_format
        return _CODES.get(code, code)

    def _cell(self, place: tuple[int, int], code: str) -> Cell:
        text, raw, kind = _shown(self.values.get(place), number_format(code), self.date1904)
        return Cell(*place, text, raw, kind, self.formulas.get(place), code)

    def _blank_formats(self, formats: "_Parts") -> dict[tuple[int, int], str]:
        taken = set(self.places)
        return {
            place: code
            for area, code in formats.parts
            if code != "General"
            for place in _cells(area)
            if place not in taken
        }

    def _array_followers(self) -> list[tuple[int, int]]:
        """The cells that show a part of an array formula's result; the formula belongs to the first one alone."""
        if not self.formulas:
            return []
        rows, columns = zip(*self.formulas, strict=True)
        area = Area(min(rows), min(columns), max(rows), max(columns))
        arrays = self._parts(area, lambda part: part.has_array)
        return [
            (row, column)
            for part, is_array in arrays
            if is_array
            for row, column in _cells(part)
            if (formula := self.formulas.get((row, column)))
            and formula in (self.formulas.get((row - 1, column)), self.formulas.get((row, column - 1)))
        ]

    def _hidden(self, ask: Callable[["xw.Range"], bool | None], area: Area) -> frozenset[int]:
        """The hidden ones among the rows or the columns of an area that is one cell wide or high."""
        hidden = [part for part, answer in self._parts(area, ask) if answer]
        across = area.top == area.bottom
        return frozenset(column if across else row for part in hidden for row, column in _cells(part))

    def _unlocked(self) -> frozenset[tuple[int, int]] | None:
        if not self.application.is_protected(self.sheet):
            return None
        parts = self._looks(self.application.locked)
        return frozenset(place for area, locked in parts if not locked for place in _cells(area))


class _Parts:
    """Areas that do not overlap, each with what is the same in all its cells."""

    def __init__(self, parts: Sequence[tuple[Area, str]]) -> None:
        self.parts = parts
        self._columns: dict[int, list[tuple[Area, str]]] = {}
        for area, code in sorted(self.parts):
            for column in range(area.left, area.right + 1):
                self._columns.setdefault(column, []).append((area, code))

    def at(self, row: int, column: int) -> str:
        """What is said of a cell; `General` where nothing is."""
        parts = self._columns.get(column, [])
        place = bisect_right(parts, row, key=lambda part: part[0].top) - 1
        return parts[place][1] if place >= 0 and parts[place][0].bottom >= row else "General"


def _cells(area: Area) -> Iterator[tuple[int, int]]:
    """The cells of an area; none where it is too large for any form."""
    if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= CHUNK:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                yield row, column


def _borders(kinds: Mapping[tuple[int, int], str]) -> Iterator[int]:
    """The rows that hold other kinds of values than the row above: where a table begins or ends."""
    rows: dict[int, set[tuple[int, str]]] = {}
    for (row, column), kind in kinds.items():
        rows.setdefault(row, set()).add((column, kind))
    for row, columns in rows.items():
        if rows.get(row - 1) != columns:
            yield row
        if row + 1 not in rows:
            yield row + 1


def _shown(value: Any, form: NumberFormat, date1904: bool) -> Shown:
    """What a cell shows, holds, and of which kind that is."""
    if value is None:
        return "", None, "blank"
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), value, "bool"
    if isinstance(value, datetime):
        # The number that stands for the moment, as Automation counts it: before March 1900 as well.
        passed = value.replace(tzinfo=None) - (datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30))
        value = passed / timedelta(days=1)
    if isinstance(value, int | float | Decimal):
        return shown(from_double(float(value)), form, date1904)
    text = str(value)
    return text, text, "error" if text in ERRORS and form.sort != "text" else "text"
