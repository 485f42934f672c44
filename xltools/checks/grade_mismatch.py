"""等级与自评总分不符。

## 检查什么
所填的等级（优、良、中、差，及优秀、良好、合格、较差等写法）与自评总分在评分办法中的档次比较。满分不是 100 分的，先折
算成百分比。档次含下限：90 分是优，89.5 分是良，不四舍五入。没有选定的选项（“优良中差”）、不认识的写法、总分空白的，列
为未检查。

## 为什么
等级写进报告并影响下年预算安排，与总分不符会被退回。

## 错误示例
| 自评总分 | 89.5 | 等级 | 优 |
| 指标名称 | 权重 | 得分 | < |
| 受理问题结案率 | 60 | 49.5 | < |
| 群众满意度 | 40 | 40 | < |

## 正确示例
| 自评总分 | 89.5 | 等级 | 良 |
| 指标名称 | 权重 | 得分 | < |
| 受理问题结案率 | 60 | 49.5 | < |
| 群众满意度 | 40 | 40 | < |

## 依据
财预〔2020〕10号：90（含）–100 分为优、80（含）–90 分为良、60（含）–80 分为中、60 分以下为差。
"""

import re
from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.marks import number, total_place, total_term
from xltools.figures import fold, is_blank, plain
from xltools.points import full_marks

RULE = Rule(code="S110", name="grade-mismatch", severity="error", fix="unsafe")

SPELLINGS = {
    "优": ("优", "优秀", "优等", "优级"),
    "良": ("良", "良好", "良等", "良级"),
    "中": ("中", "中等", "中级", "合格", "及格", "一般", "基本合格"),
    "差": ("差", "较差", "很差", "差等", "差级", "不合格", "不及格"),
}
_GRADE_OF = {spelling: grade for grade, spellings in SPELLINGS.items() for spelling in spellings}
_FRAME = re.compile(r"^(?:自评|评价)?(?:等级|等次|结果|结论)?(?:为|是)?:?|(?:等次|等级|级)$|[\"“”'‘’《》()。.]")


def check(form: Form) -> Iterator[Outcome]:
    """Compare the printed grade with the band of the total."""
    evaluation = form.evaluation
    grade, total = evaluation.total.grade, number(evaluation.total.score)
    if grade is None or is_blank(grade.text):
        yield not_checked(RULE, "reasons.grade_blank" if total_place(evaluation, "grade") else "reasons.no_grade")
        return
    if total is None:
        yield not_checked(RULE, "reasons.total_blank")
        return
    marks = full_marks(form.evaluation, form.policy)
    expected = form.policy.grade(total * form.policy.full_marks.value / marks)
    printed = _meaning(grade.text)
    known = {_meaning(band.name) for band in form.policy.grades.value}
    if expected is None or printed not in known:
        yield not_checked(RULE, "reasons.grade_unknown", grade=grade.text)
    elif printed != _meaning(expected):
        lower = next(band.lower for band in form.policy.grades.value if band.name == expected)
        yield finding(
            RULE,
            grade,
            "rules_s.S110",
            label=total_term(evaluation, "grade"),
            expected=expected,
            total=plain(total),
            marks=plain(marks),
            lower=plain(lower),
            policy=form.policy.title,
        )


def _meaning(text: str) -> str:
    """A grade in one spelling: `优秀` and `等级为“优”` are `优`; another word as it stands."""
    bare = _FRAME.sub("", fold(text))
    return _GRADE_OF.get(bare, bare)
