"""Every rule's page says what it must, and its examples do what it says."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.tables import book, grid
from xltools.checking import check_form
from xltools.checks import registry
from xltools.forms import recognise
from xltools.issued import Issued, issued_book
from xltools.policies import load
from xltools.policies.model import Cap, Policy, Setting
from xltools.sheets.grid import Book, Grid, Validation, area_of

HEADINGS = ("检查什么", "为什么", "错误示例", "正确示例", "依据")
NO_TABLE = {
    "F001": "a file that cannot be opened has no table",
    "F002": "its wrong example is no form at all",
    "F016": "a value under a merged cell cannot be written as a table",
}
ALSO = {"S106": {"V102"}, "F008": {"S103"}}
"""Errors that a wrong example cannot help causing too: a score without an actual value is a missing actual value, and a
total with a stale result is a wrong total."""
CODES = [rule.code for rule in registry.rules()]


def section(page: str, heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", page, re.S | re.M)
    assert found, f"the page has no part {heading}"
    return found.group(1)


def findings(table: str, code: str) -> dict[str, set[str]]:
    """Severities by rule code for the form that a page's example is."""
    template, forms = example(table)
    evaluations = recognise(forms).evaluations
    assert len(evaluations) == 1, "the example is not recognised as a form"
    policy = with_caps() if code == "S111" else None
    report = check_form(forms, evaluations[0], template=template, policy=policy, codes=tuple(CODES))
    found: dict[str, set[str]] = {}
    for finding in report.findings:
        found.setdefault(finding.code, set()).add(finding.severity)
    return found


def example(text: str) -> tuple[Issued | None, Book]:
    """An example as a workbook, with the template that it was made from where it shows one (`模板：`, then `报送：`).

    `隐藏行：3` and `有效性 E2:E3：是,否` say what a table cannot show; other lines above a table are its title.
    """
    before, mark, after = text.partition("报送：")
    if mark:
        blank = replace(book(_table(before.replace("模板：", ""))), path="模板.xlsx")
        return issued_book(blank, "模板"), book(_table(after))
    return None, book(_table(text))


def _table(text: str) -> Grid:
    captions: list[str] = []
    hidden: set[int] = set()
    validations: list[Validation] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        guarded = re.fullmatch(r"有效性 (\w+:\w+)：(.+)", line)
        if line.startswith("隐藏行："):
            hidden.add(int(line.removeprefix("隐藏行：")))
        elif guarded:
            validations.append(Validation((area_of(guarded[1]),), "list", None, f'"{guarded[2]}"', None))
        elif not line.startswith("|"):
            captions.append(line)
    return grid(
        text, captions=tuple(captions), hidden_rows=frozenset(hidden), validations=tuple(validations), source="xlsx"
    )


def with_caps() -> Policy:
    caps = tuple(Cap(Decimal(below), Decimal(total)) for below, total in ((50, 59), (60, 69), (70, 79), (80, 89)))
    return replace(load("mof-2020-10"), execution_caps=Setting(caps, "某地办法", "user"))


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_all_its_parts(code: str) -> None:
    page = registry.page(code)
    assert page.splitlines()[0].endswith("。")
    for heading in HEADINGS:
        assert section(page, heading).strip(), f"{heading} is empty"


@pytest.mark.parametrize("code", [code for code in CODES if code not in NO_TABLE])
def test_the_wrong_example_triggers_its_rule_and_no_other_error(code: str) -> None:
    found = findings(section(registry.page(code), "错误示例"), code)
    assert code in found
    errors = {other for other, severities in found.items() if "error" in severities}
    assert errors - {code} <= ALSO.get(code, set())


@pytest.mark.parametrize("code", [code for code in CODES if code not in NO_TABLE])
def test_the_right_example_does_not_trigger_its_rule(code: str) -> None:
    found = findings(section(registry.page(code), "正确示例"), code)
    assert code not in found
    assert not {other for other, severities in found.items() if "error" in severities}
