"""What recognition makes of the parts of a form: blocks, columns, rows, levels, totals, years, money units."""

from decimal import Decimal

import pytest

from tests.tables import book, grid
from xltools.evaluation import Evaluation
from xltools.figures import Figure
from xltools.forms import recognise
from xltools.sheets.grid import Book


def form(markdown: str, path: str = "自评表.xlsx", **attributes: object) -> Evaluation:
    """The one form that a Markdown table is."""
    found = recognise(book(grid(markdown, **attributes), path=path)).evaluations
    assert len(found) == 1
    return found[0]


def text(figure: Figure | None) -> str | None:
    return figure.text if figure else None


INDICATORS = """
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| ^ | 产出指标（50分） | 数量指标 | 培训场次 | ≥12场 | 14场 | 25 | 25 | |
| ^ | ^ | 质量指标 | 合格率 | ≥95% | 93% | 25 | 24 | 两场缺考 |
| ^ | 效益指标（30分） | 社会效益指标 | 知晓率 | ≥90% | 96% | 30 | 30 | |
| 总分 | < | < | < | < | < | 100 | 79 | |
"""


def test_levels_are_filled_down_through_merged_cells_without_their_points() -> None:
    evaluation = form("| 项目支出绩效自评表 | < | < | < | < | < | < | < | < |" + INDICATORS)
    assert [indicator.level1.name for indicator in evaluation.indicators if indicator.level1] == [
        "产出指标",
        "产出指标",
        "效益指标",
    ]
    assert evaluation.indicators[1].level1 is not None
    assert evaluation.indicators[1].level1.weight == Decimal(50)


def test_an_unmerged_blank_level_is_not_filled_but_known_by_position() -> None:
    evaluation = form(
        """
        | 项目支出绩效自评表 | < | < | < | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 得分 |
        | 产出指标 | 数量指标 | 甲 | 1 | 1 | 10 |
        | | | 乙 | 1 | 1 | 10 |
        """
    )
    level = evaluation.indicators[1].level1
    assert level is not None
    assert (level.name, level.shown) == ("产出指标", False)


def test_the_total_row_gives_weight_score_and_grade() -> None:
    evaluation = form(INDICATORS.replace("| 79 | |", "| 79 | 中 |"))
    total = evaluation.total
    assert (text(total.weight), text(total.score), text(total.grade)) == ("100", "79", "中")


def test_a_single_figure_merged_across_the_total_row_is_the_score() -> None:
    evaluation = form(
        """
        | 一级指标 | 三级指标 | 目标值 | 完成值 | 得分 | 权重 |
        | 产出 | 甲 | 1 | 1 | 60 | 60 |
        | 效益 | 乙 | 1 | 1 | 36 | 40 |
        | 总分 | 96 | < | < | < | < |
        """
    )
    assert (text(evaluation.total.score), evaluation.total.weight) == ("96", None)


def test_the_total_is_found_below_a_line_of_remarks() -> None:
    table = INDICATORS.replace("| 总分 |", "| 其他需要说明事项 | 无 | < | < | < | < | < | < | < |\n| 总分 |")
    evaluation = form(table)
    assert text(evaluation.total.score) == "79"
    assert len(evaluation.indicators) == 3


def test_weights_of_the_levels_are_not_the_indicators_own() -> None:
    evaluation = form(
        """
        | 一级指标 | 权重 | 二级指标 | 权重 | 三级指标 | 权重 | 指标值 | 完成值 | 得分 |
        | 产出指标 | 50 | 数量指标 | 30 | 甲 | 20 | 1 | 1 | 20 |
        | ^ | ^ | ^ | ^ | 乙 | 10 | 1 | 1 | 10 |
        | ^ | ^ | 质量指标 | 20 | 丙 | 20 | 1 | 1 | 20 |
        """
    )
    assert [text(indicator.weight) for indicator in evaluation.indicators] == ["20", "10", "20"]
    assert [indicator.level2.weight for indicator in evaluation.indicators if indicator.level2] == [30, 30, 20]


def test_a_split_header_gives_sign_value_and_unit_their_own_columns() -> None:
    evaluation = form(
        """
        | 绩效指标 | < | < | 年度指标值 | < | < | 实际完成值 | 分值 | 得分 |
        | 一级指标 | 二级指标 | 三级指标 | 符号 | 值 | 单位（文字描述） | ^ | ^ | ^ |
        | 产出指标 | 数量指标 | 甲 | ≥ | 320 | 个 | 335 | 10 | 10 |
        """
    )
    row = evaluation.indicators[0]
    assert [text(row.nature), text(row.target), text(row.unit), text(row.actual)] == ["≥", "320", "个", "335"]


def test_a_score_merged_over_several_rows_counts_in_the_first_and_covers_the_others() -> None:
    evaluation = form(
        """
        | 一级指标 | 二级指标 | 三级指标 | 年初目标值 | 实际完成值 | 得分 |
        | 产出指标 | 数量指标 | 甲 | 1 | 1 | 20 |
        | ^ | ^ | 乙 | 2 | 2 | ^ |
        """
    )
    first, second = evaluation.indicators
    assert text(first.score) == "20"
    assert second.score is None
    assert text(second.get("score")) == "20"


@pytest.mark.parametrize("name", ["指标2：", "……", "指标1：/", "指标1：无", "*"])
def test_rows_with_nothing_but_a_prompt_are_left_out(name: str) -> None:
    evaluation = form(INDICATORS.replace("| 总分 |", f"| ^ | ^ | ^ | {name} | | | / | / | |\n| 总分 |"))
    assert len(evaluation.indicators) == 3


def test_a_numbered_prompt_is_noted_and_dots_are_not() -> None:
    rows = "| ^ | ^ | ^ | 指标2： | | | | | |\n| ^ | ^ | ^ | …… | | | | | |\n| 总分 |"
    evaluation = form(INDICATORS.replace("| 总分 |", rows))
    assert [prompt.text for prompt in evaluation.prompts] == ["指标2："]


def test_an_option_list_nobody_chose_from_is_noted() -> None:
    evaluation = form(INDICATORS.replace("≥12场", "优良中低差"))
    assert [prompt.text for prompt in evaluation.prompts] == ["优良中低差"]


def test_the_money_table_tells_totals_from_parts_and_parts_of_parts() -> None:
    evaluation = form(
        """
        | 部门整体支出绩效自评表 | < | < | < | < |
        | 预算执行（万元） | | 年初预算数 | 全年预算数 | 全年执行数 |
        | ^ | 年度资金总额 | 100 | 110 | 105 |
        | ^ | 一、财政拨款 | 90 | 100 | 95 |
        | ^ | 其中：基本支出 | 60 | 60 | 60 |
        | ^ | 二、其他资金 | 10 | 10 | 10 |
        """
        + INDICATORS
    )
    assert [(text(row.item), row.kind, row.depth) for row in evaluation.budget] == [
        ("年度资金总额", "total", 0),
        ("一、财政拨款", "part", 1),
        ("其中：基本支出", "part", 2),
        ("二、其他资金", "part", 1),
    ]
    assert evaluation.money_unit == "万元"


def test_money_as_labels_and_values_side_by_side() -> None:
    evaluation = form(
        """
        | 项目支出绩效自评表 | < | < | < |
        | 预算数： | 120 | 执行数： | 96.2 |
        | 其中：财政拨款 | 100 | 其中：财政拨款 | 80 |
        | 其他资金 | 20 | 其他资金 | 16.2 |
        | 三级指标 | 指标值 | 完成值 | 得分 |
        | 甲 | 1 | 1 | 90 |
        """
    )
    rows = [(text(row.item), text(row.adjusted), text(row.executed)) for row in evaluation.budget]
    assert rows == [(None, "120", "96.2"), ("其中：财政拨款", "100", "80"), ("其他资金", "20", "16.2")]


def test_money_with_its_sources_in_columns() -> None:
    evaluation = form(
        """
        | 项目支出绩效自评表 | < | < | < |
        | 资金来源 | 合计 | 中央 | 省级 |
        | 预算数 | 460 | 200 | 260 |
        | 执行数 | 450 | 200 | 250 |
        | 三级指标 | 指标值 | 完成值 | 得分 |
        | 甲 | 1 | 1 | 90 |
        """
    )
    rows = [(text(row.item), row.kind, text(row.adjusted), text(row.executed)) for row in evaluation.budget]
    assert rows == [
        ("合计", "total", "460", "450"),
        ("中央", "part", "200", "200"),
        ("省级", "part", "260", "250"),
    ]


def test_splits_in_text_cells_join_the_column_that_they_add_up_to() -> None:
    evaluation = form(
        """
        | 部门整体支出绩效自评表 | < | < | < | < |
        | 年度预算申请（万元） | | 年初预算数 | 全年预算数 | 全年执行数 |
        | ^ | 年度资金总额 | 112.6 | 118.82 | 115.35 |
        | ^ | 按收入性质分： | < | 按支出性质分： | < |
        | ^ | 其中：一般公共预算：100.82 | < | 其中：基本支出：86.82 | < |
        | ^ | 其他资金：18.00 | < | 项目支出：32.00 | < |
        """
        + INDICATORS
    )
    parts = [(text(row.item), text(row.adjusted), row.group) for row in evaluation.budget[1:]]
    assert sorted(parts, key=lambda part: part[2]) == [
        ("一般公共预算", "100.82", 1),
        ("其他资金", "18.00", 1),
        ("基本支出", "86.82", 2),
        ("项目支出", "32.00", 2),
    ]


def test_goals_stand_below_their_labels_or_beside_them() -> None:
    below = form(
        """
        | 年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | < |
        | ^ | 办十二场培训。 | < | < | < | 办了十四场。 | < | < | < |
        """
        + INDICATORS
    )
    beside = form(
        """
        | 年度目标 | 办十二场培训。 | < | < | < | 完成情况 | 办了十四场。 | < | < |
        """
        + INDICATORS
    )
    for evaluation in (below, beside):
        assert text(evaluation.goals.initial) == "办十二场培训。"
        assert text(evaluation.goals.achieved) == "办了十四场。"


def test_goals_under_unknown_labels_are_told_by_their_place() -> None:
    evaluation = form(
        """
        | 总体目标 | 起初打算 | < | < | < | 后来结果 | < | < | < |
        | ^ | 在全县办十二场农技培训。 | < | < | < | 在九个乡镇办了十四场培训。 | < | < | < |
        """
        + INDICATORS
    )
    assert text(evaluation.goals.initial) == "在全县办十二场农技培训。"
    assert text(evaluation.goals.achieved) == "在九个乡镇办了十四场培训。"
    assert {label.confidence for label in evaluation.columns if label.block == "goals"} == {0.7}


def test_a_blank_header_value_is_not_filled_by_the_next_label() -> None:
    evaluation = form("| 主管部门 | 实施单位 | 某某中心 | < | < | < | < | < | < |" + INDICATORS)
    assert evaluation.unit.supervisor is None
    assert text(evaluation.unit.implementer) == "某某中心"


def test_of_a_list_of_grades_the_ticked_one_counts() -> None:
    evaluation = form("| 自评总分 | 93.25 | < | < | 自评等次 | □优  ☑良  □中  □差 | < | < | < |" + INDICATORS)
    assert text(evaluation.total.grade) == "良"


def test_labels_and_values_in_one_cell() -> None:
    evaluation = form(
        "| 单位名称：农业科    填报日期：2021年4月 | < | < | < | < | < | 单位：万元 | < | < |" + INDICATORS
    )
    assert text(evaluation.unit.name) == "农业科"
    assert evaluation.money_unit == "万元"


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("| 2022年度项目支出绩效自评表 | < | < | < | < | < | < | < | < |", "2022"),
        ("| （2023 年度）        单位：万元 | < | < | < | < | < | < | < | < |", "2023"),
        ("| 项目名称 | 2019年公路养护 | < | < | < | < | < | < | < |", None),
    ],
)
def test_the_year_comes_from_the_title_lines_and_never_from_a_project_name(line: str, year: str | None) -> None:
    assert form(line + INDICATORS).year == year


def test_a_year_in_the_file_name_is_a_mention_only() -> None:
    evaluation = form(INDICATORS, path="某局2022年度.xlsx")
    assert evaluation.year is None
    assert [(mention.year, mention.place) for mention in evaluation.years] == [("2022", "file")]


def test_hidden_sheets_count_only_where_no_visible_one_holds_a_form() -> None:
    shown, hidden = grid(INDICATORS, "表一"), grid(INDICATORS, "旧表", state="hidden")
    assert [e.sheet for e in recognise(book(shown, hidden)).evaluations] == ["表一"]
    assert [e.sheet for e in recognise(book(hidden)).evaluations] == ["旧表"]


def test_several_forms_on_one_sheet_are_all_found() -> None:
    title = "| 项目支出绩效自评表 | < | < | < | < | < | < | < | < |"
    one = title + INDICATORS
    found = recognise(book(grid(one + one.replace("培训场次", "演出场次")))).evaluations
    assert [text(e.indicators[0].name) for e in found] == ["培训场次", "演出场次"]


def test_tables_of_one_document_are_joined_and_keep_their_own_addresses() -> None:
    facts = grid(
        "| 项目名称 | 床位改造 | 主管部门 | 民政局 |", "表1", source="docx", captions=("2022年度项目支出绩效自评表",)
    )
    indicators = grid(INDICATORS, "表2", source="docx", captions=("二、指标",))
    found = recognise(Book("自评.docx", (facts, indicators))).evaluations
    assert len(found) == 1
    evaluation = found[0]
    assert text(evaluation.unit.project) == "床位改造"
    name = evaluation.indicators[0].name
    assert name is not None
    assert name.reference == "表2!D2"


def test_nothing_like_a_form_names_the_nearest_sheet() -> None:
    recognition = recognise(
        book(grid("| 姓名 | 电话 |\n| 甲 | 1 |", "通讯录"), grid("| 主管部门 | 某局 | 项目名称 | 某项目 |", "封面"))
    )
    assert recognition.evaluations == ()
    assert recognition.nearest_sheet == "封面"
    assert recognition.found_labels == ("主管部门", "项目名称")
