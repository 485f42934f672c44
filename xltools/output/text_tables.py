"""The parts of a text report that look at many forms at once: findings grouped by rule, and the statistics."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from xltools.check_report import SEVERITIES, CheckReport, FileReport
from xltools.checks.base import Finding
from xltools.output import summary
from xltools.output.columns import cut, pad, table, width, wrap
from xltools.texts import say

EXAMPLES = 3
"""How many findings of a rule the grouped report shows."""

FILES = 40
"""How many of the files with findings the grouped report shows."""

_UNIT_COLUMNS = ("verdict", *SEVERITIES, "forms", "unit")
_RULE_COLUMNS = ("code", "severity", "findings", "units", "name")


def grouped(report: CheckReport, columns: int, *, statistics: bool = False) -> Iterator[str]:
    """Every rule with a few examples, then the files, those with the most errors first.

    With `statistics`, which lists all units anyway, the files are left out.
    """
    folder = _common_folder([file.path for file in report.files])
    examples = _examples(report)
    yield ""
    yield from wrap(say("output.grouped"), columns)
    if folder:
        yield say("output.folder", folder=folder)
    for rule in summary.by_rule(report):
        yield ""
        severity = say(f"cli.severity.{rule.severity}")
        yield say(
            "output.rule",
            severity=severity,
            code=rule.code,
            name=rule.name,
            findings=rule.findings,
            units=rule.units,
        )
        for file, finding in examples[rule.code]:
            place = " ".join(text for text in (_inside(folder, file.path), finding.cell) if text)
            yield cut(f"  {place}  {' '.join(finding.message.split())}", columns)
        rest = rule.findings - len(examples[rule.code])
        if rest:
            yield "  " + say("output.rule.rest", number=rest)
    if not statistics:
        yield from _files(report, folder, columns)


def _examples(report: CheckReport) -> dict[str, list[tuple[FileReport, Finding]]]:
    """For each rule a few findings of its worst severity, of different units where there are."""
    found: dict[str, list[tuple[FileReport, Finding]]] = {}
    for file in report.files:
        for finding in file.findings:
            found.setdefault(finding.code, []).append((file, finding))
    chosen: dict[str, list[tuple[FileReport, Finding]]] = {}
    for code, findings in found.items():
        findings.sort(key=lambda item: SEVERITIES.index(item[1].severity))
        first: dict[str, tuple[FileReport, Finding]] = {}
        for item in findings:
            first.setdefault(summary.unit_of(item[0]), item)
        chosen[code] = list(first.values())[:EXAMPLES]
    return chosen


def _files(report: CheckReport, folder: str, columns: int) -> Iterator[str]:
    rows = [(file, tuple(summary.counts([file]).values())) for file in report.files if file.findings]
    rows.sort(key=lambda row: tuple(-number for number in row[1]))
    yield ""
    yield say("output.files")
    for file, numbers in rows[:FILES]:
        counted = "".join(f"{number:>4}" for number in numbers)
        unit = f"  {' '.join(file.unit.split())}" if file.unit else ""
        yield cut(f"{counted}  {_inside(folder, file.path)}{unit}", columns)
    if len(rows) > FILES:
        yield "  " + say("output.files.rest", number=len(rows) - FILES)


def statistics(report: CheckReport, columns: int) -> Iterator[str]:
    """A table of the units that have findings, the others in one line, and a table of the rules."""
    units = [unit for unit in summary.by_unit(report) if any(unit.counts.values())]
    yield ""
    yield say("output.by_unit")
    rows = [
        (
            say(f"cli.verdict.{unit.verdict}"),
            *(str(unit.counts[severity]) for severity in SEVERITIES),
            str(unit.forms),
            unit.unit,
        )
        for unit in units
    ]
    if rows:
        yield from _table(_UNIT_COLUMNS, rows, columns)
    clean = sum(not file.findings for file in report.files)
    if clean:
        yield "  " + say("output.clean", forms=clean)
    rules = summary.by_rule(report)
    if not rules:
        return
    yield ""
    yield say("output.by_rule")
    counted = [
        (rule.code, say(f"cli.severity.{rule.severity}"), str(rule.findings), str(rule.units), rule.name)
        for rule in rules
    ]
    yield from _table(_RULE_COLUMNS, counted, columns)


def _table(names: Sequence[str], rows: Sequence[Sequence[str]], columns: int) -> Iterator[str]:
    """A table with its titles, numbers at the right of their columns."""
    titles = [say(f"output.column.{name}") for name in names]
    listed = [titles, *(list(row) for row in rows)]
    for place in range(len(titles)):
        if all(row[place].isdigit() for row in listed[1:]):
            room = max(width(row[place]) for row in listed)
            for row in listed:
                row[place] = pad("", room - width(row[place])) + row[place]
    return ("  " + line for line in table(listed, columns - 2))


def _common_folder(paths: Sequence[str]) -> str:
    """The folder that holds all files, so that it need not be repeated in every line; empty where there is none."""
    folders = {str(Path(path).parent) for path in paths}
    try:
        common = os.path.commonpath(folders)
    except ValueError:
        # Absolute paths beside relative ones, or two drives.
        return ""
    return "" if common == "." else common


def _inside(folder: str, path: str) -> str:
    return str(Path(path).relative_to(folder)) if folder else path
