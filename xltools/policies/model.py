"""How points are awarded, as data: every value with the regulation it comes from and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")

Certainty = Literal["official", "form", "second-hand", "known", "user"]


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One value of a policy.

    `certainty`: `official` (the words of an official page or form were read), `form` (seen in a published form),
    `second-hand`, `known` (generally known text of the regulation, not re-read) or `user` (a user's own policy file).
    """

    value: T
    basis: str
    certainty: Certainty


class Band(NamedTuple):
    """A grade and its lower bound in percent of the full marks, the bound included: `优`, 90."""

    name: str
    lower: Decimal


class Tier(NamedTuple):
    """A tier of qualitative scores: the wordings that claim it, and its bounds in percent of the weight, included."""

    name: str
    words: tuple[str, ...]
    lower: Decimal
    upper: Decimal


class Cap(NamedTuple):
    """The highest total (of 100) that an execution rate below `below` percent allows."""

    below: Decimal
    total: Decimal


@dataclass(frozen=True)
class Policy:
    """The scoring rules of a regulation or region; percentages and points as plain numbers (90 for 90 %).

    `split` is the default distribution of the full marks over `execution`, `output`, `benefit`, `satisfaction` (empty
    where none is named). `execution_caps` is empty where totals are not capped. `min_core` is 0 where no number of
    core indicators is asked for. `proportional` says whether a missed quantitative target earns its share of the
    weight.
    """

    name: str
    title: str
    full_marks: Setting[Decimal]
    split: Setting[Mapping[str, Decimal]]
    grades: Setting[tuple[Band, ...]]
    tiers: Setting[tuple[Tier, ...]]
    low_execution: Setting[Decimal]
    over_achievement: Setting[Decimal]
    proportional: Setting[bool]
    execution_caps: Setting[tuple[Cap, ...]]
    min_core: Setting[int]
    unexplained_deduction: Setting[Literal["warning", "error"]]

    def grade(self, total: Decimal) -> str | None:
        """The grade of a total out of the full marks; None where no band holds it."""
        share = total / self.full_marks.value * 100
        for band in sorted(self.grades.value, key=lambda item: item.lower, reverse=True):
            if share >= band.lower:
                return band.name
        return None
