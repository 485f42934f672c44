"""Scoring the workbook that is open in an application: live formulas and data validations, written in place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from xltools.edits import Edit
from xltools.live.applications import Application
from xltools.live.places import staying
from xltools.live.sink import apply, taking_back, unprotected
from xltools.live.source import read
from xltools.reading import no_form, recogniser
from xltools.score_writing import Change, Guard, LeftOut, Planned, Proposal, in_rounds, plans
from xltools.sheets.grid import address
from xltools.sheets.numberformats import from_double
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw

    from xltools.forms import FormMap
    from xltools.policies.model import Policy
    from xltools.sheets.grid import Book


@dataclass(frozen=True)
class Scored:
    """What scoring an open workbook changed, or would change.

    `different` are the cells whose formula the application computes to something else than xltools does.
    """

    changes: tuple[Change, ...]
    guards: tuple[Guard, ...]
    left_out: tuple[LeftOut, ...]
    proposals: tuple[Proposal, ...]
    different: tuple[str, ...] = ()


def score(
    application: Application,
    book: "xw.Book",
    *,
    policy: "Policy | None" = None,
    form_map: "FormMap | None" = None,
    write: bool = True,
) -> Scored:
    """Write the derived figures of every form in an open workbook as formulas, and the data validations it lacks.

    With `write` False only what would change is told. Where the application has that, everything is one step to undo;
    where something fails, everything is as it was before.

    Raises LiveError where the application refuses, FormError where there is no form in the workbook.
    """
    with application.session():
        grids = read(application, book)
        forms = _forms(grids, policy, form_map)
        if not write:
            return _told(forms, [change for form in forms for change in form.changes], _guards(forms))
        with (
            staying(application, book),
            application.one_step(book, say("live.step.score")),
            application.quietly(),
            unprotected(application, (book.sheets[name] for name in _sheets(forms))),
            taking_back() as journal,
        ):
            written: dict[tuple[str, int, int], Edit] = {}

            def write_down(edits: Sequence[Edit]) -> list[Planned]:
                written.update({(edit.sheet, edit.row, edit.column): edit for edit in edits})
                apply(application, book, edits, journal)
                book.app.calculate()
                return _forms(_as_protected(read(application, book), grids), policy, form_map)

            changes, forms = in_rounds(forms, write_down)
            guards = _guards(forms)
            # Last, for the scale of a column of rates shows only once it is filled.
            apply(application, book, [guard.edit for guard in guards], journal)
        return _told(forms, changes, guards, _different(forms, written.values()))


def _as_protected(grids: "Book", before: "Book") -> "Book":
    """The sheets with the cells open to input that they had while they were still protected."""
    unlocked = {grid.sheet: grid.unlocked for grid in before.grids}
    return replace(grids, grids=tuple(replace(grid, unlocked=unlocked.get(grid.sheet)) for grid in grids.grids))


def _forms(grids: "Book", policy: "Policy | None", form_map: "FormMap | None") -> list[Planned]:
    """The forms of an open workbook as it was read, and what would score them."""
    recognition = recogniser(grids.path, form_map)(grids)
    if not recognition.evaluations:
        raise no_form(grids, recognition)
    return plans(grids, recognition.evaluations, policy, grids.path)


def _sheets(forms: Iterable[Planned]) -> list[str]:
    """The sheets that scoring may write into: derived cells are a form's own, locked or not."""
    return list(dict.fromkeys(grid.sheet for form in forms for grid in (form.grid, *form.others)))


def _guards(forms: Iterable[Planned]) -> tuple[Guard, ...]:
    return tuple(guard for form in forms for guard in form.guards)


def _told(
    forms: Sequence[Planned], changes: Sequence[Change], guards: tuple[Guard, ...], different: tuple[str, ...] = ()
) -> Scored:
    return Scored(
        tuple(changes),
        guards,
        tuple(entry for form in forms for entry in form.left_out),
        tuple(proposal for form in forms for proposal in form.proposals),
        different,
    )


def _different(forms: Sequence[Planned], edits: Iterable[Edit]) -> tuple[str, ...]:
    """The cells in which the application shows another figure than xltools computed."""
    grids = {grid.sheet: grid for form in forms for grid in form.others}
    found = []
    for edit in edits:
        cell = grids[edit.sheet].cell(edit.row, edit.column)
        if isinstance(edit.result, Decimal) and (cell is None or cell.raw != from_double(float(edit.result))):
            found.append(f"{edit.sheet}!{address(edit.row, edit.column)}")
    return tuple(found)
