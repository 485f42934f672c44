"""执行率应写成百分数，却写成了小数。

## 检查什么
执行率没有 % 且不大于 1：按金额重算，只有当作小数（`0.958` 即 95.8 %）才相符的；金额不全时，栏名带 % 或同表其他执行
率写成百分数的。`1` 写在百分数的栏里表示 100 % 也在此列。是提示，不影响通过。

## 为什么
接收系统按栏名的单位读数，0.958 会被读成 0.958 %，执行率得分就只剩 0.1 分。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 43.2 | 43.2 | 41.04 | 0.95 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 43.2 | 43.2 | 41.04 | 95% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 维修面积 | ≥800平方米 | 820平方米 |  |

## 依据
财预〔2020〕10号所附项目支出绩效自评表：执行率以百分数表示。
"""

from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.amounts import rate_text, read_rate
from xltools.checks.base import Form, Outcome, Rule, column_label, finding, not_checked
from xltools.checks.cells import Skipped, row_label
from xltools.evaluation import Evaluation
from xltools.figures import Agreement, Figure, fold
from xltools.scoring import rate_of

RULE = Rule(code="B110", name="rate-scale", severity="notice")


def check(form: Form) -> Iterator[Outcome]:
    """Find execution rates written as fractions."""
    evaluation = form.evaluation
    rows = [row for row in evaluation.budget if row.rate is not None]
    if not rows:
        yield not_checked(RULE, "reasons.no_rate")
        return
    skipped = Skipped(RULE)
    for row in rows:
        rate = row.rate
        if rate is None or rate.value is None or rate.exact is None:
            skipped.add("reasons.budget_unreadable")
            continue
        if rate.percent or not 0 < rate.exact <= 1:
            continue
        percent = rate_of(evaluation, row).value
        if percent is None and not _percentages(evaluation, rate):
            skipped.add("reasons.rate_scale_unknown")
            continue
        if percent is not None:
            reading = read_rate(rate, percent)
            if not reading.fraction or reading.agreement is Agreement.DIFFERENT:
                continue
        yield finding(
            RULE,
            rate,
            "rules_b.B110",
            label=row_label(evaluation, row, "rate"),
            expected=rate_text(rate.exact * 100),
        )
    yield from skipped.outcomes()


def _percentages(evaluation: Evaluation, rate: Figure) -> bool:
    """Whether the form's rates are percentages: by the column's label, or by another rate of the same column."""
    if "%" in fold(column_label(evaluation, "budget", "rate")):
        return True
    others = [row.rate for row in evaluation.budget if row.rate is not None and row.rate is not rate]
    return any(other.percent or (other.exact or Decimal(0)) > 2 for other in others)
