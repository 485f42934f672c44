"""The indicator table: one Indicator a row, its levels, its total row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal

from xltools.evaluation import Indicator, Label, Level, Prompt, Total
from xltools.figures import Figure, fold, is_blank
from xltools.forms.layout import Box, Sheet, one_line, split_marks
from xltools.forms.tables import NAMES, Column, Header, cell_in, is_budget_header, is_indicator_header, read_header
from xltools.forms.vocabulary import points

LINES_BEFORE_TOTAL = 4
"""How many lines of remarks may stand between the indicators and the total row."""

FIELDS = tuple(
    entry.name
    for entry in fields(Indicator)
    if entry.name not in ("name", "level1", "level2", "covered", "fields", "detail", "row")
)
_FIGURES = frozenset({"target", "target_adjusted", "actual", "coefficient", "weight", "score", "score_rate"})
_SPREADS = frozenset({"nature", "unit"})
"""Fields whose merged cell holds for every row it covers; a figure counts once, in the first one."""
_LEVEL_POINTS = re.compile(
    r"[(（\[【]?\s*(?:权重|分值|满分)?[:：]?\s*\d+(?:\.\d+)?\s*(?:分|%|％)\s*[)）\]】]?$|[(（]\s*\d+(?:\.\d+)?\s*[)）]$"
)
_NAME_POINTS = re.compile(r"[(（\[【]\s*(\d+(?:\.\d+)?)\s*分\s*[)）\]】]\s*$")
_NONE = frozenset({"无", "不涉及", "不适用"})
_DETAIL = re.compile(r"^(?:其中|#其中)")
_GRADE = re.compile(r"^(?:优秀?|良好?|中等?|一般|合格|不合格|较差|差|及格|不及格)$")


@dataclass
class IndicatorTable:
    """What an indicator table yields; `end` is the first row that no longer belongs to it."""

    end: int
    indicators: list[Indicator] = field(default_factory=list)
    total: Total = field(default_factory=Total)
    labels: list[Label] = field(default_factory=list)
    unknown: list[Label] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    points: Decimal | None = None
    total_row: int | None = None


class _Reader:
    """Reads the rows below one indicator header."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.sheet = sheet
        self.header = header
        self.columns = {column.field: column for column in header.columns}
        self.name = self._name_column()
        self.levels = self._level_columns()
        self.level_weights = self._level_weights(header.columns)
        self.fields = frozenset(self.columns) & frozenset(FIELDS)

    def _name_column(self) -> Column:
        """The column of the names; a form without 三级指标 names its indicators by the lowest level it has."""
        return next(self.columns[key] for key in ("name", "level2", "level1") if key in self.columns)

    def _level_columns(self) -> list[Column | None]:
        """The columns of 一级 and 二级指标; where the form labels neither, what stands left of the name."""
        one, two = self.columns.get("level1"), self.columns.get("level2")
        one, two = (None if column is self.name else column for column in (one, two))
        if one is None:
            stub = self.header.stub
            left = stub.area.right + 1 if stub else 1
            end = two.left if two else self.name.left
            numbering = [
                box
                for box in self.sheet.boxes(self.header.below - 1)
                if box.area.right < end
                and (match := self.sheet.match("indicators", box)) is not None
                and match.field == "ignore"
            ]
            left = max([left, *(box.area.right + 1 for box in numbering)])
            if left < end and self.name.field == "name":
                one = Column("level1", left, end - 1, self.name.box, self.name.match)
        return [one, two]

    def _level_weights(self, columns: Sequence[Column]) -> dict[int, Column]:
        """Weight columns of the levels themselves (`一级指标 | 权重 | 二级指标 | 权重`), by level."""
        found: dict[int, Column] = {}
        for box in self.sheet.boxes(self.header.below - 1):
            match = self.sheet.match("indicators", box)
            if match is None or match.field != "weight" or box.area.left >= self.name.left:
                continue
            column = Column("weight", box.area.left, box.area.right, box, match)
            owners = [(level, c) for level, c in enumerate(self.levels) if c and c.right < column.left]
            if owners:
                found[max(owners, key=lambda pair: pair[1].left)[0]] = column
        return found

    def figure(self, row: int, column: Column) -> tuple[Figure | None, bool]:
        """What a row shows under a column, and whether it is merged down from an earlier row."""
        box = cell_in(self.sheet, row, column)
        if box is None:
            return None, False
        figure = self.sheet.text_figure(box)
        return figure, box.area.top < row

    def level(self, row: int, index: int, previous: Level | None) -> Level | None:
        """The level a row belongs to: its own cell, the merged one that covers it, or by position the one above."""
        column = self.levels[index]
        if column is None:
            return None
        boxes = [
            box
            for box in self.sheet.boxes(row)
            if box.area.left <= column.right and box.area.right >= column.left and box.area.right < self.name.left
        ]
        shown = next((box for box in boxes if not is_blank(box.text)), None)
        if shown is not None:
            text = one_line(shown.text)
            name = _LEVEL_POINTS.sub("", text).strip() or text
            return Level(
                name, self._level_points(row, index, shown), self.sheet.grid.sheet, shown.area.top, shown.area.left
            )
        merged_blank = any(box.area.bottom > box.area.top for box in boxes)
        if previous is None or merged_blank:
            return None
        return Level(previous.name, previous.weight, previous.sheet, previous.row, previous.column, shown=False)

    def _level_points(self, row: int, index: int, box: Box) -> Decimal | None:
        column = self.level_weights.get(index)
        if column:
            printed = cell_in(self.sheet, box.area.top, column)
            figure = self.sheet.figure(printed) if printed else None
            return figure.exact if figure else None
        printed_points = points(box.text)
        if printed_points is None and (found := re.search(r"[(（]\s*(\d+(?:\.\d+)?)\s*[)）]$", box.text)):
            return Decimal(found.group(1))
        return printed_points

    def indicator(self, row: int, levels: tuple[Level | None, Level | None]) -> Indicator | None:
        """The indicator of a row; None where it holds neither a name nor a figure."""
        values: dict[str, Figure] = {}
        covered: dict[str, Figure] = {}
        for key in self.fields:
            figure, from_above = self.figure(row, self.columns[key])
            if figure is None:
                continue
            if from_above and key not in _SPREADS:
                covered[key] = figure
            else:
                values[key] = figure
        if "weight" not in self.columns and "score" in values and (both := split_marks(values["score"])):
            values["score"], values["weight"] = both
        name, name_above = self._name(row)
        own = any(key in values and fold(values[key].text) not in _NONE for key in _FIGURES)
        unnamed = name is None or name_above or self.sheet.vocabulary.is_empty_row(name.text)
        if unnamed and not own:
            return None
        if "weight" not in self.columns and name is not None and (found := _NAME_POINTS.search(name.text)):
            values["weight"] = Figure.of(found.group(1), sheet=name.sheet, row=name.row, column=name.column)
        detail = bool(name and _DETAIL.match(fold(name.text)) and "weight" not in values and "score" not in values)
        base = Indicator(name, *levels, covered=covered, fields=self.fields, detail=detail, row=row)
        return replace(base, **values)  # type: ignore[arg-type]  # the keys are names of Figure fields

    def _name(self, row: int) -> tuple[Figure | None, bool]:
        """The name of a row's indicator; where the name's columns hold several boxes, the last one is it."""
        boxes = [
            box
            for box in self.sheet.boxes(row)
            if self.name.left <= box.area.left and box.area.right <= self.name.right and not is_blank(box.text)
        ]
        if not boxes:
            box = cell_in(self.sheet, row, self.name)
            boxes = [box] if box and not is_blank(box.text) else []
        if not boxes:
            return None, False
        return self.sheet.text_figure(boxes[-1]), boxes[-1].area.top < row

    def crosses(self, row: int) -> bool:
        """Whether a row's box at the name runs on into the value columns: a line of text, not an indicator."""
        values = [column for column in self.header.columns if column.field in FIELDS and column.left > self.name.right]
        if not values:
            return False
        first = min(column.left for column in values)
        return any(
            box.area.left <= self.name.right and box.area.right >= first and box.area.right > self.name.right
            for box in self.sheet.boxes(row)
            if box.area.right >= self.name.left
        )


def read_indicators(sheet: Sheet, row: int) -> IndicatorTable:
    """The indicator table whose header begins in a row."""
    header = read_header(sheet, "indicators", row)
    table = IndicatorTable(header.below)
    if not any(column.field in NAMES for column in header.columns):
        return table
    reader = _Reader(sheet, header)
    table.labels = [column.label("indicators", sheet) for column in header.columns]
    table.unknown = header.unknown_labels("indicators", sheet)
    table.points = points(header.stub.text) if header.stub else None
    levels: tuple[Level | None, Level | None] = (None, None)
    current = header.below
    while current <= sheet.last:
        if is_indicator_header(sheet, current) or is_budget_header(sheet, current):
            break
        if not any(box.text and box.area.top == current for box in sheet.boxes(current)):
            current += 1
            continue
        kind = _total_kind(sheet, reader, current)
        if kind == "total":
            _take_total(sheet, reader, current, table)
            current += 1
            if not table.indicators:
                continue  # a total printed above its indicators
            break
        if kind == "subtotal":
            current += 1
            continue
        if reader.crosses(current) or _is_remark(sheet, reader, current):
            _look_for_total(sheet, reader, current, table)
            break
        levels = _next_levels(reader, current, levels)
        _collect_prompt(sheet, reader, current, table)
        indicator = reader.indicator(current, levels)
        if indicator is not None:
            table.indicators.append(indicator)
        current += 1
    table.end = current
    return table


def _next_levels(
    reader: _Reader, row: int, levels: tuple[Level | None, Level | None]
) -> tuple[Level | None, Level | None]:
    first = reader.level(row, 0, levels[0])
    same_parent = (
        first is not None and levels[0] is not None and (first.row, first.column) == (levels[0].row, levels[0].column)
    )
    second = reader.level(row, 1, levels[1] if same_parent or reader.levels[0] is None else None)
    return first, second


def _leading(sheet: Sheet, reader: _Reader, row: int) -> list[Box]:
    """The boxes that begin in a row at or left of the name, the block's own label left out."""
    return [box for box in sheet.filled(row) if box.area.left <= reader.name.right]


def _total_kind(sheet: Sheet, reader: _Reader, row: int) -> str | None:
    for box in _leading(sheet, reader, row):
        match = sheet.match("total", box)
        # A total row has no level beside it: `得分合计` in the name's own column of a level is an indicator's name.
        if match and box.area.top == row:
            level_here = any(
                other.area.top <= row
                and other.area.left < box.area.left
                and other.text
                and other != reader.header.stub
                and other.area.left >= (reader.header.stub.area.right + 1 if reader.header.stub else 1)
                for other in sheet.boxes(row)
            )
            if not level_here or match.field == "subtotal":
                return match.field
    return None


def _take_total(sheet: Sheet, reader: _Reader, row: int, table: IndicatorTable) -> None:
    table.total = _read_total(sheet, reader, row)
    table.labels.append(_total_label(sheet, row))
    table.total_row = row


def _look_for_total(sheet: Sheet, reader: _Reader, row: int, table: IndicatorTable) -> None:
    """The total row may stand below lines of remarks; it still has the columns of this table."""
    for below in range(row + 1, min(row + LINES_BEFORE_TOTAL, sheet.last) + 1):
        if is_indicator_header(sheet, below) or is_budget_header(sheet, below):
            return
        if _total_kind(sheet, reader, below) == "total":
            _take_total(sheet, reader, below, table)
            return


def _total_label(sheet: Sheet, row: int) -> Label:
    box = next(box for box in sheet.filled(row) if sheet.match("total", box))
    return Label("total", "score", one_line(box.text), sheet.grid.sheet, row, box.area.left)


def _read_total(sheet: Sheet, reader: _Reader, row: int) -> Total:
    """The total row: weight and score by their columns, the grade wherever one stands."""
    found: dict[str, Figure] = {}
    label = next(box for box in sheet.filled(row) if sheet.match("total", box))
    values = [box for box in sheet.filled(row) if box != label and not is_blank(box.text)]
    for name in ("weight", "score"):
        column = reader.columns.get(name)
        box = cell_in(sheet, row, column) if column else None
        if (
            box is not None
            and box in values
            and column
            and box.area.left >= column.left
            and (figure := sheet.figure(box))
        ):
            found[name] = figure
            values.remove(box)
    for box in list(values):
        figure = sheet.figure(box)
        if figure is None:
            continue
        if _GRADE.match(fold(box.text)):
            found.setdefault("grade", figure)
        elif figure.value is not None and "score" not in found:
            column = reader.columns.get("score")
            if column is None or "weight" in found or len(values) == 1:
                found["score"] = figure
    return Total(**found)


def _is_remark(sheet: Sheet, reader: _Reader, row: int) -> bool:
    """Whether a row opens with a label that stands below the table (存在问题, 填报人, 注)."""
    boxes = _leading(sheet, reader, row)
    stub = reader.header.stub
    if (stub and stub.area.bottom >= row) or _has_points(reader, row):
        return False
    first = boxes[0] if boxes else None
    return (
        first is not None
        and first.area.left <= reader.name.left
        and any(sheet.vocabulary.match("remarks", part) for part in (first.text, re.split(r"[:：]", first.text)[0]))
    )


def _has_points(reader: _Reader, row: int) -> bool:
    """Whether a row carries a weight or a score of its own, as no remark does."""
    for key in ("weight", "score"):
        column = reader.columns.get(key)
        figure, from_above = reader.figure(row, column) if column else (None, False)
        if figure is not None and figure.value is not None and not from_above:
            return True
    return False


def _collect_prompt(sheet: Sheet, reader: _Reader, row: int, table: IndicatorTable) -> None:
    """Notes template leftovers of a row: a numbered name with nothing behind it, an option list nobody chose from."""
    name, from_above = reader._name(row)
    if name is not None and not from_above and re.fullmatch(r"指标\d*[:：.、]?", fold(name.text)):
        table.prompts.append(Prompt(name.text, name.sheet, name.row, name.column, name.text))
    for key in ("target", "actual"):
        column = reader.columns.get(key)
        figure = reader.figure(row, column)[0] if column else None
        if figure and fold(figure.text) in sheet.vocabulary.options:
            label = f"{name.text} · {one_line(column.box.text)}" if name and column else figure.text
            table.prompts.append(Prompt(figure.text, figure.sheet, figure.row, figure.column, label))
