"""远超指标值而没有说明原因。

## 检查什么
方向为 ≥（或 >）的指标，完成值超过指标值的幅度达到政策规定的线（默认 30%），表中又没有说明原因。
幅度 =（完成值 ÷ 指标值 − 1）× 100%。方向只看指标值、指标性质和表中写明的评分标准，不按指标名称猜；
没有方向的行列入“未检查”。

## 为什么
超出太多，多半是年初指标值定低了，财政部门会要求说明，有的地方还要相应扣分。

## 错误示例
| 指标名称 | 指标值 | 完成值 | 权重 | 得分 | 偏差原因分析及改进措施 |
| 户用卫生厕所改造数量 | ≥2000座 | 3061座 | 60 | 60 |  |
| 群众满意度 | ≥90% | 93% | 40 | 40 |  |

## 正确示例
| 指标名称 | 指标值 | 完成值 | 权重 | 得分 | 偏差原因分析及改进措施 |
| 户用卫生厕所改造数量 | ≥2000座 | 3061座 | 60 | 60 | 省级年中追加任务1000座，已相应调整下年指标值 |
| 群众满意度 | ≥90% | 93% | 40 | 40 |  |

## 依据
财预〔2020〕10号：完成值明显高于指标值的，应分析原因，属指标值设定偏低的，按偏离度调减得分；30% 为地方通行的线，
可在政策文件中更改。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import term
from xltools.checks.targets import lacks_column, own, undecided
from xltools.figures import plain, round_half_up
from xltools.judging import reason_given, target_of

RULE = Rule(code="V106", name="over-achieved", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Report the actuals far above a ≥ target that nobody explains."""
    evaluation = form.evaluation
    yield from lacks_column(RULE, evaluation, "target", "actual")
    line = form.policy.over_achievement.value
    rows = [row for row in evaluation.indicators if own(row, "actual")]
    for row in rows:
        target, over = target_of(row), form.judge(row).over
        if target is None or over is None or over < line or reason_given(evaluation, row) is not None:
            continue
        yield finding(
            RULE,
            row.actual,
            "rules_v.V106",
            label=indicator_label(row, term(evaluation, "indicators", "actual")),
            target=target.text,
            over=plain(round_half_up(over, 1)),
            line=plain(line),
        )
    yield from undecided(RULE, form, rows)
