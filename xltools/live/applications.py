"""One running spreadsheet application, as far as the live layer needs to know it.

Everything here goes through xlwings' public interface and works on any of its engines. What an application does better
in a way of its own stands in a subclass: `com` for Excel and WPS on Windows, `libreoffice.adapter` for LibreOffice.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Literal

from xltools import mark_record
from xltools.live.guards import set_rule
from xltools.live.xw import xlwings
from xltools.sheets.grid import Area

if TYPE_CHECKING:
    import xlwings as xw

    from xltools.sheets.grid import Validation

XL_VERY_HIDDEN = 2

Kind = Literal["excel", "wps", "libreoffice"]

Fill = mark_record.Fill
"""How a cell is filled, as its application tells it; fit for JSON."""


class Application:
    """A running application; `app` is what xlwings knows of it."""

    kind: Kind = "excel"
    product = "Microsoft Excel"
    one_step_undo = False
    """Whether the user can take back everything that is done within `one_step` at once."""

    def __init__(self, app: "xw.App") -> None:
        self.app = app

    @property
    def title(self) -> str:
        """Product and version, for people."""
        return f"{self.product} {self.app.version}"

    @property
    def book(self) -> "xw.Book | None":
        """The workbook that the user has in front; None where none is open."""
        return self.app.books.active if len(self.app.books) else None

    def ready(self) -> bool:
        """Whether the application takes calls just now; one in which a cell is being typed into may not."""
        return True

    def path(self, book: "xw.Book") -> str:
        """Where the file of a workbook is; its name alone where it has none, or is not on this machine."""
        try:
            return str(book.fullname)
        except xlwings().XlwingsError:
            return str(book.name)

    def values(self, area: "xw.Range") -> Sequence[Sequence[Any]]:
        """What the cells of an area hold, row by row, in one call.

        Numbers are doubles; dates are `datetime` or the serial number; errors are their text; empty cells None.
        """
        rows: Sequence[Sequence[Any]] = area.options(ndim=2, err_to_str=True).value
        return rows

    def formulas(self, area: "xw.Range") -> Sequence[Sequence[str]]:
        """The formulas of an area in English, or what stands in the cells without one, row by row, in one call."""
        rows = area.formula
        if isinstance(rows, str):
            return [[rows]]
        # A single row or column may come as one list.
        if rows and not isinstance(rows[0], list | tuple):
            return [rows] if area.shape[0] == 1 else [[text] for text in rows]
        return rows

    def date1904(self, book: "xw.Book") -> bool:
        """Whether the serial number 0 is the first day of 1904."""
        return False

    def content(self, sheet: "xw.Sheet") -> "xw.Range":
        """An area that no cell of a sheet which holds something lies outside of; the smaller the better."""
        return sheet.used_range

    def state(self, sheet: "xw.Sheet") -> str:
        """Whether a sheet is `visible`, `hidden`, or `veryHidden` (XlSheetVisibility): not to be had by its menu."""
        visible = sheet.visible
        if visible == XL_VERY_HIDDEN and visible is not True:
            return "veryHidden"
        return "visible" if visible else "hidden"

    def rows_hidden(self, area: "xw.Range") -> bool | None:
        """Whether the rows of an area are hidden; None where some are."""
        return area.rows.hidden

    def columns_hidden(self, area: "xw.Range") -> bool | None:
        """Whether the columns of an area are hidden; None where some are."""
        return area.columns.hidden

    def alike(self, sheet: "xw.Sheet", area: Area) -> Sequence[Sequence[Area]] | None:
        """The parts of an area, those together whose cells have the same format, protection and validation.

        None where the application does not tell, and has to be asked for each of these.
        """
        return None

    def merged_areas(self, sheet: "xw.Sheet", area: Area) -> Sequence[Area] | None:
        """The merged areas that begin within an area; None where they have to be searched for."""
        return None

    def merge_area(self, cell: "xw.Range") -> Area:
        """The merged area that covers a cell, or the cell alone."""
        merged = cell.merge_area
        rows, columns = merged.shape
        return Area(merged.row, merged.column, merged.row + rows - 1, merged.column + columns - 1)

    def is_protected(self, thing: "xw.Sheet | xw.Book") -> bool:
        """Whether a sheet refuses changes, or a workbook new sheets; False where the application does not tell."""
        return False

    def unprotect(self, thing: "xw.Sheet | xw.Book") -> Callable[[], None] | None:
        """Take off a protection that has no password; returns what protects it as before, None where that fails."""
        return None

    def locked(self, area: "xw.Range") -> bool | None:
        """Whether the cells of an area are locked, None where some are; asked only of sheets that are protected."""
        return True

    def guard_sort(self, area: "xw.Range") -> str | None:
        """xlwings' word for the sort of rule that all cells of an area have, `none` for no rule.

        None where they differ; of a single cell it is always told.
        """
        sort = area.data_validation.type
        return None if sort in ("mixed_criteria", "inconsistent") else sort

    def guard_origin(self, area: "xw.Range") -> tuple[int, int]:
        """The row and column of the cell that relative references in an area's validation, as read, are meant for."""
        return area.row, area.column

    def takes_several(self, area: "xw.Range") -> bool:
        """Whether an area can be given a value for each of its cells at once."""
        return True

    def fill(self, cell: "xw.Range") -> Fill:
        """How a cell is filled, so that `refill` can give it back; `color` is the colour that is seen, `RRGGBB`."""
        color = cell.color
        return {"color": None if color is None else "{:02X}{:02X}{:02X}".format(*color)}

    def refill(self, cell: "xw.Range", fill: Fill) -> None:
        """Fill a cell as `fill` told it; of what another application told, only the colour counts."""
        color = fill.get("color")
        cell.color = None if color is None else f"#{color}"

    def literal(self, text: str, number_format: str | None = None) -> str:
        """What has to be written for a cell of this number format to hold exactly this text, whatever it looks like."""
        # The apostrophe that a user would type before it; it does not become part of the text.
        return f"'{text}"

    def has_thread(self, cell: "xw.Range") -> bool:
        """Whether a cell carries a threaded comment."""
        return cell.comment is not None

    def fit_note(self, note: "xw.Note", text: str) -> None:
        """Make the box of a note large enough for its text."""

    def note_box(self, note: "xw.Note") -> Fill:
        """How large the box of a note is, so that `refit_note` can give that back; fit for JSON."""
        return {}

    def refit_note(self, note: "xw.Note", box: Fill) -> None:
        """Make the box of a note as large as `note_box` told it; what else `box` tells does not count."""

    def extend_note(self, note: "xw.Note", text: str) -> None:
        """Write more at the end of a note."""
        note.text = f"{note.text}{text}"

    def shorten_note(self, note: "xw.Note", text: str) -> None:
        """Leave of a note only the text that it begins with."""
        note.text = text

    def lock(self, area: "xw.Range", locked: bool) -> None:
        """Say whether the cells of an area are locked once their sheet is protected."""
        area.api.Locked = locked

    def guard(self, area: "xw.Range", rule: "Validation") -> None:
        """Give the cells of an area a data validation; the formulas of `rule` are meant for its top-left cell."""
        set_rule(area, rule)

    def sheet_names(self, book: "xw.Book") -> list[str]:
        """The names that no new sheet may have."""
        return [sheet.name for sheet in book.sheets]

    def add_sheet(self, book: "xw.Book", name: str) -> "xw.Sheet":
        """A new worksheet before all others; the application shows it."""
        return book.sheets.add(name, before=book.sheets[0])

    def freeze(self, sheet: "xw.Sheet", rows: int) -> None:
        """Keep the first rows of the sheet that is shown in view."""
        sheet.freeze_panes.freeze_at(f"1:{rows}")

    def link(self, cell: "xw.Range", place: str) -> None:
        """Lead from a cell, which holds a text, to another place of the workbook (`'Sheet'!A1`)."""
        text = str(cell.value)
        cell.add_hyperlink(f"#{place}", text, text)

    def prepare(self, book: "xw.Book") -> None:
        """Bring a workbook into a state in which it can be changed. Raises LiveError where it cannot."""

    def whereabouts(self, book: "xw.Book") -> Callable[[], None]:
        """What takes the user back to where they are now, whatever sheets come and go until then."""
        sheet = book.sheets.active.name
        selection = book.selection
        cells = selection.address if selection is not None else "A1"

        def back() -> None:
            if sheet in [each.name for each in book.sheets]:
                book.sheets[sheet].activate()
                book.sheets[sheet].range(cells).select()

        return back

    def go(self, cell: "xw.Range") -> None:
        """Show a cell to the user and select it."""
        cell.sheet.activate()
        cell.select()

    def anchored(self, cell: "xw.Range") -> AbstractContextManager[None]:
        """Within it, relative references of rules and conditional formats that are added are meant for this cell."""
        return nullcontext()

    def session(self) -> AbstractContextManager[None]:
        """What the application throws within it comes out as a LiveError that says what to do."""
        return nullcontext()

    def one_step(self, book: "xw.Book", title: str) -> AbstractContextManager[None]:
        """What is done within it is one step for the user to take back, where the application has that.

        Many changes followed by another sheet or cell being shown need a step of their own within it: see LibreOffice.
        """
        return nullcontext()

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Without redrawing after every single change."""
        before = self.app.screen_updating
        self.app.screen_updating = False
        try:
            yield
        finally:
            self.app.screen_updating = before
