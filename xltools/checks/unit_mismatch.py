"""指标值与完成值的计量单位对不上。

## 检查什么
指标值和完成值各有单位（自己写的，或计量单位栏给的），而两个单位量的不是同一种东西：
百分比对数量（`100%` 与 `1000件`）、金额对人数、面积对长度。个、家、户、处一类的量词换用不算。
同一种单位大小不同（万元与元、公里与米）时，换算后相差千倍以上报警告，否则只作提示。只有一方写了单位的不报。

## 为什么
单位对不上就没法比较，多半是把别的数填进了完成值；万元、元填混会差一万倍。

## 错误示例
| 指标名称 | 指标值 | 完成值 | 权重 | 得分 |
| 设备验收合格率 | 100% | 1000件 | 60 | 60 |
| 群众满意度 | ≥90% | 93% | 40 | 40 |

## 正确示例
| 指标名称 | 指标值 | 完成值 | 权重 | 得分 |
| 设备验收合格率 | 100% | 100% | 60 | 60 |
| 群众满意度 | ≥90% | 93% | 40 | 40 |

## 依据
财预〔2020〕10号：完成值应与指标值口径一致、可以比较。
"""

from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import term
from xltools.checks.targets import lacks_column, own, printed
from xltools.evaluation import Indicator
from xltools.figures import Figure
from xltools.judging import target_of
from xltools.units import column_unit, unit_parts

RULE = Rule(code="V112", name="unit-mismatch", severity="warning")

_APART = Decimal(1000)
_KINDS = {
    "share": ("%",),
    "money": ("元", "美元"),
    "area": ("亩", "公顷", "平方米", "平方公里", "平方千米"),
    "length": ("米", "厘米", "毫米", "分米", "公里", "里"),
    "mass": ("克", "斤", "公斤", "吨", "毫克"),
    "volume": ("立方米", "升", "毫升", "立方", "方"),
    "time": ("年", "个月", "月", "周", "天", "日", "工作日", "个工作日", "小时", "分钟", "秒", "学时", "课时"),
}
_KIND_OF = {unit: kind for kind, units in _KINDS.items() for unit in units}
_COUNTED = frozenset("人名个家户次场期件份项处所座台套批篇只头起例种条辆栋间床册本张")


def check(form: Form) -> Iterator[Outcome]:
    """Report the rows whose two figures are in units that cannot be compared."""
    evaluation = form.evaluation
    yield from lacks_column(RULE, evaluation, "target", "actual")
    for row in evaluation.indicators:
        target, actual = target_of(row), own(row, "actual")
        if target is None or actual is None or target.value is None or actual.value is None:
            continue
        first, second = _units(row, target, actual)
        if not first or not second or first == second:
            continue
        (one, base), (other, second_base) = unit_parts(first), unit_parts(second)
        if base == second_base:
            if one == other:
                continue
            apart = _far_apart(target.value * one, actual.value * other)
            key = "rules_v.V112.scale" if apart else "rules_v.V112.convertible"
        elif _kind(base) and _kind(second_base) and _kind(base) != _kind(second_base):
            key = "rules_v.V112"
        else:
            continue
        yield finding(
            RULE,
            actual,
            key,
            label=indicator_label(row, term(evaluation, "indicators", "actual")),
            severity="notice" if key.endswith("convertible") else None,
            target=target.text,
            first=first,
            second=second,
        )


def _units(row: Indicator, target: Figure, actual: Figure) -> tuple[str, str]:
    """The units of target and actual; a figure without one of its own takes that of the row's 计量单位 cell."""
    if target.unit and actual.unit:
        return target.unit, actual.unit
    cell = printed(row, "unit")
    common = column_unit(cell.text) if cell else ""
    return target.unit or common, actual.unit or common


def _kind(base: str) -> str:
    """What a plain unit measures; empty for a word that is not known as a unit."""
    plain = base.partition("/")[0]
    if plain in _KIND_OF:
        return _KIND_OF[plain]
    return "count" if plain and plain[0] in _COUNTED else ""


def _far_apart(first: Decimal, second: Decimal) -> bool:
    if not first or not second:
        return False
    ratio = abs(first / second)
    return ratio >= _APART or ratio <= 1 / _APART
