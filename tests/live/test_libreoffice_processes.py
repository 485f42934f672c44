"""Which processes are a running LibreOffice, and how one is asked to listen."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from xltools.errors import LiveError
from xltools.live.libreoffice import running
from xltools.live.libreoffice.running import Process

PROGRAM = "/usr/lib/libreoffice/program/soffice.bin"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def listed(monkeypatch: pytest.MonkeyPatch, *lines: Sequence[str]) -> list[Process]:
    """The offices among processes with these command lines."""
    monkeypatch.setattr(running, "_listed", lambda: iter(enumerate(lines, start=2**30)))
    return running.processes()


def test_only_offices_that_stay_count_as_running(monkeypatch: pytest.MonkeyPatch) -> None:
    found = listed(
        monkeypatch,
        ["/usr/bin/python3", "soffice.bin"],
        ["/usr/lib/libreoffice/program/oosplash", "--calc"],
        ["/bin/sh", "/usr/bin/soffice", "a.xlsx"],
        [PROGRAM, "--headless", "--convert-to", "pdf", "a.xlsx"],
        [PROGRAM, "--version"],
        [PROGRAM, "--calc", "a b.xlsx"],
    )
    assert [process.executable for process in found] == [PROGRAM]


def test_profile_and_listening_are_told_by_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, full = listed(
        monkeypatch,
        [PROGRAM],
        [
            PROGRAM,
            "-env:UserInstallation=file:///home/a%20b",
            "--headless",
            "--accept=pipe,name=x;urp",
            "-accept=socket",
        ],
    )
    assert (plain.profile, plain.accepts, plain.headless) == (None, (), False)
    assert (full.profile, full.accepts, full.headless) == ("file:///home/a%20b", ("pipe,name=x;urp", "socket"), True)


def test_an_office_with_a_window_comes_before_one_without_and_a_later_one_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    profiles = [f"-env:UserInstallation=file:///{letter}" for letter in "abc"]
    calls = ([PROGRAM, profiles[0]], [PROGRAM, profiles[1], "--headless"], [PROGRAM, profiles[2]])
    assert [process.pid - 2**30 for process in listed(monkeypatch, *calls)] == [2, 0, 1]


def test_a_call_that_hands_something_over_is_no_second_office(monkeypatch: pytest.MonkeyPatch) -> None:
    found = listed(monkeypatch, [PROGRAM], [PROGRAM, "file.xlsx"])
    assert [process.pid - 2**30 for process in found] == [0]


@on_linux
def test_a_zombie_is_no_running_process() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        state = Path(f"/proc/{ended.pid}/stat")
        until = time.monotonic() + 10
        while ") Z " not in state.read_text() and time.monotonic() < until:
            time.sleep(0.01)
        assert ") Z " in state.read_text()
        numbers = [pid for pid, _ in running._listed_in_proc()]
        assert ended.pid not in numbers
        assert os.getpid() in numbers


def test_an_office_on_macos_is_told_by_ps(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "/Applications/Libre Office.app/Contents/MacOS/soffice"
    text = (
        f"  1 /sbin/launchd\n 77 {program} --accept=pipe,name=x;urp -env:UserInstallation=file:///a%20b /tmp/a.xlsx\n"
    )
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess((), 0, text))
    monkeypatch.setattr(sys, "platform", "darwin")
    (found,) = running.processes()
    assert (found.pid, found.executable, found.profile) == (77, program, "file:///a%20b")
    assert found.accepts == ("pipe,name=x;urp",)


@pytest.mark.parametrize("several", [False, True])
def test_an_office_on_windows_is_told_by_powershell(monkeypatch: pytest.MonkeyPatch, several: bool) -> None:
    program = "C:\\Program Files\\LibreOffice\\program\\soffice.bin"
    entry = {
        "ProcessId": 77,
        "ExecutablePath": program,
        "CommandLine": f'"{program}" -env:UserInstallation=file:///C:/x "--accept=pipe,name=x;urp" "-o" "C:\\a b.xlsx"',
    }
    of_another = {"ProcessId": 78, "ExecutablePath": None, "CommandLine": None}
    text = json.dumps([entry, of_another] if several else entry)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess((), 0, text))
    monkeypatch.setattr(sys, "platform", "win32")
    (found,) = running.processes()
    assert (found.pid, found.executable, found.profile) == (77, program, "file:///C:/x")
    assert found.accepts == ("pipe,name=x;urp",)


def test_an_office_in_a_sandbox_is_refused_with_the_way_around(tmp_path: Path) -> None:
    (tmp_path / "soffice").touch()
    process = Process(2**30, str(tmp_path / "soffice.bin"), None, sandboxed=True)
    with pytest.raises(LiveError, match=running.VARIABLE):
        running.reach(process)


def test_an_office_without_its_launcher_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LiveError, match=running.VARIABLE):
        running.reach(Process(2**30, str(tmp_path / "soffice.bin"), None))


@pytest.fixture
def launcher(tmp_path: Path) -> Path:
    """A program in the place of the launcher that tells that it was called, and then stays."""
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nsleep 60 &\necho $! "$@" > {tmp_path}/called\nwait\n')
    program.chmod(0o755)
    return program


@on_linux
def test_no_office_is_started_where_the_one_that_was_found_has_ended(launcher: Path) -> None:
    with pytest.raises(LiveError):
        running.reach(Process(2**30, f"{launcher}.bin", "file:///gone"))
    assert not (launcher.parent / "called").exists()


@on_linux
def test_a_call_that_becomes_an_office_of_its_own_is_ended(launcher: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_takes_options", lambda _: True)
    monkeypatch.setattr(running, "_HANDED_OVER", 0.5)
    with pytest.raises(LiveError):
        running.reach(Process(2**30, f"{launcher}.bin", "file:///profile"))
    child, *options = (launcher.parent / "called").read_text().split()
    assert "-env:UserInstallation=file:///profile" in options
    until = time.monotonic() + 5
    with suppress(FileNotFoundError):
        # Killed, it may still have to be taken note of.
        while ") Z " not in Path(f"/proc/{child}/stat").read_text():
            assert time.monotonic() < until
            time.sleep(0.02)
