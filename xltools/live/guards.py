"""Data validations in the words of xlwings, and in those of a workbook (ECMA-376 part 1, 18.18.20 and 18.18.22)."""

from typing import TYPE_CHECKING

from xltools.errors import LiveError
from xltools.sheets.grid import Validation, unquoted
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw

TYPES = {
    "whole": "whole_number",
    "decimal": "decimal",
    "list": "list",
    "date": "date",
    "time": "time",
    "textLength": "text_length",
    "custom": "custom",
}
"""A workbook's word for a sort of rule, and xlwings' one."""

OPERATORS = {
    "between": "between",
    "notBetween": "not_between",
    "equal": "equal_to",
    "notEqual": "not_equal_to",
    "greaterThan": "greater_than",
    "lessThan": "less_than",
    "greaterThanOrEqual": "greater_than_or_equal",
    "lessThanOrEqual": "less_than_or_equal",
}
"""A workbook's word for a comparison, and xlwings' one."""

_SETTERS = {
    "whole": "set_whole_number",
    "decimal": "set_decimal",
    "date": "set_date",
    "time": "set_time",
    "textLength": "set_text_length",
}


def set_rule(area: "xw.Range", rule: Validation) -> None:
    """Give the cells of an area what `rule` demands, in the place of any rule that they have.

    xlwings' interface knows no messages: prompt, error and alert are the application's to set. Raises LiveError for a
    rule that xlwings cannot express.
    """
    guard = area.data_validation
    if guard.type != "none":
        guard.delete()
    first = rule.formula1 or ""
    if rule.type in _SETTERS:
        operator = OPERATORS[rule.operator or "between"]
        second = (rule.formula2,) if operator in ("between", "not_between") else ()
        getattr(guard, _SETTERS[rule.type])(operator, f"={first}", *(f"={formula}" for formula in second))
    elif rule.type == "custom":
        guard.set_custom(f"={first}")
    elif rule.type == "list" and first.startswith('"'):
        guard.set_list(first.strip('"').split(","))
    elif rule.type == "list":
        guard.set_list(_source(area, first))
    else:
        raise LiveError(say("live.validation", type=rule.type))


def _source(area: "xw.Range", reference: str) -> "xw.Range | xw.Name":
    """The cells or the name that a list takes its values from."""
    sheet, _, cells = reference.rpartition("!")
    home = area.sheet.book.sheets[unquoted(sheet)] if sheet else area.sheet
    if cells.replace("$", "").replace(":", "").isalnum() and any(letter.isdigit() for letter in cells):
        return home.range(cells.replace("$", ""))
    return area.sheet.book.names[reference]
