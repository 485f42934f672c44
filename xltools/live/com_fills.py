"""How a cell is filled, remembered and given back through COM: solid, patterns, theme colours and gradients."""

from typing import Any

from xltools import mark_record
from xltools.live.applications import Fill
from xltools.live.com_errors import optional

NONE, SOLID = -4142, 1
LINEAR, RECTANGULAR = 4000, 4001
AUTOMATIC = -4105
"""Constants of XlPattern and XlColorIndex."""

_THEME = range(1, 13)
"""The colours of a theme (XlThemeColor)."""

_CENTRE = ("RectangleLeft", "RectangleTop", "RectangleRight", "RectangleBottom")


def remember(interior: Any) -> Fill:
    """How a cell is filled.

    `exact` is there and False where a gradient cannot be told, so that `restore` could not give it back.
    """
    pattern = optional(interior, "Pattern")
    if pattern in (None, NONE):
        return {"color": None, "pattern": NONE}
    if pattern in (LINEAR, RECTANGULAR):
        return {"color": None, "pattern": int(pattern), **_gradient(interior, linear=pattern == LINEAR)}
    seen = _color(interior, "")
    fill = {"color": _plain(seen["Color"]), "pattern": int(pattern), **seen}
    return fill if pattern == SOLID else {**fill, **_color(interior, "Pattern")}


def restore(interior: Any, fill: Fill) -> None:
    """Fill a cell as `remember` told it; of what another application told, only the colour counts."""
    color = mark_record.color(fill)
    if "pattern" not in fill and color is not None:
        red, green, blue = bytes.fromhex(color)
        fill = {"pattern": SOLID, "Color": blue << 16 | green << 8 | red}
    pattern = fill.get("pattern", NONE)
    interior.Pattern = pattern
    if pattern in (LINEAR, RECTANGULAR):
        _restore_gradient(interior.Gradient, fill)
    elif pattern != NONE:
        _restore_color(interior, fill, "")
        if pattern != SOLID:
            _restore_color(interior, fill, "Pattern")


def _plain(color: object) -> str | None:
    """`RRGGBB`, of a colour as Excel numbers it (0xBBGGRR)."""
    if not isinstance(color, int | float):
        return None
    number = int(color)
    return f"{number & 0xFF:02X}{number >> 8 & 0xFF:02X}{number >> 16 & 0xFF:02X}"


def _color(thing: Any, prefix: str) -> dict[str, Any]:
    """A colour as it looks, and by its theme where it has one; `prefix` is `Pattern` for that of a pattern's lines."""
    told: dict[str, Any] = {f"{prefix}Color": optional(thing, f"{prefix}Color")}
    if optional(thing, f"{prefix}ColorIndex") == AUTOMATIC:
        told[f"{prefix}ColorIndex"] = AUTOMATIC
    theme = optional(thing, f"{prefix}ThemeColor")
    if theme in _THEME:
        told[f"{prefix}ThemeColor"] = int(theme)
        told[f"{prefix}TintAndShade"] = optional(thing, f"{prefix}TintAndShade") or 0
    return told


def _restore_color(thing: Any, fill: Fill, prefix: str) -> None:
    if f"{prefix}ColorIndex" in fill:
        setattr(thing, f"{prefix}ColorIndex", AUTOMATIC)
        return
    if f"{prefix}ThemeColor" in fill:
        setattr(thing, f"{prefix}ThemeColor", fill[f"{prefix}ThemeColor"])
        setattr(thing, f"{prefix}TintAndShade", fill[f"{prefix}TintAndShade"])
    color = fill[f"{prefix}Color"]
    # What counts is what is seen: the colour itself where the theme gave another one.
    if color is not None and optional(thing, f"{prefix}Color") != color:
        setattr(thing, f"{prefix}Color", color)


def _gradient(interior: Any, *, linear: bool) -> dict[str, Any]:
    gradient = optional(interior, "Gradient")
    stops = None if gradient is None else optional(gradient, "ColorStops")
    names = ("Degree",) if linear else _CENTRE
    told: dict[str, Any] = {name: optional(gradient, name) for name in names} if gradient is not None else {}
    if stops is None or None in told.values():
        return {"exact": False}
    told["stops"] = stops.Count
    for place in range(1, stops.Count + 1):
        stop = stops(place)
        told[f"{place}Position"] = stop.Position
        told |= {f"{place}{name}": value for name, value in _color(stop, "").items()}
    return told


def _restore_gradient(gradient: Any, fill: Fill) -> None:
    for name in ("Degree", *_CENTRE):
        if name in fill:
            setattr(gradient, name, fill[name])
    count = fill.get("stops")
    if not isinstance(count, int):
        return
    gradient.ColorStops.Clear()
    for place in range(1, count + 1):
        stop = gradient.ColorStops.Add(fill[f"{place}Position"])
        digits = len(str(place))
        own = {name[digits:]: value for name, value in fill.items() if name[:digits] == str(place)}
        _restore_color(stop, own, "")
