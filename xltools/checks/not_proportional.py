"""没有达标的指标，得分不等于按比例应得的分。

## 检查什么
≥（>）的指标没有达到，按 权重 × 完成值 ÷ 指标值；≤（<）的没有达到，按 权重 × 指标值 ÷ 完成值。“=”没有达到、时限没有赶
上、表上另写有评分标准（如“每降 5% 扣 1 分”）、方向没有写明的，不检查；评分办法不按比例计分的，不检查。得满分的由 S107
报告；评分办法规定扣分不说明原因即为错误时，那些行由 S114 报告，这里都不重复。

按所填的小数位四舍五入相等即为相符；只差末位不到一个单位，或把小数得分写成整数，为提示。

## 为什么
同样完成 90%，有的单位扣 0.5 分，有的扣 3 分，部门之间就无法比较。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 完成数量 | ≥20个 | 18个 | 60 | 59 | 两个点位因征地延期，次年一季度完成 |
| 验收合格率 | ≥95% | 96% | 40 | 40 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 完成数量 | ≥20个 | 18个 | 60 | 54 | 两个点位因征地延期，次年一季度完成 |
| 验收合格率 | ≥95% | 96% | 40 | 40 |  |

## 依据
财预〔2020〕10号：定量指标未完成指标值的，按照完成值与指标值的比例记分。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label, not_checked
from xltools.checks.marks import is_full, number, one_line, points_agreement, scored, term, undecided, unscored, wanted
from xltools.evaluation import Indicator
from xltools.figures import Agreement, plain, round_half_up
from xltools.judging import reason_given

RULE = Rule(code="S109", name="not-proportional", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Compare the scores of missed targets with the policy's proportional ones."""
    evaluation = form.evaluation
    if not form.policy.proportional.value:
        yield not_checked(RULE, "reasons.not_proportional")
        return
    found = scored(evaluation)
    rows = [row for row in found.rows if form.judge(row).met is not True and not is_full(row)]
    for row in rows:
        yield from _compare(form, row)
    yield from undecided(RULE, form, [row for row in rows if form.judge(row).share is None])
    yield from unscored(RULE, evaluation, found)


def _compare(form: Form, row: Indicator) -> Iterator[Outcome]:
    judgement = form.judge(row)
    share, weight = judgement.share, number(row.weight)
    if share is None or weight is None or row.score is None or _reported_elsewhere(form, row):
        return
    exact = weight * share
    result = points_agreement(row.score, [exact])
    if result is Agreement.EQUAL:
        return
    rounding = result is Agreement.ROUNDING
    upward = judgement.direction in ("≥", ">")
    first, second = (judgement.actual, judgement.target) if upward else (judgement.target, judgement.actual)
    if first is None or second is None:
        return
    yield finding(
        RULE,
        row.score,
        "rules_s.S109.rounding" if rounding else "rules_s.S109",
        label=indicator_label(row, term(form.evaluation, "indicators", "score")),
        expected=plain(round_half_up(exact, max(2, row.score.places))),
        severity="notice" if rounding else None,
        how=f"{plain(weight)} × {plain(first)} ÷ {plain(second)} = {plain(round_half_up(exact, 4))}",
        target=wanted(row, judgement),
        actual=one_line(row.get("actual")),
    )


def _reported_elsewhere(form: Form, row: Indicator) -> bool:
    """Whether S112 refuses the score as negative, or S114 the deduction for want of a reason."""
    if (number(row.score) or 0) < 0:
        return True
    return form.policy.unexplained_deduction.value == "error" and reason_given(form.evaluation, row) is None
