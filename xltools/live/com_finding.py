"""Finding applications through COM: pywin32 made ready, running objects, windows, and xlwings' objects around them.

What is not public in xlwings is touched here, in `com_errors` and in `wps` only.
"""

import atexit
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from types import MethodType
from typing import TYPE_CHECKING, Any

from xltools.live.com_errors import com_error, may_pass, optional
from xltools.live.xw import xlwings

if TYPE_CHECKING:
    import xlwings as xw

EXCEL_CLASS = "{00024500-0000-0000-C000-000000000046}"
"""What Excel registers itself as while it runs (Excel.Application)."""


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
