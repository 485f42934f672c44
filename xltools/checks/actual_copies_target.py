"""完成值照抄指标值的符号。

## 检查什么
完成值与指标值是同一个数，并且完成值也带着 ≥、≤、“不少于”“以上”等方向（`≥95%`、`15%及以下`）。`=100%` 不报：
等号说的是一个确定的数。

## 为什么
实际完成的结果是一个确定的数，不会是“不少于多少”。照抄目标说明没有统计实际完成情况。

## 错误示例
| 指标名称 | 指标值 | 完成值 | 权重 | 得分 |
| 及时完工率 | ≥90% | ≥90% | 60 | 60 |
| 受益人口满意度 | ≥95% | 96% | 40 | 40 |

## 正确示例
| 指标名称 | 指标值 | 完成值 | 权重 | 得分 |
| 及时完工率 | ≥90% | 94% | 60 | 60 |
| 受益人口满意度 | ≥95% | 96% | 40 | 40 |

## 依据
财预〔2020〕10号：“实际完成值”应填全年实际完成的结果。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import term
from xltools.checks.targets import lacks_column, own, printed
from xltools.evaluation import Indicator
from xltools.figures import Figure, fold, parse
from xltools.judging import target_of

RULE = Rule(code="V107", name="actual-copies-target", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Report the actuals that are the target once more, sign included."""
    evaluation = form.evaluation
    yield from lacks_column(RULE, evaluation, "target", "actual")
    for row in evaluation.indicators:
        target, actual = target_of(row), own(row, "actual")
        if target is None or actual is None or actual.sign in ("", "=") or not _copied(row, target, actual):
            continue
        yield finding(
            RULE,
            actual,
            "rules_v.V107",
            label=indicator_label(row, term(evaluation, "indicators", "actual")),
            target=target.text,
        )


def _copied(row: Indicator, target: Figure, actual: Figure) -> bool:
    if actual.value is None or target.value is None:
        return False
    if fold(target.text) == fold(actual.text):
        return True
    nature = printed(row, "nature")
    sign = target.sign or (parse(nature.text).sign if nature else "")
    return (sign, target.value) == (actual.sign, actual.value) and (not actual.unit or target.unit in ("", actual.unit))
