"""What the derived figures of a form should be: rates, execution and proposed scores, totals, grade, balances.

Sources: execution score = min(执行率, 100 %) × weight, over the adjusted budget of the year; quantitative indicators
earn their weight when reached, else the share of it that the policy's proportional rule gives (printed on official
forms); grades by the policy's bands. Nothing here is rounded: a printed figure is compared at its own precision by
whoever compares it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltools.evaluation import BudgetRow, Evaluation, Indicator
from xltools.figures import Figure, fold, plain, round_half_up
from xltools.judging import Judgement, judge, target_of, tier
from xltools.money import budget_of, pair
from xltools.points import counting, execution_weight
from xltools.policies.model import Policy
from xltools.scales import percent_scale, to_percent

ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Computed:
    """A derived figure, exact: `how` shows the arithmetic in symbols (`16 ÷ 16 = 100 %`), empty where `value` is None.

    `undecided` is the key of the text that says why there is no value.
    """

    value: Decimal | None = None
    how: str = ""
    undecided: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """What belongs to one indicator: its `rate` (score ÷ weight in percent), the `weight` behind its score, and the
    `proposed` score of the policy.

    Indicators that share one merged score share one rate and one weight (the sum of theirs). `counts` is False for
    `其中` rows, and for rows whose score is counted in an earlier one. `for_person` marks a proposal that a person
    has to decide: qualitative ones, and figures whose direction or rule the form does not give.
    """

    rate: Computed
    weight: Decimal | None
    proposed: Computed
    judgement: Judgement
    counts: bool = True
    for_person: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """The derived figures of a form.

    `execution_rate` is in percent (of the row that carries the rate), `execution_score` from the exact rate where the
    amounts give it, else from the printed one; `execution_score_as_printed` always from the printed rate.
    `execution_weight` is None where the form awards no points for execution. `rates` and `balances` (adjusted −
    executed) stand in the order of `evaluation.budget`, `closings` in that of `evaluation.balance`, `indicators` in
    that of `evaluation.indicators`. `indicator_weights`, `weight_total` and `score_total` add up what the form
    prints, merged figures once. `grade` belongs to the printed total, or to `score_total` where none is printed.
    """

    execution_weight: Decimal | None
    execution_rate: Computed
    execution_score: Computed
    execution_score_as_printed: Computed
    rates: tuple[Computed, ...]
    balances: tuple[Computed, ...]
    closings: tuple[Computed, ...]
    indicators: tuple[IndicatorScore, ...]
    indicator_weights: Computed
    weight_total: Computed
    score_total: Computed
    grade: str | None


def expected(evaluation: Evaluation, policy: Policy) -> Expected:
    """The figures that a form's own entries and a policy lead to."""
    weight = execution_weight(evaluation)
    rates = tuple(rate_of(evaluation, row) for row in evaluation.budget)
    row = evaluation.execution_row()
    index = next((i for i, other in enumerate(evaluation.budget) if other is row), None)
    rate = rates[index] if index is not None else Computed(undecided="reasons.no_budget_block")
    printed = printed_rate(evaluation, row)
    indicators = indicator_scores(evaluation, policy)
    weights = _indicator_weights(evaluation)
    score_total = _score_total(evaluation, row)
    total = evaluation.total.score.value if evaluation.total.score is not None else None
    total = total if total is not None else score_total.value
    return Expected(
        execution_weight=weight,
        execution_rate=rate,
        execution_score=_execution_score(rate if rate.value is not None else printed, weight),
        execution_score_as_printed=_execution_score(printed, weight),
        rates=rates,
        balances=tuple(balance_of(evaluation, entry) for entry in evaluation.budget),
        closings=tuple(balance_of(evaluation, entry) for entry in evaluation.balance),
        indicators=indicators,
        indicator_weights=weights,
        weight_total=_weight_total(weights, weight),
        score_total=score_total,
        grade=policy.grade(total) if total is not None else None,
    )


def rate_of(evaluation: Evaluation, row: BudgetRow, column: str | None = None) -> Computed:
    """Executed ÷ budget in percent; `column` is the budget's, by default 全年预算数, or 年初 in a form without.

    Formula: 财预〔2020〕10号, project form, 执行率 = B/A.
    """
    budget = budget_of(evaluation, row) if column is None else getattr(row, column)
    if budget is None or row.executed is None:
        return Computed(undecided="reasons.amount_blank")
    amounts = pair(evaluation, row.executed, budget)
    if amounts is None:
        return Computed(undecided="reasons.amount_unreadable")
    executed, planned = amounts
    if not planned:
        return Computed(undecided="reasons.budget_zero")
    value = executed / planned * 100
    return Computed(value, f"{row.executed.text} ÷ {budget.text} = {shown(value)} %")


def printed_rate(evaluation: Evaluation, row: BudgetRow | None) -> Computed:
    """The execution rate that a row prints, in percent, read in the scale of its column: 76 for `76%`, `76`, `0.76`."""
    if row is None or row.rate is None:
        return Computed(undecided="reasons.rate_blank")
    value = None if row.rate.sign else to_percent(row.rate, percent_scale(evaluation, "rate"))
    return Computed(value, row.rate.text) if value is not None else Computed(undecided="reasons.rate_unreadable")


def balance_of(evaluation: Evaluation, row: BudgetRow) -> Computed:
    """结转结余 = budget − executed, in the form's own unit."""
    budget = budget_of(evaluation, row)
    if budget is None or row.executed is None:
        return Computed(undecided="reasons.amount_blank")
    amounts = pair(evaluation, budget, row.executed)
    if amounts is None:
        return Computed(undecided="reasons.amount_unreadable")
    value = amounts[0] - amounts[1]
    return Computed(value, f"{budget.text} − {row.executed.text} = {plain(value)}")


def indicator_scores(evaluation: Evaluation, policy: Policy) -> tuple[IndicatorScore, ...]:
    """Rate and proposed score of every indicator, in the form's order."""
    results: list[IndicatorScore] = []
    for index, indicator in enumerate(evaluation.indicators):
        judgement = judge(evaluation, indicator)
        score = indicator.get("score")
        weight = _weight_behind(evaluation.indicators, index)
        proposed = _proposed(indicator, judgement, policy)
        person = _is_qualitative(indicator, judgement) or proposed.value is None
        counts = not indicator.detail and indicator.score is not None
        results.append(IndicatorScore(_score_rate(score, weight), weight, proposed, judgement, counts, person))
    return tuple(results)


def shown(value: Decimal) -> str:
    """A number as messages show it: at most four decimals, no trailing zeros."""
    return plain(round_half_up(value, 4))


def _execution_score(rate: Computed, weight: Decimal | None) -> Computed:
    if weight is None:
        return Computed(undecided="reasons.no_execution_weight")
    if rate.value is None:
        return Computed(undecided=rate.undecided)
    if rate.value < 0:
        return Computed(undecided="reasons.rate_negative")
    value = min(rate.value, HUNDRED) / 100 * weight
    factor = f"min({shown(rate.value)} %, 100 %)" if rate.value > HUNDRED else f"{shown(rate.value)} %"
    return Computed(value, f"{factor} × {plain(weight)} = {shown(value)}")


def _weight_behind(indicators: Sequence[Indicator], index: int) -> Decimal | None:
    """The weight that an indicator's score stands for: its own, or that of all rows under one merged score."""
    score = indicators[index].get("score")
    sharing = [indicators[index]]
    if score is not None:
        sharing = [row for row in indicators if not row.detail and _shares(row, indicators[index])]
        sharing = sharing or [indicators[index]]
    figures = [other.weight for other in sharing if other.weight is not None]
    missing = any(other.get("weight") is None for other in sharing)
    if missing or not figures:
        # One merged weight that begins above the score's own rows cannot be split among them.
        return None
    if any(figure.value is None for figure in figures):
        return None
    return sum((figure.exact or ZERO for figure in figures), ZERO)


def _shares(row: Indicator, other: Indicator) -> bool:
    """Whether two rows stand under one merged score."""
    if row is other:
        return True
    mine, own = row.covered.get("score"), other.covered.get("score")
    return (mine is not None and mine in (own, other.score)) or (own is not None and own == row.score)


def _score_rate(score: Figure | None, weight: Decimal | None) -> Computed:
    if score is None:
        return Computed(undecided="reasons.score_blank")
    if score.exact is None or score.value is None:
        return Computed(undecided="reasons.score_unreadable")
    if weight is None:
        return Computed(undecided="reasons.weight_blank")
    if not weight:
        return Computed(undecided="reasons.weight_zero")
    value = score.exact / weight * 100
    return Computed(value, f"{score.text} ÷ {plain(weight)} = {shown(value)} %")


def _is_qualitative(indicator: Indicator, judgement: Judgement) -> bool:
    nature = indicator.get("nature")
    return judgement.manner in ("words", "") or (nature is not None and "定性" in fold(nature.text))


def _proposed(indicator: Indicator, judgement: Judgement, policy: Policy) -> Computed:
    figure = indicator.get("weight")
    if figure is None or figure.value is None or indicator.weight is None:
        return Computed(undecided="reasons.weight_blank")
    weight = figure.value
    if judgement.met:
        target, actual = target_of(indicator), indicator.get("actual")
        how = f"{target.text} → {actual.text}: {plain(weight)}" if target is not None and actual is not None else ""
        return Computed(weight, how)
    if judgement.met is None:
        actual = indicator.get("actual")
        claimed = tier(policy, actual.text) if actual is not None and judgement.manner == "words" else None
        if claimed is None:
            return Computed(undecided=judgement.undecided)
        value = weight * claimed.upper / 100
        return Computed(value, f"{plain(weight)} × {plain(claimed.upper)} % = {shown(value)}")
    if judgement.share is None:
        return Computed(undecided=judgement.undecided)
    if not policy.proportional.value:
        return Computed(undecided="reasons.not_proportional")
    value = weight * judgement.share
    first, second = judgement.actual, judgement.target
    if judgement.direction in ("≤", "<"):
        first, second = second, first
    ratio = f"{plain(first)} ÷ {plain(second)}" if first is not None and second is not None else shown(judgement.share)
    return Computed(value, f"{plain(weight)} × {ratio} = {shown(value)}")


def _indicator_weights(evaluation: Evaluation) -> Computed:
    named = [row for row in evaluation.indicators if not row.detail]
    if not named:
        return Computed(undecided="reasons.no_indicators")
    counted = counting(evaluation)
    figures = [row.weight for row in counted if row.weight is not None]
    if not figures:
        return _level_points(evaluation, named)
    if any(row.get("weight") is None for row in counted):
        return Computed(undecided="reasons.weight_blank")
    if any(figure.value is None for figure in figures):
        return Computed(undecided="reasons.weight_unreadable")
    return _sum([figure.exact or ZERO for figure in figures])


def _level_points(evaluation: Evaluation, counted: Sequence[Indicator]) -> Computed:
    """The indicators' weight where there is no 分值 column: the points printed with the 一级指标 or the block."""
    levels = {(row.level1.sheet, row.level1.row, row.level1.column): row.level1.weight for row in counted if row.level1}
    if levels and None not in levels.values() and all(row.level1 for row in counted):
        return _sum([points for points in levels.values() if points is not None])
    if evaluation.indicator_points is not None:
        return Computed(evaluation.indicator_points, plain(evaluation.indicator_points))
    return Computed(undecided="reasons.no_weight_column")


def _weight_total(weights: Computed, execution: Decimal | None) -> Computed:
    if weights.value is None or execution is None:
        return weights
    value = weights.value + execution
    return Computed(value, f"{plain(weights.value)} + {plain(execution)} = {plain(value)}")


def _score_total(evaluation: Evaluation, row: BudgetRow | None) -> Computed:
    """Execution score + indicator scores, as printed; undecided where one of them is blank or unreadable."""
    counted = counting(evaluation)
    scores = [indicator.score for indicator in counted if indicator.score is not None]
    if not scores or any(indicator.get("score") is None for indicator in counted):
        return Computed(undecided="reasons.score_blank")
    values = [score.exact for score in scores]
    if row is not None and row.score is not None:
        values.insert(0, row.score.exact)
    elif execution_weight(evaluation):
        return Computed(undecided="reasons.execution_score_blank")
    if None in values:
        return Computed(undecided="reasons.score_unreadable")
    return _sum([value for value in values if value is not None])


def _sum(values: Sequence[Decimal]) -> Computed:
    value = sum(values, ZERO)
    return Computed(value, f"{' + '.join(map(plain, values))} = {plain(value)}" if len(values) > 1 else plain(value))
