"""Workbooks open in LibreOffice, as xlwings' books."""

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from xlwings import base_classes

from xltools.errors import LiveError
from xltools.live.libreoffice import bridge, files
from xltools.live.libreoffice.names import Names
from xltools.live.libreoffice.sheets import Sheet, Sheets
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.live.libreoffice.application import App
    from xltools.live.libreoffice.ranges import Range

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"


@bridge.guarded
class Books(base_classes.Books):
    """Implementation of `xw.Books`: the spreadsheets among the documents of an office."""

    def __init__(self, app: "App") -> None:
        self.app = app

    @property
    def api(self) -> Any:
        """com.sun.star.frame.Desktop"""
        return self.app.desktop

    def _all(self) -> list["Book"]:
        documents = self.app.desktop.Components.createEnumeration()
        books = []
        while documents.hasMoreElements():
            document = documents.nextElement()
            if _is_spreadsheet(document):
                books.append(Book(self.app, document))
        return books

    @property
    def active(self) -> "Book":
        """The workbook in front; any other one where a text document or the start centre is.

        Raises LiveError where none is open.
        """
        current = self.app.desktop.getCurrentComponent()
        if current is not None and _is_spreadsheet(current):
            return Book(self.app, current)
        books = self._all()
        if not books:
            raise LiveError(say("libreoffice.no_book"))
        return books[0]

    def __call__(self, name_or_index: str | int) -> "Book":
        """A workbook by its name or its number from 1; raises KeyError where there is none."""
        books = self._all()
        if isinstance(name_or_index, str):
            wanted = name_or_index.lower()
            for book in books:
                if book.name.lower() == wanted:
                    return book
        elif 1 <= name_or_index <= len(books):
            return books[name_or_index - 1]
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator["Book"]:
        return iter(self._all())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and any(book.name.lower() == name.lower() for book in self._all())

    def add(self) -> "Book":
        """A new workbook, in front."""
        return self._in_front(self.app.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ()))

    def _in_front(self, document: Any) -> "Book":
        book = Book(self.app, document)
        # Without a screen LibreOffice leaves the one in front that was there before.
        if book.controller is not None:
            book.activate()
        return book

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,
        read_only: bool | None = None,
        format: int | None = None,
        password: str | None = None,
        write_res_password: str | None = None,
        ignore_read_only_recommended: bool | None = None,
        origin: int | None = None,
        delimiter: str | None = None,
        *_: Any,
        **__: Any,
    ) -> "Book":
        """Open a file, in front of the others.

        Of Excel's options those count that LibreOffice has: `delimiter`, `format` and `origin` (code page) of a CSV
        file, `password`, `read_only`, `update_links`.

        Raises LiveError where it cannot be read or is no spreadsheet. Macros that run on opening do not.
        """
        options: dict[str, Any] = {}
        if update_links:
            options["UpdateDocMode"] = bridge.constant("document.UpdateDocMode.FULL_UPDATE")
        if read_only:
            options["ReadOnly"] = True
        if password is not None:
            options["Password"] = password
        options |= files.reading(Path(fullname), format, delimiter, origin)
        try:
            document = self.app.desktop.loadComponentFromURL(
                bridge.file_url(fullname), "_blank", 0, bridge.properties(**options)
            )
        except bridge.exception("lang.DisposedException"):
            raise
        except bridge.exception("uno.Exception") as error:
            raise LiveError(say("libreoffice.not_opened", path=fullname, error=bridge.message(error))) from None
        if document is None:
            raise LiveError(say("libreoffice.not_opened", path=fullname, error="-"))
        if not _is_spreadsheet(document):
            document.close(True)
            raise LiveError(say("libreoffice.not_spreadsheet", path=fullname))
        return self._in_front(document)


def _is_spreadsheet(document: Any) -> bool:
    # The start centre and the macro editor are components that tell no services.
    tells = getattr(document, "supportsService", None)
    return tells is not None and bool(tells(_SPREADSHEET))


@bridge.guarded
class Book(base_classes.Book):
    """Implementation of `xw.Book`; `model` is the document (com.sun.star.sheet.SpreadsheetDocument)."""

    def __init__(self, app: "App", model: Any) -> None:
        self._app = app
        self.model = model

    @property
    def app(self) -> "App":
        """The office in which it is open."""
        return self._app

    @property
    def api(self) -> Any:
        """com.sun.star.sheet.SpreadsheetDocument"""
        return self.model

    @property
    def name(self) -> str:
        """The file's name; of a workbook that was never saved its title (`Untitled 1`)."""
        url: str = self.model.URL
        return unquote(url.rpartition("/")[2]) if url else self.title

    @property
    def fullname(self) -> str:
        """The file's path, or its URL where it lies elsewhere; of a workbook that was never saved its title."""
        url: str = self.model.URL
        return bridge.system_path(url) if url else self.title

    @property
    def title(self) -> str:
        """What its window is called."""
        return str(self.model.Title)

    @property
    def controller(self) -> Any | None:
        """What the user sees of it (com.sun.star.sheet.SpreadsheetView); None where it has no window."""
        return self.model.CurrentController

    def view(self, what: str) -> Any:
        """The same, for something that needs it; raises LiveError naming `what` where there is no window."""
        controller = self.controller
        if controller is None:
            raise LiveError(say("libreoffice.no_window", book=self.name, what=what))
        return controller

    @cached_property
    def size(self) -> tuple[int, int]:
        """The numbers of rows and of columns that each of its sheets has."""
        end = self.model.Sheets.getByIndex(0).RangeAddress
        return end.EndRow + 1, end.EndColumn + 1

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """The names of the workbook and of all its sheets."""
        return Names(self)

    def range_of(self, cells: Any) -> "Range | None":
        """A cell range of UNO, or the first one of several; None where it is something else, as a picture."""
        from xltools.live.libreoffice.number_formats import area_at
        from xltools.live.libreoffice.ranges import Range

        address = getattr(cells, "RangeAddress", None)
        if address is None:
            addresses = getattr(cells, "RangeAddresses", None)
            if not addresses:
                return None
            address = addresses[0]
        return Range(Sheet(self, self.model.Sheets.getByIndex(address.Sheet)), area_at(address))

    def activate(self) -> None:
        """Make it the active workbook; raises LiveError where it has no window."""
        self.view("activate").Frame.activate()

    def show(self) -> None:
        """Bring its window to the front of the screen."""
        frame = self.view("activate").Frame
        frame.activate()
        frame.ContainerWindow.toFront()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save it: in its own file and format, or under another name in the format of that name's suffix.

        As with Excel, a name without a folder means the current one, a workbook that was never saved becomes an xlsx
        file there, and a file that exists is overwritten. A PDF is a copy: the workbook keeps its own file. Raises
        LiveError where the file cannot be written.
        """
        url: str = self.model.URL
        if path is None and url and password is None:
            if self.model.isReadonly():
                raise LiveError(say("libreoffice.read_only", book=self.name))
            with files.Saving(self.fullname):
                self.model.store()
            return
        target = Path(path or (bridge.system_path(url) if url else f"{self.title}.xlsx"))
        target = Path(os.path.realpath(target))
        options = files.writing(target, self.model.Args if url else (), password)
        with files.Saving(str(target)):
            if files.is_export(target):
                self.model.storeToURL(bridge.file_url(target), bridge.properties(**options))
            else:
                self.model.storeAsURL(bridge.file_url(target), bridge.properties(**options))

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        """Export the visible sheets; `quality` is `standard` or `minimum` (smaller pictures)."""
        with files.Saving(path):
            self.model.storeToURL(bridge.file_url(path), bridge.properties(**files.pdf(quality or "standard")))

    def close(self) -> None:
        """Close it without saving; raises LiveError where LibreOffice does not let go of it."""
        try:
            self.model.close(True)
        except bridge.exception("util.CloseVetoException"):
            raise LiveError(say("libreoffice.not_closed", book=self.name)) from None
