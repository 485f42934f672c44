"""Reading a Word document: every table becomes a Grid, every paragraph a line of text.

Read straight from the main part's XML: what counts is the grid that `w:gridSpan` and `w:vMerge` describe (ECMA-376
part 1, 17.4), and the text as a reader sees it, with insertions accepted and deletions gone.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.errors import WorkbookError
from xltools.ooxml.package import OLE, Package, read_file
from xltools.sheets.grid import Area, Book, Cell, Grid
from xltools.texts import say

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_DOCUMENT = 64 << 20
TICKED, OPEN = "☑", "☐"

_NOT_SHOWN = frozenset(
    {
        "pPr",
        "rPr",
        "tblPr",
        "trPr",
        "tcPr",
        "sdtPr",
        "sdtEndPr",
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
    }
    | {"drawing", "pict", "object", "Choice", "rt", "rubyPr", "tbl", "fldData"}
)
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
# Character codes of the symbol fonts' boxes; Word stores them as they are or moved up to U+F000.
_WINGDINGS = {0x6F: OPEN, 0x71: OPEN, 0x72: OPEN, 0xA8: OPEN, 0xFC: "✓", 0xFB: "✗", 0xFD: "☒", 0xFE: TICKED}
_WINGDINGS_2 = {0x2A: OPEN, 0x30: OPEN, 0xA3: OPEN, 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: TICKED, 0x53: "☒", 0x54: "☒"}
_SYMBOLS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def read(path: str | Path) -> Book:
    """The tables of a document as Grids 表1, 表2, … in reading order, a nested table after the one that holds it.

    A paragraph between two tables is a trailer of the first and a caption of the second. Text in boxes, headers,
    footers and notes is left out, and so are the numbers of automatic lists, which the document does not store.

    Raises WorkbookError where the file is no document, is encrypted or damaged.
    """
    data = read_file(path)
    if data[:4] != b"PK\3\4" and data[:8] != OLE and data[:5] != b"%PDF-" and data:
        raise WorkbookError(say("documents.not_a_document", path=path))
    try:
        return _book(_body(Package(data, str(path))), str(path))
    except RecursionError:
        raise WorkbookError(say("documents.nested_too_deeply", path=path)) from None


def _body(package: Package) -> "Element":
    from xml.etree.ElementTree import ParseError, fromstring

    name = next(
        (
            relationship.target
            for relationship in package.relationships("").values()
            if relationship.type.endswith("/officeDocument") and relationship.target in package
        ),
        "word/document.xml",
    )
    if name.lower().startswith("xl/"):
        raise WorkbookError(say("documents.workbook", path=package.path))
    if name not in package:
        raise WorkbookError(say("documents.not_a_document", path=package.path))
    size = next(member.size for member in package.members if member.name.lower() == name.lower())
    if size > MAX_DOCUMENT:
        raise WorkbookError(say("ooxml.too_large", path=package.path, limit=MAX_DOCUMENT >> 20))
    content = package.part(name)
    if b"<!DOCTYPE" in content:
        raise package.bad_xml(name, "document type declaration")
    try:
        root = fromstring(content)
    except ParseError as error:
        raise package.bad_xml(name, error) from None
    body = _child(root, "body")
    if body is None:
        raise WorkbookError(say("documents.not_a_document", path=package.path))
    return body


def _book(body: "Element", path: str) -> Book:
    grids: list[Grid] = []
    paragraphs = _blocks(body, grids)
    return Book(path, tuple(grids), tuple(paragraphs))


def _blocks(container: "Element", grids: list[Grid]) -> list[str]:
    """The paragraphs of a body or cell; its tables are added to `grids`, with the text around them."""
    paragraphs: list[str] = []
    tables: list[tuple[int, int]] = []
    joined = False
    for element in _children(container):
        name = _name(element)
        if name == "p":
            text = _text(element)
            if joined and paragraphs:
                paragraphs[-1] += text
            else:
                paragraphs.append(text)
            joined = _mark_deleted(element)
        elif name == "tbl":
            tables.append((len(grids), len(paragraphs)))
            _table(element, grids)
            joined = False
    stops = [0, *(count for _, count in tables), len(paragraphs)]
    for order, (index, _) in enumerate(tables):
        before = paragraphs[stops[order] : stops[order + 1]]
        after = paragraphs[stops[order + 1] : stops[order + 2]]
        grid = grids[index]
        grids[index] = Grid(
            grid.sheet, grid.cells, grid.merges, captions=_lines(before), trailers=_lines(after), source="docx"
        )
    return paragraphs


def _lines(paragraphs: list[str]) -> tuple[str, ...]:
    lines = (line.strip() for text in paragraphs for line in text.split("\n"))
    return tuple(line for line in lines if line)


def _table(table: "Element", grids: list[Grid]) -> None:
    place = len(grids)
    sheet = f"表{place + 1}"
    grids.append(Grid(sheet, {}, source="docx"))
    cells: dict[tuple[int, int], Cell] = {}
    areas: list[Area] = []
    # Column -> the cell of the row above that a continued vertical merge there belongs to.
    above: dict[int, int] = {}
    rows = (row for row in _children(table) if _name(row) == "tr" and not _row_deleted(row))
    for number, row in enumerate(rows, 1):
        column = 1 + _number(row, "trPr", "gridBefore", 0)
        here: dict[int, int] = {}
        for cell in _children(row):
            if _name(cell) != "tc":
                continue
            right = column + max(1, _number(cell, "tcPr", "gridSpan", 1)) - 1
            if _merge(cell, "hMerge") == "continue" and here and areas[-1].bottom == number:
                areas[-1] = areas[-1]._replace(right=right)
            else:
                merge = _merge(cell, "vMerge")
                origin = above.get(column) if merge == "continue" else None
                if origin is not None:
                    areas[origin] = areas[origin]._replace(bottom=number)
                else:
                    origin = len(areas)
                    areas.append(Area(number, column, number, right))
                    text = "\n".join(_blocks(cell, grids)).strip("\n")
                    if text.strip():
                        cells[number, column] = Cell(number, column, text, text)
                if merge:
                    here[column] = origin
            column = right + 1
        above = here
    merges = tuple(area for area in areas if area.top < area.bottom or area.left < area.right)
    grids[place] = Grid(sheet, cells, merges, source="docx")


def _children(container: "Element") -> Iterator["Element"]:
    """The children of an element, with those of content controls and revision marks in their place."""
    for element in container:
        if _name(element) in _WRAPPERS:
            yield from _children(element)
        else:
            yield element


def _text(element: "Element", symbols: dict[int, str] | None = None) -> str:
    """The text of a paragraph or of what stands in one, as it is shown."""
    parts: list[str] = []
    for child in element:
        name = _name(child)
        if name == "t":
            parts.append(_in_symbols(child.text or "", symbols))
        elif name in _NOT_SHOWN:
            continue
        elif name == "r":
            parts.append(_run(child))
        elif name == "br":
            parts.append("" if _attribute(child, "type") in ("page", "column") else "\n")
        elif name == "sym":
            code = _attribute(child, "char")
            parts.append(_in_symbols(chr(int(code or "20", 16)), _SYMBOLS.get(_attribute(child, "font").lower())))
        elif name == "fldChar":
            parts.append(_form_field(child))
        elif name == "sdt" and (box := _content_box(child)):
            parts.append(box)
        else:
            parts.append(_CHARACTERS[name] if name in _CHARACTERS else _text(child, symbols))
    return "".join(parts)


def _run(run: "Element") -> str:
    properties = _child(run, "rPr")
    if properties is None:
        return _text(run)
    if _on(_child(properties, "vanish")):
        return ""
    fonts = _child(properties, "rFonts")
    return _text(run, None if fonts is None else _SYMBOLS.get(_attribute(fonts, "ascii").lower()))


def _in_symbols(text: str, symbols: dict[int, str] | None) -> str:
    if not symbols:
        return text
    return "".join(
        symbols.get(ord(character) & ~0xF000 if ord(character) >= 0xF000 else ord(character), character)
        for character in text
    )


def _content_box(control: "Element") -> str:
    properties = _child(control, "sdtPr")
    box = None if properties is None else _child(properties, "checkbox")
    if box is None:
        return ""
    return TICKED if _on(_child(box, "checked")) else OPEN


def _form_field(field: "Element") -> str:
    data = _child(field, "ffData")
    box = None if data is None else _child(data, "checkBox")
    if box is None:
        return ""
    state = _child(box, "checked")
    return TICKED if _on(_child(box, "default") if state is None else state) else OPEN


def _row_deleted(row: "Element") -> bool:
    properties = _child(row, "trPr")
    return properties is not None and _child(properties, "del") is not None


def _mark_deleted(paragraph: "Element") -> bool:
    """Whether a deleted paragraph mark joins the next paragraph to this one."""
    properties = _child(paragraph, "pPr")
    mark = None if properties is None else _child(properties, "rPr")
    return mark is not None and _child(mark, "del") is not None


def _merge(cell: "Element", name: str) -> str:
    """`restart` or `continue` where a cell takes part in such a merge, else empty."""
    properties = _child(cell, "tcPr")
    merge = None if properties is None else _child(properties, name)
    return "" if merge is None else _attribute(merge, "val") or "continue"


def _number(element: "Element", group: str, name: str, default: int) -> int:
    properties = _child(element, group)
    found = None if properties is None else _child(properties, name)
    value = "" if found is None else _attribute(found, "val")
    return int(value) if value.isascii() and value.isdigit() else default


def _on(element: "Element | None") -> bool:
    return element is not None and _attribute(element, "val") not in ("0", "false", "off")


def _name(element: "Element") -> str:
    # Comments and processing instructions have no text as their tag.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: "Element", name: str) -> "Element | None":
    return next((child for child in element if _name(child) == name), None)


def _attribute(element: "Element", name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
