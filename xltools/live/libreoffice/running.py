"""The LibreOffice that the user has open: finding it, and making it take our calls.

A LibreOffice that was started by a click does not listen to other programs. Starting it once more with the same profile
hands the command line to the running one, and `--accept` among it makes that one listen at once; `--unaccept` takes it
back. Nothing here ever starts an office of its own.
"""

import atexit
import contextlib
import json
import os
import secrets
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xltools.errors import LiveError
from xltools.live.libreoffice import bridge
from xltools.texts import say

VARIABLE = "XLTOOLS_LIBREOFFICE"
"""Environment variable with what an office listens on: `pipe,name=x;urp`, `socket,host=localhost,port=2002;urp`."""

_PROFILE = "-env:UserInstallation="
_ACCEPT = "accept="
_BATCH = ("convert-to", "print-to-file", "printer-name", "pt", "p", "cat", "script-cat", "version", "help", "h")
"""Options of a call that does its work without the user and ends."""
_SINGLE = "SingleOfficeIPC_"
"""In the name of the socket by which an office takes the command lines of later calls."""
_STARTING = 5.0
"""Seconds to wait for an office that is just starting."""
_HANDED_OVER = 10.0
"""Seconds that handing a command line over may take (it takes 0.03); a longer call would be an office of its own."""


@dataclass(frozen=True)
class Process:
    """A running LibreOffice of this user."""

    pid: int
    executable: str
    profile: str | None
    """URL of the profile folder that it was started with; None where it took the usual one."""
    accepts: tuple[str, ...] = ()
    """What it listens on since its start."""
    headless: bool = False
    sandboxed: bool = False
    """Whether it runs in a container (Flatpak, Snap, Docker), whose pipes and programs are not ours."""

    @property
    def launcher(self) -> str | None:
        """The program that hands command lines to it; None where it is not there."""
        folder = Path(self.executable).parent
        names = ("soffice.com", "soffice.exe") if sys.platform == "win32" else ("soffice",)
        return next((str(folder / name) for name in names if (folder / name).is_file()), None)


@dataclass(frozen=True)
class Reached:
    """A LibreOffice that takes our calls."""

    context: Any
    """Its component context."""
    process: Process | None
    """None where it was given by address and is not among the processes of this user."""


def processes() -> list[Process]:
    """The running offices of this user, those with a window first, the latest one first among equals.

    A profile serves one office: a later process with the same one hands something over to it and ends.
    """
    listed = [process for pid, arguments in _listed() if (process := _office(pid, arguments)) is not None]
    found: dict[str | None, Process] = {}
    for process in sorted(listed, key=lambda process: process.pid):
        found.setdefault(process.profile, process)
    return sorted(found.values(), key=lambda process: (process.headless, -process.pid))


def is_running(process: Process) -> bool:
    """Whether the office is still there."""
    return any(other.pid == process.pid and other.profile == process.profile for other in processes())


def _listed() -> Iterator[tuple[int, Sequence[str]]]:
    """Number and command line of the processes of this user, as far as they may be an office."""
    if sys.platform == "linux":
        return _listed_in_proc()
    if sys.platform == "win32":
        return _listed_by_powershell()
    return _listed_by_ps()


def _listed_in_proc() -> Iterator[tuple[int, Sequence[str]]]:
    user = os.getuid()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        # A process may end while it is looked at.
        try:
            if folder.stat().st_uid != user:
                continue
            line = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        # Of a zombie nothing is left but its number.
        if line:
            yield int(folder.name), [os.fsdecode(part) for part in line.rstrip(b"\0").split(b"\0")]


def _listed_by_ps() -> Iterator[tuple[int, Sequence[str]]]:
    command = ["ps", "-xww", "-o", "pid=,command="]
    text = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False).stdout
    for line in text.splitlines():
        pid, _, rest = line.strip().partition(" ")
        if pid.isdigit() and "soffice" in rest:
            # The program's path may hold blanks, its options hold none.
            head, *options = rest.strip().split(" -")
            yield int(pid), [head.strip(), *(f"-{option}".split(" ", 1)[0] for option in options)]


def _listed_by_powershell() -> Iterator[tuple[int, Sequence[str]]]:
    query = (
        "Get-CimInstance Win32_Process -Filter \"Name='soffice.bin'\" | "
        "Select-Object ProcessId,CommandLine,ExecutablePath | ConvertTo-Json"
    )
    command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", query]
    text = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False).stdout.strip()
    entries = json.loads(text) if text else []
    for entry in [entries] if isinstance(entries, dict) else entries:
        # Windows tells nothing of another user's process.
        if entry.get("ExecutablePath"):
            options = shlex.split(entry.get("CommandLine") or "", posix=False)[1:]
            yield entry["ProcessId"], [entry["ExecutablePath"], *(option.strip('"') for option in options)]


def _office(pid: int, arguments: Sequence[str]) -> Process | None:
    """The process as an office that can be worked with; None for any other, for launchers and for batch calls."""
    executable = _executable(pid, arguments[0])
    if executable is None:
        return None
    profile, accepts, headless = None, [], False
    for argument in arguments[1:]:
        option = argument.lstrip("-")
        if argument.startswith(_PROFILE):
            profile = argument[len(_PROFILE) :]
        elif argument.startswith("-") and option.startswith(_ACCEPT):
            accepts.append(option[len(_ACCEPT) :])
        elif argument.startswith("-") and option in _BATCH:
            return None
        elif argument.startswith("-") and option == "headless":
            headless = True
    return Process(pid, executable, profile, tuple(accepts), headless, _is_sandboxed(pid))


def _executable(pid: int, command: str) -> str | None:
    """The path of the office itself; None where the process is another program."""
    name = Path(command.replace("\\", "/")).name
    if sys.platform == "darwin":
        return command if name == "soffice" else None
    if name != "soffice.bin":
        return None
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            # After an update the program that runs is no longer the one on the disk.
            return str(Path(f"/proc/{pid}/exe").readlink()).removesuffix(" (deleted)")
    return command


def _is_sandboxed(pid: int) -> bool:
    """Whether the process sees another file system than we do."""
    if sys.platform != "linux":
        return False
    try:
        return Path(f"/proc/{pid}/ns/mnt").readlink() != Path("/proc/self/ns/mnt").readlink()
    except OSError:
        return False


def reach(process: Process) -> Reached:
    """A connection to a running office, which is asked to listen where it does not yet.

    It listens until this program ends, for it ends every connection with the listening. Raises LiveError with what to
    do where there is no way to ask it.
    """
    for accept in process.accepts:
        with contextlib.suppress(LiveError):
            return Reached(bridge.connect(accept), process)
    if process.sandboxed or process.launcher is None:
        raise LiveError(say("libreoffice.sandboxed", pid=process.pid, variable=VARIABLE))
    # Whoever knows the name can do everything in the office, so nobody can guess it.
    accept = f"pipe,name=xltools-{secrets.token_hex(16)};urp;StarOffice.ComponentContext"
    _hand_over(process, f"--accept={accept}")
    atexit.register(_stop_listening, process, accept)
    return Reached(bridge.connect(accept, patience=5.0), process)


def _stop_listening(process: Process, accept: str) -> None:
    """Take the listening back, where the office still runs."""
    with contextlib.suppress(LiveError):
        _hand_over(process, f"--unaccept={accept}")


def given() -> str | None:
    """What the office listens on that the environment variable XLTOOLS_LIBREOFFICE names; None where it is not set."""
    return os.environ.get(VARIABLE, "").strip() or None


def reached_at(accept: str) -> Reached:
    """A connection to the office that listens on `accept`; raises LiveError where none does."""
    context = bridge.connect(accept)
    return Reached(context, process_of(context))


def reached_as_given(accept: str) -> Reached:
    """The same for what the environment variable names; the error says so."""
    try:
        return reached_at(accept)
    except LiveError as error:
        refused = say("libreoffice.given", error=error, variable=VARIABLE)
    raise LiveError(refused)


def process_of(context: Any) -> Process | None:
    """The process of an office that we are connected to, told by its profile; None where it is none of this user."""
    paths = context.ServiceManager.createInstanceWithContext("com.sun.star.util.PathSubstitution", context)
    profile = _folder(paths.getSubstituteVariableValue("$(user)")).parent
    usual = profile.name == "4" and profile.parent.name.lower() == "libreoffice" and profile.is_relative_to(Path.home())
    for process in processes():
        if usual if process.profile is None else _folder(process.profile) == profile:
            return process
    return None


def _folder(url: str) -> Path:
    return Path(bridge.system_path(url)).resolve()


def _takes_options(process: Process) -> bool:
    """Whether a call with the same profile reaches this office instead of becoming one itself.

    An office that is just starting takes none yet; the call would overtake it.
    """
    if sys.platform != "linux":
        return is_running(process)
    held = set()
    try:
        for link in Path(f"/proc/{process.pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                held.add(str(link.readlink()))
        sockets = Path("/proc/net/unix").read_text(errors="replace")
    except OSError:
        return False
    inodes = (line.split()[6] for line in sockets.splitlines() if _SINGLE in line)
    return any(f"socket:[{inode}]" in held for inode in inodes)


def _hand_over(process: Process, option: str) -> None:
    """Hand an option of the command line to a running office, as soon as it takes one."""
    launcher = process.launcher
    until = time.monotonic() + _STARTING
    while launcher is None or not _takes_options(process):
        if launcher is None or not is_running(process):
            raise LiveError(say("libreoffice.gone"))
        if time.monotonic() > until:
            raise LiveError(say("libreoffice.not_handed_over", pid=process.pid))
        time.sleep(0.1)
    # Where the office ends at this very moment, the call becomes one itself: without a window then, and ended below.
    command = [launcher, "--invisible", "--nodefault", "--norestore", "--nologo", option]
    if process.profile is not None:
        command.insert(1, f"{_PROFILE}{process.profile}")
    call = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        call.wait(_HANDED_OVER)
    except subprocess.TimeoutExpired:
        _end_group(call)
        raise LiveError(say("libreoffice.not_handed_over", pid=process.pid)) from None


def _end_group(call: "subprocess.Popen[bytes]") -> None:
    """End a call of ours and what it has started."""
    if sys.platform == "win32":
        call.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(call.pid, signal.SIGKILL)
    call.wait()
