"""完成值（实际完成值）空白。

## 检查什么
有指标值、分值或得分的指标行，完成值空白（空格、`—`、`/` 也算空白）。没有完成值列的表不查；什么数都没有填的行、
`其中…` 明细行中没有指标值的行也不查。

## 为什么
完成值是自评的依据：没有完成值，得分是估出来的；接收系统会退回这样的行。

## 错误示例
| 指标名称 | 指标值 | 完成值 | 权重 |
| 发放覆盖率 | 100% | 100% | 60 |
| 足额保障率 | 100% |  | 40 |

## 正确示例
| 指标名称 | 指标值 | 完成值 | 权重 |
| 发放覆盖率 | 100% | 100% | 60 |
| 足额保障率 | 100% | 98% | 40 |

## 依据
财预〔2020〕10号：绩效自评应填列各项指标的全年实际完成值。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import term
from xltools.checks.targets import lacks_column, place_of, printed, with_column
from xltools.judging import target_of

RULE = Rule(code="V102", name="actual-missing", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Report the rows that have a target or points but no actual."""
    evaluation = form.evaluation
    yield from lacks_column(RULE, evaluation, "actual")
    for row in with_column(evaluation, "actual"):
        target = target_of(row)
        if printed(row, "actual") or not (target or (not row.detail and printed(row, "weight", "score"))):
            continue
        sheet, line, column = place_of(evaluation, row, "actual")
        yield finding(
            RULE,
            None,
            "rules_v.V102" if target else "rules_v.V102.both",
            label=indicator_label(row, term(evaluation, "indicators", "actual")),
            sheet=sheet,
            row=line,
            column=column,
            target=target.text if target else "",
        )
