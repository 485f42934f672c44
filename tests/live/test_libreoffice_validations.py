"""Data validation and conditional formats on a real LibreOffice."""

import datetime as dt
from typing import Any

import pytest

from tests.live.blank import blank_sheet  # noqa: F401  a fixture

OPERATORS = [
    "between",
    "not_between",
    "equal_to",
    "not_equal_to",
    "greater_than",
    "less_than",
    "greater_than_or_equal",
    "less_than_or_equal",
]


def test_a_list_of_texts(sheet: Any) -> None:
    validation = sheet["A1:A5"].data_validation
    assert (validation.type, validation.source, validation.ignore_blank) == ("none", None, None)
    validation.set_list(["优", '良"好"', 3, True])
    assert (validation.type, validation.source) == ("list", '优,良"好",3,TRUE')
    assert (validation.in_cell_dropdown, validation.ignore_blank, validation.show_error) == (True, True, True)
    assert (validation.alert_style, validation.operator, validation.formula1) == ("stop", None, None)
    assert sheet["A3"].data_validation.source == '优,良"好",3,TRUE'
    validation.set_list(["a"], in_cell_dropdown=False)
    assert (validation.source, validation.in_cell_dropdown) == ("a", False)


def test_a_list_from_cells_and_from_a_name(sheet: Any) -> None:
    other = sheet.book.sheets.add("My Sheet", after=sheet)
    sheet["A1:A5"].data_validation.set_list(other["B1:B3"])
    assert sheet["A1"].data_validation.source == "='My Sheet'!$B$1:$B$3"
    assert sheet["A4"].data_validation.source == "='My Sheet'!$B$1:$B$3"
    other["B1:B3"].name = "choices"
    sheet["C1"].data_validation.set_list(sheet.book.names["choices"])
    assert sheet["C1"].data_validation.source == "=choices"


@pytest.mark.parametrize("operator", OPERATORS)
def test_numbers_are_compared(sheet: Any, operator: str) -> None:
    two = "between" in operator
    validation = sheet["B2:B9"].data_validation
    validation.set_decimal(operator, 0, 100.5 if two else None)
    assert (validation.type, validation.operator, validation.formula1) == ("decimal", operator, "=0")
    assert validation.formula2 == ("=100.5" if two else None)
    validation.set_whole_number(operator, "=MAX($A$1,CEILING(A2,2))", "=D2*50%" if two else None)
    assert (validation.type, validation.formula1) == ("whole_number", "=MAX($A$1,CEILING(A2,2))")
    assert sheet["B4"].data_validation.formula1 == "=MAX($A$1,CEILING(A4,2))"


def test_the_other_types(sheet: Any) -> None:
    validation = sheet["A1"].data_validation
    validation.set_date("greater_than", dt.date(2021, 1, 1))
    assert (validation.type, validation.formula1) == ("date", "=DATE(2021,1,1)")
    validation.set_time("less_than", dt.time(12, 30))
    assert (validation.type, validation.formula1) == ("time", "=TIME(12,30,0)")
    validation.set_text_length("less_than_or_equal", 255)
    assert (validation.type, validation.formula1) == ("text_length", "=255")
    validation.set_custom("=AND(A1>0,LEN(A1)<5)")
    assert (validation.type, validation.formula, validation.operator) == ("custom", "=AND(A1>0,LEN(A1)<5)", None)
    validation.delete()
    assert validation.type == "none"
    assert sheet["A1"].api.getPropertyState("Validation").value == "DEFAULT_VALUE"


def test_what_the_user_is_told_stays_when_the_rule_changes(sheet: Any) -> None:
    cells = sheet["A1:A3"]
    cells.data_validation.set_whole_number("between", 1, 5)
    told = cells.data_validation.api
    told.InputTitle, told.InputMessage, told.ShowInputMessage = "标题", "请填 1 到 5", True
    told.ErrorTitle, told.ErrorMessage, told.ShowErrorMessage = "错误", "超出范围", True
    from xltools.live.libreoffice.bridge import enum

    told.ErrorAlertStyle = enum("sheet.ValidationAlertStyle", "WARNING")
    cells.api.Validation = told
    cells.data_validation.set_list(["a", "b"])
    validation = sheet["A2"].data_validation
    assert (validation.input_title, validation.input_message, validation.show_input) == ("标题", "请填 1 到 5", True)
    assert (validation.error_title, validation.error_message, validation.show_error) == ("错误", "超出范围", True)
    assert validation.alert_style == "warning"


def test_cells_that_differ_are_told_apart(sheet: Any) -> None:
    from xlwings import XlwingsError

    sheet["A1:A2"].data_validation.set_list(["a"])
    assert sheet["A1:A3"].data_validation.type == "mixed_criteria"
    sheet["A3"].data_validation.set_list(["b"])
    both = sheet["A1:A3"].data_validation
    assert (both.type, both.source, both.ignore_blank) == ("inconsistent", None, None)
    with pytest.raises(XlwingsError, match="different"):
        both.set_list(["c"])
    both.delete()
    assert both.type == "none"


def test_conditions_are_added_changed_and_deleted(sheet: Any) -> None:
    sheet["A1"].value = [[1], [5], [9]]
    sheet["B1"].color = (1, 2, 3)
    formats = sheet["A1:A3"].conditional_formats
    assert len(formats) == 0
    first = formats.add_cell_value("between", 2, "=$B$1+CEILING(6,2)", fill_color="#ffff00", font_bold=True)
    second = sheet["A2:A9"].conditional_formats.add_custom('=IF(A2="x",TRUE,A2>7)', font_color=(255, 0, 0))
    assert [each.type for each in formats] == ["cell_value", "custom"]
    assert (first.operator, first.formula1, first.formula2) == ("between", "=2", "=$B$1+CEILING(6,2)")
    assert (first.fill_color, first.font_bold, first.font_italic, first.font_color) == ((255, 255, 0), True, None, None)
    assert (second.formula, second.font_color, second.fill_color) == ('=IF(A2="x",TRUE,A2>7)', (255, 0, 0), None)
    assert len(sheet["A1"].conditional_formats) == 1
    assert len(sheet["C1"].conditional_formats) == 0
    first.set(operator="greater_than", formula1=3, font_italic=True)
    assert (first.operator, first.formula1, first.formula2) == ("greater_than", "=3", None)
    assert (first.fill_color, first.font_italic) == ((255, 255, 0), True)
    first.delete()
    assert [each.type for each in formats] == ["custom"]
    assert sheet["B1"].color == (1, 2, 3)


def _own_styles(sheet: Any) -> list[str]:
    names = sheet.book.impl.model.StyleFamilies.getByName("CellStyles").ElementNames
    return [name for name in names if name.startswith("xltools condition")]


def test_styles_live_as_long_as_a_condition_needs_them(sheet: Any) -> None:
    one = sheet["A1:A3"].conditional_formats.add_cell_value("less_than", 0, fill_color="#ff0000")
    other = sheet["C1:C3"].conditional_formats.add_cell_value("less_than", 5, fill_color="#ff0000")
    assert len(_own_styles(sheet)) == 1
    one.delete()
    assert len(_own_styles(sheet)) == 1
    other.delete()
    assert _own_styles(sheet) == []


def test_conditions_are_cleared_on_a_range_only(sheet: Any) -> None:
    sheet["A1:A9"].conditional_formats.add_cell_value("equal_to", 1, fill_color="#ff0000")
    sheet["A3:A5"].conditional_formats.clear()
    assert [len(sheet[place].conditional_formats) for place in ("A2", "A3", "A5", "A6")] == [1, 0, 0, 1]
    assert len(_own_styles(sheet)) == 1
    sheet["A1:A9"].conditional_formats.clear()
    assert len(sheet["A1:A9"].conditional_formats) == 0
    assert _own_styles(sheet) == []


def test_data_bars_are_made_and_color_scales_are_not(sheet: Any) -> None:
    bar = sheet["A1:A9"].conditional_formats.add_data_bar("#3366ff", minimum=0, maximum=100, gradient=False)
    assert (bar.type, bar.bar_color, bar.gradient, bar.show_value) == ("data_bar", (0x33, 0x66, 0xFF), False, True)
    assert (bar.threshold_types, bar.thresholds) == (("number", "number"), (0.0, 100.0))
    assert (bar.formula, bar.stop_if_true, bar.colors) == (None, None, None)
    with pytest.raises(NotImplementedError):
        sheet["A1:A9"].conditional_formats.add_color_scale(["#ff0000", "#00ff00"])
    with pytest.raises(NotImplementedError):
        sheet["A1:A9"].conditional_formats.add_icon_set("3_arrows")
    assert len(sheet["A1:A9"].conditional_formats) == 1


def test_conditions_of_a_workbook_of_excel_are_told(sheet: Any, tmp_path: Any) -> None:
    import openpyxl
    from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule, IconSetRule
    from openpyxl.styles import Font, PatternFill

    book = openpyxl.Workbook()
    page = book.active
    for row in range(1, 10):
        page.cell(row, 1, row)
    red = PatternFill(bgColor="FFC7CE")
    page.conditional_formatting.add("A1:A9", CellIsRule("greaterThan", ["5"], fill=red, font=Font(bold=True)))
    page.conditional_formatting.add("B1:B9", FormulaRule(["MOD(A1,2)=0"], fill=red))
    page.conditional_formatting.add(
        "C1:C9", ColorScaleRule("min", None, "FF0000", "percentile", 50, "FFFF00", "max", None, "00FF00")
    )
    page.conditional_formatting.add("D1:D9", IconSetRule("3TrafficLights1", "percent", [0, 33, 67]))
    book.save(tmp_path / "validations.xlsx")
    opened = sheet.book.app.books.open(tmp_path / "validations.xlsx")
    page = opened.sheets[0]
    value, formula, scale, icons = (page[f"{column}1"].conditional_formats[0] for column in "ABCD")
    assert (value.type, value.operator, value.formula1) == ("cell_value", "greater_than", "=5")
    assert (value.fill_color, value.font_bold) == ((0xFF, 0xC7, 0xCE), True)
    assert (formula.type, formula.formula) == ("custom", "=MOD(A1,2)=0")
    assert (scale.type, scale.colors) == ("color_scale", ((255, 0, 0), (255, 255, 0), (0, 255, 0)))
    assert scale.threshold_types == ("lowest_value", "percentile", "highest_value")
    assert (icons.type, icons.icon_set, icons.thresholds) == ("icon_set", "3_traffic_lights_1", (33.0, 67.0))
    opened.close()
