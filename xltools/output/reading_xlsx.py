"""What forms say, as a workbook: a sheet of forms, one of budget rows, one of indicators; ready for a pivot table."""

import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from xltools.evaluation import Evaluation
from xltools.figures import is_plain_number, parse
from xltools.output.reading import BUDGET, FORM, GOALS, INDICATOR, TOTAL, UNIT, as_json
from xltools.texts import say

_KEY = {"path": "cli.column.path", "sheet": "cli.column.sheet"}
_OWN_TITLES = {
    **_KEY,
    "form": "cli.column.form",
    "money_unit": "cli.column.money_unit",
    "unit.name": "fields.unit_name",
    "goals.initial": "cli.column.goal",
    "goals.adjusted": "cli.column.goal_adjusted",
    "goals.achieved": "cli.column.achieved",
    "total.weight": "fields.total_weight",
    "total.score": "fields.total_score",
    "kind": "cli.column.kind",
}
_NUMBERS = frozenset(
    {
        "total.weight",
        "total.score",
        "initial",
        "adjusted",
        "executed",
        "rate",
        "weight",
        "score",
        "carried_in",
        "adjustment",
        "carry_over",
        "target",
        "target_adjusted",
        "actual",
        "coefficient",
        "score_rate",
    }
)
"""Fields whose plain numbers and percentages become numbers; codes, years and telephone numbers stay texts."""


def render(evaluations: Iterable[Evaluation]) -> bytes:
    """The workbook as the bytes of an .xlsx file; a number shows there as it was printed."""
    from openpyxl import Workbook

    forms: list[dict[str, Any]] = []
    rows: dict[str, list[dict[str, Any]]] = {"budget": [], "indicators": []}
    for evaluation in evaluations:
        data: dict[str, Any] = as_json(evaluation)
        whole = {f"{block}.{name}": text for block in ("unit", "goals", "total") for name, text in data[block].items()}
        forms.append({name: data[name] for name in FORM} | whole)
        for block, listed in rows.items():
            listed += [{name: data[name] for name in _KEY} | row for row in data[block]]
    book = Workbook()
    book.remove(book.worksheets[0])
    whole_titles = [f"{block}.{name}" for block, names in _BLOCKS.items() for name in names]
    _fill(book, "forms", [*FORM, *whole_titles], forms)
    _fill(book, "budget", [*_KEY, *BUDGET], rows["budget"])
    _fill(book, "indicators", [*_KEY, *INDICATOR], rows["indicators"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_BLOCKS: Mapping[str, tuple[str, ...]] = {"unit": UNIT, "goals": GOALS, "total": TOTAL}


def _title(name: str) -> str:
    return say(_OWN_TITLES.get(name) or f"fields.{name.rpartition('.')[2]}")


def _fill(book: Any, name: str, names: list[str], rows: list[dict[str, Any]]) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    sheet = book.create_sheet(say(f"cli.read.sheet.{name}"))
    sheet.append([_title(column) for column in names])
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, 2):
        for column, field in enumerate(names, 1):
            text = row[field]
            if text is None:
                continue
            cell = sheet.cell(number, column)
            figure = _number(text) if field in _NUMBERS else None
            if figure is None:
                cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
                # A text that begins with an equals sign (指标性质 may be one) is no formula.
                cell.data_type = "s"
            else:
                cell.value, cell.number_format = figure


def _number(text: str) -> tuple[Decimal, str] | None:
    """A printed number or percentage with the number format that shows it as printed; None for other texts."""
    printed = parse(text)
    if printed.number is None or not is_plain_number(text.rstrip("%％ ")) or printed.unit not in ("", "%"):
        return None
    digits = "0" if not printed.places else "0." + "0" * printed.places
    if "," in text or "，" in text:
        digits = "#,##" + digits
    return (printed.number / 100, digits + "%") if printed.unit else (printed.number, digits)
