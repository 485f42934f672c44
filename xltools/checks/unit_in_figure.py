"""金额或得分格里把单位和数字写在一起。

## 检查什么
金额格里的 `620.82万元`、`10万`，分值、得分、总分格里的 `10分`，执行率、得分率、权重格里除 % 以外的单位。数字照读（
金额按表头单位换算），但予以报告。单元格格式显示的单位不算：格里存的仍是数字。

## 为什么
带单位的格在 Excel 里是文字，SUM 会当作 0，接收系统会拒收或误读单位。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40分 | 100% |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
财预〔2020〕10号所附项目支出绩效自评表：单位写在栏名中（项目资金（万元）、分值）。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import own_cell, slots
from xltools.figures import plain

RULE = Rule(code="F004", name="unit-in-figure", severity="warning")


def check(form: Form) -> Iterator[Outcome]:
    """Find figures that are written together with a unit."""
    filled = list(slots(form.evaluation))
    if not filled:
        yield not_checked(RULE, "reasons.no_figures")
    for slot in filled:
        figure = slot.figure
        if figure.value is None or not figure.unit or figure.stored is not None or figure.sign:
            continue
        if (slot.sort in ("rate", "weight") and figure.percent) or own_cell(form.book, figure) is None:
            continue
        yield finding(RULE, figure, "rules_f.F004", label=slot.label, expected=plain(figure.value), unit=figure.unit)
