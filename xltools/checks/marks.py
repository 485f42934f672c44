"""What the weight and score rules share: which rows count, what they add up to, and out of how many points."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltools.checks.base import Form, NotChecked, Rule, column_label, not_checked
from xltools.evaluation import BudgetRow, Evaluation, Indicator, Label
from xltools.figures import Agreement, Figure, agreement, plain
from xltools.judging import Judgement, target_of
from xltools.points import counting, exact_sum
from xltools.texts import say

_BEHIND = re.compile(r"(?:[(（][^()（）]*[)）])+$")


def term(evaluation: Evaluation, block: str, name: str) -> str:
    """How the form calls a field, on one line and without the unit or points in brackets behind it."""
    return _bare(column_label(evaluation, block, name))


def total_place(evaluation: Evaluation, name: str) -> Label | None:
    """The label of the total's `score` or `grade`, in the total row or in the form's head; None where there is none."""
    head = {"score": "total_score"}.get(name, name)
    return evaluation.label("total", name) or evaluation.label("header", head)


def total_term(evaluation: Evaluation, name: str) -> str:
    """How the form calls its total `score` or `grade`."""
    label = total_place(evaluation, name)
    return _bare(label.text if label else say({"score": "fields.total"}.get(name, f"fields.{name}")))


def _bare(label: str) -> str:
    text = "".join(label.split())
    return _BEHIND.sub("", text) or text


def number(figure: Figure | None) -> Decimal | None:
    """The best known number of a figure; None for a blank or a text."""
    return None if figure is None else figure.exact


def shown_sum(figures: Sequence[Figure]) -> Decimal:
    """What a reader gets who adds up the printed figures."""
    return sum((figure.value or Decimal(0) for figure in figures), Decimal(0))


@dataclass(frozen=True)
class Tally:
    """One column of the indicator table: its figures, and the rows that lack one.

    A figure in a merged cell counts once. `unreadable` are cells that hold something else than a number.
    """

    figures: tuple[Figure, ...]
    blank: tuple[Indicator, ...]
    unreadable: tuple[Figure, ...]

    @property
    def known(self) -> Decimal:
        """The sum of the figures that are there, in points."""
        return exact_sum(self.figures)

    @property
    def gaps(self) -> int:
        """In how many rows the figure is blank or unreadable."""
        return len(self.blank) + len(self.unreadable)


def tally(evaluation: Evaluation, name: str) -> Tally:
    """The figures of one column (`weight`, `score`) over the rows that count."""
    figures, blank, unreadable = [], [], []
    for row in counting(evaluation):
        own = getattr(row, name)
        if own is None:
            if name not in row.covered:
                blank.append(row)
        elif own.exact is None:
            unreadable.append(own)
        else:
            figures.append(own)
    return Tally(tuple(figures), tuple(blank), tuple(unreadable))


def has_column(evaluation: Evaluation, name: str) -> bool:
    """Whether any counting row stands in a table with that column."""
    return any(name in row.fields or row.get(name) is not None for row in counting(evaluation))


def execution_label(evaluation: Evaluation, row: BudgetRow, name: str) -> str:
    """`年度资金总额 · 得分`; `预算执行率 · 得分` where the row has no name."""
    item = row.item.text.strip(":： ") if row.item else say("fields.execution")
    return f"{item} · {term(evaluation, 'budget', name)}"


def best_agreement(figure: Figure, candidates: Sequence[Decimal]) -> Agreement:
    """How a figure agrees with the candidate that suits it best."""
    return min((agreement(figure, candidate) for candidate in candidates), default=Agreement.DIFFERENT)


def points_agreement(figure: Figure, candidates: Sequence[Decimal]) -> Agreement:
    """Like `best_agreement`, for scores: a whole number for a broken one is `ROUNDING`, since it shifts points."""
    result = best_agreement(figure, candidates)
    if result is Agreement.EQUAL and not figure.places and figure.exact not in candidates:
        return Agreement.ROUNDING
    return result


def listed(figures: Sequence[Figure], limit: int = 6) -> str:
    """`10 + 10 + 9`, shortened after `limit` figures."""
    texts = [plain(figure.exact) for figure in figures[:limit] if figure.exact is not None]
    return " + ".join(texts) + (" + …" if len(figures) > limit else "")


def merged_rows(rows: Sequence[Indicator], name: str) -> dict[int, list[Indicator]]:
    """The rows under each merged cell of a column, by the `id` of the row in which the cell begins, that row first."""
    merged: dict[int, list[Indicator]] = {}
    owners = {(own.sheet, own.row, own.column): row for row in rows if (own := getattr(row, name)) is not None}
    for row in rows:
        figure = row.covered.get(name)
        owner = owners.get((figure.sheet, figure.row, figure.column)) if figure is not None else None
        if owner is not None:
            merged.setdefault(id(owner), [owner]).append(row)
    return merged


@dataclass(frozen=True)
class Scored:
    """The rows whose own score stands beside their own weight, and how many rows cannot be judged one by one.

    `merged` are rows whose score is printed for several indicators together; `blank` those without a score or a weight.
    """

    rows: tuple[Indicator, ...]
    merged: int
    blank: int


def scored(evaluation: Evaluation) -> Scored:
    """The counting rows, sorted out for rules that compare a row's score with its weight."""
    counted = counting(evaluation)
    shared = merged_rows(counted, "score")
    rows, merged, blank = [], 0, 0
    for row in counted:
        score, weight = number(row.score), number(row.weight)
        if "score" in row.covered or id(row) in shared:
            merged += 1
        elif score is None or weight is None or weight <= 0:
            blank += 1
        else:
            rows.append(row)
    return Scored(tuple(rows), merged, blank)


def unscored(rule: Rule, evaluation: Evaluation, found: Scored) -> Iterator[NotChecked]:
    """Why rows without a score or weight of their own were left out of a rule."""
    if not counting(evaluation):
        yield not_checked(rule, "reasons.no_indicators")
        return
    if not has_column(evaluation, "score"):
        yield not_checked(rule, "reasons.no_score_column")
        return
    if not has_column(evaluation, "weight"):
        yield not_checked(rule, "reasons.no_weight_column")
        return
    if found.merged:
        yield not_checked(rule, "reasons.scores_merged", count=found.merged)
    if found.blank:
        yield not_checked(rule, "reasons.scores_blank", count=found.blank)


def is_full(indicator: Indicator) -> bool:
    """Whether a scored row has all its points, as stored or as printed."""
    score, weight = indicator.score, indicator.weight
    if score is None or weight is None or score.exact is None or weight.exact is None:
        return False
    return score.exact >= weight.exact or score.value == weight.value


def exceeds(indicator: Indicator) -> bool:
    """Whether a row's score is above its weight, both as stored and as printed."""
    score, weight = indicator.score, indicator.weight
    if score is None or weight is None or score.exact is None or weight.exact is None:
        return False
    return score.exact > weight.exact and score.value != weight.value


def undecided(rule: Rule, form: Form, rows: Sequence[Indicator]) -> Iterator[NotChecked]:
    """Why it is open whether these rows met their targets, one statement per reason."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        reason = form.judge(row).undecided
        if reason is not None:
            reasons.setdefault(reason, []).append(row.name.text if row.name else "—")
    for reason, names in reasons.items():
        shown = "、".join(" ".join(name.split()) for name in names[:3]) + ("…" if len(names) > 3 else "")
        yield not_checked(rule, "reasons.undecided", count=len(names), names=shown, reason=say(reason))


def wanted(indicator: Indicator, judgement: Judgement) -> str:
    """An indicator's target as messages print it: with the direction that stands in a cell of its own."""
    target = target_of(indicator)
    sign = judgement.direction if target is not None and not target.sign and judgement.manner == "number" else ""
    return f"{sign}{one_line(target)}"


def one_line(figure: Figure | None) -> str:
    """A figure's text on one line, shortened where it is long."""
    text = " ".join(figure.text.split()) if figure else ""
    return text if len(text) <= 40 else text[:39] + "…"
