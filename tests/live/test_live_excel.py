"""live check and live score in the odd situations that only Excel knows, over its documented object model."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.live.com_server import REFUSED, Refusal
from tests.live.excel_cells import Range
from tests.live.excel_looks import Font
from tests.live.excel_model import ChartSheet, Drawing, Workbook, Worksheet
from tests.live.excel_notes import CommentThreaded, Hyperlinks
from tests.live.workplaces import EXAMPLE, FORM, InExcel
from xltools.annotation_sheet import LAST
from xltools.errors import LiveError
from xltools.live import checking, com_errors, scoring, source
from xltools.live.attaching import attach
from xltools.sheets.grid import Area, Validation

FINDINGS = "检查结果"


@pytest.fixture
def own(excel: InExcel) -> Workbook:
    """The server's example workbook, in front."""
    return excel.own(excel.open(EXAMPLE))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(com_errors, "PATIENCE", 0.02)
    monkeypatch.setattr(com_errors, "ABSENT_PATIENCE", 0.01)
    monkeypatch.setattr(com_errors, "PAUSE", 0.001)


def form_of(own: Workbook) -> Worksheet:
    return own.Worksheets.default(FORM)


def check(excel: InExcel, **how: Any) -> checking.Checked:
    book = excel.application.book
    assert book is not None
    return checking.check(excel.application, book, **how)


def clear(excel: InExcel, name: str = EXAMPLE.name) -> int | None:
    return checking.clear(excel.application, excel.application.app.books[name])


def where(excel: InExcel) -> tuple[Any, ...]:
    """The workbook, the sheet, the selected cells, the active one and the first row in view."""
    book = excel.server.ActiveWorkbook
    sheet = book.ActiveSheet
    if isinstance(sheet, ChartSheet):
        return book.Name, sheet.Name
    return book.Name, sheet.Name, sheet.selection.Address(), sheet.active.Address(), sheet.view.get("ScrollRow", 1)


def names(own: Workbook) -> list[str]:
    return [sheet.Name for sheet in own.all]


def test_the_sheet_of_findings_looks_as_planned(excel: InExcel, own: Workbook) -> None:
    check(excel)
    sheet = own.all[0]
    assert sheet.Name == FINDINGS
    heads = next(row for row, column in sorted(sheet.stored) if column == 1 and sheet.stored[row, 1].value == "序号")
    assert sheet.view | {"ScrollRow": 1, "ScrollColumn": 1} == sheet.view
    assert (sheet.view["FreezePanes"], sheet.view["SplitRow"], sheet.view["SplitColumn"]) == (True, heads, 0)
    assert sheet.sizes["column", 8] == 46
    assert {(each.top, each.right) for each in sheet.merges} >= {(1, 12), (2, 12)}
    line = sheet.Range(f"A{heads}:L{heads}").Borders.default(9)
    assert (line.LineStyle, line.Weight, int(line.Color)) == (1, 2, 0xA6A6A6)
    listed = [cell for (_, column), cell in sheet.stored.items() if isinstance(cell.value, str) and column <= LAST]
    assert all(cell.prefix == "'" for cell in listed)
    assert [(link.Address, link.SubAddress) for link in sheet.links][-1] == ("", f"'{FORM}'!H17")
    # What was there before stands where nobody sees it.
    assert len([column for kind, column in sheet.hidden if kind == "column" and column > LAST]) == 2


def test_a_link_leads_to_sheets_of_any_name(excel: InExcel, own: Workbook) -> None:
    form_of(own).Name = "自评表#1 'A'"
    check(excel)
    assert own.all[0].links[-1].SubAddress == "'自评表#1 ''A'''!H17"


@pytest.mark.parametrize("show", [True, False])
def test_a_chart_may_have_a_sheet_of_its_own_in_front(excel: InExcel, own: Workbook, show: bool) -> None:
    chart = ChartSheet(own, "图1")
    own.all.insert(0, chart)
    own.show(chart)
    check(excel, show=show)
    assert own.ActiveSheet.Name == (FORM if show else "图1")
    own.show(chart)
    assert clear(excel) == 1
    assert where(excel) == (own.Name, "图1")


def test_the_name_of_a_chart_is_taken_as_well(excel: InExcel, own: Workbook) -> None:
    own.all.append(ChartSheet(own, FINDINGS))
    marks = check(excel).marks
    assert marks is not None
    assert marks.sheet != FINDINGS
    assert names(own).count(FINDINGS) == 1
    clear(excel)
    assert names(own)[-1] == FINDINGS


def _everything(sheet: Worksheet) -> None:
    sheet.Cells.Select()


def _a_drawing(sheet: Worksheet) -> None:
    sheet.Range("B40:C41").Select()
    sheet.drawing = Drawing(sheet.server)


def _some_cells(sheet: Worksheet) -> None:
    sheet.Range("B80:F90").Select()
    sheet.Range("D85").Activate()
    sheet.view["ScrollRow"] = 3


@pytest.mark.parametrize("select", [_everything, _a_drawing, _some_cells])
def test_whatever_is_selected_the_user_stays_there(
    excel: InExcel, own: Workbook, select: Callable[[Worksheet], None]
) -> None:
    select(own.ActiveSheet)
    before = where(excel)
    check(excel, show=False)
    assert where(excel) == before
    clear(excel)
    assert where(excel) == before


def test_another_workbook_in_front_stays_there(excel: InExcel, own: Workbook) -> None:
    other = Workbook(excel.server, "别的.xlsx", ["Sheet1", "Sheet2"])
    excel.server.Workbooks.members.append(other)
    other.Activate()
    other.ActiveSheet.Range("C5:D6").Select()
    before = where(excel)
    book = excel.application.app.books[own.Name]
    checking.check(excel.application, book, show=False)
    assert names(own)[0] == FINDINGS
    assert names(other) == ["Sheet1", "Sheet2"]
    assert where(excel) == before
    clear(excel)
    assert where(excel) == before
    checking.check(excel.application, book)
    assert where(excel)[:3] == (own.Name, FORM, "$H$17")
    other.Activate()
    scoring.score(excel.application, book)
    assert where(excel) == before


def test_several_selected_sheets_do_not_multiply_the_sheet_of_findings(excel: InExcel, own: Workbook) -> None:
    own.all += [Worksheet(own, "附1"), Worksheet(own, "附2")]
    before = names(own)
    own.selected = [form_of(own), *own.all[-2:]]
    check(excel)
    assert names(own) == [FINDINGS, *before]
    own.selected = [form_of(own), *own.all[-2:]]
    scoring.score(excel.application, excel.application.app.books[own.Name])
    assert clear(excel) == 1
    assert names(own) == before
    assert form_of(own).ProtectContents


def test_a_checked_workbook_is_checked_again_from_the_sheet_of_findings(excel: InExcel, own: Workbook) -> None:
    check(excel)
    own.show(own.all[0])
    own.all[0].Range("H9").Select()
    check(excel, show=False)
    assert names(own).count(FINDINGS) == 1
    assert where(excel)[1:3] == (FINDINGS, "$H$9")


def test_no_macro_of_the_workbook_runs_while_it_is_marked(excel: InExcel, own: Workbook) -> None:
    own.ActiveSheet.Range("B3").Select()
    excel.server.events.clear()
    check(excel, show=False)
    clear(excel)
    scoring.score(excel.application, excel.application.app.books[own.Name])
    assert excel.server.events == []
    assert (excel.server.EnableEvents, excel.server.ScreenUpdating, excel.server.DisplayAlerts) == (True, True, True)


def test_the_way_of_calculating_and_the_status_bar_are_left_alone(excel: InExcel, own: Workbook) -> None:
    excel.server.Calculation, excel.server.StatusBar = -4135, "请稍候"
    check(excel)
    scoring.score(excel.application, excel.application.app.books[own.Name])
    assert (excel.server.Calculation, excel.server.StatusBar) == (-4135, "请稍候")
    # Once, for what was written, although the user calculates by hand.
    assert excel.server.kept["calculated"]


def test_the_protection_is_what_it_was(excel: InExcel, own: Workbook) -> None:
    form = form_of(own)
    form.Unprotect("")
    form.Protect("", True, True, False, False, *[place in (0, 9) for place in range(11)])
    form.EnableSelection = 1
    own.Protect("", True, False)
    looks = excel.looks(excel.application.app.books[own.Name])
    check(excel)
    assert (own.ProtectStructure, form.ProtectContents, form.ProtectDrawingObjects) == (True, True, True)
    assert form.Protection.AllowFiltering
    clear(excel)
    assert excel.looks(excel.application.app.books[own.Name]) == looks


def test_a_sheet_on_which_nothing_can_be_selected_is_marked_all_the_same(excel: InExcel, own: Workbook) -> None:
    form_of(own).EnableSelection = -4142
    checked = check(excel)
    assert checked.marks is not None
    assert checked.marks.cells == 1
    assert own.ActiveSheet.Name == FORM
    assert clear(excel) == 1


def test_a_hidden_form_is_marked_and_the_list_is_shown(excel: InExcel, own: Workbook) -> None:
    own.show(own.all[-1])
    form, before = form_of(own), names(own)
    form.Visible = 2
    check(excel)
    assert form.Range("H17").Interior.Color == 0xCEC8FF
    assert own.ActiveSheet.Name == FINDINGS
    clear(excel)
    assert form.Range("H17").Interior.Pattern == -4142
    assert names(own) == before


def test_rules_for_a_hidden_sheet_are_meant_for_their_own_cell(excel: InExcel, own: Workbook) -> None:
    own.all.append(Worksheet(own, "说明"))
    own.show(own.all[-1])
    own.all[-1].Range("F20").Select()
    form = form_of(own)
    form.Unprotect("")
    form.Visible = 0
    rule = Validation((Area(50, 3, 52, 3),), "decimal", "between", "$A$1", "D50", False)
    area = excel.application.app.books[own.Name].sheets[FORM].range("C50:C52")
    excel.application.guard(area, rule)
    [grid] = [grid for grid in source.read(excel.application, area.sheet.book).grids if grid.sheet == FORM]
    [read] = [each for each in grid.validations if each.areas == rule.areas]
    assert (read.formula1, read.formula2) == ("$A$1", "D50")
    assert where(excel)[1:3] == ("说明", "$F$20")


def test_a_first_sheet_that_is_hidden_does_not_matter(excel: InExcel, own: Workbook) -> None:
    hidden = Worksheet(own, "参数")
    own.all.insert(0, hidden)
    hidden.Visible = 2
    before = names(own)
    check(excel)
    assert names(own) == [FINDINGS, *before]
    clear(excel)
    assert names(own) == before


def test_a_cell_with_a_conversation_is_coloured_only(excel: InExcel, own: Workbook) -> None:
    form = form_of(own)
    form.threads[17, 8] = CommentThreaded(own.server, Text="请核对")
    check(excel)
    assert (17, 8) not in form.notes
    assert form.Range("H17").Interior.Color == 0xCEC8FF
    assert clear(excel) == 1
    assert form.Range("H17").Interior.Pattern == -4142


def test_a_marked_cell_of_a_sheet_that_is_gone_is_no_obstacle(excel: InExcel, own: Workbook) -> None:
    rest = [name for name in names(own) if name != FORM]
    check(excel)
    excel.server.DisplayAlerts = False
    form_of(own).Delete()
    excel.server.DisplayAlerts = True
    assert {cell.formula.replace("$", "") for cell in own.all[0].stored.values() if cell.formula} == {"=#REF!H17"}
    assert clear(excel) == 0
    assert names(own) == rest
    assert [name.Name for name in own.Names.members if name.Name == "xltools_findings"] == []


def test_a_sheet_of_findings_deleted_by_hand_leaves_a_name_that_does_not_matter(excel: InExcel, own: Workbook) -> None:
    check(excel)
    excel.server.DisplayAlerts = False
    own.all[0].Delete()
    excel.server.DisplayAlerts = True
    [name] = [name for name in own.Names.members if name.Name == "xltools_findings"]
    assert name.RefersTo.startswith("=#REF!")
    check(excel)
    assert names(own).count(FINDINGS) == 1
    assert clear(excel) == 1
    assert form_of(own).notes.keys().isdisjoint({(17, 8)})


def test_a_workbook_shared_in_the_old_way_is_not_changed(excel: InExcel, own: Workbook) -> None:
    own.kept["MultiUserEditing"] = True
    looks = excel.looks(excel.application.app.books[own.Name])
    with pytest.raises(LiveError, match="共享工作簿"):
        check(excel)
    with pytest.raises(LiveError, match="共享工作簿"):
        scoring.score(excel.application, excel.application.app.books[own.Name])
    assert excel.looks(excel.application.app.books[own.Name]) == looks
    assert check(excel, mark=False).report.verdict == "fail"


@pytest.mark.parametrize(("thing", "method"), [(Range, "Merge"), (Hyperlinks, "Add"), (Range, "AddComment")])
def test_what_excel_refuses_half_way_leaves_nothing_behind(
    excel: InExcel, own: Workbook, monkeypatch: pytest.MonkeyPatch, impatient: None, thing: type, method: str
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise Refusal(REFUSED, "不行")

    monkeypatch.setattr(thing, method, refuse)
    own.ActiveSheet.Range("B3").Select()
    looks, before = excel.looks(excel.application.app.books[own.Name]), where(excel)
    with pytest.raises(LiveError, match="不行"):
        check(excel)
    assert excel.looks(excel.application.app.books[own.Name]) == looks
    assert where(excel) == before
    assert excel.server.EnableEvents


def test_while_something_is_to_be_pasted_nothing_is_watched(excel: InExcel, own: Workbook) -> None:
    assert excel.application.ready()
    excel.server.CutCopyMode = 1
    assert not excel.application.ready()
    # A change ends the offer to paste.
    check(excel)
    assert excel.application.ready()


def test_a_list_is_separated_as_the_system_does(excel: InExcel, own: Workbook, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = list(excel.server.International())
    settings[4] = ";"
    monkeypatch.setattr("tests.live.excel_model._SETTINGS", tuple(settings))
    form = form_of(own)
    form.Unprotect("")
    area = excel.application.app.books[own.Name].sheets[FORM].range("T40")
    excel.application.guard(area, Validation((), "list", None, '"优,良,中,差"', None))
    assert form.rules[40, 20].kept["Formula1"] == "优;良;中;差"


def test_a_text_in_a_cell_formatted_as_text_gets_no_apostrophe(excel: InExcel) -> None:
    assert excel.application.literal("=1", "@") == "=1"
    assert excel.application.literal("=1", "General") == "'=1"


def test_long_texts_of_findings_fit_what_is_written_at_once(excel: InExcel, own: Workbook) -> None:
    form = form_of(own)
    form.Unprotect("")
    form.Range("H17").Value = "'" + "长" * 9000
    check(excel)
    texts = [cell.value for cell in own.all[0].stored.values() if isinstance(cell.value, str)]
    assert max(len(text) for text in texts) <= 2_100
    assert len(form.notes[17, 8].said) <= 3_000
    clear(excel)
    assert form.Range("H17").Value2 == "长" * 9000


def test_where_a_filter_hides_rows_every_cell_is_written_by_itself(excel: InExcel, own: Workbook) -> None:
    form = form_of(own)
    form.kept["FilterMode"] = True
    form.hidden |= {("row", 12), ("row", 13)}
    for row in range(11, 19):
        form.cell(row, 8).value = None
    scoring.score(excel.application, excel.application.app.books[own.Name])
    formulas = [form.stored[row, 8].formula for row in range(11, 19)]
    assert formulas == [f'=IF(N(I{row})=0,"",ROUND(J{row}/I{row}*100,2))' for row in range(11, 19)]


def test_links_are_as_large_as_the_rest(excel: InExcel, own: Workbook) -> None:
    check(excel)
    assert {own.all[0].look((link.area.top, link.area.left), "font", Font).Size for link in own.all[0].links} == {10}


def test_a_workbook_in_the_cloud_does_not_hide_the_others(excel: InExcel, own: Workbook) -> None:
    own.kept["FullName"] = "https://example.sharepoint.com/sites/x/Shared Documents/a.xlsx"
    other = Workbook(excel.server, "别的.xlsx", ["Sheet1"])
    excel.server.Workbooks.members.append(other)
    assert attach("excel", "别的.xlsx").book.name == "别的.xlsx"
    assert attach("excel", own.Name).book.name == own.Name
    assert check(excel).report.verdict == "fail"


def test_rules_on_a_protected_sheet_are_read_although_excel_does_not_list_their_cells(
    excel: InExcel, own: Workbook
) -> None:
    form = form_of(own)
    book = excel.application.app.books[own.Name]
    protected = source.read(excel.application, book).grids[0].validations
    form.Unprotect("")
    assert protected
    assert source.read(excel.application, book).grids[0].validations == protected


def test_a_sheet_formatted_to_its_last_row_is_read_as_far_as_it_holds_anything(
    excel: InExcel, own: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source.read(excel.application, excel.application.app.books[EXAMPLE.name])
    asked: list[tuple[int, int]] = []
    real = excel.application.values
    monkeypatch.setattr(excel.application, "values", lambda area: asked.append(area.shape) or real(area))
    monkeypatch.setattr(Worksheet, "UsedRange", property(lambda sheet: Range(sheet, 1, 1, 1_048_576, 30)))
    after = source.read(excel.application, excel.application.app.books[EXAMPLE.name])
    assert [grid.cells for grid in after.grids] == [grid.cells for grid in before.grids]
    assert max(rows for rows, _ in asked) < 100
    assert len(asked) == len(before.grids)
