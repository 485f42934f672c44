"""The engine down to the sheet: applications, workbooks, sheets and names."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from xlwings import XlwingsError, base_classes

from tests.live.recording.log import recorded
from tests.live.recording.model import ERROR_CODES, HIDDEN, VISIBLE, BookState, Log, SheetState
from tests.live.recording.names import Names
from tests.live.recording.ranges import Range
from xltools.sheets.grid import Area, area_of, quoted, unquoted

_ERRORS = {code: text for text, code in ERROR_CODES.items()}
_PIDS = itertools.count(90_001)


class Engine:
    """An engine with one application."""

    name = "recording"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        return "" if value is None else value

    @staticmethod
    def clean_value_data(data: Any, dates: Any, empty: Any, numbers: Any, err_to_str: bool) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty
            if isinstance(value, dt.datetime):
                parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return dates(**{part: getattr(value, part) for part in parts}, tzinfo=None)
            if isinstance(value, int) and value in _ERRORS:
                return _ERRORS[value] if err_to_str else None
            return numbers(value) if numbers and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    def __init__(self, engine: Engine) -> None:
        self.running = [App(engine)]

    def keys(self) -> list[int]:
        return [app.pid for app in self.running]

    def __iter__(self) -> Iterator[App]:
        return iter(self.running)

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.running if app.pid == pid)


class App(base_classes.App):
    """An application; with `rules_from_active_cell` it tells validations as Excel on Windows does."""

    place = ""
    rules_from_active_cell = False

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.log = Log()
        self.states: list[BookState] = []
        self.active = 0
        self.number = next(_PIDS)
        self.settings: dict[str, Any] = {
            "visible": True,
            "screen_updating": True,
            "display_alerts": True,
            "enable_events": True,
            "interactive": True,
            "status_bar": False,
            "calculation": "automatic",
            "cut_copy_mode": None,
        }

    @property
    def api(self) -> App:
        return self

    @property
    def pid(self) -> int:
        return self.number

    @property
    def version(self) -> str:
        return "16.0"

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Range | None:
        if not self.states:
            return None
        state = self.states[self.active]
        return Range(Sheet(Book(self, state), state.sheets[state.active]), state.selection)

    def activate(self, steal_focus: bool = False) -> None:
        pass

    def calculate(self) -> None:
        pass

    def quit(self) -> None:
        self.states.clear()


def _setting(name: str) -> property:
    def get(self: App) -> Any:
        return self.settings[name]

    def put(self: App, value: Any) -> None:
        self.settings[name] = value

    return property(get, put)


for _name in ("visible", "screen_updating", "display_alerts", "enable_events", "interactive", "status_bar"):
    setattr(App, _name, _setting(_name))
for _name in ("calculation", "cut_copy_mode"):
    setattr(App, _name, _setting(_name))
recorded(App)


@recorded
class Books(base_classes.Books):
    app: Any = None
    place = ""

    def __init__(self, app: App) -> None:
        self.app = app
        self.log = app.log

    @property
    def active(self) -> Book:
        return Book(self.app, self.app.states[self.app.active])

    def add(self) -> Book:
        self.app.states.append(BookState(f"Book{len(self.app.states) + 1}", [SheetState("Sheet1")]))
        self.app.active = len(self.app.states) - 1
        return self.active

    def __call__(self, key: int | str) -> Book:
        if isinstance(key, int):
            return Book(self.app, self.app.states[key - 1])
        return Book(self.app, next(state for state in self.app.states if state.name == key))

    def __len__(self) -> int:
        return len(self.app.states)

    def __iter__(self) -> Iterator[Book]:
        return iter([Book(self.app, state) for state in self.app.states])


@recorded
class Book(base_classes.Book):
    app: Any = None

    def __init__(self, app: App, state: BookState) -> None:
        self.app = app
        self.log = app.log
        self.state = state
        self.place = state.name

    @property
    def api(self) -> Book:
        return self

    @property
    def name(self) -> str:
        return self.state.name

    @property
    def fullname(self) -> str:
        return self.state.name

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self.app.active = next(place for place, state in enumerate(self.app.states) if state is self.state)

    def close(self) -> None:
        self.app.states = [state for state in self.app.states if state is not self.state]
        self.app.active = 0


@recorded
class Sheets(base_classes.Sheets):
    book: Any = None

    def __init__(self, book: Book) -> None:
        self.book = book
        self.log = book.log
        self.place = book.place

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.state.sheets[self.book.state.active])

    def __call__(self, key: int | str) -> Sheet:
        states = self.book.state.sheets
        if isinstance(key, int):
            return Sheet(self.book, states[key - 1])
        found = [state for state in states if state.name.lower() == key.lower()]
        if not found:
            raise KeyError(key)
        return Sheet(self.book, found[0])

    def __len__(self) -> int:
        return len(self.book.state.sheets)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, state) for state in self.book.state.sheets])

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        states = self.book.state.sheets
        if self.book.state.protected:
            raise XlwingsError(f"the structure of {self.book.state.name} is protected")
        place = self.book.state.active
        if before:
            place = states.index(before.state)
        elif after:
            place = states.index(after.state) + 1
        taken = {state.name for state in states}
        free = next(free for free in (f"Sheet{number}" for number in itertools.count(1)) if free not in taken)
        states.insert(place, SheetState(name or free))
        self.book.state.active = place
        return Sheet(self.book, states[place])


@recorded
class Sheet(base_classes.Sheet):
    book: Any = None

    def __init__(self, book: Book, state: SheetState) -> None:
        self.book = book
        self.log = book.log
        self.state = state
        self.place = state.name

    @property
    def api(self) -> Sheet:
        return self

    @property
    def name(self) -> str:
        return self.state.name

    @name.setter
    def name(self, value: str) -> None:
        for name in self.book.state.names:
            name.sheet = value if name.sheet == self.state.name else name.sheet
            place, _, rest = name.refers_to.removeprefix("=").rpartition("!")
            if unquoted(place) == self.state.name:
                name.refers_to = f"={quoted(value)}!{rest}"
        self.state.name = value

    @property
    def index(self) -> int:
        return next(place for place, state in enumerate(self.book.state.sheets, 1) if state is self.state)

    @property
    def visible(self) -> int:
        return self.state.visible

    @visible.setter
    def visible(self, value: bool | int) -> None:
        self.state.visible = (VISIBLE if value else HIDDEN) if isinstance(value, bool) else value

    @property
    def used_range(self) -> Range:
        return Range(self, self.state.used())

    @property
    def cells(self) -> Range:
        return Range(self, Area(1, 1, 1_048_576, 16_384))

    @property
    def names(self) -> Names:
        return Names(self.book, self.state.name)

    @property
    def notes(self) -> list[Any]:
        cells = (Range(self, Area(*place, *place)) for place in sorted(self.state.cells))
        return [cell.note for cell in cells if cell.note]

    @property
    def freeze_panes(self) -> FreezePanes:
        return FreezePanes(self)

    def range(self, first: Any, last: Any = None) -> Range:
        start = self._area(first)
        end = start if last is None else self._area(last)
        return Range(self, Area(start.top, start.left, end.bottom, end.right))

    def _area(self, key: Any) -> Area:
        if isinstance(key, Range):
            return key.area
        if isinstance(key, tuple) and len(key) == 4:
            row, column, rows, columns = key
            return Area(row, column, row + rows - 1, column + columns - 1)
        if isinstance(key, tuple):
            if 0 in key:
                raise IndexError("0-based range")
            return Area(*key, *key)
        return area_of(key)

    def activate(self) -> None:
        if self.state.visible != VISIBLE:
            raise XlwingsError("a hidden sheet cannot be activated")
        self.book.state.active = self.index - 1

    def select(self) -> None:
        self.activate()

    def clear(self) -> None:
        self.state.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def delete(self) -> None:
        states = self.book.state.sheets
        if sum(state.visible == VISIBLE for state in states) == 1 and self.state.visible == VISIBLE:
            raise XlwingsError("a workbook must hold a visible sheet")
        states.remove(self.state)
        # Names that meant the sheet stay, and mean nothing.
        for name in self.book.state.names:
            if unquoted(name.refers_to.removeprefix("=").rpartition("!")[0]) == self.state.name:
                name.refers_to = "=#REF!" + name.refers_to.rpartition("!")[2]
        self.book.state.names = [name for name in self.book.state.names if name.sheet != self.state.name]
        self.book.state.active = min(self.book.state.active, len(states) - 1)


class FreezePanes(base_classes.FreezePanes):
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def freeze_at(self, place: str) -> None:
        self.sheet.state.frozen = place.replace("$", "")

    def unfreeze(self) -> None:
        self.sheet.state.frozen = None
