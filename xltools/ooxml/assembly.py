"""A package that is put together many times with other contents of the same few members.

Everything that does not change is laid out once; a further copy costs a deflate per changed member and a join.
"""

import struct
import zlib
from collections.abc import Collection, Mapping
from dataclasses import replace

from xltools.ooxml import archive
from xltools.ooxml.archive import DEFLATED, Member
from xltools.ooxml.package import Package

LEVEL = 3
"""How hard to compress: level 6 makes sheets a sixth smaller and takes three times as long."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DESCRIPTOR = 0x8


class Assembly:
    """A package whose `varying` members get new contents in every copy; all others keep their compressed bytes.

    Raises WorkbookError where the archive is damaged.
    """

    def __init__(self, package: Package, varying: Collection[str]) -> None:
        names = {name.lower() for name in varying}
        self._members: list[tuple[Member, bytes | None]] = []
        for member in package.members:
            if member.name.lower() in names:
                self._members.append((member, None))
            else:
                packed = archive.packed_bytes(package.data, member, package.path)
                self._members.append((member, _local(member) + packed))

    def copy(self, contents: Mapping[str, bytes]) -> bytes:
        """The archive with these contents of the varying members, by lower-case name; no zip64, no descriptors."""
        body: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for member, fixed in self._members:
            entry, record = member, fixed
            if record is None:
                packed, entry = _packed(member, contents[member.name.lower()])
                record = _local(entry) + packed
            directory.append(_central(entry, offset))
            body.append(record)
            offset += len(record)
        listing = b"".join(directory)
        count = len(directory)
        end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), offset, 0)
        return b"".join([*body, listing, end])


def _packed(member: Member, content: bytes) -> tuple[bytes, Member]:
    packed = content
    if member.method == DEFLATED:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
    return packed, replace(member, crc=zlib.crc32(content), packed_size=len(packed), size=len(content))


def _common(member: Member) -> tuple[int, ...]:
    flags = member.flags & ~_DESCRIPTOR
    stamp = (member.stamp & 0xFFFF, member.stamp >> 16)
    return flags, member.method, *stamp, member.crc, member.packed_size, member.size


def _local(member: Member) -> bytes:
    name = member.raw_name
    return _LOCAL.pack(b"PK\3\4", 20, *_common(member), len(name), 0) + name


def _central(member: Member, offset: int) -> bytes:
    lengths = (len(member.raw_name), len(member.extra), len(member.comment))
    fixed = _CENTRAL.pack(
        b"PK\1\2",
        member.made_by,
        20,
        *_common(member),
        *lengths,
        0,
        member.internal,
        member.external,
        offset,
    )
    return fixed + member.raw_name + member.extra + member.comment
