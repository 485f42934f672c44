"""Every rule's page says what it must, and its examples do what it says."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.tables import book, grid
from xltools.checking import check_form
from xltools.checks import registry
from xltools.forms import recognise
from xltools.policies import load
from xltools.policies.model import Cap, Policy, Setting

HEADINGS = ("检查什么", "为什么", "错误示例", "正确示例", "依据")
NO_TABLE = {
    "F001": "a file that cannot be opened has no table",
    "F002": "its wrong example is no form at all",
    "F016": "a value under a merged cell cannot be written as a table",
}
ALSO = {"S106": {"V102"}}
"""Errors that a wrong example cannot help causing too: a score without an actual value is a missing actual value."""
CODES = [rule.code for rule in registry.rules()]


def section(page: str, heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", page, re.S | re.M)
    assert found, f"the page has no part {heading}"
    return found.group(1)


def findings(table: str, code: str) -> dict[str, set[str]]:
    """Severities by rule code for the form that a page's table is; lines above the table are its title."""
    lines = [line.strip() for line in table.splitlines()]
    forms = book(grid(table, captions=tuple(line for line in lines if line and not line.startswith("|"))))
    evaluations = recognise(forms).evaluations
    assert len(evaluations) == 1, "the example is not recognised as a form"
    report = check_form(forms, evaluations[0], policy=with_caps() if code == "S111" else None, codes=tuple(CODES))
    found: dict[str, set[str]] = {}
    for finding in report.findings:
        found.setdefault(finding.code, set()).add(finding.severity)
    return found


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
