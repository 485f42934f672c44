"""Which spreadsheet applications are installed, by what they leave on a machine; none is started to ask.

Keys of Windows' registry: App Paths and COM classes (Microsoft Learn, "Application Registration", "LocalServer32"),
Office' own `ClickToRun\\Configuration`; Kingsoft's and LibreOffice's as their installers write them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from xltools.live.machine import Hive, Machine

_HIVES: tuple[Hive, Hive] = ("HKCU", "HKLM")
_BITS = (64, 32)
_APP_PATHS = "Software\\Microsoft\\Windows\\CurrentVersion\\App Paths"
_OFFICE = "Software\\Microsoft\\Office\\ClickToRun\\Configuration"
_KINGSOFT = "Software\\Kingsoft\\Office\\6.0\\Common"

_WINDOWS_WPS = (
    "%LOCALAPPDATA%/Kingsoft/WPS Office/*/office6/et.exe",
    "%ProgramFiles%/Kingsoft/WPS Office/*/office6/et.exe",
    "%ProgramFiles(x86)%/Kingsoft/WPS Office/*/office6/et.exe",
    "%ProgramFiles%/WPS Office/*/office6/et.exe",
    "%ProgramFiles(x86)%/WPS Office/*/office6/et.exe",
)
_WINDOWS_LIBREOFFICE = (
    "%ProgramFiles%/LibreOffice*/program/soffice.exe",
    "%ProgramFiles(x86)%/LibreOffice*/program/soffice.exe",
)
_MAC_EXCEL = ("/Applications/Microsoft Excel.app", "~/Applications/Microsoft Excel.app")
_MAC_WPS = ("/Applications/wpsoffice.app", "/Applications/WPS Office.app")
_MAC_LIBREOFFICE = ("/Applications/LibreOffice.app", "~/Applications/LibreOffice.app")
_LINUX_WPS = (
    "/opt/kingsoft/wps-office/office6/et",
    "/opt/apps/cn.wps.wps-office*/files/kingsoft/wps-office/office6/et",
)
_LINUX_LIBREOFFICE = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
)

EXCEL_NAMES = ("Excel.Application",)
WPS_NAMES = ("Ket.Application", "ET.Application")


@dataclass(frozen=True)
class Registration:
    """What a name stands for in Windows' registry; `server` is the program, `exists` whether there is such a file."""

    name: str
    hive: Hive
    class_id: str
    server: str | None = None
    exists: bool = False

    @property
    def is_wps(self) -> bool:
        """Whether the name leads to WPS."""
        parts = PureWindowsPath(self.server or "")
        return parts.name.lower() in ("et.exe", "wps.exe", "wpsoffice.exe") or "kingsoft" in str(parts).lower()


@dataclass(frozen=True)
class Installed:
    """What an application left on the machine; `path` is its program, or its folder on macOS."""

    path: str | None = None
    version: str | None = None
    bits: int | None = None
    registrations: tuple[Registration, ...] = ()

    @property
    def there(self) -> bool:
        """Whether it is installed."""
        return self.path is not None


def excel(machine: Machine) -> Installed:
    """Microsoft Excel."""
    if machine.platform == "darwin":
        return _bundle(machine, _MAC_EXCEL)
    if machine.platform != "win32":
        return Installed()
    registrations = tuple(_registrations(machine, EXCEL_NAMES))
    own = (each.server for each in registrations if each.exists and not each.is_wps)
    path = _app_path(machine, "excel.exe") or next(own, None)
    told = _read(machine, _OFFICE, "VersionToReport", hives=("HKLM",))
    newest = (_read(machine, "Software\\Classes\\Excel.Application\\CurVer") or "").rpartition(".")[2]
    number = told or (f"{newest}.0" if newest.isdigit() else None)
    return Installed(path, number if path else None, machine.program_bits(path) if path else None, registrations)


def wps(machine: Machine) -> Installed:
    """WPS Spreadsheets."""
    if machine.platform == "darwin":
        return _bundle(machine, _MAC_WPS)
    if machine.platform != "win32":
        found = machine.first(_LINUX_WPS)
        return Installed(machine.which("et") or (str(found) if found else None))
    registrations = tuple(_registrations(machine, WPS_NAMES))
    root = _read(machine, _KINGSOFT, "InstallRoot")
    below = str(PureWindowsPath(root) / "office6" / "et.exe") if root else None
    found = machine.first(_WINDOWS_WPS)
    path = (
        _app_path(machine, "et.exe")
        or (below if below and machine.exists(below) else None)
        or next((each.server for each in registrations if each.exists), None)
        or (str(found) if found else None)
    )
    in_path = re.search(r"\d+\.\d+\.\d+\.\d+", path or "")
    number = _read(machine, _KINGSOFT, "Version") or (in_path[0] if in_path else None)
    return Installed(path, number if path else None, machine.program_bits(path) if path else None, registrations)


def libreoffice(machine: Machine) -> Installed:
    """LibreOffice."""
    if machine.platform == "darwin":
        return _bundle(machine, _MAC_LIBREOFFICE)
    if machine.platform == "win32":
        path = _app_path(machine, "soffice.exe") or _text(machine.first(_WINDOWS_LIBREOFFICE))
        return Installed(path, _product(machine, path, "bootstrap.ini"), machine.program_bits(path) if path else None)
    path = machine.which("soffice") or machine.which("libreoffice") or _text(machine.first(_LINUX_LIBREOFFICE))
    return Installed(path, _product(machine, path, "bootstraprc"))


def _product(machine: Machine, program: str | None, name: str) -> str | None:
    """The version in the file beside the program that says what product this is."""
    if program is None:
        return None
    found = re.search(r"^ProductKey=LibreOffice\S* ([\d.]+)", machine.text(_beside(program, name)), re.MULTILINE)
    return found[1] if found else None


def _beside(program: str, name: str) -> Path:
    # The command on the search path is a link to the program.
    return Path(program).resolve().with_name(name)


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _bundle(machine: Machine, patterns: tuple[str, ...]) -> Installed:
    """An application of macOS, its version from its property list."""
    path = machine.first(patterns)
    if path is None:
        return Installed()
    told = machine.plist(path / "Contents" / "Info.plist")
    number = told.get("CFBundleShortVersionString") or told.get("CFBundleVersion")
    return Installed(str(path), str(number) if number else None)


def _app_path(machine: Machine, program: str) -> str | None:
    """Where Windows starts a program from."""
    told = _read(machine, f"{_APP_PATHS}\\{program}")
    path = told.strip('"') if told else None
    return path if path and machine.exists(path) else None


def _read(machine: Machine, key: str, name: str = "", hives: tuple[Hive, ...] = _HIVES) -> str | None:
    """The first of what the user's and the machine's registry say, for 64-bit and for 32-bit programs."""
    said = (machine.registry(hive, key, name, bits) for hive in hives for bits in _BITS)
    return next((text for text in said if text), None)


def _registrations(machine: Machine, names: tuple[str, ...]) -> Iterator[Registration]:
    """What names stand for; those of the user come before those of the machine, as Windows looks them up."""
    seen = set()
    for name in names:
        for hive in _HIVES:
            for bits in _BITS:
                class_id = machine.registry(hive, f"Software\\Classes\\{name}\\CLSID", bits=bits)
                if class_id and (name, hive, class_id) not in seen:
                    seen.add((name, hive, class_id))
                    server = _server(machine, class_id)
                    yield Registration(name, hive, class_id, server, bool(server) and machine.exists(server or ""))


def _server(machine: Machine, class_id: str) -> str | None:
    """The program that a class id stands for, from its command line."""
    command = (_read(machine, f"Software\\Classes\\CLSID\\{class_id}\\LocalServer32") or "").strip()
    if command.startswith('"'):
        return command[1:].partition('"')[0] or None
    found = re.match(r".*?\.exe\b", command, re.IGNORECASE)
    return found[0] if found else None
