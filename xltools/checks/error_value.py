"""格里是 #REF!、#DIV/0!、#NAME? 等错误值，或公式引用了错误值。

## 检查什么
表上任何一项内容是错误值；或者某项内容的公式（逐级向前追）读到本工作簿里的错误值，哪怕用 IFERROR 遮住了。一处错误只
报一次，并写明影响哪一项。引用其他工作簿的部分不追。

## 为什么
错误值不是数，执行率、得分、总分都会跟着错；用 IFERROR 遮住的错误值更隐蔽，表面上是 0 或空白。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | #DIV/0! |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
ECMA-376 第 1 部分 18.17.3（错误值）；接收系统不接收错误值。
"""

from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding
from xltools.checks.cells import labelled, references
from xltools.figures import Figure
from xltools.sheets.grid import Book, Cell, area_of

RULE = Rule(code="F007", name="error-value", severity="error")

_FARTHEST = 20_000
"""How many cells behind one field are followed; published forms stay far below."""

Place = tuple[str, int, int]


def check(form: Form) -> Iterator[Outcome]:
    """Find error values in the form's fields and in what their formulas read."""
    reported: set[Place] = set()
    fields = list(labelled(form.evaluation))
    for label, figure in fields:
        place = (figure.sheet, figure.row, figure.column)
        if figure.kind == "error" and place not in reported:
            reported.add(place)
            source = next(_errors_behind(form.book, figure), None)
            if source is not None:
                reported.add(source[0])
            yield finding(
                RULE,
                figure,
                "rules_f.F007" if source is None else "rules_f.F007.caused",
                label=label,
                source=_name(source[0]) if source else "",
                error=source[1].text if source else "",
            )
    for label, figure in fields:
        for (sheet, row, column), cell in _errors_behind(form.book, figure):
            if (sheet, row, column) not in reported:
                reported.add((sheet, row, column))
                yield finding(
                    RULE,
                    None,
                    "rules_f.F007.read",
                    label=label,
                    found=cell.text,
                    sheet=sheet,
                    row=row,
                    column=column,
                    field=_name((figure.sheet, figure.row, figure.column)),
                    source=_name((sheet, row, column)),
                )


def _errors_behind(book: Book, figure: Figure) -> Iterator[tuple[Place, Cell]]:
    """The error values that a field's formula reads, directly or through other formulas."""
    if not figure.formula:
        return
    waiting = [(figure.formula, figure.sheet)]
    seen: set[Place] = {(figure.sheet, figure.row, figure.column)}
    while waiting and len(seen) < _FARTHEST:
        formula, sheet = waiting.pop()
        for place, cell in _cells_read(book, formula, sheet):
            if place in seen:
                continue
            seen.add(place)
            if cell.kind == "error":
                yield place, cell
            if cell.formula:
                waiting.append((cell.formula, place[0]))


def _cells_read(book: Book, formula: str, sheet: str) -> Iterator[tuple[Place, Cell]]:
    for owner, reference in references(formula, sheet):
        grid = book.grid(owner)
        if grid is None:
            continue
        area = area_of(reference)
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) > len(grid.cells):
            places = [place for place in grid.cells if area.covers(*place)]
        else:
            rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
            places = [(row, column) for row in rows for column in columns if (row, column) in grid.cells]
        for row, column in places:
            yield (owner, row, column), grid.cells[row, column]


def _name(place: Place) -> str:
    from xltools.sheets.grid import address

    return f"{place[0]}!{address(place[1], place[2])}"
