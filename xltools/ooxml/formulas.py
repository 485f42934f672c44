"""Formulas as text: moved to another cell, and which cells they read."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from xltools.sheets.grid import Area, area_of, column_letters, column_number

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384

_TOKEN = re.compile(
    r"""
    "(?:[^"]|"")*"                                              # text
    | '(?:[^']|'')*'!?                                          # quoted sheet name
    | \[(?:[^\[\]]|\[[^\[\]]*\])*\]                             # structured reference, or number of another workbook
    | (?<![\w.$\\?])(?P<column1>\$?[A-Za-z]{1,3}):(?P<column2>\$?[A-Za-z]{1,3})(?![\w.$(!\\?])
    | (?<![\w.$\\?])(?P<row1>\$?\d{1,7}):(?P<row2>\$?\d{1,7})(?![\w.$(!\\?])
    | (?<![\w.$\\?])(?P<column>\$?[A-Za-z]{1,3})(?P<row>\$?\d{1,7})(?![\w.$(!\\?])
    """,
    re.VERBOSE,
)


def translate(formula: str, rows: int, columns: int, *, around: bool = False) -> str:
    """A formula as it reads when its cell moves down by `rows` and right by `columns`.

    Absolute parts (`$A$1`), texts, names, sheet names and structured references stay as they are; a reference that
    leaves the sheet becomes `#REF!`, or, with `around`, comes in again at the opposite side.
    """
    if not rows and not columns:
        return formula

    def column(letters: str) -> str:
        return letters if letters.startswith("$") else _column(column_number(letters.upper()) + columns, around)

    def row(digits: str) -> str:
        return digits if digits.startswith("$") else _row(int(digits) + rows, around)

    def moved(match: re.Match[str]) -> str:
        if match["column"]:
            letters, digits = column(match["column"]), row(match["row"])
            return f"{letters}{digits}" if letters and digits else "#REF!"
        if match["column1"]:
            first, last = column(match["column1"]), column(match["column2"])
            return f"{first}:{last}" if first and last else "#REF!"
        if match["row1"]:
            first, last = row(match["row1"]), row(match["row2"])
            return f"{first}:{last}" if first and last else "#REF!"
        return match[0]

    return _TOKEN.sub(moved, formula)


def _column(number: int, around: bool) -> str:
    if around:
        number = (number - 1) % MAX_COLUMN + 1
    return column_letters(number) if 1 <= number <= MAX_COLUMN else ""


def _row(number: int, around: bool) -> str:
    if around:
        number = (number - 1) % MAX_ROW + 1
    return str(number) if 1 <= number <= MAX_ROW else ""


class Reference(NamedTuple):
    """An area that a formula reads; `sheet` in lower case, empty for the formula's own."""

    sheet: str
    area: Area


_ADDRESS = r"\$?[A-Za-z]{1,3}\$?\d{1,7}"
_READS = re.compile(
    rf"""
    "(?:[^"]|"")*"
    | \#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!)
    | (?P<sheet>'(?:[^']|'')+'!|[^\W\d][\w.]*!)?
      (?: (?P<area>{_ADDRESS}(?::{_ADDRESS})?)(?![\w.(!])
        | (?P<columns>\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}})(?![\w.(!])
        | (?P<rows>\$?\d{{1,7}}:\$?\d{{1,7}})(?![\w.(!]) )
    | (?P<function>[^\W\d][\w.]*)\s*\(
    | (?P<truth>TRUE|FALSE)(?![\w.])
    | (?P<name>[^\W\d][\w.\\?]*)
    | (?P<opaque>[\[\]{{}}@]|:)
    | (?P<number>\d+(?:\.\d*)?(?:[Ee][+-]?\d+)?)
    """,
    re.VERBOSE,
)
_INDIRECT = frozenset({"INDIRECT", "OFFSET", "CELL", "INFO", "GETPIVOTDATA", "SHEET", "SHEETS"})


def references(formula: str, names: Mapping[str, str] | None = None) -> list[Reference] | None:
    """The areas that a formula reads; None where they cannot be told from its text.

    They cannot for other workbooks, tables, computed references and names that are not in `names` (lower case) as a
    plain area.
    """
    found: list[Reference] = []
    for match in _READS.finditer(formula):
        sheet = (match["sheet"] or "").removesuffix("!").strip("'").replace("''", "'").lower()
        if match["area"]:
            found.append(Reference(sheet, area_of(match["area"])))
        elif match["columns"]:
            first, last = match["columns"].replace("$", "").upper().split(":")
            found.append(Reference(sheet, Area(1, column_number(first), MAX_ROW, column_number(last))))
        elif match["rows"]:
            first, last = match["rows"].replace("$", "").split(":")
            found.append(Reference(sheet, Area(int(first), 1, int(last), MAX_COLUMN)))
        elif match["opaque"] or (match["function"] and match["function"].upper() in _INDIRECT):
            return None
        elif match["name"]:
            meaning = (names or {}).get(match["name"].lower())
            inner = references(meaning) if meaning else None
            if inner is None:
                return None
            found += inner
    return found
