"""The bridge to LibreOffice: its Python module `uno` and the connection to a running office.

`uno` belongs to LibreOffice, not to the package index: the distribution or LibreOffice itself brings it for one version
of Python. It is loaded from there without leaving its directories on `sys.path`, whose other packages would shadow
those of this environment.
"""

import builtins
import importlib.util
import os
import re
import sys
import threading
import time
from collections.abc import Callable
from functools import lru_cache, wraps
from importlib import import_module
from inspect import isfunction, isgeneratorfunction
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from xltools.errors import LiveError
from xltools.texts import say


class NotAvailableError(LiveError, NotImplementedError):
    """xlwings offers it, this engine does not."""


_CONTEXT = "StarOffice.ComponentContext"
_DROPS = 5
"""How often a connection may break while it is made."""
_UNO_DIRECTORIES = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice*/program",
    "/Applications/LibreOffice.app/Contents/Resources",
    "C:/Program Files/LibreOffice/program",
)
_PYUNO_DIRECTORIES = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/Frameworks",
)

_PYUNO_LIBRARIES = ("libpyuno.so", "pyuno.so", "libpyuno.dylib", "pyuno.pyd")
_LINKED = re.compile(rb"libpython(3\.\d+)|LibreOfficePython\.framework/Versions/(3\.\d+)|python(3)(\d+)\.dll")
_SOURCE = re.compile(r"\s*\bat \S+\.cxx:\d+$")

_Class = TypeVar("_Class", bound=type)


@lru_cache(maxsize=1)
def uno() -> ModuleType:
    """LibreOffice's module `uno`; raises LiveError where it is missing or made for another Python."""
    path, hook = list(sys.path), builtins.__import__
    directories = [] if importlib.util.find_spec("uno") else _directories()
    if not directories and importlib.util.find_spec("uno") is None:
        raise LiveError(say("libreoffice.no_uno", python=_python()))
    made_for = _made_for(directories)
    if made_for not in (None, _python()):
        # Loading it all the same would end the program.
        raise LiveError(say("libreoffice.wrong_uno", python=_python(), error=f"Python {made_for}"))
    _prepare(directories)
    sys.path.extend(directories)
    try:
        module = import_module("uno")
        import_module("unohelper")
    except ImportError as error:
        raise LiveError(say("libreoffice.wrong_uno", python=_python(), error=error)) from error
    finally:
        _narrow_import_hook(hook)
        sys.path[:] = path
    return module


def _python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _directories() -> list[str]:
    """Where LibreOffice's Python modules lie: `uno.py` itself and, beside it or elsewhere, the library `pyuno`."""
    found: list[str] = []
    for pattern in _UNO_DIRECTORIES:
        root = Path(pattern).anchor
        if not Path(root).is_dir():
            continue
        matches = sorted(Path(root).glob(pattern[len(root) :]), reverse=True)
        found.extend(str(directory) for directory in matches if (directory / "uno.py").is_file())
    if found:
        found.extend(name for name in _PYUNO_DIRECTORIES if Path(name).is_dir() and name not in found)
    return found


def _made_for(directories: list[str]) -> str | None:
    """The version of Python that the library `pyuno` is linked to; None where that cannot be told."""
    for directory in directories:
        for name in _PYUNO_LIBRARIES:
            library = Path(directory) / name
            found = _LINKED.search(library.read_bytes()) if library.is_file() else None
            if found:
                return ".".join(part.decode() for part in found.groups() if part)
    return None


def _prepare(directories: list[str]) -> None:
    """Tell `uno` where the rest of LibreOffice lies; on Linux it knows."""
    if sys.platform == "linux":
        return
    for directory in directories:
        if sys.platform == "win32":
            os.add_dll_directory(directory)
        for name in ("fundamental.ini", "fundamentalrc"):
            if (Path(directory) / name).is_file():
                os.environ.setdefault("URE_BOOTSTRAP", f"vnd.sun.star.pathname:{Path(directory) / name}")


def _narrow_import_hook(before: Callable[..., Any]) -> None:
    """Let `uno` answer only for its own names.

    It replaces `__import__` by a function that turns every failed `from x import y` of the program into an ImportError
    of its own making, so that `except ModuleNotFoundError` no longer catches it.
    """
    of_uno = builtins.__import__
    if of_uno is before:
        return

    def narrowed(name: str, *arguments: Any, **named: Any) -> Any:
        return (of_uno if name.startswith("com.sun.star") else before)(name, *arguments, **named)

    builtins.__import__ = narrowed


def unavailable() -> str | None:
    """Why `uno` cannot be loaded here; None where it can."""
    try:
        uno()
    except LiveError as error:
        return str(error)
    return None


def not_available(what: str) -> NotAvailableError:
    """The error for what this engine does not do; `what` names it (`charts`, `Sheet.to_html`)."""
    return NotAvailableError(say("libreoffice.unavailable", what=what))


def helper() -> ModuleType:
    """LibreOffice's module `unohelper`, for listeners."""
    uno()
    return import_module("unohelper")


def struct(name: str, **fields: Any) -> Any:
    """A UNO structure, its name without `com.sun.star.`: `struct("beans.PropertyValue", Name="Hidden", Value=True)`."""
    made = uno().createUnoStruct(f"com.sun.star.{name}")
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def enum(name: str, value: str) -> Any:
    """A value of a UNO enumeration, its name without `com.sun.star.`."""
    return uno().Enum(f"com.sun.star.{name}", value)


@lru_cache(maxsize=256)
def constant(name: str) -> int:
    """A UNO constant, its name without `com.sun.star.`: `constant("sheet.CellFlags.VALUE")`."""
    value: int = uno().getConstantByName(f"com.sun.star.{name}")
    return value


@lru_cache(maxsize=32)
def exception(name: str) -> type[Exception]:
    """A UNO exception to catch, its name without `com.sun.star.`: `exception("lang.DisposedException")`."""
    made: type[Exception] = uno().getClass(f"com.sun.star.{name}")
    return made


def properties(**values: Any) -> tuple[Any, ...]:
    """Named arguments as UNO takes them, a sequence of PropertyValue."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def guarded(made: _Class) -> _Class:
    """Class decorator: what UNO raises leaves the public methods and properties of the class as a LiveError.

    A UNO exception takes no traceback, so that it breaks every `contextlib.contextmanager` that it passes.
    """
    for name, member in list(vars(made).items()):
        if name.startswith("_") and name not in _GUARDED:
            continue
        if isinstance(member, property):
            setattr(made, name, property(_guard(member.fget), _guard(member.fset), _guard(member.fdel), member.__doc__))
        elif isgeneratorfunction(member):
            raise TypeError(f"{made.__name__}.{name}: a generator cannot be guarded")
        elif isfunction(member):
            setattr(made, name, _guard(member))
    return made


_GUARDED = ("__call__", "__contains__", "__getitem__", "__iter__", "__len__")


def _guard(function: Any) -> Any:
    if function is None:
        return None

    @wraps(function)
    def guard(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except exception("uno.Exception") as error:
            refused = refusal(error)
        # Out here it has no context: a UNO exception there would break every `contextlib.ExitStack` that it passes.
        raise refused

    return guard


def refusal(error: BaseException) -> LiveError:
    """The LiveError for what UNO raised: the office or the document is gone, or it refuses what was asked of it."""
    # What is left of an object that is gone knows no properties and cannot be handed over.
    dead = "invocation.cxx" in str(error) and isinstance(error, exception("beans.UnknownPropertyException"))
    if dead or "illegal object given" in str(error) or isinstance(error, exception("lang.DisposedException")):
        return LiveError(say("libreoffice.gone"))
    return LiveError(say("libreoffice.refused", error=message(error)))


def address(accept: str) -> str:
    """What to connect to, from what an office was told to accept: `pipe,name=x;urp` gains what is left out there.

    An office may listen on every address (`host=0`); it is reached on this machine then.
    """
    connection, *rest = [part.strip() for part in accept.strip().removeprefix("uno:").split(";")]
    if connection.startswith("socket"):
        connection = re.sub(r"host=(?:0|0\.0\.0\.0|::|\*)(?=,|$)", "host=localhost", connection)
        if "tcpNoDelay" not in connection:
            connection += ",tcpNoDelay=1"
    protocol = rest[0] if rest and rest[0] else "urp"
    name = rest[1] if len(rest) > 1 and rest[1] else _CONTEXT
    return f"uno:{connection};{protocol};{name}"


def connect(accept: str, *, patience: float = 0.0, timeout: float = 15.0) -> Any:
    """The component context of the office that listens on `accept`.

    An office that does not listen yet is tried for `patience` seconds; one that takes the connection and then does not
    answer is given up after `timeout` seconds. Raises LiveError with what to do.
    """
    module = uno()
    local = module.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    target = address(accept)
    silent, dropped = exception("connection.NoConnectException"), exception("lang.DisposedException")
    until, drops = time.monotonic() + patience, 0
    while True:
        try:
            return _in_time(lambda: resolver.resolve(target), timeout, accept)
        except silent:
            if time.monotonic() >= until:
                raise LiveError(say("libreoffice.not_listening", accept=accept)) from None
            time.sleep(0.05)
        except dropped as error:
            # An office that is just starting may drop a connection that it has taken.
            drops += 1
            if drops == _DROPS:
                raise LiveError(say("libreoffice.no_connection", accept=accept, error=message(error))) from None
            time.sleep(0.2)
        except exception("uno.Exception") as error:
            raise LiveError(say("libreoffice.no_connection", accept=accept, error=message(error))) from None


def _in_time(call: Callable[[], Any], timeout: float, accept: str) -> Any:
    """The result of a call that may hang for ever, made in a thread of its own."""
    result: list[Any] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            result.append(call())
        except BaseException as error:
            failure.append(error)

    # A daemon, so that a call that never returns does not keep the program from ending.
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(timeout)
    if failure:
        raise failure[0]
    if not result:
        raise LiveError(say("libreoffice.no_answer", accept=accept, seconds=round(timeout)))
    return result[0]


def message(error: BaseException) -> str:
    """What a UNO exception says, on one line, without the place in LibreOffice's source."""
    text = " ".join(str(getattr(error, "Message", "") or error).split())
    return _SOURCE.sub("", text) or type(error).__name__


def system_path(url: str) -> str:
    """The path of a `file:` URL, or the URL itself where it is another kind."""
    if not url.startswith("file:"):
        return url
    path: str = uno().fileUrlToSystemPath(url)
    return path


def file_url(path: str | os.PathLike[str]) -> str:
    """The URL of a file."""
    url: str = uno().systemPathToFileUrl(str(Path(path).absolute()))
    return url
