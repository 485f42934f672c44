"""Was a target met, by what the form says; when is a reason a reason."""

from dataclasses import replace
from decimal import Decimal

import pytest

from xltools.evaluation import BudgetRow, Evaluation, Indicator
from xltools.figures import Figure
from xltools.judging import (
    Judgement,
    direction_of,
    execution_reason,
    is_stepwise,
    judge,
    reason_given,
    says_something,
    target_of,
    tier,
)
from xltools.policies import load
from xltools.texts.reasons import TEXTS

FORM = Evaluation("自评表.xlsx", "自评表", "project")


def figure(text: str | None) -> Figure | None:
    return None if text is None else Figure.of(text)


def indicator(
    target: str | None,
    actual: str | None,
    nature: str | None = None,
    unit: str | None = None,
    *,
    name: str = "完成率",
    rule: str | None = None,
    note: str | None = None,
) -> Indicator:
    return Indicator(
        name=Figure.of(name),
        target=figure(target),
        actual=figure(actual),
        nature=figure(nature),
        unit=figure(unit),
        printed_rule=figure(rule),
        note=figure(note),
    )


def judged(*args: str | None, **fields: str) -> Judgement:
    return judge(FORM, indicator(*args, **fields))


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("≥95%", "96%", True),
        ("≥95%", "94.9%", False),
        ("95%以上", "96%", True),
        ("不少于12种", "11种", False),
        ("≤5分钟", "4分钟", True),
        ("≤5分钟", "6分钟", False),
        ("15%及其以下", "12%", True),
        ("控制在10%以内", "12%", False),
        (">50件", "51件", True),
        ("<50件", "51件", False),
        ("=4项", "3项", False),
        ("≧735", "736", True),
    ],
)
def test_the_sign_in_the_target_decides(target: str, actual: str, met: bool) -> None:
    assert judged(target, actual).met is met


@pytest.mark.parametrize(
    ("nature", "direction", "met"),
    [
        ("≥", "≥", False),
        ("≧", "≥", False),
        ("≤", "≤", True),
        ("≦", "≤", True),
        ("═", "=", False),
        ("﹦", "=", False),
        ("大于等于", "≥", False),
        ("正向指标", "≥", False),
        ("反向指标", "≤", True),
        ("定量", "", None),
        ("定量指标", "", None),
        ("定性", "", None),
    ],
)
def test_the_nature_cell_gives_the_direction_when_it_holds_a_sign(
    nature: str, direction: str, met: bool | None
) -> None:
    result = judged("100", "98", nature, "%")
    assert (result.direction, result.met) == (direction, met)


def test_the_target_itself_goes_before_the_nature_cell() -> None:
    assert direction_of(FORM, indicator("≤100", "98", "≥")) == "≤"


@pytest.mark.parametrize("name", ["森林火灾受害率", "项目成本控制", "工程合格率", "投诉减少数", "任务完成率"])
def test_an_indicators_name_never_gives_a_direction(name: str) -> None:
    result = judged("90", "80", name=name)
    assert result.met is None
    assert result.undecided == "reasons.no_direction"


@pytest.mark.parametrize(
    ("target", "actual", "unit"),
    [
        ("100%", "100%", None),
        ("2万元", "2万元", None),
        ("2万元", "20000元", None),
        ("100", "100%", "%"),
        ("≥100百分比", "100", None),
        ("300公里", "300千米", None),
        ("100%", "1", None),
        ("合格", "合格", None),
        ("全天候 可用", "全天候可用", None),
        ("2022年12月", "2022年12月", None),
    ],
)
def test_an_equal_pair_is_met_in_every_direction(target: str, actual: str, unit: str | None) -> None:
    for nature in (None, "≥", "≤", "="):
        result = judged(target, actual, nature, unit)
        assert (result.met, result.equal, result.share) == (True, True, Decimal(1)), nature


def test_the_adjusted_target_counts_where_it_is_filled_in() -> None:
    row = replace(indicator("≥100", "90"), target_adjusted=Figure.of("≥90"))
    assert judge(FORM, row).met is True
    blank = replace(row, target_adjusted=Figure.of("—"))
    assert target_of(blank) == row.target
    assert judge(FORM, blank).met is False


def test_figures_of_a_merged_cell_are_judged_too() -> None:
    row = replace(indicator("90", "95"), covered={"nature": Figure.of("≥")})
    assert judge(FORM, row).met is True


@pytest.mark.parametrize(
    ("target", "actual", "share"),
    [("≥80", "60", "0.75"), ("≤60", "80", "0.75"), ("≤0次", "1次", "0"), ("≥100%", "0%", "0"), ("≤10", "9", "1")],
)
def test_the_share_is_actual_over_target_or_the_reverse(target: str, actual: str, share: str) -> None:
    assert judged(target, actual).share == Decimal(share)


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        (None, "5", "reasons.no_target"),
        ("—", "5", "reasons.no_target"),
        ("≥5", None, "reasons.no_actual"),
        ("≥5", "/", "reasons.no_actual"),
        ("效果明显", "达成预期指标", "reasons.words"),
        ("≥95%", "达成预期指标", "reasons.actual_in_words"),
        ("≥100%", "1000件", "reasons.units_differ"),
        ("≥95%", "0.96", "reasons.fraction_or_percent"),
        ("≤90万元", "900000", "reasons.unit_scale"),
        ("550", "20", "reasons.no_direction"),
        ("≥95%", "≥90%", "reasons.actual_with_sign"),
    ],
)
def test_what_cannot_be_decided_says_why(target: str | None, actual: str | None, reason: str) -> None:
    result = judged(target, actual)
    assert (result.met, result.share, result.undecided) == (None, None, reason)


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        ("=100%", "98%", "reasons.equal_missed"),
        ("≥-5%", "-8%", "reasons.negative"),
        ("≥0", "-1", "reasons.negative"),
        ("9月前", "11月", "reasons.deadline_missed"),
    ],
)
def test_a_miss_without_a_printed_rule_has_no_share(target: str, actual: str, reason: str) -> None:
    result = judged(target, actual)
    assert (result.met, result.share, result.undecided) == (False, None, reason)


def test_every_reason_has_a_text() -> None:
    pairs = [
        (None, "1"),
        ("≥1", None),
        ("好", "坏"),
        ("≥1", "好"),
        ("≥1%", "1件"),
        ("≥95%", "0.9"),
        ("≤9万元", "90000"),
    ]
    pairs += [("1", "2"), ("=1", "2"), ("≥-1", "-2"), ("9月前", "9月"), ("9月前", "10月"), ("≥5", "≥4")]
    reasons = {judged(*pair).undecided for pair in pairs}
    assert None not in reasons
    assert len(reasons) == len(pairs)
    assert reasons <= set(TEXTS)


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("9月前", "7月", True),
        ("9月底前", "9月", True),
        ("9月前", "9月", None),
        ("9月15日前", "9月", None),
        ("9月15日前", "9月10日", True),
        ("11月前", "12月", False),
        ("2022年12月30日前", "2022年12月31日", False),
        ("2022年12月30日前", "2022年11月", True),
        ("12月底之前", "12月30日", True),
        ("2022年12月", "2022年11月", None),
        ("2022年6月底前", "2023年1月", False),
    ],
)
def test_earlier_is_better_only_where_the_target_is_a_time_limit(target: str, actual: str, met: bool | None) -> None:
    assert judged(target, actual).met is met


def test_a_year_left_out_is_the_forms_own() -> None:
    row = indicator("2022年12月30日前", "12月31日")
    assert judge(FORM, row).undecided == "reasons.year_unknown"
    assert judge(replace(FORM, year="2022"), row).met is False


def test_over_achievement_is_a_percentage_above_a_lower_bound() -> None:
    assert judged("≥2000", "3061").over == Decimal("53.05")
    assert judged("≤2000", "1000").over is None
    assert judged("2000", "3061").over is None
    assert judged("≥0", "5").over is None


def test_an_actual_that_repeats_the_sign_is_compared_by_its_number() -> None:
    assert judged("≥360天", "≥360天").equal
    assert judged("≥360天", "≥365天").met is True


@pytest.mark.parametrize(
    ("rule", "direction"),
    [
        ("达到95%得满分,每降低5%扣1分", "≥"),
        ("每超过1天扣2分", "≤"),
        ("满意度≥95%得满分", "≥"),
        ("满意度≥90%得满分", ""),
        ("每降低1%扣1分,每超过1%扣1分", ""),
    ],
)
def test_a_printed_rule_gives_a_direction(rule: str, direction: str) -> None:
    assert direction_of(FORM, indicator("95%", "90%", rule=rule)) == direction


def test_a_note_on_what_was_reached_gives_no_direction() -> None:
    assert direction_of(FORM, indicator("95%", "97%", note="实际完成率大于95%")) == ""


def test_a_stepwise_rule_leaves_the_share_open() -> None:
    result = judged("≥95%", "90%", rule="每降5%扣1分")
    assert (result.met, result.share, result.undecided) == (False, None, "reasons.stepwise_rule")


def test_a_stepwise_rule_under_the_table_applies_to_the_indicators_but_not_one_for_execution() -> None:
    row = indicator("≥95%", "90%")
    general = replace(FORM, rules=(Figure.of("未达标的,每降低1个百分点扣0.5分,扣完为止"),))
    execution = replace(FORM, rules=(Figure.of("预算执行率每低1%扣0.1分"),))
    assert judge(general, row).share is None
    assert judge(execution, row).share == Decimal(90) / Decimal(95)


@pytest.mark.parametrize(
    ("text", "stepwise"),
    [
        ("每降5%扣1分", True),
        ("≥90%得5分,80%-90%得3分,<80%不得分", True),
        ("完成得满分,否则不得分", True),
        ("完成值达到指标值得满分;未达到的按B/A计分,得分=权重*B/A", False),
        ("≥X 得分=权重*B/A,不超过权重", False),
        ("得分=权重×完成率", False),
        ("质保金未到期", False),
    ],
)
def test_a_rule_of_the_forms_own_is_told_from_the_proportional_one(text: str, stepwise: bool) -> None:
    assert is_stepwise(text) is stepwise


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无",
        "无。",
        "0",
        "-",
        "/",
        "——",
        "无偏差",
        "不适用",
        "没有",
        "无偏差原因",
        "无需说明",
        "已完成",
        "√",
        "100%",
        "(200字以内)",
    ],
)
def test_words_for_nothing_are_no_reason(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["疫情影响", "剩余3%尾款未付", "无法按期招标", "因雨季推迟", "未完成,跨年度实施"])
def test_real_reasons_are_recognised(text: str) -> None:
    assert says_something(text)


def test_a_merged_note_counts_for_every_row_it_covers() -> None:
    note = Figure.of("受疫情影响,活动取消")
    row = replace(indicator("≥5", "4"), covered={"note": note})
    assert reason_given(FORM, row) == note
    assert reason_given(FORM, indicator("≥5", "4", note="无")) is None


def test_as_above_means_the_note_above() -> None:
    first = replace(indicator("≥5", "4", note="受疫情影响"), row=5)
    second = replace(indicator("≥5", "4", note="同上"), row=6)
    form = replace(FORM, indicators=(first, second))
    assert reason_given(form, second) == first.note


def test_a_remark_below_the_table_explains_what_it_names_or_causes_in_general() -> None:
    row = indicator("≥5", "4", name="指标1:开展培训次数")
    named = replace(FORM, remarks=(Figure.of("开展培训次数比计划少1次"),))
    general = replace(FORM, remarks=(Figure.of("由于资金下达较晚,部分任务未按期完成"),))
    other = replace(FORM, remarks=(Figure.of("将继续加强绩效管理"),))
    assert reason_given(named, row) == named.remarks[0]
    assert reason_given(general, row) == general.remarks[0]
    assert reason_given(other, row) is None


def test_a_low_execution_is_explained_by_a_budget_note_or_any_word_on_money() -> None:
    assert execution_reason(FORM) is None
    budget = replace(FORM, budget=(BudgetRow(note=Figure.of("项目结余")),))
    noted = replace(FORM, indicators=(indicator("1", "1", note="已完工,剩余3%尾款未付"),))
    unrelated = replace(FORM, indicators=(indicator("1", "1", note="受疫情影响"),))
    assert execution_reason(budget) is not None
    assert execution_reason(noted) is not None
    assert execution_reason(unrelated) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("达成预期指标", "达成"),
        ("已完成。", "达成"),
        ("部分达成预期指标并具有一定效果", "部分达成"),
        ("未达成预期指标且效果较差", "未达成"),
        ("基本达成预期指标", None),
        ("良好", None),
        ("完成了32场培训", None),
    ],
)
def test_a_tier_is_claimed_by_its_own_wording_only(text: str, name: str | None) -> None:
    claimed = tier(load("mof-2020-10"), text)
    assert (claimed.name if claimed else None) == name
