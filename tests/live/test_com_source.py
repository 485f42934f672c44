"""A form that is open in Excel is read as its file is, and within the calls that this may take."""

from tests.live.compared import differences
from tests.live.workplaces import EXAMPLE, InExcel
from xltools.live.source import read
from xltools.sheets import read_book


def test_the_example_is_read_from_excel_as_from_its_file(excel: InExcel) -> None:
    book = excel.open(EXAMPLE)
    # Wherever the user is, the rules read the same.
    excel.own(book).ActiveSheet.Range("C7").Select()
    with excel.application.session():
        live = read(excel.application, book)
    assert differences(live, read_book(EXAMPLE)) == []
