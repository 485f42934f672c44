"""A template on its way into many forms: found by name or path, understood, compiled once for every layout of rows."""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from xltools.edits import Edit, Value
from xltools.errors import FormError, InputError
from xltools.filling_plan import Cell, Layout, Planner, Spare
from xltools.forms.mapping import FormMap
from xltools.forms.places import FormPlaces, Place, find_places
from xltools.forms.vocabulary import Vocabulary
from xltools.ooxml import refusals
from xltools.ooxml.compiled import Compiled
from xltools.ooxml.editor import Editor
from xltools.ooxml.formulas import references
from xltools.ooxml.package import Package, read_file
from xltools.ooxml.rows import insert_rows, remove_rows
from xltools.sheets import xlsx
from xltools.sheets.grid import Book, Grid
from xltools.texts import say

KEPT = 12
"""How many layouts of a template are kept compiled; each holds an engine with the whole workbook."""


@dataclass
class Template:
    """A blank form ready to be filled.

    `label` names it in messages and in the manifest; `vocabulary` and `form_map` help to recognise it. Raises
    WorkbookError where the workbook cannot be read and
    FormError where no form is recognised in it.
    """

    label: str
    data: bytes
    spare: Spare = "blank"
    vocabulary: Vocabulary | None = None
    form_map: FormMap | None = None
    book: Book = field(init=False)
    form: FormPlaces = field(init=False)

    def __post_init__(self) -> None:
        self.book = xlsx.book_of(Package(self.data, self.label))
        forms, recognition = find_places(self.book, self.vocabulary, self.form_map)
        if not forms:
            from xltools.checks import form_not_recognised

            reason = form_not_recognised.report(self.book, recognition).message
            raise FormError(say("cli.no_form", path=self.label, reason=reason))
        self.form = forms[0]
        self._compiled: OrderedDict[tuple[Layout, frozenset[Cell]], Compiled] = OrderedDict()
        self._laid_out: OrderedDict[Layout, tuple[bytes, frozenset[Cell]]] = OrderedDict()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the template."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def suffix(self) -> str:
        """The extension of a workbook of its sort."""
        return ".xlsm" if self._editor.has_macros else ".xlsx"

    @cached_property
    def _editor(self) -> Editor:
        return Editor(self.data, self.label)

    @cached_property
    def planner(self) -> Planner:
        """Plans units on this template."""
        rules = tuple((grid.sheet, rule) for grid in self.book.grids for rule in grid.validations)
        return Planner(self.form, self._format, rules, self.spare)

    def _format(self, sheet: str, row: int, column: int) -> str:
        formats = self._editor.workbook.number_formats
        style = self._editor.sheet(sheet).style(row, column)
        return formats[style] if style < len(formats) else "General"

    def copy(self, layout: Layout, values: Mapping[Cell, Value]) -> tuple[bytes, str]:
        """The form with these values, and what the user should know about its formulas (one line, mostly empty)."""
        compiled = self.compiled(layout, values)
        return compiled.copy(values), compiled.notice

    def compiled(self, layout: Layout, values: Mapping[Cell, Value]) -> Compiled:
        """The template with a layout's rows, compiled for its own input cells and for those that the values need."""
        data, cells = self._rows(layout)
        inputs = cells | values.keys()
        key = (layout, frozenset(inputs - cells))
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = Compiled(data, inputs, self.label)
            if len(self._compiled) > KEPT:
                self._compiled.popitem(last=False)
        self._compiled.move_to_end(key)
        return found

    def _rows(self, layout: Layout) -> tuple[bytes, frozenset[Cell]]:
        """The template with a layout's rows, and its input cells that are there to be written."""
        if layout not in self._laid_out:
            data = with_layout(self.data, self.book, self.form, layout)
            editor = Editor(data, self.label)
            there = frozenset(cell for cell in _inputs(self.form, layout) if _is_open(editor, cell))
            self._laid_out[layout] = (data, there)
            if len(self._laid_out) > KEPT:
                self._laid_out.popitem(last=False)
        return self._laid_out[layout]


def open_template(
    template: str | os.PathLike[str],
    year: str | None = None,
    spare: Spare = "blank",
    form_map: FormMap | None = None,
) -> Template:
    """A template by its path, or an official one by its name, for a year (its own where none is given).

    A template of one's own is recognised with the wordings of its folder's settings, and by a map.

    Raises InputError where there is neither, WorkbookError or FormError where it cannot be used.
    """
    from xltools import settings, templates

    path = Path(template)
    if path.is_file():
        found = Template(path.name, read_file(path), spare, settings.vocabulary(path), form_map)
    elif os.fspath(template) in templates.names():
        name = os.fspath(template)
        return Template(name, _official(name, year), spare)
    else:
        raise InputError(say("fill.no_template", template=template, names="、".join(templates.names())))
    if year and found.form.year and found.form.year != year and "year" not in found.form.header:
        raise InputError(say("fill.year_differs", template=path, printed=found.form.year, year=year))
    return found


def _official(name: str, year: str | None) -> bytes:
    import tempfile

    from xltools import templates

    with tempfile.TemporaryDirectory() as folder:
        return templates.write(name, folder, int(year) if year else None).read_bytes()


def _places(form: FormPlaces) -> Iterator[Place]:
    for group in (form.header, form.labelled, form.goals, form.total):
        yield from group.values()
    for money in form.budget:
        yield from money.cells.values()
    for row in form.indicators:
        yield from row.cells.values()


def _inputs(form: FormPlaces, layout: Layout) -> Iterator[Cell]:
    """The cells of a laid-out form that may be given values."""
    removed, added = set(layout.removed), dict(layout.added)
    for place in _places(form):
        own = place.sheet == form.sheet
        if not place.computed and not (own and place.row in removed):
            yield place.sheet, layout.row(place.row) if own else place.row, place.column
    for row in form.indicators:
        for below in range(1, added.get(row.row, 0) + 1):
            for place in row.cells.values():
                if not place.computed and place.row == row.row:
                    yield place.sheet, layout.row(place.row, below), place.column


def _is_open(editor: Editor, cell: Cell) -> bool:
    """Whether a cell is stored in its sheet and not hidden by a merged area."""
    sheet = editor.sheet(cell[0])
    return cell[1:] in sheet.cells and refusals.covered_by(sheet.index, cell[1], cell[2]) is None


def with_layout(data: bytes, book: Book, form: FormPlaces, layout: Layout) -> bytes:
    """A template with rows put in and taken out, also those of other sheets that mirror them line by line.

    Raises WorkbookError where the workbook holds something that cannot be moved surely.
    """
    if layout == Layout():
        return data
    mirrors = _mirrors(book, form)
    joined = form.level_columns if any(row.level1 or row.level2 for row in form.indicators) else ()
    changes = [*layout.added, *((row, -1) for row in layout.removed)]
    for row, count in sorted(changes, reverse=True):
        lines = [(sheet, lines[row]) for sheet, lines in mirrors.items() if row in lines]
        if count < 0:
            for sheet, line in lines:
                data = remove_rows(data, sheet, line, line)
            data = remove_rows(data, form.sheet, row, row)
        else:
            data = insert_rows(data, form.sheet, row, count, joined)
            for sheet, line in lines:
                data = insert_rows(data, sheet, line, count)
    return _numbered(data, book, mirrors) if mirrors else data


def _mirrors(book: Book, form: FormPlaces) -> dict[str, dict[int, int]]:
    """For every other sheet, which of its lines speaks of one indicator row alone, by that row."""
    rows = {row.row for row in form.indicators}
    found: dict[str, dict[int, int]] = {}
    for grid in book.grids:
        if grid.sheet == form.sheet:
            continue
        read: dict[int, set[tuple[int, int]]] = {}
        for (line, _), cell in grid.cells.items():
            for reference in (
                references(cell.formula.removeprefix("="), book.defined_names) or () if cell.formula else ()
            ):
                if reference.sheet == form.sheet.lower():
                    read.setdefault(line, set()).add((reference.area.top, reference.area.bottom))
        lines = {
            next(iter(spans))[0]: line
            for line, spans in sorted(read.items())
            if len(spans) == 1 and next(iter(spans))[0] == next(iter(spans))[1] in rows
        }
        ordered = [lines[row] for row in sorted(lines)]
        if len(lines) == len(rows) and ordered == sorted(ordered):
            found[grid.sheet] = lines
    return found


def _numbered(data: bytes, book: Book, mirrors: Mapping[str, Mapping[int, int]]) -> bytes:
    """The workbook with the running numbers of lines that mirror the table's rows counted anew."""
    changed = xlsx.book_of(Package(data))
    edits: list[Edit] = []
    for sheet, lines in mirrors.items():
        before, after = book.grid(sheet), changed.grid(sheet)
        if before is not None and after is not None:
            for column in range(1, before.bounds[1] + 1):
                first = _series_start(before, column, lines)
                if first is not None:
                    edits += _counted(after, column, min(lines.values()), first)
    return Editor(data).apply(edits, unlock=True).data if edits else data


def _series_start(grid: Grid, column: int, lines: Mapping[int, int]) -> Decimal | None:
    """The number of the first mirroring line, where a column counts from there on without a gap; else None."""
    start = min(lines.values())
    series = [
        cell.raw
        for (row, at), cell in sorted(grid.cells.items())
        if at == column and row >= start and isinstance(cell.raw, Decimal) and cell.formula is None
    ]
    numbered = all((cell := grid.cell(line, column)) and isinstance(cell.raw, Decimal) for line in lines.values())
    if not series or not numbered or series != [series[0] + step for step in range(len(series))]:
        return None
    return series[0]


def _counted(grid: Grid, column: int, start: int, number: Decimal) -> Iterator[Edit]:
    """The edits that make a column count on, new lines (blank there, but with formulas beside) included."""
    for row in range(start, grid.bounds[0] + 1):
        cell = grid.cell(row, column)
        beside = (grid.cell(row, at) for at in range(1, grid.bounds[1] + 1) if at != column)
        if cell is None and any(other is not None and other.formula for other in beside):
            yield Edit(grid.sheet, row, column, number)
            number += 1
        elif cell is not None and isinstance(cell.raw, Decimal):
            if cell.raw != number:
                yield Edit(grid.sheet, row, column, number)
            number += 1
