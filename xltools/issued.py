"""An issued template, to hold returned forms against: its labels, and the rows that may be more or fewer."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xltools.errors import FormError, TemplateError
from xltools.figures import is_blank
from xltools.sheets.grid import Book, Grid
from xltools.texts import say

_YEAR = re.compile(r"(?:19|20)\d\d")
_BOXES = re.compile(r"[□☐▢☑☒■√✓✔]")
_GAP = re.compile(r"(?<=[:：])(?=\s|_|＿|$)|_+|＿+|[ \u3000]{2,}")


@dataclass(frozen=True)
class Issued:
    """A blank form that was handed out.

    `labels` are, by sheet, the cells with texts that a unit must leave alone; `tables`, by sheet, the indicator rows,
    which may be more or fewer than printed. `main` is the sheet that holds the form.
    """

    label: str
    book: Book
    main: str
    labels: Mapping[str, Mapping[tuple[int, int], str]]
    tables: Mapping[str, frozenset[int]]

    @cached_property
    def folded(self) -> Mapping[str, frozenset[str]]:
        """The texts of each sheet's labels, as they are compared."""
        return {sheet: frozenset(map(folded, labels.values())) for sheet, labels in self.labels.items()}


def issued(template: str | os.PathLike[str]) -> Issued:
    """The template at a path, or the official one of that name.

    Raises TemplateError where neither is there, WorkbookError where the file cannot be read, and FormError where it
    holds no form.
    """
    from xltools import templates
    from xltools.sheets import read_book

    file = Path(template)
    if not file.exists() and file.name == str(template) and not file.suffix:
        file = templates.path(str(template))
    elif not file.is_file():
        raise TemplateError(say("cli.path.missing", paths=str(template)))
    return issued_book(read_book(file), str(template))


def issued_book(book: Book, label: str) -> Issued:
    """The template that a workbook is; messages call it `label`. Raises FormError where it holds no form."""
    from xltools.forms.places import find_places

    forms, recognition = find_places(book)
    if not forms:
        from xltools.checks import form_not_recognised

        reason = form_not_recognised.report(book, recognition).message
        raise FormError(say("cli.no_form", path=label, reason=reason))
    tables: dict[str, frozenset[int]] = {}
    inputs: dict[str, set[tuple[int, int]]] = {}
    for form in forms:
        tables[form.sheet] = tables.get(form.sheet, frozenset()) | {row.row for row in form.indicators}
        fields = [form.header, form.labelled, form.goals, form.total, *(row.cells for row in form.budget)]
        fields += [{name: cell for name, cell in row.cells.items() if name != "name"} for row in form.indicators]
        for cells in fields:
            for place in cells.values():
                if place.insert is None:
                    inputs.setdefault(place.sheet, set()).add((place.row, place.column))
    labels = {grid.sheet: _labels(grid, inputs.get(grid.sheet, set())) for grid in book.grids}
    return Issued(label, book, forms[0].sheet, labels, tables)


def _labels(grid: Grid, inputs: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    from xltools.forms.vocabulary import default

    words = default()
    found = {}
    for place, cell in grid.cells.items():
        if cell.kind != "text" or cell.formula or is_blank(cell.text):
            continue
        if grid.unlocked is not None:
            if place not in grid.unlocked:
                found[place] = cell.text
        elif place not in inputs and not words.is_prompt(cell.text):
            found[place] = cell.text
    return found


def folded(text: str) -> str:
    """A label without blanks and line breaks, its year and its tick boxes made neutral."""
    return _BOXES.sub("□", _YEAR.sub("0000", "".join(text.replace("_x000D_", "").split())))


def has_gap(label: str) -> bool:
    """Whether a label leaves room for something to be written into it."""
    return _GAP.search(label.rstrip()) is not None


def stands(label: str, text: str) -> bool:
    """Whether a text still is the label, but for what belongs into its gaps (`单位：____`), its year and its boxes."""
    if folded(label) == folded(text):
        return True
    pieces = [folded(piece) for piece in _GAP.split(label)]
    if len(pieces) == 1:
        return False
    pattern = ".*".join(re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, folded(text)) is not None
