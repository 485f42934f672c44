"""Zip archives as workbooks use them: read within bounds, written with untouched members copied as they are.

Own code instead of `zipfile`, because a bounded unpacking, members copied as their compressed bytes and an archive that
never uses zip64 (WPS refuses it) are each against the grain of the standard library's.
"""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from xltools.errors import WorkbookError
from xltools.texts import say

MAX_MEMBERS = 10_000
MAX_UNPACKED = 512 << 20
MAX_RATIO = 1000
RATIO_FREE = 1 << 20
STORED, DEFLATED = 0, 8
_DESCRIPTOR = 0x8

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR64 = struct.Struct("<4sIQI")


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of the central directory."""

    name: str
    raw_name: bytes
    made_by: int
    flags: int
    method: int
    stamp: int
    crc: int
    packed_size: int
    size: int
    extra: bytes
    comment: bytes
    internal: int
    external: int
    offset: int


def members_of(data: bytes, path: str) -> list[Member]:
    """The central directory of an archive, in its order.

    Raises WorkbookError where the archive is truncated, or holds more than it may.
    """
    end = data.rfind(b"PK\5\6", max(0, len(data) - 65_557))
    if end < 0 or end + _END.size > len(data):
        raise WorkbookError(say("ooxml.truncated", path=path))
    _, _, _, _, count, size, start, _ = _END.unpack_from(data, end)
    directory_end = end
    if count == 0xFFFF or 0xFFFFFFFF in (size, start):
        count, size, start, directory_end = _end64(data, end, path)
    if count > MAX_MEMBERS:
        raise WorkbookError(say("ooxml.too_many_members", path=path, count=count, limit=MAX_MEMBERS))
    # Bytes in front of the archive shift every offset in it.
    shift = directory_end - size - start
    if shift < 0:
        raise WorkbookError(say("ooxml.truncated", path=path))
    members: list[Member] = []
    position = start + shift
    total = 0
    for _ in range(count):
        if position + _CENTRAL.size > len(data) or data[position : position + 4] != b"PK\1\2":
            raise WorkbookError(say("ooxml.truncated", path=path))
        member, position = _entry(data, position, shift)
        if member.raw_name.endswith((b"/", b"\\")):
            continue
        total += member.size
        if total > MAX_UNPACKED:
            raise WorkbookError(say("ooxml.too_large", path=path, limit=MAX_UNPACKED >> 20))
        if member.size > RATIO_FREE and member.size > member.packed_size * MAX_RATIO:
            ratio = member.size // max(member.packed_size, 1)
            raise WorkbookError(say("ooxml.bomb", path=path, part=member.name, ratio=ratio))
        members.append(member)
    return members


def _end64(data: bytes, end: int, path: str) -> tuple[int, int, int, int]:
    locator = end - _LOCATOR64.size
    if locator < 0 or data[locator : locator + 4] != b"PK\6\7":
        raise WorkbookError(say("ooxml.truncated", path=path))
    record = _LOCATOR64.unpack_from(data, locator)[2]
    if record + _END64.size > len(data) or data[record : record + 4] != b"PK\6\6":
        raise WorkbookError(say("ooxml.truncated", path=path))
    fields = _END64.unpack_from(data, record)
    return fields[7], fields[8], fields[9], record


def _entry(data: bytes, position: int, shift: int) -> tuple[Member, int]:
    fields = _CENTRAL.unpack_from(data, position)
    _, made_by, _, flags, method, time, day, crc, packed, size, name_length, extra_length, comment_length = fields[:13]
    _, internal, external, offset = fields[13:]
    position += _CENTRAL.size
    raw_name = data[position : position + name_length]
    position += name_length
    extra = data[position : position + extra_length]
    position += extra_length
    comment = data[position : position + comment_length]
    if 0xFFFFFFFF in (packed, size, offset):
        packed, size, offset = _large_sizes(extra, packed, size, offset)
    name = raw_name.decode("utf-8" if flags & 0x800 else "cp437", "replace")
    member = Member(
        name.replace("\\", "/").lstrip("/"),
        raw_name,
        made_by,
        flags,
        method,
        day << 16 | time,
        crc,
        packed,
        size,
        without_zip64(extra),
        comment,
        internal,
        external,
        offset + shift,
    )
    return member, position + comment_length


def _large_sizes(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind == 1:
            values = iter(struct.unpack_from(f"<{length // 8}Q", extra, position + 4))
            size = next(values, size) if size == 0xFFFFFFFF else size
            packed = next(values, packed) if packed == 0xFFFFFFFF else packed
            offset = next(values, offset) if offset == 0xFFFFFFFF else offset
        position += 4 + length
    return packed, size, offset


def without_zip64(extra: bytes) -> bytes:
    """An extra field without its zip64 part."""
    kept, position = b"", 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind != 1:
            kept += extra[position : position + 4 + length]
        position += 4 + length
    return kept


def packed_bytes(data: bytes, member: Member, path: str) -> bytes:
    """The compressed bytes of a member."""
    head = data[member.offset : member.offset + _LOCAL.size]
    if len(head) < _LOCAL.size or head[:4] != b"PK\3\4":
        raise WorkbookError(say("ooxml.truncated", path=path))
    name_length, extra_length = _LOCAL.unpack(head)[9:]
    start = member.offset + _LOCAL.size + name_length + extra_length
    if start + member.packed_size > len(data):
        raise WorkbookError(say("ooxml.truncated", path=path))
    return data[start : start + member.packed_size]


def unpack(data: bytes, member: Member, path: str) -> bytes:
    """The content of a member, never more than its entry declares.

    Raises WorkbookError where it is encrypted, damaged, or packed in a way that is not supported.
    """
    if member.flags & 1:
        raise WorkbookError(say("ooxml.encrypted", path=path))
    packed = packed_bytes(data, member, path)
    if member.method == STORED:
        content = packed
    elif member.method == DEFLATED:
        unpacker = zlib.decompressobj(-15)
        try:
            content = unpacker.decompress(packed, member.size + 1)
        except zlib.error as error:
            raise WorkbookError(say("ooxml.damaged_part", path=path, part=member.name, reason=error)) from None
    else:
        raise WorkbookError(say("ooxml.unsupported_compression", path=path, part=member.name, method=member.method))
    if len(content) != member.size or zlib.crc32(content) != member.crc:
        raise WorkbookError(say("ooxml.damaged_part", path=path, part=member.name, reason="CRC-32"))
    return content


def rewritten(data: bytes, members: list[Member], changes: Mapping[str, bytes | None], path: str) -> bytes:
    """The archive with members replaced, removed (None) or added; all others are copied as their compressed bytes.

    Order stays, additions come last. No zip64, no directory entries, no data descriptors.
    """
    pending = {name.lower(): (name, content) for name, content in changes.items()}
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        key = member.name.lower()
        if key not in pending:
            packed, entry, extra = packed_bytes(data, member, path), member, _local_extra(data, member)
        else:
            content = pending[key][1]
            if content is None:
                continue
            packed, entry = _packed(member, content)
            extra = b""
        offset = _write(body, directory, offset, entry, packed, extra)
    known = {member.name.lower() for member in members}
    for key, (name, content) in pending.items():
        if key not in known and content is not None:
            packed, entry = _packed(_new_member(name), content)
            offset = _write(body, directory, offset, entry, packed, b"")
    size = sum(map(len, directory))
    if offset + size > 0xFFFFFFFE or len(directory) > 2 * 0xFFFF:
        raise WorkbookError(say("ooxml.too_large", path=path, limit=4096))
    end = _END.pack(b"PK\5\6", 0, 0, len(directory) // 2, len(directory) // 2, size, offset, 0)
    return b"".join([*body, *directory, end])


def _new_member(name: str) -> Member:
    first_of_1980 = 0x21 << 16
    return Member(name, name.encode(), 20, 0x800, DEFLATED, first_of_1980, 0, 0, 0, b"", b"", 0, 0, 0)


def _packed(member: Member, content: bytes) -> tuple[bytes, Member]:
    packed = content
    if member.method == DEFLATED:
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
    return packed, replace(member, crc=zlib.crc32(content), packed_size=len(packed), size=len(content))


def _local_extra(data: bytes, member: Member) -> bytes:
    name_length, extra_length = _LOCAL.unpack_from(data, member.offset)[9:]
    start = member.offset + _LOCAL.size + name_length
    return without_zip64(data[start : start + extra_length])


def _write(
    body: list[bytes], directory: list[bytes], offset: int, member: Member, packed: bytes, local_extra: bytes
) -> int:
    flags = member.flags & ~_DESCRIPTOR
    common = (flags, member.method, member.stamp & 0xFFFF, member.stamp >> 16)
    sizes = (member.crc, member.packed_size, member.size)
    name = member.raw_name
    local = _LOCAL.pack(b"PK\3\4", 20, *common, *sizes, len(name), len(local_extra)) + name + local_extra
    body += (local, packed)
    lengths = (len(name), len(member.extra), len(member.comment))
    directory.append(
        _CENTRAL.pack(
            b"PK\1\2", member.made_by, 20, *common, *sizes, *lengths, 0, member.internal, member.external, offset
        )
    )
    directory.append(name + member.extra + member.comment)
    return offset + len(local) + len(packed)
