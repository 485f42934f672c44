"""Readers: every file format becomes the same Grid."""

from pathlib import Path
from typing import TYPE_CHECKING

from xltools.errors import WorkbookError
from xltools.sheets.grid import Book
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.ooxml.package import Package

_WPS_TARGETS = {".et": ".xlsx", ".ett": ".xlsx", ".wps": ".docx", ".wpt": ".docx"}
_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")
_HEAD = 4096


def read_book(path: str | Path) -> Book:
    """Every sheet of a workbook, or every table of a Word document, as a Grid.

    What the file holds decides, not what it is called: an .xls that is an .xlsx inside is read as that.

    Raises WorkbookError where the file is of another kind, encrypted, damaged or too large; its message says how to
    make it readable.
    """
    from xltools.ooxml.package import OLE, Package, ole_streams, read_file, refuse_other_formats

    file = Path(path)
    data = read_file(file)
    extension = file.suffix.lower()
    if data[:8] == OLE:
        streams = ole_streams(data)
        if extension in _WPS_TARGETS:
            raise _wps_format(path, extension)
        if "EncryptedPackage" not in streams and streams & {"Workbook", "Book"}:
            if extension in _WORKBOOKS:
                raise WorkbookError(say("ooxml.old_xls", path=path))
            from xltools.sheets import xls

            return xls.read(file)
        if "EncryptedPackage" not in streams and "WordDocument" in streams:
            raise WorkbookError(say("ooxml.old_doc", path=path))
        refuse_other_formats(data, str(path))
    if data[:4] == b"PK\3\4":
        package = Package(data, str(path))
        if _is_document(package):
            from xltools.sheets import docx

            return docx.read(file)
        from xltools.sheets import xlsx

        return xlsx.book_of(package)
    if data[:5] != b"%PDF-" and data and (extension in (".csv", ".txt", ".tsv") or _is_text(data)):
        raise WorkbookError(say("ooxml.text_file", path=path))
    if extension in _WPS_TARGETS:
        raise _wps_format(path, extension)
    if extension not in (*_WORKBOOKS, ".xls", ".docx", ".pdf"):
        raise WorkbookError(say("ooxml.unknown_format", path=path))
    refuse_other_formats(data, str(path))
    raise WorkbookError(say("ooxml.not_a_zip", path=path))


def _wps_format(path: str | Path, extension: str) -> WorkbookError:
    return WorkbookError(say("ooxml.wps_format", path=path, extension=extension, target=_WPS_TARGETS[extension]))


def _is_document(package: "Package") -> bool:
    return any(
        relationship.type.endswith("/officeDocument") and relationship.target.lower().startswith("word/")
        for relationship in package.relationships("").values()
    ) or ("word/document.xml" in package and "xl/workbook.xml" not in package)


def _is_text(data: bytes) -> bool:
    """Whether the bytes look like text, as the HTML, XML and CSV that are sometimes saved as .xls do."""
    head = data[:_HEAD]
    return b"\0" not in head and all(byte >= 32 or byte in b"\t\r\n\f" for byte in head)
