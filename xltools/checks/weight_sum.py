"""指标权重与预算执行率权重之和不是满分。

## 检查什么
各指标的权重（`其中…` 明细行不计，合并单元格只计一次）加上预算执行率的权重，应等于 100，或等于表上自己所填的满分：“绩
效指标（90分）”与“预算执行情况（10分）”之和，或总分行的权重。总分行若是公式，只是把各行相加，不算所填的满分。90 + 10与
100 + 0 都可以；总分行只写指标合计 90、执行率另有 10 分的，也可以。指标中已列“预算执行率”一行、又在预算部分重复填同一
权重的，只计一次。

权重写有两位以上小数、因均摊四舍五入而与满分差不到各项半个末位之和的，为提示；其余为错误。个别权重空白时，只有已填的权
重已经超过满分才报错，否则列为未检查。

## 为什么
总分以 100 分计，权重加不到 100 或超过 100，自评总分和等级就失去意义，接收系统也会退回。公开的表中确有指标 100 分之外
又有执行率 10 分、合计 110 分却仍写 100 分的。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 50 | 50 | 100% |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
财预〔2020〕10号《项目支出绩效评价管理办法》：自评采用打分评价，总分 100 分。
"""

from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.base import Finding, Form, NotChecked, Outcome, Rule, Severity, finding, not_checked
from xltools.checks.marks import Tally, has_column, listed, shown_sum, tally, term
from xltools.evaluation import Evaluation
from xltools.figures import Figure, plain
from xltools.points import counting, execution_weight, is_listed_again, printed_full_marks, rounding_slack

RULE = Rule(code="W101", name="weight-sum", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Compare the sum of all weights with the full marks."""
    evaluation = form.evaluation
    if not counting(evaluation):
        yield not_checked(RULE, "reasons.no_indicators")
        return
    if not has_column(evaluation, "weight"):
        yield not_checked(RULE, "reasons.no_weight_column")
        return
    weights = tally(evaluation, "weight")
    execution = execution_weight(evaluation)
    accepted = [form.policy.full_marks.value, *printed_full_marks(evaluation)]
    total = weights.known + (execution or Decimal(0))
    shown = shown_sum(weights.figures) + (execution or Decimal(0))
    if any(marks in accepted for marks in (total, shown)) or is_listed_again(evaluation, form.policy):
        return
    gaps = weights.gaps + _execution_gap(evaluation)
    if not weights.figures:
        yield not_checked(RULE, "reasons.all_weights_blank")
    elif gaps and total < max(accepted):
        yield _unfinished(gaps, total, accepted[0])
    else:
        yield _wrong(form, weights, execution, total, accepted[0])


def _execution_gap(evaluation: Evaluation) -> int:
    row = evaluation.execution_row()
    return int(row is not None and row.score is not None and execution_weight(evaluation) is None)


def _unfinished(gaps: int, total: Decimal, marks: Decimal) -> NotChecked:
    return not_checked(RULE, "reasons.weights_blank", count=gaps, sum=plain(total), marks=plain(marks))


def _wrong(form: Form, weights: Tally, execution: Decimal | None, total: Decimal, marks: Decimal) -> Finding:
    evaluation = form.evaluation
    severity: Severity = "notice" if abs(total - marks) <= rounding_slack(weights.figures) else "error"
    variant = "rules_w.W101"
    if severity == "notice":
        variant += ".rounding"
    elif execution and weights.known == marks:
        variant += ".execution"
    elif not execution:
        variant += ".rows" if total > marks else ".short"
    where: Figure = evaluation.total.weight or weights.figures[0]
    return finding(
        RULE,
        where,
        variant,
        label=term(evaluation, "indicators", "weight"),
        found=plain(total),
        expected=plain(marks),
        severity=severity,
        rows=plain(weights.known),
        terms=listed(weights.figures),
        execution=plain(execution or Decimal(0)),
        difference=plain(abs(total - marks)),
        direction="+" if total > marks else "-",
    )
