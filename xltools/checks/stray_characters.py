"""名称里有多余的空格，或者半角、全角括号混用。

## 检查什么
只查工作簿里接收系统按原文匹配的名称：单位名称、单位编码、项目名称、项目编码、主管部门、实施单位和各指标名称。开头、
结尾的空格，汉字之间的空格，不间断空格等看不见的字符，同一名称里左括号半角、右括号全角（或反之）、两种括号并用。换行
不算。可以安全修复：去掉空格，括号统一为全角。

## 为什么
接收系统按指标名称一字不差地匹配，半角括号或一个空格就会让整行数据悄悄丢失。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题 结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
接收系统按指标名称逐字匹配导入（各地填报说明）。
"""

import re
from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import own_cell
from xltools.figures import Figure
from xltools.texts import say

RULE = Rule(code="F015", name="stray-characters", severity="warning", fix="safe")

_NAMES = ("name", "code", "supervisor", "project", "project_code", "implementer")
_HIDDEN = re.compile("[\u00a0\u200b-\u200f\u2060\ufeff]")
_BLANKS = "[ \\t\u3000]+"
_INNER = re.compile(f"(?<=[\u4e00-\u9fff]){_BLANKS}(?=[\u4e00-\u9fff])")
_OPEN, _CLOSE = "(（", ")）"


def mended(text: str) -> str:
    """A name as a receiving system expects it: no stray blanks, and full-width brackets where both kinds were mixed."""
    plain = _INNER.sub("", _HIDDEN.sub("", text).strip(" \t\u3000\r\n"))
    if brackets_mixed(plain):
        plain = plain.translate(str.maketrans("()", "（）"))
    return plain


def brackets_mixed(text: str) -> bool:
    """Whether a name uses half-width and full-width round brackets side by side."""
    used = {character for character in text if character in _OPEN + _CLOSE}
    return bool(used & set("()")) and bool(used & set("（）"))


def check(form: Form) -> Iterator[Outcome]:
    """Find names with stray characters."""
    if form.grid.source == "docx":
        yield not_checked(RULE, "reasons.not_imported")
        return
    names = list(_names(form))
    if not names:
        yield not_checked(RULE, "reasons.nothing_named")
    seen: set[tuple[str, int, int]] = set()
    for label, figure in names:
        place = (figure.sheet, figure.row, figure.column)
        if place in seen:
            continue
        seen.add(place)
        cell = own_cell(form.book, figure)
        if cell is None or cell.kind != "text" or mended(cell.text) == cell.text:
            continue
        key = "rules_f.F015.brackets" if brackets_mixed(cell.text) else "rules_f.F015"
        yield finding(RULE, figure, key, label=label, found=cell.text, expected=mended(cell.text))


def _names(form: Form) -> Iterator[tuple[str, Figure]]:
    unit = form.evaluation.unit
    for name in _NAMES:
        figure = getattr(unit, name)
        if figure is not None:
            yield say("fields.unit_name" if name == "name" else f"fields.{name}"), figure
    for indicator in form.evaluation.indicators:
        if indicator.name is not None:
            yield indicator.name.text, indicator.name
