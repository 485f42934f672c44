import pytest

from xltools.ooxml.cells import EMPTY, Stored, stored_formula, stored_value
from xltools.ooxml.markup import MarkupError, patched
from xltools.ooxml.sheet_index import scan
from xltools.ooxml.sheet_splice import CellChange, cell_patches, result_patches
from xltools.sheets.grid import position

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}"><dimension ref="A1"/>'
TAIL = '<pageMargins left="0.7"/><!-- end --></worksheet>'


def spliced(sheet: str, *changes: tuple[str, object], style: int | None = None) -> str:
    data = sheet.encode()
    wanted = {}
    for cell, value in changes:
        content = value if isinstance(value, Stored) else stored_value(value)  # type: ignore[arg-type]
        wanted[position(cell)] = CellChange(content, style)
    return patched(data, cell_patches(data, scan(data), wanted)).decode()


def rows(inner: str, *changes: tuple[str, object], style: int | None = None) -> str:
    """What becomes of the rows of a sheet, whose other bytes must not change."""
    result = spliced(f"{HEAD}<sheetData>{inner}</sheetData>{TAIL}", *changes, style=style)
    assert result.startswith(HEAD + "<sheetData>")
    assert result.endswith("</sheetData>" + TAIL)
    return result[len(HEAD + "<sheetData>") : -len("</sheetData>" + TAIL)]


def test_one_cell_changes_and_nothing_else() -> None:
    before = '<row r="1"  spans="1:3" ht="20"><c r="A1" t="s"><v>0</v></c> <c r="B1" s="2"><v>1.50</v></c></row>'
    assert rows(before, ("B1", 2)) == before.replace("1.50", "2")


def test_missing_cells_are_put_in_order() -> None:
    before = '<row r="1"><c r="B1"><v>1</v></c><c r="D1"><v>2</v></c></row>'
    after = '<row r="1"><c r="A1"><v>0</v></c><c r="B1"><v>1</v></c><c r="C1"><v>9</v></c><c r="D1"><v>2</v></c>'
    after += '<c r="AA1"><v>8</v></c></row>'
    assert rows(before, ("AA1", 8), ("C1", 9), ("A1", 0)) == after


def test_a_new_cell_before_one_that_changes() -> None:
    before = '<row r="1"><c r="C1"><v>1</v></c></row>'
    after = '<row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>8</v></c><c r="C1"><v>9</v></c></row>'
    assert rows(before, ("C1", 9), ("B1", 8), ("A1", 7)) == after


def test_missing_rows_are_put_in_order() -> None:
    before = '<row r="2"><c r="A2"><v>2</v></c></row>\n<row r="5"/>'
    after = '<row r="1"><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>\n'
    after += '<row r="3"><c r="A3"><v>3</v></c></row><row r="4"><c r="A4"><v>4</v></c></row>'
    after += '<row r="5"><c r="A5"><v>5</v></c></row><row r="9"><c r="A9"><v>9</v></c></row>'
    assert rows(before, ("A9", 9), ("A4", 4), ("A3", 3), ("A5", 5), ("B1", 1)) == after


def test_an_empty_sheet_takes_its_first_cell() -> None:
    before = f"{HEAD}<sheetData/>{TAIL}"
    after = f'{HEAD}<sheetData><row r="3"><c r="B3"><v>1</v></c></row></sheetData>{TAIL}'
    assert spliced(before, ("B3", 1)) == after


def test_a_missing_cell_takes_the_style_of_its_row_or_column() -> None:
    head = f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="3" style="4"/></cols><sheetData>'
    before = head + '<row r="1" s="7" customFormat="1"/><row r="2" s="7"/></sheetData></worksheet>'
    after = spliced(before, ("B1", 1), ("B2", 1), ("B3", 1), ("D3", 1))
    assert '<c r="B1" s="7">' in after
    assert '<c r="B2" s="4">' in after
    assert '<c r="B3" s="4">' in after
    assert '<c r="D3"><v>' in after


def test_emptying_a_missing_cell_changes_nothing() -> None:
    before = '<row r="1"><c r="B1"><v>1</v></c></row>'
    assert rows(before, ("A1", None), ("A7", None)) == before


def test_a_prefixed_sheet_gets_prefixed_cells() -> None:
    before = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>'
    after = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    after += (
        '<x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert spliced(before, ("A1", 1), ("A2", "a")) == after


def test_cells_without_references_are_found_by_their_place() -> None:
    before = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    after = '<row><c><v>1</v></c><c><v>9</v></c><c r="C1"><v>8</v></c></row><row><c><v>7</v></c></row>'
    assert rows(before, ("B1", 9), ("C1", 8), ("A2", 7)) == after


def test_cdata_comments_and_a_byte_order_mark_do_not_shift_places() -> None:
    sheet = f'\ufeff<worksheet xmlns="{MAIN}"><!-- <c r="A1"/> --><sheetData><row r="1"><c r="A1" t="str"><v>'
    sheet += '<![CDATA[</c><c r="B1">]]></v></c><c r="B1"><v>单</v></c></row></sheetData></worksheet>'
    assert spliced(sheet, ("B1", 5)) == sheet.replace("<v>单</v>", "<v>5</v>")


def test_the_followers_of_an_overwritten_shared_formula_are_written_out() -> None:
    before = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2&amp;""</f><v>2</v></c></row>'
        '<row r="2"><c r="B2" s="1"><f t="shared" si="0"/><v>4.0</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="0"></f><v>6</v></c><c r="C3"><f t="shared" si="1"/></c></row>'
    )
    after = (
        '<row r="1"><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="B2" s="1"><f>A2*2&amp;""</f><v>4.0</v></c></row>'
        '<row r="3"><c r="B3"><f>A3*2&amp;""</f><v>6</v></c><c r="C3"><f t="shared" si="1"/></c></row>'
    )
    assert rows(before, ("B1", 1)) == after
    both = rows(before, ("B1", 1), ("B2", 5))
    assert both == after.replace('<f>A2*2&amp;""</f><v>4.0</v>', "<v>5</v>")


def test_a_follower_goes_without_disturbing_its_master() -> None:
    before = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="0">A1</f><v>2</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>4</v></c></row>'
    )
    assert rows(before, ("B2", stored_formula("A9", None))) == before.replace(
        '<f t="shared" si="0"/><v>4</v>', "<f>A9</f>"
    )


def test_a_follower_that_takes_a_new_style_is_written_out_as_well() -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">C1</f></c>'
        '<c r="B1"><f t="shared" si="0"/><v>4</v></c></row></sheetData></worksheet>'
    )
    data = sheet.encode()
    changes = {(1, 1): CellChange(stored_value(1)), (1, 2): CellChange(None, 3)}
    after = patched(data, cell_patches(data, scan(data), changes)).decode()
    assert '<c r="A1"><v>1</v></c><c r="B1" s="3"><f>D1</f><v>4</v></c>' in after


def test_stored_results_are_replaced_or_removed() -> None:
    data = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><f>B1</f><v>1</v></c><c r="B1"><v>1</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c></row></sheetData></worksheet>'
    ).encode()
    results = {(1, 1): Stored("n", "2"), (1, 2): Stored("n", "9"), (1, 3): EMPTY}
    after = patched(data, result_patches(data, scan(data), results)).decode()
    assert '<c r="A1"><f>B1</f><v>2</v></c><c r="B1"><v>1</v></c><c r="C1"><f>""</f></c>' in after


def test_a_cell_that_stands_twice_is_not_guessed() -> None:
    with pytest.raises(MarkupError, match="A1 twice"):
        rows('<row r="1"><c r="A1"/><c r="A1"/></row>', ("A1", 1))
