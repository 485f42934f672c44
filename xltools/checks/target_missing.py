"""指标值（目标值）空白。

## 检查什么
有完成值、分值或得分的指标行，年初指标值和调整指标值都空白（空格、`—`、`/` 也算空白）。没有指标值列的表不查；
什么数都没有填的行、`其中…` 明细行中没有完成值的行也不查。

## 为什么
没有目标，就无从判断完成得好不好，得分也就没有依据；接收系统会退回这样的行。

## 错误示例
| 指标名称 | 年初指标值 | 全年完成值 | 权重 | 得分 |
| 受理问题结案率 | ≥95% | 96% | 60 | 60 |
| 组织宣传活动次数 |  | 43次 | 40 | 40 |

## 正确示例
| 指标名称 | 年初指标值 | 全年完成值 | 权重 | 得分 |
| 受理问题结案率 | ≥95% | 96% | 60 | 60 |
| 组织宣传活动次数 | ≥40次 | 43次 | 40 | 40 |

## 依据
财预〔2020〕10号：绩效自评以年初设定的绩效目标和指标值为依据，逐项比较完成情况。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import term
from xltools.checks.targets import TARGETS, lacks_column, place_of, printed, with_column

RULE = Rule(code="V101", name="target-missing", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Report the rows that have figures but no target."""
    evaluation = form.evaluation
    yield from lacks_column(RULE, evaluation, "target")
    for row in with_column(evaluation, *TARGETS):
        if printed(row, *TARGETS):
            continue
        actual = printed(row, "actual")
        points = None if row.detail else printed(row, "weight", "score")
        if not actual and not points:
            continue
        name = "target" if "target" in row.fields else "target_adjusted"
        sheet, line, column = place_of(evaluation, row, name)
        yield finding(
            RULE,
            None,
            "rules_v.V101" if actual else "rules_v.V101.both",
            label=indicator_label(row, term(evaluation, "indicators", name)),
            sheet=sheet,
            row=line,
            column=column,
            actual=actual.text if actual else "",
        )
