"""Addresses and names as users write them, and the cells that they mean on a sheet."""

import re
from typing import TYPE_CHECKING, Any

from xltools.errors import LiveError
from xltools.live.libreoffice.number_formats import area_at
from xltools.sheets.grid import Area, column_letters, column_number
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.live.libreoffice.sheets import Sheet

_CELL = r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})"
_CELLS = re.compile(rf"{_CELL}(?::{_CELL})?", re.IGNORECASE | re.ASCII)
_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})", re.IGNORECASE | re.ASCII)
_ROWS = re.compile(r"\$?([1-9]\d{0,6}):\$?([1-9]\d{0,6})", re.ASCII)


def absolute(area: Area) -> str:
    """`$A$1:$D$9`, or `$A$1` for one cell."""
    first = f"${column_letters(area.left)}${area.top}"
    last = f"${column_letters(area.right)}${area.bottom}"
    return first if first == last else f"{first}:{last}"


def area(sheet: "Sheet", given: Any) -> Area:
    """The cells of a sheet that an address, a defined name, (row, column) or (row, column, rows, columns) means.

    Raises LiveError where a text means none, or cells of another sheet; IndexError where a number is 0.
    """
    if isinstance(given, tuple):
        row, column, *size = given
        if 0 in given[:2]:
            raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
        rows, columns = size or (1, 1)
        return _within(sheet, Area(row, column, row + rows - 1, column + columns - 1), given)
    text = str(given).strip().removeprefix("=")
    owner, _, address = text.rpartition("!")
    if owner and owner.strip("'").replace("''", "'").lower() != sheet.name.lower():
        raise LiveError(say("libreoffice.other_sheet", text=text))
    if "," in address:
        raise LiveError(say("libreoffice.several_areas", text=text))
    found = plain(address, *sheet.book.size)
    return _within(sheet, found, text) if found is not None else _named(sheet, address)


def plain(text: str, rows: int, columns: int) -> Area | None:
    """The area of an address on a sheet of that size; None where the text is no address."""
    if match := _CELLS.fullmatch(text):
        left, top = column_number(match[1].upper()), int(match[2])
        right, bottom = (column_number(match[3].upper()), int(match[4])) if match[3] else (left, top)
    elif match := _COLUMNS.fullmatch(text):
        left, right = column_number(match[1].upper()), column_number(match[2].upper())
        top, bottom = 1, rows
    elif match := _ROWS.fullmatch(text):
        top, bottom = int(match[1]), int(match[2])
        left, right = 1, columns
    else:
        return None
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _within(sheet: "Sheet", found: Area, given: object) -> Area:
    rows, columns = sheet.book.size
    if found.top < 1 or found.left < 1 or found.bottom > rows or found.right > columns:
        raise LiveError(say("libreoffice.no_area", text=given))
    return found


def _named(sheet: "Sheet", name: str) -> Area:
    """The cells of a defined name, the sheet's own before the workbook's."""
    for names in (sheet.names, sheet.book.names):
        found = names.find(name)
        cells = None if found is None else found.model.getReferredCells()
        if cells is not None:
            address = cells.RangeAddress
            if address.Sheet != sheet.position:
                raise LiveError(say("libreoffice.other_sheet", text=name))
            return area_at(address)
    raise LiveError(say("libreoffice.no_area", text=name))
