import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Protection
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from xltools.edits import ConditionalFormat, Edit, Style
from xltools.errors import WorkbookError
from xltools.ooxml.archive import members_of, rewritten
from xltools.ooxml.editor import Editor
from xltools.ooxml.package import Package
from xltools.sheets.grid import Validation
from xltools.sheets.xlsx import book_of

Save = Callable[[openpyxl.Workbook], bytes]

CHAIN = {
    "xl/calcChain.xml": b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
}


def book(*rows: list[object]) -> openpyxl.Workbook:
    new = openpyxl.Workbook()
    sheet = new.active
    sheet.title = "表"
    for row in rows:
        sheet.append(row)
    return new


def shown(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)["表"]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = parts(before), parts(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    return rewritten(data, members_of(data, ""), {name: change(parts(data)[name])}, "")


def set_result(cell: str, value: str) -> Callable[[bytes], bytes]:
    """Give a formula that openpyxl has just written a stored result."""

    def change(sheet: bytes) -> bytes:
        start = sheet.index(f'<c r="{cell}"'.encode())
        head, tail = sheet[:start], sheet[start:]
        return head + tail.replace(b"<v/>", b"<v></v>", 1).replace(b"<v></v>", f"<v>{value}</v>".encode(), 1)

    return change


def test_only_the_edited_sheet_changes(saved: Save) -> None:
    data = saved(book([1, "a"], [2, "b"]))
    outcome = Editor(data).apply([Edit("表", 2, 1, Decimal("2.5")), Edit("表", 4, 3, "新")])
    assert changed(data, outcome.data) == {"xl/worksheets/sheet1.xml"}
    assert outcome.cells == ("表!A2", "表!C4")
    sheet = shown(outcome.data)
    assert (sheet["A1"].value, sheet["A2"].value, sheet["C4"].value) == (1, 2.5, "新")


def test_a_text_that_looks_like_a_formula_stays_a_text(saved: Save) -> None:
    outcome = Editor(saved(book([1]))).apply([Edit("表", 1, 1, "=HYPERLINK(1)")])
    cell = openpyxl.load_workbook(io.BytesIO(outcome.data))["表"]["A1"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_a_date_brings_a_date_format_unless_there_is_one(saved: Save) -> None:
    new = book([1, date(2020, 1, 1)])
    new["表"]["B1"].number_format = "yyyy-mm-dd"
    outcome = Editor(saved(new)).apply([Edit("表", 1, 1, date(2021, 3, 5)), Edit("表", 1, 2, date(2021, 3, 5))])
    sheet = shown(outcome.data)
    assert [cell.number_format for cell in sheet[1]] == ["yyyy/m/d", "yyyy-mm-dd"]
    assert [cell.value.date() for cell in sheet[1]] == [date(2021, 3, 5)] * 2


def test_stored_results_follow_an_edit(saved: Save) -> None:
    new = book([1, "=A1*2"], [5, "=A2*2"])
    new.create_sheet("另").append(["=SUM(表!A1:A2)", '=表!B2&"分"'])
    data = Editor(saved(new)).apply([Edit("表", 1, 1, 1)]).data
    assert shown(data)["B2"].value == 10
    outcome = Editor(data).apply([Edit("表", 1, 1, 3)])
    assert (shown(outcome.data)["B1"].value, outcome.refreshed, outcome.notices) == (6, 2, ())
    other = openpyxl.load_workbook(io.BytesIO(outcome.data), data_only=True)["另"]
    assert (other["A1"].value, other["B1"].value) == (8, "10分")


def test_a_result_that_an_edit_does_not_change_keeps_its_bytes(saved: Save) -> None:
    data = saved(book([1, "=A1*2", "=ROUND(D1,2)", 2.5]))
    # Stored by another program: one to more digits than the engine gives, one wrong.
    data = with_part(data, "xl/worksheets/sheet1.xml", set_result("B1", "2.0000"))
    data = with_part(data, "xl/worksheets/sheet1.xml", set_result("C1", "99"))
    sheet = parts(data)["xl/worksheets/sheet1.xml"]
    after = parts(Editor(data).apply([Edit("表", 1, 5, 7)]).data)["xl/worksheets/sheet1.xml"]
    assert after == sheet.replace(b"</row>", b'<c r="E1"><v>7</v></c></row>')


def test_a_new_formula_carries_its_result(saved: Save) -> None:
    outcome = Editor(saved(book([4]))).apply([Edit("表", 1, 2, formula="=A1*2.5"), Edit("表", 1, 3, formula='B1&"分"')])
    assert [cell.value for cell in shown(outcome.data)[1]] == [4, 10, "10分"]


def test_a_result_that_comes_with_the_formula_stands(saved: Save) -> None:
    outcome = Editor(saved(book([4]))).apply([Edit("表", 1, 2, formula="A1*2", result=Decimal("8.01"))])
    assert shown(outcome.data)["B1"].value == 8.01


def test_a_function_that_the_engine_does_not_know_is_left_to_the_application(saved: Save) -> None:
    data = saved(book([4, "=NOSUCHFUNCTION(A1)", "=B1+1", "=D2"]))
    for cell, value in (("B1", "5"), ("C1", "6"), ("D1", "7")):
        data = with_part(data, "xl/worksheets/sheet1.xml", set_result(cell, value))
    outcome = Editor(data).apply([Edit("表", 1, 1, 9)])
    sheet = shown(outcome.data)
    assert [cell.value for cell in sheet[1]] == [9, None, None, 7]
    assert len(outcome.notices) == 1
    assert b"fullCalcOnLoad" in parts(outcome.data)["xl/workbook.xml"]


def test_where_the_engine_refuses_stale_results_go_and_our_own_stay(
    saved: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved(book([4, "=A1*2", "=D1*2", 1]))
    for cell, value in (("B1", "8"), ("C1", "2")):
        data = with_part(data, "xl/worksheets/sheet1.xml", set_result(cell, value))
    monkeypatch.setattr("xltools.ooxml.editor.engine_results", lambda *_: "no such feature")
    edits = [Edit("表", 1, 1, 5), Edit("表", 2, 1, formula="=A1*3", result=15)]
    outcome = Editor(data).apply(edits)
    sheet = shown(outcome.data)
    assert [sheet[cell].value for cell in ("B1", "C1", "A2")] == [None, 2, 15]
    assert "no such feature" in outcome.notices[0]


def test_a_wrong_dimension_does_not_keep_the_engine_from_its_work(saved: Save) -> None:
    data = saved(book([1, "=A1*2"]))
    wrong = with_part(
        data,
        "xl/worksheets/sheet1.xml",
        lambda sheet: sheet.replace(b'<dimension ref="A1:B1"/>', b'<dimension ref="A1"/>'),
    )
    outcome = Editor(wrong).apply([Edit("表", 1, 1, 4)])
    assert (shown(outcome.data)["B1"].value, outcome.notices) == (8, ())
    assert b'<dimension ref="A1"/>' in parts(outcome.data)["xl/worksheets/sheet1.xml"]


def with_chain(data: bytes) -> bytes:
    old = parts(data)
    types = old["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
    )
    links = old["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", b'<Relationship Id="rId99" Type="x/calcChain" Target="calcChain.xml"/></Relationships>'
    )
    changes: dict[str, bytes | None] = {**CHAIN, "[Content_Types].xml": types, "xl/_rels/workbook.xml.rels": links}
    return rewritten(data, members_of(data, ""), changes, "")


def test_the_calculation_chain_goes_with_a_formula_and_only_then(saved: Save) -> None:
    plain = saved(book([1, "=A1"]))
    data = with_chain(plain)
    kept = Editor(data).apply([Edit("表", 1, 1, 2), Edit("表", 1, 3, formula="=A1")]).data
    assert "xl/calcChain.xml" in parts(kept)
    gone = parts(Editor(data).apply([Edit("表", 1, 2, 2)]).data)
    assert "xl/calcChain.xml" not in gone
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        assert gone[name] == parts(plain)[name]


def test_looks_rules_and_notes_are_added(saved: Save) -> None:
    new = book(["优"])
    new["表"]["A1"].comment = Comment("旧", "张三")
    edits = [
        Edit("表", 1, 1, style=Style(fill="FFC7CE"), note="新"),
        Edit("表", 2, 1, note="二", validation=Validation((), "list", None, '"优,良,中,差"', None)),
        Edit("表", 3, 1, conditional_format=ConditionalFormat("A3>100", fill="FF0000")),
    ]
    outcome = Editor(saved(new)).apply(edits)
    sheet = shown(outcome.data)
    assert sheet["A1"].value == "优"
    assert sheet["A1"].fill.fgColor.rgb == "FFFFC7CE"
    assert (sheet["A1"].comment.text, sheet["A2"].comment.text) == ("旧\n新", "二")
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["A2"]
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["A3"]


def test_first_notes_of_a_workbook_bring_their_parts(saved: Save) -> None:
    data = saved(book([1]))
    outcome = Editor(data).apply([Edit("表", 1, 1, note="看")])
    assert changed(data, outcome.data) == {
        "[Content_Types].xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/worksheets/sheet1.xml",
    }


def refusal(data: bytes, edit: Edit, **options: bool) -> str:
    with pytest.raises(WorkbookError) as caught:
        Editor(data).apply([edit], **options)
    return str(caught.value)


def test_a_covered_cell_is_refused_and_its_visible_one_named(saved: Save) -> None:
    new = book([1])
    new["表"].merge_cells("B2:C3")
    data = saved(new)
    assert "B2" in refusal(data, Edit("表", 3, 3, 1))
    assert shown(Editor(data).apply([Edit("表", 2, 2, 1), Edit("表", 3, 3, None)]).data)["B2"].value == 1


def test_a_cell_of_an_array_formula_is_refused(saved: Save) -> None:
    new = book([1, 2])
    new["表"]["C1"] = ArrayFormula("C1:C3", "=A1:B1*2")
    data = saved(new)
    assert "C1:C3" in refusal(data, Edit("表", 2, 3, 1))
    assert "C1:C3" in refusal(data, Edit("表", 1, 3, None))


def test_the_title_row_of_a_table_is_refused(saved: Save) -> None:
    new = book(["甲", "乙"], [1, 2])
    new["表"].add_table(Table(displayName="T", ref="A1:B2"))
    data = saved(new)
    refusal(data, Edit("表", 1, 2, "丙"))
    assert shown(Editor(data).apply([Edit("表", 2, 2, 9)]).data)["B2"].value == 9


def test_a_locked_cell_is_refused_unless_unlocked(saved: Save) -> None:
    new = book([1, 2])
    new["表"].protection.sheet = True
    new["表"]["B1"].protection = Protection(locked=False)
    data = saved(new)
    assert "A1" in refusal(data, Edit("表", 1, 1, 5))
    assert shown(Editor(data).apply([Edit("表", 1, 2, 5)]).data)["B1"].value == 5
    assert shown(Editor(data).apply([Edit("表", 1, 1, 5)], unlock=True).data)["A1"].value == 5


def test_a_signed_workbook_is_refused_unless_forced(saved: Save) -> None:
    data = saved(book([1]))
    signed = rewritten(data, members_of(data, ""), {"_xmlsignatures/sig1.xml": b"<Signature/>"}, "")
    refusal(signed, Edit("表", 1, 1, 5))
    outcome = Editor(signed).apply([Edit("表", 1, 1, 5)], force=True)
    assert shown(outcome.data)["A1"].value == 5
    assert len(outcome.notices) == 1


def test_macros_and_their_signature_stay_as_they_are(saved: Save) -> None:
    data = saved(book([1]))
    macros: dict[str, bytes | None] = {"xl/vbaProject.bin": b"\1\2", "xl/vbaProjectSignature.bin": b"\3"}
    data = rewritten(data, members_of(data, ""), macros, "")
    assert changed(data, Editor(data).apply([Edit("表", 1, 1, 5)]).data) == {"xl/worksheets/sheet1.xml"}


def test_a_cell_of_a_pivot_table_is_refused(saved: Save) -> None:
    data = saved(book([1, 2]))
    place = b'<location ref="C3:D9"/>'
    pivot: dict[str, bytes | None] = {
        "xl/worksheets/_rels/sheet1.xml.rels": b'<Relationships xmlns="p"><Relationship Id="rId1" Type="x/pivotTable"'
        b' Target="../pivotTables/pivotTable1.xml"/></Relationships>',
        "xl/pivotTables/pivotTable1.xml": b'<pivotTableDefinition xmlns="m">%s</pivotTableDefinition>' % place,
    }
    data = rewritten(data, members_of(data, ""), pivot, "")
    refusal(data, Edit("表", 4, 3, 1))
    assert Editor(data).apply([Edit("表", 1, 1, 5)]).cells == ("表!A1",)


def test_a_strict_workbook_is_edited(saved: Save) -> None:
    data = saved(book([1, "a"]))
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ordinary = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    changes: dict[str, bytes | None] = {
        name: content.replace(ordinary.encode(), strict.encode()) for name, content in parts(data).items()
    }
    data = rewritten(data, members_of(data, ""), changes, "")
    outcome = Editor(data).apply([Edit("表", 1, 1, 5), Edit("表", 2, 1, "新")])
    grid = book_of(Package(outcome.data)).grids[0]
    assert (grid.text(1, 1), grid.text(1, 2), grid.text(2, 1)) == ("5", "a", "新")
    refusal(data, Edit("表", 1, 1, note="看"))


def test_an_unknown_sheet_is_refused_with_those_that_are_there(saved: Save) -> None:
    assert "表" in refusal(saved(book([1])), Edit("无", 1, 1, 1))


def test_a_sheet_in_another_encoding_is_refused(saved: Save) -> None:
    data = with_part(
        saved(book([1])),
        "xl/worksheets/sheet1.xml",
        lambda sheet: ('<?xml version="1.0" encoding="utf-16"?>' + sheet.decode()).encode("utf-16"),
    )
    assert "sheet1.xml" in refusal(data, Edit("表", 1, 1, 1))


def test_a_cell_beyond_the_sheet_is_refused(saved: Save) -> None:
    refusal(saved(book([1])), Edit("表", 1_048_577, 1, 1))


def test_one_editor_serves_many_units(saved: Save) -> None:
    editor = Editor(saved(book([1, "=A1*2"])))
    results = [shown(editor.apply([Edit("表", 1, 1, number)]).data)["B1"].value for number in (3, 5, 7)]
    assert results == [6, 10, 14]
    assert shown(editor.apply([]).data)["A1"].value == 1


def test_an_engine_that_is_kept_gives_the_same_bytes_as_a_new_one(saved: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    new = book([1, "=A1*2", "x", True, "=SUM(A1:A9)/0"], [2, '=IF(A2>5,"高",B1&C1)', None, "=D1", "=LEN(C2)&A3"])
    data = Editor(saved(new)).apply([Edit("表", 9, 9, 1)]).data
    editor = Editor(data)
    units = [
        [Edit("表", 1, 1, 5), Edit("表", 1, 3, "字")],
        [Edit("表", 2, 1, 7), Edit("表", 2, 3, "=a")],
        [Edit("表", 1, 4, None)],
    ]
    expected = [Editor(data).apply(edits).data for edits in units]
    assert [editor.apply(edits).data for edits in units] == expected

    def recalculate(*_: object) -> str:
        raise AssertionError("the whole workbook was recalculated")

    monkeypatch.setattr("xltools.ooxml.editor.engine_results", recalculate)
    assert [editor.apply(edits).data for edits in reversed(units)] == expected[::-1]


def test_sheet_names_match_in_any_case(saved: Save) -> None:
    new = book([1])
    new.create_sheet("Data")
    outcome = Editor(saved(new)).apply([Edit("DATA", 1, 1, 5)])
    assert openpyxl.load_workbook(io.BytesIO(outcome.data))["Data"]["A1"].value == 5
