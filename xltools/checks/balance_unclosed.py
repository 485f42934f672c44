"""全年（调整）预算数减全年执行数，应等于年末结转结余。

## 检查什么
资金行（含预算收支平衡表）列有结转结余的，核对“全年预算数 − 全年执行数 = 结转结余”。没有全年预算数一栏的表，以年初预
算数计算。结转结余或金额为空的不检查。金额分别四舍五入造成的末位尾差为提示。

## 为什么
结转结余与决算、账面相连，也是结转结余率的分子。收支不平说明三个数中至少有一个不是最终数。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 结转结余 |
| ^ | 年度资金总额 | 218.18161 | 175.02141 | 174.669079 | 0.532331 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 结转结余 |
| ^ | 年度资金总额 | 218.18161 | 175.02141 | 174.669079 | 0.352331 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 依据
财预〔2013〕53号《预算绩效评价共同指标体系框架》：结转结余率 = 结转结余总额 ÷ 支出预算数。
"""

from collections.abc import Iterator
from dataclasses import replace

from xltools.checks.amounts import has_slip, sum_result, unreadable
from xltools.checks.base import Form, Outcome, Rule, column_label, finding, not_checked
from xltools.checks.cells import Skipped, row_label
from xltools.figures import Agreement, plain
from xltools.money import amount, budget_column

RULE = Rule(code="B105", name="balance-unclosed", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Compare budget less spending with the stated carry-over."""
    evaluation = form.evaluation
    rows = [row for row in (*evaluation.budget, *evaluation.balance) if row.carry_over is not None]
    column = budget_column(evaluation) or "adjusted"
    if not rows:
        yield not_checked(RULE, "reasons.no_carry_over")
        return
    skipped = Skipped(RULE)
    for row in rows:
        figures = [getattr(row, column), row.executed, row.carry_over]
        budget, spent, left = (amount(evaluation, figure) for figure in figures)
        if any(unreadable(figure) for figure in figures):
            skipped.add("reasons.budget_unreadable")
            continue
        if budget is None or spent is None or left is None or budget.exact is None or spent.exact is None:
            skipped.add("reasons.budget_blank")
            continue
        if has_slip(evaluation, row):
            skipped.add("reasons.unit_slip")
            continue
        result = sum_result(left, [budget, replace(spent, value=-spent.exact, stored=None)])
        if result is Agreement.EQUAL:
            continue
        yield finding(
            RULE,
            row.carry_over,
            "rules_b.B105" if result is Agreement.DIFFERENT else "rules_b.B105.rounding",
            label=row_label(evaluation, row, "carry_over"),
            expected=plain(budget.exact - spent.exact),
            severity="notice" if result is Agreement.ROUNDING else None,
            budget=plain(budget.exact),
            spent=plain(spent.exact),
            budget_label=column_label(evaluation, "budget", column),
        )
    yield from skipped.outcomes()
