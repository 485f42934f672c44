"""Checking: every rule on every form of every file, as one report."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from xltools.acceptance import concerning, divided
from xltools.check_report import CheckReport, FileReport
from xltools.checks import registry
from xltools.checks.base import Finding, Form, NotChecked, Workings, shares
from xltools.errors import FormError, InputError, WorkbookError, XltoolsError
from xltools.evaluation import Evaluation, UnitInfo
from xltools.files import expand
from xltools.texts import Language, language, say, set_language

if TYPE_CHECKING:
    from xltools.forms import FormMap
    from xltools.issued import Issued
    from xltools.policies.model import Policy
    from xltools.settings import Settings
    from xltools.sheets.grid import Book

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def check(
    paths: Paths,
    *,
    template: str | os.PathLike[str] | None = None,
    policy: str | os.PathLike[str] | None = None,
    form_map: str | os.PathLike[str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> CheckReport:
    """Check files and folders against the rules.

    `template` is the blank form that was handed out, as a path or the name of an official one: then labels, layout and
    formulas are held against it. `policy` is the name or the file of the scoring rules (by default each form's own
    region decides); `form_map` is the file of a map that says where the forms' labels and values stand; `select` and
    `ignore` name rules by code, name or the beginning of a code. `jobs` is the number of processes, 0 for one per
    processor core. `progress` is called with the number of files done and of all files.

    The settings of each file's folder (`xltools.settings`) say the rest: a `policy` or `select` given here takes the
    place of theirs, `ignore` is added to it.

    Raises InputError where a path, template, rule, policy, map or number of jobs cannot be used, SettingsError where
    the settings of a folder are wrong; a file that cannot be read or that the map does not fit is a finding.
    """
    from xltools import settings
    from xltools.forms import load_map
    from xltools.policies import load

    if jobs < 0:
        raise InputError(say("cli.jobs.negative", jobs=jobs))
    named, unwanted = tuple(_listed(select)), tuple(_listed(ignore))
    registry.select(named, unwanted)
    chosen = None if policy is None else load(os.fspath(policy))
    files = [str(path) for path in expand([paths] if isinstance(paths, str | os.PathLike) else paths)]
    reports: list[FileReport] = []
    mapped = None if form_map is None else load_map(form_map)
    handed_out = _handed_out(template)
    settings.search_again()
    for first in {Path(file).parent: file for file in files}.values():
        # Wrong settings are said before the work, not in the middle of it.
        settings.find(first)
    work = partial(check_file, template=handed_out, policy=chosen, form_map=mapped, select=named, ignore=unwanted)
    for done, found in enumerate(_each(work, files, jobs), 1):
        reports += found
        if progress:
            progress(done, len(files))
    return CheckReport(tuple(reports))


def _handed_out(template: str | os.PathLike[str] | None) -> "Issued | None":
    if template is None:
        return None
    from xltools.issued import issued

    return issued(template)


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
    template: "Issued | None" = None,
    policy: "Policy | None" = None,
    form_map: "FormMap | None" = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> list[FileReport]:
    """The reports of one file: one for every form in it, or one that says why there is none.

    `select` and `ignore` name rules as in `check`; the settings of the file's folder are found here, so that every
    process finds them for itself. Raises SettingsError where the settings of its folder are wrong.
    """
    from xltools import settings
    from xltools.rule_choice import choose
    from xltools.sheets import read_book

    try:
        book = read_book(path)
    except WorkbookError as error:
        from xltools.checks import unreadable_file

        own = settings.find(path)
        codes = choose(own, select, ignore).codes
        return [_stopped(path, unreadable_file.report(path, error), codes, own)]
    return check_book(book, path, template=template, policy=policy, form_map=form_map, select=select, ignore=ignore)


def check_book(
    book: "Book",
    path: str,
    *,
    template: "Issued | None" = None,
    policy: "Policy | None" = None,
    form_map: "FormMap | None" = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> list[FileReport]:
    """Like `check_file`, of sheets that have been read already; `path` is where they come from."""
    from xltools import settings
    from xltools.reading import recogniser
    from xltools.rule_choice import choose

    own = settings.find(path)
    choice = choose(own, select, ignore)
    with _Naming(path):
        try:
            recognition = recogniser(path, form_map)(book)
        except FormError as error:
            from xltools.checks import form_not_recognised

            return [_stopped(path, form_not_recognised.misfit(book, error), choice.codes, own)]
        if not recognition.evaluations:
            from xltools.checks import form_not_recognised

            return [_stopped(path, form_not_recognised.report(book, recognition), choice.codes, own)]
        reports: list[FileReport] = []
        seen: set[Finding] = set()
        workings = Workings(book)
        parts = shares(book, recognition.evaluations)
        for evaluation, sheets in zip(recognition.evaluations, parts, strict=True):
            report = check_form(
                book,
                evaluation,
                template=template,
                sheets=sheets,
                workings=workings,
                policy=policy,
                codes=choice.codes,
                quiet=choice.quiet,
                off=choice.off,
                settings=own,
                seen=seen,
            )
            seen.update(report.findings)
            seen.update(item.finding for item in report.accepted)
            reports.append(report)
        return reports


def check_form(
    book: "Book",
    evaluation: Evaluation,
    *,
    template: "Issued | None" = None,
    sheets: frozenset[str] | None = None,
    workings: Workings | None = None,
    policy: "Policy | None" = None,
    codes: Sequence[str],
    quiet: Sequence[str] = (),
    off: Sequence[str] = (),
    settings: "Settings | None" = None,
    seen: Collection[Finding] = (),
) -> FileReport:
    """What the rules say of one form.

    `template` is what it was made from; `sheets` are those that it answers for (by default all), `workings` what the
    rules have worked out for other forms of the file. `policy` is by default the one that the form belongs to. Of the
    rules in `quiet`, which nobody asked for, only findings are reported: they wait for a policy to ask for them. Those
    that the `settings` turned `off` are said to be not checked. Findings `seen` in an earlier form of the file are not
    repeated.
    """
    from xltools.rule_choice import ranked, turned_off
    from xltools.scoring import expected
    from xltools.settings import policy_for

    chosen = policy_for(evaluation, policy, settings)
    grid = book.grid(evaluation.sheet)
    if grid is None:
        raise ValueError(f"{evaluation.sheet!r} is not a sheet of {book.path}")
    form = Form(
        book,
        grid,
        evaluation,
        chosen,
        expected(evaluation, chosen),
        template=template,
        sheets=sheets,
        workings=workings,
    )
    findings: dict[Finding, None] = {}
    unchecked: dict[NotChecked, None] = {}
    for code in codes:
        if code in (registry.UNREADABLE, registry.NO_FORM):
            continue
        for outcome in registry.check_of(code)(form):
            if isinstance(outcome, NotChecked):
                if code not in quiet:
                    unchecked[outcome] = None
                continue
            found = ranked(outcome, settings)
            if found not in seen:
                findings[found] = None
    place = {grid.sheet: number for number, grid in enumerate(book.grids)}
    told = _without_doubles(findings)
    ordered = sorted(told, key=lambda item: (place.get(item.sheet, len(place)), item.row, item.column))
    report = FileReport(
        evaluation.path,
        evaluation.sheet,
        evaluation.form,
        unit_name(evaluation),
        evaluation.year,
        tuple(ordered),
        (*unchecked, *turned_off(off, settings)),
    )
    return _explained(report, settings, codes, evaluation.unit)


def _without_doubles(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without those of a cell's validation where a rule has already said what is wrong with the value."""
    listed = list(findings)
    refused = {
        (item.sheet, item.row, item.column)
        for item in listed
        if item.severity == "error" and item.code != registry.VALIDATION
    }
    return [
        item
        for item in listed
        if item.code != registry.VALIDATION or (item.sheet, item.row, item.column) not in refused
    ]


def unit_name(evaluation: Evaluation) -> str | None:
    """Who evaluates: the unit, else the one that carries out the project; in a department's form the department."""
    department = evaluation.unit.supervisor if evaluation.form == "department" else None
    for figure in (evaluation.unit.name, evaluation.unit.implementer, department):
        if figure is not None and figure.text:
            return figure.text
    return None


def _stopped(path: str, reason: Finding, codes: Sequence[str], settings: "Settings | None") -> FileReport:
    """The report of a file in which no rule could be applied; who ignores the reason is still told of it."""
    from xltools.rule_choice import ranked

    if reason.code in codes:
        return _explained(FileReport(path, findings=(ranked(reason, settings),)), settings, (reason.code,))
    return FileReport(path, not_checked=(NotChecked(reason.code, reason.name, reason.message),))


def _explained(
    report: FileReport, settings: "Settings | None", codes: Sequence[str], unit: UnitInfo | None = None
) -> FileReport:
    """The report with the findings that the settings accept set apart."""
    acceptances = concerning(settings.accept, report.path, codes, unit) if settings is not None else ()
    if not acceptances:
        return report
    left, accepted = divided(report.findings, acceptances)
    return replace(report, findings=left, accepted=accepted, acceptances=acceptances)


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
