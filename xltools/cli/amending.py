"""What `xltools check` writes into workbooks: annotated copies, workbooks without annotations, and fixes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.cli import streams
from xltools.errors import InputError, SettingsError
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.check_report import CheckReport, FileReport
    from xltools.fixing import Checking, Fixed

WORKBOOKS = (".xlsx", ".xlsm")


def refuse(*, fix: bool, unsafe: bool, diff: bool, clear: bool, annotate: Path | None) -> None:
    """Raise InputError where options of the command do not go together."""
    for wanted, option, with_fix in ((unsafe, "--unsafe", fix), (diff, "--diff", fix)):
        if wanted and not with_fix:
            raise InputError(say("annotate.needs", option=option, other="--fix"))
    given = [("--clear", clear), ("--fix", fix), ("--annotate", annotate is not None)]
    names = [name for name, there in given if there]
    if clear and len(names) > 1:
        raise InputError(say("annotate.options", first=names[0], second=names[1]))
    if diff and annotate is not None:
        raise InputError(say("annotate.options", first="--diff", second="--annotate"))


@dataclass(frozen=True)
class Copies:
    """The files to check and, of the workbooks among them, where their annotated copies go."""

    paths: tuple[str, ...]
    targets: tuple[tuple[Path, Path], ...]

    @classmethod
    def into(cls, paths: Sequence[str], directory: Path, *, force: bool) -> "Copies":
        """Copies of the files behind `paths` in a folder, in the folders that they came from.

        Copies of an earlier run, where the folder lies among the paths, are no forms to check again. Raises InputError
        where two go to one place, one would be written onto itself, or one is there already.
        """
        from xltools.files import SUFFIXES

        found = list(_targets(paths, directory, SUFFIXES))
        _claim(found, force=force)
        return cls(tuple(str(path) for path, _ in found), tuple(found))

    def write(self, report: "CheckReport", *, force: bool) -> bool:
        """Write the copies that can be written, and tell of each; whether none failed."""
        from xltools.annotating import annotate

        by_path: dict[str, list[FileReport]] = {}
        for file in report.files:
            by_path.setdefault(file.path, []).append(file)
        fine = True
        for path, target in self.targets:
            reports = by_path.get(str(path), [])
            if path.suffix.lower() not in WORKBOOKS:
                streams.note(say("annotate.not_xlsx", path=path))
            elif any(file.unreadable for file in reports):
                streams.note(say("annotate.unreadable", path=path))
            else:
                try:
                    done = annotate(path, reports, target, force=force)
                except InputError as error:
                    fine = False
                    streams.complain(str(error))
                else:
                    streams.note(say("annotate.written", target=target, findings=done.findings, cells=done.cells))
                    _notices(target, done.notices)
        return fine


def clear(paths: Sequence[str], output: Path | None, *, force: bool) -> int:
    """Take annotations out of workbooks; the exit code, 2 where there were none at all.

    `output` is a folder, or for one workbook a file.
    """
    from xltools.annotating import NotAnnotatedError
    from xltools.annotating import clear as cleared
    from xltools.files import located

    if output is not None and output.suffix.lower() in WORKBOOKS and not output.is_dir():
        found = [(path, output) for path, _ in located(paths, WORKBOOKS)]
        if len(found) > 1:
            raise InputError(say("annotate.folder", path=output))
    elif output is not None:
        found = list(_targets(paths, output, WORKBOOKS))
        _claim(found, force=force)
    else:
        found = [(path, path) for path, _ in located(paths, WORKBOOKS)]
    done = failed = 0
    for path, target in found:
        try:
            result = cleared(path, target, force=force)
        except NotAnnotatedError as error:
            streams.note(str(error))
            continue
        except InputError as error:
            failed += 1
            streams.complain(str(error))
            continue
        done += 1
        streams.note(say("annotate.cleared" if result.original else "annotate.cleared_edited", target=target))
        if result.backup is not None:
            streams.note(say("annotate.backup", path=result.backup))
    return 2 if not done else 1 if failed else 0


def fix(
    paths: Sequence[str], output: Path | None, checking: "Checking", *, unsafe: bool, diff: bool, force: bool
) -> "tuple[list[str], list[FileReport]]":
    """Fix workbooks, or with `diff` only show what would change.

    The files that hold the results, and with `diff` what the check says of them although nothing was written. Raises
    InputError where a folder to write into holds one of them already, or nothing can be written there.
    """
    from xltools.files import SUFFIXES, located
    from xltools.fixing import fix as fix_file
    from xltools.fixing import fixed
    from xltools.ooxml.package import read_file

    if output is not None and output.exists() and not output.is_dir():
        raise InputError(say("annotate.folder", path=output))
    given = [(path, path) for path, _ in located(paths, SUFFIXES)]
    found = given if output is None else list(_targets(paths, output, SUFFIXES))
    workbooks = [pair for pair in found if pair[0].suffix.lower() in WORKBOOKS]
    if output is not None and not diff:
        _claim(workbooks, force=force)
    results: list[str] = []
    reports: list[FileReport] = []
    hidden = 0
    for path, target in found:
        if (path, target) not in workbooks:
            streams.note(say("fix.not_xlsx", path=path))
            results.append(str(path))
            continue
        try:
            if diff:
                done, backup = fixed(read_file(path), str(path), unsafe=unsafe, checking=checking), None
            else:
                done, backup = fix_file(path, target, unsafe=unsafe, checking=checking, force=force)
        except SettingsError:
            raise
        except InputError as error:
            streams.complain(str(error))
            results.append(str(path))
            continue
        _show(path, path if diff else target, done, alone=diff)
        if backup is not None:
            streams.note(say("fix.backup", path=path, backup=backup))
        results.append(str(path if diff else target))
        reports += done.reports
        hidden += 0 if unsafe else _count_unsafe(done.reports)
    if hidden:
        streams.note(say("fix.unsafe_hint", count=hidden))
    return results, reports


def verdict(report: "CheckReport") -> str:
    """What the check says of the results, in one line."""
    word = say(f"cli.verdict.{report.verdict}")
    return say("fix.after") + say("annotate.verdict", verdict=word, **report.counts)


def _show(path: Path, target: Path, done: "Fixed", *, alone: bool) -> None:
    from xltools.output import fixes

    text = fixes.render(path, target, done, streams.columns())
    if alone:
        streams.emit(text)
    else:
        # The report that follows may be for a machine.
        streams.note(text)
    _notices(target, done.notices)


def _count_unsafe(reports: Iterable["FileReport"]) -> int:
    return sum(finding.fix == "unsafe" for report in reports for finding in report.findings)


def _notices(target: Path, notices: Iterable[str]) -> None:
    for notice in notices:
        streams.note(f"{target}: {notice}")


def _targets(paths: Sequence[str], directory: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[Path, Path]]:
    """Every file and its place in a folder; files that lie in that folder already are passed over."""
    from xltools.files import absolute, located

    inside = absolute(directory)
    sources: dict[Path, Path] = {}
    for path, place in located(paths, suffixes):
        target = directory / place
        if absolute(target) == absolute(path):
            raise InputError(say("annotate.onto_itself", path=path))
        if inside in absolute(path).parents:
            continue
        if target in sources:
            raise InputError(say("annotate.same_target", first=sources[target], second=path, target=target))
        sources[target] = path
        yield path, target


def _claim(targets: Iterable[tuple[Path, Path]], *, force: bool) -> None:
    """Make sure that all files can be written, before the work for the first one begins."""
    from xltools.files import claim

    for path, target in targets:
        if path.suffix.lower() not in WORKBOOKS:
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(say("cli.output.unwritable", path=target, reason=error.strerror)) from error
        claim(target, force=force)
