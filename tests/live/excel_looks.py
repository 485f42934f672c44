"""How cells of the Excel model look: fills, letters, lines."""

# ruff: noqa: N802

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.live.com_server import Servant, Server
from tests.live.excel_parts import Collection, Kept, part, refused, spread

if TYPE_CHECKING:
    from tests.live.excel_cells import Range

NONE, SOLID, AUTOMATIC = -4142, 1, -4105
WHITE, BLACK = 0xFFFFFF, 0

THEME = {1: 0xFFFFFF, 2: 0x000000, 3: 0xE6E6E7, 4: 0x6A5444, 5: 0xC47244, 6: 0x317DED, 7: 0xA5A5A5, 8: 0x00C0FF}
THEME |= {9: 0xD59B5B, 10: 0x47AD70, 11: 0xC16305, 12: 0x724F95}
"""Colours of the theme, as Excel gives them: blue, green, red."""


class Coloured(Kept):
    """Something with a colour: of its own, or of the theme."""

    plain = WHITE

    @property
    def Color(self) -> float:
        theme = self.kept.get("ThemeColor")
        # A double, as pywin32 gives it.
        return float(THEME[theme] if theme else self.kept.get("Color", self.plain))

    @Color.setter
    def Color(self, value: float) -> None:
        self.kept.pop("ThemeColor", None)
        self.kept.pop("TintAndShade", None)
        self.kept["Color"] = int(value)

    @property
    def ThemeColor(self) -> Any:
        return self.kept.get("ThemeColor", NONE)

    @ThemeColor.setter
    def ThemeColor(self, value: int) -> None:
        self.kept.pop("Color", None)
        self.kept["ThemeColor"] = value

    TintAndShade = part(float, "TintAndShade", 0)


class Interior(Coloured):
    @property
    def Color(self) -> float:
        return super().Color

    @Color.setter
    def Color(self, value: float) -> None:
        Coloured.Color.fset(self, value)  # type: ignore[attr-defined]
        if self.kept.get("Pattern", NONE) == NONE:
            self.kept["Pattern"] = SOLID

    @property
    def Pattern(self) -> int:
        return self.kept.get("Pattern", NONE)

    @Pattern.setter
    def Pattern(self, value: int) -> None:
        # Another pattern begins anew.
        self.kept = {"Pattern": value} if value != NONE else {}
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


class Font(Coloured):
    plain = BLACK
    Name = part(str, "Name", "宋体")
    Size = part(float, "Size", 11.0)
    Bold = part(bool, "Bold", False)
    Italic = part(bool, "Italic", False)
    Underline = part(int, "Underline", NONE)


class Line(Coloured):
    """The line along one side of a cell."""

    plain = BLACK

    @property
    def LineStyle(self) -> int:
        return self.kept.get("LineStyle", NONE)

    @LineStyle.setter
    def LineStyle(self, value: int) -> None:
        if value == NONE:
            self.kept.clear()
        else:
            self.kept["LineStyle"] = value

    @property
    def Weight(self) -> int:
        return self.kept.get("Weight", 2)

    @Weight.setter
    def Weight(self, value: int) -> None:
        self.kept |= {"Weight": value, "LineStyle": self.kept.get("LineStyle", 1)}

    @property
    def Color(self) -> float:
        return super().Color

    @Color.setter
    def Color(self, value: float) -> None:
        Coloured.Color.fset(self, value)  # type: ignore[attr-defined]
        # A line that has none yet gets a thin one with its colour.
        self.kept["LineStyle"] = self.kept.get("LineStyle", 1)

    @property
    def ColorIndex(self) -> int:
        return NONE if self.LineStyle == NONE else 1


SeveralInteriors, SeveralFonts, SeveralLines = spread(Interior), spread(Font), spread(Line)

LEFT, TOP, BOTTOM, RIGHT, INSIDE_VERTICAL, INSIDE_HORIZONTAL = 7, 8, 9, 10, 11, 12


class Borders(Servant):
    """The lines of an area, by side (XlBordersIndex)."""

    def __init__(self, area: Range) -> None:
        self.server, self.area = area.server, area

    def default(self, *arguments: Any) -> Any:
        (side,) = arguments
        area = self.area
        places = {
            LEFT: [(place, LEFT) for place in area.places() if place[1] == area.left],
            TOP: [(place, TOP) for place in area.places() if place[0] == area.top],
            BOTTOM: [(place, BOTTOM) for place in area.places() if place[0] == area.bottom],
            RIGHT: [(place, RIGHT) for place in area.places() if place[1] == area.right],
            INSIDE_VERTICAL: [(place, RIGHT) for place in area.places() if place[1] < area.right],
            INSIDE_HORIZONTAL: [(place, BOTTOM) for place in area.places() if place[0] < area.bottom],
        }[side]
        lines = [area.sheet.look(place, f"line{which}", Line) for place, which in places]
        return SeveralLines(self.server, lines) if lines else NoLine(self.server)


class NoLine(Servant):
    """The line between the cells of an area that has none: "Unable to set the LineStyle property"."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def _set(self, value: Any) -> None:
        raise refused("Unable to set the LineStyle property of the Border class")

    LineStyle = property(lambda self: NONE, _set)
    Weight = property(lambda self: None, _set)
    Color = property(lambda self: None, _set)
    ColorIndex = property(lambda self: NONE)
