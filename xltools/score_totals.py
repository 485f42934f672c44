"""自评总分 and 等级: where a form prints them, what they are, and when the form's rows do not give them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltools import score_formulas as formulas
from xltools.edits import Edit
from xltools.evaluation import Evaluation, Indicator
from xltools.figures import Agreement, Figure, agreement, is_blank, plain, round_half_up
from xltools.points import counting, full_marks, is_listed_again, rounding_slack
from xltools.policies.model import Policy
from xltools.score_formulas import operand
from xltools.score_places import Place, Places
from xltools.score_steps import LeftOut, Score, Step, Writer
from xltools.scoring import Expected, shown
from xltools.sheets.grid import address
from xltools.texts import say

_MOST_DIGITS = 6
_NAMED = 6
"""How many rows a reason names."""

Printed = tuple[Place, Figure | None]


@dataclass(frozen=True)
class Totals:
    """Plans the total and the grade of one form; `scores` are those of its indicator rows, None for a missing one."""

    evaluation: Evaluation
    policy: Policy
    expected: Expected
    places: Places
    writer: Writer
    execution: Score | None
    scores: Sequence[tuple[Indicator, Score | None]]

    def plan(self) -> LeftOut | None:
        """The steps for the total wherever the form prints it, and for its grade; why not, where the rows give none.

        An incomplete sum, or one out of other than the full marks, never takes the place of a total.
        """
        execution = None if is_listed_again(self.evaluation, self.policy) else self.execution
        parts = [part for part in (execution, *(score for _, score in self.scores)) if part is not None]
        summed = {(part.term.row, part.term.column) for part in parts if part.term is not None}
        places = [(place, printed) for place, printed in self.places.totals() if place not in summed]
        figure = self.evaluation.total.score
        total = sum((part.value for part in parts), Decimal(0))
        reason = self._obstacle(total)
        if reason is None and places:
            self._grade(*self._write(parts, places))
        elif reason is None and figure is not None:
            self._write_in_text(figure, total)
        elif figure is not None and figure.exact is not None and (cell := operand(figure)):
            self._grade(figure.exact, cell)
        return None if reason is None else self._left_out(reason, places)

    def _obstacle(self, total: Decimal) -> str | None:
        """Why the scores do not add up to the form's total; None where they do."""
        if not self.scores:
            return say("scoring.no_rows")
        missing = [row.row for row, score in self.scores if score is None]
        if missing:
            return say("scoring.rows_open", rows=_rows(missing))
        again = is_listed_again(self.evaluation, self.policy)
        if self.execution is None and self.expected.execution_weight and not again:
            return say("scoring.execution_open")
        printed = self.evaluation.total.score
        if printed is not None and agreement(printed, total) is not Agreement.DIFFERENT:
            return None
        rows = counting(self.evaluation)
        weights = [row.weight for row in rows if row.weight is not None]
        if not weights or again:
            return None
        without = [row.row for row in rows if row.get("weight") is None]
        if without:
            return say("scoring.weights_open", rows=_rows(without))
        out_of, marks = self.expected.weight_total.value, full_marks(self.evaluation, self.policy)
        if out_of is None or abs(out_of - marks) <= rounding_slack(weights):
            return None
        return say("scoring.weights_differ", sum=plain(out_of), marks=plain(marks))

    def _left_out(self, reason: str, places: Sequence[Printed]) -> LeftOut | None:
        """The statement that the total is left as it is; None where a formula of the form's own takes care of it."""
        open_ = [(place, figure) for place, figure in places if figure is None or figure.formula is None]
        if not open_:
            return None
        (row, column), figure = open_[0]
        label = say("fields.total_score")
        key = "scoring.total_kept" if figure is not None else "scoring.total_open"
        why = say(key, found=figure.text if figure is not None else "", reason=reason)
        return LeftOut(self.places.grid.sheet, address(row, column), label, why)

    def _write(self, parts: Sequence[Score], places: Sequence[Printed]) -> tuple[Decimal, str]:
        """The total in its first place, repeated by reference in the others."""
        exact = sum((part.value for part in parts), Decimal(0))
        digits = max([formulas.SCORE_DIGITS, *(_decimals(part.value) for part in parts)])
        digits = min(digits, _MOST_DIGITS)
        terms = [part.term for part in parts if part.term is not None]
        formula = formulas.total(terms, (), self.places.grid, digits) if len(terms) == len(parts) else None
        how = f"{' + '.join(plain(part.value) for part in parts)} = {plain(exact)}"
        (place, figure), *others = places
        value = self.writer.write(place, figure, formula, exact, digits, say("scoring.score_total", how=how))
        first = address(*place)
        for other, printed in others:
            self.writer.write(other, printed, first, value, digits, say("scoring.total_repeated", how=plain(value)))
        return value, first

    def _write_in_text(self, figure: Figure, total: Decimal) -> None:
        """A total, and the grade beside it, that stand inside a longer text (`自评得分：97.66分　自评等级：优`)."""
        if agreement(figure, total) is Agreement.DIFFERENT:
            text = f"{plain(round_half_up(total, formulas.SCORE_DIGITS))}{figure.unit}"
            self.writer.write_text(figure, text, say("scoring.score_total", how=shown(total)))
        grade, name = self.evaluation.total.grade, self.policy.grade(total)
        if grade is not None and name is not None and grade.text != name and self.places.own(grade) is None:
            why = say("scoring.grade", policy=self.policy.title, how=f"{shown(total)} → {name}")
            self.writer.write_text(grade, name, why)

    def _grade(self, total: Decimal, cell: str) -> None:
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
            sheet = self.places.grid.sheet
            self.writer.steps.append(Step(Edit(sheet, *place, formula=formula, result=name), why))


def _rows(numbers: Sequence[int]) -> str:
    """`第 12、14 行`, the first ones of many."""
    named = "、".join(map(str, numbers[:_NAMED]))
    return say("scoring.rows_many" if len(numbers) > _NAMED else "scoring.rows", rows=named, count=len(numbers))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))
