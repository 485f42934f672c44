"""`xltools fill` on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.data_books import INDICATORS, UNITS, blank_form, data_book
from xltools.errors import WorkbookError
from xltools.filling import MANIFEST

FIRST, SECOND = "001_甲中心_2022自评表.xlsx", "002_乙中心_2022自评表.xlsx"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return blank_form(tmp_path / "空白表.xlsx")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return data_book(tmp_path / "数据.xlsx")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "下发"


def test_fill_writes_a_workbook_for_each_unit(run: Callable[..., Run], form: Path, data: Path, out: Path) -> None:
    result = run("fill", form, data, "-o", out)
    assert (result.code, result.err) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == [FIRST, SECOND, MANIFEST]


def test_fill_takes_an_official_template_by_its_name(run: Callable[..., Run], tmp_path: Path, out: Path) -> None:
    data = tmp_path / "单位.csv"
    data.write_text("单位编码,单位名称,年度\n001,甲中心,2022\n", encoding="gb18030")
    assert run("fill", "chongqing-department", data, "-o", out).code == 0
    assert (out / FIRST).is_file()


def test_fill_refuses_duplicate_units_and_writes_nothing(
    run: Callable[..., Run], form: Path, tmp_path: Path, out: Path
) -> None:
    data = data_book(tmp_path / "错.xlsx", units=[*UNITS, ("001", "丙中心", "某局")])
    result = run("fill", form, data, "-o", out)
    assert result.code == 2
    assert "单位!A4" in result.err
    assert not out.exists()


def test_fill_lists_all_problems_with_their_cells(
    run: Callable[..., Run], form: Path, tmp_path: Path, out: Path
) -> None:
    rows = [*INDICATORS, ("009", "产出指标", "数量指标", "甲", "≥1", 1, 1, 1), ("001", "", "", "乙", 1, 1, "十", 1)]
    result = run("fill", form, data_book(tmp_path / "错.xlsx", indicators=rows), "-o", out)
    assert result.code == 2
    assert all(cell in result.err for cell in ("指标!A4", "指标!D5", "指标!G5"))


def test_fill_run_twice_is_quiet_and_changes_nothing(
    run: Callable[..., Run], form: Path, data: Path, out: Path
) -> None:
    run("fill", form, data, "-o", out)
    before = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    assert run("fill", form, data, "-o", out).code == 0
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == before


def test_fill_keeps_a_file_that_differs_says_so_and_obeys_force(
    run: Callable[..., Run], form: Path, data: Path, out: Path
) -> None:
    run("fill", form, data, "-o", out)
    (out / FIRST).write_bytes(b"another")
    result = run("fill", form, data, "-o", out)
    assert result.code == 1
    assert FIRST in result.err
    assert (out / FIRST).read_bytes() == b"another"
    assert run("fill", form, data, "-o", out, "--force").code == 0
    assert (out / FIRST).read_bytes() != b"another"


def test_fill_tells_a_full_disk_once_for_the_units_that_were_not_tried(
    run: Callable[..., Run], form: Path, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "单位.csv"
    lines = [f"{n:03},单位{n}" for n in range(1, 31)]
    data.write_text("\n".join(["单位编码,单位名称", *lines]), encoding="utf-8")

    def full(path: Path, content: bytes) -> None:
        if path.name != MANIFEST:
            raise WorkbookError("No space left on device")

    monkeypatch.setattr("xltools.filling.write_atomically", full)
    result = run("fill", form, data, "-o", out)
    assert result.code == 1
    assert len(result.err.splitlines()) == 2


def test_fill_takes_some_units_a_name_pattern_and_fewer_rows(
    run: Callable[..., Run], form: Path, data: Path, out: Path
) -> None:
    options = ("--only", "002", "--name", "{单位名称}.xlsx", "--spare", "remove")
    assert run("fill", form, data, "-o", out, *options).code == 0
    assert [path.name for path in sorted(out.iterdir())] == [MANIFEST, "乙中心.xlsx"]
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    assert [unit["file"] for unit in manifest["units"]] == ["乙中心.xlsx"]


@pytest.mark.parametrize("option", [("--name", "{没有}.xlsx"), ("--only", "丙"), ("--spare", "hide"), ("--name", "{")])
def test_fill_refuses_options_that_cannot_be_used(
    run: Callable[..., Run], form: Path, data: Path, out: Path, option: tuple[str, str]
) -> None:
    assert run("fill", form, data, "-o", out, *option).code == 2
    assert not out.exists()


def test_fill_says_what_is_no_template(run: Callable[..., Run], data: Path, out: Path) -> None:
    result = run("fill", "没有这个模板", data, "-o", out)
    assert result.code == 2
    assert "mof-project-2020" in result.err


def test_fill_speaks_english(run: Callable[..., Run], form: Path, data: Path, out: Path) -> None:
    assert "2 written" in run("fill", form, data, "-o", out, "--lang", "en").out
