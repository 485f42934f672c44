"""Where the user of Excel or WPS is, through COM, and bringing a workbook into a state in which it can be changed.

`window` is always the first window of a workbook, and what is said of it holds whatever workbook is in front: its
`RangeSelection` are the selected cells even where a drawing is selected, whereas `Application.Selection` would be that
drawing, or a part of a chart, or nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from xltools.live.com_errors import com_error, courtesy, optional

VISIBLE = -1
_MOST_ADDRESS = 255
"""The longest address that Worksheet.Range takes."""


def whereabouts(application: Any, book: Any) -> Callable[[], None]:
    """What takes the user back to where they are now: workbook, sheet, selected cells, and the part that is in view."""
    front = application.ActiveWorkbook
    front_name = None if front is None else front.Name
    sheet, cells, active, scrolled = _view(book)

    def back() -> None:
        with courtesy():
            if sheet in [each.Name for each in book.Sheets]:
                _show(book, sheet, cells, active)
                window = book.Windows(1)
                for name, value in scrolled.items():
                    setattr(window, name, value)
            if front_name is not None and front_name != book.Name:
                application.Workbooks(front_name).Activate()

    return back


def _view(book: Any) -> tuple[str, str | None, str | None, dict[str, int]]:
    """The sheet that is shown, its selected cells and the active one among them, and the first row and column in view.

    Only worksheets have cells; a sheet of its own may be a chart.
    """
    sheet, window = book.ActiveSheet.Name, book.Windows(1)
    selected, active = optional(window, "RangeSelection"), optional(window, "ActiveCell")
    if selected is None or active is None:
        return sheet, None, None, {}
    cells, one = str(selected.Address), str(active.Address)
    scrolled = {name: value for name in ("ScrollRow", "ScrollColumn") if (value := optional(window, name)) is not None}
    return sheet, cells if len(cells) <= _MOST_ADDRESS else one, one, scrolled


def _show(book: Any, sheet: str, cells: str | None, active: str | None) -> None:
    if _view(book)[:3] == (sheet, cells, active):
        return
    book.Activate()
    home = book.Sheets(sheet)
    home.Activate()
    if cells is not None and active is not None:
        home.Range(cells).Select()
        # Another one than the first of the selected cells may be active.
        home.Range(active).Activate()


def go(application: Any, cell: Any) -> None:
    """Show a cell to the user, in whatever workbook and on whatever sheet it is."""
    # A protected sheet may forbid to select; what was done counts all the same.
    with courtesy():
        application.Goto(cell)


def alone(book: Any) -> None:
    """Have a workbook in front, one sheet of it selected.

    With several selected ones Excel refuses validations and protection, and adds as many sheets as are selected
    (Microsoft Learn, "Sheets.Add").
    """
    book.Activate()
    selected = optional(book.Windows(1), "SelectedSheets")
    if selected is not None and selected.Count > 1:
        book.ActiveSheet.Select()


def add_sheet(book: Any, name: str) -> None:
    """A new worksheet of this name before all others; the workbook shows it then."""
    sheets = book.Worksheets
    sheet = sheets.Add(Before=sheets(1), Count=1)
    try:
        sheet.Name = name
    except com_error():
        sheet.Delete()
        raise


def freeze(book: Any, rows: int) -> None:
    """Keep the first rows of the sheet that a workbook shows in view."""
    window = book.Windows(1)
    with courtesy():
        window.FreezePanes = False
        # What is frozen is what is in view, not the rows counted from the first one.
        window.ScrollRow, window.ScrollColumn = 1, 1
        window.SplitColumn, window.SplitRow = 0, rows
        window.FreezePanes = True


@contextmanager
def anchored(application: Any, cell: Any) -> Iterator[None]:
    """Within it a cell is the active one, unless its sheet is hidden."""
    sheet = cell.Worksheet
    if int(sheet.Visible) != VISIBLE:
        yield
        return
    book = sheet.Parent
    back = [whereabouts(application, book)]
    try:
        book.Activate()
        sheet.Activate()
        back.append(whereabouts(application, book))
        cell.Cells(1, 1).Select()
        yield
    finally:
        for step in reversed(back):
            step()
