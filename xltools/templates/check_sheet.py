"""The sheet 自动校验: one line per identity, which says 通过 or what differs, so that a unit sees its own mistakes."""

from typing import Any

from xltools.sheets.grid import column_letters
from xltools.templates.description import SelfCheck, year_line
from xltools.templates.formulas import both, when
from xltools.templates.identities import FAILED, MISSING, Line
from xltools.templates.styles import Styles, page, protect, put, text_lines, warn

TOP = 5
LINE_HEIGHT = 15


def draw_check(sheet: Any, words: SelfCheck, checks: list[Line], year: int, look: Styles) -> None:
    """Draw the sheet with its lines, grouped by section."""
    last = column_letters(len(words.headers))
    for number, width in enumerate(words.widths, 1):
        sheet.column_dimensions[column_letters(number)].width = width
    put(sheet, f"A1:{last}1", words.title, look.title, "center")
    put(sheet, f"A2:{last}2", year_line(year), look.subtitle, "center")
    for number, height in ((1, 36), (2, 18), (3, 26), (TOP - 1, 24)):
        sheet.row_dimensions[number].height = height
    for number, text in enumerate(words.headers, 1):
        put(sheet, f"{column_letters(number)}{TOP - 1}", text, look.label, "center", look.border)
    row, number = TOP, 0
    for section, title in enumerate(words.sections):
        put(sheet, f"A{row}:{last}{row}", title, look.label, "left", look.border)
        sheet.row_dimensions[row].height = 20
        row += 1
        for line in checks:
            if line.section == section:
                number += 1
                _line(sheet, row, number, line, words, look)
                row += 1
    results = f"{last}{TOP}:{last}{row - 1}"
    put(sheet, "A3:B3", words.verdict, look.label, "center", look.border)
    put(sheet, f"C3:{last}3", f"={_verdict(results)}", look.bold, "left", look.border)
    for area, first in ((results, f"{last}{TOP}"), (f"C3:{last}3", "$C$3")):
        failed = f'OR(LEFT({first},3)="{FAILED}",ISNUMBER(FIND("{FAILED}",{first})))'
        warn(sheet, area, f"IF(ISERROR({first}),TRUE,{failed})", look.red)
    first = f"{last}{TOP}"
    warn(sheet, results, f'OR(LEFT({first},2)="{MISSING}",LEFT({first},2)="提示")', look.yellow)
    page(sheet, "portrait", last, row - 1, repeat=f"{TOP - 1}:{TOP - 1}")
    sheet.freeze_panes = f"A{TOP}"
    protect(sheet)


def _line(sheet: Any, row: int, number: int, line: Line, words: SelfCheck, look: Styles) -> None:
    def here(formula: str) -> str:
        for letter in "CDE":
            formula = formula.replace(f"{{{letter}}}", f"{letter}{row}")
        return formula

    found = f'IF({line.found}="","",{line.found})'
    put(sheet, f"A{row}", number, look.text, "center", look.border)
    put(sheet, f"B{row}", line.label, look.text, "left", look.border)
    put(sheet, f"C{row}", f"={when(line.ready, line.expected)}", look.text, "center", look.border)
    put(sheet, f"D{row}", f"={when(line.ready, found)}", look.text, "center", look.border)
    difference = when(both(f"C{row}", f"D{row}"), f"ROUND(D{row}-C{row},6)")
    put(sheet, f"E{row}", f"={difference}", look.text, "center", look.border)
    put(sheet, f"F{row}", f"={here(line.verdict())}", look.text, "left", look.border)
    shown = 1 if line.label.startswith("=") else text_lines(line.label, words.widths[1])
    sheet.row_dimensions[row].height = LINE_HEIGHT * max(shown, 1) + 3


def _verdict(results: str) -> str:
    failed = f'COUNTIF({results},"{FAILED}*")'
    missing = f'COUNTIF({results},"{MISSING}*")'
    return f'IF({failed}>0,"有"&{failed}&"项不通过",IF({missing}>0,"尚有"&{missing}&"项待填","全部通过"))'
