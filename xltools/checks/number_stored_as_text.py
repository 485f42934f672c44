"""数字以文本形式存放在单元格里。

## 检查什么
只查工作簿（.xlsx、.xls），不查 Word。金额、执行率、分值、得分、得分系数、得分率、总分各格，存的是文本而内容是纯数字；
执行率、得分率、得分系数、权重格里的 `98.5%` 同此。公式的结果不算；指标值、完成值本来就可以是文本，也不算。可以安全
修复：改存为同一个数。

## 为什么
文本数字看着一样，SUM 却当作 0，总分、汇总表会无声地少算。通常是从网页或 Word 粘贴而来。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | '40 | 100% |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
ECMA-376 第 1 部分 18.18.11（单元格类型）：文本单元格不参加求和。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import Slot, own_cell, slots
from xltools.figures import fold, is_plain_number

RULE = Rule(code="F005", name="number-stored-as-text", severity="warning", fix="safe")


def check(form: Form) -> Iterator[Outcome]:
    """Find texts that are plain numbers in cells that must hold a number."""
    filled = [slot for slot in slots(form.evaluation) if not _in_document(form, slot)]
    if not filled:
        document = form.grid.source == "docx"
        yield not_checked(RULE, "reasons.not_a_workbook" if document else "reasons.no_figures")
    for slot in filled:
        figure = slot.figure
        cell = own_cell(form.book, figure)
        if cell is None or cell.kind != "text" or cell.formula is not None:
            continue
        digits = fold(figure.text)
        if slot.sort in ("rate", "weight"):
            digits = digits.removesuffix("%")
        if is_plain_number(digits):
            yield finding(RULE, figure, "rules_f.F005", label=slot.label, expected=fold(figure.text))


def _in_document(form: Form, slot: Slot) -> bool:
    grid = form.book.grid(slot.figure.sheet)
    return grid is None or grid.source == "docx"
