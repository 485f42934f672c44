"""What the budget rules share: amounts in one unit, totals with their parts, rates, slips between 元 and 万元."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from xltools.checks.cells import row_name, says_none
from xltools.evaluation import BudgetRow, Evaluation
from xltools.figures import (
    Agreement,
    Figure,
    agreement,
    compare,
    fold,
    plain,
    round_half_up,
    sum_agreement,
)
from xltools.money import AMOUNTS, amount, exact

PLANNED = ("initial", "adjusted", "executed")
"""The columns that every row of the money block has: 年初预算数, 全年预算数, 全年执行数."""

_CENT = 6
"""Decimals of 万元 down to the 分, the smallest amount there is."""

SLIP = Decimal(10_000)
_SLIP_LEAST, _SLIP_MOST = Decimal(8_000), Decimal(12_000)

_REST = re.compile(r"其他|其它|单位资金|结转|结余|自筹|自有资金|非财政|社会资金|本级|地方")
_SUM = re.compile(r"合计|总计|小计|总和")


def unreadable(figure: Figure | None) -> bool:
    """Whether a cell holds something that is neither one figure nor a word or dash for "nothing"."""
    return figure is not None and not says_none(figure) and (figure.value is None or figure.kind == "error")


def as_printed(figure: Figure) -> Figure:
    """A figure without what its cell stores, where that is what it prints: 100 behind `100.00` has two decimals."""
    return replace(figure, stored=None) if figure.stored == figure.value else figure


def sum_result(total: Figure, terms: Sequence[Figure]) -> Agreement:
    """How a stated total agrees with its terms; a whole total that drops a remainder is `ROUNDING`."""
    result = sum_agreement(as_printed(total), list(terms))
    if result is Agreement.EQUAL and total.places < 2 and total.exact is not None:
        remainder = total.exact - total_of(terms)
        return Agreement.ROUNDING if round_half_up(remainder, _CENT) else result
    return result


class RateReading(NamedTuple):
    """How a printed rate agrees with an exact one in percent, and whether only as a fraction (`0.958` for 95.8 %)."""

    agreement: Agreement
    fraction: bool


def read_rate(rate: Figure, percent: Decimal) -> RateReading:
    """A printed rate against the exact one in percent, in the scale that fits: `96.85`, `96.85%`, `0.9685` agree."""
    rate = as_printed(rate)
    whole = agreement(rate, percent)
    if rate.percent or whole is Agreement.EQUAL or rate.value is None:
        return RateReading(whole, False)
    scaled = compare(rate.value * 100, percent, max(0, rate.places - 2))
    if rate.stored is not None:
        scaled = min(scaled, agreement(replace(rate, value=rate.stored * 100, stored=None), percent))
    if scaled is Agreement.DIFFERENT and rate.places and agreement(rate, percent / 100) is not Agreement.DIFFERENT:
        # `0.9` for 85.3 %: right at its own single decimal, though five points off.
        scaled = Agreement.ROUNDING
    return RateReading(scaled, True) if scaled < whole else RateReading(whole, False)


def rate_text(percent: Decimal, like: Figure | None = None) -> str:
    """A rate in the scale and at the precision of a printed one, at two decimals of a percent or more."""
    places = max(2, like.places if like else 0)
    if like is not None and not like.percent and like.exact is not None and 0 < like.exact <= 1 < percent:
        return plain(round_half_up(percent / 100, max(4, like.places)))
    return plain(round_half_up(percent, places)) + ("%" if like is None or like.percent else "")


@dataclass(frozen=True)
class Family:
    """A total and one split of it into parts.

    `complete` says whether the parts are meant to make up the whole; otherwise they are a selection (`其中：财政拨款`
    alone), which may fall short of the total but not exceed it. `below` holds the parts of each part.
    """

    total: BudgetRow
    parts: tuple[BudgetRow, ...]
    complete: bool
    below: tuple[tuple[BudgetRow, ...], ...]

    def share(self, evaluation: Evaluation, index: int, column: str) -> Figure | None:
        """What the part at `index` has in a column."""
        own = amount(evaluation, getattr(self.parts[index], column))
        if own is not None or unreadable(getattr(self.parts[index], column)):
            return own
        inner = [found for row in self.below[index] if (found := amount(evaluation, getattr(row, column))) is not None]
        if not inner:
            return None
        return replace(inner[0], value=_sum(inner), stored=_sum(inner), places=max(item.places for item in inner))

    def shares(self, evaluation: Evaluation, column: str) -> list[Figure]:
        """The filled amounts of the parts in a column."""
        found = (self.share(evaluation, index, column) for index in range(len(self.parts)))
        return [figure for figure in found if figure is not None]

    def unreadable(self, column: str) -> bool:
        """Whether the total or a part holds something in that column that is no figure."""
        return any(unreadable(getattr(row, column)) for row in (self.total, *self.parts))


def _sum(figures: Sequence[Figure]) -> Decimal:
    return sum((figure.exact or Decimal(0) for figure in figures), Decimal(0))


def total_of(figures: Sequence[Figure]) -> Decimal:
    """The exact sum of amounts."""
    return _sum(figures)


def families(rows: Sequence[BudgetRow]) -> list[Family]:
    """Every total with its parts, and every part with its own parts, from top to bottom.

    Parts stand under their total; a 合计 row with nothing under it closes the parts above it.
    """
    runs: list[tuple[BudgetRow | None, list[BudgetRow]]] = [(None, [])]
    for row in rows:
        if row.depth == 0:
            runs.append((row, []))
        else:
            runs[-1][1].append(row)
    found: list[Family] = []
    for index, (top, run) in enumerate(runs):
        following = runs[index + 1] if index + 1 < len(runs) else None
        if run and following and following[0] is not None and not following[1] and _SUM.search(row_name(following[0])):
            found.extend(_split(following[0], run, closing=True))
        elif top is not None:
            found.extend(_split(top, run, closing=False))
    return found


def _split(total: BudgetRow, run: Sequence[BudgetRow], *, closing: bool) -> Iterator[Family]:
    depth = min((row.depth for row in run), default=0)
    groups: dict[int, list[tuple[BudgetRow, list[BudgetRow]]]] = {}
    current: list[BudgetRow] | None = None
    for row in run:
        if row.depth == depth:
            current = []
            groups.setdefault(row.group, []).append((row, current))
        elif current is not None:
            current.append(row)
    for members in groups.values():
        parts = tuple(row for row, _ in members)
        yield Family(
            total, parts, closing or _covers(total, parts), tuple(tuple(_direct(inner)) for _, inner in members)
        )
        for row, inner in members:
            yield from _split(row, inner, closing=False)


def _direct(run: Sequence[BudgetRow]) -> list[BudgetRow]:
    """The next level of a run, of its first group only: further groups split the same money again."""
    if not run:
        return []
    depth = min(row.depth for row in run)
    first = next(row for row in run if row.depth == depth)
    return [row for row in run if row.depth == depth and row.group == first.group]


def _covers(total: BudgetRow, parts: Sequence[BudgetRow]) -> bool:
    if len(parts) < 2:
        return False
    names = [fold(row_name(row)) for row in parts]
    if any(_REST.search(name) for name in names):
        return True
    return bool(_SUM.search(row_name(total))) and not any(name.startswith("其中") for name in names)


def split_again(total: Figure, shares: Sequence[Figure]) -> bool:
    """Whether the parts list the same money more than once: by source and by kind of spending, or in detail.

    Only where each listing comes to the total exactly, so that nothing is left to guess.
    """
    run: list[Figure] = []
    runs = 0
    for share in shares:
        run.append(share)
        if sum_agreement(total, run) is not Agreement.DIFFERENT:
            runs, run = runs + 1, []
    return (runs > 1 and not total_of(run)) or _detailed(total, shares)


def _detailed(total: Figure, shares: Sequence[Figure]) -> bool:
    """Whether one part is followed by its own details, not set off as such, and the rest makes up the total."""
    for index, share in enumerate(shares):
        for end in range(index + 3, len(shares) + 1):
            details = list(shares[index + 1 : end])
            rest = [*shares[: index + 1], *shares[end:]]
            if total_of(details) == share.exact and sum_agreement(total, rest) is not Agreement.DIFFERENT:
                return True
    return False


def all_families(evaluation: Evaluation) -> list[Family]:
    """The families of the money block and of a separate balance table."""
    return families(evaluation.budget) + families(evaluation.balance)


def totals_of_parts(evaluation: Evaluation) -> dict[int, BudgetRow]:
    """The total above each part, by the part's `id`."""
    return {id(part): family.total for family in all_families(evaluation) for part in family.parts}


def empty_total_columns(evaluation: Evaluation, family: Family) -> list[tuple[str, Decimal]]:
    """The columns in which the total is blank or 0 while its parts hold amounts, with the sum of the parts."""
    if family.total.depth:
        return []
    found = []
    for column in PLANNED:
        if family.unreadable(column) or exact(amount(evaluation, getattr(family.total, column))):
            continue
        total = total_of(family.shares(evaluation, column))
        if total:
            found.append((column, total))
    return found


def total_left_empty(evaluation: Evaluation, row: BudgetRow) -> bool:
    """Whether a row is a total that B103 reports: nothing can be derived from it."""
    return any(family.total is row and empty_total_columns(evaluation, family) for family in all_families(evaluation))


def far_apart(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two amounts differ by about the 10 000 of 元 and 万元 (within a fifth)."""
    if not one or not other:
        return False
    ratio = abs(one / other)
    return _SLIP_LEAST <= max(ratio, 1 / ratio) <= _SLIP_MOST


def row_slips(evaluation: Evaluation, row: BudgetRow) -> list[tuple[str, str]]:
    """The pairs of columns of one row whose amounts are in different units.

    A printed rate that fits the amounts as they stand clears them; one that fits only after a factor of 10 000 tells.
    """
    filled = [(name, value) for name in PLANNED if (value := exact(amount(evaluation, getattr(row, name))))]
    found = []
    for index, (first, one) in enumerate(filled):
        for second, other in filled[index + 1 :]:
            if second == "executed" and row.rate is not None and row.rate.value:
                percent = other / one * 100
                if read_rate(row.rate, percent).agreement is not Agreement.DIFFERENT:
                    continue
                if any(
                    read_rate(row.rate, slipped).agreement is Agreement.EQUAL
                    for slipped in (percent * SLIP, percent / SLIP)
                ):
                    found.append((first, second))
                    continue
            if far_apart(one, other):
                found.append((first, second))
    return found


def part_slip(evaluation: Evaluation, family: Family, column: str) -> BudgetRow | None:
    """The row whose amount in a column must be in another unit than the rest of its family; None where none must.

    It is a part that makes the sum right when it is multiplied or divided by 10 000, or the total itself where that is
    what all its parts ask for.
    """
    total = amount(evaluation, getattr(family.total, column))
    shares = family.shares(evaluation, column)
    if total is None or not total.exact or not shares or family.unreadable(column):
        return None
    whole = total_of(shares)
    if sum_agreement(total, shares) is not Agreement.DIFFERENT:
        return None
    for index, row in enumerate(family.parts):
        share = family.share(evaluation, index, column)
        if share is None or not share.exact:
            continue
        if agreement(total, whole - share.exact) is not Agreement.DIFFERENT:
            continue
        for factor in (SLIP, 1 / SLIP):
            mended = whole - share.exact + share.exact * factor
            if agreement(total, mended) is not Agreement.DIFFERENT:
                return row if len(shares) > 1 else family.total
    if far_apart(total.exact, whole) and (family.complete or whole > total.exact):
        return family.total
    return None


def has_slip(evaluation: Evaluation, row: BudgetRow) -> bool:
    """Whether B108 doubts the units of a row's amounts, so that nothing should be computed from them."""
    if row_slips(evaluation, row):
        return True
    return any(
        part_slip(evaluation, family, column) is row
        for family in all_families(evaluation)
        for column in AMOUNTS
        if family.total is row or any(part is row for part in family.parts)
    )
