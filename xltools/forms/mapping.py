"""A map: where a form's labels and values stand, said by a person instead of recognised.

A map corrects or completes recognition. It is a TOML file with one `[[form]]` for every form of the template: under
`[form.labels]` the cells that hold labels with the field that each one means (`E8 = "indicators.target"`, or
`"ignore"`), under `[form.values]` the fields that no label stands for with their cells (`"unit.name" = "B3"`). What a
map does not mention is recognised as ever.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

from xltools.errors import FormError, SettingsError
from xltools.evaluation import BudgetRow, Evaluation, FormKind, Goals, Total, UnitInfo
from xltools.figures import Figure, is_blank, parse
from xltools.forms.layout import one_line
from xltools.forms.vocabulary import IGNORE, default
from xltools.sheets.grid import Book, Grid, address, position
from xltools.texts import say

MONEY_UNITS = ("元", "千元", "万元", "亿元")
_BLOCKS = ("header", "budget", "goals", "indicators", "total")
_UNNAMED = frozenset({"other", "ignore", "total"})
_KEYS = ("sheet", "form", "year", "money_unit", "labels", "values")
_BUDGET_VALUE = re.compile(r"budget\[(\d{1,3})\]\.(\w+)")


class Spot(NamedTuple):
    """A cell; without a sheet it stands on the form's own."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        cell = address(self.row, self.column)
        return f"{self.sheet}!{cell}" if self.sheet else cell


Labels = Mapping[tuple[int, int], str]
"""What the labels of one sheet mean, by row and column: `indicators.target` or `ignore`."""


@dataclass(frozen=True)
class MappedForm:
    """What a map says of one form; a form without a sheet is meant for every sheet."""

    sheet: str | None = None
    form: FormKind | None = None
    year: str | None = None
    money_unit: str | None = None
    labels: Mapping[Spot, str] = field(default_factory=dict)
    values: Mapping[str, Spot] = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """A map laid over one workbook: the labels of each of its sheets, and what is said of the forms there."""

    labels: Mapping[str, Labels] = field(default_factory=dict)
    forms: Mapping[str, tuple[MappedForm, ...]] = field(default_factory=dict)

    def on(self, grid: Grid) -> Labels:
        """What the labels of a sheet mean."""
        return self.labels.get(grid.sheet, {})

    def form(self, grid: Grid, number: int) -> MappedForm | None:
        """What is said of the first, second… form of a sheet."""
        forms = self.forms.get(grid.sheet, ())
        return forms[number] if number < len(forms) else None


@dataclass(frozen=True)
class FormMap:
    """A map as read from its file."""

    path: str
    forms: tuple[MappedForm, ...]

    def placed(self, book: Book) -> Placed:
        """The map laid over a workbook.

        Raises FormError, naming all of them, where a sheet is not in the workbook or a cell that must hold a label
        is blank or holds a number: then the workbook is not of the template that the map was made for.
        """
        problems: list[str] = []
        labels: dict[str, dict[tuple[int, int], str]] = {}
        forms: dict[str, tuple[MappedForm, ...]] = {}
        for mapped in self.forms:
            for grid in self._grids(mapped, book, problems):
                forms[grid.sheet] = (*forms.get(grid.sheet, ()), mapped)
                for spot, target in mapped.labels.items():
                    at = book.grid(spot.sheet) if spot.sheet else grid
                    if at is None:
                        problems.append(_no_sheet(spot.sheet, book))
                    elif problem := _no_label(at, spot, target):
                        problems.append(problem)
                    else:
                        area = at.area(spot.row, spot.column)
                        labels.setdefault(at.sheet, {})[area.top, area.left] = target
        if problems:
            raise FormError(_joined("mapping.does_not_fit", problems, path=book.path, map=self.path))
        return Placed(labels, forms)

    def _grids(self, mapped: MappedForm, book: Book, problems: list[str]) -> list[Grid]:
        if mapped.sheet is None:
            return [grid for grid in book.grids if grid.state == "visible"]
        named = book.grid(mapped.sheet)
        if named is not None:
            return [named]
        visible = [grid for grid in book.grids if grid.state == "visible"]
        # Who returns a form often renames its only sheet.
        if len(visible) == 1 and len(self.forms) == 1:
            return visible
        problems.append(_no_sheet(mapped.sheet, book))
        return []


@cache
def label_fields() -> Mapping[str, tuple[str, ...]]:
    """The fields that a label can mean, by block."""
    words = default()
    found = {
        block: tuple(dict.fromkeys(match.field for match in words.exact[block].values() if match.field not in _UNNAMED))
        for block in _BLOCKS
    }
    return {**found, "total": ("score", *found["total"])}


@cache
def value_fields() -> Mapping[str, tuple[str, ...]]:
    """The fields that a map can give a cell of their own, by block."""
    records = {"unit": UnitInfo, "goals": Goals, "total": Total, "budget[0]": BudgetRow}
    others = ("kind", "depth", "group", "row")
    return {
        block: tuple(entry.name for entry in fields(kind) if entry.name not in others)
        for block, kind in records.items()
    }


def load_map(path: str | os.PathLike[str]) -> FormMap:
    """The map in a TOML file.

    Raises SettingsError where the file cannot be read, or with everything that is wrong in it: each with its key, what
    was found and what is allowed.
    """
    file = Path(path)
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(say("mapping.unreadable", path=path, reason=error.strerror or str(error))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(say("mapping.not_toml", path=path, reason=error)) from error
    problems = [_wrong(key, data[key], "[[form]]") for key in data if key != "form"]
    listed = data.get("form")
    tables = [listed] if isinstance(listed, dict) else listed
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables) or not tables:
        problems.append(_wrong("form", listed, "[[form]]"))
        tables = []
    several = len(tables) > 1
    forms = [_form(f"form[{number}]" if several else "form", table, problems) for number, table in enumerate(tables, 1)]
    if problems:
        raise SettingsError(_joined("mapping.wrong", problems, path=path))
    return FormMap(str(path), tuple(forms))


def _form(key: str, table: Mapping[str, Any], problems: list[str]) -> MappedForm:
    problems += [_wrong(f"{key}.{name}", table[name], ", ".join(_KEYS)) for name in table if name not in _KEYS]
    sheet = table.get("sheet")
    if sheet is not None and (not isinstance(sheet, str) or not sheet.strip()):
        problems.append(_wrong(f"{key}.sheet", sheet, say("mapping.allowed.text")))
    kind, unit = table.get("form"), table.get("money_unit")
    for name, value, choices in (("form", kind, get_args(FormKind)), ("money_unit", unit, MONEY_UNITS)):
        if value is not None and value not in choices:
            problems.append(_wrong(f"{key}.{name}", value, ", ".join(choices)))
    year = table.get("year")
    if year is not None and not re.fullmatch(r"20\d\d", str(year)):
        problems.append(_wrong(f"{key}.year", year, say("mapping.allowed.year")))
    labels: dict[Spot, str] = {}
    for cell, target in _entries(f"{key}.labels", table.get("labels"), problems):
        if (spot := _spot(cell)) is None:
            problems.append(_wrong(f"{key}.labels.{cell}", cell, say("mapping.allowed.cell")))
        elif allowed := _not_a_label(target):
            problems.append(_wrong(f"{key}.labels.{cell}", target, allowed))
        else:
            labels[spot] = str(target)
    values: dict[str, Spot] = {}
    for path, place in _entries(f"{key}.values", table.get("values"), problems):
        if allowed := _not_a_value(path):
            problems.append(_wrong(f"{key}.values", path, allowed))
        elif (spot := _spot(place)) is None:
            problems.append(_wrong(f"{key}.values.{path}", place, say("mapping.allowed.cell")))
        else:
            values[path] = spot
    return MappedForm(sheet, kind, None if year is None else str(year), unit, labels, values)


def _entries(key: str, table: object, problems: list[str], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Keys and values of a table; what is written without quotes (`unit.name = "B3"`) counts as if it had them."""
    if table is None:
        return
    if not isinstance(table, dict):
        problems.append(_wrong(key, table, say("mapping.allowed.table")))
        return
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _entries(f"{key}.{name}", value, problems, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _spot(text: object) -> Spot | None:
    sheet, _, cell = text.rpartition("!") if isinstance(text, str) else ("", "", "")
    try:
        row, column = position(cell)
    except ValueError:
        return None
    return Spot(sheet.strip("'"), row, column) if row else None


def _not_a_label(target: object) -> str:
    """What is allowed instead of a label's field; empty where it is one."""
    known = label_fields()
    names = [f"{block}.{name}" for block, inside in known.items() for name in inside]
    if target == IGNORE or target in names:
        return ""
    block = str(target).partition(".")[0]
    own = [f"{block}.{name}" for name in known.get(block, ())]
    return ", ".join([*(_near(str(target), names) or own or [f"{block}.…" for block in known]), IGNORE])


def _not_a_value(name: str) -> str:
    """What is allowed instead of a value's field; empty where it is one."""
    known = value_fields()
    row = _BUDGET_VALUE.fullmatch(name)
    block, _, last = ("budget[0]", "", row[2]) if row else name.rpartition(".")
    if name == "title" or last in known.get(block, ()):
        return ""
    names = ["title", *(f"{block}.{entry}" for block, inside in known.items() for entry in inside)]
    own = [f"{block}.{entry}" for entry in known.get(block, ())]
    return ", ".join(_near(name, names) or own or ["title", *(f"{block}.…" for block in known)])


def _near(name: str, names: list[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, names, 1, 0.75)


def _no_sheet(name: str, book: Book) -> str:
    sheets = "、".join(grid.sheet for grid in book.grids)
    return say("mapping.no_sheet", sheet=name, sheets=sheets)


def _no_label(grid: Grid, spot: Spot, target: str) -> str | None:
    """What is wrong with a cell that is said to hold a label; None where it may."""
    text = grid.text(spot.row, spot.column)
    if text and not _is_figure(text):
        return None
    cell = f"{grid.sheet}!{address(spot.row, spot.column)}"
    return say("mapping.number_for_label" if text else "mapping.blank_for_label", cell=cell, target=target, found=text)


def _is_figure(text: str) -> bool:
    """Whether a text is a value (`≥320公顷`, `30`) and no label, which may begin with a number too (`2023年预算数`)."""
    parsed = parse(text)
    return parsed.number is not None and (bool(parsed.sign) or len(parsed.unit) <= 3)


def _wrong(key: str, found: object, allowed: str) -> str:
    text = say("mapping.nothing") if found is None else str(found)
    return say("mapping.problem", setting=key, found=text, allowed=allowed)


def _joined(key: str, problems: list[str], **values: object) -> str:
    return "\n".join([say(key, **values), *(f"  {problem}" for problem in dict.fromkeys(problems))])


def complete(evaluation: Evaluation, mapped: MappedForm, book: Book) -> Evaluation:
    """A form with the values that its map gives a cell of their own; a blank cell makes a field blank.

    Raises FormError where a value's sheet is not in the workbook or its budget row is not in the form.
    """
    changes: dict[str, Any] = {
        name: value for name in ("form", "year", "money_unit") if (value := getattr(mapped, name)) is not None
    }
    budget = list(evaluation.budget)
    records: dict[str, dict[str, Figure | None]] = {}
    for path, spot in mapped.values.items():
        figure = _figure(book, spot, evaluation.sheet)
        row = _BUDGET_VALUE.fullmatch(path)
        if path == "title":
            changes["title"] = figure
        elif row is None:
            block, _, name = path.partition(".")
            records.setdefault(block, {})[name] = figure
        else:
            number = int(row[1])
            if number > len(budget):
                raise FormError(say("mapping.no_budget_row", path=book.path, setting=path, rows=len(budget)))
            if number == len(budget):
                budget.append(BudgetRow(kind="part" if budget else "total", depth=1 if budget else 0, row=spot.row))
            budget[number] = replace(budget[number], **{row[2]: figure})  # type: ignore[arg-type]  # a Figure field
    for block, values in records.items():
        changes[block] = replace(getattr(evaluation, block), **values)
    return replace(evaluation, budget=tuple(budget), **changes)


def _figure(book: Book, spot: Spot, own_sheet: str) -> Figure | None:
    grid = book.grid(spot.sheet or own_sheet)
    if grid is None:
        raise FormError(say("mapping.no_sheet", sheet=spot.sheet, sheets="、".join(g.sheet for g in book.grids)))
    cell = grid.shown(spot.row, spot.column)
    if cell is None or is_blank(cell.text):
        return None
    figure = Figure.of_cell(cell, grid.sheet)
    return replace(figure, text=one_line(figure.text)) if "\n" in figure.text else figure
