"""Starting the recording engine and opening workbooks in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import xlwings as xw

from tests.live.recording import engine, loading
from tests.live.recording.model import BookState, Log, SheetState
from xltools.live.applications import Application
from xltools.sheets.grid import Book


class RecordingApplication(Application):
    """The recording engine's application; knows what Application cannot learn of an engine it does not know."""

    def date1904(self, book: xw.Book) -> bool:
        return bool(self.state(book.sheets[0]) and book.impl.state.date1904)

    def is_protected(self, thing: xw.Sheet | xw.Book) -> bool:
        return bool(thing.impl.state.protected)

    def unprotect(self, thing: xw.Sheet | xw.Book) -> Callable[[], None] | None:
        state = thing.impl.state
        if state.password:
            return None
        state.protected = False
        return lambda: setattr(state, "protected", True)

    def locked(self, area: xw.Range) -> bool | None:
        locked: bool | None = area.api.Locked
        return locked

    @property
    def log(self) -> Log:
        """Every call that came in."""
        log: Log = self.app.impl.log
        return log

    def open(self, source: Path | str | Book | BookState) -> xw.Book:
        """Open a workbook file, the Grids of one, or one made by hand; it is in front then."""
        if isinstance(source, BookState):
            state = source
        else:
            state = loading.from_book(source) if isinstance(source, Book) else loading.from_xlsx(source)
        app = self.app.impl
        app.states.append(state)
        app.active = len(app.states) - 1
        return xw.Book(impl=engine.Book(app, state))

    def empty(self, *sheets: str) -> xw.Book:
        """Open a new workbook with these sheets."""
        return self.open(BookState("new.xlsx", [SheetState(name) for name in sheets or ("Sheet1",)]))


@contextmanager
def recording() -> Iterator[RecordingApplication]:
    """The engine as xlwings' active one; as it was before afterwards."""
    before = xw.engines.active
    started = xw.Engine(impl=engine.Engine())
    xw.engines.add(started)
    started.activate()
    try:
        yield RecordingApplication(started.apps[started.apps.keys()[0]])
    finally:
        xw.engines.engines.remove(started)
        xw.engines.engines_by_name.pop(started.name, None)
        xw.engines.active = before
