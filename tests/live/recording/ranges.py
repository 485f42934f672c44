"""Ranges of the recording engine: what they hold and how they look, mixed answers as Excel gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from tests.live.recording.entering import EPOCH, enter, formula_text
from tests.live.recording.guards import DataValidation
from tests.live.recording.log import recorded
from tests.live.recording.looks import Borders, ConditionalFormats, Font
from tests.live.recording.model import ERROR_CODES, CellState, cells_of, rgb, shown, size
from tests.live.recording.notes import Note
from xltools.live.dividing import common
from xltools.ooxml.formulas import translate
from xltools.sheets.grid import Area, address
from xltools.sheets.numberformats import number_format

if TYPE_CHECKING:
    from tests.live.recording.engine import Sheet


LARGE = 100_000


class ProtectedError(XlwingsError):
    """A protected sheet refuses a change."""


class Range(base_classes.Range):
    options: dict[str, Any]

    def __init__(self, sheet: Sheet, area: Area) -> None:
        self.sheet = sheet
        self.area = area
        self.log = sheet.log
        self.state = sheet.state

    @property
    def place(self) -> str:
        return f"{self.state.name}!{shown(self.area)}"

    @property
    def api(self) -> Range:
        return self

    # Where it is

    @property
    def coords(self) -> tuple[Any, ...]:
        return (self.sheet, self.row, self.column, *self.shape)

    @property
    def row(self) -> int:
        return self.area.top

    @property
    def column(self) -> int:
        return self.area.left

    @property
    def shape(self) -> tuple[int, int]:
        return self.area.bottom - self.area.top + 1, self.area.right - self.area.left + 1

    def __len__(self) -> int:
        return size(self.area)

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        def corner(row: int, column: int) -> str:
            letters = address(row, column).rstrip("0123456789")
            return f"{'$' if column_absolute else ''}{letters}{'$' if row_absolute else ''}{row}"

        first, last = corner(self.area.top, self.area.left), corner(self.area.bottom, self.area.right)
        text = first if first == last else f"{first}:{last}"
        return f"[{self.sheet.book.name}]{self.state.name}!{text}" if external else text

    def __call__(self, first: int, second: int | None = None) -> Range:
        if second is None:
            row, column = divmod(first - 1, self.shape[1])
        else:
            row, column = first - 1, second - 1
        place = self.area.top + row, self.area.left + column
        return Range(self.sheet, Area(*place, *place))

    def _states(self) -> list[CellState]:
        """The cells; of a large area those that the sheet has kept, and a plain one for all others."""
        if size(self.area) <= LARGE:
            return [self.state.seen(*place) for place in cells_of(self.area)]
        return [CellState(), *(cell for place, cell in self.state.cells.items() if self.area.covers(*place))]

    def _changed(self, looks: bool = True) -> list[CellState]:
        """The cells, to be changed; raises ProtectedError where that is refused."""
        if self.state.protected and (
            looks or any(self.state.seen(*place).look.locked for place in cells_of(self.area))
        ):
            raise ProtectedError(f"{self.place} is protected")
        return [self.state.cell(*place) for place in cells_of(self.area)]

    def _common(self, get: Callable[[CellState], Any], mixed: Any = None) -> Any:
        found = [get(cell) for cell in self._states()]
        return found[0] if all(value == found[0] for value in found) else mixed

    # What it holds

    @property
    def raw_value(self) -> Any:
        rows = tuple(
            tuple(self._value(row, column) for column in range(self.area.left, self.area.right + 1))
            for row in range(self.area.top, self.area.bottom + 1)
        )
        return rows[0][0] if size(self.area) == 1 else rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        cells = self._changed(looks=False)
        for place, cell, value in zip(cells_of(self.area), cells, self._flat(data), strict=True):
            merge = self.state.merge(*place)
            if merge is None or merge[:2] == place:
                enter(cell, value)

    formula2 = property(lambda self: self.formula)

    @property
    def formula(self) -> Any:
        rows = tuple(
            tuple(formula_text(self.state.seen(row, column)) for column in range(self.area.left, self.area.right + 1))
            for row in range(self.area.top, self.area.bottom + 1)
        )
        return rows[0][0] if size(self.area) == 1 else rows

    @formula.setter
    def formula(self, data: Any) -> None:
        cells = self._changed(looks=False)
        for (row, column), cell, value in zip(cells_of(self.area), cells, self._flat(data), strict=True):
            # One formula for many cells moves along with them.
            moved = isinstance(data, str) and data.startswith("=")
            enter(cell, translate(value, row - self.area.top, column - self.area.left) if moved else value)

    def _flat(self, data: Any) -> list[Any]:
        if not isinstance(data, list | tuple):
            return [data] * size(self.area)
        rows = data if data and isinstance(data[0], list | tuple) else [data]
        if (len(rows), len(rows[0])) != self.shape:
            raise XlwingsError(f"{len(rows)} x {len(rows[0])} values for {self.place}")
        return [value for row in rows for value in row]

    def _value(self, row: int, column: int) -> Any:
        cell = self.state.seen(row, column)
        if cell.error:
            return ERROR_CODES.get(str(cell.value), -2146826243)
        if isinstance(cell.value, float) and number_format(cell.look.number_format).is_date and cell.value >= 0:
            # Automation's day counts 1904 in, serial numbers do not.
            start = dt.datetime(1904, 1, 1) if self.sheet.book.state.date1904 else EPOCH
            return start + dt.timedelta(milliseconds=round(cell.value * 86_400_000))
        return cell.value

    @property
    def has_array(self) -> Any:
        return self._common(lambda cell: cell.array is not None)

    @property
    def formula_array(self) -> Any:
        return self._common(lambda cell: cell.formula if cell.array else None)

    @formula_array.setter
    def formula_array(self, formula: str) -> None:
        for cell in self._changed(looks=False):
            cell.formula, cell.value, cell.error, cell.array = formula, None, False, self.area

    def clear_contents(self) -> None:
        for cell in self._changed(looks=False):
            cell.value, cell.formula, cell.error, cell.array = None, None, False, None

    def clear_formats(self) -> None:
        for cell in self._changed():
            cell.look = CellState().look

    def clear(self) -> None:
        self._changed()
        for place in cells_of(self.area):
            self.state.cells.pop(place, None)
        self.state.merges = [area for area in self.state.merges if not common(area, self.area)]

    # How it looks

    @property
    def font(self) -> Font:
        return Font(self)

    @property
    def borders(self) -> Borders:
        return Borders(self)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        return ConditionalFormats(self)

    @property
    def data_validation(self) -> DataValidation:
        return DataValidation(self)

    @property
    def color(self) -> Any:
        # Interior.Color is 0 where the cells differ: black, not None.
        return self._common(lambda cell: cell.look.color, mixed=(0, 0, 0))

    @color.setter
    def color(self, value: Any) -> None:
        self._look("color", rgb(value))

    def _look(self, name: str, value: Any) -> None:
        for cell in self._changed():
            setattr(cell.look, name, value)

    # Sizes

    @property
    def column_width(self) -> Any:
        return _alike([self.state.widths.get(column, 8.43) for column in range(self.area.left, self.area.right + 1)])

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.state.widths.update(dict.fromkeys(range(self.area.left, self.area.right + 1), value))

    @property
    def row_height(self) -> Any:
        return _alike([self.state.heights.get(row, 15.0) for row in range(self.area.top, self.area.bottom + 1)])

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.state.heights.update(dict.fromkeys(range(self.area.top, self.area.bottom + 1), value))

    def autofit(self, axis: str | None = None) -> None:
        pass

    @property
    def row_hidden(self) -> Any:
        return _alike([row in self.state.hidden_rows for row in range(self.area.top, self.area.bottom + 1)])

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        change = set.update if value else set.difference_update
        change(self.state.hidden_rows, range(self.area.top, self.area.bottom + 1))

    @property
    def column_hidden(self) -> Any:
        return _alike([column in self.state.hidden_columns for column in range(self.area.left, self.area.right + 1)])

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        columns = set(range(self.area.left, self.area.right + 1))
        self.state.hidden_columns = (
            self.state.hidden_columns | columns if value else self.state.hidden_columns - columns
        )

    # Merged cells

    @property
    def merge_cells(self) -> bool | None:
        met = [(area, both) for area in self.state.merges if (both := common(area, self.area))]
        if not met:
            return False
        return True if sum(size(both) for _, both in met) == size(self.area) else None

    @property
    def merge_area(self) -> Range:
        return Range(self.sheet, self.state.merge(self.row, self.column) or self.area)

    def merge(self, across: bool) -> None:
        self._changed()
        rows = range(self.area.top, self.area.bottom + 1) if across else [self.area.top]
        areas = [self.area._replace(top=row, bottom=row) for row in rows] if across else [self.area]
        for area in areas:
            self.state.merges = [known for known in self.state.merges if not common(known, area)]
            self.state.merges.append(area)
            for place in list(cells_of(area))[1:]:
                cell = self.state.cell(*place)
                cell.value, cell.formula = None, None

    def unmerge(self) -> None:
        self.state.merges = [area for area in self.state.merges if not common(area, self.area)]

    # Notes and links

    @property
    def note(self) -> Note | None:
        return Note(self) if self.state.seen(self.row, self.column).note is not None else None

    def add_note(self, text: str) -> Note:
        cell = self._changed()[0]
        if cell.note is not None:
            raise XlwingsError(f"{self.place} has a note already")
        cell.note = text
        return Note(self)

    @property
    def comment(self) -> str | None:
        return self.state.seen(self.row, self.column).thread

    def add_hyperlink(self, address: str, text_to_display: Any = None, screen_tip: Any = None) -> None:
        cell = self._changed()[0]
        cell.hyperlink, cell.value = address, text_to_display

    @property
    def hyperlink(self) -> str:
        link = self.state.seen(self.row, self.column).hyperlink
        if link is None:
            raise XlwingsError("The cell doesn't seem to contain a hyperlink!")
        return link

    def select(self) -> None:
        if self.sheet.book.state.active != self.sheet.index - 1:
            raise XlwingsError("only cells of the active sheet can be selected")
        self.sheet.book.state.selection = self.area


def _look_property(name: str) -> property:
    def get(self: Range) -> Any:
        return self._common(lambda cell: getattr(cell.look, name))

    def put(self: Range, value: Any) -> None:
        self._look(name, value)

    return property(get, put)


for _name in ("number_format", "wrap_text", "horizontal_alignment", "vertical_alignment"):
    setattr(Range, _name, _look_property(_name))
Range.Locked = _look_property("locked")  # type: ignore[attr-defined]
recorded(Range)


def _alike(values: list[Any]) -> Any:
    return values[0] if all(value == values[0] for value in values) else None
