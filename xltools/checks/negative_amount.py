"""预算、执行、结转金额为负数。

## 检查什么
年初预算数、全年预算数、全年执行数、上年结转、年末结转结余小于 0 的报告。年中调整数可以为负（调减），不报告。

## 为什么
预算数和执行数没有负数。负数多半是把调减数填进了预算数，或用红字冲账，接收系统会拒收；结转结余为负即超支。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 43.2 | 43.2 | -41.04 | -95% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 43.2 | 43.2 | 41.04 | 95% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 依据
财预〔2020〕10号所附项目支出绩效自评表：各栏为预算安排数和支出数。
"""

from collections.abc import Iterator

from xltools.checks.amounts import unreadable
from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import Skipped, row_label
from xltools.money import AMOUNTS, amount

RULE = Rule(code="B109", name="negative-amount", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Find amounts below zero."""
    evaluation = form.evaluation
    rows = (*evaluation.budget, *evaluation.balance)
    if not rows:
        yield not_checked(RULE, "reasons.no_budget")
        return
    skipped = Skipped(RULE)
    filled = False
    for row in rows:
        figures = [(name, getattr(row, name)) for name in AMOUNTS if name != "adjustment"]
        if any(unreadable(figure) for _, figure in figures):
            skipped.add("reasons.budget_unreadable")
        for name, figure in figures:
            money = amount(evaluation, figure)
            filled |= money is not None
            if money is not None and money.exact is not None and money.exact < 0:
                yield finding(RULE, figure, "rules_b.B109", label=row_label(evaluation, row, name), expected="≥0")
    if not filled:
        skipped.add("reasons.budget_all_blank")
    yield from skipped.outcomes()
