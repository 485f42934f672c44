"""合并单元格下面压着看不见的值。

## 检查什么
自评表所在工作表的合并区域里，除左上角以外的格存有内容。文字与左上角相同的不报告；数字即使相同也报告，因为求和时会多
算。每个合并区域报一次。

## 为什么
被压住的值打印和预览都看不见，公式却照样读到它，接收系统按格读取时也会读到。通常是用格式刷或程序合并造成的。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

第二行“60”与下一行合并，而下一行的格里还存着 `40`。

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
ECMA-376 第 1 部分 18.3.1.55：合并区域只显示左上角单元格。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.sheets.grid import Grid, address

RULE = Rule(code="F016", name="covered-value", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Find values under merged areas on the sheets that hold the form."""
    if form.grid.source == "docx":
        yield not_checked(RULE, "reasons.no_covered_cells")
        return
    names = dict.fromkeys([form.grid.sheet, *(figure.sheet for _, figure in form.evaluation.figures())])
    for grid in filter(None, map(form.book.grid, names)):
        yield from _covered(grid)


def _covered(grid: Grid) -> Iterator[Outcome]:
    hidden: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        area = grid.area(row, column)
        if (row, column) == (area.top, area.left) or cell.kind == "blank" or not cell.text.strip():
            continue
        if cell.kind == "text" and cell.text.strip() == grid.text(area.top, area.left):
            continue
        hidden.setdefault((area.top, area.left), []).append((row, column))
    for (top, left), places in hidden.items():
        row, column = places[0]
        yield finding(
            RULE,
            None,
            "rules_f.F016",
            label=grid.text(top, left) or address(top, left),
            found=grid.cells[row, column].text,
            sheet=grid.sheet,
            row=row,
            column=column,
            shown=address(top, left),
            cells="、".join(address(*place) for place in places[:5]),
            count=len(places),
        )
