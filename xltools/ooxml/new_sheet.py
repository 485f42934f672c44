"""A worksheet of our own in a workbook that is not: put in front of its sheets, and taken out again."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xltools.errors import WorkbookError
from xltools.ooxml.cells import MAX_TEXT, Stored, new_cell
from xltools.ooxml.markup import (
    Element,
    Patch,
    append_children,
    parse,
    patched,
    quote,
    tag_end,
    tag_name,
    unescape,
    with_attribute,
    without_attributes,
)
from xltools.ooxml.package import Package, relationships_part
from xltools.ooxml.package_splice import (
    CONTENT_TYPES,
    OFFICE,
    with_override,
    with_relationship,
    without_override,
    without_relationship,
)
from xltools.ooxml.styles_splice import Look, StyleBook
from xltools.ooxml.workbook import Workbook
from xltools.sheets.grid import Area, address, column_letters, quoted, span
from xltools.texts import say

Parts = dict[str, bytes | None]

MAX_LINKS = 65_530
"""How many links one worksheet may hold (Excel's own limit)."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAX_NAME = 31
_SHEET_VIEW = re.compile(rb"<(?:[\w.-]+:)?sheetView\s[^>]*>")
_BEFORE_NAMES = (
    *("fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "workbookProtection"),
    *("bookViews", "sheets", "functionGroups", "externalReferences"),
)


@dataclass(frozen=True, slots=True)
class NewCell:
    """One cell: a text or a whole number, its looks, and the place in the workbook that a click on it leads to."""

    column: int
    value: str | int | None
    look: Look
    link: str | None = None


@dataclass(frozen=True, slots=True)
class NewRow:
    """One row; without a height in points, the application finds the one that its texts need."""

    cells: Sequence[NewCell]
    height: float | None = None


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A worksheet to be written: its name, the widths of its columns in characters, its rows from the first on.

    The rows up to `frozen` stay in view, and the last of them is printed on every page; `filtered` is the area under a
    filter. It prints in A4 landscape, as wide as the page. `names` are hidden names for cells of the sheet.
    """

    name: str
    widths: Sequence[float]
    rows: Sequence[NewRow]
    merges: Sequence[Area] = ()
    frozen: int = 0
    filtered: Area | None = None
    footer: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


def free_name(wanted: str, taken: Sequence[str]) -> str:
    """A sheet name that no sheet has yet: the wanted one, else with a number behind it."""
    used = {name.lower() for name in taken}
    name, number = wanted[:_MAX_NAME], 1
    while name.lower() in used:
        number += 1
        end = f" ({number})"
        name = wanted[: _MAX_NAME - len(end)] + end
    return name


def location(sheet: str, cell: str) -> str:
    """A cell as a link means it: `'O''Brien'!D9`."""
    return f"{quoted(sheet)}!{cell}"


def add_sheet(workbook: Workbook, sheet: NewSheet, parts: Parts) -> None:
    """Put a worksheet in front of all others and show it first; what changes and what is new goes into `parts`.

    Every other sheet keeps its bytes, but for the mark of the one that was shown first: two sheets so marked would be
    written into at the same time.

    Raises WorkbookError where the package is damaged or has no styles, or keeps to the strict form of the format.
    """
    package = workbook.package
    if workbook.root.namespace != _MAIN:
        raise WorkbookError(say("ooxml.strict_sheet", path=package.path))
    main = package.main_part
    styles = workbook.related("/styles")
    looks = StyleBook(package.part(styles or "xl/styles.xml"))
    part = _free_part(package, posixpath.join(posixpath.dirname(main), "worksheets/sheet{}.xml"))
    parts[part] = _sheet_xml(sheet, looks)
    if styles is not None and looks.data != package.part(styles):
        parts[styles] = looks.data
    links = relationships_part(main)
    target = posixpath.relpath(part, posixpath.dirname(main) or ".")
    relations = parts.get(links) or package.part(links)
    parts[links], number = with_relationship(relations, "worksheet", target)
    parts[CONTENT_TYPES] = with_override(_current(package, parts, CONTENT_TYPES), part, _WORKSHEET_TYPE)
    parts[main] = _with_first(package.part(main), sheet, number)
    parts |= _unselected(workbook)


def remove_sheet(workbook: Workbook, name: str, parts: Parts) -> None:
    """Take a worksheet out, and every name that is its own; what changes goes into `parts`.

    Nothing happens where there is no such worksheet, or no other one would be left.
    """
    package = workbook.package
    entry = next((sheet for sheet in workbook.sheets if sheet.name == name), None)
    if entry is None or len(workbook.all_sheet_names) < 2:
        return
    main = package.main_part
    links = relationships_part(main)
    folder = posixpath.dirname(main)
    parts[entry.part] = None
    parts[links] = without_relationship(_current(package, parts, links), folder, entry.part)
    parts[CONTENT_TYPES] = without_override(_current(package, parts, CONTENT_TYPES), entry.part)
    own = relationships_part(entry.part)
    if own in package:
        parts[own] = None
    parts[main] = _without_sheet(package.part(main), workbook.all_sheet_names.index(name), name)


def _current(package: Package, parts: Parts, name: str) -> bytes:
    return parts.get(name) or package.part(name)


def _free_part(package: Package, pattern: str) -> str:
    number = 1
    while pattern.format(number) in package:
        number += 1
    return pattern.format(number)


def _sheet_xml(sheet: NewSheet, looks: StyleBook) -> bytes:
    pieces = [f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">']
    pieces.append('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    pieces.append('<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">')
    if sheet.frozen:
        below = address(sheet.frozen + 1, 1)
        pieces.append(f'<pane ySplit="{sheet.frozen}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>')
        pieces.append(f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/>')
    pieces.append('</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>')
    for number, width in enumerate(sheet.widths, 1):
        pieces.append(f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>')
    pieces.append("</cols><sheetData>")
    links: list[str] = []
    for number, row in enumerate(sheet.rows, 1):
        height = f' ht="{row.height:g}" customHeight="1"' if row.height else ""
        pieces.append(f'<row r="{number}"{height}>')
        for cell in row.cells:
            reference = address(number, cell.column)
            pieces.append(new_cell(b"", reference, _stored(cell.value), looks.look(cell.look)).decode())
            if cell.link is not None and len(links) < MAX_LINKS:
                links.append(f'<hyperlink ref="{reference}" location="{quote(cell.link)}"/>')
        pieces.append("</row>")
    pieces.append("</sheetData>")
    if sheet.filtered is not None:
        pieces.append(f'<autoFilter ref="{span(sheet.filtered)}"/>')
    if sheet.merges:
        merged = "".join(f'<mergeCell ref="{span(area)}"/>' for area in sheet.merges)
        pieces.append(f'<mergeCells count="{len(sheet.merges)}">{merged}</mergeCells>')
    if links:
        pieces.append(f"<hyperlinks>{''.join(links)}</hyperlinks>")
    pieces.append('<printOptions horizontalCentered="1"/>')
    pieces.append('<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>')
    pieces.append('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>')
    if sheet.footer:
        pieces.append(f"<headerFooter><oddFooter>{quote(sheet.footer)}</oddFooter></headerFooter>")
    pieces.append("</worksheet>")
    return "".join(pieces).encode()


def _stored(value: str | int | None) -> Stored:
    if value is None:
        return Stored("n", None)
    if isinstance(value, int):
        return Stored("n", str(value))
    encoded = value.encode("utf-16-le", "surrogatepass")[: MAX_TEXT * 2]
    return Stored("inlineStr", encoded.decode("utf-16-le", "ignore"))


def _absolute(area: Area) -> str:
    first, last = column_letters(area.left), column_letters(area.right)
    return f"${first}${area.top}:${last}${area.bottom}"


def _with_first(data: bytes, sheet: NewSheet, relationship: str) -> bytes:
    """The workbook part with the sheet in front of all others."""
    root = parse(data)
    prefix = tag_name(data, root.start).removesuffix(b"workbook")
    sheets = root.child("sheets")
    assert sheets is not None, "a workbook has sheets"
    numbers = [int(each.get("sheetId")) for each in sheets.children if each.get("sheetId").isdigit()]
    head = f'sheet xmlns:r="{OFFICE}" name="{quote(sheet.name)}" sheetId="{max(numbers, default=0) + 1}"'
    first = sheets.children[0].start
    entry = b"<" + prefix + f'{head} r:id="{relationship}"/>'.encode()
    patches = [Patch(first, first, entry)]
    for view in _under(root, "bookViews"):
        tag = data[view.start : tag_end(data, view.start)]
        new = with_attribute(with_attribute(tag, "activeTab", "0"), "firstSheet", "0")
        patches.append(Patch(view.start, view.start + len(tag), new))
    patches += [
        _renumbered(data, name, int(name.get("localSheetId")) + 1)
        for name in _under(root, "definedNames")
        if name.get("localSheetId").isdigit()
    ]
    return patched(data, patches + _name_patches(data, root, prefix, sheet))


def _name_patches(data: bytes, root: Element, prefix: bytes, sheet: NewSheet) -> list[Patch]:
    own = quoted(sheet.name)
    names = []
    if sheet.filtered is not None:
        names.append(('name="_xlnm._FilterDatabase" localSheetId="0" hidden="1"', f"{own}!{_absolute(sheet.filtered)}"))
    if sheet.frozen:
        names.append(('name="_xlnm.Print_Titles" localSheetId="0"', f"{own}!${sheet.frozen}:${sheet.frozen}"))
    names += [(f'name="{quote(name)}" hidden="1"', f"{own}!{cell}") for name, cell in sheet.names.items()]
    content = b"".join(
        b"<%sdefinedName %s>%s</%sdefinedName>" % (prefix, head.encode(), quote(meaning).encode(), prefix)
        for head, meaning in names
    )
    group = root.child("definedNames")
    if group is not None:
        return append_children(data, group.start, group.end, content)
    place = max(child.end for child in root.children if child.name in _BEFORE_NAMES)
    return [Patch(place, place, b"<%sdefinedNames>%s</%sdefinedNames>" % (prefix, content, prefix))] if names else []


def _renumbered(data: bytes, element: Element, number: int) -> Patch:
    tag = data[element.start : tag_end(data, element.start)]
    return Patch(element.start, element.start + len(tag), with_attribute(tag, "localSheetId", str(number)))


def _without_sheet(data: bytes, position: int, name: str) -> bytes:
    """The workbook part without one of its sheets, and without the names that mean it."""
    root = parse(data)
    gone = _under(root, "sheets")[position]
    patches = [Patch(gone.start, gone.end, b"")]
    for view in _under(root, "bookViews"):
        tag = new = data[view.start : tag_end(data, view.start)]
        for attribute in ("activeTab", "firstSheet"):
            number = view.get(attribute)
            if number.isdigit() and int(number) > position:
                new = with_attribute(new, attribute, str(int(number) - 1))
        if new != tag:
            patches.append(Patch(view.start, view.start + len(tag), new))
    names = _under(root, "definedNames")
    means = (f"{quoted(name)}!", f"{name}!")
    kept = 0
    for element in names:
        local = element.get("localSheetId")
        if local == str(position) or unescape(element.text).startswith(means):
            patches.append(Patch(element.start, element.end, b""))
            continue
        kept += 1
        if local.isdigit() and int(local) > position:
            patches.append(_renumbered(data, element, int(local) - 1))
    group = root.child("definedNames")
    if group is not None and not kept:
        patches = [patch for patch in patches if not group.start <= patch.start < group.end]
        patches.append(Patch(group.start, group.end, b""))
    return patched(data, patches)


def _under(root: Element, group: str) -> list[Element]:
    found = root.child(group)
    return found.children if found is not None else []


def _unselected(workbook: Workbook) -> Parts:
    """The sheets that are marked as shown, without that mark."""
    changed: Parts = {}
    package = workbook.package
    for relationship in package.relationships(package.main_part).values():
        if not relationship.type.endswith("sheet") or relationship.external or relationship.target not in package:
            continue
        data = package.part(relationship.target)
        frame = data.partition(b"sheetData")[0]
        if b"tabSelected" not in frame:
            continue
        new = _SHEET_VIEW.sub(lambda match: without_attributes(match[0], b"tabSelected"), frame)
        if new != frame:
            changed[relationship.target] = new + data[len(frame) :]
    return changed
