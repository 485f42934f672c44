"""Writing compound files ([MS-CFB] version 3): the container that an Office file keeps its VBA project in."""

import struct
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

_SECTOR, _MINI, _CUTOFF, _ENTRY = 512, 64, 4096, 128
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_IN_HEADER = 109
_PER_SECTOR = _SECTOR // 4


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams, named by their path ("VBA/dir"); the same streams give the same bytes.

    Times and class ids are left zero, as [MS-CFB] 2.6.1 allows. Raises ValueError for a name of more than 31 characters
    and for more content than the header alone can list (about 7 MB).
    """
    entries = _entries(streams)
    content = [streams.get(path, b"") for path, _ in entries]
    mini = b"".join(_padded(data, _MINI) for data in content if len(data) < _CUTOFF)
    mini_fat = _mini_fat(content)
    directory_sectors = -(-len(entries) * _ENTRY // _SECTOR)

    parts = [bytes(directory_sectors * _SECTOR), _padded(mini_fat, _SECTOR, b"\xff"), _padded(mini, _SECTOR)]
    parts += [_padded(data, _SECTOR) for data in content if len(data) >= _CUTOFF]
    starts, chain = [], []
    for part in parts:
        first, length = len(chain), len(part) // _SECTOR
        starts.append(first if length else _END)
        chain += [*range(first + 1, first + length), _END] if length else []
    fat_sectors = -(-len(chain) // (_PER_SECTOR - 1))
    if fat_sectors > _IN_HEADER:
        raise ValueError("too much content for one compound file")
    first_fat = len(chain)
    chain += [_FAT] * fat_sectors

    parts[0] = _directory(entries, content, starts[2], len(mini), iter(starts[3:]))
    fat = _padded(struct.pack(f"<{len(chain)}I", *chain), _SECTOR, b"\xff")
    listed = list(range(first_fat, first_fat + fat_sectors))
    header = struct.pack(
        "<8s16x5H6x9I109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        fat_sectors,
        starts[0],
        0,
        _CUTOFF,
        starts[1],
        len(parts[1]) // _SECTOR,
        _END,
        0,
        *listed,
        *[_FREE] * (_IN_HEADER - fat_sectors),
    )
    return header + b"".join(parts) + fat


def _entries(streams: Mapping[str, bytes]) -> list[tuple[str, int]]:
    """The path and kind of every directory entry: the root, then each storage before what it holds."""
    storages = sorted({str(folder) for path in streams for folder in PurePosixPath(path).parents} - {"."})
    paths = [("", _ROOT), *((path, _STORAGE) for path in storages), *((path, _STREAM) for path in sorted(streams))]
    for path, _ in paths:
        if len(_name(path)) > 31 * 2:
            raise ValueError(f"the name is too long for a compound file: {path}")
    return paths


def _directory(
    entries: list[tuple[str, int]], content: list[bytes], mini_start: int, mini_size: int, big: Iterator[int]
) -> bytes:
    left, right, child, colour = _trees(entries)
    records, mini_at = [], 0
    for number, (path, kind) in enumerate(entries):
        data = content[number]
        start, size = 0, len(data)
        if kind == _ROOT:
            start, size = mini_start, mini_size
        elif kind == _STREAM and size >= _CUTOFF:
            start = next(big)
        elif kind == _STREAM:
            start = mini_at if size else _END
            mini_at += -(-size // _MINI)
        name = "Root Entry".encode("utf-16-le") if kind == _ROOT else _name(path)
        records.append(
            struct.pack(
                "<64sHBB3I16x4x8x8xIQ",
                name,
                len(name) + 2,
                kind,
                colour[number],
                left[number],
                right[number],
                child[number],
                start,
                size,
            )
        )
    empty = struct.pack("<68x3I48x", _FREE, _FREE, _FREE)
    spare = -len(records) % (_SECTOR // _ENTRY)
    return b"".join(records) + empty * spare


def _trees(entries: list[tuple[str, int]]) -> tuple[list[int], list[int], list[int], list[int]]:
    """Left, right and child links and the colours: the entries of each storage as a red-black tree.

    Split in the middle, every level but the deepest is full; with that one red and the rest black the tree is valid.
    """
    count = len(entries)
    left, right, child, colour = [_FREE] * count, [_FREE] * count, [_FREE] * count, [_BLACK] * count

    def grow(members: list[int], depth: int, deepest: int) -> int:
        if not members:
            return _FREE
        middle = len(members) // 2
        node = members[middle]
        left[node] = grow(members[:middle], depth + 1, deepest)
        right[node] = grow(members[middle + 1 :], depth + 1, deepest)
        if depth == deepest and depth:
            colour[node] = _RED
        return node

    for number, (path, kind) in enumerate(entries):
        if kind == _STREAM:
            continue
        members = [
            other
            for other, (name, its_kind) in enumerate(entries)
            if its_kind != _ROOT and name.rpartition("/")[0] == path
        ]
        # Names are ordered by their length first ([MS-CFB] 2.6.4).
        members.sort(key=lambda other: (len(_name(entries[other][0])), _name(entries[other][0].upper())))
        child[number] = grow(members, 0, len(members).bit_length() - 1)
    return left, right, child, colour


def _mini_fat(content: list[bytes]) -> bytes:
    chain: list[int] = []
    for data in content:
        if 0 < len(data) < _CUTOFF:
            count = -(-len(data) // _MINI)
            chain += [*range(len(chain) + 1, len(chain) + count), _END]
    return struct.pack(f"<{len(chain)}I", *chain)


def _name(path: str) -> bytes:
    return path.rpartition("/")[2].encode("utf-16-le")


def _padded(data: bytes, size: int, filler: bytes = b"\0") -> bytes:
    return data + filler * (-len(data) % size)
