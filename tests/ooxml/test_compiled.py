"""A compiled workbook gives what the editor would, byte for byte."""

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest

from xltools import templates
from xltools.edits import Edit, Value
from xltools.errors import WorkbookError
from xltools.ooxml.compiled import Compiled, Place
from xltools.ooxml.editor import Editor

Saved = Callable[[openpyxl.Workbook], bytes]
INPUTS: list[Place] = [("表", 1, 1), ("表", 2, 1), ("表", 3, 1)]


def members(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def plain_book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["B1"] = "旧", 1, 2, "=A2+A3"
    return book


@pytest.mark.parametrize("name", templates.names())
def test_copies_of_an_official_template_are_what_the_editor_writes(name: str) -> None:
    data = templates.path(name).read_bytes()
    editor = Editor(data)
    sheet = editor.workbook.sheets[0].name
    index = editor.sheet(sheet).index
    hidden = {
        (r, c)
        for area in index.merges
        for r in range(area.top, area.bottom + 1)
        for c in range(area.left, area.right + 1)
        if (r, c) != (area.top, area.left)
    }
    blank = [
        (sheet, cell.row, cell.column)
        for cell in index.cells
        if cell.value is None and cell.formula is None and (cell.row, cell.column) not in hidden
    ]
    compiled = Compiled(data, blank)
    texts: list[Value] = ["=1+1", " 两端空白 ", "a<b&c", Decimal("12.50"), 7, "第一行\n第二行", True]
    for turn in range(3):
        values = {
            place: texts[(turn + number) % len(texts)] for number, place in enumerate(blank) if number % 3 != turn
        }
        expected = editor.apply([Edit(*place, value) for place, value in values.items()], unlock=True).data
        assert members(compiled.copy(values)) == members(expected)


def test_a_copy_leaves_nothing_of_the_one_before(saved: Saved) -> None:
    compiled = Compiled(saved(plain_book()), INPUTS)
    compiled.copy({("表", 1, 1): "甲", ("表", 2, 1): 100, ("表", 3, 1): 200})
    second = openpyxl.load_workbook(io.BytesIO(compiled.copy({("表", 2, 1): 10})), data_only=True)["表"]
    assert [second[place].value for place in ("A1", "A2", "A3", "B1")] == ["旧", 10, 2, 12]


def test_an_engine_that_is_started_anew_goes_on_from_the_template(
    saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = Compiled(saved(plain_book()), INPUTS)
    fresh = [compiled.copy({("表", 2, 1): number}) for number in range(1, 8)]
    monkeypatch.setattr("xltools.ooxml.compiled.RENEW_AFTER", 2)
    assert [compiled.copy({("表", 2, 1): number}) for number in range(1, 8)] == fresh


def test_a_formula_cell_and_a_hidden_cell_are_no_inputs(saved: Saved) -> None:
    book = plain_book()
    book.worksheets[0].merge_cells("C1:D1")
    data = saved(book)
    with pytest.raises(WorkbookError, match="B1"):
        Compiled(data, [("表", 1, 2)])
    with pytest.raises(WorkbookError, match="D1"):
        Compiled(data, [("表", 1, 4)])


def test_formulas_of_the_clock_are_computed_anew_for_every_copy(saved: Saved) -> None:
    book = plain_book()
    book.worksheets[0]["B2"] = "=A2*(TODAY()>0)"
    compiled = Compiled(saved(book), INPUTS)
    made = openpyxl.load_workbook(io.BytesIO(compiled.copy({("表", 2, 1): 10})), data_only=True)["表"]
    assert [made[place].value for place in ("B1", "B2")] == [12, 10]


def test_results_that_no_engine_computes_are_left_to_the_application_and_said(saved: Saved) -> None:
    book = plain_book()
    book.worksheets[0]["B2"] = "=NOSUCHFUNCTION(A2)"
    compiled = Compiled(saved(book), INPUTS)
    data = compiled.copy({("表", 2, 1): 10})
    assert compiled.notice
    assert b'fullCalcOnLoad="1"' in members(data)["xl/workbook.xml"]
    made = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["表"]
    assert made["B2"].value is None


def test_stale_results_go_where_the_engine_refuses_the_workbook(saved: Saved, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Compiled(saved(plain_book()), INPUTS).copy({("表", 2, 1): 5})
    assert b"<v>7</v>" in members(first)["xl/worksheets/sheet1.xml"]
    monkeypatch.setattr("xltools.ooxml.compiled.engine_results", lambda *_: "refused")
    compiled = Compiled(first, INPUTS)
    assert "refused" in compiled.notice
    data = compiled.copy({("表", 2, 1): 10})
    assert b'fullCalcOnLoad="1"' in members(data)["xl/workbook.xml"]
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["表"]
    assert (sheet["A2"].value, sheet["B1"].value) == (10, None)


def test_members_that_hold_no_input_keep_their_bytes(saved: Saved) -> None:
    data = saved(plain_book())
    before, after = members(data), members(Compiled(data, INPUTS).copy({("表", 1, 1): "新"}))
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}
