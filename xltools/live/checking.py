"""Checking the workbook that is open in an application, as it stands there."""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xltools.check_report import CheckReport
from xltools.checking import check_book
from xltools.live import marks as drawn
from xltools.live.applications import Application
from xltools.live.places import staying
from xltools.live.source import read
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw

    from xltools.forms import FormMap
    from xltools.issued import Issued
    from xltools.policies.model import Policy
    from xltools.sheets.grid import Book


@dataclass(frozen=True)
class Rules:
    """What a workbook is checked by; the parts mean what they mean for `xltools.check`.

    What they name is loaded when it is first needed, and once. Raises InputError then where it cannot be used.
    """

    template: str | os.PathLike[str] | None = None
    policy: str | os.PathLike[str] | None = None
    form_map: str | os.PathLike[str] | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @cached_property
    def loaded(self) -> "tuple[Issued | None, Policy | None, FormMap | None]":
        """The template, the policy and the map."""
        from xltools.forms import load_map
        from xltools.issued import issued
        from xltools.policies import load

        return (
            None if self.template is None else issued(self.template),
            None if self.policy is None else load(os.fspath(self.policy)),
            None if self.form_map is None else load_map(self.form_map),
        )


@dataclass(frozen=True)
class Checked:
    """What a check of an open workbook found and what it marked; `marks` is None where nothing was written."""

    report: CheckReport
    marks: drawn.Marks | None = None


def check(
    application: Application, book: "xw.Book", rules: Rules | None = None, *, mark: bool = True, show: bool = True
) -> Checked:
    """Check an open workbook, unsaved changes included.

    Unless `mark` is False, the marks of an earlier check give way to new ones: coloured cells, notes and a sheet of
    findings. With `show` the application then goes to the first finding; otherwise it stays where its user is.

    Raises LiveError where the application refuses, InputError and SettingsError like `xltools.check`.
    """
    with application.session():
        report, grids = examined(application, book, rules or Rules())
        wanted = mark and has_form(report)
        return Checked(report, marked(application, book, grids, report, show=show) if wanted else None)


def has_form(report: CheckReport) -> bool:
    """Whether a self-evaluation form was recognised; a workbook without one is somebody's and gets no marks."""
    return any(file.form is not None for file in report.files)


def marked(application: Application, book: "xw.Book", grids: "Book", report: CheckReport, *, show: bool) -> drawn.Marks:
    """Put the marks of a report in the place of those of an earlier one; with `show`, go to its first finding."""
    with (
        application.session(),
        staying(application, book) as home,
        application.one_step(book, say("live.step.check")),
        application.quietly(),
    ):
        drawn.clear(application, book)
        made = drawn.mark(application, book, grids, report.files)
        if show:
            home.go(made.first or (made.sheet, 1, 1))
        return made


def clear(application: Application, book: "xw.Book") -> int | None:
    """Take every mark of a check out of an open workbook; returns how many cells had one, None where there was nothing.

    Raises LiveError where the application refuses.
    """
    with (
        application.session(),
        staying(application, book),
        application.one_step(book, say("live.step.clear")),
        application.quietly(),
    ):
        return drawn.clear(application, book)


def examined(application: Application, book: "xw.Book", rules: Rules) -> "tuple[CheckReport, Book]":
    """The report on an open workbook, and its sheets as they were read; nothing is written."""
    from xltools import settings

    template, policy, form_map = rules.loaded
    settings.search_again()
    grids = read(application, book)
    found = check_book(
        grids,
        grids.path,
        template=template,
        policy=policy,
        form_map=form_map,
        select=rules.select,
        ignore=rules.ignore,
    )
    return CheckReport(tuple(found)), grids
