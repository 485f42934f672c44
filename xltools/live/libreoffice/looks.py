"""How cells look: fill, alignment, wrapping, number format; and how a cell's fill can be put back without a trace."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from xltools import mark_record
from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.borders import Borders
from xltools.live.libreoffice.fonts import Characters, Font
from xltools.live.libreoffice.number_formats import code_of, is_mixed, key_of, kind, logical_key, several
from xltools.live.libreoffice.number_formats import kinds as number_kinds
from xltools.live.libreoffice.protection import editable
from xltools.sheets.grid import Area

if TYPE_CHECKING:
    from xltools.live.libreoffice.ranges import Range

Color = tuple[int, int, int]

_NO_FILL = -1
_INDENT = 353
"""One step of indentation in 1/100 mm (ten points)."""

_HORIZONTAL = {
    "general": ("STANDARD", 0),
    "left": ("LEFT", 0),
    "center": ("CENTER", 0),
    "right": ("RIGHT", 0),
    "fill": ("REPEAT", 0),
    "justify": ("BLOCK", 0),
    "distributed": ("BLOCK", 1),
    # LibreOffice has no such alignment, and shows it centred when it opens Excel's files.
    "center_across_selection": ("CENTER", 0),
}
_HORIZONTAL_NAMES = {value: name for name, value in reversed(_HORIZONTAL.items())}
_VERTICAL = {"top": (1, 0), "center": (2, 0), "bottom": (3, 0), "justify": (4, 0), "distributed": (4, 1)}
_VERTICAL_NAMES = {value: name for name, value in _VERTICAL.items()} | {(0, 0): "bottom"}


def color_number(color: Color | int | str) -> int:
    """A colour as LibreOffice numbers it (0xRRGGBB), from what xlwings takes: RGB, `#RRGGBB` or Excel's 0xBBGGRR."""
    if isinstance(color, str):
        return int(color.removeprefix("#"), 16)
    if isinstance(color, int):
        return (color & 0xFF) << 16 | color & 0xFF00 | color >> 16 & 0xFF
    red, green, blue = color
    return int(red) << 16 | int(green) << 8 | int(blue)


def color_tuple(number: int) -> Color:
    """Red, green and blue of a colour of LibreOffice."""
    return number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF


def fill_state(cells: "Range") -> dict[str, str | int | float | bool | None]:
    """How a cell is filled, and whether the fill is its own or its style's, so that `restore_fill` can put it back."""
    (state,) = cells.model.getPropertyStates(("CellBackColor",))
    color, transparent = cells.model.getPropertyValues(("CellBackColor", "IsCellBackgroundTransparent"))
    return {"own": str(state.value) == "DIRECT_VALUE", "color": None if transparent else f"{color:06X}"}


def restore_fill(cells: "Range", state: Mapping[str, str | int | float | bool | None]) -> None:
    """Fill a cell as `fill_state` told it; a cell without a fill of its own gets back the one of its style.

    Of what another application told, only the colour counts.
    """
    if not state.get("own", True):
        cells.model.setPropertyToDefault("CellBackColor")
        return
    color = mark_record.color(state)
    cells.model.CellBackColor = _NO_FILL if color is None else int(color, 16)


@bridge.guarded
class Looks:
    """What xlwings asks a range about its looks."""

    model: Any
    sheet: Any
    area: Area

    def _themselves(self) -> "Range":
        return cast("Range", self)

    def _common(self, *names: str) -> tuple[Any, ...] | None:
        """The properties that all cells share; None where they differ."""
        states = self.model.getPropertyStates(names)
        if any(str(state.value) == "AMBIGUOUS_VALUE" for state in states):
            return None
        values: tuple[Any, ...] = self.model.getPropertyValues(names)
        return values

    @property
    def color(self) -> Color | None:
        """The fill; None without one, and where the cells differ."""
        common = self._common("CellBackColor", "IsCellBackgroundTransparent")
        return None if common is None or common[1] else color_tuple(common[0])

    @color.setter
    def color(self, value: Color | int | str | None) -> None:
        editable(self._themselves())
        self.model.CellBackColor = _NO_FILL if value is None else color_number(value)

    def set_colors(self, colors: Sequence[Sequence[Any]]) -> None:
        """Fill every cell with a colour of its own; `...` leaves one as it is."""
        editable(self._themselves())
        places: dict[int, list[Area]] = {}
        for row, line in enumerate(colors, self.area.top):
            for column, color in enumerate(line, self.area.left):
                if color is not ...:
                    number = _NO_FILL if color is None else color_number(color)
                    places.setdefault(number, []).append(Area(row, column, row, column))
        for number, areas in places.items():
            several(self._themselves(), areas).CellBackColor = number

    @property
    def number_format(self) -> str | None:
        """Excel's code in English; None where the cells differ."""
        if not is_mixed(self.model, "NumberFormat"):
            return code_of(self.sheet.book, self.model.NumberFormat)
        codes = {code_of(self.sheet.book, each.key) for each, _ in number_kinds(self._themselves())}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, code: str) -> None:
        editable(self._themselves())
        document = self.sheet.book.model
        key = key_of(document, code)
        logical = []
        if kind(document, key).general:
            # Under General a truth value would become a number.
            logical = [area for each, areas in number_kinds(self._themselves()) if each.logical for area in areas]
        self.model.NumberFormat = key
        if logical:
            several(self._themselves(), logical).NumberFormat = logical_key(document)

    @property
    def wrap_text(self) -> bool | None:
        """Whether texts are wrapped; None where the cells differ."""
        common = self._common("IsTextWrapped")
        return None if common is None else bool(common[0])

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        editable(self._themselves())
        self.model.IsTextWrapped = bool(value)

    @property
    def horizontal_alignment(self) -> str | None:
        """xlwings' name of the alignment; None where the cells differ."""
        common = self._common("HoriJustify", "HoriJustifyMethod")
        return None if common is None else _HORIZONTAL_NAMES.get((common[0].value, common[1]))

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        editable(self._themselves())
        name, method = _HORIZONTAL[value]
        self.model.HoriJustify = bridge.enum("table.CellHoriJustify", name)
        self.model.HoriJustifyMethod = method

    @property
    def vertical_alignment(self) -> str | None:
        """xlwings' name of the alignment; None where the cells differ."""
        common = self._common("VertJustify", "VertJustifyMethod")
        return None if common is None else _VERTICAL_NAMES.get((common[0], common[1]))

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        editable(self._themselves())
        self.model.VertJustify, self.model.VertJustifyMethod = _VERTICAL[value]

    def adjust_indent(self, amount: int) -> None:
        """Move the contents inwards by so many steps, outwards with a negative number."""
        editable(self._themselves())
        current = self._common("ParaIndent")
        self.model.ParaIndent = max(0, (current[0] if current else 0) + amount * _INDENT)
        if amount > 0 and self.horizontal_alignment == "general":
            self.horizontal_alignment = "left"

    @property
    def font(self) -> Font:
        """The font of the cells."""
        return Font(self, self.model)

    @property
    def characters(self) -> Characters:
        """The text of one cell, parts of which may have fonts of their own."""
        return Characters(self, self.model.getCellByPosition(0, 0))

    @property
    def borders(self) -> Borders:
        """The borders of the range."""
        return Borders(self._themselves())
