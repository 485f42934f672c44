"""What an `.xls` workbook stores: a small reader of the BIFF records ([MS-XLS]) that concern a form.

Own code, because the readers on offer give no number formats, and believe a damaged length: a broken file makes them
reserve gigabytes or end the whole process. BIFF8 (Excel 97 and later) and BIFF5 (Excel 5 and 95) are read.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from xltools.sheets.compound import CompoundError, stream
from xltools.sheets.grid import Area
from xltools.sheets.numberformats import BUILTIN, number

Value = Decimal | bool | str
Kind = Literal["number", "bool", "error", "text"]
Segments = Sequence[bytes]

BIFF8 = 0x0600

_BOF, _EOF, _FILEPASS, _CODEPAGE, _DATE1904 = 0x0809, 0x0A, 0x2F, 0x42, 0x22
_CONTINUATION = b"\x3c\0"
_FORMAT, _XF, _BOUNDSHEET, _SST, _SUPBOOK = 0x041E, 0xE0, 0x85, 0xFC, 0x01AE
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x0203, 0x027E, 0xBD, 0x06, 0x0205
_LABELSST, _LABEL, _RSTRING, _STRING = 0xFD, 0x0204, 0xD6, 0x0207
_ROW, _COLINFO, _MERGEDCELLS = 0x0208, 0x7D, 0xE5
_WORKSHEET = 0
_STATES = ("visible", "hidden", "veryHidden")
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
# Code pages of BIFF5 texts; GB 18030 holds all of 936.
_CODEPAGES = {936: "gb18030", 950: "big5", 932: "shift_jis", 949: "cp949", 1252: "cp1252", 1200: "utf-16-le"}


class BiffError(ValueError):
    """A compound file or its workbook stream is damaged."""


class EncryptedError(BiffError):
    """The workbook stream is encrypted."""


class Stored(NamedTuple):
    """One cell: what it stores, of which kind, and the code of its number format."""

    value: Value
    kind: Kind
    number_format: str


@dataclass(frozen=True)
class StoredSheet:
    """One worksheet: its cells by row and column, counted from 1, its merged areas, and what of it is hidden."""

    name: str
    state: str
    cells: dict[tuple[int, int], Stored] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class StoredBook:
    """The worksheets of a workbook in their order, and the files that its formulas read."""

    sheets: tuple[StoredSheet, ...]
    date1904: bool
    external_links: tuple[str, ...]


def read(data: bytes) -> StoredBook:
    """The workbook in a compound file.

    Raises BiffError where it is damaged, EncryptedError where it asks for a password.
    """
    try:
        workbook = stream(data, ("workbook", "book"))
    except (CompoundError, struct.error) as error:
        raise BiffError(str(error)) from None
    return read_stream(workbook)


def read_stream(workbook: bytes) -> StoredBook:
    """The workbook in the `Workbook` (BIFF5: `Book`) stream of a compound file.

    Raises BiffError where it is damaged, EncryptedError where it asks for a password.
    """
    try:
        return _Reader(workbook).book()
    except BiffError:
        raise
    except (struct.error, IndexError, ValueError) as error:
        raise BiffError(str(error)) from None


class _Reader:
    """A workbook stream, with what its first part says for all sheets."""

    def __init__(self, workbook: bytes) -> None:
        self.workbook = workbook
        self.wide = True
        self.encoding = "gb18030"
        self.codes: list[str] = []
        self.strings: list[str] = []

    def book(self) -> StoredBook:
        """The whole workbook."""
        formats = dict(BUILTIN)
        used: list[int] = []
        sheets: list[tuple[int, StoredSheet]] = []
        links: list[str] = []
        date1904 = False
        for kind, segments in self._records(0):
            body = segments[0]
            if kind == _BOF:
                self.wide = struct.unpack_from("<H", body)[0] >= BIFF8
            elif kind == _FILEPASS:
                raise EncryptedError("FILEPASS")
            elif kind == _CODEPAGE:
                self.encoding = _CODEPAGES.get(struct.unpack_from("<H", body)[0], "gb18030")
            elif kind == _DATE1904:
                date1904 = body[0] == 1
            elif kind == _FORMAT:
                formats[struct.unpack_from("<H", body)[0]] = self._text(body, 2, "<H" if self.wide else "<B")
            elif kind == _XF:
                used.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == _SST:
                self.strings = list(_shared_strings(segments))
            elif kind == _SUPBOOK and self.wide and len(body) > 4:
                links.append(self._linked_file(body))
            elif kind == _BOUNDSHEET and body[5] == _WORKSHEET:
                start, state = struct.unpack_from("<IB", body)
                sheets.append((start, StoredSheet(self._text(body, 6, "<B"), _STATES[min(state & 3, 2)])))
        self.codes = [formats.get(index, "General") for index in used]
        for start, sheet in sheets:
            self._fill(sheet, start)
        return StoredBook(tuple(sheet for _, sheet in sheets), date1904, tuple(link for link in links if link))

    def _fill(self, sheet: StoredSheet, start: int) -> None:
        waiting: tuple[int, int, int] | None = None
        for kind, segments in self._records(start):
            body = segments[0]
            if kind == _LABELSST:
                row, column, style, index = struct.unpack_from("<3HI", body)
                self._put(sheet, row, column, style, self.strings[index], "text")
            elif kind == _NUMBER:
                row, column, style, value = struct.unpack_from("<3Hd", body)
                self._put(sheet, row, column, style, number(repr(value)), "number")
            elif kind == _RK:
                row, column, style, packed = struct.unpack_from("<3HI", body)
                self._put(sheet, row, column, style, _rk(packed), "number")
            elif kind == _MULRK:
                row, column = struct.unpack_from("<2H", body)
                for place, offset in enumerate(range(4, len(body) - 2, 6)):
                    style, packed = struct.unpack_from("<HI", body, offset)
                    self._put(sheet, row, column + place, style, _rk(packed), "number")
            elif kind == _FORMULA:
                row, column, style = struct.unpack_from("<3H", body)
                result = _result(body[6:14])
                waiting = (row, column, style) if result is None else None
                if result is not None:
                    self._put(sheet, row, column, style, *result)
            elif kind == _STRING and waiting is not None:
                self._put(sheet, *waiting, _whole_text(segments) if self.wide else self._text(body, 0, "<H"), "text")
                waiting = None
            elif kind == _BOOLERR:
                row, column, style, code, is_error = struct.unpack_from("<3H2B", body)
                self._put(sheet, row, column, style, *_bool_or_error(code, bool(is_error)))
            elif kind in (_LABEL, _RSTRING):
                row, column, style = struct.unpack_from("<3H", body)
                self._put(sheet, row, column, style, self._text(body, 6, "<H"), "text")
            elif kind == _MERGEDCELLS:
                for place in range(struct.unpack_from("<H", body)[0]):
                    top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * place)
                    sheet.merges.append(Area(top + 1, left + 1, bottom + 1, right + 1))
            elif kind == _ROW:
                if struct.unpack_from("<H", body, 12)[0] & 0x20:
                    sheet.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
            elif kind == _COLINFO:
                first, last, _, _, flags = struct.unpack_from("<5H", body)
                if flags & 1:
                    sheet.hidden_columns.update(range(first + 1, min(last, 255) + 2))

    def _put(self, sheet: StoredSheet, row: int, column: int, style: int, value: Value, kind: Kind) -> None:
        code = self.codes[style] if style < len(self.codes) else "General"
        if value != "":
            sheet.cells[row + 1, column + 1] = Stored(value, kind, code)

    def _records(self, start: int) -> Iterator[tuple[int, Segments]]:
        """The records from a BOF to its own EOF, each with its continuations; embedded charts are passed over."""
        position, depth, workbook = start, 0, self.workbook
        while position + 4 <= len(workbook):
            kind, length = struct.unpack_from("<2H", workbook, position)
            segments = [workbook[position + 4 : position + 4 + length]]
            position += 4 + length
            while workbook[position : position + 2] == _CONTINUATION:
                length = struct.unpack_from("<H", workbook, position + 2)[0]
                segments.append(workbook[position + 4 : position + 4 + length])
                position += 4 + length
            if position > len(workbook):
                raise BiffError("truncated record")
            depth += kind == _BOF
            if depth <= 1:
                yield kind, segments
            if kind == _EOF:
                depth -= 1
                if depth <= 0:
                    return
        raise BiffError("no end of sheet")

    def _text(self, body: bytes, offset: int, length_format: str) -> str:
        """A short text at `offset`, its length in characters stored as `length_format`."""
        length = struct.unpack_from(length_format, body, offset)[0]
        offset += struct.calcsize(length_format)
        if not self.wide:
            return body[offset : offset + length].decode(self.encoding, "replace")
        if body[offset] & 1:
            return body[offset + 1 : offset + 1 + 2 * length].decode("utf-16-le", "replace")
        return body[offset + 1 : offset + 1 + length].decode("latin-1")

    def _linked_file(self, body: bytes) -> str:
        """The file that a SUPBOOK record names; empty for the workbook itself and for add-ins."""
        if struct.unpack_from("<H", body, 2)[0] in (0x0401, 0x3A01):
            return ""
        # The path is encoded: 1 begins it, 3 stands between folders ([MS-XLS] 2.5.277).
        return self._text(body, 2, "<H").lstrip("\x01\x02").replace("\x03", "/")


class _Cursor:
    """A place in a record and its continuations."""

    def __init__(self, segments: Segments) -> None:
        self.segments = segments
        self.segment = 0
        self.position = 0

    def _go_on(self) -> None:
        while self.position >= len(self.segments[self.segment]):
            self.segment += 1
            self.position = 0

    def take(self, length: int) -> bytes:
        """The next bytes, wherever they are continued; raises IndexError where the record ends before."""
        parts: list[bytes] = []
        while length > 0:
            self._go_on()
            part = self.segments[self.segment][self.position : self.position + length]
            parts.append(part)
            self.position += len(part)
            length -= len(part)
        return b"".join(parts)

    def characters(self, count: int, flags: int) -> str:
        """The next characters; a continuation in their midst says anew whether they take two bytes each."""
        parts: list[str] = []
        while count > 0:
            if self.position >= len(self.segments[self.segment]):
                self._go_on()
                flags = self.take(1)[0]
            width = 2 if flags & 1 else 1
            left = (len(self.segments[self.segment]) - self.position) // width
            if left == 0:
                raise BiffError("broken text")
            data = self.take(min(count, left) * width)
            parts.append(data.decode("utf-16-le" if flags & 1 else "latin-1", "surrogatepass"))
            count -= len(data) // width
        text = "".join(parts)
        # A pair of surrogates may have been parted by a continuation.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _shared_strings(segments: Segments) -> Iterator[str]:
    cursor = _Cursor(segments)
    count = struct.unpack("<4xI", cursor.take(8))[0]
    for _ in range(count):
        length, flags = struct.unpack("<HB", cursor.take(3))
        runs = struct.unpack("<H", cursor.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", cursor.take(4))[0] if flags & 4 else 0
        yield cursor.characters(length, flags)
        # Formatting runs and phonetic data stand behind the text.
        cursor.take(4 * runs + extra)


def _whole_text(segments: Segments) -> str:
    cursor = _Cursor(segments)
    length, flags = struct.unpack("<HB", cursor.take(3))
    return cursor.characters(length, flags)


def _rk(packed: int) -> Decimal:
    if packed & 2:
        value = Decimal((packed ^ 0x80000000) - 0x80000000 >> 2)
    else:
        value = number(repr(struct.unpack("<d", struct.pack("<Q", (packed & ~3) << 32))[0]))
    return value / 100 if packed & 1 else value


def _result(stored: bytes) -> tuple[Value, Kind] | None:
    """The stored result of a formula; None for a text, which the next record holds."""
    if stored[6:] != b"\xff\xff":
        return number(repr(struct.unpack("<d", stored)[0])), "number"
    if stored[0] in (1, 2):
        return _bool_or_error(stored[2], stored[0] == 2)
    return None


def _bool_or_error(code: int, is_error: bool) -> tuple[Value, Kind]:
    return (_ERRORS.get(code, "#N/A"), "error") if is_error else (bool(code), "bool")
