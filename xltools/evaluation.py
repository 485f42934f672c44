"""A self-evaluation form as a frozen data model: what recognition yields and everything else works on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Literal

from xltools.figures import Figure

FormKind = Literal["department", "project", "score-table"]


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """Who evaluates what: 单位名称, 单位编码, 主管部门, 项目名称, 项目编码, 实施单位, 财政处室, 联系人, 联系电话."""

    name: Figure | None = None
    code: Figure | None = None
    supervisor: Figure | None = None
    project: Figure | None = None
    project_code: Figure | None = None
    implementer: Figure | None = None
    finance_office: Figure | None = None
    contact: Figure | None = None
    phone: Figure | None = None


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One row of the money block, amounts in the form's `money_unit`.

    `depth` is 0 for a total, 1 for its parts (其中), 2 for the parts of a part. `group` tells apart splits of one
    total by different criteria (by source of funds, by kind of spending): parts add up within one group only.
    """

    item: Figure | None = None
    kind: Literal["total", "part"] = "total"
    initial: Figure | None = None
    adjusted: Figure | None = None
    executed: Figure | None = None
    rate: Figure | None = None
    weight: Figure | None = None
    score: Figure | None = None
    carried_in: Figure | None = None
    adjustment: Figure | None = None
    carry_over: Figure | None = None
    note: Figure | None = None
    depth: int = 0
    group: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Goals:
    """年初绩效目标, 调整绩效目标, 目标实际完成情况."""

    initial: Figure | None = None
    adjusted: Figure | None = None
    achieved: Figure | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A 一级 or 二级指标 as the form prints it: name without its points, and the points (`产出指标（50分）`: 50).

    `shown` is False where the row's own level cell is blank without being merged, so that the row belongs to the level
    above only by position.
    """

    name: str
    weight: Decimal | None
    sheet: str
    row: int
    column: int
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator row (三级指标).

    `covered` holds figures of a merged cell that begins in an earlier row and covers this one too (a score for
    several indicators, a common 指标性质 or reason); those fields are None here. `detail` marks a `其中…` row, which
    neither carries a weight nor counts. `printed_rule` is the row's own scoring rule (评分标准), where the form has
    such a column.
    """

    name: Figure | None = None
    level1: Level | None = None
    level2: Level | None = None
    nature: Figure | None = None
    unit: Figure | None = None
    target: Figure | None = None
    target_adjusted: Figure | None = None
    actual: Figure | None = None
    coefficient: Figure | None = None
    weight: Figure | None = None
    score: Figure | None = None
    score_rate: Figure | None = None
    core: Figure | None = None
    note: Figure | None = None
    printed_rule: Figure | None = None
    covered: Mapping[str, Figure] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()
    detail: bool = False
    row: int = 0

    def get(self, name: str) -> Figure | None:
        """A field by name, from this row or from the merged cell that covers it."""
        own: Figure | None = getattr(self, name)
        return own if own is not None else self.covered.get(name)


@dataclass(frozen=True, slots=True)
class Total:
    """自评总分 and 等级, with the sum of weights that the total row prints."""

    weight: Figure | None = None
    score: Figure | None = None
    grade: Figure | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A label as recognised: its field, its text and place, and how sure the recognition is (0 to 1).

    `block` is `header`, `budget`, `goals`, `indicators` or `total`. `points` are printed in the label
    (`得分（20分）`: 20).
    """

    block: str
    field: str
    text: str
    sheet: str
    row: int
    column: int
    confidence: float = 1.0
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year that the form names, and where: `title`, `header`, `file`, `sheet`."""

    year: str
    place: str
    text: str
    sheet: str = ""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Prompt:
    """A leftover of the blank template: `……`, `指标2：`, `(200字以内)`, an option list that nobody chose from."""

    text: str
    sheet: str
    row: int
    column: int
    label: str = ""


@dataclass(frozen=True)
class Evaluation:
    """One self-evaluation form.

    `columns` are the labels of the block tables and the header, so that a rule can tell "the form has no such column"
    from "the cell is blank"; `balance` are the rows of a separate budget-balance sheet (预算收支), `balance_columns`
    its labels; `remarks` are texts outside the tables that may explain a deviation (notes under the table, 偏差原因,
    存在问题), `rules` the scoring rules that the form states. `indicator_points` and `execution_points` are the points
    named in the labels of the two blocks (`绩效指标（90分）`), `unknown` the labels that nothing is known about.
    """

    path: str
    sheet: str
    form: FormKind
    title: Figure | None = None
    year: str | None = None
    money_unit: str | None = None
    unit: UnitInfo = field(default_factory=UnitInfo)
    budget: tuple[BudgetRow, ...] = ()
    goals: Goals = field(default_factory=Goals)
    indicators: tuple[Indicator, ...] = ()
    total: Total = field(default_factory=Total)
    columns: tuple[Label, ...] = ()
    balance: tuple[BudgetRow, ...] = ()
    years: tuple[YearMention, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    remarks: tuple[Figure, ...] = ()
    rules: tuple[Figure, ...] = ()
    unknown: tuple[Label, ...] = ()
    indicator_points: Decimal | None = None
    execution_points: Decimal | None = None
    balance_columns: tuple[Label, ...] = ()

    def has(self, block: str, name: str) -> bool:
        """Whether the form has a place for a field at all (`has("indicators", "unit")`: a 计量单位 column)."""
        return self.label(block, name) is not None

    def label(self, block: str, name: str) -> Label | None:
        """The label of a field, None where the form has no place for it."""
        return next((label for label in self.columns if label.block == block and label.field == name), None)

    def label_above(self, block: str, name: str, row: int, sheet: str) -> Label | None:
        """The label of a field in the table that a row belongs to: the nearest one above it, or in the row itself."""
        labels = [label for label in self.columns if label.block == block and label.field == name]
        above = [label for label in labels if label.sheet == sheet and 0 < label.row <= row]
        return max(above, key=lambda label: label.row, default=None)

    def total_rows(self) -> list[BudgetRow]:
        """The budget rows that are totals."""
        return [row for row in self.budget if row.kind == "total"]

    def execution_row(self) -> BudgetRow | None:
        """The row that carries the execution rate and its score: the total, or the part that prints them instead."""
        rows = [row for row in self.budget if row.kind == "total"] + [row for row in self.budget if row.kind == "part"]
        for wanted in (("score", "weight"), ("rate",), ("executed",)):
            for row in rows:
                if any(getattr(row, name) is not None for name in wanted):
                    return row
        return rows[0] if rows else None

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Every figure with its path in the JSON output: `indicators[6].score_rate`, `total.score`."""
        if self.title is not None:
            yield "title", self.title
        for name in ("unit", "goals", "total"):
            yield from _fields(name, getattr(self, name))
        for name in ("budget", "indicators"):
            for index, row in enumerate(getattr(self, name)):
                yield from _fields(f"{name}[{index}]", row)

    def to_json(self) -> dict[str, object]:
        """The object of CONTRACT's `read --format json`."""
        from xltools.output.reading import as_json

        return as_json(self)


def _fields(prefix: str, record: object) -> Iterator[tuple[str, Figure]]:
    for entry in fields(record):  # type: ignore[arg-type]
        value = getattr(record, entry.name)
        if isinstance(value, Figure):
            yield f"{prefix}.{entry.name}", value
