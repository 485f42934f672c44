"""A private LibreOffice for tests: a profile and a pipe of its own, no window, gone when the tests are over.

    with running_office() as office:
        document = office.open(path)

In a test, take the fixtures `office` (one for all tests of a worker) and `opened` (opens a copy, closes it afterwards);
they come from `tests.live.conftest`.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from xltools.errors import LiveError
from xltools.live.libreoffice import bridge, running


@dataclass(frozen=True)
class Office:
    """A LibreOffice that the tests started."""

    accept: str
    """What it listens on; `bridge.connect` takes it."""
    profile: str
    """URL of its profile folder."""
    process: "subprocess.Popen[bytes]"
    """The launcher that it was started by; the office itself is a child of it."""
    context: Any
    """Its component context."""

    @property
    def desktop(self) -> Any:
        return self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)

    def open(self, path: Path | str, *, hidden: bool = False) -> Any:
        """The document model of a file, opened where it lies."""
        return self.desktop.loadComponentFromURL(bridge.file_url(path), "_blank", 0, bridge.properties(Hidden=hidden))

    def new(self) -> Any:
        """The document model of a new workbook."""
        return self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())

    def close_all(self) -> None:
        """Close every document without saving."""
        documents = self.desktop.Components.createEnumeration()
        while documents.hasMoreElements():
            document = documents.nextElement()
            # The start centre and the macro editor are components without a document.
            with suppress(AttributeError, bridge.exception("uno.Exception")):
                document.close(True)


@lru_cache(maxsize=1)
def office_or_skip_reason() -> str | None:
    """Why no LibreOffice can be started and reached here; None where one can."""
    if shutil.which("soffice") is None:
        return "LibreOffice (soffice) is not installed"
    return bridge.unavailable()


class running_office:  # noqa: N801  a context manager that reads like a function
    """A LibreOffice of one's own for the time of the block; `arguments` go to its command line.

    With `listening` False it is one that nobody has prepared, as a user starts it; it has no `context` then.

    A class, because an exception of UNO cannot pass through a `contextlib.contextmanager`.
    """

    def __init__(self, *arguments: str, headless: bool = True, listening: bool = True) -> None:
        self._folder = tempfile.mkdtemp(prefix="xltools-office-")
        self._accept = f"pipe,name=xltools-{secrets.token_hex(8)};urp;StarOffice.ComponentContext"
        self._profile = Path(self._folder).as_uri()
        self._listening = listening
        self._arguments = [f"--accept={self._accept}", *arguments] if listening else list(arguments)
        if headless:
            self._arguments[:0] = ["--headless", "--nodefault"]
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Office:
        # The first start with a new profile begins anew in the middle, as another process.
        self._start("--headless", "--terminate_after_init").wait(60)
        process = self._process = self._start(*self._arguments)
        # Where the tests themselves are killed, the end of its input tells the watch to clear up.
        watch = [sys.executable, "-c", _WATCH, str(process.pid), self._folder]
        self._watch = subprocess.Popen(watch, stdin=subprocess.PIPE, start_new_session=True)
        try:
            context = bridge.connect(self._accept, patience=60) if self._listening else self._wait()
        except LiveError:
            self._end()
            raise
        return Office(self._accept, self._profile, process, context)

    def _wait(self) -> None:
        """Until the office is among the running ones."""
        until = time.monotonic() + 60
        while time.monotonic() < until and self._profile not in [each.profile for each in running.processes()]:
            time.sleep(0.1)

    def _start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            ["soffice", f"-env:UserInstallation={self._profile}", "--norestore", "--nologo", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Without a screen it draws into memory, as it does when headless.
            env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
            # soffice is a script that starts others: a group of its own lets all of them be ended together.
            start_new_session=True,
        )

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        """Ask the office to end, and make sure that it does."""
        if self._process is None or self._watch is None or self._watch.stdin is None:
            return
        if not self._listening:
            os.killpg(self._process.pid, signal.SIGTERM)
        # It may be gone already, or die while it answers.
        with suppress(LiveError, bridge.exception("uno.Exception")):
            context = bridge.connect(self._accept, timeout=5)
            office = Office(self._accept, self._profile, self._process, context)
            # A document that is open when the office ends leaves its lock file behind.
            office.close_all()
            office.desktop.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
        self._watch.stdin.close()
        self._watch.wait()


_WATCH = """
import os, shutil, signal, sys
sys.stdin.read()
try:
    os.killpg(int(sys.argv[1]), signal.SIGKILL)
except ProcessLookupError:
    pass
shutil.rmtree(sys.argv[2], ignore_errors=True)
"""
