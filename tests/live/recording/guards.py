"""Data validations of the recording engine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from tests.live.recording.log import recorded
from tests.live.recording.model import Guard, size
from xltools.live.dividing import common
from xltools.live.guards import OPERATORS, TYPES
from xltools.ooxml.formulas import translate
from xltools.sheets.grid import Area, Validation

if TYPE_CHECKING:
    from tests.live.recording.ranges import Range

_TYPES = {theirs: ours for ours, theirs in TYPES.items()}
_OPERATORS = {theirs: ours for ours, theirs in OPERATORS.items()}
_NUMERIC = ("whole_number", "decimal", "date", "time", "text_length")


def without(areas: list[Area], taken: Area) -> list[Area]:
    """The cells of some areas that do not lie in another one, as areas."""
    rest = []
    for area in areas:
        both = common(area, taken)
        if both is None:
            rest.append(area)
            continue
        pieces = (
            area._replace(bottom=both.top - 1),
            area._replace(top=both.bottom + 1),
            Area(both.top, area.left, both.bottom, both.left - 1),
            Area(both.top, both.right + 1, both.bottom, area.right),
        )
        rest += [piece for piece in pieces if piece.top <= piece.bottom and piece.left <= piece.right]
    return rest


def add(guards: list[Guard], rule: Validation, areas: list[Area]) -> None:
    """Guard some areas; the formulas of the rule are meant for the top left cell of them all."""
    anchor = min(area.top for area in areas), min(area.left for area in areas)
    for area in areas:
        remove(guards, area)
    for known in guards:
        rows, columns = anchor[0] - known.anchor[0], anchor[1] - known.anchor[1]
        if _bare(_moved(known.rule, rows, columns)) == _bare(rule):
            known.areas += areas
            return
    guards.append(Guard(list(areas), rule, anchor))


def remove(guards: list[Guard], area: Area) -> None:
    """Guard an area no longer."""
    for known in guards:
        known.areas = without(known.areas, area)
    guards[:] = [known for known in guards if known.areas]


def _moved(rule: Validation, rows: int, columns: int) -> Validation:
    return replace(
        rule,
        formula1=rule.formula1 and translate(rule.formula1, rows, columns, around=True),
        formula2=rule.formula2 and translate(rule.formula2, rows, columns, around=True),
    )


def _bare(rule: Validation) -> Validation:
    return replace(rule, areas=(), operator=rule.operator or "between")


@recorded
class DataValidation(base_classes.DataValidation):
    def __init__(self, parent: Range) -> None:
        self.parent = parent
        self.log = parent.log
        self.place = parent.place

    @property
    def api(self) -> DataValidation:
        return self

    def _met(self) -> list[tuple[Guard, int]]:
        area = self.parent.area
        met = []
        for guard in self.parent.state.guards:
            count = sum(size(both) for part in guard.areas if (both := common(part, area)))
            if count:
                met.append((guard, count))
        return met

    def _rule(self) -> Validation | None:
        """The rule as it reads for the range's first cell; None where not every cell has it."""
        met = self._met()
        if len(met) != 1 or met[0][1] != size(self.parent.area):
            return None
        guard = met[0][0]
        row, column = self.parent.row, self.parent.column
        app = self.parent.sheet.book.app
        if app.rules_from_active_cell:
            row, column = app.selection.area[:2]
        return _moved(guard.rule, row - guard.anchor[0], column - guard.anchor[1])

    @property
    def type(self) -> str:
        met = self._met()
        if not met:
            return "none"
        if sum(count for _, count in met) < size(self.parent.area):
            return "mixed_criteria"
        return "inconsistent" if len(met) > 1 else TYPES.get(met[0][0].rule.type, "unknown")

    @property
    def operator(self) -> str | None:
        rule = self._rule()
        return OPERATORS[rule.operator or "between"] if rule and self.type in _NUMERIC else None

    @property
    def formula1(self) -> str | None:
        rule = self._rule()
        return rule.formula1 if rule and self.type in _NUMERIC else None

    @property
    def formula2(self) -> str | None:
        rule = self._rule()
        return rule.formula2 if rule and self.operator in ("between", "not_between") else None

    @property
    def formula(self) -> str | None:
        rule = self._rule()
        return f"={rule.formula1}" if rule and self.type == "custom" else None

    @property
    def source(self) -> str | None:
        rule = self._rule()
        if rule is None or self.type != "list" or rule.formula1 is None:
            return None
        literal = rule.formula1.startswith('"')
        return rule.formula1[1:-1].replace('""', '"') if literal else f"={rule.formula1}"

    @property
    def ignore_blank(self) -> bool | None:
        rule = self._rule()
        return None if rule is None else rule.allow_blank

    @property
    def show_error(self) -> bool | None:
        rule = self._rule()
        return None if rule is None else rule.alert != "none"

    @property
    def show_input(self) -> bool | None:
        rule = self._rule()
        return None if rule is None else bool(rule.prompt or rule.prompt_title)

    @property
    def alert_style(self) -> str | None:
        rule = self._rule()
        return None if rule is None else "stop" if rule.alert == "none" else rule.alert

    @property
    def input_title(self) -> str | None:
        rule = self._rule()
        return None if rule is None else rule.prompt_title

    @property
    def input_message(self) -> str | None:
        rule = self._rule()
        return None if rule is None else rule.prompt

    @property
    def error_title(self) -> str | None:
        rule = self._rule()
        return None if rule is None else rule.error_title

    @property
    def error_message(self) -> str | None:
        rule = self._rule()
        return None if rule is None else rule.error

    @property
    def in_cell_dropdown(self) -> bool | None:
        return True if self.type == "list" else None

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        if isinstance(source, base_classes.Range):
            full: str = source.get_address(True, True, True)  # type: ignore[no-untyped-call]
            formula = full.rpartition("]")[2]
        elif isinstance(source, base_classes.Name):
            formula = source.name
        else:
            formula = '"' + ",".join(source).replace('"', '""') + '"'
        self._set("list", None, formula, None)

    def set_rule(self, rule_type: str, operator: str | None, formula1: str, formula2: str | None) -> None:
        self._set(rule_type, operator, formula1.removeprefix("="), formula2 and formula2.removeprefix("="))

    def _set(self, rule_type: str, operator: str | None, formula1: str, formula2: str | None) -> None:
        if self.type in ("mixed_criteria", "inconsistent"):
            raise XlwingsError("the target cells have different validation rules")
        self.parent._changed()
        before = self._rule() or Validation((), "none", None, None, None)
        word = _OPERATORS.get(operator or "")
        rule = replace(before, type=_TYPES[rule_type], operator=word, formula1=formula1, formula2=formula2)
        add(self.parent.state.guards, rule, [self.parent.area])

    def delete(self) -> None:
        self.parent._changed()
        remove(self.parent.state.guards, self.parent.area)
