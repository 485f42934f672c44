"""`xltools doctor`: what is installed, registered, running and reachable, and what to do about the rest."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from xltools import doctor
from xltools.doctor import Found, Report, examine
from xltools.errors import LiveError
from xltools.live.libreoffice import bridge
from xltools.live.machine import Hive, Machine
from xltools.texts import say

EXCEL_CLASS = "{00024500-0000-0000-C000-000000000046}"
KET_CLASS = "{45540001-5750-5300-4B49-4E47534F4655}"
EXCEL = r"C:\Program Files\Microsoft Office\Root\Office16\EXCEL.EXE"
OFFICE6 = r"C:\Users\user\AppData\Local\Kingsoft\WPS Office\12.1.0.24034\office6"
ET = OFFICE6 + r"\et.exe"
WPS = OFFICE6 + r"\wps.exe"
APP_PATHS = r"Software\Microsoft\Windows\CurrentVersion\App Paths"


class Told(Machine):
    """A machine that is what a test says."""

    def __init__(
        self,
        platform: str = "win32",
        registry: dict[str, str] | None = None,
        files: Sequence[str] = (),
        processes: Sequence[str] = (),
        texts: dict[str, str] | None = None,
    ) -> None:
        self.keys, self.files, self.names = registry or {}, set(files), frozenset(processes)
        self.os, self.texts = platform, texts or {}

    @property
    def platform(self) -> str:
        return self.os

    def registry(self, hive: Hive, key: str, name: str = "", bits: int = 64) -> str | None:
        return self.keys.get(f"{hive}\\{key}" + (f":{name}" if name else "")) if bits == 64 else None

    def which(self, command: str) -> str | None:
        return next((path for path in self.files if path.rpartition("/")[2] == command), None)

    def first(self, patterns: Sequence[str]) -> Path | None:
        return next((Path(path) for path in patterns if path in self.files), None)

    def exists(self, path: str) -> bool:
        return path in self.files

    def text(self, path: Path) -> str:
        return self.texts.get(path.as_posix(), "")

    def plist(self, path: Path) -> dict[str, object]:
        return {"CFBundleShortVersionString": "16.89"}

    def program_bits(self, path: str) -> int | None:
        return 64 if path in self.files else None

    def processes(self) -> frozenset[str]:
        return self.names


EXCEL_KEYS = {
    rf"HKLM\{APP_PATHS}\excel.exe": EXCEL,
    r"HKLM\Software\Classes\Excel.Application\CLSID": EXCEL_CLASS,
    rf"HKLM\Software\Classes\CLSID\{EXCEL_CLASS}\LocalServer32": f'"{EXCEL}" /automation',
    r"HKLM\Software\Classes\Excel.Application\CurVer": "Excel.Application.16",
}
WPS_KEYS = {
    r"HKCU\Software\Kingsoft\Office\6.0\Common:InstallRoot": OFFICE6.removesuffix(r"\office6"),
    r"HKCU\Software\Classes\Ket.Application\CLSID": KET_CLASS,
    rf"HKCU\Software\Classes\CLSID\{KET_CLASS}\LocalServer32": f"{WPS} /prometheus /et /Automation",
}


class Running:
    """A running application with the workbook `name` in front."""

    def __init__(self, name: str | None = None, trouble: str = "") -> None:
        self.name, self.trouble = name, trouble

    def session(self) -> AbstractContextManager[None]:
        return nullcontext()

    @property
    def book(self) -> SimpleNamespace | None:
        if self.trouble:
            raise LiveError(self.trouble)
        return SimpleNamespace(name=self.name) if self.name else None


def _finder(**running: list[Running] | LiveError) -> Callable[[str], list[Running]]:
    def find(kind: str) -> list[Running]:
        found = running.get(kind, [])
        if isinstance(found, LiveError):
            raise found
        return found

    return find


def _examined(machine: Machine, **running: list[Running] | LiveError) -> dict[str, Found]:
    report = examine(machine, _finder(**running))  # type: ignore[arg-type]
    return {found.kind: found for found in report.applications}


def test_excel_on_windows_is_described(monkeypatch: pytest.MonkeyPatch):
    machine = Told(registry=EXCEL_KEYS, files=[EXCEL], processes=["excel"])
    excel = _examined(machine, excel=[Running(), Running("自评表.xlsx")])["excel"]
    assert (excel.installed, excel.version, excel.bits, excel.path) == (True, "16.0", 64, EXCEL)
    assert (excel.running, excel.reachable, excel.book, excel.advice) == (True, True, "自评表.xlsx", ())
    (registration,) = excel.registrations
    assert (registration.name, registration.server, registration.exists) == ("Excel.Application", EXCEL, True)


def test_wps_registered_for_its_user_only_is_described():
    wps = _examined(Told(registry=WPS_KEYS, files=[ET, WPS], processes=["et"]), wps=[Running("表.et")])["wps"]
    assert (wps.installed, wps.version, wps.path, wps.book) == (True, "12.1.0.24034", ET, "表.et")
    assert [each.hive for each in wps.registrations] == ["HKCU"]
    assert wps.advice == (say("doctor.advice.wps.vba"),)


@pytest.mark.parametrize(
    ("keys", "files", "advice"),
    [
        ({}, [ET], "doctor.advice.wps.unregistered"),
        (WPS_KEYS, [ET], "doctor.advice.wps.server"),
        ({r"HKCU\Software\Classes\Ket.Application\CLSID": KET_CLASS}, [ET, WPS], "doctor.advice.wps.server"),
    ],
)
def test_a_broken_registration_of_wps_is_to_be_repaired(keys: dict[str, str], files: list[str], advice: str):
    keys = {**keys, rf"HKCU\{APP_PATHS}\et.exe": ET}
    wps = _examined(Told(registry=keys, files=files), wps=[Running("表.xlsx")])["wps"]
    assert say(advice) in wps.advice
    # Broken as it is, an open workbook may be reached by its class or window.
    assert wps.reachable


def test_excels_name_taken_by_wps_is_told():
    keys = EXCEL_KEYS | WPS_KEYS
    keys[rf"HKLM\Software\Classes\CLSID\{EXCEL_CLASS}\LocalServer32"] = f'"{ET}" /Automation'
    found = _examined(Told(registry=keys, files=[EXCEL, ET, WPS]))
    assert found["excel"].advice == (say("doctor.advice.excel.taken"),)
    assert found["wps"].installed


def test_wps_alone_under_excels_name_is_not_excel():
    keys = WPS_KEYS | {
        r"HKCU\Software\Classes\Excel.Application\CLSID": KET_CLASS,
    }
    excel = _examined(Told(registry=keys, files=[ET, WPS]))["excel"]
    assert not excel.installed


def test_a_program_that_is_registered_and_gone_is_to_be_repaired():
    keys = EXCEL_KEYS | {rf"HKLM\Software\Classes\CLSID\{EXCEL_CLASS}\LocalServer32": r"D:\old\EXCEL.EXE /automation"}
    excel = _examined(Told(registry=keys, files=[EXCEL]))["excel"]
    assert excel.advice == (say("doctor.advice.excel.server"),)


def test_what_keeps_an_application_from_being_reached_is_told():
    machine = Told(registry=EXCEL_KEYS, files=[EXCEL], processes=["excel"])
    busy = _examined(machine, excel=LiveError("正忙"))["excel"]
    assert (busy.running, busy.reachable, busy.advice) == (True, False, ("正忙",))
    protected = _examined(machine, excel=[Running(trouble="受保护的视图")])["excel"]
    assert (protected.reachable, protected.advice) == (False, ("受保护的视图",))
    unseen = _examined(machine)["excel"]
    assert (unseen.running, unseen.advice) == (True, (say("doctor.advice.unseen"),))
    empty = _examined(machine, excel=[Running()])["excel"]
    assert (empty.reachable, empty.book, empty.advice) == (True, None, (say("doctor.advice.open"),))


def test_an_application_that_does_not_run_is_to_be_opened():
    excel = _examined(Told(registry=EXCEL_KEYS, files=[EXCEL]))["excel"]
    assert (excel.running, excel.advice) == (False, (say("doctor.advice.start"),))


def test_without_pywin32_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doctor, "_version", {"xlwings": "0.37.8"}.get)
    report = examine(Told(registry=EXCEL_KEYS, files=[EXCEL]), _finder())  # type: ignore[arg-type]
    assert [(part.name, part.version) for part in report.parts] == [("xlwings", "0.37.8"), ("pywin32", None)]
    assert report.advice == (say("doctor.advice.pywin32"),)


def test_on_a_mac_bundles_are_found_and_wps_cannot_be_reached():
    found = _examined(Told("darwin", files=["/Applications/Microsoft Excel.app", "/Applications/wpsoffice.app"]))
    assert (found["excel"].installed, found["excel"].version) == (True, "16.89")
    assert found["wps"].advice == (say("doctor.advice.wps.no_com"),)


def test_on_linux_wps_cannot_be_reached():
    wps = _examined(Told("linux", files=["/usr/bin/et"], processes=["et"]))["wps"]
    assert (wps.installed, wps.running, wps.reachable) == (True, True, False)
    assert wps.advice == (say("doctor.advice.wps.no_com"),)


OFFICE = "/opt/libreoffice7.6/program/soffice"
BOOTSTRAP = "[Bootstrap]\nInstallMode=<installmode>\nProductKey=LibreOffice 7.6\n"


def test_libreoffice_is_described_without_starting_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bridge, "unavailable", lambda: None)
    texts = {"/opt/libreoffice7.6/program/bootstraprc": BOOTSTRAP}
    office = _examined(Told("linux", files=[OFFICE], texts=texts), libreoffice=LiveError("asked"))["libreoffice"]
    assert (office.installed, office.version, office.path) == (True, "7.6", OFFICE)
    assert (office.running, office.advice) == (False, (say("doctor.advice.start"),))
    machine = Told("linux", files=[OFFICE], texts=texts, processes=["soffice.bin"])
    assert _examined(machine, libreoffice=[Running("表.xlsx")])["libreoffice"].book == "表.xlsx"


def test_libreoffice_without_its_python_interface_is_not_asked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bridge, "unavailable", lambda: "缺少 uno")
    machine = Told("linux", files=[OFFICE], processes=["soffice.bin"])
    office = _examined(machine, libreoffice=[Running("表.xlsx")])["libreoffice"]
    assert (office.running, office.reachable, office.advice) == (True, False, ("缺少 uno",))


def test_with_nothing_installed_that_is_said_once():
    report = examine(Told("linux"), _finder())  # type: ignore[arg-type]
    assert report.advice[-1] == say("doctor.advice.install")
    assert not any(found.advice for found in report.applications)


@pytest.fixture
def _windows(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Told(registry=EXCEL_KEYS | WPS_KEYS, files=[EXCEL, ET, WPS], processes=["excel"])
    report = examine(machine, _finder(excel=[Running("自评表.xlsx")]))  # type: ignore[arg-type]

    def told() -> Report:
        return report

    monkeypatch.setattr(doctor, "examine", told)


@pytest.mark.usefixtures("_windows")
def test_the_table_has_a_line_for_each_application(run):
    result = run("doctor")
    assert (result.code, result.err) == (0, "")
    rows = {line.split("  ")[0]: line for line in result.out.splitlines()}
    assert rows["Microsoft Excel"].split()[-1] == "自评表.xlsx"
    assert "12.1.0.24034" in rows["WPS 表格"]
    assert rows["LibreOffice"].split()[1:] == ["—"] * 4
    assert EXCEL in result.out
    assert say("doctor.advice.start") in "".join(line.strip() for line in result.out.splitlines())


@pytest.mark.usefixtures("_windows")
def test_it_speaks_english(run):
    out = run("doctor", "--lang", "en").out
    assert "WPS" in out
    assert "Open workbook" in out


@pytest.mark.usefixtures("_windows")
def test_json_tells_the_same(run):
    told = json.loads(run("doctor", "--format", "json").out)
    assert {"system", "python", "bits", "xltools", "parts", "applications", "advice"} <= set(told)
    excel, wps, office = told["applications"]
    assert (excel["kind"], excel["book"], excel["reachable"]) == ("excel", "自评表.xlsx", True)
    assert wps["registrations"][0]["class_id"] == KET_CLASS
    assert (office["kind"], office["installed"]) == ("libreoffice", False)


def test_this_machine_is_told_whatever_it_is(run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doctor, "_running", lambda kind: [])
    assert run("doctor").code == 0


def test_another_format_is_2(run):
    assert run("doctor", "--format", "xml").code == 2


def test_this_machines_own_programs_are_seen():
    machine = Machine()
    assert machine.bits in (32, 64)
    assert any(name.startswith(("python", "pytest")) for name in machine.processes())
    assert machine.registry("HKCU", "Software\\Nothing\\There") is None
    assert machine.first(["/nowhere/*", "/no%where"]) is None


def test_the_bits_of_a_program_are_read_from_its_header(tmp_path: Path):
    program = tmp_path / "a.exe"
    for code, bits in ((b"\x4c\x01", 32), (b"\x64\x86", 64)):
        program.write_bytes(b"MZ".ljust(0x3C, b"\0") + (0x80).to_bytes(4, "little") + bytes(0x40) + b"PE\0\0" + code)
        assert Machine().program_bits(str(program)) == bits
    program.write_bytes(b"no program")
    assert Machine().program_bits(str(program)) is None
    assert Machine().program_bits(str(tmp_path / "missing.exe")) is None
