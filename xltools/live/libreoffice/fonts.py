"""Fonts of cells and of parts of their text.

LibreOffice keeps every attribute three times, for Western, Asian and complex scripts; Excel keeps it once. So all three
are set, and the Western one is told.
"""

from typing import Any

from xlwings import base_classes

from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.protection import editable

_SCRIPTS = ("", "Asian", "Complex")
_NORMAL, _BOLD = 100.0, 150.0


@bridge.guarded
class Font(base_classes.Font):
    """The font of cells or characters; an attribute in which they differ is None."""

    def __init__(self, parent: Any, model: Any) -> None:
        self.parent = parent
        self.model = model

    @property
    def api(self) -> Any:
        """The UNO object whose `Char…` properties these are."""
        return self.model

    def _get(self, name: str) -> Any:
        if str(self.model.getPropertyState(name).value) == "AMBIGUOUS_VALUE":
            return None
        return self.model.getPropertyValue(name)

    def _editable(self) -> None:
        owner = self.parent
        while isinstance(owner, Characters):
            owner = owner.parent
        if owner is not None:
            editable(owner)

    def _set(self, name: str, value: Any) -> None:
        self._editable()
        for script in _SCRIPTS:
            self.model.setPropertyValue(name + script, value)

    @property
    def bold(self) -> bool | None:
        """Whether it is bold (or bolder)."""
        weight = self._get("CharWeight")
        return None if weight is None else weight >= _BOLD

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", _BOLD if value else _NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether it is italic or oblique."""
        posture = self._get("CharPosture")
        return None if posture is None else posture.value not in ("NONE", "DONTKNOW")

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", bridge.enum("awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """In points."""
        size = self._get("CharHeight")
        return None if size is None else round(float(size), 1)

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Red, green and blue; black where the font has no colour of its own, as in Excel."""
        from xltools.live.libreoffice.looks import color_tuple

        number = self._get("CharColor")
        return None if number is None else color_tuple(max(number, 0))

    @color.setter
    def color(self, value: tuple[int, int, int] | int | str) -> None:
        from xltools.live.libreoffice.looks import color_number

        self._editable()
        self.model.CharColor = color_number(value)

    @property
    def name(self) -> str | None:
        """The name of the typeface."""
        name = self._get("CharFontName")
        return None if name is None else str(name)

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)


@bridge.guarded
class Characters(base_classes.Characters):
    """Part of the text of one cell, from character `start` (from 0) on."""

    def __init__(self, parent: Any, cell: Any, start: int = 0, length: int | None = None) -> None:
        self.parent = parent
        self.cell = cell
        self.start = start
        self.length = len(cell.String) - start if length is None else length

    @property
    def api(self) -> Any:
        """A UNO text cursor over the characters."""
        cursor = self.cell.createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(self.start, False)
        cursor.goRight(self.length, True)
        return cursor

    @property
    def text(self) -> str:
        """The characters."""
        return str(self.cell.String[self.start : self.start + self.length])

    @property
    def font(self) -> Font:
        """Their font."""
        return Font(self, self.api)

    def __getitem__(self, item: int | slice) -> "Characters":
        if isinstance(item, slice):
            if (item.start or 0) < 0 or (item.stop or 0) < 0:
                raise ValueError("Characters cannot be sliced with negative positions")
            start, stop, _ = item.indices(self.length)
            return Characters(self, self.cell, self.start + start, max(0, stop - start))
        if not -self.length <= item < self.length:
            raise IndexError(f"no character {item} in {self.length}")
        return Characters(self, self.cell, self.start + item % self.length, 1)
