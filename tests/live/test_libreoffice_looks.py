"""Number formats, fills, fonts, borders, alignment and sizes on a real LibreOffice."""

from typing import Any

import pytest

from tests.live.blank import blank_sheet  # noqa: F401  a fixture
from xltools.live.libreoffice.looks import fill_state, restore_fill
from xltools.live.libreoffice.number_formats import excel_code, number_formats

CODES = [
    "General",
    "0",
    "0.00",
    "#,##0.00",
    "0.00%",
    "0%",
    "@",
    "yyyy-mm-dd",
    "yyyy/m/d",
    "m/d/yyyy",
    'yyyy"年"m"月"d"日"',
    'yyyy"年"m"月"',
    '"¥"#,##0.00',
    "[$¥-804]#,##0.00",
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    "#,##0;[Red]-#,##0",
    "[Blue]0.0;[Color10]-0.0",
    "0.00E+00",
    "# ?/?",
    "h:mm",
    "h:mm:ss AM/PM",
    "yyyy-mm-dd hh:mm:ss",
    "mmm-yy",
    "[h]:mm",
    "mm:ss.0",
    "[>=100]0;0.00",
    "$#,##0.00",
    "000000",
    "#,##0,",
    "0;-0;;@",
    'General"元"',
    ";;;",
    '[$-804]yyyy"年"m"月"d"日"',
    "dddd",
]


def test_number_formats_come_back_as_excel_writes_them(sheet: Any) -> None:
    read = []
    for row, code in enumerate(CODES, 1):
        sheet[row, 0].number_format = code
        read.append(sheet[row, 0].number_format)
    assert read == CODES
    with pytest.raises(ValueError, match="number format"):
        sheet["A1"].number_format = "0.0["


def test_a_number_format_is_none_where_the_cells_differ(sheet: Any) -> None:
    sheet["A1:B2"].number_format = "0.00"
    sheet["B2:B3"].number_format = "0%"
    assert sheet["A1:B2"].number_format is None
    assert sheet["A1:A2"].number_format == "0.00"
    codes = {
        (row, column): code
        for area, code in number_formats(sheet["A1:B2"].impl)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    assert codes == {(1, 1): "0.00", (1, 2): "0.00", (2, 1): "0.00", (2, 2): "0%"}
    # A truth value has a format of its own in LibreOffice, and none in Excel.
    sheet["D1"].value = [True, 1]
    assert sheet["D1:E1"].number_format == "General"


def test_codes_of_libreoffice_in_excel_s_spelling() -> None:
    assert excel_code('NN, D. MMM YYYY "MM" [RED] HH:MM AM/PM') == 'ddd, d. mmm yyyy "MM" [Red] hh:mm AM/PM'


def test_a_fill_is_set_and_taken_away(sheet: Any) -> None:
    assert sheet["A1"].color is None
    sheet["A1:B1"].color = (255, 192, 0)
    assert sheet["A1:B1"].color == (255, 192, 0)
    sheet["B1"].color = "#0000ff"
    assert (sheet["A1:B1"].color, sheet["B1"].color) == (None, (0, 0, 255))
    sheet["B1"].color = 0x0000FF
    assert sheet["B1"].color == (255, 0, 0)
    sheet["A1:B1"].color = None
    assert sheet["A1"].color is None
    sheet["A1:B2"].set_colors([[(1, 2, 3), ...], [None, "#040506"]])
    assert [sheet[place].color for place in ("A1", "B1", "A2", "B2")] == [(1, 2, 3), None, None, (4, 5, 6)]


def _hard(cell: Any) -> str:
    return str(cell.api.getPropertyState("CellBackColor").value)


def test_a_painted_cell_gets_its_fill_back_without_a_trace(sheet: Any) -> None:
    document = sheet.book.impl.model
    styles = document.StyleFamilies.getByName("CellStyles")
    styles.insertByName("filled", document.createInstance("com.sun.star.style.CellStyle"))
    styles.getByName("filled").CellBackColor = 0x112233
    sheet["B1"].color = (9, 9, 9)
    sheet["C1"].api.CellStyle = "filled"
    sheet["D1"].api.CellStyle = "filled"
    sheet["D1"].color = None
    cells = [sheet[place] for place in ("A1", "B1", "C1", "D1")]
    before = [(cell.color, _hard(cell)) for cell in cells]
    states = [fill_state(cell.impl) for cell in cells]
    for cell in cells:
        cell.color = (255, 255, 0)
    for cell, state in zip(cells, states, strict=True):
        restore_fill(cell.impl, state)
    assert [(cell.color, _hard(cell)) for cell in cells] == before
    assert [color for color, _ in before] == [None, (9, 9, 9), (0x11, 0x22, 0x33), None]
    assert before[0][1] == before[2][1] == "DEFAULT_VALUE"


def test_fonts_hold_for_chinese_text_too(sheet: Any) -> None:
    cell = sheet["A1"]
    cell.value = "项目 name"
    cell.font.set(bold=True, italic=True, size=14, color="#ff0000", name="SimSun")
    assert (cell.font.bold, cell.font.italic, cell.font.size, cell.font.color, cell.font.name) == (
        True,
        True,
        14.0,
        (255, 0, 0),
        "SimSun",
    )
    assert (cell.api.CharWeightAsian, cell.api.CharHeightAsian, cell.api.CharFontNameAsian) == (150.0, 14.0, "SimSun")
    both = sheet["A1:B1"].font
    assert (both.bold, both.italic, both.size, both.color, both.name) == (None, None, None, None, None)
    assert (sheet["B1"].font.bold, sheet["B1"].font.color) == (False, (0, 0, 0))


def test_part_of_a_text_has_a_font_of_its_own(sheet: Any) -> None:
    sheet["A1"].value = "Python rocks"
    characters = sheet["A1"].characters
    assert characters[:3].text == "Pyt"
    characters[7:].font.bold = True
    assert (characters[7:].font.bold, characters[:6].font.bold) == (True, False)
    assert characters[-1].text == "s"
    assert sheet["A1"].value == "Python rocks"


def test_borders(sheet: Any) -> None:
    cells = sheet["B2:D4"]
    assert cells.borders.line_style == "none"
    cells.borders.line_style = "continuous"
    assert (cells.borders.line_style, cells.borders.weight, cells.borders.color) == ("continuous", "thin", (0, 0, 0))
    cells.borders["edge_bottom"].weight = "thick"
    cells.borders["edge_bottom"].color = (255, 0, 0)
    assert (cells.borders.weight, cells.borders["edge_bottom"].weight) == (None, "thick")
    assert sheet["C4"].borders["edge_bottom"].color == (255, 0, 0)
    assert sheet["C3"].borders["edge_bottom"].weight == "thin"
    for style in ("dot", "dash", "dash_dot", "dash_dot_dot", "double"):
        cells.borders.set("outside", line_style=style)
        assert [cells.borders[side].line_style for side in ("edge_top", "edge_left", "edge_right")] == [style] * 3
    for weight in ("hairline", "thin", "medium", "thick"):
        cells.borders.set("inside", line_style="continuous", weight=weight)
        assert cells.borders["inside_vertical"].weight == cells.borders["inside_horizontal"].weight == weight
    cells.borders["diagonal_up"].line_style = "continuous"
    assert sheet["C3"].borders["diagonal_up"].line_style == "continuous"
    cells.borders.clear("inside")
    assert sheet["C3"].borders["edge_left"].line_style == "none"
    cells.borders.clear()
    assert cells.borders.line_style == "none"
    assert sheet["C3"].borders["diagonal_up"].line_style == "none"


def test_alignment_and_wrapping(sheet: Any) -> None:
    cell = sheet["A1"]
    assert (cell.horizontal_alignment, cell.vertical_alignment, cell.wrap_text) == ("general", "bottom", False)
    for name in ("left", "center", "right", "fill", "justify", "distributed", "general"):
        cell.horizontal_alignment = name
        assert cell.horizontal_alignment == name
    for name in ("top", "center", "bottom", "justify", "distributed"):
        cell.vertical_alignment = name
        assert cell.vertical_alignment == name
    cell.wrap_text = True
    cell.horizontal_alignment = "center"
    row = sheet["A1:B1"]
    assert (row.wrap_text, row.horizontal_alignment, row.vertical_alignment) == (None, None, None)


def test_indentation(sheet: Any) -> None:
    sheet["A1"].adjust_indent(2)
    indent = sheet["A1"].api.ParaIndent
    sheet["A1"].adjust_indent(-1)
    assert 0 < sheet["A1"].api.ParaIndent < indent
    assert sheet["A1"].horizontal_alignment == "left"


def test_sizes(sheet: Any) -> None:
    sheet["B:B"].column_width = 20
    sheet["2:2"].row_height = 30
    assert (sheet["B1"].column_width, sheet["A2"].row_height) == (20.0, 30.0)
    assert (sheet["A1:B1"].column_width, sheet["A1:A2"].row_height) == (None, None)
    assert sheet["A1:A1"].column_width == sheet["C1:D1"].column_width
    cell = sheet["C3"]
    assert cell.left == pytest.approx(sheet["A1:B1"].width, abs=0.2)
    assert cell.top == pytest.approx(sheet["A1:A2"].height, abs=0.2)
    assert sheet["A2"].height == pytest.approx(30, abs=0.1)
    sheet["A1"].value = "a text that is longer than the column by far"
    width = sheet["A1"].column_width
    sheet["A1"].columns.autofit()
    assert sheet["A1"].column_width > width * 2
    with pytest.raises(ValueError, match="255"):
        sheet["A1"].column_width = 256


def test_hidden_rows_and_columns(sheet: Any) -> None:
    sheet["2:3"].rows.hidden = True
    sheet["C:C"].columns.hidden = True
    assert [sheet[rows].rows.hidden for rows in ("2:3", "A2", "1:3", "4:9")] == [True, True, None, False]
    assert [sheet[columns].columns.hidden for columns in ("C1", "A1:B9", "B:C")] == [True, False, None]
    # A hidden column does not make its rows hidden.
    assert sheet["C5"].rows.hidden is False
    sheet["1:9"].rows.hidden = False
    assert sheet["1:9"].rows.hidden is False
