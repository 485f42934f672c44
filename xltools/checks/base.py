"""What a rule is, what it sees and what it says."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from xltools.evaluation import Evaluation, Indicator
from xltools.figures import Figure
from xltools.judging import Judgement, judge
from xltools.policies.model import Policy
from xltools.scoring import Expected
from xltools.sheets.grid import Book, Grid
from xltools.texts import say

Severity = Literal["error", "warning", "notice"]
Fix = Literal["safe", "unsafe"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's card. Its page is the docstring of the module that holds it.

    `scope` is `form` for a rule that needs a recognised form, `book` for one that looks at the file as it is. `on` is
    False for a rule that runs only where a policy or a user asks for it.
    """

    code: str
    name: str
    severity: Severity
    since: str = "0.1.0"
    fix: Fix | None = None
    scope: Literal["form", "book"] = "form"
    on: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where, what was found, what was expected, why, and on what basis."""

    code: str
    name: str
    severity: Severity
    sheet: str
    row: int
    column: int
    cell: str
    label: str
    found: str | None
    expected: str | None
    message: str
    basis: str
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule that could not decide, for one place or for the whole form, and why."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class Form:
    """All that a rule may look at; `expected` are the scores that the `policy`, the region's rules, gives."""

    book: Book
    grid: Grid
    evaluation: Evaluation
    policy: Policy
    expected: Expected
    judgements: dict[int, Judgement] = field(default_factory=dict)

    def judge(self, indicator: Indicator) -> Judgement:
        """Whether an indicator's target was met (decided once for all rules)."""
        key = id(indicator)
        if key not in self.judgements:
            self.judgements[key] = judge(self.evaluation, indicator)
        return self.judgements[key]


Outcome = Finding | NotChecked
Check = Callable[[Form], Iterator[Outcome]]


def finding(
    rule: Rule,
    where: Figure | None,
    key: str,
    *,
    label: str,
    found: str | None = None,
    expected: str | None = None,
    severity: Severity | None = None,
    sheet: str = "",
    row: int = 0,
    column: int = 0,
    basis: str = "",
    **values: object,
) -> Finding:
    """A finding at a figure, or at a cell given by `sheet`, `row` and `column` where the figure is blank.

    `key` names the message in `xltools.texts` (`b.B101`); `found`, `expected` and `label` can be used in it besides
    `values`. The basis defaults to the text under `<key>.basis`.
    """
    if where is not None:
        sheet, row, column = where.sheet, where.row, where.column
        found = where.text if found is None else found
    from xltools.sheets.grid import address

    message = say(key, label=label, found=found or "", expected=expected or "", **values)
    return Finding(
        rule.code,
        rule.name,
        severity or rule.severity,
        sheet,
        row,
        column,
        address(row, column) if row else "",
        label,
        found,
        expected,
        message,
        basis or say(f"{key.split('.')[0]}.{rule.code}.basis"),
        rule.fix,
    )


def not_checked(rule: Rule, key: str, **values: object) -> NotChecked:
    """The statement that a rule could not be applied; `key` names the reason in `xltools.texts`."""
    return NotChecked(rule.code, rule.name, say(key, **values))


def indicator_label(indicator: Indicator, what: str) -> str:
    """`城区环境卫生质量提高率 · 得分率`: the indicator's name and the label of the field concerned."""
    name = indicator.name.text if indicator.name else ""
    return f"{name} · {what}" if name and what else name or what


def column_label(evaluation: Evaluation, block: str, name: str) -> str:
    """How the form itself calls a field; the field's standard term where the form has no such label."""
    label = evaluation.label(block, name)
    return label.text if label else say(f"fields.{name}")


def blank_place(evaluation: Evaluation, block: str, name: str, row: int) -> tuple[str, int, int]:
    """Sheet, row and column of a field that is blank in a row: where the person has to type."""
    label = evaluation.label(block, name)
    return (evaluation.sheet, row, label.column if label else 0)


def in_sheet_order(findings: Sequence[Finding]) -> list[Finding]:
    """Findings from top to bottom, left to right."""
    return sorted(findings, key=lambda item: (item.sheet, item.row, item.column, item.code))
