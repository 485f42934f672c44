"""A check as SARIF 2.1.0, the format in which code hosts and editors take in the findings of other tools.

Specification: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PureWindowsPath
from typing import Literal
from urllib.parse import quote

from xltools.acceptance import Acceptance, Accepted
from xltools.check_report import CheckReport, FileReport
from xltools.checks import registry
from xltools.checks.base import Finding, NotChecked, Severity
from xltools.output.accepted import described
from xltools.texts import language, say

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

Level = Literal["error", "warning", "note"]
LEVELS: dict[Severity, Level] = {"error": "error", "warning": "warning", "notice": "note"}

_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}


def pieces(report: CheckReport) -> Iterator[str]:
    """The report as the text of a SARIF log with one run, a line for each result.

    Only rules that found something or could not be applied are described. What could not be checked stands among the
    run's notifications, each reason once with the files that it concerns. Places inside a workbook are logical
    locations (`Sheet!D9`): the lines and columns of a text file do not exist there. Accepted findings are suppressed
    results; acceptances that accept nothing are notifications about the configuration.
    """
    from xltools import __version__

    used = {finding.code for file in report.files for finding in file.findings}
    used |= {item.code for file in report.files for item in file.not_checked}
    used |= {item.finding.code for file in report.files for item in file.accepted}
    unused = report.unused
    used |= {acceptance.code for acceptance in unused}
    suppressing = any(file.accepted for file in report.files)
    codes = [code for code in registry.NAMES if code in used]
    place = {code: number for number, code in enumerate(codes)}
    paths = {path: number for number, path in enumerate(dict.fromkeys(file.path for file in report.files))}
    driver = {
        "name": "xltools",
        "version": __version__,
        "semanticVersion": __version__,
        "language": _LANGUAGES[language()],
        "rules": [_rule(code) for code in codes],
    }
    notes = _notifications(report, place, paths)
    yield f'{{"$schema": {_json(SCHEMA)}, "version": "2.1.0", "runs": [{{\n"tool": {_json({"driver": driver})},\n'
    yield '"invocations": [{"executionSuccessful": true, "toolExecutionNotifications": ['
    yield from _lines(notes)
    if unused:
        yield '], "toolConfigurationNotifications": ['
        yield from _lines(_unused(acceptance, place) for acceptance in unused)
    yield ']}],\n"artifacts": ['
    yield from _lines({"location": {"uri": _uri(path)}} for path in paths)
    yield '],\n"results": ['
    yield from _lines(result for file in report.files for result in _results(file, place, paths, suppressing))
    yield "]\n}]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(values: Iterable[dict[str, object]]) -> Iterator[str]:
    """The elements of an array, one a line."""
    comma = ""
    for value in values:
        yield f"{comma}\n{_json(value)}"
        comma = ","


def _rule(code: str) -> dict[str, object]:
    card, page = registry.rule(code), registry.page(code)
    first, _, rest = page.partition("\n")
    what = rest.partition("\n## ")[2].partition("\n## ")[0].partition("\n")[2]
    return {
        "id": code,
        "name": card.name,
        "shortDescription": {"text": first},
        "fullDescription": {"text": what.strip() or first},
        "help": {"text": page, "markdown": _markdown(page)},
        "defaultConfiguration": {"level": LEVELS[card.severity], "enabled": card.on},
    }


def _markdown(page: str) -> str:
    """A page as Markdown that others render: their tables need a line under the titles."""
    lines: list[str] = []
    for line in page.splitlines():
        begins = line.startswith("|") and not (lines and lines[-1].startswith("|"))
        lines.append(line)
        if begins:
            lines.append("|" + " --- |" * (line.count("|") - 1))
    return "\n".join(lines)


def _results(
    file: FileReport, place: dict[str, int], paths: dict[str, int], suppressing: bool
) -> Iterable[dict[str, object]]:
    """The results of a form; where any of the run is suppressed, every one says whether it is (SARIF 3.27.23)."""
    results: list[tuple[Finding, Accepted | None]] = [(finding, None) for finding in file.findings]
    if file.accepted:
        results += [(item.finding, item) for item in file.accepted]
        # Accepting a finding must not change the fingerprints of the others.
        results.sort(key=lambda result: (result[0].row, result[0].column))
    seen: Counter[str] = Counter()
    for finding, accepted in results:
        print_ = "\n".join((finding.code, finding.sheet, finding.label))
        seen[print_] += 1
        result: dict[str, object] = {
            "ruleId": finding.code,
            "ruleIndex": place[finding.code],
            "level": LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [_location(file.path, paths, finding)],
            "partialFingerprints": {"xltoolsPlace/v1": _digest(print_, seen[print_])},
            "properties": _properties(file, finding),
        }
        if suppressing:
            result["suppressions"] = [] if accepted is None else [_suppression(accepted.by)]
        yield result


def _suppression(by: Acceptance) -> dict[str, object]:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": by.reason,
        "properties": {"settings": by.settings, "number": by.number},
    }


def _unused(acceptance: Acceptance, place: dict[str, int]) -> dict[str, object]:
    return {
        "associatedRule": {"id": acceptance.code, "index": place[acceptance.code]},
        "level": "warning",
        "message": {"text": say("output.unused.note", acceptance=described(acceptance))},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(acceptance.settings)}}}],
    }


def _digest(text: str, number: int) -> str:
    """What tells a finding again in the next check although rows were inserted above it: rule, sheet, label."""
    return hashlib.sha256(f"{text}\n{number}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _properties(file: FileReport, finding: Finding) -> dict[str, object]:
    values = {
        "form": file.form,
        "unit": file.unit,
        "year": file.year,
        "label": finding.label,
        "found": finding.found,
        "expected": finding.expected,
        "basis": finding.basis,
        "fix": finding.fix,
    }
    return {name: value for name, value in values.items() if value is not None}


def _location(path: str, paths: dict[str, int], finding: Finding | None = None) -> dict[str, object]:
    location: dict[str, object] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(path), "index": paths[path]}},
    }
    if finding is not None and finding.sheet:
        whole = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
        kind = "cell" if finding.cell else "sheet"
        location["logicalLocations"] = [
            {"name": finding.cell or finding.sheet, "fullyQualifiedName": whole, "kind": kind}
        ]
    return location


def _notifications(report: CheckReport, place: dict[str, int], paths: dict[str, int]) -> Iterator[dict[str, object]]:
    where: dict[NotChecked, dict[str, None]] = {}
    for file in report.files:
        for item in file.not_checked:
            where.setdefault(item, {})[file.path] = None
    for item, files in where.items():
        yield {
            "associatedRule": {"id": item.code, "index": place[item.code]},
            "level": "note",
            "message": {"text": item.reason},
            "locations": [_location(path, paths) for path in files],
        }


def _uri(path: str) -> str:
    """A path as a URI reference: relative ones stay relative, so that a log can be read beside its files."""
    plain = Path(path)
    if plain.is_absolute():
        return plain.as_uri()
    if os.name == "nt":
        return quote(PureWindowsPath(path).as_posix())
    return quote(os.fsencode(path))
