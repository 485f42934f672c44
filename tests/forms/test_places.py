"""A blank form is understood as well as a filled one: every field that can be read has a place to be written to."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus.build import load, write_xlsx
from tests.tables import book, grid
from xltools import templates
from xltools.evaluation import Evaluation
from xltools.forms import recognise
from xltools.forms.places import FormPlaces, find_places
from xltools.sheets import read_book
from xltools.sheets.grid import Book, address

FORMS = sorted((Path(__file__).parents[1] / "corpus" / "forms").glob("*.md"))
OPEN = {
    "001-hun-zhengti-shouru-zhichu": {"budget.adjusted"},  # amounts inside the text of their labels
    "025-fenzhi-zai-mingcheng": {"indicators.weight"},  # the weight is part of the indicator's name
    "050-gansu-liangkuai-bingpai": {"goals.initial"},  # two blocks side by side
    "109-sc-bumen-defenbiao-2017": {"indicators.weight"},  # the points stand in the names
    "123-gaozhi-yaosu-fenzhi": {  # money and goals stand below the indicators
        *(f"budget.{name}" for name in ("initial", "adjusted", "executed", "rate", "carry_over", "note")),
        *(f"goals.{name}" for name in ("initial", "achieved")),
    },
    "063-sc-bumen-jifen": {"indicators.name", "indicators.weight", "indicators.score", "indicators.printed_rule"},
}


def emptied(source: Book, evaluation: Evaluation) -> tuple[Book, dict[tuple[str, int, int], str]]:
    """The form without the figures that it holds, and which field stood where; labels and totals stay."""
    labels = {(label.sheet, label.row, label.column) for label in evaluation.columns}
    fields = {
        (figure.sheet, figure.row, figure.column): re.sub(r"\[\d+\]", "", path)
        for path, figure in evaluation.figures()
        if path != "title" and not path.endswith(".item") and not path.startswith("total.") and figure.row
    }
    fields = {cell: path for cell, path in fields.items() if cell not in labels}
    grids = tuple(
        replace(each, cells={at: cell for at, cell in each.cells.items() if (each.sheet, *at) not in fields})
        for each in source.grids
    )
    return replace(source, grids=grids), fields


def by_cell(forms: list[FormPlaces]) -> dict[tuple[str, int, int], str]:
    found = {}
    for form in forms:
        groups = [("unit", form.header), ("goals", form.goals), ("total", form.total)]
        groups += [("budget", row.cells) for row in form.budget]
        groups += [("indicators", row.cells) for row in form.indicators]
        for block, places in groups:
            for name, place in places.items():
                found[place.sheet, place.row, place.column] = f"{block}.{name}"
    return found


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_field_of_a_form_has_its_place_once_the_form_is_blank(path: Path, tmp_path: Path) -> None:
    target = tmp_path / f"{path.stem}.xlsx"
    write_xlsx(load(path), target)
    source = read_book(target)
    evaluations = recognise(source).evaluations
    if len(evaluations) != 1:
        pytest.skip("several forms in one file")
    blank, fields = emptied(source, evaluations[0])
    found = by_cell(find_places(blank)[0])
    missing = {path for cell, path in fields.items() if found.get(cell) != path}
    assert missing <= OPEN.get(path.stem, set())


@pytest.mark.parametrize("name", templates.names())
def test_an_official_template_s_inputs_are_exactly_its_unlocked_cells_of_the_form(name: str) -> None:
    import openpyxl

    path = templates.path(name)
    form = find_places(read_book(path))[0][0]
    sheet = openpyxl.load_workbook(path)[form.sheet]
    unlocked = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked and cell.has_style
    }
    covered = {
        address(row, column)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
        if (row, column) != (area.min_row, area.min_col)
    }
    labelled = {address(place.row, place.column) for place in form.labelled.values()}
    found = {
        address(row, column)
        for (where, row, column) in by_cell([form])
        if where == form.sheet and sheet.cell(row, column).data_type != "f"
    }
    assert unlocked - covered <= found | labelled
    assert found <= unlocked


FORM = """
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目名称 | | < | 项目类别 | | < |
| 实施单位：____ 填报日期： | < | < | 联系电话 | | < |
| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 得分 |
| 年度资金总额 | | | | =D5/C5 -> 0 | |
| 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 指标1： | | | 30 | |
| ^ | 办结率 | | | | |
| 效益指标 | | | | | |
| 总分 | < | < | < | | |
"""


def test_labels_prompts_and_printed_names_are_told_from_places() -> None:
    form = find_places(book(grid(FORM)))[0][0]
    assert address(form.header["project"].row, form.header["project"].column) == "B2"
    assert set(form.labelled) == {"项目类别"}
    inline = form.header["implementer"]
    assert inline.insert is not None
    assert inline.held[: inline.insert[0]] == "实施单位："
    assert [(row.name, row.level1) for row in form.indicators] == [
        ("", "产出指标"),
        ("办结率", "产出指标"),
        ("", "效益指标"),
    ]
    assert form.indicators[0].cells["weight"].held == "30"
    assert form.budget[0].cells["rate"].computed
    assert not form.budget[0].cells["executed"].computed
    assert form.money_unit == "万元"


def test_levels_that_the_form_leaves_blank_are_places_themselves() -> None:
    blank = FORM.replace("产出指标", "").replace("效益指标", "")
    rows = find_places(book(grid(blank)))[0][0].indicators
    assert [row.level1 for row in rows] == ["", "", ""]
    assert "level1" in rows[0].cells


def test_a_sheet_that_is_no_form_has_no_places() -> None:
    assert find_places(book(grid("| 姓名 | 工号 |\n| | |")))[0] == []
