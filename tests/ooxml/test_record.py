import io
import zipfile
from collections.abc import Callable

import openpyxl

from xltools.ooxml import archive
from xltools.ooxml.package import Package
from xltools.ooxml.record import record_of, remove_record, with_record

Save = Callable[[openpyxl.Workbook], bytes]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_record_gives_back_what_was_put_in(saved: Save) -> None:
    data = saved(openpyxl.Workbook())
    record = record_of(Package(with_record(data, b"\0original\xff")))
    assert record is not None
    assert (record.original, record.intact) == (b"\0original\xff", True)


def test_a_workbook_without_a_record_has_none(saved: Save) -> None:
    assert record_of(Package(saved(openpyxl.Workbook()))) is None


def test_a_change_of_any_member_shows(saved: Save) -> None:
    data = with_record(saved(openpyxl.Workbook()), b"original")
    package = Package(data)
    for member in package.members:
        if member.name.startswith("xl/worksheets/"):
            changed = {member.name: package.part(member.name) + b" "}
            record = record_of(Package(archive.rewritten(data, package.members, changed, "")))
            assert record is not None
            assert not record.intact


def test_a_record_that_was_tampered_with_is_none(saved: Save) -> None:
    data = with_record(saved(openpyxl.Workbook()), b"original")
    package = Package(data)
    part = package.part("customXml/item1.xml")
    changed = {"customXml/item1.xml": part.replace(b"b3Jp", b"b3Jq")}
    assert record_of(Package(archive.rewritten(data, package.members, changed, ""))) is None


def test_a_removed_record_leaves_no_trace(saved: Save) -> None:
    data = saved(openpyxl.Workbook())
    package = Package(with_record(data, b"original"))
    parts: dict[str, bytes | None] = {}
    remove_record(package, parts)
    after = archive.rewritten(package.data, package.members, parts, "")
    assert members(after) == members(data)


def test_the_workbook_still_opens(saved: Save) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = 5
    assert openpyxl.load_workbook(io.BytesIO(with_record(saved(book), b"x" * 100))).worksheets[0]["A1"].value == 5
