"""A sheet drawn with characters as it stands: cells in their places, merged ones as one, marks on those that matter."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from xltools.forms.layout import one_line
from xltools.output.columns import width
from xltools.sheets.grid import Area, Grid, column_letters

Role = Literal["label", "doubtful", "value", "unknown"]
"""What a cell is: a label recognised for sure or with doubts, a value, or a label that nobody recognised."""

MARKS: Mapping[Role, str] = {"label": "▸", "doubtful": "▹", "value": "▪", "unknown": "?"}
ASCII_MARKS: Mapping[Role, str] = {"label": ">", "doubtful": "~", "value": "*", "unknown": "?"}
COLOURS: Mapping[Role, str] = {"label": "36", "doubtful": "33", "value": "32", "unknown": "31"}

CHARACTERS = "─│┌┐└┘├┤┬┴┼" + "".join(MARKS.values()) + "…"
"""What a drawing needs of an encoding besides the form's own text."""

NARROWEST, NARROW, WIDEST = 5, 7, 40
"""How narrow a column may be to show a whole sheet side by side, or else in a folded one, and how wide."""

LINES = 3
"""How many lines a row may have."""

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_CORNERS = {
    _UP | _DOWN: "│",
    _LEFT | _RIGHT: "─",
    _DOWN | _RIGHT: "┌",
    _DOWN | _LEFT: "┐",
    _UP | _RIGHT: "└",
    _UP | _LEFT: "┘",
    _UP | _DOWN | _RIGHT: "├",
    _UP | _DOWN | _LEFT: "┤",
    _LEFT | _RIGHT | _DOWN: "┬",
    _LEFT | _RIGHT | _UP: "┴",
    _UP | _DOWN | _LEFT | _RIGHT: "┼",
}


@dataclass(frozen=True)
class Pen:
    """How to draw: in so many terminal columns, with ASCII only, in colours."""

    columns: int = 80
    ascii: bool = False
    colour: bool = False

    @property
    def marks(self) -> Mapping[Role, str]:
        """The mark of each role."""
        return ASCII_MARKS if self.ascii else MARKS

    def paint(self, text: str, role: Role | None) -> str:
        """A text in its role's colour."""
        return f"\x1b[{COLOURS[role]}m{text}\x1b[0m" if self.colour and role else text


class _Piece(NamedTuple):
    """An area of the drawing, in positions among the rows and columns that are drawn, with its text."""

    top: int
    left: int
    bottom: int
    right: int
    text: str
    role: Role | None


def draw(
    grid: Grid, roles: Mapping[tuple[int, int], Collection[Role]], pen: Pen, rows: range | None = None
) -> list[str]:
    """The sheet, or some of its rows, as lines; columns that do not fit follow below in further strips.

    `roles` says of cells, by row and column, what they are. Blank rows and columns are left out.
    """
    shown_rows, shown_columns = _shown(grid, rows or range(1, grid.bounds[0] + 1))
    pieces = _pieces(grid, shown_rows, shown_columns, roles, pen)
    gutter = len(str(shown_rows[-1])) + 1 if shown_rows else 0
    lines: list[str] = []
    for first, widths in _strips(pieces, len(shown_columns), pen.columns - gutter):
        inside = [
            piece._replace(left=max(piece.left - first, 0), right=min(piece.right - first, len(widths) - 1))
            for piece in pieces
            if piece.left < first + len(widths) and piece.right >= first
        ]
        strip = _Strip(inside, len(shown_rows), widths, pen)
        letters = [column_letters(column) for column in shown_columns[first : first + len(widths)]]
        lines += [*([""] if lines else []), *strip.lines(shown_rows, letters, gutter)]
    return lines


def _shown(grid: Grid, rows: range) -> tuple[list[int], list[int]]:
    """The rows and columns that hold or are crossed by a text."""
    filled = {grid.area(row, column) for (row, column), cell in grid.cells.items() if cell.text.strip() and row in rows}
    # A title may be merged far beyond the table below it.
    last = max((area.left for area in filled), default=0)
    last = max((area.right for area in filled if area.left == last), default=0)
    found_rows = {row for area in filled for row in range(area.top, min(area.bottom, grid.bounds[0]) + 1)}
    found_columns = {column for area in filled for column in range(area.left, min(area.right, last) + 1)}
    return sorted(found_rows), sorted(found_columns)


def _pieces(
    grid: Grid,
    rows: Sequence[int],
    columns: Sequence[int],
    roles: Mapping[tuple[int, int], Collection[Role]],
    pen: Pen,
) -> list[_Piece]:
    found: dict[Area, tuple[int, int, int, int]] = {}
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            area = grid.area(row, column)
            top, left, _, _ = found.get(area, (y, x, y, x))
            found[area] = (top, left, y, x)
    pieces = []
    for area, place in found.items():
        own = [role for role in MARKS if role in roles.get((area.top, area.left), ())]
        text = "".join(pen.marks[role] for role in own) + plain(grid.text(area.top, area.left))
        pieces.append(_Piece(*place, text, own[0] if own else None))
    return pieces


def plain(text: str) -> str:
    """A text on one line, without characters that would steer the terminal."""
    return "".join(character for character in " ".join(one_line(text).split()) if character.isprintable())


def _strips(pieces: Sequence[_Piece], columns: int, room: int) -> Iterator[tuple[int, list[int]]]:
    """The first column of each strip and the widths of its columns."""
    wanted = [2] * columns
    for piece in pieces:
        if piece.left == piece.right:
            wanted[piece.left] = max(wanted[piece.left], min(width(piece.text), WIDEST))
    for piece in pieces:
        span = range(piece.left, piece.right + 1)
        lacking = min(width(piece.text), WIDEST) - sum(wanted[x] + 1 for x in span) + 1
        if lacking > 0:
            for x in span:
                wanted[x] += -(-lacking // len(span))
    whole = sum(min(size, NARROWEST) + 1 for size in wanted) + 1 <= room
    narrow = NARROWEST if whole else NARROW
    least = [min(size, narrow) for size in wanted]
    first = 0
    while first < columns:
        last, used = first, 1
        while last < columns and (used + least[last] + 1 <= room or last == first):
            used += least[last] + 1
            last += 1
        widths = wanted[first:last]
        while sum(widths) + len(widths) + 1 > room and max(widths) > narrow:
            widths[widths.index(max(widths))] -= 1
        yield first, widths
        first = last


class _Strip:
    """A part of a sheet that is drawn side by side."""

    def __init__(self, pieces: Sequence[_Piece], rows: int, widths: Sequence[int], pen: Pen) -> None:
        self.pieces, self.rows, self.widths, self.pen = pieces, rows, widths, pen
        self.x = [0]
        for size in widths:
            self.x.append(self.x[-1] + size + 1)
        heights = [1] * rows
        for piece in pieces:
            if piece.top == piece.bottom:
                heights[piece.top] = max(heights[piece.top], len(self._wrapped(piece, LINES)))
        self.y = [0]
        for height in heights:
            self.y.append(self.y[-1] + height + 1)
        blank: list[tuple[str, Role | None]] = [(" ", None)] * (self.x[-1] + 1)
        self.canvas = [list(blank) for _ in range(self.y[-1] + 1)]

    def lines(self, rows: Sequence[int], letters: Sequence[str], gutter: int) -> Iterator[str]:
        """The strip with column letters above and row numbers at the left."""
        self._draw_lines()
        self._write_texts()
        head = "".join(letter.center(size + 1) for letter, size in zip(letters, self.widths, strict=True))
        yield " " * (gutter + 1) + head.rstrip()
        numbers = {self.y[place] + 1: str(row) for place, row in enumerate(rows)}
        for place, line in enumerate(self.canvas):
            yield numbers.get(place, "").rjust(gutter - 1) + " " + self._painted(line)

    def _draw_lines(self) -> None:
        owner = {
            (y, x): number
            for number, piece in enumerate(self.pieces)
            for y in range(piece.top, piece.bottom + 1)
            for x in range(piece.left, piece.right + 1)
        }
        columns = len(self.widths)
        for i in range(self.rows + 1):
            for j in range(columns + 1):
                corner = 0
                around = [owner.get((i - 1, j - 1)), owner.get((i - 1, j)), owner.get((i, j - 1)), owner.get((i, j))]
                corner |= _UP if around[0] != around[1] else 0
                corner |= _DOWN if around[2] != around[3] else 0
                corner |= _LEFT if around[0] != around[2] else 0
                corner |= _RIGHT if around[1] != around[3] else 0
                if corner:
                    self._put(self.y[i], self.x[j], _CORNERS.get(corner, "┼"))
                if j < columns and corner & _RIGHT:
                    for x in range(self.x[j] + 1, self.x[j + 1]):
                        self._put(self.y[i], x, "─")
                if i < self.rows and corner & _DOWN:
                    for y in range(self.y[i] + 1, self.y[i + 1]):
                        self._put(y, self.x[j], "│")

    def _put(self, y: int, x: int, line: str) -> None:
        if self.pen.ascii:
            line = {"─": "-", "│": "|"}.get(line, "+")
        self.canvas[y][x] = (line, None)

    def _write_texts(self) -> None:
        for piece in self.pieces:
            high = self.y[piece.bottom + 1] - self.y[piece.top] - 1
            for number, line in enumerate(self._wrapped(piece, high)):
                row, x = self.canvas[self.y[piece.top] + 1 + number], self.x[piece.left] + 1
                for character in line:
                    size = width(character)
                    if size == 0:
                        row[x - 1] = (row[x - 1][0] + character, piece.role)
                        continue
                    row[x] = (character, piece.role)
                    if size == 2:
                        row[x + 1] = ("", piece.role)
                    x += size

    def _wrapped(self, piece: _Piece, lines: int) -> list[str]:
        room = self.x[piece.right + 1] - self.x[piece.left] - 1
        return wrapped(piece.text, room, lines, ".." if self.pen.ascii else "…")

    def _painted(self, line: Sequence[tuple[str, Role | None]]) -> str:
        if not self.pen.colour:
            return "".join(character for character, _ in line).rstrip()
        text, part, role = "", "", None
        for character, own in [*line, ("", None)]:
            if own != role:
                text, part, role = text + self.pen.paint(part, role), "", own
            part += character
        return text + part


def wrapped(text: str, room: int, lines: int, ellipsis: str = "…") -> list[str]:
    """A text broken wherever a line of so many columns is full, into at most so many lines; the last is shortened."""
    found = [""]
    for place, character in enumerate(text):
        if character == " " and not found[-1]:
            continue
        if width(found[-1] + character) <= room:
            found[-1] += character
        elif len(found) < lines:
            found.append(character.strip())
        else:
            return [*found[:-1], _shortened(found[-1] + text[place:], room, ellipsis)]
    return found


def _shortened(text: str, room: int, ellipsis: str) -> str:
    kept = ""
    for character in text:
        if width(kept + character) > room - width(ellipsis):
            break
        kept += character
    return kept + ellipsis
