"""A Windows for tests: COM as pywin32 shows it, on any system, so that xlwings' own module for Windows runs on it.

Objects of a server are Python objects (`Servant`). A client holds a `Dispatch` of each, with the two methods of
IDispatch, and on that what pywin32 makes of it without generated classes: `CDispatch` looks every name up at each call,
as `win32com.client.dynamic` does. `Desktop` is what runs: windows, the table of running objects, the processes.
"""

# ruff: noqa: N802

import atexit
import ctypes
import datetime
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import MethodType, ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.live.com_server import (
    BAD_COUNT,
    EDITING,
    EXCEPTION,
    MEMBER_NOT_FOUND,
    NO_CLASS,
    NO_OBJECT,
    NOT_RUNNING,
    UNKNOWN_NAME,
    ComError,
    Refusal,
    Servant,
)
from xltools.live import com_finding
from xltools.live.xw import xlwings

GET, METHOD, PUT = 2, 1, 4
VALUE = 0

_NAMES: list[str] = [""]
"""Names by the number that stands for them in calls (DISPID)."""


class Dispatch:
    """IDispatch of a servant, as pywin32 shows it."""

    def __init__(self, servant: Servant) -> None:
        self.servant = servant

    def QueryInterface(self, iid: Any) -> "Dispatch":
        return self

    def GetIDsOfNames(self, lcid: int, name: str) -> int:
        self.servant.server.answer()
        if name.startswith("_") or name[0].islower() or not hasattr(type(self.servant), name):
            raise ComError(UNKNOWN_NAME, "Unknown name.")
        if name not in _NAMES:
            _NAMES.append(name)
        return _NAMES.index(name)

    def Invoke(self, number: int, lcid: int, flags: int, wanted: int, *arguments: Any, **named: Any) -> Any:
        self.servant.server.answer()
        arguments = tuple(_inward(argument) for argument in arguments)
        try:
            if getattr(self.servant, "dead", False):
                raise Refusal(NO_OBJECT, "Object required")
            return _outward(self._invoke(number, flags, arguments, {key: _inward(each) for key, each in named.items()}))
        except Refusal as refusal:
            code, said = refusal.args
            details = (0, "Microsoft Excel", said, None, 0, code) if code else None
            raise ComError(EXCEPTION, "Exception occurred.", details) from None

    def _invoke(self, number: int, flags: int, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        if number == VALUE:
            return self.servant.default(*arguments)
        name = _NAMES[number]
        member = getattr(type(self.servant), name)
        if flags == PUT:
            if self.servant.server.editing:
                raise Refusal(EDITING, None)
            if not isinstance(member, property) or member.fset is None:
                raise ComError(MEMBER_NOT_FOUND, "Member not found.")
            self.servant.touch(name)
            return setattr(self.servant, name, *arguments)
        if isinstance(member, property):
            found = getattr(self.servant, name)
            return found.default(*arguments) if arguments and isinstance(found, Servant) else found
        if flags == GET and not getattr(member, "optional", False):
            raise ComError(BAD_COUNT, "Invalid number of parameters.")
        return getattr(self.servant, name)(*arguments, **named)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dispatch) and other.servant is self.servant

    __hash__ = None  # type: ignore[assignment]


def _inward(value: Any) -> Any:
    bound = getattr(value, "_oleobj_", None)
    return value if bound is None else bound.servant


def _outward(value: Any) -> Any:
    return Dispatch(value) if isinstance(value, Servant) else value


class CDispatch:
    """What pywin32 makes of an IDispatch: names are looked up at each call (win32com/client/dynamic.py)."""

    def __init__(self, dispatch: Dispatch) -> None:
        self.__dict__["_oleobj_"] = dispatch
        self.__dict__["_builtMethods_"] = {}

    def _wrap_dispatch_(self, found: Any, name: Any = None, class_id: Any = None) -> Any:
        return late_dispatch(found)

    def _good(self, found: Any) -> Any:
        return self._wrap_dispatch_(found) if isinstance(found, Dispatch) else found

    def _make_method_(self, name: str) -> Any:
        def built(this: Any, *arguments: Any, **named: Any) -> Any:
            number = this._oleobj_.GetIDsOfNames(0, name)
            found = this._oleobj_.Invoke(number, 0, METHOD | GET, 1, *arguments, **named)
            # Generated code asks for the best class there is, whatever this object's own class is.
            return best_dispatch(found) if isinstance(found, Dispatch) else found

        self._builtMethods_[name] = built
        return MethodType(built, self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") and name.endswith("_"):
            raise AttributeError(name)
        if name in self._builtMethods_:
            return MethodType(self._builtMethods_[name], self)
        asked = name
        if name.startswith("Get") and hasattr(type(self._oleobj_.servant), name[3:]):
            # With type information a property that takes arguments is a method of this name too.
            return self._make_method_(name[3:])
        try:
            asked = self._oleobj_.GetIDsOfNames(0, name)
        except ComError:
            # Whatever the reason is, a server that is busy included.
            raise AttributeError(name) from None
        try:
            found = self._oleobj_.Invoke(asked, 0, GET, 1)
        except ComError as error:
            if error.hresult in (BAD_COUNT, MEMBER_NOT_FOUND):
                return self._make_method_(name)
            raise
        return self._good(found)

    def __setattr__(self, name: str, value: Any) -> None:
        try:
            asked = self._oleobj_.GetIDsOfNames(0, name)
        except ComError:
            raise AttributeError(f"Property '{name}' can not be set.") from None
        try:
            self._oleobj_.Invoke(asked, 0, PUT, 0, value)
        except ComError:
            if self._oleobj_.servant.server.described:
                raise
            raise AttributeError(f"Property '{name}' can not be set.") from None

    def __call__(self, *arguments: Any) -> Any:
        return self._good(self._oleobj_.Invoke(VALUE, 0, METHOD | GET, 1, *arguments))

    def __getitem__(self, index: int) -> Any:
        self._oleobj_.servant.server.answer()
        return self._good(_outward(self._oleobj_.servant.items()[index]))

    def __bool__(self) -> bool:
        return True


class ClientDispatch(CDispatch):
    """win32com.client.CDispatch: as the other one, but what it gives is of the best class there is."""

    def _wrap_dispatch_(self, found: Any, name: Any = None, class_id: Any = None) -> Any:
        return best_dispatch(found)


class Generated:
    """A class generated from a type library that numbers the members in another way than the server does."""

    def __init__(self, dispatch: Dispatch) -> None:
        self.__dict__["_oleobj_"] = dispatch

    def __getattr__(self, name: str) -> Any:
        raise ComError(MEMBER_NOT_FOUND, "Member not found.")


class CoClass:
    """win32com.client.CoClassBaseClass."""


def late_dispatch(dispatch: Any, name: Any = None, createClass: Any = None) -> Any:  # noqa: N803
    """win32com.client.dynamic.Dispatch."""
    return (createClass or CDispatch)(getattr(dispatch, "_oleobj_", dispatch))


def best_dispatch(dispatch: Any, *_: Any) -> Any:
    """win32com.client.Dispatch."""
    return Generated(dispatch) if dispatch.servant.server.generated else ClientDispatch(dispatch)


class Desktop:
    """What runs on the fake Windows."""

    def __init__(self) -> None:
        self.class_ids: dict[str, str] = {}
        """Class ids by ProgID, as far as COM can look them up."""
        self.running: dict[str, Servant] = {}
        """The table of running objects, by class id."""
        self.windows: dict[int, tuple[int, list[str], Servant | None]] = {}
        """By handle: the process, the classes of the windows within each other, and what the innermost belongs to."""

    def show(self, handle: int, process: int, servant: Servant | None, *classes: str) -> None:
        """A window on top of the others."""
        self.windows = {handle: (process, list(classes), servant), **self.windows}

    # What the modules of pywin32 and the libraries of Windows ask.

    def iid(self, name: str) -> str:
        if name.startswith("{"):
            return name.upper()
        if name.lower() not in {known.lower() for known in self.class_ids}:
            raise ComError(NO_CLASS, "Invalid class string")
        return next(each for known, each in self.class_ids.items() if known.lower() == name.lower()).upper()

    def active_object(self, class_id: str) -> Dispatch:
        for known, servant in self.running.items():
            if known.upper() == class_id:
                return Dispatch(servant)
        raise ComError(NOT_RUNNING, "Operation unavailable")

    def after(self, handle: int | None) -> int:
        handles = list(self.windows)
        place = 0 if handle is None else handles.index(handle) + 1
        return handles[place] if place < len(handles) else 0

    def child(self, handle: int, _: int, name: str, title: Any) -> int:
        """FindWindowEx: a direct child of this class; a child's handle is its parent's and its depth."""
        top, depth = divmod(handle, 100)
        classes = self.windows[top * 100][1] if top * 100 in self.windows else []
        return handle + 1 if depth < len(classes) and classes[depth] == name else 0

    def into(self, handle: int, look: Callable[[int, Any], Any], extra: Any) -> None:
        classes = self.windows[handle][1]
        if not classes:
            raise SystemError_(1400, "EnumChildWindows", "Invalid window handle.")
        for depth in range(1, len(classes) + 1):
            look(handle + depth, extra)

    def class_name(self, handle: int) -> str:
        return self.windows[handle // 100 * 100][1][handle % 100 - 1]

    def accessible(self, handle: int, _: int, iid: Any, pointer: Any) -> int:
        classes = self.windows[handle // 100 * 100][1]
        if not handle % 100 or classes[handle % 100 - 1] != "EXCEL7":
            raise OSError("no such object")
        pointer._obj.value = handle
        return 0

    def of_pointer(self, pointer: Any, iid: Any, add: bool) -> Dispatch:
        servant = self.windows[pointer.value // 100 * 100][2]
        assert servant is not None
        return Dispatch(servant)


class SystemError_(Exception):  # noqa: N801, N818
    """pywintypes.error."""


_CURRENT = SimpleNamespace(desktop=Desktop())


def _module(name: str, **members: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(members)
    return module


def _ask(name: str) -> Callable[..., Any]:
    def ask(*arguments: Any) -> Any:
        return getattr(_CURRENT.desktop, name)(*arguments)

    return ask


def _modules() -> Iterator[ModuleType]:
    types = _module("pywintypes", com_error=ComError, error=SystemError_, IID=_ask("iid"), TimeType=datetime.datetime)
    yield types
    yield _module("win32api")
    yield _module("win32con")
    yield _module(
        "pythoncom",
        __file__="pythoncom.dll",
        com_error=ComError,
        ole_error=ComError,
        IID_IDispatch="IDispatch",
        CoInitialize=lambda: None,
        GetActiveObject=_ask("active_object"),
    )
    dynamic = _module("win32com.client.dynamic", CDispatch=CDispatch, Dispatch=late_dispatch)
    client = _module(
        "win32com.client",
        __path__=[],
        CDispatch=ClientDispatch,
        CoClassBaseClass=CoClass,
        DispatchBaseClass=Generated,
        Dispatch=best_dispatch,
        DispatchEx=None,
        dynamic=dynamic,
    )
    yield from (_module("win32com", __path__=[], client=client), client, dynamic)
    yield _module(
        "win32gui",
        FindWindowEx=_ask("child"),
        EnumWindows=lambda look, extra: [look(handle, extra) for handle in list(_CURRENT.desktop.windows)],
        EnumChildWindows=_ask("into"),
        GetClassName=_ask("class_name"),
    )
    yield _module(
        "win32process",
        GetWindowThreadProcessId=lambda handle: (1, _CURRENT.desktop.windows[handle // 100 * 100][0]),
    )
    yield _module("win32timezone", TimeZoneInfo=SimpleNamespace(utc=lambda: datetime.UTC))


@contextmanager
def windows() -> Iterator[Desktop]:
    """Within it this is a Windows with pywin32, xlwings' own module for it is loaded, and the desktop is empty."""
    patch = pytest.MonkeyPatch()
    package = xlwings()
    _CURRENT.desktop = Desktop()
    user32 = SimpleNamespace(GetTopWindow=_ask("after"), GetWindow=lambda handle, _: _CURRENT.desktop.after(handle))
    libraries = SimpleNamespace(
        ole32=SimpleNamespace(CLSIDFromString=lambda *_: 0),
        oleacc=SimpleNamespace(AccessibleObjectFromWindow=_ask("accessible")),
    )
    try:
        for module in _modules():
            patch.setitem(sys.modules, module.__name__, module)
        patch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
        patch.setattr(ctypes, "oledll", libraries, raising=False)
        patch.setattr(ctypes, "PyDLL", lambda _: SimpleNamespace(PyCom_PyObjectFromIUnknown=_pointer_function()))
        # Restored to "not there", so that the next one loads it anew.
        patch.delitem(sys.modules, "xlwings._xlwindows", raising=False)
        from importlib import import_module

        loaded = import_module("xlwings._xlwindows")
        patch.setattr(package.engines, "engines", [*package.engines.engines, package.Engine(impl=loaded.engine)])
        patch.setattr(com_finding, "on_windows", lambda: True)
        yield _CURRENT.desktop
    finally:
        loaded = sys.modules.pop("xlwings._xlwindows", None)
        if loaded is not None:
            atexit.unregister(loaded.cleanup)
        patch.undo()


def _pointer_function() -> Any:
    def of_pointer(pointer: Any, iid: Any, add: bool) -> Any:
        return _CURRENT.desktop.of_pointer(pointer, iid, add)

    return of_pointer
