"""Filling: one workbook for each unit of a roster, from one template, with a manifest of what was issued.

Nothing is written while anything is wrong with the data. Every file is written whole or not at all, and a file that is
there already with other content stays, so that a run may be broken off and repeated at any time.
"""

import hashlib
import json
import os
import re
import string
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xltools.errors import InputError, WorkbookError
from xltools.figures import fold
from xltools.filling_plan import Spare
from xltools.filling_template import Template, open_template
from xltools.forms.mapping import FormMap, load_map
from xltools.forms.vocabulary import Vocabulary
from xltools.ooxml.files import refuse_if_open, write_atomically
from xltools.roster import Problem, Roster, RosterError, Unit, read_roster
from xltools.roster_tables import as_text
from xltools.texts import Language, language, say, set_language

Status = Literal["written", "unchanged", "changed", "failed"]

MANIFEST = "xltools-manifest.json"
VERSION = 1
NAME = "{单位编码}_{单位名称}_{年度}自评表.xlsx"
NAME_WITHOUT_CODES = "{单位名称}_{年度}自评表.xlsx"
CHUNK = 25
GIVE_UP_AFTER = 5
"""After how many files in a row that could not be written the rest is not tried any more (the disk is full)."""
LONGEST_NAME = 240
"""Bytes of a file name that every system and its temporary copies take."""

_ILLEGAL = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$")
_STALE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of one unit: `written`, `unchanged` (was there already), `changed` (another one is there, kept) or
    `failed`; `message` says why where it was not written. `digest` is the SHA-256 of the form as issued.
    """

    code: str
    name: str
    path: Path
    status: Status
    digest: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class FillReport:
    """A run: every unit's outcome in the order of the data, warnings about the data, and remarks on the template."""

    filled: tuple[Filled, ...]
    warnings: tuple[Problem, ...]
    notices: tuple[str, ...]
    manifest: Path

    @property
    def counts(self) -> dict[Status, int]:
        """How many units came out how."""
        counted = Counter(each.status for each in self.filled)
        return {status: counted[status] for status in ("written", "unchanged", "changed", "failed")}


def fill(
    template: str | os.PathLike[str],
    data: str | os.PathLike[str],
    directory: str | os.PathLike[str],
    *,
    name: str | None = None,
    only: Iterable[str] = (),
    force: bool = False,
    jobs: int = 1,
    spare: Spare = "blank",
    form_map: str | os.PathLike[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> FillReport:
    """Fill one workbook for each unit of a data workbook, CSV file or folder of CSV files.

    `template` is a path or the name of an official template; `name` the pattern of the files' names, whose fields are
    titles of the data's unit table; `only` the codes or names of the units to fill; `force` replaces files that differ;
    `spare` says whether indicator rows that a unit does not need stay blank or are removed; `form_map` is the file of a
    map that says where the template's labels and values stand; `jobs` is the number of processes (0: one for each
    processor core).

    Raises RosterError with every problem of the data, before anything is written; InputError where template, data,
    pattern, a unit of `only` or the directory cannot be used.
    """
    if jobs < 0:
        raise InputError(say("cli.jobs.negative", jobs=jobs))
    roster = read_roster(data)
    year = _year(roster)
    source = open_template(template, year, spare, None if form_map is None else load_map(form_map))
    units = _selected(roster, only)
    problems = [*roster.problems, *source.planner.columns(roster)]
    for unit in units:
        problems += source.planner.plan(unit)[1]
    pattern = name or _default_name(roster).removesuffix(".xlsx") + source.suffix
    names = _names(units, pattern, year or source.form.year, source.suffix, problems)
    errors = [problem for problem in dict.fromkeys(problems) if problem.severity == "error"]
    if errors:
        raise RosterError(os.fspath(data), errors)
    folder = _folder(Path(directory))
    manifest = _Manifest(folder / MANIFEST)
    tasks = [(unit, folder / names[unit.code], manifest.digest(unit.code)) for unit in units]
    filled: list[Filled] = []
    notices: dict[str, None] = {}
    try:
        for outcome, notice in _outcomes(source, tasks, force, jobs):
            filled.append(outcome)
            if notice:
                notices[notice] = None
            manifest.add(outcome, source)
            if progress is not None:
                progress(len(filled), len(tasks))
    finally:
        manifest.save()
    warnings = tuple(dict.fromkeys(problem for problem in problems if problem.severity == "warning"))
    return FillReport(tuple(filled), warnings, tuple(notices), manifest.path)


Task = tuple[Unit, Path, str | None]
Parts = tuple[str, bytes, Spare, Vocabulary | None, FormMap | None]


def _outcomes(source: Template, tasks: Sequence[Task], force: bool, jobs: int) -> Iterator[tuple[Filled, str]]:
    workers = min((os.cpu_count() or 1) if jobs == 0 else jobs, -(-len(tasks) // CHUNK))
    if workers <= 1:
        yield from _Writer(source, force).run(tasks)
        return
    from concurrent.futures import ProcessPoolExecutor

    chunks = [tasks[start : start + CHUNK] for start in range(0, len(tasks), CHUNK)]
    arguments = ((source.label, source.data, source.spare, source.vocabulary, source.form_map), force, language())
    with ProcessPoolExecutor(workers, initializer=_start_worker, initargs=arguments) as pool:
        try:
            for outcomes in pool.map(_run_chunk, chunks):
                yield from outcomes
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


_worker: "_Writer | None" = None


def _start_worker(source: Parts, force: bool, code: Language) -> None:
    global _worker
    set_language(code)
    _worker = _Writer(Template(*source), force)


def _run_chunk(tasks: Sequence[Task]) -> list[tuple[Filled, str]]:
    assert _worker is not None
    return list(_worker.run(tasks))


class _Writer:
    """Writes units one after the other; gives up once nothing can be written any more."""

    def __init__(self, source: Template, force: bool) -> None:
        self.source = source
        self.force = force
        self.failures = 0

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Filled, str]]:
        for unit, path, issued in tasks:
            if self.failures >= GIVE_UP_AFTER:
                yield Filled(unit.code, unit.name, path, "failed", "", say("fill.given_up")), ""
                continue
            try:
                plan, _ = self.source.planner.plan(unit)
                data, notice = self.source.copy(plan.layout, plan.values)
            except WorkbookError as error:
                yield Filled(unit.code, unit.name, path, "failed", "", str(error)), ""
                continue
            yield self._write(unit, path, data, issued), notice

    def _write(self, unit: Unit, path: Path, data: bytes, issued: str | None) -> Filled:
        digest = hashlib.sha256(data).hexdigest()
        try:
            there = _digest(path)
            if there == digest:
                return Filled(unit.code, unit.name, path, "unchanged", digest)
            if there is not None and not self.force:
                key = "fill.edited_since" if issued and issued != there else "fill.exists"
                return Filled(unit.code, unit.name, path, "changed", digest, say(key, path=path))
            refuse_if_open(path)
        except WorkbookError as error:
            return Filled(unit.code, unit.name, path, "failed", digest, str(error))
        try:
            write_atomically(path, data)
        except WorkbookError as error:
            self.failures += 1
            return Filled(unit.code, unit.name, path, "failed", digest, str(error))
        self.failures = 0
        return Filled(unit.code, unit.name, path, "written", digest)


def _digest(path: Path) -> str | None:
    """The SHA-256 of a file, None where there is none; raises WorkbookError where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WorkbookError(say("ooxml.unreadable", path=path, reason=error.strerror or error)) from None


class _Manifest:
    """What was issued into a folder, by unit; what earlier runs issued to other units stays in it.

    Raises InputError where the file is there but is no manifest.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._units: dict[str, dict[str, str]] = {}
        if path.exists():
            try:
                content = json.loads(path.read_text(encoding="utf-8"))
                self._units = {entry["code"]: dict(entry) for entry in content["units"]}
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise InputError(say("fill.bad_manifest", path=path, reason=error)) from None
        self._before = dict(self._units)

    def digest(self, code: str) -> str | None:
        """The digest of what was issued to a unit, None where nothing was."""
        entry = self._units.get(code)
        return entry.get("digest") if entry else None

    def add(self, filled: Filled, template: Template) -> None:
        """Note a form that is in its place."""
        if filled.status in ("written", "unchanged"):
            self._units[filled.code] = {
                "code": filled.code,
                "name": filled.name,
                "file": filled.path.name,
                "template": template.label,
                "template_digest": template.digest,
                "digest": filled.digest,
            }

    def save(self) -> None:
        """Write the manifest where it changed; raises WorkbookError where that is not possible."""
        if self._units == self._before and self.path.exists():
            return
        content = {"version": VERSION, "units": [self._units[code] for code in sorted(self._units)]}
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        write_atomically(self.path, text.encode())


def _folder(folder: Path) -> Path:
    """The folder to write into, made where it is missing; leftovers of a run that was killed are removed.

    Raises InputError where it cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.glob(".xltools-*.tmp"):
            if time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
                leftover.unlink(missing_ok=True)
        probe = folder / f".xltools-{os.getpid()}.tmp"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise InputError(say("fill.folder", path=folder, reason=error.strerror or error)) from None
    return folder


def _selected(roster: Roster, only: Iterable[str]) -> list[Unit]:
    wanted = {fold(text): text for text in only}
    if not wanted:
        return roster.units
    found = [unit for unit in roster.units if fold(unit.code) in wanted or fold(unit.name) in wanted]
    known = {fold(unit.code) for unit in found} | {fold(unit.name) for unit in found}
    missing = [text for key, text in wanted.items() if key not in known]
    if missing:
        raise InputError(say("fill.unknown_only", units="、".join(missing), path=roster.path))
    return found


def _year(roster: Roster) -> str | None:
    """The year that the data names for its units; raises RosterError where it names several."""
    years: dict[str, str] = {}
    for unit in roster.units:
        text = as_text(unit.row.get("header", "year"))
        found = re.search(r"20\d\d", text)
        if found:
            years.setdefault(found.group(), unit.row.place("header", "year"))
    if len(years) > 1:
        second = list(years.items())[1]
        raise RosterError(roster.path, [Problem(second[1], say("fill.years", years="、".join(years)))])
    return next(iter(years), None)


def _default_name(roster: Roster) -> str:
    coded = any(table.kind == "units" and table.column("header", "code") for table in roster.tables)
    return NAME if coded else NAME_WITHOUT_CODES


def _names(
    units: Sequence[Unit], pattern: str, year: str | None, suffix: str, problems: list[Problem]
) -> dict[str, str]:
    """The file name of every unit, by its code; clashes and names that no file can have become problems.

    Raises InputError for a pattern that is not written correctly or names a field that the data does not have.
    """
    if not pattern.lower().endswith((".xlsx", ".xlsm")):
        pattern += suffix
    if not pattern.lower().endswith(suffix):
        raise InputError(say("ooxml.extension", target=pattern, kind=suffix))
    names: dict[str, str] = {}
    taken: dict[str, Unit] = {}
    for unit in units:
        stem, dot, extension = _formatted(pattern, _fields(unit, year)).rpartition(".")
        file = _legal(stem) + dot + extension
        if len(file.encode()) > LONGEST_NAME:
            problems.append(Problem(unit.place, say("fill.name_too_long", name=file)))
        # Windows and macOS know no difference of case, nor of how a character is composed.
        key = unicodedata.normalize("NFC", file).casefold()
        if key in taken:
            problems.append(
                Problem(unit.place, say("fill.name_clash", name=file, first=taken[key].place, other=taken[key].name))
            )
        taken.setdefault(key, unit)
        names[unit.code] = file
    return names


def _fields(unit: Unit, year: str | None) -> dict[str, str]:
    fields = {column.title.strip(): as_text(value) for column, value in unit.row.filled()}
    blank = {column.title.strip(): "" for column in unit.row.table.columns}
    return blank | fields | {"单位编码": unit.code, "单位名称": unit.name, "年度": year or ""}


def _formatted(pattern: str, fields: Mapping[str, str]) -> str:
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise InputError(say("fill.bad_pattern", pattern=pattern, reason=error)) from None
    text = ""
    for literal, name, _, _ in parts:
        text += literal
        if name is not None:
            if name not in fields:
                raise InputError(say("fill.unknown_field", field=name, fields="、".join(fields)))
            text += fields[name].replace("\n", "")
    return text


def _legal(stem: str) -> str:
    """A file name that Windows, macOS and Linux take: what they do not becomes `_`."""
    clean = _ILLEGAL.sub("_", stem).strip().rstrip(".") or "_"
    if clean.startswith((".", "~$")) or _RESERVED.match(clean):
        clean = f"_{clean}"
    return clean
