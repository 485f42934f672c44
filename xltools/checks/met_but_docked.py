"""达到了指标值，却被扣分，也没有说明原因。

## 检查什么
完成值与指标值相等（任何方向都算达到），或按写明的方向优于指标值，得分却小于权重，而偏差原因栏空白、写“无”，表外也没有
说明。方向没有写明、完成值又不等于指标值的，列为未检查。

## 为什么
22 个被扣分的指标里有 5 个其实完成了，一个字也没有解释：不是得分填错，就是完成值填错，或是扣分另有缘由而没有写。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 演出设备成本 | ≤2万元 | 2万元 | 20 | 18 |  |
| 演出场次 | ≥50场 | 52场 | 80 | 80 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 演出设备成本 | ≤2万元 | 2万元 | 20 | 20 |  |
| 演出场次 | ≥50场 | 52场 | 80 | 80 |  |

## 依据
财预〔2020〕10号：完成指标值的，记该指标所赋全部分值。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import is_full, one_line, scored, term, undecided, unscored, wanted
from xltools.judging import reason_given

RULE = Rule(code="S108", name="met-but-docked", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Report points lost on targets that were met."""
    evaluation = form.evaluation
    found = scored(evaluation)
    # A negative score is S112's: nobody docks more than the weight.
    rows = [row for row in found.rows if not is_full(row) and row.score is not None and (row.score.exact or 0) >= 0]
    for row in rows:
        judgement = form.judge(row)
        if judgement.met and reason_given(evaluation, row) is None and row.weight is not None:
            yield finding(
                RULE,
                row.score,
                "rules_s.S108" if judgement.manner == "deadline" or not judgement.equal else "rules_s.S108.equal",
                label=indicator_label(row, term(evaluation, "indicators", "score")),
                expected=row.weight.text,
                weight=row.weight.text,
                target=wanted(row, judgement),
                actual=one_line(row.get("actual")),
            )
    yield from undecided(RULE, form, [row for row in rows if form.judge(row).met is None])
    yield from unscored(RULE, evaluation, found)
