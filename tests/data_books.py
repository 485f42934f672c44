"""Data workbooks and blank forms for the tests of filling."""

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.datavalidation import DataValidation

Rows = Sequence[Sequence[object]]

UNITS: Rows = (
    ("单位编码", "单位名称", "主管部门"),
    ("001", "甲中心", "某局"),
    ("002", "乙中心", "某局"),
)
BUDGET: Rows = (
    ("单位编码", "项目", "年初预算数", "全年预算数", "全年执行数"),
    ("001", "年度资金总额", 100, 120, 110.5),
    ("002", "年度资金总额", 50, 50, 50),
)
INDICATORS: Rows = (
    ("单位编码", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
    ("", "产出指标", "数量指标", "服务次数", "≥10", 12, 50, 50),
    ("001", "效益指标", "社会效益指标", "覆盖率", "≥95%", "96%", 40, 40),
)


def data_book(path: Path, sheets: Mapping[str, Rows] | None = None, **changed: Rows) -> Path:
    """A data workbook with these sheets (by default two units); `units`, `budget`, `indicators` replace one of them."""
    content = dict(sheets or {"单位": UNITS, "预算": BUDGET, "指标": INDICATORS})
    for name, sheet in (("units", "单位"), ("budget", "预算"), ("indicators", "指标")):
        if name in changed:
            content[sheet] = changed[name]
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in content.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([None if value == "" else value for value in row])
    book.save(path)
    return path


def blank_form(path: Path, rows: Iterable[tuple[str, str, int]] = (), *, extra: bool = False) -> Path:
    """A bureau's own blank project form with formulas, merged levels, a print area and a validation.

    `rows` are level 1, level 2 and how many rows it has; `extra` adds a second sheet that reads the form.
    """
    groups = list(rows) or [("产出指标", "数量指标", 2), ("效益指标", "社会效益指标", 1)]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "自评表"
    for cells in (
        {"A1": "项目支出绩效自评表"},
        {"A2": "（2022年度）"},
        {"A3": "项目名称", "B3": None, "E3": "项目类别"},
        {"A4": "主管部门", "E4": "实施单位"},
        {
            "A5": "项目资金（万元）",
            "B5": "资金来源",
            "C5": "年初预算数",
            "D5": "全年预算数",
            "E5": "全年执行数",
            "F5": "分值",
        },
        {"G5": "执行率", "H5": "得分", "B6": "年度资金总额", "F6": 10},
        {"G6": '=IF(N(D6)>0,ROUND(E6/D6*100,2),"")', "H6": '=IF(N(D6)>0,ROUND(MIN(E6/D6,1)*F6,2),"")'},
        {"A7": "年度总体目标", "B7": "预期目标", "F7": "实际完成情况"},
        {"A9": "一级指标", "B9": "二级指标", "C9": "三级指标", "D9": "年度指标值", "E9": "实际完成值", "F9": "分值"},
        {"G9": "得分", "H9": "偏差原因分析及改进措施"},
    ):
        for place, value in cells.items():
            sheet[place] = value
    for area in ("A1:H1", "A2:H2", "B3:D3", "F3:H3", "B4:D4", "F4:H4", "A5:A6", "A7:A8"):
        sheet.merge_cells(area)
    for area in ("B7:E7", "F7:H7", "B8:E8", "F8:H8"):
        sheet.merge_cells(area)
    row = first = 10
    level1_start: dict[str, int] = {}
    for level1, level2, count in groups:
        if level1 not in level1_start:
            level1_start[level1] = row
            sheet.cell(row, 1, level1)
        sheet.cell(row, 2, level2)
        if count > 1:
            sheet.merge_cells(start_row=row, end_row=row + count - 1, start_column=2, end_column=2)
        row += count
    for level1, start in level1_start.items():
        end = start + sum(count for name, _, count in groups if name == level1) - 1
        if end > start:
            sheet.merge_cells(start_row=start, end_row=end, start_column=1, end_column=1)
    last, total = row - 1, row
    sheet.cell(total, 1, "总分")
    sheet.merge_cells(start_row=total, end_row=total, start_column=1, end_column=5)
    sheet.cell(total, 6, f"=SUM(F{first}:F{last})+F6")
    sheet.cell(total, 7, f'=IF(COUNT(G{first}:G{last})>0,SUM(G{first}:G{last})+N(H6),"")')
    sheet.cell(total + 1, 1, "注：按实际填写。")
    sheet.print_area = f"A1:H{total + 1}"
    rule = DataValidation("decimal", operator="between", formula1="0", formula2="100")
    rule.add(f"F{first}:F{last}")
    sheet.add_data_validation(rule)
    thin = Side(style="thin")
    for line in sheet.iter_rows(min_row=1, max_row=total + 1, min_col=1, max_col=8):
        for cell in line:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    if extra:
        other = book.create_sheet("核对")
        other["A1"] = f"=SUM(自评表!F{first}:F{last})"
        other["A2"] = f"=自评表!G{total}"
    book.save(path)
    return path


def as_bytes(book: Workbook) -> bytes:
    """A workbook's bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
