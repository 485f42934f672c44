"""Reading Word documents."""

import zipfile
from pathlib import Path

import pytest

from xltools.errors import WorkbookError
from xltools.sheets import docx
from xltools.sheets.grid import Area, Book, Grid

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def read(folder: Path, body: str) -> Book:
    file = folder / "自评表.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", RELATIONSHIPS)
        package.writestr("word/document.xml", f"<w:document {W} {W14} {MC}><w:body>{body}</w:body></w:document>")
    return docx.read(file)


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str = "", *, span: int = 1, merge: str = "", content: str = "") -> str:
    vertical = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{vertical}</w:tcPr>{content or p(text)}</w:tc>'


def tr(*cells: str, before: int = 0, after: int = 0) -> str:
    return (
        f'<w:tr><w:trPr><w:gridBefore w:val="{before}"/><w:gridAfter w:val="{after}"/></w:trPr>{"".join(cells)}</w:tr>'
    )


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def in_control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def shown(grid: Grid) -> dict[str, str]:
    return {grid.address(*place): cell.text for place, cell in grid.cells.items()}


def paragraph_text(folder: Path, runs: str) -> str:
    return read(folder, f"<w:p>{runs}</w:p>").paragraphs[0]


def test_spans_and_vertical_merges_become_areas(tmp_path: Path) -> None:
    table = tbl(
        tr(tc("产出指标", merge="restart"), tc("数量指标", span=2), tc("10")),
        tr(tc("", merge="continue"), tc("培训人次"), tc("≥200"), tc("9")),
        tr(tc("效益指标"), tc("就业"), tc("5"), tc("8")),
    )
    grid = read(tmp_path, table).grids[0]
    assert grid.sheet == "表1"
    assert grid.source == "docx"
    assert set(grid.merges) == {Area(1, 1, 2, 1), Area(1, 2, 1, 3)}
    assert grid.text(2, 1) == "产出指标"
    assert shown(grid)["D1"] == "10"
    assert shown(grid)["C2"] == "≥200"


def test_a_vertical_merge_of_wide_cells_is_one_area(tmp_path: Path) -> None:
    table = tbl(
        tr(tc("目标", span=2, merge="restart"), tc("甲")),
        tr(tc("", span=2, merge="continue"), tc("乙")),
        tr(tc("", span=2, merge="continue"), tc("丙")),
    )
    assert read(tmp_path, table).grids[0].merges == (Area(1, 1, 3, 2),)


def test_a_restarted_merge_begins_a_new_area(tmp_path: Path) -> None:
    rows = [
        tr(tc("甲", merge="restart")),
        tr(tc(merge="continue")),
        tr(tc("乙", merge="restart")),
        tr(tc(merge="continue")),
    ]
    assert read(tmp_path, tbl(*rows)).grids[0].merges == (Area(1, 1, 2, 1), Area(3, 1, 4, 1))


def test_a_continuation_without_a_beginning_is_a_cell_of_its_own(tmp_path: Path) -> None:
    grid = read(tmp_path, tbl(tr(tc("甲"), tc("乙")), tr(tc("丙", merge="continue"), tc("丁")))).grids[0]
    assert grid.merges == ()
    assert shown(grid)["A2"] == "丙"


def test_rows_that_begin_later_keep_their_columns(tmp_path: Path) -> None:
    grid = read(tmp_path, tbl(tr(tc("a"), tc("b"), tc("c")), tr(tc("x"), before=1, after=1))).grids[0]
    assert shown(grid) == {"A1": "a", "B1": "b", "C1": "c", "B2": "x"}


def test_a_nested_table_is_a_grid_after_its_parent_and_no_part_of_its_cell(tmp_path: Path) -> None:
    inner = tbl(tr(tc("内层")))
    book = read(tmp_path, tbl(tr(tc(content=p("外层") + inner + p("之后")))) + tbl(tr(tc("另一张"))))
    assert [grid.sheet for grid in book.grids] == ["表1", "表2", "表3"]
    assert [shown(grid)["A1"] for grid in book.grids] == ["外层\n之后", "内层", "另一张"]
    assert book.grids[1].captions == ("外层",)


def test_a_paragraph_between_tables_belongs_to_both(tmp_path: Path) -> None:
    body = (
        p("绩效自评表")
        + p("部门：甲\t单位：万元")
        + p(" ")
        + tbl(tr(tc("1")))
        + p("续表")
        + tbl(tr(tc("2")))
        + p("注：无")
    )
    book = read(tmp_path, body)
    first, second = book.grids
    assert first.captions == ("绩效自评表", "部门：甲\t单位：万元")
    assert first.trailers == second.captions == ("续表",)
    assert second.trailers == ("注：无",)
    assert book.paragraphs == ("绩效自评表", "部门：甲\t单位：万元", " ", "续表", "注：无")


def test_a_line_break_parts_captions(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>绩效自评表</w:t><w:br/><w:t>（2022年度）</w:t></w:r></w:p>" + tbl(tr(tc("1")))
    assert read(tmp_path, body).grids[0].captions == ("绩效自评表", "（2022年度）")


def test_paragraphs_breaks_and_tabs_of_a_cell_are_kept(tmp_path: Path) -> None:
    content = (
        "<w:p><w:r><w:t>项目</w:t><w:br/><w:t>资金</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p><w:p/>"
    )
    assert shown(read(tmp_path, tbl(tr(tc(content=content)))).grids[0]) == {"A1": "项目\n资金\n甲\t乙"}


def test_deleted_text_is_gone_and_inserted_text_is_there(tmp_path: Path) -> None:
    runs = (
        "<w:r><w:t>得分</w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>100</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
    )
    assert paragraph_text(tmp_path, runs) == "得分100"


def test_a_deleted_paragraph_mark_joins_paragraphs(tmp_path: Path) -> None:
    body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>" + p("后") + p("下一段")
    assert read(tmp_path, body).paragraphs == ("前后", "下一段")


def test_a_deleted_row_is_gone(tmp_path: Path) -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('旧')}</w:tr>"
    assert shown(read(tmp_path, tbl(tr(tc("甲")), deleted, tr(tc("乙")))).grids[0]) == {"A1": "甲", "A2": "乙"}


def test_content_controls_links_and_fields_are_read(tmp_path: Path) -> None:
    runs = (
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>乙</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText>= SUM(ABOVE)</w:instrText></w:r><w:fldSimple><w:r><w:t>丙</w:t></w:r></w:fldSimple>"
    )
    assert paragraph_text(tmp_path, runs) == "甲乙丙"


def test_rows_and_cells_in_content_controls_are_read(tmp_path: Path) -> None:
    row = in_control(tr(tc("甲"), in_control(tc("乙"))))
    assert shown(read(tmp_path, in_control(tbl(row))).grids[0]) == {
        "A1": "甲",
        "B1": "乙",
    }


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<w:r><w:sym w:font="Wingdings 2" w:char="0052"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', "☐"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r>', "☑"),
        ('<w:r><w:rPr><w:rFonts w:ascii="宋体"/></w:rPr><w:t>R</w:t></w:r>', "R"),
        (
            '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
            "<w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>",
            "☑",
        ),
        (
            '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr>'
            "<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>",
            "☐",
        ),
        ("<w:r><w:fldChar><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>", "☑"),
        ('<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>', "☐"),
        (
            "<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>☑</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "☑",
        ),
    ],
)
def test_ticked_and_open_boxes(tmp_path: Path, markup: str, text: str) -> None:
    assert paragraph_text(tmp_path, markup) == text


def test_hidden_text_and_text_boxes_are_left_out(tmp_path: Path) -> None:
    runs = (
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:pict><w:t>框</w:t></w:pict></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>见</w:t></w:r>'
    )
    assert paragraph_text(tmp_path, runs) == "见"


def test_blank_cells_are_not_stored(tmp_path: Path) -> None:
    assert read(tmp_path, tbl(tr(tc("  "), tc(), tc("甲")))).grids[0].cells.keys() == {(1, 3)}


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"PK\3\4 cut off", b"%PDF-1.7"])
def test_a_file_that_is_no_document_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.docx"
    file.write_bytes(content)
    with pytest.raises(WorkbookError, match=r"x\.docx"):
        docx.read(file)


def test_damaged_markup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="XML"):
        read(tmp_path, "<w:p>")


def test_bottomless_nesting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="嵌套"):
        read(tmp_path, "<w:p>" + "<w:ins>" * 3000 + "</w:ins>" * 3000 + "</w:p>")
