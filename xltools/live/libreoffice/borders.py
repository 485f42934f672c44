"""The borders of a range."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.protection import editable

if TYPE_CHECKING:
    from xltools.live.libreoffice.ranges import Range

Color = tuple[int, int, int]

_LINES = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_vertical": "VerticalLine",
    "inside_horizontal": "HorizontalLine",
}
_DIAGONALS = {"diagonal_down": "DiagonalTLBR2", "diagonal_up": "DiagonalBLTR2"}

_STYLES = {"continuous": 0, "dot": 1, "dash": 2, "double": 3, "dash_dot": 16, "dash_dot_dot": 17, "slant_dash_dot": 16}
"""`com.sun.star.table.BorderLineStyle`; a slanted line is drawn straight."""
_STYLE_NAMES = {0: "continuous", 1: "dot", 2: "dash", 14: "dash", 16: "dash_dot", 17: "dash_dot_dot"}
_DOUBLES = range(3, 12)

_WIDTHS = {"hairline": 2, "thin": 26, "medium": 53, "thick": 88}
"""In 1/100 mm."""

_UNSET: Any = base_classes._UNSET


def _is_line(line: Any) -> bool:
    return bool(line.LineWidth or line.OuterLineWidth or line.InnerLineWidth)


def _weight(line: Any) -> str:
    width = line.LineWidth or line.OuterLineWidth + line.InnerLineWidth + line.LineDistance
    return next((name for name, limit in (("hairline", 13), ("thin", 40), ("medium", 70)) if width <= limit), "thick")


@bridge.guarded
class Border(base_classes.Border):
    """One side of the borders of a range."""

    def __init__(self, borders: "Borders", side: str) -> None:
        self.parent = borders.parent
        self.side = side
        self._borders = borders

    @property
    def api(self) -> Any:
        """The line as UNO's BorderLine2, a copy."""
        return self._borders.line(self.side)

    @property
    def line_style(self) -> str | None:
        """xlwings' name of the style, `none` without a border."""
        line = self.api
        if not _is_line(line):
            return "none"
        if line.LineStyle in _DOUBLES or line.LineStyle == 15:
            return "double"
        return _STYLE_NAMES.get(line.LineStyle, "continuous")

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self._borders.set([self.side], line_style=value)

    @property
    def weight(self) -> str | None:
        """xlwings' name of the weight; thin without a border, as in Excel."""
        line = self.api
        return _weight(line) if _is_line(line) else "thin"

    @weight.setter
    def weight(self, value: str) -> None:
        self._borders.set([self.side], weight=value)

    @property
    def color(self) -> Color | None:
        """Red, green and blue; None without a border."""
        line = self.api
        return (line.Color >> 16 & 0xFF, line.Color >> 8 & 0xFF, line.Color & 0xFF) if _is_line(line) else None

    @color.setter
    def color(self, value: Color | int | str) -> None:
        self._borders.set([self.side], color=value)


@bridge.guarded
class Borders(base_classes.Borders):
    """All borders of a range; those of the grid are one UNO structure, `TableBorder2`."""

    def __init__(self, parent: "Range") -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """UNO's TableBorder2, a copy."""
        return self.parent.model.TableBorder2

    def line(self, side: str) -> Any:
        """The line on one side as UNO's BorderLine2."""
        if side in _DIAGONALS:
            return getattr(self.parent.model, _DIAGONALS[side])
        return getattr(self.api, _LINES[side])

    def __getitem__(self, side: str) -> Border:
        return Border(self, side)

    def _sides(self) -> list[str]:
        rows, columns = self.parent.shape
        missing = {"inside_horizontal": rows < 2, "inside_vertical": columns < 2}
        return [side for side in _LINES if not missing.get(side)]

    def _shared(self, name: str) -> Any:
        values = {getattr(self[side], name) for side in self._sides()}
        return values.pop() if len(values) == 1 else None

    @property
    def line_style(self) -> str | None:
        """The style that all sides of the grid share."""
        style: str | None = self._shared("line_style")
        return style

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self.set(tuple(_LINES), line_style=value)

    @property
    def weight(self) -> str | None:
        """The weight that all sides of the grid share."""
        weight: str | None = self._shared("weight")
        return weight

    @weight.setter
    def weight(self, value: str) -> None:
        self.set(tuple(_LINES), weight=value)

    @property
    def color(self) -> Color | None:
        """The colour that all sides of the grid share."""
        color: Color | None = self._shared("color")
        return color

    @color.setter
    def color(self, value: Color | int | str) -> None:
        self.set(tuple(_LINES), color=value)

    def set(
        self,
        which: Sequence[str] = tuple(_LINES),
        *,
        line_style: str | None = _UNSET,
        weight: str = _UNSET,
        color: Color | int | str = _UNSET,
    ) -> None:
        """Change the given attributes of sides (xlwings' names); the others stay."""
        editable(self.parent)
        table = self.api
        for side in _LINES.values():
            setattr(table, f"Is{side}Valid", False)
        grid = [side for side in which if side in _LINES]
        for side in grid:
            line = _changed(getattr(table, _LINES[side]), line_style, weight, color)
            setattr(table, _LINES[side], line)
            setattr(table, f"Is{_LINES[side]}Valid", True)
        if grid:
            self.parent.model.TableBorder2 = table
        for side in which:
            if side in _DIAGONALS:
                line = _changed(self.line(side), line_style, weight, color)
                setattr(self.parent.model, _DIAGONALS[side], line)

    def clear(self, which: Sequence[str] = (*_LINES, *_DIAGONALS)) -> None:
        """Remove the borders on these sides."""
        self.set(which, line_style=None)


def _changed(line: Any, line_style: str | None, weight: str, color: Color | int | str) -> Any:
    """The line with other attributes; one that was not there appears, thin and continuous, as in Excel."""
    from xltools.live.libreoffice.looks import color_number

    if line_style is None:
        return bridge.struct("table.BorderLine2")
    style, was = line.LineStyle, _is_line(line)
    if line_style is not _UNSET:
        style = _STYLES[line_style]
    width = _WIDTHS[weight] if weight is not _UNSET else (line.LineWidth if was else _WIDTHS["thin"])
    if style == _STYLES["double"]:
        width = max(width, _WIDTHS["thick"])
    made = bridge.struct("table.BorderLine2", LineStyle=style if was or line_style is not _UNSET else 0)
    made.LineWidth = made.OuterLineWidth = width
    if made.LineStyle == _STYLES["double"]:
        made.OuterLineWidth = made.InnerLineWidth = made.LineDistance = width // 3
    made.Color = line.Color if color is _UNSET else color_number(color)
    return made
