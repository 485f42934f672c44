"""The sheet 填报说明: how to fill the form, what the colours mean, and on which regulation it rests."""

from typing import Any

from xltools.templates.description import Description
from xltools.templates.styles import Styles, page, protect, put, text_lines

NUMERALS = "一二三四五六七八九十"
WIDTH = 78
LINE_HEIGHT = 18


def numeral(number: int) -> str:
    """一 … 十, 十一, 十二 for 1 to 19."""
    return NUMERALS[number - 1] if number <= 10 else f"十{NUMERALS[number - 11]}"


def draw_instructions(sheet: Any, description: Description, look: Styles) -> None:
    """Draw the sheet."""
    sheet.column_dimensions["A"].width = WIDTH
    put(sheet, "A1", description.instruction_title, look.title, "center")
    sheet.row_dimensions[1].height = 40
    lines = [f"{numeral(number)}、{text}" for number, text in enumerate(description.instructions, 1)]
    lines.append(f"{numeral(len(lines) + 1)}、单元格变色的含义：")
    row = 1
    for row, text in enumerate((*lines, *description.colours), 2):
        put(sheet, f"A{row}", text, look.text, "left")
        sheet.row_dimensions[row].height = LINE_HEIGHT * text_lines(text, WIDTH) + 6
    for offset, fill in enumerate((look.red.fill, look.yellow.fill)):
        sheet[f"A{row - 1 + offset}"].fill = fill
    page(sheet, "portrait", "A", row)
    protect(sheet)
