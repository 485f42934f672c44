"""Units of measure as forms write them: which two figures can be compared, and in what common unit."""

from decimal import Decimal
from typing import NamedTuple

from xltools.figures import Figure, fold, is_blank

_WORDS = {
    "百分比": "%",
    "百分点": "%",
    "个百分点": "%",
    "百分数": "%",
    "百分率": "%",
    "千米": "公里",
    "千克": "公斤",
    "km": "公里",
    "kg": "公斤",
    "m": "米",
    "m2": "平方米",
    "m3": "立方米",
    "km2": "平方公里",
    "平米": "平方米",
    "h": "小时",
}
_MULTIPLES = (("千万", 10_000_000), ("百万", 1_000_000), ("亿", 100_000_000), ("万", 10_000), ("千", 1_000))
_FACTORS = {
    "公里": (Decimal(1000), "米"),
    "公斤": (Decimal(1000), "克"),
    "吨": (Decimal(1_000_000), "克"),
    "‰": (Decimal("0.1"), "%"),
}
_APART = 1000
_NOT_A_UNIT = frozenset({"无", "文字描述", "定性", "定量", "其他", "其它", "项目", "数值"})


class Comparable(NamedTuple):
    """A target and an actual in one common unit."""

    target: Decimal
    actual: Decimal
    unit: str


def unit_parts(unit: str) -> tuple[Decimal, str]:
    """A unit as a factor and the plain unit that it multiplies: `万元` is 10 000 × `元`, `‰` is 0.1 × `%`."""
    plain = fold(unit).strip("()").lower()
    plain = _WORDS.get(plain, plain)
    factor = Decimal(1)
    if plain not in _FACTORS:
        for word, multiple in _MULTIPLES:
            if plain.startswith(word):
                factor, plain = Decimal(multiple), plain[len(word) :]
                break
    plain = _WORDS.get(plain, plain)
    own, base = _FACTORS.get(plain, (Decimal(1), plain))
    return factor * own, base


def column_unit(text: str) -> str:
    """The unit that a 计量单位 cell names; empty where it names none or more than one (`个/次`)."""
    plain = fold(text).strip("()")
    if is_blank(plain) or plain in _NOT_A_UNIT or any(mark in plain for mark in "、,;或"):
        return ""
    return "" if "/" in plain and not plain.endswith(("/年", "/月", "/日", "/天", "/次", "/人")) else plain


def comparable(target: Figure, actual: Figure, unit: str = "") -> Comparable | str:
    """Two figures in a common unit, or the key of the reason why they have none.

    A figure without a unit of its own takes that of the 计量单位 cell, else the other figure's. A bare number that
    could as well be a fraction (`1` beside `100%`) or an amount in another unit (`900000` beside `90万元`) is not
    guessed at.
    """
    if target.value is None or actual.value is None:
        return "reasons.words"
    common = column_unit(unit)
    first, second = target.unit or common or actual.unit, actual.unit or common or target.unit
    one, base = unit_parts(first)
    other, second_base = unit_parts(second)
    if base != second_base and base and second_base:
        return "reasons.units_differ"
    bare = not (target.unit and actual.unit)
    left, right = target.value, actual.value
    if bare and base == "%" and _fraction_beside_percent(target, actual):
        # As plain numbers 1 and 100 % are the same; any other pair could be read in two ways.
        same = left * 100 == right if not target.unit else right * 100 == left
        whole = max(left, right)
        return Comparable(whole, whole, "%") if same else "reasons.fraction_or_percent"
    if bare and max(one, other) > 1 and left and right and not 1 / Decimal(_APART) < abs(left / right) < _APART:
        return "reasons.unit_scale"
    return Comparable(left * one, right * other, base) if one != other else Comparable(left, right, first)


def _fraction_beside_percent(target: Figure, actual: Figure) -> bool:
    for figure, beside in ((target, actual), (actual, target)):
        value, other = figure.value or Decimal(0), beside.value or Decimal(0)
        if not figure.unit and 0 < abs(value) <= 1 and (abs(other) > 1 or (beside.unit == "%" and other)):
            return True
    return False
