"""Workbook files on disk: whether one is open elsewhere, and replaced whole or not at all."""

import os
import shutil
import tempfile
from pathlib import Path

from xltools.errors import WorkbookError
from xltools.texts import say

LOCKS = ("~${}", ".~{}", ".~lock.{}#")
"""Names of the lock files of Excel, WPS and LibreOffice."""


def refuse_if_open(path: Path) -> None:
    """Raise WorkbookError where a lock file beside a file tells that it is open."""
    for pattern in LOCKS:
        lock = path.with_name(pattern.format(path.name))
        if lock.exists():
            raise WorkbookError(say("ooxml.open_elsewhere", path=path, lock=lock.name))


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths mean one file."""
    return one.exists() and other.exists() and one.samefile(other)


def keep_copy(path: Path) -> None:
    """Keep a file beside itself as `name.xlsx.bak`, before it is replaced.

    Raises WorkbookError where that is not possible.
    """
    try:
        shutil.copy2(path, path.with_name(f"{path.name}.bak"))
    except OSError as error:
        raise WorkbookError(say("ooxml.not_written", path=path, reason=error.strerror or error)) from None


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file beside its place, then move it there: at any moment the old or the new one is whole.

    Raises WorkbookError where that is not possible (no such folder, no permission, open in Excel on Windows).
    """
    # A link keeps pointing at the file it means.
    place = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=".xltools-", suffix=".tmp", dir=place.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(place.stat().st_mode & 0o7777 if place.exists() else _new_mode())
            temporary.replace(place)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WorkbookError(say("ooxml.not_written", path=path, reason=error.strerror or error)) from None


def _new_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
