"""Putting VBA sources into a `vbaProject.bin` without Excel ([MS-OVBA]).

The modules are stored as source only: no performance cache, so that Excel compiles them itself when the file is opened.
The project's identity, its references and its (open) protection stay those of the project that it is made from.
"""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from compound_file import compound_file

_CHUNK = 4096
_VERSION_RECORD, _MODULES_RECORD, _REFERENCE_NAME = 0x0009, 0x000F, 0x0016
_NO_CACHE = bytes.fromhex("cc61ffff000100")
"""The whole `_VBA_PROJECT` stream: version 0xFFFF stands for no version's cache (2.3.4.1)."""

_DOCUMENT = """Attribute VB_Name = "{name}"
Attribute VB_Base = "0{{{base}}}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = True
Attribute VB_Exposed = True
Attribute VB_TemplateDerived = False
Attribute VB_Customizable = True
"""
_WORKBOOK, _WORKSHEET = "00020819-0000-0000-C000-000000000046", "00020820-0000-0000-C000-000000000046"


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the project: its name, its source with the leading attributes, and what kind it is."""

    name: str
    source: str
    kind: Literal["document", "standard"] = "standard"

    @property
    def stored(self) -> bytes:
        """The source as it is stored: ASCII, which every code page agrees on, with Windows' line ends.

        Raises UnicodeEncodeError for anything else: VBA reads its sources in the code page of the machine.
        """
        return "\r\n".join(self.source.splitlines()).encode("ascii") + b"\r\n"


def workbook_module(name: str = "ThisWorkbook") -> Module:
    """The module that belongs to the workbook."""
    return Module(name, _DOCUMENT.format(name=name, base=_WORKBOOK), "document")


def worksheet_module(name: str) -> Module:
    """The module that belongs to the worksheet of this code name."""
    return Module(name, _DOCUMENT.format(name=name, base=_WORKSHEET), "document")


def vba_project(directory: bytes, project: str, name: str, modules: Sequence[Module], drop: Sequence[str]) -> bytes:
    """A `vbaProject.bin` with exactly these modules.

    `directory` (decompressed) and `project` are the streams `VBA/dir` and `PROJECT` of the project to start from;
    `drop` names the references to leave out.
    """
    streams = {
        "PROJECT": _project(project, name, modules).encode("ascii"),
        "PROJECTwm": b"".join(f"{m.name}\0".encode("ascii") + f"{m.name}\0".encode("utf-16-le") for m in modules)
        + b"\0\0",
        "VBA/_VBA_PROJECT": _NO_CACHE,
        "VBA/dir": compress(_directory(directory, name, modules, drop)),
    }
    streams |= {f"VBA/{module.name}": compress(module.stored) for module in modules}
    return compound_file(streams)


def _project(project: str, name: str, modules: Sequence[Module]) -> str:
    """The PROJECT stream (2.3.1): other modules, no windows; the id and the protection lines that belong to it stay."""
    lines = [line for line in project.splitlines() if not re.match(r"(Document|Module|Class|BaseClass|Package)=", line)]
    lines = lines[: lines.index("[Workspace]")]
    lines[1:1] = [f"Document={m.name}/&H00000000" if m.kind == "document" else f"Module={m.name}" for m in modules]
    lines = [f'Name="{name}"' if line.startswith("Name=") else line for line in lines]
    return "\r\n".join(lines).rstrip() + "\r\n"


def _directory(old: bytes, name: str, modules: Sequence[Module], drop: Sequence[str]) -> bytes:
    """The dir stream (2.3.4.2): the old one's information and references, then these modules."""
    records = list(_records(old))
    split = next(at for at, (kind, _) in enumerate(records) if kind == _MODULES_RECORD)
    named = name.encode("ascii")
    kept = [(kind, named if kind == 0x0004 else data) for kind, data in records[:split]]
    parts = [_record(kind, data) for kind, data in _without(kept, drop)]
    parts += [_record(_MODULES_RECORD, struct.pack("<H", len(modules))), _record(0x0013, b"\xff\xff")]
    for module in modules:
        ascii_name, wide = module.name.encode("ascii"), module.name.encode("utf-16-le")
        parts += [
            _record(0x0019, ascii_name),
            _record(0x0047, wide),
            _record(0x001A, ascii_name),
            _record(0x0032, wide),
            _record(0x001C, b""),
            _record(0x0048, b""),
            _record(0x0031, bytes(4)),  # where the source starts in its stream: at once, for there is no cache
            _record(0x001E, bytes(4)),
            _record(0x002C, b"\xff\xff"),
            _record(0x0021 if module.kind == "standard" else 0x0022, b""),
            _record(0x002B, b""),
        ]
    return b"".join(parts) + _record(0x0010, b"")


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind, size = struct.unpack_from("<HI", data, at)
        # The version's stated size leaves out its second half (2.3.4.2.1.11).
        size = 6 if kind == _VERSION_RECORD else size
        yield kind, data[at + 6 : at + 6 + size]
        at += 6 + size


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HI", kind, 4 if kind == _VERSION_RECORD else len(data)) + data


def _without(records: list[tuple[int, bytes]], drop: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """The records without those of the references of these names; each begins with its name, some name it twice."""
    wanted = True
    for is_name, group in groupby(records, lambda record: record[0] == _REFERENCE_NAME):
        members = list(group)
        if is_name:
            wanted = members[0][1].decode("ascii") not in drop
        if wanted:
            yield from members


def compress(data: bytes) -> bytes:
    """Compressed as [MS-OVBA] 2.4.1 describes, always taking the longest and then the nearest match."""
    return b"\x01" + b"".join(_chunk(data[at : at + _CHUNK]) for at in range(0, len(data), _CHUNK))


def _chunk(data: bytes) -> bytes:
    body = bytearray()
    seen: dict[bytes, list[int]] = {}
    at = 0
    while at < len(data):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if at >= len(data):
                break
            bits = max(4, (at - 1).bit_length())
            distance, length = _match(data, at, seen.get(data[at : at + 3], ()), (0xFFFF >> bits) + 3)
            if length:
                flags |= 1 << bit
                tokens += struct.pack("<H", (distance - 1) << (16 - bits) | (length - 3))
            else:
                length = 1
                tokens.append(data[at])
            for place in range(at, at + length):
                seen.setdefault(data[place : place + 3], []).append(place)
            at += length
        body.append(flags)
        body += tokens
    if len(body) > _CHUNK:
        return struct.pack("<H", 0x3000 | _CHUNK - 1) + data.ljust(_CHUNK, b"\0")
    return struct.pack("<H", 0xB000 | len(body) - 1) + bytes(body)


def decompress(data: bytes) -> bytes:
    """What `compress` or Excel compressed ([MS-OVBA] 2.4.1.3.1). Raises ValueError where it is no such thing."""
    if data[:1] != b"\x01":
        raise ValueError("not compressed as in [MS-OVBA]")
    result = bytearray()
    at = 1
    while at < len(data):
        header = struct.unpack_from("<H", data, at)[0]
        end = at + (header & 0x0FFF) + 3
        if header & 0x8000:
            _expand(data[at + 2 : end], result)
        else:
            result += data[at + 2 : end]
        at = end
    return bytes(result)


def _expand(body: bytes, result: bytearray) -> None:
    start, at = len(result), 0
    while at < len(body):
        flags = body[at]
        at += 1
        for bit in range(8):
            if at >= len(body):
                return
            if not flags >> bit & 1:
                result.append(body[at])
                at += 1
                continue
            token = struct.unpack_from("<H", body, at)[0]
            bits = max(4, (len(result) - start - 1).bit_length())
            distance = (token >> (16 - bits)) + 1
            for _ in range((token & 0xFFFF >> bits) + 3):
                result.append(result[-distance])
            at += 2


def _match(data: bytes, at: int, places: Sequence[int], longest: int) -> tuple[int, int]:
    """How far back the longest run equal to what follows begins, and how long it is; 0, 0 where none is worth it."""
    found, best = 0, 0
    limit = min(longest, len(data) - at)
    if limit < 3:
        return 0, 0
    for place in reversed(places):
        length = 3
        while length < limit and data[place + length] == data[at + length]:
            length += 1
        if length > best:
            found, best = at - place, length
    return found, best
