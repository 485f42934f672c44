"""Areas of cells of the Excel model."""

# ruff: noqa: N802, N803

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from tests.live import excel_notes
from tests.live.com_server import OVERFLOW, Refusal, Servant, optional
from tests.live.excel_entering import ERROR, MOST_IN_ARRAY, enter, told
from tests.live.excel_looks import Borders, Font, Interior, SeveralFonts, SeveralInteriors
from tests.live.excel_parts import Collection, refused, same
from tests.live.excel_rules import Cells, FormatConditions, Validation

if TYPE_CHECKING:
    from tests.live.excel_model import Application, Worksheet

ALL_VALIDATION = -4174
_MOST_WIDTH, _MOST_HEIGHT, _MOST_COUNT = 255, 409.5, 2**31 - 1
_NOT_AVAILABLE = ERROR + 2042
_NO_SELECTION, _UNLOCKED_ONLY = -4142, 1


@dataclass
class Stored:
    """A cell: what it holds, its formula, whether its format is a currency one, and how it looks."""

    value: Any = None
    formula: str | None = None
    currency: bool = False
    number_format: str = "General"
    prefix: str = ""
    wrapped: bool = False
    horizontal: int = 1
    vertical: int = -4107
    looks: dict[str, Servant] = field(default_factory=dict)

    def state(self) -> tuple[Any, ...]:
        """How it looks, to compare; empty where it is as a cell that nobody has touched."""
        looks = tuple((name, tuple(sorted(look.kept.items()))) for name, look in self.looks.items() if look.kept)
        plain = (self.currency, self.number_format, self.prefix, self.wrapped, self.horizontal, self.vertical)
        return (*plain, *sorted(looks)) if looks or plain != (False, "General", "", False, 1, -4107) else ()


_BLANK = Stored()


def _kept(name: str) -> Any:
    """A property of every cell of an area that is a field of `Stored`."""

    def read(self: Range) -> Any:
        return same(getattr(cell, name) for cell in self.cells())

    def write(self: Range, value: Any) -> None:
        for place in self.places():
            setattr(self.sheet.cell(*place), name, value)

    return property(read, write)


class Range(Servant):
    def __init__(self, sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
        self.server, self.sheet = sheet.server, sheet
        self.top, self.left, self.bottom, self.right = top, left, bottom, right

    NumberFormat = _kept("number_format")
    WrapText = _kept("wrapped")
    HorizontalAlignment = _kept("horizontal")
    VerticalAlignment = _kept("vertical")
    PrefixCharacter = property(lambda self: self.sheet.stored.get((self.top, self.left), _BLANK).prefix)

    @property
    def dead(self) -> bool:
        return self.sheet.dead

    def touch(self, name: str) -> None:
        if name in ("Value", "Value2", "Formula"):
            self.sheet.refuse_contents(self)
        else:
            self.sheet.refuse_formats({"ColumnWidth": "Columns", "RowHeight": "Rows"}.get(name, "Cells"))
        # Whatever is changed ends the offer to paste.
        self.Application.kept["CutCopyMode"] = False

    def places(self) -> Iterator[tuple[int, int]]:
        return product(range(self.top, self.bottom + 1), range(self.left, self.right + 1))

    def cells(self) -> Iterator[Stored]:
        return (self.sheet.stored.get(place, _BLANK) for place in self.places())

    def _each(self, tell: Any) -> Any:
        rows = tuple(
            tuple(tell(self.sheet.stored.get((row, column), _BLANK)) for column in range(self.left, self.right + 1))
            for row in range(self.top, self.bottom + 1)
        )
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows

    def _part(self, down: int, right: int) -> Range:
        return Range(self.sheet, self.top + down, self.left + right, self.top + down, self.left + right)

    def default(self, *arguments: Any) -> Any:
        if len(arguments) == 2:
            return self._part(arguments[0] - 1, arguments[1] - 1)
        return self._part(*divmod(arguments[0] - 1, self.right - self.left + 1))

    @property
    def Row(self) -> int:
        return self.top

    @property
    def Column(self) -> int:
        return self.left

    @property
    def Count(self) -> int:
        count = self.CountLarge
        if count > _MOST_COUNT:
            raise Refusal(OVERFLOW, "Overflow")
        return count

    @property
    def CountLarge(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    @property
    def Rows(self) -> Collection:
        return Collection(self.server, range(self.top, self.bottom + 1))  # type: ignore[arg-type]

    @property
    def Columns(self) -> Collection:
        return Collection(self.server, range(self.left, self.right + 1))  # type: ignore[arg-type]

    @property
    def Cells(self) -> Range:
        return self

    @property
    def Worksheet(self) -> Worksheet:
        return self.sheet

    @property
    def Application(self) -> Application:
        return self.sheet.book.application

    @optional
    def Address(self, row: bool = True, column: bool = True, style: int = 1, external: bool = False) -> str:
        def corner(down: int, right: int) -> str:
            return f"{'$' * bool(column)}{get_column_letter(right)}{'$' * bool(row)}{down}"

        if (self.left, self.right) == (1, 16_384):
            return f"{'$' * bool(row)}{self.top}:{'$' * bool(row)}{self.bottom}"
        text = corner(self.top, self.left)
        if self.CountLarge > 1:
            text += f":{corner(self.bottom, self.right)}"
        return f"[{self.sheet.book.Name}]{self.sheet.Name}!{text}" if external else text

    @property
    def Value(self) -> Any:
        def tell(cell: Stored) -> Any:
            # Currency is a type of its own for COM, with four decimals.
            return Decimal(cell.value).quantize(Decimal("0.0001"), ROUND_HALF_EVEN) if cell.currency else cell.value

        return self._each(tell)

    @Value.setter
    def Value(self, value: Any) -> None:
        if not isinstance(value, list | tuple):
            for place in self.places():
                enter(self.sheet.cell(*place), value)
            return
        assert not self.sheet.FilterMode or self.CountLarge == 1, "Excel would skip the rows that are filtered out"
        rows = value if value and isinstance(value[0], list | tuple) else [value]
        if any(isinstance(each, str) and len(each) > MOST_IN_ARRAY for row in rows for each in row):
            raise refused()
        for row, column in self.places():
            down, right = row - self.top, column - self.left
            given = rows[down][right] if down < len(rows) and right < len(rows[down]) else _NOT_AVAILABLE
            enter(self.sheet.cell(row, column), given)

    @property
    def Value2(self) -> Any:
        return self._each(lambda cell: cell.value)

    @property
    def Formula(self) -> Any:
        return self._each(told)

    @Formula.setter
    def Formula(self, value: Any) -> None:
        Range.Value.fset(self, value)  # type: ignore[attr-defined]

    def ClearContents(self) -> None:
        self.sheet.refuse_contents(self)
        for place in self.places():
            enter(self.sheet.cell(*place), None)

    HasArray = property(lambda self: False)

    @property
    def EntireRow(self) -> Whole:
        return Whole(self, "row", range(self.top, self.bottom + 1))

    @property
    def EntireColumn(self) -> Whole:
        return Whole(self, "column", range(self.left, self.right + 1))

    def _size(kind: str, most: float) -> Any:  # type: ignore[misc]  # noqa: N805
        def lines(self: Range) -> range:
            return range(self.top, self.bottom + 1) if kind == "row" else range(self.left, self.right + 1)

        def read(self: Range) -> Any:
            return same(self.sheet.sizes.get((kind, place)) for place in lines(self))

        def write(self: Range, value: float) -> None:
            if not 0 <= value <= most:
                raise refused()
            self.sheet.sizes |= {(kind, place): value for place in lines(self)}

        return property(read, write)

    RowHeight, ColumnWidth = _size("row", _MOST_HEIGHT), _size("column", _MOST_WIDTH)

    @property
    def Locked(self) -> bool | None:
        return same(place not in self.sheet.unlocked for place in self.places())

    @Locked.setter
    def Locked(self, value: bool) -> None:
        places = frozenset(self.places())
        self.sheet.unlocked = self.sheet.unlocked - places if value else self.sheet.unlocked | places

    @property
    def MergeCells(self) -> bool | None:
        merged = [each for each in self.sheet.merges if self.overlaps(each)]
        inside = sum(each.overlap(self) for each in merged)
        return None if 0 < inside < self.Count else bool(inside)

    @property
    def MergeArea(self) -> Range:
        return next((each for each in self.sheet.merges if self.overlaps(each)), self)

    def Merge(self, Across: bool = False) -> None:
        self.sheet.refuse_formats()
        if self.sheet.book.MultiUserEditing:
            raise refused()
        held = [place for place in self.places() if self.sheet.stored.get(place, _BLANK).value is not None]
        assert len(held) < 2 or not self.Application.DisplayAlerts, "Excel would ask the user"
        self.sheet.merges.append(self)
        for place in held[1:]:
            enter(self.sheet.cell(*place), None)

    def overlap(self, other: Range) -> int:
        rows = min(self.bottom, other.bottom) - max(self.top, other.top) + 1
        columns = min(self.right, other.right) - max(self.left, other.left) + 1
        return max(rows, 0) * max(columns, 0)

    def overlaps(self, other: Range) -> bool:
        return self.overlap(other) > 0

    def SpecialCells(self, Type: int, Value: Any = None) -> Cells:
        if Type != ALL_VALIDATION or not self.sheet.rules or self.sheet.ProtectContents:
            raise refused("No cells were found.")
        return Cells(self.server, frozenset(self.sheet.rules))

    def Find(
        self, What: str, After: Range, LookIn: int, LookAt: int, SearchOrder: int, SearchDirection: int
    ) -> Range | None:
        """Backwards from the first cell, which is from the last one: the last cell that holds anything."""
        assert (What, LookIn, SearchDirection) == ("*", -4123, 2), "the fake knows one search"
        held = [place for place, cell in self.sheet.stored.items() if cell.value is not None or cell.formula]
        if not held:
            return None
        row, column = max(held, key=lambda place: place if SearchOrder == 1 else place[::-1])
        return Range(self.sheet, row, column, row, column)

    @property
    def Interior(self) -> Any:
        found = [self.sheet.look(place, "interior", Interior) for place in self.places()]
        return found[0] if len(found) == 1 else SeveralInteriors(self.server, found)

    @property
    def Font(self) -> Any:
        found = [self.sheet.look(place, "font", Font) for place in self.places()]
        return found[0] if len(found) == 1 else SeveralFonts(self.server, found)

    @property
    def Borders(self) -> Borders:
        return Borders(self)

    @property
    def Validation(self) -> Validation:
        held = same(self.sheet.rules.get(place) for place in self.places())
        # Where its cells differ nothing can be told of all of them.
        return Validation(self) if held is None else Validation(self, held)

    @property
    def FormatConditions(self) -> FormatConditions:
        return FormatConditions(self)

    @property
    def Comment(self) -> excel_notes.Comment | None:
        return self.sheet.notes.get((self.top, self.left))

    def AddComment(self, Text: str = "") -> excel_notes.Comment:
        return excel_notes.add(self, Text)

    @property
    def CommentThreaded(self) -> excel_notes.CommentThreaded | None:
        return self.sheet.threads.get((self.top, self.left))

    @property
    def Hyperlinks(self) -> excel_notes.Hyperlinks:
        return excel_notes.Hyperlinks(self)

    def Select(self) -> None:
        self._may_be_selected()
        self.sheet.select(self)

    def Activate(self) -> None:
        self._may_be_selected()
        inside = self.sheet.selection.overlap(self) == self.CountLarge
        self.sheet.select(self.sheet.selection if inside else self, self)

    def _may_be_selected(self) -> None:
        sheet, book = self.sheet, self.sheet.book
        if book.application.ActiveWorkbook is not book or book.ActiveSheet is not sheet:
            raise refused("Select method of Range class failed")
        if sheet.ProtectContents and (
            sheet.EnableSelection == _NO_SELECTION or (sheet.EnableSelection == _UNLOCKED_ONLY and self.Locked)
        ):
            raise refused("Select method of Range class failed")


class Whole(Servant):
    """Entire rows or columns."""

    def __init__(self, area: Range, kind: str, places: range) -> None:
        self.server, self.area, self.kind, self.places = area.server, area, kind, places

    def touch(self, name: str) -> None:
        self.area.sheet.refuse_formats(f"{self.kind.title()}s")

    @property
    def Hidden(self) -> bool | None:
        return same((self.kind, place) in self.area.sheet.hidden for place in self.places)

    @Hidden.setter
    def Hidden(self, value: bool) -> None:
        places = {(self.kind, place) for place in self.places}
        self.area.sheet.hidden = self.area.sheet.hidden | places if value else self.area.sheet.hidden - places
