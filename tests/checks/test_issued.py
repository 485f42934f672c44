"""Returned forms against the issued template (F009, F010, F011), on small forms and on the official ones."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import xltools
from tests.checks.test_workbooks import CODES, found, reasons, run
from tests.tables import book, grid
from tests.template_books import NAMES, filled, layout_of
from xltools.checking import check_book, check_file
from xltools.checks.base import NotChecked
from xltools.errors import FormError, TemplateError
from xltools.issued import Issued, issued, issued_book, stands
from xltools.sheets import read_book
from xltools.sheets.grid import Book, Cell, position
from xltools.templates import path as template_path
from xltools.templates.description import load

HEAD = "| 指标名称 | 权重 | 得分 | 得分率 |"


BLANK = (
    "| 部门整体支出绩效自评表 | < | < | < |",
    "| 单位名称：____ | | | |",
    HEAD,
    "| 甲 | | | |",
    "| 乙 | | | |",
    "| 合计 | | | |",
)
TYPED = (
    BLANK[0],
    "| 单位名称：环卫中心 | | | |",
    HEAD,
    "| 甲 | 60 | 60 | 100% |",
    "| 乙 | 40 | 40 | 100% |",
    "| 合计 | 100 | 100 | |",
)


def made(*rows: str, **attributes: Any) -> Book:
    return book(grid("\n".join(rows), **attributes))


def against(code: str, *rows: str) -> list[tuple[str, str | None, str | None]]:
    return [(item.cell, item.found, item.expected) for item in found(code, made(*rows), made(*BLANK))]


def test_a_form_that_was_only_filled_in_differs_in_nothing() -> None:
    for code in ("F009", "F010", "F011"):
        assert run(code, made(*TYPED), made(*BLANK)) == []


def test_without_a_template_nothing_is_compared() -> None:
    for code in ("F010", "F011"):
        assert len(reasons(code, made(*TYPED))) == 1


def test_a_changed_label_and_a_removed_one_are_reported_where_they_stand() -> None:
    changed = [row.replace("得分率", "得分比例").replace("| 乙 |", "| |") for row in TYPED]
    assert against("F010", *changed) == [("D3", "得分比例", "得分率"), ("A5", None, "乙")]
    assert against("F011", *changed) == []


def test_labels_behind_an_inserted_row_are_compared_where_they_are_now() -> None:
    moved = (*TYPED[:2], "| 填报日期 | 2022年3月 | | |", *[row.replace("得分率", "得分比例") for row in TYPED[2:]])
    assert [cell for cell, _, _ in against("F010", *moved)] == ["D4"]
    assert [cell for cell, _, _ in against("F011", *moved)] == ["A3"]


def test_an_inserted_column_is_reported_once() -> None:
    moved = (
        "| 部门整体支出绩效自评表 | < | < | < | < |",
        "| 单位名称：环卫中心 | | | | |",
        "| 指标名称 | 备注 | 权重 | 得分 | 得分率 |",
        "| 甲 | | 60 | 60 | 100% |",
        "| 乙 | | 40 | 40 | 100% |",
        "| 合计 | | 100 | 100 | |",
    )
    assert [cell for cell, _, _ in against("F011", *moved)] == ["B3"]
    assert against("F010", *moved) == []


def test_a_deleted_column_is_reported_once() -> None:
    rows = [row.rstrip(" |").rpartition("|")[0] + "|" for row in TYPED]
    rows[0], rows[5] = "| 部门整体支出绩效自评表 | < | < |", "| 合计 | 100 | 100 |"
    assert [expected for _, _, expected in against("F011", *rows)] == ["得分率"]


def test_a_deleted_label_row_is_reported_with_its_text() -> None:
    rows = (TYPED[0], *TYPED[2:])
    assert against("F011", *rows) == [("A2", None, "单位名称：____")]
    assert against("F010", *rows) == []


def test_a_split_merge_and_an_added_one_are_told_apart() -> None:
    split = made("| 部门整体支出绩效自评表 | | | |", *TYPED[1:])
    (finding,) = found("F011", split, made(*BLANK))
    assert (finding.cell, finding.found, finding.expected, finding.severity) == ("A1", "A1", "A1:D1", "error")
    added = made(*TYPED[:4], "| 乙 | 40 | 40 | ^ |", TYPED[5])
    (finding,) = found("F011", added, made(*BLANK))
    assert (finding.cell, finding.severity) == ("D4", "warning")


def test_words_below_the_template_are_a_warning() -> None:
    (finding,) = found("F011", made(*TYPED, "| 联系人：张三 | | | |"), made(*BLANK))
    assert (finding.cell, finding.severity) == ("A7", "warning")


def test_a_form_of_another_template_is_said_once_and_nothing_else() -> None:
    other = made("| 项目支出绩效自评表 | < | < |", "| 三级指标 | 分值 | 得分 |", "| 甲 | 10 | 10 |")
    (finding,) = found("F011", other, made(*BLANK))
    assert finding.severity == "error"
    assert [type(item) for item in run("F010", other, made(*BLANK))] == [NotChecked]


def test_a_sheet_without_inputs_may_have_lines_for_more_indicators() -> None:
    lines = ("| 自动校验 | |", "| 甲 | =自评表!B4 -> 60 |", "| 乙 | =自评表!B5 -> 40 |", "| 结论 | |")
    more = (*lines[:3], "| | =自评表!B6 -> 100 |", lines[3])
    template = grid("\n".join(lines), "校验", unlocked=frozenset())
    returned = grid("\n".join(more), "校验", unlocked=frozenset())
    blank, typed = made(*BLANK), made(*TYPED)
    assert (
        found("F011", replace(typed, grids=(*typed.grids, returned)), replace(blank, grids=(*blank.grids, template)))
        == []
    )
    open_to_input = replace(template, unlocked=frozenset({(2, 2)}))
    reported = found(
        "F011", replace(typed, grids=(*typed.grids, returned)), replace(blank, grids=(*blank.grids, open_to_input))
    )
    assert [finding.cell for finding in reported] == ["A4"]


def test_a_renamed_sheet_is_a_warning_and_a_missing_one_an_error() -> None:
    notes = grid("| 填报说明 |\n| 一、按年度填写。 |", "说明")
    template = replace(made(*BLANK), grids=(*made(*BLANK).grids, notes))
    (missing,) = found("F011", made(*TYPED), template)
    assert (missing.expected, missing.severity) == ("说明", "error")
    moved = replace(notes, sheet="说明2")
    (renamed,) = found("F011", replace(made(*TYPED), grids=(*made(*TYPED).grids, moved)), template)
    assert (renamed.found, renamed.expected, renamed.severity) == ("说明2", "说明", "warning")


@pytest.mark.parametrize(
    ("label", "text", "same"),
    [
        ("（2021年度）", "（2023年度）", True),
        ("得分\n率", "得分率", True),
        ("产出指标（50分）", "产出指标(50分)", False),
        ("单位名称：", "单位名称：环卫中心", True),
        ("负责人：____  电话：____", "负责人：张三  电话：12345", True),
        ("单位名称：", "部门名称：环卫中心", False),
        ("□持续性项目 □新增项目", "☑持续性项目 □新增项目", True),
        ("注：扣分须说明原因。", "注：扣分不须说明原因。", False),
        ("得分", "得分率", False),
    ],
)
def test_what_belongs_into_a_label_does_not_change_it(label: str, text: str, same: bool) -> None:
    assert stands(label, text) is same


def test_what_the_template_hides_is_no_finding() -> None:
    template = made(*BLANK, hidden_rows=frozenset({6}))
    assert found("F013", made(*TYPED, hidden_rows=frozenset({6})), template) == []
    assert len(found("F013", made(*TYPED, hidden_rows=frozenset({5, 6})), template)) == 1


# The official templates, filled in and then damaged


@pytest.fixture(scope="module", params=NAMES)
def returned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Issued, Path]:
    name: str = request.param
    target = tmp_path_factory.mktemp(name) / "自评表.xlsx"
    values = {f"{sheet}!{cell}": value for sheet, cells in filled(name).items() for cell, value in cells.items()}
    xltools.edit(template_path(name), target, values)
    return name, issued(name), target


def damage(returned: tuple[str, Issued, Path], changes: dict[str, Any]) -> list[tuple[str, str, str]]:
    name, template, path = returned
    target = path.with_name("改动.xlsx")
    named = {key if "!" in key else f"{load(name).sheet}!{key}": value for key, value in changes.items()}
    xltools.edit(path, target, named, force=True, unlock=True)
    return reported(target, template)


def reported(path: Path, template: Issued | None) -> list[tuple[str, str, str]]:
    (report,) = check_file(str(path), template=template, select=CODES)
    assert not any(item.code in ("F010", "F011") for item in report.not_checked) or template is None
    return [(item.code, item.severity, item.cell) for item in report.findings]


def test_an_official_form_filled_in_has_no_finding_of_these_rules(returned: tuple[str, Issued, Path]) -> None:
    name, template, path = returned
    assert reported(path, template) == []
    assert reported(path, None) == []
    assert reported(template_path(name), template) == []


def test_an_official_form_of_another_year_has_no_finding(returned: tuple[str, Issued, Path]) -> None:
    assert damage(returned, {"A2": "（2024年度）"}) == []


def test_an_overwritten_formula_of_an_official_form_is_exactly_one_error(returned: tuple[str, Issued, Path]) -> None:
    rate = layout_of(returned[0]).scored().cells["rate"]
    assert damage(returned, {rate: 0.99}) == [("F009", "error", rate)]
    assert damage(returned, {rate: None}) == [("F009", "error", rate)]
    assert damage(returned, {rate: "=0.99"}) == [("F009", "error", rate)]


def test_a_changed_label_of_an_official_form_is_exactly_one_error(returned: tuple[str, Issued, Path]) -> None:
    assert damage(returned, {"A1": "绩效自评表"}) == [("F010", "error", "A1")]
    assert damage(returned, {"填报说明!A4": "三、金额单位为元。"}) == [("F010", "error", "A4")]


def test_a_value_pasted_over_a_validation_of_an_official_form_is_exactly_one_error(
    returned: tuple[str, Issued, Path],
) -> None:
    layout = layout_of(returned[0])
    weight = layout.indicator("weight", layout.first)
    assert damage(returned, {weight: "十"}) == [("F012", "error", weight)]


def test_a_stale_total_of_an_official_form_is_exactly_one_error(returned: tuple[str, Issued, Path]) -> None:
    name, template, path = returned
    total = layout_of(name).header["total"][-1]
    assert rewritten(path, total, lambda cell: replace(cell, text="55", raw=Decimal(55)), template) == [
        ("F008", "error", total)
    ]
    blanked = rewritten(path, total, lambda cell: replace(cell, text="", raw=None, kind="blank"), template)
    assert blanked == [("F008", "error", total)]


def rewritten(path: Path, place: str, change: Callable[[Cell], Cell], template: Issued) -> list[tuple[str, str, str]]:
    """The findings with one cell's stored content changed on its way from the file."""
    workbook = read_book(path)
    first, *rest = workbook.grids
    where = position(place)
    cells = {**first.cells, where: change(first.cells[where])}
    changed = replace(workbook, grids=(replace(first, cells=cells), *rest))
    (report,) = check_book(changed, str(path), template=template, select=CODES)
    return [(item.code, item.severity, item.cell) for item in report.findings]


def test_more_indicator_rows_are_allowed_and_other_rows_are_not(returned: tuple[str, Issued, Path]) -> None:
    from xltools.ooxml.rows import insert_rows

    name, template, path = returned
    layout, sheet = layout_of(name), load(name).sheet
    target = path.with_name("增行.xlsx")
    for after, count, expected in ((layout.first + 1, 2, []), (layout.last, 1, []), (4, 1, [("F011", "error", "A5")])):
        target.write_bytes(insert_rows(path.read_bytes(), sheet, after, count))
        assert [item for item in reported(target, template) if item[0] != "F008"] == expected


def test_a_template_is_found_by_name_or_path(tmp_path: Path) -> None:
    copy = tmp_path / "模板.xlsx"
    copy.write_bytes(template_path("mof-project-2020").read_bytes())
    assert issued(copy).labels == issued("mof-project-2020").labels
    with pytest.raises(TemplateError):
        issued("no-such-template")
    with pytest.raises(TemplateError):
        issued(tmp_path / "没有.xlsx")
    with pytest.raises(FormError):
        issued_book(book(grid("| 这里 | 没有表 |")), "别的")


def test_a_protected_template_s_labels_are_its_locked_texts() -> None:
    template = issued("chongqing-department-2021")
    labels = template.labels[template.main]
    assert (1, 1) in labels
    assert not any(row == 11 for row, _ in labels)
    assert min(template.tables[template.main]) == layout_of("chongqing-department-2021").first
