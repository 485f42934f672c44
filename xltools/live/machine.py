"""What a machine says of the programs installed and running on it; tests put another one in its place."""

import csv
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

Hive = Literal["HKCU", "HKLM"]

_VIEWS = {64: 0x0100, 32: 0x0200}
"""KEY_WOW64_64KEY and KEY_WOW64_32KEY: a 64-bit Windows keeps a registry of its own for 32-bit programs."""

_BITS = {b"\x4c\x01": 32, b"\x64\x86": 64, b"\x64\xaa": 64}

_PATIENCE = 10.0


class Machine:
    """This machine."""

    @property
    def platform(self) -> str:
        """`win32`, `darwin` or `linux`, as `sys.platform` says it."""
        return sys.platform

    @property
    def bits(self) -> int:
        """Whether this Python is a 32-bit or a 64-bit program."""
        return struct.calcsize("P") * 8

    def environment(self, name: str) -> str:
        """An environment variable, empty where there is none."""
        return os.environ.get(name, "")

    def registry(self, hive: Hive, key: str, name: str = "", bits: int = 64) -> str | None:
        """A text in Windows' registry, by default a key's own; None where there is none, or no registry."""
        try:
            winreg: Any = import_module("winreg")
        except ImportError:
            return None
        root = winreg.HKEY_CURRENT_USER if hive == "HKCU" else winreg.HKEY_LOCAL_MACHINE
        try:
            with winreg.OpenKey(root, key, 0, winreg.KEY_READ | _VIEWS[bits]) as opened:
                value, _ = winreg.QueryValueEx(opened, name)
        except OSError:
            return None
        return os.path.expandvars(value) if isinstance(value, str) else None

    def which(self, command: str) -> str | None:
        """Where a command is found on the search path."""
        return shutil.which(command)

    def first(self, patterns: Sequence[str]) -> Path | None:
        """The first existing file or folder of these patterns."""
        for pattern in patterns:
            path = Path(os.path.expandvars(pattern)).expanduser()
            try:
                found = sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))), reverse=True)
            except (OSError, ValueError):
                continue
            if found:
                return found[0]
        return None

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        return Path(path).exists()

    def program_bits(self, path: str) -> int | None:
        """Whether a program for Windows is a 32-bit or a 64-bit one (Microsoft, "PE Format"); None where unknown."""
        try:
            with Path(path).open("rb") as file:
                file.seek(0x3C)
                file.seek(int.from_bytes(file.read(4), "little"))
                header = file.read(6)
        except OSError:
            return None
        return _BITS.get(header[4:]) if header[:4] == b"PE\0\0" else None

    def text(self, path: Path) -> str:
        """What a small text file holds; empty where it cannot be read."""
        try:
            return path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def plist(self, path: Path) -> dict[str, Any]:
        """What a property list of macOS holds; empty where it cannot be read."""
        import plistlib

        try:
            with path.open("rb") as file:
                held = plistlib.load(file)
        except (OSError, plistlib.InvalidFileException, ValueError):
            return {}
        return held if isinstance(held, dict) else {}

    def processes(self) -> frozenset[str]:
        """The names of the programs that run, in lower case and without `.exe`."""
        if self.platform == "linux":
            return frozenset(_of_proc())
        if self.platform == "win32":
            rows = csv.reader(_output(["tasklist", "/FO", "CSV", "/NH"]).splitlines())
            return frozenset(row[0].lower().removesuffix(".exe") for row in rows if row)
        return frozenset(
            line.rpartition("/")[2].strip().lower() for line in _output(["ps", "-axo", "comm="]).splitlines()
        )


def _of_proc() -> list[str]:
    names = []
    for path in Path("/proc").glob("[0-9]*/comm"):
        try:
            names.append(path.read_text(encoding="utf-8", errors="replace").strip().lower())
        except OSError:
            # It has ended in the meantime.
            continue
    return names


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", errors="replace")
