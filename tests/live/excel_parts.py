"""Parts of the Excel model: properties that are kept, collections, one object for many, what sheets allow."""

# ruff: noqa: N802

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.live.com_server import REFUSED, Refusal, Servant, Server

NO_SUCH_INDEX = -2147352565


def part(kind: type, name: str, default: Any = None, *, changeable: bool = True) -> Any:
    """A property that just keeps what it is given."""

    def read(self: Any) -> Any:
        return self.kept.get(name, default)

    def write(self: Any, value: Any) -> None:
        self.kept[name] = value

    return property(read, write if changeable else None)


def refused(said: str = "") -> Refusal:
    """What Excel raises when something cannot be done: error 1004."""
    return Refusal(REFUSED, said)


class Kept(Servant):
    """An object that keeps what its properties are given; `allowed` raises where a client may not set any."""

    allowed: Callable[[], None] | None = None

    def __init__(self, server: Server, **kept: Any) -> None:
        self.server = server
        self.kept = dict(kept)

    def touch(self, name: str) -> None:
        if self.allowed is not None:
            self.allowed()


def same(values: Iterable[Any]) -> Any:
    """What all have in common; None, as COM says it, where they differ."""
    known = set(values)
    return known.pop() if len(known) == 1 else None


def spread(kind: type) -> Any:
    """A class for several objects of a kind at once: it tells what they have in common, and sets it for each."""

    def make(name: str) -> property:
        def read(self: Any) -> Any:
            return same(getattr(each, name) for each in self.each)

        def write(self: Any, value: Any) -> None:
            for each in self.each:
                setattr(each, name, value)

        return property(read, write)

    def begin(self: Any, server: Server, each: list[Any]) -> None:
        self.server, self.each = server, each

    def touch(self: Any, name: str) -> None:
        for each in self.each[:1]:
            each.touch(name)

    names = [name for name in dir(kind) if isinstance(getattr(kind, name), property)]
    members: dict[str, Any] = {name: make(name) for name in names}
    return type(f"Several{kind.__name__}", (Servant,), {**members, "__init__": begin, "touch": touch})


class Collection(Servant):
    """A collection: counted from 1, or by name."""

    def __init__(self, server: Server, members: list[Any], owner: Any = None) -> None:
        self.server, self.members, self.owner = server, members, owner

    @property
    def Application(self) -> Any:
        return self.owner.Application

    @property
    def Parent(self) -> Any:
        return self.owner

    @property
    def Count(self) -> int:
        return len(self.members)

    def default(self, *arguments: Any) -> Any:
        (key,) = arguments
        if isinstance(key, str):
            for member in self.members:
                if member.Name.casefold() == key.casefold():
                    return member
        elif 0 < key <= len(self.members):
            return self.members[int(key) - 1]
        raise Refusal(NO_SUCH_INDEX, "Invalid index.")

    def items(self) -> list[Any]:
        return self.members


class DefinedName(Kept):
    Name = part(str, "Name", changeable=False)
    RefersTo = part(str, "RefersTo")
    Visible = part(bool, "Visible", True)
    home: list[DefinedName] | None = None

    def Delete(self) -> None:
        assert self.home is not None
        self.home.remove(self)


class Names(Collection):
    def Add(self, Name: str, RefersTo: str, Visible: bool = True) -> DefinedName:  # noqa: N803
        if not Name.replace("_", "").replace(".", "").isalnum() or Name[0].isdigit():
            raise refused("The syntax of this name isn't correct.")
        self.members[:] = [each for each in self.members if each.Name.casefold() != Name.casefold()]
        return self.put(DefinedName(self.server, Name=Name, RefersTo=RefersTo, Visible=Visible))

    def put(self, name: DefinedName) -> DefinedName:
        name.home = self.members
        self.members.append(name)
        return name


ALLOWED = [
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
]


class Protection(Kept):
    """What a protected sheet allows."""


for _name in ALLOWED:
    setattr(Protection, _name, part(bool, _name, False, changeable=False))
