"""Changing a range as a whole: clearing, inserting, copying, filling, sorting, searching."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.number_formats import area_at, kinds, several
from xltools.live.libreoffice.protection import editable
from xltools.live.libreoffice.range_values import rectangles
from xltools.ooxml.formulas import MAX_COLUMN, MAX_ROW
from xltools.sheets.grid import Area

if TYPE_CHECKING:
    from xltools.live.libreoffice.ranges import Range

_CONTENTS = ("VALUE", "DATETIME", "STRING", "FORMULA")
_FORMATS = ("HARDATTR", "STYLES", "EDITATTR", "FORMATTED")
_STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}
_DIRECTIONS = {"d": "down", "u": "up", "r": "right", "l": "left"} | {name: name for name in _STEPS}


def _flags(*names: str) -> int:
    return sum(bridge.constant(f"sheet.CellFlags.{name}") for name in names)


@bridge.guarded
class Editing:
    """What xlwings asks a range to do with its cells."""

    model: Any
    sheet: Any
    area: Area

    def _range(self, area: Area) -> "Range":
        return type(cast("Range", self))(self.sheet, area)

    def _ranges(self, found: Any) -> "list[Range]":
        return [self._range(area) for area in sorted(area_at(address) for address in found.RangeAddresses)]

    def clear_contents(self) -> None:
        """Remove values and formulas; formats and notes stay."""
        if self.model is not None:
            editable(cast("Range", self))
            self.model.clearContents(_flags(*_CONTENTS))

    def clear_formats(self) -> None:
        """Back to the standard look, number format included.

        As in Excel merged cells are taken apart and conditional formats go; contents, notes and validation stay.
        """
        if self.model is None:
            return
        editable(cast("Range", self))
        guarded = self._validations()
        self.model.merge(False)
        cast("Range", self).conditional_formats.clear()
        self.model.clearContents(_flags(*_FORMATS))
        for areas, validation in guarded:
            several(cast("Range", self), areas).Validation = validation

    def _validations(self) -> list[tuple[list[Area], Any]]:
        """The validations of the range with their areas: they are formats to LibreOffice."""
        state = str(self.model.getPropertyState("Validation").value)
        if state == "DEFAULT_VALUE":
            return []
        if state == "DIRECT_VALUE":
            return [([self.area], self.model.Validation)]
        alike = self.model.getUniqueCellFormatRanges()
        parts = [alike.getByIndex(index) for index in range(alike.Count)]
        return [
            ([area_at(address) for address in part.RangeAddresses], part.Validation)
            for part in parts
            if str(part.getPropertyState("Validation").value) == "DIRECT_VALUE"
        ]

    def clear(self) -> None:
        """Remove contents, formats, notes and validation, and take merged cells apart."""
        if self.model is not None:
            editable(cast("Range", self))
            self.model.merge(False)
            cast("Range", self).conditional_formats.clear()
            self.model.clearContents(_flags(*_CONTENTS, *_FORMATS, "ANNOTATION"))
            self.model.setPropertyToDefault("Validation")

    def end(self, direction: str) -> "Range":
        """Where Ctrl with an arrow key leads from the first cell: the end of a block, or the next one."""
        down, right = _STEPS[_DIRECTIONS[direction]]
        filled = self._filled(down, right)
        if len(filled) > 1 and filled[0] and filled[1]:
            steps = next((index for index, full in enumerate(filled) if not full), len(filled)) - 1
        else:
            steps = next((index for index, full in enumerate(filled) if index and full), -1)
        row, column = self.area.top, self.area.left
        if steps < 0:
            row = (MAX_ROW if down > 0 else 1) if down else row
            column = (MAX_COLUMN if right > 0 else 1) if right else column
        else:
            row, column = row + down * steps, column + right * steps
        return self._range(Area(row, column, row, column))

    def _filled(self, down: int, right: int) -> list[bool]:
        """Whether the cells hold something, from the first cell on in a direction, as far as the sheet is used."""
        cursor = self.sheet.model.createCursor()
        cursor.gotoEndOfUsedArea(False)
        used = cursor.RangeAddress
        row, column = self.area.top - 1, self.area.left - 1
        last_row = max(row, used.EndRow) if down > 0 else 0 if down else row
        last_column = max(column, used.EndColumn) if right > 0 else 0 if right else column
        line = self.sheet.model.getCellRangeByPosition(
            min(column, last_column), min(row, last_row), max(column, last_column), max(row, last_row)
        )
        texts = [text != "" for texts in line.getFormulaArray() for text in texts]
        return texts[::-1] if min(down, right) < 0 else texts

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert cells; those that are there move `down` or `right`. Formats come from above or the left."""
        editable(cast("Range", self))
        if copy_origin == "format_from_right_or_below":
            raise bridge.not_available(f"Range.insert, {copy_origin}")
        rows, columns = self._whole_lines()
        mode = "ROWS" if rows else "COLUMNS" if columns else {"down": "DOWN", "right": "RIGHT", None: "DOWN"}[shift]
        self.sheet.model.insertCells(self.model.RangeAddress, bridge.enum("sheet.CellInsertMode", mode))

    def delete(self, shift: str | None = None) -> None:
        """Delete the cells; others move `up` or `left`, by default up where the range is wider than high."""
        editable(cast("Range", self))
        rows, columns = self._whole_lines()
        if shift is None:
            wide = self.area.right - self.area.left >= self.area.bottom - self.area.top
            shift = "up" if wide else "left"
        mode = "ROWS" if rows else "COLUMNS" if columns else shift.upper()
        self.sheet.model.removeRange(self.model.RangeAddress, bridge.enum("sheet.CellDeleteMode", mode))

    def _whole_lines(self) -> tuple[bool, bool]:
        """Whether the range is whole rows, and whether whole columns."""
        return (
            self.area.left == 1 and self.area.right == MAX_COLUMN,
            self.area.top == 1 and self.area.bottom == MAX_ROW,
        )

    def copy(self, destination: Any = None) -> None:
        """Copy everything to a place in the same workbook."""
        if destination is None:
            raise bridge.not_available("Range.copy to the clipboard (without a destination)")
        target = _impl(destination)
        if target.sheet.book.model != self.sheet.book.model:
            raise bridge.not_available("Range.copy to another workbook")
        target.sheet.model.copyRange(_first(target), self.model.RangeAddress)

    def move(self, destination: Any) -> None:
        """Move the cells; formulas that refer to them follow."""
        target = _impl(destination)
        target.sheet.model.moveRange(_first(target), self.model.RangeAddress)

    def copy_from(
        self, source_range: Any, copy_type: str = "all", skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Copy another range here: `all`, `values` or `formulas`."""
        source: Range = _impl(source_range)
        if copy_type == "all" and not (skip_blanks or transpose):
            source.copy(cast("Range", self))
            return
        if copy_type not in ("values", "formulas"):
            raise bridge.not_available(f"Range.copy_from, {copy_type}")
        found = source.raw_value if copy_type == "values" else source.formula
        rows = [list(row) for row in found] if len(source) > 1 else [[found]]
        if copy_type == "formulas" and len(source) >= 1:
            from xltools.ooxml.formulas import translate

            down, right = self.area.top - source.area.top, self.area.left - source.area.left
            rows = [[translate(text, down, right) if text.startswith("=") else text for text in row] for row in rows]
        if transpose:
            rows = [list(column) for column in zip(*rows, strict=True)]
        area = Area(self.area.top, self.area.left, self.area.top + len(rows) - 1, self.area.left + len(rows[0]) - 1)
        target = self._range(area)
        if skip_blanks:
            there = target.formula
            old = there if len(target) > 1 else [[there]]
            rows = [
                [was if value in (None, "") else value for value, was in zip(new, kept, strict=True)]
                for new, kept in zip(rows, old, strict=True)
            ]
        target.raw_value = rows

    def paste(self, **_: Any) -> None:
        """Not on LibreOffice."""
        raise bridge.not_available("Range.paste (use copy with a destination, or copy_from)")

    def autofill(self, destination: Any, type_: str = "fill_default") -> None:
        """Continue the cells over a range that includes them."""
        editable(cast("Range", self))
        area: Area = _impl(destination).area
        own = self.area
        direction, count = (
            ("TO_BOTTOM", own.bottom - own.top + 1)
            if area.bottom > own.bottom
            else ("TO_RIGHT", own.right - own.left + 1)
            if area.right > own.right
            else ("TO_TOP", own.bottom - own.top + 1)
            if area.top < own.top
            else ("TO_LEFT", own.right - own.left + 1)
        )
        towards = bridge.enum("sheet.FillDirection", direction)
        model = self._range(area).model
        if type_ in ("fill_default", "fill_series"):
            model.fillAuto(towards, count)
            return
        mode = {"fill_copy": "SIMPLE", "growth_trend": "GROWTH", "linear_trend": "LINEAR"}.get(type_)
        date = {"fill_days": "DAY", "fill_weekdays": "WEEKDAY", "fill_months": "MONTH", "fill_years": "YEAR"}.get(type_)
        if mode is None and date is None:
            raise bridge.not_available(f"Range.autofill, {type_}")
        model.fillSeries(
            towards,
            bridge.enum("sheet.FillMode", mode or "DATE"),
            bridge.enum("sheet.FillDateMode", f"FILL_DATE_{date or 'DAY'}"),
            1.0,
            1e307,
        )

    def sort(self, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
        """Sort the rows by columns (from 1), formats with them."""
        editable(cast("Range", self))
        fields = tuple(
            bridge.struct("table.TableSortField", Field=key - 1, IsAscending=upwards, IsCaseSensitive=False)
            for key, upwards in zip(keys, ascending, strict=True)
        )
        sequence = bridge.uno().Any("[]com.sun.star.table.TableSortField", fields)
        self.model.sort(bridge.properties(SortFields=sequence, ContainsHeader=has_headers, IsSortColumns=False))

    def remove_duplicates(self, columns: Sequence[int], has_headers: bool) -> None:
        """Remove rows that repeat an earlier one in these columns (from 1), letters' case aside; the rest moves up."""
        own = cast("Range", self)
        values, formulas = own.raw_value, own.formula
        if len(own) == 1:
            return
        seen: set[tuple[Any, ...]] = set()
        kept: list[Sequence[str]] = []
        for index, row in enumerate(values):
            key = tuple(
                value.casefold() if isinstance(value, str) else value for value in (row[c - 1] for c in columns)
            )
            if (has_headers and index == 0) or key not in seen:
                kept.append(formulas[index])
                seen.add(key)
        blank = [[""] * own.shape[1]] * (own.shape[0] - len(kept))
        own.raw_value = [list(row) for row in kept] + blank

    def find(self, text: str, whole: bool, direction: str, order: str, match_case: bool) -> "Range | None":
        """The first or last cell that shows the text; `*` and `?` stand for anything, as in Excel."""
        search = self.model.createSearchDescriptor()
        search.SearchString = text
        search.SearchType = 1
        search.SearchWildcard = True
        search.SearchWords = whole
        search.SearchCaseSensitive = match_case
        found = self.model.findAll(search)
        if found is None:
            return None
        areas = [area_at(address) for address in found.RangeAddresses]
        places = [
            (row, column)
            for area in areas
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        ]
        pick = min if direction == "forward" else max
        row, column = pick(places, key=lambda place: place if order == "rows" else place[::-1])
        return self._range(Area(row, column, row, column))

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        """Replace text in contents and formulas (as LibreOffice spells them)."""
        editable(cast("Range", self))
        replacing = self.model.createReplaceDescriptor()
        replacing.SearchString = old
        replacing.ReplaceString = new
        replacing.SearchType = 0
        replacing.SearchWildcard = True
        replacing.SearchWords = whole
        replacing.SearchCaseSensitive = match_case
        self.model.replaceAll(replacing)

    def get_special_cells(self, cell_type: str, value_type: str | None) -> "list[Range]":
        """Areas of `blanks`, `constants`, `formulas` or `visible` cells, by the type of what they hold."""
        if cell_type == "visible":
            return self._ranges(self.model.queryVisibleCells())
        if cell_type == "blanks":
            cursor = self.sheet.model.createCursor()
            cursor.gotoEndOfUsedArea(False)
            used = cursor.RangeAddress
            used.StartRow = used.StartColumn = 0
            return self._ranges(self.model.queryEmptyCells().queryIntersection(used))
        flags, results = {
            None: (("VALUE", "DATETIME", "STRING"), ("VALUE", "STRING", "ERROR")),
            "numbers": (("VALUE", "DATETIME"), ("VALUE",)),
            "logical": (("VALUE",), ("VALUE",)),
            "text": (("STRING",), ("STRING",)),
            "errors": ((), ("ERROR",)),
        }[value_type]
        if cell_type == "constants":
            if not flags:
                return []
            found = self.model.queryContentCells(_flags(*flags))
        else:
            found = self.model.queryFormulaCells(
                sum(bridge.constant(f"sheet.FormulaResult.{name}") for name in results)
            )
        if value_type not in ("numbers", "logical"):
            return self._ranges(found)
        logical = {
            place
            for kind, areas in kinds(cast("Range", self))
            if kind.logical
            for area in areas
            for place in _places(area)
        }
        places = {place for address in found.RangeAddresses for place in _places(area_at(address))}
        wanted = places & logical if value_type == "logical" else places - logical
        return [self._range(area) for area in sorted(rectangles(wanted))]


def _places(area: Area) -> Iterable[tuple[int, int]]:
    return ((row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1))


def _impl(cells: Any) -> Any:
    """This engine's range of a range that xlwings hands over in its own or in the engine's form."""
    return getattr(cells, "impl", cells)


def _first(cells: Any) -> Any:
    return cells.model.getCellByPosition(0, 0).CellAddress
