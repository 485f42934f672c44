"""全年预算数为 0 或空，却有全年执行数。

## 检查什么
总额行全年预算数为 0 或空、全年执行数大于 0 的报告；年初预算数填了而全年预算数空着的同样报告。没有全年预算数一栏的表，
看年初预算数。分项行：预算数填 0 的报告；预算数空着的，只在该行填了年初预算数、或同组其他分项填了该栏时才报告。总额
空而分项有预算数的由B103 报告。

## 为什么
没有预算数就算不出执行率，表上的执行率必然无据。通常是年中追加的资金没有填进全年预算数。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 0 |  | 207.4538 | 100% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 0 | 207.4538 | 207.4538 | 100% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 依据
财预〔2020〕10号所附项目支出绩效自评表：执行率 = 全年执行数 ÷ 全年预算数；《中华人民共和国预算法》第十三条。
"""

from collections.abc import Iterator

from xltools.checks.amounts import all_families, total_left_empty, totals_of_parts, unreadable
from xltools.checks.base import Form, Outcome, Rule, column_label, finding, not_checked
from xltools.checks.cells import Skipped, row_label
from xltools.evaluation import BudgetRow, Evaluation
from xltools.money import amount, budget_column, exact

RULE = Rule(code="B107", name="spent-without-budget", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Find rows that spent money without a budget; a part only where its total has one."""
    evaluation = form.evaluation
    column = budget_column(evaluation)
    if not evaluation.budget or column is None:
        yield not_checked(RULE, "reasons.no_budget_column" if evaluation.budget else "reasons.no_budget")
        return
    owners = totals_of_parts(evaluation)
    skipped = Skipped(RULE)
    reported: set[int] = set()
    spent_somewhere = False
    for row in evaluation.budget:
        figure = getattr(row, column)
        spent, budget = amount(evaluation, row.executed), amount(evaluation, figure)
        if unreadable(figure) or unreadable(row.executed):
            skipped.add("reasons.budget_unreadable")
            continue
        spent_somewhere |= spent is not None
        if spent is None or not spent.exact or spent.exact < 0 or (budget is not None and budget.exact):
            continue
        if total_left_empty(evaluation, row) and not _no_part_budget(evaluation, row, column):
            skipped.add("reasons.total_row_empty")
            continue
        owner = owners.get(id(row))
        if owner is not None and (id(owner) in reported or (budget is None and not _detailed(evaluation, row, column))):
            continue
        reported.add(id(row))
        initial = exact(amount(evaluation, row.initial))
        key = "rules_b.B107" if figure is not None else "rules_b.B107.blank"
        yield finding(
            RULE,
            row.executed,
            "rules_b.B107.adjusted_blank" if figure is None and initial and column == "adjusted" else key,
            label=row_label(evaluation, row, "executed"),
            budget=figure.text if figure is not None else "",
            initial=row.initial.text if row.initial is not None else "",
            budget_label=column_label(evaluation, "budget", column),
        )
    if not spent_somewhere:
        skipped.add("reasons.budget_all_blank")
    yield from skipped.outcomes()


def _detailed(evaluation: Evaluation, row: BudgetRow, column: str) -> bool:
    """Whether a blank budget means something: the row has an initial one, or other parts fill in that column."""
    if row.initial is not None:
        return True
    for family in all_families(evaluation):
        if any(part is row for part in family.parts):
            return any(getattr(part, column) is not None for part in family.parts)
    return False


def _no_part_budget(evaluation: Evaluation, row: BudgetRow, column: str) -> bool:
    return not any(family.shares(evaluation, column) for family in all_families(evaluation) if family.total is row)
