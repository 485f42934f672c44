"""Conditional formats of a range.

LibreOffice applies a cell style where a condition holds; a style is made for every look and removed with the last rule
that needs it. Every rule that is added is a conditional format of its own, so that those that are there stay untouched.
They are evaluated in the order in which they were added and the first that holds decides: a new rule comes last, and
`stop_if_true` is always true.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.fonts import Font
from xltools.live.libreoffice.formulas import to_excel, to_libreoffice
from xltools.live.libreoffice.looks import color_number
from xltools.live.libreoffice.number_formats import area_at
from xltools.live.libreoffice.protection import editable
from xltools.live.libreoffice.visual_formats import KINDS, VisualFormat, rgb, set_data_bar

if TYPE_CHECKING:
    from xltools.live.libreoffice.ranges import Range

STYLE_PREFIX = "xltools condition "
"""What the names of the cell styles begin with that are made here."""

_OPERATORS = {
    "between": 6,
    "not_between": 7,
    "equal_to": 0,
    "not_equal_to": 5,
    "greater_than": 2,
    "less_than": 1,
    "greater_than_or_equal": 4,
    "less_than_or_equal": 3,
}
"""`com.sun.star.sheet.ConditionFormatOperator`."""
_OPERATOR_NAMES = {number: name for name, number in _OPERATORS.items()}
_EXPRESSION = 24
_CONDITION = 0
_LOOKS = ("fill_color", "font_color", "font_bold", "font_italic")

Color = tuple[int, int, int]


class _Grammar:
    """Formulas of conditions, which LibreOffice takes and tells in the language of its user."""

    def __init__(self, cells: "Range") -> None:
        document = cells.sheet.book.model
        self._sheets = document.Sheets
        self._english = document.createInstance("com.sun.star.sheet.FormulaParser")
        self._english.CompileEnglish = True
        self._own = document.createInstance("com.sun.star.sheet.FormulaParser")
        mapper = document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
        language = bridge.constant("sheet.FormulaLanguage.API")
        everything = 0x7FFFFFFF
        self._english.OpCodeMap = mapper.getAvailableMappings(language, everything)

    def own(self, formula: Any, position: Any) -> str:
        text = str(formula)
        english = to_libreoffice(text if text.startswith("=") else f"={text}")[1:]
        return str(self._own.printFormula(self._english.parseFormula(english, position), position))

    def excel(self, text: str, position: Any) -> str:
        english = self._english.printFormula(self._own.parseFormula(text, position), position)
        return to_excel(f"={english}", lambda: self._sheets.ElementNames)


@bridge.guarded
class ConditionalFormat(VisualFormat):
    """One rule: an entry of a conditional format of the sheet."""

    def __init__(self, cells: "Range", number: int, index: int) -> None:
        self._cells = cells
        self._number = number
        self._index = index

    def _format(self) -> Any:
        for each in self._cells.sheet.model.ConditionalFormats.getConditionalFormats():
            if self._number == each.ID:
                return each
        raise LookupError("the conditional format has been deleted")

    @property
    def api(self) -> Any:
        """The UNO entry."""
        return self._format().getByIndex(self._index)

    @property
    def type(self) -> str:
        """xlwings' name of the type; `unknown` for what it has no name for."""
        entry = self.api
        kind = entry.getType()
        if kind == _CONDITION:
            return (
                "custom"
                if entry.Operator == _EXPRESSION
                else "cell_value"
                if entry.Operator in _OPERATOR_NAMES
                else "unknown"
            )
        return KINDS.get(kind, "unknown")

    @property
    def stop_if_true(self) -> bool | None:
        """Always, where the type has it."""
        return None if self.type in KINDS.values() else True

    @property
    def operator(self) -> str | None:
        """The comparison of a `cell_value` rule."""
        return _OPERATOR_NAMES.get(self.api.Operator) if self.type == "cell_value" else None

    def _formula(self, name: str) -> str:
        area = min(area_at(address) for address in self._format().Range.RangeAddresses)
        position = self._cells.sheet.model.getCellByPosition(area.left - 1, area.top - 1).CellAddress
        return _Grammar(self._cells).excel(getattr(self.api, name), position)

    @property
    def formula1(self) -> str | None:
        """The first operand of a `cell_value` rule."""
        return self._formula("Formula1") if self.type == "cell_value" else None

    @property
    def formula2(self) -> str | None:
        """The second operand of a comparison that has two."""
        return self._formula("Formula2") if self.operator in ("between", "not_between") else None

    @property
    def formula(self) -> str | None:
        """The formula of a `custom` rule."""
        return self._formula("Formula1") if self.type == "custom" else None

    def _look(self, name: str) -> Any:
        if self.type not in ("cell_value", "custom"):
            return None
        styles = self._cells.sheet.book.model.StyleFamilies.getByName("CellStyles")
        style = self.api.StyleName
        if not styles.hasByName(style):
            return None
        found = styles.getByName(style)
        own = str(found.getPropertyState(name).value) == "DIRECT_VALUE"
        return found.getPropertyValue(name) if own else None

    @property
    def fill_color(self) -> Color | None:
        """The fill of cells for which the rule holds."""
        return _color(self._look("CellBackColor"))

    @property
    def font_color(self) -> Color | None:
        """The colour of their font."""
        return _color(self._look("CharColor"))

    @property
    def font_bold(self) -> bool | None:
        """Whether it is bold; None where the rule says nothing about it."""
        weight = self._look("CharWeight")
        return None if weight is None else weight >= 150

    @property
    def font_italic(self) -> bool | None:
        """Whether it is italic; None where the rule says nothing about it."""
        posture = self._look("CharPosture")
        return None if posture is None else posture.value != "NONE"

    def set(self, changes: dict[str, Any]) -> None:
        """Change the named attributes."""
        entry = self.api
        looks = {name: getattr(self, name) for name in _LOOKS}
        formulas = {"formula1": "Formula1", "formula2": "Formula2", "formula": "Formula1"}
        area = min(area_at(address) for address in self._format().Range.RangeAddresses)
        position = self._cells.sheet.model.getCellByPosition(area.left - 1, area.top - 1).CellAddress
        for name, value in changes.items():
            if name == "operator":
                entry.Operator = _OPERATORS[value]
            elif name in formulas and value is not None:
                setattr(entry, formulas[name], _Grammar(self._cells).own(value, position))
        if any(name in changes for name in _LOOKS):
            before = entry.StyleName
            entry.StyleName = _style(self._cells, looks | {name: changes[name] for name in _LOOKS if name in changes})
            _drop_unused(self._cells, before)

    def delete(self) -> None:
        """Remove the rule wherever it applies, and its style where nothing else needs it."""
        found = self._format()
        entry = found.getByIndex(self._index)
        style = entry.StyleName if hasattr(entry, "StyleName") else ""
        if found.Count == 1:
            self._cells.sheet.model.ConditionalFormats.removeByID(self._number)
        else:
            found.removeByIndex(self._index)
        _drop_unused(self._cells, style)


@bridge.guarded
class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules that apply to any cell of a range, in the order in which they are evaluated."""

    def __init__(self, parent: "Range") -> None:
        self._cells = parent

    @property
    def api(self) -> Any:
        """UNO's conditional formats of the sheet."""
        return self._cells.sheet.model.ConditionalFormats

    @property
    def parent(self) -> "Range":
        """The range."""
        return self._cells

    def _rules(self) -> list[ConditionalFormat]:
        rules: list[ConditionalFormat] = []
        for each in sorted(self.api.getConditionalFormats(), key=lambda found: found.ID):
            if each.Range.queryIntersection(self._cells.model.RangeAddress).Count:
                rules += [ConditionalFormat(self._cells, each.ID, index) for index in range(each.Count)]
        return rules

    def __call__(self, key: int) -> ConditionalFormat:
        """The rule of that number, from 1."""
        rules = self._rules()
        if not isinstance(key, int) or not 1 <= key <= len(rules):
            raise KeyError(key)
        return rules[key - 1]

    def __len__(self) -> int:
        return len(self._rules())

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter(self._rules())

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and 1 <= key <= len(self)

    def _add(self, kind: int) -> tuple[ConditionalFormat, Any]:
        editable(self._cells)
        ranges = self._cells.sheet.book.model.createInstance("com.sun.star.sheet.SheetCellRanges")
        ranges.addRangeAddress(self._cells.model.RangeAddress, False)
        number = self.api.createByRange(ranges)
        rule = ConditionalFormat(self._cells, number, 0)
        rule._format().createEntry(kind, 0)
        return rule, rule.api

    def _add_condition(self, operator: int, spec: dict[str, Any], *formulas: str) -> ConditionalFormat:
        rule, entry = self._add(_CONDITION)
        entry.Operator = operator
        position = self._cells.model.getCellByPosition(0, 0).CellAddress
        grammar = _Grammar(self._cells)
        for name, formula in zip(("Formula1", "Formula2"), formulas, strict=False):
            setattr(entry, name, grammar.own(formula, position))
        entry.StyleName = _style(self._cells, {name: spec[name] for name in _LOOKS if spec.get(name) is not None})
        return rule

    def add_cell_value(self, spec: dict[str, Any]) -> ConditionalFormat:
        """Add a comparison of each cell's value."""
        formulas = [spec["formula1"]] + ([] if spec["formula2"] is None else [spec["formula2"]])
        return self._add_condition(_OPERATORS[spec["operator"]], spec, *formulas)

    def add_custom(self, spec: dict[str, Any]) -> ConditionalFormat:
        """Add a formula, written for the first cell."""
        return self._add_condition(_EXPRESSION, spec, spec["formula"])

    def add_data_bar(self, spec: dict[str, Any]) -> ConditionalFormat:
        """Add bars."""
        rule, entry = self._add(2)
        set_data_bar(entry, spec)
        return rule

    def add_color_scale(self, spec: dict[str, Any]) -> ConditionalFormat:
        """Not on LibreOffice."""
        raise bridge.not_available("ConditionalFormats.add_color_scale")

    def add_icon_set(self, spec: dict[str, Any]) -> ConditionalFormat:
        """Not on LibreOffice."""
        raise bridge.not_available("ConditionalFormats.add_icon_set")

    def clear(self) -> None:
        """Take the range out of every rule that applies to it; elsewhere the rules stay."""
        editable(self._cells)
        styles = {rule.api.StyleName for rule in self._rules() if hasattr(rule.api, "StyleName")}
        own = self._cells.model.RangeAddress
        for each in self.api.getConditionalFormats():
            ranges = each.Range
            touched = ranges.queryIntersection(own).RangeAddresses
            if not touched:
                continue
            for address in touched:
                ranges.removeRangeAddress(address)
            if ranges.Count:
                each.Range = ranges
            else:
                self.api.removeByID(each.ID)
        for style in styles:
            _drop_unused(self._cells, style)


def _color(number: int | None) -> Color | None:
    return None if number is None or number < 0 else rgb(number)


def _style(cells: "Range", looks: dict[str, Any]) -> str:
    """The name of the cell style with this look, which is made where the document does not have it."""
    looks = {name: value for name, value in looks.items() if value is not None}
    parts = [f"{name} {value}" for name, value in sorted(looks.items())]
    name = STYLE_PREFIX + (", ".join(parts) if parts else "plain")
    document = cells.sheet.book.model
    styles = document.StyleFamilies.getByName("CellStyles")
    if styles.hasByName(name):
        return name
    styles.insertByName(name, document.createInstance("com.sun.star.style.CellStyle"))
    style = styles.getByName(name)
    if "fill_color" in looks:
        style.CellBackColor = color_number(looks["fill_color"])
    font = Font(None, style)
    for attribute in ("color", "bold", "italic"):
        if f"font_{attribute}" in looks:
            setattr(font, attribute, looks[f"font_{attribute}"])
    return name


def _drop_unused(cells: "Range", name: str) -> None:
    """Remove a style that was made here and that no rule needs any more."""
    document = cells.sheet.book.model
    styles = document.StyleFamilies.getByName("CellStyles")
    if not name.startswith(STYLE_PREFIX) or not styles.hasByName(name):
        return
    for sheet in document.Sheets:
        for each in sheet.ConditionalFormats.getConditionalFormats():
            for index in range(each.Count):
                if getattr(each.getByIndex(index), "StyleName", "") == name:
                    return
    styles.removeByName(name)
