"""The data behind `fill`: units with their header, budget rows and indicators, each value with the cell it came from.

A data workbook has the sheets 单位, 预算 and 指标; a folder may hold CSV files of these names; one sheet or CSV may
hold everything in one row a unit. What is wrong with the data as such is collected here, all of it at once; what a
template has no place for is found when the units are planned (`xltools.filling_plan`).
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from xltools.errors import InputError
from xltools.figures import fold
from xltools.roster_tables import Column, Loaded, Row, Table, Value, as_text, load, plain_number
from xltools.texts import say

Severity = Literal["error", "warning"]

AMOUNT_FIELDS = frozenset({"initial", "adjusted", "executed", "carried_in", "adjustment", "carry_over", "rate"})
POINT_FIELDS = frozenset({"weight", "score"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the data, and where: `预算!C5`. A warning does not keep the forms from being filled."""

    place: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class RosterError(InputError):
    """Data that forms cannot be filled from; `problems` holds everything that is wrong with it."""

    def __init__(self, path: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [say("fill.refused", path=path, count=len(self.problems)), *map(str, self.problems)]
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Record:
    """A budget row or an indicator of a unit: values by field, each with its cell; `row` orders it."""

    item: str
    values: dict[str, tuple[Value, str]]
    place: str
    row: int = 0

    def text(self, name: str) -> str:
        """A field as text, empty where it is blank."""
        return as_text(self.values[name][0]) if name in self.values else ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its code (its name where the data has no codes), name, and rows of the tables that speak of it."""

    code: str
    name: str
    row: Row
    budget_rows: tuple[Row, ...] = ()
    indicator_rows: tuple[Row, ...] = ()

    @property
    def place(self) -> str:
        """The cell that names the unit."""
        return self.row.place("header", "code" if self.row.table.column("header", "code") else "name")

    def header(self) -> Iterator[tuple[Column, Value, str]]:
        """The unit's own values outside the tables: column, value, cell."""
        for column, value in self.row.filled():
            if column.block in ("header", "goals", "own"):
                yield column, value, self.row.table.at(self.row.number, column.index)

    def budget(self) -> list[Record]:
        """The unit's budget rows, in the order of the data."""
        found = [_record(row, "budget", "item") for row in self.budget_rows]
        return found + list(_one_row(self.row, "budget"))

    def indicators(self) -> list[Record]:
        """The unit's indicators in the order of the data; its own one takes the place of a common one of that name."""
        records = [(_record(row, "indicators", "name"), _owner(row)) for row in self.indicator_rows]
        own = {fold(record.item) for record, owner in records if owner}
        kept = [record for record, owner in records if owner or fold(record.item) not in own]
        return sorted(kept, key=lambda record: record.row) + list(_one_row(self.row, "indicators"))


def _record(row: Row, block: str, name: str) -> Record:
    values: dict[str, tuple[Value, str]] = {}
    item = ""
    for column, value in row.filled():
        if column.block == block and column.field == name:
            item = as_text(value)
        if column.block == block:
            values.setdefault(column.field, (value, row.table.at(row.number, column.index)))
    return Record(item, values, row.place(block, name), row.number)


def _one_row(row: Row, block: str) -> Iterator[Record]:
    """The budget rows or indicators that stand in a unit's own row, one for every item that the titles name."""
    by_item: dict[str, dict[str, tuple[Value, str]]] = {}
    for column, value in row.filled():
        if column.block == block:
            place = row.table.at(row.number, column.index)
            by_item.setdefault(column.item, {}).setdefault(column.field, (value, place))
    for item, values in by_item.items():
        if block == "indicators" and item.startswith("#"):
            name, place = values.get("name", (None, next(iter(values.values()))[1]))
            yield Record(as_text(name), values, place, row.number)
        else:
            yield Record(item, values, next(iter(values.values()))[1], row.number)


@dataclass
class Roster:
    """The units of a data workbook in its order, its tables, and what is wrong with it."""

    path: str
    units: list[Unit]
    tables: tuple[Table, ...]
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep the forms from being filled."""
        return [problem for problem in self.problems if problem.severity == "error"]


def read_roster(path: str | os.PathLike[str]) -> Roster:
    """The units of a data workbook, a CSV file or a folder of CSV files, with every problem of the data.

    Raises InputError where the file cannot be read at all or holds no table of units.
    """
    loaded = load(path)
    problems: list[Problem] = []
    for each in loaded:
        problems += _unreadable(each)
        problems += _twice(each.table)
    units = _units([each for each in loaded if each.table.kind == "units"], problems)
    _attach(units, [each for each in loaded if each.table.kind != "units"], problems)
    for each in loaded:
        problems += _figures(each)
    order = {each.table.name: index for index, each in enumerate(loaded)}
    problems.sort(key=lambda problem: order.get(problem.place.rpartition("!")[0], len(order)))
    return Roster(os.fspath(path), list(units.values()), tuple(each.table for each in loaded), problems)


def _unreadable(loaded: Loaded) -> Iterator[Problem]:
    for row, column, text in loaded.unreadable:
        yield Problem(loaded.table.at(row, column), say("fill.unreadable_cell", text=text))


def _twice(table: Table) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Column] = {}
    for column in table.columns:
        key = (column.block, column.field, column.item)
        if key in seen:
            first = table.at(table.titles, seen[key].index)
            yield Problem(
                table.at(table.titles, column.index), say("fill.column_twice", title=column.title, first=first)
            )
        seen.setdefault(key, column)


def _units(tables: Sequence[Loaded], problems: list[Problem]) -> dict[str, Unit]:
    """The units by their key: the code, or the name where the data has no codes."""
    units: dict[str, Unit] = {}
    for loaded in tables:
        table = loaded.table
        coded = table.column("header", "code") is not None
        if table.column("header", "name") is None:
            problems.append(Problem(table.at(table.titles, 1), say("fill.no_name_column")))
            continue
        for row in loaded.rows:
            code, name = as_text(row.get("header", "code")).strip(), as_text(row.get("header", "name")).strip()
            if not name:
                problems.append(Problem(row.place("header", "name"), say("fill.name_missing")))
            if coded and not code:
                problems.append(Problem(row.place("header", "code"), say("fill.code_missing", name=name)))
            key = code if coded else name
            if not key or not name:
                continue
            if key in units:
                what = "fill.code_twice" if coded else "fill.name_twice"
                first = units[key].place
                problems.append(
                    Problem(row.place("header", "code" if coded else "name"), say(what, unit=key, first=first))
                )
            else:
                units[key] = Unit(key, name, row)
    if not units and not problems:
        problems.append(Problem(tables[0].table.name, say("fill.no_rows")))
    return units


def _attach(units: dict[str, Unit], tables: Sequence[Loaded], problems: list[Problem]) -> None:
    """Give every unit its rows of the 预算 and 指标 tables; an indicator without a unit belongs to every one."""
    by_name: dict[str, list[str]] = {}
    for key, unit in units.items():
        by_name.setdefault(unit.name, []).append(key)
    budget: dict[str, list[Row]] = {}
    indicators: dict[str, list[Row]] = {}
    common: list[Row] = []
    for loaded in tables:
        for row in loaded.rows:
            code, name = as_text(row.get("header", "code")).strip(), as_text(row.get("header", "name")).strip()
            given, field_name = (code, "code") if code else (name, "name")
            keys = [code] if code in units else by_name.get(name, []) if not code else []
            if not given and loaded.table.kind == "indicators":
                common.append(row)
            elif not given:
                problems.append(Problem(row.place("header", "code"), say("fill.row_without_unit")))
            elif not keys:
                problems.append(Problem(row.place("header", field_name), say("fill.unknown_unit", unit=given)))
            elif len(keys) > 1:
                problems.append(Problem(row.place("header", "name"), say("fill.ambiguous_unit", unit=given)))
            else:
                (budget if loaded.table.kind == "budget" else indicators).setdefault(keys[0], []).append(row)
        if loaded.table.kind == "indicators":
            problems += _named(loaded)
    shared = tuple(common)
    for key, unit in units.items():
        # One tuple serves all units that have nothing of their own.
        own = indicators.get(key)
        rows = (*common, *own) if own else shared
        units[key] = Unit(unit.code, unit.name, unit.row, tuple(budget.get(key, ())), rows)


def _owner(row: Row) -> str:
    """The unit that a row of a table names, by code or name; empty for a row of every unit."""
    return (as_text(row.get("header", "code")) or as_text(row.get("header", "name"))).strip()


def _named(loaded: Loaded) -> Iterator[Problem]:
    for row in loaded.rows:
        if not as_text(row.get("indicators", "name")) and any(
            column.block == "indicators" for column, _ in row.filled()
        ):
            yield Problem(row.place("indicators", "name"), say("fill.indicator_unnamed"))


def _figures(loaded: Loaded) -> Iterator[Problem]:
    """Amounts, weights and scores that are no figures."""
    wanted = [
        (position, column)
        for position, column in enumerate(loaded.table.columns)
        if (column.block == "budget" and column.field in AMOUNT_FIELDS | POINT_FIELDS)
        or (column.block == "indicators" and column.field in POINT_FIELDS)
    ]
    for row in loaded.rows:
        for position, column in wanted:
            value = row.values[position]
            if value is None or plain_number(value) is not None:
                continue
            rate = column.field == "rate" and plain_number(as_text(value).rstrip("%％")) is not None
            if not rate:
                place = row.table.at(row.number, column.index)
                yield Problem(place, say("fill.not_a_figure", title=column.title, text=as_text(value)))
