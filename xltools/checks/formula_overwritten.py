"""公式被改成了固定的数。

## 检查什么
不用模板时：一格（或相连几格）是固定的数或文字，而同一列紧邻的上一行和下一行都是同样写法的公式，报为提醒；这些格本身被邻
行公式引用的（小计等）不算，“—”“无”也不算。用 --template 指定模板时：模板里是公式的格，现在是固定的内容、没有引用任何
格的公式，或被清空，报为错误。

## 为什么
手填的数不再随预算数、得分变化：以后改了别处，这一格不会跟着变，合计就对不上。接收系统和“自动校验”也按公式核对。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 40 | 40 | =C2/B2 -> 100% |
| 信息采集完成率 | 20 | 20 | 100% |
| 群众满意度 | 40 | 40 | =C4/B4 -> 100% |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 40 | 40 | =C2/B2 -> 100% |
| 信息采集完成率 | 20 | 20 | =C3/B3 -> 100% |
| 群众满意度 | 40 | 40 | =C4/B4 -> 100% |

## 依据
自评表模板的填写说明：由公式计算的栏目不必填写，也不要改写。
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import NONE_WORDS, place_label, references
from xltools.figures import fold, is_blank
from xltools.ooxml.formulas import translate
from xltools.sheets.grid import Cell, Grid, address, area_of

if TYPE_CHECKING:
    from xltools.checks.alignment import SheetMatch

RULE = Rule(code="F009", name="formula-overwritten", severity="warning")

Lines = dict[int, Cell]
"""One column's cells by their row."""


def check(form: Form) -> Iterator[Outcome]:
    """Find constants where the template, or the rows around, hold a formula."""
    if form.grid.source in ("docx", "xls"):
        yield not_checked(RULE, f"reasons.no_formulas_{form.grid.source}")
        return
    comparison = form.comparison
    for grid in form.grids:
        match = comparison.match(grid.sheet) if comparison else None
        if match is None:
            yield from _against_neighbours(form, grid)
        elif match.template.source == "xls":
            yield not_checked(RULE, "reasons.no_formulas_xls")
        else:
            yield from _against_template(form, match)


def _against_template(form: Form, match: "SheetMatch") -> Iterator[Outcome]:
    grid = match.grid
    for (row, column), issued in match.template.cells.items():
        place = match.place(row, column) if issued.formula else None
        if place is None:
            continue
        cell = grid.cell(*place)
        if cell is not None and cell.formula and next(references(cell.formula, grid.sheet), None) is not None:
            continue
        formula = translate((issued.formula or "")[1:], place[0] - row, place[1] - column)
        yield finding(
            RULE,
            None,
            "rules_f.F009.template" if cell else "rules_f.F009.removed",
            label=place_label(form, grid.sheet, *place),
            found=(cell.formula or cell.text) if cell else None,
            expected=f"={formula}",
            severity="error",
            sheet=grid.sheet,
            row=place[0],
            column=place[1],
            formula=_short(f"={formula}"),
        )


def _against_neighbours(form: Form, grid: Grid) -> Iterator[Outcome]:
    columns: dict[int, Lines] = {}
    for (row, column), cell in grid.cells.items():
        columns.setdefault(column, {})[row] = cell
    for column, cells in columns.items():
        if not any(cell.formula for cell in cells.values()):
            continue
        for run, formula in _overwritten(grid, column, dict(sorted(cells.items()))):
            for cell in run:
                wanted = translate(formula, cell.row - run[0].row, 0)
                yield finding(
                    RULE,
                    None,
                    "rules_f.F009",
                    label=place_label(form, grid.sheet, cell.row, column),
                    found=cell.text,
                    expected=f"={wanted}",
                    sheet=grid.sheet,
                    row=cell.row,
                    column=column,
                    formula=_short(f"={wanted}"),
                    above=address(run[0].row - 1, column),
                    below=address(run[-1].row + 1, column),
                )


def _overwritten(grid: Grid, column: int, cells: Lines) -> Iterator[tuple[list[Cell], str]]:
    """Runs of constants between formulas of one shape, with the formula of the run's first row."""
    waiting = list(cells)
    while waiting:
        run = [cells[waiting.pop(0)]]
        if not _constant(run[0]) or not _single(grid, run[0]):
            continue
        while waiting and waiting[0] == run[-1].row + 1 and _constant(cells[waiting[0]]):
            run.append(cells[waiting.pop(0)])
        first, last = run[0].row, run[-1].row
        above, below = cells.get(first - 1), cells.get(last + 1)
        if above is None or below is None or not above.formula or not below.formula:
            continue
        formula = translate(above.formula[1:], 1, 0)
        if formula != translate(below.formula[1:], first - below.row, 0):
            continue
        alike = _alike(cells, above, -1) + _alike(cells, below, 1)
        if alike >= max(2, len(run)) and not any(_reads(other, run, grid.sheet) for other in (above, below)):
            yield run, formula


def _constant(cell: Cell) -> bool:
    return cell.formula is None and not is_blank(cell.text) and fold(cell.text) not in NONE_WORDS


def _single(grid: Grid, cell: Cell) -> bool:
    area = grid.area(cell.row, cell.column)
    return area.top == area.bottom == cell.row and area.left == cell.column


def _alike(cells: Lines, cell: Cell, step: int) -> int:
    """How many neighbouring rows from a cell on hold its formula."""
    formula, row, count = cell.formula or "", cell.row, 0
    while (other := cells.get(row)) is not None and other.formula == translate(formula, row - cell.row, 0):
        count += 1
        row += step
    return count


def _reads(cell: Cell, run: list[Cell], sheet: str) -> bool:
    """Whether a formula reads one of the constants: then they are its inputs, as under a subtotal."""
    for owner, reference in references(cell.formula or "", sheet):
        area = area_of(reference)
        if owner == sheet and any(area.covers(other.row, other.column) for other in run):
            return True
    return False


def _short(formula: str, limit: int = 60) -> str:
    return formula if len(formula) <= limit else formula[: limit - 1] + "…"
