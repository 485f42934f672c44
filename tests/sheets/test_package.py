import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from xltools.errors import WorkbookError
from xltools.ooxml import archive
from xltools.ooxml.package import open_package
from xltools.sheets import read_book
from xltools.texts import say, set_language


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active["A1"] = "字"
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def reason(path: Path) -> str:
    """Which of the texts the refusal of a file is."""
    with pytest.raises(WorkbookError) as caught:
        read_book(path)
    return str(caught.value)


def ole(*streams: str) -> bytes:
    """The beginning of a compound file with a directory of the given streams."""
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
    directory = b""
    for name in streams:
        raw = (name + "\0").encode("utf-16-le")
        directory += raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + bytes(62)
    return head + directory


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        ("a.xls", ole("EncryptedPackage"), "encrypted"),
        ("a.xlsx", ole("Workbook"), "old_xls"),
        ("a.doc", ole("WordDocument"), "old_doc"),
        ("a.xlsx", ole("Something"), "ole_other"),
        ("a.pdf", b"%PDF-1.7\n", "pdf"),
        ("a.xlsx", b"%PDF-1.7\n", "pdf"),
        ("a.csv", "单位,金额\n".encode("gbk"), "text_file"),
        ("a.xls", b"<html><table></table></html>", "text_file"),
        ("a.xlsx", bytes(range(256)), "not_a_zip"),
        ("a.png", b"\x89PNG\0\0", "unknown_format"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(tmp_path: Path, name: str, content: bytes, key: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert reason(path) == say(f"ooxml.{key}", path=path)


def test_the_formats_of_wps_are_refused_with_the_one_to_save_as(tmp_path: Path) -> None:
    path = tmp_path / "a.et"
    path.write_bytes(ole("Workbook"))
    assert ".xlsx" in reason(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert reason(tmp_path / "no.xlsx") == say("ooxml.missing", path=tmp_path / "no.xlsx")


def test_a_truncated_workbook_is_refused(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[:-300])
    assert reason(saved) == say("ooxml.truncated", path=saved)


def test_a_damaged_member_is_named(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    member = next(m for m in archive.members_of(bytes(data), "") if m.name == "xl/worksheets/sheet1.xml")
    data[member.offset + 30 + len(member.raw_name) + 40] ^= 0xFF
    saved.write_bytes(data)
    assert "xl/worksheets/sheet1.xml" in reason(saved)


def test_an_archive_without_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("readme.txt", "x")
    assert reason(path) == say("ooxml.not_a_workbook", path=path)


@pytest.mark.parametrize(("part", "key"), [("xl/workbook.bin", "xlsb")])
def test_a_binary_workbook_is_refused(tmp_path: Path, part: str, key: str) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="x/officeDocument" Target="{part}"/></Relationships>',
        )
        zipped.writestr(part, b"\0")
    assert reason(path) == say(f"ooxml.{key}", path=path)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/workbook.xml", bytes(20_000_000))
    assert "xl/workbook.xml" in reason(path)


def test_a_member_that_unpacks_to_more_than_it_declares_is_refused(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    place = data.rfind(b"PK\1\2", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", data, place + 24, 10)
    saved.write_bytes(data)
    assert "xl/worksheets/sheet1.xml" in reason(saved)


def test_more_members_than_the_limit_are_refused(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    assert "3" in reason(saved)


def test_more_bytes_than_the_limit_are_refused(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 2 << 20)
    with zipfile.ZipFile(saved, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.bin", bytes(1 << 20))
        zipped.writestr("b.bin", bytes(1 << 20))
    assert reason(saved) == say("ooxml.too_large", path=saved, limit=2)


def test_zip64_archives_and_bytes_in_front_are_read(saved: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.xlsx"
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(large, "w") as target:
        for name in source.namelist():
            with target.open(name, "w", force_zip64=True) as part:
                part.write(source.read(name))
    assert read_book(large).grids[0].text(1, 1) == "字"


def test_parts_are_found_in_any_case_and_with_backslashes(saved: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.xlsx"
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(odd, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("sheet1", "Sheet1").replace("xl/", "xl\\"), source.read(name))
    assert read_book(odd).grids[0].text(1, 1) == "字"
    assert "XL/Workbook.xml" in open_package(odd)


def test_texts_are_said_in_the_language_chosen() -> None:
    try:
        set_language("en")
        assert "encrypted" in say("ooxml.encrypted", path="a")
    finally:
        set_language("zh")
    assert "加密" in say("ooxml.encrypted", path="a")
    with pytest.raises(ValueError, match="fr"):
        set_language("fr")
