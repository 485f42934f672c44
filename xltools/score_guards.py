"""The data validations that `score` adds to a form: what its own cells admit, as the official templates have it.

A score lies between 0 and the weight beside it, a weight is above 0 and within the full marks, an amount is not below 0
(年中调整 may be), a rate lies within the scale of its column. Only cells without a validation are guarded, none that
is locked, and none that holds a text or is formatted as one: it shows that something else than a number belongs there.
What stands in a cell already is not judged. One rule serves a whole column where it reads the same in every row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xltools.edits import Edit
from xltools.evaluation import BudgetRow, Evaluation, Indicator
from xltools.figures import Figure, plain
from xltools.money import AMOUNTS
from xltools.points import LEAST_WEIGHT, most_marks
from xltools.policies.model import Policy
from xltools.scales import RateField, cell_scale, column_scale
from xltools.score_formulas import operand
from xltools.score_places import Place, Places
from xltools.sheets.grid import TITLE_LIMIT, Area, Grid, Validation, address
from xltools.texts import say, say_in

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Guard:
    """One data validation: the column that it guards as the form calls it, and its rule in the user's language."""

    sheet: str
    label: str
    rule: str
    validation: Validation

    @property
    def cells(self) -> str:
        """The guarded cells, as `G9:G12 G14`."""
        ranges = []
        for top, left, bottom, right in self.validation.areas:
            first, last = address(top, left), address(bottom, right)
            ranges.append(first if first == last else f"{first}:{last}")
        return " ".join(ranges)

    @property
    def edit(self) -> Edit:
        """The edit that adds the validation."""
        return Edit(self.sheet, *self.validation.areas[0][:2], validation=self.validation)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a cell admits: numbers from `least` to `most`, or to the sum of the cells at `bound`.

    `bound` are offsets in rows and columns from the guarded cell, each with whether that cell stores its number as
    text. `key` names the texts.
    """

    key: str
    least: Decimal = _NONE
    most: Decimal | None = None
    bound: tuple[tuple[int, int, bool], ...] = ()
    unit: str = ""

    def limit(self, place: Place) -> str | None:
        """The upper bound as a formula for the cell at `place`."""
        if not self.bound:
            return None if self.most is None else plain(self.most)
        cells = [(place[0] + rows, place[1] + columns) for rows, columns, text in self.bound if not text]
        texts = [(place[0] + rows, place[1] + columns) for rows, columns, text in self.bound if text]
        terms = [f"VALUE({address(*cell)})" for cell in texts]
        if len(cells) == 1:
            terms.insert(0, address(*cells[0]))
        elif cells:
            terms.insert(0, f"SUM({','.join(_ranges(cells))})")
        return "+".join(terms)


def guards(evaluation: Evaluation, policy: Policy, grid: Grid, others: Sequence[Grid] = ()) -> list[Guard]:
    """The validations that a form's cells are still without, from top to bottom; `others` are the further sheets.

    Their texts are Chinese whatever the language in use: they become part of the form.
    """
    collected = _Guards(evaluation, policy, grid)
    collected.add_money(evaluation.budget)
    collected.add_execution()
    for indicator in evaluation.indicators:
        if not indicator.detail:
            collected.add_indicator(indicator)
    found = list(collected.result())
    for other in others:
        if other.sheet != grid.sheet and evaluation.balance:
            balance = _Guards(replace(evaluation, columns=evaluation.balance_columns), policy, other)
            balance.add_money(evaluation.balance)
            found += balance.result()
    return found


class _Guards:
    """Collects what each cell of one sheet admits."""

    def __init__(self, evaluation: Evaluation, policy: Policy, grid: Grid) -> None:
        self.evaluation, self.grid = evaluation, grid
        self.places = Places(evaluation, grid, policy)
        self.most = most_marks(evaluation, policy)
        self.guarded = [area for rule in grid.validations for area in rule.areas]
        self.rules: dict[Place, tuple[_Rule, str]] = {}

    def add_money(self, rows: Sequence[BudgetRow]) -> None:
        """The amounts of budget rows."""
        rule = _Rule("amount", unit=self.evaluation.money_unit or "")
        for row in rows:
            for name in AMOUNTS:
                if name != "adjustment":
                    self._add(self._place(getattr(row, name), "budget", name, row), "budget", name, row.row, rule)

    def add_execution(self) -> None:
        """执行率, its weight and its score: of the row that carries them."""
        for row in self.evaluation.budget:
            carries = row is self.evaluation.execution_row()
            if row.rate is not None or carries:
                place = self._place(row.rate, "budget", "rate", row)
                self._add_rate(place, row.rate, "budget", "rate", row.row)
            if not carries:
                continue
            weight = self._place(row.weight, "budget", "weight", row)
            self._add(weight, "budget", "weight", row.row, _Rule("range", most=self.most))
            score = self._place(row.score, "budget", "score", row)
            rule = None if score is None else self._bound(score, [(row.weight, weight)])
            points = self.evaluation.execution_points
            constant = _Rule("range", most=self.most if row.weight is not None or points is None else points)
            self._add(score, "budget", "score", row.row, rule or constant)

    def add_indicator(self, row: Indicator) -> None:
        """Weight, score, 得分率 and 得分系数 of one indicator; a merged score is bounded by the sum of its weights."""
        if "weight" not in row.covered and not _in_percent(row.weight):
            place = self._place(row.weight, "indicators", "weight", row)
            self._add(place, "indicators", "weight", row.row, _Rule("weight", LEAST_WEIGHT, self.most))
        score = None if "score" in row.covered else self._place(row.score, "indicators", "score", row)
        if score is not None:
            area = self.grid.area(*score)
            weights = {
                place: figure
                for other in self.evaluation.indicators
                if not other.detail and area.top <= other.row <= area.bottom
                for figure in [other.get("weight")]
                for place in [self._place(figure, "indicators", "weight", other)]
            }
            rule = self._bound(score, [(figure, place) for place, figure in weights.items()])
            self._add(score, "indicators", "score", row.row, rule or _Rule("range", most=self.most))
        fields: tuple[tuple[RateField, Figure | None], ...] = (
            ("score_rate", row.score_rate),
            ("coefficient", row.coefficient),
        )
        for name, figure in fields:
            if name not in row.covered:
                self._add_rate(self._place(figure, "indicators", name, row), figure, "indicators", name, row.row)

    def result(self) -> Iterator[Guard]:
        """One validation per column and rule."""
        groups: dict[tuple[int, _Rule, str], list[Place]] = {}
        for place, (rule, label) in sorted(self.rules.items()):
            groups.setdefault((place[1], rule, label), []).append(place)
        for (_, rule, label), places in groups.items():
            yield self._guard(rule, label, places)

    def _guard(self, rule: _Rule, label: str, places: Sequence[Place]) -> Guard:
        limit = rule.limit(places[0])
        least = plain(rule.least)
        values = {"least": least, "most": limit or "", "label": label}
        unit = say_in("zh", "guards.unit", unit=rule.unit) if rule.unit else ""
        validation = Validation(
            tuple(_runs([self.grid.area(*place) for place in places])),
            "decimal",
            "greaterThanOrEqual" if limit is None else None,
            least,
            limit,
            prompt_title=label[:TITLE_LIMIT],
            prompt=say_in("zh", f"guards.{rule.key}.prompt", **values, unit=unit),
            error_title=say_in("zh", "guards.error_title"),
            error=say_in("zh", f"guards.{rule.key}.error", **values),
        )
        return Guard(self.grid.sheet, label, say(f"guards.{rule.key}.rule", **values), validation)

    def _bound(self, score: Place, weights: Sequence[tuple[Figure | None, Place | None]]) -> _Rule | None:
        """The rule of a score that is bounded by the cells of its weights; None where one of them is no number."""
        offsets = []
        for figure, place in weights:
            text = operand(figure) if figure is not None else ""
            if place is None or text is None or _in_percent(figure):
                return None
            offsets.append((place[0] - score[0], place[1] - score[1], text.startswith("VALUE")))
        return _Rule("score", bound=tuple(sorted(offsets))) if offsets else None

    def _add_rate(self, place: Place | None, figure: Figure | None, block: str, field: RateField, row: int) -> None:
        if place is None:
            return
        scale = cell_scale(figure, column_scale(self.evaluation, field), self.grid.number_format(*place))
        key = {"100": "points", "100%": "percent", "1": "share"}[scale]
        # An execution rate may exceed the whole where more was spent than planned: B106 asks why, nothing forbids it.
        most = None if field == "rate" else Decimal(100) if scale == "100" else Decimal(1)
        self._add(place, block, field, row, _Rule(f"rate.{key}" if most is None else key, most=most))

    def _add(self, place: Place | None, block: str, name: str, row: int, rule: _Rule) -> None:
        if place is None or place in self.rules or not self._is_open(place):
            return
        label = self.evaluation.label_above(block, name, row, self.grid.sheet) or self.evaluation.label(block, name)
        text = "".join(label.text.split()) if label is not None else say_in("zh", f"fields.{name}")
        self.rules[place] = rule, text

    def _is_open(self, place: Place) -> bool:
        """Whether a cell takes numbers, holds no text, is not locked, and has no validation yet."""
        if self.grid.unlocked is not None and place not in self.grid.unlocked:
            return False
        cell, area = self.grid.cell(*place), self.grid.area(*place)
        if self.grid.number_format(*place) == "@" or (cell is not None and cell.kind not in ("number", "blank")):
            return False
        return not any(_overlap(area, guarded) for guarded in self.guarded)

    def _place(self, figure: Figure | None, block: str, name: str, row: BudgetRow | Indicator) -> Place | None:
        """The cell of a figure, or the blank one right below its label."""
        place = self.places.of(figure, block, name, row.row)
        if figure is not None or place is None:
            return place
        label = self.evaluation.label_above(block, name, row.row, self.grid.sheet)
        # A blank area that begins left of the column belongs to another one.
        return place if label is not None and label.column == place[1] else None


def _in_percent(weight: Figure | None) -> bool:
    """Whether a weight is written as a percentage, so that its cell holds 0.2 for 20 points."""
    return weight is not None and weight.percent


def _overlap(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right


def _runs(areas: Sequence[Area]) -> list[Area]:
    """Areas of one column, those that follow each other joined."""
    runs: list[Area] = []
    for area in areas:
        if runs and runs[-1].bottom + 1 == area.top and runs[-1].right == area.right:
            runs[-1] = runs[-1]._replace(bottom=area.bottom)
        else:
            runs.append(area)
    return runs


def _ranges(cells: Sequence[Place]) -> list[str]:
    """Addresses of cells, those that follow each other in a column as one range."""
    runs = _runs([Area(*cell, *cell) for cell in cells])
    ends = [(address(run.top, run.left), address(run.bottom, run.right)) for run in runs]
    return [first if first == last else f"{first}:{last}" for first, last in ends]
