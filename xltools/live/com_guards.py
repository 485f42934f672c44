"""Data validations through COM, with the messages that xlwings does not know."""

from typing import Any

from xltools.errors import LiveError
from xltools.live import guards
from xltools.live.com_errors import courtesy, optional
from xltools.ooxml.formulas import translate
from xltools.sheets.grid import Validation
from xltools.texts import say

TYPES = {"none": 0, "whole": 1, "decimal": 2, "list": 3, "date": 4, "time": 5, "textLength": 6, "custom": 7}
"""XlDVType, by a workbook's word for a sort of rule."""

OPERATORS = {
    "between": 1,
    "notBetween": 2,
    "equal": 3,
    "notEqual": 4,
    "greaterThan": 5,
    "lessThan": 6,
    "greaterThanOrEqual": 7,
    "lessThanOrEqual": 8,
}
"""XlFormatConditionOperator, by a workbook's word."""

_ALERTS = {"stop": 1, "warning": 2, "information": 3}
_TITLE, _PROMPT, _ERROR, _LIST = 32, 255, 225, 255
"""The most characters that Excel takes."""

_LIST_SEPARATOR = 5
_GET = 2
"""XlApplicationInternational, and what pywin32 calls DISPATCH_PROPERTYGET."""


def rule_sort(area: Any) -> str | None:
    """xlwings' word for the sort of rule that the cells of a COM range have; None where they differ or have none."""
    kind = optional(area.Validation, "Type")
    if kind is None:
        return None
    return next((guards.TYPES.get(word, "unknown") for word, number in TYPES.items() if number == kind), "unknown")


def set_guard(area: Any, rule: Validation) -> None:
    """Give the cells of a COM range what `rule` demands, in the place of any rule that they have.

    Excel takes relative references as they read from the active cell, wherever that is.

    Raises LiveError for a sort of rule, or a list, that Excel does not take.
    """
    if rule.type not in TYPES:
        raise LiveError(say("live.validation", type=rule.type))
    active = optional(area.Application, "ActiveCell")
    rows, columns = (0, 0) if active is None else (active.Row - area.Row, active.Column - area.Column)
    first, last = (translate(text or "", rows, columns, around=True) for text in (rule.formula1, rule.formula2))
    if rule.type == "list" and first.startswith('"'):
        told = _list_separator(area.Application).join(first.strip('"').split(","))
        if len(told) > _LIST:
            raise LiveError(say("live.validation", type=rule.type))
    else:
        told = f"={first}"
    operator = OPERATORS[rule.operator or "between"]
    second = (f"={last}",) if last and operator in (1, 2) and rule.type != "list" else ()
    validation = area.Validation
    validation.Delete()
    # A rule of no sort only shows its prompt.
    formulas = () if rule.type == "none" else (operator, told, *second)
    validation.Add(TYPES[rule.type], _ALERTS.get(rule.alert, 1), *formulas)
    validation.IgnoreBlank = rule.allow_blank
    if rule.type == "list":
        validation.InCellDropdown = True
    validation.InputTitle, validation.InputMessage = rule.prompt_title[:_TITLE], rule.prompt[:_PROMPT]
    validation.ErrorTitle, validation.ErrorMessage = rule.error_title[:_TITLE], rule.error[:_ERROR]
    validation.ShowInput = bool(rule.prompt or rule.prompt_title)
    validation.ShowError = rule.alert != "none"


def _list_separator(application: Any) -> str:
    """What stands between the entries of a list by the system's settings.

    Asked past pywin32, which takes a property with an argument that may be left out for one without, and would give
    all settings at once.
    """
    native, told = application._oleobj_, ","
    with courtesy():
        told = native.Invoke(native.GetIDsOfNames(0, "International"), 0, _GET, True, _LIST_SEPARATOR)
    return str(told)
