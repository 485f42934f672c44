"""得分率（得分系数）不等于得分 ÷ 权重。

## 检查什么
每个指标所填的得分率或得分系数，与得分 ÷ 权重比较。100、100% 和 1 三种写法都有：带 % 的按百分数；不带的按整列的写法
（以与多数行相符的为准）；同一列有的带 % 有的不带，不带的两种读法有一种相符即可。几个指标合并打分的，与这几个指标权重
之和相比。得分、权重为空的行不检查。

按所填的小数位四舍五入相等即为相符；只差末位不到一个单位（截去尾数、二次舍入）为提示；得分本身是由系数 × 权重舍入到小
数而来的，也算相符。

## 为什么
得分率是报告和汇总里最常被引用的数。一份公开的报告里，16 分的指标得 16 分，得分率写成 10（应为 100），就这样发布了。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 促进城市综合管理工作 | 15 | 13.5 | 90 |
| 城区环境卫生质量提高率 | 16 | 16 | 10 |
| 广大群众满意度 | 69 | 69 | 100 |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 促进城市综合管理工作 | 15 | 13.5 | 90 |
| 城区环境卫生质量提高率 | 16 | 16 | 100 |
| 广大群众满意度 | 69 | 69 | 100 |

## 依据
得分率 = 得分 ÷ 权重 × 100%；重庆市部门整体绩效自评表：指标得分 = 得分系数 × 指标权重。
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label, not_checked
from xltools.checks.marks import number, term
from xltools.evaluation import Evaluation, Indicator
from xltools.figures import Agreement, Figure, agreement, plain, round_half_up
from xltools.points import counting
from xltools.scales import Scale, in_scale, percent_scale
from xltools.texts import say

RULE = Rule(code="S101", name="score-rate-mismatch", severity="error", fix="unsafe")

Column = Literal["score_rate", "coefficient"]
COLUMNS: tuple[Column, ...] = ("score_rate", "coefficient")


def check(form: Form) -> Iterator[Outcome]:
    """Compare printed rates and coefficients with score ÷ weight."""
    evaluation = form.evaluation
    columns = [name for name in COLUMNS if any(getattr(row, name) is not None for row in counting(evaluation))]
    if not columns:
        yield not_checked(RULE, "reasons.no_rate_column")
    for name in columns:
        yield from _check_column(form, name)


def _check_column(form: Form, name: Column) -> Iterator[Outcome]:
    evaluation = form.evaluation
    reasons: dict[str, int] = {}
    scales = _scales(evaluation, name)
    for row, score in zip(evaluation.indicators, form.expected.indicators, strict=True):
        rate: Figure | None = getattr(row, name)
        if row.detail or (rate is None and name in row.covered):
            continue
        if rate is None or rate.value is None:
            reason = "reasons.rate_cell_blank" if rate is None else "reasons.rate_cell_unreadable"
            reasons[reason] = reasons.get(reason, 0) + 1
        elif score.rate.value is None:
            reason = score.rate.undecided or "reasons.score_blank"
            reasons[reason] = reasons.get(reason, 0) + 1
        elif not 0 <= score.rate.value <= 100:
            reasons["reasons.score_outside"] = reasons.get("reasons.score_outside", 0) + 1
        else:
            yield from _compare(form, name, row, rate, score.rate.value, score.rate.how, scales)
    for reason, count in reasons.items():
        yield not_checked(RULE, "reasons.rows", count=count, reason=say(reason))


def _scales(evaluation: Evaluation, name: Column) -> tuple[Scale | None, ...]:
    """How bare numbers of a column may be read: in its own scale, in either one beside percent signs."""
    figures = [figure for row in counting(evaluation) if (figure := getattr(row, name)) is not None]
    return ("100%", "1") if any(figure.percent for figure in figures) else (percent_scale(evaluation, name),)


def _compare(
    form: Form, name: Column, row: Indicator, rate: Figure, exact: Decimal, how: str, scales: Sequence[Scale | None]
) -> Iterator[Outcome]:
    result = min(agreement(rate, in_scale(exact, rate, scale)) for scale in scales)
    if result is Agreement.EQUAL or (result is Agreement.DIFFERENT and _score_was_rounded(row, rate, exact, scales)):
        return
    rounding = result is Agreement.ROUNDING
    yield finding(
        RULE,
        rate,
        "rules_s.S101.rounding" if rounding else "rules_s.S101",
        label=indicator_label(row, term(form.evaluation, "indicators", name)),
        expected=_printed(form.evaluation, name, rate, in_scale(exact, rate, scales[0])),
        severity="notice" if rounding else None,
        how=how,
    )


def _score_was_rounded(row: Indicator, rate: Figure, exact: Decimal, scales: Sequence[Scale | None]) -> bool:
    """Whether the score is the printed coefficient times the weight, rounded to the score's decimals."""
    weight = number(row.weight)
    if row.score is None or not row.score.places or exact >= 100 or weight is None or rate.exact is None:
        return False
    products = [rate.exact * weight / in_scale(Decimal(100), rate, scale) for scale in scales]
    return any(agreement(row.score, product) is Agreement.EQUAL for product in products)


def _printed(evaluation: Evaluation, name: Column, rate: Figure, exact: Decimal) -> str:
    """The right rate in the style of its column; with two decimals of a percent where the column has too few."""
    figures = [figure for row in counting(evaluation) if (figure := getattr(row, name)) is not None]
    places = max(figure.places for figure in figures)
    text = f"{round_half_up(exact, places):f}"
    enough = 4 if abs(exact) <= 1 and not rate.percent else 2
    if places < enough and round_half_up(exact, places) != exact:
        text = plain(round_half_up(exact, enough))
    return f"{text}%" if rate.percent else text
