"""同一张表里把元和万元混着填，金额相差约一万倍。

## 检查什么
必须相配的金额相差约 10 000 倍（八千至一万二千倍）：同一行的年初预算数、全年预算数、全年执行数；总额与分项之和；带单
位的金额按表头单位换算后与其余金额。所填执行率与原数相符的不报；执行率要把其中一个数乘除 10 000 才相符的也报告。同一
处不再报 B101、B102、B106。看得出是哪一格的，指向那一格；看不出的，指向其中一格，并写明两个数。

## 为什么
接收系统按万元接收再乘 10 000，元填进万元的表，入库金额就大一万倍。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 43.2 | 43.2 | 410400 | 95% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 43.2 | 43.2 | 41.04 | 95% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 依据
财预〔2020〕10号所附项目支出绩效自评表：项目资金以万元为单位。
"""

from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.amounts import PLANNED, all_families, part_slip, row_slips, total_of, unreadable
from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import Skipped, row_label
from xltools.evaluation import BudgetRow, Evaluation
from xltools.figures import plain
from xltools.money import AMOUNTS, amount, exact

RULE = Rule(code="B108", name="unit-slip", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Compare amounts within each row, then each total with its parts."""
    evaluation = form.evaluation
    rows = (*evaluation.budget, *evaluation.balance)
    if not rows:
        yield not_checked(RULE, "reasons.no_budget")
        return
    skipped = Skipped(RULE)
    reported: set[tuple[int, str]] = set()
    compared = False
    for row in rows:
        figures = [getattr(row, name) for name in PLANNED]
        compared |= sum(exact(amount(evaluation, figure)) is not None for figure in figures) > 1
        if any(unreadable(figure) for figure in figures):
            skipped.add("reasons.budget_unreadable")
        pairs = row_slips(evaluation, row)
        if pairs:
            odd, other = _odd_one(evaluation, row, pairs)
            reported.update((id(row), name) for pair in pairs for name in pair)
            yield finding(
                RULE,
                getattr(row, odd),
                "rules_b.B108",
                label=row_label(evaluation, row, odd),
                other=getattr(row, other).text,
                other_label=row_label(evaluation, row, other),
                unit=evaluation.money_unit or "",
            )
    for family in all_families(evaluation):
        done: set[int] = set()
        for column in AMOUNTS:
            wrong = part_slip(evaluation, family, column)
            if wrong is None or id(wrong) in done:
                continue
            compared = True
            done.add(id(wrong))
            members = (family.total, *family.parts)
            if any((id(row), column) in reported for row in members):
                continue
            yield finding(
                RULE,
                getattr(wrong, column),
                "rules_b.B108.total" if wrong is family.total else "rules_b.B108.part",
                label=row_label(evaluation, wrong, column),
                sum=plain(total_of(family.shares(evaluation, column))),
                total=getattr(family.total, column).text,
                unit=evaluation.money_unit or "",
            )
    if not compared:
        skipped.add("reasons.budget_all_blank")
    yield from skipped.outcomes()


def _odd_one(evaluation: Evaluation, row: BudgetRow, pairs: list[tuple[str, str]]) -> tuple[str, str]:
    """The column to point at and one that it does not fit: that of every pair; of a single pair, the larger amount."""
    for name in pairs[0]:
        if len(pairs) > 1 and all(name in pair for pair in pairs):
            other = pairs[0][0] if pairs[0][1] == name else pairs[0][1]
            return name, other
    first, second = pairs[0]
    sizes = [abs(exact(amount(evaluation, getattr(row, name))) or Decimal(0)) for name in (first, second)]
    return (first, second) if sizes[0] > sizes[1] else (second, first)
