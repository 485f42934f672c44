from xltools.ooxml.note_frame import WIDTH, Frame, note_height
from xltools.ooxml.sheet_index import scan

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def frame(inside: str) -> Frame:
    data = f'<worksheet xmlns="{MAIN}">{inside}</worksheet>'.encode()
    return Frame.of(data, scan(data))


def numbers(anchor: str) -> list[int]:
    return [int(part) for part in anchor.split(",")]


def span(anchor: str, widths: dict[int, int], default: int) -> int:
    """How many pixels wide a note is in columns (from 0) of these widths."""
    first, start, _, _, last, stop, _, _ = numbers(anchor)
    return sum(widths.get(column, default) for column in range(first, last)) - start + stop


def test_a_note_is_as_wide_in_narrow_columns_as_in_wide_ones() -> None:
    plain = frame("<sheetData/>").anchor(5, 2, "错")
    assert span(plain, {}, 64) == WIDTH
    narrow = frame('<cols><col min="1" max="40" width="2"/></cols><sheetData/>').anchor(5, 2, "错")
    assert span(narrow, {}, 14) == WIDTH
    hidden = frame('<cols><col min="3" max="4" width="9" hidden="1"/></cols><sheetData/>').anchor(5, 2, "错")
    assert span(hidden, {2: 0, 3: 0}, 64) == WIDTH


def test_a_note_of_a_merged_area_lies_beside_the_whole_area() -> None:
    merged = frame('<sheetData/><mergeCells><mergeCell ref="B5:E6"/></mergeCells>').anchor(5, 2, "错")
    assert numbers(merged)[0] == 5


def test_a_note_is_high_enough_for_its_text() -> None:
    rows = '<sheetData><row r="4" ht="60"/><row r="5" ht="60"/></sheetData>'
    note = "长" * 100
    first_row, lift, last_row, down = (numbers(frame(rows).anchor(5, 2, note))[place] for place in (2, 3, 6, 7))
    heights = {3: 80, 4: 80}
    assert sum(heights.get(row, 20) for row in range(first_row, last_row)) - lift + down == note_height(note)
    assert note_height("长" * 100) > note_height("长" * 10)
