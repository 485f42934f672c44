"""The labels of self-evaluation forms: which wording means which field, in which block.

The wordings are data (`labels.toml`). A label is looked up by its exact wording, then by what it holds, and last by its
likeness to a known wording; each way has its own confidence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from xltools.figures import fold

EXACT, LIKE = 1.0, 0.9
SIMILAR_FROM = 0.8
"""How alike (0 to 1) an unknown wording must be to a known one to be taken for it."""
LONGEST_LABEL = 24
MAPPED = -1
"""The rank of a field that a map gave a label: it wins over every recognised one."""
IGNORE = "ignore"
"""What a map says of a label that is to be passed over."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_LEAD = re.compile(r"^(?:[★☆*●]+|\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[)、.](?!\d)|[①-⑳])")
_REFERENCES = re.compile(r"[①-⑳]\s*(?:[=＝].*)?$", re.S)
"""The number of a column and how it is worked out (`小计④=①+②+③`) are no part of its name."""
_POINTS = re.compile(r"(?:^|[^\d.])(\d{1,3}(?:\.\d+)?)分")
_MONEY = re.compile(r"亿元|万元|千元|元")
_NUMBERING = re.compile(r"^指标\d*[:.、]?")
_PASSED_OVER = {"header": "other", "budget": "ignore", "indicators": "ignore"}
_FILLERS = "/-—.…*:、无"


class Match(NamedTuple):
    """A field that a wording stands for, how sure that is (0 to 1), and how usual the wording is (0: most usual)."""

    field: str
    confidence: float
    rank: int = 99

    @property
    def mapped(self) -> bool:
        """Whether a map says so."""
        return self.rank == MAPPED


class Like(NamedTuple):
    """What a label must hold, and must not, to mean a field."""

    field: str
    every: tuple[str, ...]
    any: tuple[str, ...]
    none: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Known wordings by block, and what is a leftover of a blank template."""

    exact: Mapping[str, Mapping[str, Match]]
    like: Mapping[str, tuple[Like, ...]]
    empty_rows: frozenset[str]
    prompts: tuple[str, ...]
    options: frozenset[str]
    _known: dict[tuple[str, str], Match | None] = field(default_factory=dict)

    def match(self, block: str, text: str) -> Match | None:
        """The field of a block that a wording means; None where it means none."""
        key = (block, text)
        if key not in self._known:
            self._known[key] = self._look_up(block, text)
        return self._known[key]

    def extended(
        self, labels: Mapping[str, Mapping[str, Sequence[str]]], prompts: Mapping[str, Sequence[str]]
    ) -> "Vocabulary":
        """This vocabulary with more wordings by block and field, which win over its own, and more template leftovers.

        `prompts` may hold `contains`, `empty_row` and `options`, like `labels.toml`.
        """
        exact = {block: dict(known) for block, known in self.exact.items()}
        for block, wordings in labels.items():
            for name, texts in wordings.items():
                exact[block].update({_plain(text): Match(name, EXACT, 0) for text in texts})
        return Vocabulary(
            exact,
            self.like,
            self.empty_rows.union(map(fold, prompts.get("empty_row", ()))),
            (*self.prompts, *map(fold, prompts.get("contains", ()))),
            self.options.union(map(fold, prompts.get("options", ()))),
        )

    def fields(self, block: str) -> tuple[str, ...]:
        """The fields of a block that labels can mean."""
        names = [match.field for match in self.exact[block].values()]
        return tuple(dict.fromkeys([*names, *(entry.field for entry in self.like.get(block, ()))]))

    def _look_up(self, block: str, text: str) -> Match | None:
        label = _plain(text)
        if not label or len(label) > LONGEST_LABEL * 2:
            return None
        exact = self.exact[block]
        bare = core(label)
        for wording in (label, bare):
            if wording in exact:
                return exact[wording]
        # A colon or a full stop inside: a label with its value, or a sentence that uses the words of one.
        if not bare or len(bare) > LONGEST_LABEL or any(mark in bare for mark in ":。,;"):
            return None
        for entry in self.like.get(block, ()):
            if (
                all(part in bare for part in entry.every)
                and (not entry.any or any(part in bare for part in entry.any))
                and not any(part in bare for part in entry.none)
            ):
                return Match(entry.field, LIKE)
        return None

    def similar(self, block: str, text: str) -> Match | None:
        """The field whose known wording is most like this one, with the likeness; None below `SIMILAR_FROM`."""
        from difflib import SequenceMatcher

        bare = core(_plain(text))
        if not 2 <= len(bare) <= LONGEST_LABEL:
            return None
        best: Match | None = None
        matcher = SequenceMatcher(b=bare, autojunk=False)
        for wording, known in self.exact[block].items():
            matcher.set_seq1(wording)
            if matcher.real_quick_ratio() >= SIMILAR_FROM and matcher.quick_ratio() >= SIMILAR_FROM:
                ratio = round(matcher.ratio(), 2)
                if ratio >= SIMILAR_FROM and (best is None or ratio > best.confidence):
                    best = Match(known.field, ratio)
        return best

    def is_prompt(self, text: str) -> bool:
        """Whether a text is, or holds, an instruction or filler of the blank template (`(200字以内)`, `XX单位`)."""
        folded = fold(text)
        return any(part in folded for part in self.prompts)

    def is_empty_row(self, name: str) -> bool:
        """Whether an indicator's name is only the template's numbering (`指标2：`, `……`), nothing written behind it."""
        bare = _NUMBERING.sub("", fold(name)).strip(_FILLERS)
        return not bare or bare in self.empty_rows


def _plain(text: str) -> str:
    """A label as it is compared."""
    return fold(text).rstrip(":")


def meaning(target: str, block: str) -> Match | None:
    """What a mapped label means in a block: its field there, or nothing; an ignored one is a label without a field."""
    if target == IGNORE:
        return Match(_PASSED_OVER[block], EXACT, MAPPED) if block in _PASSED_OVER else None
    own, _, name = target.partition(".")
    if own != block:
        return None
    return Match("total" if target == "total.score" else name, EXACT, MAPPED)


def core(label: str) -> str:
    """A folded label without its bracketed parts, numbering and leading stars: `执行率(B/A)` is `执行率`."""
    bare = _LEAD.sub("", label)
    for _ in range(2):
        bare = _BRACKETS.sub("", bare)
    bare = bare.strip(":*,.、")
    return bare or label


def points(text: str) -> Decimal | None:
    """The points printed in a label (`产出指标（50分）`: 50); None where it prints none."""
    found = _POINTS.findall(fold(text))
    return Decimal(found[0]) if len(found) == 1 else None


def money_unit(text: str) -> str | None:
    """`万元` or `元` where a label names a unit of money in brackets or behind `单位：`."""
    folded = fold(text)
    bracketed = re.search(r"[(\[:,、](?:[^()]{0,6}?)(亿元|万元|千元|元)[)\],、]?", folded)
    if bracketed:
        return bracketed.group(1)
    found = _MONEY.search(folded)
    return found.group() if found and folded.endswith(found.group()) and len(folded) <= 16 else None


@cache
def default() -> Vocabulary:
    """The vocabulary that comes with xltools."""
    import tomllib

    data = tomllib.loads(files("xltools.forms").joinpath("labels.toml").read_text(encoding="utf-8"))
    prompts = data.pop("prompts")
    exact = {
        block: {
            wording: Match(name, EXACT, rank)
            for name, entry in fields.items()
            for rank, wording in enumerate(entry.get("exact", ()))
        }
        for block, fields in data.items()
    }
    like = {
        block: tuple(
            Like(name, tuple(part.get("all", ())), tuple(part.get("any", ())), tuple(part.get("none", ())))
            for name, entry in fields.items()
            for part in entry.get("like", ())
        )
        for block, fields in data.items()
    }
    return Vocabulary(
        exact,
        like,
        frozenset(map(fold, prompts["empty_row"])),
        tuple(map(fold, prompts["contains"])),
        frozenset(prompts["options"]),
    )
