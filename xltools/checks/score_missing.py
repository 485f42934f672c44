"""有权重而没有得分。

## 检查什么
有权重、表上又有得分列的指标行，得分空白（合并打分已覆盖的不算）；预算执行率有权重而得分空白；各指标都已打分而自评总分
空白。`其中…` 明细行不检查，没有得分列的表不检查。指标有漏打分的，只报漏的行，不再报总分空白。

## 为什么
空白的得分不等于 0 分：接收系统退回，汇总时又会被当成 0 分。有的单位执行率 102.59% 却漏填了那 10 分。

## 错误示例
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 60 | 60 |
| 群众满意度 | 40 |  |

## 正确示例
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 60 | 60 |
| 群众满意度 | 40 | 40 |

## 依据
财预〔2020〕10号：自评表应逐项打分并汇总成总分。
"""

from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.base import Form, Outcome, Rule, blank_cell, finding, indicator_label, not_checked
from xltools.checks.marks import execution_label, has_column, number, tally, term, total_place, total_term
from xltools.evaluation import BudgetRow, Evaluation, Indicator, Label
from xltools.figures import plain
from xltools.points import counting, execution_weight, is_execution_rate

RULE = Rule(code="S105", name="score-missing", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Report weights that have no score, and a blank total over a fully scored form."""
    evaluation = form.evaluation
    if not has_column(evaluation, "score"):
        yield not_checked(RULE, "reasons.no_score_column")
    missing = [row for row in counting(evaluation) if _lacks_score(row)]
    for row in missing:
        sheet, line, column = blank_cell(evaluation, "indicators", "score", row)
        label = indicator_label(row, term(evaluation, "indicators", "score"))
        weight = row.weight.text if row.weight else ""
        yield finding(RULE, None, "rules_s.S105", label=label, sheet=sheet, row=line, column=column, weight=weight)
    execution = evaluation.execution_row()
    unscored = execution is not None and _execution_lacks_score(evaluation, execution)
    if execution is not None and unscored:
        sheet, line, column = blank_cell(evaluation, "budget", "score", execution)
        label = execution_label(evaluation, execution, "score")
        weight = plain(form.expected.execution_weight or Decimal(0))
        yield finding(RULE, None, "rules_s.S105", label=label, sheet=sheet, row=line, column=column, weight=weight)
    place = total_place(evaluation, "score")
    if evaluation.total.score is not None or place is None:
        return
    scores = tally(evaluation, "score")
    open_rows = scores.blank if not has_column(evaluation, "weight") else missing
    if open_rows or unscored or scores.unreadable:
        yield not_checked(RULE, "reasons.total_waits")
    elif scores.figures:
        yield _blank_total(form, place)


def _lacks_score(row: Indicator) -> bool:
    weight = number(row.weight)
    return "score" in row.fields and row.get("score") is None and weight is not None and weight > 0


def _execution_lacks_score(evaluation: Evaluation, row: BudgetRow) -> bool:
    if row.score is not None or not execution_weight(evaluation) or not evaluation.has("budget", "score"):
        return False
    weight = execution_weight(evaluation)
    return not any(is_execution_rate(row) and number(row.weight) == weight for row in counting(evaluation))


def _blank_total(form: Form, place: Label) -> Outcome:
    """A finding in the blank cell: under the scores in a total row, at the right of the label in the form's head."""
    evaluation = form.evaluation
    scores = [row.score for row in evaluation.indicators if row.score is not None and row.score.sheet == place.sheet]
    if scores and place.row > max(score.row for score in scores):
        column = scores[-1].column
    elif form.grid.sheet == place.sheet:
        column = form.grid.area(place.row, place.column).right + 1
    else:
        column = place.column
    label = total_term(evaluation, "score")
    return finding(RULE, None, "rules_s.S105.total", label=label, sheet=place.sheet, row=place.row, column=column)
