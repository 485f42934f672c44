"""The library's face, the registry, and text in columns."""

import re
from pathlib import Path

import pytest

import xltools
from tests.cli.forms import WRONG, write_form, write_list
from xltools.checks import registry
from xltools.errors import FormError, InputError, WorkbookError
from xltools.output.columns import cut, pad, table, width, wrap


def test_check_gives_reports_with_verdict_and_counts(form, tmp_path):
    wrong = write_form(tmp_path / "错表.xlsx", WRONG)
    seen = []
    report = xltools.check([form, wrong], progress=lambda done, total: seen.append((done, total)))
    assert (report.verdict, report.counts["error"]) == ("fail", 1)
    assert [(file.path, file.verdict) for file in report.files] == [(str(form), "pass"), (str(wrong), "fail")]
    assert seen == [(1, 2), (2, 2)]
    assert xltools.check(wrong, select="S102").files[0].findings[0].code == "S102"


def test_read_gives_every_form_or_says_why_there_is_none(form, tmp_path):
    (evaluation,) = xltools.read(form)
    assert evaluation.indicators[0].name.text == "绿地养护面积"
    with pytest.raises(FormError, match=r"list\.xlsx"):
        xltools.read(write_list(tmp_path / "list.xlsx"))
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(WorkbookError):
        xltools.read(tmp_path / "broken.xlsx")


def test_score_returns_the_form_as_it_reads_afterwards(form, tmp_path):
    evaluation = xltools.score(form, tmp_path / "scored.xlsx")
    assert evaluation.total.score.text == "100"
    assert evaluation.total.score.formula


def test_codes_and_names_are_unique_and_agree_with_the_cards():
    cards = registry.rules()
    assert [(card.code, card.name) for card in cards] == list(registry.NAMES.items())
    assert len({card.code for card in cards}) == len({card.name for card in cards}) == len(cards)
    assert all(re.fullmatch(r"[A-Z]\d{3}", card.code) for card in cards)
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", card.name) for card in cards)


def test_every_rule_module_is_registered():
    folder = Path(registry.__file__).parent
    modules = {path.stem for path in folder.glob("*.py") if "\nRULE = Rule(" in path.read_text(encoding="utf-8")}
    assert {name.replace("-", "_") for name in registry.NAMES.values()} == modules


def test_every_rule_has_a_page_with_all_its_parts():
    for code in registry.NAMES:
        page = registry.page(code)
        for part in ("检查什么", "为什么", "错误示例", "正确示例", "依据"):
            assert re.search(rf"^(## )?{part}$", page, re.MULTILINE), (code, part)


def test_selection_keeps_the_order_and_the_rules_about_the_file():
    assert registry.select(["V101", "S1"])[:3] == ("F001", "F002", "S101")
    assert registry.select(["S101"], ["S101"]) == ("F001", "F002")
    assert "F001" in registry.select((), ["F"])
    assert "F001" not in registry.select((), ["unreadable-file"])
    with pytest.raises(InputError):
        registry.select(["no-such-rule"])
    with pytest.raises(InputError):
        registry.select([""])


def test_chinese_characters_take_two_columns():
    assert width("得分 10") == 7
    assert pad("得分", 6) == "得分  "
    assert cut("绿地养护面积", 7) == "绿地养…"
    assert cut("短", 2) == "短"
    assert table([("得分", "a"), ("x", "b")]) == ["得分  a", "x     b"]


def test_a_line_breaks_between_characters_but_not_before_a_closing_mark_or_in_a_word():
    assert wrap("绿地养护面，积", 10) == ["绿地养护", "面，积"]
    lines = wrap("绿地养护面积，达到目标。The total is wrong", 12)
    assert max(map(width, lines)) <= 12
    assert not [line for line in lines if line[0] in "，。"]
    assert "".join(lines).replace(" ", "") == "绿地养护面积，达到目标。Thetotaliswrong"
    assert "total" in " ".join(lines).split()
