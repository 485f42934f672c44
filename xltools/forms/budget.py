"""The money block: budget rows from a table, or from labels and values side by side (`预算数：| 110 | 执行数：| 100`)."""

import re
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from xltools.evaluation import BudgetRow, Label
from xltools.figures import Figure, fold, is_blank, parse
from xltools.forms.layout import Box, Sheet, looks_like_number, one_line
from xltools.forms.tables import (
    AMOUNTS,
    Column,
    Header,
    cell_in,
    is_budget_header,
    is_indicator_header,
    read_header,
)
from xltools.forms.vocabulary import points

VALUE_FIELDS = tuple(
    entry.name for entry in fields(BudgetRow) if entry.name not in ("item", "kind", "depth", "group", "row")
)
_PART = re.compile(r"^#?其中")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、)](?!\d))")
_FUNDS = ("资金", "拨款", "收入", "支出", "总额", "合计", "其中", "其他", "其它", "经费", "预算", "结转", "结余", "中央", "省级", "市级", "县级", "区级", "债券", "地方", "自筹")
_INLINE = re.compile(r"^(?P<item>[^:：]{2,24})[:：]\s*(?P<amount>[-+]?[\d,]+(?:\.\d+)?)\s*(?P<unit>万元|元)?$")
_BY = re.compile(r"^按.{2,8}分[:：]?$")


@dataclass
class MoneyTable:
    """What a money block yields; `end` is the first row that no longer belongs to it."""

    end: int
    rows: list[BudgetRow] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def read_budget(sheet: Sheet, row: int, group: int) -> MoneyTable:
    """The money table whose header begins in a row."""
    header = read_header(sheet, "budget", row)
    columns = [column for column in header.columns if column.field in VALUE_FIELDS]
    columns += _total_column(header)
    table = MoneyTable(header.below)
    table.labels = [column.label("budget", sheet) for column in columns]
    # A block label beside the header may be no taller than it: the texts of both tell the money unit and the points.
    table.texts = [box.text for box in sheet.boxes(row) if box.text]
    first = min(column.left for column in columns)
    limit = _limit(sheet, header)
    depths = _Depths()
    current = header.below
    while current <= sheet.last and current <= limit:
        if current > header.below - 1 and (is_budget_header(sheet, current) or is_indicator_header(sheet, current)):
            break
        item = _item(sheet, header, current, first)
        values = _values(sheet, columns, current)
        if not _belongs(sheet, header, current, item, values, limit):
            break
        if item is not None and _BY.match(fold(item.text)):
            break
        if item is not None or values:
            kind, depth = depths.place(sheet, item, bool(table.rows))
            table.rows.append(
                BudgetRow(item=item, kind=kind, depth=depth, group=group, row=current, **values)
            )
        current += 1
    table.rows = _settle(sheet, table.rows)
    table.end = current
    split_end = _read_splits(sheet, header, table, current, limit, group)
    table.end = max(table.end, split_end)
    return table


def _settle(sheet: Sheet, rows: list[BudgetRow]) -> list[BudgetRow]:
    """The first row counts as the total only where no later one is called so."""
    named = [row for row in rows if row.item is not None and sheet.vocabulary.match("funds", row.item.text)]
    if not rows or not named or rows[0] in named or rows[0].item is None or rows[0].kind == "part":
        return rows
    return [replace(rows[0], kind="part", depth=1), *rows[1:]]


def _total_column(header: Header) -> list[Column]:
    """The 合计 column of a form whose columns are sources of funds: it holds the budget where no other column does."""
    total = header.column("total_column")
    if total is None or header.column("adjusted") or header.column("initial"):
        return []
    return [replace(total, field="adjusted")]


def _limit(sheet: Sheet, header: Header) -> int:
    """The last row that can belong to the table: where the block's label ends, else the end of the sheet."""
    if header.stub and header.stub.area.bottom >= header.below:
        return header.stub.area.bottom
    return sheet.last


class _Depths:
    """Tells totals from parts, and parts from the parts of parts."""

    def __init__(self) -> None:
        self.nested = False
        self.numbered = False

    def place(self, sheet: Sheet, item: Figure | None, below_others: bool) -> tuple[Literal["total", "part"], int]:
        text = fold(item.text) if item else ""
        bare = _NUMBERED.sub("", text)
        if item is None:
            return ("part", 1) if below_others else ("total", 0)
        part = bool(_PART.match(bare))
        if not part and sheet.vocabulary.match("funds", bare):
            self.nested = False
            return "total", 0
        if not below_others and not part:
            return "total", 0
        if _NUMBERED.match(text):
            self.nested = False
            self.numbered = True
            return "part", 1
        if part and self.numbered:
            self.nested = True
        return "part", 2 if self.nested else 1


def _item(sheet: Sheet, header: Header, row: int, first: int) -> Figure | None:
    """The row's own label: the last text left of the amounts that begins in the row, the block's label left out."""
    stub = header.stub
    boxes = [
        box
        for box in sheet.boxes(row)
        if box.area.right < first
        and box.area.top == row
        and not is_blank(box.text)
        and not (stub and box.area == stub.area)
    ]
    if not boxes:
        return None
    figure = sheet.text_figure(boxes[-1])
    if figure is None:
        return None
    return replace(figure, text=figure.text.rstrip(":：").strip() or figure.text)


def _values(sheet: Sheet, columns: list[Column], row: int) -> dict[str, Figure]:
    found = {}
    for column in columns:
        box = cell_in(sheet, row, column)
        if box is None or (box.area.top < row):
            continue
        figure = sheet.text_figure(box) if column.field == "note" else sheet.figure(box)
        if figure is not None:
            found[column.field] = figure
    return found


def _belongs(
    sheet: Sheet, header: Header, row: int, item: Figure | None, values: dict[str, Figure], limit: int
) -> bool:
    """Whether a row still is one of the money table."""
    if limit < sheet.last or (header.stub and header.stub.area.bottom >= row):
        return True
    amounts = [figure for name, figure in values.items() if name != "note"]
    if any(figure.value is None and len(figure.text) > 12 for figure in amounts):
        return False
    if item is None:
        return row == header.below and not any(sheet.match("goals", box) for box in sheet.filled(row)) and (
            any(figure.value is not None for figure in amounts) or not sheet.filled(row)
        )
    name = fold(item.text)
    if sheet.vocabulary.match("goals", item.text) or sheet.vocabulary.match("remarks", item.text):
        return False
    known = any(word in name for word in _FUNDS) or sheet.vocabulary.match("funds", item.text) is not None
    header_label = sheet.vocabulary.match("header", item.text)
    if header_label and not sheet.vocabulary.match("funds", item.text):
        return known and any(figure.value is not None for figure in amounts)
    return known or any(figure.value is not None for figure in amounts)


def _read_splits(sheet: Sheet, header: Header, table: MoneyTable, row: int, limit: int, group: int) -> int:
    """Splits of the total printed below it as `按收入性质分` beside `按支出性质分`, each part with its amount behind a colon
    or in the next cell.
    """
    heads = [box for box in sheet.filled(row) if _BY.match(fold(box.text))] if row <= sheet.last else []
    if not heads:
        return row
    current = row + 1
    found: dict[int, list[BudgetRow]] = {index: [] for index in range(len(heads))}
    while current <= min(limit, sheet.last):
        boxes = [box for box in sheet.filled(current) if not (header.stub and box.area == header.stub.area)]
        if not boxes or is_indicator_header(sheet, current) or any(sheet.match("goals", box) for box in boxes):
            break
        for index, head in enumerate(heads):
            right = heads[index + 1].area.left - 1 if index + 1 < len(heads) else sheet.width
            inside = [box for box in boxes if head.area.left <= box.area.left <= right]
            part = _split_part(sheet, inside)
            if part is not None:
                found[index].append(replace(part, group=group + index + 1, row=current))
        current += 1
    column = _column_of_sum(table.rows, [row for rows in found.values() for row in rows], found)
    for index in range(len(heads)):
        table.rows.extend(_move(row, column) for row in found[index])
    return current


def _split_part(sheet: Sheet, boxes: list[Box]) -> BudgetRow | None:
    if not boxes:
        return None
    label = boxes[0]
    text = one_line(label.text)
    inline = _INLINE.match(text)
    item = sheet.text_figure(label)
    if item is None or looks_like_number(text):
        return None
    if inline:
        amount = Figure.of(inline["amount"] + (inline["unit"] or ""), sheet=item.sheet, row=item.row, column=item.column)
        return BudgetRow(item=replace(item, text=inline["item"].strip()), kind="part", adjusted=amount, depth=1)
    value = next((box for box in boxes[1:] if looks_like_number(box.text)), None)
    return BudgetRow(
        item=replace(item, text=text.rstrip(":：").strip()),
        kind="part",
        adjusted=sheet.figure(value) if value else None,
        depth=1,
    )


def _column_of_sum(rows: list[BudgetRow], parts: list[BudgetRow], split: dict[int, list[BudgetRow]]) -> str:
    """Which column's total the parts of a split belong to: the one that a split adds up to, else the budget of the year."""
    total = next((row for row in rows if row.kind == "total"), None)
    for name in ("adjusted", "executed", "initial"):
        figure = getattr(total, name) if total else None
        if figure is None or figure.exact is None:
            continue
        for group in split.values():
            amounts = [row.adjusted.exact for row in group if row.adjusted and row.adjusted.exact is not None]
            if amounts and sum(amounts) == figure.exact:
                return name
    return "adjusted"


def _move(row: BudgetRow, column: str) -> BudgetRow:
    if column == "adjusted" or row.adjusted is None:
        return row
    return replace(row, adjusted=None, **{column: row.adjusted})


def read_pairs(sheet: Sheet, row: int, group: int) -> MoneyTable | None:
    """Money printed as label and value side by side, from this row on; None where the row holds no such pair."""
    pairs = _pairs(sheet, row)
    if not pairs:
        return None
    table = MoneyTable(row + 1)
    table.texts = [box.text for box in sheet.boxes(row) if box.text]
    values: dict[str, Figure] = {}
    for name, label, figure in pairs:
        if figure is not None:
            values.setdefault(name, figure)
        table.labels.append(
            Label("budget", name, one_line(label.text), sheet.grid.sheet, row, label.area.left, 1.0, points(label.text))
        )
    table.rows.append(BudgetRow(kind="total", group=group, row=row, **values))
    amounts = [(name, label) for name, label, _ in pairs if name in AMOUNTS and name != "rate"]
    current = row + 1
    while current <= sheet.last and len(amounts) >= 1:
        part = _pair_part(sheet, current, amounts)
        if part is None:
            break
        table.rows.append(replace(part, group=group, row=current))
        current += 1
    table.end = current
    return table


def _pairs(sheet: Sheet, row: int) -> list[tuple[str, Box, Figure | None]]:
    found: list[tuple[str, Box, Figure | None]] = []
    boxes = sheet.boxes(row)
    for index, box in enumerate(boxes):
        if not box.text or box.area.top != row:
            continue
        match = sheet.match("budget", box)
        if match and match.confidence == 1.0 and match.field in VALUE_FIELDS and match.field != "note":
            right = boxes[index + 1] if index + 1 < len(boxes) else None
            if right is not None and (is_blank(right.text) or looks_like_number(right.text)):
                found.append((match.field, box, sheet.figure(right)))
                continue
        inline = _INLINE.match(one_line(box.text))
        if inline:
            match = sheet.vocabulary.match("budget", inline["item"])
            if match and match.confidence == 1.0 and match.field in AMOUNTS:
                text = inline["amount"] + (inline["unit"] or "")
                figure = Figure.of(text, sheet=sheet.grid.sheet, row=row, column=box.area.left)
                found.append((match.field, box, figure))
    names = {name for name, _, figure in found if figure is not None}
    return found if names & {"initial", "adjusted", "executed"} else []


def _pair_part(sheet: Sheet, row: int, amounts: list[tuple[str, Box]]) -> BudgetRow | None:
    item: Figure | None = None
    values: dict[str, Figure] = {}
    for name, label in amounts:
        box = next((box for box in sheet.filled(row) if box.area.left == label.area.left), None)
        if box is None:
            continue
        text = one_line(box.text)
        inline = _INLINE.match(text)
        bare = fold(inline["item"] if inline else text)
        if not any(word in bare for word in _FUNDS) or sheet.vocabulary.match("goals", text):
            return None
        own = sheet.text_figure(box)
        if own is None:
            continue
        if item is None:
            item = replace(own, text=(inline["item"] if inline else text).rstrip(":：").strip())
        if inline:
            values[name] = Figure.of(inline["amount"] + (inline["unit"] or ""), sheet=own.sheet, row=row, column=own.column)
            continue
        right = sheet.right_of(box)
        if right is not None and looks_like_number(right.text) and (figure := sheet.figure(right)):
            values[name] = figure
    return BudgetRow(item=item, kind="part", depth=1, **values) if item is not None else None


def merge_rows(rows: list[BudgetRow]) -> list[BudgetRow]:
    """Rows without a label of their own that continue the total above them are one row with it.

    Forms print the budget in one strip and the execution in the next one; both are the same total.
    """
    merged: list[BudgetRow] = []
    for row in rows:
        last = merged[-1] if merged else None
        if last is not None and row.item is None and last.item is None and row.kind == last.kind == "total":
            values = {name: getattr(row, name) for name in VALUE_FIELDS if getattr(row, name) is not None}
            same = all(
                getattr(last, name) is None or parse(getattr(last, name).text).number == figure.value
                for name, figure in values.items()
            )
            if same:
                new = {name: figure for name, figure in values.items() if getattr(last, name) is None}
                merged[-1] = replace(last, **new)
                continue
        merged.append(row)
    return merged
