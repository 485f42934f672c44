"""Reads the replicas in `forms/`: what stands in which cell, and which cells are merged.

A replica is one text file: TOML between two `+++` lines, then the form as a reader sees it. A line with pipes is a row
of the table; `<` is merged with the cell at its left, `^` with the cell above, an empty cell is blank, `\\n` breaks the
line inside a cell, and a leading `'` keeps a figure as text. A word before the first pipe (`B`, `b`, `i` …) names what
the row is for the truth (see `truth.py`). A line without pipes is a title or a note: a row merged across the sheet, or
a paragraph of a document; behind `# ` it is a heading. `## name` starts another sheet.

Front matter: `sheet` (name of the first sheet), `hidden` (names of hidden sheets), `origin` (the cell where the form
starts), `source` (who published it), `numbers` ("typed" or "text"), `formats`, `formulas` (cell, or sheet!cell, to
formula), `truth`, `expected`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_FIGURE = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?%?")
_TITLE_WIDTH = 6  # columns that a title covers on a sheet without a table


class FormError(ValueError):
    """A replica that breaks the notation; the message names file and line."""


@dataclass(frozen=True)
class Cell:
    """A cell of the grid: its text, how far it reaches, and whether another cell covers it."""

    text: str
    width: int = 1
    height: int = 1
    anchor: tuple[int, int] | None = None  # row and column (from 0, within the table) of the covering cell

    @property
    def covered(self) -> bool:
        return self.anchor is not None


@dataclass(frozen=True)
class Row:
    """A row of a table with the tag that says what it is."""

    tag: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Text:
    """A line outside the tables."""

    text: str
    heading: bool = False


@dataclass
class Sheet:
    """One sheet, or one part of a document: lines and tables in their order."""

    name: str
    blocks: list[Text | list[Row]] = field(default_factory=list)

    @property
    def tables(self) -> list[list[Row]]:
        return [block for block in self.blocks if isinstance(block, list)]

    @property
    def width(self) -> int:
        """Number of columns of the widest table."""
        return max((len(table[0].cells) for table in self.tables), default=_TITLE_WIDTH)

    def rows(self) -> Iterator[tuple[int, Text | Row]]:
        """Every line and row with its number from 1, as a sheet that starts in A1 counts them."""
        number = 0
        for block in self.blocks:
            for item in block if isinstance(block, list) else [block]:
                number += 1
                yield number, item


@dataclass
class Form:
    """A replica: its front matter and its sheets."""

    slug: str
    meta: dict[str, Any]
    sheets: list[Sheet]

    @property
    def typed(self) -> bool:
        """Whether figures are numbers in the workbook."""
        return bool(self.meta.get("numbers", "typed") == "typed")

    @property
    def hidden(self) -> list[str]:
        """Names of the sheets that a workbook does not show."""
        return list(self.meta.get("hidden", []))

    @property
    def formats(self) -> list[str]:
        return list(self.meta.get("formats", ["xlsx", "docx"]))


def load(path: Path) -> Form:
    """Reads a replica. Raises FormError where it breaks the notation."""
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[0].strip() != "+++" or "+++" not in (x.strip() for x in lines[1:]):
        raise FormError(f"{path.name}: no front matter between +++ lines")
    end = next(i for i, x in enumerate(lines[1:], 1) if x.strip() == "+++")
    try:
        meta = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        raise FormError(f"{path.name}: front matter: {error}") from error
    sheets = [Sheet(str(meta.get("sheet", "Sheet1")))]
    pending: list[tuple[int, str, list[str]]] = []

    def flush() -> None:
        if pending:
            sheets[-1].blocks.append(_table(path.name, pending))
            pending.clear()

    for number, line in enumerate(lines[end + 1 :], end + 2):
        text = line.strip()
        if text.startswith("## "):
            flush()
            if sheets[-1].blocks:
                sheets.append(Sheet(text[3:].strip()))
            else:
                sheets[-1].name = text[3:].strip()
        elif re.match(r"\w{0,4}\s*\|", text):
            if not text.endswith("|"):
                raise FormError(f"{path.name}:{number}: a row must end with a pipe")
            tag, _, rest = text.partition("|")
            pending.append((number, tag.strip(), [c.strip() for c in rest[:-1].split("|")]))
        else:
            flush()
            if text:
                line_text = text.removeprefix("# ").replace("\\n", "\n")
                sheets[-1].blocks.append(Text(line_text, heading=text.startswith("# ")))
    flush()
    return Form(path.stem, meta, sheets)


def _table(name: str, lines: list[tuple[int, str, list[str]]]) -> list[Row]:
    width = len(lines[0][2])
    for number, _, cells in lines:
        if len(cells) != width:
            raise FormError(f"{name}:{number}: {len(cells)} cells, the first row of the table has {width}")
    grid = [cells for _, _, cells in lines]
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    reach: dict[tuple[int, int], tuple[int, int]] = {}
    for r, cells in enumerate(grid):
        for c, text in enumerate(cells):
            if text in ("<", "^"):
                source = (r, c - 1) if text == "<" else (r - 1, c)
                if min(source) < 0:
                    raise FormError(f"{name}:{lines[r][0]}: nothing to merge {text!r} with")
                anchor = anchors.get(source, source)
                anchors[r, c] = anchor
                height, wide = reach.get(anchor, (1, 1))
                reach[anchor] = (max(height, r - anchor[0] + 1), max(wide, c - anchor[1] + 1))
    for (r, c), (height, wide) in reach.items():
        for y in range(r, r + height):
            for x in range(c, c + wide):
                if (y, x) != (r, c) and anchors.get((y, x)) != (r, c):
                    raise FormError(f"{name}:{lines[y][0]}: the merged area of {grid[r][c]!r} is no rectangle")
    table = []
    for r, (_, tag, cells) in enumerate(lines):
        row = []
        for c, text in enumerate(cells):
            height, wide = reach.get((r, c), (1, 1))
            covered = anchors.get((r, c))
            row.append(Cell("" if covered else text.replace("\\n", "\n"), wide, height, covered))
        table.append(Row(tag, tuple(row)))
    return table


def shown(text: str) -> str:
    """What a reader sees of a cell's text: without the mark that keeps a figure as text."""
    return text.removeprefix("'")


def number_of(text: str) -> tuple[int | float, str] | None:
    """The number and the number format behind a printed figure; None where it is not a plain figure."""
    if not _FIGURE.fullmatch(text):
        return None
    digits = text.rstrip("%").replace(",", "")
    decimals = len(digits.partition(".")[2])
    whole = "#,##0" if "," in text else "0"
    code = whole + ("." + "0" * decimals if decimals else "")
    if text.endswith("%"):
        return round(float(digits) / 100, decimals + 4), code + "%"
    if not decimals:
        return int(digits), "#,##0" if "," in text else "General"
    return float(digits), code if digits.endswith("0") or "," in text else "General"
