"""Which cell holds which field of a form, by which label, and how sure that is."""

from collections.abc import Iterator
from dataclasses import dataclass

from xltools.evaluation import Evaluation, Label, Level
from xltools.sheets.grid import address
from xltools.texts import say

_NAMES = {
    ("unit", "name"): "fields.unit_name",
    ("header", "name"): "fields.unit_name",
    ("header", "money_unit"): "inspection.money_unit",
    ("total", "score"): "fields.total_score",
    ("total", "weight"): "fields.total_weight",
    ("goals", "initial"): "inspection.initial_goal",
    ("goals", "adjusted"): "inspection.adjusted_goal",
    ("goals", "achieved"): "inspection.achieved",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a form: its path in the JSON output, where its value stands, and the label it was found by."""

    path: str
    block: str
    field: str
    sheet: str
    row: int
    column: int
    text: str
    label: Label | None

    @property
    def cell(self) -> str:
        """`自评表!D9`; the sheet alone for a text outside the cells."""
        return f"{self.sheet}!{address(self.row, self.column)}" if self.row else self.sheet


def field_name(block: str, name: str) -> str:
    """What a field is called in the language in use."""
    return say(_NAMES.get((block, name), f"fields.{name}"))


def places(evaluation: Evaluation) -> list[Place]:
    """Every field of a form that is not blank, levels, the year and printed rules included."""
    found = list(_year(evaluation))
    for path, figure in evaluation.figures():
        if not figure.text:
            continue
        block, _, name = path.rpartition(".")
        block = block.partition("[")[0] or name
        label = _label(evaluation, block, name, figure.sheet, figure.row)
        found.append(Place(path, block, name, figure.sheet, figure.row, figure.column, figure.text, label))
    return found + list(_levels(evaluation))


def _year(evaluation: Evaluation) -> Iterator[Place]:
    """The first place that names the form's year."""
    for mention in evaluation.years:
        if mention.year == evaluation.year and mention.row:
            label = evaluation.label("header", "year") if mention.place == "header" else None
            yield Place("year", "year", "year", mention.sheet, mention.row, mention.column, mention.text, label)
            return


def _levels(evaluation: Evaluation) -> Iterator[Place]:
    for index, indicator in enumerate(evaluation.indicators):
        for name in ("level1", "level2"):
            level: Level | None = getattr(indicator, name)
            if level is not None and level.shown:
                label = _label(evaluation, "indicators", name, level.sheet, level.row)
                path = f"indicators[{index}].{name}"
                yield Place(path, "indicators", name, level.sheet, level.row, level.column, level.name, label)


def _label(evaluation: Evaluation, block: str, name: str, sheet: str, row: int) -> Label | None:
    """The label that a value was found by: of a table the nearest above, else the field's own."""
    if block == "unit":
        return evaluation.label("header", name)
    if block == "total":
        return _total_label(evaluation, name, row)
    labels = [label for label in evaluation.columns if label.block == block and label.field == name]
    if block == "indicators" and name == "name" and not labels:
        # A form without a column for names has the lowest level in its place.
        return _label(evaluation, block, "level2", sheet, row) or _label(evaluation, block, "level1", sheet, row)
    above = [label for label in labels if label.sheet == sheet and label.row <= row]
    elsewhere = [label for label in labels if label.sheet != sheet]
    return max(above, key=lambda label: label.row, default=elsewhere[0] if elsewhere else None)


def _total_label(evaluation: Evaluation, name: str, row: int) -> Label | None:
    """The label of the total row where the value stands in that row, else the one in the header."""
    total = evaluation.label("total", "score")
    if total is not None and total.row == row:
        return total
    return evaluation.label("header", {"score": "total_score"}.get(name, name))


def unused_labels(evaluation: Evaluation) -> list[Label]:
    """The labels that no value was found by: those of blank fields."""
    used = {id(place.label) for place in places(evaluation)}
    named = {"item", "level1", "level2", *(("money_unit",) if evaluation.money_unit else ())}
    return [label for label in evaluation.columns if id(label) not in used and label.field not in named]
