"""The data validations that scoring adds to a bureau's own form."""

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from tests.cli.forms import GOOD, write_form
from tests.tables import book, grid
from xltools.forms import recognise
from xltools.policies import load
from xltools.score_guards import Guard, guards
from xltools.score_writing import prepare, score, score_file
from xltools.sheets.grid import MESSAGE_LIMIT, TITLE_LIMIT, Grid, area_of
from xltools.texts import set_language

POLICY = load("mof-2020-10")


def guards_of(form: str | Grid) -> list[Guard]:
    table = grid(form) if isinstance(form, str) else form
    return guards(recognise(book(table)).evaluations[0], POLICY, table)


def rules(form: str | Grid) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Operator and bounds by the cells that they guard."""
    return {
        guard.cells: (guard.validation.operator, guard.validation.formula1, guard.validation.formula2)
        for guard in guards_of(form)
    }


def test_a_form_gets_one_rule_per_column() -> None:
    assert rules(GOOD) == {
        "C6:C7": ("greaterThanOrEqual", "0", None),
        "D6:D7": ("greaterThanOrEqual", "0", None),
        "E6:E7": ("greaterThanOrEqual", "0", None),
        "F6": (None, "0", "100"),
        "G6:G7": ("greaterThanOrEqual", "0", None),
        "H6": (None, "0", "F6"),
        "F9:F12": (None, "0.01", "100"),
        "G9:G12": (None, "0", "F9"),
    }


def test_a_merged_score_is_bounded_by_the_sum_of_its_weights() -> None:
    found = rules("""
        | 项目支出绩效自评表 | < | < | < | < |
        | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
        | 种植面积 | 30亩 | 30亩 | 20 | 20 |
        | 成活率 | ≥95% | 96% | 30 | 70 |
        | 满意度 | ≥95% | 96% | '50 | ^ |
    """)
    assert found["E3"] == (None, "0", "D3")
    assert found["E4:E5"] == (None, "0", "D4+VALUE(D5)")
    assert "D3:D4" in found


def test_a_weight_merged_over_several_scores_bounds_each_of_them() -> None:
    found = rules("""
        | 项目支出绩效自评表 | < | < | < | < |
        | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
        | 种植面积 | 30亩 | 30亩 | 100 | 60 |
        | 成活率 | ≥95% | 96% | ^ | 40 |
    """)
    assert (found["E3"], found["E4"]) == ((None, "0", "D3"), (None, "0", "D3"))


def test_points_printed_in_a_label_are_a_fixed_bound() -> None:
    found = rules("""
        | 项目支出绩效自评表 | < | < | < | < |
        | 项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 | 得分（20分） |
        | 年度资金总额 | 100 | 90 | 90% | |
        | 三级指标 | 年度指标值 | 实际完成值 | 得分 | 备注 |
        | 种植面积 | 30亩 | 30亩 | 80 | |
    """)
    assert found["E3"] == (None, "0", "20")
    assert found["D5"] == (None, "0", "100")


@pytest.mark.parametrize(("rate", "most"), [("90", "100"), ("90%", "1"), ("0.9", "1")])
def test_a_rate_is_bounded_in_the_scale_of_its_column(rate: str, most: str) -> None:
    found = rules(f"""
        | 指标得分情况 | < | < | < |
        | 指标名称 | 权重 | 得分 | 得分率 |
        | 促进城市综合管理工作 | 50 | 45 | {rate} |
        | 城区环境卫生质量提高率 | 50 | 45 | {rate} |
    """)
    assert found["D3:D4"] == (None, "0", most)


def test_an_adjustment_may_be_negative_and_other_amounts_not() -> None:
    found = rules("""
        | 项目支出绩效自评表 | < | < | < | < | < |
        | 项目资金（万元） | 年初预算数 | 年中调整数 | 全年预算数 | 全年执行数 | 结转结余 |
        | 年度资金总额 | 130 | -10 | 120 | 108 | |
        | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 备注 |
        | 种植面积 | 30亩 | 30亩 | 100 | 80 | |
    """)
    assert {"B3", "D3", "E3", "F3"} <= found.keys()
    assert "C3" not in found


def test_cells_that_hold_or_are_formatted_as_text_are_left_alone() -> None:
    form = grid(GOOD.replace("| 120 | 120 | 120 | 10 |", "| 120 | 620.82万元 | 120 | 10 |"))
    found = rules(replace(form, blank_formats={(7, 8): "@"}))
    assert "D7" in found
    assert not any("D6" in cells for cells in found)
    blank = GOOD.replace("| 30 | 30 | |", "| 30 | | |", 1)
    assert "G9:G12" in rules(blank)
    assert "G10:G12" in rules(replace(grid(blank), blank_formats={(9, 7): "@"}))


def test_a_weight_written_as_a_percentage_bounds_nothing() -> None:
    found = rules("""
        | 项目支出绩效自评表 | < | < | < | < |
        | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
        | 种植面积 | 30亩 | 30亩 | 40% | 40 |
        | 成活率 | ≥95% | 96% | 60% | 60 |
    """)
    assert found == {"E3:E4": (None, "0", "100")}


def test_a_guarded_cell_keeps_the_rule_it_has(tmp_path: Path) -> None:
    path = write_form(tmp_path / "in.xlsx")
    workbook = openpyxl.load_workbook(path)
    own = DataValidation(type="whole", operator="between", formula1="0", formula2="50", sqref="G9:G10")
    workbook.worksheets[0].add_data_validation(own)
    workbook.save(path)
    score(path, tmp_path / "out.xlsx")
    found = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0].data_validations.dataValidation
    by_cells = {str(rule.sqref): rule for rule in found}
    assert by_cells["G9:G10"].type == "whole"
    assert by_cells["G11:G12"].formula2 == "F11"


def test_locked_cells_of_a_protected_sheet_need_no_rule() -> None:
    assert rules(replace(grid(GOOD), unlocked=frozenset({(9, 7), (10, 7)}))) == {"G9:G10": (None, "0", "F9")}


def test_scoring_adds_the_rules_once_and_nothing_else_but_them(tmp_path: Path) -> None:
    complete = score_file(write_form(tmp_path / "in.xlsx"), tmp_path / "one.xlsx")[0]
    again = score_file(tmp_path / "one.xlsx", tmp_path / "two.xlsx")[0]
    assert [guard.cells for guard in complete.guards] == list(rules(GOOD))
    assert again.guards == ()
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with ZipFile(tmp_path / "in.xlsx") as one, ZipFile(tmp_path / "one.xlsx") as other:
        changed = {name for name in one.namelist() if one.read(name) != other.read(name)}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_a_figure_that_breaks_a_new_rule_stays(tmp_path: Path) -> None:
    score(write_form(tmp_path / "in.xlsx", GOOD.replace("| 30 | 30 |", "| 30 | 31 |", 1)), tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert sheet["G9"].value == 31
    assert any("G9" in rule.sqref for rule in sheet.data_validations.dataValidation)


def test_prompts_and_errors_are_chinese_in_every_language_and_within_excels_limits() -> None:
    set_language("en")
    try:
        found = guards_of(GOOD)
    finally:
        set_language("zh")
    for guard in found:
        rule = guard.validation
        assert rule.error_title == "填写有误"
        assert all("一" <= text[0] <= "龥" for text in (rule.prompt_title, rule.prompt, rule.error))
        assert len(rule.prompt_title) <= TITLE_LIMIT
        assert max(len(rule.prompt), len(rule.error)) <= MESSAGE_LIMIT
        assert guard.rule.isascii()


def test_a_long_label_is_cut_in_the_title() -> None:
    label = "全年执行数（含上年结转结余资金支出、年中追加资金支出和单位自有资金支出）"
    assert len(label) > TITLE_LIMIT
    (guard,) = [guard for guard in guards_of(GOOD.replace("全年执行数", label)) if guard.cells == "E6:E7"]
    assert guard.validation.prompt_title == label[:TITLE_LIMIT]


def test_the_official_templates_need_no_further_rules() -> None:
    templates = sorted((Path(__file__).parents[1] / "workbooks" / "templates").glob("*.xlsx"))
    assert templates
    for path in templates:
        _, forms = prepare(path)
        assert [guard.cells for form in forms for guard in form.guards] == []


def test_the_balance_sheet_is_guarded_too(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(write_form(tmp_path / "in.xlsx"))
    sheet = workbook.create_sheet("预算收支")
    sheet.append(["项目", "年初预算数", "年中调整数", "全年预算数", "全年执行数", "年末结转结余"])
    sheet.append(["合计", 130, -10, 120, 108, 12])
    workbook.save(tmp_path / "in.xlsx")
    _, forms = prepare(tmp_path / "in.xlsx")
    found = {guard.cells for guard in forms[0].guards if guard.sheet == "预算收支"}
    assert found == {"B2", "D2", "E2", "F2"}


def test_areas_are_written_as_ranges() -> None:
    (guard,) = [guard for guard in guards_of(GOOD) if guard.cells == "G9:G12"]
    assert guard.validation.areas == (area_of("G9:G12"),)
    assert (guard.edit.row, guard.edit.column, guard.edit.changes_content) == (9, 7, False)
