"""Reading a policy's TOML file: every setting with its basis and certainty, everything wrong said with file and key."""

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from xltools.errors import PolicyError
from xltools.figures import plain
from xltools.policies.model import Band, Cap, Policy, Setting, Tier
from xltools.texts import say

_CERTAINTIES = ("official", "form", "second-hand", "known", "user")
_SHARES = ("execution", "output", "benefit", "satisfaction")
_PLAIN = ("name", "title", "extends")


class Place:
    """Where in a file a value stands, for what is said when it is wrong."""

    def __init__(self, path: Path, key: str) -> None:
        self.path, self.key = path, key

    def wrong(self, found: object, expected: str) -> NoReturn:
        """Refuse a value; `expected` names what is wanted among the texts `policies.expected`."""
        text = say("policies.missing") if found is None else repr(found)
        wanted = say(f"policies.expected.{expected}")
        raise PolicyError(say("policies.wrong", path=self.path, setting=self.key, found=text, expected=wanted))

    def inside(self, key: object) -> "Place":
        """The place of an entry, by its key or its number from 1."""
        return Place(self.path, f"{self.key}[{key}]" if isinstance(key, int) else f"{self.key}.{key}")


def read_policy(path: Path, load: Callable[[str], Policy], chain: tuple[Path, ...] = ()) -> Policy:
    """The policy in a TOML file; `load` finds one by name that it extends, `chain` are the files that extend this one.

    Raises PolicyError naming file, key, what was found and what was expected.
    """
    try:
        with path.open("rb") as stream:
            data = tomllib.load(stream, parse_float=Decimal)
    except OSError as error:
        raise PolicyError(say("policies.unreadable", path=path, reason=error.strerror or str(error))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(say("policies.not_toml", path=path, reason=error)) from error
    for key in data:
        if key not in _READERS and key not in _PLAIN:
            raise PolicyError(say("policies.unknown_key", path=path, setting=key, known=", ".join(sorted(_READERS))))
    base = _base(path, data.get("extends"), load, chain)
    title = data.get("title", path.stem)
    if not isinstance(title, str):
        Place(path, "title").wrong(title, "text")
    settings: dict[str, Setting[Any]] = {}
    for key, read in _READERS.items():
        previous: Setting[Any] | None = getattr(base, key) if base is not None else None
        if key in data:
            settings[key] = _setting(Place(path, key), data[key], title, read, previous)
        elif previous is not None:
            settings[key] = previous
        else:
            Place(path, key).wrong(None, "setting")
    return Policy(name=path.stem, title=title, **settings)


def _base(path: Path, extends: object, load: Callable[[str], Policy], chain: tuple[Path, ...]) -> Policy | None:
    if extends is None:
        return None
    if not isinstance(extends, str):
        Place(path, "extends").wrong(extends, "text")
    if not extends.endswith(".toml"):
        return load(extends)
    target = (path.parent / extends).resolve()
    chain = (*chain, path.resolve())
    if target in chain:
        raise PolicyError(say("policies.circle", path=path, extends=extends))
    return read_policy(target, load, chain)


_Reader = Callable[[Place, Any, Any], Any]


def _setting(place: Place, given: object, title: str, read: _Reader, previous: Setting[Any] | None) -> Setting[Any]:
    """A setting in full (`value`, `basis`, `certainty`), or a bare value as users write it."""
    inherited = previous.value if previous is not None else None
    if isinstance(given, dict) and "value" in given:
        extra = sorted(set(given) - {"value", "basis", "certainty"})
        if extra:
            place.inside(extra[0]).wrong(given[extra[0]], "no_such_key")
        basis, certainty = given.get("basis", title), given.get("certainty", "user")
        if not isinstance(basis, str) or not basis.strip():
            place.inside("basis").wrong(basis, "text")
        if certainty not in _CERTAINTIES:
            place.inside("certainty").wrong(certainty, "certainty")
        return Setting(read(place.inside("value"), given["value"], inherited), basis, certainty)
    if isinstance(given, dict) and ("basis" in given or "certainty" in given):
        place.inside("value").wrong(None, "setting")
    return Setting(read(place, given, inherited), title, "user")


def _number(place: Place, value: object, lower: int, upper: int | None, expected: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        place.wrong(value, expected)
    number = Decimal(value)
    if not number.is_finite() or number < lower or (upper is not None and number > upper):
        place.wrong(plain(number) if number.is_finite() else value, expected)
    return number


def _percent(place: Place, value: object, _: object) -> Decimal:
    return _number(place, value, 0, 100, "percent")


def _not_negative(place: Place, value: object, _: object) -> Decimal:
    return _number(place, value, 0, None, "not_negative")


def _full_marks(place: Place, value: object, _: object) -> Decimal:
    marks = _number(place, value, 0, None, "positive")
    return marks if marks else place.wrong(value, "positive")


def _boolean(place: Place, value: object, _: object) -> bool:
    return value if isinstance(value, bool) else place.wrong(value, "boolean")


def _count(place: Place, value: object, _: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        place.wrong(value, "count")
    return value


def _severity(place: Place, value: object, _: object) -> str:
    if value not in ("warning", "error"):
        place.wrong(value, "severity")
    return str(value)


def _split(place: Place, value: object, _: object) -> Mapping[str, Decimal]:
    if not isinstance(value, dict):
        place.wrong(value, "split")
    for key in value:
        if key not in _SHARES:
            place.inside(key).wrong(value[key], "split")
    return {key: _number(place.inside(key), points, 0, None, "not_negative") for key, points in value.items()}


def _table(place: Place, value: object, keys: tuple[str, ...], expected: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        place.wrong(value, expected)
    for key in value:
        if key not in keys:
            place.inside(key).wrong(value[key], expected)
    return value


def _list(place: Place, value: object, expected: str) -> list[tuple[Place, object]]:
    if not isinstance(value, list):
        place.wrong(value, expected)
    return [(place.inside(index), item) for index, item in enumerate(value, 1)]


def _name(place: Place, item: Mapping[str, object], expected: str) -> str:
    name = item.get("name")
    if not isinstance(name, str) or not name.strip():
        place.inside("name").wrong(name, expected)
    return name


def _grades(place: Place, value: object, _: object) -> tuple[Band, ...]:
    bands = []
    for inner, item in _list(place, value, "grades"):
        table = _table(inner, item, ("name", "lower"), "grades")
        bands.append(Band(_name(inner, table, "grades"), _percent(inner.inside("lower"), table.get("lower"), None)))
    if len({band.lower for band in bands}) != len(bands):
        place.wrong([str(band.lower) for band in bands], "distinct_bounds")
    return tuple(sorted(bands, key=lambda band: band.lower, reverse=True))


def _tiers(place: Place, value: object, inherited: tuple[Tier, ...] | None) -> tuple[Tier, ...]:
    tiers = []
    for inner, item in _list(place, value, "tiers"):
        table = _table(inner, item, ("name", "words", "lower", "upper"), "tiers")
        name = _name(inner, table, "tiers")
        words = table.get("words")
        if words is None:
            words = next((list(tier.words) for tier in inherited or () if tier.name == name), None)
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            inner.inside("words").wrong(words, "words")
        lower = _percent(inner.inside("lower"), table.get("lower"), None)
        upper = _percent(inner.inside("upper"), table.get("upper"), None)
        if lower > upper:
            inner.inside("lower").wrong(plain(lower), "lower_below_upper")
        tiers.append(Tier(name, tuple(words), lower, upper))
    return tuple(tiers)


def _caps(place: Place, value: object, _: object) -> tuple[Cap, ...]:
    caps = []
    for inner, item in _list(place, value, "caps"):
        table = _table(inner, item, ("below", "total"), "caps")
        below = _percent(inner.inside("below"), table.get("below"), None)
        caps.append(Cap(below, _not_negative(inner.inside("total"), table.get("total"), None)))
    return tuple(sorted(caps, key=lambda cap: cap.below))


_READERS: dict[str, _Reader] = {
    "full_marks": _full_marks,
    "split": _split,
    "grades": _grades,
    "tiers": _tiers,
    "low_execution": _percent,
    "over_achievement": _not_negative,
    "proportional": _boolean,
    "execution_caps": _caps,
    "min_core": _count,
    "unexplained_deduction": _severity,
}

NUMBERS = ("full_marks", "low_execution", "over_achievement", "min_core")
"""The settings of a policy that are one number."""


def number(place: Place, name: str, value: object) -> Any:
    """The value of one of `NUMBERS`, as a policy holds it; raises what `place` raises for a wrong one."""
    return _READERS[name](place, value, None)
