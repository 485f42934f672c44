"""What `score` writes, and where: derived cells only, as formulas over the form's own inputs.

Derived are execution rate and score, score rate, total and grade, and an indicator's score or a balance where it is
blank. Entries are never changed; a qualitative score is left to a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltools import score_formulas as formulas
from xltools.edits import Edit, Style
from xltools.evaluation import BudgetRow, Evaluation, Indicator
from xltools.figures import Agreement, Figure, agreement, is_blank, plain, round_half_up
from xltools.policies.model import Policy
from xltools.scales import Scale, label_is_percent, percent_scale
from xltools.score_formulas import Term, operand
from xltools.score_places import Place, Places
from xltools.scoring import Computed, Expected, IndicatorScore, expected, shown
from xltools.sheets.grid import Grid, address
from xltools.texts import say

_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One derived cell that is to be written, and why in the user's language."""

    edit: Edit
    why: str


@dataclass(frozen=True, slots=True)
class _Score:
    """A score that counts, as it will stand in the form: its cell, and its number."""

    term: Term | None
    value: Decimal


def steps(evaluation: Evaluation, policy: Policy, grid: Grid) -> list[Step]:
    """The derived cells of a form that `score` writes, in the order in which they depend on each other.

    A cell whose own formula gives the right figure already is left alone.
    """
    planner = _Planner(evaluation, policy, grid)
    planner.plan_budget()
    planner.plan_indicators()
    planner.plan_totals()
    return planner.steps


def plan(evaluation: Evaluation, policy: Policy, grid: Grid) -> list[Edit]:
    """The edits of `steps`, without their reasons."""
    return [step.edit for step in steps(evaluation, policy, grid)]


class _Planner:
    """Collects the steps for one form; remembers which scores will stand where."""

    def __init__(self, evaluation: Evaluation, policy: Policy, grid: Grid) -> None:
        self.evaluation, self.policy, self.grid = evaluation, policy, grid
        self.places = Places(evaluation, grid, policy)
        self.expected: Expected = expected(evaluation, policy)
        self.steps: list[Step] = []
        self.execution: _Score | None = None
        self.scores: list[_Score | None] = []
        self.texts: dict[Place, str] = {}

    def plan_budget(self) -> None:
        """执行率, 执行率得分 and 结转结余."""
        row = self.evaluation.execution_row()
        scale = self.scale("rate")
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
        own = _scale_of(row.rate, scale)
        value = rate.value if own != "1" else rate.value / 100
        executed, budget = self.amounts(row)
        formula = formulas.rate(executed, budget, own) if executed and budget else None
        self.write(place, row.rate, formula, value, 2 if own != "1" else 4, say("scoring.rate", how=rate.how), own)

    def plan_balance(self, row: BudgetRow, left: Computed) -> None:
        """A blank 结转结余."""
        place = self.places.of(None, "budget", "carry_over", row.row)
        executed, adjusted = self.amounts(row)
        if left.value is None or place is None or row.adjusted is None or not executed or not adjusted:
            return
        formula = formulas.balance(adjusted, executed)
        self.write(place, None, formula, left.value, formulas.AMOUNT_DIGITS, say("scoring.balance", how=left.how))

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
            percent = self.scale("rate") != "1" and not row.rate.percent
            formula = formulas.execution_score_of_rate(printed, factor, percent=percent)
        why = say("scoring.execution_score", how=result.how)
        value = self.write(place, row.score, formula, result.value, formulas.SCORE_DIGITS, why)
        self.execution = _Score(Term(*place, address(*place)), value)

    def plan_indicators(self) -> None:
        """得分 where it is blank and can be computed, 得分率 and 得分系数 everywhere."""
        for indicator, item in zip(self.evaluation.indicators, self.expected.indicators, strict=True):
            if indicator.detail or "score" in indicator.covered:
                continue
            score = self.indicator_score(indicator, item)
            self.scores.append(score)
            if score is not None and score.term is not None:
                self.plan_score_rates(indicator, item, score)

    def indicator_score(self, indicator: Indicator, item: IndicatorScore) -> _Score | None:
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
            fraction = coefficient.percent or self.scale("coefficient") == "1"
            share = (coefficient.exact or Decimal(0)) / (1 if fraction and not coefficient.percent else 100)
            formula = formulas.coefficient_score(cell, weight, percent=not fraction)
            how = f"{coefficient.text} × {plain(item.weight)} = {shown(share * item.weight)}"
            why, value, digits = say("scoring.coefficient_score", how=how), share * item.weight, 4
        elif item.proposed.value is None or item.for_person:
            return None
        else:
            formula, value, digits = None, item.proposed.value, formulas.SCORE_DIGITS
            why = say("scoring.indicator_score", policy=self.policy.title, how=item.proposed.how)
        result = self.write(place, None, formula, value, digits, why)
        return _Score(Term(*place, address(*place)), result)

    def plan_score_rates(self, indicator: Indicator, item: IndicatorScore, score: _Score) -> None:
        """得分率 = 得分 ÷ 权重; a 得分系数 only where blank or wrong, for the score may have been made from it."""
        weight = self.weight_behind(indicator)
        if item.weight is None or not item.weight or weight is None or score.term is None:
            return
        percent = score.value / item.weight * 100
        how = f"{plain(score.value)} ÷ {plain(item.weight)} = {shown(percent)} %"
        for figure, field in ((indicator.score_rate, "score_rate"), (indicator.coefficient, "coefficient")):
            place = self.places.of(figure, "indicators", field, indicator.row)
            if place is None or (field == "coefficient" and self.made_from(indicator, score)):
                continue
            scale = _scale_of(figure, self.scale("score_rate" if field == "score_rate" else "coefficient"))
            value = percent if scale != "1" else percent / 100
            if field == "coefficient" and figure is not None and agreement(figure, value) is not Agreement.DIFFERENT:
                continue
            formula = formulas.score_rate(score.term.operand, weight, scale)
            self.write(
                place, figure, formula, value, 2 if scale != "1" else 4, say("scoring.score_rate", how=how), scale
            )

    def made_from(self, indicator: Indicator, score: _Score) -> bool:
        """Whether an indicator's score is computed from its coefficient, so that the reverse would be a circle."""
        if indicator.score is not None:
            return indicator.score.formula is not None
        planned = [
            step.edit for step in self.steps if score.term and (step.edit.row, step.edit.column) == score.term[:2]
        ]
        return any(edit.formula is not None for edit in planned)

    def plan_totals(self) -> None:
        """自评总分 wherever the form prints it, and the grade that belongs to it."""
        counted = [row for row in self.evaluation.indicators if not row.detail]
        points = bool(self.expected.execution_weight)
        complete = counted and None not in self.scores and (self.execution is not None or not points)
        figure = self.evaluation.total.score
        parts = [self.execution, *self.scores] if self.execution is not None else self.scores
        scores = [part for part in parts if part is not None]
        summed = {(part.term.row, part.term.column) for part in scores if part.term is not None}
        places = [(place, printed) for place, printed in self.places.totals() if place not in summed]
        if complete and places:
            self.plan_grade(*self.plan_total(scores, places))
        elif complete and figure is not None:
            self.plan_total_in_text(figure, sum((part.value for part in scores), Decimal(0)))
        elif figure is not None and figure.exact is not None and (cell := operand(figure)):
            self.plan_grade(figure.exact, cell)

    def plan_total_in_text(self, figure: Figure, total: Decimal) -> None:
        """A total, and the grade beside it, that stand inside a longer text (`自评得分：97.66分　自评等级：优`)."""
        if agreement(figure, total) is Agreement.DIFFERENT:
            text = f"{plain(round_half_up(total, formulas.SCORE_DIGITS))}{figure.unit}"
            self.plan_text(figure, text, say("scoring.score_total", how=shown(total)))
        grade, name = self.evaluation.total.grade, self.policy.grade(total)
        if grade is not None and name is not None and grade.text != name and self.places.own(grade) is None:
            why = say("scoring.grade", policy=self.policy.title, how=f"{shown(total)} → {name}")
            self.plan_text(grade, name, why)

    def plan_text(self, figure: Figure, text: str, why: str) -> None:
        """Put another text in a figure's place within its cell, where it stands there only once."""
        cell = self.grid.cell(figure.row, figure.column)
        if cell is None or cell.kind != "text" or cell.formula is not None or figure.sheet != self.grid.sheet:
            return
        whole = self.texts.get((cell.row, cell.column), cell.text)
        if whole.count(figure.text) == 1:
            whole = whole.replace(figure.text, text)
            self.texts[cell.row, cell.column] = whole
            self.steps.append(Step(Edit(self.grid.sheet, cell.row, cell.column, value=whole), why))

    def plan_total(self, parts: Sequence[_Score], places: Sequence[tuple[Place, Figure | None]]) -> tuple[Decimal, str]:
        """The total in its first place, repeated by reference in the others."""
        exact = sum((part.value for part in parts), Decimal(0))
        digits = max([formulas.SCORE_DIGITS, *(_decimals(part.value) for part in parts)])
        digits = min(digits, _MOST_DIGITS)
        terms = [part.term for part in parts if part.term is not None]
        formula = formulas.total(terms, (), self.grid, digits) if len(terms) == len(parts) else None
        how = f"{' + '.join(plain(part.value) for part in parts)} = {plain(exact)}"
        (place, figure), *others = places
        value = self.write(place, figure, formula, exact, digits, say("scoring.score_total", how=how))
        first = address(*place)
        for other, printed in others:
            self.write(other, printed, first, value, digits, say("scoring.total_repeated", how=plain(value)))
        return value, first

    def plan_grade(self, total: Decimal, cell: str) -> None:
        """等级 by the policy's bands, where the form has a place for it."""
        name = self.policy.grade(total)
        if name is None:
            return
        bands = "，".join(f"{band.name} ≥ {plain(band.lower)}" for band in self.policy.grades.value)
        why = say("scoring.grade", policy=self.policy.title, how=f"{plain(total)} → {name}（{bands}）")
        for place, figure in self.places.grades():
            if figure is not None and figure.formula is not None and (is_blank(figure.text) or figure.text == name):
                continue
            formula = formulas.grade(cell, self.policy)
            self.steps.append(Step(Edit(self.grid.sheet, *place, formula=formula, result=name), why))

    def amounts(self, row: BudgetRow) -> tuple[str | None, str | None]:
        """Operands for executed and budget of a row; None for amounts that carry different units in their own texts."""
        budget = row.adjusted if row.adjusted is not None else row.initial
        return operand(row.executed), operand(budget)

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

    def kept(self, figure: Figure) -> _Score | None:
        """A printed score as it stands."""
        if figure.exact is None:
            return None
        cell = operand(figure)
        return _Score(Term(figure.row, figure.column, cell) if cell else None, figure.exact)

    def scale(self, field: str) -> Scale:
        """The scale of a column of rates; of a blank one, what its label says."""
        for name in ("score_rate", "coefficient", "rate"):
            if name == field and (found := percent_scale(self.evaluation, name)):
                return found
        label = self.evaluation.label("budget" if field == "rate" else "indicators", field)
        return "100" if label is not None and label_is_percent(label.text) else "100%"

    def write(
        self,
        place: Place,
        figure: Figure | None,
        formula: str | None,
        value: Decimal,
        digits: int,
        why: str,
        scale: Scale | None = None,
    ) -> Decimal:
        """Note that a cell is to hold a number, by a formula where there is one; the number that will stand there.

        `value` is in the scale of the column (98.5 for 98.5 %). A formula of the form's own is kept where it gives
        that, or waits for its inputs; so is a right figure for which no formula can be written.
        """
        rounded = round_half_up(value, digits)
        if figure is not None and (figure.formula is not None or formula is None):
            if figure.formula is not None and is_blank(figure.text):
                return rounded
            if agreement(figure, value) is not Agreement.DIFFERENT:
                return figure.exact if figure.exact is not None else rounded
        stored = rounded / 100 if scale == "100%" else rounded
        style = self.style(place, scale)
        sheet = self.grid.sheet
        if formula is not None:
            edit = Edit(sheet, *place, formula=formula, result=stored, style=style)
        else:
            edit = Edit(sheet, *place, value=stored, style=style)
        self.steps.append(Step(edit, why))
        return rounded

    def style(self, place: Place, scale: Scale | None) -> Style | None:
        """The number format that a cell needs to read like its neighbours; None where its own will do."""
        cell = self.grid.cell(*place)
        current = cell.number_format if cell is not None else ""
        if scale == "100%":
            return None if "%" in current else Style(number_format="0.00%")
        if current == "@" or "%" in current:
            return Style(number_format="General")
        return None


def _scale_of(figure: Figure | None, scale: Scale) -> Scale:
    """The scale in which one cell is written: its own percent sign goes before its column's habit."""
    if figure is None or figure.value is None:
        return scale
    if figure.percent:
        return "100%"
    return "100" if scale == "100%" else scale


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))
