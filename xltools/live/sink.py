"""Edits made in an open workbook; what fails half-way is taken back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from xltools.edits import ConditionalFormat, Edit, Style, Text
from xltools.errors import LiveError
from xltools.live.applications import Application
from xltools.ooxml.formulas import translate
from xltools.sheets.grid import Area, Validation, span
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw


Journal = list[Callable[[], None]]
"""How to take back what was done, step by step, the first one first."""


def apply(application: Application, book: "xw.Book", edits: Sequence[Edit], journal: Journal) -> None:
    """Make the edits, cells of a column that follow each other in one call; the `journal` gets how to take them back.

    Raises LiveError, before anything is changed, where one of their sheets is protected.
    """
    refuse_protected(application, book, {edit.sheet for edit in edits})
    for sheet, of_sheet in _by_sheet(edits).items():
        _Sheet(application, book.sheets[sheet], journal).apply(of_sheet)


def refuse_protected(application: Application, book: "xw.Book", sheets: Iterable[str]) -> None:
    """Raise LiveError where one of these sheets refuses changes."""
    for name in sorted(sheets):
        if application.is_protected(book.sheets[name]):
            raise LiveError(say("live.protected", sheet=name))


@contextmanager
def unprotected(application: Application, things: Iterable["xw.Sheet | xw.Book"]) -> Iterator[None]:
    """Sheets and workbooks that are protected without a password take changes within it, and are as before after it."""
    with ExitStack() as restore:
        for thing in things:
            if application.is_protected(thing):
                again = application.unprotect(thing)
                if again is not None:
                    restore.callback(again)
        yield


@contextmanager
def taking_back() -> Iterator[Journal]:
    """A journal whose steps are taken, the last one first, where something fails within it."""
    journal: Journal = []
    try:
        yield journal
    except BaseException:
        # Each of them is taken, even where one before it fails.
        with ExitStack() as steps:
            for step in journal:
                steps.callback(step)
        raise


@dataclass
class _Sheet:
    """The edits of one sheet."""

    application: Application
    sheet: "xw.Sheet"
    journal: Journal

    def apply(self, edits: Sequence[Edit]) -> None:
        for edit in edits:
            # A format decides how what is written is understood, so it comes first.
            if edit.style is not None:
                self._restyle(self._cell(edit), edit.style)
        for run in _runs([edit for edit in edits if edit.changes_content]):
            whole = self.application.takes_several(self._cell(run[0]))
            for part in [run] if whole else [[edit] for edit in run]:
                self._write(part)
        for edit in edits:
            if edit.validation is not None:
                self._guard(edit, edit.validation)
            if edit.conditional_format is not None:
                self._format_where(self._cell(edit), edit.conditional_format)
            if edit.note:
                self._annotate(self._cell(edit), edit.note)

    def _cell(self, edit: Edit) -> "xw.Range":
        return self.sheet.range((edit.row, edit.column))

    def _write(self, run: Sequence[Edit]) -> None:
        """Formulas or values of cells that follow each other in a column, in one call."""
        first, last = run[0], run[-1]
        cells = self.sheet.range((first.row, first.column), (last.row, last.column))
        formulas, values = self.application.formulas(cells), self.application.values(cells)
        before = [(formula[0], value[0]) for formula, value in zip(formulas, values, strict=True)]
        # What is written may bring a number format with it: a text its own, a formula that of the cells it reads.
        code = cells.number_format
        codes = [cell.number_format for cell in cells] if code is None else [code] * len(run)
        self.journal.append(lambda: self._restore(cells, before, codes))
        if first.formula is not None:
            cells.formula = [[f"={(edit.formula or '').removeprefix('=')}"] for edit in run]
        else:
            cells.value = [[self._stored(edit)] for edit in run]

    def _restore(self, cells: "xw.Range", before: Sequence[tuple[str, Any]], codes: Sequence[str]) -> None:
        for cell, (formula, value), code in zip(cells, before, codes, strict=True):
            if isinstance(value, str) and formula == value:
                cell.value = self.application.literal(value, cell.number_format)
            elif formula.startswith("="):
                cell.formula = formula
            else:
                cell.value = value
            if cell.number_format != code:
                cell.number_format = code

    def _stored(self, edit: Edit) -> object:
        value = edit.value.text if isinstance(edit.value, Text) else edit.value
        if isinstance(value, Decimal):
            return float(value)
        return self.application.literal(value, self._cell(edit).number_format) if isinstance(value, str) else value

    def _restyle(self, cell: "xw.Range", style: Style) -> None:
        if style.number_format is not None:
            format_before = cell.number_format
            self.journal.append(lambda: setattr(cell, "number_format", format_before))
            cell.number_format = style.number_format
        if style.fill is not None:
            fill = self.application.fill(cell)
            self.journal.append(lambda: self.application.refill(cell, fill))
            cell.color = f"#{style.fill}"
        if style.font_color is not None:
            color = cell.font.color
            self.journal.append(lambda: setattr(cell.font, "color", color))
            cell.font.color = f"#{style.font_color}"
        if style.bold is not None:
            bold = cell.font.bold
            self.journal.append(lambda: setattr(cell.font, "bold", bold))
            cell.font.bold = style.bold
        if style.wrap is not None:
            wrapped = cell.wrap_text
            self.journal.append(lambda: setattr(cell, "wrap_text", wrapped))
            cell.wrap_text = style.wrap
        if style.locked is not None:
            self.application.lock(cell, style.locked)

    def _guard(self, edit: Edit, rule: Validation) -> None:
        """The same rule for each of its areas, its relative references moved along."""
        areas = rule.areas or (Area(edit.row, edit.column, edit.row, edit.column),)
        for area in areas:
            rows, columns = area.top - areas[0].top, area.left - areas[0].left
            cells = self.sheet.range(span(area))
            own = replace(
                rule,
                areas=(area,),
                formula1=rule.formula1 and translate(rule.formula1, rows, columns),
                formula2=rule.formula2 and translate(rule.formula2, rows, columns),
            )
            if cells.data_validation.type == "none":
                self.journal.append(cells.data_validation.delete)
            self.application.guard(cells, own)

    def _format_where(self, cell: "xw.Range", rule: ConditionalFormat) -> None:
        with self.application.anchored(cell):
            added = cell.conditional_formats.add_custom(
                f"={rule.formula.removeprefix('=')}",
                fill_color=None if rule.fill is None else f"#{rule.fill}",
                font_color=None if rule.font_color is None else f"#{rule.font_color}",
                font_bold=rule.bold,
            )
        self.journal.append(added.delete)

    def _annotate(self, cell: "xw.Range", text: str) -> None:
        application, note = self.application, cell.note
        if note is None:
            note, said = cell.add_note(text), text
            self.journal.append(note.delete)
        else:
            before, box = note.text, application.note_box(note)
            self.journal += [
                partial(application.refit_note, note, box),
                partial(application.shorten_note, note, before),
            ]
            application.extend_note(note, f"\n{text}")
            said = f"{before}\n{text}"
        application.fit_note(note, said)


def _by_sheet(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.sheet, []).append(edit)
    return found


def _runs(edits: Sequence[Edit]) -> list[list[Edit]]:
    """Edits of one sort whose cells follow each other in a column; of two of one cell the later one counts."""
    last = {(edit.column, edit.row): edit for edit in edits}
    runs: list[list[Edit]] = []
    for (column, row), edit in sorted(last.items(), key=lambda item: item[0]):
        before = runs[-1][-1] if runs else None
        same = before is not None and (before.formula is None) == (edit.formula is None)
        if before is not None and same and (before.column, before.row + 1) == (column, row):
            runs[-1].append(edit)
        else:
            runs.append([edit])
    return runs
