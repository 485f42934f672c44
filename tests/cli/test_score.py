"""`xltools score`: what is written where."""

import pytest
from openpyxl import load_workbook

from tests.cli.forms import GOOD, write_form, write_list

BLANK_TOTAL = GOOD.replace("| 100 | 100 |", "| 100 | |")


@pytest.fixture
def blank(tmp_path):
    """A form whose total score is still to be computed."""
    return write_form(tmp_path / "forms" / "a.xlsx", BLANK_TOTAL)


def test_a_scored_copy_goes_into_the_folder_and_the_form_stays(run, blank, tmp_path):
    before = blank.read_bytes()
    result = run("score", blank, "-o", tmp_path / "scored")
    assert result.code == 0
    written = tmp_path / "scored" / "a.xlsx"
    assert str(load_workbook(written).worksheets[0]["G13"].value).startswith("=")
    assert load_workbook(written, data_only=True).worksheets[0]["G13"].value == 100
    assert blank.read_bytes() == before


def test_in_place_rewrites_the_form_itself(run, blank):
    before = blank.read_bytes()
    assert run("score", blank, "--in-place").code == 0
    assert load_workbook(blank, data_only=True).worksheets[0]["G13"].value == 100
    assert (blank.parent / "a.xlsx.bak").read_bytes() == before


def test_in_place_keeps_no_copy_with_force(run, blank):
    assert run("score", blank, "--in-place", "--force").code == 0
    assert list(blank.parent.iterdir()) == [blank]


def test_diff_shows_the_cells_and_writes_nothing(run, blank, tmp_path):
    before = blank.read_bytes()
    result = run("score", blank, "--diff", "-o", tmp_path / "scored")
    assert result.code == 0
    assert "G13" in result.out
    assert [line.split()[0] for line in result.out.splitlines() if "得分：0 到本行分值" in line] == ["H6", "G9:G12"]
    assert not (tmp_path / "scored").exists()
    assert blank.read_bytes() == before


def test_a_total_that_is_left_open_is_said_so(run, tmp_path):
    path = write_form(tmp_path / "a.xlsx", GOOD.replace("| 41% | 30 | 30 |", "| | 30 | |"))
    result = run("score", path, "-o", tmp_path / "scored")
    assert [line for line in result.out.splitlines() if "G13" in line and "第 11 行" in line]


def test_a_diff_asks_a_person_only_for_what_it_does_not_write(run, tmp_path):
    path = write_form(tmp_path / "a.xlsx", GOOD.replace("| 41% | 30 | 30 |", "| 41% | 30 | |"))
    result = run("score", path, "--diff")
    assert "G11" in result.out
    assert "第 11 行" not in result.out


def test_a_scored_copy_is_not_overwritten_unasked(run, blank, tmp_path):
    target = tmp_path / "scored"
    assert run("score", blank, "-o", target).code == 0
    assert run("score", blank, "-o", target).code == 2
    assert run("score", blank, "-o", target, "--force").code == 0


def test_a_folder_keeps_its_subfolders_and_its_own_results_are_not_scored_again(run, blank, tmp_path):
    write_form(tmp_path / "forms" / "sub" / "b.xlsx", BLANK_TOTAL)
    target = tmp_path / "forms" / "scored"
    assert run("score", tmp_path / "forms", "-o", target).code == 0
    assert run("score", tmp_path / "forms", "-o", target, "--force").code == 0
    found = sorted(path.relative_to(target).as_posix() for path in target.rglob("*.xlsx"))
    assert found == ["a.xlsx", "sub/b.xlsx"]


def test_a_file_that_fails_does_not_keep_the_others_from_being_scored(run, blank, tmp_path):
    write_list(blank.parent / "list.xlsx")
    result = run("score", blank.parent, "-o", tmp_path / "scored")
    assert result.code == 1
    assert "list.xlsx" in result.err
    assert (tmp_path / "scored" / "a.xlsx").exists()
    assert not (tmp_path / "scored" / "list.xlsx").exists()


def test_two_forms_of_one_name_are_not_written_over_each_other(run, blank, tmp_path):
    other = write_form(tmp_path / "others" / "a.xlsx", BLANK_TOTAL)
    result = run("score", blank, other, "-o", tmp_path / "scored")
    assert result.code == 2
    assert not (tmp_path / "scored").exists()


def test_a_form_is_written_onto_itself_only_in_place(run, blank):
    before = blank.read_bytes()
    assert run("score", blank, "-o", blank.parent).code == 2
    assert run("score", blank, "-o", blank.parent, "--in-place").code == 2
    assert blank.read_bytes() == before


def test_an_unknown_policy_is_refused_before_anything_is_written(run, blank, tmp_path):
    assert run("score", blank, "-o", tmp_path / "scored", "--policy", "none-such").code == 2
    assert not (tmp_path / "scored").exists()
