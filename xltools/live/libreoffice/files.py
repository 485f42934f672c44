"""File formats: which filter of LibreOffice reads and writes which file, and with what options."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xltools.errors import LiveError
from xltools.live.libreoffice import bridge
from xltools.texts import say

_CSV = "Text - txt - csv (StarCalc)"
_PDF = "calc_pdf_Export"
_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".xlt": "MS Excel 97 Vorlage/Template",
    ".ods": "calc8",
    ".ots": "calc8_template",
    ".fods": "OpenDocument Spreadsheet Flat XML",
    ".csv": _CSV,
    ".html": "HTML (StarCalc)",
    ".pdf": _PDF,
}
_OOXML = (".xlsx", ".xlsm", ".xltx")
_EXPORTS = (".html", ".pdf")
"""What LibreOffice writes a copy as, but does not work on."""
_UTF_8, _GB_18030 = 76, 85
"""LibreOffice's numbers of character sets (rtl_TextEncoding)."""
_CODE_PAGES = {65001: _UTF_8, 936: _GB_18030, 54936: _GB_18030, 950: 39, 1252: 1, 932: 36, 949: 38, 1200: 65535}
_COMMA, _QUOTE = 44, 34
_DELIMITERS = {1: "\t", 2: ",", 3: " ", 4: ";"}
"""Excel's `Format` argument of `Workbooks.Open`."""


def reading(path: Path, form: int | None, delimiter: str | None, code_page: int | None) -> dict[str, Any]:
    """The options to read a file with: of a CSV file its delimiter and character set, of another one none."""
    if path.suffix.lower() not in (".csv", ".txt", ".tsv"):
        return {}
    between = delimiter or _DELIMITERS.get(form or 0) or ("\t" if path.suffix.lower() == ".tsv" else ",")
    charset = _CODE_PAGES.get(code_page or 0) or _charset(path)
    return {"FilterName": _CSV, "FilterOptions": f"{ord(between)},{_QUOTE},{charset},1"}


def _charset(path: Path) -> int:
    """UTF-8, or GB 18030, which Chinese Windows writes."""
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return _GB_18030
    return _UTF_8


def writing(path: Path, loaded: Sequence[Any], password: str | None) -> dict[str, Any]:
    """The options to write a file with, chosen by its suffix; with a password it is encrypted.

    `loaded` are the options that the document was loaded with: where the suffix is the same, so is the filter. Raises
    LiveError for a suffix that LibreOffice does not write.
    """
    suffix = path.suffix.lower()
    if suffix not in _FILTERS:
        raise LiveError(say("libreoffice.unknown_format", suffix=path.suffix or path.name, known=" ".join(_FILTERS)))
    options: dict[str, Any] = {"FilterName": _FILTERS[suffix]}
    if suffix == ".csv":
        # From the first line on, only those texts quoted that need it, numbers as they are shown.
        options["FilterOptions"] = f"{_COMMA},{_QUOTE},{_UTF_8},1,,0,false,true"
    kept = {item.Name: item.Value for item in loaded if item.Name in ("URL", "FilterName", "FilterOptions")}
    if kept.get("FilterName") and Path(str(kept.get("URL", ""))).suffix.lower() == suffix:
        options["FilterName"] = kept["FilterName"]
        if kept.get("FilterOptions"):
            options["FilterOptions"] = kept["FilterOptions"]
    if password is not None:
        options |= _encryption(suffix, password)
    return options


def _encryption(suffix: str, password: str) -> dict[str, Any]:
    if suffix not in _OOXML:
        return {"Password": password}
    # LibreOffice ignores a plain password for these and writes them open.
    values = {"OOXPassword": password, "CryptoType": "Standard"}
    named = tuple(bridge.struct("beans.NamedValue", Name=name, Value=value) for name, value in values.items())
    return {"EncryptionData": bridge.uno().Any("[]com.sun.star.beans.NamedValue", named)}


def is_export(path: Path) -> bool:
    """Whether the file can only be a copy of the workbook."""
    return path.suffix.lower() in _EXPORTS


def pdf(quality: str) -> dict[str, Any]:
    """The options of a PDF: `standard` or `minimum`."""
    data = bridge.properties(Quality=75 if quality == "minimum" else 90, ReduceImageResolution=quality == "minimum")
    return {"FilterName": _PDF, "FilterData": bridge.uno().Any("[]com.sun.star.beans.PropertyValue", data)}


class Saving:
    """Says plainly why a file cannot be written, where UNO raises an error code.

    A class, because an exception of UNO cannot pass through a `contextlib.contextmanager`.
    """

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        # LibreOffice would make the folders.
        folder = Path(self._path).parent
        if not folder.is_dir():
            raise LiveError(
                say("libreoffice.not_saved", path=self._path, error=say("libreoffice.no_folder", folder=folder))
            )

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if kind is None or not issubclass(kind, bridge.exception("io.IOException")):
            return
        there = self._path if Path(self._path).exists() else Path(self._path).parent
        right = os.access(there, os.W_OK)
        reason = bridge.message(error or LiveError(self._path)) if right else say("libreoffice.no_right")
        raise LiveError(say("libreoffice.not_saved", path=self._path, error=reason)) from None
