import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from xltools.errors import WorkbookError
from xltools.sheets import read_book
from xltools.sheets.grid import Area, Cell, Grid
from xltools.sheets.xlsx import read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(
    folder: Path, sheet: str, *, strings: str = "", styles: str = "", more: str = "", office: str = OFFICE
) -> Path:
    """A minimal workbook around hand-written XML."""
    path = folder / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{office}">{more}'
            '<sheets><sheet name="自评表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
            f'<Relationship Id="rId3" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if strings:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        if styles:
            archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>')
    return path


def grid_of(folder: Path, rows: str, **parts: str) -> Grid:
    sheet = rows if rows.startswith("<?xml") or "worksheet" in rows else f"<sheetData>{rows}</sheetData>"
    if "worksheet" not in sheet:
        sheet = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    return read(workbook(folder, sheet, **parts)).grids[0]


def shown(grid: Grid) -> dict[str, str]:
    return {grid.address(*place): cell.text for place, cell in grid.cells.items()}


def test_values_of_a_saved_workbook_come_back(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    sheet.append(["年度资金总额", 620.82, True, date(2021, 3, 5), None, "=B1*2"])
    sheet["B1"].number_format = "0.00"
    sheet["D1"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["A3"].font = openpyxl.styles.Font(bold=True)
    sheet["A4"].number_format = "@"
    sheet.merge_cells("A5:C6")
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["C"].hidden = True
    rule = DataValidation(type="list", formula1='"优,良,中,差"', allow_blank=True, sqref="D2:D9 F1")
    sheet.add_data_validation(rule)
    book.create_sheet("隐藏").sheet_state = "veryHidden"
    path = tmp_path / "book.xlsx"
    book.save(path)

    read_back = read_book(path)
    grid = read_back.grid("自评表")
    assert grid is not None
    assert grid.cells[1, 2] == Cell(1, 2, "620.82", Decimal("620.82"), "number", None, "0.00")
    assert grid.cells[1, 3].raw is True
    assert (grid.cells[1, 4].text, grid.cells[1, 4].raw, grid.cells[1, 4].kind) == (
        "2021年3月5日",
        date(2021, 3, 5),
        "date",
    )
    assert (grid.cells[1, 6].formula, grid.cells[1, 6].kind) == ("=B1*2", "blank")
    assert set(grid.cells) == {(1, 1), (1, 2), (1, 3), (1, 4), (1, 6)}
    assert grid.blank_formats == {(4, 1): "@"}
    assert [grid.number_format(row, 1) for row in (1, 3, 4, 9)] == ["General", "General", "@", "General"]
    assert grid.merges == (Area(5, 1, 6, 3),)
    assert (grid.hidden_rows, grid.hidden_columns) == ({7}, {3})
    assert grid.validations[0].areas == (Area(2, 4, 9, 4), Area(1, 6, 1, 6))
    assert (grid.validations[0].type, grid.validations[0].formula1) == ("list", '"优,良,中,差"')
    assert [sheet.state for sheet in read_back.grids] == ["visible", "veryHidden"]


def test_prefixed_elements_are_read(tmp_path: Path) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="B2:C2"/></x:mergeCells></x:worksheet>'
    )
    grid = grid_of(tmp_path, sheet)
    assert shown(grid) == {"B2": "7"}
    assert grid.merges == (Area(2, 2, 2, 3),)


def test_cells_without_references_follow_each_other(tmp_path: Path) -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="C4"><v>3</v></c><c><v>4</v></c></row>'
    rows += "<row><c><v>5</v></c></row>"
    assert shown(grid_of(tmp_path, rows)) == {"A1": "1", "B1": "2", "C4": "3", "D4": "4", "A5": "5"}


def test_rich_text_is_joined_and_its_reading_left_out(tmp_path: Path) -> None:
    strings = "<si><r><t>评</t></r><r><t xml:space='preserve'> 价</t></r><rPh sb='0' eb='1'><t>ping</t></rPh></si>"
    strings += "<si><t>a_x000D_\nb_x005F_x000D_</t></si>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>9</v></c>'
    rows += (
        '<c r="D1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c></row>'
    )
    texts = shown(grid_of(tmp_path, rows, strings=strings))
    assert texts == {"A1": "评 价", "B1": "a\r\nb_x000D_", "D1": "甲乙"}


def test_every_cell_type_is_understood(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="d"><v>2021-03-05</v></c>'
        '<c r="D1" t="str"><f>A1&amp;""</f><v>字</v></c><c r="E1" t="str"><f>""</f><v></v></c><c r="F1" s="1"/>'
        '<c r="G1"><v><![CDATA[1]]>2<!-- x -->3</v></c></row>'
    )
    cells = grid_of(tmp_path, rows).cells
    kinds = {key[1]: (cell.kind, cell.raw) for key, cell in cells.items()}
    assert kinds == {
        1: ("bool", True),
        2: ("error", "#REF!"),
        3: ("date", date(2021, 3, 5)),
        4: ("text", "字"),
        5: ("blank", None),
        7: ("number", Decimal(123)),
    }
    assert cells[1, 4].formula == '=A1&""'


def test_shared_formulas_read_as_each_cells_own(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1+SUM(A$1:A1)</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>1</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="0"/><v>1</v></c><c r="C3"><f t="array" ref="C3:C4">A1:A2</f></c></row>'
    )
    cells = grid_of(tmp_path, rows).cells
    assert cells[2, 2].formula == "=A2*$A$1+SUM(A$1:A2)"
    assert cells[3, 2].formula == "=A3*$A$1+SUM(A$1:A3)"
    assert cells[3, 3].formula == "=A1:A2"


def test_dates_of_the_1904_system_are_shifted(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>42798</v></c></row>'
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="31"/></cellXfs>'
    grid = grid_of(tmp_path, rows, styles=styles, more='<workbookPr date1904="1"/>')
    assert (grid.cells[1, 1].text, grid.cells[1, 1].raw) == ("2021年3月5日", date(2021, 3, 5))


def test_a_moment_keeps_its_time(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>44260.5</v></c></row>'
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>'
    cell = grid_of(tmp_path, rows, styles=styles).cells[1, 1]
    assert (cell.text, cell.raw) == ("2021/3/5 12:00", datetime(2021, 3, 5, 12))


def test_values_under_a_merged_area_are_kept_and_the_dimension_is_not_believed(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData><row r="1"><c r="A1"><v>1</v></c>'
        '<c r="B1"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
    )
    grid = grid_of(tmp_path, sheet)
    assert grid.cells[1, 2].text == "2"
    assert grid.text(1, 2) == "1"


def test_validations_of_the_2010_extension_are_read(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData/><extLst><ext uri="x">'
        '<x14:dataValidations xmlns:x14="urn:14" xmlns:xm="urn:m"><x14:dataValidation type="list" allowBlank="1">'
        "<x14:formula1><xm:f>选项!$A$1:$A$4</xm:f></x14:formula1><xm:sqref>B2:B9</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst></worksheet>"
    )
    (rule,) = grid_of(tmp_path, sheet).validations
    assert (rule.areas, rule.type, rule.formula1) == ((Area(2, 2, 9, 2),), "list", "选项!$A$1:$A$4")


def test_alternate_content_is_read_as_its_fallback(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x"><c r="A1"><v>1</v></c></mc:Choice><mc:Fallback><c r="A1"><v>2</v></c></mc:Fallback>'
        '</mc:AlternateContent><c r="B1"><v>3</v></c></row>'
    )
    assert shown(grid_of(tmp_path, rows)) == {"A1": "2", "B1": "3"}


def test_strict_workbooks_are_read(tmp_path: Path) -> None:
    office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    sheet = f'<worksheet xmlns="{STRICT}"><sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData></worksheet>'
    assert shown(grid_of(tmp_path, sheet, office=office)) == {"A1": "5"}


def test_names_of_the_workbook_are_read(tmp_path: Path) -> None:
    names = (
        '<definedNames><definedName name="总额">自评表!$B$5</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0">自评表!$A$1:$H$30</definedName></definedNames>'
    )
    path = workbook(tmp_path, f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>', more=names)
    assert read(path).defined_names == {"总额": "自评表!$B$5", "自评表!_xlnm.Print_Area": "自评表!$A$1:$H$30"}


def test_broken_sheet_xml_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, f'<worksheet xmlns="{MAIN}"><sheetData><row>')
    with pytest.raises(WorkbookError, match=r"xl/worksheets/sheet1\.xml"):
        read(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = f'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    with pytest.raises(WorkbookError, match=r"sheet1\.xml"):
        read(workbook(tmp_path, bomb))
