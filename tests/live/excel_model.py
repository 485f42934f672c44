"""What live mode uses of Excel's object model, as a server for `com_fakes` (Microsoft Learn, "Object model")."""

# ruff: noqa: N802

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import product
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries

from tests.live.com_fakes import REFUSED, Refusal, Servant, Server, optional
from tests.live.excel_parts import ALLOWED, Cells, Collection, Interior, Kept, Protection, Rule, Validation, part


class Application(Kept):
    """Excel, or with another name and folder WPS."""

    Name = part(str, "Name", "Microsoft Excel", changeable=False)
    Path = part(str, "Path", r"C:\Program Files\Microsoft Office\root\Office16", changeable=False)
    Version = part(str, "Version", "16.0", changeable=False)
    Hwnd = part(int, "Hwnd", 100, changeable=False)
    Interactive = part(bool, "Interactive", True)
    ScreenUpdating = part(bool, "ScreenUpdating", True)
    EnableEvents = part(bool, "EnableEvents", True)
    DisplayAlerts = part(bool, "DisplayAlerts", True)
    ActiveWorkbook = part(Servant, "ActiveWorkbook", changeable=False)
    ActiveCell = part(Servant, "ActiveCell", changeable=False)
    Workbooks = part(Servant, "Workbooks", changeable=False)
    ProtectedViewWindows = part(Servant, "ProtectedViewWindows", changeable=False)

    def __init__(self, *names: str, sheets: Sequence[str] = ("Sheet1",), **kept: Any) -> None:
        super().__init__(Server(), **kept)
        books = [Workbook(self, name, sheets) for name in names]
        self.kept |= {
            "Workbooks": Collection(self.server, books, self),
            "ActiveWorkbook": books[0] if books else None,
            "ProtectedViewWindows": Collection(self.server, []),
        } | kept
        if books:
            books[0].sheets.members[0].Range("A1").Select()

    @property
    def Application(self) -> Application:
        return self

    @property
    def Ready(self) -> bool:
        return not self.server.editing

    @property
    def ActiveSheet(self) -> Any:
        return None if self.ActiveWorkbook is None else self.ActiveWorkbook.ActiveSheet

    @property
    def Selection(self) -> Any:
        return self.ActiveCell

    def Intersect(self, area: Range, cells: Cells) -> Cells | None:
        common = cells.held & frozenset(area.places())
        return Cells(self.server, common) if common else None

    def International(self, index: int) -> Any:
        return {5: ","}[index]


class ProtectedView(Kept):
    SourceName = part(str, "SourceName", changeable=False)


class Workbook(Kept):
    Name = part(str, "Name", changeable=False)
    FullName = part(str, "FullName", changeable=False)
    Date1904 = part(bool, "Date1904", False)
    ProtectStructure = part(bool, "ProtectStructure", False, changeable=False)
    ProtectWindows = part(bool, "ProtectWindows", False, changeable=False)
    ActiveSheet = part(Servant, "ActiveSheet", changeable=False)
    Names = part(Servant, "Names", changeable=False)

    def __init__(self, application: Application, name: str, sheets: Sequence[str]) -> None:
        super().__init__(application.server, Name=name, FullName=rf"C:\表\{name}")
        self.application = application
        self.sheets = Collection(self.server, [], self)
        self.sheets.members += [Worksheet(self, each) for each in sheets]
        self.kept |= {"ActiveSheet": self.sheets.members[0], "Names": Collection(self.server, [])}

    @property
    def Application(self) -> Application:
        return self.application

    def Protect(self, password: str, structure: bool, windows: bool) -> None:
        self.kept |= {"password": password, "ProtectStructure": structure, "ProtectWindows": windows}

    def Unprotect(self, password: str | None = None) -> None:
        assert password is not None, "Excel would ask the user"
        if self.kept.get("password", "") not in ("", password):
            raise Refusal(REFUSED, "The password you supplied is not correct.")
        self.kept |= {"ProtectStructure": False, "ProtectWindows": False}

    @property
    def Worksheets(self) -> Collection:
        return self.sheets


ALL_VALIDATION = -4174


class DefinedName(Kept):
    Name = part(str, "Name", changeable=False)
    RefersTo = part(str, "RefersTo", changeable=False)


@dataclass
class Stored:
    """A cell: what it holds, its formula, whether its format is a currency one, and what belongs to it."""

    value: Any = None
    formula: str | None = None
    currency: bool = False
    number_format: str = "General"
    looks: dict[str, Servant] = field(default_factory=dict)


class Worksheet(Kept):
    Name = part(str, "Name")
    Visible = part(int, "Visible", -1)
    ProtectContents = part(bool, "ProtectContents", False, changeable=False)
    ProtectionMode = part(bool, "ProtectionMode", False, changeable=False)
    ProtectDrawingObjects = part(bool, "ProtectDrawingObjects", False, changeable=False)
    ProtectScenarios = part(bool, "ProtectScenarios", False, changeable=False)
    Protection = part(Servant, "Protection", changeable=False)
    EnableSelection = part(int, "EnableSelection", 0)

    def __init__(self, book: Workbook, name: str) -> None:
        super().__init__(book.server, Name=name)
        self.book = book
        self.stored: dict[tuple[int, int], Stored] = {}
        self.hidden: set[tuple[str, int]] = set()
        self.merges: list[Range] = []
        self.rules: dict[tuple[int, int], Rule] = {}
        self.unlocked: frozenset[tuple[int, int]] = frozenset()

    @property
    def Parent(self) -> Workbook:
        return self.book

    @property
    def Application(self) -> Application:
        return self.book.application

    @property
    def Cells(self) -> Range:
        return Range(self, 1, 1, 1_048_576, 16_384)

    @property
    def UsedRange(self) -> Range:
        rows = [row for row, _ in self.stored] or [1]
        columns = [column for _, column in self.stored] or [1]
        return Range(self, min(rows), min(columns), max(rows), max(columns))

    def Range(self, first: Any, last: Any = None) -> Range:
        if isinstance(first, str):
            left, top, right, bottom = range_boundaries(re.sub(r"\$", "", first))
            return Range(self, top, left, bottom, right)
        return Range(self, first.top, first.left, last.bottom, last.right)

    def Protect(
        self, password: str, drawings: bool, contents: bool, scenarios: bool, mode: bool, *allowed: bool
    ) -> None:
        self.kept |= {
            "password": password,
            "ProtectDrawingObjects": drawings,
            "ProtectContents": contents,
            "ProtectScenarios": scenarios,
            "ProtectionMode": mode,
            "Protection": Protection(self.server, **dict(zip(ALLOWED, allowed, strict=True))),
        }

    def Unprotect(self, password: str | None = None) -> None:
        assert password is not None, "Excel would ask the user"
        if self.kept.get("password", "") not in ("", password):
            raise Refusal(REFUSED, "The password you supplied is not correct.")
        self.kept |= dict.fromkeys(("ProtectContents", "ProtectDrawingObjects", "ProtectScenarios"), False)
        self.kept |= {"EnableSelection": 0, "Protection": Protection(self.server)}

    def Activate(self) -> None:
        if self.Visible != -1:
            raise Refusal(REFUSED, "Activate method of Worksheet class failed")
        self.book.kept["ActiveSheet"] = self

    def cell(self, row: int, column: int) -> Stored:
        return self.stored.setdefault((row, column), Stored())


class Range(Servant):
    def __init__(self, sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
        self.server, self.sheet = sheet.server, sheet
        self.top, self.left, self.bottom, self.right = top, left, bottom, right

    def _each(self, tell: Any) -> Any:
        rows = tuple(
            tuple(tell(self.sheet.stored.get((row, column), Stored())) for column in range(self.left, self.right + 1))
            for row in range(self.top, self.bottom + 1)
        )
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows

    def default(self, *arguments: Any) -> Any:
        row, column = arguments if len(arguments) == 2 else (1, arguments[0])
        return Range(self.sheet, self.top + row - 1, self.left + column - 1, self.top + row - 1, self.left + column - 1)

    @property
    def Row(self) -> int:
        return self.top

    @property
    def Column(self) -> int:
        return self.left

    @property
    def Count(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    @property
    def Rows(self) -> Collection:
        return Collection(self.server, list(range(self.top, self.bottom + 1)))

    @property
    def Columns(self) -> Collection:
        return Collection(self.server, list(range(self.left, self.right + 1)))

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
    def Address(self, *_: Any) -> str:
        return f"${get_column_letter(self.left)}${self.top}"

    @property
    def Value(self) -> Any:
        def tell(cell: Stored) -> Any:
            # Currency is a type of its own for COM, with four decimals.
            return Decimal(cell.value).quantize(Decimal("0.0001"), ROUND_HALF_EVEN) if cell.currency else cell.value

        return self._each(tell)

    @Value.setter
    def Value(self, value: Any) -> None:
        if self.sheet.ProtectContents:
            raise Refusal(REFUSED, "The cell is protected.")
        self.sheet.cell(self.top, self.left).value = value

    @property
    def Value2(self) -> Any:
        return self._each(lambda cell: cell.value)

    @property
    def Formula(self) -> Any:
        return self._each(lambda cell: cell.formula or ("" if cell.value is None else str(cell.value)))

    @property
    def EntireRow(self) -> Whole:
        return Whole(self, "row", range(self.top, self.bottom + 1))

    @property
    def EntireColumn(self) -> Whole:
        return Whole(self, "column", range(self.left, self.right + 1))

    @property
    def Locked(self) -> bool | None:
        return _same(place not in self.sheet.unlocked for place in self.places())

    @property
    def NumberFormat(self) -> str | None:
        return _same(cell.number_format for cell in self._cells())

    @property
    def MergeCells(self) -> bool | None:
        merged = [each for each in self.sheet.merges if self.overlaps(each)]
        inside = sum(each.overlap(self) for each in merged)
        return None if 0 < inside < self.Count else bool(inside)

    @property
    def MergeArea(self) -> Range:
        return next((each for each in self.sheet.merges if self.overlaps(each)), self)

    def overlap(self, other: Range) -> int:
        rows = min(self.bottom, other.bottom) - max(self.top, other.top) + 1
        columns = min(self.right, other.right) - max(self.left, other.left) + 1
        return max(rows, 0) * max(columns, 0)

    def overlaps(self, other: Range) -> bool:
        return self.overlap(other) > 0

    def SpecialCells(self, kind: int, value: Any = None) -> Cells:
        if kind != ALL_VALIDATION or not self.sheet.rules:
            raise Refusal(REFUSED, "No cells were found.")
        return Cells(self.server, frozenset(self.sheet.rules))

    @property
    def CountLarge(self) -> int:
        return self.Count

    def places(self) -> Iterator[tuple[int, int]]:
        return product(range(self.top, self.bottom + 1), range(self.left, self.right + 1))

    def _cells(self) -> Iterator[Stored]:
        return (self.sheet.stored.get(place, Stored()) for place in self.places())

    @property
    def Interior(self) -> Interior:
        looks = self.sheet.cell(self.top, self.left).looks
        return looks.setdefault("interior", Interior(self.server))

    @property
    def Validation(self) -> Validation:
        held = _same(self.sheet.rules.get(place) for place in self.places())
        if held is None and any(place in self.sheet.rules for place in self.places()):
            # Its cells differ, so that nothing can be told of all of them.
            return Validation(self)
        return Validation(self) if held is None else Validation(self, held)

    def Select(self) -> None:
        if self.sheet.book.ActiveSheet is not self.sheet:
            raise Refusal(REFUSED, "Select method of Range class failed")
        self.Application.kept["ActiveCell"] = Range(self.sheet, self.top, self.left, self.top, self.left)


def _same(values: Iterable[Any]) -> Any:
    """What all have in common; None, as COM says it, where they differ."""
    known = set(values)
    return known.pop() if len(known) == 1 else None


class Whole(Servant):
    """Entire rows or columns."""

    def __init__(self, area: Range, kind: str, places: range) -> None:
        self.server, self.area, self.kind, self.places = area.server, area, kind, places

    @property
    def Hidden(self) -> bool | None:
        answers = {(self.kind, place) in self.area.sheet.hidden for place in self.places}
        return answers.pop() if len(answers) == 1 else None


class Window(Servant):
    """What a window's accessible object is: the window, from which the application is had."""

    def __init__(self, application: Application) -> None:
        self.server, self.application = application.server, application

    @property
    def Application(self) -> Application:
        return self.application
