"""Reading old .xls workbooks. `tests/data/figures.xls` was made by LibreOffice."""

import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xltools.errors import WorkbookError
from xltools.sheets import biff, xls
from xltools.sheets.compound import CompoundError, stream
from xltools.sheets.grid import Area, Book

FIGURES = Path(__file__).parent.parent / "data" / "figures.xls"


@pytest.fixture(scope="module")
def book() -> Book:
    return xls.read(FIGURES)


@pytest.mark.parametrize(
    ("place", "text", "raw", "kind"),
    [
        ((2, 2), "86%", Decimal("0.862037037037037"), "number"),
        ((2, 3), "86.20%", Decimal("0.862037037037037"), "number"),
        ((3, 2), "3,724,055.00", Decimal(3724055), "number"),
        ((3, 3), "43.2", Decimal("43.2"), "number"),
        ((3, 4), "174.669079", Decimal("174.669079"), "number"),
        ((4, 2), "2022年3月15日", date(2022, 3, 15), "date"),
        ((5, 2), "#DIV/0!", "#DIV/0!", "error"),
        ((5, 3), "#N/A", "#N/A", "error"),
        ((5, 4), "TRUE", True, "bool"),
        ((6, 1), "98.5", "98.5", "text"),
        ((6, 2), "-0.05", Decimal("-0.05"), "number"),
        ((6, 4), "项目支出绩效自评表（副本）", "项目支出绩效自评表（副本）", "text"),
        ((9, 3), "0.5", Decimal("0.5"), "number"),
        ((9, 4), "-7", Decimal(-7), "number"),
    ],
)
def test_a_cell_is_shown_under_its_number_format(
    book: Book, place: tuple[int, int], text: str, raw: object, kind: str
) -> None:
    cell = book.grids[0].cells[place]
    assert (cell.text, cell.raw, cell.kind) == (text, raw, kind)


def test_blank_rows_and_columns_before_a_cell_count(book: Book) -> None:
    assert book.grids[0].text(8, 6) == "孤立"
    assert book.grids[1].text(2, 2) == "是"


def test_merges_and_hidden_things_are_read(book: Book) -> None:
    form, options = book.grids
    assert (form.sheet, form.source, form.state) == ("自评表", "xls", "visible")
    assert form.merges == (Area(1, 1, 1, 4),)
    assert form.hidden_rows == {6}
    assert form.hidden_columns == {4}
    assert (options.sheet, options.state) == ("选项", "hidden")


def record(kind: int, layout: str, *values: object) -> bytes:
    body = struct.pack("<" + layout, *values)
    return struct.pack("<2H", kind, len(body)) + body


def continued(*parts: bytes) -> bytes:
    return b"".join(struct.pack("<2H", 0x3C, len(part)) + part for part in parts)


END = record(0x0A, "")


def begin(version: int = 0x0600) -> bytes:
    return record(0x0809, "2H", version, 0x05)


def sheet_of(*records: bytes, before: bytes = b"", version: int = 0x0600) -> biff.StoredSheet:
    """The first sheet of a workbook stream with one cell style (0.00) and these records."""
    style = record(0xE0, "2H", 0, 2)
    name = b"\x04\0form" if version == 0x0600 else b"\x04form"
    head = begin(version) + before + style
    start = len(head) + 4 + 6 + len(name) + len(END)
    bound = record(0x85, f"IBB{len(name)}s", start, 0, 0, name)
    stored = biff.read_stream(head + bound + END + begin(version) + b"".join(records) + END)
    return stored.sheets[0]


@pytest.mark.parametrize(
    ("packed", "value"),
    [
        (0x3FF00000, "1"),
        (0x3FF00001, "0.01"),
        (4 * 12345 + 2, "12345"),
        (4 * 12345 + 3, "123.45"),
        (0xFFFFFFE6, "-7"),
    ],
)
def test_packed_numbers(packed: int, value: str) -> None:
    sheet = sheet_of(record(0x027E, "3HI", 0, 0, 0, packed), record(0xBD, "2HHIHIH", 1, 1, 0, packed, 0, packed, 2))
    assert {place: cell.value for place, cell in sheet.cells.items()} == {
        (1, 1): Decimal(value),
        (2, 2): Decimal(value),
        (2, 3): Decimal(value),
    }


def test_an_embedded_chart_does_not_end_its_sheet() -> None:
    inner, outer = record(0x0203, "3Hd", 0, 0, 0, 1.0), record(0x0203, "3Hd", 1, 1, 0, 2.0)
    sheet = sheet_of(begin() + inner + END, outer)
    assert sheet.cells == {(2, 2): biff.Stored(Decimal(2), "number", "0.00")}


def test_a_text_that_is_continued_may_change_its_width() -> None:
    # Three shared texts; the first is parted by a continuation, the second has formatting runs, the third phonetics.
    first = struct.pack("<2IHB", 3, 3, 6, 0) + b"abc"
    rest = b"\1" + "绩效表".encode("utf-16-le")
    second = struct.pack("<HBH", 2, 8, 1) + b"de" + b"\0" * 4
    third = struct.pack("<HBI", 1, 4, 5) + b"f"
    strings = struct.pack("<2H", 0xFC, len(first)) + first + continued(rest + second + third, b"\0" * 5)
    cells = [record(0xFD, "3HI", 0, index, 0, index) for index in range(3)]
    assert [cell.value for cell in sheet_of(*cells, before=strings).cells.values()] == ["abc绩效表", "de", "f"]


def test_a_formulas_text_stands_behind_it() -> None:
    formula = record(0x06, "3H8s", 0, 0, 0, b"\0\0\0\0\0\0\xff\xff")
    text = record(0x0207, "HB2s", 1, 1, "优".encode("utf-16-le"))
    assert sheet_of(formula, text).cells == {(1, 1): biff.Stored("优", "text", "0.00")}


def test_texts_of_excel_95_are_in_the_files_code_page() -> None:
    text = "自评".encode("gbk")
    label = record(0x0204, "4H4s", 0, 0, 0, len(text), text)
    sheet = sheet_of(label, before=record(0x42, "H", 936), version=0x0500)
    assert (sheet.name, sheet.cells[1, 1].value) == ("form", "自评")


@pytest.mark.parametrize(
    "records",
    [
        record(0xFD, "3HI", 0, 0, 0, 7),
        record(0x0203, "3H", 0, 0, 0),
        record(0x0203, "3Hd", 0, 0, 0, float("nan")),
        record(0xE5, "H", 60_000),
        struct.pack("<2H", 0x0203, 60_000),
    ],
)
def test_damaged_records_are_refused(records: bytes) -> None:
    with pytest.raises(biff.BiffError):
        sheet_of(records)


@pytest.mark.parametrize("content", [b"", b"<html><table></table></html>", b"PK\3\4"])
def test_a_file_that_is_no_old_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.xls"
    file.write_bytes(content)
    with pytest.raises(WorkbookError, match=r"x\.xls"):
        xls.read(file)


@pytest.mark.parametrize("length", [100, 600, 2000, 4000, 6000])
def test_a_truncated_workbook_is_refused(tmp_path: Path, length: int) -> None:
    file = tmp_path / "x.xls"
    file.write_bytes(FIGURES.read_bytes()[:length])
    with pytest.raises(WorkbookError, match=r"x\.xls"):
        xls.read(file)


def test_an_encrypted_workbook_is_refused(tmp_path: Path) -> None:
    data = FIGURES.read_bytes()
    content = stream(data, ("workbook",))
    at = data.index(content[:64]) + 4 + struct.unpack_from("<H", content, 2)[0]
    file = tmp_path / "x.xls"
    file.write_bytes(data[:at] + struct.pack("<H", 0x2F) + data[at + 2 :])
    with pytest.raises(WorkbookError, match="加密"):
        xls.read(file)


def test_a_missing_stream_is_an_error() -> None:
    with pytest.raises(CompoundError):
        stream(FIGURES.read_bytes(), ("worddocument",))


def test_a_short_stream_is_read_from_the_mini_stream() -> None:
    properties = stream(FIGURES.read_bytes(), ("\x05summaryinformation",))
    assert properties[:2] == b"\xfe\xff"
    assert len(properties) < 4096


def test_a_continuation_may_part_a_pair_of_surrogates() -> None:
    high, low = "😀".encode("utf-16-le")[:2], "😀".encode("utf-16-le")[2:]
    first = struct.pack("<2IHB", 1, 1, 2, 1) + high
    strings = struct.pack("<2H", 0xFC, len(first)) + first + continued(b"\1" + low)
    assert sheet_of(record(0xFD, "3HI", 0, 0, 0, 0), before=strings).cells[1, 1].value == "😀"
