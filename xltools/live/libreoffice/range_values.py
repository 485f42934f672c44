"""The values of a range in one call, read and written as Excel's `Range.Value` and `Range.Formula` do it.

What is written: numbers, `Decimal`, truth values, dates and times (a cell under General gets a date format), texts. As
in Excel a text that begins with `=` is a formula (one for many cells is written for the first, and its relative
references move), `'` at the beginning says that what follows is text, the name of an error is that error, and a text
that is nothing but a number (`12`, `1,234.5`, `-3e5`, `50%`) or a truth value is taken as such, unless the cell has the
format Text (`@`). Texts that look like dates stay texts: what Excel makes of them depends on the language of its user.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.formulas import to_excel, to_libreoffice
from xltools.live.libreoffice.number_formats import Kind, area_at, is_mixed, key_of, kinds, logical_key, set_key
from xltools.live.libreoffice.protection import editable
from xltools.live.libreoffice.values import CellError, moment, serial
from xltools.ooxml.formulas import translate
from xltools.sheets.grid import Area

if TYPE_CHECKING:
    from xltools.live.libreoffice.ranges import Range

ERRORS = frozenset({"#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!"})

_ERROR_CODES = {
    32767: "#N/A",
    532: "#DIV/0!",
    524: "#REF!",
    **dict.fromkeys((507, 525, 530, 531), "#NAME?"),
    **dict.fromkeys((503, 523), "#NUM!"),
    521: "#NULL!",
}
"""LibreOffice's error numbers as its own export to Excel maps them; every other one is `#VALUE!`."""

_LAST_DAY = 2_958_466
"""Excel has no dates from this number on (the day after 9999-12-31)."""

_NUMBER = re.compile(r"\s*([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d+)?)(%?)\s*\Z")

_LARGE = 100_000
"""From more cells on, the part of a range that is not used is not asked for: a whole column has a million."""

Cells = set[tuple[int, int]]


def read(cells: "Range") -> list[list[Any]]:
    """What the cells hold: float, str, bool, datetime, CellError; None for nothing."""
    height, width = cells.shape
    used = _used_part(cells)
    if used is None:
        return [[None] * width for _ in range(height)]
    if used is not cells:
        rows = [row + [None] * (width - len(row)) for row in read(used)]
        return rows + [[None] * width for _ in range(height - len(rows))]
    rows = [list(row) for row in cells.model.getDataArray()]
    # An error is void, nothing is an empty text.
    if any(None in row for row in rows):
        for area in _areas(cells.model.queryFormulaCells(bridge.constant("sheet.FormulaResult.ERROR"))):
            for row, column in _places(cells.area, area):
                rows[row][column] = CellError(error_text(cells.model.getCellByPosition(column, row).getError()))
    if any("" in row for row in rows):
        texts: Cells = set()
        for area in _areas(cells.model.queryFormulaCells(bridge.constant("sheet.FormulaResult.STRING"))):
            texts.update(_places(cells.area, area))
        for r, line in enumerate(rows):
            for c, value in enumerate(line):
                if value == "" and (r, c) not in texts:
                    line[c] = None
    if any(isinstance(value, float) for line in rows for value in line):
        _apply_formats(cells, rows)
    return rows


def _used_part(cells: "Range") -> "Range | None":
    """The range itself, or of a very large one only what lies within the used part of the sheet."""
    if len(cells) <= _LARGE:
        return cells
    cursor = cells.sheet.model.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = area_at(cursor.RangeAddress)
    area = cells.area
    used = area._replace(bottom=min(area.bottom, end.bottom), right=min(area.right, end.right))
    if used == area:
        return cells
    return type(cells)(cells.sheet, used) if used.top <= used.bottom and used.left <= used.right else None


def error_text(code: int) -> str:
    """Excel's text for an error number of LibreOffice."""
    return _ERROR_CODES.get(code, "#VALUE!")


def _apply_formats(cells: "Range", rows: list[list[Any]]) -> None:
    """Make dates and truth values of the numbers that are shown as such."""
    parts: list[Area] = []
    if len(cells) <= _LARGE and is_mixed(cells.model, "NumberFormat"):
        # Forms have many looks and few numbers.
        numbers = {(r, c) for r, line in enumerate(rows) for c, value in enumerate(line) if isinstance(value, float)}
        parts = _within(cells.area, numbers)
    epoch: dt.date | None = None
    for kind, areas in kinds(cells, parts):
        if not (kind.logical or kind.date):
            continue
        for area in areas:
            for row, column in _places(cells.area, area):
                value = rows[row][column]
                if not isinstance(value, float):
                    continue
                if kind.logical:
                    rows[row][column] = bool(value)
                elif 0 <= value < _LAST_DAY:
                    epoch = epoch or null_date(cells)
                    rows[row][column] = moment(value, epoch)


def null_date(cells: "Range") -> dt.date:
    """The day of serial number 0 in the document of a range."""
    day = cells.sheet.book.model.NullDate
    return dt.date(day.Year, day.Month, day.Day)


def _areas(ranges: Any) -> list[Area]:
    return [area_at(address) for address in ranges.RangeAddresses]


def _places(whole: Area, part: Area) -> Iterator[tuple[int, int]]:
    """The cells of a part as rows and columns within the whole, from 0."""
    for row in range(part.top - whole.top, part.bottom - whole.top + 1):
        for column in range(part.left - whole.left, part.right - whole.left + 1):
            yield row, column


def _within(area: Area, places: Cells) -> list[Area]:
    """Cells that are told by rows and columns within an area, as areas of the sheet."""
    return rectangles((row + area.top, column + area.left) for row, column in places)


def read_formulas(cells: "Range") -> tuple[tuple[str, ...], ...]:
    """The formulas in Excel's grammar, or what stands in the cells without one."""
    height, width = cells.shape
    used = _used_part(cells)
    if used is None:
        return (("",) * width,) * height
    if used is not cells:
        rows = tuple(row + ("",) * (width - len(row)) for row in read_formulas(used))
        return rows + (("",) * width,) * (height - len(rows))
    names: list[str] = []

    def sheets() -> list[str]:
        if not names:
            names.extend(cells.sheet.book.model.Sheets.ElementNames)
        return names

    def excel(text: str) -> str:
        if text.startswith("{="):
            text = text[1:-1]
        if text.startswith("=") and len(text) > 1:
            formula = to_excel(text, sheets)
            # A truth value or an error that a file holds without a formula is one in LibreOffice.
            return formula[1:] if formula in ("=TRUE", "=FALSE") or formula[1:] in ERRORS else formula
        return text[1:] if text.startswith("'") else text

    return tuple(tuple(excel(text) for text in row) for row in cells.model.getFormulaArray())


def write(cells: "Range", data: Any) -> None:
    """Put values or formulas into a range: one for all cells, a row for all rows, or rows.

    Raises ValueError where the rows do not fit the range.
    """
    _Writing(cells, _spread(data, cells.shape)).run()


def _spread(data: Any, shape: tuple[int, int]) -> list[list[Any]]:
    """The values for every cell; one formula for many cells is adjusted to each of them."""
    height, width = shape
    if not isinstance(data, Sequence) or isinstance(data, str):
        if isinstance(data, str) and data.startswith("=") and len(data) > 1:
            return [[translate(data, row, column) for column in range(width)] for row in range(height)]
        return [[data] * width for _ in range(height)]
    nested = bool(data) and isinstance(data[0], Sequence) and not isinstance(data[0], str)
    rows = [list(row) for row in data] if nested else [list(data)]
    if len(rows) == 1:
        rows = rows * height
    if all(len(row) == 1 for row in rows):
        rows = [row * width for row in rows]
    if len(rows) != height or any(len(row) != width for row in rows):
        raise ValueError(f"{len(rows)} rows of {len(rows[0])} values do not fit a range of {height} by {width} cells")
    return rows


class _Writing:
    """One writing of values into a range."""

    def __init__(self, cells: "Range", rows: list[list[Any]]) -> None:
        self.cells = cells
        self.rows = rows
        self.document = cells.sheet.book.model
        self.kinds: list[tuple[Kind, list[Area]]] = list(kinds(cells))
        self.text_cells = self._of_kind("text")
        self.formats: dict[str, Cells] = {}
        self.logical: Cells = set()
        self.formulas = False
        self.epoch: dt.date | None = None

    def _of_kind(self, quality: str) -> Cells:
        found: Cells = set()
        for kind, areas in self.kinds:
            if getattr(kind, quality):
                for area in areas:
                    found.update(_places(self.cells.area, area))
        return found

    def run(self) -> None:
        editable(self.cells)
        taken = [[self._taken(value, (r, c)) for c, value in enumerate(row)] for r, row in enumerate(self.rows)]
        self._set_formats()
        noted = self._noted()
        if not noted:
            self._put(self.cells.model, taken)
            return
        # Writing rows removes the notes of the cells; writing one cell does not.
        for row, column in noted:
            _put_one(self.cells.model.getCellByPosition(column, row), taken[row][column])
        everywhere = {(row, column) for row, line in enumerate(taken) for column in range(len(line))}
        for part in rectangles(everywhere - noted):
            model = self.cells.model.getCellRangeByPosition(part.left, part.top, part.right, part.bottom)
            lines = taken[part.top : part.bottom + 1]
            self._put(model, [line[part.left : part.right + 1] for line in lines])

    def _noted(self) -> Cells:
        found: Cells = set()
        for area in _areas(self.cells.model.queryContentCells(bridge.constant("sheet.CellFlags.ANNOTATION"))):
            found.update(_places(self.cells.area, area))
        return found

    def _put(self, model: Any, rows: list[list[float | str]]) -> None:
        if self.formulas:
            model.setFormulaArray(tuple(tuple(_typed(value) for value in row) for row in rows))
        else:
            model.setDataArray(tuple(tuple(row) for row in rows))

    def _taken(self, value: Any, place: tuple[int, int]) -> float | str:
        """The number, the text or (as `_Formula`) the formula that a cell shall hold."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            self.logical.add(place)
            return float(value)
        if isinstance(value, str):
            return self._taken_text(value, place)
        if isinstance(value, dt.datetime | dt.date | dt.time):
            return self._taken_date(value, place)
        if isinstance(value, dt.timedelta):
            return value / dt.timedelta(days=1)
        if isinstance(value, int | float | Decimal):
            return float(value)
        raise TypeError(f"a cell cannot hold {type(value).__name__}: {value!r}")

    def _taken_date(self, value: dt.datetime | dt.date | dt.time, place: tuple[int, int]) -> float:
        self.epoch = self.epoch or null_date(self.cells)
        if isinstance(value, dt.time):
            code = "h:mm:ss"
        elif isinstance(value, dt.datetime) and value.time() != dt.time():
            code = "yyyy/m/d h:mm"
        else:
            code = "yyyy/m/d"
        self.formats.setdefault(code, set()).add(place)
        return serial(value, self.epoch)

    def _taken_text(self, text: str, place: tuple[int, int]) -> float | str:
        if text.startswith("'"):
            return text[1:]
        if place in self.text_cells:
            return text
        if (text.startswith("=") and len(text) > 1) or text in ERRORS:
            self.formulas = True
            folder = self.document.URL.rpartition("/")[0] + "/" if "[" in text else ""
            return _Formula(to_libreoffice(text, folder))
        if text.upper() in ("TRUE", "FALSE"):
            self.logical.add(place)
            return float(text.upper() == "TRUE")
        match = _NUMBER.match(text)
        if match is None or not any(map(str.isdigit, match[1])) or match[1].lower().startswith("e"):
            return text
        number = float(match[1].replace(",", ""))
        if match[2]:
            self.formats.setdefault("0.00%" if "." in match[1] else "0%", set()).add(place)
            return number / 100
        if "," in match[1]:
            self.formats.setdefault("#,##0.00" if "." in match[1] else "#,##0", set()).add(place)
        return number

    def _set_formats(self) -> None:
        """Formats for what has none yet; truth values are nothing but a format."""
        stale = self._of_kind("logical") - self.logical
        self._set(stale, key_of(self.document, "General"))
        if self.formats:
            general = self._of_kind("general")
            for code, places in self.formats.items():
                self._set(places & general, key_of(self.document, code))
        fresh = self.logical - self._of_kind("logical")
        if fresh:
            self._set(fresh, logical_key(self.document))

    def _set(self, places: Cells, key: int) -> None:
        set_key(self.cells, _within(self.cells.area, places), key)


class _Formula(str):
    """A formula in LibreOffice's grammar."""

    __slots__ = ()


def _put_one(cell: Any, value: float | str) -> None:
    if isinstance(value, _Formula):
        cell.setFormula(value)
    elif isinstance(value, float):
        cell.setValue(value)
    else:
        cell.setString(value)


def _typed(value: float | str) -> str:
    """What `setFormulaArray` takes as exactly this value."""
    if isinstance(value, _Formula):
        return value
    if isinstance(value, float):
        return repr(value)
    return f"'{value}" if value else ""


def rectangles(places: Iterable[tuple[int, int]]) -> list[Area]:
    """Cells as few areas: neighbours in a row together, and equal stretches of rows that follow each other."""
    stretches: dict[tuple[int, int], list[Area]] = {}
    for row, column in sorted(places):
        last = stretches.setdefault((row, 0), [])
        if last and last[-1].right == column - 1:
            last[-1] = last[-1]._replace(right=column)
        else:
            last.append(Area(row, column, row, column))
    areas: list[Area] = []
    growing: dict[tuple[int, int], int] = {}
    for found in (area for row in sorted(stretches) for area in stretches[row]):
        above = growing.get((found.left, found.right))
        if above is not None and areas[above].bottom == found.top - 1:
            areas[above] = areas[above]._replace(bottom=found.bottom)
        else:
            growing[found.left, found.right] = len(areas)
            areas.append(found)
    return areas
