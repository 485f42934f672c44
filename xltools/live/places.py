"""Where the user of an open workbook is, and where to take them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltools.live.applications import Application

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
def staying(application: Application, book: "xw.Book") -> Iterator[Home]:
    """Leave the user where they were, or where `Home.go` says, whatever sheets come and go within it.

    The workbook can be changed within it. Raises LiveError where it cannot.
    """
    back = application.whereabouts(book)
    home = Home()
    try:
        application.prepare(book)
        yield home
    except BaseException:
        back()
        raise
    if home.target is None:
        back()
    else:
        sheet, row, column = home.target
        application.go(book.sheets[sheet].range((row, column)))
