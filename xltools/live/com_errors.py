"""What goes wrong while talking to Excel or WPS through COM, waited out where that helps, and said in plain words.

The codes are those of winerror.h and, for 0x800A…, of VBA (Microsoft Learn, "Error Handling in COM", "Structure of COM
Error Codes").
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from xltools.errors import LiveError
from xltools.texts import say

CALL_REJECTED = 0x80010001
DISP_EXCEPTION = 0x80020009
EDITING = 0x800AC472

BUSY = frozenset({CALL_REJECTED, 0x8001010A, 0x8001010B, EDITING})
"""A cell is being typed into, or a dialogue is open: RPC_E_CALL_REJECTED, SERVERCALL_RETRYLATER and _REJECTED, and
VBA_E_IGNORE, which Excel answers to changes while a cell is edited."""

GONE = frozenset({0x800706BA, 0x800706BE, 0x80010007, 0x80010012, 0x80010108, 0x800401FD})
"""The application was closed, or has crashed: RPC_S_SERVER_UNAVAILABLE and CALL_FAILED, RPC_E_SERVER_DIED and
_DIED_DNE, RPC_E_DISCONNECTED, CO_E_OBJNOTCONNECTED."""

ABSENT = frozenset({0x80020003, 0x80020006, 0x80004001})
"""This version does not know what was asked: DISP_E_MEMBERNOTFOUND, DISP_E_UNKNOWNNAME, E_NOTIMPL."""

DENIED = 0x80070005
REFUSED = 0x800A03EC
"""Excel's own "this cannot be done": the sheet is protected, the formula is wrong, the name is taken…"""

PATIENCE = 3.0
"""Seconds that a busy application is waited for, for each thing asked of it."""

ABSENT_PATIENCE = 0.3
"""The same where pywin32 says that there is no such property: it says so of a busy application too."""

PAUSE = 0.05

_NOT_SET = "can not be set"
"""What pywin32 says of a property that cannot be set, whatever the reason, where the server has no type information."""


def com_error() -> type[Exception]:
    """The exception that every failed COM call raises."""
    kind: type[Exception] = import_module("pythoncom").com_error
    return kind


def failures() -> tuple[type[Exception], ...]:
    """Whatever a failed COM call comes out as, by itself or through xlwings."""
    busy: type[Exception] = import_module("xlwings._xlwindows").ExcelBusyError
    return com_error(), AttributeError, busy


def code(error: BaseException) -> int:
    """The code that tells what went wrong, unsigned; that of the application where there is one."""
    number = int(getattr(error, "hresult", 0)) & 0xFFFFFFFF
    details = getattr(error, "excepinfo", None)
    if number == DISP_EXCEPTION and details and details[5]:
        return int(details[5]) & 0xFFFFFFFF
    return number


def reason(error: BaseException, product: str) -> str:
    """What a failed call means to the user, and what to do about it."""
    number = code(error)
    if may_pass(error):
        return say("doctor.com.busy", product=product)
    if number in GONE:
        return say("doctor.com.gone", product=product)
    if number in ABSENT:
        return say("doctor.com.absent", product=product)
    if number == DENIED:
        return say("doctor.com.denied", product=product)
    details = getattr(error, "excepinfo", None)
    said = str(details[2] if details and details[2] else getattr(error, "strerror", "") or "").strip()
    if number == REFUSED:
        return say("doctor.com.refused", product=product, said=say("doctor.com.said", said=said) if said else "")
    return say("doctor.com.failed", product=product, said=said, code=f"0x{number:08X}")


def optional(thing: Any, name: str) -> Any:
    """A property that not every version has, or has for every cell; None where it cannot be told.

    A busy or closed application still raises.
    """
    try:
        return getattr(thing, name)
    except AttributeError:
        return None
    except com_error() as error:
        if may_pass(error) or code(error) in GONE:
            raise
        return None


@contextmanager
def plain_errors(product: str, ready: Callable[[], bool] = lambda: True) -> Iterator[None]:
    """Within it, a busy application is waited for, but not for ever, and what it throws comes out as a LiveError.

    By itself xlwings tries again without a pause and without an end (`N_COM_ATTEMPTS`).
    """
    windows: Any = import_module("xlwings._xlwindows")
    before = windows.N_COM_ATTEMPTS
    windows.N_COM_ATTEMPTS = Patience()
    try:
        yield
    except com_error() as error:
        raise LiveError(reason(error, product)) from error
    except windows.ExcelBusyError as error:
        raise LiveError(say("doctor.com.busy", product=product)) from error
    except AttributeError as error:
        if not ready():
            raise LiveError(say("doctor.com.busy", product=product)) from error
        if _NOT_SET not in str(error):
            raise
        raise LiveError(say("doctor.com.refused", product=product, said="")) from error
    finally:
        windows.N_COM_ATTEMPTS = before


@contextmanager
def courtesy() -> Iterator[None]:
    """Within it stands what may as well fail: where the user is taken, how large a note's box is."""
    try:
        yield
    except failures():
        return


class Patience(int):
    """A number of attempts that is a span of time: asked whether a further one is due, it waits and looks at the clock.

    xlwings compares the attempts made with `N_COM_ATTEMPTS` while it handles what went wrong.
    """

    _until: float

    def __new__(cls) -> "Patience":  # noqa: D102
        return super().__new__(cls, sys.maxsize)

    def __gt__(self, attempt: int) -> bool:
        error = sys.exc_info()[1]
        absent = isinstance(error, AttributeError)
        if error is not None and not absent and not may_pass(error):
            # xlwings raises this one whatever the answer is.
            return True
        now = time.monotonic()
        if attempt <= 1:
            self._until = now + (ABSENT_PATIENCE if absent else PATIENCE)
        if now >= self._until:
            return False
        time.sleep(PAUSE)
        return True


def may_pass(error: BaseException) -> bool:
    """Whether a failed call may succeed later: a cell is being edited, or a dialogue is open."""
    number = int(getattr(error, "hresult", 0)) & 0xFFFFFFFF
    # Excel gives no details when a property is set while a cell is edited.
    return code(error) in BUSY or (number == DISP_EXCEPTION and not getattr(error, "excepinfo", None))
