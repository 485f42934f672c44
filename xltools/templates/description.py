"""The official templates as data: what a TOML description holds, read and checked.

One description draws one form (its labels, fields, areas, indicator columns, instructions); `_common.toml` holds what
all of them share. A new year, another district's columns or another wording is an edit of such a file.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from xltools.errors import TemplateError

Kind = Literal["text", "amount", "signed", "weight", "full", "score", "percent", "list"]
COMMON = "_common.toml"
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Field:
    """An input or derived field: how it looks, what its data validation admits, and what it tells the user."""

    name: str
    kind: Kind = "text"
    align: Literal["left", "center", "right"] = "center"
    format: str = "General"
    bold: bool = False
    prompt: str = ""
    error: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One area of a row: a printed label or a field; `down` counts the rows that it covers."""

    left: str
    right: str
    down: int = 1
    label: str | None = None
    field: str | None = None
    style: Literal["cell", "title", "subtitle", "line", "line-end"] = "cell"
    preset: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form above or below the indicators; `budget` says what its amounts are, `item` their name."""

    height: float
    slots: tuple[Slot, ...]
    budget: Literal["total", "appropriation", "part"] | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the indicator block."""

    at: str
    label: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A level-1 group of the indicators: its full marks, and the rows that each level-2 group offers."""

    level1: str
    full: int
    level2: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicator block; without groups it has `rows` rows."""

    label: str
    at: str
    header_height: float
    height: float
    columns: tuple[Column, ...]
    rows: int
    groups: tuple[Group, ...] = ()
    level1: Column | None = None
    level2: Column | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """The sheet of budget and accounts by fund; `appropriations` of the funds make up 财政拨款."""

    sheet: str
    title: str
    money_unit: str
    widths: tuple[float, ...]
    headers: tuple[str, ...]
    total: str
    funds: tuple[str, ...]
    appropriations: int
    amount_prompt: str
    amount_error: str
    adjustment_prompt: str
    adjustment_error: str
    public_title: str
    public_headers: tuple[str, ...]
    public_total: str
    public: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """The words of the self-check sheet."""

    sheet: str
    title: str
    widths: tuple[float, ...]
    headers: tuple[str, ...]
    verdict: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """One official template.

    `percent` is what a full execution rate is printed as: 100 or 1 (then shown as 100%). `minimum_core` is the number
    of core indicators that the region asks for, 0 where it asks for none. `reconcile` names, per kind of budget row,
    the amounts that must agree with the balance sheet. `pages` is how many pages high the form prints, 0 for any.
    """

    name: str
    title: str
    kind: Literal["department", "project"]
    region: str
    basis: str
    years: str
    year: int
    percent: Literal[1, 100]
    minimum_core: int
    reconcile: Mapping[str, tuple[str, ...]]
    sheet: str
    orientation: Literal["portrait", "landscape"]
    pages: int
    widths: tuple[float, ...]
    head: tuple[Row, ...]
    foot: tuple[Row, ...]
    indicators: Indicators
    fields: Mapping[str, Field]
    balance: Balance
    check: SelfCheck
    instruction_sheet: str
    instruction_title: str
    instructions: tuple[str, ...]
    colours: tuple[str, ...]


def _tuples(value: Any) -> Any:
    """Lists as tuples, all the way down, so that a description cannot be changed after it was read."""
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _row(data: Mapping[str, Any]) -> Row:
    slots = []
    for cell in data["cells"]:
        left, _, right = cell["at"].partition(":")
        rest = {key: value for key, value in cell.items() if key != "at"}
        slots.append(Slot(left=left, right=right or left, **rest))
    return Row(data["height"], tuple(slots), data.get("budget"), data.get("item", ""))


def _indicators(data: Mapping[str, Any]) -> Indicators:
    groups = tuple(Group(**_tuples_of(group)) for group in data.get("groups", ()))
    rows = data.get("rows") or sum(count for group in groups for _, count in group.level2)
    return Indicators(
        label=data["label"],
        at=data["at"],
        header_height=data["header_height"],
        height=data["height"],
        columns=tuple(Column(**column) for column in data["columns"]),
        rows=rows,
        groups=groups,
        level1=Column(**data["level1"]) if "level1" in data else None,
        level2=Column(**data["level2"]) if "level2" in data else None,
    )


def _tuples_of(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _tuples(value) for key, value in data.items()}


def parse(text: str, common: str, source: str) -> Description:
    """The description that a TOML text holds, completed by the common part.

    Raises TemplateError naming `source` and the missing or unknown entry.
    """
    try:
        data, shared = tomllib.loads(text), tomllib.loads(common)
        words = {**shared["fields"]}
        for name, entry in data.get("fields", {}).items():
            words[name] = {**words.get(name, {}), **entry}
        form = data["form"]
        return Description(
            name=data["name"],
            title=data["title"],
            kind=data["kind"],
            region=data["region"],
            basis=data["basis"],
            years=data["years"],
            year=data["year"],
            percent=data["percent"],
            minimum_core=data.get("minimum_core", 0),
            reconcile=_tuples_of(data["reconcile"]),
            sheet=form["sheet"],
            orientation=form["orientation"],
            pages=form.get("pages", 0),
            widths=tuple(form["widths"]),
            head=tuple(_row(row) for row in form["head"]),
            foot=tuple(_row(row) for row in form["foot"]),
            indicators=_indicators(data["indicators"]),
            fields={name: Field(name, **_tuples_of(entry)) for name, entry in words.items()},
            balance=Balance(**_tuples_of(shared["balance"])),
            check=SelfCheck(**_tuples_of(shared["check"])),
            instruction_sheet=shared["instructions"]["sheet"],
            instruction_title=shared["instructions"]["title"],
            instructions=tuple(data["instructions"]["lines"]),
            colours=tuple(shared["instructions"]["colours"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise TemplateError(f"模板描述 {source} 有误 / template description {source} is wrong: {error!r}") from error


def names() -> list[str]:
    """The names of the official templates, sorted."""
    here = files(__package__)
    return sorted(
        item.name.removesuffix(".toml")
        for item in here.iterdir()
        if item.name.endswith(".toml") and not item.name.startswith("_")
    )


@cache
def load(name: str) -> Description:
    """The description of a template by its name.

    Raises TemplateError, listing the names there are, for an unknown one.
    """
    known: Sequence[str] = names()
    if name not in known:
        there = "、".join(known)
        raise TemplateError(f"没有模板“{name}”，可用的有：{there} / no template is named {name!r}, there are: {there}")
    here = files(__package__)
    source = f"{name}.toml"
    return parse((here / source).read_text("utf-8"), (here / COMMON).read_text("utf-8"), source)


def year_of(description: Description, year: int | None) -> int:
    """The year to print: the description's own where none is given.

    Raises TemplateError for a number that is no budget year.
    """
    chosen = description.year if year is None else year
    if not FIRST_YEAR <= chosen <= LAST_YEAR:
        raise TemplateError(
            f"年度 {chosen} 无效，应为四位年份 / {chosen} is not a year between {FIRST_YEAR} and {LAST_YEAR}"
        )
    return chosen


def year_line(year: int) -> str:
    """The line below a sheet's title."""
    return f"（{year}年度）"


def dated(description: Description, year: int) -> list[str]:
    """Every text of the template that names its year, each once, always in the same order."""
    rows = (*description.head, *description.foot)
    labels = [slot.label for row in rows for slot in row.slots if slot.label and "{year}" in slot.label]
    return list(dict.fromkeys([*(label.replace("{year}", str(year)) for label in labels), year_line(year)]))
