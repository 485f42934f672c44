"""模板里的提示或占位文字没有删掉或没有填。

## 检查什么
表上残留的 `(200字以内)`、`XX单位`、`样例`、`@@@`，没有选的选项串 `优良中低差`、`好坏`，以及后面什么也没有的
`指标2：`。只有 `……` 的占位行不报告；`指标1：/` 这样划去的行也不报告。

## 为什么
残留的提示说明这一格没有填；没选的选项串会被当成指标值；占位行会被接收系统当作一个没有名称的指标。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |
| 指标3： |  |  |  |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
各地自评表模板的填写说明；实际公布的表中常见残留的“指标2：”“……”。
"""

import re
from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding
from xltools.figures import fold

RULE = Rule(code="F006", name="placeholder-left", severity="warning")

_SILENT = re.compile(r"[.…·。*]*|(?:指标)?\d*[::、.]?[/\\—\-]+")
_EMPTY_ROW = re.compile(r"(?:指标|目标)[\d一二三四五六七八九十]*[::、.]?|指标名称")


def check(form: Form) -> Iterator[Outcome]:
    """Report the leftovers of the template that recognition met."""
    for prompt in form.evaluation.prompts:
        plain = fold(prompt.text)
        if _SILENT.fullmatch(plain):
            continue
        label = "".join(prompt.label.split())
        yield finding(
            RULE,
            None,
            "rules_f.F006.row" if _EMPTY_ROW.fullmatch(plain) else "rules_f.F006",
            label=f"{label} · {prompt.text.strip()}" if label and label != plain else prompt.text.strip(),
            found=prompt.text.strip(),
            sheet=prompt.sheet,
            row=prompt.row,
            column=prompt.column,
        )
