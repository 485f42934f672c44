"""The server's side of COM for tests: objects with properties and methods, and what they raise."""

from typing import Any

CALL_REJECTED, SERVER_GONE, MEMBER_NOT_FOUND = -2147418111, -2147023174, -2147352573
UNKNOWN_NAME, EXCEPTION, BAD_COUNT = -2147352570, -2147352567, -2147352562
NO_CLASS, NOT_RUNNING = -2147221005, -2147221021
REFUSED, EDITING, OVERFLOW, NO_OBJECT = -2146827284, -2146777998, -2146828282, -2146827864
"""Error codes as COM gives them: signed."""


class ComError(Exception):
    """pywintypes.com_error."""

    def __init__(self, hresult: int, strerror: str = "", excepinfo: Any = None, argerror: Any = None) -> None:
        super().__init__(hresult, strerror, excepinfo, argerror)
        self.hresult, self.strerror, self.excepinfo, self.argerror = hresult, strerror, excepinfo, argerror


class Refusal(Exception):  # noqa: N818
    """What a server raises: a code and what it says."""


class Server:
    """The process of an application."""

    def __init__(self) -> None:
        self.busy = self.gone = self.editing = False
        self.calls = 0
        self.described = True
        """Whether it gives type information; without it pywin32 does not tell why a property cannot be set."""
        self.generated = False
        """Whether pywin32 has classes generated from another type library for its objects."""

    def answer(self) -> None:
        self.calls += 1
        if self.gone:
            raise ComError(SERVER_GONE, "The RPC server is unavailable.")
        if self.busy:
            raise ComError(CALL_REJECTED, "Call was rejected by callee.")


class Servant:
    """An object of a server: properties, methods, and `default` for calling it; `items` for going through it."""

    server: Server

    def default(self, *arguments: Any) -> Any:
        raise ComError(MEMBER_NOT_FOUND, "Member not found.")

    def items(self) -> list[Any]:
        raise ComError(MEMBER_NOT_FOUND, "Member not found.")

    def touch(self, name: str) -> None:
        """Before a client sets a property: raises `Refusal` where it may not."""


def optional(function: Any) -> Any:
    """A property that may take arguments."""
    function.optional = True
    return function
