"""Fixes: what they change, what they never touch, and that the check that asked for them is content."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.cli.forms import GOOD, write_form
from tests.corpus.build import forms
from tests.corpus.writers import write_xlsx
from xltools.check_report import FileReport
from xltools.checking import check
from xltools.checks import registry
from xltools.errors import InputError
from xltools.fixing import SAFE, UNSAFE, Fixed, fix, fixed
from xltools.ooxml.package import Package
from xltools.sheets.grid import Cell
from xltools.sheets.xlsx import book_of

STORED_AS_TEXT = GOOD.replace("| 20 | 20 |", "| 20 | '20 |")
STRAY = GOOD.replace("绿地达标率", "绿地 达标率").replace("市绿化养护中心", "市绿化（养护)中心")
WRONG_TOTAL = GOOD.replace("| 100 | 100 |", "| 100 | 97 |")

GRADED = """
| 项目支出绩效自评表 | < | < | < | < | < | < | < |
| （2023年度） | < | < | < | < | < | < | < |
| 项目名称 | 城区绿化养护 | < | < | 实施单位 | 市绿化养护中心 | < | < |
| 主管部门 | 市园林局 | < | < | 自评总分 | 98 | 等级 | 优 |
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 120 | 120 | 60 | 10 | 100% | 10 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标（50分） | 数量指标 | 绿地养护面积 | ≥320公顷 | 320公顷 | 50 | 44 | 干旱 |
| 效益指标（30分） | 生态效益指标 | 绿化覆盖率 | ≥40% | 41% | 30 | 30 | |
| 满意度指标（10分） | 服务对象满意度指标 | 居民满意度 | ≥90% | 92% | 10 | 10 | |
"""
"""Paid out 60 of 120: rate 50 %, execution score 5, total 89, grade 良."""


def write(tmp_path: Path, markdown: str) -> Path:
    return write_form(tmp_path / "自评表.xlsx", markdown)


def cells(result: Fixed) -> dict[str, Cell]:
    grid = book_of(Package(result.data)).grids[0]
    return {grid.address(*place): cell for place, cell in grid.cells.items()}


def codes(reports: tuple[FileReport, ...]) -> set[str]:
    return {finding.code for report in reports for finding in report.findings}


def test_every_rule_that_promises_a_fix_has_one() -> None:
    promised = {rule.code: rule.fix for rule in registry.rules() if rule.fix}
    assert promised == dict.fromkeys(SAFE, "safe") | dict.fromkeys(UNSAFE, "unsafe")


def test_a_number_stored_as_text_becomes_the_number(tmp_path: Path) -> None:
    path = write(tmp_path, STORED_AS_TEXT)
    assert "F005" in codes(check(path).files)
    result = fixed(path.read_bytes(), str(path))
    assert cells(result)["G10"].raw == Decimal(20)
    assert "F005" not in codes(result.reports)
    assert [change.cell for change in result.changes] == ["G10"]


@pytest.mark.parametrize(
    ("text", "own_format", "number", "shown"),
    [
        ("20", "@", Decimal(20), "20"),
        ("20.0", "@", Decimal(20), "20.0"),
        ("20.00", "General", Decimal(20), "20.00"),
        ("２０", "General", Decimal(20), "20"),
        (" 20 ", "0.00", Decimal(20), "20"),
        ("20.00", "0.00_ ", Decimal(20), "20.00"),
    ],
)
def test_a_number_shows_as_its_text_did(
    tmp_path: Path, text: str, own_format: str, number: Decimal, shown: str
) -> None:
    path = write(tmp_path, GOOD)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["G10"] = text
    book.worksheets[0]["G10"].number_format = own_format
    book.save(path)
    cell = cells(fixed(path.read_bytes(), str(path)))["G10"]
    assert (cell.raw, cell.text.strip(), cell.kind) == (number, shown, "number")


@pytest.mark.parametrize(("text", "number"), [("100%", Decimal(1)), ("98.5%", Decimal("0.985"))])
def test_a_percentage_stored_as_text_becomes_a_fraction_that_shows_the_same(
    tmp_path: Path, text: str, number: Decimal
) -> None:
    executed = Decimal(120) * number
    good = GOOD.replace("| 120 | 120 | 120 | 10 | 100% |", f"| 120 | 120 | {executed:f} | 10 | '{text} |")
    path = write(tmp_path, good)
    cell = cells(fixed(path.read_bytes(), str(path)))["G6"]
    assert (cell.raw, cell.text) == (number, text)


def test_amounts_with_thousands_separators_keep_them(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace("| 120 | 120 | 120 | 10 |", "| '1,120.00 | 1120 | 1120 | 10 |"))
    cell = cells(fixed(path.read_bytes(), str(path)))["C6"]
    assert (cell.raw, cell.text) == (Decimal(1120), "1,120.00")


def test_stray_characters_go_and_brackets_become_alike(tmp_path: Path) -> None:
    path = write(tmp_path, STRAY)
    result = fixed(path.read_bytes(), str(path))
    assert cells(result)["C10"].text == "绿地达标率"
    assert cells(result)["F4"].text == "市绿化（养护）中心"
    assert "F015" not in codes(result.reports)


def test_derived_figures_are_fixed_only_where_that_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, WRONG_TOTAL)
    safe = fixed(path.read_bytes(), str(path))
    assert safe.data == path.read_bytes()
    assert "S103" in codes(safe.reports)
    unsafe = fixed(path.read_bytes(), str(path), unsafe=True)
    assert cells(unsafe)["G13"].raw == Decimal(100)
    assert cells(unsafe)["G13"].formula
    assert "S103" not in codes(unsafe.reports)


def test_one_fix_after_the_other_until_rate_score_total_and_grade_are_right(tmp_path: Path) -> None:
    path = write(tmp_path, GRADED)
    # The execution score fits the wrong rate, the grade the wrong total: each shows only after the other is right.
    assert not codes(check(path).files) & {"S104", "S110"}
    result = fixed(path.read_bytes(), str(path), unsafe=True)
    found = cells(result)
    assert (found["G6"].text, found["H6"].raw) == ("50%", Decimal(5))
    assert (found["F4"].raw, found["H4"].raw) == (Decimal(89), "良")
    assert all(found[cell].formula for cell in ("G6", "H6", "F4", "H4"))
    assert not codes(result.reports) & set(UNSAFE)
    assert result.unfixed == ()


def test_an_entry_is_never_changed(tmp_path: Path) -> None:
    path = write(tmp_path, GRADED.replace("| 50 | 44 |", "| 50 | 54 |"))
    before = cells(Fixed(path.read_bytes(), (), (), ()))
    result = fixed(path.read_bytes(), str(path), unsafe=True)
    after = cells(result)
    entries = ("C6", "D6", "E6", "F6", "F8", "G8", "G9", "G10", "D8", "E8")
    assert {cell: after[cell].raw for cell in entries} == {cell: before[cell].raw for cell in entries}


def test_a_total_that_cannot_be_computed_is_left_with_the_reason(tmp_path: Path) -> None:
    path = write(tmp_path, WRONG_TOTAL.replace("| 20 | 20 |", "| 10 | 10 |"))
    result = fixed(path.read_bytes(), str(path), unsafe=True)
    assert cells(result)["G13"].raw == Decimal(97)
    assert [(item.finding.code, bool(item.reason)) for item in result.unfixed] == [("S103", True)]


def test_fixing_a_fixed_workbook_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, GRADED)
    once = fixed(path.read_bytes(), str(path), unsafe=True)
    path.write_bytes(once.data)
    again = fixed(once.data, str(path), unsafe=True)
    assert again.data == once.data
    assert again.changes == ()


def test_in_place_the_original_is_kept_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path, STORED_AS_TEXT)
    before = path.read_bytes()
    _, backup = fix(path)
    assert backup == path.with_name("自评表.xlsx.bak")
    assert backup.read_bytes() == before
    path.write_bytes(before)
    _, second = fix(path)
    assert second == path.with_name("自评表.xlsx.bak2")
    assert backup.read_bytes() == before


def test_where_nothing_is_to_be_fixed_nothing_is_written(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    time = path.stat().st_mtime_ns
    assert fix(path)[1] is None
    assert path.stat().st_mtime_ns == time
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_elsewhere_the_original_stays_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, STORED_AS_TEXT)
    before = path.read_bytes()
    target = tmp_path / "改.xlsx"
    fix(path, target)
    assert path.read_bytes() == before
    assert "F005" not in codes(check(target).files)
    with pytest.raises(InputError):
        fix(path, target)


def test_a_cell_of_an_array_formula_is_left_and_the_others_are_fixed(tmp_path: Path) -> None:
    path = write(tmp_path, STORED_AS_TEXT.replace("| 30 | 30 |", "| 30 | '30 |", 1))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.protection.sheet = True
    book.save(path)
    result = fixed(path.read_bytes(), str(path))
    assert {cells(result)[cell].raw for cell in ("G9", "G10")} == {Decimal(30), Decimal(20)}


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.slug)
def test_a_fix_satisfies_the_check_that_asked_for_it(form, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / f"{form.slug}.xlsx"
    write_xlsx(form, path)
    before = {
        (finding.code, finding.sheet, finding.cell, finding.severity)
        for file in check(path).files
        for finding in file.findings
    }
    result = fixed(path.read_bytes(), str(path), unsafe=True)
    after = {
        (finding.code, finding.sheet, finding.cell, finding.severity)
        for report in result.reports
        for finding in report.findings
    }
    left = {(item.finding.code, item.finding.sheet, item.finding.cell) for item in result.unfixed}
    assert {found[:3] for found in after if found[0] in SAFE + UNSAFE} == left
    assert all(item.reason for item in result.unfixed)
    assert not {found[:3] for found in after - before if found[3] == "error"} - {found[:3] for found in before}
