"""`xltools.toml` in use: rules, severities and thresholds of a folder, accepted findings in every format."""

import csv
import io
import json
from pathlib import Path

import pytest

import xltools
from tests.cli.forms import GOOD, WRONG, write_form
from xltools.check_report import CheckReport
from xltools.errors import SettingsError
from xltools.output import text

LOW = (
    GOOD.replace("| 120 | 120 | 120 | 10 | 100% | 10 |", "| 120 | 120 | 105 | 10 | 87.5% | 8.75 |")
    .replace("| 120 | 120 | 120 | — | 100% |", "| 120 | 120 | 105 | — | 87.5% |")
    .replace("| 100 | 100 |", "| 100 | 98.75 |")
)
"""An execution rate of 87.5 % without a reason: warning B113."""

ACCEPT = '[[accept]]\nrule = "score-over-weight"\nreason = "加分项，办法第九条允许"\n'


@pytest.fixture
def wrong(tmp_path):
    """A form with one error: S102 in G10."""
    return write_form(tmp_path / "错表.xlsx", WRONG)


@pytest.fixture
def settle(tmp_path):
    """Write the settings of the folder."""

    def write(text, folder=tmp_path):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "xltools.toml").write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def check(run, tmp_path):
    """The JSON report of the folder, and the exit code."""

    def call(*arguments):
        result = run("check", tmp_path, "--format", "json", *arguments)
        return json.loads(result.out), result.code

    return call


def codes(report, key="findings"):
    return {item["code"] for file in report["files"] for item in file.get(key, ())}


def test_a_rule_is_ignored_selected_or_ranked_by_the_folder(check, wrong, settle):
    settle('ignore = ["S102"]\n')
    assert check()[1] == 0
    settle('select = ["B"]\n')
    assert check()[1] == 0
    settle('[severity]\nscore-over-weight = "warning"\n')
    report, code = check()
    assert (code, report["counts"]) == (0, {"error": 0, "warning": 1, "notice": 0})


def test_options_go_before_the_file(check, wrong, settle):
    settle('select = ["B"]\nignore = ["S102"]\n')
    assert check("--select", "S102")[1] == 1
    settle('ignore = ["F015"]\n')
    report, code = check("--ignore", "S102")
    assert code == 0
    assert "F015" not in codes(report, "not_checked")


def test_a_rule_that_is_off_is_said_to_be_not_checked(check, run, wrong, tmp_path, settle):
    settle('[severity]\nS102 = "off"\n')
    report, code = check()
    assert (code, codes(report)) == (0, set())
    (item,) = [item for item in report["files"][0]["not_checked"] if item["code"] == "S102"]
    assert str(tmp_path / "xltools.toml") in item["reason"]
    assert "S102" in run("check", wrong).out
    assert check("--select", "S102")[1] == 1


def test_thresholds_hold_and_the_finding_names_them(check, tmp_path, settle):
    write_form(tmp_path / "低.xlsx", LOW)
    assert "B113" in codes(check()[0])
    settle("[thresholds]\nlow_execution = 85\n")
    assert "B113" not in codes(check()[0])
    assert "B113" not in codes(check("--policy", "mof-2020-10")[0])


def test_the_policy_of_the_folder_holds_unless_the_command_line_names_one(check, tmp_path, settle):
    write_form(tmp_path / "低.xlsx", LOW)
    (tmp_path / "本市.toml").write_text('extends = "mof-2020-10"\nlow_execution = 80\n', encoding="utf-8")
    settle('policy = "本市.toml"\n')
    assert "B113" not in codes(check()[0])
    assert "B113" in codes(check("--policy", "mof-2020-10")[0])


def test_score_computes_by_the_policy_that_check_holds_forms_to(tmp_path, settle):
    path = write_form(tmp_path / "表.xlsx", GOOD + "| 等级 | | < | < | < | < | < | < |\n")
    grades = 'grades = [{ name = "甲", lower = 90 }, { name = "乙", lower = 0 }]\n'
    (tmp_path / "本市.toml").write_text('extends = "mof-2020-10"\n' + grades, encoding="utf-8")
    settle('policy = "本市.toml"\n')
    grade = xltools.score(path, tmp_path / "已计分.xlsx").total.grade
    assert grade is not None
    assert grade.text == "甲"


def test_the_settings_are_those_of_each_file_however_many_processes(check, tmp_path, settle):
    for place in ("甲", "乙", "丙"):
        write_form(tmp_path / place / "错表.xlsx", WRONG)
    settle('ignore = ["S102"]\n', tmp_path / "甲")
    settle(ACCEPT + 'unit = "市绿化养护中心"\n', tmp_path / "乙")
    report, code = check()
    assert check("--jobs", 2) == (report, code)
    found = {Path(file["path"]).parent.name: file for file in report["files"]}
    assert {name: len(file["findings"]) for name, file in found.items()} == {"甲": 0, "乙": 0, "丙": 1}
    assert "accepted" in found["乙"]


@pytest.mark.parametrize(
    "where",
    [
        'unit = "市绿化养护中心"',
        'unit = " 市绿化养护中心"',
        'cell = "G10"',
        'cell = "自评表!g10"',
        'file = "错表.xlsx"',
        'file = "./错表.xlsx"',
        'unit = "市绿化养护中心"\ncell = "G10"\nfile = "错表.xlsx"',
    ],
)
def test_an_accepted_finding_is_shown_with_its_reason_but_does_not_count(check, run, wrong, settle, where):
    settle(ACCEPT + where)
    report, code = check()
    (file,) = report["files"]
    assert (code, report["verdict"], report["counts"]["error"], file["findings"]) == (0, "pass", 0, [])
    (accepted,) = file["accepted"]
    assert (accepted["code"], accepted["severity"], accepted["cell"]) == ("S102", "error", "G10")
    assert accepted["reason"] == "加分项，办法第九条允许"
    assert "unused_acceptances" not in report
    shown = run("check", wrong).out
    assert shown.startswith("通过")
    assert "加分项，办法第九条允许" in shown
    assert "S102 score-over-weight" in shown


@pytest.mark.parametrize(
    "where",
    [
        'unit = "市路灯管理处"',
        'cell = "G9"',
        'cell = "别的表!G10"',
        'file = "别的.xlsx"',
        'unit = "市绿化养护中心"\ncell = "G9"',
    ],
)
def test_an_acceptance_for_another_place_accepts_nothing(check, wrong, settle, where):
    settle(ACCEPT + where)
    report, code = check()
    assert (code, codes(report)) == (1, {"S102"})
    assert not codes(report, "accepted")


def test_an_acceptance_of_another_rule_accepts_nothing(check, wrong, settle):
    settle(ACCEPT.replace("score-over-weight", "S101") + 'cell = "G10"\n')
    assert check()[1] == 1


def test_a_file_in_a_folder_is_named_by_its_path(check, tmp_path, settle):
    for place in ("甲", "乙"):
        write_form(tmp_path / place / "错表.xlsx", WRONG)
    settle(ACCEPT + 'file = "甲/错表.xlsx"\n')
    report, _ = check()
    assert [bool(file["findings"]) for file in report["files"]] == [True, False]
    settle(ACCEPT + "file = '乙\\错表.xlsx'\n")
    report, _ = check()
    assert [bool(file["findings"]) for file in report["files"]] == [False, True]


def test_an_acceptance_that_applies_no_more_is_reported(check, run, form, tmp_path, settle):
    settle(ACCEPT + 'unit = "市绿化养护中心"\ncell = "G10"\n')
    report, code = check()
    (unused,) = report["unused_acceptances"]
    assert code == 0
    assert (unused["code"], unused["number"], unused["cell"]) == ("S102", 1, "G10")
    assert unused["settings"] == str(tmp_path / "xltools.toml")
    shown = run("check", form).out
    assert "第 1 条" in shown
    assert "加分项" in shown


def test_an_acceptance_is_no_longer_needed_only_where_it_was_looked_for(check, form, wrong, settle):
    settle(ACCEPT + 'unit = "市路灯管理处"\n')
    assert "unused_acceptances" not in check()[0]
    settle(ACCEPT + 'cell = "G10"\n')
    assert "unused_acceptances" not in check()[0]
    assert "unused_acceptances" not in check("--ignore", "S102")[0]


def test_a_second_acceptance_of_the_same_finding_is_not_called_unneeded(check, wrong, settle):
    settle(ACCEPT + 'cell = "G10"\n' + ACCEPT + 'unit = "市绿化养护中心"\n')
    report, _ = check()
    assert len(report["files"][0]["accepted"]) == 1
    assert "unused_acceptances" not in report


def test_an_unreadable_file_may_be_accepted_and_is_still_unreadable(run, tmp_path, settle):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    settle('[[accept]]\nrule = "F001"\nfile = "broken.xlsx"\nreason = "等单位重新报送"\n')
    result = run("check", tmp_path, "--format", "json")
    assert result.code == 2
    assert codes(json.loads(result.out), "accepted") == {"F001"}


def test_every_format_shows_what_is_accepted(run, form, wrong, tmp_path, settle):
    settle(ACCEPT + 'file = "错表.xlsx"\n' + ACCEPT.replace("score-over-weight", "S101") + 'file = "自评表.xlsx"\n')
    rows = list(csv.DictReader(io.StringIO(run("check", tmp_path, "--format", "csv").out.lstrip("\ufeff"))))
    assert {row["code"]: row["accepted"] for row in rows} == {"": "", "S102": "加分项，办法第九条允许"}
    assert "加分项，办法第九条允许" in run("check", tmp_path, "--format", "html").out
    (log,) = json.loads(run("check", tmp_path, "--format", "sarif").out)["runs"]
    (result,) = log["results"]
    assert result["suppressions"][0]["justification"] == "加分项，办法第九条允许"
    (note,) = log["invocations"][0]["toolConfigurationNotifications"]
    assert note["associatedRule"]["id"] == "S101"


def test_every_sarif_result_says_whether_it_is_suppressed_or_none_does(run, wrong, tmp_path, settle):
    write_form(tmp_path / "二.xlsx", WRONG)
    runs = [json.loads(run("check", tmp_path, "--format", "sarif").out)["runs"][0]["results"]]
    settle(ACCEPT + 'file = "二.xlsx"\n')
    runs.append(json.loads(run("check", tmp_path, "--format", "sarif").out)["runs"][0]["results"])
    assert ["suppressions" in result for result in runs[0]] == [False, False]
    assert sorted(len(result["suppressions"]) for result in runs[1]) == [0, 1]
    prints = [sorted(result["partialFingerprints"]["xltoolsPlace/v1"] for result in results) for results in runs]
    assert prints[0] == prints[1]


def test_without_settings_the_report_is_as_promised(check, wrong):
    report, _ = check()
    assert set(report) == {"verdict", "counts", "files"}
    assert "accepted" not in report["files"][0]


def test_wrong_settings_stop_the_check_before_it_begins(run, form, tmp_path, settle):
    settle('select = ["S999"]\n[thresholds]\nlow_execution = "85"\n', tmp_path / "乙")
    write_form(tmp_path / "乙" / "x.xlsx")
    result = run("check", tmp_path)
    assert (result.code, result.out) == (2, "")
    assert "select" in result.err
    assert "thresholds.low_execution" in result.err
    seen = []
    with pytest.raises(SettingsError):
        xltools.check(tmp_path, progress=lambda done, total: seen.append(done))
    assert seen == []


def test_the_library_finds_the_same_settings(wrong, settle):
    settle(ACCEPT + 'cell = "G10"\n')
    report = xltools.check(wrong)
    assert report.verdict == "pass"
    (accepted,) = report.files[0].accepted
    assert (accepted.finding.code, accepted.by.reason) == ("S102", "加分项，办法第九条允许")


def test_many_forms_show_how_many_findings_of_a_rule_are_accepted(wrong, settle, monkeypatch):
    settle(ACCEPT + 'cell = "G10"\n')
    (file,) = xltools.check(wrong).files
    monkeypatch.setattr(text, "MANY_FORMS", 1)
    shown = text.render(CheckReport((file, file, file)))
    (line,) = [line for line in shown.splitlines() if "S102" in line]
    assert "3" in line
    assert file.accepted[0].finding.message not in shown
    verbose = text.render(CheckReport((file,)), verbose=True, columns=200)
    assert file.accepted[0].finding.message in verbose
