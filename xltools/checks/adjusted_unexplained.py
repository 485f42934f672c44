"""全年预算数与年初预算数不同，表上没有说明。

## 检查什么
总额行的年初预算数与全年（调整）预算数不相等，而资金行的原因栏、表下说明和各指标的偏差原因都没有谈到资金。总额行金额
空着的看分项行。是提示，不影响通过。

## 为什么
追加、调减要有依据。四川的表明文要求“凡有追加、调减均需说明”，审核时总要再问一次。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 50 | 43.2 | 43.2 | 100% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 50 | 43.2 | 43.2 | 100% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 | 年中调减预算6.8万元 |

## 依据
四川省部门预算项目支出绩效自评表（510000_0013zp）“原因”栏的填写要求；其他地区为惯例。
"""

from collections.abc import Iterator

from xltools.checks.amounts import has_slip, unreadable
from xltools.checks.base import Form, Outcome, Rule, column_label, finding, not_checked
from xltools.checks.cells import Skipped, row_label
from xltools.figures import plain
from xltools.judging import execution_reason
from xltools.money import amount

RULE = Rule(code="B112", name="adjusted-unexplained", severity="notice")


def check(form: Form) -> Iterator[Outcome]:
    """Compare initial and adjusted budget where no text of the form speaks of money."""
    evaluation = form.evaluation
    if not evaluation.budget:
        yield not_checked(RULE, "reasons.no_budget")
        return
    if not all(any(getattr(row, name) is not None for row in evaluation.budget) for name in ("initial", "adjusted")):
        yield not_checked(RULE, "reasons.no_initial_and_adjusted")
        return
    stated = [row for row in evaluation.budget if row.initial is not None and row.adjusted is not None]
    explained = execution_reason(evaluation) is not None
    skipped = Skipped(RULE)
    rows = [row for row in stated if row.kind == "total"] or stated
    if not rows:
        skipped.add("reasons.budget_blank")
    for row in rows:
        initial, adjusted = amount(evaluation, row.initial), amount(evaluation, row.adjusted)
        if unreadable(row.initial) or unreadable(row.adjusted):
            skipped.add("reasons.budget_unreadable")
        if initial is None or adjusted is None or initial.exact is None or adjusted.exact is None or explained:
            continue
        if has_slip(evaluation, row):
            skipped.add("reasons.unit_slip")
        elif adjusted.exact != initial.exact:
            yield finding(
                RULE,
                row.adjusted,
                "rules_b.B112",
                label=row_label(evaluation, row, "adjusted"),
                initial=plain(initial.exact),
                initial_label=column_label(evaluation, "budget", "initial"),
                difference=f"{(adjusted.exact - initial.exact).normalize():+f}",
            )
    yield from skipped.outcomes()
