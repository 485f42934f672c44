"""Recording the calls into the engine."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import FunctionType
from typing import Any, Protocol, TypeVar

from tests.live.recording.model import Call, Log

UNRECORDED = frozenset({"api", "app", "book", "engine", "options", "parent", "sheet", "xl"})
"""Ways from one object to another, which ask nothing of an application."""


class Recorded(Protocol):
    log: Log
    place: str


Class = TypeVar("Class", bound=type)


def recorded(cls: Class) -> Class:
    """A class whose public methods and properties put down every call from outside."""
    for name, member in list(vars(cls).items()):
        if name.startswith("_") and name not in ("__call__", "__iter__", "__len__"):
            continue
        if name in UNRECORDED or name == "place":
            continue
        if isinstance(member, property):
            put = _wrapped(cls, name, "set", member.fset)
            setattr(cls, name, property(_wrapped(cls, name, "get", member.fget), put))
        elif isinstance(member, FunctionType):
            setattr(cls, name, _wrapped(cls, name, "call", member))
    return cls


def _wrapped(cls: type, name: str, how: str, function: Callable[..., Any] | None) -> Callable[..., Any] | None:
    if function is None:
        return None

    @functools.wraps(function)
    def call(self: Recorded, *args: Any, **kwargs: Any) -> Any:
        log = self.log
        if not log.depth:
            log.calls.append(Call(f"{cls.__name__}.{name}", how, self.place))
        log.depth += 1
        try:
            return function(self, *args, **kwargs)
        finally:
            log.depth -= 1

    return call
