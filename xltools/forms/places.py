"""The places of a form: which cell of a blank template takes which field.

A blank form says too little for the recogniser: a table without figures has no rows. So every blank cell is given a
stand-in value, the sheet is recognised as if somebody had filled it in, and where a stand-in turns up, there is the
field's place. Whatever layout can be read can be filled, by the same rules.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from xltools.evaluation import Evaluation, FormKind, Indicator, Level
from xltools.figures import Figure, fold
from xltools.forms.heading import inline_pairs
from xltools.forms.layout import Box, Sheet
from xltools.forms.mapping import FormMap, Placed
from xltools.forms.money import VALUE_FIELDS
from xltools.forms.recognition import Recognition, recognise
from xltools.forms.tables import Header, is_budget_header, is_indicator_header, read_header
from xltools.forms.vocabulary import Vocabulary, core, default
from xltools.sheets.grid import Book, Cell, Grid

NUMBER, WORD, POINTS = "2020", "优", "100"
"""Stand-ins: a year, an amount and a score at once; a word that is a grade; the points of a total row."""


_SENTENCE = re.compile(r"[。；;]|[:：].")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that takes a field's value.

    `held` is what the template prints there already, `computed` whether a formula fills it. Where label and value share
    a cell (`单位名称：____`), the value goes into `held` from `insert[0]` to `insert[1]`.
    """

    sheet: str
    row: int
    column: int
    label: str = ""
    held: str = ""
    computed: bool = False
    insert: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A row of the money block or of a separate balance sheet: its label and the places of its amounts."""

    item: str
    total: bool
    sheet: str
    row: int
    cells: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of the indicator table; `name` and the levels are what the template prints, empty where it does not.

    `level1_row` and `level2_row` are the rows in which the levels' cells begin (0: no such level).
    """

    row: int
    name: str
    level1: str
    level2: str
    level1_row: int
    level2_row: int
    cells: Mapping[str, Place]


@dataclass(frozen=True)
class FormPlaces:
    """One form of a blank template, as places.

    `header` is by field, `labelled` every other label with a blank cell beside it, by its folded text. `budget`
    includes the rows of a separate balance sheet. `level_columns` are the columns of the levels' cells.
    """

    sheet: str
    kind: FormKind
    title: str
    year: str | None
    money_unit: str | None
    header: Mapping[str, Place]
    labelled: Mapping[str, Place]
    goals: Mapping[str, Place]
    budget: tuple[MoneyRow, ...]
    indicators: tuple[IndicatorRow, ...]
    level_columns: tuple[int, ...]
    total: Mapping[str, Place]


def find_places(
    book: Book, vocabulary: Vocabulary | None = None, form_map: FormMap | None = None
) -> tuple[list[FormPlaces], Recognition]:
    """The places of every form in a blank template, and what the recogniser says of the template itself.

    `form_map` says where labels and values stand, as for `recognise`.
    """
    words = vocabulary or default()
    placed = form_map.placed(book) if form_map else Placed()
    probes = {grid.sheet: _probe(Sheet(grid, words, mapped=placed.on(grid)), words) for grid in book.grids}
    probe = replace(book, grids=tuple(probes[grid.sheet] for grid in book.grids))
    printed = recognise(book, words, form_map)
    years = {evaluation.sheet: evaluation.year for evaluation in printed.evaluations}
    found = []
    for evaluation in recognise(probe, words, form_map).evaluations:
        grid = book.grid(evaluation.sheet)
        if grid is not None:
            sheet = Sheet(grid, words, mapped=placed.on(grid))
            found.append(_Reader(book, sheet, evaluation).places(years.get(evaluation.sheet)))
    return found, printed


def _probe(sheet: Sheet, words: Vocabulary) -> Grid:
    """A copy of a sheet's Grid with a stand-in in every cell that somebody may fill in."""
    grid = sheet.grid
    headers = list(_headers(sheet))
    if not headers:
        return grid
    skipped = {row for block, header in headers for row in _label_rows(sheet, block, header)}
    tables = [(header, _total_row(sheet, header.below)) for kind, header in headers if kind == "indicators"]
    last = tables[-1][1] if tables else None
    cells = dict(grid.cells)
    for row in sheet.rows:
        if row in skipped or (last is not None and row > last):
            continue
        open_tables = [table for table, total in tables if table.below <= row <= (total or row)]
        table = open_tables[-1] if open_tables else None
        # A row of blank cells between two blocks is a gap, not a form's line; beside goals' labels nothing is filled in
        # where the line below is blank: the texts go there.
        if table is None and (_is_gap(sheet, row) or _over_blank_goals(sheet, row)):
            continue
        for box in sheet.boxes(row):
            if box.area.top == row and (box.blank or words.is_prompt(box.text)):
                text = WORD if table else NUMBER
                if table and any(row == total for _, total in tables) and _over_points(table, box):
                    text = POINTS
                cells[row, box.area.left] = _stand_in(grid, row, box.area.left, text)
    return replace(grid, cells=cells)


def _label_rows(sheet: Sheet, block: str, header: Header) -> Iterator[int]:
    """The rows of a header that hold labels: beside a tall label a blank table's only row looks like one of them."""
    yield header.row
    for row in range(header.row + 1, header.below):
        if any(box.area.top == row for box, _ in sheet.labelled(block, row)):
            yield row


def _is_gap(sheet: Sheet, row: int) -> bool:
    return not any(box.text for box in sheet.boxes(row)) and not _goal_labels(sheet, row - 1)


def _over_blank_goals(sheet: Sheet, row: int) -> bool:
    return len(_goal_labels(sheet, row)) > 1 and row < sheet.last and not sheet.filled(row + 1)


def _goal_labels(sheet: Sheet, row: int) -> list[Box]:
    return [box for box, _ in sheet.labelled("goals", row)] if row >= 1 else []


def _headers(sheet: Sheet) -> Iterator[tuple[str, Header]]:
    row = sheet.first
    while row <= sheet.last:
        block = "indicators" if is_indicator_header(sheet, row) else "budget" if is_budget_header(sheet, row) else ""
        if block == "budget" and _alternates(sheet, row):
            block = ""
        if block:
            header = read_header(sheet, block, row)
            yield block, header
            row = max(header.below, row + 1)
        else:
            row += 1


def _alternates(sheet: Sheet, row: int) -> bool:
    """Whether labels and blanks stand in turn: amounts beside their labels, which only look like a table's header."""
    rights = [sheet.right_of(box) for box, _ in sheet.labelled("budget", row) if box.area.top == row]
    return all(right is not None and right.blank and right.area.top == row for right in rights)


def _total_row(sheet: Sheet, first: int) -> int | None:
    """The row below a table that is called its total; one that opens the table has the table's rows below it."""
    return next(
        (
            row
            for row in range(first + 1, sheet.last + 1)
            if (boxes := sheet.filled(row)) and (match := sheet.match("total", boxes[0])) and match.field == "total"
        ),
        None,
    )


def _over_points(table: Header, box: Box) -> bool:
    columns = [column for name in ("weight", "score") if (column := table.column(name))]
    return any(column.left <= box.area.left <= column.right for column in columns)


def _stand_in(grid: Grid, row: int, column: int, text: str) -> Cell:
    old = grid.cell(row, column)
    value = text if text == WORD else Decimal(text)
    return Cell(row, column, text, value, "text" if text == WORD else "number", old.formula if old else None)


class _Reader:
    """Turns the reading of a filled-in probe into places of the blank form."""

    def __init__(self, book: Book, sheet: Sheet, evaluation: Evaluation) -> None:
        self.book = book
        self.sheet = sheet
        self.grid = sheet.grid
        self.evaluation = evaluation

    def places(self, year: str | None) -> FormPlaces:
        """The form's places; `year` is the one that the blank form prints."""
        found = self.evaluation
        budget = tuple(self._money(found))
        indicators = tuple(self._indicators(found.indicators))
        header = self._header(found)
        return FormPlaces(
            sheet=found.sheet,
            kind=found.form,
            title=found.title.text if found.title else found.sheet,
            year=year,
            money_unit=found.money_unit,
            header=header,
            labelled=self._labelled(found, header, indicators, budget),
            goals=self._record(found.goals),
            budget=budget,
            indicators=indicators,
            level_columns=tuple(
                sorted(
                    {
                        level.column
                        for entry in found.indicators
                        for level in (entry.level1, entry.level2)
                        if level is not None
                    }
                )
            ),
            total=self._record(found.total),
        )

    def _place(self, figure: Figure, label: str = "") -> Place:
        grid = self.book.grid(figure.sheet) or self.grid
        cell = grid.cell(figure.row, figure.column)
        return Place(
            figure.sheet,
            figure.row,
            figure.column,
            label,
            cell.text if cell else "",
            bool(cell and cell.formula),
        )

    def _record(self, record: object) -> dict[str, Place]:
        """The place of every figure in a part of the Evaluation."""
        found = {}
        for entry in fields(record):  # type: ignore[arg-type]  # always one of the model's dataclasses
            figure = getattr(record, entry.name)
            if isinstance(figure, Figure):
                found[entry.name] = self._place(figure, self._label_of(entry.name))
        return found

    def _label_of(self, name: str) -> str:
        return next((label.text for label in self.evaluation.columns if label.field == name), "")

    def _header(self, found: Evaluation) -> dict[str, Place]:
        places: dict[str, Place] = {}
        for name, place in self._record(found.unit).items():
            text = self.grid.text(place.row, place.column)
            if not (place.held and self._labels_at(place)) and (not text or self.sheet.vocabulary.is_prompt(text)):
                places[name] = place
        for label in found.columns:
            if label.block != "header" or label.field in places or label.field == "money_unit":
                continue
            box = Box(self.grid.area(label.row, label.column), self.grid.text(label.row, label.column))
            inline = self._inline(box, label.text)
            if inline is not None:
                places[label.field] = inline
                continue
            right = self.sheet.right_of(box)
            if right is not None and right.area.top == label.row and (right.blank or self._filled_in(right)):
                places[label.field] = self._at(right, label.text)
        return places

    def _filled_in(self, box: Box) -> bool:
        """Whether a box holds what a person may replace: no label of its own."""
        return not any(self.sheet.match(block, box) for block in ("header", "budget", "goals", "indicators", "total"))

    def _labels_at(self, place: Place) -> bool:
        return any((label.row, label.column) == (place.row, place.column) for label in self.evaluation.columns)

    def _at(self, box: Box, label: str) -> Place:
        cell = self.grid.cell(box.area.top, box.area.left)
        computed = bool(cell and cell.formula)
        return Place(self.grid.sheet, box.area.top, box.area.left, label, box.text, computed)

    def _inline(self, box: Box, label: str) -> Place | None:
        """The place behind a label's own colon, where the cell goes on behind it."""
        text = box.text
        pairs = list(inline_pairs(text.replace("\u3000", " ")))
        right = self.sheet.right_of(box)
        alone = len(pairs) <= 1 and (not pairs or not pairs[0][1])
        if not pairs or (alone and right is not None and right.blank and right.area.top == box.area.top):
            return None
        found = re.search(rf"{re.escape(label)}\s*[:：]", text)
        if found is None:
            return None
        rest = re.match(r"[\s_＿\u3000]*", text[found.end() :])
        end = found.end() + (rest.end() if rest else 0)
        return Place(self.grid.sheet, box.area.top, box.area.left, label, text, insert=(found.end(), end))

    def _money(self, found: Evaluation) -> Iterator[MoneyRow]:
        of_form = len(found.budget)
        for index, row in enumerate([*found.budget, *found.balance]):
            cells = {
                name: self._place(figure, self._label_of(name))
                for name in VALUE_FIELDS
                # A total that a balance sheet completes carries figures of both sheets.
                if (figure := getattr(row, name)) is not None
            }
            if index < of_form:
                cells = {name: place for name, place in cells.items() if place.sheet == found.sheet}
            if cells:
                first = next(iter(cells.values()))
                item = row.item.text if row.item else ""
                yield MoneyRow(item, row.kind == "total", first.sheet, row.row, cells)

    def _indicators(self, rows: tuple[Indicator, ...]) -> Iterator[IndicatorRow]:
        printed: list[Level | None] = [None, None]
        for row in rows:
            cells = self._record(row)
            levels: list[Level | None] = []
            for index, level in enumerate((row.level1, row.level2)):
                if level is not None and level.name != WORD:
                    if index == 0 and (printed[0] is None or level.name != printed[0].name):
                        printed[1] = None
                    printed[index] = level
                elif level is not None and printed[index] is None:
                    at = Figure("", sheet=level.sheet, row=level.row, column=level.column)
                    cells[f"level{index + 1}"] = self._place(at)
                levels.append(printed[index] if level is not None else None)
            name = cells["name"].held if "name" in cells else ""
            if self.sheet.vocabulary.is_empty_row(name):
                name = ""
            one, two = levels
            yield IndicatorRow(
                row.row,
                name,
                one.name if one else "",
                two.name if two else "",
                one.row if one else 0,
                two.row if two else 0,
                {key: place for key, place in cells.items() if key.startswith("level") or place.row == row.row},
            )

    def _labelled(
        self,
        found: Evaluation,
        header: Mapping[str, Place],
        indicators: tuple[IndicatorRow, ...],
        budget: tuple[MoneyRow, ...],
    ) -> dict[str, Place]:
        """Every label outside the tables with a cell to fill in at its right."""
        inside = {row.row for row in indicators}
        inside |= {row.row for row in budget if row.sheet == found.sheet}
        for _, table in _headers(self.sheet):
            inside |= set(range(table.row, table.below))
        known = [*header.values(), *self._record(found.total).values(), *self._record(found.goals).values()]
        taken = {(place.row, place.column) for place in known}
        places: dict[str, Place] = {}
        for row in self.sheet.rows:
            for box in self.sheet.filled(row) if row not in inside else ():
                right = self.sheet.right_of(box)
                if right is None or right.area.top != row or len(fold(box.text)) > 24 or _SENTENCE.search(box.text):
                    continue
                if right.blank or self.sheet.vocabulary.is_prompt(right.text):
                    place = self._at(right, box.text)
                    if (place.row, place.column) not in taken and not place.computed:
                        places.setdefault(core(fold(box.text).rstrip(":")), place)
        return places
