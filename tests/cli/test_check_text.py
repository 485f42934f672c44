"""The text of a check: what is folded, grouped and counted."""

import re
from dataclasses import replace

from tests.cli.reports import REPORT
from xltools.check_report import CheckReport, FileReport
from xltools.checks.base import Finding
from xltools.output import text, text_tables
from xltools.output.columns import width, wrap


def finding(row: int, **values: object) -> Finding:
    message = f"指标{row} · 得分率 填的是 10，应为 100。"
    place = ("表", row, 4, f"D{row}", f"指标{row} · 得分率")
    base = Finding("S101", "score-rate-mismatch", "error", *place, "10", "100", message, "依据文")
    return replace(base, **values)


def form(name: str, *findings: Finding) -> FileReport:
    return FileReport(f"返回/{name}.xlsx", "表", "project", name, "2023", findings)


def test_a_rule_that_is_broken_often_in_a_form_is_folded_with_its_cells():
    report = CheckReport((form("甲", *(finding(row) for row in range(1, 9))),))
    printed = text.render(report)
    assert printed.count("应为 100") == text.SHOWN
    assert "还有 5 处 S101 score-rate-mismatch：D4 D5 D6 D7 D8" in printed
    assert text.render(report, verbose=True).count("应为 100") == 8


def test_one_finding_is_never_folded_alone():
    report = CheckReport((form("甲", *(finding(row) for row in range(1, text.SHOWN + 2))),))
    assert text.render(report).count("应为 100") == text.SHOWN + 1


def test_the_basis_of_a_rule_is_said_once_in_each_form():
    report = CheckReport((form("甲", finding(1), finding(2)), form("乙", finding(1))))
    assert text.render(report).count("依据：依据文") == 2
    assert text.render(report, verbose=True).count("依据：依据文") == 3


def test_the_label_is_not_said_twice():
    lines = text.render(CheckReport((form("甲", finding(1)),))).splitlines()
    assert lines[4].endswith("S101 score-rate-mismatch  指标1 · 得分率")
    assert lines[5].strip() == "填的是 10，应为 100。"
    long = "很长的指标名称" * 10
    printed = text.render(CheckReport((form("甲", finding(1, label=long, message=f"{long} 填错了。")),)))
    assert re.sub(r"\s", "", printed).count(long) == 1


def many(number: int) -> CheckReport:
    wrong = [form(f"单位{n}", finding(9), finding(10, severity="warning", code="S109")) for n in range(number)]
    return CheckReport((*wrong, form("好单位")))


def test_many_forms_are_grouped_by_rule_and_the_text_stays_short():
    report = many(10_000)
    printed = text.render(report).splitlines()
    assert printed[0].startswith("不通过：错误 10000，警告 10000")
    assert len(printed) < 100
    assert any("S101" in line and "10000 处，10000 个单位" in line for line in printed)
    assert any("还有 9997 处" in line for line in printed)
    assert any(f"还有 {10_000 - text_tables.FILES} 份表有问题" in line for line in printed)
    assert max(map(width, printed)) <= 80
    assert "文件夹：返回" in printed


def test_verbose_lists_everything_however_much_it_is():
    assert text.render(many(text.MANY_FORMS + 1), verbose=True).count("填的是 10") == 2 * (text.MANY_FORMS + 1)


def test_some_forms_are_not_grouped():
    assert text.render(many(text.MANY_FORMS)).count("填的是 10") == 2 * text.MANY_FORMS


def test_the_files_with_the_most_errors_come_first():
    worst = form("最差", *(finding(row) for row in range(1, 6)))
    report = CheckReport((*many(60).files, worst))
    files = text.render(report).partition("有问题的文件")[2].splitlines()
    assert files[1].split() == ["5", "0", "0", "最差.xlsx", "最差"]


def test_statistics_count_units_and_rules():
    report = CheckReport(
        (
            form("甲", finding(1), finding(2)),
            replace(form("甲", finding(1, severity="notice")), path="返回/甲2.xlsx"),
            form("乙"),
        )
    )
    printed = text.render(report, statistics=True)
    units = printed.partition("按单位统计")[2].partition("按规则统计")[0].splitlines()
    assert [line.split() for line in units[1:3]] == [
        ["结论", "错误", "警告", "提示", "表", "单位"],
        ["不通过", "2", "0", "1", "2", "甲"],
    ]
    assert "没有发现问题的表：1 份" in units[3]
    rules = printed.partition("按规则统计")[2].splitlines()
    assert rules[2].split() == ["S101", "错误", "3", "1", "score-rate-mismatch"]


def test_statistics_of_many_forms_list_every_unit_and_no_file_twice():
    printed = text.render(many(60), statistics=True)
    assert all(f"  单位{number}\n" in printed for number in range(60))
    assert "有问题的文件" not in printed


def test_forms_without_findings_share_one_line():
    clean = [form(f"没有问题的单位{number}") for number in range(40)]
    lines = text.render(CheckReport((*clean, *REPORT.files))).splitlines()
    named = [line for line in lines if "没有问题的单位" in line]
    assert len(named) == 1
    assert named[0].startswith("没有发现问题的表：41 份（没有问题的单位0、")
    assert width(named[0]) <= 80


def test_no_line_ends_with_an_opening_bracket():
    for room in range(10, 40):
        lines = wrap("说明任务目标的完成情况（不超过100字）并分析原因（须具体）、写明“改进措施”", room)
        assert not any(line.endswith(("（", "“")) for line in lines)
        assert max(map(width, lines)) <= room
