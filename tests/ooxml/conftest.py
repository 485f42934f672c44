import io
from collections.abc import Callable

import openpyxl
import pytest


@pytest.fixture
def saved() -> Callable[[openpyxl.Workbook], bytes]:
    """The bytes of a workbook as openpyxl saves it."""

    def save(book: openpyxl.Workbook) -> bytes:
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return save
