"""Finding the running Excel."""

import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace

import pytest

from tests.live.com_fakes import Desktop, windows
from tests.live.excel_model import Application, ProtectedView, Window
from tests.live.excel_parts import Collection
from xltools.errors import LiveError
from xltools.live import com_errors, com_finding, excel

EXCEL = {"Excel.Application": com_finding.EXCEL_CLASS}
WPS_FOLDER = r"C:\Users\user\AppData\Local\Kingsoft\WPS Office\12.1.0.24034\office6"


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with windows() as made:
        yield made


def _shown(desktop: Desktop, handle: int, *names: str, **kept: object) -> Application:
    server = Application(*names, Hwnd=handle, **kept)
    desktop.show(handle, handle, Window(server), "XLDESK", "EXCEL7")
    return server


def _books() -> list[str | None]:
    found = [application.book for application in excel.running()]
    return [None if book is None else book.name for book in found]


def test_elsewhere_than_on_windows_and_macos_nothing_is_loaded_and_nothing_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(excel, "xlwings", None)
    assert excel.running() == []


def test_nothing_runs(desktop: Desktop):
    assert excel.running() == []


def test_every_instance_is_found_the_one_in_front_first(desktop: Desktop):
    _shown(desktop, 100, "后面.xlsx")
    _shown(desktop, 200, "前面.xlsx")
    assert _books() == ["前面.xlsx", "后面.xlsx"]


def test_an_instance_without_a_workbook_is_found_by_its_registration(desktop: Desktop):
    desktop.running[com_finding.EXCEL_CLASS] = Application(Hwnd=300)
    desktop.show(300, 300, None, "XLDESK")
    assert _books() == [None]


def test_an_instance_that_is_registered_and_has_a_window_counts_once(desktop: Desktop):
    desktop.running[com_finding.EXCEL_CLASS] = _shown(desktop, 100, "表.xlsx")
    assert _books() == ["表.xlsx"]


def test_a_workbook_in_protected_view_is_not_taken_for_no_workbook(desktop: Desktop):
    server = Application(Hwnd=300)
    server.kept["ProtectedViewWindows"] = Collection(
        server.server, [ProtectedView(server.server, SourceName="表.xlsx")]
    )
    desktop.running[com_finding.EXCEL_CLASS] = server
    desktop.show(300, 300, None, "XLDESK")
    with pytest.raises(LiveError, match="启用编辑"):
        _books()


def test_wps_in_the_disguise_of_excel_is_left_out(desktop: Desktop):
    desktop.running[com_finding.EXCEL_CLASS] = _shown(desktop, 100, "表.xlsx", Path=WPS_FOLDER)
    assert excel.running() == []


def test_a_busy_instance_does_not_hide_another_one(desktop: Desktop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(com_errors, "PATIENCE", 0.02)
    monkeypatch.setattr(com_errors, "ABSENT_PATIENCE", 0.01)
    _shown(desktop, 100, "表.xlsx")
    busy = _shown(desktop, 200, "忙.xlsx")
    busy.server.busy = True
    desktop.running[com_finding.EXCEL_CLASS] = busy
    assert _books() == ["表.xlsx"]
    del desktop.windows[100]
    with pytest.raises(LiveError, match="正忙"):
        excel.running()


def test_the_cleaning_up_of_xlwings_that_ends_other_instances_is_switched_off(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
):
    left_out = []
    monkeypatch.setattr("atexit.unregister", left_out.append)
    excel.running()
    assert sys.modules["xlwings._xlwindows"].cleanup in left_out


def test_without_pywin32_nothing_is_found(desktop: Desktop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pythoncom", None)
    assert excel.running() == []


class CommandError(Exception):
    def __init__(self, errornumber: int, errormessage: str = "") -> None:
        super().__init__(errornumber)
        self.errornumber, self.errormessage = errornumber, errormessage


@pytest.mark.parametrize(
    ("number", "words"), [(-1743, "自动化"), (-1712, "正忙"), (-600, "已断开"), (-1708, "不懂这条命令")]
)
def test_what_excel_for_mac_refuses_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch, number: int, words: str):
    reference = ModuleType("appscript.reference")
    reference.CommandError = CommandError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "appscript.reference", reference)
    application = excel.ExcelForMac(SimpleNamespace())  # type: ignore[arg-type]
    with pytest.raises(LiveError, match=words), application.session():
        raise CommandError(number, "不懂这条命令")


class Reference:
    """A property of an object of Excel for Mac, as appscript shows it."""

    def __init__(self) -> None:
        self.value: object = None

    def set(self, value: object) -> None:
        self.value = value


def test_rows_are_frozen_on_macos_where_xlwings_cannot():
    window = SimpleNamespace(split_column=Reference(), split_row=Reference(), freeze_panes=Reference())
    sheet = SimpleNamespace(book=SimpleNamespace(api=SimpleNamespace(windows={1: window})))
    excel.ExcelForMac(SimpleNamespace()).freeze(sheet, 6)  # type: ignore[arg-type]
    assert (window.split_column.value, window.split_row.value, window.freeze_panes.value) == (0, 6, True)
