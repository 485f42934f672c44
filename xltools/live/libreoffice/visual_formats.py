"""Conditional formats that draw: colour scales, data bars, icon sets.

LibreOffice's interface tells them all, but lets only data bars be made: setting the entries of a colour scale ends the
whole office (tried with 7.4), and an icon set is made without the entries that it would need.
"""

from typing import Any

from xlwings import base_classes

from xltools.live.libreoffice import bridge

KINDS = {1: "color_scale", 2: "data_bar", 3: "icon_set"}
"""`com.sun.star.sheet.ConditionEntryType`."""

Color = tuple[int, int, int]

_COLOR_SCALE_TYPES = {
    0: "lowest_value",
    1: "highest_value",
    2: "percentile",
    3: "number",
    4: "percent",
    5: "formula",
}
_DATA_BAR_TYPES = {1: "automatic", 2: "highest_value", 3: "percentile", 4: "number", 5: "percent", 6: "formula"}
_DATA_BAR_NUMBERS = {name: number for number, name in _DATA_BAR_TYPES.items()}
_ICON_TYPES = {0: "lowest_value", 1: "percentile", 2: "number", 3: "percent", 4: "formula"}
_ICON_SETS = {
    0: "3_arrows",
    1: "3_arrows_gray",
    2: "3_flags",
    3: "3_traffic_lights_1",
    4: "3_traffic_lights_2",
    5: "3_signs",
    6: "3_symbols",
    7: "3_symbols_2",
    10: "4_arrows",
    11: "4_arrows_gray",
    12: "4_red_to_black",
    13: "4_rating",
    14: "4_traffic_lights",
    15: "5_arrows",
    16: "5_arrows_gray",
    17: "5_rating",
    18: "5_quarters",
}
_VALUELESS = ("automatic", "lowest_value", "highest_value")


@bridge.guarded
class VisualFormat(base_classes.ConditionalFormat):
    """What a rule draws; None for rules of another type."""

    @property
    def api(self) -> Any:
        """The UNO entry."""
        raise NotImplementedError

    def _kind(self, entry: Any) -> str | None:
        return KINDS.get(entry.getType())

    @property
    def colors(self) -> tuple[Color, ...] | None:
        """The colours of a colour scale, from the lowest value on."""
        entry = self.api
        if self._kind(entry) != "color_scale":
            return None
        return tuple(rgb(each.getColor()) for each in entry.ColorScaleEntries)

    @property
    def bar_color(self) -> Color | None:
        """The colour of data bars."""
        entry = self.api
        return rgb(entry.Color) if self._kind(entry) == "data_bar" else None

    @property
    def gradient(self) -> bool | None:
        """Whether data bars fade."""
        entry = self.api
        return bool(entry.UseGradient) if self._kind(entry) == "data_bar" else None

    @property
    def show_value(self) -> bool | None:
        """Whether the values are shown beside bars or icons."""
        entry = self.api
        return bool(entry.ShowValue) if self._kind(entry) in ("data_bar", "icon_set") else None

    @property
    def icon_set(self) -> str | None:
        """xlwings' name of the icon set."""
        entry = self.api
        return _ICON_SETS.get(entry.Icons) if self._kind(entry) == "icon_set" else None

    @property
    def reverse_order(self) -> bool | None:
        """Whether the icons are in reverse order."""
        entry = self.api
        return bool(entry.Reverse) if self._kind(entry) == "icon_set" else None

    def _thresholds(self) -> list[tuple[str, float | str | None]] | None:
        entry = self.api
        kind = self._kind(entry)
        if kind == "color_scale":
            return [_threshold(each, _COLOR_SCALE_TYPES) for each in entry.ColorScaleEntries]
        if kind == "data_bar":
            return [_threshold(each, _DATA_BAR_TYPES) for each in entry.DataBarEntries]
        if kind == "icon_set":
            # The first icon stands for everything below the first threshold.
            return [_threshold(each, _ICON_TYPES) for each in entry.IconSetEntries][1:]
        return None

    @property
    def threshold_types(self) -> tuple[str, ...] | None:
        """What the thresholds are."""
        thresholds = self._thresholds()
        return None if thresholds is None else tuple(kind for kind, _ in thresholds)

    @property
    def thresholds(self) -> tuple[float | str | None, ...] | None:
        """Their values."""
        thresholds = self._thresholds()
        return None if thresholds is None else tuple(value for _, value in thresholds)


def rgb(number: int) -> Color:
    """Red, green and blue of a colour of LibreOffice."""
    return number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF


def _threshold(entry: Any, types: dict[int, str]) -> tuple[str, float | str | None]:
    kind = types.get(entry.getType(), "unknown")
    if kind in _VALUELESS:
        return kind, None
    text = str(entry.getFormula())
    try:
        return kind, float(text)
    except ValueError:
        return kind, text


def set_data_bar(entry: Any, spec: dict[str, Any]) -> None:
    """Make an entry the data bar that xlwings describes."""
    red, green, blue = spec["bar_color"]
    entry.Color = red << 16 | green << 8 | blue
    entry.UseGradient = spec["gradient"]
    entry.ShowValue = spec["show_value"]
    for bound, kind, value in zip(entry.DataBarEntries, spec["threshold_types"], spec["thresholds"], strict=True):
        bound.setType(_DATA_BAR_NUMBERS[kind])
        if value is not None:
            bound.setFormula(repr(value))
