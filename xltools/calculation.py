"""A workbook's formulas computed anew from its Grids, so that stored results can be held against them.

The engine is given what the Grids hold: values, and formulas. Formulas that it cannot be trusted with keep their stored
result: they are inputs to the others, and nothing is said of them.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from xltools.calculation_engine import EngineBook, EngineError, Place, RefusalError, Result, engine_book, forget
from xltools.errors import WorkbookError
from xltools.sheets.grid import Book, Cell, Grid

_TOLERANCE = Decimal("1E-9")
"""What engines may differ by, relative to the number (absolutely below 1): the last digits of binary arithmetic."""

_VOLATILE = ("NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "INDIRECT", "OFFSET", "CELL", "INFO", "RTD")
_OPAQUE = re.compile(rf"[\[\]{{}}@]|\b(?:{'|'.join(_VOLATILE)})\s*\(", re.IGNORECASE)
_OPAQUE_MARKS = ("[", "]", "{", "@", *(f"{name}(" for name in _VOLATILE))
_TEXT = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'!')
_FUNCTION = re.compile(r"([A-Za-z_][\w.]*)\s*\(")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?")
_AREA_IN_ARITHMETIC = re.compile(
    r"[-+*/&=<>^]\s*\$?[A-Za-z]{1,3}\$?\d+:\$?[A-Za-z]{1,3}\$?\d+|:\$?[A-Za-z]{1,3}\$?\d+\s*[-+*/&=<>^]"
)
_DATE_FUNCTION = re.compile(r"\b(?:DATE|DATEVALUE|YEAR|MONTH|DAY|EDATE|EOMONTH|WEEKDAY)\s*\(", re.IGNORECASE)

_TRUSTED = frozenset(
    """
    ABS AND AVERAGE AVERAGEIF CEILING CONCAT CONCATENATE COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS EXACT FALSE FIND FLOOR
    HLOOKUP IF IFERROR IFNA IFS INDEX INT ISBLANK ISERR ISERROR ISNA ISNUMBER ISTEXT LARGE LEFT LEN LOOKUP LOWER MATCH
    MAX MID MIN MOD N NOT OR POWER PRODUCT QUOTIENT REPT RIGHT ROUND ROUNDDOWN ROUNDUP SEARCH SIGN SMALL SQRT SUBSTITUTE
    SUM SUMIF SUMIFS SUMPRODUCT T TRIM TRUE TRUNC UPPER VALUE VLOOKUP XLOOKUP
    """.split()  # noqa: SIM905
)
"""The functions that engines are known to compute alike; a difference in a formula with another one proves nothing."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A formula whose stored result differs from the computed one; `stored` is blank where none is stored."""

    sheet: str
    cell: Cell
    computed: Decimal | str | bool

    @property
    def place(self) -> Place:
        """Where the formula stands."""
        return (self.sheet, self.cell.row, self.cell.column)

    @property
    def missing(self) -> bool:
        """Whether no result is stored at all."""
        return self.cell.kind == "blank"


class Calculation:
    """The formulas of a workbook, computed on demand, sheets that read each other together."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._groups: dict[str, SheetGroup] = {}

    def group(self, sheet: str) -> "SheetGroup":
        """The sheets that a sheet reads or is read by, directly or through others, itself included."""
        if sheet not in self._groups:
            names = self._connected(sheet)
            group = SheetGroup(self.book, tuple(grid for grid in self.book.grids if grid.sheet in names))
            self._groups.update(dict.fromkeys(names, group))
        return self._groups[sheet]

    @cached_property
    def _links(self) -> dict[str, set[str]]:
        names = [grid.sheet for grid in self.book.grids]
        links: dict[str, set[str]] = {name: set() for name in names}
        for grid in self.book.grids:
            abroad = [cell.formula for cell in grid.cells.values() if cell.formula and "!" in cell.formula]
            for other in names:
                ends = (f"{other}!", f"{other.replace(chr(39), chr(39) * 2)}'!")
                if other != grid.sheet and any(end in formula for formula in abroad for end in ends):
                    links[grid.sheet].add(other)
                    links[other].add(grid.sheet)
        return links

    def _connected(self, sheet: str) -> set[str]:
        found, waiting = {sheet}, [sheet]
        while waiting:
            new = self._links.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found


class SheetGroup:
    """Sheets that read each other, in the engine.

    `refusal` says why the engine could not compute them at all; `left_out` are the formulas of which nothing can be
    said: their stored results are inputs to the others.
    """

    def __init__(self, book: Book, grids: tuple[Grid, ...]) -> None:
        self.book = book
        self.grids = grids
        self.refusal = ""
        self.left_out: set[Place] = set()

    @cached_property
    def formulas(self) -> dict[Place, Cell]:
        """Every formula cell."""
        return {
            (grid.sheet, row, column): cell
            for grid in self.grids
            for (row, column), cell in grid.cells.items()
            if cell.formula
        }

    @cached_property
    def stale(self) -> tuple[Stale, ...]:
        """The formulas whose stored results are not what they compute to; none where the engine refuses."""
        while (engine := self._engine()) is not None:
            differing, failed = self._differing(engine)
            doubtful = {found.place for found in differing if not _trusted(found.cell.formula or "")}
            doubtful |= self._first(failed)
            if not doubtful:
                return tuple(differing)
            # What the engine does not compute, or otherwise than Excel does, must not make its readers look stale.
            self.left_out |= doubtful
        return ()

    def value(self, sheet: str, formula: str) -> Result:
        """What a formula gives on a sheet, on no cell in particular; None where the engine cannot say."""
        if _OPAQUE.search(_without_texts(formula)) or not any(grid.sheet == sheet for grid in self.grids):
            return None
        engine = self._engine()
        found = engine.evaluate(sheet, "=" + formula.removeprefix("=")) if engine else None
        return None if isinstance(found, EngineError) else found

    def _engine(self) -> EngineBook | None:
        """The engine with all that the sheets hold computed; None where it refuses."""
        if self.refusal:
            return None
        for unreadable in (self._opaque, self._unknown):
            self.left_out |= {
                place
                for place, cell in self.formulas.items()
                if place not in self.left_out and (cell.kind == "error" or unreadable(cell.formula or ""))
            }
            engine = engine_book(tuple(grid.sheet for grid in self.grids), self._live_formulas())
            self.left_out |= engine.rejected
            try:
                engine.compute(self._values())
            except RefusalError as error:
                # One unknown name makes the engine refuse all: a slower, thorough look finds the formulas with one.
                forget(engine)
                refusal = str(error)
            else:
                return engine
        self.refusal = refusal
        return None

    def _live_formulas(self) -> dict[Place, str]:
        """The formulas to compute, and errors, which the engine only knows as results of formulas."""
        found = {}
        for grid in self.grids:
            for (row, column), cell in grid.cells.items():
                place = (grid.sheet, row, column)
                if cell.kind == "error":
                    found[place] = "=NA()" if cell.text == "#N/A" else "=1/0"
                elif cell.formula and place not in self.left_out:
                    found[place] = _plain(cell.formula)
                elif cell.formula and cell.kind == "blank":
                    # An unknown result is an error, too: it spreads to all that read it.
                    found[place] = "=NA()"
        return found

    def _values(self) -> dict[Place, str | float | bool]:
        """What the other cells hold."""
        found: dict[Place, str | float | bool] = {}
        for grid in self.grids:
            for (row, column), cell in grid.cells.items():
                place = (grid.sheet, row, column)
                if cell.kind in ("blank", "error") or (cell.formula and place not in self.left_out):
                    continue
                value = plain_value(cell, date1904=self.book.date1904)
                if value is not None:
                    found[place] = float(value) if isinstance(value, Decimal) else value
        return found

    def _differing(self, engine: EngineBook) -> tuple[list[Stale], dict[Place, Cell]]:
        """The formulas that give something else than is stored, and those that give an error value."""
        differing: list[Stale] = []
        failed: dict[Place, Cell] = {}
        for place, cell in self.formulas.items():
            if place in self.left_out:
                continue
            computed = engine.result(place)
            if isinstance(computed, EngineError):
                failed[place] = cell
            elif computed is not None and not agrees(cell, computed, date1904=self.book.date1904):
                differing.append(Stale(place[0], cell, computed))
        return differing, failed

    def _first(self, failed: dict[Place, Cell]) -> set[Place]:
        """Of the formulas that give an error value those that do not owe it to another one; all of a circle."""
        from xltools.ooxml.formulas import references

        owners = {(sheet.lower(), row, column) for sheet, row, column in failed}
        first = set()
        for place, cell in failed.items():
            read = references(cell.formula or "") or ()
            own = [(found.sheet or place[0].lower(), found.area) for found in read]
            if not any(sheet == owner[0] and area.covers(*owner[1:]) for sheet, area in own for owner in owners):
                first.add(place)
        return first or set(failed)

    def _opaque(self, formula: str) -> bool:
        """Whether a formula reads what the Grids do not hold, or gives something else every time."""
        patterns = [*([_DATE_FUNCTION] if self.book.date1904 else []), *([self._names] if self._names else [])]
        hit = [pattern for pattern in patterns if pattern.search(formula)]
        # Plain searches first: on a form's long formulas the pattern alone costs as much as reading the file.
        if not formula.isupper() or any(mark in formula for mark in _OPAQUE_MARKS):
            hit.append(_OPAQUE)
        return bool(hit) and any(pattern.search(_without_texts(formula)) for pattern in hit)

    def _unknown(self, formula: str) -> bool:
        from xltools.ooxml.formulas import references

        if self._opaque(formula):
            return True
        found = references(formula)
        known = {"", *(grid.sheet.lower() for grid in self.grids)}
        return found is None or any(reference.sheet not in known for reference in found)

    @cached_property
    def _names(self) -> "re.Pattern[str] | None":
        names = {name.rpartition("!")[2] for name in self.book.defined_names}
        plain = sorted(re.escape(name) for name in names if not name.startswith("_xlnm."))
        return re.compile(rf"(?<![\w.!])(?:{'|'.join(plain)})(?![\w.(!])", re.IGNORECASE) if plain else None


def plain_value(cell: Cell, *, date1904: bool = False) -> Result:
    """A cell's value as formulas see it: dates and times as their serial numbers, a blank as None."""
    raw = cell.raw
    if cell.kind == "blank" or raw is None:
        return None
    if isinstance(raw, datetime | date | time):
        from xltools.ooxml.cells import serial

        try:
            return serial(raw, date1904=date1904)
        except WorkbookError:
            return cell.text
    return raw


def agrees(cell: Cell, computed: Decimal | str | bool, *, date1904: bool = False) -> bool:
    """Whether a stored result is the computed one, but for the last digits that engines differ in."""
    stored = plain_value(cell, date1904=date1904)
    if stored is None:
        return computed == ""
    if isinstance(stored, bool) or isinstance(computed, bool):
        return stored is computed
    if isinstance(stored, Decimal) and isinstance(computed, Decimal):
        return near(stored, computed)
    if isinstance(stored, str) and isinstance(computed, str):
        return stored == computed or _same_text(stored, computed)
    return False


def near(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers are the same but for binary noise."""
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other), Decimal(1))


def _same_text(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but the last digits of the numbers in them, or in how a line ends."""
    first, second = (text.replace("\r\n", "\n").replace("_x000D_", "") for text in (one, other))
    if _NUMBERS.sub("0", first) != _NUMBERS.sub("0", second):
        return False
    return all(
        near(Decimal(a), Decimal(b)) for a, b in zip(_NUMBERS.findall(first), _NUMBERS.findall(second), strict=True)
    )


def _trusted(formula: str) -> bool:
    """Whether every engine computes a formula alike: plain functions only, and no area where one cell is meant."""
    bare = _without_texts(formula)
    functions = {name.upper().removeprefix("_XLFN.") for name in _FUNCTION.findall(bare)}
    return functions <= _TRUSTED and ("SUMPRODUCT" in functions or not _AREA_IN_ARITHMETIC.search(bare))


def _without_texts(formula: str) -> str:
    """A formula without its texts and quoted sheet names; a name that means another workbook keeps its bracket."""
    if '"' not in formula and "'" not in formula:
        return formula
    return _TEXT.sub(lambda match: "[" if match[0].startswith("'") and "[" in match[0] else '""', formula)


def _plain(formula: str) -> str:
    return formula.replace("_xlfn.", "").replace("_xlws.", "") if "_xl" in formula else formula
