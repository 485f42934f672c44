"""How large a note is shown and where: beside its cell, in the widths and heights that the sheet's cells have."""

from dataclasses import dataclass
from functools import cached_property

from xltools.ooxml.markup import element_end, parse_fragment
from xltools.ooxml.sheet_index import SheetIndex

WIDTH = 260
"""How many pixels wide a note is."""

_LINE, _CHARACTERS, _MARGIN = 17, 20, 14
_GAP, _LIFT = 12, 4
_PIXELS_PER_CHARACTER = 7
_PIXELS_PER_POINT = 96 / 72
_LAST_COLUMN = 16_384
_MAX_STEPS = 400
_MAX_HEIGHT = 900


@dataclass(frozen=True)
class Frame:
    """The columns and rows of one sheet, in pixels as Excel shows them; `width` and `height` are those of most."""

    index: SheetIndex
    width: int = 64
    height: int = 20

    @classmethod
    def of(cls, data: bytes, index: SheetIndex) -> "Frame":
        """The frame of a sheet."""
        child = next((child for child in index.children if child.name == "sheetFormatPr"), None)
        if child is None:
            return cls(index)
        element = parse_fragment(data[child.start : element_end(data, child.start, child.end)])
        width, height = element.get("defaultColWidth"), element.get("defaultRowHeight")
        return cls(index, _column_pixels(width) if width else cls.width, _row_pixels(height) if height else cls.height)

    @cached_property
    def widths(self) -> dict[int, int]:
        """The columns that are not as wide as most."""
        found: dict[int, int] = {}
        for entry in self.index.columns:
            hidden = entry.get("hidden") in ("1", "true")
            if hidden or "width" in entry:
                pixels = 0 if hidden else _column_pixels(entry["width"])
                found |= dict.fromkeys(range(int(entry["min"]), min(int(entry["max"]), _LAST_COLUMN) + 1), pixels)
        return found

    @cached_property
    def heights(self) -> dict[int, int]:
        """The rows that are not as high as most."""
        found = {}
        for entry in self.index.rows:
            if entry.attributes.get("hidden") in ("1", "true"):
                found[entry.row] = 0
            elif "ht" in entry.attributes:
                found[entry.row] = _row_pixels(entry.attributes["ht"])
        return found

    def anchor(self, row: int, column: int, note: str) -> str:
        """Where the note of a cell lies (`x:Anchor`): columns and rows from 0, each with an offset in pixels."""
        right = next((area.right for area in self.index.merges if area[:2] == (row, column)), column)
        top = max(row - 1, 1)
        last_column, across = _reach(right + 1, _GAP + WIDTH, self.widths, self.width)
        last_row, down = _reach(top, _LIFT + note_height(note), self.heights, self.height)
        return f"{right},{_GAP},{top - 1},{_LIFT},{last_column - 1},{across},{last_row - 1},{down}"


def note_height(note: str) -> int:
    """How many pixels high a note has to be for its text to show."""
    lines = sum(1 + max(len(line) - 1, 0) // _CHARACTERS for line in note.split("\n"))
    return min(_LINE * lines + _MARGIN, _MAX_HEIGHT)


def _reach(first: int, length: int, sizes: dict[int, int], default: int) -> tuple[int, int]:
    """The column or row that lies so many pixels behind the beginning of the first one, and how far inside it."""
    for number in range(first, first + _MAX_STEPS):
        size = sizes.get(number, default)
        if length < size:
            return number, length
        length -= size
    return first + _MAX_STEPS, 0


def _column_pixels(width: str) -> int:
    return round(float(width) * _PIXELS_PER_CHARACTER)


def _row_pixels(height: str) -> int:
    return round(float(height) * _PIXELS_PER_POINT)
