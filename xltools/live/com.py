"""What Excel and WPS on Windows have in common: the object model of Excel, reached through COM.

xlwings' public interface is used wherever it does the same; here stands what COM tells more exactly (`Value2` does not
cut currency amounts to four decimals), in fewer calls, or not at all through xlwings. What is not public in xlwings is
touched here and in `com_errors` and `wps` only. Names and constants are those of the Excel object model (Microsoft
Learn, "Excel VBA reference").
"""

import atexit
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from types import MethodType
from typing import TYPE_CHECKING, Any

from xltools.errors import LiveError
from xltools.live import com_fills
from xltools.live.applications import Application, Fill
from xltools.live.com_errors import com_error, may_pass, optional, plain_errors
from xltools.live.com_guards import set_guard
from xltools.live.com_protection import sheet_protected, unprotect_book, unprotect_sheet
from xltools.live.xw import xlwings
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw

    from xltools.sheets.grid import Validation

ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
"""The errors that a cell may hold (XlCVError), by the number that COM adds to 0x800A0000."""

_ERROR_BASE = 0x800A0000
_ERROR_NUMBERS = range(2000, 3000)
_STATES = {-1: "visible", 0: "hidden", 2: "veryHidden"}

EXCEL_CLASS = "{00024500-0000-0000-C000-000000000046}"
"""What Excel registers itself as while it runs (Excel.Application)."""


class ComApplication(Application):
    """Excel or WPS on Windows."""

    @property
    def title(self) -> str:
        """Product and version, for people."""
        with self.session():
            return super().title

    @property
    def book(self) -> "xw.Book | None":
        """The workbook that the user has in front; None where none is open.

        Raises LiveError where it is open in Protected View only, or the application lets no workbook be reached.
        """
        with self.session():
            native = self.app.api
            if optional(native, "Workbooks") is None:
                raise LiveError(say("doctor.com.no_workbooks", product=self.product))
            if native.ActiveWorkbook is not None:
                return self.app.books.active
            protected = optional(native, "ProtectedViewWindows")
            if protected is not None and protected.Count:
                raise LiveError(say("doctor.com.protected_view", book=optional(protected(1), "SourceName") or ""))
        return None

    def ready(self) -> bool:
        """Whether the application takes calls just now; asked once, without waiting."""
        inner = bare(self.app.api)
        try:
            return bool(inner.Ready)
        except com_error() as error:
            return not may_pass(error)
        except AttributeError:
            return _lacks(inner, "Ready")

    def values(self, area: "xw.Range") -> Sequence[Sequence[Any]]:
        """What the cells of an area hold; dates are serial numbers."""
        return [[_plain(value) for value in row] for row in _rows(area.api.Value2)]

    def formulas(self, area: "xw.Range") -> Sequence[Sequence[str]]:
        """The formulas of an area in English, or what stands in the cells without one."""
        return [[_text(value) for value in row] for row in _rows(area.api.Formula)]

    def date1904(self, book: "xw.Book") -> bool:
        """Whether the serial number 0 is the first day of 1904."""
        return bool(optional(book.api, "Date1904"))

    def state(self, sheet: "xw.Sheet") -> str:
        """Whether a sheet is `visible`, `hidden` or `veryHidden`."""
        return _STATES.get(int(sheet.api.Visible), "visible")

    def rows_hidden(self, area: "xw.Range") -> bool | None:
        """Whether the rows of an area are hidden; None where some are."""
        return _whole(area.api.EntireRow.Hidden)

    def columns_hidden(self, area: "xw.Range") -> bool | None:
        """Whether the columns of an area are hidden; None where some are."""
        return _whole(area.api.EntireColumn.Hidden)

    def is_protected(self, thing: "xw.Sheet | xw.Book") -> bool:
        """Whether a sheet refuses changes, or a workbook new sheets."""
        if isinstance(thing, xlwings().Book):
            return bool(optional(thing.api, "ProtectStructure"))
        return sheet_protected(thing.api)

    def unprotect(self, thing: "xw.Sheet | xw.Book") -> Callable[[], None] | None:
        """Take off a protection that has no password; returns what protects it as before, None where that fails."""
        return unprotect_book(thing.api) if isinstance(thing, xlwings().Book) else unprotect_sheet(thing.api)

    def locked(self, area: "xw.Range") -> bool | None:
        """Whether the cells of an area are locked, None where some are."""
        return _whole(area.api.Locked)

    def guard_origin(self, area: "xw.Range") -> tuple[int, int]:
        """Relative references of rules are told as they read from the active cell, wherever that is."""
        active = optional(area.api.Application, "ActiveCell")
        return (area.row, area.column) if active is None else (active.Row, active.Column)

    def fill(self, cell: "xw.Range") -> Fill:
        """How a cell is filled: pattern, colours or theme colours, gradient."""
        return com_fills.remember(cell.api.Interior)

    def refill(self, cell: "xw.Range", fill: Fill) -> None:
        """Fill a cell as `fill` told it."""
        com_fills.restore(cell.api.Interior, fill)

    def has_thread(self, cell: "xw.Range") -> bool:
        """Whether a cell carries a threaded comment; only newer versions of Excel have them."""
        return optional(cell.api, "CommentThreaded") is not None

    def guard(self, area: "xw.Range", rule: "Validation") -> None:
        """Give the cells of an area a data validation with its messages."""
        with self.anchored(area):
            set_guard(area.api, rule)

    @contextmanager
    def anchored(self, cell: "xw.Range") -> Iterator[None]:
        """Within it, relative references of rules that are added are meant for this cell.

        Excel takes them for the active cell's.
        """
        native = self.app.api
        sheet, selection = native.ActiveSheet, optional(native, "Selection")
        home = cell.sheet.api
        if int(home.Visible) != -1:
            yield
            return
        home.Activate()
        before = optional(native, "ActiveCell")
        cell.api.Cells(1, 1).Select()
        try:
            yield
        finally:
            if before is not None:
                before.Select()
            sheet.Activate()
            if selection is not None and sheet.Name == home.Name:
                selection.Select()

    def session(self) -> AbstractContextManager[None]:
        """What the application throws within it comes out as a LiveError; a busy one is waited for, not for ever."""
        return plain_errors(self.product, self.ready)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Without redrawing after every single change, and without running the workbook's own event macros."""
        native = self.app.api
        names = ("ScreenUpdating", "EnableEvents")
        before = {name: value for name in names if (value := optional(native, name)) is not None}
        try:
            for name in before:
                setattr(native, name, False)
            yield
        except BaseException:
            for name, value in before.items():
                # What went wrong first is what counts.
                with suppress(com_error(), AttributeError):
                    setattr(native, name, value)
            raise
        for name, value in before.items():
            setattr(native, name, value)


def _rows(found: Any) -> Sequence[Sequence[Any]]:
    """What COM gives for an area, a single cell's value being no array."""
    return found if isinstance(found, tuple) else ((found,),)


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | datetime):
        return value
    if isinstance(value, datetime):
        # pywin32 says UTC of every date, but means the cell's own.
        return value.replace(tzinfo=None)
    if isinstance(value, int):
        number = (value & 0xFFFFFFFF) - _ERROR_BASE
        # Numbers come as doubles; a whole number is the code of an error.
        if number in _ERROR_NUMBERS:
            return ERRORS.get(number, f"#ERROR{number}!")
    return float(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    plain = _plain(value)
    return plain if isinstance(plain, str) else f"{plain:.15g}"


def _whole(value: Any) -> bool | None:
    return None if value is None else bool(value)


def bare(native: Any) -> Any:
    """A COM object without xlwings' wrapper, which would try again."""
    return getattr(native, "_inner", native)


def _lacks(inner: Any, name: str) -> bool:
    """Whether a COM object has no such property; pywin32 says so of a busy application too."""
    try:
        inner._oleobj_.GetIDsOfNames(0, name)
    except com_error() as error:
        return not may_pass(error)
    return False


def on_windows() -> bool:
    """Whether this is Windows, where alone COM is."""
    return sys.platform == "win32"


def prepare() -> Any:
    """Make this thread ready for COM; xlwings' own module for Windows, or None where pywin32 is missing."""
    package = xlwings()
    try:
        import_module("pythoncom").CoInitialize()
        module = import_module(f"{package.__name__}._xlwindows")
    except ImportError:
        return None
    # At exit it would end every Excel that it does not know, workbooks not saved included.
    atexit.unregister(module.cleanup)
    return module


def active_object(name: str) -> Any:
    """The dispatch interface of what runs under a ProgID or a class id; None where nothing does."""
    com = import_module("pythoncom")
    try:
        running = com.GetActiveObject(import_module("pywintypes").IID(name))
        return running.QueryInterface(com.IID_IDispatch)
    except com_error() as error:
        if may_pass(error):
            raise
        return None


def of_windows(module: Any) -> Iterator[Any]:
    """The dispatch interface of the application behind each process with an open workbook's window.

    Windows of the class EXCEL7, which WPS has too, give it away (Microsoft Learn, "AccessibleObjectFromWindow"), at
    whatever depth: WPS puts frames of its own around them. `module` is what `prepare` gave.
    """
    gui, processes = import_module("win32gui"), import_module("win32process")
    ctypes = import_module("ctypes")
    found: dict[int, int] = {}

    def look(window: int, _: Any) -> bool:
        if gui.GetClassName(window) == "EXCEL7":
            found.setdefault(processes.GetWindowThreadProcessId(window)[1], window)
        return True

    def into(window: int, _: Any) -> bool:
        # A window without children is reported as an error.
        with suppress(module.pywintypes.error):
            gui.EnumChildWindows(window, look, None)
        return True

    gui.EnumWindows(into, None)
    for window in found.values():
        with suppress(OSError):
            pointer = module.accessible_object_from_window(window)
            yield module._PyCom_PyObjectFromIUnknown(pointer, ctypes.byref(module._IDISPATCH_GUID), True)


def late(dispatch: Any) -> Any:
    """A COM object, it and all that it gives bound by name at each call.

    Where a class has been generated from Excel's type library, as xlwings does when it is imported, pywin32 would use
    that for WPS too, whose members have other numbers ("Member not found").
    """
    client, dynamic = import_module("win32com.client"), import_module("win32com.client.dynamic")

    base: Any = client.CDispatch

    class Late(base):  # type: ignore[misc]
        def _wrap_dispatch_(self, found: Any, name: Any = None, class_id: Any = None) -> Any:
            return dynamic.Dispatch(found, name, Late)

        def _make_method_(self, name: str) -> Any:
            method = super()._make_method_(name)
            if method is None:
                return None
            built = method.__func__

            def call(this: Any, *arguments: Any, **named: Any) -> Any:
                return again(built(this, *arguments, **named))

            for known, function in self._builtMethods_.items():
                if function is built:
                    self._builtMethods_[known] = call
            return MethodType(call, self)

        def __getitem__(self, index: Any) -> Any:
            return again(super().__getitem__(index))

    def again(found: Any) -> Any:
        bound = getattr(found, "_oleobj_", None)
        return found if bound is None or isinstance(found, Late) else dynamic.Dispatch(bound, None, Late)

    return dynamic.Dispatch(dispatch, None, Late)


def application_of(module: Any, bound: Any) -> Any:
    """The Application that a COM object belongs to, in xlwings' wrapper; `module` is what `prepare` gave."""
    return module.COMRetryObjectWrapper(bound).Application


def app_of(module: Any, native: Any) -> "xw.App":
    """An application of xlwings around what `application_of` gave."""
    impl = module.App(add_book=False, xl=native)
    app: xw.App = xlwings().App(impl=impl)
    return app


def is_wps(native: Any) -> bool:
    """Whether what calls itself Excel is WPS: it registers as Excel where it is set to be compatible."""
    folder = str(optional(native, "Path") or "").lower()
    name = str(optional(native, "Name") or "").lower()
    return any(word in folder for word in ("kingsoft", "wps office", "\\office6")) or any(
        word in name for word in ("wps", "kingsoft", "表格")
    )
