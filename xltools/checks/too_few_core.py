"""核心指标少于规定个数。

## 检查什么
部门整体绩效自评表中，“是否核心指标”栏填“是”的指标（没有这一栏时，名称前带 ★ 的指标）少于政策规定的个数（重庆：
5 个）。政策没有规定个数的地方不查；有规定而表中既没有这一栏也没有 ★ 的，列入“未检查”。

## 为什么
核心指标反映部门主要职责，个数不够的自评表会被退回补充。

## 错误示例
重庆市某局2022年度部门整体绩效自评表

| 指标名称 | 指标值 | 全年完成值 | 指标权重(分) | 指标得分(分) | 是否核心指标 |
| 受理问题结案率 | ≥95% | 96% | 60 | 60 | 是 |
| 群众满意度 | ≥90% | 93% | 40 | 40 | 否 |

## 正确示例
重庆市某局2022年度部门整体绩效自评表

| 指标名称 | 指标值 | 全年完成值 | 指标权重(分) | 指标得分(分) | 是否核心指标 |
| 受理问题结案率 | ≥95% | 96% | 20 | 20 | 是 |
| 巡查覆盖率 | ≥95% | 97% | 20 | 20 | 是 |
| 宣传活动场次 | ≥10场 | 11场 | 20 | 20 | 是 |
| 设施完好率 | ≥95% | 98% | 20 | 20 | 是 |
| 群众满意度 | ≥90% | 93% | 20 | 20 | 是 |

## 依据
重庆市部门整体绩效自评要求：核心指标不少于 5 个。个数取自所用政策（`min_core`）。
"""

import re
from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, column_label, finding, not_checked
from xltools.checks.targets import printed
from xltools.evaluation import Indicator
from xltools.figures import fold

RULE = Rule(code="V109", name="too-few-core", severity="warning")

_YES = re.compile(r"是|√|✓|✔|☑|■|★+|核心(?:指标)?|[Yy](?:es)?|1")


def check(form: Form) -> Iterator[Outcome]:
    """Report a department's form that marks fewer core indicators than its policy asks for."""
    evaluation = form.evaluation
    wanted = form.policy.min_core.value
    if wanted <= 0 or evaluation.form != "department" or not evaluation.indicators:
        return
    label = evaluation.label("indicators", "core")
    starred = [row for row in evaluation.indicators if row.name is not None and row.name.text.startswith("★")]
    if label is None and not starred:
        yield not_checked(RULE, "rules_v.no_core", wanted=wanted)
        return
    marked = starred if label is None else [row for row in evaluation.indicators if _is_core(row)]
    if len(marked) >= wanted:
        return
    yield finding(
        RULE,
        None if label else starred[0].name,
        "rules_v.V109",
        label=column_label(evaluation, "indicators", "core"),
        found=str(len(marked)),
        expected=f"≥{wanted}",
        sheet=label.sheet if label else "",
        row=label.row if label else 0,
        column=label.column if label else 0,
        wanted=wanted,
        basis=form.policy.min_core.basis,
    )


def _is_core(row: Indicator) -> bool:
    mark = printed(row, "core")
    return mark is not None and _YES.fullmatch(fold(mark.text)) is not None
