"""公式存的结果与重新计算的结果不一致。

## 检查什么
用文件里存的数把公式重新计算一遍，与公式格里存的结果比较。自评表本身逐格报告，与它相互引用的其他工作表每张报一次；公式没有
存结果的，每张工作表报一次。只在末几位不同的（二进制误差）不算；按单元格格式显示出来相同的，只提示。随时间变化的函数（NOW、
TODAY 等）、引用其他工作簿的公式、不支持的函数和结果为错误值的公式不比较，列入未核对。

## 为什么
预览、手机、受保护的视图和接收系统读的都是存的结果，不重新计算。用程序改过数、或者关闭了自动重算，存的结果就是旧的：打开
看是一个数，导入的是另一个数。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | =ROUND(C2/B2*100,2) -> 100 |
| 群众满意度 | 40 | 36 | =ROUND(C3/B3*100,2) -> 90 |
| 合计 | 100 | =SUM(C2:C3) -> 95 | |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | =ROUND(C2/B2*100,2) -> 100 |
| 群众满意度 | 40 | 36 | =ROUND(C3/B3*100,2) -> 90 |
| 合计 | 100 | =SUM(C2:C3) -> 96 | |

## 依据
ECMA-376 第 1 部分 18.3.1.96：单元格的值是公式最近一次计算的结果。
"""

from collections.abc import Iterator
from decimal import Decimal

from xltools.calculation import SheetGroup, Stale, plain_value
from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import place_label
from xltools.sheets.grid import address
from xltools.sheets.numberformats import number_format, plain

RULE = Rule(code="F008", name="stale-value", severity="error")

_NAMED = 5
_LONGEST_FORMULA = 60


def check(form: Form) -> Iterator[Outcome]:
    """Compare the stored result of every formula with what it computes to."""
    if form.grid.source in ("docx", "xls"):
        yield not_checked(RULE, f"reasons.no_formulas_{form.grid.source}")
        return
    sheets = [grid.sheet for grid in form.grids if any(cell.formula for cell in grid.cells.values())]
    done: list[SheetGroup] = []
    for sheet in sheets:
        group = form.calculation.group(sheet)
        if any(group is other for other in done) or not form.own_sheets & {grid.sheet for grid in group.grids}:
            continue
        done.append(group)
        stale = [found for found in group.stale if found.sheet in sheets]
        if group.refusal:
            yield not_checked(RULE, "reasons.engine_refuses", reason=group.refusal)
            continue
        yield from _report(form, stale)
        left = [f"{name}!{address(row, column)}" for name, row, column in sorted(group.left_out) if name in sheets]
        if left:
            names = "、".join(left[:_NAMED])
            yield not_checked(RULE, "reasons.not_recalculated", count=len(left), cells=names)


def _report(form: Form, stale: list[Stale]) -> Iterator[Outcome]:
    for sheet in dict.fromkeys(found.sheet for found in stale):
        here = [found for found in stale if found.sheet == sheet]
        missing = [found for found in here if found.missing]
        differing = [found for found in here if not found.missing]
        if missing:
            yield _together(form, missing, "rules_f.F008.missing")
        if sheet in form.own_sheets:
            for found in differing:
                yield _one(form, found)
        elif differing:
            yield _together(form, differing, "rules_f.F008.sheet")


def _one(form: Form, stale: Stale) -> Outcome:
    cell = stale.cell
    found, expected = cell.text, _shown(stale)
    invisible = found == expected
    if invisible:
        found, expected = (_exact(value) for value in (plain_value(cell, date1904=form.book.date1904), stale.computed))
    formula = cell.formula or ""
    return finding(
        RULE,
        None,
        "rules_f.F008.invisible" if invisible else "rules_f.F008",
        label=place_label(form, stale.sheet, cell.row, cell.column),
        found=found,
        expected=expected,
        severity="notice" if invisible else None,
        sheet=stale.sheet,
        row=cell.row,
        column=cell.column,
        formula=formula if len(formula) <= _LONGEST_FORMULA else formula[: _LONGEST_FORMULA - 1] + "…",
    )


def _together(form: Form, stale: list[Stale], key: str) -> Outcome:
    first = stale[0]
    places = [address(found.cell.row, found.cell.column) for found in stale]
    return finding(
        RULE,
        None,
        key,
        label=place_label(form, first.sheet, first.cell.row, first.cell.column),
        found=first.cell.text or None,
        expected=_shown(first),
        sheet=first.sheet,
        row=first.cell.row,
        column=first.cell.column,
        count=len(stale),
        cells="、".join(places[:_NAMED]) + ("…" if len(places) > _NAMED else ""),
        first=places[0],
    )


def _shown(stale: Stale) -> str:
    """The computed result as the application would show it in its cell."""
    if not isinstance(stale.computed, Decimal):
        return _exact(stale.computed)
    form = number_format(stale.cell.number_format)
    return plain(stale.computed) if form.sort == "general" or form.is_date else form.show(stale.computed)


def _exact(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return plain(value) if isinstance(value, Decimal) else str(value)
