"""Which indicator rows count, out of how many points, and how many the execution rate carries."""

from collections.abc import Sequence
from decimal import Decimal

from xltools.evaluation import Evaluation, Indicator
from xltools.figures import Figure, fold, round_half_up
from xltools.policies.model import Policy

RESIDUE = 9
"""Decimals that sums of stored numbers are cut to: Excel keeps fifteen digits, so 90/7 seven times is not 90."""

LEAST_WEIGHT = Decimal("0.01")
"""The smallest weight that a data validation admits: a weight is above 0, and validations know no open bounds."""

CONTENT = ("target", "target_adjusted", "actual", "weight", "score", "coefficient", "score_rate")

EXECUTION_NAMES = frozenset(
    f"{owner}{money}执行率" for owner in ("", "部门", "项目", "年度", "全年") for money in ("预算", "资金", "预算资金")
)
"""How forms name the execution rate where they list it among the indicators."""


def counting(evaluation: Evaluation) -> list[Indicator]:
    """The indicator rows that carry points of their own: neither `其中…` rows nor rows with nothing but a name."""
    return [
        row for row in evaluation.indicators if not row.detail and any(row.get(name) is not None for name in CONTENT)
    ]


def exact_sum(figures: Sequence[Figure]) -> Decimal:
    """What the cells add up to as they are stored."""
    total = sum((figure.exact or Decimal(0) for figure in figures), Decimal(0))
    return round_half_up(total, RESIDUE).normalize()


def rounding_slack(figures: Sequence[Figure]) -> Decimal:
    """By how much figures of two or more decimals may miss the sum that they were split from; 0 for coarser ones."""
    places = max((figure.places for figure in figures), default=0)
    return Decimal(len(figures)) / 2 * Decimal(1).scaleb(-places) if places >= 2 else Decimal(0)


def is_execution_rate(indicator: Indicator) -> bool:
    """Whether an indicator is the budget's execution rate itself (`预算执行率`, `资金执行率（%）`)."""
    name = fold(indicator.name.text).rstrip(":") if indicator.name else ""
    bare = name.partition(":")[2] or name
    return bare.lstrip("★*").split("(")[0] in EXECUTION_NAMES


def execution_weight(evaluation: Evaluation) -> Decimal | None:
    """The points that the form awards for the execution rate; None where it awards none."""
    row = evaluation.execution_row()
    if row is not None and row.weight is not None and row.weight.value is not None:
        return row.weight.value
    return evaluation.execution_points


def printed_full_marks(evaluation: Evaluation) -> list[Decimal]:
    """What the form itself states as its full marks: `绩效指标（90分）` with the execution's points, or the total row.

    A total row that is a formula states nothing: it repeats whatever the rows add up to.
    """
    stated = []
    if evaluation.indicator_points is not None:
        stated.append(evaluation.indicator_points + (execution_weight(evaluation) or Decimal(0)))
    weight = evaluation.total.weight
    if weight is not None and weight.value is not None and weight.formula is None:
        stated.append(weight.value)
    return stated


def full_marks(evaluation: Evaluation, policy: Policy) -> Decimal:
    """The points that a perfect form gets: what the form states and its weights bear out, else the policy's 100."""
    own = [row.weight for row in counting(evaluation) if row.weight is not None]
    weights = exact_sum(own) + (execution_weight(evaluation) or Decimal(0))
    return next((marks for marks in printed_full_marks(evaluation) if marks == weights), policy.full_marks.value)


def most_marks(evaluation: Evaluation, policy: Policy) -> Decimal:
    """What no weight and no score can exceed: the policy's full marks, or more where the form states more."""
    return max(policy.full_marks.value, *printed_full_marks(evaluation), Decimal(0))


def is_listed_again(evaluation: Evaluation, policy: Policy) -> bool:
    """Whether the indicator rows make the full marks alone, listing the execution rate with its points once more.

    Then the total is that of the rows, and the budget block's score does not come on top of it.
    """
    points = execution_weight(evaluation)
    rows = counting(evaluation)
    own = [row.weight for row in rows if row.weight is not None]
    if exact_sum(own) not in (policy.full_marks.value, *printed_full_marks(evaluation)):
        return False
    return any(is_execution_rate(row) and row.weight is not None and row.weight.exact == points for row in rows)
