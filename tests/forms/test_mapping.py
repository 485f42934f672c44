"""A map corrects and completes what is recognised; what it does not mention is recognised as ever."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus.build import load, write_docx, write_xlsx
from tests.tables import book, grid
from xltools.errors import FormError, SettingsError
from xltools.evaluation import Evaluation
from xltools.forms import FormMap, load_map, recognise
from xltools.output import form_map
from xltools.sheets import read_book
from xltools.sheets.grid import Book

FORMS = sorted((Path(__file__).parents[1] / "corpus" / "forms").glob("*.md"))

ODD = """
| 项目支出绩效自评表 | < | < | < | < |
| 承办机构 | 市绿化养护中心 | < | < | < |
| 甲项 | 天字号 | 地字号 | 玄字号 | 黄字号 |
| 绿地养护面积 | ≥320公顷 | 310公顷 | 30 | 28 |
| 绿地达标率 | ≥95% | 96% | 20 | 20 |
| 总分 | < | < | 50 | 48 |
"""
MAP = """
[form]
sheet = "自评表"
[form.labels]
A2 = "header.implementer"
A3 = "indicators.name"
B3 = "indicators.target"
C3 = "indicators.actual"
D3 = "indicators.weight"
E3 = "indicators.score"
"""


def written(folder: Path, text: str) -> FormMap:
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return load_map(path)


def read(workbook: Book, mapped: FormMap) -> Evaluation:
    (evaluation,) = recognise(workbook, form_map=mapped).evaluations
    return evaluation


def contents(workbook: Book, mapped: FormMap | None = None) -> list[dict[str, object]]:
    return [evaluation.to_json() for evaluation in recognise(workbook, form_map=mapped).evaluations]


def uncommented(text: str) -> str:
    """A map with its commented labels and values in force."""
    _, *forms = text.split("[[form]]")
    lines = [
        line.removeprefix("# ") if line.startswith("# ") and "  # " in line and '."  # ' not in line else line
        for form in forms
        for line in ("[[form]]" + form).splitlines()
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_map_of_a_form_gives_the_same_reading(tmp_path: Path, path: Path, kind: str) -> None:
    form = load(path)
    if kind not in form.formats:
        return
    target = tmp_path / f"form.{kind}"
    (write_xlsx if kind == "xlsx" else write_docx)(form, target)
    workbook = read_book(target)
    text = form_map.render(workbook, recognise(workbook).evaluations)
    expected = contents(workbook)
    assert contents(workbook, written(tmp_path, text)) == expected
    assert contents(workbook, written(tmp_path, uncommented(text))) == expected


def test_labels_that_nobody_knows_are_read_by_their_places(tmp_path: Path) -> None:
    workbook = book(grid(ODD))
    assert not recognise(workbook).evaluations
    evaluation = read(workbook, written(tmp_path, MAP))
    first, second = evaluation.indicators
    assert (first.name and first.name.text, first.target and first.target.text) == ("绿地养护面积", "≥320公顷")
    assert (second.actual and second.actual.text, second.score and second.score.text) == ("96%", "20")
    assert evaluation.unit.implementer is not None
    assert evaluation.unit.implementer.text == "市绿化养护中心"
    assert evaluation.total.score is not None
    assert evaluation.total.score.text == "48"


def test_a_map_serves_other_workbooks_of_its_template(tmp_path: Path) -> None:
    longer = ODD.replace("| 总分", "| 绿化覆盖率 | ≥40% | 41% | 50 | 50 |\n| 总分")
    evaluation = read(book(grid(longer, sheet="Sheet1")), written(tmp_path, MAP))
    assert [row.name and row.name.text for row in evaluation.indicators][2] == "绿化覆盖率"


def test_a_mapped_label_wins_over_a_recognised_one_of_the_same_field(tmp_path: Path) -> None:
    workbook = book(
        grid("""
        | 项目支出绩效自评表 | < | < | < | < |
        | 三级指标 | 指标值 | 完成值 | 得分 | 处室意见 |
        | 绿地养护面积 | ≥320公顷 | 310公顷 | 28 | 27 |
        | 绿地达标率 | ≥95% | 96% | 20 | 20 |
        """)
    )
    mapped = written(tmp_path, '[form.labels]\nE2 = "indicators.score"\n')
    assert [row.score and row.score.text for row in recognise(workbook).evaluations[0].indicators] == ["28", "20"]
    assert [row.score and row.score.text for row in read(workbook, mapped).indicators] == ["27", "20"]
    ignored = read(workbook, written(tmp_path, '[form.labels]\nD2 = "ignore"\n'))
    assert [row.score for row in ignored.indicators] == [None, None]
    assert not ignored.has("indicators", "score")


def test_values_come_from_the_cells_that_the_map_names(tmp_path: Path) -> None:
    cover = grid("| 自评材料 |\n| 市园林局 |", sheet="封面")
    mapped = written(
        tmp_path,
        MAP
        + """
[form.values]
title = "A1"
"unit.supervisor" = "封面!A2"
unit.name = "B2"
"goals.initial" = "A9"
"budget[0].executed" = "D4"
""",
    )
    evaluation = read(Book("form.xlsx", (cover, grid(ODD))), mapped)
    assert evaluation.unit.supervisor is not None
    assert evaluation.unit.supervisor.reference == "封面!A2"
    assert evaluation.unit.name is not None
    assert evaluation.unit.name.text == "市绿化养护中心"
    assert evaluation.goals.initial is None
    assert [(row.kind, row.executed and row.executed.text) for row in evaluation.budget] == [("total", "30")]


def test_year_money_unit_and_kind_can_be_stated(tmp_path: Path) -> None:
    text = MAP.replace("[form.labels]", 'year = 2024\nmoney_unit = "元"\nform = "department"\n[form.labels]')
    evaluation = read(book(grid(ODD)), written(tmp_path, text))
    assert (evaluation.year, evaluation.money_unit, evaluation.form) == ("2024", "元", "department")


def test_a_merged_label_may_be_named_by_any_of_its_cells(tmp_path: Path) -> None:
    wide = (
        ODD.replace("| 黄字号 |", "| 黄字号 | < |")
        .replace("| 28 |", "| 28 | < |")
        .replace("| < | < | < | < |", "| < | < | < | < | < |")
    )
    evaluation = read(book(grid(wide)), written(tmp_path, MAP.replace("E3", "F3")))
    assert evaluation.indicators[0].score is not None
    assert evaluation.indicators[0].score.text == "28"


def test_everything_wrong_in_a_map_is_said_at_once_with_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        written(
            tmp_path,
            """
colour = 1
[[form]]
form = "projects"
sheets = "自评表"
year = "今年"
[form.labels]
E8 = "indicators.targte"
8E = "indicators.target"
F8 = "nothing"
[form.values]
"unit.nmae" = "B3"
"total.score" = "H"
"indicators[0].score" = "H9"
""",
        )
    message = str(caught.value)
    for key in ("map.toml", "colour", "form.form", "form.sheets", "form.year", "form.labels.8E", "form.labels.F8"):
        assert key in message
    assert "indicators.targte" in message
    assert "indicators.target" in message.split("indicators.targte")[1].splitlines()[0]
    assert "unit.name" in message
    assert "form.values.total.score" in message
    assert "indicators[0].score" in message


@pytest.mark.parametrize("text", ["", "form = 3", "form = []", "[form", "form = [1]"])
def test_a_file_that_is_no_map_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"map\.toml"):
        written(tmp_path, text)
    with pytest.raises(SettingsError, match=r"none\.toml"):
        load_map(tmp_path / "none.toml")


def test_a_workbook_of_another_template_is_refused_with_every_cell_that_does_not_fit(tmp_path: Path) -> None:
    mapped = written(tmp_path, MAP)
    shifted = grid(ODD.replace("| 甲项", "| 说明 | | | | |\n| 甲项"))
    with pytest.raises(FormError) as caught:
        recognise(book(shifted), form_map=mapped)
    assert all(cell in str(caught.value) for cell in ("B3", "C3", "D3", "E3"))
    other = (grid(ODD, sheet="表一"), grid(ODD, sheet="表二"))
    with pytest.raises(FormError, match="表一、表二"):
        recognise(book(*other), form_map=mapped)
    data = replace(grid(ODD.replace("| 甲项 | 天字号 | 地字号 | 玄字号 | 黄字号 |", "| 面积 | 3 | 4 | 5 | 6 |")))
    with pytest.raises(FormError, match="E3"):
        recognise(book(data), form_map=mapped)


def test_a_value_for_a_budget_row_that_is_not_there_is_refused(tmp_path: Path) -> None:
    mapped = written(tmp_path, MAP + '[form.values]\n"budget[4].executed" = "D4"\n')
    with pytest.raises(FormError, match=r"budget\[4\]"):
        recognise(book(grid(ODD)), form_map=mapped)


def test_every_form_of_a_sheet_has_its_own_part_of_the_map(tmp_path: Path) -> None:
    first = ODD.replace("甲项 | 天字号 | 地字号 | 玄字号 | 黄字号", "三级指标 | 指标值 | 完成值 | 分值 | 得分")
    workbook = book(grid(first + first))
    assert len(recognise(workbook).evaluations) == 2
    text = '[[form]]\nsheet = "自评表"\nyear = "2023"\n[[form]]\nsheet = "自评表"\nyear = "2024"\n'
    found = recognise(workbook, form_map=written(tmp_path, text)).evaluations
    assert [evaluation.year for evaluation in found] == ["2023", "2024"]


def test_a_label_may_begin_with_a_number(tmp_path: Path) -> None:
    dated = ODD.replace("天字号", "2023年天字号").replace("地字号", "1.地字号")
    evaluation = read(book(grid(dated)), written(tmp_path, MAP))
    assert [row.target and row.target.text for row in evaluation.indicators] == ["≥320公顷", "≥95%"]
