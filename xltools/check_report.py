"""What a check found, as plain data: one report a form, and all of them together."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from xltools.acceptance import Acceptance, Accepted
from xltools.checks import registry
from xltools.checks.base import Finding, NotChecked, Severity
from xltools.evaluation import FormKind

Verdict = Literal["pass", "fail"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in one form of a file; `form`, `unit` and `year` are None where the file holds no form.

    `accepted` are findings that settings explain and accept: shown, but without weight in the verdict. `acceptances`
    are all that could have applied here.
    """

    path: str
    sheet: str = ""
    form: FormKind | None = None
    unit: str | None = None
    year: str | None = None
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """`fail` where a finding of severity error stands, else `pass`."""
        return "fail" if any(finding.severity == "error" for finding in self.findings) else "pass"

    @property
    def unreadable(self) -> bool:
        """Whether the file could not be opened at all."""
        codes = [finding.code for finding in self.findings] + [item.code for item in self.not_checked]
        return registry.UNREADABLE in codes or any(item.finding.code == registry.UNREADABLE for item in self.accepted)

    def to_json(self) -> dict[str, object]:
        """The entry of CONTRACT's `files`; `accepted` is there where something was."""
        entry: dict[str, object] = {
            "path": self.path,
            "form": self.form,
            "unit": self.unit,
            "year": self.year,
            "verdict": self.verdict,
            "findings": [_finding_json(finding) for finding in self.findings],
            "not_checked": [{"code": item.code, "name": item.name, "reason": item.reason} for item in self.not_checked],
        }
        if self.accepted:
            entry["accepted"] = [
                _finding_json(item.finding) | {"reason": item.by.reason, "settings": item.by.settings}
                for item in self.accepted
            ]
        return entry


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

    @property
    def unused(self) -> tuple[Acceptance, ...]:
        """The acceptances whose file or unit was checked, but without a finding that they accept."""
        possible: set[Acceptance] = set()
        used: set[Acceptance] = set()
        for file in self.files:
            possible.update(file.acceptances)
            used.update(one for one in file.acceptances if any(one.covers(item.finding) for item in file.accepted))
        return tuple(sorted(possible - used, key=lambda one: (one.settings, one.number)))

    def to_json(self) -> dict[str, object]:
        """The object that `xltools check --format json` prints; `unused_acceptances` is there where there are any."""
        entry: dict[str, object] = {
            "verdict": self.verdict,
            "counts": self.counts,
            "files": [file.to_json() for file in self.files],
        }
        if self.unused:
            entry["unused_acceptances"] = [acceptance.to_json() for acceptance in self.unused]
        return entry


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
