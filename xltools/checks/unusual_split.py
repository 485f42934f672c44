"""各部分分值与规定的默认比例不同（只作提示）。

## 检查什么
预算执行率、产出、效益、满意度四部分的权重之和，与所选评分办法的默认分配（财政部办法为 10、50、30、10）逐一比较。一级
指标按名称里的“产出”“效益”“满意度”归类；评分办法没有规定的部分不比较。没有一级指标列、有一级指标归不了类、权重有空白
的，不检查。

## 为什么
办法允许按实际调整，因此不是错误；但多数地方要求统一设置，提示一下便于主管部门抽看。

## 错误示例
| 项目支出绩效自评表 | < | < | < |
| 一级指标 | 三级指标 | 分值 | 得分 |
| 产出指标 | 完成数量 | 70 | 70 |
| 效益指标 | 服务人数 | 20 | 20 |
| 满意度指标 | 群众满意度 | 10 | 10 |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < | < |
| 项目资金 |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 20 | 20 | 10 | 100% | 10 |
| 绩效指标 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| ^ | 产出指标 | 完成数量 | ≥20个 | 20个 | 50 | 50 |
| ^ | 效益指标 | 服务人数 | ≥300人 | 300人 | 30 | 30 |
| ^ | 满意度指标 | 群众满意度 | ≥90% | 92% | 10 | 10 |

## 依据
财预〔2020〕10号：预算执行率和一级指标权重原则上统一设置为 10、50、30、10，如有特殊情况可作适当调整。
"""

from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.marks import has_column, number, tally
from xltools.evaluation import Level
from xltools.figures import plain
from xltools.points import counting, execution_weight, full_marks, is_execution_rate
from xltools.texts import say

RULE = Rule(code="W105", name="unusual-split", severity="notice")

PARTS = (("满意", "satisfaction"), ("产出", "output"), ("效益", "benefit"), ("执行", "execution"))
ORDER = ("execution", "output", "benefit", "satisfaction")


def check(form: Form) -> Iterator[Outcome]:
    """Compare the split of the full marks with the policy's."""
    evaluation, wanted = form.evaluation, form.policy.split.value
    if not wanted:
        yield not_checked(RULE, "reasons.no_split")
        return
    if not has_column(evaluation, "weight") or tally(evaluation, "weight").gaps:
        yield not_checked(RULE, "reasons.split_weights_blank")
        return
    found: dict[str, Decimal] = {"execution": execution_weight(evaluation) or Decimal(0)}
    first: Level | None = None
    for row in counting(evaluation):
        part = "execution" if is_execution_rate(row) else _part(row.level1)
        if part is None:
            yield not_checked(RULE, "reasons.split_levels")
            return
        first = first or row.level1
        if part == "execution" and found["execution"]:
            continue
        found[part] = found.get(part, Decimal(0)) + (number(row.weight) or Decimal(0))
    if sum(found.values(), Decimal(0)) != full_marks(form.evaluation, form.policy):
        yield not_checked(RULE, "reasons.split_weights_blank")
        return
    if first is None or all(found.get(part, Decimal(0)) == points for part, points in wanted.items()):
        return
    parts = [part for part in ORDER if part in wanted]
    yield finding(
        RULE,
        None,
        "rules_w.W105",
        label=say("fields.split"),
        found=_printed({part: found.get(part, Decimal(0)) for part in parts}),
        expected=_printed({part: wanted[part] for part in parts}),
        sheet=first.sheet,
        row=first.row,
        column=first.column,
        policy=form.policy.title,
    )


def _part(level: Level | None) -> str | None:
    if level is None:
        return None
    return next((part for word, part in PARTS if word in level.name), None)


def _printed(split: dict[str, Decimal]) -> str:
    return "、".join(f"{say(f'fields.split.{part}')} {plain(points)}" for part, points in split.items())
