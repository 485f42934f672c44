"""Rows put in and taken out the way a person would."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from xltools.errors import WorkbookError
from xltools.ooxml.rows import insert_rows, remove_rows

Saved = Callable[[openpyxl.Workbook], bytes]


@pytest.fixture
def book() -> openpyxl.Workbook:
    """Rows 2 to 4 are a table, row 5 its total, row 7 a line below; a second sheet reads the first."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "表 一"
    sheet["A1"] = "名称"
    for row in (2, 3, 4):
        sheet.cell(row, 1, f"行{row}").font = Font(bold=row == 4)
        sheet.cell(row, 2, row)
        sheet.cell(row, 3, f"=B{row}*$B$5")
    sheet.row_dimensions[4].height = 33
    sheet["B5"] = "=SUM(B2:B4)"
    sheet["B6"] = "=B5+B4"
    sheet["A7"] = "下面"
    sheet.merge_cells("D2:D4")
    sheet.merge_cells("E4:F4")
    sheet.merge_cells("A7:C7")
    other = made.create_sheet("别表")
    other["A1"] = "=SUM('表 一'!B2:B4)"
    other["A2"] = "='表 一'!A7&\"B7 '表 一'!A7\""
    other["A3"] = "=B7"
    return made


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def merges(sheet: object) -> set[str]:
    return {str(area) for area in sheet.merged_cells.ranges}  # type: ignore[attr-defined]


def test_formulas_totals_and_other_sheets_follow_new_rows(book: openpyxl.Workbook, saved: Saved) -> None:
    made = opened(insert_rows(saved(book), "表 一", 4, 2))
    sheet, other = made["表 一"], made["别表"]
    assert sheet["B7"].value == "=SUM(B2:B6)"
    assert sheet["B8"].value == "=B7+B4"
    assert sheet["A9"].value == "下面"
    assert other["A1"].value == "=SUM('表 一'!B2:B6)"
    assert other["A2"].value == "='表 一'!A9&\"B7 '表 一'!A7\""
    assert other["A3"].value == "=B7"


def test_new_rows_look_like_the_one_above_and_carry_its_formulas(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = opened(insert_rows(saved(book), "表 一", 4, 2))["表 一"]
    for row in (5, 6):
        assert sheet.cell(row, 1).value is None
        assert sheet.cell(row, 1).font.bold
        assert sheet.row_dimensions[row].height == 33
        assert sheet.cell(row, 3).value == f"=B{row}*$B$7"


def test_merges_stretch_move_and_repeat(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = opened(insert_rows(saved(book), "表 一", 4, 1, joined=(1, 4)))["表 一"]
    assert merges(sheet) == {"D2:D5", "E4:F4", "E5:F5", "A8:C8", "A4:A5"}


def test_rules_names_and_the_print_area_follow(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = book.worksheets[0]
    rule = DataValidation("decimal", operator="between", formula1="0", formula2="$B$5")
    rule.add("B2:B4")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("C4", FormulaRule(formula=["C4>$B$6"], font=Font(bold=True)))
    sheet.print_area = "A1:F7"
    book.defined_names["合计"] = DefinedName("合计", attr_text="'表 一'!$B$5")
    made = opened(insert_rows(saved(book), "表 一", 4, 2))
    sheet = made["表 一"]
    validation = sheet.data_validations.dataValidation[0]
    assert (str(validation.sqref), validation.formula2) == ("B2:B6", "$B$7")
    (formatted,) = sheet.conditional_formatting
    assert str(formatted.sqref) == "C4:C6"
    assert formatted.rules[0].formula == ["C4>$B$8"]
    assert sheet.print_area == "'表 一'!$A$1:$F$9"
    assert made.defined_names["合计"].attr_text == "'表 一'!$B$7"


def test_drawings_charts_and_notes_move_with_their_rows(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = book.worksheets[0]
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=4))
    sheet.add_chart(chart, "A9")
    sheet["A7"].comment = Comment("说明", "某人")
    made = insert_rows(saved(book), "表 一", 4, 2)
    parts = zipfile.ZipFile(io.BytesIO(made))
    assert b"<row>10</row>" in parts.read("xl/drawings/drawing1.xml").replace(b"xdr:", b"")
    assert b"$B$2:$B$6" in parts.read("xl/charts/chart1.xml")
    reopened = opened(made)["表 一"]
    assert reopened["A9"].comment is not None
    assert reopened["A7"].comment is None


def test_shared_formulas_are_written_out(book: openpyxl.Workbook, saved: Saved) -> None:
    data = saved(book)
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<f>B2*$B$5</f>", b'<f t="shared" ref="C2:C4" si="0">B2*$B$5</f>')
                for row in (b"3", b"4"):
                    part = part.replace(b"<f>B" + row + b"*$B$5</f>", b'<f t="shared" si="0"/>')
            changed.writestr(name, part)
    sheet = opened(insert_rows(target.getvalue(), "表 一", 3, 1))["表 一"]
    assert [sheet.cell(row, 3).value for row in (2, 3, 4, 5)] == ["=B2*$B$6", "=B3*$B$6", "=B4*$B$6", "=B5*$B$6"]


def test_removed_rows_shrink_ranges_and_pull_up_what_is_below(book: openpyxl.Workbook, saved: Saved) -> None:
    made = opened(remove_rows(saved(book), "表 一", 3, 3))
    sheet = made["表 一"]
    assert [sheet.cell(row, 1).value for row in (2, 3, 6)] == ["行2", "行4", "下面"]
    assert sheet["B4"].value == "=SUM(B2:B3)"
    assert sheet["B5"].value == "=B4+B3"
    assert merges(sheet) == {"D2:D3", "E3:F3", "A6:C6"}
    assert made["别表"]["A1"].value == "=SUM('表 一'!B2:B3)"


def test_rules_of_removed_rows_go_with_them_and_the_others_stay(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = book.worksheets[0]
    for area in ("B3", "B2:B4"):
        rule = DataValidation("decimal", operator="between", formula1="0", formula2="9", prompt="大于 > 小于")
        rule.add(area)
        sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("C3", FormulaRule(formula=["C3>1"], font=Font(bold=True)))
    sheet.conditional_formatting.add("C2:C4", FormulaRule(formula=["C2>1"], font=Font(bold=True)))
    sheet["A3"].hyperlink = "https://example.org/"
    made = opened(remove_rows(saved(book), "表 一", 3, 3))["表 一"]
    assert [str(rule.sqref) for rule in made.data_validations.dataValidation] == ["B2:B3"]
    assert [str(each.sqref) for each in made.conditional_formatting] == ["C2:C3"]
    assert made["A3"].hyperlink is None


def test_a_row_that_a_formula_needs_is_not_removed(book: openpyxl.Workbook, saved: Saved) -> None:
    with pytest.raises(WorkbookError, match="B6"):
        remove_rows(saved(book), "表 一", 4, 4)


def test_what_cannot_be_moved_surely_is_refused(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = book.worksheets[0]
    sheet["A10"], sheet["B10"], sheet["A11"], sheet["B11"] = "甲", "乙", 1, 2
    sheet.add_table(Table(displayName="清单", ref="A10:B11"))
    with pytest.raises(WorkbookError, match="表格"):
        insert_rows(saved(book), "表 一", 4, 1)


def test_putting_rows_in_and_taking_them_out_again_gives_the_same_sheet(book: openpyxl.Workbook, saved: Saved) -> None:
    data = saved(book)
    back = opened(remove_rows(insert_rows(data, "表 一", 3, 3), "表 一", 4, 6))
    before = opened(data)
    for sheet in before.worksheets:
        assert merges(back[sheet.title]) == merges(sheet)
        for row in sheet.iter_rows():
            for cell in row:
                assert back[sheet.title][cell.coordinate].value == cell.value


def test_untouched_members_stay_identical(book: openpyxl.Workbook, saved: Saved) -> None:
    data = saved(book)
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, insert_rows(data, "表 一", 4, 1)))
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
