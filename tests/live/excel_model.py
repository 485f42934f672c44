"""What live mode uses of Excel's object model, as a server for `com_fakes` (Microsoft Learn, "Object model").

Formulas are not computed. What is refused here, Excel refuses with error 1004; where Excel would ask its user
something, which nobody would answer, an assertion fails.
"""

# ruff: noqa: N802, N803

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from openpyxl.utils import range_boundaries

from tests.live import excel_notes
from tests.live.com_server import Servant, Server, optional
from tests.live.excel_cells import Range, Stored
from tests.live.excel_parts import ALLOWED, Collection, Kept, Names, Protection, part, refused
from tests.live.excel_rules import Cells, FormatCondition, Rule
from tests.live.excel_view import View

_SETTINGS = (86, 86, ".", ",", ",", "R", "C", "r", "c", "[", "]", "{", "}")
"""Application.International, whose first index is 1."""

_FORBIDDEN = re.compile(r"[\\/?*\[\]:]").search
_IN_VIEW = 30
"""How many rows the window shows."""


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
    Calculation = part(int, "Calculation", -4105)
    StatusBar = part(Any, "StatusBar", False)  # type: ignore[arg-type]
    CutCopyMode = part(int, "CutCopyMode", False)
    ActiveWorkbook = part(Servant, "ActiveWorkbook", changeable=False)
    Workbooks = part(Servant, "Workbooks", changeable=False)
    ProtectedViewWindows = part(Servant, "ProtectedViewWindows", changeable=False)

    def __init__(self, *names: str, sheets: Sequence[str] = ("Sheet1",), **kept: Any) -> None:
        super().__init__(Server(), **kept)
        self.events: list[str] = []
        """What the workbooks' own macros would have been called for."""
        books = [Workbook(self, name, sheets) for name in names]
        self.kept |= {
            "Workbooks": Collection(self.server, books, self),
            "ActiveWorkbook": books[0] if books else None,
            "ProtectedViewWindows": Collection(self.server, []),
        } | kept

    def event(self, name: str) -> None:
        if self.EnableEvents:
            self.events.append(name)

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
    def ActiveCell(self) -> Range | None:
        sheet = self.ActiveSheet
        return sheet.active if isinstance(sheet, Worksheet) else None

    @property
    def Selection(self) -> Any:
        sheet = self.ActiveSheet
        return (sheet.drawing or sheet.selection) if isinstance(sheet, Worksheet) else sheet and sheet.drawing

    def Goto(self, Reference: Range, Scroll: bool = False) -> None:
        Reference.sheet.book.Activate()
        Reference.sheet.Activate()
        Reference.Select()

    def Intersect(self, area: Range, cells: Cells) -> Cells | None:
        common = cells.held & frozenset(area.places())
        return Cells(self.server, common) if common else None

    def Calculate(self) -> None:
        self.kept["calculated"] = self.kept.get("calculated", 0) + 1

    @optional
    def International(self, Index: int | None = None) -> Any:
        return _SETTINGS if Index is None else _SETTINGS[Index - 1]


class ProtectedView(Kept):
    SourceName = part(str, "SourceName", changeable=False)


class Drawing(Servant):
    """A drawing, or a part of a chart, that may be selected instead of cells."""

    def __init__(self, server: Server) -> None:
        self.server = server


class Workbook(Kept):
    Name = part(str, "Name", changeable=False)
    FullName = part(str, "FullName", changeable=False)
    Date1904 = part(bool, "Date1904", False)
    MultiUserEditing = part(bool, "MultiUserEditing", False, changeable=False)
    ProtectStructure = part(bool, "ProtectStructure", False, changeable=False)
    ProtectWindows = part(bool, "ProtectWindows", False, changeable=False)
    Names = part(Servant, "Names", changeable=False)
    dead = False

    def __init__(self, application: Application, name: str, sheets: Sequence[str]) -> None:
        super().__init__(application.server, Name=name, FullName=rf"C:\表\{name}")
        self.application = application
        self.all: list[Any] = [Worksheet(self, each) for each in sheets]
        self.selected: list[Any] = self.all[:1]
        """The sheets that are selected; the first of them is active."""
        self.kept["Names"] = Names(self.server, [])

    @property
    def Application(self) -> Application:
        return self.application

    @property
    def ActiveSheet(self) -> Any:
        return self.selected[0]

    def Protect(self, password: str, structure: bool, windows: bool) -> None:
        self.kept |= {"password": password, "ProtectStructure": structure, "ProtectWindows": windows}

    def Unprotect(self, password: str | None = None) -> None:
        assert password is not None, "Excel would ask the user"
        if self.kept.get("password", "") not in ("", password):
            raise refused("The password you supplied is not correct.")
        self.kept |= {"ProtectStructure": False, "ProtectWindows": False}

    @property
    def sheets(self) -> Sheets:
        return Sheets(self.server, [each for each in self.all if isinstance(each, Worksheet)], self)

    @property
    def Worksheets(self) -> Sheets:
        return self.sheets

    @property
    def Sheets(self) -> Sheets:
        return Sheets(self.server, list(self.all), self)

    @property
    def Windows(self) -> Collection:
        return Collection(self.server, [View(self)], self)

    def Activate(self) -> None:
        if self.application.ActiveWorkbook is not self:
            self.application.kept["ActiveWorkbook"] = self
            self.application.event(f"{self.Name} activated")

    def Close(self, SaveChanges: bool | None = None) -> None:
        assert SaveChanges is not None, "Excel would ask the user"
        books = self.application.Workbooks.members
        books.remove(self)
        self.dead = True
        for sheet in self.all:
            sheet.dead = True
        if self.application.ActiveWorkbook is self:
            self.application.kept["ActiveWorkbook"] = books[0] if books else None

    def show(self, sheet: Any) -> None:
        if self.selected != [sheet]:
            self.selected = [sheet]
            self.application.event(f"{sheet.Name} activated")

    def refuse_structure(self) -> None:
        if self.ProtectStructure:
            raise refused("Workbook is protected.")


class Sheets(Collection):
    def Add(self, Before: Any = None, After: Any = None, Count: int | None = None, Type: Any = None) -> Worksheet:
        book = self.owner
        book.refuse_structure()
        place = book.all.index(Before or book.ActiveSheet) + (After is not None)
        # As many as are selected, unless it is said.
        for _ in range(len(book.selected) if Count is None else Count):
            taken = {sheet.Name for sheet in book.all}
            name = next(name for number in range(1, 999) if (name := f"Sheet{number}") not in taken)
            book.all.insert(place, Worksheet(book, name))
        book.show(book.all[place])
        return book.all[place]


class AnySheet(Kept):
    Visible = part(int, "Visible", -1)
    drawing: Drawing | None = None
    dead = False

    def __init__(self, book: Workbook, name: str) -> None:
        super().__init__(book.server, Name=name)
        self.book = book

    @property
    def Name(self) -> str:
        return self.kept["Name"]

    @Name.setter
    def Name(self, value: str) -> None:
        taken = {sheet.Name.casefold() for sheet in self.book.all if sheet is not self}
        if not 0 < len(value) <= 31 or _FORBIDDEN(value) or value.casefold() in taken:
            raise refused("That name is already taken. Try a different one.")
        self.kept["Name"] = value

    @property
    def Parent(self) -> Workbook:
        return self.book

    @property
    def Application(self) -> Application:
        return self.book.application

    def Activate(self) -> None:
        if self.Visible != -1:
            raise refused("Activate method of Worksheet class failed")
        # One of several selected ones leaves the others selected.
        if self in self.book.selected:
            self.book.selected.sort(key=lambda sheet: sheet is not self)
        else:
            self.book.show(self)

    def Select(self, Replace: bool = True) -> None:
        if self.Visible != -1 or self.Application.ActiveWorkbook is not self.book:
            raise refused("Select method of Worksheet class failed")
        self.book.show(self)

    def Delete(self) -> bool:
        book = self.book
        assert not self.Application.DisplayAlerts, "Excel would ask the user"
        book.refuse_structure()
        others = [sheet for sheet in book.all if sheet is not self]
        if book.MultiUserEditing or all(sheet.Visible != -1 for sheet in others):
            raise refused("A workbook must contain at least one visible worksheet.")
        lost = re.compile(rf"'?{re.escape(self.Name)}'?!")
        for name in book.Names.members:
            name.RefersTo = lost.sub("#REF!", name.RefersTo)
        for cell in (cell for sheet in others for cell in getattr(sheet, "stored", {}).values()):
            cell.formula = cell.formula and lost.sub("#REF!", cell.formula)
        place = book.all.index(self)
        book.all, self.dead = others, True
        if self in book.selected:
            book.show(next(sheet for sheet in [*others[place:], *others] if sheet.Visible == -1))
        return True


class ChartSheet(AnySheet):
    """A chart that takes a sheet of its own."""


class Worksheet(AnySheet):
    ProtectContents = part(bool, "ProtectContents", False, changeable=False)
    ProtectionMode = part(bool, "ProtectionMode", False, changeable=False)
    ProtectDrawingObjects = part(bool, "ProtectDrawingObjects", False, changeable=False)
    ProtectScenarios = part(bool, "ProtectScenarios", False, changeable=False)
    EnableSelection = part(int, "EnableSelection", 0)
    FilterMode = part(bool, "FilterMode", False, changeable=False)

    def __init__(self, book: Workbook, name: str) -> None:
        super().__init__(book, name)
        self.stored: dict[tuple[int, int], Stored] = {}
        self.hidden: set[tuple[str, int]] = set()
        self.sizes: dict[tuple[str, int], float] = {}
        self.merges: list[Range] = []
        self.rules: dict[tuple[int, int], Rule] = {}
        self.conditions: list[FormatCondition] = []
        self.notes: dict[tuple[int, int], excel_notes.Comment] = {}
        self.threads: dict[tuple[int, int], excel_notes.CommentThreaded] = {}
        self.links: list[excel_notes.Hyperlink] = []
        self.unlocked: frozenset[tuple[int, int]] = frozenset()
        self.view: dict[str, Any] = {}
        self.selection = self.active = Range(self, 1, 1, 1, 1)

    def cell(self, row: int, column: int) -> Stored:
        return self.stored.setdefault((row, column), Stored())

    def look(self, place: tuple[int, int], name: str, kind: type) -> Any:
        looks = self.cell(*place).looks
        if name not in looks:
            looks[name] = kind(self.server)
            looks[name].allowed = self.refuse_formats
        return looks[name]

    def select(self, area: Range, active: Range | None = None) -> None:
        self.selection, self.drawing = area, None
        self.active = active or Range(self, area.top, area.left, area.top, area.left)
        first = self.view.get("ScrollRow", 1)
        if not first <= self.active.top < first + _IN_VIEW:
            self.view["ScrollRow"] = self.active.top
        self.Application.event(f"{self.Name}!{area.Address()} selected")

    def _refuses(self, allowed: str | None) -> bool:
        free = allowed is not None and getattr(self.Protection, f"AllowFormatting{allowed}")
        return self.ProtectContents and not self.ProtectionMode and not free

    def refuse_contents(self, area: Range) -> None:
        if self._refuses(None) and area.Locked is not False:
            raise refused("The cell is protected.")

    def refuse_formats(self, allowed: str = "Cells") -> None:
        if self._refuses(allowed):
            raise refused("The sheet is protected.")

    def refuse_drawings(self) -> None:
        if self.ProtectDrawingObjects and not self.ProtectionMode:
            raise refused()

    @property
    def Protection(self) -> Protection:
        return self.kept.get("Protection") or Protection(self.server)

    @property
    def Cells(self) -> Range:
        return Range(self, 1, 1, 1_048_576, 16_384)

    @property
    def UsedRange(self) -> Range:
        places = [
            place for place, cell in self.stored.items() if cell.value is not None or cell.formula or cell.state()
        ]
        rows, columns = [row for row, _ in places] or [1], [column for _, column in places] or [1]
        return Range(self, min(rows), min(columns), max(rows), max(columns))

    @property
    def Comments(self) -> Collection:
        return Collection(self.server, [self.notes[place] for place in sorted(self.notes)], self)

    def Range(self, first: Any, last: Any = None) -> Range:
        if not isinstance(first, str):
            return Range(self, first.top, first.left, last.bottom, last.right)
        if len(first) > 255:
            raise refused()
        left, top, right, bottom = range_boundaries(re.sub(r"\$", "", first))
        return Range(self, top or 1, left or 1, bottom or 1_048_576, right or 16_384)

    def Protect(
        self, password: str, drawings: bool, contents: bool, scenarios: bool, mode: bool, *allowed: bool
    ) -> None:
        if len(self.book.selected) > 1:
            raise refused("Protect method of Worksheet class failed")
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
        if len(self.book.selected) > 1:
            raise refused("Unprotect method of Worksheet class failed")
        if self.kept.get("password", "") not in ("", password):
            raise refused("The password you supplied is not correct.")
        self.kept |= dict.fromkeys(("ProtectContents", "ProtectDrawingObjects", "ProtectScenarios"), False)
        self.kept |= {"EnableSelection": 0, "Protection": Protection(self.server)}


class Window(Servant):
    """What a window's accessible object is: the window, from which the application is had."""

    def __init__(self, application: Application) -> None:
        self.server, self.application = application.server, application

    @property
    def Application(self) -> Application:
        return self.application
