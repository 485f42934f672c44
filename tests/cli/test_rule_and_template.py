"""`xltools rule` and `xltools template`."""

import json

import pytest
from openpyxl import load_workbook

from xltools import templates
from xltools.checks import registry


def test_all_rules_are_listed_with_code_name_severity_and_what_they_find(run):
    lines = run("rule").out.splitlines()
    assert [line.split()[0] for line in lines] == list(registry.NAMES)
    assert [line.split()[1] for line in lines] == list(registry.NAMES.values())
    assert all(len(line.split()) >= 4 for line in lines)


@pytest.mark.parametrize("name", ["S101", "s101", "score-rate-mismatch"])
def test_a_rule_is_explained_by_code_or_name(run, name):
    result = run("rule", name)
    assert result.code == 0
    assert result.out.startswith("S101 score-rate-mismatch")
    assert "".join(registry.page("S101").split()) in "".join(result.out.split())


def test_a_rule_as_json_is_one_object_and_all_rules_are_a_list(run):
    card = json.loads(run("rule", "S101", "--format", "json").out)
    assert (card["code"], card["name"], card["severity"]) == ("S101", "score-rate-mismatch", "error")
    assert card["page"] == registry.page("S101")
    listed = json.loads(run("rule", "--format", "json").out)
    assert card in listed
    assert len(listed) == len(registry.NAMES)


def test_an_unknown_rule_is_2(run):
    result = run("rule", "S999")
    assert result.code == 2
    assert "S999" in result.err


def test_the_templates_are_listed(run):
    result = run("template")
    assert result.code == 0
    assert all(name in result.out for name in templates.names())


def test_a_template_is_written_under_its_own_name_or_where_it_is_told_to(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("template", "mof-project-2020").code == 0
    assert load_workbook(tmp_path / "mof-project-2020.xlsx").sheetnames
    assert run("template", "mof-project-2020", "-o", "表.xlsx").code == 0
    assert (tmp_path / "表.xlsx").exists()


def test_a_template_is_not_written_over_a_file_unasked(run, tmp_path):
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"mine")
    assert run("template", "mof-project-2020", "-o", target).code == 2
    assert target.read_bytes() == b"mine"
    assert run("template", "mof-project-2020", "-o", target, "--force").code == 0


def test_an_unknown_template_is_2(run):
    assert run("template", "no-such").code == 2
