"""Whatever stands on a sheet, recognition, scoring and every rule give an answer."""

import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from xltools.checking import check_form
from xltools.checks import registry
from xltools.forms import recognise
from xltools.forms.vocabulary import default
from xltools.sheets.grid import Area, Book, Cell, Grid

CODES = tuple(rule.code for rule in registry.rules())
VALUES = (
    "100",
    "98.5",
    "≥95%",
    "100%",
    "10",
    "—",
    "/",
    "7,00.0,77",
    "620.82万元",
    "达成预期指标",
    "9月前",
    "7月",
    "1",
    "0",
    "-5",
    "（2022年度）",
    "项目支出绩效自评表",
    "指标2：",
    "……",
    "其中：财政拨款",
    "优",
    "好坏",
    "5",
    "总分",
    "合计",
    "按收入性质分：",
    "其中：基本支出：86.82",
    "二〇二二年度",
    "栏次",
    "#REF!",
    "3\n4",
)
INDICATORS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "完成值",
    "分值",
    "得分",
    "得分率",
    "备注",
    "计量单位",
    "指标性质",
)
MONEY = ("年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "得分", "结转结余")


def cell(row: int, column: int, text: str, chooser: random.Random) -> Cell:
    if text.startswith("#"):
        return Cell(row, column, text, text, "error", "=1/0")
    if text.replace(".", "").isdigit() and chooser.random() < 0.7:
        formula = chooser.choice([None, None, "=SUM(A1:B2)", "=别的表!A1+Z9"])
        return Cell(row, column, text, Decimal(text), "number", formula)
    return Cell(row, column, text, text)


def scramble(seed: int) -> Book:
    """A sheet of labels, figures and merged areas thrown together, often with a header row among them."""
    chooser = random.Random(seed)
    words = [wording for block in default().exact.values() for wording in block]
    rows, columns = chooser.randint(1, 14), chooser.randint(1, 9)
    merges: list[Area] = []
    taken: set[tuple[int, int]] = set()
    for _ in range(chooser.randint(0, 6)):
        top, left = chooser.randint(1, rows), chooser.randint(1, columns)
        bottom, right = top + chooser.randint(0, 3), left + chooser.randint(0, 3)
        area = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(area) > 1 and not area & taken:
            merges.append(Area(top, left, bottom, right))
            taken |= area
    cells = {
        (row, column): cell(row, column, chooser.choice(words if chooser.random() < 0.5 else VALUES), chooser)
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
        if chooser.random() < 0.75
    }
    for labels, share in ((INDICATORS, 0.8), (("资金来源", *MONEY), 0.6)):
        if chooser.random() < share:
            row = chooser.randint(1, rows)
            for column, label in enumerate(chooser.sample(labels, min(columns, len(labels))), 1):
                cells[row, column] = Cell(row, column, label, label)
    source = chooser.choice(["xlsx", "docx", "xls"])
    return Book("某单位2023年度.xlsx", (Grid("表", cells, tuple(merges), source=source),))


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 1_000_000))
def test_any_sheet_is_answered(seed: int) -> None:
    book = scramble(seed)
    for evaluation in recognise(book).evaluations:
        report = check_form(book, evaluation, codes=CODES)
        assert report.path == book.path
        assert evaluation.to_json()["indicators"] is not None
