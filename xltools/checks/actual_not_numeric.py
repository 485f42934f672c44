"""指标值是数字，完成值却是文字。

## 检查什么
指标值是一个数（带不带 ≥、≤、单位都算），完成值里一个数字也没有（`达成预期指标`、`完成`、`无`）。指标值为 0 时写“无”
“未发生”等，等于0，不报。

## 为什么
目标是可以量的，完成值也应当是量出来的数；一句“达成预期指标”既不能核对，也不能汇总。

## 错误示例
| 指标名称 | 指标值 | 完成值 | 权重 | 得分 |
| 基建项目数量 | ≥50个 | 达成预期指标 | 60 | 60 |
| 群众满意度 | ≥90% | 93% | 40 | 40 |

## 正确示例
| 指标名称 | 指标值 | 完成值 | 权重 | 得分 |
| 基建项目数量 | ≥50个 | 52个 | 60 | 60 |
| 群众满意度 | ≥90% | 93% | 40 | 40 |

## 依据
财预〔2020〕10号：定量指标以实际完成值与指标值比较计分，完成值应为数值。
"""

import re
from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import term
from xltools.checks.targets import lacks_column, own, qualitative
from xltools.figures import Figure, deadline, fold
from xltools.judging import target_of

RULE = Rule(code="V104", name="actual-not-numeric", severity="warning")

_NUMERAL = re.compile(r"\d|[零〇一二两三四五六七八九十百千万亿半]+(?:[年月日天个次人户项家处件份场期批起%]|成|倍|分之)")
_NONE = re.compile(r"无|未|没有|零|不存在|从未|杜绝")


def check(form: Form) -> Iterator[Outcome]:
    """Report the rows with a number as target and mere words as actual."""
    evaluation = form.evaluation
    yield from lacks_column(RULE, evaluation, "target", "actual")
    for row in evaluation.indicators:
        target, actual = target_of(row), own(row, "actual")
        if target is None or actual is None or target.value is None or actual.value is not None:
            continue
        if qualitative(row) or actual.kind == "error" or _tells_a_number(target, actual):
            continue
        yield finding(
            RULE,
            actual,
            "rules_v.V104",
            label=indicator_label(row, term(evaluation, "indicators", "actual")),
            target=target.text,
        )


def _tells_a_number(target: Figure, actual: Figure) -> bool:
    plain = fold(actual.text)
    if _NUMERAL.search(plain) or deadline(actual.text) is not None:
        return True
    return not target.value and _NONE.search(plain) is not None
