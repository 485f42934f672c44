"""模板的栏名或说明文字被改动。

## 检查什么
用 --template 指定模板后，逐格比较模板里的标题、栏名、指标名称和填写说明（受保护的模板为锁定的格，未保护的为非填写格）。
空格和换行不计较，年份可以不同，“单位名称：____”这类留空的地方可以填写，方框可以打勾。插入、删除行列后按移动后的位置比较。

## 为什么
接收系统按栏名和指标名称逐字匹配，改一个字、换成半角括号，这一行就导不进去，而且不会提示。

## 错误示例
模板：

| 部门整体支出绩效自评表 | < | < | < |
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率（%） | | | |
| 群众满意度 | | | |

报送：

| 部门整体支出绩效自评表 | < | < | < |
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率(%) | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 正确示例
模板：

| 部门整体支出绩效自评表 | < | < | < |
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率（%） | | | |
| 群众满意度 | | | |

报送：

| 部门整体支出绩效自评表 | < | < | < |
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率（%） | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
接收系统按下发模板的栏名和指标名称逐字匹配导入。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.sheets.grid import address

RULE = Rule(code="F010", name="label-changed", severity="error")

_LONGEST = 30


def check(form: Form) -> Iterator[Outcome]:
    """Hold every label of the template against the form's."""
    comparison = form.comparison
    if comparison is None:
        yield not_checked(RULE, "reasons.no_template")
        return
    if comparison.alien:
        yield not_checked(RULE, "reasons.other_template")
        return
    from xltools.issued import stands

    for match in comparison.matches:
        for (row, column), label in match.labels.items():
            place = match.place(row, column)
            if place is None:
                continue
            cell = match.grid.cell(*place)
            text = cell.text if cell else ""
            if stands(label, text):
                continue
            wanted = " ".join(label.split())
            yield finding(
                RULE,
                None,
                "rules_f.F010" if text.strip() else "rules_f.F010.removed",
                label=wanted if len(wanted) <= _LONGEST else wanted[: _LONGEST - 1] + "…",
                found=" ".join(text.split()) or None,
                expected=wanted,
                sheet=match.grid.sheet,
                row=place[0],
                column=place[1],
                origin=f"{match.template.sheet}!{address(row, column)}",
            )
