"""The parts of a text report about accepted findings: shown with their reasons, although they do not count."""

from collections.abc import Iterator

from xltools.acceptance import Acceptance
from xltools.check_report import CheckReport, FileReport
from xltools.checks.base import Finding, Severity
from xltools.output.columns import wrap
from xltools.texts import say


def number(report: CheckReport) -> int:
    """How many findings are accepted."""
    return sum(len(file.accepted) for file in report.files)


def of_file(file: FileReport, columns: int, *, verbose: bool = False) -> Iterator[str]:
    """The accepted findings of a form, those with one reason together; with `verbose` each with its message."""
    groups: dict[tuple[Acceptance, Severity], list[Finding]] = {}
    for item in file.accepted:
        groups.setdefault((item.by, item.finding.severity), []).append(item.finding)
    if groups:
        yield "  " + say("output.accepted")
    for (by, severity), findings in groups.items():
        head = f"{say(f'cli.severity.{severity}')} {by.code} {by.name}"
        cells = " ".join(_place(finding, file.sheet) for finding in findings if finding.cell)
        yield from wrap(f"{head}  {cells}".rstrip(), columns, "    ", "  ")
        if verbose:
            for finding in findings:
                yield from wrap(finding.message, columns, "      ")
        reason = say("output.accepted.reason", reason=by.reason, settings=by.settings, number=by.number)
        yield from wrap(reason, columns, "      ")


def of_rules(report: CheckReport, columns: int) -> Iterator[str]:
    """How many findings of each rule are accepted, in how many forms."""
    counts: dict[tuple[str, str], list[int]] = {}
    for file in report.files:
        for finding in (item.finding for item in file.accepted):
            counts.setdefault((finding.code, finding.name), []).append(id(file))
    if counts:
        yield ""
        yield say("output.accepted")
    for (code, name), files in sorted(counts.items()):
        line = say("output.accepted.rule", code=code, name=name, findings=len(files), forms=len(set(files)))
        yield from wrap(line, columns, "  ", "  ")


def unused(report: CheckReport, columns: int) -> Iterator[str]:
    """The acceptances that accept nothing any more."""
    left = report.unused
    if left:
        yield ""
        yield from wrap(say("output.unused"), columns)
    for acceptance in left:
        yield from wrap(described(acceptance), columns, "  ", "  ")


def described(acceptance: Acceptance) -> str:
    """An acceptance in one line: where it stands, what it accepts, why."""
    where = " ".join(text for text in (acceptance.file, acceptance.unit, acceptance.place) if text)
    return say(
        "output.unused.one",
        settings=acceptance.settings,
        number=acceptance.number,
        rule=f"{acceptance.code} {acceptance.name}",
        where=where,
        reason=acceptance.reason,
    )


def _place(finding: Finding, sheet: str) -> str:
    return finding.cell if finding.sheet in ("", sheet) else f"{finding.sheet}!{finding.cell}"
