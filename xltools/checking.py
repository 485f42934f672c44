"""Checking: every rule on every form of every file, as one report."""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from xltools.checks import registry
from xltools.checks.base import Finding, Form, NotChecked, Severity
from xltools.errors import FormError, InputError, WorkbookError, XltoolsError
from xltools.evaluation import Evaluation, FormKind
from xltools.files import expand
from xltools.texts import Language, language, say, set_language

if TYPE_CHECKING:
    from xltools.forms import FormMap
    from xltools.policies.model import Policy
    from xltools.sheets.grid import Book

Verdict = Literal["pass", "fail"]
Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in one form of a file; `form`, `unit` and `year` are None where the file holds no form."""

    path: str
    sheet: str = ""
    form: FormKind | None = None
    unit: str | None = None
    year: str | None = None
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """`fail` where a finding of severity error stands, else `pass`."""
        return "fail" if any(finding.severity == "error" for finding in self.findings) else "pass"

    @property
    def unreadable(self) -> bool:
        """Whether the file could not be opened at all."""
        codes = [finding.code for finding in self.findings] + [item.code for item in self.not_checked]
        return registry.UNREADABLE in codes

    def to_json(self) -> dict[str, object]:
        """The entry of CONTRACT's `files`."""
        return {
            "path": self.path,
            "form": self.form,
            "unit": self.unit,
            "year": self.year,
            "verdict": self.verdict,
            "findings": [_finding_json(finding) for finding in self.findings],
            "not_checked": [{"code": item.code, "name": item.name, "reason": item.reason} for item in self.not_checked],
        }


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The reports of all files, in the order in which they were given, one for every form found."""

    files: tuple[FileReport, ...]

    @property
    def verdict(self) -> Verdict:
        """`fail` where any file fails."""
        return "fail" if any(file.verdict == "fail" for file in self.files) else "pass"

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity there are."""
        counted = Counter(finding.severity for file in self.files for finding in file.findings)
        return {severity: counted[severity] for severity in SEVERITIES}

    def to_json(self) -> dict[str, object]:
        """The object that `xltools check --format json` prints."""
        return {
            "verdict": self.verdict,
            "counts": self.counts,
            "files": [file.to_json() for file in self.files],
        }


def _finding_json(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "label": finding.label,
        "found": finding.found,
        "expected": finding.expected,
        "message": finding.message,
        "basis": finding.basis,
        "fix": finding.fix,
    }


def check(
    paths: Paths,
    *,
    policy: str | os.PathLike[str] | None = None,
    form_map: str | os.PathLike[str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> CheckReport:
    """Check files and folders against the rules.

    `policy` is the name or the file of the scoring rules (by default each form's own region decides); `form_map` is the
    file of a map that says where the forms' labels and values stand; `select` and `ignore` name rules by code, name or
    the beginning of a code. `jobs` is the number of processes, 0 for one per processor core. `progress` is called with
    the number of files done and of all files.

    Raises InputError where a path, rule, policy, map or number of jobs cannot be used, SettingsError where the settings
    of a folder are wrong; a file that cannot be read or that the map does not fit is a finding.
    """
    from xltools.forms import load_map
    from xltools.policies import load

    if jobs < 0:
        raise InputError(say("cli.jobs.negative", jobs=jobs))
    named = [*_listed(select)]
    codes = registry.select(named, _listed(ignore))
    quiet = () if named else tuple(code for code in codes if not registry.rule(code).on)
    chosen = None if policy is None else load(os.fspath(policy))
    files = [str(path) for path in expand([paths] if isinstance(paths, str | os.PathLike) else paths)]
    reports: list[FileReport] = []
    mapped = None if form_map is None else load_map(form_map)
    work = partial(check_file, policy=chosen, form_map=mapped, codes=codes, quiet=quiet)
    for done, found in enumerate(_each(work, files, jobs), 1):
        reports += found
        if progress:
            progress(done, len(files))
    return CheckReport(tuple(reports))


def _listed(names: Iterable[str]) -> Iterable[str]:
    return [names] if isinstance(names, str) else names


def _each(work: Callable[[str], list[FileReport]], files: Sequence[str], jobs: int) -> Iterator[list[FileReport]]:
    """The work's result for each file, in order, in one or several processes."""
    workers = min(jobs or os.cpu_count() or 1, len(files))
    if workers == 1:
        yield from map(work, files)
        return
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(workers, initializer=_prepare_worker, initargs=(language(),))
    try:
        yield from pool.map(work, files, chunksize=max(1, min(16, len(files) // (workers * 4))))
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare_worker(code: Language) -> None:
    import signal

    # Ctrl+C reaches every process of the terminal; only the first one is to answer it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    set_language(code)


def check_file(
    path: str,
    *,
    policy: "Policy | None" = None,
    form_map: "FormMap | None" = None,
    codes: Sequence[str],
    quiet: Sequence[str] = (),
) -> list[FileReport]:
    """The reports of one file: one for every form in it, or one that says why there is none.

    Raises SettingsError where the settings of its folder are wrong.
    """
    from xltools.reading import recogniser
    from xltools.sheets import read_book

    try:
        book = read_book(path)
    except WorkbookError as error:
        from xltools.checks import unreadable_file

        return [_stopped(path, unreadable_file.report(path, error), codes)]
    with _Naming(path):
        try:
            recognition = recogniser(path, form_map)(book)
        except FormError as error:
            from xltools.checks import form_not_recognised

            return [_stopped(path, form_not_recognised.misfit(book, error), codes)]
        if not recognition.evaluations:
            from xltools.checks import form_not_recognised

            return [_stopped(path, form_not_recognised.report(book, recognition), codes)]
        reports: list[FileReport] = []
        seen: set[Finding] = set()
        for evaluation in recognition.evaluations:
            report = check_form(book, evaluation, policy=policy, codes=codes, quiet=quiet, seen=seen)
            seen.update(report.findings)
            reports.append(report)
        return reports


def check_form(
    book: "Book",
    evaluation: Evaluation,
    *,
    policy: "Policy | None" = None,
    codes: Sequence[str],
    quiet: Sequence[str] = (),
    seen: Collection[Finding] = (),
) -> FileReport:
    """What the rules say of one form.

    `policy` is by default the one that the form belongs to. Of the rules in `quiet`, which nobody asked for, only
    findings are reported: they wait for a policy to ask for them. Findings `seen` in an earlier form of the file are
    not repeated.
    """
    from xltools.policies import choose
    from xltools.scoring import expected

    chosen = policy or choose(evaluation)
    grid = book.grid(evaluation.sheet)
    if grid is None:
        raise ValueError(f"{evaluation.sheet!r} is not a sheet of {book.path}")
    form = Form(book, grid, evaluation, chosen, expected(evaluation, chosen))
    findings: dict[Finding, None] = {}
    unchecked: dict[NotChecked, None] = {}
    for code in codes:
        if code in (registry.UNREADABLE, registry.NO_FORM):
            continue
        for outcome in registry.check_of(code)(form):
            if isinstance(outcome, NotChecked):
                if code not in quiet:
                    unchecked[outcome] = None
            elif outcome not in seen:
                findings[outcome] = None
    place = {grid.sheet: number for number, grid in enumerate(book.grids)}
    ordered = sorted(findings, key=lambda item: (place.get(item.sheet, len(place)), item.row, item.column))
    return FileReport(
        evaluation.path,
        evaluation.sheet,
        evaluation.form,
        unit_name(evaluation),
        evaluation.year,
        tuple(ordered),
        tuple(unchecked),
    )


def unit_name(evaluation: Evaluation) -> str | None:
    """Who evaluates: the unit, else the one that carries out the project."""
    for figure in (evaluation.unit.name, evaluation.unit.implementer):
        if figure is not None and figure.text:
            return figure.text
    return None


def _stopped(path: str, reason: Finding, codes: Sequence[str]) -> FileReport:
    """The report of a file in which no rule could be applied; who ignores the reason is still told of it."""
    if reason.code in codes:
        return FileReport(path, findings=(reason,))
    return FileReport(path, not_checked=(NotChecked(reason.code, reason.name, reason.message),))


class _Naming:
    """Names the file in an exception that nobody expected, so that its fault can be found and reported."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and not isinstance(error, XltoolsError):
            error.add_note(say("cli.while_checking", path=self.path))
