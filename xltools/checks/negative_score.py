"""得分是负数。

## 检查什么
各指标得分、预算执行率得分、自评总分都不应小于 0。

## 为什么
扣分最多扣到 0 分；负数多半是把扣分数填进了得分栏。

## 错误示例
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 60 | 60 |
| 群众满意度 | 40 | -2 |

## 正确示例
| 指标名称 | 权重 | 得分 |
| 受理问题结案率 | 60 | 60 |
| 群众满意度 | 40 | 38 |

## 依据
财预〔2020〕10号：指标得分在 0 与该指标分值之间。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label, not_checked
from xltools.checks.marks import execution_label, has_column, term, total_term
from xltools.figures import Figure

RULE = Rule(code="S112", name="negative-score", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Report scores below 0."""
    evaluation = form.evaluation
    scores: list[tuple[Figure | None, str]] = [
        (row.score, indicator_label(row, term(evaluation, "indicators", "score"))) for row in evaluation.indicators
    ]
    scores += [(row.score, execution_label(evaluation, row, "score")) for row in evaluation.budget]
    scores.append((evaluation.total.score, total_term(evaluation, "score")))
    for figure, label in scores:
        if figure is not None and figure.exact is not None and figure.exact < 0:
            yield finding(RULE, figure, "rules_s.S112", label=label, expected="≥ 0")
    if all(figure is None for figure, _ in scores):
        place = has_column(evaluation, "score")
        yield not_checked(RULE, "reasons.all_scores_blank" if place else "reasons.no_score_column")
