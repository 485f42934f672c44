"""A check as text for a person: the verdict first, then every finding in the order of the sheet."""

from collections.abc import Iterator

from xltools.checking import CheckReport, FileReport, Verdict
from xltools.checks.base import Finding, Severity
from xltools.output.columns import width, wrap
from xltools.texts import say

FOLDED = 8
"""How many lines of what was not checked a report shows before it asks to be more verbose."""

_COLOURS = {"error": "31", "warning": "33", "notice": "36", "pass": "32", "fail": "31", "bold": "1", "dim": "2"}


def render(report: CheckReport, *, columns: int = 80, colour: bool = False, verbose: bool = False) -> str:
    """The report as lines of at most `columns` terminal columns where their content allows.

    `colour` adds terminal colours. `verbose` adds the basis of every finding and lists per form what could not be
    checked, which is otherwise folded into one list for all of them.
    """
    return "\n".join(_Page(columns, colour, verbose).lines(report))


class _Page:
    def __init__(self, columns: int, colour: bool, verbose: bool) -> None:
        self.columns, self.colour, self.verbose = columns, colour, verbose

    def lines(self, report: CheckReport) -> Iterator[str]:
        yield self._verdict(report)
        clean = [file for file in report.files if not file.findings]
        for file in report.files:
            if file.findings or (self.verbose and file.not_checked):
                yield ""
                yield from self._file(file)
        if clean and len(clean) < len(report.files) and not self.verbose:
            yield ""
            yield self._paint(say("cli.text.clean", number=len(clean)), "pass")
        if not self.verbose:
            yield from self._unchecked(report)

    def _verdict(self, report: CheckReport) -> str:
        word = self._paint(say(f"cli.verdict.{report.verdict}"), report.verdict)
        files = len({file.path for file in report.files})
        rest = say("cli.text.forms", files=files, forms=sum(file.form is not None for file in report.files))
        return say(
            "cli.text.verdict",
            verdict=word,
            counts=say("cli.text.counts", **report.counts),
            files=rest,
        )

    def _file(self, file: FileReport) -> Iterator[str]:
        yield self._paint(file.path, "bold")
        about = [say(f"cli.form.{file.form}")] if file.form else []
        about += [text for text in (file.unit, file.year) if text]
        about.append(self._paint(say(f"cli.verdict.{file.verdict}"), file.verdict))
        yield "  " + " · ".join(about)
        room = max([len(finding.cell) for finding in file.findings], default=0)
        several = len({finding.sheet for finding in file.findings} | {file.sheet} - {""}) > 1
        sheet = None
        for finding in file.findings:
            if several and finding.sheet != sheet:
                yield f"  [{finding.sheet}]"
                sheet = finding.sheet
            yield from self._finding(finding, room)
        if self.verbose:
            for item in file.not_checked:
                text = say("cli.text.not_checked", rules=f"{item.code} {item.name}", reason=item.reason)
                yield from (self._paint(line, "dim") for line in wrap(text, self.columns, "  ", "  "))

    def _finding(self, finding: Finding, room: int) -> Iterator[str]:
        severity = say(f"cli.severity.{finding.severity}")
        start = f"  {finding.cell.ljust(room)}  " if room else "  "
        head = f"{severity} {finding.code} {finding.name}"
        label = " ".join(finding.label.split())
        indent = " " * len(start)
        if label and width(start) + width(head) + 2 + width(label) <= self.columns:
            yield start + self._paint(head, finding.severity) + "  " + label
        else:
            yield start + self._paint(head, finding.severity)
            if label:
                yield from wrap(label, self.columns, indent)
        yield from wrap(finding.message, self.columns, indent)
        values = _values(finding)
        if values:
            yield from wrap(values, self.columns, indent)
        if self.verbose and finding.basis:
            basis = say("cli.text.basis", basis=finding.basis)
            yield from (self._paint(line, "dim") for line in wrap(basis, self.columns, indent))

    def _unchecked(self, report: CheckReport) -> Iterator[str]:
        reasons: dict[str, dict[str, None]] = {}
        forms: dict[str, set[int]] = {}
        for number, file in enumerate(report.files):
            for item in file.not_checked:
                reasons.setdefault(item.reason, {})[item.code] = None
                forms.setdefault(item.reason, set()).add(number)
        if not reasons:
            return
        yield ""
        yield say("cli.text.unchecked")
        # What concerns the most rules and forms is worth the few lines that there are.
        ranked = sorted(reasons, key=lambda reason: (-len(reasons[reason]) * len(forms[reason]), *reasons[reason]))
        for reason in ranked[:FOLDED]:
            text = say("cli.text.reason", rules=" ".join(reasons[reason]), reason=reason)
            if len(report.files) > 1:
                text += say("cli.text.in_forms", forms=len(forms[reason]))
            yield from (self._paint(line, "dim") for line in wrap(text, self.columns, "  ", "  "))
        if len(ranked) > FOLDED:
            rest = {code for reason in ranked[FOLDED:] for code in reasons[reason]}
            text = say("cli.text.folded", reasons=len(ranked) - FOLDED, rules=" ".join(sorted(rest)))
            yield from (self._paint(line, "dim") for line in wrap(text, self.columns, "  ", "  "))

    def _paint(self, text: str, style: Severity | Verdict | str) -> str:
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self.colour else text


def _values(finding: Finding) -> str:
    """Found and expected, unless the message names them anyway."""
    named = [text for text in (finding.found, finding.expected) if text is not None]
    if all(text and text in finding.message for text in named):
        return ""
    found = " ".join((finding.found or "").split()) or say("cli.text.blank")
    if finding.expected is None:
        return say("cli.text.found", found=found)
    return say("cli.text.found_expected", found=found, expected=" ".join(finding.expected.split()))
