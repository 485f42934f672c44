"""隐藏的行、列或工作表里有内容。

## 检查什么
自评表里隐藏的行、列和隐藏的工作表，是否存有内容。相连的隐藏行（列）合并报一次。下列情形不报告：隐藏的部分是空的，或只有模板
提示；只为下拉选项提供内容的隐藏工作表；与所用模板（--template）的隐藏部分相同的；WPS 自用的隐藏工作表。

## 为什么
隐藏的内容打印和预览看不见，却照样参加求和，也会被接收系统读到：常见的是把上年的行或多余的指标隐藏了事，合计因此与看得见
的数对不上。

## 错误示例
隐藏行：3

| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 信息采集完成率 | 20 | 20 | 100% |
| 群众满意度 | 20 | 20 | 100% |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 信息采集完成率 | 20 | 20 | 100% |
| 群众满意度 | 20 | 20 | 100% |

## 依据
ECMA-376 第 1 部分 18.3.1.73、18.3.1.13、18.2.19（hidden）：隐藏只影响显示，不影响取值。
"""

import re
from collections.abc import Iterable, Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.figures import is_blank
from xltools.sheets.grid import Cell, Grid, address, column_letters

RULE = Rule(code="F013", name="hidden-content", severity="warning")

_WORD = re.compile(r"\w")
_RESERVED = ("wpsreserved", "_xl", "xl_")
"""How the sheets are called that WPS and Excel's add-ins keep for themselves."""


def check(form: Form) -> Iterator[Outcome]:
    """Find hidden rows, columns and sheets that hold something."""
    if form.grid.source == "docx":
        yield not_checked(RULE, "reasons.nothing_hidden")
        return
    prompts = {(prompt.sheet, prompt.row, prompt.column) for prompt in form.evaluation.prompts}
    for grid in form.grids:
        issued = form.template.book.grid(grid.sheet) if form.template else None
        cells = [
            cell for cell in grid.cells.values() if _tells(cell) and (grid.sheet, cell.row, cell.column) not in prompts
        ]
        if grid.state != "visible":
            if cells and not _serves(form, grid) and (issued is None or issued.state == "visible"):
                yield _sheet(grid, cells)
            continue
        rows = grid.hidden_rows - (issued.hidden_rows if issued else frozenset())
        columns = grid.hidden_columns - (issued.hidden_columns if issued else frozenset())
        for first, last in _runs(rows & {cell.row for cell in cells}, rows):
            inside = [cell for cell in cells if first <= cell.row <= last]
            yield _lines(grid, inside, "rules_f.F013.rows", str(first), str(last))
        for first, last in _runs(columns & {cell.column for cell in cells}, columns):
            inside = [cell for cell in cells if first <= cell.column <= last and cell.row not in grid.hidden_rows]
            if inside:
                yield _lines(grid, inside, "rules_f.F013.columns", column_letters(first), column_letters(last))


def _tells(cell: Cell) -> bool:
    """Whether a cell holds more than nothing, dashes or dots, or a formula that shows nothing."""
    return cell.kind != "blank" and not is_blank(cell.text) and (cell.kind != "text" or bool(_WORD.search(cell.text)))


def _serves(form: Form, grid: Grid) -> bool:
    """Whether a sheet gives validations their lists, or belongs to the application itself."""
    if grid.sheet.lower().startswith(_RESERVED):
        return True
    marks = (f"{grid.sheet}!", f"{grid.sheet.replace(chr(39), chr(39) * 2)}'!")
    names = {
        name.rpartition("!")[2].lower()
        for name, meaning in form.book.defined_names.items()
        if any(mark in meaning for mark in marks)
    }
    formulas = [
        formula
        for other in form.book.grids
        for validation in other.validations
        for formula in (validation.formula1, validation.formula2)
        if formula
    ]
    return any(
        any(mark in formula for mark in marks) or formula.removeprefix("=").lower() in names for formula in formulas
    )


def _runs(wanted: Iterable[int], hidden: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The stretches of neighbouring hidden lines that hold something."""
    lines = set(hidden)
    last = 0
    for line in sorted(wanted):
        if line <= last:
            continue
        first = last = line
        while first - 1 in lines:
            first -= 1
        while last + 1 in lines:
            last += 1
        yield first, last


def _lines(grid: Grid, cells: list[Cell], key: str, first: str, last: str) -> Outcome:
    cell = min(cells, key=lambda cell: (cell.row, cell.column))
    place = first if first == last else f"{first}–{last}"
    return finding(
        RULE,
        None,
        key,
        label=f"{grid.sheet} {place}",
        found=" ".join(cell.text.split()),
        sheet=grid.sheet,
        row=cell.row,
        column=cell.column,
        lines=place,
        count=len(cells),
        first=address(cell.row, cell.column),
    )


def _sheet(grid: Grid, cells: list[Cell]) -> Outcome:
    cell = min(cells, key=lambda cell: (cell.row, cell.column))
    return finding(
        RULE,
        None,
        "rules_f.F013.sheet",
        label=grid.sheet,
        found=" ".join(cell.text.split()),
        sheet=grid.sheet,
        row=cell.row,
        column=cell.column,
        count=len(cells),
        first=address(cell.row, cell.column),
    )
