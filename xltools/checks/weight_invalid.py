"""权重小于等于 0，或大于满分。

## 检查什么
每个指标的权重应大于 0、不超过满分；预算执行率的权重不应为负或超过满分（0 表示不计分，可以）。满分是 100，或表上自己写
出的满分。`其中…`明细行不检查。

## 为什么
权重为 0 的指标不起作用，应当删去或补上权重；超过满分的多半是小数点或百分比写错（例如 0.1 写成 10、10% 写成 1000）。

## 错误示例
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 100 | 100 |
| 群众满意度 | 0 | 0 |

## 正确示例
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 90 | 90 |
| 群众满意度 | 10 | 10 |

## 依据
财预〔2020〕10号：指标权重根据指标在项目中的重要程度确定，总分 100 分。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label, not_checked
from xltools.checks.marks import execution_label, has_column, tally, term
from xltools.figures import plain
from xltools.points import counting, most_marks

RULE = Rule(code="W104", name="weight-invalid", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Report weights outside 0 (excluded) and the full marks (included)."""
    evaluation = form.evaluation
    highest = most_marks(evaluation, form.policy)
    limit = plain(highest)
    if not has_column(evaluation, "weight"):
        yield not_checked(RULE, "reasons.no_weight_column")
    for row in counting(evaluation):
        if row.weight is None or row.weight.exact is None:
            continue
        label = indicator_label(row, term(evaluation, "indicators", "weight"))
        if row.weight.exact <= 0:
            yield finding(RULE, row.weight, "rules_w.W104", label=label, expected=f"> 0, ≤ {limit}", limit=limit)
        elif row.weight.exact > highest:
            yield finding(RULE, row.weight, "rules_w.W104.high", label=label, expected=f"≤ {limit}", limit=limit)
    unreadable = tally(evaluation, "weight").unreadable
    if unreadable:
        yield not_checked(RULE, "reasons.weights_unreadable", count=len(unreadable))
    execution = evaluation.execution_row()
    if execution is not None and execution.weight is not None and execution.weight.exact is not None:
        label = execution_label(evaluation, execution, "weight")
        if execution.weight.exact < 0:
            yield finding(RULE, execution.weight, "rules_w.W104", label=label, expected=f"≥ 0, ≤ {limit}", limit=limit)
        elif execution.weight.exact > highest:
            yield finding(RULE, execution.weight, "rules_w.W104.high", label=label, expected=f"≤ {limit}", limit=limit)
