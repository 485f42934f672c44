import os
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xltools.edits import Edit, Text
from xltools.errors import WorkbookError
from xltools.ooxml.editing import apply, edit

Save = Callable[[openpyxl.Workbook], bytes]


@pytest.fixture
def source(saved: Save, tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "一 表"
    book.active.append([1, 2])
    book.create_sheet("二").append([3])
    path = tmp_path / "源.xlsx"
    path.write_bytes(saved(book))
    return path


def values(path: Path, sheet: str) -> list[object]:
    return [cell.value for cell in openpyxl.load_workbook(path, data_only=True)[sheet][1]]


def test_cells_are_named_by_sheet_and_address(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    changes = {"'一 表'!B1": 12.5, "一 表!$C$1": "=B1*2", "二!A1": None, "二!B1": Text("=1"), "二!C1": date(2021, 3, 5)}
    report = edit(source, target, changes)
    assert values(target, "一 表") == [1, 12.5, 25]
    assert values(target, "二")[:2] == [None, "=1"]
    assert report.cells == ("一 表!B1", "一 表!C1", "二!A1", "二!B1", "二!C1")
    assert values(source, "一 表") == [1, 2]


@pytest.mark.parametrize("key", ["B1", "一 表!B", "一 表!1", "一 表!B0", "一 表!ABCD1", ""])
def test_what_is_no_address_is_refused_and_nothing_written(source: Path, tmp_path: Path, key: str) -> None:
    with pytest.raises(WorkbookError):
        edit(source, tmp_path / "out.xlsx", {key: 1})
    assert not (tmp_path / "out.xlsx").exists()


def test_the_sheet_may_be_left_out_where_there_is_only_one(saved: Save, tmp_path: Path) -> None:
    path = tmp_path / "one.xlsx"
    path.write_bytes(saved(openpyxl.Workbook()))
    edit(path, tmp_path / "out.xlsx", {"B1": 5})
    assert values(tmp_path / "out.xlsx", "Sheet") == [None, 5]


def test_in_place_the_old_file_is_kept_unless_forced(source: Path) -> None:
    before = source.read_bytes()
    edit(source, source, {"二!A1": 9})
    backup = source.with_name("源.xlsx.bak")
    assert backup.read_bytes() == before
    backup.unlink()
    edit(source, source, {"二!A1": 8}, force=True)
    assert not backup.exists()
    assert values(source, "二") == [8]


@pytest.mark.parametrize("lock", ["~$out.xlsx", ".~out.xlsx", ".~lock.out.xlsx#"])
def test_a_target_that_is_open_is_refused_unless_forced(source: Path, tmp_path: Path, lock: str) -> None:
    (tmp_path / lock).touch()
    with pytest.raises(WorkbookError, match="out"):
        edit(source, tmp_path / "out.xlsx", {"二!A1": 9})
    edit(source, tmp_path / "out.xlsx", {"二!A1": 9}, force=True)
    assert values(tmp_path / "out.xlsx", "二") == [9]


def test_a_failed_write_leaves_the_target_whole(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WorkbookError, match="No space"):
        edit(source, target, {"二!A1": 9})
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.xlsx", "源.xlsx"]


def test_a_missing_folder_is_said(source: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="no"):
        edit(source, tmp_path / "no" / "out.xlsx", {"二!A1": 9})


def test_macros_must_not_go_under_a_plain_extension(source: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="xlsx"):
        edit(source, tmp_path / "out.xlsm", {"二!A1": 9})


def test_permissions_of_the_target_are_kept(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    edit(source, target, {"二!A1": 9})
    assert target.stat().st_mode & 0o777 == 0o640


def test_an_encrypted_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("xl/workbook.xml", b"x")
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    with pytest.raises(WorkbookError, match="加密"):
        edit(path, tmp_path / "out.xlsx", {"A1": 1})


def test_edits_are_applied_to_bytes(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(apply(source.read_bytes(), [Edit("二", 1, 1, 7)]))
    assert values(target, "二") == [7]
