"""Workbook files into the Excel model, and how its workbooks look."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet as FileSheet

from tests.live.excel_cells import Range
from tests.live.excel_entering import ERROR, ERRORS
from tests.live.excel_looks import Font, Interior, Line
from tests.live.excel_model import Application, Workbook, Worksheet
from tests.live.excel_notes import BOLD, Comment
from tests.live.excel_parts import ALLOWED, DefinedName, Protection
from tests.live.excel_rules import Rule
from xltools.live.com_guards import OPERATORS, TYPES
from xltools.ooxml.cells import serial
from xltools.sheets import read_book
from xltools.sheets.grid import Book, Grid, Validation

_STATES = {"visible": -1, "hidden": 0, "veryHidden": 2}
_SIDES = {"left": 7, "top": 8, "bottom": 9, "right": 10}
_STYLES = {"thin": (1, 2), "medium": (1, -4138), "thick": (1, 4), "hair": (1, 1), "dotted": (-4118, 2)}
_HORIZONTAL = {"left": -4131, "center": -4108, "right": -4152}
_VERTICAL = {"top": -4160, "center": -4108}


def load(application: Application, path: Path) -> Workbook:
    """Open a workbook file; it is in front then, and nothing of it is recalculated."""
    file = read_book(path)
    book = Workbook(application, path.name, [grid.sheet for grid in file.grids])
    told = openpyxl.load_workbook(path)
    for grid, sheet in zip(file.grids, book.all, strict=True):
        _fill(sheet, grid, file)
        _dress(sheet, told[grid.sheet])
        sheet.Visible = _STATES[grid.state]
    for name, meaning in file.defined_names.items():
        book.Names.put(DefinedName(book.server, Name=name.replace("_xlnm.", ""), RefersTo=f"={meaning}"))
    application.Workbooks.members.append(book)
    application.kept["ActiveWorkbook"] = book
    if told.active is not None:
        book.selected = [next(sheet for sheet in book.all if sheet.Name == told.active.title)]
    return book


def _value(raw: Any, date1904: bool) -> Any:
    if isinstance(raw, dt.datetime | dt.date | dt.time):
        return float(serial(raw, date1904=date1904))
    return float(raw) if isinstance(raw, Decimal) else raw


def _fill(sheet: Worksheet, grid: Grid, file: Book) -> None:
    for place, cell in grid.cells.items():
        stored = sheet.cell(*place)
        if cell.kind == "error":
            stored.value = ERROR + ERRORS[cell.text]
        else:
            stored.value = _value(cell.raw, file.date1904)
        stored.formula = cell.formula
        stored.number_format = cell.number_format
    for place, code in grid.blank_formats.items():
        sheet.cell(*place).number_format = code
    sheet.unlocked = grid.unlocked or frozenset()
    sheet.merges = [Range(sheet, *area) for area in grid.merges]
    sheet.hidden |= {("row", row) for row in grid.hidden_rows} | {("column", each) for each in grid.hidden_columns}
    for rule in grid.validations:
        _guard(sheet, rule)


def _guard(sheet: Worksheet, rule: Validation) -> None:
    literal = rule.type == "list" and rule.formula1 is not None and rule.formula1.startswith('"')
    told = [formula if formula is None else f"={formula}" for formula in (rule.formula1, rule.formula2)]
    held = Rule(
        (min(area.top for area in rule.areas), min(area.left for area in rule.areas)),
        Type=TYPES[rule.type],
        AlertStyle=("stop", "warning", "information").index(rule.alert) + 1 if rule.alert != "none" else 1,
        Operator=OPERATORS[rule.operator or "between"],
        Formula1=rule.formula1.strip('"') if literal and rule.formula1 else told[0],
        Formula2=told[1],
        IgnoreBlank=rule.allow_blank,
        InputTitle=rule.prompt_title,
        InputMessage=rule.prompt,
        ErrorTitle=rule.error_title,
        ErrorMessage=rule.error,
        ShowError=rule.alert != "none",
    )
    for area in rule.areas:
        sheet.rules |= dict.fromkeys(Range(sheet, *area).places(), held)


def _dress(sheet: Worksheet, file: FileSheet) -> None:
    for row in file.iter_rows():
        for cell in row:
            place = (cell.row, cell.column)
            if cell.has_style:
                _dress_cell(sheet, place, cell)
            if cell.comment is not None:
                note = Comment(Range(sheet, *place, *place), cell.comment.text, cell.comment.author or "")
                head = f"{note.author}:"
                if note.author and note.said.startswith(head):
                    note.letters[: len(head)] = [(letter, BOLD) for letter in head]
                sheet.notes[place] = note
    for number, line in file.row_dimensions.items():
        if line.height:
            sheet.sizes["row", number] = line.height
    protected = file.protection
    sheet.kept |= {
        "password": "a password" if protected.password else "",
        "ProtectContents": protected.sheet,
        # What the file says is what is barred.
        "ProtectDrawingObjects": protected.sheet and protected.objects,
        "ProtectScenarios": protected.sheet and protected.scenarios,
        "Protection": Protection(sheet.server, **{name: not getattr(protected, _in_file(name)) for name in ALLOWED}),
    }


def _in_file(name: str) -> str:
    """What a file calls what a sheet allows: AllowFormattingCells is formatCells."""
    verb = name.removeprefix("Allow").replace("UsingPivotTables", "pivotTables").replace("Filtering", "autoFilter")
    for ending, short in (("Formatting", "format"), ("Inserting", "insert"), ("Deleting", "delete")):
        verb = verb.replace(ending, short)
    return verb.replace("Sorting", "sort")


def _dress_cell(sheet: Worksheet, place: tuple[int, int], cell: Any) -> None:
    stored = sheet.cell(*place)
    stored.prefix = "'" if cell.quotePrefix else ""
    stored.wrapped = bool(cell.alignment.wrap_text)
    stored.horizontal = _HORIZONTAL.get(cell.alignment.horizontal, 1)
    stored.vertical = _VERTICAL.get(cell.alignment.vertical, -4107)
    if cell.fill.fill_type == "solid":
        interior = sheet.look(place, "interior", Interior)
        interior.Pattern = 1
        _colour(interior, cell.fill.fgColor)
    font = sheet.look(place, "font", Font)
    font.kept |= {"Name": cell.font.name, "Size": cell.font.sz, "Bold": bool(cell.font.b), "Italic": bool(cell.font.i)}
    if cell.font.color is not None:
        _colour(font, cell.font.color)
    for side, number in _SIDES.items():
        style = getattr(cell.border, side).style
        if style is not None:
            line = sheet.look(place, f"line{number}", Line)
            line.LineStyle, line.Weight = _STYLES.get(style, (1, 2))


def _colour(thing: Any, colour: Any) -> None:
    if colour.type == "rgb":
        red, green, blue = bytes.fromhex(colour.rgb[-6:])
        thing.Color = red + 256 * green + 65536 * blue
    elif colour.type == "theme" and 0 <= colour.theme < 12:
        thing.ThemeColor, thing.TintAndShade = colour.theme + 1, colour.tint


def looks(book: Workbook) -> Any:
    """Everything about a workbook but what its cells hold and where its user is, to compare."""
    names = sorted((name.Name, name.RefersTo) for name in book.Names.members)
    return [_look(sheet) if isinstance(sheet, Worksheet) else sheet.Name for sheet in book.all], names


def _look(sheet: Worksheet) -> Any:
    cells = {place: state for place, cell in sheet.stored.items() if (state := cell.state())}
    notes = {place: (note.letters, note.shape.Width, note.shape.Height) for place, note in sheet.notes.items()}
    allowed = sorted(sheet.Protection.kept.items())
    protection = [sheet.kept.get(name) for name in ("ProtectContents", "ProtectDrawingObjects", "ProtectScenarios")]
    return (
        sheet.Name,
        sheet.Visible,
        cells,
        notes,
        [tuple(sorted(allowed)), *protection, sheet.EnableSelection, sheet.unlocked],
        sorted((each.top, each.left, each.bottom, each.right) for each in sheet.merges),
        sorted((place, tuple(sorted(rule.kept.items(), key=str))) for place, rule in sheet.rules.items()),
        (sorted(sheet.hidden), sorted(sheet.sizes.items()), len(sheet.links), len(sheet.conditions)),
        {name: value for name, value in sheet.view.items() if name in ("FreezePanes", "SplitRow", "SplitColumn")},
    )
