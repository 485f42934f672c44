"""自评总分不等于预算执行率得分与各指标得分之和。

## 检查什么
自评总分与“预算执行率得分 + Σ 指标得分”比较；合并打分的只计一次，`其中…` 明细行和各组小计不计。指标中已列“预算执行率”
一行的，执行率得分只计一次：总分不含预算部分重复的得分算相符，含了两次的指明。预算部分没有写权重、指标权重本身已是满分
的，总分不含执行率得分也算相符。

按总分所填的小数位四舍五入相等即为相符；只差末位不到一个单位，或把小数总分写成整数，为提示。有指标或执行率的得分空白、
而总分与已填的合计不符时，列为未检查（空白由 S105 报告）。

## 为什么
总分决定等级，是上报和公开的数。七份带总分的公开表里有两份加错，常见的是漏加或重加执行率得分。

## 错误示例
| 自评总分 | 96 | < |
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 60 | 58 |
| 群众满意度 | 40 | 40 |

## 正确示例
| 自评总分 | 98 | < |
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 60 | 58 |
| 群众满意度 | 40 | 40 |

## 依据
财预〔2020〕10号：各项指标得分汇总成该项目自评的总分。
"""

from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.marks import has_column, listed, number, points_agreement, shown_sum, tally, total_place, total_term
from xltools.evaluation import Evaluation
from xltools.figures import Agreement, Figure, plain
from xltools.points import counting, exact_sum, execution_weight, is_execution_rate, printed_full_marks

RULE = Rule(code="S103", name="total-mismatch", severity="error", fix="unsafe")


def check(form: Form) -> Iterator[Outcome]:
    """Compare the printed total with the sum of the scores."""
    evaluation = form.evaluation
    total = evaluation.total.score
    reason = _unready(evaluation, total)
    if reason is not None or total is None:
        yield not_checked(RULE, reason or "reasons.total_blank")
        return
    scores = tally(evaluation, "score")
    row = evaluation.execution_row()
    figure = row.score if row is not None and number(row.score) is not None else None
    execution = number(figure) or Decimal(0)
    alone = _sums([*scores.figures])
    both = _sums([*scores.figures, *([figure] if figure is not None else [])])
    repeated = bool(execution) and _is_repeated(form, execution)
    result = points_agreement(total, alone if repeated else both)
    if repeated and result is Agreement.DIFFERENT and not _rows_are_full(form):
        result = points_agreement(total, both)
    if result is Agreement.DIFFERENT and execution and _rows_alone_count(form):
        result = points_agreement(total, alone)
    if result is Agreement.EQUAL:
        return
    gaps = _gaps(evaluation)
    if result is Agreement.DIFFERENT and gaps:
        yield not_checked(RULE, "reasons.total_scores_blank", count=gaps)
        return
    expected = (alone if repeated else both)[0]
    difference = (total.exact or Decimal(0)) - expected
    variant = "rules_s.S103"
    if result is Agreement.ROUNDING:
        variant += ".rounding"
    elif repeated and difference == execution:
        variant += ".twice"
    elif execution and difference == -execution:
        variant += ".without_execution"
    elif not execution:
        variant += ".rows"
    yield finding(
        RULE,
        total,
        variant,
        label=total_term(evaluation, "score"),
        expected=plain(expected),
        severity="notice" if result is Agreement.ROUNDING else None,
        execution=plain(execution),
        rows=plain(alone[0]),
        terms=listed(scores.figures),
        difference=plain(abs(difference)),
        direction="+" if difference > 0 else "-",
    )


def _unready(evaluation: Evaluation, total: Figure | None) -> str | None:
    """Why there is nothing to compare; None where there is."""
    if total is None:
        return "reasons.total_blank" if total_place(evaluation, "score") else "reasons.no_total"
    if total.value is None:
        return "reasons.total_unreadable"
    if not counting(evaluation):
        return "reasons.no_indicators"
    if not has_column(evaluation, "score"):
        return "reasons.no_score_column"
    return None if tally(evaluation, "score").figures else "reasons.all_scores_blank"


def _sums(figures: list[Figure]) -> list[Decimal]:
    """What figures add up to: as they are stored, and as they are printed."""
    return [exact_sum(figures), shown_sum(figures)]


def _is_repeated(form: Form, execution: Decimal) -> bool:
    """Whether the indicator rows list the execution rate with the very score that the budget block prints."""
    return any(is_execution_rate(row) and number(row.score) == execution for row in counting(form.evaluation))


def _rows_are_full(form: Form) -> bool:
    """Whether the indicator weights alone make the full marks, so that the budget's own weight comes on top."""
    marks = [form.policy.full_marks.value, *printed_full_marks(form.evaluation)]
    return tally(form.evaluation, "weight").known in marks


def _rows_alone_count(form: Form) -> bool:
    """Whether the execution score stands outside the total: the rows alone make the full marks.

    Then it either has no weight, or an indicator row is the execution rate.
    """
    evaluation = form.evaluation
    if any(is_execution_rate(row) for row in counting(evaluation)):
        return _rows_are_full(form)
    return not execution_weight(evaluation) and _rows_are_full(form)


def _gaps(evaluation: Evaluation) -> int:
    """How many scores are missing from the sum: of rows with a weight, of all rows in a form without weights."""
    scores = tally(evaluation, "score")
    weighted = has_column(evaluation, "weight")
    blank = [row for row in scores.blank if "score" in row.fields and (not weighted or row.get("weight") is not None)]
    row = evaluation.execution_row()
    listed_above = any(is_execution_rate(indicator) for indicator in counting(evaluation))
    open_execution = row is not None and number(row.score) is None and execution_weight(evaluation) and not listed_above
    return len(blank) + len(scores.unreadable) + bool(open_execution)
