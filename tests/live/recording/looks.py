"""Fonts, borders and conditional formats of the recording engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings.base_classes import _UNSET

from tests.live.recording.log import recorded
from tests.live.recording.model import Highlight, rgb
from xltools.live.dividing import common

if TYPE_CHECKING:
    from tests.live.recording.ranges import Range


class Font(base_classes.Font):
    def __init__(self, parent: Range) -> None:
        self.parent = parent
        self.log = parent.log
        self.place = parent.place

    @property
    def api(self) -> Font:
        return self


def _font_property(name: str, field: str) -> property:
    def get(self: Font) -> Any:
        return self.parent._common(lambda cell: getattr(cell.look, field))

    def put(self: Font, value: Any) -> None:
        self.parent._look(field, rgb(value) if name == "color" else value)

    return property(get, put)


for _name, _field in (
    ("bold", "bold"),
    ("italic", "italic"),
    ("size", "font_size"),
    ("color", "font_color"),
    ("name", "font_name"),
):
    setattr(Font, _name, _font_property(_name, _field))
recorded(Font)


@recorded
class Borders(base_classes.Borders):
    """The borders of a range; every cell of it gets them."""

    def __init__(self, parent: Range) -> None:
        self.parent = parent
        self.log = parent.log
        self.place = parent.place

    @property
    def api(self) -> Borders:
        return self

    def set(self, which: Any = "all", *, line_style: Any = _UNSET, weight: Any = _UNSET, color: Any = _UNSET) -> None:
        attributes = {"line_style": line_style, "weight": weight, "color": color}
        given = {name: value for name, value in attributes.items() if value is not _UNSET}
        for cell in self.parent._changed():
            for side in which:
                cell.look.borders.setdefault(side, {}).update(given)

    def clear(self, which: Any = "everything") -> None:
        for cell in self.parent._changed():
            for side in which:
                cell.look.borders.pop(side, None)


@recorded
class ConditionalFormat(base_classes.ConditionalFormat):
    def __init__(self, parent: Range, state: Highlight) -> None:
        self.parent = parent
        self.log = parent.log
        self.place = parent.place
        self.state = state

    @property
    def api(self) -> ConditionalFormat:
        return self

    @property
    def type(self) -> str:
        return "custom"

    @property
    def formula(self) -> str:
        return self.state.formula

    @property
    def fill_color(self) -> Any:
        return self.state.changes.get("fill_color")

    @property
    def font_color(self) -> Any:
        return self.state.changes.get("font_color")

    @property
    def font_bold(self) -> Any:
        return self.state.changes.get("font_bold")

    @property
    def stop_if_true(self) -> bool:
        return bool(self.state.changes.get("stop_if_true"))

    def delete(self) -> None:
        self.parent._changed()
        self.parent.state.highlights = [known for known in self.parent.state.highlights if known is not self.state]


@recorded
class ConditionalFormats(base_classes.ConditionalFormats):
    """The conditional formats whose cells meet the range, the newest first, as Excel lists them."""

    parent: Any = None

    def __init__(self, parent: Range) -> None:
        self.parent = parent
        self.log = parent.log
        self.place = parent.place

    @property
    def api(self) -> ConditionalFormats:
        return self

    def _listed(self) -> list[ConditionalFormat]:
        met = [state for state in self.parent.state.highlights if common(state.area, self.parent.area)]
        return [ConditionalFormat(self.parent, state) for state in met]

    def __len__(self) -> int:
        return len(self._listed())

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter(self._listed())

    def __call__(self, key: int) -> ConditionalFormat:
        return self._listed()[key - 1]

    def __contains__(self, key: int) -> bool:
        return 1 <= key <= len(self._listed())

    def add_custom(self, spec: dict[str, Any]) -> ConditionalFormat:
        self.parent._changed()
        changes = {name: value for name, value in spec.items() if name != "formula"}
        state = Highlight(self.parent.area, spec["formula"], changes)
        self.parent.state.highlights.insert(0, state)
        return ConditionalFormat(self.parent, state)

    def clear(self) -> None:
        self.parent._changed()
        for known in self._listed():
            known.delete()
