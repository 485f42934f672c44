"""年初预算数加上年结转、加年中调整数，应等于全年（调整）预算数。

## 检查什么
资金行（含预算收支平衡表）同时列有年初预算数、上年结转、年中调整数、全年预算数的，核对“年初 + 上年结转 + 年中调整 =
全年”；调减为负数。表上没有上年结转或年中调整数、或其中有空格的，不检查。金额分别四舍五入造成的末位尾差为提示。

## 为什么
年中追加、调减是预算调整率的依据。四个数对不上，说明其中一个漏改，预算调整率、执行率都会跟着错。

## 错误示例
| 部门整体支出绩效自评表 | < | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 上年结转 | 年中调整数 | 全年预算数 | 全年执行数 |
| ^ | 年度资金总额 | 218.18161 | 0 | -43.1602 | 218.18161 | 174.669079 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 | < |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  | < |

## 正确示例
| 部门整体支出绩效自评表 | < | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 上年结转 | 年中调整数 | 全年预算数 | 全年执行数 |
| ^ | 年度资金总额 | 218.18161 | 0 | -43.1602 | 175.02141 | 174.669079 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 | < |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  | < |

## 依据
财预〔2013〕53号《预算绩效评价共同指标体系框架》：预算调整率 = 预算调整数 ÷ 预算数，预算调整数含追加、追减和结构调整。
"""

from collections.abc import Iterator

from xltools.checks.amounts import has_slip, sum_result, unreadable
from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import Skipped, row_label
from xltools.figures import Agreement, plain
from xltools.money import amount

RULE = Rule(code="B104", name="adjustment-unbalanced", severity="error")

_TERMS = ("initial", "carried_in", "adjustment")


def check(form: Form) -> Iterator[Outcome]:
    """Add up initial budget, carry-in and adjustment of every row that states them all."""
    evaluation = form.evaluation
    rows = (*evaluation.budget, *evaluation.balance)
    if not any(row.adjustment is not None and row.carried_in is not None for row in rows):
        yield not_checked(RULE, "reasons.no_adjustment")
        return
    skipped = Skipped(RULE)
    for row in rows:
        figures = [getattr(row, name) for name in (*_TERMS, "adjusted")]
        amounts = [amount(evaluation, figure) for figure in figures]
        terms, stated = [item for item in amounts[:3] if item is not None], amounts[3]
        if all(figure is None for figure in figures):
            continue
        if any(unreadable(figure) for figure in figures):
            skipped.add("reasons.budget_unreadable")
        elif len(terms) < 3 or stated is None or stated.exact is None:
            skipped.add("reasons.budget_blank")
        elif has_slip(evaluation, row):
            skipped.add("reasons.unit_slip")
        elif (result := sum_result(stated, terms)) is not Agreement.EQUAL:
            values = [item.exact for item in terms if item.exact is not None]
            yield finding(
                RULE,
                row.adjusted,
                "rules_b.B104" if result is Agreement.DIFFERENT else "rules_b.B104.rounding",
                label=row_label(evaluation, row, "adjusted"),
                expected=plain(sum(values[1:], values[0])),
                severity="notice" if result is Agreement.ROUNDING else None,
                sum=" + ".join(plain(value) if value >= 0 else f"({plain(value)})" for value in values),
                difference=plain(abs(sum(values[1:], values[0]) - stated.exact)),
            )
    yield from skipped.outcomes()
