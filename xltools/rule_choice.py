"""Which rules are applied to a file: what the command line says, then what the settings of its folder say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from xltools.checks import registry
from xltools.checks.base import Finding, NotChecked
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.settings import Settings

_RANKS = {"notice": 0, "warning": 1, "error": 2}


@dataclass(frozen=True, slots=True)
class Choice:
    """The codes of the rules to apply, those of them that nobody asked for, and those that settings turned off."""

    codes: tuple[str, ...]
    quiet: tuple[str, ...] = ()
    off: tuple[str, ...] = ()


@cache
def choose(settings: "Settings | None", select: tuple[str, ...], ignore: tuple[str, ...]) -> Choice:
    """The choice for the files under some settings.

    `select` and `ignore` are those of the command line: the former takes the place of all that the settings say of
    which rules to apply, the latter is added to it. Of rules that are off by default, the ones that are selected or
    given a severity are asked for.

    Raises InputError where something names no rule.
    """
    if settings is None or select:
        codes = registry.select(select, ignore)
        return Choice(codes, () if select else tuple(code for code in codes if not registry.rule(code).on))
    codes = registry.select(settings.select, (*settings.ignore, *ignore))
    off = tuple(code for code in codes if settings.severity.get(code) == "off")
    kept = tuple(code for code in codes if code not in off)
    asked = kept if settings.select else settings.severity
    return Choice(kept, tuple(code for code in kept if code not in asked and not registry.rule(code).on), off)


def ranked(finding: Finding, settings: "Settings | None") -> Finding:
    """A finding with the severity that the settings give its rule.

    One that the rule itself takes for less than usual (a rounding difference, a reason given) becomes no worse.
    """
    wanted = settings.severity.get(finding.code) if settings is not None else None
    if wanted is None or wanted == "off" or wanted == finding.severity:
        return finding
    milder = _RANKS[finding.severity] < _RANKS[registry.rule(finding.code).severity]
    if milder and _RANKS[wanted] > _RANKS[finding.severity]:
        return finding
    return replace(finding, severity=wanted)


def turned_off(codes: Iterable[str], settings: "Settings | None") -> Iterator[NotChecked]:
    """What is said of rules that the settings turned off; the two about the file itself were applied all the same."""
    for code in codes:
        if settings is not None and code not in (registry.UNREADABLE, registry.NO_FORM):
            yield NotChecked(code, registry.NAMES[code], say("settings.off", path=settings.path))
