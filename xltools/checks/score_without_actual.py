"""完成值空白，却有得分。

## 检查什么
表上有完成值一列，而该行完成值空白（或指标值、完成值都空白），得分却大于 0。合并单元格覆盖的完成值算有；几个指标合并打
分的，只有这几个指标的完成值全部空白才报。`其中…` 明细行不检查。

## 为什么
没有完成值就没有打分的依据。一份公开的表里六个指标的指标值和完成值全空，照样各得满分 10 分。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 完成数量 | ≥20个 | 20个 | 60 | 60 |
| 验收合格率 | ≥95% |  | 40 | 40 |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 完成数量 | ≥20个 | 20个 | 60 | 60 |
| 验收合格率 | ≥95% | 96% | 40 | 40 |

## 依据
财预〔2020〕10号：对照绩效目标，按实际完成情况打分；各地接收系统不接受空白的完成值。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label, not_checked
from xltools.checks.marks import has_column, merged_rows, number, term
from xltools.evaluation import Indicator
from xltools.figures import is_blank
from xltools.judging import target_of
from xltools.points import counting

RULE = Rule(code="S106", name="score-without-actual", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Report scores of indicators whose actual is blank."""
    evaluation = form.evaluation
    if not has_column(evaluation, "actual"):
        yield not_checked(RULE, "reasons.no_actual_column")
        return
    if not has_column(evaluation, "score"):
        yield not_checked(RULE, "reasons.no_score_column")
        return
    counted = counting(evaluation)
    shared = merged_rows(counted, "score")
    for row in counted:
        score = number(row.score)
        if score is None or score <= 0 or "actual" not in row.fields:
            continue
        rows = shared.get(id(row), [row])
        if any(_has_actual(part) for part in rows):
            continue
        both = all(target_of(part) is None for part in rows)
        yield finding(
            RULE,
            row.score,
            "rules_s.S106.both" if both else "rules_s.S106",
            label=indicator_label(row, term(evaluation, "indicators", "score")),
            actual=term(evaluation, "indicators", "actual"),
            target=term(evaluation, "indicators", "target"),
        )


def _has_actual(row: Indicator) -> bool:
    actual = row.get("actual")
    return actual is not None and not is_blank(actual.text)
