"""定性指标的得分，不在它的完成情况所对应的档次内。

## 检查什么
完成值写的是分档用语（“达成预期指标”“部分达成预期指标并具有一定效果”“未达成预期指标且效果较差”等）的指标，得分占权重的
比例应在该档之内，两端都含。档次和用语由评分办法规定。写其他文字的（“显著提升”“良好”）不作判断；指标值是数字的不检查。

## 为什么
写“部分达成”却得满分，或写“达成”却只得一半，文字和得分总有一处不实。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 管理制度健全性 | 制度健全 | 部分达成预期指标并具有一定效果 | 40 | 38 | 一项制度尚在征求意见 |
| 完成数量 | ≥20个 | 20个 | 60 | 60 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 管理制度健全性 | 制度健全 | 部分达成预期指标并具有一定效果 | 40 | 30 | 一项制度尚在征求意见 |
| 完成数量 | ≥20个 | 20个 | 60 | 60 |  |

## 依据
财预〔2020〕10号：定性指标分达成、部分达成、未达成三档，分别按 100%–80%（含）、80%–60%（含）、60%–0% 合理确定分值。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, indicator_label, not_checked
from xltools.checks.marks import number, one_line, scored, term, unscored
from xltools.evaluation import Indicator
from xltools.figures import fold, is_blank, plain
from xltools.judging import target_of, tier
from xltools.scoring import shown

RULE = Rule(code="S113", name="tier-mismatch", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Compare qualitative scores with the tiers that their wordings claim."""
    evaluation = form.evaluation
    if not form.policy.tiers.value:
        yield not_checked(RULE, "reasons.no_tiers")
        return
    found = scored(evaluation)
    other = 0
    for row in found.rows:
        actual = row.get("actual")
        if actual is None or is_blank(actual.text) or not _is_qualitative(row):
            continue
        claimed = tier(form.policy, actual.text)
        if claimed is None:
            other += 1
            continue
        score, weight = number(row.score), number(row.weight)
        if score is None or weight is None:
            continue
        share = score / weight * 100
        if 0 <= share <= 100 and not claimed.lower <= share <= claimed.upper:
            least, most = weight * claimed.lower / 100, weight * claimed.upper / 100
            yield finding(
                RULE,
                row.score,
                "rules_s.S113",
                label=indicator_label(row, term(evaluation, "indicators", "score")),
                expected=f"{plain(least)}–{plain(most)}",
                actual=one_line(actual),
                share=shown(share),
                tier=claimed.name,
                lower=plain(claimed.lower),
                upper=plain(claimed.upper),
                policy=form.policy.title,
            )
    if other:
        yield not_checked(RULE, "reasons.no_tier_wording", count=other)
    yield from unscored(RULE, evaluation, found)


def _is_qualitative(row: Indicator) -> bool:
    """By its own nature cell, else because target and actual are words."""
    nature, target, actual = row.get("nature"), target_of(row), row.get("actual")
    if nature is not None and "定性" in fold(nature.text):
        return True
    if nature is not None and "定量" in fold(nature.text):
        return False
    return (target is None or target.value is None) and (actual is None or actual.value is None)
