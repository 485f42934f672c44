"""填的内容不符合该格自己的数据有效性规则。

## 检查什么
设有数据有效性（下拉选项、整数、小数、日期、时间、文本长度、自定义公式）的格，填的内容是否符合规则。规则引用的格为空、空白格和公式
格不查；规则出错警告不是“停止”的（警告、信息或没有勾选），报为提醒；规则无法计算的列入未核对。

## 为什么
直接键入时 Excel 会拦住不合规的内容，粘贴和程序写入却不会。选项外的写法（“是的”）和超出范围的数，接收系统一样会退回。

## 错误示例
有效性 E2:E3：是,否

| 指标名称 | 权重 | 得分 | 得分率 | 是否核心指标 |
| 受理问题结案率 | 60 | 60 | 100% | 是 |
| 群众满意度 | 40 | 40 | 100% | 核心 |

## 正确示例
有效性 E2:E3：是,否

| 指标名称 | 权重 | 得分 | 得分率 | 是否核心指标 |
| 受理问题结案率 | 60 | 60 | 100% | 是 |
| 群众满意度 | 40 | 40 | 100% | 否 |

## 依据
ECMA-376 第 1 部分 18.3.1.32（dataValidation）；下发模板中该格的有效性规则。
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from xltools.calculation import near, plain_value
from xltools.calculation_engine import Result
from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import Skipped, place_label
from xltools.figures import parse, plain
from xltools.ooxml.formulas import translate
from xltools.ooxml.sheet_index import areas_of
from xltools.sheets.grid import Area, Cell, Grid, Validation, position, unquoted

RULE = Rule(code="F012", name="validation-violated", severity="error")

_NUMERIC = frozenset({"whole", "decimal", "date", "time", "textLength"})
_SHOWN_CHOICES = 8


class _UnknownRuleError(Exception):
    """A validation's rule cannot be worked out here."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A guarded cell, and where it stands in the areas that the validation's formulas are written for."""

    form: Form
    grid: Grid
    cell: Cell
    validation: Validation

    @property
    def shift(self) -> tuple[int, int]:
        """Rows and columns from the cell that the formulas are written for: the top left one of all areas."""
        top = min(area.top for area in self.validation.areas)
        left = min(area.left for area in self.validation.areas)
        return self.cell.row - top, self.cell.column - left


def check(form: Form) -> Iterator[Outcome]:
    """Hold every filled cell against the validation that guards it."""
    if form.grid.source in ("docx", "xls"):
        yield not_checked(RULE, f"reasons.no_validations_{form.grid.source}")
        return
    skipped = Skipped(RULE)
    labels = _labels(form)
    for grid in form.grids:
        typed = list(_typed(grid)) if grid.validations else []
        for validation in grid.validations:
            if validation.type in ("none", ""):
                continue
            for cell in typed:
                if not any(area.covers(cell.row, cell.column) for area in validation.areas):
                    continue
                # A validation that lies over a label got there when rows were moved: that is F011's business.
                if (grid.sheet, cell.row, cell.column) in labels:
                    continue
                place = _Place(form, grid, cell, validation)
                try:
                    broken = not _admits(place)
                except _UnknownRuleError:
                    skipped.add("reasons.validation_unknown")
                    continue
                if broken:
                    yield _finding(place)
    yield from skipped.outcomes()


def _labels(form: Form) -> set[tuple[str, int, int]]:
    """The cells that hold labels, as the form was recognised and as the template has them."""
    found = {(label.sheet, label.row, label.column) for label in form.evaluation.columns}
    for match in form.comparison.matches if form.comparison else ():
        places = (match.place(*place) for place in match.labels)
        found |= {(match.grid.sheet, *place) for place in places if place}
    return found


def _typed(grid: Grid) -> Iterator[Cell]:
    """The cells that hold something typed; a merged area counts by its first cell."""
    for (row, column), cell in grid.cells.items():
        if cell.kind not in ("blank", "error") and cell.formula is None and cell.text.strip():
            area = grid.area(row, column)
            if (area.top, area.left) == (row, column):
                yield cell


def _admits(place: _Place) -> bool:
    """Whether the validation accepts the cell; raises _UnknownRuleError where that cannot be told."""
    validation = place.validation
    if validation.type == "list":
        choices = _choices(place)
        return choices is None or _chosen(place.cell, choices)
    if validation.type == "custom":
        verdict = _value(place, validation.formula1)
        if verdict is None or isinstance(verdict, str):
            raise _UnknownRuleError
        return bool(verdict)
    if validation.type not in _NUMERIC:
        raise _UnknownRuleError
    return _within(place)


def _within(place: _Place) -> bool:
    validation = place.validation
    value = _measured(place)
    bounds = [_value(place, validation.formula1)]
    if (validation.operator or "between") in ("between", "notBetween"):
        bounds.append(_value(place, validation.formula2))
    if any(bound is None or bound == "" for bound in bounds):
        # Excel takes a bound in a blank cell for no bound at all.
        return True
    if not all(isinstance(bound, Decimal) for bound in bounds):
        raise _UnknownRuleError
    if value is None or (validation.type == "whole" and value != value.to_integral_value()):
        return False
    first = bounds[0]
    last = bounds[-1]
    assert isinstance(first, Decimal)
    assert isinstance(last, Decimal)
    inside = (first <= value or near(first, value)) and (value <= last or near(value, last))
    tests = {
        "between": inside,
        "notBetween": not inside,
        "equal": near(value, first),
        "notEqual": not near(value, first),
        "greaterThan": value > first and not near(value, first),
        "lessThan": value < first and not near(value, first),
        "greaterThanOrEqual": value >= first or near(value, first),
        "lessThanOrEqual": value <= first or near(value, first),
    }
    if (validation.operator or "between") not in tests:
        raise _UnknownRuleError
    return tests[validation.operator or "between"]


def _measured(place: _Place) -> Decimal | None:
    """What a numeric rule compares: a number, a date's serial number, or a text's length; None for a mere text.

    A number stored as text counts as the number: that it is a text is F005's business.
    """
    cell = place.cell
    if place.validation.type == "textLength":
        return Decimal(len(cell.text))
    value = plain_value(cell, date1904=place.form.book.date1904)
    if isinstance(value, str):
        found = parse(value)
        return found.number if found.number is not None and not found.sign and not found.unit else None
    return value if isinstance(value, Decimal) else None


def _value(place: _Place, formula: str | None) -> Result:
    """What a validation's formula gives for a cell; None where it reads a blank cell.

    Raises _UnknownRuleError where that cannot be told.
    """
    if not formula:
        raise _UnknownRuleError
    text = formula.strip().removeprefix("=").strip()
    try:
        return Decimal(text)
    except InvalidOperation:
        pass
    text = translate(text, *place.shift)
    own = _single_cell(place, text)
    if own is not None:
        cell = own[0].cell(*own[1])
        if cell is not None and cell.kind == "error":
            raise _UnknownRuleError
        return plain_value(cell, date1904=place.form.book.date1904) if cell else None
    computed = place.form.calculation.group(place.grid.sheet).value(place.grid.sheet, text)
    if computed is None:
        raise _UnknownRuleError
    return computed


def _single_cell(place: _Place, text: str) -> tuple[Grid, tuple[int, int]] | None:
    sheet, reference = _split(text)
    grid = place.form.book.grid(sheet) if sheet else place.grid
    try:
        where = position(reference)
    except ValueError:
        return None
    return (grid, where) if grid else None


def _split(text: str) -> tuple[str, str]:
    """Sheet (empty for the formula's own) and the rest of a reference."""
    sheet, mark, reference = text.rpartition("!")
    return (unquoted(sheet), reference) if mark else ("", text)


def _choices(place: _Place) -> Sequence[Cell | str] | None:
    """The entries of a list; None where anything is accepted. Raises _UnknownRuleError where they cannot be told."""
    formula = (place.validation.formula1 or "").strip().removeprefix("=").strip()
    if not formula:
        raise _UnknownRuleError
    if formula.startswith('"') and formula.endswith('"') and len(formula) > 1:
        return [choice.strip() for choice in formula[1:-1].replace('""', '"').split(",")]
    names = {name.lower(): meaning for name, meaning in place.form.book.defined_names.items()}
    named = names.get(f"{place.grid.sheet}!{formula}".lower()) or names.get(formula.lower())
    sheet, reference = _split(translate((named or formula).removeprefix("="), *((0, 0) if named else place.shift)))
    grid = place.form.book.grid(sheet) if sheet else place.grid
    area = _area(reference)
    if grid is None or area is None:
        raise _UnknownRuleError
    cells = [cell for where, cell in sorted(grid.cells.items()) if area.covers(*where) and cell.kind != "blank"]
    size = (min(area.bottom, grid.bounds[0]) - area.top + 1) * (min(area.right, grid.bounds[1]) - area.left + 1)
    # Excel's own oddity: a named range with a blank in it, and blanks ignored, lets everything pass.
    if named and place.validation.allow_blank and (len(cells) < size or area.bottom > grid.bounds[0]):
        return None
    return cells


def _area(reference: str) -> Area | None:
    found = areas_of(reference)
    return found[0] if found else None


def _chosen(cell: Cell, choices: Sequence[Cell | str]) -> bool:
    value = plain_value(cell)
    for choice in choices:
        other: Result = choice if isinstance(choice, str) else plain_value(choice)
        text = choice if isinstance(choice, str) else choice.text
        if cell.text.strip().casefold() == text.strip().casefold():
            return True
        if isinstance(value, Decimal) and isinstance(other, str) and parse(other).number is not None:
            other = parse(other).number
        if isinstance(value, Decimal) and isinstance(other, Decimal) and near(value, other):
            return True
    return False


def _finding(place: _Place) -> Outcome:
    cell, validation = place.cell, place.validation
    expected, key = _wanted(place)
    return finding(
        RULE,
        None,
        key,
        label=place_label(place.form, place.grid.sheet, cell.row, cell.column),
        found=cell.text,
        expected=expected,
        severity=None if validation.alert == "stop" else "warning",
        sheet=place.grid.sheet,
        row=cell.row,
        column=cell.column,
    )


def _wanted(place: _Place) -> tuple[str, str]:
    """What the validation asks for, in words, and the message's key."""
    validation = place.validation
    if validation.type == "list":
        texts = [choice if isinstance(choice, str) else choice.text for choice in _choices(place) or ()]
        shown = "、".join(texts[:_SHOWN_CHOICES]) + ("…" if len(texts) > _SHOWN_CHOICES else "")
        return shown, "rules_f.F012.list"
    if validation.type == "custom":
        return translate((validation.formula1 or "").removeprefix("="), *place.shift), "rules_f.F012.custom"
    from xltools.texts import say

    first = _bound(place, validation.formula1)
    last = _bound(place, validation.formula2) if validation.formula2 else ""
    operator = validation.operator or "between"
    words = say(f"rules_f.operator.{operator}", first=first, last=last)
    return words, f"rules_f.F012.{validation.type}"


def _bound(place: _Place, formula: str | None) -> str:
    value = _value(place, formula)
    if not isinstance(value, Decimal):
        return str(value)
    if place.validation.type in ("date", "time"):
        from xltools.sheets.numberformats import moment

        meant: datetime | date | time | None = moment(value, place.form.book.date1904)
        return str(meant) if meant is not None else plain(value)
    return plain(value)
