"""Accepted findings: what a settings file explains and accepts, and where that applies."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xltools.checks.base import Finding
from xltools.evaluation import UnitInfo
from xltools.figures import fold
from xltools.files import absolute


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One `[[accept]]` table: the rule, why its findings are accepted, and in which unit, file or cell.

    `settings` is the settings file, `number` the table's place in it from 1. `unit` is a name or code; `file` a file's
    name, or its path from the settings' folder; `cell` an address, with `sheet` only in that sheet. What is None does
    not restrict.
    """

    settings: str
    number: int
    code: str
    name: str
    reason: str
    unit: str | None = None
    sheet: str | None = None
    cell: str | None = None
    file: str | None = None

    @property
    def place(self) -> str:
        """The cell as the settings write it: `Sheet!D9` or `D9`; empty where none is named."""
        return "!".join(text for text in (self.sheet, self.cell) if text)

    def covers(self, finding: Finding) -> bool:
        """Whether a finding in a form that the acceptance concerns is an accepted one."""
        return (
            finding.code == self.code
            and self.cell in (None, finding.cell)
            and (self.sheet is None or fold(self.sheet) == fold(finding.sheet))
        )

    def to_json(self) -> dict[str, object]:
        """The acceptance as the settings write it, with its file and place there."""
        return {
            "settings": self.settings,
            "number": self.number,
            "code": self.code,
            "name": self.name,
            "unit": self.unit,
            "cell": self.place or None,
            "file": self.file,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that stays what it is, but is accepted."""

    finding: Finding
    by: Acceptance


def concerning(
    acceptances: Iterable[Acceptance], path: str, codes: Iterable[str], unit: UnitInfo | None = None
) -> tuple[Acceptance, ...]:
    """The acceptances for a file, or for the form of a unit in it, among those of the rules that were applied."""
    applied = frozenset(codes)
    kept = [acceptance for acceptance in acceptances if acceptance.code in applied]
    if not kept:
        return ()
    figures = (unit.name, unit.code, unit.implementer) if unit is not None else ()
    names = {fold(figure.text) for figure in figures if figure is not None}
    whole = absolute(path)
    places = {_comparable(whole.name), *(_comparable(_inside(whole, folder)) for folder in _folders(kept))}
    return tuple(
        acceptance
        for acceptance in kept
        if (acceptance.unit is None or fold(acceptance.unit) in names)
        and (acceptance.file is None or _comparable(acceptance.file) in places)
    )


def divided(
    findings: Iterable[Finding], acceptances: Iterable[Acceptance]
) -> tuple[tuple[Finding, ...], tuple[Accepted, ...]]:
    """The findings that stay, and those that an acceptance covers, each by the first that does."""
    listed = tuple(acceptances)
    left: list[Finding] = []
    accepted: list[Accepted] = []
    for finding in findings:
        by = next((acceptance for acceptance in listed if acceptance.covers(finding)), None)
        if by is None:
            left.append(finding)
        else:
            accepted.append(Accepted(finding, by))
    return tuple(left), tuple(accepted)


def _folders(acceptances: Iterable[Acceptance]) -> set[Path]:
    return {Path(settings).parent for settings in {acceptance.settings for acceptance in acceptances}}


def _inside(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else path.name


def _comparable(path: str) -> str:
    """A relative path as the same text however its folders are separated."""
    plain = path.replace("\\", "/").removeprefix("./")
    return os.path.normcase(plain)
