"""What this machine offers for working on open workbooks, and what to do about what it lacks."""

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from xltools import __version__
from xltools.doctor_installed import Installed, Registration, excel, libreoffice, wps
from xltools.errors import LiveError
from xltools.live.machine import Machine
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.live.applications import Application, Kind

_MODULES: "dict[Kind, str]" = {"excel": "excel", "wps": "wps", "libreoffice": "libreoffice.adapter"}
"""The module whose `running` finds an application."""

Finder = Callable[["Kind"], "Sequence[Application]"]
"""Gives the running instances of an application; raises LiveError where they cannot be reached."""


@dataclass(frozen=True)
class Part:
    """A Python package that live mode needs on this system; `version` is None where it is missing."""

    name: str
    version: str | None


@dataclass(frozen=True)
class Found:
    """What is known of one application.

    `reachable` says whether an open workbook could be worked on; `book` is the one in front. `advice` holds plain
    sentences, each with what to do about one thing.
    """

    kind: "Kind"
    product: str
    installed: bool
    version: str | None = None
    bits: int | None = None
    path: str | None = None
    running: bool = False
    reachable: bool = False
    book: str | None = None
    registrations: tuple[Registration, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What `examine` found."""

    system: str
    python: str
    bits: int
    parts: tuple[Part, ...]
    applications: tuple[Found, ...]
    xltools: str = __version__
    advice: tuple[str, ...] = field(default=())


def examine(machine: Machine | None = None, find: Finder | None = None) -> Report:
    """Look at this machine. Nothing is started and nothing is changed."""
    machine = machine or Machine()
    find = find or _running
    processes = machine.processes()
    parts = _parts(machine)
    applications = (
        _excel(machine, processes, find),
        _wps(machine, processes, find),
        _libreoffice(machine, processes, find),
    )
    advice = [say(f"doctor.advice.{part.name}") for part in parts if part.version is None]
    if not any(found.installed or found.running for found in applications):
        advice.append(say("doctor.advice.install"))
    return Report(
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        bits=machine.bits,
        parts=parts,
        applications=applications,
        advice=tuple(advice),
    )


def _running(kind: "Kind") -> "Sequence[Application]":
    applications: Sequence[Application] = import_module(f"xltools.live.{_MODULES[kind]}").running()
    return applications


def _parts(machine: Machine) -> tuple[Part, ...]:
    """The packages that the way to each application of this system goes through."""
    names = ["xlwings", *{"win32": ["pywin32"], "darwin": ["appscript"]}.get(machine.platform, [])]
    return tuple(Part(name, _version(name)) for name in names)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


@dataclass(frozen=True)
class _Reached:
    """What came of the attempt to reach an application."""

    running: bool
    reachable: bool = False
    book: str | None = None
    advice: tuple[str, ...] = ()


def _reach(kind: "Kind", running: bool, find: Finder) -> _Reached:
    """Reach a running application; `running` is whether its program is among those that run."""
    problems = []
    found: Sequence[Application] = ()
    try:
        found = find(kind)
    except LiveError as error:
        problems.append(str(error))
    for application in found:
        try:
            with application.session():
                book = application.book
                if book is not None:
                    return _Reached(True, True, book.name)
        except LiveError as error:
            problems.append(str(error))
    if problems:
        return _Reached(True, advice=tuple(dict.fromkeys(problems)))
    if found:
        return _Reached(True, True, advice=(say("doctor.advice.open"),))
    return _Reached(running, advice=(say("doctor.advice.unseen"),) if running else ())


def _told(kind: "Kind", product: str, installed: Installed, reached: _Reached, advice: Sequence[str]) -> Found:
    start = [say("doctor.advice.start")] if installed.there and not reached.running and not advice else []
    return Found(
        kind,
        product,
        installed.there,
        installed.version,
        installed.bits,
        installed.path,
        reached.running,
        reached.reachable,
        reached.book,
        installed.registrations,
        (*advice, *reached.advice, *start),
    )


def _excel(machine: Machine, processes: frozenset[str], find: Finder) -> Found:
    installed = excel(machine)
    reached = _reach("excel", bool(processes & {"excel", "microsoft excel"}), find)
    advice = []
    if machine.platform == "win32" and installed.there:
        servers = [registration for registration in installed.registrations if registration.server]
        if not servers:
            advice.append(say("doctor.advice.excel.unregistered"))
        elif any(registration.is_wps for registration in servers):
            advice.append(say("doctor.advice.excel.taken"))
        elif not all(registration.exists for registration in servers):
            advice.append(say("doctor.advice.excel.server"))
    return _told("excel", "Microsoft Excel", installed, reached, advice)


def _wps(machine: Machine, processes: frozenset[str], find: Finder) -> Found:
    installed = wps(machine)
    if machine.platform != "win32":
        advice = [say("doctor.advice.wps.no_com")] if installed.there else []
        return _told(
            "wps", say("doctor.product.wps"), installed, _Reached(bool(processes & {"et", "wpsoffice"})), advice
        )
    # WPS may run all its parts in one program, so that `wps` alone does not tell whether a workbook is open.
    reached = _reach("wps", "et" in processes, find)
    advice = []
    if installed.there:
        registered = [registration for registration in installed.registrations if registration.class_id]
        if not registered:
            advice.append(say("doctor.advice.wps.unregistered"))
        elif not any(registration.exists for registration in registered):
            advice.append(say("doctor.advice.wps.server"))
    told = _told("wps", say("doctor.product.wps"), installed, reached, advice)
    return told if not told.installed else _with(told, say("doctor.advice.wps.vba"))


def _libreoffice(machine: Machine, processes: frozenset[str], find: Finder) -> Found:
    installed = libreoffice(machine)
    running = bool(processes & {"soffice.bin", "soffice"})
    missing = None
    if installed.there or running:
        from xltools.live.libreoffice.bridge import unavailable

        missing = unavailable()
    reached = _Reached(running) if missing or not running else _reach("libreoffice", running, find)
    return _told("libreoffice", "LibreOffice", installed, reached, [missing] if missing else [])


def _with(found: Found, advice: str) -> Found:
    from dataclasses import replace

    return replace(found, advice=(*found.advice, advice))
