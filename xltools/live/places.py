"""Where the user of an open workbook is, and where to take them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

Place = tuple[str, int, int]
"""Sheet, row and column."""


@dataclass
class Home:
    """Where the user of a workbook will be afterwards: at `target`, or where they were."""

    target: Place | None = None

    def go(self, place: Place) -> None:
        """Take the user to a cell in the end."""
        self.target = place


@contextmanager
def staying(book: "xw.Book") -> Iterator[Home]:
    """Leave the user where they were, or where `Home.go` says, whatever sheets come and go within it."""
    sheet = book.sheets.active.name
    selection = book.selection
    cells = selection.address if selection is not None else "A1"
    home = Home()
    yield home
    if home.target is not None:
        sheet, row, column = home.target
        book.sheets[sheet].activate()
        book.sheets[sheet].range((row, column)).select()
    elif sheet in [each.name for each in book.sheets]:
        book.sheets[sheet].activate()
        book.sheets[sheet].range(cells).select()
