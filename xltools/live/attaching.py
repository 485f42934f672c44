"""Finding the workbook that is open in a running application."""

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Literal, get_args

from xltools.errors import LiveError
from xltools.live.applications import Application, Kind
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw

Wanted = Literal["auto", "excel", "wps", "libreoffice"]

WANTED: tuple[Wanted, ...] = get_args(Wanted)

_FINDERS: dict[Kind, str] = {"excel": "excel", "wps": "wps", "libreoffice": "libreoffice.adapter"}
"""The module whose `running` finds the running instances of an application, in the order in which `auto` asks."""


@dataclass(frozen=True)
class Opened:
    """An open workbook and the application it is open in."""

    application: Application
    book: "xw.Book"


def attach(wanted: Wanted = "auto", name: str | None = None) -> Opened:
    """The workbook that the user has in front, or the open one called `name` (with or without its folder).

    `auto` takes the first of Excel, WPS and LibreOffice that is running with a workbook. Nothing is ever started.

    Raises LiveError that says what is missing, and what works without it.
    """
    kinds: tuple[Kind, ...] = tuple(_FINDERS) if wanted == "auto" else (wanted,)
    search = _Search(name)
    for kind in kinds:
        opened = search.among(kind)
        if opened is not None:
            return opened
    if search.refused:
        # An application that is there and cannot be used says more than that no other one is.
        raise search.refused[0]
    if not search.titles:
        raise LiveError(say("live.none" if wanted == "auto" else f"live.none.{wanted}"))
    titles = "、".join(dict.fromkeys(search.titles))
    if name is None:
        raise LiveError(say("live.no_book", application=titles))
    books = "、".join(search.books) or say("live.no_books")
    raise LiveError(say("live.unknown_book", name=name, application=titles, books=books))


@dataclass
class _Search:
    """The search for a workbook, and what was met on the way."""

    name: str | None
    titles: list[str] = field(default_factory=list)
    books: list[str] = field(default_factory=list)
    refused: list[LiveError] = field(default_factory=list)

    def among(self, kind: Kind) -> Opened | None:
        """The workbook in one of the running instances of an application."""
        try:
            applications: list[Application] = import_module(f"xltools.live.{_FINDERS[kind]}").running()
        except LiveError as error:
            self.refused.append(error)
            return None
        for application in applications:
            try:
                with application.session():
                    self.titles.append(application.title)
                    book = application.book if self.name is None else self._called(application)
            except LiveError as error:
                self.refused.append(error)
                continue
            if book is not None:
                return Opened(application, book)
        return None

    def _called(self, application: Application) -> "xw.Book | None":
        wanted = (self.name or "").casefold()
        for book in application.app.books:
            self.books.append(book.name)
            if wanted in (book.name.casefold(), application.path(book).casefold()):
                return book
        return None
