"""Workbooks for reading, as files, and how a reading is held against its file."""

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

from tests.corpus.build import FORMS, load, write_xlsx
from tests.live.compared import differences
from xltools.checking import check, check_book
from xltools.forms import recognise
from xltools.sheets import read_book
from xltools.sheets.grid import Book

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
SHIPPED = sorted(WORKBOOKS.glob("*/*.xlsx"))
CORPUS = [path.stem for path in sorted(FORMS.glob("*.md")) if "xlsx" in load(path).formats]


def written(stem: str, folder: Path) -> Path:
    target = folder / f"{stem}.xlsx"
    write_xlsx(load(FORMS / f"{stem}.md"), target)
    return target


def same_reading(live: Book, path: Path, *, respelt: bool = False) -> None:
    """The same evaluations, and the same findings about them."""
    file = read_book(path)
    live = replace(live, path=file.path)
    assert differences(live, file, respelt=respelt) == []
    assert recognise(live).evaluations == recognise(file).evaluations
    found, wanted = check_book(live, str(path)), check(path).files
    assert [report.findings for report in found] == [report.findings for report in wanted]
    assert [report.not_checked for report in found] == [report.not_checked for report in wanted]


def of_every_sort(folder: Path, *, formulas: bool = True) -> Path:
    """A workbook with every kind of value, and looks of all sorts; its formulas have no stored results."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "各 种"
    rows: tuple[tuple[Any, str], ...] = (
        ("文字", "General"),
        ("两行\n文字", "General"),
        (12345.678, "#,##0.00"),
        (0.256, "0.0%"),
        (-3, "General"),
        (1e-7, "General"),
        (123456789012, "0"),
        (True, "General"),
        (False, "General"),
        (datetime(2021, 12, 31), "yyyy-mm-dd"),
        (datetime(2021, 12, 31), "mm-dd-yy"),
        (datetime(2021, 12, 31, 8, 30), 'yyyy"年"m"月"d"日" h:mm'),
        (time(8, 30), "h:mm"),
        (1.5, "[h]:mm"),
        ("007", "@"),
        ("12", "General"),
        (5, '"第"0"名"'),
        (0.5, "0.00_);(0.00)"),
        (None, "0.00"),
        (None, "@"),
    )
    for row, (value, code) in enumerate(rows, 3):
        sheet.cell(row, 2, value).number_format = code
    sheet["C3"] = "=100%"
    sheet["C3"].data_type = "s"
    sheet["C4"] = "'引号"
    sheet["C5"] = "#N/A"
    sheet["C6"] = "#DIV/0!"
    if formulas:
        sheet["C7"] = "=1+1"
    sheet["D3"].protection = Protection(locked=False)
    sheet.merge_cells("E3:F4")
    sheet.merge_cells("E5:E9")
    sheet.merge_cells("F5:F6")
    sheet["E3"] = "合并"
    sheet.row_dimensions[6].hidden = True
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.protection.sheet = True
    other = book.create_sheet("藏")
    other.sheet_state = "hidden"
    if formulas:
        other["A1"] = "='各 种'!B5*2"
        other["A2"] = "=SUM(金额)"
    other.auto_filter.ref = "A1:B9"
    book.defined_names["金额"] = DefinedName("金额", attr_text="'各 种'!$B$5:$B$7")
    path = folder / "sorts.xlsx"
    book.save(path)
    return path


def guarded(tmp_path: Path) -> Path:
    """A workbook with rules of every sort, some with references that move along."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in range(1, 31):
        for column in range(1, 7):
            sheet.cell(row, column, row)
    rules = (
        ("A2:A20", {"type": "list", "formula1": '"完成,""未""完成"'}),
        ("B2:B20", {"type": "decimal", "operator": "lessThanOrEqual", "formula1": "A2"}),
        ("C2:C9 C12:C20 E2:E9", {"type": "custom", "formula1": "AND(C2>=0,C2<=$A$1)"}),
        ("D5", {"type": "date", "operator": "between", "formula1": "44197", "formula2": "44561"}),
        ("D6:D9", {"type": "whole", "operator": "notEqual", "formula1": "0", "errorStyle": "warning"}),
        ("D10:D40", {"type": "textLength", "operator": "lessThan", "formula1": "20", "allow_blank": False}),
        ("F2:F3", {"type": "list", "formula1": "$A$1:$A$5", "promptTitle": "注意", "prompt": "请选择"}),
        ("F4:F30", {"type": "list", "formula1": "A$1:A$5", "showErrorMessage": False}),
    )
    for areas, attributes in rules:
        given: dict[str, Any] = {"allow_blank": True, "showErrorMessage": True, "errorTitle": "错", "error": "不行"}
        rule = DataValidation(**(given | attributes))
        for area in areas.split():
            rule.add(area)
        sheet.add_data_validation(rule)
    path = tmp_path / "guarded.xlsx"
    book.save(path)
    return path


def with_array(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, value in enumerate((1, 2, 3), 1):
        sheet.cell(row, 1, value)
    sheet["B1"] = ArrayFormula("B1:B3", "=A1:A3*2")
    sheet["C1"] = "=SUM(B1:B3)"
    path = folder / "array.xlsx"
    book.save(path)
    return path


def formulas_of(book: Book) -> dict[tuple[int, int], str]:
    return {place: cell.formula for place, cell in book.grids[0].cells.items() if cell.formula}
