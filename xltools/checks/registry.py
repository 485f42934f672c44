"""Every rule, named once.

A rule is found by its code (`S101`) or its name (`score-rate-mismatch`); its module is called like its name and is
imported only when the rule is wanted.
"""

from collections.abc import Iterable
from importlib import import_module
from types import ModuleType

from xltools.checks.base import Check, Rule
from xltools.errors import InputError
from xltools.texts import say

NAMES = {
    "F001": "unreadable-file",
    "F002": "form-not-recognised",
    "F003": "figure-unreadable",
    "F004": "unit-in-figure",
    "F005": "number-stored-as-text",
    "F006": "placeholder-left",
    "F007": "error-value",
    "F008": "stale-value",
    "F009": "formula-overwritten",
    "F010": "label-changed",
    "F011": "layout-changed",
    "F012": "validation-violated",
    "F013": "hidden-content",
    "F014": "external-link",
    "F015": "stray-characters",
    "F016": "covered-value",
    "B101": "execution-rate-mismatch",
    "B102": "parts-sum-mismatch",
    "B103": "total-row-empty",
    "B104": "adjustment-unbalanced",
    "B105": "balance-unclosed",
    "B106": "overspent",
    "B107": "spent-without-budget",
    "B108": "unit-slip",
    "B109": "negative-amount",
    "B110": "rate-scale",
    "B111": "part-scored-twice",
    "B112": "adjusted-unexplained",
    "B113": "low-execution-unexplained",
    "W101": "weight-sum",
    "W102": "group-weight-sum",
    "W103": "weight-missing",
    "W104": "weight-invalid",
    "W105": "unusual-split",
    "S101": "score-rate-mismatch",
    "S102": "score-over-weight",
    "S103": "total-mismatch",
    "S104": "execution-score-mismatch",
    "S105": "score-missing",
    "S106": "score-without-actual",
    "S107": "missed-but-full",
    "S108": "met-but-docked",
    "S109": "not-proportional",
    "S110": "grade-mismatch",
    "S111": "execution-cap",
    "S112": "negative-score",
    "S113": "tier-mismatch",
    "S114": "docked-unexplained",
    "V101": "target-missing",
    "V102": "actual-missing",
    "V103": "unit-missing",
    "V104": "actual-not-numeric",
    "V105": "qualitative-numeric",
    "V106": "over-achieved",
    "V107": "actual-copies-target",
    "V108": "duplicate-indicator",
    "V109": "too-few-core",
    "V110": "year-mismatch",
    "V111": "header-missing",
    "V112": "unit-mismatch",
}
"""Code to name, in the order in which rules run and are listed. A code or name, once published, is never used again for
another rule."""

VALIDATION = "F012"
"""The rule of a cell's own data validation: it is silent where another one says what is wrong with the value."""

UNREADABLE, NO_FORM = "F001", "F002"
"""The rules that decide whether there is anything to check; they run unless they are ignored by name."""


def rules() -> tuple[Rule, ...]:
    """The cards of all rules, in the order of their codes within each family."""
    return tuple(rule(code) for code in NAMES)


def rule(code: str) -> Rule:
    """The card of the rule with this very code; raises KeyError where there is none."""
    card: Rule = _module(code).RULE
    return card


def check_of(code: str) -> Check:
    """The function that applies the rule with this very code; raises KeyError where there is none."""
    check: Check = _module(code).check
    return check


def find(code_or_name: str) -> Rule:
    """The rule of this code or name, whatever its case.

    Raises InputError, with the nearest codes and names, where there is none.
    """
    return rule(code_of(code_or_name))


def page(code_or_name: str) -> str:
    """A rule's page: what it checks, why, a wrong and a right example, and its basis.

    Raises InputError where there is no such rule.
    """
    return (_module(code_of(code_or_name)).__doc__ or "").strip()


def select(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[str, ...]:
    """The codes of the rules to run.

    Both arguments name rules by code, name, or the beginning of a code (`S`, `S1`). Nothing selected means every rule;
    `ignore` wins. F001 and F002 run in any case unless their full code or name is ignored.

    Raises InputError where something names no rule.
    """
    chosen: set[str] = set()
    for text in select:
        chosen |= _matching(text)
    chosen = (chosen or set(NAMES)) | {UNREADABLE, NO_FORM}
    for text in ignore:
        codes = _matching(text)
        chosen -= codes if len(codes) == 1 else codes - {UNREADABLE, NO_FORM}
    return tuple(code for code in NAMES if code in chosen)


def _matching(text: str) -> set[str]:
    plain = text.strip()
    return {code for code in NAMES if plain and code.startswith(plain.upper())} or {code_of(plain)}


def code_of(code_or_name: str) -> str:
    """The code of the rule of this code or name, whatever its case; raises InputError where there is none."""
    plain = code_or_name.strip()
    if plain.upper() in NAMES:
        return plain.upper()
    folded = plain.lower().replace("_", "-")
    for code, name in NAMES.items():
        if name == folded:
            return code
    raise InputError(say("cli.rule.unknown", rule=plain, nearest=_nearest(plain)))


def _nearest(text: str) -> str:
    from difflib import get_close_matches

    codes = get_close_matches(text.upper(), NAMES, 3, 0.5)
    names = get_close_matches(text.lower(), NAMES.values(), 3, 0.5)
    by_name = {name: code for code, name in NAMES.items()}
    found = [*codes, *(by_name[name] for name in names)] if not text[1:2].isdigit() else codes
    listed = ", ".join(f"{code} {NAMES[code]}" for code in dict.fromkeys(found))
    return say("cli.rule.nearest", rules=listed) if listed else say("cli.rule.list")


def _module(code: str) -> ModuleType:
    return import_module("xltools.checks." + NAMES[code].replace("-", "_"))
