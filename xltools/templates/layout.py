"""Where everything stands: a description laid out on the rows and columns of a sheet.

Pure arithmetic, no workbook: the sheets, their formulas, validations and conditional formats all take their addresses
from here, so that none of them can point at the wrong cell when a description changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from xltools.sheets.grid import column_letters, column_number
from xltools.templates.description import Balance, Description, Row, Slot

AMOUNTS = ("initial", "adjusted", "executed")
BALANCE_FIELDS = ("initial", "carried_in", "adjustment", "adjusted", "executed", "carry_over", "rate")
BALANCE_TOP = 5
PUBLIC_FIELDS = ("budget", "actual", "rest", "rate")


@dataclass(frozen=True, slots=True)
class Placed:
    """A slot on the sheet; `text` is the label with its year filled in, `field` a key of the description's fields."""

    top: int
    left: int
    bottom: int
    right: int
    slot: Slot
    text: str | None = None

    @property
    def address(self) -> str:
        """The top-left cell."""
        return f"{column_letters(self.left)}{self.top}"

    @property
    def area(self) -> str:
        """The whole area, `B4:C4`, or one cell."""
        last = f"{column_letters(self.right)}{self.bottom}"
        return self.address if last == self.address else f"{self.address}:{last}"


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A budget row of the form: its name, its kind, and the addresses of its fields."""

    item: str
    kind: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A level-1 group: its name, full marks, first and last row."""

    name: str
    full: int
    first: int
    last: int


@dataclass
class FormLayout:
    """The form sheet: its placed slots, row heights, and the address of every field."""

    description: Description
    placed: list[Placed] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    header: dict[str, list[str]] = field(default_factory=dict)
    budget: list[BudgetLine] = field(default_factory=list)
    groups: list[GroupLine] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    header_row: int = 0
    first: int = 0
    last: int = 0
    end: int = 0

    def indicator(self, name: str, row: int) -> str:
        """The address of an indicator's field in a row."""
        return f"{self.columns[name]}{row}"

    def column(self, name: str) -> str:
        """All cells of an indicator field, `I11:I30`."""
        return f"{self.columns[name]}{self.first}:{self.columns[name]}{self.last}"

    def rows(self) -> Iterator[int]:
        """The indicator rows."""
        return iter(range(self.first, self.last + 1))

    def one(self, name: str) -> str | None:
        """The first address of a field outside the indicator and budget rows; None where the form has none."""
        return next(iter(self.header.get(name, ())), None)

    def scored(self) -> BudgetLine:
        """The budget row that carries the execution weight and score."""
        return next(line for line in self.budget if "execution_weight" in line.cells)

    def parts(self) -> list[BudgetLine]:
        """The budget rows that add up to the total row; none where the form does not split it completely."""
        return [line for line in self.budget if line.kind == "part"]

    def included(self) -> list[BudgetLine]:
        """The 其中 rows that are a part of the total row, though not all of it."""
        return [line for line in self.budget if line.kind == "appropriation"]

    def derived(self, line: BudgetLine, name: str) -> bool:
        """Whether a budget field is computed: rates, scores, and the amounts of a total row with all its parts."""
        return name in ("rate", "execution_score") or (line.kind == "total" and bool(self.parts()) and name in AMOUNTS)


def _place(layout: FormLayout, row: Row, number: int, year: int) -> None:
    cells: dict[str, str] = {}
    for slot in row.slots:
        text = None if slot.label is None else slot.label.replace("{year}", str(year))
        left, right = column_number(slot.left), column_number(slot.right)
        placed = Placed(number, left, number + slot.down - 1, right, slot, text)
        layout.placed.append(placed)
        if slot.field and row.budget:
            cells[slot.field] = placed.address
        elif slot.field:
            layout.header.setdefault(slot.field, []).append(placed.address)
    if row.budget:
        layout.budget.append(BudgetLine(row.item, row.budget, cells))
    layout.heights[number] = row.height


def _label(layout: FormLayout, letter: str, top: int, bottom: int, text: str) -> None:
    column = column_number(letter)
    layout.placed.append(Placed(top, column, bottom, column, Slot(letter, letter, bottom - top + 1, text), text))


def _place_groups(layout: FormLayout) -> None:
    block = layout.description.indicators
    if block.level1 is None or block.level2 is None:
        return
    _label(layout, block.level1.at, layout.header_row, layout.header_row, block.level1.label)
    _label(layout, block.level2.at, layout.header_row, layout.header_row, block.level2.label)
    row = layout.first
    for group in block.groups:
        top = row
        for name, count in group.level2:
            _label(layout, block.level2.at, row, row + count - 1, name)
            row += count
        _label(layout, block.level1.at, top, row - 1, f"{group.level1}\n（{group.full}分）")
        layout.groups.append(GroupLine(group.level1, group.full, top, row - 1))


def lay_out(description: Description, year: int) -> FormLayout:
    """The form sheet of a description for a year."""
    layout = FormLayout(description)
    number = 0
    for row in description.head:
        number += 1
        _place(layout, row, number, year)
    block = description.indicators
    layout.header_row = number + 1
    layout.first, layout.last = number + 2, number + 1 + block.rows
    layout.heights[layout.header_row] = block.header_height
    _label(layout, block.at, layout.header_row, layout.last, block.label)
    for column in block.columns:
        layout.columns[column.field] = column.at
        _label(layout, column.at, layout.header_row, layout.header_row, column.label)
    _place_groups(layout)
    for number in layout.rows():
        layout.heights[number] = block.height
        for column in block.columns:
            place = column_number(column.at)
            slot = Slot(column.at, column.at, field=column.field)
            layout.placed.append(Placed(number, place, number, place, slot))
    for row in description.foot:
        number += 1
        _place(layout, row, number, year)
    layout.end = number
    return layout


@dataclass(frozen=True, slots=True)
class BalanceLayout:
    """The balance sheet: the rows of its funds and of 三公经费, and the address of every figure."""

    balance: Balance

    @property
    def total(self) -> int:
        """The row of the total over all funds."""
        return BALANCE_TOP

    @property
    def funds(self) -> range:
        """The rows of the funds."""
        return range(self.total + 1, self.total + 1 + len(self.balance.funds))

    @property
    def appropriations(self) -> range:
        """The rows of the funds that make up 财政拨款."""
        return self.funds[: self.balance.appropriations]

    @property
    def public_title(self) -> int:
        """The row of the heading of 三公经费."""
        return self.funds[-1] + 2

    @property
    def public_total(self) -> int:
        """The row of the total of 三公经费."""
        return self.public_title + 2

    @property
    def public(self) -> range:
        """The rows of the kinds of 三公经费."""
        return range(self.public_total + 1, self.public_total + 1 + len(self.balance.public))

    @property
    def end(self) -> int:
        """The last row before the notes."""
        return self.public[-1]

    def cell(self, name: str, row: int) -> str:
        """The address of a fund's figure; names as in BALANCE_FIELDS."""
        return f"{column_letters(2 + BALANCE_FIELDS.index(name))}{row}"

    def public_cell(self, name: str, row: int) -> str:
        """The address of a figure of 三公经费; names as in PUBLIC_FIELDS."""
        return f"{column_letters(2 + PUBLIC_FIELDS.index(name))}{row}"
