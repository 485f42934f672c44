"""Microsoft Excel, running, on Windows and macOS."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from xltools.errors import LiveError
from xltools.live import com, com_finding
from xltools.live.applications import Application
from xltools.live.com_errors import com_error, plain_errors
from xltools.live.xw import xlwings
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw

PRODUCT = "Microsoft Excel"

_NOT_ALLOWED, _NO_ANSWER, _NOT_RUNNING = -1743, -1712, -600
"""Codes of Apple events (Apple, "AppleScript Error Codes")."""


class ExcelForWindows(com.ComApplication):
    """Excel, through COM."""

    def answers(self) -> bool:
        """Whether Excel takes calls just now; while a cell is edited it may say that it is, and refuse changes."""
        if not super().answers():
            return False
        inner = com.bare(self.app.api)
        try:
            inner.Interactive = inner.Interactive
        except (com_error(), AttributeError):
            return False
        return True


class ExcelForMac(Application):
    """Excel, through Apple events."""

    def date1904(self, book: "xw.Book") -> bool:
        """Whether the serial number 0 is the first day of 1904."""
        return book.api.date_1904.get() is True

    def is_protected(self, thing: "xw.Sheet | xw.Book") -> bool:
        """Whether a sheet refuses changes, or a workbook new sheets."""
        native = thing.api
        told = native.protect_structure if isinstance(thing, xlwings().Book) else native.protect_contents
        return told.get() is True

    def freeze(self, sheet: "xw.Sheet", rows: int) -> None:
        """Keep the first rows of the sheet that is shown in view; xlwings cannot on macOS."""
        window = sheet.book.api.windows[1]
        window.split_column.set(0)
        window.split_row.set(rows)
        window.freeze_panes.set(True)

    def session(self) -> AbstractContextManager[None]:
        """What Excel throws within it comes out as a LiveError."""
        return _plain_events()


def running() -> list[Application]:
    """The instances of Excel that run and can be reached, the one in front first.

    Raises LiveError where there is one that does not answer, and no other.
    """
    if com_finding.on_windows():
        return _on_windows()
    if sys.platform == "darwin":
        return _on_macos()
    return []


def _engine() -> "xw.Engine | None":
    """xlwings' engine for Excel; asking for one that is missing by its name would raise a licence error."""
    return next((engine for engine in xlwings().engines if engine.name == "excel"), None)


def _on_windows() -> list[Application]:
    module = com_finding.prepare()
    engine = None if module is None else _engine()
    if engine is None:
        return []
    found: dict[int, Application] = {}
    failure: LiveError | None = None
    with plain_errors(PRODUCT):
        finders: list[Callable[[], xw.App | None]] = [partial(_itself, app) for app in engine.apps]
    # One without a workbook, or with one in Protected View only, has no window that xlwings looks for.
    finders.append(partial(_registered, module))
    for find in finders:
        try:
            # A window that is just being closed is an OSError.
            with suppress(OSError), plain_errors(PRODUCT):
                app = find()
                if app is not None and not com_finding.is_wps(app.api):
                    found.setdefault(app.pid, ExcelForWindows(app))
        except LiveError as error:
            failure = failure or error
    if failure is not None and not found:
        raise failure
    return list(found.values())


def _itself(app: "xw.App") -> "xw.App":
    return app


def _registered(module: Any) -> "xw.App | None":
    """The Excel in the table of running objects."""
    dispatch = com_finding.active_object(com_finding.EXCEL_CLASS)
    if dispatch is None:
        return None
    bound = import_module("win32com.client").Dispatch(dispatch)
    return com_finding.app_of(module, com_finding.application_of(module, bound))


def _on_macos() -> list[Application]:
    engine = _engine()
    if engine is None:
        return []
    with _plain_events():
        return [ExcelForMac(app) for app in engine.apps]


@contextmanager
def _plain_events() -> Iterator[None]:
    kind: type[Exception] = import_module("appscript.reference").CommandError
    try:
        yield
    except kind as error:
        raise LiveError(_mac_reason(error)) from error


def _mac_reason(error: Any) -> str:
    number = getattr(error, "errornumber", 0)
    if number == _NOT_ALLOWED:
        return say("doctor.mac.not_allowed")
    if number == _NO_ANSWER:
        return say("doctor.com.busy", product=PRODUCT)
    if number == _NOT_RUNNING:
        return say("doctor.com.gone", product=PRODUCT)
    said = str(getattr(error, "errormessage", "") or error).strip()
    return say("doctor.com.failed", product=PRODUCT, said=said, code=number)
