"""定量指标没有计量单位。

## 检查什么
表中有计量单位列，而定量指标（指标性质写“定量”或 ≥、≤、= 等符号，或指标值是数字）的计量单位空白。单位已写在指标值、
完成值里（`12次`、`95%`）或写在指标名称末尾括号里的，不报。

## 为什么
只有数字没有单位，`95` 是 95% 还是 95 次，读表的人和汇总的系统都只能猜。

## 错误示例
| 指标名称 | 计量单位 | 指标值 | 完成值 | 权重 | 得分 |
| 受理问题结案率 | % | 95 | 96 | 60 | 60 |
| 组织宣传活动 |  | 40 | 43 | 40 | 40 |

## 正确示例
| 指标名称 | 计量单位 | 指标值 | 完成值 | 权重 | 得分 |
| 受理问题结案率 | % | 95 | 96 | 60 | 60 |
| 组织宣传活动 | 次 | 40 | 43 | 40 | 40 |

## 依据
自评表设有“计量单位（度量单位）”栏，定量指标应逐项填写；只作提示。
"""

import re
from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import term
from xltools.checks.targets import TARGETS, lacks_column, place_of, printed, quantitative, with_column
from xltools.evaluation import Indicator
from xltools.figures import fold

RULE = Rule(code="V103", name="unit-missing", severity="notice")

_UNIT_IN_NAME = re.compile(r"\([^()\d]{1,8}\)$")


def check(form: Form) -> Iterator[Outcome]:
    """Report the quantitative rows whose figures have no unit anywhere."""
    evaluation = form.evaluation
    yield from lacks_column(RULE, evaluation, "unit")
    for row in with_column(evaluation, "unit"):
        if row.detail or printed(row, "unit") or not quantitative(row) or _has_unit(row):
            continue
        figure = printed(row, *TARGETS, "actual")
        if figure is None:
            continue
        sheet, line, column = place_of(evaluation, row, "unit")
        label = indicator_label(row, term(evaluation, "indicators", "unit"))
        yield finding(RULE, None, "rules_v.V103", label=label, sheet=sheet, row=line, column=column, figure=figure.text)


def _has_unit(row: Indicator) -> bool:
    figures = (printed(row, name) for name in (*TARGETS, "actual"))
    if any(figure is not None and (figure.unit or figure.value is None) for figure in figures):
        return True
    return row.name is not None and _UNIT_IN_NAME.search(fold(row.name.text)) is not None
