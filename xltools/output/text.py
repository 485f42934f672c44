"""A check as text for a person: the verdict first, then every finding in the order of the sheet."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from xltools.check_report import CheckReport, FileReport, Verdict
from xltools.checks.base import Finding, Severity
from xltools.output import accepted, summary, text_tables
from xltools.output.columns import cut, width, wrap
from xltools.texts import say

FOLDED = 8
"""How many reasons for not checking a report shows before it asks to be more verbose."""

SHOWN = 3
"""How many findings of one rule a form shows before the rest is only counted."""

MANY_FORMS = 50
"""With more forms than this that have findings, a report is grouped by rule."""

_COLOURS = {"error": "31", "warning": "33", "notice": "36", "pass": "32", "fail": "31", "bold": "1", "dim": "2"}


def render(
    report: CheckReport,
    *,
    columns: int = 80,
    colour: bool = False,
    verbose: bool = False,
    statistics: bool = False,
) -> str:
    """The report as lines of at most `columns` terminal columns where their content allows.

    `colour` adds terminal colours. `verbose` leaves nothing out: all findings of a rule, the basis of each, and for
    each form what could not be checked. `statistics` adds a table of the units and one of the rules.
    """
    return "\n".join(_Page(columns, colour, verbose, statistics).lines(report))


class _Page:
    def __init__(self, columns: int, colour: bool, verbose: bool, statistics: bool) -> None:
        self.columns, self.colour, self.verbose, self.statistics = columns, colour, verbose, statistics

    def lines(self, report: CheckReport) -> Iterator[str]:
        yield self._verdict(report)
        if self.verbose or sum(bool(file.findings or file.accepted) for file in report.files) <= MANY_FORMS:
            yield from self._one_by_one(report)
        else:
            yield from text_tables.grouped(report, self.columns, statistics=self.statistics)
            yield from accepted.of_rules(report, self.columns)
        if self.statistics:
            yield from text_tables.statistics(report, self.columns)
        yield from accepted.unused(report, self.columns)
        if not self.verbose:
            yield from self._unchecked(report)

    def _verdict(self, report: CheckReport) -> str:
        word = self._paint(say(f"cli.verdict.{report.verdict}"), report.verdict)
        files = len({file.path for file in report.files})
        rest = say("cli.text.forms", files=files, forms=sum(file.form is not None for file in report.files))
        counts = say("cli.text.counts", **report.counts)
        if number := accepted.number(report):
            counts += say("output.accepted.count", number=number)
        return say("cli.text.verdict", verdict=word, counts=counts, files=rest)

    def _one_by_one(self, report: CheckReport) -> Iterator[str]:
        folded = False
        for file in report.files:
            if file.findings or file.accepted or (self.verbose and file.not_checked):
                yield ""
                yield from self._file(file)
                folded = folded or bool(self._left_out(file.findings))
        if folded:
            yield ""
            yield from self._dim(say("output.more.hint", shown=SHOWN), "")
        clean = [file for file in report.files if not (file.findings or file.accepted)]
        if clean and len(clean) < len(report.files) and not self.verbose:
            yield ""
            names = say("output.list").join(dict.fromkeys(map(summary.unit_of, clean)))
            line = cut(say("output.clean.named", forms=len(clean), names=names), self.columns)
            yield self._paint(line, "pass")

    def _file(self, file: FileReport) -> Iterator[str]:
        yield self._paint(file.path, "bold")
        about = [say(f"cli.form.{file.form}")] if file.form else []
        about += [" ".join(text.split()) for text in (file.unit, file.year) if text]
        about.append(self._paint(say(f"cli.verdict.{file.verdict}"), file.verdict))
        yield "  " + " · ".join(about)
        left_out = self._left_out(file.findings)
        folded = {id(finding) for group in left_out for finding in group}
        shown = [finding for finding in file.findings if id(finding) not in folded]
        room = max([len(finding.cell) for finding in shown], default=0)
        several = len({finding.sheet for finding in shown} | {file.sheet} - {""}) > 1
        said: set[tuple[str, str]] = set()
        for sheet, findings in groupby(shown, key=lambda finding: finding.sheet):
            if several:
                yield f"  [{sheet}]"
            for finding in findings:
                why = finding.basis if self.verbose or (finding.code, finding.basis) not in said else ""
                said.add((finding.code, finding.basis))
                yield from self._finding(finding, room, why)
        for group in left_out:
            first = group[0]
            cells = " ".join(finding.cell for finding in group if finding.cell)
            more = say("output.more", number=len(group), code=first.code, name=first.name, cells=cells)
            yield from wrap(more, self.columns, "  ", "  ")
        yield from accepted.of_file(file, self.columns, verbose=self.verbose)
        if self.verbose:
            for item in file.not_checked:
                text = say("cli.text.not_checked", rules=f"{item.code} {item.name}", reason=item.reason)
                yield from self._dim(text, "  ", "  ")

    def _left_out(self, findings: Sequence[Finding]) -> list[list[Finding]]:
        """The findings that a form only counts, by rule and severity; one alone is not worth that."""
        if self.verbose:
            return []
        groups: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            groups.setdefault((finding.code, finding.severity), []).append(finding)
        return [group[SHOWN:] for group in groups.values() if len(group) > SHOWN + 1]

    def _finding(self, finding: Finding, room: int, why: str) -> Iterator[str]:
        severity = say(f"cli.severity.{finding.severity}")
        start = f"  {finding.cell.ljust(room)}  " if room else "  "
        head = f"{severity} {finding.code} {finding.name}"
        label, message = " ".join(finding.label.split()), finding.message
        indent = " " * len(start)
        if label and width(start) + width(head) + 2 + width(label) <= self.columns:
            yield start + self._paint(head, finding.severity) + "  " + label
            message = summary.predicate(finding)
        else:
            yield start + self._paint(head, finding.severity)
            if label and label not in " ".join(message.split()):
                yield from wrap(label, self.columns, indent)
        yield from wrap(message, self.columns, indent)
        values = _values(finding)
        if values:
            yield from wrap(values, self.columns, indent)
        if why:
            yield from self._dim(say("cli.text.basis", basis=why), indent)

    def _unchecked(self, report: CheckReport) -> Iterator[str]:
        reasons = summary.unchecked(report)
        if not reasons:
            return
        yield ""
        yield say("cli.text.unchecked")
        for item in reasons[:FOLDED]:
            text = say("cli.text.reason", rules=" ".join(item.codes), reason=item.reason)
            if len(report.files) > 1:
                text += say("cli.text.in_forms", forms=item.forms)
            yield from self._dim(text, "  ", "  ")
        if len(reasons) > FOLDED:
            rest = {code for item in reasons[FOLDED:] for code in item.codes}
            text = say("cli.text.folded", reasons=len(reasons) - FOLDED, rules=" ".join(sorted(rest)))
            yield from self._dim(text, "  ", "  ")

    def _dim(self, text: str, indent: str, hang: str = "") -> Iterator[str]:
        return (self._paint(line, "dim") for line in wrap(text, self.columns, indent, hang))

    def _paint(self, text: str, style: Severity | Verdict | str) -> str:
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self.colour else text


def _values(finding: Finding) -> str:
    """Found and expected, unless the message names them anyway."""
    named = [text for text in (finding.found, finding.expected) if text is not None]
    if all(text and text.lstrip("≥≤＜＞<>= ") in finding.message for text in named):
        return ""
    found = " ".join((finding.found or "").split()) or say("cli.text.blank")
    if finding.expected is None:
        return say("cli.text.found", found=found)
    return say("cli.text.found_expected", found=found, expected=" ".join(finding.expected.split()))
