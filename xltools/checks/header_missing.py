"""表头必填项空白。

## 检查什么
表头写有单位名称、项目名称、主管部门、实施单位的标签，后面却没有填。联系人、电话、编码等不是必填；
表上没有这个标签的不查。

## 为什么
接收系统按单位和项目名称归档，空白的表对不上号；公开出去的表也看不出是谁的。

## 错误示例
项目支出绩效自评表

| 项目名称 | 宣传经费 | < | < |
| 主管部门 | 某县委宣传部 | 实施单位 |  |
| 指标名称 | 指标值 | 完成值 | 得分 |
| 宣传活动场次 | ≥10场 | 11场 | 100 |

## 正确示例
项目支出绩效自评表

| 项目名称 | 宣传经费 | < | < |
| 主管部门 | 某县委宣传部 | 实施单位 | 某县融媒体中心 |
| 指标名称 | 指标值 | 完成值 | 得分 |
| 宣传活动场次 | ≥10场 | 11场 | 100 |

## 依据
财预〔2020〕10号附件自评表：项目名称、主管部门、实施单位为表头栏目。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.figures import is_blank

RULE = Rule(code="V111", name="header-missing", severity="warning")

_REQUIRED = ("name", "project", "supervisor", "implementer")


def check(form: Form) -> Iterator[Outcome]:
    """Report the required fields that have a label but no content."""
    evaluation = form.evaluation
    labels = [label for name in _REQUIRED if (label := evaluation.label("header", name)) is not None]
    if not labels:
        yield not_checked(RULE, "rules_v.no_header")
    for label in labels:
        figure = getattr(evaluation.unit, label.field)
        if figure is not None and not is_blank(figure.text):
            continue
        text = "".join(label.text.split()).rstrip(":：")
        yield finding(RULE, None, "rules_v.V111", label=text, sheet=label.sheet, row=label.row, column=label.column)
