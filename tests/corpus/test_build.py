import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.corpus.build import FORMS, WRITERS, Form, FormError, expand, expectations, forms, load, write_folder
from tests.corpus.writers import write_docx, write_xlsx

SAMPLE = """+++
sheet = "自评"
origin = "B2"
source = "test"
formulas = { D6 = "=2*5" }

[[truth]]
form = "project"
title = "自评表"
rows.B = "item < weight score"
rows.i = "level1 name weight score"
+++

自评表

| 项目 | < | 分值 | 得分 |
B | 总额：100万元 | < | — | '9.50 |
| 一级指标 | 三级指标 | 分值 | 得分 |
i | 产出\\n指标（50分） | 数量 | 1,250.50 | 98.5% |
i | ^ | 质量 | =100% | ^ |
"""

REPLICAS = forms()


def sample(tmp_path: Path, text: str = SAMPLE) -> Form:
    path = tmp_path / "001-x.md"
    path.write_text(text, encoding="utf-8")
    return load(path)


def number(text: str | None) -> Decimal | None:
    match = re.fullmatch(r"(-?[\d,]+(?:\.\d+)?)%?", text or "")
    return Decimal(match[1].replace(",", "")) if match else None


def test_merged_cells_become_merged_ranges_at_the_origin(tmp_path: Path) -> None:
    write_xlsx(sample(tmp_path), tmp_path / "x.xlsx")
    page = load_workbook(tmp_path / "x.xlsx")["自评"]
    assert {str(m) for m in page.merged_cells.ranges} == {"B2:E2", "B3:C3", "B4:C4", "B6:B7", "E6:E7"}


def test_figures_are_numbers_with_the_format_that_prints_them(tmp_path: Path) -> None:
    write_xlsx(sample(tmp_path), tmp_path / "x.xlsx")
    page = load_workbook(tmp_path / "x.xlsx")["自评"]
    assert (page["E6"].value, page["E6"].number_format) == (0.985, "0.0%")
    assert page["E4"].value == "9.50"


def test_numbers_as_text_leaves_every_figure_a_text(tmp_path: Path) -> None:
    form = sample(tmp_path, SAMPLE.replace('source = "test"', 'numbers = "text"').replace("D6", "E6"))
    write_xlsx(form, tmp_path / "x.xlsx")
    assert load_workbook(tmp_path / "x.xlsx")["自评"]["D6"].value == "1,250.50"


def test_a_formula_carries_its_result_and_shows_the_printed_figure(tmp_path: Path) -> None:
    form = sample(tmp_path, SAMPLE.replace('D6 = "=2*5"', 'D6 = "=SUM(D4:D5)+E6*2/3"'))
    write_xlsx(form, tmp_path / "x.xlsx")
    cell = load_workbook(tmp_path / "x.xlsx")["自评"]["D6"]
    assert (cell.value, cell.number_format) == ("=SUM(D4:D5)+E6*2/3", "0.00")
    assert load_workbook(tmp_path / "x.xlsx", data_only=True)["自评"]["D6"].value == pytest.approx(0.985 * 2 / 3)


def test_a_target_that_starts_with_a_sign_is_no_formula(tmp_path: Path) -> None:
    write_xlsx(sample(tmp_path), tmp_path / "x.xlsx")
    assert load_workbook(tmp_path / "x.xlsx")["自评"]["D7"].data_type == "s"


def test_a_formula_for_a_blank_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="Z9"):
        write_xlsx(sample(tmp_path, SAMPLE.replace("D6", "Z9")), tmp_path / "x.xlsx")


def test_a_document_spans_columns_and_merges_downwards(tmp_path: Path) -> None:
    write_docx(sample(tmp_path), tmp_path / "x.docx")
    document = Document(str(tmp_path / "x.docx"))
    table = document.tables[0]
    assert next(p.text for p in document.paragraphs) == "自评表"
    assert [c.text for c in table.rows[1].cells] == ["总额：100万元", "总额：100万元", "—", "9.50"]
    assert table.cell(4, 0).text == "产出\n指标（50分）"
    assert 'w:val="restart"' in table._tbl.xml
    assert 'w:gridSpan w:val="2"' in table._tbl.xml


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| 质量 |", "| 质量 | 1 |"),  # one cell too many
        ("B | 总额：100万元 | < | — |", "B | ^ | < | — |"),  # covers part of a merged row only
        ("i | ^ | 质量", "z | ^ | 质量"),  # a tag without columns
        ("item < weight", "item < wait"),  # a field that does not exist
        ("+++\nsheet", "sheet"),
    ],
)
def test_a_broken_replica_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in SAMPLE
    text = SAMPLE.replace(old, new, 1)
    if old.startswith("B |"):
        text = text.replace("| 项目 | < |", "| 项目 | 金额 |")
    with pytest.raises(FormError):
        expand(sample(tmp_path, text))


def test_a_heading_is_a_heading_and_a_hidden_sheet_is_hidden(tmp_path: Path) -> None:
    text = SAMPLE.replace('source = "test"', 'hidden = ["选项"]').replace("\n自评表", "\n# 自评表")
    form = sample(tmp_path, f"{text}\n## 选项\n\n| 优 |\n")
    write_docx(form, tmp_path / "x.docx")
    first = Document(str(tmp_path / "x.docx")).paragraphs[0]
    assert first.text == "自评表"
    assert 'w:val="Heading1"' in first._p.xml
    write_xlsx(form, tmp_path / "x.xlsx")
    assert [page.sheet_state for page in load_workbook(tmp_path / "x.xlsx")] == ["visible", "hidden"]


def test_levels_go_down_through_merged_cells_and_scores_do_not(tmp_path: Path) -> None:
    first, second = expand(sample(tmp_path))[0]["indicators"]
    assert (first["level1"], second["level1"]) == ("产出指标", "产出指标")
    assert (first["score"], second["score"]) == ("98.5%", None)


def test_a_dash_is_blank_and_the_mark_of_a_text_is_not_printed(tmp_path: Path) -> None:
    row = expand(sample(tmp_path))[0]["budget"][0]
    assert (row["kind"], row["weight"], row["score"]) == ("total", None, "9.50")


def test_several_forms_in_one_file_are_written_once_each(tmp_path: Path) -> None:
    two = next(f for f in REPLICAS if len(f.meta["truth"]) == 2)
    write_folder(tmp_path, two.slug)
    names = {p.name for p in tmp_path.glob("*.truth.json")}
    assert names == {f"{two.slug}-1.truth.json", f"{two.slug}-2.truth.json"}


@pytest.mark.parametrize("form", REPLICAS, ids=lambda f: f.slug)
def test_workbook_and_document_show_the_same_cells(form: Form, tmp_path: Path) -> None:
    for kind in form.formats:
        WRITERS[kind](form, tmp_path / f"x.{kind}")
    book = load_workbook(tmp_path / "x.xlsx")
    assert [s.title for s in book] == [s.name for s in form.sheets]
    if "docx" in form.formats:
        tables = Document(str(tmp_path / "x.docx")).tables
        expected = [t for s in form.sheets for t in s.tables]
        assert [len(t.rows) for t in tables] == [len(t) for t in expected]
        for made, source in zip(tables, expected, strict=True):
            texts = [tc.text for row in made.rows for tc in row.cells]
            for row in source:
                for cell in row.cells:
                    assert cell.covered or cell.text.removeprefix("'") in texts


@pytest.mark.parametrize("form", REPLICAS, ids=lambda f: f.slug)
def test_the_truth_beside_a_form_is_up_to_date(form: Form) -> None:
    truths = expand(form)
    wanted = [expectations(form, i) for i in range(len(truths))]
    for suffix, data in (("truth", truths), ("expected", wanted)):
        stored = json.loads((FORMS / f"{form.slug}.{suffix}.json").read_text(encoding="utf-8"))
        assert stored == (data[0] if len(data) == 1 else data), "run: python tests/corpus/build.py --expand"


@pytest.mark.parametrize("form", REPLICAS, ids=lambda f: f.slug)
def test_every_figure_of_the_truth_is_printed_in_the_form(form: Form) -> None:
    for truth in expand(form):
        sheet = next(s for s in form.sheets if s.name == truth["sheet"])
        shown = "".join(re.sub(r"\s", "", c.text) for t in sheet.tables for r in t for c in r.cells)
        shown += "".join(b.text for b in sheet.blocks if not isinstance(b, list))
        for record in (*truth["budget"], *truth["indicators"], truth["total"], truth["unit"]):
            for key, value in record.items():
                assert value is None or key == "kind" or re.sub(r"\s", "", value) in shown, (key, value)


@pytest.mark.parametrize("form", REPLICAS, ids=lambda f: f.slug)
def test_plain_arithmetic_faults_are_declared(form: Form) -> None:
    """A printed total, rate or weight sum that does not add up must stand in `must` or `may`."""
    for index, truth in enumerate(expand(form)):
        known = expectations(form, index)
        declared = {e if isinstance(e, str) else e["code"] for e in (*known["must"], *known["may"])}
        faults = set()
        budget = truth["budget"]
        rows = (*budget, *truth["indicators"])
        weights = [w for r in rows if (w := number(r["weight"])) is not None]
        scores = [s for r in rows if (s := number(r["score"])) is not None]
        printed = number(truth["total"]["score"])
        if printed is not None and scores and sum(scores, Decimal()) != printed:
            faults.add("S103")
        if len(weights) > 1 and sum(weights) != 100:
            faults.add("W101")
        for row in truth["indicators"]:
            weight, score = number(row["weight"]), number(row["score"])
            if weight is not None and score is None:
                faults.add("S105")
            if weight is not None and score is not None and score > weight:
                faults.add("S102")
        for row in budget:
            plan, spent, rate = number(row["adjusted"]), number(row["executed"]), number(row["rate"])
            if rate is not None and rate <= Decimal("1.5") and not row["rate"].endswith("%"):
                rate *= 100  # printed as a fraction
            if plan and spent is not None and rate is not None and abs(spent / plan * 100 - rate) > Decimal("0.1"):
                faults.add("B101")
            if plan and spent is not None and spent / plan < Decimal("0.9") and not row["note"]:
                faults.add("B113")
        assert faults <= declared, form.slug


@pytest.mark.parametrize("form", [f for f in REPLICAS if f.meta.get("formulas")], ids=lambda f: f.slug)
def test_formula_results_round_to_the_printed_figures(form: Form, tmp_path: Path) -> None:
    write_xlsx(form, tmp_path / "x.xlsx")
    plain = Form(form.slug, {**form.meta, "formulas": {}}, form.sheets)
    write_xlsx(plain, tmp_path / "plain.xlsx")
    made, printed = load_workbook(tmp_path / "x.xlsx", data_only=True), load_workbook(tmp_path / "plain.xlsx")
    for key in form.meta["formulas"]:
        name, _, address = key.rpartition("!")
        name = name or form.sheets[0].name
        cell = made[name][address]
        decimals = len(cell.number_format.rstrip("%").partition(".")[2]) + (2 if "%" in cell.number_format else 0)
        assert round(cell.value, decimals) == pytest.approx(printed[name][address].value), key
