"""Parts of the Excel model: properties, collections, how cells are filled and guarded, what sheets allow."""

# ruff: noqa: N802

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.live.com_fakes import REFUSED, Refusal, Servant, Server
from xltools.ooxml.formulas import translate

if TYPE_CHECKING:
    from tests.live.excel_model import Range

NONE, SOLID, AUTOMATIC = -4142, 1, -4105
WHITE, BLACK = 0xFFFFFF, 0

THEME = {1: 0xFFFFFF, 2: 0x000000, 5: 0xC47244, 6: 0x317DED}
"""Colours of the theme, as Excel gives them: blue, green, red."""


def part(kind: type, name: str, default: Any = None, *, changeable: bool = True) -> Any:
    """A property that just keeps what it is given."""

    def read(self: Any) -> Any:
        return self.kept.get(name, default)

    def write(self: Any, value: Any) -> None:
        self.kept[name] = value

    return property(read, write if changeable else None)


class Kept(Servant):
    def __init__(self, server: Server, **kept: Any) -> None:
        self.server = server
        self.kept = dict(kept)


class Collection(Servant):
    """A collection: counted from 1, or by name."""

    def __init__(self, server: Server, members: list[Any], owner: Any = None) -> None:
        self.server, self.members, self.owner = server, members, owner

    @property
    def Application(self) -> Any:
        return self.owner.Application

    @property
    def Parent(self) -> Any:
        return self.owner

    @property
    def Count(self) -> int:
        return len(self.members)

    def default(self, *arguments: Any) -> Any:
        (key,) = arguments
        if isinstance(key, str):
            for member in self.members:
                if member.Name == key:
                    return member
        elif 0 < key <= len(self.members):
            return self.members[int(key) - 1]
        raise Refusal(-2147352565, "Invalid index.")

    def items(self) -> list[Any]:
        return self.members


ALLOWED = [
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
]


class Protection(Kept):
    """What a protected sheet allows."""


for _name in ALLOWED:
    setattr(Protection, _name, part(bool, _name, False, changeable=False))


class Coloured(Kept):
    """Something with a colour: of its own, or of the theme."""

    @property
    def Color(self) -> int:
        theme = self.kept.get("ThemeColor")
        return THEME[theme] if theme else self.kept.get("Color", WHITE)

    @Color.setter
    def Color(self, value: int) -> None:
        self.kept.pop("ThemeColor", None)
        self.kept["Color"] = value
        if self.kept.get("Pattern", NONE) == NONE:
            self.kept["Pattern"] = SOLID

    @property
    def ThemeColor(self) -> Any:
        return self.kept.get("ThemeColor", NONE)

    @ThemeColor.setter
    def ThemeColor(self, value: int) -> None:
        self.kept["ThemeColor"] = value

    TintAndShade = part(float, "TintAndShade", 0)


class Interior(Coloured):
    @property
    def Pattern(self) -> int:
        return self.kept.get("Pattern", NONE)

    @Pattern.setter
    def Pattern(self, value: int) -> None:
        # Another pattern begins anew.
        self.kept = {"Pattern": value}
        if value in (4000, 4001):
            self.kept["Gradient"] = Gradient(self.server, linear=value == 4000)

    @property
    def ColorIndex(self) -> int:
        return NONE if self.Pattern == NONE else 6

    @ColorIndex.setter
    def ColorIndex(self, value: int) -> None:
        self.Pattern = value if value == NONE else SOLID

    @property
    def PatternColorIndex(self) -> int:
        return self.kept.get("PatternColorIndex", AUTOMATIC)

    @PatternColorIndex.setter
    def PatternColorIndex(self, value: int) -> None:
        self.kept["PatternColorIndex"] = value

    @property
    def PatternColor(self) -> int:
        return self.kept.get("PatternColor", BLACK)

    @PatternColor.setter
    def PatternColor(self, value: int) -> None:
        self.kept |= {"PatternColor": value, "PatternColorIndex": 1}

    @property
    def Gradient(self) -> Any:
        return self.kept.get("Gradient")


class Gradient(Kept):
    def __init__(self, server: Server, *, linear: bool) -> None:
        super().__init__(server, stops=Stops(server, []))
        names = ("Degree",) if linear else ("RectangleLeft", "RectangleTop", "RectangleRight", "RectangleBottom")
        self.kept |= dict.fromkeys(names, 0.0)

    Degree = part(float, "Degree")
    RectangleLeft = part(float, "RectangleLeft")
    RectangleTop = part(float, "RectangleTop")
    RectangleRight = part(float, "RectangleRight")
    RectangleBottom = part(float, "RectangleBottom")

    @property
    def ColorStops(self) -> Stops:
        return self.kept["stops"]


class Stops(Collection):
    def Clear(self) -> None:
        self.members.clear()

    def Add(self, position: float) -> Coloured:
        self.members.append(Stop(self.server, Position=position))
        return self.members[-1]


class Stop(Coloured):
    Position = part(float, "Position", changeable=False)


class Cells(Servant):
    """Any cells of a sheet."""

    def __init__(self, server: Server, places: frozenset[tuple[int, int]]) -> None:
        self.server, self.held = server, places

    @property
    def Cells(self) -> Cells:
        return self

    @property
    def CountLarge(self) -> int:
        return len(self.held)


class Rule:
    """A rule as it is kept: its formulas are meant for the cell `home`."""

    def __init__(self, home: tuple[int, int], **kept: Any) -> None:
        self.home, self.kept = home, kept


class Validation(Kept):
    """The rule of some cells; relative references of its formulas are said and understood from the active cell."""

    def __init__(self, area: Range, rule: Rule | None = None) -> None:
        super().__init__(area.server)
        self.area, self.rule = area, rule
        if rule is not None:
            self.kept = rule.kept

    @property
    def Type(self) -> int:
        if self.rule is None:
            raise Refusal(REFUSED, "")
        return int(self.kept["Type"])

    def _formula(self, name: str) -> str | None:
        formula, active = self.kept.get(name), self.area.Application.ActiveCell
        if formula is None or not formula.startswith("=") or self.rule is None:
            return formula
        down, right = active.top - self.rule.home[0], active.left - self.rule.home[1]
        return f"={translate(formula[1:], down, right, around=True)}"

    @property
    def Formula1(self) -> str | None:
        return self._formula("Formula1")

    @property
    def Formula2(self) -> str | None:
        return self._formula("Formula2")

    def Delete(self) -> None:
        for place in self.area.places():
            self.area.sheet.rules.pop(place, None)

    def Add(self, kind: int, alert: int = 1, operator: int = 1, first: Any = None, second: Any = None) -> None:
        active = self.area.Application.ActiveCell
        told = {"Type": kind, "AlertStyle": alert, "Operator": operator, "Formula1": first, "Formula2": second}
        self.rule = Rule((active.top, active.left), **told)
        self.kept = self.rule.kept
        self.area.sheet.rules |= dict.fromkeys(self.area.places(), self.rule)

    AlertStyle = part(int, "AlertStyle", changeable=False)
    Operator = part(int, "Operator", changeable=False)
    IgnoreBlank = part(bool, "IgnoreBlank", True)
    InCellDropdown = part(bool, "InCellDropdown", False)
    InputTitle = part(str, "InputTitle", "")
    InputMessage = part(str, "InputMessage", "")
    ErrorTitle = part(str, "ErrorTitle", "")
    ErrorMessage = part(str, "ErrorMessage", "")
    ShowInput = part(bool, "ShowInput", True)
    ShowError = part(bool, "ShowError", True)
