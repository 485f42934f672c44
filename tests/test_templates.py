"""The official templates: how they are listed, written, laid out, locked and guarded."""

import io
import re
import tomllib
import zipfile
from pathlib import Path

import formualizer
import openpyxl
import pytest
from openpyxl.cell import Cell

from tests.template_books import NAMES, ROOT, layout_of, results, snapshot
from xltools import templates
from xltools.errors import InputError, TemplateError
from xltools.templates.description import load, parse
from xltools.templates.formulas import balance_formulas, form_formulas
from xltools.templates.layout import BalanceLayout
from xltools.templates.package import renamed


@pytest.fixture(scope="module")
def blanks() -> dict[str, bytes]:
    return {name: templates.path(name).read_bytes() for name in NAMES}


def test_the_list_names_every_template_with_its_basis() -> None:
    found = {template.name: template for template in templates.describe()}
    assert tuple(found) == NAMES == tuple(templates.names())
    assert found["mof-project-2020"].title == "项目支出绩效自评表"
    assert found["mof-project-2020"].basis == "财预〔2020〕10号"
    assert found["chongqing-department-2021"].year == 2021


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_workbook_is_what_the_description_gives(name: str, blanks: dict[str, bytes]) -> None:
    assert snapshot(blanks[name]) == snapshot(templates.build(name))


@pytest.mark.parametrize("name", NAMES)
def test_building_twice_gives_the_same_bytes(name: str) -> None:
    data = templates.build(name)
    assert data == templates.build(name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize("name", NAMES)
def test_every_stored_result_is_the_recalculated_one(name: str, blanks: dict[str, bytes]) -> None:
    answer = formualizer.recalculate_xlsx_bytes(blanks[name])
    assert answer["formula_cells"] > 100
    assert answer["cache_cells_changed"] == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_form_holds_no_prompt_text_and_no_figure_but_the_execution_weight(
    name: str, blanks: dict[str, bytes]
) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(blanks[name])).worksheets[0]
    layout = layout_of(name)
    labels = {placed.address for placed in layout.placed if placed.text is not None}
    typed = {
        cell.coordinate: cell.value
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.data_type != "f" and cell.coordinate not in labels
    }
    assert typed == {layout.scored().cells["execution_weight"]: 10}


@pytest.mark.parametrize("name", NAMES)
def test_inputs_are_unlocked_and_everything_else_is_locked(name: str, blanks: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blanks[name]))
    description, layout = load(name), layout_of(name)
    formulas = form_formulas(layout)
    inputs = {p.address for p in layout.placed if p.slot.field and p.address not in formulas}
    form = book[description.sheet]
    assert {c.coordinate for row in form.iter_rows() for c in row if _open(c)} == inputs
    funds = BalanceLayout(description.balance)
    balance = book[description.balance.sheet]
    opened = {c.coordinate for row in balance.iter_rows() for c in row if _open(c)}
    assert opened.isdisjoint(balance_formulas(funds))
    assert len(opened) == 4 * len(funds.funds) + 2 * len(funds.public)
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert sheet.title in (form.title, balance.title) or not [
            c for row in sheet.iter_rows() for c in row if not c.protection.locked
        ]


def _open(cell: object) -> bool:
    """Whether a cell can be typed into; the covered cells of a merged area cannot."""
    return isinstance(cell, Cell) and not cell.protection.locked


@pytest.mark.parametrize("name", NAMES)
def test_every_input_prompts_and_every_bounded_one_refuses_in_chinese(name: str, blanks: dict[str, bytes]) -> None:
    form = openpyxl.load_workbook(io.BytesIO(blanks[name])).worksheets[0]
    layout = layout_of(name)
    formulas = form_formulas(layout)
    rules = form.data_validations.dataValidation
    bounded = {
        "initial",
        "adjusted",
        "executed",
        "execution_weight",
        "weight",
        "coefficient",
        "score",
        "nature",
        "core",
    }
    for placed in layout.placed:
        if not placed.slot.field or placed.address in formulas:
            continue
        (rule,) = [rule for rule in rules if placed.address in rule.sqref]
        assert re.search(r"[\u4e00-\u9fff]", rule.prompt)
        assert rule.promptTitle
        assert len(rule.prompt) <= 255
        assert len(rule.promptTitle) <= 32
        if placed.slot.field in bounded:
            assert rule.showErrorMessage
            assert re.search(r"[\u4e00-\u9fff]", rule.error)
            assert len(rule.error) <= 225
            assert rule.type in ("decimal", "list")


def test_a_score_is_bounded_by_the_weight_of_its_own_row(blanks: dict[str, bytes]) -> None:
    form = openpyxl.load_workbook(io.BytesIO(blanks["mof-project-2020"])).worksheets[0]
    layout = layout_of("mof-project-2020")
    (rule,) = [r for r in form.data_validations.dataValidation if layout.indicator("score", layout.last) in r.sqref]
    assert (rule.formula1, rule.formula2) == ("0", layout.indicator("weight", layout.first))
    assert str(rule.sqref).startswith(layout.indicator("score", layout.first))


@pytest.mark.parametrize("name", NAMES)
def test_the_form_prints_on_one_a4_page_with_its_fonts(name: str, blanks: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blanks[name]))
    assert book.sheetnames == [load(name).sheet, "预算收支", "自动校验", "填报说明"]
    for sheet in book:
        assert sheet.page_setup.paperSize == 9, "A4"
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert "&P" in sheet.oddFooter.center.text
    form = book.worksheets[0]
    assert form.page_setup.fitToHeight == 1
    assert (form["A1"].font.name, form["A1"].font.size) == ("方正小标宋简体", 20)
    layout = layout_of(name)
    assert form[layout.indicator("weight", layout.first)].font.name == "宋体"
    assert form.print_title_rows == f"${layout.header_row}:${layout.header_row}"


def test_another_year_is_printed_on_every_sheet_and_keeps_its_results() -> None:
    data = templates.build("chongqing-department", year=2025)
    book = results(data)
    assert [sheet["A2"].value for sheet in book.worksheets[:3]] == ["（2025年度）"] * 3
    assert formualizer.recalculate_xlsx_bytes(data)["cache_cells_changed"] == 0


@pytest.mark.parametrize("name", NAMES)
def test_writing_for_another_year_gives_what_building_gives(name: str, tmp_path: Path) -> None:
    file = templates.write(name, tmp_path / "form.xlsx", year=2026)
    assert snapshot(file.read_bytes()) == snapshot(templates.build(name, year=2026))


def test_a_text_that_the_template_does_not_hold_is_refused(blanks: dict[str, bytes]) -> None:
    with pytest.raises(TemplateError, match="（1999年度）"):
        renamed(blanks["mof-project-2020"], {"（1999年度）": "（2000年度）"})


def test_an_unknown_template_or_year_is_refused() -> None:
    with pytest.raises(TemplateError, match="mof-project-2020"):
        templates.build("mof-project")
    with pytest.raises(TemplateError, match="20211"):
        templates.build("mof-project-2020", year=20211)


def test_a_broken_description_names_its_source() -> None:
    with pytest.raises(TemplateError, match=r"mine\.toml"):
        parse('name = "mine"', "[fields]", "mine.toml")


def test_writing_keeps_an_existing_file_unless_forced(tmp_path: Path, blanks: dict[str, bytes]) -> None:
    name = "mof-project-2020"
    assert templates.write(name, tmp_path).read_bytes() == blanks[name]
    with pytest.raises(InputError, match="已存在"):
        templates.write(name, tmp_path / f"{name}.xlsx")
    other = templates.write(name, tmp_path / f"{name}.xlsx", year=2024, force=True)
    assert results(other.read_bytes()).worksheets[0]["A2"].value == "（2024年度）"
    assert [item.name for item in tmp_path.iterdir()] == [f"{name}.xlsx"]


def test_the_wheel_carries_the_blank_workbooks_where_they_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="hatchling builds the wheel")
    (built,) = wheel.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(built) as archive:
        archive.extractall(tmp_path / "site")
    monkeypatch.setattr(templates, "files", lambda package: tmp_path / "site" / package)
    assert templates.folder() == tmp_path / "site" / "xltools" / "workbooks" / "templates"
    assert [templates.path(name).is_file() for name in NAMES] == [True] * 3


def test_the_project_ships_the_templates() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included["workbooks/templates"] == "xltools/workbooks/templates"
