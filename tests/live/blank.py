"""A blank sheet of a real LibreOffice, as xlwings gives it; import the fixture to use it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.live.office import Office


@pytest.fixture(name="sheet")
def blank_sheet(office: Office) -> Iterator[Any]:
    """The only sheet of a new workbook, which is closed afterwards."""
    from xltools.live import libreoffice

    book = libreoffice.attach(office.context).books.add()
    yield book.sheets[0]
    book.close()
