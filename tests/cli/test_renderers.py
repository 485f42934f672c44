"""Every renderer of a check against a golden file of the same fixed findings."""

import re
from pathlib import Path

import pytest

from xltools.checking import CheckReport, FileReport
from xltools.checks.base import Finding, NotChecked
from xltools.output import json_output, text

GOLDEN = Path(__file__).parent / "golden"

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


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("check.txt", lambda: text.render(REPORT)),
        ("check-verbose.txt", lambda: text.render(REPORT, verbose=True)),
        ("check-narrow.txt", lambda: text.render(REPORT, columns=50)),
        ("check.json", lambda: json_output.render(REPORT)),
    ],
)
def test_a_report_is_rendered_as_in_the_golden_file(name, printed):
    assert printed() + "\n" == (GOLDEN / name).read_text(encoding="utf-8")


def test_colours_add_nothing_but_colours():
    coloured = text.render(REPORT, colour=True)
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text.render(REPORT)
