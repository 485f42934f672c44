"""Workbooks for the tests of the command line, written from the forms of tests/tables.py."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from tests.tables import grid

GOOD = """
| 项目支出绩效自评表 | < | < | < | < | < | < | < |
| （2023年度） | < | < | < | < | < | < | < |
| 项目名称 | 城区绿化养护 | < | < | < | < | < | < |
| 主管部门 | 市园林局 | < | < | 实施单位 | 市绿化养护中心 | < | < |
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 120 | 120 | 120 | 10 | 100% | 10 |
| ^ | 其中：当年财政拨款 | 120 | 120 | 120 | — | 100% | — |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标（50分） | 数量指标 | 绿地养护面积 | ≥320公顷 | 320公顷 | 30 | 30 | |
| ^ | 质量指标 | 绿地达标率 | ≥95% | 96% | 20 | 20 | |
| 效益指标（30分） | 生态效益指标 | 绿化覆盖率 | ≥40% | 41% | 30 | 30 | |
| 满意度指标（10分） | 服务对象满意度指标 | 居民满意度 | ≥90% | 92% | 10 | 10 | |
| 总分 | < | < | < | < | 100 | 100 | |
"""

WRONG = GOOD.replace("| 20 | 20 |", "| 20 | 21 |").replace("| 100 | 100 |", "| 100 | 101 |")
"""The same with a score above its weight: error S102 in G10."""

Write = Callable[..., Path]


def write_form(path: Path, markdown: str = GOOD) -> Path:
    """Write a form as a workbook."""
    form = grid(markdown)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.sheet
    for cell in form.cells.values():
        written = sheet.cell(cell.row, cell.column, cell.raw)
        written.number_format = cell.number_format
    for area in form.merges:
        first, last = get_column_letter(area.left), get_column_letter(area.right)
        sheet.merge_cells(f"{first}{area.top}:{last}{area.bottom}")
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def write_list(path: Path) -> Path:
    """Write a workbook that holds no form."""
    book = Workbook()
    book.worksheets[0].append(["姓名", "工号"])
    book.save(path)
    return path
