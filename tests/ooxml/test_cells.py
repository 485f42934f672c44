from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from xltools.edits import Value
from xltools.errors import WorkbookError
from xltools.ooxml.cells import (
    EMPTY,
    Stored,
    cell_with_formula,
    cell_with_result,
    changed_cell,
    new_cell,
    serial,
    stored_formula,
    stored_value,
)


@pytest.mark.parametrize(
    ("value", "xml"),
    [
        (12.5, b'<c r="B2" s="3"><v>12.5</v></c>'),
        (12.0, b'<c r="B2" s="3"><v>12</v></c>'),
        (Decimal("620.820001"), b'<c r="B2" s="3"><v>620.820001</v></c>'),
        (7, b'<c r="B2" s="3"><v>7</v></c>'),
        (True, b'<c r="B2" s="3" t="b"><v>1</v></c>'),
        (None, b'<c r="B2" s="3"/>'),
        ("优", '<c r="B2" s="3" t="inlineStr"><is><t>优</t></is></c>'.encode()),
        ("=1<2&3", b'<c r="B2" s="3" t="inlineStr"><is><t>=1&lt;2&amp;3</t></is></c>'),
        (" a", b'<c r="B2" s="3" t="inlineStr"><is><t xml:space="preserve"> a</t></is></c>'),
        ("a\r\x07", b'<c r="B2" s="3" t="inlineStr"><is><t>a_x000D__x0007_</t></is></c>'),
        ("_x000D_", b'<c r="B2" s="3" t="inlineStr"><is><t>_x005F_x000D_</t></is></c>'),
        (date(2021, 3, 5), b'<c r="B2" s="3"><v>44260</v></c>'),
        (datetime(2021, 3, 5, 12), b'<c r="B2" s="3"><v>44260.5</v></c>'),
    ],
)
def test_a_value_takes_the_place_of_a_cells_content(value: Value, xml: bytes) -> None:
    assert changed_cell(b'<c r="B2" s="3" t="s"><v>0</v></c>', stored_value(value), None) == xml


def test_a_formula_is_stored_with_its_result() -> None:
    old = b'<c r="A1"/>'
    number = stored_formula("=IF(B1<1,2,3)", stored_value(Decimal("98.5")))
    assert changed_cell(old, number, None) == b'<c r="A1"><f>IF(B1&lt;1,2,3)</f><v>98.5</v></c>'
    text = stored_formula('"优"', stored_value("优"))
    assert changed_cell(old, text, None) == '<c r="A1" t="str"><f>"优"</f><v>优</v></c>'.encode()
    error = stored_formula("1/0", stored_value("#DIV/0!"))
    assert changed_cell(old, error, None) == b'<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    assert changed_cell(old, stored_formula("B1", None), None) == b'<c r="A1"><f>B1</f></c>'


def test_unknown_attributes_and_children_of_a_cell_stay() -> None:
    old = b"<x:c r = 'A1'  ph='1' t='s' vm='2'><x:v>0</x:v><x:extLst><x:ext/></x:extLst></x:c>"
    new = b"<x:c r = 'A1'  ph='1'><x:v>1</x:v><x:extLst><x:ext/></x:extLst></x:c>"
    assert changed_cell(old, stored_value(1), None) == new


def test_a_style_alone_leaves_the_content_bytes() -> None:
    assert changed_cell(b'<c r="A1" s="1" t="s"><v>0</v></c>', None, 4) == b'<c r="A1" s="4" t="s"><v>0</v></c>'
    assert changed_cell(b'<c r="A1" />', None, 4) == b'<c r="A1" s="4" />'


def test_a_result_changes_and_the_formula_keeps_its_bytes() -> None:
    old = b'<c r="A1" s="1" cm="1"><f t="shared" si="0" ca="1"/><v>1</v></c>'
    assert (
        cell_with_result(old, Stored("n", "2")) == b'<c r="A1" s="1" cm="1"><f t="shared" si="0" ca="1"/><v>2</v></c>'
    )
    text = b'<c r="A1" s="1" cm="1" t="str"><f t="shared" si="0" ca="1"/><v>x</v></c>'
    assert cell_with_result(old, Stored("str", "x")) == text
    assert cell_with_result(text, EMPTY) == b'<c r="A1" s="1" cm="1"><f t="shared" si="0" ca="1"/></c>'


def test_a_shared_formula_is_written_out_and_its_result_keeps_its_bytes() -> None:
    old = b'<x:c r="A2"><x:f t="shared" si="0"/><x:v>1.50</x:v></x:c>'
    assert cell_with_formula(old, "B2<C2") == b'<x:c r="A2"><x:f>B2&lt;C2</x:f><x:v>1.50</x:v></x:c>'


def test_a_new_cell_carries_its_style() -> None:
    assert new_cell(b"", "C7", stored_value(1), 5) == b'<c r="C7" s="5"><v>1</v></c>'
    assert new_cell(b"x:", "C7", stored_value(1), 0) == b'<x:c r="C7"><x:v>1</x:v></x:c>'


@pytest.mark.parametrize(
    ("value", "date1904", "number"),
    [
        (date(1900, 1, 1), False, "1"),
        (date(1900, 2, 28), False, "59"),
        (date(1900, 3, 1), False, "61"),
        (date(2021, 3, 5), True, "42798"),
        (date(1904, 1, 1), True, "0"),
        (time(6), False, "0.25"),
        (datetime(2021, 3, 5, 0, 0, 1), False, "44260.000011574074"),
    ],
)
def test_a_date_becomes_the_serial_number_of_its_system(value: date | time, date1904: bool, number: str) -> None:
    assert serial(value, date1904=date1904) == Decimal(number)


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("-Infinity"),
        "x" * 32_768,
        date(1899, 12, 31),
        datetime(2021, 3, 5, tzinfo=UTC),
    ],
)
def test_what_a_cell_cannot_hold_is_refused(value: Value) -> None:
    with pytest.raises(WorkbookError):
        stored_value(value)


@pytest.mark.parametrize("formula", ["", "=", "=" + "1" * 8193])
def test_a_formula_that_is_empty_or_too_long_is_refused(formula: str) -> None:
    with pytest.raises(WorkbookError):
        stored_formula(formula, None)
