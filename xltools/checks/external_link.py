"""公式引用了其他工作簿。

## 检查什么
表里的公式（或公式用到的名称）读取另一个文件里的单元格。同一工作表引用同一文件的，合并报一次。

## 为什么
报送时那个文件不会一起报送：对方打开会提示更新链接，一更新就变成 #REF! 或别的数，存的结果也无从核对。报送前应把引用的
数固定下来。

## 错误示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | =[1]台账!$B$2 -> 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 正确示例
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理问题结案率 | 60 | 60 | 100% |
| 群众满意度 | 40 | 40 | 100% |

## 依据
ECMA-376 第 1 部分 18.14（外部工作簿引用）；接收系统只读取报送的文件本身。
"""

import re
from collections.abc import Iterator

from xltools.checks.base import Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import place_label
from xltools.sheets.grid import Book, Cell, address

RULE = Rule(code="F014", name="external-link", severity="warning")

_NAMED = 5
_LINK = re.compile(
    r"""
    "(?:[^"]|"")*"                                                   # text
    | '(?P<path>[^'\[]*)\[(?P<quoted>[^\]']+)\](?:[^']|'')*'!        # '[1]表'!A1, 'D:\\数据\\[台账.xlsx]表'!A1
    | \[(?P<plain>[^\]\[]+)\][^\s!'"(),;+*/&=<>^-]*!                 # [1]表!A1, [1]!名称
    """,
    re.VERBOSE,
)


def check(form: Form) -> Iterator[Outcome]:
    """Find formulas that read other workbooks."""
    if form.grid.source == "docx":
        yield not_checked(RULE, "reasons.no_formulas_docx")
        return
    if form.grid.source == "xls":
        links = [link for link in form.book.external_links if link]
        if links:
            yield finding(
                RULE, None, "rules_f.F014.somewhere", label=form.book.path, sheet=form.grid.sheet, file="、".join(links)
            )
        else:
            yield not_checked(RULE, "reasons.no_formulas_xls")
        return
    names = {
        name.rpartition("!")[2].lower(): found
        for name, meaning in form.book.defined_names.items()
        if (found := linked_files(form.book, meaning))
    }
    named = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, names))})(?![\w.(])", re.IGNORECASE) if names else None
    for grid in form.grids:
        reading: dict[str, list[Cell]] = {}
        for cell in grid.cells.values():
            if not cell.formula:
                continue
            files = linked_files(form.book, cell.formula) if "[" in cell.formula else []
            for match in named.finditer(cell.formula) if named else ():
                files += names[match[0].lower()]
            for file in dict.fromkeys(files):
                reading.setdefault(file, []).append(cell)
        for file, cells in reading.items():
            places = [address(cell.row, cell.column) for cell in cells]
            yield finding(
                RULE,
                None,
                "rules_f.F014",
                label=place_label(form, grid.sheet, cells[0].row, cells[0].column),
                found=cells[0].formula,
                sheet=grid.sheet,
                row=cells[0].row,
                column=cells[0].column,
                file=file,
                count=len(cells),
                cells="、".join(places[:_NAMED]) + ("…" if len(places) > _NAMED else ""),
            )


def linked_files(book: Book, formula: str) -> list[str]:
    """The other workbooks that a formula reads, as their paths where the workbook says them."""
    files = []
    for match in _LINK.finditer(formula):
        name = match["quoted"] or match["plain"]
        if not name:
            continue
        if name.isdigit():
            number = int(name)
            # `[0]` is the workbook itself.
            if number and number <= len(book.external_links):
                files.append(book.external_links[number - 1] or f"[{name}]")
            elif number:
                files.append(f"[{name}]")
        else:
            files.append((match["path"] or "") + name)
    return files
