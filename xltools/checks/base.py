"""What a rule is, what it sees and what it says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from xltools.evaluation import BudgetRow, Evaluation, Indicator
from xltools.figures import Figure
from xltools.judging import Judgement, judge
from xltools.policies.model import Policy
from xltools.scoring import Expected
from xltools.sheets.grid import Book, Grid
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.calculation import Calculation
    from xltools.checks.alignment import Comparison
    from xltools.issued import Issued

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


class Workings:
    """What rules work out about a workbook once, for all the forms in it."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @cached_property
    def calculation(self) -> "Calculation":
        """The workbook's formulas computed anew."""
        from xltools.calculation import Calculation

        return Calculation(self.book)


@dataclass(frozen=True)
class Form:
    """All that a rule may look at; `expected` are the scores that the `policy`, the region's rules, gives.

    `template` is the issued template that the form is to be held against, where one was given; `sheets` are the sheets
    that this form answers for: its own, and with the first form of a workbook those that belong to none (None: all).
    """

    book: Book
    grid: Grid
    evaluation: Evaluation
    policy: Policy
    expected: Expected
    judgements: dict[int, Judgement] = field(default_factory=dict)
    template: "Issued | None" = None
    sheets: frozenset[str] | None = None
    workings: Workings | None = None

    @property
    def calculation(self) -> "Calculation":
        """The workbook's formulas computed anew, once for all its forms."""
        return (self.workings or self._workings).calculation

    @cached_property
    def _workings(self) -> Workings:
        return Workings(self.book)

    @cached_property
    def own_sheets(self) -> frozenset[str]:
        """The sheets that hold the form itself."""
        return sheets_of(self.evaluation)

    @property
    def grids(self) -> Sequence[Grid]:
        """The Grids that this form answers for."""
        return [grid for grid in self.book.grids if self.sheets is None or grid.sheet in self.sheets]

    @cached_property
    def comparison(self) -> "Comparison | None":
        """The form held against its template; None where none was given."""
        if self.template is None:
            return None
        from xltools.checks.alignment import compare

        return compare(self.template, self.book, self.grid)

    @cached_property
    def labels(self) -> Mapping[tuple[str, int, int], str]:
        """How messages call the cells that the form's fields stand in."""
        from xltools.checks.cells import labelled

        return {(figure.sheet, figure.row, figure.column): label for label, figure in labelled(self.evaluation)}

    def judge(self, indicator: Indicator) -> Judgement:
        """Whether an indicator's target was met (decided once for all rules)."""
        key = id(indicator)
        if key not in self.judgements:
            self.judgements[key] = judge(self.evaluation, indicator)
        return self.judgements[key]


def sheets_of(evaluation: Evaluation) -> frozenset[str]:
    """The sheets that hold a form."""
    figures = (figure.sheet for _, figure in evaluation.figures())
    balances = (row.item.sheet for row in evaluation.balance if row.item)
    return frozenset({evaluation.sheet, *figures, *balances})


def shares(book: Book, evaluations: Sequence[Evaluation]) -> list[frozenset[str]]:
    """The sheets that each form answers for, so that what is said of a sheet is said once.

    A sheet belongs to the first form on it, one without a form to the first form of the workbook.
    """
    own = [sheets_of(evaluation) for evaluation in evaluations]
    left = {grid.sheet for grid in book.grids}.difference(*own)
    found = []
    taken: set[str] = set()
    for number, sheets in enumerate(own):
        found.append((sheets | left if not number else sheets) - taken)
        taken |= sheets
    return found


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


def blank_cell(evaluation: Evaluation, block: str, name: str, row: BudgetRow | Indicator) -> tuple[str, int, int]:
    """Sheet, row and column of a field that is blank in a row, where the person has to type; column 0 where unknown."""
    own = next((figure for entry in fields(row) if isinstance(figure := getattr(row, entry.name), Figure)), None)
    sheet = own.sheet if own is not None else evaluation.sheet
    label = evaluation.label_above(block, name, row.row, sheet) or evaluation.label(block, name)
    return sheet, row.row, label.column if label is not None else 0


def column_label(evaluation: Evaluation, block: str, name: str) -> str:
    """How the form itself calls a field; the field's standard term where the form has no such label."""
    label = evaluation.label(block, name)
    return label.text if label else say(f"fields.{name}")
