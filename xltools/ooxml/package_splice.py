"""Relationships, content types and calculation settings of a package, changed in place."""

import posixpath
from collections.abc import Callable

from xltools.ooxml.markup import Patch, append_children, parse, patched, quote, tag_end, tag_name, with_attribute
from xltools.ooxml.package import Package, relationships_part, resolve

CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BEFORE_CALCULATION = (
    *("fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "workbookProtection"),
    *("bookViews", "sheets", "functionGroups", "externalReferences", "definedNames"),
)


def with_relationship(data: bytes | None, kind: str, target: str) -> tuple[bytes, str]:
    """A relationships part (None: a new one) with one more relationship, and that one's id."""
    if data is None:
        declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        data = f'{declaration}<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()
    root = parse(data)
    taken = {child.get("Id") for child in root.children}
    number = 1
    while f"rId{number}" in taken:
        number += 1
    prefix = tag_name(data, root.start).removesuffix(b"Relationships")
    head = f'Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{quote(target)}"'.encode()
    added = append_children(data, root.start, root.end, b"<" + prefix + head + b"/>")
    return patched(data, added), f"rId{number}"


def with_default(data: bytes, extension: str, content_type: str) -> bytes:
    """The content types with a default for an extension, if there is none yet."""
    root = parse(data)
    if any(child.get("Extension").lower() == extension for child in root.named("Default")):
        return data
    prefix = tag_name(data, root.start).removesuffix(b"Types")
    entry = b"<" + prefix + f'Default Extension="{extension}" ContentType="{content_type}"/>'.encode()
    first = root.children[0].start if root.children else 0
    return patched(data, [Patch(first, first, entry)])


def with_override(data: bytes, part: str, content_type: str) -> bytes:
    """The content types with the type of one part."""
    root = parse(data)
    prefix = tag_name(data, root.start).removesuffix(b"Types")
    entry = b"<" + prefix + f'Override PartName="/{quote(part)}" ContentType="{content_type}"/>'.encode()
    return patched(data, append_children(data, root.start, root.end, entry))


def without_calculation_chain(package: Package) -> dict[str, bytes | None]:
    """The parts that change when the calculation chain goes; nothing where there is none.

    The chain must not name a cell that holds no formula; without it, the application builds a new one.
    """
    relationships = package.relationships(package.main_part).values()
    chain = next((each.target for each in relationships if each.type.endswith("/calcChain")), None)
    if chain is None or chain not in package:
        return {}
    source = relationships_part(package.main_part)
    folder = posixpath.dirname(package.main_part)
    return {
        chain: None,
        source: without_relationship(package.part(source), folder, chain),
        CONTENT_TYPES: without_override(package.part(CONTENT_TYPES), chain),
    }


def without_relationship(data: bytes, folder: str, part: str) -> bytes:
    """A relationships part, that of a part in `folder`, without its relationship to another part."""
    return _without(data, "Relationship", "Target", lambda target: resolve(folder, target), part)


def without_override(data: bytes, part: str) -> bytes:
    """The content types without the type of one part."""
    return _without(data, "Override", "PartName", lambda name: name.lstrip("/"), part)


def _without(data: bytes, name: str, attribute: str, normal: Callable[[str], str], part: str) -> bytes:
    patches = [
        Patch(child.start, child.end, b"")
        for child in parse(data).named(name)
        if normal(child.get(attribute)).lower() == part.lower()
    ]
    return patched(data, patches)


def computed_on_load(data: bytes) -> bytes:
    """The workbook part with the request that the application compute every formula when it opens it."""
    root = parse(data)
    settings = root.child("calcPr")
    if settings is not None:
        tag = data[settings.start : tag_end(data, settings.start)]
        new = with_attribute(tag, "fullCalcOnLoad", "1")
        return patched(data, [Patch(settings.start, settings.start + len(tag), new)])
    prefix = tag_name(data, root.start).removesuffix(b"workbook")
    place = max(child.end for child in root.children if child.name in _BEFORE_CALCULATION)
    return patched(data, [Patch(place, place, b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>')])
