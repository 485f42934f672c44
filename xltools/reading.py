"""Reading: every form of a file as data."""

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from xltools.errors import FormError
from xltools.evaluation import Evaluation
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.forms import FormMap, Recognition
    from xltools.sheets.grid import Book


def read(path: str | os.PathLike[str], form_map: "FormMap | None" = None) -> list[Evaluation]:
    """Every self-evaluation form in a workbook or document, in the order of its sheets or tables.

    Raises WorkbookError where the file cannot be read, FormError where it holds no form or the map does not fit it, and
    SettingsError where the settings of its folder are wrong.
    """
    return list(recognised(path, form_map)[1].evaluations)


def recognised(path: str | os.PathLike[str], form_map: "FormMap | None" = None) -> "tuple[Book, Recognition]":
    """A file's sheets and the forms recognised in them, at least one; raises like `read`."""
    from xltools.sheets import read_book

    book = read_book(os.fspath(path))
    recognition = recogniser(path, form_map)(book)
    if not recognition.evaluations:
        raise no_form(book, recognition)
    return book, recognition


def no_form(book: "Book", recognition: "Recognition") -> FormError:
    """What is said of a file in which no form was recognised."""
    from xltools.checks import form_not_recognised

    reason = form_not_recognised.report(book, recognition).message
    return FormError(say("cli.no_form", path=book.path, reason=reason))


def recogniser(path: str | os.PathLike[str], form_map: "FormMap | None" = None) -> "Callable[[Book], Recognition]":
    """How forms are recognised in a file: with the wordings of its folder's settings and by a map.

    Raises SettingsError where the settings are wrong.
    """
    from xltools import settings
    from xltools.forms import recognise

    return partial(recognise, vocabulary=settings.vocabulary(path), form_map=form_map)
