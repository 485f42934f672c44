"""Scoring a workbook: its derived figures computed and written back as live formulas with their results."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from xltools.edits import KEEP, Edit
from xltools.errors import InputError, WorkbookError
from xltools.evaluation import Evaluation
from xltools.figures import plain
from xltools.files import claim
from xltools.forms import FormMap, Recognition, load_map
from xltools.ooxml.editor import Editor
from xltools.ooxml.files import refuse_if_open, same_file, write_atomically
from xltools.ooxml.package import Package, read_file
from xltools.ooxml.recalculation import engine_results
from xltools.policies import choose, load
from xltools.policies.model import Policy
from xltools.reading import recogniser, recognised
from xltools.score_plan import Step, plan, steps
from xltools.scoring import Expected, expected
from xltools.sheets import xlsx
from xltools.sheets.grid import Book, Grid, address
from xltools.texts import say

__all__ = ["Change", "Planned", "Proposal", "Scored", "Step", "diff", "plan", "prepare", "score", "score_file", "steps"]

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
    """One form of a workbook and the steps that would score it under a policy; nothing is written yet."""

    evaluation: Evaluation
    grid: Grid
    policy: Policy
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Scored:
    """One form scored: its content afterwards, what it should be, what was written, what is left to a person.

    `notices` are what the user should know about the workbook as a whole.
    """

    evaluation: Evaluation
    policy: Policy
    expected: Expected
    changes: tuple[Change, ...]
    proposals: tuple[Proposal, ...]
    notices: tuple[str, ...] = ()


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
    afterwards.

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
    data = read_file(source)
    if _waiting(book):
        data, pending = _computed(data, source, chosen, recognise) or (data, pending)
    changes: dict[tuple[str, str], Change] = {}
    notices: list[str] = []
    for _ in range(_ROUNDS):
        edits = [step.edit for form in pending for step in form.steps]
        if not edits:
            break
        for form in pending:
            for change in diff(form.steps, form.grid):
                _note(changes, change)
        data, said = _edited(data, edits, source, destination)
        notices += [notice for notice in said if notice not in notices]
        book = xlsx.book_of(Package(data, str(destination)))
        pending = _plans(book, recognise(book).evaluations, chosen)
    write_atomically(destination, data)
    results = []
    for form in pending:
        computed = expected(form.evaluation, form.policy)
        own = tuple(change for change in changes.values() if change.sheet == form.grid.sheet)
        left = tuple(proposals(form.evaluation, computed))
        evaluation = replace(form.evaluation, path=str(destination))
        results.append(Scored(evaluation, form.policy, computed, own, left, tuple(notices)))
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
    return book, _plans(book, recognition.evaluations, policy)


def diff(planned: Sequence[Step], grid: Grid) -> list[Change]:
    """What each step changes, cell by cell: for a `--diff`."""
    found = []
    for step in planned:
        edit = step.edit
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


def _note(changes: dict[tuple[str, str], Change], change: Change) -> None:
    """Add a change; of several to one cell, what stood there first and what stands there last."""
    first = changes.get((change.sheet, change.cell), change)
    changes[change.sheet, change.cell] = replace(change, before=first.before)


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
    return computed, _plans(book, recognise(book).evaluations, policy)


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


def _plans(book: Book, evaluations: Sequence[Evaluation], policy: Policy | None) -> list[Planned]:
    found = []
    for evaluation in evaluations:
        rules = policy or choose(evaluation)
        grid = book.grid(evaluation.sheet)
        assert grid is not None, evaluation.sheet
        found.append(Planned(evaluation, grid, rules, tuple(steps(evaluation, rules, grid))))
    return found


def _policy(policy: str | os.PathLike[str] | None) -> Policy | None:
    return None if policy is None else load(os.fspath(policy))
