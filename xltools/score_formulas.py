"""The formulas that `score` writes: plain functions that Excel 2010, WPS and LibreOffice share.

An operand is the text that stands for a number in a formula: `E5`, `VALUE(E5)` for a number stored as text, or `20`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from xltools.figures import Figure, plain
from xltools.policies.model import Policy
from xltools.scales import Scale
from xltools.sheets.grid import Grid, address

SCORE_DIGITS = 2
COEFFICIENT_SCORE_DIGITS = 4
AMOUNT_DIGITS = 6
"""Six decimals of 万元 are one 分: rounding there removes binary noise and never a 分."""

_NUMERAL = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?", re.ASCII)
"""Texts that every application turns into the same number: not those in full-width digits."""


class Term(NamedTuple):
    """A cell that takes part in a sum: its place, and its operand."""

    row: int
    column: int
    operand: str

    @property
    def plain(self) -> bool:
        """Whether the cell holds a number, so that it may stand in a range."""
        return self.operand == address(self.row, self.column)


def operand(figure: Figure | None) -> str | None:
    """A figure's cell as an operand; None where it holds more or other than a number (`620.82万元`, `≥95%`).

    A number stored as text takes part through VALUE: SUM would pass over it in silence.
    """
    if figure is None or not figure.row:
        return None
    if figure.kind == "number":
        return figure.address
    if not _NUMERAL.fullmatch(figure.text):
        return None
    # Whether VALUE knows separators of thousands depends on the application and its language.
    return f'VALUE(SUBSTITUTE({figure.address},",",""))' if "," in figure.text else f"VALUE({figure.address})"


def rate(executed: str, budget: str, scale: Scale) -> str:
    """执行率 = 执行数 ÷ 预算数 in the scale of its column; blank while there is no budget."""
    return f'IF(N({budget})=0,"",{_scaled(f"{executed}/{budget}", scale)})'


def score_rate(score: str, weight: str, scale: Scale) -> str:
    """得分率 = 得分 ÷ 权重 in the scale of its column; blank while there is no weight."""
    divisor = weight if re.fullmatch(r"[\w()]+", weight) else f"({weight})"
    return f'IF(N({weight})=0,"",{_scaled(f"{score}/{divisor}", scale)})'


def execution_score(executed: str, budget: str, weight: str) -> str:
    """执行率得分 = MIN(执行数 ÷ 预算数, 100%) × 权重, from the amounts; blank while there is no budget."""
    return f'IF(N({budget})=0,"",ROUND(MIN({executed}/{budget},1)*{weight},{SCORE_DIGITS}))'


def execution_score_of_rate(printed: str, weight: str, *, percent: bool) -> str:
    """执行率得分 = MIN(执行率, 100%) × 权重, from the printed rate (`percent`: 79.27 for 79.27 %)."""
    fraction = f"{printed}/100" if percent else printed
    return f"ROUND(MIN({fraction},1)*{weight},{SCORE_DIGITS})"


def coefficient_score(coefficient: str, weight: str, *, percent: bool) -> str:
    """指标得分 = 得分系数 × 权重 (`percent`: 90 for 90 %)."""
    fraction = f"{coefficient}/100" if percent else coefficient
    return f"ROUND({fraction}*{weight},{COEFFICIENT_SCORE_DIGITS})"


def balance(adjusted: str, executed: str) -> str:
    """结转结余 = 全年预算数 − 执行数."""
    return f"ROUND({adjusted}-{executed},{AMOUNT_DIGITS})"


def total(terms: Sequence[Term], others: Sequence[str], grid: Grid, digits: int) -> str:
    """The sum of cells and further operands, without the noise of binary fractions."""
    return f"ROUND({sum_of(terms, grid, others)},{digits})"


def grade(cell: str, policy: Policy) -> str:
    """优 良 中 差 by the policy's bands, lower bounds included; blank while there is no total."""
    bands = sorted(policy.grades.value, key=lambda band: band.lower)
    text = f'"{bands[0].name}"' if bands else '""'
    for band in bands[1:]:
        bound = plain(band.lower * policy.full_marks.value / 100)
        text = f'IF({cell}>={bound},"{band.name}",{text})'
    return f'IF(ISNUMBER({cell}),{text},"")'


def sum_of(terms: Sequence[Term], grid: Grid, others: Sequence[str] = ()) -> str:
    """A sum; number cells that follow each other in a column become one range."""
    cells = sorted((term for term in terms if term.plain), key=lambda term: (term.column, term.row))
    places = {(term.row, term.column) for term in cells}
    runs: list[list[Term]] = []
    for term in cells:
        if runs and _continues(runs[-1][-1], term, grid, places):
            runs[-1].append(term)
        else:
            runs.append([term])
    ranges = [run[0].operand if len(run) == 1 else f"{run[0].operand}:{run[-1].operand}" for run in runs]
    parts = [f"SUM({','.join(ranges)})"] if len(cells) > 1 else ranges
    parts += [term.operand for term in terms if not term.plain]
    return "+".join([*parts, *others])


def _continues(last: Term, following: Term, grid: Grid, places: set[tuple[int, int]]) -> bool:
    """Whether a range may run from one cell to the next without taking in anything that is not part of the sum."""
    if last.column != following.column:
        return False
    between = ((row, last.column) for row in range(last.row + 1, following.row))
    return all(place in places or grid.cell(*place) is None for place in between)


def _scaled(fraction: str, scale: Scale) -> str:
    return f"ROUND({fraction}*100,2)" if scale == "100" else f"ROUND({fraction},4)"
