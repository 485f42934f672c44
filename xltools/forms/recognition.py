"""From a Book to the Evaluations that its sheets or tables hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePath

from xltools.evaluation import (
    BudgetRow,
    Evaluation,
    FormKind,
    Goals,
    Indicator,
    Label,
    Prompt,
    Total,
    UnitInfo,
    YearMention,
)
from xltools.figures import Figure, fold
from xltools.forms.budget import read_budget
from xltools.forms.goals import GoalsBlock, read_beside, read_goals
from xltools.forms.heading import (
    UNIT_FIELDS,
    Heading,
    find_title,
    inline_pairs,
    read_captions,
    read_line_years,
    read_row,
    read_trailers,
    year_of,
)
from xltools.forms.indicators import read_indicators
from xltools.forms.joining import Joined, join_tables, send_back
from xltools.forms.layout import Box, Sheet, one_line
from xltools.forms.mapping import FormMap, MappedForm, Placed, complete
from xltools.forms.money import MoneyTable, merge_rows
from xltools.forms.money_beside import read_pairs, read_turned
from xltools.forms.tables import is_budget_header, is_indicator_header, opens_indicator_header
from xltools.forms.vocabulary import Vocabulary, default, money_unit, points
from xltools.money import AMOUNTS
from xltools.sheets.grid import Book, Grid

WANTED_LABELS = (
    "自评表",
    "年初预算数",
    "全年执行数",
    "年度总体目标",
    "三级指标 / 指标名称",
    "指标值",
    "完成值",
    "分值 / 权重",
    "得分",
)
"""What a form is recognised by, for the message about a sheet that is none."""

_DEPARTMENT = ("部门整体", "整体支出", "整体绩效", "单位整体", "整体自评", "整体预算")
_FILE_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_RULE_TEXT = re.compile(r"扣\d*(?:\.\d+)?分|得分\s*[==]|权重\s*[*×]|分值\s*[*×]|计分|不得分")
_SPANNING_BOXES = 1
_CLOSING = ("carried_in", "adjustment", "carry_over")
"""The columns that make a table of money a budget balance."""


@dataclass(frozen=True)
class Recognition:
    """The forms of a Book; where there is none, what came nearest to one (`nearest` as far as it could be read)."""

    evaluations: tuple[Evaluation, ...]
    nearest_sheet: str | None = None
    found_labels: tuple[str, ...] = ()
    wanted_labels: tuple[str, ...] = WANTED_LABELS
    nearest: Evaluation | None = None


@dataclass
class _Draft:
    """What has been read of one form so far."""

    heading: Heading = field(default_factory=Heading)
    budget: list[BudgetRow] = field(default_factory=list)
    goals: dict[str, Figure] = field(default_factory=dict)
    indicators: list[Indicator] = field(default_factory=list)
    total: Total = field(default_factory=Total)
    labels: list[Label] = field(default_factory=list)
    unknown: list[Label] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    remarks: list[Figure] = field(default_factory=list)
    rules: list[Figure] = field(default_factory=list)
    indicator_points: Decimal | None = None
    execution_points: Decimal | None = None
    indicator_tables: int = 0
    money_tables: int = 0
    total_rows: set[int] = field(default_factory=set)
    lists_units: bool = False
    mapped: MappedForm | None = None

    @property
    def all_labels(self) -> list[Label]:
        """The labels of the tables and of what stands around them."""
        return self.labels + self.heading.labels

    @property
    def is_form(self) -> bool:
        """Whether this is a self-evaluation form and not some other table."""
        title = self.heading.title.text if self.heading.title else ""
        if self.lists_units:
            return False
        if self.indicator_tables and (self.indicators or self.budget):
            return True
        if self.mapped is not None and self.mapped.sheet is not None and self.all_labels:
            return True
        return bool(self.budget and self.goals and re.search("自评|绩效", title))


def recognise(book: Book, vocabulary: Vocabulary | None = None, form_map: FormMap | None = None) -> Recognition:
    """Every self-evaluation form of a workbook or document, in the order of its sheets.

    Hidden sheets count only where no visible one holds a form. Sheets with nothing but a budget balance complete the
    forms of their workbook (`Evaluation.balance`). What `form_map` says of labels and values goes before everything
    else; raises FormError where it does not fit the workbook.
    """
    words = vocabulary or default()
    placed = form_map.placed(book) if form_map is not None else Placed()
    drafts: list[tuple[Grid, _Draft]] = []
    origins: dict[int, Mapping[int, tuple[str, int]]] = {}
    for entry in join_tables(book.grids, words, placed):
        grid = entry.grid if isinstance(entry, Joined) else entry
        mapped = entry.mapped(placed) if isinstance(entry, Joined) else placed.on(grid)
        if isinstance(entry, Joined):
            origins[id(grid)] = entry.origins
        for number, (first, last) in enumerate(_parts(Sheet(grid, words, mapped=mapped))):
            draft = _read(Sheet(grid, words, first, last, mapped))
            draft.mapped = placed.form(grid, number)
            drafts.append((grid, draft))
    forms = [(grid, draft) for grid, draft in drafts if draft.is_form and grid.state == "visible"]
    forms = forms or [(grid, draft) for grid, draft in drafts if draft.is_form]
    if not forms:
        return _nearest(book, drafts, origins)
    others = [draft for grid, draft in drafts if not draft.is_form and grid.state == "visible"]
    closings = [draft for draft in others if any(label.field in _CLOSING for label in draft.labels)]
    balance = tuple(row for draft in closings for row in draft.budget if _has_amounts(row))
    cover = _cover_years(book, [grid for grid, _ in forms])
    evaluations = []
    for grid, draft in forms:
        evaluation = _finish(book, grid, draft, balance if len(forms) == 1 else (), cover, origins)
        if evaluation.balance:
            labels = tuple(label for closing in closings for label in closing.labels)
            evaluation = replace(evaluation, balance_columns=labels)
        evaluations.append(evaluation if draft.mapped is None else complete(evaluation, draft.mapped, book))
    return Recognition(tuple(evaluations))


def _parts(sheet: Sheet) -> list[tuple[int, int]]:
    """The row ranges of a Grid that hold a form each: a sheet may hold several, one below the other."""
    last = sheet.last
    starts = []
    for row in sheet.rows:
        boxes = sheet.filled(row)
        if len(boxes) == _SPANNING_BOXES and re.search(r"(?:自评|评价)表(?:\(.*\))?$", fold(boxes[0].text)):
            starts.append(row)
    tables = [row for row in sheet.rows if is_indicator_header(sheet, row)]
    starts = [
        row
        for index, row in enumerate(starts)
        if any(row < table < (starts[index + 1] if index + 1 < len(starts) else last + 1) for table in tables)
    ]
    if len(starts) < 2:
        return [(1, last)]
    ends = [row - 1 for row in starts[1:]] + [last]
    return list(zip([1, *starts[1:]], ends, strict=True))


def _read(sheet: Sheet) -> _Draft:
    """Everything that one part of a Grid says, from top to bottom."""
    draft = _Draft()
    first_table: int | None = None
    row = sheet.first
    while row <= sheet.last:
        start = row
        if is_indicator_header(sheet, row):
            row = _take_indicators(sheet, draft, row)
        elif is_budget_header(sheet, row):
            row = _take_money(sheet, draft, read_budget(sheet, row, draft.money_tables), row)
        elif opens_indicator_header(sheet, row):
            row += 1
        elif (goals := read_goals(sheet, row)) is not None:
            _take_goals(draft, goals)
            row = goals.end
        elif (turned := read_turned(sheet, row, draft.money_tables)) is not None:
            row = _take_money(sheet, draft, turned, row)
        elif (pairs := read_pairs(sheet, row, draft.money_tables)) is not None:
            row = _take_money(sheet, draft, pairs, row)
        else:
            if row not in draft.total_rows and not _take_remark(sheet, draft, row):
                read_row(sheet, draft.heading, row)
            row += 1
            continue
        first_table = first_table or start
        row = max(row, start + 1)
    top = (first_table or sheet.last + 1) - 1
    draft.heading.title = find_title(sheet, top)
    read_line_years(sheet, draft.heading, top)
    read_captions(sheet, draft.heading)
    if draft.indicator_tables:
        read_trailers(sheet, draft.heading)
    _collect_texts(sheet, draft)
    if draft.heading.money_unit is None and draft.is_form:
        draft.heading.money_unit = _money_unit_above(sheet, draft)
    return draft


def _money_unit_above(sheet: Sheet, draft: _Draft) -> str | None:
    """The money unit in a label or line above the last budget row (`二、资金情况（万元）`)."""
    tables = [label.row for label in draft.labels if label.block == "indicators"]
    last = max([row.row for row in draft.budget] + tables, default=0)
    texts = [*sheet.grid.captions, *(box.text for row in range(sheet.first, last + 1) for box in sheet.filled(row))]
    return next((unit for text in texts if len(text) <= 30 and (unit := money_unit(text))), None)


def _take_indicators(sheet: Sheet, draft: _Draft, row: int) -> int:
    table = read_indicators(sheet, row)
    draft.indicator_tables += 1
    # A column of unit codes beside the indicators: a list for many units (the data for `fill`), not one unit's form.
    draft.lists_units |= any(match.field == "code" for _, match in sheet.labelled("header", row))
    draft.indicators += table.indicators
    draft.labels += table.labels
    draft.unknown += table.unknown
    draft.prompts += table.prompts
    draft.indicator_points = draft.indicator_points or table.points
    for name in ("weight", "score", "grade"):
        if getattr(draft.total, name) is None and (figure := getattr(table.total, name)) is not None:
            draft.total = replace(draft.total, **{name: figure})
    if table.total_row is not None:
        draft.total_rows.add(table.total_row)
    return table.end


def _take_goals(draft: _Draft, block: GoalsBlock) -> None:
    for name, figure in block.goals.items():
        draft.goals.setdefault(name, figure)
    draft.labels += block.labels


def _take_money(sheet: Sheet, draft: _Draft, table: MoneyTable, row: int) -> int:
    draft.money_tables += 10
    draft.budget = merge_rows(draft.budget + table.rows)
    draft.labels += table.labels
    right = max((label.column for label in table.labels), default=sheet.width)
    beside = read_beside(sheet, range(row, table.end), right + 1)
    _take_goals(draft, beside)
    edge = min((label.column for label in beside.labels), default=sheet.width + 1)
    draft.unknown += [label for label in table.unknown if label.column < edge]
    for text in table.texts:
        draft.heading.money_unit = draft.heading.money_unit or money_unit(text)
    by_field = {label.field: label.points for label in table.labels if label.points is not None}
    block = [points(text) for text in table.texts if sheet.vocabulary.match("blocks", text)]
    printed = by_field.get("score") or by_field.get("weight") or next((value for value in block if value), None)
    draft.execution_points = draft.execution_points or printed
    return table.end


def _take_remark(sheet: Sheet, draft: _Draft, row: int) -> bool:
    """Notes a text that stands under a label of its own (偏差原因, 存在问题, 注); False where the row has none."""
    boxes = sheet.filled(row)
    if not boxes or not (draft.indicator_tables or draft.budget):
        return False
    first = boxes[0]
    match = sheet.match("remarks", first)
    text: Figure | None
    if match is not None:
        value: Box | None = sheet.right_of(first)
        text = sheet.text_figure(value) if value is not None else None
    else:
        pair = next(inline_pairs(one_line(first.text)), None)
        match = sheet.vocabulary.match("remarks", pair[0]) if pair else None
        text = sheet.text_figure(first)
    if match is None or match.field == "other":
        return False
    if text is not None:
        (draft.remarks if match.field == "reason" else draft.rules).append(text)
    return True


def _collect_texts(sheet: Sheet, draft: _Draft) -> None:
    """Printed scoring rules anywhere on the sheet, and leftovers of the blank template."""
    seen = {(prompt.row, prompt.column) for prompt in draft.prompts}
    for (row, column), cell in sheet.grid.cells.items():
        if row < sheet.first or row > sheet.last or cell.kind != "text" or not cell.text:
            continue
        if sheet.vocabulary.is_prompt(cell.text) and (row, column) not in seen:
            draft.prompts.append(Prompt(one_line(cell.text), sheet.grid.sheet, row, column))
        if len(cell.text) > 8 and _RULE_TEXT.search(fold(cell.text)):
            draft.rules.append(Figure(one_line(cell.text), sheet=sheet.grid.sheet, row=row, column=column))


def _finish(
    book: Book,
    grid: Grid,
    draft: _Draft,
    balance: tuple[BudgetRow, ...],
    cover: list[YearMention],
    origins: Mapping[int, Mapping[int, tuple[str, int]]],
) -> Evaluation:
    heading = draft.heading
    years = [*heading.years, *cover]
    for name, text in (("sheet", grid.sheet), ("file", PurePath(book.path).stem)):
        found = _FILE_YEAR.findall(text)
        years += [YearMention(year, name, text) for year in dict.fromkeys(found)]
    printed = next((mention.year for mention in years if mention.place in ("title", "header", "cover")), None)
    total = draft.total
    if total.score is None and "total_score" in heading.values:
        total = replace(total, score=heading.values["total_score"])
    if total.grade is None and "grade" in heading.values:
        total = replace(total, grade=heading.values["grade"])
    evaluation = Evaluation(
        path=book.path,
        sheet=grid.sheet,
        form=_kind(grid, draft),
        title=heading.title,
        year=printed,
        money_unit=heading.money_unit,
        unit=UnitInfo(**{name: heading.values[name] for name in UNIT_FIELDS if name in heading.values}),
        budget=tuple(_complete(draft.budget, balance)),
        goals=Goals(**draft.goals),
        indicators=tuple(draft.indicators),
        total=total,
        columns=tuple(heading.labels + draft.labels),
        balance=balance,
        years=tuple(years),
        prompts=tuple(draft.prompts),
        remarks=tuple(draft.remarks),
        rules=tuple(draft.rules),
        unknown=tuple(draft.unknown),
        indicator_points=draft.indicator_points,
        execution_points=draft.execution_points,
    )
    return send_back(evaluation, origins[id(grid)]) if id(grid) in origins else evaluation


def _has_amounts(row: BudgetRow) -> bool:
    return any(getattr(row, name) is not None for name in AMOUNTS)


def _complete(budget: list[BudgetRow], balance: tuple[BudgetRow, ...]) -> list[BudgetRow]:
    """The form's rows, its total completed by what only the balance sheet states (carry-overs, adjustment)."""
    whole = next((row for row in balance if row.kind == "total"), None)
    if whole is None or not budget or budget[0].kind != "total":
        return budget
    extra = {
        name: getattr(whole, name)
        for name in _CLOSING
        if getattr(budget[0], name) is None and getattr(whole, name) is not None
    }
    return [replace(budget[0], **extra), *budget[1:]]


def _kind(grid: Grid, draft: _Draft) -> FormKind:
    """What is evaluated: a whole department, a project, or nothing but a table of scores."""
    title = fold(draft.heading.title.text) if draft.heading.title else ""
    names = {label.field for label in draft.heading.labels}
    columns = {label.field for label in draft.labels if label.block == "indicators"}
    said_of_a_table = {"total_score", "grade", "name", "code", "year", "contact", "phone"}
    if not (draft.budget or draft.goals or names - said_of_a_table or columns & {"target", "actual"}):
        return "score-table"
    if any(word in text for word in _DEPARTMENT for text in (title, fold(grid.sheet))):
        return "department"
    if "project" in names or "项目" in title or "implementer" in names:
        return "project"
    return "department" if "name" in names or "部门" in title else "project"


def _cover_years(book: Book, grids: list[Grid]) -> list[YearMention]:
    """Years that stand alone on a line of another visible sheet (a cover): `2021年度`."""
    found = []
    for grid in book.grids:
        if grid in grids or grid.state != "visible" or len(grid.cells) > 40:
            continue
        for (row, column), cell in grid.cells.items():
            text = fold(cell.text)
            if cell.kind == "text" and re.fullmatch(r"\(?20\d\d年度?\)?", text) and (year := year_of(text)):
                found.append(YearMention(year, "cover", cell.text.strip(), grid.sheet, row, column))
    return found


def _nearest(
    book: Book, drafts: list[tuple[Grid, _Draft]], origins: Mapping[int, Mapping[int, tuple[str, int]]]
) -> Recognition:
    """No form: the sheet with the most labels of one, and which they were."""
    best: tuple[Grid, _Draft] | None = None
    for grid, draft in drafts:
        if draft.all_labels and (best is None or len(draft.all_labels) > len(best[1].all_labels)):
            best = grid, draft
    if best is None:
        return Recognition((), drafts[0][0].sheet if drafts else None)
    nearest = _finish(book, *best, (), [], origins)
    found = tuple(label.text for label in best[1].all_labels)
    return Recognition((), best[0].sheet, found, nearest=nearest)
