"""同一个上级指标下，指标名称重复。

## 检查什么
同一个二级指标（没有二级时为一级指标，都没有时为全表）下，两行指标名称相同。比较时不看“指标1：”之类的序号、★、
名称后写的分值，也不分全角半角和空格。`其中…` 明细行不比较。

## 为什么
同一件事计了两次分，或者复制了一行忘记改名。接收系统按名称取数，重名的行会互相覆盖。

## 错误示例
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 指标1：培训人数 | ≥100人 | 110人 | 50 | 50 |
| ^ | ^ | 指标2：培训人数 | ≥100人 | 110人 | 50 | 50 |

## 正确示例
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 指标1：培训人数 | ≥100人 | 110人 | 50 | 50 |
| ^ | ^ | 指标2：培训场次 | ≥10场 | 11场 | 50 | 50 |

## 依据
财预〔2020〕10号：绩效指标应细化、不交叉重复。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.targets import bare_name
from xltools.evaluation import Indicator
from xltools.figures import fold

RULE = Rule(code="V108", name="duplicate-indicator", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Report every later row that has the name of an earlier one under the same parent."""
    if not form.evaluation.indicators:
        yield not_checked(RULE, "reasons.no_indicators")
    parent: tuple[str, ...] = ()
    first: dict[str, Indicator] = {}
    for row in form.evaluation.indicators:
        if row.detail or row.name is None:
            continue
        # A form with two sets of goals repeats its levels: only rows that stand together have one parent.
        if _parent(row) != parent:
            parent, first = _parent(row), {}
        name = bare_name(row.name.text)
        earlier = first.setdefault(name, row) if name else row
        if earlier is not row and earlier.name is not None:
            yield finding(RULE, row.name, "rules_v.V108", label=row.name.text, earlier=earlier.name.reference)


def _parent(row: Indicator) -> tuple[str, ...]:
    return (
        row.name.sheet if row.name else "",
        *(fold(level.name) if level else "" for level in (row.level1, row.level2)),
    )
