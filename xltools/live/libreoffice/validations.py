"""Data validation of a range.

LibreOffice keeps a validation as a property of cells, its formulas with the cell that they are written for; Excel
writes them for the first cell of the range.
"""

import re
from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.formulas import quoted_sheet, to_excel, to_libreoffice
from xltools.live.libreoffice.protection import editable
from xltools.ooxml.formulas import translate

if TYPE_CHECKING:
    from xltools.live.libreoffice.ranges import Range

_TYPES = {
    "whole_number": "WHOLE",
    "decimal": "DECIMAL",
    "list": "LIST",
    "date": "DATE",
    "time": "TIME",
    "text_length": "TEXT_LEN",
    "custom": "CUSTOM",
}
_TYPE_NAMES = {uno: name for name, uno in _TYPES.items()}
_COMPARING = frozenset({"whole_number", "decimal", "date", "time", "text_length"})

_OPERATORS = {
    "between": "BETWEEN",
    "not_between": "NOT_BETWEEN",
    "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER",
    "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
}
_OPERATOR_NAMES = {uno: name for name, uno in _OPERATORS.items()}
_ALERTS = {"STOP": "stop", "WARNING": "warning", "INFO": "information"}

_LITERALS = re.compile(r'"(?:[^"]|"")*"(?:;"(?:[^"]|"")*")*\Z')
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')


@bridge.guarded
class DataValidation(base_classes.DataValidation):
    """The validation of a range; where the cells differ, its `type` says so and the rest is None."""

    def __init__(self, parent: "Range") -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """The UNO validation, a copy: to change it, set it as the range's `Validation` again."""
        return self.parent.model.Validation

    @property
    def type(self) -> str:
        """xlwings' name of the type, `none`, `mixed_criteria` or `inconsistent`."""
        return self._read()[0]

    def _read(self) -> tuple[str, Any]:
        """The type and, where the cells share one, the UNO validation."""
        state = str(self.parent.model.getPropertyState("Validation").value)
        if state == "DEFAULT_VALUE":
            return "none", None
        if state != "AMBIGUOUS_VALUE":
            validation = self.api
            return _type_of(validation), validation
        alike = self.parent.model.getUniqueCellFormatRanges()
        types = {_type_of(alike.getByIndex(index).Validation) for index in range(alike.Count)}
        return ("mixed_criteria" if "none" in types else "inconsistent"), None

    def _uniform(self, *types: str) -> Any:
        """The UNO validation where the range has one, of these types; None otherwise."""
        kind, validation = self._read()
        return None if kind == "none" or (types and kind not in types) else validation

    @property
    def operator(self) -> str | None:
        """The comparison, for types that compare."""
        validation = self._uniform(*_COMPARING)
        return None if validation is None else _OPERATOR_NAMES.get(validation.getOperator().value)

    @property
    def formula1(self) -> str | None:
        """The first operand, as a formula."""
        return self._formula(self._uniform(*_COMPARING), 1)

    @property
    def formula2(self) -> str | None:
        """The second operand, where the comparison has two."""
        validation = self._uniform(*_COMPARING)
        two = validation is not None and validation.getOperator().value in ("BETWEEN", "NOT_BETWEEN")
        return self._formula(validation, 2) if two else None

    @property
    def formula(self) -> str | None:
        """The formula of a `custom` validation."""
        return self._formula(self._uniform("custom"), 1)

    @property
    def source(self) -> str | None:
        """The source of a list: `a,b` or `=Sheet1!$A$1:$A$5`."""
        validation = self._uniform("list")
        if validation is None:
            return None
        text = str(validation.getFormula1())
        if _LITERALS.match(text):
            return ",".join(item.replace('""', '"') for item in _LITERAL.findall(text))
        return self._formula(validation, 1)

    def _formula(self, validation: Any, number: int) -> str | None:
        if validation is None:
            return None
        text = validation.getFormula1() if number == 1 else validation.getFormula2()
        formula = to_excel(f"={text}", lambda: self.parent.sheet.book.model.Sheets.ElementNames)
        base = validation.getSourcePosition()
        area = self.parent.area
        return translate(formula, area.top - 1 - base.Row, area.left - 1 - base.Column)

    def _property(self, name: str, *types: str) -> Any:
        validation = self._uniform(*types)
        return None if validation is None else validation.getPropertyValue(name)

    @property
    def in_cell_dropdown(self) -> bool | None:
        """Whether a list shows its arrow."""
        shown = self._property("ShowList", "list")
        return None if shown is None else bool(shown)

    @property
    def ignore_blank(self) -> bool | None:
        """Whether blank cells are valid."""
        ignored: bool | None = self._property("IgnoreBlankCells")
        return ignored

    @property
    def input_title(self) -> str | None:
        """The title of the prompt."""
        title: str | None = self._property("InputTitle")
        return title

    @property
    def input_message(self) -> str | None:
        """The prompt."""
        message: str | None = self._property("InputMessage")
        return message

    @property
    def show_input(self) -> bool | None:
        """Whether the prompt is shown."""
        shown: bool | None = self._property("ShowInputMessage")
        return shown

    @property
    def error_title(self) -> str | None:
        """The title of the alert."""
        title: str | None = self._property("ErrorTitle")
        return title

    @property
    def error_message(self) -> str | None:
        """What the alert says."""
        message: str | None = self._property("ErrorMessage")
        return message

    @property
    def show_error(self) -> bool | None:
        """Whether there is an alert."""
        shown: bool | None = self._property("ShowErrorMessage")
        return shown

    @property
    def alert_style(self) -> str | None:
        """`stop`, `warning` or `information`."""
        style = self._property("ErrorAlertStyle")
        return None if style is None else _ALERTS.get(style.value)

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Allow the items of a list: texts, a range or a name of this engine."""
        if isinstance(source, base_classes.Range):
            cells: Any = source
            formula = to_libreoffice(f"={quoted_sheet(cells.sheet.name)}!{cells.address}")[1:]
        elif isinstance(source, base_classes.Name):
            formula = to_libreoffice(f"={source.name}")[1:]
        else:
            formula = ";".join('"' + str(item).replace('"', '""') + '"' for item in source)
        self._set("list", None, formula, "", ShowList=1 if in_cell_dropdown else 0)

    def set_rule(self, rule_type: str, operator: str | None, formula1: str, formula2: str | None) -> None:
        """Allow what a comparison or a formula (Excel's grammar, written for the first cell) holds for."""
        first, second = (to_libreoffice(formula)[1:] if formula else "" for formula in (formula1, formula2))
        self._set(rule_type, operator, first, second)

    def _set(self, rule_type: str, operator: str | None, formula1: str, formula2: str, **properties: Any) -> None:
        """Prompts and alerts that are there stay."""
        editable(self.parent)
        current, validation = self._read()
        validation = validation or self.api
        if current in ("mixed_criteria", "inconsistent"):
            raise XlwingsError("The cells have different data validations; delete them first.")
        if current == "none":
            properties = {"ShowErrorMessage": True, "ShowInputMessage": True, "IgnoreBlankCells": True} | properties
        validation.Type = bridge.enum("sheet.ValidationType", _TYPES[rule_type])
        validation.setOperator(bridge.enum("sheet.ConditionOperator", _OPERATORS[operator] if operator else "NONE"))
        validation.setSourcePosition(self.parent.model.getCellByPosition(0, 0).CellAddress)
        validation.setFormula1(formula1)
        validation.setFormula2(formula2)
        for name, value in properties.items():
            validation.setPropertyValue(name, value)
        self.parent.model.Validation = validation

    def delete(self) -> None:
        """Remove the validation."""
        editable(self.parent)
        self.parent.model.setPropertyToDefault("Validation")


def _type_of(validation: Any) -> str:
    uno = str(validation.Type.value)
    if uno == "ANY":
        # Excel has such a thing too, "any value" with a prompt, and xlwings no name for it.
        prompt = validation.ShowInputMessage and (validation.InputTitle or validation.InputMessage)
        return "unknown" if prompt else "none"
    return _TYPE_NAMES.get(uno, "unknown")
