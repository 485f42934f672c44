"""有得分而没有权重（分值）。

## 检查什么
写有得分的指标行，权重格空白；预算执行率写有得分而没有权重。`其中…` 明细行、没有权重列的表、合并单元格已覆盖的行、分数
写在一级或二级指标名称后（“数量指标（15分）”）的行，不算缺权重。

## 为什么
没有权重，得分就没有满分可比，得分率、总分和“有没有扣分”都无从判断。

## 错误示例
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 60 | 60 |
| 群众满意度 |  | 40 |

## 正确示例
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 60 | 60 |
| 群众满意度 | 40 | 40 |

## 依据
财预〔2020〕10号：绩效自评应对每项指标设置权重并逐项打分。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, blank_cell, finding, indicator_label, not_checked
from xltools.checks.marks import execution_label, has_column, term
from xltools.evaluation import Evaluation, Indicator
from xltools.figures import Figure
from xltools.points import counting

RULE = Rule(code="W103", name="weight-missing", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Report the scores that have no weight."""
    evaluation = form.evaluation
    if not has_column(evaluation, "weight"):
        yield not_checked(RULE, "reasons.no_weight_column")
    for row in counting(evaluation):
        if row.score is None or "weight" not in row.fields or row.get("weight") is not None:
            continue
        if not _in_points(evaluation, row):
            label = indicator_label(row, term(evaluation, "indicators", "weight"))
            yield _missing(label, row.score, blank_cell(evaluation, "indicators", "weight", row))
    execution = evaluation.execution_row()
    if execution is None or execution.score is None or execution.score.exact is None:
        return
    if execution.weight is None and form.expected.execution_weight is None and evaluation.has("budget", "weight"):
        label = execution_label(evaluation, execution, "weight")
        yield _missing(label, execution.score, blank_cell(evaluation, "budget", "weight", execution))


def _missing(label: str, score: Figure, place: tuple[str, int, int]) -> Outcome:
    sheet, row, column = place
    return finding(RULE, None, "rules_w.W103", label=label, sheet=sheet, row=row, column=column, score=score.text)


def _in_points(evaluation: Evaluation, indicator: Indicator) -> bool:
    """Whether a level above prints the points of a group in which no row has a weight of its own."""
    for name in ("level2", "level1"):
        level = getattr(indicator, name)
        if level is not None and level.weight is not None:
            rows = [row for row in counting(evaluation) if getattr(row, name) == level]
            return all(row.get("weight") is None for row in rows)
    return False
