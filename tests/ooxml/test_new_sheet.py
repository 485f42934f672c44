import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from xltools.errors import WorkbookError
from xltools.ooxml import archive
from xltools.ooxml.markup import parse
from xltools.ooxml.new_sheet import NewCell, NewRow, NewSheet, Parts, add_sheet, free_name, location, remove_sheet
from xltools.ooxml.package import Package
from xltools.ooxml.styles_splice import Look
from xltools.ooxml.workbook import Workbook
from xltools.sheets.grid import Area
from xltools.sheets.xlsx import book_of

Save = Callable[[openpyxl.Workbook], bytes]

PLAIN = Look()


def sheet(*texts: str, name: str = "检查结果", link: str | None = None) -> NewSheet:
    rows = [NewRow([NewCell(1, text, PLAIN, link)]) for text in texts]
    return NewSheet(name, [20], rows, frozen=1, filtered=Area(1, 1, len(rows), 1), names={"ours": "$A$1"})


def two_sheets() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "封面"
    form = book.create_sheet("自评表")
    form["B2"] = 12.5
    form.print_title_rows = "1:2"
    form.auto_filter.ref = "A1:C5"
    first.print_area = "A1:B2"
    book.defined_names["全表"] = DefinedName("全表", attr_text="自评表!$A$1")
    book.active = 1
    form.sheet_view.tabSelected = True
    return book


def added(data: bytes, new: NewSheet) -> bytes:
    workbook = Workbook(Package(data))
    parts: Parts = {}
    add_sheet(workbook, new, parts)
    return archive.rewritten(data, workbook.package.members, parts, "")


def removed(data: bytes, name: str) -> bytes:
    workbook = Workbook(Package(data))
    parts: Parts = {}
    remove_sheet(workbook, name, parts)
    return archive.rewritten(data, workbook.package.members, parts, "")


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_sheet_comes_first_and_is_shown_first(saved: Save) -> None:
    book = openpyxl.load_workbook(io.BytesIO(added(saved(two_sheets()), sheet("一", "二"))))
    assert book.sheetnames == ["检查结果", "封面", "自评表"]
    assert book.active is book.worksheets[0]
    assert [bool(one.sheet_view.tabSelected) for one in book.worksheets] == [True, False, False]
    assert [book.worksheets[0].cell(row, 1).value for row in (1, 2)] == ["一", "二"]
    assert book.worksheets[0].freeze_panes == "A2"
    assert book.worksheets[0].auto_filter.ref == "A1:A2"


def test_names_of_single_sheets_stay_with_their_sheets(saved: Save) -> None:
    data = added(saved(two_sheets()), sheet("一"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book["自评表"].print_title_rows == "$1:$2"
    assert book["封面"].print_area == "'封面'!$A$1:$B$2"
    assert book["检查结果"].print_title_rows == "$1:$1"
    assert book.defined_names["全表"].attr_text == "自评表!$A$1"
    workbook = Workbook(Package(data))
    assert workbook.defined_names["自评表!_xlnm._FilterDatabase"] == "'自评表'!$A$1:$C$5"
    assert workbook.defined_names["检查结果!_xlnm._FilterDatabase"] == "'检查结果'!$A$1:$A$1"


def test_every_member_that_need_not_change_keeps_its_bytes(saved: Save) -> None:
    before = saved(two_sheets())
    after = added(before, sheet("一"))
    old, new = members(before), members(after)
    changed = {name for name in old if new[name] != old[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        # It was the sheet that is shown first.
        "xl/worksheets/sheet2.xml",
    }
    assert new["xl/worksheets/sheet2.xml"] == old["xl/worksheets/sheet2.xml"].replace(b' tabSelected="1"', b"")
    assert new.keys() - old.keys() == {"xl/worksheets/sheet3.xml"}


def test_old_cell_styles_keep_their_numbers(saved: Save) -> None:
    before = saved(two_sheets())
    look = Look(bold=True, fill="FFC8CE", border=True)
    after = added(before, NewSheet("新", [10], [NewRow([NewCell(1, "甲", look)])]))
    old, new = (parse(members(data)["xl/styles.xml"]).child("cellXfs") for data in (before, after))
    assert old is not None
    assert new is not None
    assert [each.attributes for each in new.children[: len(old.children)]] == [each.attributes for each in old.children]
    cell = openpyxl.load_workbook(io.BytesIO(after))["新"]["A1"]
    assert cell.font.b
    assert cell.fill.fgColor.rgb == "FFFFC8CE"


def test_hostile_texts_come_out_as_they_went_in(saved: Save) -> None:
    texts = ["<甲>&\"乙\"'丙'", "=1+1", "控制\x01符\x0b", " 空格 ", "_x0041_", "第一行\n第二行"]
    grid = book_of(Package(added(saved(two_sheets()), sheet(*texts)))).grids[0]
    assert [grid.cells[row, 1].raw for row in range(1, len(texts) + 1)] == texts
    assert all(cell.formula is None for cell in grid.cells.values())


def test_a_text_is_cut_to_what_a_cell_can_hold(saved: Save) -> None:
    grid = book_of(Package(added(saved(two_sheets()), sheet("长" * 40_000, "😀" * 20_000)))).grids[0]
    assert len(grid.cells[1, 1].text) == 32_767
    assert len(grid.cells[2, 1].text.encode("utf-16-le")) // 2 == 32_766


@pytest.mark.parametrize("name", ["O'Brien & <甲>", "表 1", '引"号', "A1"])
def test_a_link_leads_to_a_cell_of_any_sheet_name(saved: Save, name: str) -> None:
    book = two_sheets()
    book.worksheets[1].title = name
    data = added(saved(book), sheet("看", link=location(name, "D9")))
    link = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A1"].hyperlink
    owner, _, cell = link.location.rpartition("!")
    assert (owner[1:-1].replace("''", "'"), cell) == (name, "D9")


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free_name("检查结果", ["封面"]) == "检查结果"
    assert free_name("检查结果", ["检查结果"]) == "检查结果 (2)"
    assert free_name("Findings", ["FINDINGS", "findings (2)"]) == "Findings (3)"
    assert free_name("长" * 31, ["长" * 31]) == "长" * 27 + " (2)"


def test_a_removed_sheet_leaves_the_workbook_as_it_was(saved: Save) -> None:
    before = saved(two_sheets())
    after = removed(added(before, sheet("一")), "检查结果")
    old, new = openpyxl.load_workbook(io.BytesIO(before)), openpyxl.load_workbook(io.BytesIO(after))
    assert new.sheetnames == old.sheetnames
    assert new["自评表"].print_title_rows == "$1:$2"
    assert list(new.defined_names) == ["全表"]
    assert members(after).keys() == members(before).keys()
    assert members(after)["[Content_Types].xml"] == members(before)["[Content_Types].xml"]


def test_a_workbook_with_prefixes_takes_a_sheet(saved: Save) -> None:
    data = saved(two_sheets())
    package = Package(data)
    main = package.part("xl/workbook.xml").decode()
    for name in ("workbook", "workbookPr", "sheets", "sheet", "bookViews", "workbookView", "definedNames", "calcPr"):
        main = main.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
        main = main.replace(f"</{name}>", f"</x:{name}>").replace(f"<{name}/>", f"<x:{name}/>")
    main = main.replace("<definedName ", "<x:definedName ").replace("</definedName>", "</x:definedName>")
    main = main.replace("xmlns=", "xmlns:x=", 1)
    prefixed = archive.rewritten(data, package.members, {"xl/workbook.xml": main.encode()}, "")
    assert Workbook(Package(prefixed)).all_sheet_names == ("封面", "自评表")
    workbook = Workbook(Package(added(prefixed, sheet("一"))))
    assert workbook.all_sheet_names == ("检查结果", "封面", "自评表")
    assert workbook.defined_names["自评表!_xlnm.Print_Titles"] == "'自评表'!$1:$2"


def test_a_strict_workbook_is_refused(saved: Save) -> None:
    data = saved(two_sheets())
    package = Package(data)
    main = package.part("xl/workbook.xml")
    strict = main.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    with pytest.raises(WorkbookError):
        added(archive.rewritten(data, package.members, {"xl/workbook.xml": strict}, ""), sheet("一"))
