"""自评总分超过了预算执行率所允许的上限（部分地区的规定，默认关闭）。

## 检查什么
有的地区按预算执行率限制总分，例如执行率低于 80% 的不得高于 89 分。上限写在评分办法（execution_caps）里；所选办法没有
规定上限的，不检查。

## 为什么
钱没有花出去，绩效却评为“优”，是主管部门复核的重点。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < | < |
| 自评总分 | 96 | < | < | < | < | < |
| 项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 50 | 30 | 10 | 60% | 6 |
| 绩效指标 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| ^ | 产出指标 | 完成数量 | ≥20个 | 20个 | 90 | 90 |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < | < |
| 自评总分 | 99 | < | < | < | < | < |
| 项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 50 | 45 | 10 | 90% | 9 |
| 绩效指标 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| ^ | 产出指标 | 完成数量 | ≥20个 | 20个 | 90 | 90 |

## 依据
部分地区的规定（转引）：执行率 70%–80% 总分不超过 89，60%–70% 不超过 79，50%–60% 不超过 69，50% 以下不超过 59；财政部
办法无此规定。
"""

from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.marks import number, total_term
from xltools.figures import plain
from xltools.points import full_marks
from xltools.scoring import printed_rate, shown

RULE = Rule(code="S111", name="execution-cap", severity="warning", on=False)


def check(form: Form) -> Iterator[Outcome]:
    """Compare the total with the cap for its execution rate."""
    caps = form.policy.execution_caps.value
    if not caps:
        yield not_checked(RULE, "reasons.no_caps")
        return
    total = number(form.evaluation.total.score)
    if form.evaluation.total.score is None or total is None:
        yield not_checked(RULE, "reasons.total_blank")
        return
    rate = _execution_rate(form)
    if rate is None:
        yield not_checked(RULE, form.expected.execution_rate.undecided or "reasons.rate_blank")
        return
    cap = min((cap for cap in caps if rate < cap.below), key=lambda item: item.total, default=None)
    if cap is None:
        return
    limit = cap.total * full_marks(form.evaluation, form.policy) / 100
    if total > limit:
        yield finding(
            RULE,
            form.evaluation.total.score,
            "rules_s.S111",
            label=total_term(form.evaluation, "score"),
            expected=f"≤ {plain(limit)}",
            rate=shown(rate),
            below=plain(cap.below),
            limit=plain(limit),
            basis=form.policy.execution_caps.basis,
        )


def _execution_rate(form: Form) -> Decimal | None:
    """The execution rate in percent: from the amounts, else the printed one."""
    computed = form.expected.execution_rate.value
    return computed if computed is not None else printed_rate(form.evaluation, form.evaluation.execution_row()).value
