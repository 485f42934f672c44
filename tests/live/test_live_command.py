"""`xltools live` as a user types it, with a real LibreOffice."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.live.office import Office
from tests.live.workplaces import EXAMPLE, FORM, Workplace
from xltools.cli import main
from xltools.live import libreoffice
from xltools.texts import set_language


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XLTOOLS_LANG", raising=False)
    set_language("zh")


def test_check_marks_the_open_workbook(calc: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    book = calc.open(EXAMPLE)
    assert main(["live", "check", "--app", "libreoffice"]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("不通过：错误 1，警告 0，提示 1")
    assert "H17  错误 S101" in said.out
    assert "已在工作簿中标出 1 个单元格" in said.err
    assert book.sheets[FORM].range("H17").note is not None
    assert main(["live", "check", "--clear"]) == 0
    assert "已清除全部标记" in capsys.readouterr().out
    assert book.sheets[FORM].range("H17").note is None
    assert main(["live", "check", "--clear"]) == 0
    assert "没有检查标记" in capsys.readouterr().out


def test_exit_codes_and_json(calc: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    calc.open(EXAMPLE)
    assert main(["live", "check", "--exit-zero", "--no-marks"]) == 0
    capsys.readouterr()
    assert main(["live", "check", "--no-marks", "--format", "json", "--ignore", "B112"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {"error": 1, "warning": 0, "notice": 0}
    assert [finding["cell"] for finding in report["files"][0]["findings"]] == ["H17"]


def test_score_writes_and_says_how_to_undo(calc: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    book = calc.open(EXAMPLE)
    assert main(["live", "score", "--diff"]) == 0
    said = capsys.readouterr()
    assert "=IF(N(I17)=0" in said.out
    assert book.sheets[FORM].range("H17").value == 10
    assert main(["live", "score"]) == 0
    said = capsys.readouterr()
    assert book.sheets[FORM].range("H17").value == 100
    assert "Ctrl+Z" in said.err


def test_a_workbook_is_named_or_the_one_in_front(
    calc: Workplace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = calc.open(EXAMPLE)
    calc.open(EXAMPLE.parent / "roster-2022.xlsx")
    assert main(["live", "check"]) == 2
    assert "没有认出绩效自评表" in capsys.readouterr().out
    assert main(["live", "check", "--book", form.name]) == 1
    capsys.readouterr()
    assert main(["live", "check", "--book", "gibtsnicht.xlsx"]) == 2
    said = capsys.readouterr().err
    assert "gibtsnicht.xlsx" in said
    assert form.name in said


def test_an_office_without_a_workbook_says_so(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    libreoffice.attach(office.context)
    assert main(["live", "check", "--app", "libreoffice"]) == 2
    assert "没有打开的工作簿" in capsys.readouterr().err


@pytest.mark.parametrize("app", ["auto", "excel", "wps"])
def test_without_an_application_one_line_says_what_works(
    app: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("xltools.live.libreoffice.adapter.running", list)
    monkeypatch.setattr("xltools.live.excel.running", list)
    monkeypatch.setattr("xltools.live.wps.running", list)
    for command in ("check", "score", "watch"):
        assert main(["live", command, "--app", app]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.strip().splitlines()) == 1
        assert "xltools check" in said.err
        assert "xltools doctor" in said.err


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["check", "--app", "word"], "--app"),
        (["check", "--clear", "--no-marks"], "--clear"),
        (["check", "--ignore", "Z999"], "Z999"),
        (["check", "--policy", "atlantis"], "atlantis"),
        (["check", "--format", "html"], "--format"),
        (["watch", "--interval", "0"], "--interval"),
    ],
)
def test_wrong_usage_is_told_before_an_application_is_looked_for(
    arguments: list[str], part: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def looked(*_: object) -> None:
        raise AssertionError("looked for an application")

    monkeypatch.setattr("xltools.live.attaching.attach", looked)
    assert main(["live", *arguments]) == 2
    assert part in capsys.readouterr().err


def test_watch_follows_the_workbook_until_it_is_closed(calc: Workplace, office: Office) -> None:
    book = calc.open(EXAMPLE)
    process = subprocess.Popen(
        [sys.executable, "-m", "xltools", "live", "watch", "--interval", "0.2", "--ignore", "B112"],
        env={**os.environ, "XLTOOLS_LIBREOFFICE": office.accept, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert "不通过：错误 1" in process.stdout.readline()
    book.sheets[FORM].range("H17").value = 100
    assert "通过：错误 0" in process.stdout.readline()
    deadline = time.monotonic() + 20
    while book.sheets[FORM].range("H17").note is not None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert book.sheets[FORM].range("H17").note is None
    book.close()
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "工作簿已关闭" in said


def test_every_command_has_a_help_page_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ([], ["check"], ["score"], ["watch"]):
        assert main(["live", *command, "--help"]) == 0
        assert "示例：" in capsys.readouterr().out
