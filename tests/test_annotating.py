"""Annotated copies: what stands in them, and the original given back."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.forms import GOOD, WRONG, write_form
from xltools.annotating import NotAnnotatedError, annotate, clear
from xltools.annotation_sheet import COLOURS
from xltools.check_report import FileReport
from xltools.checking import check
from xltools.checks.base import Finding
from xltools.errors import InputError, WorkbookError
from xltools.marking import MARK

EXAMPLE = Path(__file__).parents[1] / "workbooks" / "examples" / "bishan-2021.xlsx"
TITLE_ROW = 7


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A form with a score above its weight in G10."""
    return write_form(tmp_path / "来件" / "自评表.xlsx", WRONG)


def annotated(path: Path, name: str = "副本.xlsx") -> Path:
    target = path.parent.parent / name
    annotate(path, check(path).files, target)
    return target


def rows(path: Path) -> list[dict[str, object]]:
    """The findings that the first sheet lists, by the titles of its columns."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    titles = [cell.value for cell in sheet[TITLE_ROW]]
    area = sheet.auto_filter.ref
    last = int(re.search(r"\d+$", area)[0])
    return [
        dict(zip(titles, [cell.value for cell in row], strict=True))
        for row in sheet.iter_rows(min_row=TITLE_ROW + 1, max_row=last)
    ]


def form_sheet(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path)["自评表"]


def changed_by_hand(path: Path, change: Callable[[openpyxl.Workbook], object]) -> None:
    """Change a workbook as a person would who opens, edits and saves it in another application."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def a_finding(sheet: str, row: int, column: int, cell: str, **others: object) -> Finding:
    values = {"found": "1", "expected": "2", "message": "不对。", "basis": "规定", "label": "得分"} | others
    return Finding("S102", "score-over-weight", "error", sheet, row, column, cell, fix=None, **values)  # type: ignore[arg-type]


def test_the_submission_is_not_touched(wrong: Path) -> None:
    before, time = wrong.read_bytes(), wrong.stat().st_mtime_ns
    annotated(wrong)
    assert wrong.read_bytes() == before
    assert wrong.stat().st_mtime_ns == time
    assert [path.name for path in wrong.parent.iterdir()] == ["自评表.xlsx"]


def test_every_finding_has_a_row_a_colour_and_a_note(wrong: Path) -> None:
    findings = [finding for file in check(wrong).files for finding in file.findings]
    assert findings
    copy = annotated(wrong)
    listed = rows(copy)
    assert [(row["规则代码"], row["规则名称"], row["单元格"]) for row in listed] == [
        (finding.code, finding.name, finding.cell) for finding in findings
    ]
    assert listed[0]["严重程度"] == "错误"
    assert listed[0]["单位"] == "市绿化养护中心"
    assert listed[0]["填的是"] == findings[0].found
    assert listed[0]["说明和改法"] == findings[0].message
    sheet = form_sheet(copy)
    for finding in findings:
        cell = sheet[finding.cell]
        assert cell.fill.fgColor.rgb == f"FF{COLOURS[finding.severity]}"
        assert cell.comment is not None
        assert finding.message in cell.comment.text


def test_links_lead_to_the_cells_of_the_findings(wrong: Path) -> None:
    copy = annotated(wrong)
    book = openpyxl.load_workbook(copy)
    links = [cell.hyperlink.location for row in book.worksheets[0].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'自评表'!{row['单元格']}" for row in rows(copy)]


def test_the_list_can_be_filtered_and_printed(wrong: Path) -> None:
    sheet = openpyxl.load_workbook(annotated(wrong)).worksheets[0]
    assert sheet.title == "检查结果"
    assert sheet.auto_filter.ref.startswith(f"A{TITLE_ROW}:")
    assert sheet.freeze_panes == f"A{TITLE_ROW + 1}"
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${TITLE_ROW}:${TITLE_ROW}"
    assert str(sheet["A2"].value).startswith("不通过")


def test_a_form_without_findings_says_so(tmp_path: Path) -> None:
    copy = annotated(write_form(tmp_path / "来件" / "好.xlsx", GOOD))
    assert str(openpyxl.load_workbook(copy).worksheets[0]["A2"].value).startswith("通过")
    assert [row["说明和改法"] for row in rows(copy)] == ["没有发现问题。"]


def test_the_check_sees_an_annotated_copy_as_it_sees_the_form(wrong: Path) -> None:
    copy = annotated(wrong)
    one, other = check(wrong), check(copy)
    assert [file.findings for file in one.files] == [file.findings for file in other.files]
    assert [file.not_checked for file in one.files] == [file.not_checked for file in other.files]


@pytest.mark.parametrize("path", [EXAMPLE, None])
def test_clearing_gives_back_the_original_bytes(wrong: Path, tmp_path: Path, path: Path | None) -> None:
    source = path or wrong
    copy = tmp_path / "批注" / source.name
    copy.parent.mkdir()
    annotate(source, check(source).files, copy)
    assert copy.read_bytes() != source.read_bytes()
    result = clear(copy)
    assert result.original
    assert result.backup is None
    assert copy.read_bytes() == source.read_bytes()


def test_annotating_twice_leaves_one_set(wrong: Path, tmp_path: Path) -> None:
    copy = annotated(wrong)
    again = tmp_path / "again" / copy.name
    again.parent.mkdir()
    annotate(copy, check(copy).files, again)
    assert again.read_bytes() == copy.read_bytes()


def test_members_that_hold_no_finding_keep_their_bytes(tmp_path: Path) -> None:
    copy = tmp_path / EXAMPLE.name
    annotate(EXAMPLE, check(EXAMPLE).files, copy)
    with zipfile.ZipFile(EXAMPLE) as old, zipfile.ZipFile(copy) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        sheets = {name for name in changed if name.startswith("xl/worksheets/sheet")}
    touched = {finding.sheet for file in check(EXAMPLE).files for finding in file.findings}
    assert len(sheets) <= len(touched) + 1
    assert changed - sheets <= {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        *(f"xl/worksheets/_rels/{name.rpartition('/')[2]}.rels" for name in sheets),
    }


def test_colours_keep_the_rest_of_a_cells_looks(wrong: Path) -> None:
    def decorate(book: openpyxl.Workbook) -> None:
        cell = book.worksheets[0]["G10"]
        cell.font = Font(name="仿宋", size=14, italic=True)
        cell.number_format = "0.00"
        cell.fill = PatternFill("solid", fgColor="FF00FF00")

    changed_by_hand(wrong, decorate)
    cell = form_sheet(annotated(wrong))["G10"]
    assert (cell.font.name, cell.font.sz, cell.font.i, cell.number_format) == ("仿宋", 14, True, "0.00")
    assert cell.fill.fgColor.rgb == f"FF{COLOURS['error']}"
    assert cell.value == 21


def test_several_findings_on_one_cell_share_a_note_and_the_worst_colour(wrong: Path, tmp_path: Path) -> None:
    mild = replace(a_finding("自评表", 10, 7, "G10", message="请看一看。"), severity="notice", code="B110")
    bad = a_finding("自评表", 10, 7, "G10", message="分值只有 20。")
    annotate(wrong, [FileReport(str(wrong), "自评表", findings=(mild, bad))], tmp_path / "b.xlsx")
    cell = form_sheet(tmp_path / "b.xlsx")["G10"]
    assert "请看一看。" in cell.comment.text
    assert "分值只有 20。" in cell.comment.text
    assert cell.comment.text.count(MARK) == 1
    assert cell.fill.fgColor.rgb == f"FF{COLOURS['error']}"


def test_a_covered_cell_is_marked_where_its_area_shows(wrong: Path, tmp_path: Path) -> None:
    finding = a_finding("自评表", 4, 3, "C4")
    annotate(wrong, [FileReport(str(wrong), "自评表", findings=(finding,))], tmp_path / "c.xlsx")
    sheet = form_sheet(tmp_path / "c.xlsx")
    assert sheet["B4"].comment is not None
    assert sheet["B4"].fill.fgColor.rgb == f"FF{COLOURS['error']}"
    assert rows(tmp_path / "c.xlsx")[0]["单元格"] == "C4"


def test_blank_cells_and_rows_that_are_missing_are_marked(wrong: Path, tmp_path: Path) -> None:
    findings = (a_finding("自评表", 40, 3, "C40", found=None), a_finding("自评表", 10, 0, ""))
    annotate(wrong, [FileReport(str(wrong), "自评表", findings=findings)], tmp_path / "d.xlsx")
    sheet = form_sheet(tmp_path / "d.xlsx")
    assert sheet["C40"].fill.fgColor.rgb == f"FF{COLOURS['error']}"
    assert sheet["C40"].comment is not None
    assert sum(cell.comment is not None for row in sheet.iter_rows(max_row=10, min_row=9) for cell in row) == 1
    assert rows(tmp_path / "d.xlsx")[0]["填的是"] == "（没有填写）"


def test_a_finding_without_a_cell_is_listed_all_the_same(wrong: Path, tmp_path: Path) -> None:
    findings = (a_finding("", 0, 0, ""), a_finding("没有这张表", 1, 1, "A1"))
    annotate(wrong, [FileReport(str(wrong), findings=findings)], tmp_path / "e.xlsx")
    listed = rows(tmp_path / "e.xlsx")
    assert [row["单元格"] for row in listed] == ["整份表", "A1"]
    assert not any(cell.comment for row in form_sheet(tmp_path / "e.xlsx").iter_rows() for cell in row)


def test_a_persons_note_stays_and_comes_back(wrong: Path, tmp_path: Path) -> None:
    changed_by_hand(wrong, lambda book: setattr(book.worksheets[0]["G10"], "comment", Comment("领导已批", "张三")))
    copy = annotated(wrong)
    text = form_sheet(copy)["G10"].comment.text
    assert text.startswith("领导已批\n")
    assert MARK in text
    changed_by_hand(copy, lambda book: None)
    assert not clear(copy).original
    assert form_sheet(copy)["G10"].comment.text == "领导已批"


def test_a_comment_thread_stays_as_it_is(wrong: Path) -> None:
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="G10" id="{1}"><text>请核对</text></threadedComment></ThreadedComments>'
    )
    with zipfile.ZipFile(wrong, "a") as package:
        package.writestr("xl/worksheets/_rels/sheet1.xml.rels", links)
        package.writestr("xl/threadedComments/threadedComment1.xml", thread)
    copy = annotated(wrong)
    with zipfile.ZipFile(copy) as package:
        assert package.read("xl/threadedComments/threadedComment1.xml") == thread.encode()
    assert form_sheet(copy)["G10"].comment is None
    assert form_sheet(copy)["G10"].fill.fgColor.rgb == f"FF{COLOURS['error']}"
    assert "批注对话" in str(rows(copy)[0]["说明和改法"])


def test_a_protected_sheet_is_annotated(wrong: Path) -> None:
    def protect(book: openpyxl.Workbook) -> None:
        book.worksheets[0].protection.sheet = True
        book.worksheets[0]["G10"].protection = Protection(locked=True)

    changed_by_hand(wrong, protect)
    sheet = form_sheet(annotated(wrong))
    assert sheet["G10"].comment is not None
    assert sheet.protection.sheet


def test_a_copy_that_was_edited_since_keeps_the_edits(wrong: Path) -> None:
    copy = annotated(wrong)
    changed_by_hand(copy, lambda book: book["自评表"].__setitem__("G10", 20))
    edited = copy.read_bytes()
    result = clear(copy)
    assert not result.original
    assert result.backup is not None
    assert result.backup.read_bytes() == edited
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames == ["自评表"]
    assert book["自评表"]["G10"].value == 20
    cells = [cell for row in book["自评表"].iter_rows() for cell in row]
    assert not any(cell.comment for cell in cells)
    assert not any(cell.fill.fgColor.rgb[2:] in COLOURS.values() for cell in cells if cell.fill.fill_type)


def test_an_edited_copy_is_annotated_anew_with_what_is_wrong_now(wrong: Path, tmp_path: Path) -> None:
    copy = annotated(wrong)
    changed_by_hand(copy, lambda book: (book["自评表"].__setitem__("G10", 20), book["自评表"].__setitem__("G13", 100)))
    again = tmp_path / "again.xlsx"
    annotate(copy, check(copy).files, again)
    assert openpyxl.load_workbook(again).sheetnames == ["检查结果", "自评表"]
    assert [row["说明和改法"] for row in rows(again)] == ["没有发现问题。"]
    assert not any(cell.comment for row in form_sheet(again).iter_rows() for cell in row)


def test_a_copy_with_an_edited_member_gets_its_own_colours_back(wrong: Path) -> None:
    green = PatternFill("solid", fgColor="FF00FF00")
    changed_by_hand(wrong, lambda book: setattr(book.worksheets[0]["G10"], "fill", green))
    copy = annotated(wrong)
    data = copy.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"320", b"321")
            new.writestr(name, content)
    assert not clear(copy).original
    assert form_sheet(copy)["G10"].fill.fgColor.rgb == "FF00FF00"


def test_a_sheet_of_findings_that_was_renamed_is_still_found(wrong: Path) -> None:
    copy = annotated(wrong)

    def rename(book: openpyxl.Workbook) -> None:
        book.worksheets[0].title = "要改的"
        book.defined_names["xltools_findings"].attr_text = "'要改的'!$A$1"

    changed_by_hand(copy, rename)
    clear(copy)
    assert openpyxl.load_workbook(copy).sheetnames == ["自评表"]


def test_a_sheet_of_the_same_name_that_was_there_stays(wrong: Path) -> None:
    changed_by_hand(wrong, lambda book: book.create_sheet("检查结果").append(["领导意见"]))
    copy = annotated(wrong)
    assert openpyxl.load_workbook(copy).sheetnames == ["检查结果 (2)", "自评表", "检查结果"]
    changed_by_hand(copy, lambda book: None)
    clear(copy)
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames == ["自评表", "检查结果"]
    assert book["检查结果"]["A1"].value == "领导意见"


def test_hostile_texts_make_no_broken_copy(tmp_path: Path) -> None:
    name = "O'Brien & <表>"
    source = write_form(tmp_path / "来件" / "a.xlsx", WRONG)
    changed_by_hand(source, lambda book: setattr(book.worksheets[0], "title", name))
    hostile = "<b>&\"'\x01\x0b=HYPERLINK()" + "长" * 40_000
    finding = a_finding(name, 10, 7, "G10", found=hostile, message=hostile, label="\x02<甲>", basis="&")
    report = FileReport(str(source), name, unit="<市>&局\x03", findings=(finding,))
    annotate(source, [report], tmp_path / "b.xlsx")
    (row,) = rows(tmp_path / "b.xlsx")
    assert str(row["填的是"]).startswith("<b>&\"'")
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert book[name]["G10"].comment.text.startswith(MARK)
    assert len(book[name]["G10"].comment.text) <= 32_767
    clear(tmp_path / "b.xlsx")
    assert (tmp_path / "b.xlsx").read_bytes() == source.read_bytes()


def test_a_workbook_is_never_written_onto_itself_or_over_another(wrong: Path, tmp_path: Path) -> None:
    before = wrong.read_bytes()
    with pytest.raises(InputError):
        annotate(wrong, check(wrong).files, wrong, force=True)
    other = write_form(tmp_path / "x.xlsx")
    kept = other.read_bytes()
    with pytest.raises(InputError):
        annotate(wrong, check(wrong).files, other)
    assert (wrong.read_bytes(), other.read_bytes()) == (before, kept)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    document = tmp_path / "a.docx"
    document.write_bytes(b"PK")
    with pytest.raises(InputError):
        annotate(document, (), tmp_path / "b.docx")
    broken = tmp_path / "c.xlsx"
    broken.write_bytes(b"nothing")
    with pytest.raises(WorkbookError):
        annotate(broken, (), tmp_path / "d.xlsx")
    assert not (tmp_path / "d.xlsx").exists()


def test_a_workbook_without_annotations_cannot_be_cleared(wrong: Path) -> None:
    before = wrong.read_bytes()
    with pytest.raises(NotAnnotatedError):
        clear(wrong)
    assert wrong.read_bytes() == before


def test_a_damaged_record_gives_nothing_wrong_back(wrong: Path) -> None:
    copy = annotated(wrong)
    with zipfile.ZipFile(io.BytesIO(copy.read_bytes())) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"UEsD", b"UEsE") if name == "customXml/item1.xml" else content)
    assert not clear(copy).original
    assert openpyxl.load_workbook(copy).sheetnames == ["自评表"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_application_opens_and_saves_a_copy_and_it_can_still_be_cleared(wrong: Path, tmp_path: Path) -> None:
    copy = annotated(wrong)
    folder = tmp_path / "saved"
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "xlsx", "--outdir", str(folder), str(copy)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    saved = folder / copy.name
    assert openpyxl.load_workbook(saved).sheetnames == ["检查结果", "自评表"]
    assert form_sheet(saved)["G10"].comment is not None
    clear(saved)
    book = openpyxl.load_workbook(saved)
    assert book.sheetnames == ["自评表"]
    assert not any(cell.comment for row in book["自评表"].iter_rows() for cell in row)
    assert book["自评表"]["G10"].fill.fill_type is None
