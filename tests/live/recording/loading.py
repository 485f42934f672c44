"""Workbooks into the recording engine and out of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import absolute_coordinate
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from tests.live.recording import guards
from tests.live.recording.model import (
    HIDDEN,
    VERY_HIDDEN,
    VISIBLE,
    BookState,
    CellState,
    Look,
    NameState,
    SheetState,
    cells_of,
)
from xltools.ooxml.cells import serial
from xltools.ooxml.sheet_index import areas_of
from xltools.sheets.grid import Area, Book, Cell, Grid, Validation, quoted
from xltools.sheets.numberformats import BUILTIN, from_double, number_format, shown

_STATES = {"visible": VISIBLE, "hidden": HIDDEN, "veryHidden": VERY_HIDDEN}
_WORDS = {number: word for word, number in _STATES.items()}
_WRITTEN = {"m/d/yyyy": BUILTIN[14], "m/d/yyyy h:mm": BUILTIN[22]}
"""What Excel calls the formats that follow the system's settings, and how our file reader writes them."""

_SPOKEN = {written: spoken for spoken, written in _WRITTEN.items()} | {"mm-dd-yy": "m/d/yyyy"}
"""The other way round, and from what openpyxl writes."""


def from_xlsx(path: Path | str) -> BookState:
    """A workbook file as Excel would hold it, read with openpyxl."""
    with_formulas, with_values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    book = BookState(Path(path).name, date1904=with_formulas.epoch == CALENDAR_MAC_1904)
    for sheet in with_formulas.worksheets:
        book.sheets.append(_sheet(sheet, with_values[sheet.title], with_formulas.epoch))
        book.names += [
            NameState(_plain(name), f"={item.attr_text}", sheet.title, not item.hidden)
            for name, item in sheet.defined_names.items()
        ]
        for name, text in (("Print_Titles", sheet.print_titles), ("Print_Area", sheet.print_area)):
            if text:
                book.names.append(NameState(name, f"={text}", sheet.title))
        if sheet.auto_filter.ref:
            where = f"={quoted(sheet.title)}!{absolute_coordinate(sheet.auto_filter.ref)}"
            book.names.append(NameState("_FilterDatabase", where, sheet.title, visible=False))
    book.names += [
        NameState(name, f"={item.attr_text}", None, not item.hidden)
        for name, item in with_formulas.defined_names.items()
    ]
    book.active = with_formulas.worksheets.index(with_formulas.active) if with_formulas.active else 0
    return book


def _plain(name: str) -> str:
    return name.removeprefix("_xlnm.")


def _sheet(sheet: Any, values: Any, epoch: dt.datetime) -> SheetState:
    state = SheetState(sheet.title, visible=_STATES[sheet.sheet_state], protected=sheet.protection.sheet)
    arrays: list[tuple[Area, str]] = []
    for row in sheet.iter_rows():
        for cell in row:
            if not cell.has_style and cell.value is None and cell.comment is None:
                continue
            found = state.cell(cell.row, cell.column)
            found.look = _look(cell)
            stored = values.cell(cell.row, cell.column)
            found.value, found.error = _value(stored.value, epoch), stored.data_type == "e"
            if isinstance(cell.value, ArrayFormula):
                arrays += [(area, cell.value.text) for area in areas_of(cell.value.ref)]
            elif cell.data_type == "f" and not isinstance(cell.value, DataTableFormula):
                found.formula = cell.value
            found.note = cell.comment.text if cell.comment else None
    for area, text in arrays:
        # Excel says the formula of an array for each of its cells.
        for place in cells_of(area):
            found = state.cell(*place)
            found.formula, found.array = text, area
    state.merges = [Area(item.min_row, item.min_col, item.max_row, item.max_col) for item in sheet.merged_cells.ranges]
    state.hidden_rows = {row for row, item in sheet.row_dimensions.items() if item.hidden}
    for item in sheet.column_dimensions.values():
        if item.hidden:
            state.hidden_columns |= set(range(item.min, item.max + 1))
    for item in sheet.data_validations.dataValidation:
        areas = [area for part in item.sqref.ranges for area in areas_of(part.coord)]
        guards.add(state.guards, _rule(item), areas)
    state.frozen = sheet.freeze_panes
    return state


def _rule(item: Any) -> Validation:
    return Validation(
        (),
        item.type or "none",
        item.operator,
        item.formula1,
        item.formula2,
        bool(item.allow_blank),
        (item.errorStyle or "stop") if item.showErrorMessage else "none",
        item.promptTitle or "",
        item.prompt or "",
        item.errorTitle or "",
        item.error or "",
    )


def _look(cell: Any) -> Look:
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
    color = tuple(bytes.fromhex(fill[-6:])) if isinstance(fill, str) else None
    return Look(
        number_format=_SPOKEN.get(cell.number_format, cell.number_format),
        color=color,  # type: ignore[arg-type]
        font_name=cell.font.name or "宋体",
        font_size=cell.font.sz or 11,
        bold=bool(cell.font.b),
        italic=bool(cell.font.i),
        wrap_text=bool(cell.alignment.wrap_text),
        horizontal_alignment=cell.alignment.horizontal or "general",
        vertical_alignment=cell.alignment.vertical or "bottom",
        locked=cell.protection.locked,
    )


def _value(value: Any, epoch: dt.datetime) -> str | float | bool | None:
    if value is None or isinstance(value, bool | str):
        return value or (None if value == "" else value)
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return float(to_excel(value, epoch))
    return float(value)


def from_book(book: Book) -> BookState:
    """Grids as Excel would hold them; their formulas of arrays and what they do not tell are lost."""
    state = BookState(Path(book.path).name or "book.xlsx", date1904=book.date1904)
    for grid in book.grids:
        sheet = SheetState(grid.sheet, visible=_STATES[grid.state], protected=grid.unlocked is not None)
        for place, cell in grid.cells.items():
            sheet.cells[place] = _cell(cell, book.date1904)
        for place, code in grid.blank_formats.items():
            sheet.cell(*place).look.number_format = _SPOKEN.get(code, code)
        for place in grid.unlocked or ():
            sheet.cell(*place).look.locked = False
        sheet.merges = list(grid.merges)
        sheet.hidden_rows, sheet.hidden_columns = set(grid.hidden_rows), set(grid.hidden_columns)
        for rule in grid.validations:
            guards.add(sheet.guards, replace(rule, areas=()), list(rule.areas))
        state.sheets.append(sheet)
    for name, meaning in book.defined_names.items():
        home, _, plain = name.rpartition("!")
        state.names.append(NameState(_plain(plain), f"={meaning}", home or None, not plain.startswith("xltools_")))
    return state


def _cell(cell: Cell, date1904: bool) -> CellState:
    raw = cell.raw
    value: str | float | bool | None
    if isinstance(raw, Decimal):
        value = float(raw)
    elif isinstance(raw, dt.datetime | dt.date | dt.time):
        value = float(serial(raw, date1904=date1904))
    else:
        value = raw
    code = _SPOKEN.get(cell.number_format, cell.number_format)
    return CellState(value, cell.formula, cell.kind == "error", look=Look(number_format=code))


def grids(state: BookState) -> tuple[Grid, ...]:
    """What an open workbook holds now, as Grids: cells, merged areas, hidden rows and columns, state."""
    return tuple(
        Grid(
            sheet=sheet.name,
            cells={
                place: _told(place, cell, state.date1904)
                for place, cell in sorted(sheet.cells.items())
                if cell.value is not None or cell.formula is not None
            },
            merges=tuple(sorted(sheet.merges)),
            hidden_rows=frozenset(sheet.hidden_rows),
            hidden_columns=frozenset(sheet.hidden_columns),
            state=_WORDS[sheet.visible],
            source="live",
        )
        for sheet in state.sheets
    )


def _told(place: tuple[int, int], cell: CellState, date1904: bool) -> Cell:
    code = {spoken: written for written, spoken in _SPOKEN.items()}.get(
        cell.look.number_format, cell.look.number_format
    )
    first = cell.array is None or cell.array[:2] == place
    formula = cell.formula if first else None
    if cell.value is None:
        return Cell(*place, "", None, "blank", formula, code)
    if cell.error:
        return Cell(*place, str(cell.value), str(cell.value), "error", formula, code)
    if isinstance(cell.value, bool):
        return Cell(*place, str(cell.value).upper(), cell.value, "bool", formula, code)
    if isinstance(cell.value, float):
        text, raw, kind = shown(from_double(cell.value), number_format(code), date1904)
        return Cell(*place, text, raw, kind, formula, code)
    return Cell(*place, cell.value, cell.value, "text", formula, code)
