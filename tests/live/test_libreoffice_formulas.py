"""Formulas between Excel's grammar and LibreOffice's, in text and by what a real LibreOffice computes."""

import random
from pathlib import Path
from typing import Any

import pytest

from tests.live.blank import blank_sheet  # noqa: F401  a fixture
from xltools.live.libreoffice.formulas import quoted_sheet, to_excel, to_libreoffice

PAIRS = {
    "=SUM(A1,B2)": "=SUM(A1;B2)",
    "={1,2;3,4}": "={1;2|3;4}",
    '={"a;b",TRUE;"c""|",-1.5}': '={"a;b";TRUE|"c""|";-1.5}',
    "=SUM((A1,B2),C3)": "=SUM((A1~B2);C3)",
    "=A1:B2 B2:C3": "=A1:B2!B2:C3",
    "= A1 +  B1": "= A1 +  B1",
    "=SUM( A1 , B1 )": "=SUM( A1 ; B1 )",
    "=IF(A1,,TRUE)": "=IF(A1;;TRUE())",
    '="it""s, a; {1,2}"&"\'x\'!A1"': '="it""s, a; {1,2}"&"\'x\'!A1"',
    "=Sheet1!A1": "=$'Sheet1'.A1",
    "='O''Brien'!$A$1:B2": "=$'O''Brien'.$A$1:B2",
    "=数据!A1*2": "=$'数据'.A1*2",
    "=SUM(Sheet1:数据!A1:B2)": "=SUM($'Sheet1'.A1:$'数据'.B2)",
    "=SUM('Sheet1:My Sheet'!A1)": "=SUM($'Sheet1'.A1:$'My Sheet'.A1)",
    "='/tmp/a b/[文.xlsx]Sheet 1'!$A$1": "='file:///tmp/a%20b/%E6%96%87.xlsx'#$'Sheet 1'.$A$1",
    "='C:/dir/[b.xlsx]S'!A1": "='file:///C:/dir/b.xlsx'#$'S'.A1",
    "=Sheet1!name+other": "=$'Sheet1'.name+other",
    "=CEILING(A1,2)+FLOOR(A1,2)": "=CEILING.XCL(A1;2)+FLOOR.XCL(A1;2)",
    "=EDATE(A1,1)": "=COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GETEDATE(A1;1)",
    "=STDEV.S(A:A)/50%": "=STDEV.S(A:A)/50%",
    "=SUM(1:2,$A:B)": "=SUM(1:2;$A:B)",
    "=#N/A": "=#N/A",
    "=IFERROR(#DIV/0!,#REF!)": "=IFERROR(#DIV/0!;#REF!)",
}


@pytest.mark.parametrize("excel", PAIRS)
def test_grammar_to_libreoffice_and_back(excel: str) -> None:
    assert to_libreoffice(excel) == PAIRS[excel]
    assert to_excel(PAIRS[excel]) == excel


def test_what_libreoffice_writes_in_its_own_way() -> None:
    told = {
        "=$Sheet1.A1:$Sheet1.B2": "=Sheet1!A1:B2",
        "=$Sheet1.A1:$数据.B2": "=Sheet1:数据!A1:B2",
        "=SUM($Sheet1.A:$'My Sheet'.B)": "=SUM('Sheet1:My Sheet'!A:B)",
        "=T.A5+T.name": "=T!A5+T!name",
        "=$T.A#REF!+T.$B$#REF!+A#REF!": "=T!#REF!+T!#REF!+#REF!",
        "=$#REF!.A1": "=#REF!A1",
        "=1.23456789012346E+019": "=1.23456789012346E+19",
        "=nofunction(1)": "=NOFUNCTION(1)",
        "=F.DIST(1;2;3;TRUE())": "=F.DIST(1,2,3,TRUE)",
        "=CEILING(A1)": "=CEILING.MATH(A1)",
    }
    assert {text: to_excel(text, lambda: ["T"]) for text in told} == told


def test_what_excel_only_allows_is_taken() -> None:
    assert to_libreoffice("=@A1:A3+_xlfn.STDEV.S(A1:A2)") == "=A1:A3+STDEV.S(A1:A2)"
    assert to_libreoffice("=Sheet1!#REF!+#REF!A1") == "=#REF!+#REF!"
    assert to_libreoffice("=SUM(S!A1:S!B2)") == "=SUM($'S'.A1:$'S'.B2)"
    assert to_libreoffice("=[b.xlsx]S!A1", "file:///home/u/") == "='file:///home/u/b.xlsx'#$'S'.A1"
    assert to_libreoffice("=sum(true,A1)") == "=SUM(TRUE();A1)"


def test_sheet_names_are_quoted_where_excel_does() -> None:
    names = ["Data", "数据", "My Sheet", "O'Brien", "2021", "A1", "R1C1", "a-b", "S.2", "TRUE"]
    assert [quoted_sheet(name) for name in names] == [
        "Data",
        "数据",
        "'My Sheet'",
        "'O''Brien'",
        "'2021'",
        "'A1'",
        "'R1C1'",
        "'a-b'",
        "S.2",
        "'TRUE'",
    ]


SCALARS = [
    "=A{r}+B{r}*C{r}",
    "=(A{r}-B{r})/C{r}",
    "=-A{r}^2",
    "=A{r}%*B{r}%",
    "=ROUND(A{r}/B{r},2)",
    "=IF(A{r}>B{r},A{r},B{r})",
    '=IF(AND(A{r}>0,OR(B{r}<5,C{r}="")),"高","低")',
    "=SUM(A1:C{r})",
    "=SUM($A$1:$A$9,B{r})",
    "=SUM(A:A)-A{r}",
    "=SUM(30:31)+A{r}",
    "=SUM((A1:A9,C1:C9))",
    "=SUM(A1:C9 B1:B{r})",
    '=A{r}&"，""x"""&B{r}',
    "=A{r}<>B{r}",
    "=NOT(A{r}>=B{r})=TRUE",
    "=VLOOKUP(A{r},A1:C9,3,FALSE)",
    "=INDEX(A1:C9,{r},2)",
    "=INDEX((A1:B9,B1:C9),{r},2,2)",
    "=MATCH(A{r},A1:A9,0)",
    '=COUNTIF(A1:C9,">"&B{r})',
    '=SUMIFS(C1:C9,A1:A9,">2",B1:B9,"<8")+{r}',
    "=SUMPRODUCT((A1:A9>B{r})*C1:C9)",
    "=SUMPRODUCT(--(A1:A9>2),B1:B9)",
    "=MAX(0,MIN(1,A{r}/B{r}))*20",
    "=LOOKUP(2,1/(A1:A9=A{r}),B1:B9)",
    "=SUM({{1,2;3,4}})*A{r}",
    '=INDEX({{"a","b";"c","d"}},2,1)',
    "=CEILING(A{r}+0.3,0.5)",
    "=FLOOR(A{r}+0.3,0.5)",
    "=CEILING(-A{r}-0.3,-0.5)",
    "=EDATE(43831,A{r})",
    "=EOMONTH(43831,A{r})",
    "=WEEKNUM(43831+A{r},2)",
    "=WORKDAY(43831,A{r})",
    "=NETWORKDAYS(43831,43900)",
    "=YEARFRAC(43831,44000,1)",
    "=DATE(2020,A{r},1)",
    '=TEXT(A{r}/3,"0.00%")',
    "=MROUND(A{r},3)",
    "=QUOTIENT(A{r},2)",
    "=GCD(A{r},12)+LCM(A{r},4)",
    "=DEC2BIN(A{r})",
    "=ISEVEN(A{r})",
    "=ERF(A{r}/10)",
    "=EFFECT(0.05,4)",
    "=NOMINAL(0.05,4)",
    '=CONVERT(A{r},"km","m")',
    "=_xlfn.STDEV.S(A1:A9)",
    "=RANK(A{r},$A$1:$A$9)",
    "=_xlfn.RANK.EQ(A{r},$A$1:$A$9)",
    "=_xlfn.IFNA(VLOOKUP(99,A1:C9,2,0),A{r})",
    '=IFERROR(A{r}/0,"error")',
    "=A{r}/0",
    "=NA()",
    "='My Sheet'!A{r}*2",
    "='O''Brien'!$A$1+数据!A{r}",
    "=SUM(Sheet1:数据!A{r})",
    "=SUM(数据!A:A)",
    "=rate*A{r}",
    "=SUM(block)",
    "=OFFSET(A1,{r}-1,1)",
    "=SUM(A1:INDEX(A:A,{r}))",
    '=INDIRECT("B"&{r})',
    "=CHOOSE({r},A1,A2,A3,A4,A5,A6,A7,A8,A9)",
    '=SUBSTITUTE("a-b-c","-",A{r},1)',
    "=0.0015*A{r}",
    '=_xlfn.CONCAT(A{r},"/",B{r})',
    '=_xlfn.TEXTJOIN(",",TRUE,A{r}:C{r})',
    '=_xlfn.IFS(A{r}>5,"big",TRUE,"small")',
    '=_xlfn.SWITCH(A{r},1,"one",2,"two","more")',
]


def _normal(formula: str) -> str:
    return "".join(formula.replace("_xlfn.", "").upper().split())


def _made(page: Any, formulas: list[list[str]]) -> None:
    random.seed(3)
    for row in range(1, 10):
        for column in (1, 2, 3):
            page.cell(row, column, random.randint(1, 9))
    for row, line in enumerate(formulas, 1):
        for column, formula in enumerate(line, 5):
            page.cell(row, column, formula)


def test_formulas_mean_what_they_mean_in_a_file_of_excel(sheet: Any, tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.workbook.defined_name import DefinedName

    formulas = [[template.format(r=row) for template in SCALARS] for row in range(1, 6)]
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Sheet1"
    _made(page, formulas)
    for name in ("My Sheet", "O'Brien", "数据"):
        other = book.create_sheet(name)
        for row in range(1, 10):
            other.cell(row, 1, row * len(name))
    book.defined_names["rate"] = DefinedName("rate", attr_text="Sheet1!$A$1")
    book.defined_names["block"] = DefinedName("block", attr_text="'My Sheet'!$A$1:$A$3")
    book.save(tmp_path / "formulas.xlsx")
    opened = sheet.book.app.books.open(tmp_path / "formulas.xlsx")
    page = opened.sheets["Sheet1"]
    width = len(SCALARS)
    loaded = page[0:5, 4 : 4 + width]
    values, texts = loaded.options(err_to_str=True).value, loaded.formula
    assert {_normal(text) for row in texts for text in row} == {_normal(text) for row in formulas for text in row}

    loaded.clear()
    # Without what stands in files only.
    loaded.formula = [[text.replace("_xlfn.", "") for text in row] for row in formulas]
    assert loaded.formula == texts
    pairs = zip(loaded.options(err_to_str=True).value, values, strict=True)
    wrong = {
        texts[0][column]: (ours, theirs)
        for row in pairs
        for column, (ours, theirs) in enumerate(zip(*row, strict=True))
        if ours != theirs
    }
    assert wrong == {}
    # Whatever is misspelt on the way has no value.
    assert not [
        text for text, value in zip(texts[4], values[4], strict=True) if value in ("#NAME?", "#VALUE!", "#REF!")
    ]
    opened.close()


def test_a_formula_that_follows_deleted_cells(sheet: Any) -> None:
    other = sheet.book.sheets.add("Other", after=sheet)
    sheet["A1"].formula = "=Other!A5+B5"
    sheet["A2"].formula = "=Other!A1"
    other["5:5"].delete()
    assert sheet["A1"].formula == "=Other!#REF!+B5"
    other.delete()
    assert sheet["A2"].formula == "=#REF!A1"


def test_array_formulas(sheet: Any) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["D1:E2"].formula_array = "=A1:B2*2"
    assert sheet["D1:E2"].value == [[2.0, 4.0], [6.0, 8.0]]
    assert sheet["D1:E2"].formula_array == "=A1:B2*2"
    assert (sheet["D1"].has_array, sheet["A1"].has_array) == (True, False)
    assert sheet["D1"].formula == "=A1:B2*2"
    sheet["G1"].formula_array = "=SUM(A1:A2*B1:B2)"
    assert (sheet["G1"].value, sheet["G1"].formula_array) == (14.0, "=SUM(A1:A2*B1:B2)")
    sheet["H1"].formula2 = "=A1+1"
    assert (sheet["H1"].formula2, sheet["H1"].value) == ("=A1+1", 2.0)


def test_names_that_belong_to_another_workbook_lie_beside_this_one(sheet: Any, tmp_path: Path) -> None:
    import openpyxl

    other = openpyxl.Workbook()
    other.active.title = "S 1"
    other.active["B2"] = 42
    other.save(tmp_path / "other book.xlsx")
    sheet["A1"].formula = f"='{tmp_path}/[other book.xlsx]S 1'!$B$2"
    assert sheet["A1"].formula == f"='{tmp_path}/[other book.xlsx]S 1'!$B$2"
