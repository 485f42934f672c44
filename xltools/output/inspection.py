"""How a form was recognised, as text: which cell holds which field, under which label, and how sure that is."""

from collections.abc import Iterable, Iterator

from xltools.evaluation import Evaluation
from xltools.figures import Figure
from xltools.output.columns import cut, table
from xltools.output.reading import cells
from xltools.sheets.grid import address
from xltools.texts import say

_SURE = 0.999


def render(evaluations: Iterable[Evaluation], columns: int = 80) -> str:
    """The labels, the fields and what was not understood, for every form, in lines of at most `columns`."""
    return "\n\n".join("\n".join(_form(evaluation, columns)) for evaluation in evaluations)


def as_json(evaluation: Evaluation) -> dict[str, object]:
    """The same as plain JSON data."""
    return {
        "path": evaluation.path,
        "sheet": evaluation.sheet,
        "form": evaluation.form,
        "labels": [
            {
                "field": f"{label.block}.{label.field}",
                "cell": f"{label.sheet}!{address(label.row, label.column)}" if label.row else label.sheet,
                "label": label.text,
                "confidence": label.confidence,
            }
            for label in evaluation.columns
        ],
        "cells": cells(evaluation),
        "unknown": [
            {"cell": f"{label.sheet}!{address(label.row, label.column)}", "label": label.text}
            for label in evaluation.unknown
        ],
    }


def _form(evaluation: Evaluation, columns: int) -> Iterator[str]:
    yield evaluation.path
    facts = [say(f"cli.form.{evaluation.form}"), evaluation.sheet]
    facts += [text for text in (evaluation.title.text if evaluation.title else "", evaluation.year) if text]
    yield cut("  " + " · ".join(" ".join(fact.split()) for fact in facts), columns)
    yield ""
    yield say("cli.inspect.labels")
    yield from table(
        (
            (
                f"  {label.block}.{label.field}",
                address(label.row, label.column) if label.row else "",
                say("cli.inspect.sure") if label.confidence > _SURE else f"{label.confidence:.0%}",
                " ".join(label.text.split()),
            )
            for label in evaluation.columns
        ),
        columns,
    )
    yield ""
    yield say("cli.inspect.figures")
    public = cells(evaluation)
    yield from table(
        (
            (
                f"  {path}",
                figure.address if figure.sheet == evaluation.sheet else figure.reference,
                " ".join(figure.text.split()),
            )
            for path, figure in evaluation.figures()
            if path in public
        ),
        columns,
    )
    if evaluation.unknown:
        yield ""
        yield say("cli.inspect.unknown")
        yield from table(
            ((f"  {address(label.row, label.column)}", " ".join(label.text.split())) for label in evaluation.unknown),
            columns,
        )


def _place(evaluation: Evaluation, figure: Figure) -> str:
    return figure.address if figure.sheet == evaluation.sheet else figure.reference
