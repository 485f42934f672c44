"""The sheet of findings in an annotated copy: verdict, how to read it, and one row for each finding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from xltools.check_report import SEVERITIES, FileReport
from xltools.checks.base import Finding, Severity
from xltools.ooxml.new_sheet import NewCell, NewRow, NewSheet, location
from xltools.ooxml.styles_splice import Look
from xltools.ooxml.workbook import FINDINGS_NAME
from xltools.output.columns import width
from xltools.sheets.grid import Area, address, column_letters
from xltools.texts import say

COLOURS: dict[Severity, str] = {"error": "FFC8CE", "warning": "FFEB9D", "notice": "BDD8EE"}
"""The fills of cells with findings, close to the application's own for bad, neutral and informative.

None is exactly a colour of a palette, so that a fill of ours can be told from one that a person chose.
"""

_ACCEPTED = "E7E6E6"
_MOST_TEXT = 2_000
_COLUMNS = (
    ("number", 5.0),
    ("severity", 9.0),
    ("sheet", 14.0),
    ("cell", 8.0),
    ("label", 24.0),
    ("found", 14.0),
    ("expected", 14.0),
    ("message", 46.0),
    ("basis", 26.0),
    ("unit", 14.0),
    ("code", 9.0),
    ("name", 16.0),
)
_NUMBER = {name: number for number, (name, _) in enumerate(_COLUMNS, 1)}
LAST = len(_COLUMNS)
_CODES = 3
"""How many columns the codes of the rules take that could not be applied."""

_LINE, _PADDING, _MOST_HEIGHT = 13.5, 6.0, 400.0

_PLAIN = Look()
_TITLE = Look(size=18, bold=True)
_HEADING = Look(bold=True, color="FFFFFF", fill="1F4E79", border=True, horizontal="center")
_CELL = Look(border=True)
_TOP = Look(vertical="top")
_CENTRED = Look(border=True, horizontal="center")
_LINK = Look(border=True, horizontal="center", underline=True, color="0563C1")
_VERDICTS = {
    "pass": Look(size=14, bold=True, color="2E7D32"),
    "fail": Look(size=14, bold=True, color="C00000"),
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A finding, the cell that stands for it (row 0 where it has none), and a remark for its row.

    An `accepted` one, which the settings explain, is listed but neither coloured nor noted.
    """

    finding: Finding
    unit: str
    row: int = 0
    column: int = 0
    remark: str = ""
    accepted: bool = False


COPY_LINES = ("colours", "how", "copy")
"""The texts that tell how to read the sheet in an annotated copy."""


def findings_sheet(
    name: str,
    path: str,
    reports: Sequence[FileReport],
    marked: Sequence[Marked],
    lines: Sequence[str] = COPY_LINES,
) -> NewSheet:
    """The sheet for one workbook, in the language in use; `marked` are its findings in the order of their rows.

    `lines` name the texts of `annotate` that stand above them.
    """
    head = _head(path, reports, lines)
    titles = NewRow(
        [NewCell(number, say(f"annotate.column.{name}"), _HEADING) for name, number in _NUMBER.items()], 21.0
    )
    rows = [_row(number, item) for number, item in enumerate(marked, 1)] or [_nothing()]
    first = len(head) + 1
    last = first + len(rows)
    merges = [Area(row, 1, row, LAST) for row in range(1, first)]
    unchecked = _unchecked(reports)
    if unchecked:
        merges.append(Area(last + 2, 1, last + 2, LAST))
        for row in range(last + 3, last + 2 + len(unchecked)):
            merges += [Area(row, 1, row, _CODES), Area(row, _CODES + 1, row, _NUMBER["message"])]
    return NewSheet(
        name,
        [room for _, room in _COLUMNS],
        [*head, titles, *rows, *([NewRow([]), *unchecked] if unchecked else [])],
        merges,
        frozen=first,
        filtered=Area(first, 1, last, LAST),
        footer=f"&C{say('annotate.footer')}",
        # All of it, so that no row or column that somebody deletes makes the sheet unknown.
        names={FINDINGS_NAME: f"$A:${column_letters(LAST)}"},
    )


def _head(path: str, reports: Sequence[FileReport], lines: Sequence[str]) -> list[NewRow]:
    findings = [finding for report in reports for finding in report.findings]
    counts = {severity: sum(finding.severity == severity for finding in findings) for severity in SEVERITIES}
    verdict = "fail" if any(report.verdict == "fail" for report in reports) else "pass"
    forms = "；".join(
        say(
            "annotate.form", form=say(f"cli.form.{report.form}"), unit=report.unit or "", year=report.year or ""
        ).strip()
        if report.form
        else say("annotate.form.unknown")
        for report in reports
    )
    return [
        NewRow([NewCell(1, say("annotate.title"), _TITLE)], 30.0),
        NewRow(
            [NewCell(1, say("annotate.verdict", verdict=say(f"cli.verdict.{verdict}"), **counts), _VERDICTS[verdict])],
            24.0,
        ),
        NewRow([NewCell(1, say("annotate.about", file=PurePath(path).name, forms=forms), _PLAIN)], 18.0),
        *(NewRow([NewCell(1, say(f"annotate.{line}"), _PLAIN)], 18.0) for line in lines),
    ]


def _row(number: int, item: Marked) -> NewRow:
    finding = item.finding
    link = location(finding.sheet, address(item.row, item.column)) if item.row and item.column else None
    place = finding.cell if finding.row and finding.column else address(item.row, item.column) if link else ""
    colour = _ACCEPTED if item.accepted else COLOURS[finding.severity]
    severity = Look(border=True, horizontal="center", bold=True, fill=colour)
    missing = finding.found is None or not finding.found.strip()
    found = say("annotate.blank") if missing and link else finding.found
    values: dict[str, tuple[str | int | None, Look]] = {
        "number": (number, _CENTRED),
        "severity": (say("annotate.accepted" if item.accepted else f"cli.severity.{finding.severity}"), severity),
        "sheet": (finding.sheet, _CELL),
        "cell": (place or say("annotate.whole"), _LINK if link else _CENTRED),
        "label": (_short(" ".join(finding.label.split())), _CELL),
        "found": (_short(found), _CELL),
        "expected": (_short(finding.expected), _CELL),
        "message": (_short(finding.message) + item.remark, _CELL),
        "basis": (_short(finding.basis), _CELL),
        "unit": (_short(item.unit), _CELL),
        "code": (finding.code, _CENTRED),
        "name": (finding.name, _CELL),
    }
    cells = [
        NewCell(_NUMBER[name], value, look, link if name == "cell" else None) for name, (value, look) in values.items()
    ]
    rooms = dict(_COLUMNS)
    return NewRow(cells, _height((str(value or ""), rooms[name]) for name, (value, _) in values.items()))


def _nothing() -> NewRow:
    cells = [NewCell(number, None, _CELL) for number in _NUMBER.values()]
    cells[_NUMBER["message"] - 1] = NewCell(_NUMBER["message"], say("annotate.none"), _CELL)
    return NewRow(cells)


def _unchecked(reports: Sequence[FileReport]) -> list[NewRow]:
    """What could not be checked: a title, then one row for each reason with the rules that it stopped."""
    reasons: dict[str, dict[str, None]] = {}
    for report in reports:
        for item in report.not_checked:
            reasons.setdefault(item.reason, {})[item.code] = None
    if not reasons:
        return []
    rows = [NewRow([NewCell(1, say("annotate.not_checked"), Look(bold=True))], 20.0)]
    widths = [room for _, room in _COLUMNS]
    for reason, codes in reasons.items():
        texts = [(" ".join(codes), sum(widths[:_CODES])), (_short(reason), sum(widths[_CODES : _NUMBER["message"]]))]
        cells = [NewCell(1, texts[0][0], _TOP), NewCell(_CODES + 1, texts[1][0], _TOP)]
        rows.append(NewRow(cells, _height(texts)))
    return rows


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """How many points high a row must be for texts that wrap in columns of so many characters."""
    lines = max(
        sum(max(1, -(-width(part) // max(int(room) - 1, 1))) for part in text.split("\n")) for text, room in texts
    )
    return min(_LINE * lines + _PADDING, _MOST_HEIGHT)


def _short(text: str | None) -> str:
    """A text that fits a cell and a screen."""
    if text is None:
        return ""
    return text if len(text) <= _MOST_TEXT else f"{text[: _MOST_TEXT - 1]}…"
