"""Finding a running LibreOffice, connecting to it, and what is said where that fails."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
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


@pytest.fixture
def own(office: Office, monkeypatch: pytest.MonkeyPatch) -> Process:
    """The tests' office as a process, all others out of sight, and as if it had been started without listening."""
    found = replace(next(each for each in running.processes() if each.profile == office.profile), accepts=())
    monkeypatch.setattr(running, "processes", lambda: [found])
    return found


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
