"""`xltools.toml`: found from the file upwards, more wordings for labels and prompts, everything wrong said at once."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.tables import book, grid
from xltools import settings
from xltools.checks import registry
from xltools.checks.base import Finding, Severity
from xltools.errors import SettingsError
from xltools.forms import recognise
from xltools.forms.vocabulary import default
from xltools.policies import load
from xltools.rule_choice import choose, ranked

FORM = """
| 项目支出绩效自评表 | < | < | < | < |
| 三级指标 | 年度指标值 | 办结数 | 分值 | 得分 |
| 受理问题 | ≥320件 | 310件 | 30 | 28 |
| 处室填报 | ≥95% | （由处室填写） | 20 | 20 |
"""


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / settings.NAME
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_file_upwards_is_found(tmp_path: Path) -> None:
    outer = write(tmp_path, "")
    inner = write(tmp_path / "县" / "乡", "")
    found = {name: settings.find(tmp_path / name / "a.xlsx") for name in ("县", "县/乡", "县/乡/村")}
    assert {name: entry and entry.path for name, entry in found.items()} == {
        "县": outer,
        "县/乡": inner,
        "县/乡/村": inner,
    }


def test_without_a_file_nothing_is_added_and_a_folder_is_searched_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    is_file = Path.is_file
    monkeypatch.setattr(Path, "is_file", lambda path: asked.append(path) or is_file(path))  # type: ignore[func-returns-value]
    assert settings.find(tmp_path / "a.xlsx") is None
    assert settings.vocabulary(tmp_path / "b.xlsx") is None
    assert asked.count(tmp_path / settings.NAME) == 1


def test_wordings_of_the_file_win_over_the_known_ones_and_leave_those_alone(tmp_path: Path) -> None:
    write(tmp_path, '[labels.indicators]\nactual = ["办结数", "目标值"]\n[prompts]\ncontains = ["由处室填写"]\n')
    words = settings.vocabulary(tmp_path / "a.xlsx")
    assert words is not None
    found = [words.match("indicators", text) for text in ("办结数（件）", "办 结 数：", "目标值", "指标值")]
    assert [match and match.field for match in found] == ["actual", "actual", "actual", "target"]
    known = default().match("indicators", "目标值")
    assert known is not None
    assert known.field == "target"
    (evaluation,) = recognise(book(grid(FORM)), words).evaluations
    assert evaluation.indicators[0].actual is not None
    assert evaluation.indicators[0].actual.text == "310件"
    assert "（由处室填写）" in [prompt.text for prompt in evaluation.prompts]


def test_a_changed_file_holds_at_once(tmp_path: Path) -> None:
    import os

    path = write(tmp_path, '[labels.indicators]\nactual = ["办结数"]\n')
    assert settings.find(tmp_path / "a.xlsx") is not None
    write(tmp_path, "")
    os.utime(path, (1, 1))
    assert settings.vocabulary(tmp_path / "a.xlsx") is None


def test_everything_wrong_is_said_at_once_with_what_is_allowed(tmp_path: Path) -> None:
    write(
        tmp_path,
        """
colour = 1
[labels.indicator]
actual = ["办结数"]
[labels.indicators]
actaul = ["办结数"]
score = "得分"
target = ["同名"]
weight = ["同名"]
[prompts]
holds = ["请填写"]
""",
    )
    with pytest.raises(SettingsError) as caught:
        settings.find(tmp_path / "a.xlsx")
    lines = str(caught.value).splitlines()
    assert settings.NAME in lines[0]
    said = {line.strip().partition("：")[0]: line for line in lines[1:]}
    assert "labels" in said["colour"]
    assert "indicators" in said["labels.indicator"].split("labels.indicator")[1]
    assert "actual" in said["labels.indicators.actaul"]
    assert "labels.indicators.score" in said
    assert "contains" in said["prompts.holds"]
    assert any("labels.indicators.target" in line and "labels.indicators.weight" in line for line in lines)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "[labels")
    with pytest.raises(SettingsError, match=settings.NAME):
        settings.find(tmp_path / "a.xlsx")


def test_a_file_reached_over_dots_has_the_settings_of_its_own_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "here", "")
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert settings.find("a.xlsx") is not None
    assert settings.find("../there/a.xlsx") is None


def test_what_a_check_needs_is_read_by_code_whatever_the_file_calls_a_rule(tmp_path: Path) -> None:
    write(
        tmp_path,
        """
policy = "hubei"
select = ["S", "unit-missing"]
ignore = ["S109"]
[severity]
s107 = "notice"
Unit-Missing = "off"
[thresholds]
low_execution = 85.5
min_core = 5
[[accept]]
rule = "score-rate-mismatch"
reason = " 省厅同意 "
cell = "'指标 得分'!$d$9"
unit = "市城管局"
""",
    )
    found = settings.find(tmp_path / "a.xlsx")
    assert found is not None
    assert found.policy is not None
    assert found.policy.name == "hubei"
    assert (found.select, found.ignore) == (("S", "unit-missing"), ("S109",))
    assert found.severity == {"S107": "notice", "V103": "off"}
    assert found.thresholds == {"low_execution": Decimal("85.5"), "min_core": 5}
    (acceptance,) = found.accept
    assert (acceptance.code, acceptance.name) == ("S101", "score-rate-mismatch")
    assert (acceptance.sheet, acceptance.cell, acceptance.unit) == ("指标 得分", "D9", "市城管局")
    assert (acceptance.reason, acceptance.number) == ("省厅同意", 1)


def test_a_policy_file_stands_beside_the_settings(tmp_path: Path) -> None:
    write(tmp_path, 'policy = "本市.toml"\n')
    (tmp_path / "本市.toml").write_text('extends = "mof-2020-10"\nlow_execution = 70\n', encoding="utf-8")
    found = settings.find(tmp_path / "县" / "乡" / "a.xlsx")
    assert found is not None
    assert found.policy is not None
    assert found.policy.low_execution.value == 70


def test_thresholds_replace_values_of_whichever_policy_holds(tmp_path: Path) -> None:
    write(tmp_path, "[thresholds]\nlow_execution = 85\nover_achievement = 50\n")
    found = settings.find(tmp_path / "a.xlsx")
    (evaluation,) = recognise(book(grid(FORM))).evaluations
    for given in (None, load("chongqing")):
        policy = settings.policy_for(evaluation, given, found)
        assert (policy.low_execution.value, policy.over_achievement.value) == (85, 50)
        assert policy.low_execution.certainty == "user"
        assert str(tmp_path / settings.NAME) in policy.low_execution.basis
        assert policy.min_core == (given or load("mof-2020-10")).min_core
    assert settings.policy_for(evaluation, load("chongqing"), None) is load("chongqing")


def test_every_wrong_value_for_a_check_is_said_with_its_key(tmp_path: Path) -> None:
    write(
        tmp_path,
        """
policy = "hubie"
select = "S101"
ignore = ["S999", "F015"]
[severity]
S101 = "fatal"
score-rate-mismatsch = "error"
S102 = "error"
score-over-weight = "notice"
[thresholds]
low_execution = 150
min_core = 2.5
proportional = false
full_marks = 0
[[accept]]
unit = "市城管局"
[[accept]]
rule = "S101"
reason = " "
cell = "九行"
[[accept]]
rule = "S100"
reason = "省厅同意"
[[accept]]
rule = "S101"
reason = "省厅同意"
unit = 101001
where = "D9"
""",
    )
    with pytest.raises(SettingsError) as caught:
        settings.find(tmp_path / "a.xlsx")
    said = [line.strip() for line in str(caught.value).splitlines()[1:]]
    keys = [line.partition("：")[0] for line in said]
    assert set(keys) >= {
        "policy",
        "select",
        "ignore",
        "severity.S101",
        "severity.score-rate-mismatsch",
        "thresholds.low_execution",
        "thresholds.min_core",
        "thresholds.proportional",
        "thresholds.full_marks",
        "accept[1].rule",
        "accept[1].reason",
        "accept[2].reason",
        "accept[2].cell",
        "accept[3]",
        "accept[3].rule",
        "accept[4].unit",
        "accept[4].where",
    }
    assert keys.count("ignore") == 1
    assert any("severity.S102" in line and "severity.score-over-weight" in line for line in said)
    by_key = dict(zip(keys, said, strict=True))
    assert "hubei" in by_key["policy"]
    assert "S101 score-rate-mismatch" in by_key["severity.score-rate-mismatsch"]
    assert "150" in by_key["thresholds.low_execution"]
    assert "100" in by_key["thresholds.low_execution"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("accept", "accept = 1"),
        ("accept", '[accept]\nrule = "S101"'),
        ("severity", "severity = []"),
        ("thresholds", "thresholds = 85"),
        ("policy", 'policy = ""'),
        ("ignore", "ignore = [1]"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(tmp_path: Path, key: str, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingsError, match=f"(?m)^  {key}："):
        settings.find(tmp_path / "a.xlsx")


def test_the_command_line_selects_anew_and_ignores_more(tmp_path: Path) -> None:
    write(tmp_path, 'select = ["S1"]\nignore = ["S102"]\n[severity]\nS103 = "off"\nS111 = "error"\n')
    found = settings.find(tmp_path / "a.xlsx")
    own = choose(found, (), ())
    assert {"F001", "F002", "S101", "S111"} < set(own.codes)
    assert not {"S102", "S103", "V101"} & set(own.codes)
    assert own.off == ("S103",)
    assert own.quiet == ()
    assert "S104" not in choose(found, (), ("S104",)).codes
    assert "S102" not in choose(found, (), ("S104",)).codes
    assert choose(found, ("S102", "S103"), ()).codes == ("F001", "F002", "S102", "S103")
    assert choose(found, ("S102", "S103"), ()).off == ()


def test_a_rule_off_by_default_is_asked_for_by_a_severity(tmp_path: Path) -> None:
    write(tmp_path, '[severity]\nS111 = "error"\n')
    assert "S111" in choose(None, (), ()).quiet
    assert "S111" not in choose(settings.find(tmp_path / "a.xlsx"), (), ()).quiet


@pytest.mark.parametrize(
    ("usual", "found", "wanted", "becomes"),
    [
        ("S101", "error", "warning", "warning"),
        ("S101", "notice", "warning", "notice"),
        ("S101", "notice", "error", "notice"),
        ("V103", "notice", "error", "error"),
        ("S114", "warning", "error", "error"),
        ("S114", "error", "notice", "notice"),
        ("S107", "warning", "notice", "notice"),
    ],
)
def test_a_severity_makes_no_finding_worse_that_its_rule_takes_for_milder(
    tmp_path: Path, usual: str, found: Severity, wanted: str, becomes: str
) -> None:
    write(tmp_path, f'[severity]\n{usual} = "{wanted}"\n')
    one = Finding(usual, registry.NAMES[usual], found, "表", 1, 1, "A1", "得分", "1", "2", "不符", "依据")
    assert ranked(one, settings.find(tmp_path / "a.xlsx")).severity == becomes
    assert ranked(one, None) is one
