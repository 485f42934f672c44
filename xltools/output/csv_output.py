"""A check as one CSV table for a spreadsheet: a line for each finding."""

import csv
import io
import re
from collections.abc import Iterator

from xltools.check_report import CheckReport, FileReport

COLUMNS = (
    "path",
    "form",
    "unit",
    "year",
    "verdict",
    "code",
    "name",
    "severity",
    "sheet",
    "cell",
    "label",
    "found",
    "expected",
    "message",
    "basis",
    "fix",
    "not_checked",
    "accepted",
)
"""The titles: the names of the JSON output. `not_checked` holds the codes of the rules that could not be applied to the
form, in each of its lines; `accepted` the reason for which the settings accept the line's finding, blank where it
counts."""

_FILE = ("path", "form", "unit", "year", "verdict")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?[%％]?")


def pieces(report: CheckReport) -> Iterator[str]:
    """The table as CSV text with a line of titles, form by form; a form without findings has one line without a code.

    What a spreadsheet would take for a formula gets an apostrophe in front; plain negative numbers stay numbers.
    """
    yield _text([COLUMNS])
    for file in report.files:
        yield _text(_lines(file))


def _lines(file: FileReport) -> Iterator[tuple[str, ...]]:
    data = file.to_json()
    common = {name: data[name] for name in _FILE}
    common["not_checked"] = " ".join(dict.fromkeys(item.code for item in file.not_checked))
    findings = data["findings"]
    accepted = data.get("accepted", [])
    assert isinstance(findings, list)
    assert isinstance(accepted, list)
    for finding in [*findings, *(item | {"accepted": item["reason"]} for item in accepted)] or [{}]:
        line = common | finding
        yield tuple(_harmless(line.get(name)) for name in COLUMNS)


def _harmless(value: object) -> str:
    """A text as a cell that no spreadsheet computes (OWASP, "CSV Injection")."""
    text = "" if value is None else str(value)
    if text.lstrip(" ").startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def _text(lines: "Iterator[tuple[str, ...]] | list[tuple[str, ...]]") -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue()
