"""A template whose labels nobody knows is filled by a map."""

from pathlib import Path

import openpyxl
import pytest

from xltools import fill, read
from xltools.errors import XltoolsError

MAP = """
[[form]]
sheet = "表"
[form.labels]
A3 = "indicators.name"
B3 = "indicators.target"
C3 = "indicators.weight"
D3 = "indicators.score"
[form.values]
"unit.name" = "B2"
"""


def template(target: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    rows = [["年度考评单"], ["填的是谁", None], ["事项甲", "要做到乙", "值丙", "得丁"], [None] * 4, [None] * 4]
    for row in rows:
        sheet.append(row)
    for row in (4, 5):
        for column in range(1, 5):
            sheet.cell(row, column).border = openpyxl.styles.Border(bottom=openpyxl.styles.Side("thin"))
    sheet["A6"] = "合计"
    book.save(target)
    return target


def test_a_map_tells_fill_where_labels_and_values_stand(tmp_path: Path) -> None:
    blank = template(tmp_path / "本单位表.xlsx")
    mapped = tmp_path / "map.toml"
    mapped.write_text(MAP, encoding="utf-8")
    data = tmp_path / "数据.csv"
    titles = "单位编码,单位名称,指标1名称,指标1指标值,指标1指标权重,指标1得分"
    data.write_text(f"{titles}\n101,甲中心,服务次数,≥10,100,100\n", encoding="utf-8-sig")
    with pytest.raises(XltoolsError):
        fill(blank, data, tmp_path / "没有映射")
    (filled,) = fill(blank, data, tmp_path / "out", form_map=mapped)
    (evaluation,) = read(filled.path, form_map=mapped)
    assert evaluation.unit.name is not None
    assert evaluation.unit.name.text == "甲中心"
    (indicator,) = evaluation.indicators
    assert indicator.name is not None
    assert indicator.score is not None
    assert (indicator.name.text, indicator.score.text) == ("服务次数", "100")
