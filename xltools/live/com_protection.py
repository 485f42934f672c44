"""Protected sheets and workbooks through COM: taking off a protection without a password, and giving it back."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from xltools.live.com_errors import com_error, may_pass, optional

_ALLOWED = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)
"""What a protected sheet may allow, in the order in which Worksheet.Protect takes it."""

_NO_PASSWORD = ""
"""Said outright: asked to unprotect without any, Excel asks the user for one."""


def sheet_protected(sheet: Any) -> bool:
    """Whether a COM worksheet refuses changes; one that is protected against its user only does not."""
    return bool(sheet.ProtectContents) and not optional(sheet, "ProtectionMode")


def unprotect_sheet(sheet: Any) -> Callable[[], None] | None:
    """Take off a sheet's protection; gives what protects it as before, None where it has a password."""
    allowed = optional(sheet, "Protection")
    told = [bool(optional(allowed, name)) if allowed is not None else False for name in _ALLOWED]
    drawings, scenarios = (bool(optional(sheet, name)) for name in ("ProtectDrawingObjects", "ProtectScenarios"))
    selectable = optional(sheet, "EnableSelection")
    if not _taken_off(sheet, "ProtectContents"):
        return None

    def protect() -> None:
        sheet.Protect(_NO_PASSWORD, drawings, True, scenarios, False, *told)
        if selectable is not None:
            sheet.EnableSelection = selectable

    return protect


def unprotect_book(book: Any) -> Callable[[], None] | None:
    """Take off the protection of a workbook's sheets as such; None where it has a password."""
    windows = bool(optional(book, "ProtectWindows"))
    if not _taken_off(book, "ProtectStructure"):
        return None
    return lambda: book.Protect(_NO_PASSWORD, True, windows)


def _taken_off(thing: Any, name: str) -> bool:
    try:
        thing.Unprotect(_NO_PASSWORD)
    except com_error() as error:
        if may_pass(error):
            raise
        return False
    with suppress(AttributeError):
        return not getattr(thing, name)
    return False
