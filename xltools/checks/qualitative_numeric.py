"""指标性质写“定性”，值却是一个数。

## 检查什么
指标性质栏写明“定性”，而指标值或完成值只是一个数字。带单位的（`100%`、`3次`）不报。

## 为什么
要么性质填错了（其实是定量指标，应当给出方向和单位），要么值填错了（把得分、百分比填进了完成值）。

## 错误示例
| 指标名称 | 指标性质 | 指标值 | 完成值 | 权重 | 得分 |
| 管理制度健全性 | 定性 | 好 | 95 | 60 | 60 |
| 群众满意度 | ≥ | 90% | 93% | 40 | 40 |

## 正确示例
| 指标名称 | 指标性质 | 指标值 | 完成值 | 权重 | 得分 |
| 管理制度健全性 | 定性 | 好 | 好 | 60 | 60 |
| 群众满意度 | ≥ | 90% | 93% | 40 | 40 |

## 依据
自评表“指标性质”栏：定性指标按达成程度分档填写；只作提示。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import term
from xltools.checks.targets import TARGETS, lacks_column, own, qualitative
from xltools.figures import is_plain_number

RULE = Rule(code="V105", name="qualitative-numeric", severity="notice")


def check(form: Form) -> Iterator[Outcome]:
    """Report the bare numbers in rows that call themselves qualitative."""
    evaluation = form.evaluation
    yield from lacks_column(RULE, evaluation, "nature")
    for row in filter(qualitative, evaluation.indicators):
        for name in (*TARGETS, "actual"):
            figure = own(row, name)
            if figure is not None and is_plain_number(figure.text):
                label = indicator_label(row, term(evaluation, "indicators", name))
                yield finding(RULE, figure, "rules_v.V105", label=label)
                break
