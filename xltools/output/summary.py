"""A check in figures: by unit, by rule, and what could not be checked for which reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from xltools.check_report import SEVERITIES, CheckReport, FileReport, Verdict
from xltools.checks.base import Finding, Severity


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many findings a unit has, in how many forms."""

    unit: str
    forms: int
    counts: Mapping[Severity, int]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule was broken, at its worst severity, and by how many units."""

    code: str
    name: str
    severity: Severity
    findings: int
    units: int


@dataclass(frozen=True, slots=True)
class Unchecked:
    """One reason for which rules could not be applied, and in how many forms."""

    reason: str
    codes: tuple[str, ...]
    forms: int


def unit_of(file: FileReport) -> str:
    """Who a form belongs to: its unit, else the name of its file."""
    return " ".join(file.unit.split()) if file.unit else Path(file.path).name


def predicate(finding: Finding) -> str:
    """The message without the label it begins with, for a place right behind that label."""
    label = " ".join(finding.label.split())
    rest = finding.message.removeprefix(label + " ").lstrip() if label else finding.message
    # "Its ..." cannot stand alone.
    return finding.message if rest.startswith("的") else rest


def _key(file: FileReport) -> tuple[str, str]:
    # Two files without a unit may bear one name in two folders.
    return (unit_of(file), "" if file.unit else file.path)


def counts(files: Iterable[FileReport]) -> dict[Severity, int]:
    """How many findings of each severity forms have."""
    counted = dict.fromkeys(SEVERITIES, 0)
    for file in files:
        for finding in file.findings:
            counted[finding.severity] += 1
    return counted


def by_unit(report: CheckReport) -> list[UnitCount]:
    """Every unit once, in the order of the report."""
    units: dict[tuple[str, str], list[FileReport]] = {}
    for file in report.files:
        units.setdefault(_key(file), []).append(file)
    return [
        UnitCount(
            unit,
            len(files),
            counts(files),
            "fail" if any(file.verdict == "fail" for file in files) else "pass",
        )
        for (unit, _), files in units.items()
    ]


def by_rule(report: CheckReport) -> list[RuleCount]:
    """Every rule that was broken: errors first, the most frequent first within a severity."""
    names: dict[str, str] = {}
    worst: dict[str, int] = {}
    number: dict[str, int] = {}
    units: dict[str, set[tuple[str, str]]] = {}
    for file in report.files:
        for finding in file.findings:
            code = finding.code
            names[code] = finding.name
            rank = SEVERITIES.index(finding.severity)
            worst[code] = min(rank, worst.get(code, rank))
            number[code] = number.get(code, 0) + 1
            units.setdefault(code, set()).add(_key(file))
    ordered = sorted(names, key=lambda code: (worst[code], -number[code], code))
    return [RuleCount(code, names[code], SEVERITIES[worst[code]], number[code], len(units[code])) for code in ordered]


def unchecked(report: CheckReport) -> list[Unchecked]:
    """Why rules could not be applied; what concerns the most rules and forms comes first."""
    codes: dict[str, dict[str, None]] = {}
    forms: dict[str, set[int]] = {}
    for number, file in enumerate(report.files):
        for item in file.not_checked:
            codes.setdefault(item.reason, {})[item.code] = None
            forms.setdefault(item.reason, set()).add(number)
    ranked = sorted(codes, key=lambda reason: (-len(codes[reason]) * len(forms[reason]), *codes[reason]))
    return [Unchecked(reason, tuple(codes[reason]), len(forms[reason])) for reason in ranked]
