from dataclasses import replace

import pytest

from xltools.errors import WorkbookError
from xltools.ooxml.markup import patched
from xltools.ooxml.sheet_index import scan
from xltools.ooxml.sheet_tail import conditional_format_patch, insertion, reference, validation_patches, without
from xltools.sheets.grid import Area, Validation, area_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(tail: str) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData/>{tail}</worksheet>'.encode()


def guarded(tail: str, *rules: Validation) -> str:
    data = sheet(tail)
    after = patched(data, validation_patches(data, scan(data), rules)).decode()
    return after.removeprefix(f'<worksheet xmlns="{MAIN}"><sheetData/>').removesuffix("</worksheet>")


def choice(cells: str, formula: str = '"是,否"') -> Validation:
    return Validation((area_of(cells),), "list", None, formula, None)


RULE = (
    '<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" sqref="{}">'
    '<formula1>"是,否"</formula1></dataValidation>'
)


def test_a_first_validation_stands_where_the_schema_wants_it() -> None:
    before = (
        '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><conditionalFormatting/><pageMargins/><drawing/>'
    )
    after = guarded(before, choice("B2:B9"))
    new = f'<dataValidations count="1">{RULE.format("B2:B9")}</dataValidations>'
    assert after == before.replace("<pageMargins/>", new + "<pageMargins/>")


def test_a_further_validation_is_added_and_counted() -> None:
    before = '<dataValidations count="1" disablePrompts="0"><dataValidation sqref="A1"/></dataValidations>'
    after = '<dataValidations count="2" disablePrompts="0"><dataValidation sqref="A1"/>'
    assert guarded(before, choice("B2")) == after + RULE.format("B2") + "</dataValidations>"


def test_a_cell_is_guarded_by_one_rule_only() -> None:
    before = (
        '<dataValidations count="2"><dataValidation sqref="B1:B9 D1"/><dataValidation sqref="B2"/></dataValidations>'
    )
    after = (
        '<dataValidations count="2"><dataValidation sqref="B1 B3:B9 D1"/>' + RULE.format("B2") + "</dataValidations>"
    )
    assert guarded(before, choice("B2")) == after


def test_a_validation_carries_its_prompt_and_its_error() -> None:
    rule = replace(choice("B2"), prompt_title="得分", prompt="一\n二", error_title="有误", error='"<&', alert="warning")
    after = guarded("", rule)
    assert ' errorStyle="warning" ' in after
    assert ' errorTitle="有误" error="&quot;&lt;&amp;" promptTitle="得分" prompt="一&#10;二" sqref="B2"' in after
    assert scan(sheet(after)).validations == [rule]


def test_a_validation_may_stay_silent() -> None:
    rule = replace(choice("B2"), alert="none")
    assert "showErrorMessage" not in guarded("", rule)
    assert scan(sheet(guarded("", rule))).validations == [rule]


@pytest.mark.parametrize("texts", [{"prompt_title": "长" * 33}, {"error_title": "长" * 33}, {"error": "长" * 256}])
def test_a_text_that_excel_would_cut_is_refused(texts: dict[str, str]) -> None:
    with pytest.raises(WorkbookError):
        guarded("", replace(choice("B2"), **texts))


@pytest.mark.parametrize("formula", ['"' + "长" * 256 + '"', '"是,,否"', '""'])
def test_a_list_that_excel_cannot_read_is_refused(formula: str) -> None:
    with pytest.raises(WorkbookError):
        guarded("", choice("A1", formula))


def test_a_conditional_format_is_put_before_the_validations() -> None:
    data = sheet('<mergeCells/><dataValidations count="0"/><extLst/>')
    patch = conditional_format_patch(data, scan(data), [([area_of("C5")], "=C5<1", 3)], 7)
    new = (
        '<conditionalFormatting sqref="C5"><cfRule type="expression" dxfId="3" priority="7"><formula>C5&lt;1</formula>'
        "</cfRule></conditionalFormatting>"
    )
    assert patched(data, [patch]) == data.replace(b"<dataValidations", new.encode() + b"<dataValidations")


def test_an_unknown_neighbour_does_not_matter() -> None:
    data = sheet("<pageMargins/><mc:AlternateContent xmlns:mc='m'/><legacyDrawing/><tableParts/>")
    patch = insertion(data, scan(data), "legacyDrawing", b"<X/>")
    assert patched(data, [patch]) == data.replace(b"<tableParts", b"<X/><tableParts")


@pytest.mark.parametrize(
    ("area", "hole", "rest"),
    [
        ("B2:D4", "C3", "B2:D2 B3 D3 B4:D4"),
        ("B2:D4", "A1:Z9", ""),
        ("B2:D4", "F1", "B2:D4"),
        ("B2:D4", "A1:Z2", "B3:D4"),
    ],
)
def test_a_hole_is_cut_out_of_an_area(area: str, hole: str, rest: str) -> None:
    assert reference(without(area_of(area), area_of(hole))) == rest


def test_one_cell_and_an_area_are_written_as_references() -> None:
    assert reference([Area(1, 1, 1, 1), Area(2, 27, 3, 28)]) == "A1 AA2:AB3"
