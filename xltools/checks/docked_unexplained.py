"""没有达标而扣了分，却没有说明原因。

## 检查什么
方向写明、完成值没有达到指标值、得分小于权重的指标，偏差原因栏空白或写“无”，表外也没有说明。一般为警告；评分办法规定扣
分必须说明原因的（unexplained_deduction = "error"）为错误。方向没有写明的不检查；表上没有偏差原因栏、也没有说明栏的，
列为未检查。

## 为什么
接收系统对扣分而无原因的指标直接退回；财政复核首先看的也是这一栏。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 完成数量 | ≥20个 | 18个 | 60 | 54 | 无 |
| 验收合格率 | ≥95% | 96% | 40 | 40 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 完成数量 | ≥20个 | 18个 | 60 | 54 | 两个点位因征地延期，次年一季度完成 |
| 验收合格率 | ≥95% | 96% | 40 | 40 |  |

## 依据
财预〔2020〕10号：未完成绩效目标或偏离绩效目标较大的项目要分析并说明原因，研究提出改进措施。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import is_full, one_line, scored, term, undecided, unscored, wanted
from xltools.judging import reason_given
from xltools.points import counting

RULE = Rule(code="S114", name="docked-unexplained", severity="warning")

REASON_PLACES = {("indicators", "note"), ("remarks", "reason")}


def check(form: Form) -> Iterator[Outcome]:
    """Report deductions on missed targets without a reason."""
    evaluation = form.evaluation
    found = scored(evaluation)
    rows = [row for row in found.rows if not is_full(row) and form.judge(row).met is not True]
    unexplained = [row for row in rows if form.judge(row).met is False and reason_given(evaluation, row) is None]
    variant = "rules_s.S114" if _has_place_for_reasons(form) else "rules_s.S114.no_place"
    for row in unexplained:
        yield finding(
            RULE,
            row.score,
            variant,
            label=indicator_label(row, term(evaluation, "indicators", "score")),
            expected=row.weight.text if row.weight else None,
            severity=form.policy.unexplained_deduction.value,
            weight=row.weight.text if row.weight else "",
            place=term(evaluation, "indicators", "note"),
            target=wanted(row, form.judge(row)),
            actual=one_line(row.get("actual")),
        )
    yield from undecided(RULE, form, [row for row in rows if form.judge(row).met is None])
    yield from unscored(RULE, evaluation, found)


def _has_place_for_reasons(form: Form) -> bool:
    evaluation = form.evaluation
    if any("note" in row.fields or "note" in row.covered for row in counting(evaluation)):
        return True
    return any((label.block, label.field) in REASON_PLACES for label in evaluation.columns)
