"""`xltools check --annotate`, `--clear` and `--fix`: what is written where, and what is refused."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run
from tests.cli.forms import GOOD, WRONG, write_form, write_list

TEXT_NUMBER = GOOD.replace("| 20 | 20 |", "| 20 | '20 |")
WRONG_TOTAL = GOOD.replace("| 100 | 100 |", "| 100 | 97 |")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two forms, one of them in a subfolder, the other one wrong."""
    write_form(tmp_path / "forms" / "a.xlsx", WRONG)
    write_form(tmp_path / "forms" / "sub" / "b.xlsx", GOOD)
    return tmp_path / "forms"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_annotated_copies_keep_their_folders_and_the_forms_stay(run, folder, tmp_path):
    before = contents(folder)
    result = run("check", folder, "--annotate", tmp_path / "marked")
    assert result.code == 1
    assert contents(folder) == before
    assert sorted(contents(tmp_path / "marked")) == ["a.xlsx", "sub/b.xlsx"]
    assert openpyxl.load_workbook(tmp_path / "marked" / "a.xlsx").sheetnames == ["检查结果", "自评表"]


def test_the_report_is_the_one_without_copies(run, folder, tmp_path):
    plain = run("check", folder, "--format", "json")
    beside = run("check", folder, "--format", "json", "--annotate", tmp_path / "marked")
    assert json.loads(beside.out) == json.loads(plain.out)


def test_copies_inside_the_folder_of_forms_are_not_checked_again(run, folder):
    target = folder / "marked"
    assert run("check", folder, "--annotate", target).code == 1
    first = contents(target)
    assert run("check", folder, "--annotate", target, "--force").code == 1
    assert contents(target) == first


def test_copies_are_not_overwritten_unasked(run, folder, tmp_path):
    target = tmp_path / "marked"
    run("check", folder, "--annotate", target)
    before = contents(target)
    assert run("check", folder, "--annotate", target).code == 2
    assert contents(target) == before


def test_a_form_is_never_annotated_itself(run, folder):
    before = contents(folder)
    assert run("check", folder, "--annotate", folder, "--force").code == 2
    assert contents(folder) == before


def test_what_cannot_be_annotated_does_not_keep_the_others_from_it(run, folder, tmp_path):
    (folder / "c.xls").write_bytes(b"no workbook")
    (folder / "d.xlsx").write_bytes(b"no workbook")
    write_list(folder / "e.xlsx")
    result = run("check", folder, "--annotate", tmp_path / "marked")
    assert sorted(contents(tmp_path / "marked")) == ["a.xlsx", "e.xlsx", "sub/b.xlsx"]
    assert "c.xls" in result.err
    assert "d.xlsx" in result.err
    sheet = openpyxl.load_workbook(tmp_path / "marked" / "e.xlsx").worksheets[0]
    assert "F002" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_clear_gives_back_the_forms(run, folder, tmp_path):
    run("check", folder, "--annotate", tmp_path / "marked")
    assert run("check", tmp_path / "marked", "--clear", "-o", tmp_path / "back").code == 0
    assert contents(tmp_path / "back") == contents(folder)
    assert run("check", tmp_path / "marked", "--clear").code == 0
    assert contents(tmp_path / "marked") == contents(folder)


def test_clear_writes_one_form_into_a_file(run, folder, tmp_path):
    run("check", folder / "a.xlsx", "--annotate", tmp_path / "marked")
    target = tmp_path / "back.xlsx"
    assert run("check", tmp_path / "marked" / "a.xlsx", "--clear", "-o", target).code == 0
    assert target.read_bytes() == (folder / "a.xlsx").read_bytes()
    assert run("check", tmp_path / "marked" / "a.xlsx", "--clear", "-o", target).code == 2


def test_clear_leaves_alone_what_holds_no_annotations(run, folder):
    before = contents(folder)
    assert run("check", folder, "--clear").code == 2
    assert contents(folder) == before


def test_fix_in_place_keeps_the_original_and_the_check_is_content(run, tmp_path):
    form = write_form(tmp_path / "a.xlsx", TEXT_NUMBER)
    before = form.read_bytes()
    result = run("check", form, "--fix", "--format", "json")
    assert result.code == 0
    assert [finding["code"] for finding in json.loads(result.out)["files"][0]["findings"]] == []
    assert openpyxl.load_workbook(form).worksheets[0]["G10"].value == 20
    assert (tmp_path / "a.xlsx.bak").read_bytes() == before


def test_fix_with_force_keeps_no_copy(run, tmp_path):
    form = write_form(tmp_path / "a.xlsx", TEXT_NUMBER)
    assert run("check", form, "--fix", "--force").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_fixed_copies_go_into_a_folder_and_are_what_is_checked(run, tmp_path):
    form = write_form(tmp_path / "forms" / "a.xlsx", WRONG_TOTAL)
    before = contents(tmp_path / "forms")
    result = run("check", form.parent, "--fix", "--unsafe", "-o", tmp_path / "fixed", "--format", "json")
    assert result.code == 0
    assert contents(tmp_path / "forms") == before
    assert json.loads(result.out)["files"][0]["path"] == str(tmp_path / "fixed" / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "fixed" / "a.xlsx", data_only=True).worksheets[0]["G13"].value == 100


def test_derived_figures_are_left_unless_asked_for_and_that_is_said(run, tmp_path):
    form = write_form(tmp_path / "a.xlsx", WRONG_TOTAL)
    before = form.read_bytes()
    result = run("check", form, "--fix")
    assert result.code == 1
    assert form.read_bytes() == before
    assert "--unsafe" in result.err


def test_diff_shows_every_cell_and_writes_nothing(run, tmp_path):
    form = write_form(tmp_path / "forms" / "a.xlsx", WRONG_TOTAL)
    before = contents(tmp_path)
    result = run("check", form, "--fix", "--unsafe", "--diff", "-o", tmp_path / "fixed")
    assert result.code == 0
    assert "G13" in result.out
    assert "97 → 100" in result.out
    assert contents(tmp_path) == before
    assert not (tmp_path / "fixed").exists()


def test_the_exit_code_of_a_diff_is_that_of_the_result(run, folder):
    assert run("check", folder, "--fix", "--diff").code == 1
    assert run("check", folder, "--fix", "--diff", "--exit-zero").code == 0


def test_a_rule_that_is_ignored_is_not_fixed(run, tmp_path):
    form = write_form(tmp_path / "a.xlsx", TEXT_NUMBER)
    before = form.read_bytes()
    run("check", form, "--fix", "--ignore", "F005")
    assert form.read_bytes() == before


@pytest.mark.parametrize(
    "options",
    [
        ("--unsafe",),
        ("--diff",),
        ("--clear", "--fix"),
        ("--clear", "--annotate", "marked"),
        ("--fix", "--diff", "--annotate", "marked"),
    ],
)
def test_options_that_do_not_go_together_are_refused(run, folder, tmp_path, monkeypatch, options):
    monkeypatch.chdir(tmp_path)
    before = contents(tmp_path)
    result: Run = run("check", folder, *options)
    assert result.code == 2
    assert result.err.startswith("错误：")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_copy_speaks_one_language(run, folder, tmp_path, language):
    run("check", folder / "a.xlsx", "--annotate", tmp_path / "marked", "--lang", language)
    sheet = openpyxl.load_workbook(tmp_path / "marked" / "a.xlsx").worksheets[0]
    assert sheet.title == {"zh": "检查结果", "en": "Findings"}[language]
    assert str(sheet["A2"].value).startswith({"zh": "不通过", "en": "fail"}[language])
