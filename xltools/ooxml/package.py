"""A workbook package: its parts by name, its relationships, and what it is when it is no workbook."""

import posixpath
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from xltools.errors import WorkbookError
from xltools.ooxml import archive
from xltools.ooxml.markup import Element, MarkupError, parse
from xltools.texts import say

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
MAX_FILE = 512 << 20
_OFFICE_DOCUMENT = "/officeDocument"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part; `target` is a part name, or a location outside of the package where `external`."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """The parts of an Office Open XML file, unpacked one by one as they are asked for.

    Part names have no leading slash and are found in any case, as the packaging convention wants.
    """

    def __init__(self, data: bytes, path: str = "") -> None:
        refuse_other_formats(data, path)
        self.data = data
        self.path = path
        self.members = archive.members_of(data, path)
        self._by_name = {member.name.lower(): member for member in self.members}
        self._parts: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._by_name

    def part(self, name: str) -> bytes:
        """The content of a part; raises WorkbookError where it is missing or damaged."""
        key = name.lower()
        content = self._parts.get(key)
        if content is None:
            member = self._by_name.get(key)
            if member is None:
                raise WorkbookError(say("ooxml.missing_part", path=self.path, part=name))
            content = self._parts[key] = archive.unpack(self.data, member, self.path)
        return content

    def tree(self, name: str) -> Element:
        """A small part as a tree; raises WorkbookError where it is not valid XML."""
        try:
            return parse(self.part(name))
        except MarkupError as error:
            raise self.bad_xml(name, error) from None

    def bad_xml(self, name: str, reason: object) -> WorkbookError:
        """The error for a part that is not valid XML."""
        return WorkbookError(say("ooxml.bad_xml", path=self.path, part=name, reason=reason))

    def relationships(self, name: str) -> dict[str, Relationship]:
        """The relationships of a part by their id; those of the package itself for the empty name."""
        source = relationships_part(name)
        if source not in self:
            return {}
        folder = posixpath.dirname(name)
        found: dict[str, Relationship] = {}
        for element in self.tree(source).named("Relationship"):
            external = element.get("TargetMode") == "External"
            target = element.get("Target")
            if not external:
                target = resolve(folder, target)
                if target not in self and unquote(target) in self:
                    target = unquote(target)
            found[element.get("Id")] = Relationship(element.get("Id"), element.get("Type"), target, external)
        return found

    @cached_property
    def main_part(self) -> str:
        """The name of the workbook part.

        Raises WorkbookError where the package holds none, saying what it is instead.
        """
        candidates = [
            relationship.target
            for relationship in self.relationships("").values()
            if relationship.type.endswith(_OFFICE_DOCUMENT) and relationship.target in self
        ]
        name = candidates[0] if candidates else "xl/workbook.xml"
        if name.lower().endswith(".bin"):
            raise WorkbookError(say("ooxml.xlsb", path=self.path))
        if name.lower().startswith("word/"):
            raise WorkbookError(say("ooxml.document", path=self.path))
        if name not in self:
            if "mimetype" in self and b"opendocument" in self.part("mimetype"):
                raise WorkbookError(say("ooxml.opendocument", path=self.path))
            raise WorkbookError(say("ooxml.not_a_workbook", path=self.path))
        if self.tree(name).name != "workbook":
            raise WorkbookError(say("ooxml.not_a_workbook", path=self.path))
        return name


def resolve(folder: str, target: str) -> str:
    """The part name that a relationship's target means, seen from its part's folder."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(folder, target)).lstrip("/")


def relationships_part(name: str) -> str:
    """The name of the part that holds another part's relationships."""
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def read_file(path: str | Path) -> bytes:
    """The bytes of a file; raises WorkbookError where it cannot be read or is larger than any workbook."""
    file = Path(path)
    try:
        if file.stat().st_size > MAX_FILE:
            raise WorkbookError(say("ooxml.too_large", path=path, limit=MAX_FILE >> 20))
        return file.read_bytes()
    except FileNotFoundError:
        raise WorkbookError(say("ooxml.missing", path=path)) from None
    except OSError as error:
        raise WorkbookError(say("ooxml.unreadable", path=path, reason=error.strerror or error)) from None


def open_package(path: str | Path) -> Package:
    """The package in a file; raises WorkbookError where it is not one that can be read."""
    return Package(read_file(path), str(path))


def ole_streams(data: bytes) -> frozenset[str]:
    """Which of the streams that tell compound files apart a compound file (D0CF11E0) holds."""
    known = ("EncryptedPackage", "Workbook", "Book", "WordDocument", "PowerPoint Document")
    return frozenset(name for name in known if _has_stream(data, name))


def _has_stream(data: bytes, name: str) -> bool:
    # Directory entries are 128 bytes, aligned to their size; the name's length in bytes stands at offset 64.
    wanted = (name + "\0").encode("utf-16-le")
    position = data.find(wanted)
    while position >= 0:
        if position % 128 == 0 and int.from_bytes(data[position + 64 : position + 66], "little") == len(wanted):
            return True
        position = data.find(wanted, position + 1)
    return False


def refuse_other_formats(data: bytes, path: str) -> None:
    """Raise the WorkbookError that says what bytes are that cannot be a package."""
    if not data:
        raise WorkbookError(say("ooxml.empty", path=path))
    if data[:4] == b"PK\3\4" or (data[:2] == b"MZ" and b"PK\5\6" in data[-65_557:]):
        return
    if data[:8] == OLE:
        streams = ole_streams(data)
        for name, key in (
            ("EncryptedPackage", "encrypted"),
            ("Workbook", "old_xls"),
            ("Book", "old_xls"),
            ("WordDocument", "old_doc"),
        ):
            if name in streams:
                raise WorkbookError(say(f"ooxml.{key}", path=path))
        raise WorkbookError(say("ooxml.ole_other", path=path))
    if data[:5] == b"%PDF-":
        raise WorkbookError(say("ooxml.pdf", path=path))
    raise WorkbookError(say("ooxml.not_a_zip", path=path))
