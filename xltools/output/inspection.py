"""How a form was recognised: drawn as it stands, with a table of its fields, or as JSON."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from xltools.evaluation import Evaluation, Label
from xltools.output.columns import cut, table, wrap
from xltools.output.drawing import Pen, Role, draw, plain
from xltools.output.reading import cells
from xltools.output.recognised import Place, field_name, places, unused_labels
from xltools.sheets.grid import Book, address, column_letters
from xltools.texts import say

_INDEX = re.compile(r"\[(\d+)\]")


def render(book: Book, evaluations: Sequence[Evaluation], pen: Pen) -> str:
    """Every form of a workbook drawn with marks on what was recognised, a table of its fields below it."""
    alone = len({evaluation.sheet for evaluation in evaluations}) == len(evaluations)
    return "\n\n".join("\n".join(_form(book, evaluation, alone, pen)) for evaluation in evaluations)


def _form(book: Book, evaluation: Evaluation, alone: bool, pen: Pen) -> Iterator[str]:
    yield evaluation.path
    facts = [say(f"cli.form.{evaluation.form}"), evaluation.sheet]
    facts += [text for text in (evaluation.title.text if evaluation.title else "", evaluation.year) if text]
    yield cut("  " + " · ".join(plain(fact) for fact in facts), pen.columns)
    roles = _roles(evaluation)
    for sheet, marked in roles.items():
        grid = book.grid(sheet)
        if grid is None:
            continue
        yield ""
        if len(roles) > 1:
            yield f"[{sheet}]"
        yield from (cut(plain(line), pen.columns) for line in grid.captions)
        rows = [row for row, _ in marked]
        yield from draw(grid, marked, pen, None if alone else range(min(rows), max(rows) + 1))
    yield ""
    yield say("inspection.legend", **{role: pen.paint(mark, role) for role, mark in pen.marks.items()})
    yield ""
    yield from _table(evaluation, pen)
    if evaluation.unknown:
        yield ""
        yield pen.paint(say("inspection.unknown"), "unknown")
        yield from table(
            ((f"  {_cell(evaluation, label)}", plain(label.text)) for label in evaluation.unknown), pen.columns
        )
        yield from wrap(say("inspection.unknown.hint"), pen.columns)


def _roles(evaluation: Evaluation) -> dict[str, dict[tuple[int, int], set[Role]]]:
    """What the cells of each sheet are, the form's own sheet first."""
    found: dict[str, dict[tuple[int, int], set[Role]]] = {evaluation.sheet: {}}
    labelled: list[tuple[Role, Sequence[Label | Place]]] = [
        ("unknown", evaluation.unknown),
        ("label", [label for label in evaluation.columns if label.confidence >= 1]),
        ("doubtful", [label for label in evaluation.columns if label.confidence < 1]),
        ("value", places(evaluation)),
    ]
    for role, entries in labelled:
        for entry in entries:
            if entry.row:
                found.setdefault(entry.sheet, {}).setdefault((entry.row, entry.column), set()).add(role)
    return {sheet: marked for sheet, marked in found.items() if marked}


def _table(evaluation: Evaluation, pen: Pen) -> list[str]:
    rows = [tuple(say(f"inspection.column.{name}") for name in ("field", "name", "cell", "confidence", "label"))]
    ordered = sorted(places(evaluation), key=_column_key)
    for _, group in groupby(ordered, key=_column_key):
        column = list(group)
        first = column[0]
        rows.append(
            (
                _paths(column),
                field_name(first.block, first.field),
                _cells(evaluation, column),
                *_by(evaluation, first.label),
            )
        )
    rows += [
        (
            f"{label.block}.{label.field}",
            field_name(label.block, label.field),
            say("inspection.blank"),
            *_by(evaluation, label),
        )
        for label in unused_labels(evaluation)
    ]
    return table(rows, pen.columns)


def _column_key(place: Place) -> tuple[int, str, int, int, str, str]:
    """Blocks in the order of the JSON output, columns of their tables as in the form, the cells of one together."""
    order = ("title", "year", "unit", "budget", "goals", "indicators", "total")
    label = place.label
    sheet, row, column = (place.sheet, 0, 0) if label is None else (label.sheet, label.row, label.column)
    single = "" if place.block in ("budget", "indicators") else place.path
    return order.index(place.block), sheet, row, column, place.field, single


def _paths(column: Sequence[Place]) -> str:
    """`indicators[0-3].score`."""
    numbers = [int(found[1]) for place in column if (found := _INDEX.search(place.path))]
    if len(column) < 2 or not numbers:
        return column[0].path
    return _INDEX.sub(f"[{min(numbers)}-{max(numbers)}]", column[0].path)


def _cells(evaluation: Evaluation, column: Sequence[Place]) -> str:
    """`D9:D12`, with the sheet where it is not the form's own."""
    first, last = column[0], column[-1]
    if not first.row:
        return first.sheet
    text = address(first.row, first.column)
    if (first.row, first.column) != (last.row, last.column):
        text += f":{address(last.row, last.column)}"
    return text if first.sheet == evaluation.sheet else f"{first.sheet}!{text}"


def _by(evaluation: Evaluation, label: Label | None) -> tuple[str, str]:
    if label is None:
        return "", say("inspection.no_label")
    return confidence(label), f"{_cell(evaluation, label)} {plain(label.text)}".strip()


def confidence(label: Label) -> str:
    """How sure the recognition of a label is."""
    if label.confidence >= 1:
        return say("inspection.sure")
    return say("inspection.confidence", percent=round(label.confidence * 100))


def _cell(evaluation: Evaluation, label: Label) -> str:
    if not label.row:
        return ""
    cell = address(label.row, label.column)
    return cell if label.sheet == evaluation.sheet else f"{label.sheet}!{cell}"


def as_json(evaluation: Evaluation) -> dict[str, object]:
    """The same as plain JSON data: every label, every value with its label, and what was not recognised."""
    return {
        "path": evaluation.path,
        "sheet": evaluation.sheet,
        "form": evaluation.form,
        "labels": [
            {"field": f"{label.block}.{label.field}", **_label_json(label), "confidence": label.confidence}
            for label in evaluation.columns
        ],
        "fields": [
            {
                "path": place.path,
                "name": field_name(place.block, place.field),
                "cell": place.cell,
                "text": place.text,
                "label": None if place.label is None else place.label.text,
                "label_cell": None if place.label is None else _label_json(place.label)["cell"],
                "confidence": None if place.label is None else place.label.confidence,
            }
            for place in places(evaluation)
        ],
        "cells": cells(evaluation),
        "unknown": [{"block": label.block, **_label_json(label)} for label in evaluation.unknown],
    }


def _label_json(label: Label) -> dict[str, str]:
    cell = f"{label.sheet}!{column_letters(label.column)}{label.row}" if label.row else label.sheet
    return {"cell": cell, "label": label.text}
