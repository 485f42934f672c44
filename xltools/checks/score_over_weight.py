"""得分大于权重（分值）。

## 检查什么
每个指标的得分不应超过它的权重；几个指标合并打分的，与这几个指标权重之和比较。预算执行率的得分同样不应超过其权重。所填
的数相等即可，单元格里多出的尾数不计。

## 为什么
满分之外不能加分；多半是得分和权重填反了，或者小数点写错。接收系统会退回。

## 错误示例
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 60 | 60 |
| 群众满意度 | 40 | 45 |

## 正确示例
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 60 | 60 |
| 群众满意度 | 40 | 40 |

## 依据
财预〔2020〕10号：指标得分最高不能超过该指标分值上限。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import execution_label, merged_rows, scored, shown_sum, term, unscored
from xltools.figures import plain
from xltools.points import counting, exact_sum

RULE = Rule(code="S102", name="score-over-weight", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Report scores above their weights."""
    evaluation = form.evaluation
    counted = counting(evaluation)
    shared = merged_rows(counted, "score")
    for row in counted:
        score = row.score
        if score is None or score.exact is None or score.value is None:
            continue
        rows = shared.get(id(row), [row])
        figures = [part.weight for part in rows if part.weight is not None]
        # A weight merged over the same rows stands in the first of them; a gap makes the sum too small to compare with.
        if not figures or any(part.get("weight") is None for part in rows) or any(one.exact is None for one in figures):
            continue
        limit = exact_sum(figures)
        if score.exact > limit and score.value > shown_sum(figures) and limit > 0:
            label = indicator_label(row, term(evaluation, "indicators", "score"))
            variant = "rules_s.S102.merged" if len(rows) > 1 else "rules_s.S102"
            yield finding(
                RULE, score, variant, label=label, expected=f"≤ {plain(limit)}", weight=plain(limit), count=len(rows)
            )
    execution, weight = evaluation.execution_row(), form.expected.execution_weight
    score = execution.score if execution is not None else None
    if execution is not None and score is not None and score.exact is not None and weight and score.exact > weight:
        label = execution_label(evaluation, execution, "score")
        yield finding(RULE, score, "rules_s.S102", label=label, expected=f"≤ {plain(weight)}", weight=plain(weight))
    found = scored(evaluation)
    yield from unscored(RULE, evaluation, type(found)(found.rows, 0, found.blank))
