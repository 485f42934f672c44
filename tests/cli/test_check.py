"""`xltools check`: verdict, exit codes, the promised JSON, what a person reads."""

import json

import pytest

from tests.cli.forms import GOOD, WRONG, write_form, write_list
from xltools.output.columns import width

FINDING = {"code", "name", "severity", "sheet", "cell", "label", "found", "expected", "message", "basis", "fix"}


@pytest.fixture
def wrong(tmp_path):
    """A form with one error: S102 in G10."""
    return write_form(tmp_path / "错表.xlsx", WRONG)


def test_a_correct_form_passes_with_0(run, form):
    result = run("check", form)
    assert result.code == 0
    assert result.out.startswith("通过")


def test_an_error_fails_with_1_and_the_verdict_is_the_first_line(run, wrong):
    result = run("check", wrong)
    assert result.code == 1
    assert result.out.startswith("不通过")
    assert "S102 score-over-weight" in result.out
    assert "G10" in result.out


def test_exit_zero_turns_1_into_0_and_nothing_else(run, wrong, tmp_path):
    assert run("check", wrong, "--exit-zero").code == 0
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut off")
    assert run("check", broken, "--exit-zero").code == 2


def test_json_has_the_promised_shape(run, wrong):
    result = run("check", wrong, "--format", "json")
    report = json.loads(result.out)
    assert set(report) == {"verdict", "counts", "files"}
    assert report["verdict"] == "fail"
    assert report["counts"] == {"error": 1, "warning": 0, "notice": 0}
    (file,) = report["files"]
    assert set(file) == {"path", "form", "unit", "year", "verdict", "findings", "not_checked"}
    assert (file["path"], file["form"], file["unit"], file["year"]) == (str(wrong), "project", "市绿化养护中心", "2023")
    (finding,) = file["findings"]
    assert set(finding) == FINDING
    assert (finding["code"], finding["cell"], finding["sheet"]) == ("S102", "G10", "自评表")
    assert (finding["found"], finding["severity"], finding["fix"]) == ("21", "error", None)
    assert all(set(item) == {"code", "name", "reason"} and item["reason"] for item in file["not_checked"])


def test_findings_come_in_sheet_order(run, tmp_path):
    text = WRONG.replace("| 30 | 30 |", "| 30 | 31 |").replace("| 100% | 10 |", "| 90% | 10 |")
    report = json.loads(run("check", write_form(tmp_path / "x.xlsx", text), "--format", "json").out)
    places = [(int(item["cell"][1:]), item["cell"][0]) for item in report["files"][0]["findings"]]
    assert len(places) > 3
    assert places == sorted(places)


def test_what_could_not_be_checked_is_said_with_its_reason(run, form):
    result = run("check", form)
    report = json.loads(run("check", form, "--format", "json").out)
    listed = report["files"][0]["not_checked"]
    assert "V103" in {item["code"] for item in listed}
    assert all(item["code"] in result.out for item in listed)


def test_a_file_that_cannot_be_read_is_a_finding_and_the_others_are_checked(run, form, tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    result = run("check", tmp_path, "--format", "json")
    assert result.code == 1
    files = {file["path"].rpartition("/")[2]: file for file in json.loads(result.out)["files"]}
    assert [finding["code"] for finding in files["broken.xlsx"]["findings"]] == ["F001"]
    assert files["broken.xlsx"]["form"] is None
    assert files[form.name]["verdict"] == "pass"


def test_only_unreadable_files_exit_with_2(run, tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    result = run("check", tmp_path)
    assert result.code == 2
    assert "F001" in result.out


def test_a_workbook_without_a_form_is_a_finding(run, tmp_path):
    result = run("check", write_list(tmp_path / "list.xlsx"), "--format", "json")
    assert result.code == 1
    assert [item["code"] for item in json.loads(result.out)["files"][0]["findings"]] == ["F002"]


def test_ignoring_a_missing_form_still_tells_of_it(run, tmp_path):
    result = run("check", write_list(tmp_path / "list.xlsx"), "--ignore", "F002", "--format", "json")
    (file,) = json.loads(result.out)["files"]
    assert (result.code, file["findings"]) == (0, [])
    assert [item["code"] for item in file["not_checked"]] == ["F002"]


@pytest.mark.parametrize("name", ["S102", "s102", "score-over-weight", "S", "S1", "B101,S102"])
def test_rules_are_selected_by_code_name_or_beginning(run, wrong, name):
    assert run("check", wrong, "--select", name).code == 1


@pytest.mark.parametrize("name", ["S102", "score-over-weight", "S", "B,S1"])
def test_rules_are_ignored_the_same_way(run, wrong, name):
    assert run("check", wrong, "--ignore", name).code == 0


def test_other_rules_do_not_run_when_one_is_selected(run, wrong):
    report = json.loads(run("check", wrong, "--select", "B101", "--format", "json").out)
    assert report["verdict"] == "pass"
    assert {item["code"] for item in report["files"][0]["not_checked"]} <= {"B101"}


def test_an_unknown_rule_is_refused_with_the_nearest_names(run, wrong):
    result = run("check", wrong, "--select", "score-over-wait")
    assert result.code == 2
    assert "S102 score-over-weight" in result.err


def test_a_policy_may_be_a_name_or_a_file(run, form, tmp_path):
    assert run("check", form, "--policy", "mof-2020-10").code == 0
    own = tmp_path / "own.toml"
    own.write_text('extends = "mof-2020-10"\ntitle = "本市办法"\nlow_execution = 95\n', encoding="utf-8")
    assert run("check", form, "--policy", own).code == 0
    assert run("check", form, "--policy", "no-such-policy").code == 2


def test_a_rule_that_is_off_runs_when_the_policy_asks_for_it(run, tmp_path):
    low = GOOD.replace("| 120 | 120 | 120 | 10 | 100% | 10 |", "| 120 | 120 | 60 | 10 | 50% | 5 |")
    low = low.replace("| 120 | 120 | 120 | — | 100% |", "| 120 | 120 | 60 | — | 50% |").replace(
        "| 100 | 100 |", "| 100 | 95 |"
    )
    path = write_form(tmp_path / "low.xlsx", low)
    codes = _codes(run("check", path, "--format", "json"))
    assert "S111" not in codes
    own = tmp_path / "own.toml"
    own.write_text('extends = "mof-2020-10"\nexecution_caps = [{ below = 60, total = 80 }]\n', encoding="utf-8")
    assert "S111" in _codes(run("check", path, "--policy", own, "--format", "json"))


def _codes(result):
    report = json.loads(result.out)
    return [item["code"] for file in report["files"] for item in (*file["findings"], *file["not_checked"])]


def test_several_processes_give_the_same_report_in_the_same_order(run, tmp_path):
    for number in range(5):
        write_form(tmp_path / f"{number}.xlsx", WRONG if number % 2 else GOOD)
    alone = run("check", tmp_path, "--format", "json")
    assert run("check", tmp_path, "--format", "json", "--jobs", 2).out == alone.out
    assert [file["verdict"] for file in json.loads(alone.out)["files"]] == ["pass", "fail", "pass", "fail", "pass"]


def test_worker_processes_speak_the_chosen_language(run, tmp_path):
    for number in range(2):
        write_form(tmp_path / f"{number}.xlsx", WRONG)
    report = json.loads(run("check", tmp_path, "--format", "json", "--jobs", 2, "--lang", "en").out)
    messages = [finding["message"] for file in report["files"] for finding in file["findings"]]
    assert len(messages) == 2
    assert all("请" not in message for message in messages)


def test_a_report_goes_to_a_file_that_is_not_overwritten_unasked(run, wrong, tmp_path):
    target = tmp_path / "核对结果.json"
    result = run("check", wrong, "--format", "json", "-o", target)
    assert (result.code, result.out) == (1, "")
    assert json.loads(target.read_text(encoding="utf-8"))["verdict"] == "fail"
    target.write_text("mine", encoding="utf-8")
    assert run("check", wrong, "-o", target).code == 2
    assert target.read_text(encoding="utf-8") == "mine"
    assert run("check", wrong, "-o", target, "--force").code == 1
    assert target.read_text(encoding="utf-8").startswith("不通过")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([wrong.name, target.name])


def test_a_missing_folder_for_the_report_is_refused_before_the_work(run, wrong, tmp_path):
    result = run("check", wrong, "-o", tmp_path / "none" / "x.txt")
    assert result.code == 2
    assert "none" in result.err


def test_the_text_is_plain_and_fits_80_columns(run, wrong, tmp_path):
    write_list(tmp_path / "list.xlsx")
    lines = run("check", tmp_path).out.splitlines()
    paths = [line for line in lines if str(tmp_path) in line]
    assert max(width(line) for line in lines if line not in paths) <= 80
    assert not any("\x1b" in line for line in lines)


def test_verbose_lists_every_reason_and_basis(run, wrong):
    brief, full = run("check", wrong).out, run("check", wrong, "--verbose").out
    report = json.loads(run("check", wrong, "--format", "json").out)["files"][0]
    assert all(item["reason"] in full.replace("\n", "").replace("  ", "") for item in report["not_checked"])
    found = [item["basis"] for item in report["findings"]]
    assert full.count("依据：") == len(found)
    assert brief.count("依据：") == len(set(found))


def test_no_path_means_the_current_folder(run, wrong, monkeypatch):
    monkeypatch.chdir(wrong.parent)
    result = run("check", "--format", "json")
    assert [file["path"] for file in json.loads(result.out)["files"]] == [wrong.name]


def test_two_forms_in_one_workbook_are_two_entries(run, tmp_path):
    from openpyxl import load_workbook

    path = write_form(tmp_path / "two.xlsx", WRONG)
    book = load_workbook(path)
    book.copy_worksheet(book.worksheets[0]).title = "第二份"
    book.save(path)
    report = json.loads(run("check", path, "--format", "json").out)
    assert len(report["files"]) == 2
    assert [item["sheet"] for file in report["files"] for item in file["findings"]] == ["自评表", "第二份"]
