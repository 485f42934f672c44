"""Wordings that nobody wrote down: near ones are taken with their likeness, strange ones reported, none is guessed."""

import pytest

from tests.tables import book, grid
from xltools.evaluation import Evaluation
from xltools.forms import recognise
from xltools.forms.vocabulary import SIMILAR_FROM, default

FORM = """
| 项目支出绩效自评表 | < | < | < | < | < |
| 三级指标 | 年度指标值 | {label} | 分值 | 得分 | 偏差原因 |
| 绿地养护面积 | ≥320公顷 | 310公顷 | 30 | 28 | |
| 绿地达标率 | ≥95% | 96% | 20 | 20 | |
| 总分 | < | < | 50 | 48 | |
"""
MONEY = """
| 项目支出绩效自评表 | < | < | < | < |
| 资金来源 | 年初预算数 | 全年执行数 | 天干地支 | 执行率 |
| 年度资金总额 | 100 | 100 | 5 | 100% |
| 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 绿地养护面积 | ≥320公顷 | 310公顷 | 30 | 28 |
"""


def form(label: str) -> Evaluation:
    (evaluation,) = recognise(book(grid(FORM.format(label=label)))).evaluations
    return evaluation


@pytest.mark.parametrize("label", ["实际完成指标数值", "评价得分值项"])
def test_a_label_much_like_a_known_one_carries_its_likeness(label: str) -> None:
    match = default().similar("indicators", label)
    assert match is not None
    assert SIMILAR_FROM <= match.confidence < 1


def test_a_similar_header_is_read_and_its_confidence_kept() -> None:
    label = form("实际完成指标数量").label("indicators", "actual")
    assert label is not None
    assert SIMILAR_FROM <= label.confidence < 1
    assert form("实际完成指标数量").indicators[0].get("actual").text == "310公顷"  # type: ignore[union-attr]


def test_a_nonsense_header_is_unknown_and_its_column_is_not_guessed() -> None:
    evaluation = form("天地玄黄")
    assert [(label.block, label.text, label.row, label.column) for label in evaluation.unknown] == [
        ("indicators", "天地玄黄", 2, 3)
    ]
    assert not evaluation.has("indicators", "actual")
    assert [row.actual for row in evaluation.indicators] == [None, None]


def test_an_unknown_column_of_the_money_table_is_reported_too() -> None:
    (evaluation,) = recognise(book(grid(MONEY))).evaluations
    assert [(label.block, label.text) for label in evaluation.unknown] == [("budget", "天干地支")]


def test_labels_of_every_table_are_kept() -> None:
    two = FORM.format(label="实际完成值").replace(
        "| 总分 | < | < | 50 | 48 | |",
        "| 三级指标 | 目标值 | 完成值 | 分值 | 得分 | 说明 |\n| 居民满意度 | ≥90% | 92% | 50 | 50 | |",
    )
    (evaluation,) = recognise(book(grid(two))).evaluations
    targets = [label.row for label in evaluation.columns if (label.block, label.field) == ("indicators", "target")]
    assert targets == [2, 5]


def test_a_workbook_without_a_form_says_what_came_nearest() -> None:
    recognition = recognise(book(grid("| 主管部门 | 市园林局 |\n| 联系电话 | 123 |")))
    assert not recognition.evaluations
    assert recognition.nearest is not None
    assert recognition.nearest.unit.supervisor is not None
    assert recognition.found_labels == tuple(label.text for label in recognition.nearest.columns)
