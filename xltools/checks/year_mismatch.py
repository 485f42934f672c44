"""标题、表头、封面、文件名、工作表名写的年度不一致。

## 检查什么
以标题的年度为准（标题没有年度时，依次看表头、封面、工作表名），与表头、封面、工作表名、文件名比较。
文件名或工作表名里另外也写了本表年度的，不报。文件名、工作表名只写“2023年”而标题是“2022年度”的，可能是填报的年份，
只作提示；写“2023年度”的，按不一致处理。

## 为什么
年度不一致，多半是拿上年的表改的没有改全；按文件名归档的系统会把它归错年度。

## 错误示例
2022年度项目支出绩效自评表

| 项目名称 | 宣传经费 | 年度 | 2021年度 |
| 指标名称 | 指标值 | 完成值 | 得分 |
| 宣传活动场次 | ≥10场 | 11场 | 100 |

## 正确示例
2022年度项目支出绩效自评表

| 项目名称 | 宣传经费 | 年度 | 2022年度 |
| 指标名称 | 指标值 | 完成值 | 得分 |
| 宣传活动场次 | ≥10场 | 11场 | 100 |

## 依据
绩效自评按预算年度进行，一张表只评一个年度。
"""

import re
from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.evaluation import Evaluation, YearMention
from xltools.figures import fold
from xltools.texts import say

RULE = Rule(code="V110", name="year-mismatch", severity="error")

_PLACES = ("title", "header", "cover", "sheet", "file")
"""Where a year is named, the more authoritative place first."""

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_RANGE = re.compile(r"(?<!\d)(20\d\d)年?度?[-~—–至到]+(20\d\d)(?!\d)")
_OTHER_YEAR = re.compile(r"实施|资金|立项|起止|期限")


def check(form: Form) -> Iterator[Outcome]:
    """Report one disagreement between the years that a form names."""
    evaluation = form.evaluation
    mentions = [
        mention
        for place in _PLACES
        for mention in evaluation.years
        if mention.place == place and not _of_another_kind(evaluation, mention)
    ]
    if not mentions:
        yield not_checked(RULE, "rules_v.no_year")
        return
    leading = mentions[0]
    years = _years(leading)
    others = [mention for mention in mentions if not _years(mention) & years]
    if not others:
        return
    # A certain contradiction is told before a doubtful one.
    other = min(others, key=lambda mention: _doubtful(mention, leading))
    doubtful = _doubtful(other, leading)
    yield finding(
        RULE,
        None,
        "rules_v.V110.filed" if doubtful else "rules_v.V110",
        label=say(f"rules_v.place.{other.place}"),
        found=other.year,
        expected=leading.year,
        severity="notice" if doubtful else None,
        sheet=other.sheet,
        row=other.row,
        column=other.column,
        place=say(f"rules_v.place.{other.place}"),
        text=other.text,
        leading=say(f"rules_v.place.{leading.place}"),
        leading_text=leading.text,
    )


def _years(mention: YearMention) -> set[str]:
    """Every year that a place names, those of a span (`2021-2023年`) included."""
    plain = fold(mention.text)
    years = {mention.year, *_YEAR.findall(plain)}
    for first, last in _RANGE.findall(plain):
        years.update(str(year) for year in range(int(first), int(last) + 1))
    return years


def _of_another_kind(evaluation: Evaluation, mention: YearMention) -> bool:
    """Whether a year is that of the funds or of the project's work, by the label in its row: it may differ."""
    place = ("header", "year", mention.sheet, mention.row)
    labels = [label for label in evaluation.columns if (label.block, label.field, label.sheet, label.row) == place]
    return bool(mention.row) and any(_OTHER_YEAR.search(label.text) for label in labels)


def _doubtful(mention: YearMention, leading: YearMention) -> bool:
    """Whether a file or sheet may be named after the year in which the form is filled in, the one after its own."""
    if mention.place not in ("file", "sheet") or int(mention.year) != int(leading.year) + 1:
        return False
    return f"{mention.year}年度" not in fold(mention.text)
