"""The places in which the live layer is tried: an engine in memory, and a real LibreOffice."""

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

import xlwings as xw

from tests.live import excel_loading, excel_model
from tests.live.com_fakes import Desktop
from tests.live.recording.running import RecordingApplication
from xltools.live import excel
from xltools.live.applications import Application
from xltools.live.com import ComApplication
from xltools.live.libreoffice.adapter import LibreOfficeApplication

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "examples" / "bishan-2021.xlsx"
FORM = "部门整体绩效自评表"
WRONG = (FORM, "H17")
"""The cell of the example that says 10 where its score of 16 out of 16 makes 100."""


class Workplace(Protocol):
    """An application, and how tests get at what xlwings has no words for."""

    application: Application

    def open(self, path: Path) -> xw.Book:
        """A copy of a workbook, in front."""

    def protect(self, thing: xw.Sheet | xw.Book, password: str) -> None: ...

    def unprotect(self, sheet: xw.Sheet) -> None: ...

    def looks(self, book: xw.Book) -> Any:
        """How every cell of every sheet looks, to compare."""


class InMemory:
    """The recording engine."""

    def __init__(self, application: RecordingApplication) -> None:
        self.application = application

    def open(self, path: Path) -> xw.Book:
        return self.application.open(path)

    def protect(self, thing: xw.Sheet | xw.Book, password: str) -> None:
        thing.impl.state.protected = True
        thing.impl.state.password = password

    def unprotect(self, sheet: xw.Sheet) -> None:
        sheet.impl.state.protected = False

    def looks(self, book: xw.Book) -> Any:
        return [
            (sheet.name, {place: asdict(cell) for place, cell in sheet.cells.items() if place}, sheet.protected)
            for sheet in book.impl.state.sheets
        ]


class InExcel:
    """Excel on a Windows of the tests' own: xlwings' module for Windows, and what we do through COM, run for real."""

    def __init__(self, desktop: Desktop) -> None:
        self.server = excel_model.Application()
        self.server.kept["Workbooks"].owner = self.server
        desktop.show(100, 7, excel_model.Window(self.server), "XLDESK", "EXCEL7")
        (application,) = excel.running()
        assert isinstance(application, ComApplication)
        self.application = application

    def open(self, path: Path) -> xw.Book:
        excel_loading.load(self.server, path)
        book = self.application.book
        assert book is not None
        return book

    def protect(self, thing: xw.Sheet | xw.Book, password: str) -> None:
        own = self.own(thing)
        if isinstance(own, excel_model.Workbook):
            own.Protect(password, True, False)
        else:
            own.Protect(password, True, True, True, False, *[False] * 11)

    def unprotect(self, sheet: xw.Sheet) -> None:
        self.own(sheet).Unprotect("")

    def looks(self, book: xw.Book) -> Any:
        return excel_loading.looks(self.own(book))

    def own(self, thing: xw.Sheet | xw.Book) -> Any:
        """The server's object behind one of xlwings."""
        return thing.api._oleobj_.servant


class InLibreOffice:
    """A LibreOffice that the tests started."""

    def __init__(self, application: LibreOfficeApplication, folder: Path) -> None:
        self.application = application
        self.folder = folder

    def open(self, path: Path) -> xw.Book:
        folder = self.folder / "open"
        folder.mkdir(exist_ok=True)
        copy = folder / path.name
        shutil.copyfile(path, copy)
        book = self.application.app.books.open(str(copy))
        # A formula takes on the number format of what it refers to when it is first computed, not before.
        book.api.calculateAll()
        return book

    def protect(self, thing: xw.Sheet | xw.Book, password: str) -> None:
        if thing.api.isProtected():
            thing.api.unprotect("")
        thing.api.protect(password)

    def unprotect(self, sheet: xw.Sheet) -> None:
        sheet.api.unprotect("")

    def looks(self, book: xw.Book) -> Any:
        return [(sheet.name, sheet.api.isProtected(), list(self._cells(sheet.api))) for sheet in book.sheets]

    def _cells(self, sheet: Any) -> Iterator[tuple[Any, ...]]:
        """The fill, the look's sources and the note of every cell in use."""
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.getRangeAddress()
        noted = {}
        for note in sheet.getAnnotations():
            size = note.getAnnotationShape().Size
            noted[note.Position.Row, note.Position.Column] = note.String, size.Width, size.Height
        names = ("CellBackColor", "IsCellBackgroundTransparent", "NumberFormat", "CharColor", "CharWeight", "CellStyle")
        for row in range(last.EndRow + 1):
            for column in range(last.EndColumn + 1):
                cell = sheet.getCellByPosition(column, row)
                states = [state.value for state in cell.getPropertyStates(names)]
                yield (row, column, *cell.getPropertyValues(names), *states, noted.get((row, column)))
