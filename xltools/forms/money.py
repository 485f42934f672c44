"""What every way of printing money in a form has in common: its rows, totals and parts, and where an amount stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from xltools.evaluation import BudgetRow, Label
from xltools.figures import Figure, fold, parse
from xltools.forms.layout import Box, Sheet, looks_like_number
from xltools.forms.tables import Column, cell_in

VALUE_FIELDS = tuple(
    entry.name for entry in fields(BudgetRow) if entry.name not in ("item", "kind", "depth", "group", "row")
)
FUNDS = (
    "资金", "拨款", "收入", "支出", "总额", "合计", "其中", "其他", "其它", "经费", "预算", "结转", "结余",
    "中央", "省级", "市级", "县级", "区级", "债券", "地方", "自筹",
)  # fmt: skip
"""Words of which a row of a money table holds at least one."""
BY = re.compile(r"^按.{2,8}分[:：]?$")
INLINE = re.compile(
    r"^(?:其中[:：]\s*)?(?P<item>[^:：]{2,24})[:：]\s*(?P<amount>[-+]?[\d,]+(?:\.\d+)?\s*(?:万元|元)?)$"
)
_PART = re.compile(r"^#?其中")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、)](?!\d))")


@dataclass
class MoneyTable:
    """What a money block yields; `end` is the first row that no longer belongs to it."""

    end: int
    rows: list[BudgetRow] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unknown: list[Label] = field(default_factory=list)


def with_values(row: BudgetRow, values: Mapping[str, Figure]) -> BudgetRow:
    """A row with more of its fields filled in."""
    return replace(row, **values)  # type: ignore[arg-type]  # the keys are names of Figure fields


class Depths:
    """Tells totals from parts, and parts from the parts of parts."""

    def __init__(self) -> None:
        self.nested = False
        self.numbered = False
        self.marked: bool | None = None

    def place(self, sheet: Sheet, item: Figure | None, below_others: bool) -> tuple[Literal["total", "part"], int]:
        """Kind and depth of the next row, from its label; rows are to be given from top to bottom."""
        if item is None:
            return ("part", 1) if below_others else ("total", 0)
        text = fold(item.text)
        bare = _NUMBERED.sub("", text)
        part = bool(_PART.match(bare))
        if not part and (not below_others or sheet.vocabulary.match("funds", bare)):
            self.nested = False
            return "total", 0
        if _NUMBERED.match(text):
            self.nested, self.numbered = False, True
            return "part", 1
        # The first part shows how the form marks its parts; 其中 behind unmarked ones is a part of a part.
        self.marked = part if self.marked is None else self.marked
        self.nested = (part and (self.numbered or not self.marked)) or (self.nested and self.numbered)
        return "part", 2 if self.nested else 1


def value_box(sheet: Sheet, row: int, column: Column) -> Box | None:
    """What a row holds under a column; a label that stands before the amount in a wide column is passed over."""
    box = cell_in(sheet, row, column)
    if box is None or box.area.top < row:
        return None
    if column.field == "note" or box.area.right >= column.right or looks_like_number(box.text):
        return box
    others = [other for other in sheet.columns(row, box.area.right + 1, column.right) if other.area.top == row]
    return next((other for other in others if looks_like_number(other.text)), None) if others else box


def settle(sheet: Sheet, rows: list[BudgetRow]) -> list[BudgetRow]:
    """The first row is the total unless a later one is called so, or it is the first of a list of equals (tasks)."""
    named = [row for row in rows if row.item is not None and sheet.vocabulary.match("funds", row.item.text)]
    if not rows or rows[0] in named or rows[0].item is None or rows[0].kind == "part":
        return rows
    split = any(row.item is not None and _PART.match(fold(row.item.text)) for row in rows[1:])
    summed = fold(rows[0].item.text).endswith(("合计", "总计", "总额"))
    if not named and (split or summed or len(rows) == 1):
        return rows
    return [replace(row, kind="part", depth=max(row.depth, 1)) if row not in named else row for row in rows]


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
                merged[-1] = with_values(last, new)
                continue
        merged.append(row)
    return merged
