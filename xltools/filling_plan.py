"""Where a unit's data goes in a template: which cell gets which value, which rows are needed, and what has no place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from xltools.edits import Value
from xltools.figures import fold
from xltools.filling_rules import refusal
from xltools.forms.places import FormPlaces, IndicatorRow, MoneyRow, Place
from xltools.forms.vocabulary import core, default
from xltools.ooxml.cells import MAX_TEXT
from xltools.roster import Problem, Record, Roster, Severity, Unit
from xltools.roster_tables import Column, as_text, plain_number
from xltools.roster_tables import Value as Given
from xltools.sheets.grid import Validation, address
from xltools.texts import say

Cell = tuple[str, int, int]
"""Sheet, row, column."""
Spare = Literal["blank", "remove"]

_FIGURES = frozenset(
    {
        *("initial", "adjusted", "executed", "rate", "weight", "score", "carried_in", "adjustment", "carry_over"),
        *("target", "target_adjusted", "actual", "coefficient", "score_rate", "total_score"),
    }
)
_LEVELS = ("level1", "level2")
_NOT_WRITTEN = frozenset({("header", "code"), ("header", "name"), ("header", "year"), ("budget", "item")})
"""What tells rows, units and file names apart, wherever the template has no cell for it."""
_PREFIX = re.compile(r"^#?其中[:：]?|^(?:当年|本年|年度)")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a unit's form differs in rows from the template: rows put in below others, rows taken out."""

    added: tuple[tuple[int, int], ...] = ()
    removed: tuple[int, ...] = ()

    def row(self, row: int, below: int = 0) -> int:
        """Where a row of the template, or the so-manieth new one below it, stands in the unit's form."""
        added = sum(count for after, count in self.added if after < row)
        return row + below + added - sum(gone < row for gone in self.removed)


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a template for one unit: its layout, and the values by cell of the form that it gives."""

    layout: Layout
    values: Mapping[Cell, Value]


@dataclass
class _Draft:
    """A plan in the making; rows count as in the template, new ones by their distance from the row above them."""

    values: dict[tuple[Cell, int], Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    inline: dict[tuple[str, int, int], list[tuple[Place, str]]] = field(default_factory=dict)

    def problem(self, place: str, key: str, **values: object) -> None:
        self.problems.append(Problem(place, say(key, **values)))


@dataclass(frozen=True)
class Planner:
    """Plans the units of a roster on one form of a template.

    `formats` gives the number format of a cell, `rules` are the form's own data validations. `spare` says what becomes
    of indicator rows that a unit does not need.
    """

    form: FormPlaces
    formats: Callable[[str, int, int], str]
    rules: Sequence[tuple[str, Validation]] = ()
    spare: Spare = "blank"
    _rule_at: dict[Cell, Validation | None] = field(default_factory=dict, repr=False, compare=False)
    _rows_of: dict[str, list[MoneyRow]] = field(default_factory=dict, repr=False, compare=False)

    def columns(self, roster: Roster) -> Iterator[Problem]:
        """Columns of the data that the template has no place for or fills itself, and titles that nobody knows."""
        for table in roster.tables:
            for column in table.columns:
                place = table.at(table.titles, column.index)
                for key, severity in self._against(column):
                    yield Problem(place, say(key, title=column.title, unit=self.form.money_unit), severity)

    def _against(self, column: Column) -> Iterator[tuple[str, Severity]]:
        """What the template has against a column, and how bad that is."""
        if column.block == "own":
            if column.field not in self.form.labelled:
                yield "fill.unknown_column", "warning"
        elif (column.block, column.field) not in _NOT_WRITTEN:
            places = self._places(column)
            if not places and column.field in _LEVELS:
                if not self._printed_levels:
                    yield "fill.no_levels", "warning"
            elif not places:
                yield "fill.no_place", "error"
            elif all(place.computed for place in places):
                yield "fill.computed", "warning"
        if column.money and self.form.money_unit and column.money != self.form.money_unit:
            yield "fill.money_unit", "error"

    def _places(self, column: Column) -> list[Place]:
        """Every cell of the template that a column's values may go to."""
        name = column.field
        if column.block == "budget":
            return [row.cells[name] for row in self.form.budget if name in row.cells]
        if column.block == "indicators":
            return [row.cells[name] for row in self.form.indicators if name in row.cells]
        place = self._header(column.block, name)
        return [place] if place is not None else []

    @property
    def _printed_levels(self) -> bool:
        return any(row.level1 or row.level2 for row in self.form.indicators)

    def _header(self, block: str, name: str) -> Place | None:
        if block == "goals":
            return self.form.goals.get(name)
        place = self.form.header.get(name)
        if place is None and name in ("total_score", "grade"):
            return self.form.total.get("score" if name == "total_score" else "grade")
        return place

    def plan(self, unit: Unit) -> tuple[Plan, list[Problem]]:
        """What becomes of the template for a unit, and what of its data cannot be placed."""
        draft = _Draft()
        self._place_header(unit, draft)
        for record in unit.budget():
            self._place_budget(record, draft)
        self._check_totals(unit.budget(), draft)
        layout = self._place_indicators(unit.indicators(), draft)
        values = {
            (sheet, layout.row(row, below) if sheet == self.form.sheet else row, column): value
            for ((sheet, row, column), below), value in draft.values.items()
        }
        for (sheet, row, column), parts in draft.inline.items():
            text = parts[0][0].held
            for place, value in sorted(parts, key=lambda part: part[0].insert or (0, 0), reverse=True):
                start, end = place.insert or (len(text), len(text))
                gap = "  " if end < len(text) else ""
                text = text[:start] + value + gap + text[end:]
            values[sheet, layout.row(row), column] = text
        return Plan(layout, values), draft.problems

    def _place_header(self, unit: Unit, draft: _Draft) -> None:
        seen = set()
        for column, value, where in unit.header():
            place = self.form.labelled.get(core(fold(column.title).rstrip(":"))) if column.block == "own" else None
            place = place or self._header(column.block, column.field)
            seen.add(column.field)
            if place is not None:
                self._write(draft, place, 0, column.field, value, where)
        implementer = self.form.header.get("implementer")
        # A project form names the unit that evaluates itself as 实施单位.
        if "name" not in self.form.header and implementer is not None and "implementer" not in seen:
            self._write(draft, implementer, 0, "name", unit.name, unit.place)

    def _place_budget(self, record: Record, draft: _Draft) -> None:
        rows = self._money_rows(record.item)
        if not rows:
            draft.problem(record.place, "fill.no_budget_row", item=record.item, rows=self._money_names())
            return
        for name, (value, where) in record.values.items():
            if name == "item":
                continue
            places = [row.cells[name] for row in rows if name in row.cells]
            inputs = [place for place in places if not place.computed]
            if not places:
                draft.problem(where, "fill.no_budget_cell", item=record.item or rows[0].item, text=as_text(value))
            for place in inputs:
                self._write(draft, place, 0, name, value, where)

    def _money_rows(self, item: str) -> list[MoneyRow]:
        """The rows that an item means: the total where it names none, else the rows of its name, or one like it."""
        if item not in self._rows_of:
            self._rows_of[item] = self._find_money_rows(item)
        return self._rows_of[item]

    def _find_money_rows(self, item: str) -> list[MoneyRow]:
        rows = self.form.budget
        own = [row for row in rows if row.sheet == self.form.sheet]
        words = default()
        if not item:
            return [next((row for row in own if row.total), own[0])] if own else []
        wanted = _item(item)
        exact = [row for row in rows if _item(row.item) == wanted]
        if exact:
            return exact
        total = words.match("funds", item)
        if total is not None:
            return [row for row in rows if row.total]
        return [row for row in rows if row.item and _bare(row.item) == _bare(item)]

    def _money_names(self) -> str:
        return "、".join(dict.fromkeys(row.item for row in self.form.budget if row.item))

    def _check_totals(self, records: Sequence[Record], draft: _Draft) -> None:
        """A total that the template computes must be what its parts in the data add up to."""
        for record in records:
            rows = self._money_rows(record.item)
            for name, (value, where) in record.values.items():
                cells = [(row, row.cells[name]) for row in rows if name in row.cells]
                number = plain_number(value)
                if not cells or any(not place.computed for _, place in cells) or number is None:
                    continue
                row = cells[0][0]
                if not row.total or name in ("rate", "score", "weight", "carry_over"):
                    continue
                parts = [
                    amount
                    for other in self.form.budget
                    if other.sheet == row.sheet and not other.total and name in other.cells
                    if isinstance(amount := draft.values.get((_cell(other.cells[name]), 0)), Decimal)
                ]
                if not parts and all(other.cells[name].computed for other in self.form.budget if name in other.cells):
                    continue
                if not parts:
                    names = "、".join(
                        other.item for other in self.form.budget if other.sheet == row.sheet and not other.total
                    )
                    draft.problem(where, "fill.total_computed", item=row.item, parts=names)
                elif sum(parts) != number:
                    draft.problem(where, "fill.total_differs", item=row.item, found=number, expected=sum(parts))

    def _place_indicators(self, records: Sequence[Record], draft: _Draft) -> Layout:
        groups = _groups(self.form.indicators)
        free = {index: [row for row in group if not row.name] for index, group in enumerate(groups)}
        printed = {_name(row.name): row for row in self.form.indicators if row.name}
        added: dict[int, int] = {}
        if records and not groups:
            draft.problem(records[0].place, "fill.no_indicator_table")
            return Layout()
        for record in records:
            row = printed.pop(_name(record.item), None) if record.item else None
            if row is not None:
                self._write_indicator(draft, row, 0, record, named=True)
                continue
            index = self._group(groups, record, draft)
            if index is None:
                continue
            if free[index]:
                self._write_indicator(draft, free[index].pop(0), 0, record)
            else:
                last = groups[index][-1]
                added[last.row] = added.get(last.row, 0) + 1
                self._write_indicator(draft, last, added[last.row], record)
        removed: list[int] = []
        if self.spare == "remove" and records:
            for index, group in enumerate(groups):
                # A printed level keeps a row of its own, the model of the table's rows stays.
                keep = 1 if len(free[index]) == len(group) else 0
                removed += [row.row for row in free[index][keep:]]
        return Layout(tuple(sorted(added.items())), tuple(sorted(removed)))

    def _group(self, groups: Sequence[Sequence[IndicatorRow]], record: Record, draft: _Draft) -> int | None:
        """The rows of a record's levels; None where the template prints levels and it cannot be told."""
        if not self._printed_levels:
            return 0
        one, two = _level(record.text("level1")), _level(record.text("level2"))
        fits = [
            index
            for index, group in enumerate(groups)
            if (not one or one == _level(group[0].level1)) and (not two or two == _level(group[0].level2))
        ]
        if (one or two) and len(fits) == 1:
            return fits[0]
        names = "、".join(dict.fromkeys(group[0].level2 or group[0].level1 for group in groups))
        given = "·".join(text for text in (record.text("level1"), record.text("level2")) if text)
        key = "fill.level_missing" if not given else "fill.level_unknown" if not fits else "fill.level_ambiguous"
        draft.problem(record.place, key, name=record.item, level=given, levels=names)
        return None

    def _write_indicator(
        self, draft: _Draft, row: IndicatorRow, below: int, record: Record, *, named: bool = False
    ) -> None:
        for name, (value, where) in record.values.items():
            place = row.cells.get(name)
            if place is None:
                level = name in _LEVELS and (row.level1 or row.level2 or not self._has_level_cells)
                if not level and any(name in other.cells for other in self.form.indicators):
                    draft.problem(where, "fill.no_cell_in_row", name=record.item, text=as_text(value))
                continue
            if place.computed or (named and name == "name"):
                continue
            if below == 0 and name in _LEVELS and draft.values.get((_cell(place), 0), as_text(value)) != as_text(value):
                draft.problem(where, "fill.level_shared", cell=f"{place.sheet}!{address(place.row, place.column)}")
                continue
            self._write(draft, place, below, name, value, where)

    @property
    def _has_level_cells(self) -> bool:
        return any(name in row.cells for row in self.form.indicators for name in _LEVELS)

    def _write(self, draft: _Draft, place: Place, below: int, name: str, value: Given, where: str) -> None:
        if place.computed or value is None:
            return
        if place.insert is not None:
            draft.inline.setdefault((place.sheet, place.row, place.column), []).append((place, as_text(value)))
            return
        content = self._content(place, name, value)
        if isinstance(content, str) and len(content) > MAX_TEXT:
            draft.problem(where, "fill.too_long", length=len(content), limit=MAX_TEXT)
            return
        refusal = self._refused(place, content)
        if refusal:
            draft.problems.append(Problem(where, refusal))
            return
        draft.values[_cell(place), below] = content

    def _content(self, place: Place, name: str, value: Given) -> Value:
        """A value as its cell is to hold it: figures as numbers, a percentage in the scale of the cell."""
        if name not in _FIGURES:
            return as_text(value)
        number = plain_number(value)
        if number is not None:
            return number
        text = as_text(value)
        percent = plain_number(fold(text).removesuffix("%")) if fold(text).endswith("%") else None
        if percent is not None:
            if "%" in self.formats(place.sheet, place.row, place.column):
                return percent / 100
            if name in ("rate", "coefficient", "score_rate") and "%" in fold(place.label):
                return percent
        return text

    def _refused(self, place: Place, content: Value) -> str | None:
        """What the cell's own data validation has against a value; None where it accepts it."""
        cell = _cell(place)
        if cell not in self._rule_at:
            guarding = (
                rule
                for sheet, rule in self.rules
                if sheet == place.sheet and any(area.covers(place.row, place.column) for area in rule.areas)
            )
            self._rule_at[cell] = next(guarding, None)
        rule = self._rule_at[cell]
        return None if rule is None else refusal(rule, content)


def _cell(place: Place) -> Cell:
    return place.sheet, place.row, place.column


def _groups(rows: Sequence[IndicatorRow]) -> list[list[IndicatorRow]]:
    """The rows of each printed level; all rows together where none is printed."""
    groups: dict[tuple[int, int], list[IndicatorRow]] = {}
    for row in rows:
        groups.setdefault((row.level1_row, row.level2_row), []).append(row)
    return list(groups.values())


def _name(text: str) -> str:
    return core(fold(text))


def _level(text: str) -> str:
    return core(fold(text)).removesuffix("指标")


def _item(text: str) -> str:
    return core(fold(text).rstrip(":"))


def _bare(text: str) -> str:
    plain = _item(text)
    for _ in range(2):
        plain = _PREFIX.sub("", plain)
    return plain
