"""One workbook for each unit: what is in it, what is refused, and what happens when a run is disturbed."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.data_books import BUDGET, INDICATORS, UNITS, blank_form, data_book
from xltools.errors import InputError
from xltools.filling import MANIFEST, fill
from xltools.filling_rules import refusal
from xltools.roster import RosterError
from xltools.sheets.grid import Validation

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "workbooks" / "examples" / "roster-2022.xlsx"
FIRST, SECOND = "001_甲中心_2022自评表.xlsx", "002_乙中心_2022自评表.xlsx"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return blank_form(tmp_path / "空白表.xlsx", extra=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return data_book(tmp_path / "数据.xlsx")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "下发"


def cells(path: Path, sheet: str = "自评表") -> dict[str, object]:
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    return {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_values_land_in_their_cells_and_formulas_carry_their_results(form: Path, data: Path, out: Path) -> None:
    report = fill(form, data, out)
    assert report.counts == {"written": 2, "unchanged": 0, "changed": 0, "failed": 0}
    assert not report.notices
    first = cells(out / FIRST)
    assert (first["B4"], first["F4"], first["C6"], first["E6"]) == ("某局", "甲中心", 100, 110.5)
    assert (first["C10"], first["D10"], first["E10"], first["F10"]) == ("服务次数", "≥10", 12, 50)
    assert (first["C12"], first["E12"]) == ("覆盖率", "96%")
    assert (first["G6"], first["H6"], first["F13"]) == (92.08, 9.21, 100)
    assert cells(out / FIRST, "核对")["A1"] == 90
    assert "C12" not in cells(out / SECOND)


def test_what_was_filled_reads_back_and_checks_without_an_error(out: Path) -> None:
    report = fill("chongqing-department", EXAMPLE, out)
    assert len(report.filled) == 12
    checked = xltools.check(out)
    assert (checked.counts["error"], checked.counts["warning"]) == (0, 0)
    form = xltools.read(report.filled[0].path)[0]
    assert form.year == "2022"
    assert form.total.score is not None
    assert form.total.score.exact is not None


def test_members_without_inputs_and_bytes_outside_the_cells_stay(form: Path, data: Path, out: Path) -> None:
    fill(form, data, out)
    before, after = zipfile.ZipFile(form), zipfile.ZipFile(out / FIRST)
    assert before.namelist() == after.namelist()
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    old, new = (archive.read("xl/worksheets/sheet1.xml") for archive in (before, after))
    assert old[old.index(b"</sheetData>") :] == new[new.index(b"</sheetData>") :]
    assert old[: old.index(b"<sheetData>")] == new[: new.index(b"<sheetData>")]


def test_nothing_is_written_while_anything_is_wrong_and_all_of_it_is_told(
    form: Path, tmp_path: Path, out: Path
) -> None:
    data = data_book(
        tmp_path / "错.xlsx",
        units=[(*UNITS[0], "联系电话"), ("001", "甲中心", "某局", "123"), ("001", "乙中心", "某局", "")],
        budget=[*BUDGET[:2], ("007", "年度资金总额", 1, 1, 1), ("001", "彩票公益金", 5, 5, 5)],
        indicators=[*INDICATORS, ("", "产出指标", "时效指标", "及时率", "≥1", "1", 101, "好")],
    )
    with pytest.raises(RosterError) as caught:
        fill(form, data, out)
    assert not out.exists()
    found = {problem.place for problem in caught.value.problems}
    # Duplicate code, no place for phones, unknown unit, no such budget row, score that is none, no such level.
    assert found == {"单位!A3", "单位!D1", "预算!A3", "预算!B4", "指标!H4", "指标!D4"}
    assert all(place in str(caught.value) for place in found)


def test_a_weight_that_the_template_s_own_validation_refuses_is_a_problem(
    form: Path, tmp_path: Path, out: Path
) -> None:
    rows = [INDICATORS[0], ("", "产出指标", "数量指标", "服务次数", "≥10", 12, 101, 50)]
    with pytest.raises(RosterError) as caught:
        fill(form, data_book(tmp_path / "错.xlsx", indicators=rows), out)
    assert {problem.place for problem in caught.value.problems} == {"指标!G2"}


def test_a_total_that_the_template_computes_must_agree_with_its_parts(tmp_path: Path, out: Path) -> None:
    units = [(*UNITS[0], "项目名称"), ("001", "甲中心", "某局", "某项目")]
    parts = [BUDGET[0], ("001", "年度资金总额", 100, 100, 90), ("001", "其中：当年财政拨款", 80, 80, 70)]
    data = data_book(tmp_path / "错.xlsx", units=units, budget=parts, indicators=INDICATORS[:2])
    with pytest.raises(RosterError) as caught:
        fill("mof-project-2020", data, out)
    assert {problem.place for problem in caught.value.problems} == {"预算!C2", "预算!D2", "预算!E2"}
    parts.append(("001", "其他资金", 20, 20, 20))
    data = data_book(tmp_path / "对.xlsx", units=units, budget=parts, indicators=INDICATORS[:2])
    assert cells(fill("mof-project-2020", data, out).filled[0].path, "项目支出绩效自评表")["D6"] == 100


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_name_that_looks_like_a_formula_arrives_as_text(form: Path, tmp_path: Path, out: Path, name: str) -> None:
    data = tmp_path / "单位.csv"
    data.write_text('单位编码,单位名称\n001,"{}"\n'.format(name.replace('"', '""')), encoding="utf-8-sig")
    (filled,) = fill(form, data, out).filled
    cell = openpyxl.load_workbook(filled.path)["自评表"]["F4"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_more_indicators_than_rows_add_rows_that_totals_and_merges_follow(
    form: Path, tmp_path: Path, out: Path
) -> None:
    more = [("001", "产出指标", "数量指标", f"服务{n}", "≥1", n, 5, 5) for n in range(1, 4)]
    more += [("001", "效益指标", "社会效益指标", "满意度", "≥90%", "95%", 5, 5)]
    fill(form, data_book(tmp_path / "多.xlsx", indicators=[*INDICATORS, *more]), out)
    first = cells(out / FIRST)
    assert [first.get(f"C{row}") for row in range(10, 16)] == [
        "服务次数",
        "服务1",
        "服务2",
        "服务3",
        "覆盖率",
        "满意度",
    ]
    assert (first["A16"], first["F16"], first["B4"]) == ("总分", 120, "某局")
    assert cells(out / FIRST, "核对")["A1"] == 110
    book = openpyxl.load_workbook(out / FIRST)
    page = book["自评表"]
    assert page["F16"].value == "=SUM(F10:F15)+F6"
    merged = {str(area) for area in page.merged_cells.ranges}
    # The level of one row was no merged cell; a person would make it one.
    assert {"B10:B13", "A10:A13", "A14:A15", "B14:B15"} <= merged
    assert page.print_area == "'自评表'!$A$1:$H$17"
    assert str(page.data_validations.dataValidation[0].sqref) == "F10:F15"
    assert page["C13"].border.left.style == "thin"
    assert book["核对"]["A2"].value == "=自评表!G16"
    # The other unit's form has the template's own rows.
    assert cells(out / SECOND)["A13"] == "总分"


def test_rows_that_are_not_needed_stay_blank_or_go(tmp_path: Path, data: Path, out: Path) -> None:
    form = blank_form(tmp_path / "大.xlsx", [("产出指标", "数量指标", 4), ("效益指标", "社会效益指标", 3)])
    fill(form, data, out)
    assert cells(out / FIRST)["A17"] == "总分"
    fill(form, data, out, spare="remove", force=True)
    first, second = cells(out / FIRST), cells(out / SECOND)
    assert (first["C10"], first["C11"], first["A12"], first["F12"]) == ("服务次数", "覆盖率", "总分", 100)
    # A printed level keeps one row even where the unit has no indicator of it.
    assert (second["B11"], second["A12"]) == ("社会效益指标", "总分")


def test_official_templates_gain_and_lose_rows_with_their_check_sheet(tmp_path: Path, out: Path) -> None:
    for spare in ("blank", "remove"):
        report = fill("chongqing-department", EXAMPLE, out, only=["301007", "301001"], spare=spare, force=True)  # type: ignore[arg-type]
        for filled in report.filled:
            checks = cells(filled.path, "自动校验")
            assert checks["C3"] == "全部通过"
            numbers = [value for place, value in checks.items() if place[0] == "A" and isinstance(value, int)]
            assert numbers == list(range(1, len(numbers) + 1))
            formulas = openpyxl.load_workbook(filled.path)["自动校验"]
            assert not any("#REF!" in str(cell.value) for row in formulas.iter_rows() for cell in row)
    assert cells(out / "301007_云岭区农业综合行政执法支队_2022自评表.xlsx", "部门整体绩效自评表")["A29"] == "总分"
    assert cells(out / "301001_云岭区农业技术推广站_2022自评表.xlsx", "部门整体绩效自评表")["A20"] == "总分"


def test_a_second_run_changes_nothing_and_a_third_completes_what_is_missing(form: Path, data: Path, out: Path) -> None:
    fill(form, data, out)
    before = snapshot(out)
    assert fill(form, data, out).counts["unchanged"] == 2
    assert snapshot(out) == before
    (out / SECOND).unlink()
    assert fill(form, data, out).counts == {"written": 1, "unchanged": 1, "changed": 0, "failed": 0}
    assert snapshot(out) == before


def test_a_file_that_differs_is_kept_unless_forced(form: Path, data: Path, out: Path) -> None:
    fill(form, data, out)
    returned = (out / FIRST).read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(returned))
    book["自评表"]["E10"] = 99
    book.save(out / FIRST)
    edited = (out / FIRST).read_bytes()
    report = fill(form, data, out)
    assert [filled.status for filled in report.filled] == ["changed", "unchanged"]
    assert "改动" in report.filled[0].message
    assert (out / FIRST).read_bytes() == edited
    assert fill(form, data, out, force=True).counts["written"] == 1
    assert (out / FIRST).read_bytes() == returned


def test_the_manifest_tells_what_was_issued_also_by_earlier_runs(form: Path, data: Path, out: Path) -> None:
    fill(form, data, out, only=["001"])
    fill(form, data, out, only=["乙中心"])
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    assert [(unit["code"], unit["name"], unit["file"]) for unit in manifest["units"]] == [
        ("001", "甲中心", FIRST),
        ("002", "乙中心", SECOND),
    ]
    for unit in manifest["units"]:
        assert unit["digest"] == hashlib.sha256((out / unit["file"]).read_bytes()).hexdigest()
        assert unit["template"] == form.name
        assert unit["template_digest"] == hashlib.sha256(form.read_bytes()).hexdigest()


def test_file_names_take_any_field_and_lose_what_no_system_takes(form: Path, tmp_path: Path, out: Path) -> None:
    units = [UNITS[0], ("001", '甲/乙:"中心"?', "某局"), ("002", "CON", "某局")]
    data = data_book(tmp_path / "名.xlsx", units=units)
    report = fill(form, data, out, name="{主管部门}-{单位名称}.xlsx")
    assert [filled.path.name for filled in report.filled] == ["某局-甲_乙__中心__.xlsx", "某局-CON.xlsx"]
    again = fill(form, data, tmp_path / "另", name="{单位名称}")
    assert again.filled[1].path.name == "_CON.xlsx"


def test_names_that_clash_are_refused_even_where_only_the_case_differs(form: Path, tmp_path: Path, out: Path) -> None:
    units = [UNITS[0], ("001", "Center", "某局"), ("002", "center", "某局")]
    data = data_book(tmp_path / "名.xlsx", units=units)
    with pytest.raises(RosterError) as caught:
        fill(form, data, out, name="{单位名称}.xlsx")
    assert [problem.place for problem in caught.value.problems] == ["单位!A3"]
    assert not out.exists()


def test_a_pattern_with_an_unknown_field_is_refused(form: Path, data: Path, out: Path) -> None:
    with pytest.raises(InputError, match="处室"):
        fill(form, data, out, name="{处室}.xlsx")


def test_only_takes_codes_and_names_and_refuses_others(form: Path, data: Path, out: Path) -> None:
    assert [filled.code for filled in fill(form, data, out, only=["乙中心"]).filled] == ["002"]
    with pytest.raises(InputError, match="丙"):
        fill(form, data, out, only=["丙"])


@pytest.mark.parametrize("lock", ["~${}", ".~{}", ".~lock.{}#"])
def test_a_file_that_is_open_elsewhere_is_left_and_the_others_done(
    form: Path, data: Path, out: Path, lock: str
) -> None:
    out.mkdir()
    (out / FIRST).write_bytes(b"old")
    (out / lock.format(FIRST)).touch()
    report = fill(form, data, out, force=True)
    assert [filled.status for filled in report.filled] == ["failed", "written"]
    assert lock.format(FIRST) in report.filled[0].message
    assert (out / FIRST).read_bytes() == b"old"


def test_a_run_killed_in_the_middle_leaves_whole_files_only_and_can_be_repeated(
    form: Path, data: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(form, data, out.with_name("ganz"))
    replaced = []
    replace = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if replaced:
            raise KeyboardInterrupt
        replaced.append(target)
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            fill(form, data, out)
    assert [path.name for path in out.iterdir()] == [FIRST]
    assert fill(form, data, out).counts == {"written": 1, "unchanged": 1, "changed": 0, "failed": 0}
    assert snapshot(out) == snapshot(out.with_name("ganz"))


def test_a_full_disk_is_told_and_not_tried_for_ever(
    form: Path, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = [UNITS[0], *((f"{n:03}", f"单位{n}", "某局") for n in range(1, 10))]
    data = data_book(tmp_path / "多.xlsx", {"单位": units})
    out.mkdir()
    tried = []

    def full(descriptor: int) -> None:
        tried.append(descriptor)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(InputError, match="No space"):
            fill(form, data, out)
    assert len(tried) < len(units)
    assert list(out.iterdir()) == []
    assert fill(form, data, out).counts["written"] == 9


def test_a_folder_that_cannot_be_written_to_is_told_before_any_work(form: Path, data: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "是文件"
    blocked.write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="是文件"):
        fill(form, data, blocked / "下发")


def test_a_read_only_folder_is_told(form: Path, data: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    out.mkdir()
    # The permissions themselves would not stop a test that runs as root.
    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        fill(form, data, out)
    assert list(out.iterdir()) == []


def test_several_processes_give_the_same_files(tmp_path: Path, form: Path) -> None:
    units = [UNITS[0], *((f"{n:03}", f"单位{n}", "某局") for n in range(1, 61))]
    data = data_book(tmp_path / "多.xlsx", {"单位": units, "指标": INDICATORS[:2]})
    one, two = tmp_path / "一", tmp_path / "二"
    fill(form, data, one)
    report = fill(form, data, two, jobs=2)
    assert [filled.code for filled in report.filled] == [unit[0] for unit in units[1:]]
    assert snapshot(one) == snapshot(two)


def test_a_template_of_another_year_than_the_data_is_refused(form: Path, tmp_path: Path, out: Path) -> None:
    units = [(*UNITS[0], "年度"), ("001", "甲中心", "某局", 2021), ("002", "乙中心", "某局", 2021)]
    data = data_book(tmp_path / "年.xlsx", units=units)
    with pytest.raises(InputError, match="2021"):
        fill(form, data, out)


def test_an_unknown_column_is_a_warning_and_the_forms_are_filled(form: Path, tmp_path: Path, out: Path) -> None:
    units = [
        (*UNITS[0], "幸运数字", "项目类别"),
        ("001", "甲中心", "某局", 7, "经常性"),
        ("002", "乙中心", "某局", 8, ""),
    ]
    report = fill(form, data_book(tmp_path / "列.xlsx", units=units), out)
    assert [warning.place for warning in report.warnings] == ["单位!D1"]
    # 项目类别 is no field that we know, but the template has a cell beside a label of that name.
    assert cells(out / FIRST)["F3"] == "经常性"


def test_a_column_that_the_template_computes_is_left_to_it_with_a_warning(
    form: Path, tmp_path: Path, out: Path
) -> None:
    budget = [(*BUDGET[0], "执行率"), (*BUDGET[1], "12%")]
    report = fill(form, data_book(tmp_path / "率.xlsx", budget=budget), out)
    assert [warning.place for warning in report.warnings] == ["预算!F1"]
    assert cells(out / FIRST)["G6"] == 92.08


def test_value_and_label_in_one_cell_share_it(tmp_path: Path, data: Path, out: Path) -> None:
    form = blank_form(tmp_path / "空白表.xlsx")
    book = openpyxl.load_workbook(form)
    page = book["自评表"]
    page.unmerge_cells("A2:H2")
    page.merge_cells("A2:H2")
    page["A2"] = "单位名称：______    填报日期："
    book.save(form)
    filled = fill(form, data, out, name="{单位编码}.xlsx").filled
    assert str(cells(filled[0].path)["A2"]).split() == ["单位名称：甲中心", "填报日期："]


def test_a_template_with_macros_gives_workbooks_with_macros(form: Path, data: Path, out: Path) -> None:
    macro = form.with_suffix(".xlsm")
    with zipfile.ZipFile(form) as source, zipfile.ZipFile(macro, "w") as target:
        for name in source.namelist():
            part = source.read(name).replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
            target.writestr(name, part.replace(b"spreadsheetml.sheet.macro", b"ms-excel.sheet.macro"))
    content = zipfile.ZipFile(macro).read("[Content_Types].xml")
    assert b"macroEnabled.main" in content
    assert {filled.path.suffix for filled in fill(macro, data, out).filled} == {".xlsm"}
    with pytest.raises(InputError, match="xlsm"):
        fill(macro, data, out, name="{单位名称}.xlsx")


def test_the_example_data_is_what_its_script_writes() -> None:
    import importlib.util

    script = EXAMPLE.with_name("make_roster.py")
    specification = importlib.util.spec_from_file_location("make_roster", script)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    made = openpyxl.load_workbook(io.BytesIO(module.roster()))
    kept = openpyxl.load_workbook(EXAMPLE)
    for sheet in made.worksheets:
        assert list(kept[sheet.title].values) == list(sheet.values)


def test_amounts_keep_every_decimal(form: Path, tmp_path: Path, out: Path) -> None:
    data = tmp_path / "单位.csv"
    data.write_text('单位编码,单位名称,年初预算数\n001,甲中心,"1,234,567.891234"\n', encoding="utf-8-sig")
    (filled,) = fill(form, data, out).filled
    part = zipfile.ZipFile(filled.path).read("xl/worksheets/sheet1.xml")
    assert b"<v>1234567.891234</v>" in part
    assert xltools.read(filled.path)[0].budget[0].initial.exact == Decimal("1234567.891234")  # type: ignore[union-attr]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_computes_the_same_results(form: Path, tmp_path: Path, out: Path) -> None:
    more = [("001", "产出指标", "数量指标", f"服务{n}", "≥1", n, 5, 5) for n in range(1, 4)]
    fill(form, data_book(tmp_path / "多.xlsx", indicators=[*INDICATORS, *more]), out)
    stripped = tmp_path / "ohne.xlsx"
    book = openpyxl.load_workbook(out / FIRST)
    book.save(stripped)  # openpyxl drops every stored result, so that LibreOffice has to compute them
    profile = f"-env:UserInstallation=file://{tmp_path / 'profil'}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "lo"),
        str(stripped),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    theirs, ours = cells(tmp_path / "lo" / "ohne.xlsx"), cells(out / FIRST)
    for place in ("G6", "H6", "F16", "G16"):
        if place in ours:
            assert round(float(str(theirs[place])), 9) == round(float(str(ours[place])), 9)


@pytest.mark.parametrize(
    ("rule", "value", "accepted"),
    [
        (("list", None, '"是,否"', None), "是", True),
        (("list", None, '"是,否"', None), "对", False),
        (("list", None, "选项!$A$1:$A$9", None), "对", True),
        (("decimal", "between", "0", "100"), Decimal("100"), True),
        (("decimal", "between", "0", "100"), Decimal("100.01"), False),
        (("decimal", "between", "0", "G13"), Decimal("-1"), False),
        (("decimal", "greaterThanOrEqual", "0", None), "十", False),
        (("whole", "between", "0", "9"), Decimal("1.5"), False),
        (("decimal", "lessThanOrEqual", "5", None), Decimal("6"), False),
    ],
)
def test_constant_validations_are_obeyed(
    rule: tuple[str, str | None, str | None, str | None], value: str | Decimal, accepted: bool
) -> None:
    assert (refusal(Validation((), *rule), value) is None) is accepted
