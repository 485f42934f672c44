"""Reading the data for `fill`: what is understood, and everything that is wrong with it, at once and with its cell."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.data_books import BUDGET, INDICATORS, UNITS, data_book
from xltools.errors import InputError
from xltools.roster import Roster, read_roster


def places(roster: Roster) -> list[str]:
    return [problem.place for problem in roster.errors]


def test_units_get_their_budget_and_the_common_indicators_with_their_own(tmp_path: Path) -> None:
    roster = read_roster(data_book(tmp_path / "数据.xlsx"))
    assert not roster.problems
    first, second = roster.units
    assert (first.code, first.name) == ("001", "甲中心")
    assert [record.item for record in first.indicators()] == ["服务次数", "覆盖率"]
    assert [record.item for record in second.indicators()] == ["服务次数"]
    assert first.budget()[0].values["executed"] == (Decimal("110.5"), "预算!E2")


def test_a_unit_s_own_indicator_takes_the_place_of_the_common_one(tmp_path: Path) -> None:
    rows = [*INDICATORS, ("002", "产出指标", "数量指标", "服务次数", "≥30", 31, 50, 50)]
    _, second = read_roster(data_book(tmp_path / "数据.xlsx", indicators=rows)).units
    assert [record.text("target") for record in second.indicators()] == ["≥30"]


def test_two_own_indicators_of_one_name_are_both_kept(tmp_path: Path) -> None:
    rows = [*INDICATORS, *(("002", "产出指标", "质量指标", "合格率", "≥90%", "95%", 5, 5),) * 2]
    _, second = read_roster(data_book(tmp_path / "数据.xlsx", indicators=rows)).units
    assert len(second.indicators()) == 3


def test_every_problem_is_reported_at_once_with_its_cell(tmp_path: Path) -> None:
    path = data_book(
        tmp_path / "数据.xlsx",
        units=[*UNITS, ("001", "丙中心", "某局"), ("003", "", "某局"), ("", "丁中心", "某局")],
        budget=[*BUDGET, ("009", "年度资金总额", 1, 1, 1), ("002", "其他资金", "约10万", 1, "7,00.0,77")],
        indicators=[*INDICATORS, ("", "产出指标", "数量指标", "", "≥1", 1, 1, 1), ("008", "", "", "无主", 1, 1, 1, 1)],
    )
    found = set(places(read_roster(path)))
    assert found == {"单位!A4", "单位!B5", "单位!A6", "预算!A4", "预算!C5", "预算!E5", "指标!D4", "指标!A5"}


def test_two_columns_of_one_meaning_are_refused(tmp_path: Path) -> None:
    units = [(*UNITS[0], "主管单位"), ("001", "甲中心", "某局", "另一局")]
    roster = read_roster(data_book(tmp_path / "数据.xlsx", units=units, budget=BUDGET[:1], indicators=INDICATORS[:2]))
    assert places(roster) == ["单位!D1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_that_office_programs_write(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "单位.csv"
    path.write_text('单位编码,单位名称,全年执行数\n001,甲中心,"1,234.50"\n', encoding=encoding)
    roster = read_roster(path)
    assert not roster.problems
    assert roster.units[0].code == "001"
    assert roster.units[0].budget()[0].values["executed"][0] == "1,234.50"


def test_one_row_a_unit_names_budget_rows_and_indicators_in_its_titles(tmp_path: Path) -> None:
    path = tmp_path / "全部.csv"
    path.write_text(
        "单位编码,单位名称,其他资金·年初预算数,指标1名称,指标1指标值,指标2名称,指标2指标值\n"
        "001,甲中心,12.5,服务次数,≥3,覆盖率,≥90%\n",
        encoding="utf-8",
    )
    unit = read_roster(path).units[0]
    assert [(record.item, record.text("initial")) for record in unit.budget()] == [("其他资金", "12.5")]
    assert [(record.item, record.text("target")) for record in unit.indicators()] == [
        ("服务次数", "≥3"),
        ("覆盖率", "≥90%"),
    ]


def test_a_folder_of_csv_files_is_a_data_workbook(tmp_path: Path) -> None:
    for name, rows in (("单位", UNITS), ("预算", BUDGET), ("指标", INDICATORS)):
        text = "\n".join(",".join(map(str, row)) for row in rows)
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    roster = read_roster(tmp_path)
    assert not roster.problems
    assert [len(unit.indicators()) for unit in roster.units] == [2, 1]
    assert roster.units[0].budget()[0].values["initial"][1] == "预算!C2"


def test_a_formula_without_a_result_is_a_problem_and_not_a_blank(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "单位"
    sheet.append(["单位编码", "单位名称", "年初预算数"])
    sheet.append(["001", "甲中心", "=1+1"])
    book.save(tmp_path / "数据.xlsx")
    assert places(read_roster(tmp_path / "数据.xlsx")) == ["单位!C2"]


def test_a_code_stored_as_a_number_is_read_as_it_shows(tmp_path: Path) -> None:
    units = [UNITS[0], (301001, "甲中心", "某局")]
    roster = read_roster(data_book(tmp_path / "数据.xlsx", {"单位": units}))
    assert roster.units[0].code == "301001"


def test_units_without_codes_go_by_their_names(tmp_path: Path) -> None:
    units = [("单位名称",), ("甲中心",), ("乙中心",), ("甲中心",)]
    budget = [("单位名称", "项目", "年初预算数"), ("乙中心", "年度资金总额", 5)]
    roster = read_roster(data_book(tmp_path / "数据.xlsx", {"单位": units, "预算": budget}))
    assert places(roster) == ["单位!A4"]
    assert [len(unit.budget()) for unit in roster.units] == [0, 1]


def test_a_file_without_a_table_of_units_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.csv"
    path.write_text("姓名,工号\n张三,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="单位"):
        read_roster(path)
