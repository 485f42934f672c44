"""A real LibreOffice as an engine and an application of xlwings."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from xltools.errors import LiveError
from xltools.live import libreoffice


def test_xlwings_knows_the_engine_by_its_name_and_once(xw: Any) -> None:
    assert libreoffice.engine() is libreoffice.engine() is xw.engines["libreoffice"]
    assert [engine.name for engine in xw.engines].count("libreoffice") == 1
    assert (xw.engines["libreoffice"].type, xw.engines.active.name) == ("desktop", "libreoffice")


def test_the_active_application_is_the_attached_one(xw: Any, app: Any) -> None:
    assert xw.apps.active == app == libreoffice.reachable()[0]
    assert [each.pid for each in xw.apps] == xw.apps.keys() == [app.pid]
    assert app.engine.name == "libreoffice"


def test_the_application_tells_its_version_and_place(app: Any) -> None:
    assert app.version >= 4
    assert app.version.major >= 4
    assert Path(app.path).is_dir()
    assert app.pid > 0


def test_the_package_docstring_runs_as_it_stands(app: Any, capsys: pytest.CaptureFixture[str]) -> None:
    app.books.add()
    lines = (libreoffice.__doc__ or "").splitlines()
    exec("\n".join(line[4:] for line in lines if line.startswith("    ")), {})
    assert "[['item', 'amount'], ['paper', 12.5]]" in capsys.readouterr().out


def test_screen_updating_locks_each_open_workbook_once(app: Any, book: Any) -> None:
    assert app.screen_updating
    app.screen_updating = False
    app.screen_updating = False
    assert (app.screen_updating, book.api.hasControllersLocked()) == (False, True)
    app.books.add().close()
    app.screen_updating = True
    assert (app.screen_updating, book.api.hasControllersLocked()) == (True, False)


def test_screen_updating_comes_back_where_a_locked_workbook_was_closed(app: Any, book: Any) -> None:
    app.screen_updating = False
    book.close()
    app.screen_updating = True
    assert app.screen_updating


def test_manual_calculation_waits_for_calculate(app: Any, book: Any) -> None:
    sheet = book.sheets["一"]
    sheet["A1"].value, sheet["B1"].formula = 1, "=A1*2"
    app.calculation = "manual"
    assert app.calculation == "manual"
    sheet["A1"].value = 5
    assert sheet["B1"].value == 2
    app.calculate()
    assert sheet["B1"].value == 10
    app.calculation = "automatic"
    assert app.calculation == "automatic"
    with pytest.raises(ValueError, match="never"):
        app.calculation = "never"


def test_the_status_bar_keeps_the_text_until_it_is_taken_away(app: Any, book: Any) -> None:
    assert app.status_bar is False
    app.status_bar = "检查中"
    app.status_bar = "检查完"
    assert app.status_bar == "检查完"
    app.status_bar = False
    assert app.status_bar is False
    app.status_bar = "once more"
    book.close()
    app.status_bar = None
    assert app.status_bar is False


def test_settings_that_libreoffice_lacks_are_kept_for_programs_that_set_them(app: Any) -> None:
    with app.properties(display_alerts=False, enable_events=False):
        assert (app.display_alerts, app.enable_events) == (False, False)
    assert (app.display_alerts, app.enable_events, app.cut_copy_mode, app.hwnd) == (True, True, None, None)


def test_windows_are_hidden_shown_and_closed_to_the_user(app: Any, book: Any) -> None:
    assert (app.visible, app.interactive) == (True, True)
    app.visible = app.interactive = False
    assert (app.visible, app.interactive) == (False, False)
    app.visible = app.interactive = True
    assert (app.visible, app.interactive) == (True, True)


def test_the_selection_is_a_range(app: Any, book: Any) -> None:
    book.sheets["二"].activate()
    book.sheets["二"]["B2:C3"].select()
    assert (app.selection.address, app.selection.sheet.name, book.selection) == ("$B$2:$C$3", "二", app.selection)
    view, sheet = book.api.CurrentController, book.api.Sheets.getByIndex(0)
    several = book.api.createInstance("com.sun.star.sheet.SheetCellRanges")
    several.addRangeAddresses(tuple(sheet.getCellRangeByName(each).RangeAddress for each in ("D4", "A1:A2")), False)
    view.select(several)
    assert app.selection.sheet.name == "一"


def test_nobody_is_asked_where_nobody_can_answer(app: Any, book: Any) -> None:
    with pytest.raises(LiveError):
        app.alert("text")


def test_macros_run_and_a_missing_one_is_named(app: Any, book: Any) -> None:
    libraries = book.api.BasicLibraries
    libraries.createLibrary("Standard")
    libraries.getByName("Standard").insertByName("Module1", "Function Twice(x)\nTwice = 2 * x\nEnd Function")
    assert book.macro("Twice")(21) == app.macro("Module1.Twice")(21) == 42
    for name in ("Nix", "Other.Module1.Nix"):
        with pytest.raises(LiveError, match=name):
            book.macro(name)()
    with pytest.raises(LiveError, match="gone"):
        app.macro("'gone.ods'!Module1.Main")()


def test_the_free_part_of_xlwings_is_enough() -> None:
    code = (
        "import sys; from xltools.live import libreoffice; libreoffice.engine()\n"
        "assert not [name for name in sys.modules if name.startswith('xlwings.pro')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
