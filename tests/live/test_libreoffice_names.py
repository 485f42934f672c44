"""Defined names in a real LibreOffice, used through xlwings as users write it."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xltools.errors import LiveError


def test_names_of_the_book_and_of_a_sheet(book: Any) -> None:
    sheet = book.sheets["二"]
    book.names.add("总分", "=一!$B$2:$C$3")
    sheet.names.add("本表", "=$A$1")
    book.names.add("二!率", "=SUM(一!$A$1,2)/10%")
    assert {name.name: name.refers_to for name in book.names} == {
        "总分": "=一!$B$2:$C$3",
        "二!本表": "=二!$A$1",
        "二!率": "=SUM(一!$A$1,2)/10%",
    }
    assert {name.name for name in sheet.names} == {"二!本表", "二!率"}
    assert len(book.sheets["一"].names) == 0
    assert [name in book.names for name in ("总分", "二!本表", "本表", "一!本表", "三!本表")] == [
        *(True, True),
        *(False, False, False),
    ]
    assert [name in sheet.names for name in ("总分", "二!本表", "本表", "一!本表")] == [False, True, True, False]
    assert book.names["总分"].refers_to_range.get_address(external=False) == "$B$2:$C$3"
    assert book.names["总分"].refers_to_range.sheet.name == "一"
    assert book.names[0].name == "总分"


def test_a_name_for_a_value_has_no_cells(book: Any) -> None:
    book.names.add("数", "=12")
    with pytest.raises(LiveError, match="数"):
        _ = book.names["数"].refers_to_range


@pytest.mark.parametrize("name", ["a b", "A1", "1a", "三!x"])
def test_a_name_that_breaks_the_rules_is_refused(book: Any, name: str) -> None:
    with pytest.raises(LiveError):
        book.names.add(name, "=一!$A$1")
    assert len(book.names) == 0


def test_a_name_is_replaced_renamed_and_deleted(book: Any) -> None:
    book.names.add("alt", "=一!$A$1")
    book.names.add("Alt", "=一!$A$2")
    assert [name.refers_to for name in book.names] == ["=一!$A$2"]
    book.names["alt"] = "=二!$B$1"
    book.names["ALT"].name = "neu"
    assert book.names["neu"].refers_to_range.sheet.name == "二"
    book.sheets["一"]["C3"].name = "cell"
    assert book.sheets["一"]["C3"].name.name == "cell"
    with pytest.raises(LiveError):
        book.names["cell"].name = "neu"
    book.names["neu"].delete()
    assert [name.name for name in book.names] == ["cell"]
    with pytest.raises(KeyError):
        book.names["neu"]


def test_hidden_names_are_found_and_names_survive_the_file(app: Any, book: Any, here: Path) -> None:
    book.save("a.xlsx")
    book.close()
    made = openpyxl.load_workbook("a.xlsx")
    made.defined_names["_secret"] = openpyxl.workbook.defined_name.DefinedName(
        "_secret", attr_text="一!$A$1", hidden=True
    )
    made["二"].defined_names["own"] = openpyxl.workbook.defined_name.DefinedName("own", attr_text="二!$B$2:$B$3")
    made.save("a.xlsx")
    again = app.books.open("a.xlsx")
    assert {name.name: name.refers_to for name in again.names} == {"_secret": "=一!$A$1", "二!own": "=二!$B$2:$B$3"}
    assert "_secret" in again.names
