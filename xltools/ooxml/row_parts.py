"""The parts beside a sheet that know its rows: names, drawings, charts, notes."""

import re
from collections.abc import Callable
from xml.sax.saxutils import escape, unescape

from xltools.errors import WorkbookError
from xltools.ooxml.markup import Patch, parse, patched, tag_end
from xltools.ooxml.moving import Shift, moved_references
from xltools.ooxml.package import Package
from xltools.ooxml.workbook import SheetEntry, Workbook
from xltools.texts import say

FormulaMover = Callable[[str, str, str], str]
"""A formula, the sheet that it stands in and a place for a message, to the formula as it reads afterwards."""

_ROW = re.compile(rb"(<(?:\w+:)?row>)(\d+)(</(?:\w+:)?row>)")
_CHART_FORMULA = re.compile(rb"(<(?:\w+:)?f>)([^<]*)(</(?:\w+:)?f>)")
_NOTE = re.compile(rb'(<(?:\w+:)?(?:comment|threadedComment)\b[^>]*?\sref=")([^"]*)(")')
_VML_ROW = re.compile(rb"(<x:Row>\s*)(\d+)(\s*</x:Row>)")
_VML_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")


def moved_parts(
    package: Package, workbook: Workbook, target: SheetEntry, shift: Shift, formula: FormulaMover
) -> dict[str, bytes | None]:
    """The parts other than worksheets that change with the rows of the sheet `target`.

    Raises WorkbookError where one of them cannot be moved surely.
    """
    parts: dict[str, bytes | None] = {}
    main = package.part(package.main_part)
    parts[package.main_part] = _names(main, workbook, formula)
    for relationship in package.relationships(target.part).values():
        name, kind = relationship.target, relationship.type.rpartition("/")[2]
        if relationship.external or name not in package:
            continue
        if kind == "drawing":
            parts[name] = _moved_rows(package.part(name), _ROW, shift)
        elif kind in ("comments", "threadedComment"):
            parts[name] = _moved_notes(package.part(name), shift, target.name)
        elif kind == "vmlDrawing":
            parts[name] = _moved_vml(package.part(name), shift)
        elif kind not in ("printerSettings", "hyperlink", "customProperty", "table", "pivotTable", "image"):
            raise WorkbookError(say("rows.part", sheet=target.name, row=shift.after, part=kind))
    for member in package.members:
        if re.search(r"/charts?(?:Ex)?\d*\.xml$", member.name, re.IGNORECASE) and "rels" not in member.name:
            parts[member.name] = _chart(package.part(member.name), member.name, formula)
    return {name: data for name, data in parts.items() if data != package.part(name)}


def _names(data: bytes, workbook: Workbook, formula: FormulaMover) -> bytes:
    """The workbook part with its defined names, print areas and titles among them, as they read afterwards."""
    group = parse(data).child("definedNames")
    patches = []
    for element in group.named("definedName") if group else ():
        # A name's references carry their sheet; one without has no sheet of its own to stand in.
        moved = formula(element.text, "", element.get("name"))
        if moved != element.text:
            start = tag_end(data, element.start)
            end = data.rindex(b"</", start, element.end)
            patches.append(Patch(start, end, escape(moved).encode()))
    return patched(data, patches)


def _moved_rows(data: bytes, pattern: re.Pattern[bytes], shift: Shift) -> bytes:
    """Anchors count rows from 0."""
    return pattern.sub(lambda match: match[1] + str(shift.row(int(match[2]) + 1) - 1).encode() + match[3], data)


def _moved_notes(data: bytes, shift: Shift, sheet: str) -> bytes:
    def replace(match: re.Match[bytes]) -> bytes:
        reference = match[2].decode()
        row = int(re.sub(r"\D", "", reference) or 0)
        if shift.removes(row):
            raise WorkbookError(say("rows.note", sheet=sheet, cell=reference))
        return match[1] + moved_references(reference, shift, grows=False).encode() + match[3]

    return _NOTE.sub(replace, data)


def _moved_vml(data: bytes, shift: Shift) -> bytes:
    """Notes' boxes: the cell's row, and the third and seventh number of the anchor, which are rows."""

    def anchor(match: re.Match[bytes]) -> bytes:
        numbers = match[2].decode().split(",")
        if len(numbers) == 8:
            for position in (2, 6):
                row = int(numbers[position].strip())
                numbers[position] = f" {shift.row(row + 1) - 1}"
        return match[1] + ",".join(numbers).encode() + match[3]

    return _VML_ANCHOR.sub(anchor, _moved_rows(data, _VML_ROW, shift))


def _chart(data: bytes, name: str, formula: FormulaMover) -> bytes:
    def replace(match: re.Match[bytes]) -> bytes:
        text = unescape(match[2].decode(), {"&quot;": '"', "&apos;": "'"})
        moved = formula(text, "", name)
        return match[0] if moved == text else match[1] + escape(moved).encode() + match[3]

    return _CHART_FORMULA.sub(replace, data)
