"""执行率低于规定的界线，却没有说明原因。

## 检查什么
执行率（有金额的按金额计算，否则取所填执行率，`76%`、`79.27`、`0.76` 都认）低于评分办法规定的界线（默认 90 %），而资
金行的原因栏、表下说明、指标的偏差原因中都没有谈到资金执行的文字。一张表只报一次；没有总额行、逐项列任务的表，逐项看
该项自己的原因栏。所填执行率四舍五入后不低于界线的为提示。总额行空着的由 B103 报告。

## 为什么
执行率偏低必须说明原因，接收系统拒收没有原因的扣分。四川的表明文要求“预算执行率低于 90% 的说明原因”。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 43.2 | 43.2 | 32.83 | 76% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 43.2 | 43.2 | 32.83 | 76% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 | 质保金未到支付期，结转下年支付 |

## 依据
四川省部门预算项目支出绩效自评表（510000_0013zp）“原因”栏：执行率低于 90% 的说明原因；界线可在评分办法文件中改。
"""

from collections.abc import Iterator

from xltools.checks.amounts import has_slip, rate_text, total_left_empty
from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import row_label
from xltools.evaluation import BudgetRow
from xltools.figures import plain
from xltools.judging import execution_reason, says_something
from xltools.money import amount, budget_column
from xltools.scoring import printed_rate, rate_of

RULE = Rule(code="B113", name="low-execution-unexplained", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Look for a reason where the execution rate is low."""
    evaluation = form.evaluation
    row = evaluation.execution_row()
    if row is None:
        yield not_checked(RULE, "reasons.no_budget")
    elif evaluation.total_rows() or row.score is not None:
        yield from _check(form, row, explained=execution_reason(evaluation) is not None)
    else:
        # A list of tasks without a total: each has its own rate, and its own cell for the reason where there is one.
        own = any(task.note is not None for task in evaluation.budget) or evaluation.has("budget", "note")
        common = execution_reason(evaluation) is not None
        outcomes = [
            outcome
            for task in evaluation.budget
            for outcome in _check(form, task, explained=_noted(task) if own else common)
        ]
        yield from dict.fromkeys(outcomes)


def _noted(row: BudgetRow) -> bool:
    return row.note is not None and says_something(row.note.text)


def _check(form: Form, row: BudgetRow, *, explained: bool) -> Iterator[Outcome]:
    evaluation, line = form.evaluation, form.policy.low_execution.value
    if total_left_empty(evaluation, row):
        yield not_checked(RULE, "reasons.total_row_empty", count=1)
        return
    if has_slip(evaluation, row):
        yield not_checked(RULE, "reasons.unit_slip", count=1)
        return
    printed = printed_rate(evaluation, row).value
    computed = rate_of(evaluation, row).value
    percent = printed if computed is None else computed
    column = budget_column(evaluation)
    amounts = [amount(evaluation, figure) for figure in (getattr(row, column) if column else None, row.executed)]
    if all(money is not None and not money.exact for money in amounts):
        yield not_checked(RULE, "reasons.zero_by_zero", count=1)
        return
    if percent is None:
        yield not_checked(RULE, "reasons.no_execution_rate")
        return
    if percent >= line or explained:
        return
    where = row.rate if row.rate is not None else row.executed
    yield finding(
        RULE,
        where,
        "rules_b.B113",
        label=row_label(evaluation, row, "rate"),
        found=row.rate.text if row.rate is not None else rate_text(percent),
        expected=f"≥{plain(line)}%",
        severity="notice" if printed is not None and printed >= line else None,
        percent=rate_text(percent),
        line=plain(line),
    )
