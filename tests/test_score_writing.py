"""Scoring a workbook: which cells are written, as what, and what is left alone."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from tests.cli.forms import write_form, write_list
from tests.tables import book, grid
from xltools.checking import check
from xltools.edits import Edit
from xltools.errors import FormError, InputError, PolicyError, WorkbookError
from xltools.forms import recognise
from xltools.policies import load
from xltools.score_writing import Change, diff, plan, prepare, score, score_file, steps

POLICY = load("mof-2020-10")
DERIVED = ("B101", "B105", "S101", "S103", "S104", "S105", "S110", "F007")

FORM = """
| 项目支出绩效自评表 | < | < | < | < | < | < | < |
| （2023年度） | < | < | < | < | < | < | < |
| 项目名称 | 城区绿化养护 | < | < | < | < | < | < |
| 主管部门 | 市园林局 | < | < | 实施单位 | 市绿化养护中心 | < | < |
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 120 | 120 | 108 | 10 | | |
| ^ | 其中：当年财政拨款 | 120 | 120 | 108 | — | 95% | — |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标（50分） | 数量指标 | 绿地养护面积 | ≥320公顷 | 320公顷 | 30 | | |
| ^ | 质量指标 | 绿地达标率 | ≥95% | 85.5% | 20 | | 干旱 |
| 效益指标（30分） | 生态效益指标 | 绿化覆盖率 | ≥40% | 41% | 30 | 29 | |
| 满意度指标（10分） | 服务对象满意度指标 | 居民满意度 | ≥90% | 92% | 10 | 10 | |
| 总分 | < | < | < | < | 100 | 98 | |
"""

DEPARTMENT = """
| 部门整体绩效自评表 | < | < | < | < | < | < |
| 主管部门 | 市园林局 | 财政处室 | 农业处 | 自评总分(分) | 90 | |
| 部门预算执行情况 | 年初预算数 | 全年(调整)预算数 | 全年执行数 | 执行率(%) | 执行率权重 | 执行率得分(分) |
| ^ | 100 | 100 | 76 | 80 | 10 | 8 |
| 绩效指标 | 指标名称 | 指标性质 | 全年完成值 | 得分系数(%) | 指标权重(分) | 指标得分(分) |
| ^ | 绿地养护面积 | ≥ | 320 | 90 | 40 | |
| ^ | 绿地达标率 | ≥ | 95 | 100 | 30 | 27 |
| ^ | 居民满意度 | ≥ | 92 | | 20 | 18 |
"""

SEED = """
| 指标得分情况 | < | < | < |
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理城市管理问题结案率 | 8 | 8 | 100 |
| 促进城市综合管理工作 | 15 | 13.5 | 90 |
| 城区环境卫生质量提高率 | 77 | 77 | 10 |
"""


def planned(markdown: str) -> dict[str, Edit]:
    table = grid(markdown)
    evaluation = recognise(book(table)).evaluations[0]
    return {table.address(edit.row, edit.column): edit for edit in plan(evaluation, POLICY, table)}


def written(path: Path) -> dict[str, object]:
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    return {cell.coordinate: cell.value for line in sheet.iter_rows() for cell in line if cell.value is not None}


def test_rates_scores_and_the_total_become_formulas_with_results(tmp_path: Path) -> None:
    evaluation = score(write_form(tmp_path / "in.xlsx", FORM), tmp_path / "out.xlsx")
    cells = written(tmp_path / "out.xlsx")
    assert (cells["G6"], cells["H6"], cells["G7"]) == (0.9, 9, 0.9)
    assert (cells["G9"], cells["G10"], cells["G13"]) == (30, 18, 96)
    formulas = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert formulas["H6"].value == '=IF(N(D6)=0,"",ROUND(MIN(E6/D6,1)*F6,2))'
    assert formulas["G13"].value == "=ROUND(SUM(G9:G12,H6),2)"
    assert evaluation.total.score is not None
    assert evaluation.total.score.text == "96"


def test_what_is_scored_passes_the_check_of_derived_figures(tmp_path: Path) -> None:
    for name, markdown in {"project": FORM, "department": DEPARTMENT, "seed": SEED}.items():
        source, target = write_form(tmp_path / f"{name}.xlsx", markdown), tmp_path / f"{name}-scored.xlsx"
        assert check(source, select=DERIVED).counts["error"] > 0
        score(source, target)
        assert check(target, select=DERIVED).counts == {"error": 0, "warning": 0, "notice": 0}


def test_entries_are_never_changed(tmp_path: Path) -> None:
    source = write_form(tmp_path / "in.xlsx", FORM)
    before = written(source)
    score(source, tmp_path / "out.xlsx")
    after = written(tmp_path / "out.xlsx")
    derived = {"G6", "H6", "G7", "G9", "G10", "G13"}
    assert {cell: value for cell, value in after.items() if cell not in derived} == {
        cell: value for cell, value in before.items() if cell not in derived
    }


def test_every_other_part_of_the_workbook_keeps_its_bytes(tmp_path: Path) -> None:
    source = write_form(tmp_path / "in.xlsx", FORM)
    score(source, tmp_path / "out.xlsx")
    with ZipFile(source) as one, ZipFile(tmp_path / "out.xlsx") as other:
        assert one.namelist() == other.namelist()
        changed = {name for name in one.namelist() if one.read(name) != other.read(name)}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/styles.xml"}
    assert "xl/worksheets/sheet1.xml" in changed


def test_scoring_a_scored_form_changes_nothing(tmp_path: Path) -> None:
    for name, markdown in {"project": FORM, "department": DEPARTMENT, "seed": SEED}.items():
        source = write_form(tmp_path / f"{name}.xlsx", markdown)
        score(source, tmp_path / f"{name}-1.xlsx")
        result = score_file(tmp_path / f"{name}-1.xlsx", tmp_path / f"{name}-2.xlsx")[0]
        assert result.changes == ()
        assert (tmp_path / f"{name}-1.xlsx").read_bytes() == (tmp_path / f"{name}-2.xlsx").read_bytes()


def test_the_seeds_score_rate_is_put_right(tmp_path: Path) -> None:
    score(write_form(tmp_path / "in.xlsx", SEED), tmp_path / "out.xlsx")
    assert [written(tmp_path / "out.xlsx")[cell] for cell in ("D3", "D4", "D5")] == [100, 90, 100]


def test_a_coefficient_makes_a_score_or_is_made_from_it(tmp_path: Path) -> None:
    edits = planned(DEPARTMENT)
    assert (edits["G6"].formula, edits["G6"].result) == ("ROUND(E6/100*F6,4)", 36)
    assert "E6" not in edits
    assert (edits["E7"].formula, edits["E7"].result) == ('IF(N(F7)=0,"",ROUND(G7/F7*100,2))', 90)
    assert edits["E8"].result == 90
    assert edits["F2"].result == Decimal("88.6")


def test_a_rate_is_written_in_the_scale_of_its_column() -> None:
    edits = planned(DEPARTMENT)
    assert (edits["E4"].result, edits["E4"].style) == (76, None)
    project = planned(FORM)
    assert (project["G6"].result, project["G7"].result) == (Decimal("0.9"), Decimal("0.9"))
    assert project["G6"].style is not None
    assert project["G6"].style.number_format == "0.00%"
    assert project["G7"].style is None


def test_a_detail_row_and_a_merged_score_count_once() -> None:
    edits = planned("""
        | 项目支出绩效自评表 | < | < | < | < |
        | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
        | 种植面积 | 30亩 | 30亩 | 20 | 20 |
        | 其中桃树 | 5亩 | 5亩 | | |
        | 成活率 | ≥95% | 96% | 30 | 70 |
        | 满意度 | ≥95% | 96% | 50 | ^ |
        | 总分 | < | < | < | |
    """)
    assert (edits["E7"].formula, edits["E7"].result) == ("ROUND(SUM(E3:E5),2)", 90)


def test_a_figure_in_a_detail_row_stays_out_of_the_sum() -> None:
    table = grid("""
        | 项目支出绩效自评表 | < | < | < | < |
        | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
        | 种植面积 | 30亩 | 30亩 | 20 | 20 |
        | 其他 | 5亩 | 5亩 | 3 | 3 |
        | 成活率 | ≥95% | 96% | 80 | 70 |
        | 总分 | < | < | < | |
    """)
    evaluation = recognise(book(table)).evaluations[0]
    rows = list(evaluation.indicators)
    rows[1] = replace(rows[1], detail=True)
    edits = plan(replace(evaluation, indicators=tuple(rows)), POLICY, table)
    assert edits[-1].formula == "ROUND(SUM(E3,E5),2)"


def test_scores_stored_as_text_still_add_up(tmp_path: Path) -> None:
    markdown = FORM.replace("| 30 | 29 |", "| '30 | '29 |").replace("| 10 | 10 |", "| '10 | '10 |")
    score(write_form(tmp_path / "in.xlsx", markdown), tmp_path / "out.xlsx")
    assert written(tmp_path / "out.xlsx")["G13"] == 96


def test_a_score_that_carries_its_unit_is_summed_by_value_without_a_formula() -> None:
    edits = planned(FORM.replace("| 30 | 29 |", "| 30 | 29分 |"))
    assert (edits["G13"].formula, edits["G13"].value) == (None, 96)


def test_a_formula_of_the_form_that_is_right_is_left_alone_and_a_wrong_one_replaced() -> None:
    right = planned(FORM.replace("| 100 | 98 |", "| 100 | =SUM(G9:G12)+H6 -> 96 |"))
    wrong = planned(FORM.replace("| 100 | 98 |", "| 100 | =SUM(G9:G12) -> 87 |"))
    assert "G13" not in right
    assert wrong["G13"].result == 96


def test_a_blank_cell_with_a_formula_is_not_overwritten() -> None:
    edits = planned(FORM.replace("| 30 | | |", '| 30 | =IF(1=1,"","") ->  | |'))
    assert "G9" not in edits


def test_a_total_inside_a_text_is_put_right_there() -> None:
    edits = planned("""
        | 部门整体支出绩效自评表 | < | < | < |
        | 自评得分：90分          自评等级：优 | < | < | < |
        | 指标名称 | 全年完成值 | 指标权重(分) | 指标得分(分) |
        | 绿地养护面积 | 320 | 60 | 50 |
        | 绿地达标率 | 95 | 40 | 35 |
    """)
    assert edits == {"A2": Edit("自评表", 2, 1, value="自评得分：85分          自评等级：良")}


def test_figures_with_their_unit_are_left_alone_where_they_are_right() -> None:
    units = FORM.replace("| 120 | 120 | 108 | 10 | | |", "| 120万元 | 120万元 | 108万元 | 10分 | 90% | 9分 |")
    assert set(planned(units)) == {"G7", "G9", "G10", "G13"}
    assert planned(units.replace("| 9分 |", "| 10分 |"))["H6"].value == 9


def test_formulas_without_stored_results_are_computed_and_kept(tmp_path: Path) -> None:
    path = write_form(tmp_path / "in.xlsx", FORM.replace("| 100 | 98 |", "| 100 | |"))
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0]["G13"] = '=IF(COUNT(G9:G12)=4,SUM(G9:G12)+H6,"")'
    workbook.save(path)
    score(path, tmp_path / "out.xlsx")
    assert written(tmp_path / "out.xlsx")["G13"] == 96
    kept = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]["G13"].value
    assert kept == '=IF(COUNT(G9:G12)=4,SUM(G9:G12)+H6,"")'


def test_a_qualitative_score_is_proposed_and_not_written(tmp_path: Path) -> None:
    markdown = FORM.replace("| ≥320公顷 | 320公顷 |", "| 效果明显 | 达成预期指标 |")
    result = score_file(write_form(tmp_path / "in.xlsx", markdown), tmp_path / "out.xlsx")[0]
    assert [(item.indicator, item.score) for item in result.proposals] == [("绿地养护面积", 30)]
    cells = written(tmp_path / "out.xlsx")
    assert "G9" not in cells
    assert cells["G13"] == 98


def test_a_missed_target_without_a_direction_is_left_to_a_person(tmp_path: Path) -> None:
    markdown = FORM.replace("| ≥320公顷 | 320公顷 |", "| 320公顷 | 300公顷 |")
    result = score_file(write_form(tmp_path / "in.xlsx", markdown), tmp_path / "out.xlsx")[0]
    assert [(item.row, item.score) for item in result.proposals] == [(9, None)]


def test_the_total_in_the_header_repeats_the_one_below(tmp_path: Path) -> None:
    edits = planned("""
        | 部门整体绩效自评表 | < | < | < |
        | 自评总分(分) | | 等级 | |
        | 指标名称 | 全年完成值 | 指标权重(分) | 指标得分(分) |
        | 绿地养护面积 | 320 | 60 | 50 |
        | 绿地达标率 | 95 | 40 | 35 |
        | 总分 | < | 100 | |
    """)
    assert (edits["D6"].formula, edits["B2"].formula) == ("ROUND(SUM(D4:D5),2)", "D6")
    assert edits["D2"].result == "良"


def test_a_balance_is_filled_where_it_is_blank_and_never_changed() -> None:
    markdown = """
        | 部门整体绩效自评表 | < | < | < | < |
        | 项目 | 年初预算数 | 全年预算数 | 全年执行数 | 结转结余 |
        | 年度资金总额 | 218.18161 | 175.02141 | 174.669079 | {} |
        | 指标名称 | 全年完成值 | 指标权重(分) | 指标得分(分) | |
        | 绿地养护面积 | 320 | 60 | 50 | |
    """
    assert planned(markdown.format(""))["E3"].result == Decimal("0.352331")
    assert "E3" not in planned(markdown.format("1"))


def write_with_balance(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """The project form with a sheet of its budget balance."""
    workbook = openpyxl.load_workbook(write_form(path, FORM))
    sheet = workbook.create_sheet("预算收支")
    sheet.append(["预算收支平衡表（单位：万元）"])
    sheet.append(["项目", "年初预算数", "上年结转", "年中调整数", "全年预算数", "全年执行数", "年末结转结余"])
    for row in rows:
        sheet.append(row)
    workbook.save(path)
    return path


def test_the_balance_sheet_is_closed_where_it_is_blank(tmp_path: Path) -> None:
    rows = [["合计", 130, None, -10, 120, 108, None], ["财政拨款", 130, None, -10, 120, 108, 11]]
    source = write_with_balance(tmp_path / "in.xlsx", rows)
    result = score_file(source, tmp_path / "out.xlsx")[0]
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["预算收支"]
    assert (sheet["G3"].value, sheet["G4"].value) == ("=ROUND(E3-F3,6)", 11)
    assert openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=True)["预算收支"]["G3"].value == 12
    assert [change.cell for change in result.changes if change.sheet == "预算收支"] == ["G3"]
    assert score_file(tmp_path / "out.xlsx", tmp_path / "again.xlsx")[0].changes == ()


def test_a_balance_sheet_without_any_closing_figure_is_closed_too(tmp_path: Path) -> None:
    score(write_with_balance(tmp_path / "in.xlsx", [["合计", 120, None, None, 120, 108, None]]), tmp_path / "out.xlsx")
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["预算收支"]["G3"].value == "=ROUND(E3-F3,6)"


@pytest.mark.parametrize(
    ("replacing", "by"),
    [
        ("| 绿化覆盖率 | ≥40% | 41% | 30 | 29 |", "| 绿化覆盖率 | ≥40% | | 30 | |"),
        ("| 绿化覆盖率 | ≥40% | 41% | 30 | 29 |", "| 绿化覆盖率 | ≥40% | 41% | | 29 |"),
        ("| 绿化覆盖率 | ≥40% | 41% | 30 | 29 |", "| 绿化覆盖率 | ≥40% | 41% | 10 | 9 |"),
        ("| 120 | 120 | 108 | 10 | | |", "| 120 | 120 | | 10 | | |"),
    ],
    ids=["a score is open", "a weight is open", "rows are missing", "the execution score is open"],
)
def test_a_total_that_the_rows_do_not_give_is_kept_and_the_reason_told(tmp_path: Path, replacing: str, by: str) -> None:
    markdown = FORM.replace(replacing, by)
    assert markdown != FORM
    result = score_file(write_form(tmp_path / "in.xlsx", markdown), tmp_path / "out.xlsx")[0]
    assert written(tmp_path / "out.xlsx")["G13"] == 98
    (entry,) = result.left_out
    assert entry.cell == "G13"
    assert "98" in entry.why


def test_a_total_beside_weights_that_miss_full_marks_is_kept_as_long_as_it_is_their_sum() -> None:
    edits = planned("""
        | 项目支出绩效自评表 | < | < | < |
        | 三级指标 | 年度指标值 | 分值 | 得分 |
        | 种植面积 | 30亩 | 40 | 40 |
        | 成活率 | 95% | 40 | 35 |
        | 总分 | < | 80 | 75 |
    """)
    assert edits["D5"].formula == "ROUND(SUM(D3:D4),2)"


def test_an_execution_rate_listed_among_the_indicators_counts_once() -> None:
    edits = planned("""
        | 项目支出绩效自评表 | < | < | < | < | < | < |
        | 项目资金（万元） | | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
        | ^ | 年度资金总额 | 120 | 108 | 10 | 90% | 9 |
        | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析 |
        | 过程 | 预算执行率 | 100% | 90% | 10 | 9 | |
        | 产出 | 绿地养护面积 | 320公顷 | 320公顷 | 90 | 88 | |
        | 总分 | < | < | < | 100 | | |
    """)
    assert (edits["F7"].formula, edits["F7"].result) == ("ROUND(SUM(F5:F6),2)", 97)


def test_a_row_with_nothing_but_a_name_does_not_keep_the_total_open() -> None:
    named = "| 效益指标（30分） | 生态效益指标 | 绿化覆盖率 | ≥40% | 41% | 30 | 29 | |"
    assert planned(FORM.replace(named, named + "\n| ^ | ^ | 空气质量 | | | | | |"))["G14"].result == 96


def test_a_formula_in_a_cell_formatted_as_text_gets_a_format_of_its_own(tmp_path: Path) -> None:
    path = write_form(tmp_path / "in.xlsx", FORM)
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0]["H6"].number_format = "@"
    workbook.worksheets[0]["G6"].number_format = "0.0%"
    workbook.save(path)
    score(path, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert (sheet["H6"].number_format, sheet["G6"].number_format) == ("General", "0.0%")


def test_a_negative_execution_rate_gives_no_score() -> None:
    assert "H6" not in planned(FORM.replace("| 120 | 120 | 108 |", "| 120 | 120 | -108 |"))


@pytest.mark.parametrize(("text", "formula"), [("1,200", 'VALUE(SUBSTITUTE(E6,",",""))'), ("108", "VALUE(E6)")])
def test_amounts_stored_as_text_are_read_as_every_application_can(text: str, formula: str) -> None:
    edits = planned(FORM.replace("| 120 | 120 | 108 | 10 |", f"| 120 | 120 | '{text} | 10 |"))
    assert edits["G6"].formula == f'IF(N(D6)=0,"",ROUND({formula}/D6,4))'
    full_width = planned(FORM.replace("| 120 | 120 | 108 | 10 |", "| 120 | 120 | '１０８ | 10 |"))
    assert (full_width["G6"].formula, full_width["G6"].value) == (None, Decimal("0.9"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_computes_the_same_results(tmp_path: Path) -> None:
    scored: dict[str, dict[str, object]] = {}
    for name, markdown in {"project": FORM, "department": DEPARTMENT, "seed": SEED}.items():
        target = tmp_path / f"{name}.xlsx"
        score(write_form(tmp_path / "in" / f"{name}.xlsx", markdown), target)
        scored[name] = written(target)
        stripped(target)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    files = [str(tmp_path / f"{name}.xlsx") for name in scored]
    subprocess.run([*command, str(tmp_path / "done"), *files], check=True, capture_output=True, timeout=120)
    for name, cells in scored.items():
        computed = written(tmp_path / "done" / f"{name}.xlsx")
        assert computed.keys() == cells.keys()
        for cell, value in cells.items():
            assert computed[cell] == (pytest.approx(value) if isinstance(value, int | float) else value), cell


def stripped(path: Path) -> None:
    """Take the stored results away: LibreOffice would keep them."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", data) if "worksheets" in name else data)


def test_a_diff_shows_before_after_and_why() -> None:
    table = grid(FORM)
    evaluation = recognise(book(table)).evaluations[0]
    changes = {change.cell: change for change in diff(steps(evaluation, POLICY, table), table)}
    assert isinstance(changes["G7"], Change)
    assert (changes["G7"].before, changes["G7"].after) == ("95%", "90%")
    assert changes["G7"].formula == '=IF(N(D7)=0,"",ROUND(E7/D7,4))'
    assert "108 ÷ 120 = 90 %" in changes["G7"].why
    assert changes["G13"].before == "98"


def test_planning_writes_nothing(tmp_path: Path) -> None:
    path = write_form(tmp_path / "in.xlsx", FORM)
    before = path.read_bytes()
    _, forms = prepare(path)
    assert forms[0].steps
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_exists_is_not_overwritten_unasked(tmp_path: Path) -> None:
    source, target = write_form(tmp_path / "in.xlsx", FORM), tmp_path / "out.xlsx"
    target.write_text("kept")
    with pytest.raises(InputError):
        score(source, target)
    assert target.read_text() == "kept"
    score(source, target, force=True)
    assert written(target)["G13"] == 96


def test_a_workbook_may_be_scored_in_place(tmp_path: Path) -> None:
    path = write_form(tmp_path / "in.xlsx", FORM)
    before = path.read_bytes()
    score(path, path)
    assert written(path)["G13"] == 96
    assert (tmp_path / "in.xlsx.bak").read_bytes() == before


def test_a_copy_of_the_original_is_kept_only_where_something_changed_and_nobody_forbade_it(tmp_path: Path) -> None:
    path = write_form(tmp_path / "in.xlsx", FORM)
    score(path, path, force=True)
    score(path, path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_that_is_open_elsewhere_is_not_replaced(tmp_path: Path) -> None:
    path = write_form(tmp_path / "in.xlsx", FORM)
    (tmp_path / "~$in.xlsx").write_bytes(b"")
    with pytest.raises(WorkbookError, match=r"in\.xlsx"):
        score(path, path)


def test_a_document_cannot_hold_scores(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    table = document.add_table(3, 4)
    for line, texts in enumerate(
        [("指标名称", "权重", "得分", "得分率"), ("甲", "40", "40", "100"), ("乙", "60", "60", "100")]
    ):
        for column, text in enumerate(texts):
            table.cell(line, column).text = text
    document.save(str(tmp_path / "in.docx"))
    with pytest.raises(InputError, match=r"\.xlsx"):
        score(tmp_path / "in.docx", tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_the_copy_must_keep_the_sort_of_the_workbook(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"\.xlsx"):
        score(write_form(tmp_path / "in.xlsx", FORM), tmp_path / "out.xls")


def test_a_workbook_without_a_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError):
        score(write_list(tmp_path / "list.xlsx"), tmp_path / "out.xlsx")


def test_the_policy_can_be_chosen(tmp_path: Path) -> None:
    policy = tmp_path / "own.toml"
    policy.write_text('extends = "mof-2020-10"\nproportional = false\n')
    source = write_form(tmp_path / "in.xlsx", FORM)
    result = score_file(source, tmp_path / "out.xlsx", policy=policy)[0]
    assert [item.indicator for item in result.proposals] == ["绿地达标率"]
    with pytest.raises(PolicyError):
        score(source, tmp_path / "other.xlsx", policy="nowhere")
