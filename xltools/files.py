"""Which files a user means by the paths on a command line."""

import os
from collections.abc import Iterable
from pathlib import Path

from xltools.errors import InputError
from xltools.texts import say

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".docx")
"""The file types that are searched for in a folder."""

LOCK_PREFIXES = ("~$", ".~")
"""How the lock files of Excel, WPS and LibreOffice begin."""


def expand(paths: Iterable[str | os.PathLike[str]], suffixes: tuple[str, ...] = SUFFIXES) -> list[Path]:
    """The files behind paths to files and folders, each once; the current folder where no path is given.

    The order of the paths is kept; a folder's files are sorted and include those of its subfolders. Lock files and
    everything hidden are passed over, in folders also files without one of the `suffixes`.

    Raises InputError where a path does not exist, a folder cannot be listed, or nothing at all is found.
    """
    return [file for file, _ in located(paths, suffixes)]


def located(paths: Iterable[str | os.PathLike[str]], suffixes: tuple[str, ...] = SUFFIXES) -> list[tuple[Path, Path]]:
    """Like `expand`, every file with its path inside the folder that was given; a file that was given has its name."""
    given = [Path(path) for path in paths] or [Path()]
    missing = [str(path) for path in given if not path.exists()]
    if missing:
        raise InputError(say("cli.path.missing", paths="、".join(missing)))
    found: dict[Path, tuple[Path, Path]] = {}
    for path in given:
        for file in _in_folder(path, suffixes) if path.is_dir() else [path]:
            place = file.relative_to(path) if path.is_dir() else Path(file.name)
            if not file.name.startswith(LOCK_PREFIXES):
                found.setdefault(file.absolute(), (file, place))
    if not found:
        raise InputError(say("cli.path.nothing", paths="、".join(map(str, given)), suffixes=" ".join(suffixes)))
    return list(found.values())


def absolute(path: str | os.PathLike[str]) -> Path:
    """A path from the root without `..`, so that the folders above a file are those that hold it."""
    whole = Path(path).absolute()
    return whole.resolve() if ".." in whole.parts else whole


def _in_folder(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    found: list[Path] = []
    for where, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # macOS leaves a hidden `._name.xlsx` beside each file that it copies to a USB stick.
        found += [Path(where, name) for name in names if name.lower().endswith(suffixes) and not name.startswith(".")]
    return sorted(found)


def _refuse(error: OSError) -> None:
    raise InputError(say("cli.path.unlisted", path=error.filename, reason=error.strerror)) from error


def claim(path: Path, *, force: bool = False) -> None:
    """Make sure that a file may be written, before the work for it begins.

    Raises InputError where it exists already (unless `force`), is a folder, or its folder does not exist.
    """
    if path.is_dir():
        raise InputError(say("cli.output.folder", path=path))
    if path.exists() and not force:
        raise InputError(say("cli.output.exists", path=path))
    if not path.absolute().parent.is_dir():
        raise InputError(say("cli.output.no_folder", path=path.absolute().parent))
