"""A Grid seen as a person sees it: rows of boxes (merged areas count once), and the text in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from xltools.figures import Figure, fold, is_blank
from xltools.forms.vocabulary import Match, Vocabulary, meaning
from xltools.sheets.grid import Area, Grid


@dataclass(frozen=True, slots=True)
class Box:
    """An area of the sheet with what a reader sees in it."""

    area: Area
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing is to be seen in it."""
        return not self.text


class Sheet:
    """A part of a Grid (rows `first` to `last`) with the vocabulary to read its labels by.

    `mapped` says of some labels, by row and column, what they mean whatever their wording (`indicators.target`).
    """

    def __init__(
        self,
        grid: Grid,
        vocabulary: Vocabulary,
        first: int = 1,
        last: int | None = None,
        mapped: Mapping[tuple[int, int], str] | None = None,
    ) -> None:
        self.grid = grid
        self.vocabulary = vocabulary
        self.mapped = mapped or {}
        self.first = first
        self.last = grid.bounds[0] if last is None else last
        self._rows: dict[int, list[Box]] = {}

    @property
    def rows(self) -> range:
        """The row numbers of this part."""
        return range(self.first, self.last + 1)

    @cached_property
    def width(self) -> int:
        """The last column in use."""
        return self.grid.bounds[1]

    def boxes(self, row: int) -> list[Box]:
        """The boxes that a row crosses, from left to right, blank ones included."""
        if row not in self._rows:
            grid = self.grid
            self._rows[row] = [Box(area, grid.text(area.top, area.left)) for area in grid.row_areas(row)]
        return self._rows[row]

    def filled(self, row: int) -> list[Box]:
        """The boxes of a row that show something and begin in it."""
        return [box for box in self.boxes(row) if box.text and box.area.top == row]

    def match(self, block: str, box: Box) -> Match | None:
        """The field of a block that a box labels."""
        target = self.mapped.get((box.area.top, box.area.left)) if self.mapped else None
        if target is not None:
            return meaning(target, block)
        return self.vocabulary.match(block, box.text) if box.text else None

    def labelled(self, block: str, row: int) -> list[tuple[Box, Match]]:
        """The boxes of a row that are labels of a block."""
        found = []
        for box in self.boxes(row):
            match = self.match(block, box)
            if match:
                found.append((box, match))
        return found

    def figure(self, box: Box) -> Figure | None:
        """What a box holds, as a Figure; None where it is blank or a dash."""
        if is_blank(box.text):
            return None
        cell = self.grid.cell(box.area.top, box.area.left)
        if cell is None:
            return None
        return Figure.of_cell(cell, self.grid.sheet)

    def text_figure(self, box: Box) -> Figure | None:
        """What a text box holds, line breaks inside it removed; None where it is blank or a dash."""
        figure = self.figure(box)
        if figure is None or "\n" not in figure.text:
            return figure
        return Figure.of(one_line(figure.text), sheet=figure.sheet, row=figure.row, column=figure.column)

    def right_of(self, box: Box, row: int | None = None) -> Box | None:
        """The next box to the right in a row (the box's first one by default); None at the edge."""
        at = box.area.top if row is None else row
        return next((other for other in self.boxes(at) if other.area.left > box.area.right), None)

    def columns(self, row: int, left: int, right: int) -> Iterator[Box]:
        """The boxes of a row that begin within some columns."""
        return (box for box in self.boxes(row) if left <= box.area.left <= right)


_MARKS = re.compile(r"(\d+(?:\.\d+)?)\s*[/／]\s*(\d+(?:\.\d+)?)")


def split_marks(figure: Figure) -> tuple[Figure, Figure] | None:
    """Score and weight of a cell that holds both (`14.5/15`); None for any other one."""
    found = _MARKS.fullmatch(figure.text)
    if not found:
        return None
    at = {"sheet": figure.sheet, "row": figure.row, "column": figure.column}
    return Figure.of(found[1], **at), Figure.of(found[2], **at)  # type: ignore[arg-type]


def one_line(text: str) -> str:
    """A text with its line breaks and the blanks around them removed (Chinese needs none between words)."""
    parts = [part.strip() for part in text.splitlines() if part.strip()]
    joined = ""
    for part in parts:
        ascii_seam = joined[-1:].isascii() and joined[-1:].isalnum() and part[:1].isascii() and part[:1].isalnum()
        joined += (" " if ascii_seam and joined else "") + part
    return joined


def looks_like_number(text: str) -> bool:
    """Whether a text begins like a figure: a digit, a sign or a currency mark."""
    folded = fold(text)
    return bool(folded) and (folded[0].isdigit() or folded[0] in "-+≥≤<>=¥") and any(c.isdigit() for c in folded)
