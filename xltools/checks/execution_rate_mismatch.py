"""执行率应等于全年执行数除以全年（调整）预算数。

## 检查什么
凡写有执行率的资金行（年度资金总额及各分项），按“全年执行数 ÷ 全年（调整）预算数 × 100 %”重算，与表上所填比较。没有
全年预算数一栏的表，以年初预算数为分母。`100%`、`96.85`、`1`、`0.958` 都有单位这样写，按任一写法相符即可。按表上小数
位数四舍五入后一致为相符；末位差一为提示；其余为错误。预算数和执行数都是 0 时无从计算。

## 为什么
执行率直接决定执行率得分。以年初预算数作分母、漏改旧数、手工输入，都会使执行率与金额不符，审核时必被退回。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 50 | 43.2 | 37.24 | 74.48% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 | 质保金未到期 |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 50 | 43.2 | 37.24 | 86.2% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 | 质保金未到期 |

## 依据
财预〔2020〕10号所附项目支出绩效自评表：执行率（B/A），A 为全年预算数，B 为全年执行数。
"""

from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.amounts import has_slip, rate_text, read_rate, unreadable
from xltools.checks.base import Finding, Form, Outcome, Rule, column_label, finding, not_checked
from xltools.checks.cells import Skipped, row_label
from xltools.evaluation import BudgetRow
from xltools.figures import Agreement, Figure, plain
from xltools.money import amount, budget_column, exact
from xltools.scoring import rate_of

RULE = Rule(code="B101", name="execution-rate-mismatch", severity="error", fix="unsafe")


def check(form: Form) -> Iterator[Outcome]:
    """Compare every printed execution rate with its own row's amounts."""
    evaluation = form.evaluation
    if not evaluation.budget:
        yield not_checked(RULE, "reasons.no_budget")
        return
    rows = [row for row in evaluation.budget if row.rate is not None]
    if not rows:
        yield not_checked(RULE, "reasons.no_rate")
        return
    column = budget_column(evaluation)
    if column is None:
        yield not_checked(RULE, "reasons.no_budget_column")
        return
    skipped = Skipped(RULE)
    for row in rows:
        assert row.rate is not None
        budget = amount(evaluation, getattr(row, column))
        spent = amount(evaluation, row.executed)
        if row.rate.value is None or row.rate.sign or unreadable(getattr(row, column)) or unreadable(row.executed):
            skipped.add("reasons.budget_unreadable")
        elif budget is None or spent is None:
            skipped.add("reasons.budget_blank")
        elif not budget.exact:
            yield from _without_budget(form, row, spent, skipped)
        elif has_slip(evaluation, row):
            skipped.add("reasons.unit_slip")
        else:
            yield from _compare(form, row, row.rate, budget, spent)
    yield from skipped.outcomes()


def _without_budget(form: Form, row: BudgetRow, spent: Figure, skipped: Skipped) -> Iterator[Finding]:
    rate = row.rate
    assert rate is not None
    if spent.exact:
        skipped.add("reasons.spent_without_budget")
    elif rate.exact in (Decimal(0), Decimal(1), Decimal(100)):
        skipped.add("reasons.zero_by_zero")
    else:
        yield finding(RULE, rate, "rules_b.B101.zero", label=row_label(form.evaluation, row, "rate"))


def _compare(form: Form, row: BudgetRow, rate: Figure, budget: Figure, spent: Figure) -> Iterator[Finding]:
    evaluation = form.evaluation
    assert budget.exact
    assert spent.exact is not None
    percent = spent.exact / budget.exact * 100
    reading = read_rate(rate, percent)
    if reading.agreement is Agreement.EQUAL:
        return
    key, initial = "rules_b.B101", exact(amount(evaluation, row.initial))
    other = rate_of(evaluation, row, "initial").value
    if reading.agreement is Agreement.ROUNDING:
        key = "rules_b.B101.rounding"
    elif other is not None and read_rate(rate, other).agreement is Agreement.EQUAL:
        key = "rules_b.B101.initial"
    elif percent > 100 and read_rate(rate, Decimal(100)).agreement is Agreement.EQUAL:
        key = "rules_b.B101.capped"
    yield finding(
        RULE,
        rate,
        key,
        label=row_label(evaluation, row, "rate"),
        expected=rate_text(percent, rate),
        severity="notice" if reading.agreement is Agreement.ROUNDING else None,
        spent=plain(spent.exact),
        budget=plain(budget.exact),
        percent=rate_text(percent),
        initial=plain(initial) if initial is not None else "",
        initial_label=column_label(evaluation, "budget", "initial"),
        budget_label=column_label(evaluation, "budget", budget_column(evaluation) or "adjusted"),
    )
