"""预算执行率的得分不等于 min(执行率, 100%) × 权重。

## 检查什么
预算部分所填的得分，与执行率（超过 100% 按 100% 计）× 权重比较。执行率用金额算出的（全年执行数 ÷ 全年预算数），也用所
填的：与其中任何一个算出的得分相符即可。权重取该行的分值，没有的取标签里的分数（“得分（20分*执行率）”）。没有权重的
`其中…` 行不检查。表上另写有执行率分档计分办法的，不检查。

按所填的小数位四舍五入相等即为相符；只差末位不到一个单位，或把小数得分写成整数（8.62 写成 9），为提示。

## 为什么
执行率 10 分（有的地方 20 分）是唯一可以由金额直接算出的得分，主管部门必查。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < | < |
| 项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 50 | 40 | 10 | 80% | 10 |
| 绩效指标 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| ^ | 产出指标 | 完成数量 | ≥20个 | 20个 | 90 | 90 |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < | < |
| 项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 50 | 40 | 10 | 80% | 8 |
| 绩效指标 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| ^ | 产出指标 | 完成数量 | ≥20个 | 20个 | 90 | 90 |

## 依据
财预〔2020〕10号自评表：预算执行率得分按执行率 × 分值计，最高不超过分值；执行率 = 全年执行数 ÷ 全年预算数。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.marks import execution_label, points_agreement
from xltools.figures import Agreement, fold, plain, round_half_up
from xltools.judging import is_stepwise

RULE = Rule(code="S104", name="execution-score-mismatch", severity="error", fix="unsafe")


def check(form: Form) -> Iterator[Outcome]:
    """Compare the printed execution score with rate × weight."""
    evaluation, expected = form.evaluation, form.expected
    row = evaluation.execution_row()
    if row is None:
        yield not_checked(RULE, "reasons.no_budget_block")
        return
    if row.score is None:
        place = evaluation.has("budget", "score")
        yield not_checked(RULE, "reasons.execution_score_blank" if place else "reasons.no_execution_score")
        return
    if row.score.value is None:
        yield not_checked(RULE, "reasons.score_unreadable")
        return
    if any("执行率" in fold(rule.text) and is_stepwise(rule.text) for rule in evaluation.rules):
        yield not_checked(RULE, "reasons.stepwise_rule")
        return
    computed = [one for one in (expected.execution_score, expected.execution_score_as_printed) if one.value is not None]
    if not computed:
        yield not_checked(RULE, expected.execution_score.undecided or "reasons.rate_blank")
        return
    if any(one.value is not None and one.value < 0 for one in computed):
        yield not_checked(RULE, "reasons.rate_negative")
        return
    result = points_agreement(row.score, [one.value for one in computed if one.value is not None])
    if result is Agreement.EQUAL:
        return
    best = computed[0]
    rounding = result is Agreement.ROUNDING
    yield finding(
        RULE,
        row.score,
        "rules_s.S104.rounding" if rounding else "rules_s.S104",
        label=execution_label(evaluation, row, "score"),
        expected=plain(round_half_up(best.value, max(2, row.score.places))) if best.value is not None else None,
        severity="notice" if rounding else None,
        how=best.how,
    )
