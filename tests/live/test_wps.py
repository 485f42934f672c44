"""Finding the running WPS Spreadsheets, however it is registered."""

from collections.abc import Iterator

import pytest

from tests.live.com_fakes import Desktop, windows
from tests.live.excel_model import Application, Window
from xltools.errors import LiveError
from xltools.live import com_errors, com_finding, wps
from xltools.live.machine import Hive, Machine

FOLDER = r"C:\Users\user\AppData\Local\Kingsoft\WPS Office\12.1.0.24034\office6"
OTHER_CLASS = "{00024500-0000-4B30-A977-D214852036FF}"


class Registered(Machine):
    """A machine whose registry holds what a test says."""

    def __init__(self, keys: dict[tuple[str, str, int], str] | None = None) -> None:
        self.keys = keys or {}

    def registry(self, hive: Hive, key: str, name: str = "", bits: int = 64) -> str | None:
        return self.keys.get((hive, key, bits))


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with windows() as made:
        yield made


def _wps(handle: int = 100, name: str = "WPS 表格", path: str = FOLDER, book: str = "自评表.xlsx") -> Application:
    return Application(book, Hwnd=handle, Name=name, Path=path, Version="12.0")


def _run(desktop: Desktop, server: Application, class_id: str = wps.CLASS) -> None:
    desktop.running[class_id] = server
    desktop.show(server.Hwnd, server.Hwnd, None)


def _found(keys: dict[tuple[str, str, int], str] | None = None) -> list[tuple[str, str]]:
    return [(application.kind, application.book.name) for application in wps.running(Registered(keys))]


def test_elsewhere_than_on_windows_there_is_none():
    assert wps.running(Registered()) == []


def test_nothing_runs_and_nothing_is_started(desktop: Desktop):
    desktop.class_ids["Ket.Application"] = wps.CLASS
    assert _found() == []


@pytest.mark.parametrize("name", wps.NAMES)
def test_it_is_found_by_its_names(desktop: Desktop, name: str):
    desktop.class_ids[name] = OTHER_CLASS
    _run(desktop, _wps(), OTHER_CLASS)
    assert _found() == [("wps", "自评表.xlsx")]


@pytest.mark.parametrize(("hive", "bits"), [("HKCU", 64), ("HKCU", 32), ("HKLM", 64), ("HKLM", 32)])
def test_a_registration_without_the_name_is_found_by_its_class(desktop: Desktop, hive: str, bits: int):
    _run(desktop, _wps(), OTHER_CLASS)
    assert _found() == []
    assert _found({(hive, "Software\\Classes\\Ket.Application\\CLSID", bits): OTHER_CLASS}) == [("wps", "自评表.xlsx")]


def test_without_any_registration_the_usual_class_is_tried(desktop: Desktop):
    _run(desktop, _wps())
    assert _found() == [("wps", "自评表.xlsx")]


@pytest.mark.parametrize(
    ("name", "path"), [("Microsoft Excel", FOLDER), ("WPS 表格", r"D:\office"), ("WPS Spreadsheets", r"D:\office")]
)
def test_registered_as_excel_it_is_still_wps(desktop: Desktop, name: str, path: str):
    _run(desktop, _wps(name=name, path=path), com_finding.EXCEL_CLASS)
    assert _found() == [("wps", "自评表.xlsx")]


def test_excel_is_not_taken_for_wps(desktop: Desktop):
    server = Application("表.xlsx", Hwnd=100)
    desktop.running[com_finding.EXCEL_CLASS] = server
    desktop.show(100, 100, Window(server), "XLDESK", "EXCEL7")
    assert _found() == []


@pytest.mark.parametrize("classes", [("XLDESK", "EXCEL7"), ("KMainDockArea", "XLDESK", "EXCEL7")])
def test_not_registered_at_all_it_is_found_by_its_window(desktop: Desktop, classes: tuple[str, ...]):
    desktop.show(100, 100, Window(_wps()), *classes)
    desktop.show(200, 200, None)
    assert _found() == [("wps", "自评表.xlsx")]


def test_found_in_several_ways_it_counts_once(desktop: Desktop):
    server = _wps()
    for class_id in (wps.CLASS, com_finding.EXCEL_CLASS):
        desktop.running[class_id] = server
    desktop.class_ids |= dict.fromkeys(wps.NAMES, wps.CLASS)
    desktop.show(100, 100, Window(server), "XLDESK", "EXCEL7")
    assert len(_found()) == 1


def test_classes_generated_for_excel_are_not_used_for_it(desktop: Desktop):
    server = _wps()
    server.server.generated = True
    server.ActiveWorkbook.ActiveSheet.cell(2, 3).value = 98.5
    _run(desktop, server)
    (application,) = wps.running(Registered())
    sheet = application.book.sheets["Sheet1"]
    assert application.values(sheet.range("C2")) == [[98.5]]
    assert application.values(sheet.range((2, 3))) == [[98.5]]
    assert application.values(sheet.range((1, 1), (2, 3)))[1][2] == 98.5
    assert [each.name for each in application.book.sheets] == ["Sheet1"]
    assert [book.name for book in application.app.books] == ["自评表.xlsx"]


def test_its_title_names_it_in_the_language_in_use(desktop: Desktop):
    _run(desktop, _wps())
    (application,) = wps.running(Registered())
    assert application.title == "WPS 表格 12.0"


def test_a_busy_excel_is_not_taken_for_a_busy_wps(desktop: Desktop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(com_errors, "PATIENCE", 0.02)
    monkeypatch.setattr(com_errors, "ABSENT_PATIENCE", 0.01)
    server = Application("表.xlsx", Hwnd=100)
    desktop.running[com_finding.EXCEL_CLASS] = server
    desktop.show(100, 100, Window(server), "XLDESK", "EXCEL7")
    server.server.busy = True
    assert _found() == []


def test_busy_it_is_not_taken_for_missing(desktop: Desktop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(com_errors, "PATIENCE", 0.02)
    monkeypatch.setattr(com_errors, "ABSENT_PATIENCE", 0.01)
    server = _wps()
    _run(desktop, server)
    server.server.busy = True
    with pytest.raises(LiveError, match="WPS 表格 正忙"):
        _found()
