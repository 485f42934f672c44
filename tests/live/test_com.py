"""What Excel and WPS share: reading and writing through COM, and what happens when they do not answer."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.live.com_fakes import Desktop, windows
from tests.live.com_server import REFUSED, Refusal
from tests.live.excel_cells import Range
from tests.live.excel_looks import THEME
from tests.live.excel_model import Application, ProtectedView, Window, Worksheet
from tests.live.excel_parts import ALLOWED, Collection
from xltools.errors import LiveError
from xltools.live import com, com_errors, com_values, excel
from xltools.live.com_errors import plain_errors
from xltools.sheets.grid import Area, Validation

RED, YELLOW = 0x0000FF, 0x00FFFF


@dataclass
class Open:
    """An Excel with one workbook: the server's objects, and what live mode makes of them."""

    desktop: Desktop
    server: Application
    application: com.ComApplication

    @property
    def own(self) -> Worksheet:
        return self.server.ActiveWorkbook.ActiveSheet

    @property
    def sheet(self):
        return self.application.book.sheets[0]


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with windows() as made:
        yield made


@pytest.fixture
def opened(desktop: Desktop) -> Open:
    server = Application("自评表.xlsx")
    desktop.show(100, 7, Window(server), "XLDESK", "EXCEL7")
    (application,) = excel.running()
    assert isinstance(application, com.ComApplication)
    return Open(desktop, server, application)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(com_errors, "PATIENCE", 0.05)
    monkeypatch.setattr(com_errors, "ABSENT_PATIENCE", 0.02)
    monkeypatch.setattr(com_errors, "PAUSE", 0.001)


def test_currency_amounts_keep_every_decimal(opened: Open):
    cell = opened.own.cell(1, 1)
    cell.value, cell.currency = 1234.567891, True
    area = opened.sheet.range("A1")
    assert opened.application.values(area) == [[1234.567891]]
    # What xlwings reads by itself is cut.
    assert float(area.value) == 1234.5679


def test_an_area_is_read_in_one_call_each_for_values_and_formulas(opened: Open):
    for row in range(1, 201):
        opened.own.cell(row, 1).value = float(row)
        opened.own.cell(row, 2).value, opened.own.cell(row, 2).formula = row * 2.0, f"=A{row}*2"
    area = opened.sheet.range("A1:B200")
    _ = area.api
    before = opened.server.server.calls
    values, formulas = opened.application.values(area), opened.application.formulas(area)
    # Each of the two: the number of a name, and its value.
    assert opened.server.server.calls - before <= 4
    assert (len(values), values[199]) == (200, [200.0, 400.0])
    assert formulas[199] == ["200", "=A200*2"]


@pytest.mark.parametrize(
    ("number", "text"),
    [*com_values.ERRORS.items(), (2999, "#ERROR2999!")],
)
def test_an_error_is_its_text(opened: Open, number: int, text: str):
    # As pywin32 gives VT_ERROR: a signed whole number.
    opened.own.cell(1, 1).value = number - 2146828288
    assert opened.application.values(opened.sheet.range("A1")) == [[text]]


def test_other_contents_stay_what_they_are(opened: Open):
    for column, value in enumerate([True, False, "文字", 3.0, None, -2146826265.0], 1):
        opened.own.cell(1, column).value = value
    assert opened.application.values(opened.sheet.range("A1:F1")) == [[True, False, "文字", 3.0, None, -2146826265.0]]


def test_the_state_of_a_sheet_and_its_hidden_rows_are_told(opened: Open):
    application, sheet = opened.application, opened.sheet
    states = []
    for visible in (-1, 0, 2):
        opened.own.Visible = visible
        states.append(application.state(sheet))
    assert states == ["visible", "hidden", "veryHidden"]
    opened.own.hidden |= {("row", 2), ("column", 3)}
    assert [application.rows_hidden(sheet.range(each)) for each in ("A1", "A2", "A1:A2")] == [False, True, None]
    assert [application.columns_hidden(sheet.range(each)) for each in ("A1", "C1", "A1:C1")] == [False, True, None]


def test_a_sheet_protected_against_its_user_only_can_be_written_to(opened: Open):
    assert not opened.application.is_protected(opened.sheet)
    opened.own.kept["ProtectContents"] = True
    assert opened.application.is_protected(opened.sheet)
    opened.own.kept["ProtectionMode"] = True
    assert not opened.application.is_protected(opened.sheet)


def test_a_protection_without_a_password_is_taken_off_and_given_back(opened: Open):
    own, application = opened.own, opened.application
    allowed = [name == "AllowFormattingCells" for name in ALLOWED]
    own.Protect("", True, True, False, False, *allowed)
    own.EnableSelection = 1
    again = application.unprotect(opened.sheet)
    assert again is not None
    assert not own.ProtectContents
    again()
    assert (own.ProtectContents, own.ProtectDrawingObjects, own.ProtectScenarios) == (True, True, False)
    assert (own.Protection.AllowFormattingCells, own.Protection.AllowSorting) == (True, False)
    assert own.EnableSelection == 1


def test_a_password_keeps_a_sheet_and_a_workbook_protected(opened: Open):
    opened.own.Protect("secret", True, True, True, False, *([False] * 11))
    opened.server.ActiveWorkbook.Protect("secret", True, False)
    for thing in (opened.sheet, opened.application.book):
        assert opened.application.is_protected(thing)
        assert opened.application.unprotect(thing) is None
        assert opened.application.is_protected(thing)


def test_a_workbooks_structure_is_unprotected_and_protected_again(opened: Open):
    book = opened.application.book
    opened.server.ActiveWorkbook.Protect("", True, True)
    again = opened.application.unprotect(book)
    assert again is not None
    assert not opened.application.is_protected(book)
    again()
    assert opened.application.is_protected(book)
    assert opened.server.ActiveWorkbook.ProtectWindows


def test_the_date_system_is_the_workbooks(opened: Open):
    assert not opened.application.date1904(opened.application.book)
    opened.server.ActiveWorkbook.Date1904 = True
    assert opened.application.date1904(opened.application.book)


def _fills(area: Range) -> None:
    interior = area.Interior
    interior.Pattern = 1
    interior.ThemeColor, interior.TintAndShade = 5, 0.4


def _plain_fill(area: Range) -> None:
    area.Interior.Color = YELLOW


def _no_fill(area: Range) -> None:
    area.Interior.Pattern = -4142


def _hatched(area: Range) -> None:
    area.Interior.Pattern = 14
    area.Interior.Color, area.Interior.PatternColor = YELLOW, RED


def _linear(area: Range) -> None:
    area.Interior.Pattern = 4000
    gradient = area.Interior.Gradient
    gradient.Degree = 90.0
    gradient.ColorStops.Add(0).Color = YELLOW
    gradient.ColorStops.Add(1).ThemeColor = 6


def _rectangular(area: Range) -> None:
    area.Interior.Pattern = 4001
    area.Interior.Gradient.RectangleLeft = 0.5
    for place in range(11):
        area.Interior.Gradient.ColorStops.Add(place / 10).Color = place


def _look(area: Range) -> dict:
    interior = area.Interior
    kept = {name: value for name, value in interior.kept.items() if name != "Gradient"}
    if kept.get("ThemeColor"):
        kept.pop("Color", None)
    gradient = interior.Gradient
    if gradient is not None:
        kept |= {name: value for name, value in gradient.kept.items() if name != "stops"}
        kept["stops"] = [(stop.Position, stop.Color, stop.ThemeColor) for stop in gradient.ColorStops.members]
    return kept


@pytest.mark.parametrize("fill", [_fills, _plain_fill, _no_fill, _hatched, _linear, _rectangular])
def test_a_marked_cell_gets_back_the_fill_it_had(opened: Open, fill):
    area = opened.own.Range("B2")
    fill(area)
    before = _look(area)
    cell = opened.sheet.range("B2")
    remembered = opened.application.fill(cell)
    assert all(value is None or isinstance(value, str | int | float | bool) for value in remembered.values())
    cell.color = "#FF0000"
    assert _look(area) != before
    opened.application.refill(cell, remembered)
    assert _look(area) == before


def test_a_gradient_that_is_not_told_is_said_to_be_lost(opened: Open):
    area = opened.own.Range("B2")
    _linear(area)
    del area.Interior.kept["Gradient"]
    assert opened.application.fill(opened.sheet.range("B2"))["exact"] is False


def test_a_theme_that_changed_in_between_does_not_change_the_colour(opened: Open, monkeypatch: pytest.MonkeyPatch):
    area = opened.own.Range("B2")
    _fills(area)
    cell = opened.sheet.range("B2")
    remembered = opened.application.fill(cell)
    monkeypatch.setitem(THEME, 5, 0x123456)
    opened.application.refill(cell, remembered)
    assert area.Interior.Color == 0xC47244


def test_a_validation_is_set_with_its_messages_and_for_its_own_cell(opened: Open):
    rule = Validation(
        (Area(3, 2, 5, 2),), "decimal", "between", "0", "B2", False, "warning", "分值", "0 到 100", "分值", "长" * 300
    )
    opened.application.guard(opened.sheet.range("B3:B5"), rule)
    held = opened.own.rules[5, 2]
    kept = held.kept
    assert (kept["Type"], kept["AlertStyle"], kept["Operator"]) == (2, 2, 1)
    assert (kept["Formula1"], kept["Formula2"], held.home) == ("=0", "=B2", (3, 2))
    assert (kept["IgnoreBlank"], kept["InputMessage"], len(kept["ErrorMessage"])) == (False, "0 到 100", 225)
    # The user is left where they were.
    assert (opened.server.ActiveCell.top, opened.server.ActiveCell.left) == (1, 1)


def test_a_list_is_written_out_or_refers_to_cells(opened: Open):
    cells = opened.sheet.range("A1")
    opened.application.guard(cells, Validation((), "list", None, '"优,良,中,差"', None))
    assert opened.own.Range("A1").Validation.Formula1 == "优,良,中,差"
    opened.application.guard(cells, Validation((), "list", None, "$D$1:$D$4", None))
    assert opened.own.Range("A1").Validation.Formula1 == "=$D$1:$D$4"
    with pytest.raises(LiveError):
        opened.application.guard(cells, Validation((), "list", None, '"' + "很长的一项," * 60 + '"', None))


def test_a_rule_that_only_shows_a_prompt_demands_nothing(opened: Open):
    opened.application.guard(
        opened.sheet.range("A1"), Validation((), "none", None, None, None, alert="none", prompt="全称")
    )
    kept = opened.own.rules[1, 1].kept
    assert (kept["Type"], kept["InputMessage"], kept["ShowInput"], kept["ShowError"]) == (0, "全称", True, False)
    assert kept["Formula1"] is None


def test_a_rule_read_is_meant_for_the_active_cell(opened: Open):
    opened.own.Range("C4").Select()
    assert opened.application.guard_origin(opened.sheet.range("B2:B9")) == (4, 3)


def test_older_versions_have_no_threaded_comments(opened: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(Range, "CommentThreaded")
    assert opened.application.has_thread(opened.sheet.range("A1")) is False


def test_screen_and_events_are_as_they_were_afterwards(opened: Open):
    opened.server.EnableEvents = False
    with opened.application.quietly():
        assert (opened.server.ScreenUpdating, opened.server.EnableEvents) == (False, False)
    assert (opened.server.ScreenUpdating, opened.server.EnableEvents) == (True, False)
    with pytest.raises(RuntimeError), opened.application.quietly():
        raise RuntimeError
    assert opened.server.ScreenUpdating


def test_a_cell_being_edited_is_said_within_the_time_that_is_waited(opened: Open, impatient: None):
    area = opened.sheet.range("A1")
    _ = area.api
    opened.server.server.busy = True
    assert not opened.application.ready()
    with pytest.raises(LiveError, match="正忙"), opened.application.session():
        opened.application.values(area)
    opened.server.server.busy = False
    assert opened.application.ready()


def test_an_application_that_is_busy_for_a_moment_is_waited_for(opened: Open, monkeypatch: pytest.MonkeyPatch):
    area = opened.sheet.range("A1")
    _ = area.api
    opened.own.cell(1, 1).value = 5.0
    opened.server.server.busy = True
    pauses = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        opened.server.server.busy = len(pauses) < 3

    monkeypatch.setattr(com_errors.time, "sleep", pause)
    with opened.application.session():
        assert opened.application.values(area) == [[5.0]]
    assert len(pauses) == 3


def test_changes_refused_while_a_cell_is_edited_are_said_to_be_that(opened: Open, impatient: None):
    area = opened.sheet.range("A1")
    opened.server.server.editing = True
    assert not opened.application.ready()
    with pytest.raises(LiveError, match="正忙"), opened.application.session():
        area.value = 5


def test_a_protected_sheet_is_named_as_the_likely_reason(opened: Open, impatient: None):
    opened.own.kept["ProtectContents"] = True
    with pytest.raises(LiveError, match=r"The cell is protected\..*受保护"), opened.application.session():
        opened.sheet.range("A1").value = 5


def test_a_refusal_is_told_without_type_information_too(opened: Open, impatient: None):
    opened.own.kept["ProtectContents"] = True
    opened.server.server.described = False
    with pytest.raises(LiveError, match="受保护"), opened.application.session():
        opened.sheet.range("A1").value = 5


def test_a_closed_application_is_said_to_be_gone(opened: Open, impatient: None):
    area = opened.sheet.range("A1")
    opened.server.server.gone = True
    with pytest.raises(LiveError, match="已断开"), opened.application.session():
        opened.application.values(area)


def test_a_property_that_is_missing_does_not_hang(opened: Open, impatient: None):
    with pytest.raises(LiveError), opened.application.session():
        opened.application.app.api.NoSuchProperty = 1


def test_a_mistake_of_the_program_is_not_blamed_on_the_application(opened: Open):
    with pytest.raises(AttributeError), opened.application.session():
        _ = opened.no_such_name  # type: ignore[attr-defined]


def test_the_way_xlwings_tries_again_is_left_as_it_was(opened: Open):
    from importlib import import_module

    module = import_module("xlwings._xlwindows")
    before = module.N_COM_ATTEMPTS
    for _ in range(2):
        with plain_errors("Excel"):
            within = module.N_COM_ATTEMPTS
        assert (within, module.N_COM_ATTEMPTS) == (sys.maxsize, before)
    with pytest.raises(LiveError, match="0x80004005"), plain_errors("Excel"):
        raise com_errors.com_error()(-2147467259, "Unspecified error", None, None)
    assert before == module.N_COM_ATTEMPTS


def test_a_workbook_in_protected_view_is_to_be_enabled_first(opened: Open):
    opened.server.kept["ActiveWorkbook"] = None
    assert opened.application.book is None
    server = opened.server.server
    opened.server.kept["ProtectedViewWindows"] = Collection(server, [ProtectedView(server, SourceName="下载.xlsx")])
    with pytest.raises(LiveError, match=r"下载\.xlsx.*启用编辑"):
        _ = opened.application.book


def test_an_application_that_hides_its_workbooks_is_said_to(opened: Open):
    opened.server.kept["Workbooks"] = None
    with pytest.raises(LiveError, match="不让程序访问"):
        _ = opened.application.book


def test_refusals_without_a_reason_still_say_what_to_do(opened: Open, monkeypatch: pytest.MonkeyPatch, impatient: None):
    def refuse(self: object) -> None:
        raise Refusal(REFUSED, "")

    monkeypatch.setattr(Range, "Select", refuse)
    with pytest.raises(LiveError, match="撤销保护"), opened.application.session():
        opened.sheet.range("A1").select()
