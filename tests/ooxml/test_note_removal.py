import io
from collections.abc import Callable

import openpyxl
from openpyxl.comments import Comment

from xltools.edits import Edit
from xltools.ooxml import archive
from xltools.ooxml.editor import Editor
from xltools.ooxml.note_removal import remove_notes
from xltools.ooxml.package import Package
from xltools.ooxml.workbook import Workbook

Save = Callable[[openpyxl.Workbook], bytes]

MARK = "【标记】"


def notes(data: bytes) -> dict[str, str]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def removed(data: bytes) -> tuple[bytes, frozenset[tuple[int, int]]]:
    package = Package(data)
    parts: dict[str, bytes | None] = {}
    places = remove_notes(package, Workbook(package).sheets[0], MARK, parts)
    return archive.rewritten(data, package.members, parts, ""), places


def with_notes(saved: Save, own: dict[str, str], ours: dict[tuple[int, int], str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cell, text in own.items():
        sheet[cell].comment = Comment(text, "张三")
    edits = [Edit("Sheet", row, column, note=note) for (row, column), note in ours.items()]
    return Editor(saved(book)).apply(edits).data


def test_notes_of_ours_go_and_those_of_others_stay(saved: Save) -> None:
    data = with_notes(saved, {"A1": "甲", "C3": "丙"}, {(2, 2): f"{MARK}错", (3, 3): f"{MARK}也错\n再错"})
    assert set(notes(data)) == {"A1", "B2", "C3"}
    after, places = removed(data)
    assert notes(after) == {"A1": "甲", "C3": "丙"}
    assert places == {(2, 2), (3, 3)}


def test_the_box_of_a_note_goes_with_it(saved: Save) -> None:
    after, _ = removed(with_notes(saved, {}, {(2, 2): f"{MARK}错"}))
    package = Package(after)
    drawing = next(member.name for member in package.members if member.name.endswith(".vml"))
    assert b"ObjectType" not in package.part(drawing)


def test_a_sheet_without_notes_of_ours_keeps_its_bytes(saved: Save) -> None:
    data = with_notes(saved, {"A1": "甲"}, {})
    package = Package(data)
    parts: dict[str, bytes | None] = {}
    assert remove_notes(package, Workbook(package).sheets[0], MARK, parts) == frozenset()
    assert parts == {}


def test_a_text_in_many_runs_is_cut_at_the_mark(saved: Save) -> None:
    data = with_notes(saved, {"A1": "甲"}, {(1, 1): f"{MARK}错"})
    package = Package(data)
    part = next(member.name for member in package.members if "comments" in member.name and member.name.endswith("xml"))
    runs = "".join(
        f'<r><t xml:space="preserve">{text}</t></r>' for text in ("甲方", "意见&#10;【", "标记", "】错 ", "5")
    )
    content = package.part(part)
    start, stop = content.index(b"<text>") + 6, content.index(b"</text>")
    split = content[:start] + runs.encode() + content[stop:]
    after, places = removed(archive.rewritten(data, package.members, {part: split}, ""))
    assert (notes(after), places) == ({"A1": "甲方意见"}, {(1, 1)})
