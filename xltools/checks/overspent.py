"""全年执行数大于全年（调整）预算数。

## 检查什么
逐行比较全年执行数与全年预算数（没有全年预算数一栏的，用年初预算数）。总额行超支的只报总额行，并写明是哪些分项；总额
未超而个别分项超支的，报该分项。超出部分不到预算数末位一个单位（两位及以上小数）的为提示。疑似元与万元混用的由 B108
报告，预算为 0 的由 B107 报告。

## 为什么
无预算、超预算支出为预算法所不许。多数情况是全年预算数没有按追加后的数改，少数是真的超支，都要核实并说明。执行率得分
按 100 % 封顶，超支不会多得分。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 329.77 | 329.77 | 338.31 | 102.59% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 329.77 | 338.31 | 338.31 | 100% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 依据
《中华人民共和国预算法》第十三条：各级政府、各部门、各单位的支出必须以经批准的预算为依据，未列入预算的不得支出。
"""

from collections.abc import Iterator

from xltools.checks.amounts import all_families, has_slip, totals_of_parts, unreadable
from xltools.checks.base import Form, Outcome, Rule, column_label, finding, not_checked
from xltools.checks.cells import Skipped, row_label, row_name
from xltools.evaluation import BudgetRow, Evaluation
from xltools.figures import Agreement, compare, plain
from xltools.money import amount, budget_column, exact

RULE = Rule(code="B106", name="overspent", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Compare spending with the budget, row by row; a part only where its total is not overspent itself."""
    evaluation = form.evaluation
    column = budget_column(evaluation)
    if not evaluation.budget or column is None:
        yield not_checked(RULE, "reasons.no_budget_column" if evaluation.budget else "reasons.no_budget")
        return
    owners = totals_of_parts(evaluation)
    skipped = Skipped(RULE)
    reported: set[int] = set()
    compared = False
    for row in evaluation.budget:
        figure = getattr(row, column)
        budget, spent = amount(evaluation, figure), amount(evaluation, row.executed)
        if unreadable(figure) or unreadable(row.executed):
            skipped.add("reasons.budget_unreadable")
        if budget is None or spent is None or budget.exact is None or spent.exact is None:
            continue
        compared = True
        if not budget.exact or spent.exact <= budget.exact:
            continue
        if has_slip(evaluation, row):
            skipped.add("reasons.unit_slip")
            continue
        owner = owners.get(id(row))
        if owner is not None and id(owner) in reported:
            reported.add(id(row))
            continue
        slight = budget.places >= 2 and compare(budget.exact, spent.exact, budget.places) is not Agreement.DIFFERENT
        if not slight:
            reported.add(id(row))
        causes = "" if slight else _causes(evaluation, row, column)
        yield finding(
            RULE,
            row.executed,
            "rules_b.B106.parts" if causes else "rules_b.B106",
            label=row_label(evaluation, row, "executed"),
            expected=f"≤{plain(budget.exact)}",
            severity="notice" if slight else None,
            budget=plain(budget.exact),
            difference=plain(spent.exact - budget.exact),
            budget_label=column_label(evaluation, "budget", column),
            parts=causes,
        )
    if not compared:
        skipped.add("reasons.budget_all_blank")
    yield from skipped.outcomes()


def _causes(evaluation: Evaluation, row: BudgetRow, column: str) -> str:
    """The parts of a row that are overspent themselves: `其他资金 65 > 60`."""
    found = []
    for family in all_families(evaluation):
        for part in family.parts if family.total is row else ():
            budget, spent = exact(amount(evaluation, getattr(part, column))), exact(amount(evaluation, part.executed))
            if budget is not None and spent is not None and spent > budget:
                found.append(f"{row_name(part)} {plain(spent)} > {plain(budget)}")
    return "；".join(found)
