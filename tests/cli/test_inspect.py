"""`xltools inspect`: the form drawn and explained, its map, and `--map` and `xltools.toml` on every command."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.forms import GOOD, write_form, write_list
from xltools.output.columns import width

SIMILAR = GOOD.replace("实际完成值", "实际完成指标数量")
STRANGE = GOOD.replace("实际完成值", "天地玄黄")


def _rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def _unchecked(report: str) -> set[str]:
    (file,) = json.loads(report)["files"]
    return {entry["code"] for entry in file["not_checked"]}


def test_the_form_is_drawn_with_marks_on_labels_and_values(run, form):
    result = run("inspect", form)
    assert result.code == 0
    for part in ("▸主管部门", "▪市园林局", "▪320公顷", "┌─", "▸总分"):
        assert part in result.out
    assert max(map(width, result.out.splitlines()[1:])) <= 80


def test_the_table_names_field_cell_label_and_confidence(run, form):
    rows = _rows(run("inspect", form).out)
    assert ["indicators[0-3].score", "得分", "G9:G12", "确定", "G8", "得分"] in rows
    assert ["unit.supervisor", "主管部门", "B4", "确定", "A4", "主管部门"] in rows
    assert any(row[:3] == ["indicators.note", "偏差原因", "（空白）"] for row in rows)


def test_a_similar_label_shows_its_likeness_and_an_unknown_one_is_listed(run, tmp_path):
    similar = run("inspect", write_form(tmp_path / "similar.xlsx", SIMILAR)).out
    row = next(row for row in _rows(similar) if row[:2] == ["indicators[0-3].actual", "完成值"])
    percent = int(row[4])
    assert row[3:] == ["把握", str(percent), "%", "E8", "实际完成指标数量"]
    assert 80 <= percent < 100
    strange = run("inspect", write_form(tmp_path / "strange.xlsx", STRANGE)).out
    assert ["E8", "天地玄黄"] in _rows(strange)
    assert not any("indicators[0-3].actual" in row for row in _rows(strange))


def test_json_gives_every_label_and_value(run, form):
    (data,) = json.loads(run("inspect", form, "--format", "json").out)
    score = next(entry for entry in data["fields"] if entry["path"] == "indicators[0].score")
    assert score == {
        "path": "indicators[0].score",
        "name": "得分",
        "cell": "自评表!G9",
        "text": "30",
        "label": "得分",
        "label_cell": "自评表!G8",
        "confidence": 1.0,
    }
    assert {entry["path"] for entry in data["fields"]} >= set(data["cells"])


def test_the_map_is_read_back_by_every_command(run, form, tmp_path):
    target = tmp_path / "map.toml"
    assert run("inspect", form, "--format", "toml", "-o", target).code == 0
    assert run("inspect", form, "--format", "toml", "-o", target).code == 2
    assert json.loads(run("read", form, "--map", target).out) == json.loads(run("read", form).out)
    assert run("check", form, "--map", target).out == run("check", form).out
    assert run("inspect", form, "--map", target).out == run("inspect", form).out
    assert run("score", form, "--map", target, "-o", tmp_path / "scored").code == 0


def test_a_map_corrects_what_was_not_recognised(run, tmp_path):
    path = write_form(tmp_path / "strange.xlsx", STRANGE)
    target = tmp_path / "map.toml"
    text = run("inspect", path, "--format", "toml").out
    target.write_text(text.replace('# E8 = "indicators."', 'E8 = "indicators.actual"'), encoding="utf-8")
    (data,) = json.loads(run("read", path, "--map", target).out)
    assert data["indicators"][0]["actual"] == "320公顷"
    assert "V102" in _unchecked(run("check", path, "--format", "json").out)
    assert "V102" not in _unchecked(run("check", path, "--map", target, "--format", "json").out)
    assert run("score", path, "--map", target, "-o", tmp_path / "scored").code == 0


def test_a_sheet_without_a_form_can_be_mapped(run, tmp_path):
    odd = GOOD.replace("三级指标", "甲项").replace("年度指标值", "乙项").replace("实际完成值", "丙项")
    odd = "\n".join(line for line in odd.splitlines() if "资金" not in line and "财政" not in line)
    path = write_form(tmp_path / "odd.xlsx", odd.replace("分值", "丁项").replace("| 得分 |", "| 戊项 |"))
    result = run("inspect", path, "--format", "toml")
    assert result.code == 2
    assert "odd.xlsx" in result.err
    target = tmp_path / "map.toml"
    labels = {"C5": "name", "D5": "target", "E5": "actual", "F5": "weight", "G5": "score"}
    lines = "".join(f'{cell} = "indicators.{field}"\n' for cell, field in labels.items())
    target.write_text(result.out.replace("[form.labels]\n", f"[form.labels]\n{lines}"), encoding="utf-8")
    (data,) = json.loads(run("read", path, "--map", target).out)
    assert [row["score"] for row in data["indicators"]] == ["30", "20", "30", "10"]


def test_a_file_that_a_map_does_not_fit_is_named_and_the_others_are_done(run, form, tmp_path):
    target = tmp_path / "map.toml"
    target.write_text('[form.labels]\nE8 = "indicators.actual"\nH8 = "indicators.note"\n', encoding="utf-8")
    write_list(form.parent / "另一表.xlsx")
    result = run("read", form.parent, "--map", target)
    assert result.code == 1
    assert "另一表.xlsx" in result.err
    assert len(json.loads(result.out)) == 1
    report = json.loads(run("check", form.parent, "--map", target, "--format", "json").out)
    assert [[finding["code"] for finding in file["findings"]][:1] for file in report["files"]].count(["F002"]) == 1


@pytest.mark.parametrize("command", ["read", "check", "score", "inspect"])
def test_a_wrong_map_stops_every_command_before_any_work(run, form, tmp_path, command):
    target = tmp_path / "map.toml"
    target.write_text('[form.labels]\nE8 = "indicators.targte"\n', encoding="utf-8")
    extra = ("--diff",) if command == "score" else ()
    result = run(command, form, "--map", target, *extra)
    assert (result.code, result.out) == (2, "")
    assert "indicators.targte" in result.err
    assert "indicators.target" in result.err


@pytest.mark.parametrize("command", ["read", "check", "score", "inspect"])
def test_wrong_settings_are_said_once(run, form, command):
    (form.parent / "xltools.toml").write_text("[labels.indicator]\n", encoding="utf-8")
    write_form(form.parent / "再一份.xlsx")
    extra = ("--diff",) if command == "score" else ()
    result = run(command, form.parent, *extra)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("labels.indicator") == 1


def test_wordings_of_the_folder_are_used_by_every_command(run, tmp_path):
    path = write_form(tmp_path / "处室" / "strange.xlsx", STRANGE)
    (tmp_path / "xltools.toml").write_text('[labels.indicators]\nactual = ["天地玄黄"]\n', encoding="utf-8")
    (data,) = json.loads(run("read", path).out)
    assert data["indicators"][0]["actual"] == "320公顷"
    assert "V102" not in _unchecked(run("check", path, "--format", "json").out)
    assert ["E8", "天地玄黄"] not in _rows(run("inspect", path).out)
    assert run("score", path, "-o", tmp_path / "scored").code == 0


def test_one_sheet_can_be_chosen(run, form):
    assert run("inspect", form, "--sheet", "自评表").code == 0
    result = run("inspect", form, "--sheet", "封面")
    assert (result.code, result.out) == (2, "")
    assert "自评表" in result.err


def test_a_map_belongs_to_one_file(run, form):
    write_form(form.parent / "再一份.xlsx")
    result = run("inspect", form.parent, "--format", "toml")
    assert (result.code, result.out) == (2, "")


def test_a_pipe_gets_no_colours_and_a_file_neither(run, form, tmp_path):
    target = tmp_path / "form.txt"
    assert "\x1b" not in run("inspect", form).out
    run("inspect", form, "-o", target)
    assert "\x1b" not in target.read_text(encoding="utf-8")
    assert "┌─" in target.read_text(encoding="utf-8")


def test_a_terminal_whose_encoding_lacks_the_characters_gets_plain_ones(form: Path):
    code = (
        "import sys; from xltools.cli import app, main; app.use_utf8 = lambda: None; "
        "sys.stdout.reconfigure(encoding='gbk', errors='replace'); sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "inspect", str(form)], capture_output=True, check=False, timeout=60
    )
    text = done.stdout.decode("gbk")
    assert done.returncode == 0
    assert ">主管部门" in text
    assert not re.search("[─│▸▪]", text)
