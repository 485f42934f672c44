"""Defined names of the recording engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes

from tests.live.recording.log import recorded
from tests.live.recording.model import NameState
from xltools.sheets.grid import quoted, unquoted

if TYPE_CHECKING:
    from tests.live.recording.engine import Book
    from tests.live.recording.ranges import Range


@recorded
class Names(base_classes.Names):
    def __init__(self, book: Book, sheet: str | None = None) -> None:
        self.book = book
        self.log = book.log
        self.sheet = sheet
        self.place = sheet or book.place

    def _listed(self) -> list[NameState]:
        return [name for name in self.book.state.names if self.sheet in (None, name.sheet)]

    def __call__(self, key: int | str) -> Name:
        names = [Name(self.book, state) for state in self._listed()]
        if isinstance(key, int):
            return names[key - 1]
        found = [name for name in names if key.lower() in (name.name.lower(), name.state.name.lower())]
        if not found:
            raise KeyError(key)
        return found[0]

    def contains(self, key: int | str) -> bool:
        try:
            self(key)
        except (KeyError, IndexError):
            return False
        return True

    def __len__(self) -> int:
        return len(self._listed())

    def add(self, name: str, refers_to: str) -> Name:
        place, _, plain = name.rpartition("!")
        sheet = unquoted(place) or self.sheet
        states = self.book.state.names
        same = [state for state in states if state.name.lower() == plain.lower() and state.sheet == sheet]
        state = same[0] if same else NameState(plain, refers_to, sheet)
        state.refers_to = refers_to if refers_to.startswith("=") else f"={refers_to}"
        if not same:
            states.append(state)
        return Name(self.book, state)


@recorded
class Name(base_classes.Name):
    def __init__(self, book: Book, state: NameState) -> None:
        self.book = book
        self.log = book.log
        self.state = state
        self.place = state.name

    @property
    def api(self) -> Name:
        return self

    @property
    def name(self) -> str:
        """The name; with its sheet before it where it is one of that sheet alone."""
        sheet = self.state.sheet
        if sheet is None:
            return self.state.name
        plain = sheet.replace("_", "").isalnum() and not sheet[0].isdigit()
        return f"{sheet if plain else quoted(sheet)}!{self.state.name}"

    @name.setter
    def name(self, value: str) -> None:
        self.state.name = value

    @property
    def refers_to(self) -> str:
        return self.state.refers_to

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.state.refers_to = value

    @property
    def refers_to_range(self) -> Range:
        sheet, _, cells = self.state.refers_to.removeprefix("=").rpartition("!")
        return self.book.sheets(unquoted(sheet)).range(cells.replace("$", ""))

    def _visible(self) -> bool:
        return self.state.visible

    def _show(self, value: bool) -> None:
        self.state.visible = value

    Visible = property(_visible, _show)

    def delete(self) -> None:
        self.book.state.names = [state for state in self.book.state.names if state is not self.state]
