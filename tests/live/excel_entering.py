"""What Excel makes of what is entered into a cell, whether typed or set as Range.Value or Range.Formula."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from tests.live.excel_parts import refused

if TYPE_CHECKING:
    from tests.live.excel_cells import Stored

EPOCH = dt.datetime(1899, 12, 30)
ERROR = -2146828288
ERRORS = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
}
"""The errors that a cell may hold, and the number that COM adds to `ERROR`."""

_MOST_FORMULA, _MOST_TEXT, MOST_IN_ARRAY = 8192, 32767, 8203
"""The most characters of a formula, of a text, and of a text among others that are set at once."""

_NUMBER = re.compile(r"[-+]?[¥$]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d+)?%?").fullmatch
_DAY = re.compile(r"(\d{4})(?:[-/]|年)(\d{1,2})(?:[-/]|月)(\d{1,2})日?").fullmatch
_SHORT_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})").fullmatch
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?").fullmatch
_NEEDLESS = re.compile(r"'([^\W\d]\w*)'!")
"""A sheet's name in quotes that it does not need."""


def enter(cell: Stored, data: Any) -> None:
    """Put something into a cell."""
    cell.formula, cell.prefix, cell.value = None, "", None
    if isinstance(data, str):
        _enter_text(cell, data)
    elif isinstance(data, dt.datetime):
        cell.value = (data.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)
        _format(cell, "m/d/yyyy")
    elif isinstance(data, bool) or data is None:
        cell.value = data
    else:
        cell.value = float(data)


def _enter_text(cell: Stored, text: str) -> None:
    if len(text) > _MOST_TEXT:
        raise refused()
    if cell.number_format == "@":
        # Nothing is special then, the apostrophe included.
        cell.value = text or None
    elif text.startswith("'"):
        cell.prefix, cell.value = "'", text[1:]
    elif text.startswith("=") and len(text) > 1:
        cell.formula = _formula(text)
    elif text[:1] in ("+", "-") and len(text) > 1 and not _number(text):
        cell.formula = _formula(f"={text.removeprefix('+')}")
    else:
        cell.value = _typed(cell, text)


def _formula(text: str) -> str:
    bare = re.sub(r'"[^"]*"|\'[^\']*\'', "", text)
    if len(text) > _MOST_FORMULA or bare.count("(") != bare.count(")") or bare[-1] in "=+-*/^&<>,(":
        raise refused()
    return _NEEDLESS.sub(r"\1!", text)


def _typed(cell: Stored, text: str) -> Any:
    plain = text.strip()
    if plain in ERRORS:
        return ERROR + ERRORS[plain]
    if plain.upper() in ("TRUE", "FALSE"):
        return plain.upper() == "TRUE"
    inner = f"-{plain[1:-1]}" if plain[:1] == "(" and plain[-1:] == ")" else plain
    if _number(inner):
        value = float(re.sub(r"[,¥$%]", "", inner))
        if inner.endswith("%"):
            _format(cell, "0.00%" if "." in inner else "0%")
            return value / 100
        return value
    day = _day(plain)
    if day is not None:
        _format(cell, "m/d/yyyy")
        return float((day - EPOCH).days)
    if moment := _TIME(plain):
        hour, minute, second = (int(each or 0) for each in moment.groups())
        _format(cell, "h:mm")
        return (hour * 3600 + minute * 60 + second) / 86400
    return text or None


def _number(text: str) -> bool:
    return bool(_NUMBER(text)) and any(letter.isdigit() for letter in text)


def _day(text: str) -> dt.datetime | None:
    if found := _DAY(text):
        year, month, day = (int(each) for each in found.groups())
    elif found := _SHORT_DAY(text):
        year, month, day = 2025, *(int(each) for each in found.groups())
    else:
        return None
    return dt.datetime(year, month, day) if 0 < month <= 12 and 0 < day <= 28 else None


def _format(cell: Stored, code: str) -> None:
    if cell.number_format == "General":
        cell.number_format = code


def told(cell: Stored) -> str:
    """What Range.Formula says of a cell."""
    if cell.formula is not None:
        return cell.formula
    if cell.value is None:
        return ""
    if isinstance(cell.value, bool):
        return str(cell.value).upper()
    if isinstance(cell.value, int) and cell.value - ERROR in ERRORS.values():
        return next(text for text, number in ERRORS.items() if number == cell.value - ERROR)
    return f"{cell.value:.15g}" if isinstance(cell.value, int | float) else str(cell.value)
