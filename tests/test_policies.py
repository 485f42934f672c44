"""Policies: what the packaged ones say, how a user's own is read, which one a form belongs to."""

from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

from xltools.errors import PolicyError
from xltools.evaluation import Evaluation, FormKind, Label, UnitInfo
from xltools.figures import Figure
from xltools.policies import NATIONAL, choose, load, names
from xltools.policies.model import Policy, Setting

FORM = Evaluation("渝-湖北-四川.xlsx", "Sheet1", "project")


def written(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_packaged_policies_are_listed() -> None:
    assert set(names()) >= {"mof-2020-10", "chongqing", "hubei", "sichuan"}


@pytest.mark.parametrize("name", ["mof-2020-10", "chongqing", "hubei", "sichuan"])
def test_every_setting_has_a_basis_and_a_certainty(name: str) -> None:
    policy = load(name)
    settings = [getattr(policy, entry.name) for entry in fields(Policy) if entry.name not in ("name", "title")]
    assert policy.name == name
    assert all(isinstance(setting, Setting) and setting.basis and setting.certainty != "user" for setting in settings)


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("89.5", "良"),
        ("80", "良"),
        ("60", "中"),
        ("59.9", "差"),
        ("0", "差"),
    ],
)
def test_grades_include_their_lower_bound(total: str, grade: str) -> None:
    assert load("mof-2020-10").grade(Decimal(total)) == grade


def test_a_negative_total_has_no_grade() -> None:
    assert load("mof-2020-10").grade(Decimal(-1)) is None


def test_the_regions_differ_in_what_they_print() -> None:
    national, hubei = load("mof-2020-10"), load("hubei")
    assert national.split.value == {"execution": 10, "output": 50, "benefit": 30, "satisfaction": 10}
    assert hubei.split.value["execution"] == 20
    assert [(tier.lower, tier.upper) for tier in national.tiers.value] == [(80, 100), (60, 80), (0, 60)]
    assert [(tier.lower, tier.upper) for tier in hubei.tiers.value] == [(80, 100), (50, 80), (0, 50)]
    assert load("chongqing").min_core.value == 5
    assert load("sichuan").low_execution == Setting(Decimal(90), load("sichuan").low_execution.basis, "form")


def test_a_tier_without_words_takes_those_of_the_policy_it_extends() -> None:
    words = {tier.name: tier.words for tier in load("mof-2020-10").tiers.value}
    assert {tier.name: tier.words for tier in load("hubei").tiers.value} == words


def test_what_a_policy_does_not_say_it_inherits() -> None:
    assert load("chongqing").grades == load("mof-2020-10").grades


def test_a_users_file_holds_only_what_differs(tmp_path: Path) -> None:
    path = written(tmp_path, 'title = "本区"\nextends = "mof-2020-10"\nlow_execution = 85.5\nmin_core = 3\n')
    policy = load(path)
    assert policy.low_execution == Setting(Decimal("85.5"), "本区", "user")
    assert policy.min_core.value == 3
    assert policy.grades == load("mof-2020-10").grades


def test_a_users_file_may_extend_another_file(tmp_path: Path) -> None:
    written(tmp_path, 'extends = "chongqing"\nlow_execution = 80\n', "city.toml")
    path = written(tmp_path, 'extends = "city.toml"\nmin_core = 4\n', "district.toml")
    policy = load(str(path))
    assert (policy.low_execution.value, policy.min_core.value) == (80, 4)


def test_a_users_file_may_cap_totals_and_name_grades(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'extends = "mof-2020-10"\n'
        "execution_caps = [{ below = 80, total = 89 }, { below = 60, total = 69 }]\n"
        'grades = [{ name = "不合格", lower = 0 }, { name = "合格", lower = 60 }]\n',
    )
    policy = load(path)
    assert [cap.total for cap in policy.execution_caps.value] == [69, 89]
    assert policy.grade(Decimal(60)) == "合格"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("low_execution = 'neunzig'", ["low_execution", "neunzig"]),
        ("low_execution = 190", ["low_execution", "190"]),
        ("proportional = 1", ["proportional", "1"]),
        ("min_core = -1", ["min_core", "-1"]),
        ("min_core = 2.5", ["min_core", "2.5"]),
        ("unexplained_deduction = 'notice'", ["unexplained_deduction", "notice"]),
        ("split = { Execution = 10 }", ["split.Execution", "10"]),
        ("full_marks = 0", ["full_marks", "0"]),
        ("grades = [{ name = '优' }]", ["grades[1].lower"]),
        ("grades = [{ name = 'A', lower = 5 }, { name = 'B', lower = 5 }]", ["grades", "5"]),
        ("tiers = [{ name = '新档', lower = 0, upper = 5 }]", ["tiers[1].words"]),
        ("tiers = [{ name = '达成', lower = 90, upper = 80 }]", ["tiers[1].lower", "90"]),
        ("execution_caps = [{ under = 80, total = 89 }]", ["execution_caps[1].under"]),
        ("grade = []", ["grade"]),
        ("[low_execution]\nvalue = 90\ncertainty = 'sure'", ["low_execution.certainty", "sure"]),
        ("[low_execution]\nvalue = 90\nbasis = ''", ["low_execution.basis"]),
        ("[low_execution]\nbasis = '本区'", ["low_execution.value"]),
        ("[low_execution]\nvalue = 90\nvalu = 1", ["low_execution.valu"]),
        ("title = 5", ["title", "5"]),
        ("low_execution = nan", ["low_execution"]),
    ],
)
def test_a_wrong_setting_is_named_with_file_and_key(tmp_path: Path, text: str, parts: list[str]) -> None:
    path = written(tmp_path, f'extends = "mof-2020-10"\n{text}\n')
    with pytest.raises(PolicyError) as raised:
        load(path)
    assert all(part in str(raised.value) for part in [str(path), *parts])


def test_a_file_that_extends_nothing_must_be_complete(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="full_marks"):
        load(written(tmp_path, "low_execution = 90\n"))


def test_a_circle_of_files_is_refused(tmp_path: Path) -> None:
    written(tmp_path, 'extends = "two.toml"\n', "one.toml")
    path = written(tmp_path, 'extends = "one.toml"\n', "two.toml")
    with pytest.raises(PolicyError, match=r"two\.toml|one\.toml"):
        load(path)


@pytest.mark.parametrize("text", ["low_execution = = 3", "\x00"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(PolicyError, match="TOML"):
        load(written(tmp_path, text))


def test_an_unknown_name_tells_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="mof-2020-10"):
        load("mof-2021")
    with pytest.raises(PolicyError, match=r"missing\.toml"):
        load(tmp_path / "missing.toml")


def label(text: str, block: str = "budget", field: str = "score") -> Label:
    return Label(block, field, text, "Sheet1", 4, 1)


@pytest.mark.parametrize(
    ("form", "title", "labels", "unit", "name"),
    [
        ("project", "项目支出绩效自评表", ["执行率", "得分"], None, NATIONAL),
        ("project", "重庆市项目支出绩效自评表", ["执行率", "得分"], None, "chongqing"),
        ("department", "部门整体绩效自评表", ["财政处室", "执行率权重"], None, "chongqing"),
        ("department", "部门整体支出绩效自评表", ["执行率", "得分"], None, NATIONAL),
        ("department", "部门整体支出绩效自评表", [], "重庆市璧山区城市管理局", "chongqing"),
        ("project", "部门预算项目支出绩效自评表(2023年度)", ["调整后预算数"], None, "sichuan"),
        ("project", "项目自评表", ["得分（20分*执行率）"], None, "hubei"),
    ],
)
def test_a_form_is_of_the_region_that_it_names_or_looks_like(
    form: FormKind, title: str, labels: list[str], unit: str | None, name: str
) -> None:
    evaluation = replace(
        FORM,
        form=form,
        title=Figure.of(title),
        columns=tuple(map(label, labels)),
        unit=UnitInfo(name=Figure.of(unit) if unit else None),
    )
    assert choose(evaluation).name == name


def test_twenty_points_for_execution_are_the_hubei_layout() -> None:
    assert choose(replace(FORM, execution_points=Decimal(20))).name == "hubei"
    assert choose(replace(FORM, execution_points=Decimal(10))).name == NATIONAL
    assert choose(replace(FORM, indicator_points=Decimal(80))).name == NATIONAL


def test_a_file_name_is_not_content() -> None:
    assert choose(FORM).name == NATIONAL
