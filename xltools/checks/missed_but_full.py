"""没有达到指标值，却得满分。

## 检查什么
指标方向（≥、≤、= 或时限）由指标值、符号列或所填的评分标准给出，完成值没有达到，得分却等于权重。说明了原因的为警告，没
有说明的为错误。方向没有写明的，不从指标名称猜测，列为未检查；完成值与指标值相等的，无论什么方向都算达到。

## 为什么
没完成而不扣分，是自评不实最直接的表现：22 个没达标的指标里有 4 个照样满分。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 完成数量 | ≥20个 | 18个 | 60 | 60 |  |
| 验收合格率 | ≥95% | 96% | 40 | 40 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 完成数量 | ≥20个 | 18个 | 60 | 54 | 两个点位因征地延期，次年一季度完成 |
| 验收合格率 | ≥95% | 96% | 40 | 40 |  |

## 依据
财预〔2020〕10号：完成指标值的，记该指标所赋全部分值；未完成的，按照完成值与指标值的比例记分。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label
from xltools.checks.marks import exceeds, is_full, number, one_line, scored, term, undecided, unscored, wanted
from xltools.figures import plain, round_half_up
from xltools.judging import reason_given

RULE = Rule(code="S107", name="missed-but-full", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Report missed targets with full marks."""
    evaluation = form.evaluation
    found = scored(evaluation)
    rows = [row for row in found.rows if is_full(row) and not exceeds(row)]
    for row in rows:
        judgement = form.judge(row)
        if judgement.met is not False:
            continue
        reason = reason_given(evaluation, row)
        weight, share = number(row.weight), judgement.share
        proposed = plain(round_half_up(weight * share, 2)) if weight is not None and share is not None else ""
        yield finding(
            RULE,
            row.score,
            "rules_s.S107.reason" if reason else "rules_s.S107",
            label=indicator_label(row, term(evaluation, "indicators", "score")),
            expected=proposed or f"< {row.weight.text if row.weight else ''}",
            severity="warning" if reason else None,
            reason=one_line(reason),
            target=wanted(row, judgement),
            actual=one_line(row.get("actual")),
        )
    yield from undecided(RULE, form, [row for row in rows if form.judge(row).met is None])
    yield from unscored(RULE, evaluation, found)
