"""Scoring a workbook: its derived figures computed and written back as live formulas with their results."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from xltools import settings
from xltools.edits import KEEP, Edit
from xltools.errors import InputError, WorkbookError
from xltools.evaluation import Evaluation
from xltools.figures import plain
from xltools.files import claim
from xltools.forms import FormMap, Recognition, load_map
from xltools.ooxml.editor import Editor
from xltools.ooxml.files import keep_copy, refuse_if_open, same_file, write_atomically
from xltools.ooxml.package import Package, read_file
from xltools.ooxml.recalculation import engine_results
from xltools.policies import load
from xltools.policies.model import Policy
from xltools.reading import recognised, recogniser
from xltools.score_guards import Guard, guards
from xltools.score_places import Places
from xltools.score_plan import LeftOut, Step, plan, planned, steps
from xltools.scoring import Expected, expected
from xltools.sheets import xlsx
from xltools.sheets.grid import Book, Grid, address
from xltools.texts import say

__all__ = [
    "Change",
    "Guard",
    "LeftOut",
    "Planned",
    "Proposal",
    "Scored",
    "Step",
    "diff",
    "plan",
    "prepare",
    "score",
    "score_file",
    "steps",
]

_ROUNDS = 3
"""What the form's own formulas make of the scores that were filled in shows only after they were written."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a `--diff`: what stands in a cell, what will stand there, the formula behind it, and why."""

    sheet: str
    cell: str
    before: str
    after: str
    formula: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A blank score that a person has to decide: what the policy would give (None where it says nothing), and why."""

    sheet: str
    row: int
    indicator: str
    score: Decimal | None
    why: str


@dataclass(frozen=True)
class Planned:
    """One form of a workbook and what would score it under a policy; nothing is written yet.

    `steps` are the derived cells, `guards` the data validations that its cells are without, `left_out` the derived
    figures that its rows do not give. `others` are the workbook's sheets; some steps may belong to another one.
    """

    evaluation: Evaluation
    grid: Grid
    policy: Policy
    steps: tuple[Step, ...]
    guards: tuple[Guard, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    others: tuple[Grid, ...] = ()

    @property
    def changes(self) -> list[Change]:
        """What the steps change, cell by cell."""
        return diff(self.steps, self.grid, self.others)

    @property
    def proposals(self) -> list[Proposal]:
        """The blank scores that stay a person's to decide once the steps are made."""
        places = Places(self.evaluation, self.grid, self.policy)
        written = {(step.edit.sheet, step.edit.row, step.edit.column) for step in self.steps}
        found = proposals(self.evaluation, expected(self.evaluation, self.policy))
        own = [places.of(None, "indicators", "score", proposal.row) for proposal in found]
        return [
            proposal
            for proposal, place in zip(found, own, strict=True)
            if place is None or (proposal.sheet, *place) not in written
        ]


@dataclass(frozen=True)
class Scored:
    """One form scored: its content afterwards, what it should be, what was written, what is left to a person.

    `guards` are the data validations that were added, `left_out` the derived figures that were not written, and why.
    `notices` are what the user should know about the workbook as a whole.
    """

    evaluation: Evaluation
    policy: Policy
    expected: Expected
    changes: tuple[Change, ...]
    proposals: tuple[Proposal, ...]
    notices: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def score(
    path: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    policy: str | os.PathLike[str] | None = None,
    form_map: str | os.PathLike[str] | None = None,
    force: bool = False,
) -> Evaluation:
    """Compute the derived figures of the form in a workbook and write a copy that holds them as formulas.

    `policy` is the name or file of the scoring rules (by default the form's own region decides), `form_map` the file of
    a map that says where the form's labels and values stand. Returns the first form of the copy, as it reads
    afterwards. The target may be the workbook itself: then the original is kept beside it as .bak, unless `force`.

    Raises InputError where the target exists (unless `force`) or the file is no .xlsx workbook, WorkbookError where
    it cannot be read or written, FormError where it holds no form, PolicyError for a policy that cannot be used.
    """
    return score_file(path, target, policy=policy, form_map=form_map, force=force)[0].evaluation


def score_file(
    path: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    policy: str | os.PathLike[str] | None = None,
    form_map: str | os.PathLike[str] | None = None,
    force: bool = False,
) -> list[Scored]:
    """Like `score`, with everything that there is to tell about each form of the workbook."""
    source, destination = Path(path), Path(target)
    chosen = _policy(policy)
    mapped = None if form_map is None else load_map(form_map)
    book, pending = prepare(source, policy=chosen, form_map=mapped)
    recognise = recogniser(source, mapped)
    claim(destination, force=force or same_file(source, destination))
    refuse_if_open(destination)
    data = original = read_file(source)
    if _waiting(book):
        data, pending = _computed(data, source, chosen, recognise) or (data, pending)
    notices: list[str] = []

    def write(edits: Sequence[Edit]) -> list[Planned]:
        nonlocal data
        data, said = _edited(data, edits, source, destination)
        notices.extend(notice for notice in said if notice not in notices)
        book = xlsx.book_of(Package(data, str(destination)))
        return plans(book, recognise(book).evaluations, chosen, source)

    changes, pending = in_rounds(pending, write)
    added = [form.guards for form in pending]
    if any(added):
        # Last, for the scale of a column of rates shows only once it is filled.
        data, said = _edited(data, [guard.edit for found in added for guard in found], source, destination)
        notices += [notice for notice in said if notice not in notices]
    if same_file(source, destination) and not force and data != original:
        keep_copy(destination)
    write_atomically(destination, data)
    results = []
    for form in pending:
        computed = expected(form.evaluation, form.policy)
        sheets = {form.grid.sheet, *(label.sheet for label in form.evaluation.balance_columns)}
        own = tuple(change for change in changes if change.sheet in sheets)
        left = tuple(proposals(form.evaluation, computed))
        evaluation = replace(form.evaluation, path=str(destination))
        results.append(Scored(evaluation, form.policy, computed, own, left, tuple(notices), form.guards, form.left_out))
    return results


def prepare(
    path: str | os.PathLike[str], *, policy: Policy | None = None, form_map: FormMap | None = None
) -> tuple[Book, list[Planned]]:
    """A workbook's sheets and, for each form in it, what `score` would write; nothing is changed.

    Raises InputError where the file is no .xlsx workbook, WorkbookError where it cannot be read, FormError where it
    holds no form.
    """
    book, recognition = recognised(path, form_map)
    if any(grid.source != "xlsx" for grid in book.grids):
        raise InputError(say("scoring.save_as_xlsx", path=path))
    return book, plans(book, recognition.evaluations, policy, path)


def diff(steps: Sequence[Step], grid: Grid, others: Sequence[Grid] = ()) -> list[Change]:
    """What each step changes, cell by cell: for a `--diff`. `others` are the sheets besides the form's own."""
    grids = {other.sheet: other for other in (*others, grid)}
    found = []
    for step in steps:
        edit, grid = step.edit, grids[step.edit.sheet]
        formula = None if edit.formula is None else f"={edit.formula.lstrip('=')}"
        before = grid.text(edit.row, edit.column)
        found.append(Change(edit.sheet, address(edit.row, edit.column), before, _shown(edit, grid), formula, step.why))
    return found


def proposals(evaluation: Evaluation, computed: Expected) -> list[Proposal]:
    """The blank scores of a form that are a person's to decide, with what the policy would give."""
    found = []
    for indicator, item in zip(evaluation.indicators, computed.indicators, strict=True):
        if indicator.detail or indicator.get("score") is not None or indicator.get("weight") is None:
            continue
        name = indicator.name.text if indicator.name is not None else ""
        why = item.proposed.how if item.proposed.value is not None else say(item.proposed.undecided or "reasons.words")
        found.append(Proposal(evaluation.sheet, indicator.row, name, item.proposed.value, why))
    return found


def _shown(edit: Edit, grid: Grid) -> str:
    value = edit.result if edit.formula is not None else edit.value
    if not isinstance(value, Decimal):
        return "" if value is None or value is KEEP else str(value)
    cell = grid.cell(edit.row, edit.column)
    style = edit.style.number_format if edit.style is not None else None
    code = style or (cell.number_format if cell is not None else "")
    return f"{plain(value * 100)}%" if "%" in code else plain(value)


def in_rounds(
    forms: list[Planned], write: Callable[[Sequence[Edit]], list[Planned]]
) -> tuple[list[Change], list[Planned]]:
    """Make the steps of the forms until none is left; `write` makes edits and tells the forms as they read then.

    Returns what was changed in all, of several changes of one cell what stood there first and stands there last, and
    the forms as they read in the end.
    """
    changes: dict[tuple[str, str], Change] = {}
    for _ in range(_ROUNDS):
        steps = [step.edit for form in forms for step in form.steps]
        if not steps:
            break
        for change in (change for form in forms for change in form.changes):
            first = changes.get((change.sheet, change.cell), change)
            changes[change.sheet, change.cell] = replace(change, before=first.before)
        forms = write(steps)
    return list(changes.values()), forms


def _waiting(book: Book) -> bool:
    """Whether formulas of the workbook have no stored results yet, as a library writes them."""
    return any(cell.formula is not None and cell.kind == "blank" for grid in book.grids for cell in grid.cells.values())


def _computed(
    data: bytes, source: Path, policy: Policy | None, recognise: Callable[[Book], Recognition]
) -> tuple[bytes, list[Planned]] | None:
    """The workbook with every stored result, and its forms; None where the engine refuses it."""
    computed = engine_results(data)
    if isinstance(computed, str):
        return None
    book = xlsx.book_of(Package(computed, str(source)))
    return computed, plans(book, recognise(book).evaluations, policy, source)


def _edited(data: bytes, edits: Sequence[Edit], source: Path, target: Path) -> tuple[bytes, Sequence[str]]:
    """The workbook with the edits made, and what the user should know.

    The derived cells of a form may be written even where its sheet is protected.
    """
    editor = Editor(data, str(source))
    kind = ".xlsm" if editor.has_macros else ".xlsx"
    if target.suffix.lower() not in (kind, source.suffix.lower()):
        raise WorkbookError(say("ooxml.extension", target=target, kind=kind))
    outcome = editor.apply(edits, unlock=True)
    return outcome.data, outcome.notices


def plans(
    book: Book, evaluations: Sequence[Evaluation], policy: Policy | None, source: str | os.PathLike[str]
) -> list[Planned]:
    """The steps for each form of a workbook, by the scoring rules given or those of its source's settings."""
    found = []
    own = settings.find(source)
    for evaluation in evaluations:
        rules = settings.policy_for(evaluation, policy, own)
        grid = book.grid(evaluation.sheet)
        assert grid is not None, evaluation.sheet
        made = planned(evaluation, rules, grid, book.grids)
        missing = tuple(guards(evaluation, rules, grid, book.grids))
        found.append(Planned(evaluation, grid, rules, made.steps, missing, made.left_out, book.grids))
    return found


def _policy(policy: str | os.PathLike[str] | None) -> Policy | None:
    return None if policy is None else load(os.fspath(policy))
