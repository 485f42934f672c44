"""表格的行列或合并单元格与模板不一致。

## 检查什么
用 --template 指定模板后，按栏名把表与模板逐行逐列对齐：插入或删除了行列、缺少工作表、拆开或改变了合并单元格的，各报
一次，不因位置移动重复报告。指标区内按原样增加的指标行、删去的空白指标行不算；在模板范围之外写了内容、工作表改了名称、另外合并了
单元格的，报为提醒。与模板相同的栏名不到一半时，只报告“不是按这份模板填报”。

## 为什么
接收系统按固定的行列位置取数：多一行，后面所有的数都会错位；拆开合并单元格后，一级、二级指标就取不到。

## 错误示例
模板：

| 部门整体支出绩效自评表 | < | < | < |
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | | | |
| 群众满意度 | | | |

报送：

| 部门整体支出绩效自评表 | < | < | < |
| 填报单位：环卫中心 | | | |
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 正确示例
模板：

| 部门整体支出绩效自评表 | < | < | < |
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | | | |
| 群众满意度 | | | |

报送：

| 部门整体支出绩效自评表 | < | < | < |
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
接收系统按下发模板的固定行列位置导入。
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from xltools.checks.base import Form, Outcome, Rule, Severity, finding, not_checked
from xltools.sheets.grid import Area, Grid, column_letters, span

if TYPE_CHECKING:
    from xltools.checks.alignment import SheetMatch

RULE = Rule(code="F011", name="layout-changed", severity="error")

_NAMED = 5
_LONGEST = 20


def check(form: Form) -> Iterator[Outcome]:
    """Hold rows, columns, merged cells and sheets against the template's."""
    comparison = form.comparison
    if comparison is None:
        yield not_checked(RULE, "reasons.no_template")
        return
    if comparison.alien:
        yield finding(
            RULE,
            None,
            "rules_f.F011.alien",
            label=form.grid.sheet,
            sheet=form.grid.sheet,
            row=1,
            column=1,
            template=comparison.template.label,
            kept=comparison.kept,
            wanted=comparison.wanted,
        )
        return
    for sheet in comparison.missing:
        yield _at(form.grid, "rules_f.F011.sheet", (1, 1), label=sheet, expected=sheet)
    for sheet, name in comparison.renamed.items():
        yield finding(
            RULE,
            None,
            "rules_f.F011.renamed",
            label=name,
            found=name,
            expected=sheet,
            severity="warning",
            sheet=name,
            row=1,
            column=1,
        )
    for match in comparison.matches:
        yield from _new_rows(match)
        yield from _lost_rows(match)
        yield from _columns(match)
        if match.grid.source != "docx":
            yield from _merges(match)


def _new_rows(match: "SheetMatch") -> Iterator[Outcome]:
    origin = {new: old for old, new in match.rows.items()}
    last = max(origin, default=0)
    for first, end in _runs(match.new_rows):
        texts = [_text(match.grid, row) for row in range(first, end + 1)]
        if first > last:
            content = [row for row, text in zip(range(first, end + 1), texts, strict=True) if text]
            if content:
                yield _outside(match.grid, (content[0], _first(match.grid, content[0])), str(content[0]))
        elif not all(_repeats(match, origin, row) for row in range(first, end + 1)):
            found = next(filter(None, texts), None)
            key = "rules_f.F011.rows_in"
            lines, shift = _lines(str(first), str(end)), end - first + 1
            yield _at(match.grid, key, (first, 1), label=_label(texts), found=found, lines=lines, count=shift)


def _repeats(match: "SheetMatch", origin: dict[int, int], row: int) -> bool:
    """Whether a new row is one more indicator: inside the table, merged and computed like the row it was put below.

    A sheet without inputs (自动校验) has lines for the indicators, too.
    """
    above = next((line for line in range(row, 0, -1) if line in origin), None)
    below = next((line for line in range(row, match.grid.bounds[0] + 1) if line in origin), None)
    near = [origin[line] for line in (above, below) if line is not None]
    models = [
        line for line in near if line in match.table or (_takes_no_input(match) and _shape(match.template, line)[1])
    ]
    return any(_shape(match.grid, row) == _moved(match, _shape(match.template, model)) for model in models)


def _takes_no_input(match: "SheetMatch") -> bool:
    return match.template.unlocked is not None and not match.template.unlocked


_Shape = tuple[frozenset[tuple[int, int]], frozenset[int]]


def _shape(grid: Grid, row: int) -> _Shape:
    merges = {(area.left, area.right) for area in grid.row_areas(row) if area.right > area.left}
    formulas = {column for (line, column), cell in grid.cells.items() if line == row and cell.formula}
    return frozenset(merges), frozenset(formulas)


def _moved(match: "SheetMatch", shape: _Shape) -> _Shape:
    columns = match.columns
    merges = {(columns.get(left, 0), columns.get(right, 0)) for left, right in shape[0]}
    formulas = frozenset(columns.get(column, 0) for column in shape[1])
    return frozenset(merges), formulas if match.grid.source in ("xlsx", "live") else frozenset()


def _lost_rows(match: "SheetMatch") -> Iterator[Outcome]:
    labelled = {row for row, _ in match.labels}
    movable = match.table if not _takes_no_input(match) else range(match.template.bounds[0] + 1)
    lost = [row for row in match.lost_rows if row not in movable or row in labelled]
    for first, end in _runs(lost):
        texts = [_text(match.template, row) for row in range(first, end + 1)]
        place = next((match.rows[row] for row in range(end, match.template.bounds[0] + 1) if row in match.rows), None)
        yield _at(
            match.grid,
            "rules_f.F011.rows_out",
            (place or match.grid.bounds[0] or 1, 1),
            label=_label(texts),
            expected=next(filter(None, texts), None),
            lines=_lines(str(first), str(end)),
            count=end - first + 1,
        )


def _columns(match: "SheetMatch") -> Iterator[Outcome]:
    grid, last = match.grid, max(match.columns.values(), default=0)
    for first, end in _runs(match.new_columns):
        texts = [_column_text(grid, column) for column in range(first, end + 1)]
        lines = _lines(column_letters(first), column_letters(end))
        row = next((row for row in range(1, grid.bounds[0] + 1) if grid.cell(row, first)), 1)
        if first <= last:
            found = next(filter(None, texts), None)
            yield _at(grid, "rules_f.F011.columns_in", (row, first), label=_label(texts), found=found, lines=lines)
        elif any(texts):
            yield _outside(grid, (row, first), column_letters(first))
    for first, end in _runs(match.lost_columns):
        texts = [_column_text(match.template, column) for column in range(first, end + 1)]
        after = (
            match.columns[column] for column in range(end, match.template.bounds[1] + 1) if column in match.columns
        )
        lines = _lines(column_letters(first), column_letters(end))
        place = (1, next(after, grid.bounds[1] or 1))
        expected = next(filter(None, texts), None)
        yield _at(grid, "rules_f.F011.columns_out", place, label=_label(texts), expected=expected, lines=lines)


def _merges(match: "SheetMatch") -> Iterator[Outcome]:
    from xltools.checks.alignment import expected_area

    grid = match.grid
    standing: set[Area] = set()
    broken: list[tuple[Area, Area, str]] = []
    for area in match.template.merges:
        wanted = expected_area(match, area)
        if wanted is None:
            continue
        actual = grid.area(wanted.top, wanted.left)
        if actual == wanted or _grown(match, wanted, actual):
            standing.add(actual)
            continue
        broken.append((wanted, actual, match.template.text(area.top, area.left)))
    broken.sort()
    if len(broken) > _NAMED:
        yield _at(
            grid,
            "rules_f.F011.merges",
            (broken[0][0].top, broken[0][0].left),
            label=span(broken[0][0]),
            expected="、".join(span(wanted) for wanted, _, _ in broken[:_NAMED]) + "…",
            count=len(broken),
        )
    for wanted, actual, text in broken if len(broken) <= _NAMED else ():
        yield _at(
            grid,
            "rules_f.F011.merge",
            (wanted.top, wanted.left),
            label=_label([text]) if text else span(wanted),
            found=span(actual),
            expected=span(wanted),
        )
    added = [
        area
        for area in grid.merges
        if area not in standing
        and not any(_overlap(area, wanted) for wanted, _, _ in broken)
        and not set(range(area.top, area.bottom + 1)) <= set(match.new_rows)
        and area.left in match.columns.values()
        and area.top <= max(match.rows.values(), default=0)
    ]
    if added:
        yield _at(
            grid,
            "rules_f.F011.merged",
            (added[0].top, added[0].left),
            severity="warning",
            label=span(added[0]),
            found="、".join(map(span, added[:_NAMED])) + ("…" if len(added) > _NAMED else ""),
            count=len(added),
        )


def _grown(match: "SheetMatch", wanted: Area, actual: Area) -> bool:
    """Whether a merged area is the expected one with rows that were put in at its ends."""
    if (actual.left, actual.right) != (wanted.left, wanted.right):
        return False
    more = {*range(actual.top, wanted.top), *range(wanted.bottom + 1, actual.bottom + 1)}
    return actual.top <= wanted.top and actual.bottom >= wanted.bottom and more <= set(match.new_rows)


def _overlap(one: Area, other: Area) -> bool:
    across = one.left <= other.right and other.left <= one.right
    return across and one.top <= other.bottom and other.top <= one.bottom


def _at(
    grid: Grid,
    key: str,
    place: tuple[int, int],
    *,
    label: str,
    found: str | None = None,
    expected: str | None = None,
    severity: Severity | None = None,
    lines: str = "",
    count: int = 0,
) -> Outcome:
    return finding(
        RULE,
        None,
        key,
        label=label,
        found=found,
        expected=expected,
        severity=severity,
        sheet=grid.sheet,
        row=place[0],
        column=place[1],
        lines=lines,
        count=count,
    )


def _outside(grid: Grid, place: tuple[int, int], line: str) -> Outcome:
    cell = grid.shown(*place)
    text = cell.text.strip() if cell else ""
    key, label = "rules_f.F011.outside", _label([text])
    return _at(grid, key, place, label=label, found=text, severity="warning", lines=line)


def _runs(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring lines together, as first and last."""
    first = last = 0
    for line in sorted(lines):
        if first and line == last + 1:
            last = line
            continue
        if first:
            yield first, last
        first = last = line
    if first:
        yield first, last


def _first(grid: Grid, row: int) -> int:
    return next((column for column in range(1, grid.bounds[1] + 1) if grid.cell(row, column)), 1)


def _text(grid: Grid, row: int) -> str:
    """The first thing that a row shows of its own."""
    cells = (grid.cell(row, column) for column in range(1, grid.bounds[1] + 1))
    return next((" ".join(cell.text.split()) for cell in cells if cell and cell.text.strip()), "")


def _column_text(grid: Grid, column: int) -> str:
    cells = (grid.cell(row, column) for row in range(1, grid.bounds[0] + 1))
    return next((" ".join(cell.text.split()) for cell in cells if cell and cell.text.strip()), "")


def _label(texts: Iterable[str]) -> str:
    text = next(filter(None, texts), "")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _lines(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
