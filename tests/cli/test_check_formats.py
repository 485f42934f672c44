"""What csv, sarif and html make of a check."""

import base64
import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from tests.cli.forms import WRONG, write_form
from tests.cli.reports import REPORT, read_book
from tests.tables import grid
from xltools.check_report import CheckReport, FileReport
from xltools.checks.base import Finding
from xltools.output import csv_output, html, json_output, picture, sarif
from xltools.sheets import read_book as read_file
from xltools.sheets.grid import Book
from xltools.texts import set_language

SCHEMA = Path(__file__).parents[1] / "data" / "sarif-2.1.0-rtm.5.json"
HOSTILE = "<script>alert(1)</script>\"'&"


def finding(row: int, column: int, cell: str, **values: object) -> Finding:
    place = ("自评表", row, column, cell, "甲 · 得分率")
    base = Finding("S101", "score-rate-mismatch", "error", *place, "10", "100", "错", "据")
    return replace(base, **values)


def report(*findings: Finding, **values: object) -> CheckReport:
    return CheckReport((FileReport("甲.xlsx", "自评表", "project", "甲单位", "2023", findings, **values),))


def lines(checked: CheckReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(csv_output.pieces(checked)))))


# csv


def test_csv_has_a_line_for_each_finding_and_one_for_a_form_without():
    rows = lines(REPORT)
    assert [(row["path"], row["code"]) for row in rows] == [
        ("各单位/城管局.xlsx", "S101"),
        ("各单位/城管局.xlsx", "F013"),
        ("各单位/园林局.xlsx", ""),
        ("各单位/坏文件.xlsx", "F001"),
    ]
    assert rows[2]["verdict"] == "pass"
    assert rows[0]["not_checked"] == "B105 S110"


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1+1"])
def test_csv_makes_formulas_harmless(text):
    row = lines(report(finding(1, 1, "A1", found=text)))[0]
    assert row["found"] == "'" + text


@pytest.mark.parametrize("text", ["-43.16", "+6.22", "-1,234.50", "-5%", "10", "≥95%"])
def test_csv_leaves_numbers_as_they_are(text):
    assert lines(report(finding(1, 1, "A1", found=text)))[0]["found"] == text


def test_csv_keeps_line_breaks_and_quotes_inside_a_cell():
    assert lines(report(finding(1, 1, "A1", label='甲"乙\n丙')))[0]["label"] == '甲"乙\n丙'


def test_a_csv_file_begins_with_the_mark_that_excel_needs(run, tmp_path):
    form = write_form(tmp_path / "甲.xlsx", WRONG)
    run("check", form, "--format", "csv", "-o", tmp_path / "结果.csv")
    assert (tmp_path / "结果.csv").read_bytes().startswith(b"\xef\xbb\xbfpath,")


# JSON


def test_json_keeps_every_character_of_a_text():
    texts = '甲\n乙\u2028丙\x85丁\\"{}'
    printed = "".join(json_output.pieces(report(finding(1, 1, "A1", found=texts))))
    assert json.loads(printed) == report(finding(1, 1, "A1", found=texts)).to_json()
    assert json.loads("".join(json_output.pieces(CheckReport(())))) == CheckReport(()).to_json()


# SARIF


def log(checked: CheckReport) -> dict:
    return json.loads("".join(sarif.pieces(checked)))


def problems(document: dict) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return [error.message for error in Draft4Validator(schema).iter_errors(document)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_is_valid_against_its_schema(run, tmp_path, language):
    set_language(language)
    assert problems(log(REPORT)) == []
    assert problems(log(CheckReport((FileReport("空.xlsx"),)))) == []
    write_form(tmp_path / "甲.xlsx", WRONG)
    assert problems(json.loads(run("check", tmp_path, "--format", "sarif", "--lang", language).out)) == []


def test_the_schema_refuses_what_is_no_sarif():
    broken = log(REPORT)
    broken["runs"][0]["results"][0]["level"] = "notice"
    assert problems(broken)


def test_sarif_results_point_to_their_rule_file_and_cell():
    run = log(REPORT)["runs"][0]
    first = run["results"][0]
    rule = run["tool"]["driver"]["rules"][first["ruleIndex"]]
    assert (rule["id"], rule["name"], first["ruleId"]) == ("S101", "score-rate-mismatch", "S101")
    assert "得分率" in rule["shortDescription"]["text"]
    location = first["locations"][0]
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "指标得分情况!D9"
    artifact = location["physicalLocation"]["artifactLocation"]
    assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
    assert artifact["uri"] == "%E5%90%84%E5%8D%95%E4%BD%8D/%E5%9F%8E%E7%AE%A1%E5%B1%80.xlsx"


def test_sarif_says_what_was_not_checked():
    notes = log(REPORT)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [(note["associatedRule"]["id"], note["message"]["text"], len(note["locations"])) for note in notes] == [
        ("B105", "表中没有结转结余", 2),
        ("S110", "表中没有等级", 1),
    ]


def test_a_fingerprint_survives_inserted_rows_and_tells_two_places_apart():
    def prints(*findings: Finding) -> list[str]:
        results = log(report(*findings))["runs"][0]["results"]
        return [result["partialFingerprints"]["xltoolsPlace/v1"] for result in results]

    here, other, again = finding(9, 4, "D9"), finding(9, 5, "E9", label="乙 · 得分率"), finding(12, 4, "D12")
    assert prints(here) == prints(replace(here, row=14, cell="D14", found="11"))
    assert len(set(prints(here, other, again))) == 3


# HTML


class Page(HTMLParser):
    """What the tests need to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.scripts = 0
        self.loaded: list[str] = []
        self.squares: list[dict[str, str | None]] = []
        self.rows = dict.fromkeys(("units", "findings"), 0)
        self._section = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "section":
            self._section = str(found.get("id"))
        if tag == "a":
            self.links.append(str(found["href"]))
        self.scripts += tag == "script"
        self.loaded += [str(value) for name, value in attrs if name in ("src", "srcset", "data", "action")]
        if tag == "link":
            self.loaded.append(str(found.get("href")))
        if tag == "td" and set(str(found.get("class")).split()) & {"error", "warning", "notice"}:
            self.squares.append(found)
        if tag == "tr" and "data-form" in found:
            self.rows[self._section] += 1


def page(checked: CheckReport, reader=read_book) -> tuple[str, Page]:
    text = "".join(html.pieces(checked, read_book=reader))
    return text, Page(text)


def test_the_page_loads_nothing_and_allows_only_its_own_script():
    text, parsed = page(REPORT)
    assert parsed.loaded == []
    assert "url(" not in text
    assert "@import" not in text
    policy = re.search(r"script-src 'sha256-([^']+)'", text)
    script = text[text.index("<script>") + 8 : text.index("</script>")]
    assert policy
    assert policy[1] == base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_nothing_from_a_form_becomes_markup():
    wrong = finding(1, 1, "A1", label=HOSTILE, found=HOSTILE, expected=HOSTILE, message=HOSTILE, basis=HOSTILE)
    checked = report(wrong)
    checked = CheckReport((replace(checked.files[0], path=HOSTILE, unit=HOSTILE, year=HOSTILE),))
    book = Book(HOSTILE, (grid(f"| {HOSTILE} | 1 |", captions=(HOSTILE,)),))
    text, parsed = page(checked, lambda path: book)
    assert parsed.scripts == 1
    assert text.count("alert(1)") >= 8
    assert "<script>alert" not in text


def test_every_link_of_the_page_leads_somewhere():
    _, parsed = page(REPORT)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert {link.removeprefix("#") for link in parsed.links} <= set(parsed.ids)
    assert parsed.rows == {"units": 3, "findings": 3}


def test_marks_stand_on_merged_areas_blank_cells_and_row_numbers():
    sheet = grid("| 甲 | < | 乙 |\n| ^ | < | 1 |\n| 丙 | 2 | 3 |")
    places = {(2, 2): "B2", (3, 0): "3", (2, 5): "E2", (0, 0): "", (9999, 1): "A9999"}
    marks = [picture.Mark(n, finding(*place, cell)) for n, (place, cell) in enumerate(places.items(), 1)]
    drawn = picture.draw(sheet, marks)
    squares = {(row.number, place): square for row in drawn.rows for place, square in enumerate(row.squares)}
    assert (squares[1, 0].text, squares[1, 0].columns, squares[1, 0].rows) == ("甲", 2, 2)
    assert [mark.number for mark in squares[1, 0].marks] == [1]
    assert [mark.number for mark in drawn.rows[2].marks] == [2]
    assert [mark.number for mark in squares[2, 2].marks] == [3]
    assert [mark.number for mark in drawn.marks] == [4, 5]
    assert drawn.cut


def test_every_row_of_a_picture_is_as_wide_as_the_sheet(run, tmp_path):
    form = read_file(write_form(tmp_path / "甲.xlsx", WRONG)).grids[0]
    drawn = picture.draw(form, [])
    taken = [0] * (len(drawn.rows) + 1)
    for row in drawn.rows:
        for square in row.squares:
            for number in range(row.number, row.number + square.rows):
                taken[number] += square.columns
    assert set(taken[1:]) == {len(drawn.columns)}
    assert sum(column.share for column in drawn.columns) == pytest.approx(100, abs=0.1)


def test_the_worst_finding_colours_a_cell():
    checked = report(finding(1, 1, "A1", severity="notice"), finding(1, 1, "A1", severity="error", code="S102"))
    _, parsed = page(checked, lambda path: Book(path, (grid("| 1 | 2 |"),)))
    assert [str(square["class"]).split()[-1] for square in parsed.squares] == ["error"]
    assert "S102" in str(parsed.squares[0]["title"])


def test_a_file_that_went_away_is_said_and_does_not_stop_the_page(tmp_path):
    gone = CheckReport((replace(REPORT.files[0], path=str(tmp_path / "gone.xlsx")), *REPORT.files[1:]))
    text, parsed = page(gone, read_file)
    assert "gone.xlsx" in text
    assert parsed.squares == []
    assert {link.removeprefix("#") for link in parsed.links} <= set(parsed.ids)


def test_a_large_check_draws_and_lists_only_so_much_and_says_so(monkeypatch):
    monkeypatch.setattr(html, "PICTURES", 2)
    monkeypatch.setattr(html, "FINDINGS", 3)
    mild = FileReport("轻.xlsx", "自评表", "project", "轻", "2023", (finding(1, 1, "A1", severity="notice"),))
    grave = FileReport("重.xlsx", "自评表", "project", "重", "2023", (finding(1, 1, "A1"),))
    asked: list[str] = []

    def reader(path: str) -> Book:
        asked.append(path)
        return Book(path, (grid("| 1 | 2 |"),))

    text, parsed = page(CheckReport((mild, mild, grave, grave, mild)), reader)
    assert asked == ["重.xlsx"]
    assert len(parsed.squares) == 2
    assert parsed.rows == {"units": 5, "findings": 3}
    assert {link.removeprefix("#") for link in parsed.links} <= set(parsed.ids)
    assert "另有 2 处未列" in text
    assert "另有 3 份" in text


def test_the_page_of_a_check_without_findings_says_so():
    text, parsed = page(CheckReport((REPORT.files[1],)))
    assert "没有发现问题" in text
    assert parsed.squares == []


def test_the_english_page_has_no_chinese_of_its_own():
    set_language("en")
    clean = CheckReport((FileReport("a.xlsx", "form", "project", "A", "2023"),))
    text, _ = page(clean)
    assert not re.search("[\u4e00-\u9fff]", text[text.index("<body") :])


# The command


def test_every_format_is_written_to_a_file_that_is_not_overwritten_unasked(run, tmp_path):
    form = write_form(tmp_path / "甲.xlsx", WRONG)
    for format in ("text", "json", "csv", "sarif", "html"):
        target = tmp_path / f"out.{format}"
        assert run("check", form, "--format", format, "-o", target).code == 1
        first = target.read_bytes()
        assert b"S102" in first
        assert run("check", form, "--format", format, "-o", target).code == 2
        assert target.read_bytes() == first
        printed = run("check", form, "--format", format)
        assert printed.err == ""
        assert "S102" in printed.out


def test_the_page_of_a_real_workbook_marks_the_cell(run, tmp_path):
    form = write_form(tmp_path / "甲.xlsx", WRONG)
    found = json.loads(run("check", form, "--format", "json").out)["files"][0]["findings"]
    parsed = Page(run("check", form, "--format", "html").out)
    cells = {(item["sheet"], item["cell"]) for item in found if item["cell"]}
    assert len(parsed.squares) == len(cells)
    assert any("S102" in str(square["title"]) for square in parsed.squares)


def test_statistics_are_refused_where_they_have_no_place(run, tmp_path):
    form = write_form(tmp_path / "甲.xlsx", WRONG)
    assert run("check", form, "--statistics", "--format", "csv").code == 2
    assert run("check", form, "--statistics", "--format", "html").code == 1
