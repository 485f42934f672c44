"""What is typed into a cell, and what becomes of it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from tests.live.recording.model import ERROR_CODES, CellState, Value

EPOCH = dt.datetime(1899, 12, 30)
_NUMBER = re.compile(r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(%?)").fullmatch
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})").fullmatch


def formula_text(cell: CellState) -> str:
    """What Range.Formula says of a cell: its formula, or its value as one would type it."""
    if cell.formula is not None:
        return cell.formula
    if cell.value is None:
        return ""
    if isinstance(cell.value, bool):
        return str(cell.value).upper()
    return f"{cell.value:.15g}" if isinstance(cell.value, float) else cell.value


def enter(cell: CellState, data: Any) -> None:
    """Put into a cell what a user would type there."""
    cell.formula, cell.error, cell.array = None, False, None
    value: Value
    if data is None or data == "":
        value = None
    elif isinstance(data, bool):
        value = data
    elif isinstance(data, dt.datetime | dt.date):
        moment = data if isinstance(data, dt.datetime) else dt.datetime(data.year, data.month, data.day)
        value = (moment - EPOCH) / dt.timedelta(days=1)
        if cell.look.number_format == "General":
            cell.look.number_format = "m/d/yyyy"
    elif not isinstance(data, str):
        value = float(data)
    elif data.startswith("'"):
        value = data[1:]
    elif cell.look.number_format == "@":
        value = data
    elif data.startswith("=") and len(data) > 1:
        value, cell.formula = None, data
    else:
        value = _typed(cell, data)
    cell.value = value


def _typed(cell: CellState, text: str) -> Value:
    if text in ERROR_CODES:
        cell.error = True
        return text
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if number := _NUMBER(text.strip()):
        value = float(text.strip().replace(",", "").rstrip("%"))
        if number[1] and cell.look.number_format == "General":
            cell.look.number_format = "0.00%" if "." in text else "0%"
        return value / 100 if number[1] else value
    if day := _DAY(text.strip()):
        if cell.look.number_format == "General":
            cell.look.number_format = "m/d/yyyy"
        return float((dt.datetime(int(day[1]), int(day[2]), int(day[3])) - EPOCH).days)
    return text
