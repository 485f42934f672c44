"""Streams of a compound file ([MS-CFB]), the container of the old Office formats."""

import struct

_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_ROOT, _STREAM = 5, 2


class CompoundError(ValueError):
    """A compound file is damaged, or lacks the stream asked for."""


def stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """The first of these streams, names in lower case, that a compound file holds.

    Raises CompoundError where it holds none, or is damaged.
    """
    if len(data) < 512:
        raise CompoundError("truncated header")
    shift, mini_shift = struct.unpack_from("<2H", data, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise CompoundError("sector size")
    directory_start, _, cutoff, mini_start = struct.unpack_from("<4I", data, 48)
    size = 1 << shift
    fat = _fat(data, size)
    directory = _chain(data, fat, directory_start, size, size)
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    found = {_name(entry): entry for entry in entries if entry[66] == _STREAM}
    entry = next((found[name] for name in names if name in found), None)
    if entry is None:
        raise CompoundError("no workbook stream")
    start, length = struct.unpack_from("<2I", entry, 116)
    if length >= cutoff:
        content = _chain(data, fat, start, size, size)
    else:
        root = next((entry for entry in entries if entry[66] == _ROOT), entry)
        mini_stream = _chain(data, fat, struct.unpack_from("<I", root, 116)[0], size, size)
        mini_fat = _numbers(_chain(data, fat, mini_start, size, size))
        content = _chain(mini_stream, mini_fat, start, 1 << mini_shift, 0)
    if len(content) < length:
        raise CompoundError("truncated stream")
    return content[:length]


def _fat(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows each sector."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<2I", data, 68)
    while following < _LAST_SECTOR and count > 0:
        more = _numbers(_sector(data, following, size, size))
        sectors += more[:-1]
        following, count = more[-1], count - 1
    return _numbers(b"".join(_sector(data, sector, size, size) for sector in sectors if sector < _LAST_SECTOR))


def _chain(data: bytes, fat: tuple[int, ...], sector: int, size: int, header: int) -> bytes:
    parts: list[bytes] = []
    while sector < _LAST_SECTOR:
        if sector >= len(fat) or len(parts) > len(fat):
            raise CompoundError("broken sector chain")
        parts.append(_sector(data, sector, size, header))
        sector = fat[sector]
    return b"".join(parts)


def _sector(data: bytes, sector: int, size: int, header: int) -> bytes:
    start = header + sector * size
    if start >= len(data):
        raise CompoundError("sector outside of the file")
    # The last sector of a file may be cut short.
    return data[start : start + size]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
