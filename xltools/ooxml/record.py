"""A record of our own inside a workbook: the package that a copy was made from, so that it can be given back.

It is a custom XML part, which Excel keeps when it saves a workbook; nothing of it shows.
"""

import base64
import binascii
import hashlib
import posixpath
from dataclasses import dataclass

from xltools.ooxml import archive
from xltools.ooxml.package import Package, relationships_part
from xltools.ooxml.package_splice import (
    CONTENT_TYPES,
    with_override,
    with_relationship,
    without_override,
    without_relationship,
)

NAMESPACE = "urn:xltools:annotation:1"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROPERTIES = (
    '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
    'ds:itemID="{{7E1C8D52-3A0B-4B3C-9C6E-5F0B2D6A9E41}}"><ds:schemaRefs><ds:schemaRef ds:uri="{namespace}"/>'
    "</ds:schemaRefs></ds:datastoreItem>"
)
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


@dataclass(frozen=True, slots=True)
class Record:
    """What a copy says of its origin: the original's bytes, and whether the copy is still as it was written."""

    original: bytes
    intact: bool


def with_record(data: bytes, original: bytes, path: str = "") -> bytes:
    """A workbook that carries the one it was made from; raises WorkbookError where it is damaged."""
    package = Package(data, path)
    main = package.main_part
    part = _free_part(package)
    properties = part.replace("customXml/item", "customXml/itemProps")
    parts: dict[str, bytes | None] = {part: _record_xml("", original)}
    parts[properties] = (_DECLARATION + _PROPERTIES.format(namespace=NAMESPACE)).encode()
    own = relationships_part(part)
    parts[own], _ = with_relationship(None, "customXmlProps", posixpath.basename(properties))
    links = relationships_part(main)
    target = posixpath.relpath(part, posixpath.dirname(main) or ".")
    parts[links], _ = with_relationship(package.part(links), "customXml", target)
    types = with_override(package.part(CONTENT_TYPES), part, "application/xml")
    parts[CONTENT_TYPES] = with_override(types, properties, _PROPERTIES_TYPE)
    copy = Package(archive.rewritten(data, package.members, parts, path), path)
    record = {part: _record_xml(_state(copy, part), original)}
    return archive.rewritten(copy.data, copy.members, record, path)


def record_of(package: Package) -> Record | None:
    """The record in a workbook; None where it holds none, or a damaged one."""
    part = _part_of(package)
    if part is None:
        return None
    root = package.tree(part)
    try:
        original = base64.b64decode(root.text.strip(), validate=True)
    except binascii.Error:
        return None
    if hashlib.sha256(original).hexdigest() != root.get("sha256"):
        return None
    return Record(original, _state(package, part) == root.get("state"))


def remove_record(package: Package, parts: dict[str, bytes | None]) -> None:
    """Take the record out; what changes goes into `parts`, beside what is changed there already."""
    part = _part_of(package)
    if part is None:
        return
    main = package.main_part
    links = relationships_part(main)
    relations, types = parts.get(links) or package.part(links), parts.get(CONTENT_TYPES) or package.part(CONTENT_TYPES)
    parts[links] = without_relationship(relations, posixpath.dirname(main), part)
    parts[part] = None
    own = [relationships_part(part), *(each.target for each in package.relationships(part).values())]
    for name in own:
        if name in package:
            parts[name] = None
            types = without_override(types, name)
    parts[CONTENT_TYPES] = without_override(types, part)


def _part_of(package: Package) -> str | None:
    for relationship in package.relationships(package.main_part).values():
        kept = relationship.type.endswith("/customXml") and relationship.target in package
        if kept and NAMESPACE.encode() in package.part(relationship.target)[:400]:
            return relationship.target
    return None


def _record_xml(state: str, original: bytes) -> bytes:
    head = f'<original xmlns="{NAMESPACE}" sha256="{hashlib.sha256(original).hexdigest()}" state="{state}">'
    return _DECLARATION.encode() + head.encode() + base64.b64encode(original) + b"</original>"


def _state(package: Package, record: str) -> str:
    """A digest of everything in a package but its record."""
    digest = hashlib.sha256()
    for member in package.members:
        if member.name.lower() != record.lower():
            digest.update(f"{member.name}\0{member.crc}\0{member.size}\n".encode())
    return digest.hexdigest()


def _free_part(package: Package) -> str:
    number = 1
    while f"customXml/item{number}.xml" in package or f"customXml/itemProps{number}.xml" in package:
        number += 1
    return f"customXml/item{number}.xml"
