"""Expected figures: rates, execution and proposed scores, totals, grade, balances, and the scale of rate columns."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.tables import book, grid
from xltools.evaluation import BudgetRow, Evaluation, Indicator, Level, Total
from xltools.figures import Figure
from xltools.forms import recognise
from xltools.policies import load
from xltools.scales import in_scale, percent_scale, to_percent
from xltools.scoring import Expected, expected
from xltools.texts.reasons import TEXTS

POLICY = load("mof-2020-10")

SEED = """
| 指标得分情况 | < | < | < |
| 指标名称 | 权重 | 得分 | 得分率 |
| 受理城市管理问题结案率 | 8 | 8 | 100 |
| 推进民生服务质量 | 12 | 12 | 100 |
| 受理重庆热线电话数量 | 10 | 10 | 100 |
| 促进城市综合管理工作 | 15 | 13.5 | 90 |
| 保障系统性能稳定运行 | 15 | 15 | 100 |
| 项目绩效管理率 | 15 | 15 | 100 |
| 城区环境卫生质量提高率 | 16 | 16 | 10 |
| 广大群众满意度 | 9 | 9 | 100 |
"""

PROJECT = """
| 项目支出绩效自评表 | < | < | < | < | < | < |
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 218.18161 | 175.02141 | 174.669079 | 10 | 99.8% | 9.98 |
| ^ | 其中：当年财政拨款 | 218.18161 | 175.02141 | 174.669079 | — | 99.8% | — |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析 |
| 产出指标（50分） | 数量指标 | 案件办理数量 | ≥100件 | 90件 | 30 | 27 | 受疫情影响 |
| ^ | 质量指标 | 办理质量 | 合格 | 合格 | 20 | 20 | |
| 效益指标（30分） | 社会效益指标 | 平均响应时间 | ≤20分钟 | 25分钟 | 30 | 24 | |
| 满意度指标（10分） | 服务对象满意度指标 | 群众满意度 | ≥90% | 95% | 10 | 10 | |
| 总分 | < | < | < | < | 100 | 90.98 | |
"""


def form(markdown: str) -> Evaluation:
    return recognise(book(grid(markdown))).evaluations[0]


def scored(markdown: str) -> Expected:
    return expected(form(markdown), POLICY)


def blank(**fields: object) -> Evaluation:
    return replace(Evaluation("自评表.xlsx", "自评表", "project"), **fields)  # type: ignore[arg-type]


def row(**figures: str | None) -> BudgetRow:
    return BudgetRow(**{name: Figure.of(text) for name, text in figures.items() if text is not None})  # type: ignore[arg-type]


def indicator(**figures: str) -> Indicator:
    return Indicator(**{name: Figure.of(text) for name, text in figures.items()})  # type: ignore[arg-type]


def test_the_seeds_score_rates_are_on_a_scale_of_100_and_one_is_wrong() -> None:
    evaluation = form(SEED)
    assert percent_scale(evaluation, "score_rate") == "100"
    rates = [item.rate.value for item in expected(evaluation, POLICY).indicators]
    assert rates == [100, 100, 100, 90, 100, 100, 100, 100]
    assert evaluation.indicators[6].score_rate is not None
    assert evaluation.indicators[6].score_rate.value == 10


def test_the_seeds_total_and_grade() -> None:
    result = scored(SEED)
    assert (result.weight_total.value, result.score_total.value, result.grade) == (100, Decimal("98.5"), "优")
    assert result.execution_weight is None


def test_the_execution_rate_is_over_the_adjusted_budget() -> None:
    result = scored(PROJECT)
    assert result.execution_rate.value == Decimal("174.669079") / Decimal("175.02141") * 100
    assert result.execution_score.value == result.execution_rate.value / 10
    assert result.execution_score_as_printed.value == Decimal("9.98")
    assert result.balances[0].value == Decimal("0.352331")


def test_proposed_scores_follow_the_direction_of_the_target() -> None:
    items = scored(PROJECT).indicators
    assert [item.proposed.value for item in items] == [27, 20, 24, 10]
    assert [item.for_person for item in items] == [False, True, False, False]


def test_the_total_is_the_execution_score_and_all_indicator_scores() -> None:
    result = scored(PROJECT)
    assert (result.weight_total.value, result.score_total.value) == (100, Decimal("90.98"))
    assert result.score_total.how == "9.98 + 27 + 20 + 24 + 10 = 90.98"


def test_execution_above_the_budget_earns_no_more_than_the_weight() -> None:
    result = expected(blank(budget=(row(adjusted="100", executed="120", weight="10"),)), POLICY)
    assert (result.execution_rate.value, result.execution_score.value) == (120, 10)


@pytest.mark.parametrize(
    ("amounts", "reason"),
    [
        ({"adjusted": "0", "executed": "5"}, "reasons.budget_zero"),
        ({"executed": "5"}, "reasons.amount_blank"),
        ({"adjusted": "5"}, "reasons.amount_blank"),
        ({"adjusted": "7,00.0,77", "executed": "5"}, "reasons.amount_unreadable"),
        ({"adjusted": "5万元", "executed": "5"}, "reasons.amount_unreadable"),
    ],
)
def test_a_rate_that_cannot_be_computed_says_why(amounts: dict[str, str], reason: str) -> None:
    result = expected(blank(budget=(row(**amounts),)), POLICY).execution_rate
    assert (result.value, result.undecided) == (None, reason)
    assert reason in TEXTS


def test_amounts_in_different_units_are_brought_together() -> None:
    result = expected(blank(budget=(row(adjusted="20万元", executed="150000元"),)), POLICY)
    assert result.execution_rate.value == 75
    assert result.balances[0].value == 50_000


def test_a_form_without_an_adjusted_budget_measures_against_the_initial_one() -> None:
    only = expected(blank(budget=(row(initial="50", executed="40"),)), POLICY)
    other = expected(blank(budget=(row(initial="50", executed="40"), row(adjusted="30", executed="30"))), POLICY)
    assert only.rates[0].value == 80
    assert other.rates[0].undecided == "reasons.amount_blank"


def test_the_printed_rate_gives_the_execution_score_where_amounts_are_blank() -> None:
    result = expected(blank(budget=(row(rate="79.27", weight="10", score="7.93"),)), POLICY)
    assert result.execution_rate.undecided == "reasons.amount_blank"
    assert result.execution_score.value == Decimal("7.927")


def test_points_printed_in_a_label_are_the_execution_weight() -> None:
    result = expected(blank(budget=(row(adjusted="5", executed="4"),), execution_points=Decimal(20)), POLICY)
    assert (result.execution_weight, result.execution_score.value) == (20, 16)


def test_a_detail_row_counts_nowhere() -> None:
    main = indicator(name="种植面积", weight="20", score="20")
    detail = replace(indicator(name="其中桃树", weight="20", score="20"), detail=True)
    result = expected(blank(indicators=(main, detail)), POLICY)
    assert (result.weight_total.value, result.score_total.value) == (20, 20)
    assert [item.counts for item in result.indicators] == [True, False]


def test_a_merged_score_counts_once_and_stands_for_all_its_weights() -> None:
    score = Figure.of("12", sheet="自评表", row=5, column=6)
    first = replace(indicator(name="甲", weight="5"), score=score, row=5)
    second = replace(indicator(name="乙", weight="10"), covered={"score": score}, row=6)
    third = replace(indicator(name="丙", weight="3", score="3"), row=7)
    result = expected(blank(indicators=(first, second, third)), POLICY)
    assert (result.weight_total.value, result.score_total.value) == (18, 15)
    assert [item.weight for item in result.indicators] == [15, 15, 3]
    assert [item.rate.value for item in result.indicators] == [80, 80, 100]
    assert [item.counts for item in result.indicators] == [True, False, True]


def test_equal_scores_of_two_rows_are_not_one_merged_score() -> None:
    rows = (indicator(name="甲", weight="5", score="5"), indicator(name="乙", weight="10", score="5"))
    assert [item.weight for item in expected(blank(indicators=rows), POLICY).indicators] == [5, 10]


def test_a_total_with_a_gap_is_undecided() -> None:
    rows = (indicator(name="甲", weight="5", score="5"), indicator(name="乙", weight="10"))
    result = expected(blank(indicators=rows), POLICY)
    assert (result.score_total.value, result.score_total.undecided) == (None, "reasons.score_blank")
    words = expected(blank(indicators=(replace(rows[0], score=Figure.of("满分")),)), POLICY)
    assert words.score_total.undecided == "reasons.score_unreadable"


def test_a_missing_execution_score_leaves_the_total_open_only_where_it_carries_points() -> None:
    rows = (indicator(name="甲", weight="90", score="90"),)
    with_points = expected(blank(indicators=rows, budget=(row(weight="10", executed="5"),)), POLICY)
    without = expected(blank(indicators=rows, budget=(row(executed="5"),)), POLICY)
    assert with_points.score_total.undecided == "reasons.execution_score_blank"
    assert without.score_total.value == 90


def test_without_weights_the_points_of_the_levels_count() -> None:
    output, benefit = (
        Level(name, Decimal(points), "s", place, 1) for name, points, place in (("产出", 50, 3), ("效益", 30, 5))
    )
    rows = (
        replace(indicator(name="甲"), level1=output),
        replace(indicator(name="乙"), level1=output),
        replace(indicator(name="丙"), level1=benefit),
    )
    result = expected(blank(indicators=rows, execution_points=Decimal(20), budget=(row(executed="1"),)), POLICY)
    assert (result.indicator_weights.value, result.weight_total.value) == (80, 100)
    open_ = expected(blank(indicators=(*rows, indicator(name="丁"))), POLICY)
    assert open_.weight_total.undecided == "reasons.no_weight_column"
    printed = expected(blank(indicators=(*rows, indicator(name="丁")), indicator_points=Decimal(90)), POLICY)
    assert printed.weight_total.value == 90


def test_the_grade_belongs_to_the_printed_total() -> None:
    rows = (indicator(name="甲", weight="100", score="95"),)
    result = expected(blank(indicators=rows, total=Total(score=Figure.of("89.5"))), POLICY)
    assert (result.score_total.value, result.grade) == (95, "良")


def test_a_qualitative_claim_is_proposed_at_the_top_of_its_tier_for_a_person() -> None:
    rows = (
        indicator(name="甲", weight="10", target="效果明显", actual="部分达成预期指标", nature="定性"),
        indicator(name="乙", weight="10", target="效果明显", actual="较明显", nature="定性"),
    )
    items = expected(blank(indicators=rows), POLICY).indicators
    assert (items[0].proposed.value, items[0].for_person) == (8, True)
    assert (items[1].proposed.value, items[1].for_person) == (None, True)


def test_a_policy_without_proportional_scores_proposes_none_for_a_miss() -> None:
    rows = (indicator(name="甲", weight="10", target="≥10", actual="5"),)
    strict = replace(POLICY, proportional=replace(POLICY.proportional, value=False))
    assert expected(blank(indicators=rows), POLICY).indicators[0].proposed.value == 5
    assert expected(blank(indicators=rows), strict).indicators[0].proposed.undecided == "reasons.not_proportional"


def rates(*texts: str, scores: bool = True) -> Evaluation:
    rows = []
    for text in texts:
        printed = Figure.of(text)
        value = indicator(weight="20", score="18" if "9" in text else "20") if scores else Indicator()
        rows.append(replace(value, score_rate=printed))
    return blank(indicators=tuple(rows))


@pytest.mark.parametrize(
    ("texts", "scale"),
    [
        (("100", "90", "100"), "100"),
        (("100%", "90%", "100%"), "100%"),
        (("1", "0.9", "1"), "1"),
        (("100", "100", "1"), "100"),
        (("1", "1", "100"), "1"),
        (("100%", "100", "100%"), "100%"),
    ],
)
@pytest.mark.parametrize("scores", [True, False])
def test_the_majority_of_a_column_decides_its_scale(texts: tuple[str, ...], scale: str, scores: bool) -> None:
    assert percent_scale(rates(*texts, scores=scores), "score_rate") == scale


def test_an_empty_column_has_no_scale() -> None:
    assert percent_scale(blank(), "score_rate") is None
    assert percent_scale(blank(budget=(row(rate="—"),)), "rate") is None


def test_execution_rates_have_a_scale_too() -> None:
    assert percent_scale(blank(budget=(row(adjusted="100", executed="95.8", rate="0.958"),)), "rate") == "1"
    assert percent_scale(blank(budget=(row(adjusted="100", executed="95.8", rate="95.8"),)), "rate") == "100"
    assert percent_scale(blank(budget=(row(adjusted="1000", executed="9", rate="0.9"),)), "rate") == "100"


def test_a_printed_rate_is_read_in_its_scale() -> None:
    assert to_percent(Figure.of("0.958"), "1") == Decimal("95.8")
    assert to_percent(Figure.of("95.8"), "100") == Decimal("95.8")
    assert to_percent(Figure.of("95.8%"), "1") == Decimal("95.8")
    assert to_percent(Figure.of("满"), "100") is None
    assert in_scale(Decimal("95.8"), Figure.of("0.96"), "1") == Decimal("0.958")
    assert in_scale(Decimal("95.8"), Figure.of("96%"), "1") == Decimal("95.8")
