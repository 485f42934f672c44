"""What cells hold, as COM gives it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
"""The errors that a cell may hold (XlCVError), by the number that COM adds to 0x800A0000."""

_ERROR_BASE = 0x800A0000
_ERROR_NUMBERS = range(2000, 3000)


def rows(found: Any) -> Sequence[Sequence[Any]]:
    """What COM gives for an area, a single cell's value being no array."""
    return found if isinstance(found, tuple) else ((found,),)


def plain(value: Any) -> Any:
    """A value as the rest of the program knows it: numbers as doubles, errors as their text."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | datetime):
        return value
    if isinstance(value, datetime):
        # pywin32 says UTC of every date, but means the cell's own.
        return value.replace(tzinfo=None)
    if isinstance(value, int):
        number = (value & 0xFFFFFFFF) - _ERROR_BASE
        # Numbers come as doubles; a whole number is the code of an error.
        if number in _ERROR_NUMBERS:
            return ERRORS.get(number, f"#ERROR{number}!")
    return float(value)


def text(value: Any) -> str:
    """What stands in a cell, as its user would type it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    told = plain(value)
    return told if isinstance(told, str) else f"{told:.15g}"


_FORMULAS, _PART, _BY_ROWS, _BY_COLUMNS, _BACKWARDS = -4123, 2, 1, 2, 2
"""XlFindLookIn, XlLookAt, XlSearchOrder and XlSearchDirection."""


def last_held(sheet: Any) -> tuple[int, int]:
    """The last row and the last column of a COM worksheet that hold something, hidden ones included; 0 where none does.

    Excel keeps what was looked for in its search dialogue, so this is for sheets where nothing else helps.
    """
    ends = []
    for order, name in ((_BY_ROWS, "Row"), (_BY_COLUMNS, "Column")):
        cell = sheet.Cells.Find("*", sheet.Range("A1"), _FORMULAS, _PART, order, _BACKWARDS)
        ends.append(0 if cell is None else int(getattr(cell, name)))
    return ends[0], ends[1]
