import pytest

from xltools.ooxml.formulas import Reference, references, translate
from xltools.sheets.grid import Area


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$A$1+A$1+$A1", "B3+$A$1+B$1+$A3"),
        ("SUM(A1:B2,$C$3:D4)", "SUM(B3:C4,$C$3:E6)"),
        ('IF(A1="A1",B1,"x""B1")', 'IF(B3="A1",C3,"x""B1")'),
        ("'A1 B2'!A1+Sheet1!A1+[1]Sheet1!A1", "'A1 B2'!B3+Sheet1!B3+[1]Sheet1!B3"),
        ("A:A+$B:C+1:1+$2:3", "B:B+$B:D+3:3+$2:5"),
        ("LOG10(A1)+ATAN2(A1,1)+A1B+x.A1", "LOG10(B3)+ATAN2(B3,1)+A1B+x.A1"),
        ("Table1[[#This Row],[A1]]+A1", "Table1[[#This Row],[A1]]+B3"),
        ("表1!A1+数据A1", "表1!B3+数据A1"),
        ("AB12!A1", "AB12!B3"),
        ("XFD1+A1048575", "#REF!+#REF!"),
        ("1E5+A1", "1E5+B3"),
    ],
)
def test_a_moved_formula_moves_its_relative_references(formula: str, moved: str) -> None:
    assert translate(formula, 2, 1) == moved


def test_a_formula_that_stays_is_the_same() -> None:
    assert translate("A1+$B$2", 0, 0) == "A1+$B$2"


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("A1+SUM(B2:C3)", [("", Area(1, 1, 1, 1)), ("", Area(2, 2, 3, 3))]),
        ("'二 表'!$A$1*Sheet2!B:B", [("二 表", Area(1, 1, 1, 1)), ("sheet2", Area(1, 2, 1_048_576, 2))]),
        ('IF(TRUE,"A1",2)', []),
        ("SUM(3:4)", [("", Area(3, 1, 4, 16_384))]),
        ("总额*2", [("自评表", Area(5, 2, 5, 2))]),
        ("ROUND(1.5E3,2)+#REF!", []),
    ],
)
def test_the_areas_that_a_formula_reads_are_told(formula: str, read: list[tuple[str, Area]]) -> None:
    found = references(formula, {"总额": "自评表!$B$5"})
    assert found == [Reference(*each) for each in read]


@pytest.mark.parametrize(
    "formula", ["INDIRECT(A1)", "OFFSET(A1,1,1)", "[1]Sheet1!A1", "T[x]", "未定义+1", "{1,2}", "A1:INDEX(B:B,3)"]
)
def test_what_cannot_be_told_is_said(formula: str) -> None:
    assert references(formula) is None
