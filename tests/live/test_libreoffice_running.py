"""Finding a running LibreOffice, connecting to it, and what is said where that fails."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.live.office import Office, office_or_skip_reason, running_office
from xltools.errors import LiveError
from xltools.live.libreoffice import bridge, running
from xltools.live.libreoffice.engine import Engine
from xltools.live.libreoffice.running import Process

PROGRAM = "/usr/lib/libreoffice/program/soffice.bin"
needs_office = pytest.mark.skipif(office_or_skip_reason() is not None, reason=str(office_or_skip_reason()))
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def listed(monkeypatch: pytest.MonkeyPatch, *lines: Sequence[str]) -> list[Process]:
    """The offices among processes with these command lines."""
    monkeypatch.setattr(running, "_listed", lambda: iter(enumerate(lines, start=2**30)))
    return running.processes()


@pytest.fixture
def own(office: Office, monkeypatch: pytest.MonkeyPatch) -> Process:
    """The tests' office as a process, all others out of sight, and as if it had been started without listening."""
    found = replace(next(each for each in running.processes() if each.profile == office.profile), accepts=())
    monkeypatch.setattr(running, "processes", lambda: [found])
    return found


@pytest.mark.parametrize(
    ("accept", "address"),
    [
        ("pipe,name=x", "uno:pipe,name=x;urp;StarOffice.ComponentContext"),
        ("uno:pipe,name=x;urp;", "uno:pipe,name=x;urp;StarOffice.ComponentContext"),
        ("pipe,name=x;urp;StarOffice.ServiceManager", "uno:pipe,name=x;urp;StarOffice.ServiceManager"),
        (
            "socket,host=0,port=2002;urp",
            "uno:socket,host=localhost,port=2002,tcpNoDelay=1;urp;StarOffice.ComponentContext",
        ),
        ("socket,host=0.0.0.0,port=1", "uno:socket,host=localhost,port=1,tcpNoDelay=1;urp;StarOffice.ComponentContext"),
        (
            "socket,host=pc,port=1,tcpNoDelay=0",
            "uno:socket,host=pc,port=1,tcpNoDelay=0;urp;StarOffice.ComponentContext",
        ),
    ],
)
def test_what_an_office_accepts_tells_where_to_connect(accept: str, address: str) -> None:
    assert bridge.address(accept) == address


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


def test_a_library_for_another_python_is_refused_before_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "libpyuno.so").write_bytes(b"\x7fELF\0libpython3.8.so.1.0\0")
    monkeypatch.setattr(bridge, "_directories", lambda: [str(tmp_path)])
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(LiveError, match=r"Python 3\.8"):
        bridge.uno.__wrapped__()


def test_a_missing_bridge_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "_directories", list)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(LiveError, match="python3-uno"):
        bridge.uno.__wrapped__()


@needs_office
def test_loading_the_bridge_leaves_imports_as_they_are() -> None:
    code = (
        "import sys; before = list(sys.path); from xltools.live.libreoffice import bridge; bridge.uno()\n"
        "assert sys.path == before\n"
        "try: from no_such_module import name\n"
        "except ModuleNotFoundError as error: assert error.name == 'no_such_module'\n"
        "from com.sun.star.beans import PropertyValue; print(PropertyValue().__class__.__name__)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("com.sun.star.beans.PropertyValue", "")


@needs_office
def test_what_uno_raises_leaves_a_guarded_class_as_an_error_of_ours() -> None:
    @bridge.guarded
    class Guarded:
        @property
        def gone(self) -> None:
            raise bridge.exception("lang.DisposedException")("x", None)

        def refuses(self) -> None:
            raise bridge.exception("uno.RuntimeException")("no\nway at ./sc/source/ui/x.cxx:12", None)

        def own(self) -> None:
            raise KeyError("mine")

    with pytest.raises(LiveError, match="断开"):
        _ = Guarded().gone
    with pytest.raises(LiveError, match=r"no way$"):
        Guarded().refuses()
    with pytest.raises(KeyError):
        Guarded().own()


def test_a_guarded_class_holds_no_generators() -> None:
    class Lazy:
        def all(self) -> Iterator[int]:
            yield 1

    with pytest.raises(TypeError, match="all"):
        bridge.guarded(Lazy)


@needs_office
def test_nothing_that_listens_is_said_plainly() -> None:
    with pytest.raises(LiveError, match="no-such-office"):
        bridge.connect("pipe,name=no-such-office")


@needs_office
@on_linux
def test_an_office_that_does_not_answer_is_given_up() -> None:
    name = f"xltools-silent-{os.getpid()}"
    place = Path(f"/tmp/OSL_PIPE_{os.getuid()}_{name}")
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(place))
        silent.listen()
        try:
            with pytest.raises(LiveError, match="没有应答"):
                bridge.connect(f"pipe,name={name}", timeout=0.5)
        finally:
            place.unlink()


def test_an_office_that_does_not_listen_is_made_to_until_the_program_ends(
    office: Office, own: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = office.desktop.Frames.Count
    name = f"until-the-end-{os.getpid()}"
    monkeypatch.setattr("secrets.token_hex", lambda _: name)
    ends: list[Callable[[], None]] = []
    monkeypatch.setattr("atexit.register", lambda end, *arguments: ends.append(lambda: end(*arguments)))
    reached = running.reach(own)
    desktop = reached.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", reached.context)
    assert desktop.Frames.Count == opened
    for end in ends:
        end()
    with pytest.raises(LiveError):
        bridge.connect(f"pipe,name=xltools-{name}")


@needs_office
def test_an_office_that_nobody_prepared_is_reached_by_a_program_of_its_own(tmp_path: Path) -> None:
    """In this process another connection to the same office would keep the one that is tried here alive."""
    path = tmp_path / "表 一.xlsx"
    openpyxl.Workbook().save(path)
    with running_office(str(path), listening=False) as started:
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-c", _LOOK, started.profile], capture_output=True, text=True, check=False, timeout=60
            )
            assert (done.returncode, done.stdout.strip(), done.stderr) == (0, str(path), "")


_LOOK = """
import sys, time
from xltools.live.libreoffice import running
from xltools.live.libreoffice.engine import Engine
found = [each for each in running.processes() if each.profile == sys.argv[1]]
running.processes = lambda: found
(app,) = Engine().apps
until = time.monotonic() + 20
while not len(app.books) and time.monotonic() < until:
    time.sleep(0.1)
print(*(book.fullname for book in app.books))
"""


def test_an_office_that_listens_already_is_left_alone(
    office: Office, own: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_hand_over", lambda *_: pytest.fail("handed over"))
    reached = running.reach(replace(own, accepts=("pipe,name=nobody", office.accept)))
    assert reached.context == office.context


def test_the_process_of_a_connection_is_told_by_its_profile(office: Office, own: Process) -> None:
    assert running.process_of(office.context) == own


@needs_office
@pytest.mark.parametrize(("profile", "known"), [(".config/libreoffice/4", True), ("elsewhere/4", False)])
def test_an_office_with_the_usual_profile_is_told_by_its_place(
    monkeypatch: pytest.MonkeyPatch, profile: str, known: bool
) -> None:
    class Context:
        ServiceManager = type("", (), {"createInstanceWithContext": lambda *_: Context})()

        @staticmethod
        def getSubstituteVariableValue(_: str) -> str:  # noqa: N802
            return (Path.home() / profile / "user").as_uri()

    usual, other = Process(1, PROGRAM, None), Process(2, PROGRAM, "file:///tmp/other")
    monkeypatch.setattr(running, "processes", lambda: [other, usual])
    assert running.process_of(Context) == (usual if known else None)


def test_the_engine_finds_a_running_office_and_keeps_the_connection(own: Process) -> None:
    engine = Engine()
    (app,) = engine.apps
    assert (app.pid, engine.apps.keys()) == (own.pid, [own.pid])
    assert engine.apps[own.pid] is app
    assert engine.apps._all()[0] is app
    with pytest.raises(KeyError):
        engine.apps[1]


def test_the_environment_names_the_office(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(running.VARIABLE, f"  {office.accept} ")
    (app,) = Engine().apps
    assert app.api == office.context
    monkeypatch.setenv(running.VARIABLE, "pipe,name=no-such-office")
    with pytest.raises(LiveError, match="no-such-office"):
        len(Engine().apps)


def test_one_office_out_of_reach_does_not_hide_another(
    own: Process, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hidden = Process(2**30, str(tmp_path / "soffice.bin"), None, sandboxed=True)
    monkeypatch.setattr(running, "processes", lambda: [hidden, own])
    assert Engine().apps.keys() == [own.pid]
    monkeypatch.setattr(running, "processes", lambda: [hidden])
    with pytest.raises(LiveError, match=running.VARIABLE):
        Engine().apps.keys()


def test_without_an_office_there_are_no_applications(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(running.VARIABLE, raising=False)
    monkeypatch.setattr(running, "processes", list)
    assert list(Engine().apps) == []


def test_no_office_is_ever_started() -> None:
    with pytest.raises(LiveError):
        Engine().apps.add()


def attached(engine: Engine, office: Office) -> Any:
    return engine.apps.attach(running.Reached(office.context, running.process_of(office.context)))


def test_an_attached_office_is_the_only_one_and_is_known_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine()
    app = attached(engine, office)
    assert attached(engine, office) is app
    monkeypatch.setattr(running, "processes", lambda: pytest.fail("looked for others"))
    assert list(engine.apps) == [app]


@needs_office
def test_the_workbook_that_a_user_has_open_is_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表 一.xlsx"
    openpyxl.Workbook().save(path)
    with running_office(str(path), headless=False) as started:
        (process,) = [replace(each, accepts=()) for each in running.processes() if each.profile == started.profile]
        monkeypatch.setattr(running, "processes", lambda: [process])
        (app,) = Engine().apps
        until = time.monotonic() + 20
        while not len(app.books) and time.monotonic() < until:
            time.sleep(0.1)
        assert [book.fullname for book in app.books] == [str(path)]
        assert app.books.active.name == path.name
        app.books.active.sheets(1).model.getCellByPosition(0, 0).Value = 1
        app.books.active.close()
        assert (len(app.books), app.alive) == (0, True)


@needs_office
def test_an_office_that_has_ended_is_said_to_be_gone() -> None:
    with running_office() as started:
        engine = Engine()
        app = attached(engine, started)
        book = app.books.add()
        book.model.setModified(True)
        app.quit()
        assert started.process.wait(20) == 0
        assert list(engine.apps) == []
        for use in (lambda: book.name, lambda: book.sheets(1).name, lambda: app.books.add(), lambda: book.close()):
            with pytest.raises(LiveError, match="断开"):
                use()


@needs_office
def test_a_killed_office_is_said_to_be_gone() -> None:
    with running_office() as started:
        app = attached(Engine(), started)
        app.kill()
        started.process.wait(20)
        assert not app.alive
        with pytest.raises(LiveError, match="断开"):
            len(app.books)


def test_an_office_elsewhere_cannot_be_killed(office: Office) -> None:
    app = Engine().apps.attach(running.Reached(office.context, None))
    assert app.pid == 0
    with pytest.raises(LiveError):
        app.kill()
