"""xlwings' ranges on a real LibreOffice: values, addresses, merges, what can be done with cells."""

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.live.blank import blank_sheet  # noqa: F401  a fixture


def test_values_come_back_as_they_were_set(sheet: Any) -> None:
    rows = [["项目", 1.5, True], [None, -3.0, False], ["two\nlines", 1e300, "a=b"]]
    sheet["B2"].value = rows
    assert sheet["B2:D4"].value == rows
    assert sheet["B2"].value == "项目"
    assert sheet["B2:D2"].value == rows[0]
    assert sheet["B2:B4"].value == ["项目", None, "two\nlines"]
    assert sheet["A1"].value is None


def test_numbers_keep_every_digit(sheet: Any) -> None:
    random.seed(7)
    numbers = [[random.uniform(-1, 1) * 10 ** random.randint(-200, 200)] for _ in range(200)] + [[0.1], [1 / 3]]
    sheet["A1"].value = numbers
    assert sheet["A1:A202"].options(ndim=2).value == numbers
    # Beside a formula they go another way.
    sheet["C1"].value = [[*row, "=1"] for row in numbers]
    assert sheet["C1:C202"].options(ndim=2).value == numbers


def test_a_decimal_becomes_the_nearest_number(sheet: Any) -> None:
    sheet["A1"].value = [[Decimal("12.34"), 7]]
    assert sheet["A1:B1"].value == [12.34, 7.0]


def test_dates_are_dates_by_their_number_format(sheet: Any) -> None:
    sheet["A1"].value = [dt.datetime(2021, 3, 4, 5, 6, 7), dt.date(2021, 3, 4), 44259]
    assert sheet["A1:C1"].value == [dt.datetime(2021, 3, 4, 5, 6, 7), dt.datetime(2021, 3, 4), 44259.0]
    assert sheet["B1"].number_format == "yyyy/m/d"
    sheet["C1"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["D1"].formula = "=C1+1"
    sheet["D1"].number_format = "yyyy-mm-dd"
    assert sheet["C1:D1"].options(dates=dt.date).value == [dt.date(2021, 3, 4), dt.date(2021, 3, 5)]


def test_a_date_keeps_the_date_format_that_is_there(sheet: Any) -> None:
    sheet["A1"].number_format = "yyyy-mm"
    sheet["A1"].value = dt.date(2021, 3, 4)
    assert (sheet["A1"].number_format, sheet["A1"].value) == ("yyyy-mm", dt.datetime(2021, 3, 4))


def test_a_time_of_day_is_a_number_as_in_excel(sheet: Any) -> None:
    sheet["A1"].value = 0.5
    sheet["A1"].number_format = "h:mm"
    assert sheet["A1"].value == 0.5


def test_a_number_over_a_truth_value_is_a_number(sheet: Any) -> None:
    sheet["A1"].value = [True, True]
    sheet["A1"].value = 1
    sheet["B1"].formula = "=2-1"
    assert sheet["A1:B1"].value == [1.0, 1.0]
    assert sheet["A1"].number_format == "General"
    assert [type(value) for value in sheet["A1:B1"].value] == [float, float]


def test_a_comparison_is_a_truth_value(sheet: Any) -> None:
    sheet["A1"].value = [3, "=A1>2", "=AND(B1,A1<2)", "=A1*1"]
    assert sheet["A1:D1"].value == [3.0, True, False, 3.0]
    sheet["B1:C1"].number_format = "General"
    assert sheet["B1:C1"].value == [True, False]


def test_errors_are_none_or_their_text(sheet: Any) -> None:
    texts = ["#DIV/0!", "#N/A", "#NAME?", "#REF!", "#VALUE!", "#NUM!"]
    sheet["A1"].value = ["=1/0", "=NA()", "=nosuchname", '=INDIRECT("x!y")', '="x"+1', "=10^400", "#N/A", 5]
    assert sheet["A1:H1"].value == [None] * 7 + [5.0]
    assert sheet["A1:H1"].options(err_to_str=True).value == [*texts, "#N/A", 5.0]


def test_texts_are_taken_as_excel_takes_them(sheet: Any) -> None:
    sheet["A1"].value = ["12", "1,234.5", "50%", "'007", "TRUE", "12a", "1.2.3", "-", "e5"]
    assert sheet["A1:I1"].value == [12.0, 1234.5, 0.5, "007", True, "12a", "1.2.3", "-", "e5"]
    assert sheet["C1"].number_format == "0%"
    sheet["A2:B2"].number_format = "@"
    sheet["A2"].value = ["12", "=1"]
    assert sheet["A2:B2"].value == ["12", "=1"]


def test_formulas_and_texts_that_look_like_something_else_are_set_together(sheet: Any) -> None:
    row = ["'=A1", "'12", "2021-01-02", "=1+1", 1e-7, None, "'''x"]
    sheet["A1"].value = [row]
    assert sheet["A1:G1"].value == ["=A1", "12", "2021-01-02", 2.0, 1e-7, None, "''x"]


def test_one_value_fills_a_range_and_one_formula_adjusts_itself(sheet: Any) -> None:
    sheet["A1:B2"].value = 7
    assert sheet["A1:B2"].value == [[7.0, 7.0], [7.0, 7.0]]
    sheet["C1:D2"].formula = "=A1*$A$1+A$1"
    assert sheet["C1:D2"].formula == (("=A1*$A$1+A$1", "=B1*$A$1+B$1"), ("=A2*$A$1+A$1", "=B2*$A$1+B$1"))
    with pytest.raises(ValueError, match="do not fit"):
        sheet["A1:C3"].raw_value = [[1, 2], [3, 4]]


def test_an_empty_text_of_a_formula_is_not_nothing(sheet: Any) -> None:
    sheet["A1"].formula = '=""'
    assert sheet["A1:B1"].raw_value == [["", None]]
    assert sheet["A1:B1"].value == [None, None]


def test_a_range_takes_few_calls_however_large_it_is(sheet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet["A1"].value = [[row * 26 + column for column in range(26)] for row in range(500)]
    sheet["A1:Z500"].number_format = "0.00"
    counted = _Counting(sheet["A1:Z500"].impl.model)
    cells = sheet["A1:Z500"]
    monkeypatch.setattr(cells.impl, "_model", counted)
    assert cells.value[499][25] == 499 * 26 + 25
    assert counted.calls <= 6


def test_whole_columns_are_read_as_far_as_they_are_used(sheet: Any) -> None:
    sheet["B3"].formula = "=5*2"
    values = sheet["B:B"].value
    assert (len(values), values[1:4], values[-1]) == (1048576, [None, 10.0, None], None)
    assert sheet["B:B"].formula[1:4] == (("",), ("=5*2",), ("",))
    assert set(sheet["E1:E200000"].value) == {None}


class _Counting:
    """A UNO object whose uses are counted."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.calls = 0

    def __getattr__(self, name: str) -> Any:
        self.calls += 1
        return getattr(self._model, name)


def test_tables_of_pandas_go_in_and_out(sheet: Any) -> None:
    import pandas as pd

    table = pd.DataFrame({"分值": [10.0, 20.0], "得分": [9.5, None]}, index=["甲", "乙"])
    sheet["B2"].value = table
    assert sheet["B2"].expand().value == [[None, "分值", "得分"], ["甲", 10.0, 9.5], ["乙", 20.0, None]]
    back = sheet["B2:D4"].options(pd.DataFrame).value
    assert list(back.index) == ["甲", "乙"]
    assert back["分值"].tolist() == [10.0, 20.0]
    assert pd.isna(back.loc["乙", "得分"])


def test_a_workbook_of_excel_is_read_as_excel_shows_it(sheet: Any, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.append([True, False, 1, "TRUE", dt.datetime(2020, 1, 2), "=A1=A1", "=TODAY()", "=IF(A1,TRUE,1)", "=E1"])
    page["A2"] = "#N/A"
    page["A2"].data_type = "e"
    book.save(tmp_path / "ranges.xlsx")
    opened = sheet.book.app.books.open(tmp_path / "ranges.xlsx")
    cells = opened.sheets[0]["A1:I1"]
    row = cells.value
    assert row[:4] == [True, False, 1.0, "TRUE"]
    assert type(row[2]) is float
    assert row[4] == row[8] == dt.datetime(2020, 1, 2)
    assert (row[5], row[7]) == (True, True)
    assert cells.formula[0][:2] == ("TRUE", "FALSE")
    assert opened.sheets[0]["A2"].formula == "#N/A"
    opened.close()


def test_addresses(sheet: Any) -> None:
    cells = sheet["B2:C4"]
    assert (cells.address, sheet["A:B"].address, sheet["2:3"].address) == ("$B$2:$C$4", "$A:$B", "$2:$3")
    assert cells.get_address(False, True) == "$B2:$C4"
    sheet.name = "Data"
    name = sheet.book.name
    assert cells.get_address(external=True).replace("'", "") == f"[{name}]Data!$B$2:$C$4"
    sheet.name = "O'Brien"
    assert cells.get_address(include_sheetname=True) == "'O''Brien'!$B$2:$C$4"
    assert (cells.row, cells.column, cells.shape, cells.count) == (2, 2, (3, 2), 6)
    assert cells(2, 1).address == "$B$3"
    assert cells(4).address == "$C$3"
    assert cells.offset(1, 1).address == "$C$3:$D$5"
    assert [row.address for row in cells.rows] == ["$B$2:$C$2", "$B$3:$C$3", "$B$4:$C$4"]
    assert cells[-1, -1].address == "$C$4"


def test_merged_cells(sheet: Any) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["A1:B2"].merge()
    assert sheet["A1:B2"].value == [[1.0, None], [None, None]]
    assert (sheet["A1"].merge_cells, sheet["B2"].merge_cells, sheet["C1"].merge_cells) == (True, True, False)
    assert (sheet["A1:C3"].merge_cells, sheet["A1:B2"].merge_cells, sheet["D5:E9"].merge_cells) == (None, True, False)
    assert sheet["B1:B2"].merge_cells is True
    assert sheet["B2:C2"].merge_cells is None
    assert sheet["B2"].merge_area.address == "$A$1:$B$2"
    assert sheet["C3"].merge_area.address == "$C$3"
    sheet["D1:E2"].merge(across=True)
    assert [area.address for area in (sheet["E1"].merge_area, sheet["E2"].merge_area)] == ["$D$1:$E$1", "$D$2:$E$2"]
    from xltools.live.libreoffice.merging import merged_areas

    assert merged_areas(sheet["A1:F9"].impl) == [(1, 1, 2, 2), (1, 4, 1, 5), (2, 4, 2, 5)]
    assert merged_areas(sheet["F1:G9"].impl) == []
    sheet["B2"].unmerge()
    assert sheet["A1:C3"].merge_cells is False


def test_the_end_of_a_block_is_where_control_and_an_arrow_lead(sheet: Any) -> None:
    sheet["B2"].value = [[1, 2, None, 4], [5, None, None, None], [None, None, None, None], [9, None, None, None]]
    ends = {
        ("B2", "right"): "$C$2",
        ("C2", "right"): "$E$2",
        ("E2", "right"): "$XFD$2",
        ("B2", "down"): "$B$3",
        ("B3", "down"): "$B$5",
        ("B5", "down"): "$B$1048576",
        ("B5", "up"): "$B$3",
        ("E2", "left"): "$C$2",
        ("B2", "left"): "$A$2",
        ("A1", "down"): "$A$1048576",
    }
    assert {key: sheet[key[0]].end(key[1]).address for key in ends} == ends
    assert sheet["B2"].current_region.address == "$B$2:$C$3"
    assert sheet["B2"].expand().address == "$B$2:$C$3"


def test_cells_are_inserted_and_deleted(sheet: Any) -> None:
    sheet["A1"].value = [[1, 2], [3, 4], [5, 6]]
    sheet["A2"].insert("down")
    assert sheet["A1:B4"].value == [[1.0, 2.0], [None, 4.0], [3.0, 6.0], [5.0, None]]
    sheet["A2"].delete("up")
    sheet["1:1"].insert("down")
    sheet["A:A"].delete()
    assert sheet["A1:A4"].value == [None, 2.0, 4.0, 6.0]


def test_cells_are_copied_and_moved(sheet: Any) -> None:
    other = sheet.book.sheets.add(after=sheet)
    sheet["A1"].value = [[1, "=A1*2"]]
    sheet["A1"].color = (255, 0, 0)
    sheet["A1:B1"].copy(other["C3"])
    assert other["C3:D3"].formula == (("1", "=C3*2"),)
    assert other["C3"].color == (255, 0, 0)
    sheet["D5:E5"].copy_from(sheet["A1:B1"], "values")
    assert sheet["D5:E5"].formula == (("1", "2"),)
    sheet["D6"].copy_from(sheet["A1:B1"], "formulas", transpose=True)
    assert sheet["D6:D7"].formula == (("1",), ("=D6*2",))
    sheet["G1"].formula = "=A1"
    sheet["A1:B1"].move(sheet["A9"])
    assert (sheet["G1"].formula, sheet["A1"].value, sheet["B9"].formula) == ("=A9", None, "=A9*2")


def test_cells_are_filled_sorted_searched_and_replaced(sheet: Any) -> None:
    sheet["A1"].value = [[1], [3]]
    sheet["A1:A2"].autofill(sheet["A1:A5"])
    assert sheet["A1:A5"].value == [1.0, 3.0, 5.0, 7.0, 9.0]
    sheet["A1"].autofill(sheet["A1:A3"], "fill_copy")
    assert sheet["A1:A3"].value == [1.0, 1.0, 1.0]
    sheet["C1"].value = [["name", "n"], ["b", 1], ["a", 2], ["b", 0]]
    cells = sheet["C1:D4"]
    cells.impl.sort([1, 2], [True, False], True)
    assert cells.value == [["name", "n"], ["a", 2.0], ["b", 1.0], ["b", 0.0]]
    assert cells.find("b").address == "$C$3"
    assert cells.find("B", direction="backward").address == "$C$4"
    assert cells.find("B", match_case=True) is None
    assert cells.find("am").address == "$C$1"
    assert cells.find("am", whole=True) is None
    cells.replace_all("b", "xy")
    assert sheet["C3"].value == "xy"
    cells.impl.remove_duplicates([1], True)
    assert cells.value == [["name", "n"], ["a", 2.0], ["xy", 1.0], [None, None]]


def test_special_cells(sheet: Any) -> None:
    sheet["A1"].value = [[1, "x", None, "=1"], [True, "=1/0", "=1=1", '="t"']]

    def found(*kinds: str) -> list[str]:
        return [area.address for area in sheet["A1:D2"].get_special_cells(*kinds)]

    constants = {cell.address for area in sheet["A1:D2"].get_special_cells("constants") for cell in area}
    assert constants == {"$A$1", "$B$1", "$A$2"}
    assert found("blanks") == ["$C$1"]
    assert found("formulas", "errors") == ["$B$2"]
    assert found("formulas", "logical") == ["$C$2"]
    assert found("formulas", "numbers") == ["$D$1"]
    assert found("constants", "logical") == ["$A$2"]
    assert found("constants", "text") == ["$B$1"]


def test_clearing(sheet: Any) -> None:
    sheet["A1"].value = 5
    sheet["A1"].color = (1, 2, 3)
    sheet["A1"].number_format = "0.00"
    sheet["A1"].clear_contents()
    assert (sheet["A1"].value, sheet["A1"].color) == (None, (1, 2, 3))
    sheet["A1"].value = 5
    sheet["A1"].clear_formats()
    assert (sheet["A1"].value, sheet["A1"].color, sheet["A1"].number_format) == (5.0, None, "General")
    sheet["B1:B2"].data_validation.set_list(["a"])
    sheet["B1"].color = (1, 2, 3)
    sheet["A1:B2"].conditional_formats.add_custom("=TRUE", fill_color="#ff0000")
    sheet["A2:B2"].merge()
    sheet["A1:B2"].clear_formats()
    assert [sheet[place].data_validation.type for place in ("A1", "B1", "B2")] == ["none", "list", "list"]
    assert (len(sheet["A1:B2"].conditional_formats), sheet["A1:B2"].merge_cells, sheet["B1"].color) == (0, False, None)
    sheet["A1"].data_validation.set_list(["a"])
    sheet["A1"].add_note("note")
    sheet["A1"].clear()
    assert (sheet["A1"].value, sheet["A1"].note, sheet["A1"].data_validation.type) == (None, None, "none")


def test_names_and_links(sheet: Any) -> None:
    sheet["B2:C3"].name = "area"
    assert sheet["B2:C3"].name.name == "area"
    assert sheet["B2"].name is None
    assert sheet.range("area").address == "$B$2:$C$3"
    sheet["A1"].add_hyperlink("https://example.org/a?b=1", "here")
    assert (sheet["A1"].value, sheet["A1"].hyperlink) == ("here", "https://example.org/a?b=1")
    sheet["A2"].add_hyperlink(f"#{sheet.name}!B2", "there")
    assert (sheet["A2"].value, sheet["A2"].hyperlink) == ("there", f"#{sheet.name}!B2")
    with pytest.raises(Exception, match="hyperlink"):
        _ = sheet["C9"].hyperlink


def test_a_protected_sheet_refuses_changes_aloud(sheet: Any) -> None:
    from xltools.errors import LiveError

    sheet["A1"].value = 1
    sheet["A2"].add_note("x")
    unlocked = sheet["B1"].api.CellProtection
    unlocked.IsLocked = False
    sheet["B1"].api.CellProtection = unlocked
    sheet.api.protect("")
    cell = sheet["A1"]
    changes: list[Callable[[], Any]] = [
        lambda: setattr(cell, "value", 5),
        lambda: setattr(cell, "color", (1, 2, 3)),
        lambda: setattr(cell, "number_format", "0.00"),
        lambda: setattr(cell.font, "bold", True),
        lambda: setattr(cell.borders, "line_style", "double"),
        lambda: cell.add_note("y"),
        lambda: sheet["A2"].note.delete(),
        lambda: sheet["A1:B2"].merge(),
        lambda: cell.data_validation.set_list(["a"]),
        lambda: cell.conditional_formats.add_custom("=TRUE", fill_color="#ff0000"),
        cell.clear,
        lambda: cell.insert("down"),
    ]
    for change in changes:
        with pytest.raises(LiveError):
            change()
    sheet["B1"].value = 7
    sheet["B1"].color = (1, 2, 3)
    assert (sheet["B1"].value, sheet["B1"].color) == (7.0, (1, 2, 3))
