"""One pass over a worksheet's XML: what it says, and where each row and cell stands in its bytes.

Reading and splicing share this index. Only numbers are kept for places (where expat reports an element's beginning and
end); `element_end` turns them into exact offsets when an edit needs them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from xltools.ooxml.formulas import translate
from xltools.ooxml.markup import MarkupError, new_parser, unescape
from xltools.sheets.grid import Area, Validation, area_of, column_number

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


class FormulaSource(NamedTuple):
    """A cell's `<f>` as stored: type (`normal`, `shared`, `array`, `dataTable`), area, shared index, and text.

    `master` is, for a follower of a shared formula, the row, column and text of its master.
    """

    type: str
    reference: str
    shared: str
    text: str
    master: tuple[int, int, str] | None = None


class CellEntry(NamedTuple):
    """A cell as stored: its place, type (`t`), style index (`s`), text of `<v>` or `<is>`, formula, and byte places."""

    row: int
    column: int
    type: str
    style: int
    value: str | None
    formula: FormulaSource | None
    start: int
    end: int


class RowEntry(NamedTuple):
    """A row as stored: its number, attributes, and byte places."""

    row: int
    attributes: dict[str, str]
    start: int
    end: int


class ChildEntry(NamedTuple):
    """A direct child of the worksheet element, and its byte places."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class SheetIndex:
    """What one pass over a worksheet yields."""

    cells: list[CellEntry] = field(default_factory=list)
    rows: list[RowEntry] = field(default_factory=list)
    children: list[ChildEntry] = field(default_factory=list)
    root_end: int = 0
    strict: bool = False
    merges: list[Area] = field(default_factory=list)
    columns: list[dict[str, str]] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    protection: dict[str, str] | None = None
    shared: dict[str, tuple[int, int, str]] = field(default_factory=dict)

    @property
    def hidden_rows(self) -> frozenset[int]:
        """The rows that are hidden."""
        return frozenset(row.row for row in self.rows if row.attributes.get("hidden") in ("1", "true"))

    @property
    def hidden_columns(self) -> frozenset[int]:
        """The columns that are hidden."""
        hidden: set[int] = set()
        for column in self.columns:
            if column.get("hidden") in ("1", "true"):
                hidden.update(range(int(column["min"]), min(int(column["max"]), 16_384) + 1))
        return frozenset(hidden)

    def formula(self, cell: CellEntry) -> str | None:
        """A cell's own formula, without the equals sign; a shared one as it reads in this cell."""
        source = cell.formula
        if source is None:
            return None
        if source.text:
            return source.text
        # A follower that stands before its master has found none yet.
        master = source.master or self.shared.get(source.shared)
        return translate(master[2], cell.row - master[0], cell.column - master[1]) if master else None


class _Scan:
    """The state of one pass; handlers for the sheet's frame, and quick ones for its cells."""

    def __init__(self, data: bytes) -> None:
        self.index = SheetIndex()
        self.parser = new_parser()
        self.chunks: list[str] = []
        self.depth = 0
        self.skipping = 0
        self.namespace = ""
        self.validation: dict[str, str] = {}
        self.child_start = 0
        parser = self.parser
        parser.CharacterDataHandler = self.chunks.append
        self._frame_handlers()
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise MarkupError(str(error)) from None

    def _frame_handlers(self) -> None:
        self.parser.StartElementHandler = self._frame_start
        self.parser.EndElementHandler = self._frame_end

    def _frame_start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        self.depth += 1
        if self.skipping:
            return
        if self.depth == 1:
            if local not in ("worksheet", "macrosheet", "dialogsheet", "chartsheet"):
                raise MarkupError(f"<{local}> instead of <worksheet>")
            self.namespace = namespace
            self.index.strict = namespace == _STRICT
            return
        if self.depth == 2:
            self.child_start = self.parser.CurrentByteIndex
        if local == "Choice" and namespace == _COMPATIBILITY:
            self.skipping = self.depth
        elif local == "sheetData" and namespace == self.namespace:
            self._cell_handlers()
        elif local == "mergeCell":
            self.index.merges += areas_of(attributes["ref"])
        elif local == "col":
            if int(attributes["min"]) <= int(attributes["max"]):
                self.index.columns.append(attributes)
        elif local == "sheetProtection":
            self.index.protection = attributes
        elif local == "dataValidation":
            self.validation = attributes
        elif local in ("formula1", "formula2", "sqref", "f"):
            self.chunks.clear()

    def _frame_end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if self.depth == 2:
            self.index.children.append(ChildEntry(local, self.child_start, self.parser.CurrentByteIndex))
        elif self.depth == 1:
            self.index.root_end = self.parser.CurrentByteIndex
        if self.skipping:
            if self.skipping == self.depth:
                self.skipping = 0
        elif local == "dataValidation":
            self._add_validation()
        elif local in ("formula1", "formula2", "sqref") and (text := "".join(self.chunks).strip()):
            self.validation[local] = text
        self.depth -= 1

    def _add_validation(self) -> None:
        stored = self.validation
        areas = [area for reference in stored.get("sqref", "").split() for area in areas_of(reference)]
        self.index.validations.append(
            Validation(
                tuple(areas),
                stored.get("type", "none"),
                stored.get("operator"),
                stored.get("formula1"),
                stored.get("formula2"),
                stored.get("allowBlank") in ("1", "true"),
                stored.get("errorStyle", "stop") if stored.get("showErrorMessage") in ("1", "true") else "none",
                unescape(stored.get("promptTitle", "")),
                unescape(stored.get("prompt", "")),
                unescape(stored.get("errorTitle", "")),
                unescape(stored.get("error", "")),
            )
        )

    def _cell_handlers(self) -> None:
        """Install the handlers for what is inside `<sheetData>`, tuned: most of a workbook's elements pass here."""
        index, parser, chunks, namespace = self.index, self.parser, self.chunks, self.namespace
        row_tag, cell_tag, value_tag, formula_tag, text_tag, inline_tag, phonetic_tag, data_tag = (
            f"{namespace} {local}" if namespace else local
            for local in ("row", "c", "v", "f", "t", "is", "rPh", "sheetData")
        )
        content_tags = (value_tag, text_tag)
        choice_tag = f"{_COMPATIBILITY} Choice"
        add_cell, make_cell = index.cells.append, CellEntry._make
        column_of: dict[str, int] = {}
        shared = index.shared
        row = column = row_start = cell_row = cell_start = phonetic = 0
        row_digits = ""
        row_attributes: dict[str, str] = {}
        cell: dict[str, str] = {}
        value: str | None = None
        formula: FormulaSource | None = None
        formula_attributes: dict[str, str] = {}
        inline: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, row_start, cell_row, cell_start, phonetic, row_digits
            nonlocal row_attributes, cell, value, formula, formula_attributes
            if name == cell_tag:
                cell_start = parser.CurrentByteIndex
                cell = attributes
                value = formula = None
                reference = attributes.get("r")
                if reference is None:
                    column += 1
                    cell_row = row
                    return
                letters = reference.rstrip("0123456789")
                known = column_of.get(letters)
                if known is None:
                    known = column_of[letters] = _column(letters)
                column = known
                digits = reference[len(letters) :]
                cell_row = row if digits == row_digits else int(digits)
            elif name in content_tags:
                chunks.clear()
            elif name == row_tag:
                row_start = parser.CurrentByteIndex
                row_attributes = attributes
                row_digits = attributes.get("r", "")
                row = int(row_digits) if row_digits else row + 1
                column = 0
            elif name == formula_tag:
                chunks.clear()
                formula_attributes = attributes
            elif name == inline_tag:
                inline.clear()
            elif name == phonetic_tag:
                phonetic += 1
            elif name == choice_tag:
                self._skip(start, end)

        def end(name: str) -> None:
            nonlocal value, formula, phonetic
            if name == value_tag:
                value = "".join(chunks)
            elif name == cell_tag:
                style = cell.get("s")
                fields = (
                    cell_row,
                    column,
                    cell.get("t", "n"),
                    int(style) if style else 0,
                    value,
                    formula,
                    cell_start,
                    parser.CurrentByteIndex,
                )
                add_cell(make_cell(fields))
            elif name == formula_tag:
                text = "".join(chunks)
                number = formula_attributes.get("si", "")
                area = formula_attributes.get("ref", "")
                if number and text and (area or number not in shared):
                    shared[number] = (cell_row, column, text)
                master = None if text or not number else shared.get(number)
                formula = FormulaSource(formula_attributes.get("t", "normal"), area, number, text, master)
            elif name == row_tag:
                index.rows.append(RowEntry(row, row_attributes, row_start, parser.CurrentByteIndex))
            elif name == text_tag:
                if not phonetic:
                    inline.append("".join(chunks))
            elif name == inline_tag:
                value = "".join(inline)
            elif name == phonetic_tag:
                phonetic -= 1
            elif name == data_tag:
                self._frame_handlers()
                self._frame_end(name)

        parser.StartElementHandler = start
        parser.EndElementHandler = end

    def _skip(self, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> None:
        """Pass over the element that has just begun, then return to the given handlers."""
        parser, depth = self.parser, 1

        def deeper(_name: str, _attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1

        def higher(_name: str) -> None:
            nonlocal depth
            depth -= 1
            if not depth:
                parser.StartElementHandler = start
                parser.EndElementHandler = end

        parser.StartElementHandler = deeper
        parser.EndElementHandler = higher


def _column(letters: str) -> int:
    plain = letters.replace("$", "").upper()
    if not plain.isascii() or not plain.isalpha() or len(plain) > 3:
        raise MarkupError(f"cell reference {letters!r}")
    return column_number(plain)


def areas_of(reference: str) -> list[Area]:
    """The area that a reference means, whole columns (`B:D`) and rows (`2:4`) included; none where it means nothing."""
    try:
        return [area_of(reference)]
    except ValueError:
        first, _, last = reference.replace("$", "").upper().partition(":")
    if first.isdecimal() and last.isdecimal():
        return [Area(int(first), 1, int(last), 16_384)]
    if first.isascii() and first.isalpha() and last.isascii() and last.isalpha():
        return [Area(1, column_number(first), 1_048_576, column_number(last))]
    return []


def scan(data: bytes) -> SheetIndex:
    """The index of a worksheet's XML.

    Raises MarkupError where it is not a well-formed worksheet.
    """
    try:
        return _Scan(data).index
    except (LookupError, ValueError) as error:
        raise error if isinstance(error, MarkupError) else MarkupError(str(error)) from None
