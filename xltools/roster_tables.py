"""The tables of a data workbook or of CSV files: their columns by field, their rows as plain values."""

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from xltools.errors import InputError
from xltools.figures import fold
from xltools.forms.vocabulary import core, default, money_unit
from xltools.sheets.grid import Book, Grid, address
from xltools.texts import say

Value = str | Decimal | None
Kind = Literal["units", "budget", "indicators"]

HEADER_ROWS = 5
"""In how many of a table's first rows its titles may stand (the contract wants the first)."""
ENCODINGS = ("utf-8-sig", "gb18030")
_NAMES: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("indicators", ("指标",)),
    ("budget", ("预算", "资金")),
    ("units", ("单位", "部门", "名单", "花名册")),
)
_KEYS: dict[str, tuple[str, ...]] = {
    "code": ("单位编码", "单位代码", "部门编码", "部门代码", "预算单位编码", "预算单位代码", "编码", "代码"),
    "name": ("单位名称", "部门名称", "预算单位名称", "预算单位", "单位全称"),
}
_NUMBERED = re.compile(r"^指标(\d{1,3})[-_·.、:/]?(.+)$")
_QUALIFIED = re.compile(r"^(.{2,40}?)(?:[·_|/]|--|-)(.{2,24})$")
_PLAIN = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a data table: where it stands, what it means, and its title.

    `block` is `header`, `goals`, `budget`, `indicators`, or `own` for a title that is no known label (the template may
    have it). `item` is the budget row or indicator that a title of a one-row-a-unit table names before the field
    (`年度资金总额·年初预算数`); `money` the money unit it names.
    """

    index: int
    block: str
    field: str
    title: str
    item: str = ""
    money: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A data table without its rows: its name (sheet or file), its kind, columns and the row of its titles."""

    name: str
    kind: Kind
    columns: tuple[Column, ...]
    titles: int
    csv: bool = False

    def column(self, block: str, field: str) -> Column | None:
        """The first column of a field without an item of its own, or None."""
        return next((each for each in self.columns if (each.block, each.field, each.item) == (block, field, "")), None)

    def at(self, row: int, column: int) -> str:
        """A cell's place for a message: `预算!C5`."""
        return f"{self.name}!{address(row, column)}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number and the values of its columns, in their order."""

    table: Table
    number: int
    values: tuple[Value, ...]

    def get(self, block: str, field: str) -> Value:
        """The value of a field, None where it is blank or there is no such column."""
        for column, value in zip(self.table.columns, self.values, strict=True):
            if column.block == block and column.field == field and not column.item:
                return value
        return None

    def place(self, block: str, field: str) -> str:
        """The cell of a field for a message; the row's first cell where there is no such column."""
        column = self.table.column(block, field)
        return self.table.at(self.number, column.index if column else 1)

    def filled(self) -> Iterator[tuple[Column, Value]]:
        """The columns that hold something in this row, with it."""
        for column, value in zip(self.table.columns, self.values, strict=True):
            if value is not None:
                yield column, value


@dataclass(frozen=True, slots=True)
class Loaded:
    """A table with its rows, and cells whose content cannot be told (an error, a formula without a result)."""

    table: Table
    rows: tuple[Row, ...]
    unreadable: tuple[tuple[int, int, str], ...] = ()


def load(path: str | os.PathLike[str]) -> list[Loaded]:
    """The tables of a data workbook, of a CSV file, or of a folder's CSV files.

    Raises InputError (WorkbookError for a damaged workbook) where there is none that can be read.
    """
    source = Path(path)
    if not source.exists():
        raise InputError(say("cli.path.missing", paths=source))
    if source.is_dir():
        files = sorted(each for each in source.iterdir() if each.suffix.lower() in (".csv", ".txt", ".tsv"))
        if not files:
            raise InputError(say("fill.no_csv", path=source))
        grids = [_grid(file) for file in files]
    elif source.suffix.lower() in (".csv", ".txt", ".tsv"):
        grids = [_grid(source)]
    else:
        from xltools.sheets import read_book

        grids = _visible(read_book(source))
    alone = len(grids) == 1
    loaded = [found for grid in grids if (found := _load(grid, alone)) is not None]
    if not any(each.table.kind == "units" for each in loaded):
        raise InputError(say("fill.no_units", path=source, names="、".join(grid.sheet for grid in grids)))
    return loaded


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A data sheet before its titles are understood."""

    sheet: str
    rows: Sequence[tuple[int, dict[int, Value]]]
    unreadable: tuple[tuple[int, int, str], ...] = ()
    csv: bool = False


def _visible(book: Book) -> list[_Sheet]:
    return [_plain(grid) for grid in book.grids if grid.state == "visible" and grid.cells]


def _plain(grid: Grid) -> _Sheet:
    """A worksheet's values: numbers as stored, a percentage and a date as they show."""
    rows: dict[int, dict[int, Value]] = {}
    unreadable = []
    for (row, column), cell in grid.cells.items():
        if cell.kind == "error" or (cell.formula and cell.kind == "blank"):
            unreadable.append((row, column, cell.text or f"={cell.formula}"))
        elif cell.kind == "number" and isinstance(cell.raw, Decimal) and "%" not in cell.text:
            rows.setdefault(row, {})[column] = cell.raw
        elif cell.text.strip():
            rows.setdefault(row, {})[column] = cell.text.strip()
    return _Sheet(grid.sheet, sorted(rows.items()), tuple(unreadable))


def _grid(file: Path) -> _Sheet:
    text = _decoded(file)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;，", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, dict[int, Value]]] = []
    try:
        for number, line in enumerate(lines, 1):
            values: dict[int, Value] = {column: value.strip() for column, value in enumerate(line, 1) if value.strip()}
            if values:
                rows.append((number, values))
    except csv.Error as error:
        raise InputError(say("fill.bad_csv", path=file, line=lines.line_num, reason=error)) from None
    return _Sheet(file.stem, rows, csv=True)


def _decoded(file: Path) -> str:
    """The text of a CSV in the encodings that Excel and WPS save it in: UTF-8, GB 18030, or UTF-16 with its mark."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(say("ooxml.unreadable", path=file, reason=error.strerror or error)) from None
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(say("fill.encoding", path=file))


def _load(sheet: _Sheet, alone: bool) -> Loaded | None:
    """A sheet's table; None where it is no data table (a sheet of notes)."""
    for number, values in sheet.rows[:HEADER_ROWS]:
        titles = {column: str(value) for column, value in values.items()}
        kind = "units" if alone else _kind(sheet.sheet, titles.values())
        if kind is None or not any(_key(title) for title in titles.values()):
            continue
        columns = tuple(_column(index, title, kind, alone) for index, title in sorted(titles.items()))
        table = Table(sheet.sheet, kind, columns, number, sheet.csv)
        rows = tuple(
            Row(table, row, tuple(cells.get(column.index) for column in columns))
            for row, cells in sheet.rows
            if row > number and any(column.index in cells for column in columns)
        )
        kept = {column.index for column in columns}
        unreadable = tuple(each for each in sheet.unreadable if each[0] > number and each[1] in kept)
        return Loaded(table, rows, unreadable)
    return None


def _kind(name: str, titles: Iterable[str]) -> Kind | None:
    """What a sheet holds, by its name, else by its titles."""
    plain = fold(name)
    for kind, words in _NAMES:
        if any(word in plain for word in words):
            return kind
    vocabulary = default()
    found = [fold(title) for title in titles]
    if sum(vocabulary.match("indicators", title) is not None for title in found) >= 3:
        return "indicators"
    if sum(vocabulary.match("budget", title) is not None for title in found) >= 2:
        return "budget"
    return "units" if any(_key(title) == "name" for title in found) else None


def _key(title: str) -> str:
    plain = core(fold(title).rstrip(":"))
    return next((field for field, wordings in _KEYS.items() if plain in wordings), "")


def _column(index: int, title: str, kind: Kind, alone: bool) -> Column:
    """What a column's title means in a table of a kind; titles are matched like a form's labels."""
    words, plain = default(), fold(title)
    money = money_unit(title)
    key = _key(title)
    if key:
        return Column(index, "header", key, title)
    if kind == "units":
        for block in ("header", "goals"):
            match = words.match(block, title)
            if match is not None and match.field not in ("other", "ignore"):
                return Column(index, block, match.field, title)
        if alone and (found := _one_row(index, title, plain, money)) is not None:
            return found
        return Column(index, "own", core(plain.rstrip(":")), title)
    if plain in ("年度", "年份"):
        return Column(index, "header", "year", title)
    match = words.match(kind, title)
    if match is None or match.field in ("ignore", "total_column"):
        return Column(index, "own", core(plain.rstrip(":")), title)
    return Column(index, kind, match.field, title, money=money)


def _one_row(index: int, title: str, plain: str, money: str | None) -> Column | None:
    """A title of a table with everything in one row a unit: `年初预算数`, `其他资金·执行数`, `指标3指标值`."""
    words = default()
    numbered = _NUMBERED.match(plain)
    if numbered:
        field = "name" if numbered[2] in ("名称", "指标") else None
        match = None if field else words.match("indicators", numbered[2])
        if field or (match is not None and match.field != "ignore"):
            return Column(index, "indicators", field or match.field, title, f"#{int(numbered[1])}")  # type: ignore[union-attr]
    qualified = _QUALIFIED.match(plain)
    if qualified:
        item, field_title = qualified[1], qualified[2]
        match = words.match("budget", field_title)
        if match is not None and match.field in ("initial", "adjusted", "executed", "carried_in", "adjustment", "rate"):
            return Column(index, "budget", match.field, title, item, money)
        match = words.match("indicators", field_title)
        if match is not None and match.field != "ignore":
            return Column(index, "indicators", match.field, title, item)
    match = words.match("budget", title)
    if match is not None and match.field not in ("ignore", "item", "total_column", "note"):
        return Column(index, "budget", match.field, title, money=money)
    return None


def plain_number(value: Value) -> Decimal | None:
    """The number that a value is, thousands separators allowed; None for anything else."""
    if isinstance(value, Decimal):
        return value
    text = fold(value or "")
    return Decimal(text.replace(",", "")) if _PLAIN.fullmatch(text) else None


def as_text(value: Value) -> str:
    """A value as a text: a code that a workbook stores as a number has no decimals."""
    if isinstance(value, Decimal):
        return format(value.normalize() if value != value.to_integral() else value.to_integral(), "f")
    return value or ""
