"""A map of a form as recognised, as the TOML that `--map` takes."""

import json
from collections.abc import Iterator, Sequence

from xltools.evaluation import Evaluation, Label
from xltools.forms.layout import one_line
from xltools.forms.mapping import label_fields
from xltools.output.drawing import plain
from xltools.output.inspection import confidence
from xltools.output.recognised import places
from xltools.sheets.grid import Book, address
from xltools.texts import say


def render(book: Book, evaluations: Sequence[Evaluation]) -> str:
    """One `[[form]]` for every form of a workbook.

    Labels inside the table of indicators or below it, whose rows depend on the number of indicators, and values that
    were found without a label stand in it as comments: recognition finds them wherever they are.
    """
    names = "\n".join(" ".join(f"{block}.{name}" for name in fields) for block, fields in label_fields().items())
    head = [f"# {line}" for line in say("inspection.map.head", fields=names).splitlines()]
    return "\n".join([*head, *(line for evaluation in evaluations for line in _form(book, evaluation))])


def _form(book: Book, evaluation: Evaluation) -> Iterator[str]:
    yield ""
    yield "[[form]]"
    yield f"sheet = {_quoted(evaluation.sheet)}"
    yield f"# form = {_quoted(evaluation.form)}"
    yield f"# year = {_quoted(evaluation.year or '')}"
    yield f"# money_unit = {_quoted(evaluation.money_unit or '')}"
    yield ""
    yield "[form.labels]"
    fixed, moving = _labels(book, evaluation)
    yield from (_line(evaluation, label) for label in fixed)
    for label in evaluation.unknown:
        yield f'# {_key(evaluation, label)} = "{label.block}."  # {plain(label.text)} · {say("inspection.map.unknown")}'
    if moving:
        yield f"# {say('inspection.map.below')}"
        yield from (f"# {_line(evaluation, label)}" for label in moving)
    yield ""
    yield "[form.values]"
    yield f"# {say('inspection.map.values')}"
    for place in places(evaluation):
        if place.label is None and place.row and place.block in ("title", "unit", "goals", "total"):
            cell = address(place.row, place.column)
            at = cell if place.sheet == evaluation.sheet else f"{place.sheet}!{cell}"
            yield f"# {_quoted(place.path)} = {_quoted(at)}  # {plain(place.text)}"


def _labels(book: Book, evaluation: Evaluation) -> tuple[list[Label], list[Label]]:
    """The labels in cells of their own, from top to bottom: those in fixed places, those that move with the rows."""
    first: dict[tuple[str, int, int], Label] = {}
    for label in evaluation.columns:
        grid = book.grid(label.sheet)
        # `单位名称：某局` in one cell is label and value at once.
        if label.row and grid is not None and one_line(grid.text(label.row, label.column)) == label.text:
            first.setdefault((label.sheet, label.row, label.column), label)
    rows = [indicator.row for indicator in evaluation.indicators]
    sheets = {label.sheet for label in evaluation.columns if label.block == "indicators"}
    ordered = sorted(first.values(), key=lambda label: (label.sheet, label.row, label.column))
    moving = [label for label in ordered if rows and label.sheet in sheets and label.row >= min(rows)]
    return [label for label in ordered if label not in moving], moving


def _line(evaluation: Evaluation, label: Label) -> str:
    text = f"{_key(evaluation, label)} = {_quoted(f'{label.block}.{label.field}')}  # {plain(label.text)}"
    return text if label.confidence >= 1 else f"{text} · {confidence(label)}"


def _key(evaluation: Evaluation, label: Label) -> str:
    cell = address(label.row, label.column)
    return cell if label.sheet == evaluation.sheet else _quoted(f"{label.sheet}!{cell}")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
