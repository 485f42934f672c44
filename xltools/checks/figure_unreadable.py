"""应当填数字的格里，不是一个数字。

## 检查什么
预算金额、执行率、分值（权重）、得分、得分系数、得分率、总分各格，填了内容却读不成一个数：`7,00.0,77` 这样的千分位、
`95-98` 这样的范围、带 ≥ 的得分、存成日期或是/否的格。资金行里的“无”“不适用”等同空白；指标值和完成值可以是文字，不在
此列。`#DIV/0!` 等由 F007 报告，模板残留由 F006报告，带单位的数由 F004 报告。

## 为什么
读不出的数不会参加任何计算。程序若去掉逗号硬读，`7,00.0,77` 就成了 700.077，谁也发现不了。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 3.9.5 | 100% |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 39.5 | 98.75% |

## 依据
财预〔2020〕10号所附项目支出绩效自评表：各该栏填写数字。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import Skipped, Slot, is_prompt, looks_like_label, says_none, slots
from xltools.figures import is_blank

RULE = Rule(code="F003", name="figure-unreadable", severity="error")

_VARIANTS = {"date": "rules_f.F003.date", "bool": "rules_f.F003.bool"}


def check(form: Form) -> Iterator[Outcome]:
    """Find cells that must hold one figure and hold something else."""
    evaluation = form.evaluation
    filled = list(slots(evaluation))
    if not filled:
        yield not_checked(RULE, "reasons.no_figures")
    skipped = Skipped(RULE)
    for slot in filled:
        if _reads(slot) or is_prompt(evaluation, slot.figure):
            continue
        figure = slot.figure
        if looks_like_label(figure):
            skipped.add("reasons.label_in_figure")
            continue
        key = "rules_f.F003.sign" if figure.value is not None and figure.sign else "rules_f.F003"
        yield finding(RULE, figure, _VARIANTS.get(figure.kind, key), label=slot.label)
    yield from skipped.outcomes()


def _reads(slot: Slot) -> bool:
    """Whether a cell holds one figure, nothing, a word for nothing, or an error value (which F007 reports)."""
    figure = slot.figure
    if figure.kind == "error" or is_blank(figure.text):
        return True
    if figure.kind in _VARIANTS:
        return False
    return (figure.value is not None and not figure.sign) or (slot.optional and says_none(figure))
