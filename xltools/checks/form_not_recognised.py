"""文件里没有认得出的绩效自评表。

## 检查什么
逐个工作表（文档则逐个表格）寻找自评表：标题、资金栏、指标栏、得分栏的栏名，按各地各年的叫法。一个也认不出时报告找了
哪些栏名、哪一张表最接近、它有哪些栏名。其他检查随之停止。

## 为什么
收错文件（台账、申报表、封面）和栏名被改得面目全非，都要在汇总之前发现。

## 错误示例
| 序号 | 物资名称 | 规格 | 数量 |
| 1 | 打印纸 | A4 | 20 |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
财预〔2020〕10号所附项目支出绩效自评表及各地部门整体支出绩效自评表的栏目。
"""

from xltools.checks.base import Finding, Rule, finding
from xltools.errors import FormError
from xltools.forms import Recognition
from xltools.sheets.grid import Book

RULE = Rule(code="F002", name="form-not-recognised", severity="error", scope="book")


def report(book: Book, recognition: Recognition) -> Finding:
    """The finding for a workbook or document without a form, with what was looked for and what comes nearest."""
    found = [str(label) for label in recognition.found_labels]
    nearest = recognition.nearest_sheet or ""
    key = "rules_f.F002" if not nearest else "rules_f.F002.nearest" if found else "rules_f.F002.no_label"
    return finding(
        RULE,
        None,
        key,
        label=nearest or book.path,
        sheet=nearest,
        wanted="、".join(str(label) for label in recognition.wanted_labels),
        labels="、".join(found),
    )


def misfit(book: Book, error: FormError) -> Finding:
    """The finding for a workbook or document that the user's map does not fit."""
    return finding(RULE, None, "rules_f.F002.map", label=book.path, reason=error)
