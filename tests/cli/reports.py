"""A fixed report for the tests of what is made of it, and the sheets that it is about."""

from tests.tables import grid
from xltools.check_report import CheckReport, FileReport
from xltools.checks.base import Finding, NotChecked
from xltools.sheets.grid import Book

REPORT = CheckReport(
    (
        FileReport(
            "各单位/城管局.xlsx",
            "指标得分情况",
            "department",
            "市城市管理局",
            "2021",
            (
                Finding(
                    "S101",
                    "score-rate-mismatch",
                    "error",
                    "指标得分情况",
                    9,
                    4,
                    "D9",
                    "城区环境卫生质量提高率 · 得分率",
                    "10",
                    "100",
                    "得分率与得分不符：16 ÷ 16 = 100 %。请改为 100。",
                    "得分率 = 得分 ÷ 权重",
                    "safe",
                ),
                Finding(
                    "F013",
                    "hidden-content",
                    "warning",
                    "预算收支",
                    0,
                    0,
                    "",
                    "",
                    None,
                    None,
                    "工作表是隐藏的，其中有内容。请取消隐藏或删去，以免接收系统读取了填报人自己看不到的内容，也以免漏核。",
                    "接收系统读取所有工作表",
                ),
            ),
            (
                NotChecked("B105", "balance-unclosed", "表中没有结转结余"),
                NotChecked("S110", "grade-mismatch", "表中没有等级"),
            ),
        ),
        FileReport(
            "各单位/园林局.xlsx",
            "自评表",
            "project",
            None,
            None,
            not_checked=(NotChecked("B105", "balance-unclosed", "表中没有结转结余"),),
        ),
        FileReport(
            "各单位/坏文件.xlsx",
            findings=(
                Finding(
                    "F001",
                    "unreadable-file",
                    "error",
                    "",
                    0,
                    0,
                    "",
                    "坏文件.xlsx",
                    None,
                    None,
                    "文件不完整。",
                    "可打开的文件",
                ),
            ),
        ),
    )
)


def read_book(path: str) -> Book:
    """The workbook that the report was made from."""
    scores = grid(
        """
        | 2021年部门整体绩效自评得分 | < | < | < |
        | 单位：市城市管理局 | < | < | < |
        | 指标名称 | 权重 | 得分 | 得分率 |
        | 受理案件结案率 | 8 | 8 | 100 |
        | 民生服务质量 | 12 | 12 | 100 |
        | 热线电话数量 | 10 | 10 | 100 |
        | 综合管理工作 | 15 | 13.5 | 90 |
        | 系统稳定运行 | 15 | 15 | 100 |
        | 城区环境卫生质量提高率 | 16 | 16 | 10 |
        """,
        sheet="指标得分情况",
    )
    budget = grid("| 全年预算数 | 全年执行数 |\n| 120 | 118.5 |", sheet="预算收支", state="hidden")
    return Book(path, (scores, budget))
