"""Data validation: what each input cell admits, with its prompt and its error text in Chinese."""

from typing import Any

from xltools.points import LEAST_WEIGHT
from xltools.sheets.grid import TITLE_LIMIT
from xltools.templates.description import Field


def validation(field: Field, title: str, weight: str | None = None) -> Any:
    """The data validation of a field; `weight` is the cell that bounds a score. None where nothing is to be said."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if not field.prompt:
        return None
    rule: dict[str, Any] = {}
    if field.kind == "amount":
        rule = {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": "0"}
    elif field.kind == "signed":
        rule = {"type": "decimal", "operator": "between", "formula1": "-1000000000", "formula2": "1000000000"}
    elif field.kind == "weight":
        rule = {"type": "decimal", "operator": "between", "formula1": str(LEAST_WEIGHT), "formula2": "100"}
    elif field.kind in ("full", "percent"):
        rule = {"type": "decimal", "operator": "between", "formula1": "0", "formula2": "100"}
    elif field.kind == "score":
        rule = {"type": "decimal", "operator": "between", "formula1": "0", "formula2": weight}
    elif field.kind == "list":
        rule = {"type": "list", "formula1": f'"{",".join(field.choices)}"'}
    if rule:
        rule |= {"showErrorMessage": True, "errorStyle": "stop", "errorTitle": "填写有误", "error": field.error}
    return DataValidation(
        allow_blank=True, showInputMessage=True, promptTitle=title[:TITLE_LIMIT], prompt=field.prompt, **rule
    )


def guard(sheet: Any, area: str, field: Field, title: str, weight: str | None = None) -> None:
    """Attach a field's validation to an area; a score's bound is written for the area's first cell."""
    found = validation(field, title, weight)
    if found is not None:
        found.add(area)
        sheet.add_data_validation(found)
