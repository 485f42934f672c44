"""In which scale a column of rates is written: `100`, `100%` or `1` for the whole.

Published forms use all three, sometimes side by side; a column's own majority decides what a bare number in it means.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from xltools.evaluation import Evaluation, Indicator
from xltools.figures import Agreement, Figure, compare, fold

Scale = Literal["100", "100%", "1"]
RateField = Literal["score_rate", "coefficient", "rate"]

HUNDRED = Decimal(100)
_FRACTION_LIMIT = Decimal("1.5")


def percent_scale(evaluation: Evaluation, field: RateField) -> Scale | None:
    """The scale of a column of rates: 得分率 (`score_rate`), 得分系数 (`coefficient`) or 执行率 (`rate`).

    Percent signs in the majority of its figures make it `100%`. Else each bare figure votes for the scale in which it
    comes close to what it should be (score ÷ weight, executed ÷ budget); where nothing can be computed, a figure
    above 1.5 votes for `100` and one up to 1 for `1`. A tie is decided by a `%` in the label, else in favour of
    `100`. None where the column holds no figure.
    """
    figures = list(_figures(evaluation, field))
    if not figures:
        return None
    signs = sum(figure.percent for figure, _ in figures)
    if signs * 2 >= len(figures):
        return "100%"
    votes: Counter[Scale] = Counter()
    for figure, fraction in figures:
        vote = None if figure.percent else _vote(figure, fraction)
        if vote:
            votes[vote] += 1
    block = "budget" if field == "rate" else "indicators"
    label = evaluation.label(block, field)
    if votes["1"] > votes["100"]:
        return "1"
    if votes["1"] == votes["100"] and not votes["100"] and label is None:
        return "1" if all((figure.value or 0) <= 1 for figure, _ in figures) else "100"
    return "100"


def to_percent(figure: Figure, scale: Scale | None) -> Decimal | None:
    """A printed rate in percent, by its own percent sign or its column's scale; None where it is no number."""
    if figure.value is None:
        return None
    return figure.value * 100 if scale == "1" and not figure.percent else figure.value


def in_scale(percent: Decimal, figure: Figure, scale: Scale | None) -> Decimal:
    """An exact percentage in the scale in which this figure is printed, to be compared with its `value`."""
    return percent / 100 if scale == "1" and not figure.percent else percent


def _figures(evaluation: Evaluation, field: RateField) -> Iterator[tuple[Figure, Decimal | None]]:
    """The readable figures of the column, each with the fraction it should show where that can be computed."""
    if field == "rate":
        for row in evaluation.budget:
            if row.rate is not None and row.rate.value is not None:
                yield row.rate, _ratio(row.executed, row.adjusted or row.initial)
        return
    for indicator in evaluation.indicators:
        figure: Figure | None = getattr(indicator, field)
        if figure is not None and figure.value is not None:
            yield figure, _score_share(indicator)


def _score_share(indicator: Indicator) -> Decimal | None:
    return _ratio(indicator.score, indicator.weight)


def _ratio(part: Figure | None, whole: Figure | None) -> Decimal | None:
    if part is None or whole is None or part.exact is None or not whole.exact:
        return None
    return part.exact / whole.exact


def _vote(figure: Figure, fraction: Decimal | None) -> Scale | None:
    value = figure.value
    assert value is not None
    if fraction is not None and fraction:
        if compare(value, fraction * 100, figure.places) is not Agreement.DIFFERENT:
            return "100"
        if compare(value, fraction, figure.places) is not Agreement.DIFFERENT:
            return "1"
        return None
    if value > _FRACTION_LIMIT:
        return "100"
    return "1" if 0 < value <= 1 else None


def column_scale(evaluation: Evaluation, field: RateField) -> Scale:
    """The scale of a column of rates; of a blank one what its label says (`得分系数（%）`: `100`), else `100%`."""
    found = percent_scale(evaluation, field)
    if found is not None:
        return found
    label = evaluation.label("budget" if field == "rate" else "indicators", field)
    return "100" if label is not None and "%" in fold(label.text) else "100%"


def cell_scale(figure: Figure | None, column: Scale, number_format: str) -> Scale:
    """The scale in which one cell is written: its own percent sign goes before the habit of its column."""
    if figure is None or figure.value is None:
        return "100%" if "%" in number_format else column
    if figure.percent:
        return "100%"
    return "100" if column == "100%" else column
