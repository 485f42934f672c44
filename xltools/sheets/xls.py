"""Reading old `.xls` workbooks into Grids. The texts of formulas are not read, their stored results are."""

from pathlib import Path

from xltools.errors import WorkbookError
from xltools.ooxml.package import OLE, ole_streams, read_file
from xltools.sheets import biff
from xltools.sheets.grid import Book, Cell, Grid
from xltools.sheets.numberformats import number_format, shown
from xltools.texts import say


def read(path: str | Path) -> Book:
    """Every worksheet of an `.xls` workbook as a Grid; chart and macro sheets are passed over.

    Raises WorkbookError where the file is no such workbook, is encrypted or damaged.
    """
    data = read_file(path)
    _refuse_others(data, str(path))
    try:
        stored = biff.read(data)
    except biff.EncryptedError:
        raise WorkbookError(say("ooxml.encrypted", path=path)) from None
    except biff.BiffError as error:
        raise WorkbookError(say("documents.old_workbook_damaged", path=path, reason=error)) from None
    grids = tuple(_grid(sheet, stored.date1904) for sheet in stored.sheets)
    return Book(str(path), grids, date1904=stored.date1904, external_links=stored.external_links)


def _refuse_others(data: bytes, path: str) -> None:
    if not data:
        raise WorkbookError(say("ooxml.empty", path=path))
    if data[:8] != OLE:
        raise WorkbookError(say("documents.not_an_old_workbook", path=path))
    streams = ole_streams(data)
    for name, key in (("EncryptedPackage", "encrypted"), ("WordDocument", "old_doc")):
        if name in streams:
            raise WorkbookError(say(f"ooxml.{key}", path=path))


def _grid(sheet: biff.StoredSheet, date1904: bool) -> Grid:
    return Grid(
        sheet.name,
        {place: _cell(*place, stored, date1904) for place, stored in sorted(sheet.cells.items())},
        tuple(sheet.merges),
        frozenset(sheet.hidden_rows),
        frozenset(sheet.hidden_columns),
        sheet.state,
        source="xls",
    )


def _cell(row: int, column: int, stored: biff.Stored, date1904: bool) -> Cell:
    value, kind, code = stored
    if isinstance(value, bool):
        return Cell(row, column, "TRUE" if value else "FALSE", value, kind, None, code)
    if isinstance(value, str):
        return Cell(row, column, value, value, kind, None, code)
    return Cell(row, column, *shown(value, number_format(code), date1904), None, code)
