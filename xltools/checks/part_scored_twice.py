"""“其中”分项行重复填写了总额行的分值和得分。

## 检查什么
分项行的分值和得分都与总额行相同（都是数字）。分值、得分跨行合并的只算一次，不报告；分项行填 `—`、`/` 或空白的正常。

## 为什么
执行率只按总额行计一次分。分项行重复填，按列相加就多出 10 分权重和 10 分得分，接收系统核对满分时退回。

## 错误示例
| 绩效目标自评表 | < | < | < | < | < | < |
| 项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 9.48 | 9.48 | 10 | 100% | 10 |
| ^ | 其中：本年财政拨款 | 9.48 | 9.48 | 10 | 100% | 10 |
| 一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 得分 |
| 产出指标 | 数量指标 | 受益村 | 90 | 3个 | 3个 | 90 |
| 总分 | < | < | 100 |  |  | 100 |

## 正确示例
| 绩效目标自评表 | < | < | < | < | < | < |
| 项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 9.48 | 9.48 | 10 | 100% | 10 |
| ^ | 其中：本年财政拨款 | 9.48 | 9.48 | — | 100% | — |
| 一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 得分 |
| 产出指标 | 数量指标 | 受益村 | 90 | 3个 | 3个 | 90 |
| 总分 | < | < | 100 |  |  | 100 |

## 依据
财预〔2020〕10号所附项目支出绩效自评表：分值、得分只在年度资金总额行填列，其余各行填“—”。
"""

from collections.abc import Iterator

from xltools.checks.amounts import all_families
from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import row_label, row_name

RULE = Rule(code="B111", name="part-scored-twice", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Find parts that repeat both weight and score of their total."""
    evaluation = form.evaluation
    found = all_families(evaluation)
    if not found:
        yield not_checked(RULE, "reasons.no_parts")
        return
    if all(family.total.weight is None or family.total.score is None for family in found):
        yield not_checked(RULE, "reasons.total_not_scored")
        return
    reported: set[int] = set()
    for family in found:
        total = family.total
        if total.weight is None or total.score is None or total.weight.value is None or total.score.value is None:
            continue
        for part in family.parts:
            if part.weight is None or part.score is None or id(part) in reported:
                continue
            if part.weight.value == total.weight.value and part.score.value == total.score.value:
                reported.add(id(part))
                yield finding(
                    RULE,
                    part.score,
                    "rules_b.B111",
                    label=row_label(evaluation, part, "score"),
                    expected="—",
                    weight=part.weight.text,
                    total=row_name(total),
                )
