"""Where a sheet's notes live in a package, and the parts that change when some are added."""

from collections.abc import Mapping
from posixpath import dirname, relpath

from xltools.errors import WorkbookError
from xltools.ooxml.markup import MarkupError, Patch, element_end, parse_fragment
from xltools.ooxml.note_frame import Frame
from xltools.ooxml.notes import with_notes
from xltools.ooxml.package import Package, relationships_part
from xltools.ooxml.package_splice import (
    COMMENTS_TYPE,
    CONTENT_TYPES,
    DRAWING_TYPE,
    OFFICE,
    with_default,
    with_override,
    with_relationship,
)
from xltools.ooxml.sheet_index import SheetIndex
from xltools.ooxml.sheet_tail import insertion, prefix_of
from xltools.ooxml.workbook import SheetEntry
from xltools.sheets.grid import address
from xltools.texts import say

Place = tuple[int, int]
Parts = dict[str, bytes | None]


def add_notes(
    package: Package, sheet: SheetEntry, data: bytes, index: SheetIndex, notes: Mapping[Place, str], parts: Parts
) -> list[Patch]:
    """Add notes: changed and new parts go into `parts`; the patches are those of the sheet itself.

    Raises WorkbookError for a cell that holds a comment thread, MarkupError where the sheet's drawing is missing.
    """
    if index.strict:
        raise WorkbookError(say("ooxml.strict_note", path=package.path))
    _refuse_threads(package, sheet, notes)
    related = package.relationships(sheet.part)
    comments = next((each.target for each in related.values() if each.type.endswith("/comments")), None)
    drawing = _legacy_drawing(data, index)
    if drawing is not None:
        if drawing not in related or related[drawing].target not in package:
            raise MarkupError(f"<legacyDrawing> without its part ({drawing})")
        drawing = related[drawing].target
    old_comments = package.part(comments) if comments else None
    old_drawing = package.part(drawing) if drawing else None
    made = with_notes(old_comments, old_drawing, notes, Frame.of(data, index))
    links = relationships_part(sheet.part)
    if comments is None:
        comments = _free_name(package, parts, "xl/comments{}.xml")
        parts[links], _ = with_relationship(_current(package, parts, links), "comments", _from(sheet, comments))
        types = _current(package, parts, CONTENT_TYPES) or b""
        parts[CONTENT_TYPES] = with_override(types, comments, COMMENTS_TYPE)
    patches = []
    if drawing is None:
        drawing = _free_name(package, parts, "xl/drawings/vmlDrawing{}.vml")
        target = _from(sheet, drawing)
        parts[links], number = with_relationship(_current(package, parts, links), "vmlDrawing", target)
        parts[CONTENT_TYPES] = with_default(_current(package, parts, CONTENT_TYPES) or b"", "vml", DRAWING_TYPE)
        head = f'legacyDrawing xmlns:r="{OFFICE}" r:id="{number}"/>'.encode()
        patches.append(insertion(data, index, "legacyDrawing", b"<" + prefix_of(data, index) + head))
    parts[comments], parts[drawing] = made.comments, made.drawing
    return patches


def _legacy_drawing(data: bytes, index: SheetIndex) -> str | None:
    child = next((child for child in index.children if child.name == "legacyDrawing"), None)
    if child is None:
        return None
    element = parse_fragment(data[child.start : element_end(data, child.start, child.end)])
    return next((value for name, value in element.attributes.items() if name.endswith(":id")), None)


def _current(package: Package, parts: Parts, name: str) -> bytes | None:
    if name in parts:
        return parts[name]
    return package.part(name) if name in package else None


def _free_name(package: Package, parts: Parts, pattern: str) -> str:
    number = 1
    while pattern.format(number) in package or pattern.format(number) in parts:
        number += 1
    return pattern.format(number)


def _from(sheet: SheetEntry, part: str) -> str:
    return relpath(part, dirname(sheet.part))


def threads(package: Package, sheet: SheetEntry) -> frozenset[str]:
    """The addresses of the cells that hold a comment thread."""
    return frozenset(
        thread.get("ref")
        for relationship in package.relationships(sheet.part).values()
        if relationship.type.endswith("/threadedComment") and relationship.target in package
        for thread in package.tree(relationship.target).children
    )


def _refuse_threads(package: Package, sheet: SheetEntry, notes: Mapping[Place, str]) -> None:
    taken = threads(package, sheet)
    for place in notes:
        if address(*place) in taken:
            where = f"{package.path} {sheet.name}"
            raise WorkbookError(say("ooxml.threaded", where=where, cell=address(*place)))
