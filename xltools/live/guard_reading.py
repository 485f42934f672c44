"""The data validations of an open sheet, as its file would have them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

from xltools.live.applications import Application
from xltools.live.dividing import Divider, halves, joined, rectangle
from xltools.live.guards import OPERATORS, TYPES
from xltools.ooxml.cells import serial
from xltools.ooxml.formulas import translate
from xltools.sheets.grid import Area, Validation, span

if TYPE_CHECKING:
    import xlwings as xw

_TYPES = {theirs: ours for ours, theirs in TYPES.items()} | {"unknown": "none"}
"""xlwings' word for a sort of rule, and a workbook's one: a rule of no sort demands nothing and only shows a prompt."""

_OPERATORS = {theirs: ours for ours, theirs in OPERATORS.items() if ours != "between"}
"""xlwings' word for a comparison, and a workbook's one, which leaves `between` out."""

_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})").fullmatch
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?").fullmatch


def guards(application: Application, sheet: "xw.Sheet", divider: Divider, within: Area) -> tuple[Validation, ...]:
    """The validations that guard cells within an area; one that reaches beyond it ends there.

    Cells with the same rule make up one validation.
    """
    reader = _Reader(application, sheet)
    found: list[Validation] = []
    for areas, sort in reader.guarded(divider, within):
        for rule in reader.rules(areas, sort):
            same = next((place for place, known in enumerate(found) if _moved(known, rule) == rule), None)
            if same is None:
                found.append(rule)
            else:
                found[same] = replace(found[same], areas=(*found[same].areas, *rule.areas))
    return tuple(sorted((_anchored(rule) for rule in found), key=lambda rule: rule.areas))


class _Reader:
    """Reads the rules of one sheet."""

    def __init__(self, application: Application, sheet: "xw.Sheet") -> None:
        self.application = application
        self.sheet = sheet

    def sort(self, area: Area) -> str | None:
        """xlwings' word for the sort of rule that all cells of an area have; None where they differ."""
        return self.application.guard_sort(self._range(area))

    def guarded(self, divider: Divider, within: Area) -> list[tuple[list[Area], str]]:
        """The areas that have a rule, those with the same one together as far as that is known."""
        groups = [(areas, sort) for areas, sort in divider.looks(within, self.sort) if sort != "none"]
        if divider.alike is not None:
            return groups
        # Neighbours with the same rule count as one: to read a rule takes a dozen questions.
        parts = [(area, sort) for areas, sort in groups for area in areas]
        below = self._joined(sorted(parts, key=lambda part: (part[0].left, part[0].right, part[0].top)))
        beside = self._joined(sorted(below, key=lambda part: (part[0].top, part[0].bottom, part[0].left)))
        return [([area], sort) for area, sort in beside]

    def _joined(self, parts: list[tuple[Area, str]]) -> list[tuple[Area, str]]:
        found: list[tuple[Area, str]] = []
        for area, sort in parts:
            both = rectangle(found[-1][0], area) if found and found[-1][1] == sort else None
            if both and self.sort(both) == sort:
                found[-1] = both, sort
            else:
                found.append((area, sort))
        return found

    def rules(self, areas: list[Area], sort: str) -> Iterator[Validation]:
        """The rule of some areas, its formulas meant for the first one; several where it turns out to have several."""
        area = areas[0]
        guard = self._range(area).data_validation
        formula1 = _first(guard, sort)
        if formula1 is None and sort != "unknown" and area[:2] != area[2:]:
            for half in halves(area):
                yield from self.rules([half], sort)
            return
        operator = guard.operator
        formula2 = guard.formula2 if operator in ("between", "not_between") else None
        yield Validation(
            tuple(areas),
            _TYPES[sort],
            _OPERATORS.get(operator or ""),
            self._formula(area, sort, formula1),
            self._formula(area, sort, formula2),
            allow_blank=bool(guard.ignore_blank),
            alert=guard.alert_style or "stop" if guard.show_error else "none",
            prompt_title=guard.input_title or "",
            prompt=guard.input_message or "",
            error_title=guard.error_title or "",
            error=guard.error_message or "",
        )

    def _range(self, area: Area) -> "xw.Range":
        return self.sheet.range(span(area))

    def _formula(self, area: Area, sort: str, formula: str | None) -> str | None:
        """A formula as a file stores it: without the equals sign, literal lists in quotes, dates as numbers."""
        if formula is None:
            return None
        if sort == "list" and not formula.startswith("="):
            doubled = formula.replace('"', '""')
            return f'"{doubled}"'
        text = formula.removeprefix("=")
        if sort in ("date", "time"):
            text = _constant(text)
        if translate(text, 1, 1) == text:
            return text
        row, column = self.application.guard_origin(self._range(area))
        # Read from another cell, a reference may have left the sheet and come in again at its other side.
        return translate(text, area.top - row, area.left - column, around=True)


def _first(guard: "xw.main.DataValidation", sort: str) -> str | None:
    if sort == "list":
        return guard.source
    return guard.formula if sort == "custom" else guard.formula1


def _constant(text: str) -> str:
    """The number that a date or a time of day stands for; any other text as it is."""
    if found := _DATE(text):
        year, month, day = map(int, found.groups())
        return str(serial(date(year, month, day)))
    if found := _TIME(text):
        hour, minute, second = (int(part or 0) for part in found.groups())
        return str(serial(time(hour, minute, second)))
    return text


def _moved(rule: Validation, other: Validation) -> Validation:
    """A rule as it reads for the cells of another."""
    rows, columns = other.areas[0].top - rule.areas[0].top, other.areas[0].left - rule.areas[0].left
    return replace(
        rule,
        areas=other.areas,
        formula1=rule.formula1 and translate(rule.formula1, rows, columns),
        formula2=rule.formula2 and translate(rule.formula2, rows, columns),
    )


def _anchored(rule: Validation) -> Validation:
    """A rule of several areas, its formulas meant for the top left cell of them all."""
    areas = tuple(joined(rule.areas))
    corner = Area(min(area.top for area in areas), min(area.left for area in areas), 0, 0)
    return replace(_moved(rule, replace(rule, areas=(corner,))), areas=areas)
