"""年度资金总额不能空着或填 0，而分项却有金额。

## 检查什么
总额行的年初预算数、全年预算数、全年执行数为空或为 0，而它的分项有金额。每个总额行报告一次，写明各栏分项之和。

## 为什么
执行率和执行率得分都取自总额行。总额行空着，系统按 0 计算，真有单位因此丢掉 10 分（抽查 35 份有 2 份如此）。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 0 | 0 | 0 |  |
| ^ | 其中：本年财政拨款 | 90 | 89.974 | 89.974 |  |
| ^ | 其他资金 |  |  |  |  |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 受益村 | 3个 | 3个 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 90 | 89.974 | 89.974 | 100% |
| ^ | 其中：本年财政拨款 | 90 | 89.974 | 89.974 |  |
| ^ | 其他资金 |  |  |  |  |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 受益村 | 3个 | 3个 |  |

## 依据
财预〔2020〕10号所附项目支出绩效自评表：年度资金总额为各项资金之和，执行率按总额行计算。
"""

from collections.abc import Iterator

from xltools.checks.amounts import all_families, empty_total_columns
from xltools.checks.base import Form, Outcome, Rule, blank_cell, finding, not_checked
from xltools.checks.cells import row_label
from xltools.checks.marks import term
from xltools.figures import plain

RULE = Rule(code="B103", name="total-row-empty", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Find totals that are blank or 0 over filled parts."""
    evaluation = form.evaluation
    if not evaluation.budget:
        yield not_checked(RULE, "reasons.no_budget")
        return
    found = [family for family in all_families(evaluation) if not family.total.depth]
    if not found:
        yield not_checked(RULE, "reasons.no_parts")
        return
    reported: set[int] = set()
    for family in found:
        columns = empty_total_columns(evaluation, family)
        if not columns or id(family.total) in reported:
            continue
        reported.add(id(family.total))
        first, total = columns[0]
        sheet, row, column = blank_cell(evaluation, "budget", first, family.total)
        yield finding(
            RULE,
            getattr(family.total, first),
            "rules_b.B103",
            label=row_label(evaluation, family.total, first),
            expected=plain(total),
            sheet=sheet,
            row=row,
            column=column,
            sums="，".join(f"{term(evaluation, 'budget', name)} {plain(amount)}" for name, amount in columns),
        )
