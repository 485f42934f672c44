"""`xltools read`: a form as data."""

import csv
import io
import json
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.cli.forms import GOOD, write_form, write_list

UNIT = {
    "name",
    "code",
    "supervisor",
    "project",
    "project_code",
    "implementer",
    "finance_office",
    "contact",
    "phone",
}
BUDGET = {
    "item",
    "kind",
    "initial",
    "adjusted",
    "executed",
    "rate",
    "weight",
    "score",
    "carried_in",
    "adjustment",
    "carry_over",
    "note",
}
INDICATOR = {
    "level1",
    "level2",
    "name",
    "nature",
    "unit",
    "target",
    "target_adjusted",
    "actual",
    "coefficient",
    "weight",
    "score",
    "score_rate",
    "core",
    "note",
}


def test_json_is_the_default_and_has_the_promised_shape(run, form):
    result = run("read", form)
    assert result.code == 0
    (data,) = json.loads(result.out)
    assert set(data) == {
        "path",
        "sheet",
        "form",
        "title",
        "year",
        "money_unit",
        "unit",
        "budget",
        "goals",
        "indicators",
        "total",
        "cells",
    }
    assert (data["form"], data["year"], data["money_unit"]) == ("project", "2023", "万元")
    assert set(data["unit"]) == UNIT
    assert all(set(row) == BUDGET for row in data["budget"])
    assert all(set(row) == INDICATOR for row in data["indicators"])
    assert set(data["goals"]) == {"initial", "adjusted", "achieved"}
    assert set(data["total"]) == {"weight", "score", "grade"}


def test_figures_come_as_printed_and_blanks_as_null(run, form):
    (data,) = json.loads(run("read", form).out)
    first = data["indicators"][0]
    assert (first["level1"], first["level2"], first["name"]) == ("产出指标", "数量指标", "绿地养护面积")
    assert (first["target"], first["actual"], first["score"]) == ("≥320公顷", "320公顷", "30")
    assert data["budget"][0]["rate"] == "100%"
    assert first["note"] is None
    assert data["goals"]["initial"] is None
    assert data["indicators"][1]["level1"] == "产出指标"


def test_every_figure_that_is_not_blank_has_its_cell_and_no_other(run, form):
    (data,) = json.loads(run("read", form).out)
    cells = data["cells"]
    assert cells["indicators[0].score"] == "自评表!G9"
    assert cells["total.score"] == "自评表!G13"
    for path in cells:
        assert _at(data, path) is not None
    for index, row in enumerate(data["indicators"]):
        printed = {name for name, value in row.items() if value is not None and not name.startswith("level")}
        assert printed == {path.rpartition(".")[2] for path in cells if path.startswith(f"indicators[{index}].")}


def _at(data, path):
    for part in path.replace("[", ".").replace("]", "").split("."):
        data = data[int(part)] if part.isdigit() else data[part]
    return data


def test_a_merged_score_counts_once(run, tmp_path):
    merged = GOOD.replace("| 绿地达标率 | ≥95% | 96% | 20 | 20 |", "| 绿地达标率 | ≥95% | 96% | 20 | ^ |")
    (data,) = json.loads(run("read", write_form(tmp_path / "merged.xlsx", merged)).out)
    assert [row["score"] for row in data["indicators"]] == ["30", None, "30", "10"]
    assert "indicators[1].score" not in data["cells"]


def test_csv_holds_a_line_for_every_budget_row_and_indicator(run, form, tmp_path):
    target = tmp_path / "all.csv"
    assert run("read", form, "--format", "csv", "-o", target).code == 0
    # With the mark that Excel needs to take the file for UTF-8.
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert [row["row"] for row in rows] == ["budget"] * 2 + ["indicators"] * 4
    assert rows[2]["indicators.name"] == "绿地养护面积"
    assert {row["unit.implementer"] for row in rows} == {"市绿化养护中心"}


def test_a_workbook_of_the_data_holds_numbers_as_numbers_shown_as_printed(run, form, tmp_path):
    target = tmp_path / "all.xlsx"
    assert run("read", form, "--format", "xlsx", "-o", target).code == 0
    book = load_workbook(target)
    assert len(book.worksheets) == 3
    budget = book.worksheets[1]
    titles = [cell.value for cell in budget[1]]
    rate = budget.cell(2, titles.index("执行率") + 1)
    assert (rate.value, rate.number_format) == (1, "0%")
    indicators = book.worksheets[2]
    titles = [cell.value for cell in indicators[1]]
    assert Decimal(str(indicators.cell(2, titles.index("得分") + 1).value)) == 30
    assert indicators.cell(2, titles.index("指标值") + 1).value == "≥320公顷"


def test_a_workbook_needs_a_file_to_go_to(run, form):
    result = run("read", form, "--format", "xlsx")
    assert result.code == 2
    assert "-o" in result.err


def test_an_equals_sign_is_no_formula_in_the_workbook(run, tmp_path):
    source = GOOD.replace("年度指标值", "指标性质").replace("≥320公顷", "'=")
    source = source.replace("偏差原因分析及改进措施", "指标值")
    target = tmp_path / "all.xlsx"
    path = write_form(tmp_path / "form.xlsx", source)
    book = load_workbook(path)
    book.worksheets[0]["D9"].data_type = "s"
    book.save(path)
    assert run("read", path, "--format", "xlsx", "-o", target).code == 0
    cells = [cell for sheet in load_workbook(target) for row in sheet for cell in row]
    assert "=" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_files_that_hold_no_form_are_named_and_the_others_read(run, form, tmp_path):
    write_list(tmp_path / "list.xlsx")
    result = run("read", tmp_path)
    assert result.code == 1
    assert "list.xlsx" in result.err
    assert [data["path"] for data in json.loads(result.out)] == [str(form)]


def test_nothing_read_is_2_and_prints_no_data(run, tmp_path):
    result = run("read", write_list(tmp_path / "list.xlsx"))
    assert (result.code, result.out) == (2, "")


def test_a_file_is_not_overwritten_unasked(run, form, tmp_path):
    target = tmp_path / "data.json"
    target.write_text("mine", encoding="utf-8")
    assert run("read", form, "-o", target).code == 2
    assert target.read_text(encoding="utf-8") == "mine"
    assert run("read", form, "-o", target, "--force").code == 0
    assert json.loads(target.read_text(encoding="utf-8"))


def test_inspect_gives_labels_with_confidence_as_json(run, form):
    (data,) = json.loads(run("inspect", form, "--format", "json").out)
    score = next(label for label in data["labels"] if label["field"] == "indicators.score")
    assert (score["cell"], score["label"]) == ("自评表!G8", "得分")
    assert 0 < score["confidence"] <= 1
    assert data["cells"]["indicators[0].score"] == "自评表!G9"


@pytest.mark.parametrize("command", ["read", "inspect"])
def test_a_missing_path_is_2(run, command, tmp_path):
    result = run(command, tmp_path / "none.xlsx")
    assert result.code == 2
    assert "none.xlsx" in result.err
