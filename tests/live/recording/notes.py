"""Notes of the recording engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes

from tests.live.recording.log import recorded
from tests.live.recording.model import CellState

if TYPE_CHECKING:
    from tests.live.recording.ranges import Range


@recorded
class Note(base_classes.Note):
    def __init__(self, cell: Range) -> None:
        self.cell = cell
        self.log = cell.log
        self.place = cell.place

    def _state(self) -> CellState:
        return self.cell.state.cell(self.cell.row, self.cell.column)

    @property
    def text(self) -> str | None:
        return self._state().note

    @text.setter
    def text(self, value: str) -> None:
        self.cell._changed()
        self._state().note = value

    @property
    def location(self) -> Range:
        return self.cell

    def delete(self) -> None:
        self.cell._changed()
        self._state().note = None
