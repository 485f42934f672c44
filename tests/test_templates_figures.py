"""The official templates: what they compute, what their self-check says, and what turns red."""

import io
import re
import runpy
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
import pytest

from tests.template_books import (
    EXAMPLE,
    NAMES,
    Values,
    colours,
    filled,
    layout_of,
    results,
    snapshot,
    verdict,
    verdicts,
    written,
)
from xltools import templates
from xltools.templates.description import load
from xltools.templates.layout import BalanceLayout, FormLayout


@pytest.fixture(scope="module")
def blanks() -> dict[str, bytes]:
    return {name: templates.path(name).read_bytes() for name in NAMES}


@pytest.fixture(scope="module")
def full(blanks: dict[str, bytes]) -> dict[str, bytes]:
    return {name: written(blanks[name], filled(name)) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_form_shows_no_error_and_nothing_red(name: str, blanks: dict[str, bytes]) -> None:
    for sheet in results(blanks[name]):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "e"]
        assert "red" not in colours(blanks[name], sheet.title).values()
    assert set(verdicts(blanks[name]).values()) == {"待填"}
    assert re.fullmatch(r"尚有\d+项待填", verdict(blanks[name]))


@pytest.mark.parametrize("name", NAMES)
def test_a_right_form_computes_rate_scores_total_and_grade(name: str, full: dict[str, bytes]) -> None:
    layout = layout_of(name)
    sheet = results(full[name]).worksheets[0]
    scored = layout.scored().cells
    assert sheet[scored["rate"]].value == (0.8 if name == "mof-project-2020" else 80)
    assert sheet[scored["execution_score"]].value == 8
    assert sheet[layout.header["total_weight"][0]].value == 100
    assert [sheet[cell].value for cell in layout.header["total"]] == [98] * len(layout.header["total"])
    assert {sheet[cell].value for cell in layout.header["grade"]} == {"优"}


@pytest.mark.parametrize("name", NAMES)
def test_a_right_form_passes_its_own_check_and_stays_uncoloured(name: str, full: dict[str, bytes]) -> None:
    assert verdict(full[name]) == "全部通过"
    assert set(verdicts(full[name]).values()) == {"通过"}
    for sheet in openpyxl.load_workbook(io.BytesIO(full[name])).sheetnames[:3]:
        assert colours(full[name], sheet) == {}


def test_the_balance_closes_by_formula(full: dict[str, bytes]) -> None:
    funds = BalanceLayout(load("mof-project-2020").balance)
    for data in full.values():
        sheet = results(data)["预算收支"]
        for row in (funds.total, funds.funds[0]):
            assert sheet[funds.cell("adjusted", row)].value == 100
            assert sheet[funds.cell("carry_over", row)].value == 20
            assert sheet[funds.cell("rate", row)].value == 80


def test_execution_above_the_budget_scores_no_more_than_the_weight(blanks: dict[str, bytes]) -> None:
    name = "chongqing-department-2021"
    cells = layout_of(name).scored().cells
    data = written(blanks[name], filled(name, {cells["executed"]: 120}))
    sheet = results(data).worksheets[0]
    assert (sheet[cells["rate"]].value, sheet[cells["execution_score"]].value) == (120, 10)
    assert colours(data, sheet.title)[cells["executed"]] == "yellow"


@pytest.mark.parametrize(
    ("points", "grade"), [(90, "优"), (89.5, "良"), (80, "良"), (79.99, "中"), (60, "中"), (59.5, "差")]
)
def test_the_grade_includes_its_lower_bound(points: float, grade: str, blanks: dict[str, bytes]) -> None:
    name = "chongqing-department"
    layout = layout_of(name)
    values: Values = {load(name).sheet: {layout.indicator("weight", layout.first): 100}}
    values[load(name).sheet][layout.indicator("score", layout.first)] = points
    sheet = results(written(blanks[name], values)).worksheets[0]
    assert [sheet[cell].value for cell in layout.header["grade"]] == [grade]


def test_ten_where_a_hundred_belongs_turns_red(blanks: dict[str, bytes]) -> None:
    name = "chongqing-department-2021"
    layout = layout_of(name)
    cell = layout.indicator("coefficient", layout.first)
    data = written(blanks[name], filled(name, {cell: 10}))
    assert colours(data, load(name).sheet) == {cell: "red"}
    assert verdict(data) == "有1项不通过"
    failed = [text for text in verdicts(data).values() if text != "通过"]
    assert failed == ["不通过：扣8.1分，未写明原因"]


def test_a_typed_score_that_contradicts_its_coefficient_turns_both_red(blanks: dict[str, bytes]) -> None:
    name = "chongqing-department-2021"
    layout = layout_of(name)
    coefficient, score = layout.indicator("coefficient", layout.first), layout.indicator("score", layout.first)
    reasons = f"指标{layout.first}号：测试"
    data = written(blanks[name], filled(name, {coefficient: 10, score: 9, layout.header["reasons"][0]: reasons}))
    found = colours(data, load(name).sheet)
    assert found == {coefficient: "red", score: "red"}
    assert verdicts(data)[f"指标{layout.first}号：得分系数＝得分÷权重×100"] == "不通过：应为100，实为10，差-90"


def test_a_deduction_that_is_explained_by_name_is_right(blanks: dict[str, bytes]) -> None:
    name = "chongqing-department-2021"
    layout = layout_of(name)
    cell, reasons = layout.indicator("coefficient", layout.first), layout.header["reasons"][0]
    explained = written(blanks[name], filled(name, {cell: 77, reasons: f"指标{layout.first}号：受天气影响。"}))
    assert verdict(explained) == "全部通过"
    other = written(blanks[name], filled(name, {cell: 77, reasons: "指标99号：受天气影响。"}))
    assert colours(other, load(name).sheet)[cell] == "red"


Change = Callable[[FormLayout], dict[str, Any]]
FIRST_FUND = BalanceLayout(load(NAMES[0]).balance).funds[0]


@pytest.mark.parametrize(
    ("name", "change", "line", "red"),
    [
        (
            "chongqing-department",
            lambda form: {form.indicator("weight", form.first): 8, form.indicator("score", form.first): 8},
            "执行率权重＋指标权重合计＝100",
            "total_weight",
        ),
        (
            "chongqing-department",
            lambda form: {form.header["total"][-1]: 89},
            "总分＝执行率得分＋各指标得分之和",
            "total",
        ),
        ("chongqing-department", lambda form: {form.header["grade"][-1]: "良"}, "等级与总分相符", "grade"),
        (
            "chongqing-department",
            lambda form: {form.budget[0].cells["initial"]: 89},
            "年度总金额不小于其中：财政拨款：年初预算数",
            "C6",
        ),
        (
            "mof-project-2020",
            lambda form: {form.scored().cells["rate"]: 0.08},
            "年度资金总额：执行率＝全年执行数÷全年预算数",
            "rate",
        ),
        (
            "mof-project-2020",
            lambda form: {form.scored().cells["execution_score"]: 10},
            "执行率得分＝执行率（不超过100%）×执行率权重",
            "execution_score",
        ),
        (
            "mof-project-2020",
            lambda form: {form.scored().cells["executed"]: 81},
            "年度资金总额＝各项资金之和：全年执行数",
            "executed",
        ),
    ],
)
def test_a_wrong_figure_fails_its_line_and_turns_red(
    name: str, change: Change, line: str, red: str, blanks: dict[str, bytes]
) -> None:
    layout = layout_of(name)
    data = written(blanks[name], filled(name, change(layout)))
    assert verdicts(data)[line].startswith("不通过：")
    cell = layout.header[red][-1] if red in layout.header else layout.scored().cells.get(red, red)
    assert colours(data, load(name).sheet)[cell] == "red"


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("adjusted", 101, "一般公共预算拨款：年初＋结转＋调整＝调整后预算"),
        ("carry_over", 21, "一般公共预算拨款：调整后预算－决算＝年末结转结余"),
    ],
)
def test_a_typed_balance_that_does_not_close_says_so(
    field: str, value: int, line: str, blanks: dict[str, bytes]
) -> None:
    name = "chongqing-department"
    cell = BalanceLayout(load(name).balance).cell(field, FIRST_FUND)
    data = written(blanks[name], filled(name, {f"预算收支!{cell}": value}))
    assert verdicts(data)[line] == f"不通过：应为{value - 1}，实为{value}，差1"
    assert colours(data, "预算收支")[cell] == "red"


def test_group_weights_must_match_the_printed_marks(blanks: dict[str, bytes]) -> None:
    name = "mof-project-2020"
    layout = layout_of(name)
    # Five points moved from 产出 to 效益: the sum is still 100.
    rows = {layout.first: 15, layout.groups[1].first: 20}
    change = {layout.indicator(field, row): value for row, value in rows.items() for field in ("weight", "score")}
    data = written(blanks[name], filled(name, change))
    found = verdicts(data)
    assert found["执行率权重＋指标权重合计＝100"] == "通过"
    assert found["产出指标分值合计＝50"] == "不通过：应为50，实为45，差-5"
    assert found["效益指标分值合计＝30"] == "不通过：应为30，实为35，差5"
    assert colours(data, load(name).sheet)[f"B{layout.first}"] == "red"


@pytest.mark.parametrize(
    ("name", "target", "actual"), [("chongqing-department", 95, 90), ("mof-project-2020", "≥95%", 0.9)]
)
def test_full_marks_for_a_missed_target_turn_red(
    name: str, target: object, actual: object, blanks: dict[str, bytes]
) -> None:
    layout = layout_of(name)
    row = layout.first
    change = {layout.indicator("target", row): target, layout.indicator("actual", row): actual}
    data = written(blanks[name], filled(name, change))
    assert colours(data, load(name).sheet) == {
        layout.indicator("score", row): "red",
        layout.indicator("note", row): "red",
    }
    change[layout.indicator("note", row)] = "经批准调整"
    assert verdict(written(blanks[name], filled(name, change))) == "全部通过"


@pytest.mark.parametrize(
    ("unit", "target", "actual", "missed"),
    [("件", 5, 1, True), ("%", 95, 0.96, False), ("%", 0.95, 0.9, True), ("%", 95, 94, True)],
)
def test_a_share_is_not_compared_with_a_percentage(
    unit: str, target: float, actual: float, missed: bool, blanks: dict[str, bytes]
) -> None:
    name = "chongqing-department"
    layout = layout_of(name)
    values = {"unit": unit, "target": target, "actual": actual}
    change = {layout.indicator(field, layout.first): value for field, value in values.items()}
    found = colours(written(blanks[name], filled(name, change)), load(name).sheet)
    assert (layout.indicator("score", layout.first) in found) is missed


@pytest.mark.parametrize("name", NAMES)
def test_a_scored_indicator_without_target_or_actual_turns_red(name: str, blanks: dict[str, bytes]) -> None:
    layout = layout_of(name)
    cells = [layout.indicator("target", layout.first), layout.indicator("actual", layout.first)]
    data = written(blanks[name], filled(name, dict.fromkeys(cells)))
    found = colours(data, load(name).sheet)
    assert [found[cell] for cell in cells] == ["red", "red"]
    assert verdict(data) == "有1项不通过"


class TestBishan:
    """The 2021 submission as it was published."""

    def test_it_holds_the_published_figures_typed_in(self) -> None:
        form = openpyxl.load_workbook(EXAMPLE).worksheets[0]
        layout = layout_of("chongqing-department-2021")
        assert not [cell for row in form.iter_rows() for cell in row if cell.data_type == "f"]
        cells = layout.scored().cells
        amounts = [Decimal(str(form[cells[field]].value)) for field in ("initial", "adjusted", "executed")]
        assert amounts == [Decimal("218.18161"), Decimal("175.02141"), Decimal("174.669079")]
        table = [
            [form[layout.indicator(field, row)].value for field in ("weight", "score", "coefficient")]
            for row in layout.rows()
        ]
        published = [(8, 8, 100), (12, 12, 100), (10, 10, 100), (15, 13.5, 90), (15, 15, 100), (15, 15, 100)]
        assert table[:8] == [list(row) for row in (*published, (16, 16, 10), (9, 9, 100))]
        assert table[8:] == [[None] * 3] * 12
        assert [form[cell].value for cell in layout.header["total"]] == [98.5, 98.5]
        assert {form[cell].value for cell in layout.header["grade"]} == {"优"}

    def test_it_is_what_its_script_gives(self, tmp_path: Path) -> None:
        script = runpy.run_path(str(EXAMPLE.parent / "make_examples.py"))
        script["main"]([str(tmp_path)])
        assert snapshot((tmp_path / EXAMPLE.name).read_bytes()) == snapshot(EXAMPLE.read_bytes())

    def test_its_own_check_names_the_one_wrong_rate_and_nothing_else(self) -> None:
        data = EXAMPLE.read_bytes()
        failed = {line: text for line, text in verdicts(data).items() if text != "通过"}
        assert failed == {"城区环境卫生质量提高率：得分系数＝得分÷权重×100": "不通过：应为100，实为10，差-90"}
        layout = layout_of("chongqing-department-2021")
        row = layout.first + 6
        assert colours(data, "部门整体绩效自评表") == {
            layout.indicator("coefficient", row): "red",
            layout.indicator("score", row): "red",
        }
        assert colours(data, "预算收支") == {}
        assert formualizer.recalculate_xlsx_bytes(data)["cache_cells_changed"] == 0

    def test_correcting_that_cell_makes_everything_pass(self) -> None:
        layout = layout_of("chongqing-department-2021")
        cell = layout.indicator("coefficient", layout.first + 6)
        data = written(EXAMPLE.read_bytes(), {"部门整体绩效自评表": {cell: 100}})
        assert verdict(data) == "全部通过"
        assert colours(data, "部门整体绩效自评表") == {}

    def test_its_balance_closes_to_the_cent(self) -> None:
        sheet = results(EXAMPLE.read_bytes())["预算收支"]
        funds = BalanceLayout(load("chongqing-department-2021").balance)
        total = {
            field: sheet[funds.cell(field, funds.total)].value for field in ("adjustment", "adjusted", "carry_over")
        }
        assert total == {"adjustment": -43.1602, "adjusted": 175.02141, "carry_over": 0.352331}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_computes_what_is_stored(tmp_path: Path, blanks: dict[str, bytes], full: dict[str, bytes]) -> None:
    books = {f"blank-{name}": data for name, data in blanks.items()}
    books |= {f"full-{name}": data for name, data in full.items()}
    books["bishan"] = EXAMPLE.read_bytes()
    for name, data in books.items():
        # LibreOffice keeps stored results, right or wrong: it gets none.
        book = openpyxl.load_workbook(io.BytesIO(data))
        book.save(tmp_path / f"{name}.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "done"]
    subprocess.run(
        [*command, *(f"{name}.xlsx" for name in books)], cwd=tmp_path, check=True, capture_output=True, timeout=120
    )
    for name, data in books.items():
        formulas, stored = openpyxl.load_workbook(io.BytesIO(data)), results(data)
        computed = openpyxl.load_workbook(tmp_path / "done" / f"{name}.xlsx", data_only=True)
        compared = 0
        for sheet in formulas:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                ours, theirs = (book[sheet.title][cell.coordinate].value for book in (stored, computed))
                if isinstance(ours, float):
                    assert theirs == pytest.approx(ours, abs=1e-9), (name, sheet.title, cell.coordinate)
                else:
                    # openpyxl reads a stored empty text as None or as "".
                    blank = (None, "")
                    assert ours == theirs or (ours in blank and theirs in blank), (name, cell.coordinate)
                compared += 1
        assert compared > 100
