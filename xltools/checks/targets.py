"""What the rules about targets and actuals share: what a row prints, where a blank cell stands, what a name is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from xltools.checks.base import Form, NotChecked, Rule, not_checked
from xltools.evaluation import Evaluation, Indicator, Label
from xltools.figures import Figure, fold, is_blank, parse
from xltools.judging import target_of
from xltools.texts import say

TARGETS = ("target", "target_adjusted")

_OPEN = frozenset(f"reasons.{name}" for name in ("no_direction", "units_differ", "fraction_or_percent", "unit_scale"))
_ORDINAL = re.compile(r"^(?:指标\d+[:.、]?|★+|[((]?\d+[))]|\d+[.、](?!\d))")
_POINTS = re.compile(r"\(\d+(?:\.\d+)?分\)$")


def printed(indicator: Indicator, *names: str) -> Figure | None:
    """The first of these fields that says something in a row, its own or that of a merged cell over it."""
    figures = (indicator.get(name) for name in names)
    return next((figure for figure in figures if figure is not None and not is_blank(figure.text)), None)


def own(indicator: Indicator, name: str) -> Figure | None:
    """A field that the row's own cell fills in: a merged cell over several rows is looked at once."""
    figure: Figure | None = getattr(indicator, name)
    return None if figure is None or is_blank(figure.text) else figure


def with_column(evaluation: Evaluation, *names: str) -> list[Indicator]:
    """The rows of tables that have one of these columns."""
    return [row for row in evaluation.indicators if row.fields.intersection(names) or printed(row, *names)]


def lacks_column(rule: Rule, evaluation: Evaluation, *names: str) -> Iterator[NotChecked]:
    """The statement that a rule has nothing to look at, where the form has no indicators or not these columns."""
    if not evaluation.indicators:
        yield not_checked(rule, "reasons.no_indicators")
        return
    for name in names:
        columns = TARGETS if name == "target" else (name,)
        if not with_column(evaluation, *columns):
            yield not_checked(rule, "rules_v.no_column", column=say(f"fields.{name}"))


def undecided(rule: Rule, form: Form, rows: Iterable[Indicator]) -> Iterator[NotChecked]:
    """Why the directions or units of rows leave a question open, once for each reason with the number of rows."""
    judgements = (form.judge(row) for row in rows)
    reasons = Counter(item.undecided for item in judgements if item.over is None and item.undecided in _OPEN)
    for reason, count in reasons.items():
        yield not_checked(rule, "rules_v.undecided", count=count, reason=say(str(reason)))


def place_of(evaluation: Evaluation, indicator: Indicator, name: str) -> tuple[str, int, int]:
    """Sheet, row and column where a row's blank field has to be typed; column 0 where the form has no such column."""
    sheet = next((figure.sheet for figure in (indicator.name, indicator.score, indicator.actual) if figure), "")
    sheet = sheet or evaluation.sheet
    labels = [label for label in evaluation.columns if label.block == "indicators" and label.field == name]
    # One table may have two headings, and a document's form may run over several tables.
    near = [label for label in labels if label.sheet == sheet and label.row <= indicator.row]
    best: Label | None = near[-1] if near else next(iter(labels), None)
    return sheet, indicator.row, best.column if best else 0


def bare_name(text: str) -> str:
    """An indicator's name without `指标1：`, `★`, numbering and the points behind it; width and blanks do not count."""
    plain = fold(text)
    while match := _ORDINAL.match(plain):
        rest = plain[match.end() :]
        if not rest:
            break
        plain = rest
    return _POINTS.sub("", plain)


def qualitative(indicator: Indicator) -> bool:
    """Whether the row's own nature says 定性."""
    nature = printed(indicator, "nature")
    return nature is not None and "定性" in fold(nature.text) and "定量" not in fold(nature.text)


def quantitative(indicator: Indicator) -> bool:
    """Whether the row's nature says 定量 or gives a sign, or its target is a number."""
    if qualitative(indicator):
        return False
    nature, target = printed(indicator, "nature"), target_of(indicator)
    if nature is not None and ("定量" in fold(nature.text) or parse(nature.text).sign):
        return True
    return target is not None and target.value is not None
