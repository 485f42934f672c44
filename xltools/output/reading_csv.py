"""What forms say, as one CSV table: a line for each budget row and indicator, the form's own fields in all of them."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from xltools.evaluation import Evaluation
from xltools.output.reading import BUDGET, FORM, GOALS, INDICATOR, TOTAL, UNIT, as_json

COLUMNS = (
    *FORM,
    *(f"unit.{name}" for name in UNIT),
    *(f"goals.{name}" for name in GOALS),
    *(f"total.{name}" for name in TOTAL),
    "row",
    *(f"budget.{name}" for name in BUDGET),
    *(f"indicators.{name}" for name in INDICATOR),
)
"""The titles of the table: the paths of the JSON output. `row` is `budget` or `indicators`, blank where a form has
neither."""


def pieces(evaluations: Iterable[Evaluation]) -> Iterator[str]:
    """The table as CSV text with a line of titles, piece by piece as the forms come."""
    yield _text([dict(zip(COLUMNS, COLUMNS, strict=True))])
    for evaluation in evaluations:
        yield _text(_lines(evaluation))


def _text(lines: Iterable[dict[str, object]]) -> str:
    stream = io.StringIO()
    csv.DictWriter(stream, COLUMNS, lineterminator="\n").writerows(lines)
    return stream.getvalue()


def _lines(evaluation: Evaluation) -> Iterator[dict[str, object]]:
    data: dict[str, Any] = as_json(evaluation)
    common: dict[str, object] = {name: data[name] for name in FORM}
    for block in ("unit", "goals", "total"):
        common |= _prefixed(block, data[block])
    rows = [{"row": block} | _prefixed(block, row) for block in ("budget", "indicators") for row in data[block]]
    for row in rows or [{}]:
        yield common | row


def _prefixed(block: str, record: dict[str, object]) -> dict[str, object]:
    return {f"{block}.{name}": value for name, value in record.items()}
