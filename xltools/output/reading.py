"""What a form says, as JSON: the object that `xltools read --format json` promises."""

import json
from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import Any

from xltools.evaluation import BudgetRow, Evaluation, Goals, Indicator, Level, Total, UnitInfo
from xltools.figures import Figure

FORM = ("path", "sheet", "form", "title", "year", "money_unit")
UNIT = (
    "name",
    "code",
    "supervisor",
    "project",
    "project_code",
    "implementer",
    "finance_office",
    "contact",
    "phone",
)
BUDGET = (
    "item",
    "kind",
    "initial",
    "adjusted",
    "executed",
    "rate",
    "weight",
    "score",
    "carried_in",
    "adjustment",
    "carry_over",
    "note",
)
GOALS = ("initial", "adjusted", "achieved")
INDICATOR = (
    "level1",
    "level2",
    "name",
    "nature",
    "unit",
    "target",
    "target_adjusted",
    "actual",
    "coefficient",
    "weight",
    "score",
    "score_rate",
    "core",
    "note",
)
TOTAL = ("weight", "score", "grade")


def pieces(evaluations: Iterable[Evaluation]) -> Iterator[str]:
    """A JSON list of the forms, piece by piece as they come: a folder of thousands is never held as a whole."""
    before = "["
    for evaluation in evaluations:
        text = json.dumps(as_json(evaluation), ensure_ascii=False, indent=2)
        yield f"{before}\n{indent(text, '  ')}"
        before = ","
    yield "\n]\n" if before == "," else "[]\n"


def as_json(evaluation: Evaluation) -> dict[str, object]:
    """A form as plain JSON data: every figure as printed, None where it is blank.

    `cells` holds the address of every figure that is not blank, under its path (`indicators[6].score_rate`).
    """
    return {
        "path": evaluation.path,
        "sheet": evaluation.sheet,
        "form": evaluation.form,
        "title": _printed(evaluation.title),
        "year": evaluation.year,
        "money_unit": evaluation.money_unit,
        "unit": _record(evaluation.unit, UNIT),
        "budget": [_record(row, BUDGET) for row in evaluation.budget],
        "goals": _record(evaluation.goals, GOALS),
        "indicators": [_record(row, INDICATOR) for row in evaluation.indicators],
        "total": _record(evaluation.total, TOTAL),
        "cells": cells(evaluation),
    }


def cells(evaluation: Evaluation) -> dict[str, str]:
    """The address (`指标得分情况!D9`) of every figure that is not blank, by its path in the JSON object."""
    return {
        path: figure.reference
        for path, figure in evaluation.figures()
        if figure.text and figure.reference and _is_public(path)
    }


def _is_public(path: str) -> bool:
    block, _, name = path.partition(".")
    return not block.startswith("indicators[") or name in INDICATOR


def _record(record: UnitInfo | BudgetRow | Goals | Indicator | Total, names: Iterable[str]) -> dict[str, str | None]:
    return {name: _printed(getattr(record, name)) for name in names}


def _printed(value: Any) -> str | None:
    if isinstance(value, Figure):
        return value.text or None
    if isinstance(value, Level):
        return value.name or None
    return value or None
