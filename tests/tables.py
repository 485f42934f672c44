"""Forms written as Markdown tables, so that a test can be read like the form it is about.

`<` is merged with the cell at its left, `^` with the cell above, an empty cell is blank, `\\n` is a line break. A plain
number becomes a number cell, `98.5%` one with the format `0.0%`; a leading `'` keeps the text as text; `=A1+B1 -> 3` is
a formula with its stored result, `=A1+B1 ->` one without.
"""

import re
from decimal import Decimal

from xltools.sheets.grid import Area, Book, Cell, Grid, address

_NUMBER = re.compile(r"-?\d+(?:\.(\d+))?(%?)")


def parse_rows(markdown: str) -> list[list[str]]:
    """The cells of every table line, separator lines left out."""
    rows = []
    for line in markdown.strip().splitlines():
        text = line.strip()
        if not text.startswith("|") or (re.fullmatch(r"[|\s:-]+", text) and "-" in text):
            continue
        rows.append([part.strip().replace("\\n", "\n") for part in text.strip("|").split("|")])
    return rows


def cell_of(row: int, column: int, text: str) -> Cell:
    """The cell that a Markdown cell stands for."""
    formula = None
    if text.startswith("=") and " ->" in text:
        formula, text = (part.strip() for part in text.split("->", 1))
        if not text:
            return Cell(row, column, "", None, "blank", formula)
    if text.startswith("'"):
        return Cell(row, column, text[1:], text[1:], "text", formula)
    if text.startswith("#"):
        return Cell(row, column, text, text, "error", formula)
    number = _NUMBER.fullmatch(text)
    if number and number[2]:
        places = len(number[1] or "")
        style = "0%" if not places else "0." + "0" * places + "%"
        return Cell(row, column, text, Decimal(text[:-1]) / 100, "number", formula, style)
    if number:
        return Cell(row, column, text, Decimal(text), "number", formula)
    return Cell(row, column, text, text, "text", formula)


def grid(markdown: str, sheet: str = "自评表", **attributes: object) -> Grid:
    """The Grid of one Markdown table that starts in A1."""
    rows = parse_rows(markdown)
    cells: dict[tuple[int, int], Cell] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            if text == "<":
                owner[r, c] = owner[r, c - 1]
            elif text == "^":
                owner[r, c] = owner[r - 1, c]
            else:
                owner[r, c] = (r, c)
                if text:
                    cells[r, c] = cell_of(r, c, text)
    spans: dict[tuple[int, int], Area] = {}
    for (r, c), first in owner.items():
        area = spans.get(first, Area(*first, *first))
        spans[first] = Area(area.top, area.left, max(area.bottom, r), max(area.right, c))
    merges = tuple(area for area in spans.values() if (area.top, area.left) != (area.bottom, area.right))
    return Grid(sheet, cells, merges, **attributes)  # type: ignore[arg-type]


def book(*grids: Grid, path: str = "自评表.xlsx") -> Book:
    """A Book of these grids."""
    return Book(path, grids)


def place(row: int, column: int) -> str:
    """The address of a cell, for assertions."""
    return address(row, column)
