"""Reading: every form of a file as data."""

import os
from typing import TYPE_CHECKING

from xltools.errors import FormError
from xltools.evaluation import Evaluation
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.forms import Recognition
    from xltools.sheets.grid import Book


def read(path: str | os.PathLike[str]) -> list[Evaluation]:
    """Every self-evaluation form in a workbook or document, in the order of its sheets or tables.

    Raises WorkbookError where the file cannot be read and FormError where it holds no form.
    """
    return list(recognised(path)[1].evaluations)


def recognised(path: str | os.PathLike[str]) -> "tuple[Book, Recognition]":
    """A file's sheets and the forms recognised in them, at least one.

    Raises WorkbookError where the file cannot be read and FormError where it holds no form.
    """
    from xltools.forms import recognise
    from xltools.sheets import read_book

    book = read_book(os.fspath(path))
    recognition = recognise(book)
    if not recognition.evaluations:
        from xltools.checks import form_not_recognised

        reason = form_not_recognised.report(book, recognition).message
        raise FormError(say("cli.no_form", path=os.fspath(path), reason=reason))
    return book, recognition
