"""What `score` writes, and where: derived cells only, as formulas over the form's own inputs.

Derived are execution rate and score, score rate, total and grade, and an indicator's score or a balance where it is
blank. Entries are never changed; a qualitative score is left to a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xltools import score_formulas as formulas
from xltools.edits import Edit
from xltools.evaluation import BudgetRow, Evaluation, Indicator
from xltools.figures import Agreement, Figure, agreement, plain
from xltools.money import budget_of
from xltools.points import counting
from xltools.policies.model import Policy
from xltools.scales import Scale, cell_scale, column_scale
from xltools.score_formulas import Term, operand
from xltools.score_places import Places
from xltools.score_steps import LeftOut, Score, Step, Writer
from xltools.score_totals import Totals
from xltools.scoring import Computed, Expected, IndicatorScore, balance_of, expected, shown
from xltools.sheets.grid import Grid
from xltools.texts import say

__all__ = ["LeftOut", "Plan", "Step", "plan", "planned", "steps"]


@dataclass(frozen=True)
class Plan:
    """What `score` writes into a form, and what it leaves out although the form has a place for it."""

    steps: tuple[Step, ...]
    left_out: tuple[LeftOut, ...] = ()


def planned(evaluation: Evaluation, policy: Policy, grid: Grid, others: Sequence[Grid] = ()) -> Plan:
    """The derived cells of a form that `score` writes, in the order in which they depend on each other.

    A cell whose own formula gives the right figure already is left alone. `others` are the workbook's other sheets:
    blank 结转结余 of a separate balance sheet are written there.
    """
    planner = _Planner(evaluation, policy, grid)
    planner.plan_budget()
    planner.plan_indicators()
    totals = Totals(
        evaluation, policy, planner.expected, planner.places, planner.writer, planner.execution, planner.scores
    )
    left_out = totals.plan()
    closings = [step for other in others if other.sheet != grid.sheet for step in _closings(evaluation, policy, other)]
    return Plan((*planner.writer.steps, *closings), () if left_out is None else (left_out,))


def steps(evaluation: Evaluation, policy: Policy, grid: Grid) -> list[Step]:
    """The steps of `planned` on the form's own sheet."""
    return list(planned(evaluation, policy, grid).steps)


def plan(evaluation: Evaluation, policy: Policy, grid: Grid) -> list[Edit]:
    """The edits of `steps`, without their reasons."""
    return [step.edit for step in steps(evaluation, policy, grid)]


class _Planner:
    """Collects the steps for one form; remembers which scores will stand where."""

    def __init__(self, evaluation: Evaluation, policy: Policy, grid: Grid) -> None:
        self.evaluation, self.policy, self.grid = evaluation, policy, grid
        self.places = Places(evaluation, grid, policy)
        self.expected: Expected = expected(evaluation, policy)
        self.writer = Writer(grid)
        self.execution: Score | None = None
        self.scores: list[tuple[Indicator, Score | None]] = []

    def plan_budget(self) -> None:
        """执行率, 执行率得分 and 结转结余."""
        row = self.evaluation.execution_row()
        scale = column_scale(self.evaluation, "rate")
        for entry, rate, left in zip(self.evaluation.budget, self.expected.rates, self.expected.balances, strict=True):
            if entry.rate is not None or entry is row:
                self.plan_rate(entry, rate, scale)
            if entry.carry_over is None and self.evaluation.has("budget", "carry_over"):
                self.plan_balance(entry, left)
        if row is not None:
            self.plan_execution_score(row)

    def plan_rate(self, row: BudgetRow, rate: Computed, scale: Scale) -> None:
        """The execution rate of a budget row."""
        place = self.places.of(row.rate, "budget", "rate", row.row)
        if rate.value is None or place is None:
            return
        own = cell_scale(row.rate, scale, self.grid.number_format(*place))
        value = rate.value if own != "1" else rate.value / 100
        executed, budget = self.amounts(row)
        formula = formulas.rate(executed, budget, own) if executed and budget else None
        why = say("scoring.rate", how=rate.how)
        self.writer.write(place, row.rate, formula, value, 2 if own != "1" else 4, why, own)

    def plan_balance(self, row: BudgetRow, left: Computed) -> None:
        """A blank 结转结余."""
        _write_balance(self.evaluation, row, left, self.places, self.writer)

    def plan_execution_score(self, row: BudgetRow) -> None:
        """执行率得分, from the amounts, else from the printed rate."""
        result, weight = self.expected.execution_score, self.expected.execution_weight
        place = self.places.of(row.score, "budget", "score", row.row)
        if result.value is None or weight is None or place is None:
            if row.score is not None and row.score.exact is not None:
                self.execution = self.kept(row.score)
            return
        factor = operand(row.weight) or plain(weight)
        executed, budget = self.amounts(row)
        formula = None
        if self.expected.execution_rate.value is not None:
            formula = formulas.execution_score(executed, budget, factor) if executed and budget else None
        elif (printed := operand(row.rate)) and row.rate is not None:
            percent = column_scale(self.evaluation, "rate") != "1" and not row.rate.percent
            formula = formulas.execution_score_of_rate(printed, factor, percent=percent)
        why = say("scoring.execution_score", how=result.how)
        value = self.writer.write(place, row.score, formula, result.value, formulas.SCORE_DIGITS, why)
        self.execution = Score.at(place, value)

    def plan_indicators(self) -> None:
        """得分 where it is blank and can be computed, 得分率 and 得分系数 everywhere."""
        counted = {id(row) for row in counting(self.evaluation)}
        for indicator, item in zip(self.evaluation.indicators, self.expected.indicators, strict=True):
            if indicator.detail or "score" in indicator.covered:
                continue
            score = self.indicator_score(indicator, item)
            if score is not None or id(indicator) in counted:
                self.scores.append((indicator, score))
            if score is not None and score.term is not None:
                self.plan_score_rates(indicator, item, score)

    def indicator_score(self, indicator: Indicator, item: IndicatorScore) -> Score | None:
        """The score that an indicator has, or gets where it is blank and the policy decides it."""
        if indicator.score is not None:
            return self.kept(indicator.score) if indicator.score.exact is not None else None
        place = self.places.of(None, "indicators", "score", indicator.row)
        weight = operand(indicator.weight)
        if place is None or weight is None or item.weight is None:
            return None
        coefficient = indicator.coefficient
        if coefficient is not None and coefficient.value is not None:
            cell = operand(coefficient)
            if cell is None:
                return None
            fraction = coefficient.percent or column_scale(self.evaluation, "coefficient") == "1"
            share = (coefficient.exact or Decimal(0)) / (1 if fraction and not coefficient.percent else 100)
            formula = formulas.coefficient_score(cell, weight, percent=not fraction)
            how = f"{coefficient.text} × {plain(item.weight)} = {shown(share * item.weight)}"
            why, value, digits = say("scoring.coefficient_score", how=how), share * item.weight, 4
        elif item.proposed.value is None or item.for_person:
            return None
        else:
            formula, value, digits = None, item.proposed.value, formulas.SCORE_DIGITS
            why = say("scoring.indicator_score", policy=self.policy.title, how=item.proposed.how)
        result = self.writer.write(place, None, formula, value, digits, why)
        return Score.at(place, result)

    def plan_score_rates(self, indicator: Indicator, item: IndicatorScore, score: Score) -> None:
        """得分率 = 得分 ÷ 权重; a 得分系数 only where blank or wrong, for the score may have been made from it."""
        weight = self.weight_behind(indicator)
        if item.weight is None or not item.weight or weight is None or score.term is None:
            return
        percent = score.value / item.weight * 100
        how = f"{plain(score.value)} ÷ {plain(item.weight)} = {shown(percent)} %"
        scales = {
            "score_rate": column_scale(self.evaluation, "score_rate"),
            "coefficient": column_scale(self.evaluation, "coefficient"),
        }
        for figure, field in ((indicator.score_rate, "score_rate"), (indicator.coefficient, "coefficient")):
            place = self.places.of(figure, "indicators", field, indicator.row)
            if place is None or (field == "coefficient" and self.made_from(indicator, score)):
                continue
            scale = cell_scale(figure, scales[field], self.grid.number_format(*place))
            value = percent if scale != "1" else percent / 100
            if field == "coefficient" and figure is not None and agreement(figure, value) is not Agreement.DIFFERENT:
                continue
            formula = formulas.score_rate(score.term.operand, weight, scale)
            self.writer.write(
                place, figure, formula, value, 2 if scale != "1" else 4, say("scoring.score_rate", how=how), scale
            )

    def made_from(self, indicator: Indicator, score: Score) -> bool:
        """Whether an indicator's score is computed from its coefficient, so that the reverse would be a circle."""
        if indicator.score is not None:
            return indicator.score.formula is not None
        place = None if score.term is None else (score.term.row, score.term.column)
        edits = [step.edit for step in self.writer.steps]
        return any(edit.formula is not None for edit in edits if (edit.row, edit.column) == place)

    def amounts(self, row: BudgetRow) -> tuple[str | None, str | None]:
        """Operands for executed and budget of a row; None for amounts that carry different units in their own texts."""
        return operand(row.executed), operand(budget_of(self.evaluation, row))

    def weight_behind(self, indicator: Indicator) -> str | None:
        """The operand for the weight that a score stands for: one cell, or the sum over the rows of a merged score."""
        sharing = [
            row
            for row in self.evaluation.indicators
            if row is indicator or (indicator.score is not None and row.covered.get("score") == indicator.score)
        ]
        terms = []
        for row in sharing:
            cell = operand(row.weight)
            if row.weight is None or cell is None:
                return None
            terms.append(Term(row.weight.row, row.weight.column, cell))
        return formulas.sum_of(terms, self.grid)

    def kept(self, figure: Figure) -> Score | None:
        """A printed score as it stands."""
        if figure.exact is None:
            return None
        cell = operand(figure)
        return Score(Term(figure.row, figure.column, cell) if cell else None, figure.exact)


def _closings(evaluation: Evaluation, policy: Policy, grid: Grid) -> list[Step]:
    """The blank 结转结余 of a separate balance sheet."""
    writer = Writer(grid)
    places = Places(replace(evaluation, columns=evaluation.balance_columns), grid, policy)
    for row in evaluation.balance:
        if row.carry_over is None and _stands_on(row, grid):
            _write_balance(evaluation, row, balance_of(evaluation, row), places, writer)
    return writer.steps


def _stands_on(row: BudgetRow, grid: Grid) -> bool:
    return row.executed is not None and row.executed.sheet == grid.sheet


def _write_balance(evaluation: Evaluation, row: BudgetRow, left: Computed, places: Places, writer: Writer) -> None:
    place = places.of(None, "budget", "carry_over", row.row)
    executed, budget = operand(row.executed), operand(budget_of(evaluation, row))
    if left.value is None or place is None or not executed or not budget:
        return
    why = say("scoring.balance", how=left.how)
    writer.write(place, None, formulas.balance(budget, executed), left.value, formulas.AMOUNT_DIGITS, why)
