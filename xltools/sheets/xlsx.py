"""Reading .xlsx and .xlsm workbooks into Grids."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from xltools.ooxml.markup import MarkupError, unescape
from xltools.ooxml.package import Package, open_package
from xltools.ooxml.sheet_index import CellEntry, SheetIndex, scan
from xltools.ooxml.workbook import SheetEntry, Workbook
from xltools.sheets.grid import Book, Cell, Grid
from xltools.sheets.numberformats import NumberFormat, Shown, as_datetime, number, number_format, shown

_GENERAL = number_format("General")
_PLAIN_NUMBER = re.compile(r"(?!-0$)-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?").fullmatch


def read(path: str | Path) -> Book:
    """Every worksheet of a workbook as a Grid; chart sheets are passed over.

    Raises WorkbookError where the file is no workbook, encrypted, damaged or too large, saying which.
    """
    return book_of(open_package(path))


def book_of(package: Package) -> Book:
    """The workbook in a package as Grids; raises WorkbookError where it is damaged or no workbook.

    The sheet of findings in an annotated copy is no part of the form, and is left out.
    """
    workbook = Workbook(package)
    reader = _Reader(workbook)
    return Book(
        path=package.path,
        grids=tuple(reader.grid(sheet) for sheet in workbook.sheets if sheet.name != workbook.findings_sheet),
        date1904=workbook.date1904,
        external_links=workbook.external_links,
        defined_names=workbook.defined_names,
    )


class _Reader:
    """What all sheets of one workbook share while they are read."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.formats = [number_format(code) for code in workbook.number_formats]
        self.by_type: dict[str, Callable[[str, NumberFormat], Shown]] = {
            "n": self._number,
            "s": self._shared,
            "str": _text,
            "inlineStr": _text,
            "b": _bool,
            "e": _error,
            "d": self._iso_date,
        }

    def grid(self, sheet: SheetEntry) -> Grid:
        """One worksheet as a Grid."""
        package = self.workbook.package
        try:
            index = scan(package.part(sheet.part))
        except MarkupError as error:
            raise package.bad_xml(sheet.part, error) from None
        return Grid(
            sheet=sheet.name,
            cells=self._cells(index),
            merges=tuple(index.merges),
            hidden_rows=index.hidden_rows,
            hidden_columns=index.hidden_columns,
            state=sheet.state,
            validations=tuple(index.validations),
            unlocked=self._unlocked(index),
            blank_formats=self._blank_formats(index),
        )

    def _blank_formats(self, index: SheetIndex) -> dict[tuple[int, int], str]:
        special = {style: form.code for style, form in enumerate(self.formats) if form.code != "General"}
        return {
            (entry.row, entry.column): special[entry.style]
            for entry in index.cells
            if entry.style in special and entry.value is None and entry.formula is None
        }

    def _unlocked(self, index: SheetIndex) -> frozenset[tuple[int, int]] | None:
        if index.protection is None or index.protection.get("sheet") not in ("1", "true"):
            return None
        locked = self.workbook.locked_styles
        return frozenset(
            (entry.row, entry.column)
            for entry in index.cells
            if 0 <= entry.style < len(locked) and not locked[entry.style]
        )

    def _cells(self, index: SheetIndex) -> dict[tuple[int, int], Cell]:
        cells: dict[tuple[int, int], Cell] = {}
        for entry in index.cells:
            if entry.value is not None or entry.formula is not None:
                cell = self._cell(entry, index)
                if cell:
                    cells[entry.row, entry.column] = cell
        return cells

    def _cell(self, entry: CellEntry, index: SheetIndex) -> Cell | None:
        form = self.formats[entry.style] if 0 <= entry.style < len(self.formats) else _GENERAL
        text, raw, kind = self.by_type.get(entry.type, _text)(entry.value, form) if entry.value else _BLANK
        formula = index.formula(entry) if entry.formula else None
        if kind == "blank" and formula is None:
            return None
        return Cell(
            entry.row,
            entry.column,
            text,
            raw,
            kind,
            "=" + unescape(formula).removeprefix("=") if formula else None,
            form.code,
        )

    def _number(self, stored: str, form: NumberFormat) -> Shown:
        if form.sort == "general" and len(stored) <= 15 and _PLAIN_NUMBER(stored):
            return stored, Decimal(stored), "number"
        try:
            value = number(stored)
        except ValueError:
            # Some programs leave out `t="str"`.
            return _text(stored, form)
        return shown(value, form, self.workbook.date1904)

    def _shared(self, stored: str, form: NumberFormat) -> Shown:
        strings = self.workbook.strings
        try:
            text = strings[int(stored)]
        except (ValueError, IndexError):
            return _BLANK
        return (text, text, "text") if text else _BLANK

    def _iso_date(self, stored: str, form: NumberFormat) -> Shown:
        meant: datetime | date | time
        try:
            if "T" in stored and not stored.startswith("T"):
                meant = datetime.fromisoformat(stored).replace(tzinfo=None)
            elif ":" in stored:
                meant = time.fromisoformat(stored)
            else:
                meant = date.fromisoformat(stored)
        except ValueError:
            return _text(stored, form)
        return (form.show_moment(as_datetime(meant)) if form.is_date else stored), meant, "date"


_BLANK: Shown = ("", None, "blank")


def _text(stored: str, _form: NumberFormat) -> Shown:
    text = unescape(stored)
    return text, text, "text"


def _bool(stored: str, _form: NumberFormat) -> Shown:
    truth = stored.strip() in ("1", "true")
    return ("TRUE" if truth else "FALSE"), truth, "bool"


def _error(stored: str, _form: NumberFormat) -> Shown:
    return stored, stored, "error"
