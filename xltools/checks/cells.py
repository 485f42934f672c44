"""What the file and budget rules share: cells that must hold a figure, how they are called, what was not checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from xltools.checks.base import Form, NotChecked, Rule, indicator_label, not_checked
from xltools.checks.marks import term
from xltools.evaluation import BudgetRow, Evaluation
from xltools.figures import Figure, fold, is_blank
from xltools.money import AMOUNTS
from xltools.sheets.grid import Book, Cell, Grid, address
from xltools.texts import say

Sort = Literal["amount", "rate", "weight", "score"]


NONE_WORDS = frozenset(
    {"无", "没有", "不适用", "不涉及", "未涉及", "未安排", "无此项", "未发生", "N/A", "n/a", "NA", "*", "**"}
)
"""Words that people write where a budget row has no amount; LAYOUTS of published forms count `无` among the blanks."""


_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell that must hold one figure, what sort of figure, and how messages call it.

    `optional` marks a cell in which a word for "none" (`无`, `不适用`) says all there is to say.
    """

    figure: Figure
    sort: Sort
    label: str
    optional: bool = False


@dataclass
class Skipped:
    """The rows that a rule could not decide, counted by reason, so that each reason is stated once."""

    rule: Rule
    counts: dict[tuple[str, tuple[tuple[str, object], ...]], int] = field(default_factory=dict)

    def add(self, key: str, **values: object) -> None:
        """One more row for the reason `key` of `xltools.texts`."""
        entry = (key, tuple(sorted(values.items())))
        self.counts[entry] = self.counts.get(entry, 0) + 1

    def outcomes(self) -> Iterator[NotChecked]:
        """One statement per reason; `{count}` in its text is the number of rows."""
        for (key, values), count in self.counts.items():
            yield not_checked(self.rule, key, count=count, **dict(values))


def says_none(figure: Figure) -> bool:
    """Whether a cell says in a word or a dash that there is nothing."""
    return is_blank(figure.text) or fold(figure.text) in NONE_WORDS


def row_name(row: BudgetRow) -> str:
    """The item of a budget row on one line, without the colon behind it: `年度资金总额`, `其中：财政拨款`."""
    return "".join(row.item.text.split()).strip("：:、，") if row.item else ""


def row_label(evaluation: Evaluation, row: BudgetRow, name: str) -> str:
    """`年度资金总额 · 全年执行数`; the column alone where the row has no name."""
    column = term(evaluation, "budget", name)
    item = row_name(row)
    return f"{item} · {column}" if item else column


_SORTS: dict[str, Sort] = {
    "rate": "rate",
    "coefficient": "rate",
    "score_rate": "rate",
    "weight": "weight",
    "score": "score",
}


def slots(evaluation: Evaluation) -> Iterator[Slot]:
    """Every filled cell that must hold a figure, in the order of the form: money, rates, weights, scores, the total."""
    for row in (*evaluation.budget, *evaluation.balance):
        part = row.kind == "part"
        for name in (*AMOUNTS, "rate", "weight", "score"):
            figure: Figure | None = getattr(row, name)
            if figure is not None:
                sort = _SORTS.get(name, "amount")
                yield Slot(figure, sort, row_label(evaluation, row, name), part or sort in ("amount", "rate"))
    for indicator in evaluation.indicators:
        for name in ("weight", "coefficient", "score", "score_rate"):
            figure = getattr(indicator, name)
            if figure is not None:
                label = indicator_label(indicator, term(evaluation, "indicators", name))
                yield Slot(figure, _SORTS[name], label, indicator.detail)
    for name in ("weight", "score"):
        figure = getattr(evaluation.total, name)
        if figure is not None:
            yield Slot(figure, _SORTS[name], say("fields.total_score" if name == "score" else "fields.total_weight"))


def labelled(evaluation: Evaluation) -> Iterator[tuple[str, Figure]]:
    """Every figure of the form once, with what messages call it."""
    seen: set[tuple[str, int, int]] = set()
    named = [(slot.label, slot.figure) for slot in slots(evaluation)]
    rest = [
        (indicator.name.text if indicator.name else "", figure)
        for indicator in evaluation.indicators
        for figure in (indicator.target, indicator.target_adjusted, indicator.actual, indicator.note, indicator.name)
        if figure is not None
    ]
    others = [(_other_label(evaluation, path, figure), figure) for path, figure in evaluation.figures()]
    for label, figure in (*named, *rest, *others):
        place = (figure.sheet, figure.row, figure.column)
        if figure.row and place not in seen:
            seen.add(place)
            yield label or figure.text, figure


def _other_label(evaluation: Evaluation, path: str, figure: Figure) -> str:
    block, _, name = path.partition(".")
    label = evaluation.label("header" if block == "unit" else block.partition("[")[0], name)
    return "".join(label.text.split()) if label else figure.text


def place_label(form: Form, sheet: str, row: int, column: int) -> str:
    """How messages call any cell: by its field, else by the texts before and above it, else by its address."""
    known = form.labels.get((sheet, row, column))
    grid = form.book.grid(sheet)
    if known or grid is None:
        return known or address(row, column)
    named = _row_names(form, sheet, row)
    before = iter([named]) if named else (_words(grid, row, left) for left in range(column - 1, 0, -1))
    above = (_words(grid, top, column) for top in range(row - 1, 0, -1))
    texts = [next(filter(None, words), "") for words in (before, above)]
    return " · ".join(dict.fromkeys(filter(None, texts))) or address(row, column)


def _row_names(form: Form, sheet: str, row: int) -> str:
    """The name of the budget row or indicator that stands in a row of the form; empty where none does."""
    if sheet != form.evaluation.sheet:
        return ""
    items = (line.item for line in form.evaluation.budget if line.row == row)
    names = (indicator.name for indicator in form.evaluation.indicators if indicator.row == row)
    return next(("".join(figure.text.split()) for figure in (*items, *names) if figure), "")


def _words(grid: Grid, row: int, column: int) -> str:
    """The text of a cell that may be a label, on one line; empty for numbers, results of formulas and long texts."""
    cell = grid.shown(row, column)
    if cell is None or cell.kind != "text" or cell.formula or is_blank(cell.text) or len(cell.text) > _LONGEST_LABEL:
        return ""
    return "".join(cell.text.split())


def is_prompt(evaluation: Evaluation, figure: Figure) -> bool:
    """Whether a figure's cell is a leftover of the template, which F006 reports."""
    place = (figure.sheet, figure.row, figure.column)
    return any((prompt.sheet, prompt.row, prompt.column) == place for prompt in evaluation.prompts)


_LABEL = re.compile(r"合计|总计|小计|其中.*|其[他它](?:资金)?|\D{2,}:.*")


def looks_like_label(figure: Figure) -> bool:
    """Whether a cell holds a label in place of a figure (`其中：基本支出：86.82`): a misread layout, no mistake."""
    return figure.value is None and _LABEL.fullmatch(fold(figure.text)) is not None


def own_cell(book: Book, figure: Figure) -> Cell | None:
    """The cell that holds a figure and nothing else; None for a figure out of a longer text (`数量指标（15分）`)."""
    grid = book.grid(figure.sheet)
    cell = grid.cell(figure.row, figure.column) if grid else None
    return cell if cell is not None and fold(cell.text) == fold(figure.text) else None


_REFERENCE = re.compile(
    r"""
    "(?:[^"]|"")*"                                                            # text
    | \[[^\]]*\][^!,()+*/&=<>-]*!\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?  # another workbook
    | '\[(?:[^']|'')*'!\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?     # another workbook, quoted
    | (?:(?P<quoted>'(?:[^']|'')+')!|(?P<sheet>[^\s'"!,;:()+*/&=<>^{}-]+)!)?
      (?<![\w.])(?P<first>\$?[A-Za-z]{1,3}\$?\d{1,7})(?::(?P<last>\$?[A-Za-z]{1,3}\$?\d{1,7}))?(?![\w.(!])
    """,
    re.VERBOSE,
)


def references(formula: str, sheet: str) -> Iterator[tuple[str, str]]:
    """The sheet and the cell or range (`B2:B9`) of every reference in a formula that stays in the workbook.

    Defined names, whole columns and structured references are passed over: no form was seen to use them.
    """
    for match in _REFERENCE.finditer(formula):
        if match["first"]:
            quoted = match["quoted"]
            owner = quoted[1:-1].replace("''", "'") if quoted else match["sheet"] or sheet
            yield owner, (f"{match['first']}:{match['last']}" if match["last"] else match["first"]).replace("$", "")
