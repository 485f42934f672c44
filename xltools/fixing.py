"""Fixing what a check found: numbers stored as text, stray characters, and derived figures as formulas.

A fix that a rule calls safe changes how something is stored and never what it says; an unsafe one computes a derived
figure anew from the form's own entries. An entry (an amount, a weight, an indicator's score) is never changed.
"""

import os
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from xltools.check_report import FileReport
from xltools.checking import check_book
from xltools.checks import registry
from xltools.checks.base import Finding
from xltools.checks.stray_characters import mended
from xltools.edits import COMPUTE, Edit, Style
from xltools.errors import InputError, WorkbookError
from xltools.evaluation import Evaluation
from xltools.figures import fold, is_plain_number, plain
from xltools.files import claim
from xltools.forms import FormMap, load_map
from xltools.ooxml.editor import Editor
from xltools.ooxml.files import refuse_if_open, same_file, write_atomically
from xltools.ooxml.package import Package, read_file
from xltools.policies import load
from xltools.policies.model import Policy
from xltools.reading import recogniser
from xltools.score_places import Places
from xltools.score_plan import Step, planned
from xltools.score_writing import Change
from xltools.settings import find, policy_for
from xltools.sheets import xlsx
from xltools.sheets.grid import Book, Cell, Grid, address
from xltools.sheets.numberformats import number_format
from xltools.texts import say

SUFFIXES = (".xlsx", ".xlsm")
"""The files that can be fixed."""

SAFE = ("F005", "F015")
"""The rules whose findings have a safe fix."""

UNSAFE = ("B101", "S101", "S103", "S104", "S110")
"""The rules whose findings are fixed by computing a derived figure anew."""

_ROUNDS = 5
"""A total that is right at last may show that a grade is wrong; then that is next."""

Key = tuple[str, str, int, int]
"""Code, sheet, row, column of a finding."""


@dataclass(frozen=True, slots=True)
class Unfixed:
    """A finding that has a fix in general but none here, and why in the user's language."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A workbook fixed: its bytes, what changed, what was left, and what the check says of the result."""

    data: bytes
    changes: tuple[Change, ...]
    unfixed: tuple[Unfixed, ...]
    reports: tuple[FileReport, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checking:
    """How a workbook is checked: policy (None: its own), map, and the names of rules as `check` takes them."""

    policy: Policy | None = None
    form_map: FormMap | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One step, and the finding that it answers."""

    step: Step
    key: Key


@dataclass(frozen=True)
class _State:
    """A workbook at one moment: its bytes, its sheets, its forms, and what the check says of them."""

    data: bytes
    book: Book
    forms: tuple[Evaluation, ...]
    reports: tuple[FileReport, ...]

    def keys(self, severity: str = "") -> set[Key]:
        return {
            _key(finding)
            for report in self.reports
            for finding in report.findings
            if severity in ("", finding.severity)
        }


def fix(
    path: str | os.PathLike[str],
    target: str | os.PathLike[str] | None = None,
    *,
    unsafe: bool = False,
    checking: Checking | None = None,
    force: bool = False,
) -> tuple[Fixed, Path | None]:
    """Fix a workbook and write it to `target`, by default in its place; nothing is written there where nothing changes.

    `unsafe` computes derived figures anew too. In its own place the original stays beside it as .bak, unless `force`;
    the second value is where.

    Raises InputError where the target exists (unless `force`) or the file is no .xlsx or .xlsm, WorkbookError where it
    cannot be read or written, SettingsError where the settings of its folder are wrong.
    """
    source = Path(path)
    goal = source if target is None else Path(target)
    if source.suffix.lower() not in SUFFIXES:
        raise InputError(say("fix.not_xlsx", path=source))
    within = same_file(source, goal)
    claim(goal, force=force or within)
    refuse_if_open(goal)
    before = read_file(source)
    result = fixed(before, str(source), unsafe=unsafe, checking=checking)
    backup = None
    if within and result.data != before and not force:
        backup = _backup(source)
    if not within or result.data != before:
        write_atomically(goal, result.data)
    return result, backup


def fixed(data: bytes, path: str, *, unsafe: bool = False, checking: Checking | None = None) -> Fixed:
    """A workbook's bytes with its findings fixed, as far as they can be; nothing is written.

    A fix is kept only if the finding is gone afterwards and no error is there that was not there before.

    Raises WorkbookError where the workbook cannot be read.
    """
    how = checking or Checking()
    before = _state(data, path, how)
    refused: dict[Key, str] = {}
    while True:
        after, changes, tried, notices = _fix_in_rounds(before, path, how, unsafe, refused)
        left = after.keys()
        failed = {key: say("fix.left.still_wrong") for key in tried if key in left and key not in refused}
        new = after.keys("error") - before.keys("error") - tried.keys()
        if new and not failed:
            places = {key[1:] for key in new}
            culprits = [key for key in tried if key[1:] in places and key not in refused] or [
                key for key in tried if key not in refused
            ]
            failed = dict.fromkeys(culprits, say("fix.left.new_error"))
        if not failed:
            break
        refused |= failed
    reasons = _left_out(after, path, how) if unsafe else {}
    unfixed = tuple(
        Unfixed(finding, refused.get(_key(finding)) or reasons.get(finding.sheet) or say("fix.left.no_formula"))
        for report in after.reports
        for finding in report.findings
        if finding.code in _wanted(unsafe)
    )
    return Fixed(after.data, tuple(changes), unfixed, after.reports, tuple(notices))


def _wanted(unsafe: bool) -> tuple[str, ...]:
    return SAFE + UNSAFE if unsafe else SAFE


def _left_out(state: _State, path: str, how: Checking) -> dict[str, str]:
    """Why the totals of forms are not computed, by their sheets."""
    own = find(path)
    found: dict[str, str] = {}
    for evaluation in state.forms:
        grid = state.book.grid(evaluation.sheet)
        if grid is not None:
            plan = planned(evaluation, policy_for(evaluation, how.policy, own), grid)
            found |= {each.sheet: each.why for each in plan.left_out}
    return found


def _state(data: bytes, path: str, how: Checking) -> _State:
    book = xlsx.book_of(Package(data, path))
    forms = tuple(recogniser(path, how.form_map)(book).evaluations)
    reports = check_book(book, path, policy=how.policy, form_map=how.form_map, select=how.select, ignore=how.ignore)
    return _State(data, book, forms, tuple(reports))


def _fix_in_rounds(
    state: _State, path: str, how: Checking, unsafe: bool, refused: dict[Key, str]
) -> tuple[_State, list[Change], dict[Key, None], list[str]]:
    """The workbook with everything fixed that is not refused: the state, the changes, what was tried, the notices.

    An edit that the workbook cannot take is added to what is refused, with the reason.
    """
    changes: dict[tuple[str, str], Change] = {}
    tried: dict[Key, None] = {}
    notices: dict[str, None] = {}
    for _ in range(_ROUNDS):
        attempts = [
            each for each in _attempts(state, path, how, unsafe) if each.key not in refused and each.key not in tried
        ]
        editor = Editor(state.data, path)
        attempts = _accepted(editor, attempts, refused)
        if not attempts:
            break
        for attempt in attempts:
            tried[attempt.key] = None
            change = _change(attempt.step, state.book)
            first = changes.get((change.sheet, change.cell), change)
            changes[change.sheet, change.cell] = replace(change, before=first.before)
        outcome = editor.apply([attempt.step.edit for attempt in attempts], unlock=True)
        notices |= dict.fromkeys(outcome.notices)
        state = _state(outcome.data, path, how)
    return state, list(changes.values()), tried, list(notices)


def _accepted(editor: Editor, attempts: list[_Attempt], refused: dict[Key, str]) -> list[_Attempt]:
    """The attempts that the workbook can take; the others are refused, each with its reason."""
    try:
        editor.apply([attempt.step.edit for attempt in attempts], unlock=True)
    except WorkbookError as error:
        if len(attempts) == 1:
            refused[attempts[0].key] = say("fix.left.refused", reason=error)
            return []
        return [good for attempt in attempts for good in _accepted(editor, [attempt], refused)]
    return attempts


def _attempts(state: _State, path: str, how: Checking, unsafe: bool) -> list[_Attempt]:
    """What to do next: all safe fixes first, for computed figures may hang on them."""
    found = [
        _Attempt(step, _key(finding))
        for report in state.reports
        for finding in report.findings
        if finding.code in SAFE and (step := _safe_step(finding, state.book)) is not None
    ]
    if found or not unsafe:
        return found
    own = find(path)
    for evaluation in state.forms:
        grid = state.book.grid(evaluation.sheet)
        report = next((each for each in state.reports if each.sheet == evaluation.sheet), None)
        if grid is not None and report is not None:
            found += _computed(evaluation, grid, policy_for(evaluation, how.policy, own), report.findings)
    return found


def _safe_step(finding: Finding, book: Book) -> Step | None:
    grid = book.grid(finding.sheet)
    cell = grid.cell(finding.row, finding.column) if grid is not None else None
    if cell is None or cell.kind != "text" or cell.formula is not None:
        return None
    place = finding.sheet, cell.row, cell.column
    if finding.code == "F015":
        return Step(Edit(*place, value=mended(cell.text)), say("fix.name"))
    value = _number(cell.text)
    if value is None:
        return None
    style = Style(number_format=_fitting_format(cell, value))
    return Step(Edit(*place, value=value, style=style), say("fix.number"))


def _number(text: str) -> Decimal | None:
    """The number that a cell must hold for a text: 0.985 for `98.5%`; None where it holds more than a number."""
    digits = fold(text)
    plain_digits = digits.removesuffix("%")
    if not is_plain_number(plain_digits):
        return None
    value = Decimal(plain_digits.replace(",", ""))
    return value / 100 if digits.endswith("%") else value


def _fitting_format(cell: Cell, value: Decimal) -> str:
    """The number format under which a number shows as its text did: the cell's own if it does, else a plain one."""
    text = fold(cell.text)
    places = len(text.removesuffix("%").partition(".")[2])
    digits = "0" + ("." + "0" * places if places else "")
    if text.endswith("%"):
        digits += "%"
    candidates = [cell.number_format, "General", digits, f"#,##{digits}"]
    usable = [code for code in candidates if number_format(code).sort in ("general", "number")]
    return next((code for code in usable if fold(number_format(code).show(value)) == text), usable[0])


def _computed(evaluation: Evaluation, grid: Grid, policy: Policy, findings: Collection[Finding]) -> list[_Attempt]:
    """The steps of scoring that answer findings: in their own cells, and wherever else a form prints total or grade."""
    places = Places(evaluation, grid, policy)
    wanted: dict[tuple[int, int], Key] = {}
    for finding in findings:
        if finding.code not in UNSAFE or finding.sheet != grid.sheet:
            continue
        wanted[finding.row, finding.column] = _key(finding)
        if finding.code == "S103":
            wanted |= {place: _key(finding) for place, _ in places.totals()}
        elif finding.code == "S110":
            wanted |= {place: _key(finding) for place, _ in places.grades()}
    if not wanted:
        return []
    every = planned(evaluation, policy, grid).steps
    chosen = [step for step in every if (step.edit.row, step.edit.column) in wanted]
    # A result that was worked out from a figure which stays as it is after all would be a wrong one.
    alone = any(step not in chosen and _changes_value(step, grid) for step in every)
    return [
        _Attempt(
            Step(replace(step.edit, result=COMPUTE), step.why) if alone and step.edit.formula else step,
            wanted[step.edit.row, step.edit.column],
        )
        for step in chosen
    ]


def _changes_value(step: Step, grid: Grid) -> bool:
    cell = grid.cell(step.edit.row, step.edit.column)
    value = step.edit.value if step.edit.formula is None else step.edit.result
    return cell is None or cell.raw != value


def _change(step: Step, book: Book) -> Change:
    edit = step.edit
    grid = book.grid(edit.sheet)
    before = grid.text(edit.row, edit.column) if grid is not None else ""
    value = edit.value if edit.formula is None else edit.result
    after = str(value)
    if isinstance(value, Decimal):
        code = (edit.style.number_format if edit.style else None) or (
            grid.number_format(edit.row, edit.column) if grid is not None else ""
        )
        after = f"{plain(value * 100)}%" if "%" in code else plain(value)
    elif value is COMPUTE:
        after = say("fix.computed")
    formula = None if edit.formula is None else f"={edit.formula.removeprefix('=')}"
    return Change(edit.sheet, address(edit.row, edit.column), before, after, formula, step.why)


def _key(finding: Finding) -> Key:
    return finding.code, finding.sheet, finding.row, finding.column


def _backup(path: Path) -> Path:
    """Keep a copy of a file beside it, without writing over an earlier one."""
    place, number = path.with_name(f"{path.name}.bak"), 1
    while place.exists():
        number += 1
        place = path.with_name(f"{path.name}.bak{number}")
    try:
        shutil.copy2(path, place)
    except OSError as error:
        raise WorkbookError(say("ooxml.not_written", path=place, reason=error.strerror or error)) from error
    return place


def checking_by(
    policy: str | os.PathLike[str] | None,
    form_map: str | os.PathLike[str] | None,
    select: Iterable[str],
    ignore: Iterable[str],
) -> Checking:
    """How to check, from names and files; raises InputError or PolicyError where one of them cannot be used."""
    names, unwanted = tuple(select), tuple(ignore)
    registry.select(names, unwanted)
    chosen = None if policy is None else load(os.fspath(policy))
    return Checking(chosen, None if form_map is None else load_map(form_map), names, unwanted)
