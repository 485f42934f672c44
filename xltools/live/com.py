"""What Excel and WPS on Windows have in common: the object model of Excel, reached through COM.

xlwings' public interface is used wherever it does the same; here stands what COM tells more exactly (`Value2` does not
cut currency amounts to four decimals), in fewer calls, or not at all through xlwings. Names and constants are those of
the Excel object model (Microsoft Learn, "Excel VBA reference").
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from xltools.errors import LiveError
from xltools.live import com_fills, com_notes, com_places, com_values
from xltools.live.applications import Application, Fill
from xltools.live.com_errors import com_error, may_pass, optional, plain_errors
from xltools.live.com_guards import rule_sort, set_guard
from xltools.live.com_protection import sheet_protected, unprotect_book, unprotect_sheet
from xltools.live.xw import xlwings
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw

    from xltools.sheets.grid import Validation

_MUCH = 100_000
"""Cells of a used range from which on it is worth asking where the sheet really ends."""

_STATES = {-1: "visible", 0: "hidden", 2: "veryHidden"}


class ComApplication(Application):
    """Excel or WPS on Windows."""

    @property
    def title(self) -> str:
        """Product and version, for people."""
        with self.session():
            return super().title

    @property
    def book(self) -> "xw.Book | None":
        """The workbook that the user has in front; None where none is open.

        Raises LiveError where it is open in Protected View only, or the application lets no workbook be reached.
        """
        with self.session():
            native = self.app.api
            if optional(native, "Workbooks") is None:
                raise LiveError(say("doctor.com.no_workbooks", product=self.product))
            if native.ActiveWorkbook is not None:
                return self.app.books.active
            protected = optional(native, "ProtectedViewWindows")
            if protected is not None and protected.Count:
                raise LiveError(say("doctor.com.protected_view", book=optional(protected(1), "SourceName") or ""))
        return None

    def ready(self) -> bool:
        """Whether the application takes calls just now, and the user is not about to paste: a change ends that."""
        return self.answers() and not optional(self.app.api, "CutCopyMode")

    def answers(self) -> bool:
        """Whether the application takes calls just now; asked once, without waiting."""
        inner = bare(self.app.api)
        try:
            return bool(inner.Ready)
        except com_error() as error:
            return not may_pass(error)
        except AttributeError:
            return _lacks(inner, "Ready")

    def path(self, book: "xw.Book") -> str:
        """Where the file of a workbook is; of one in the cloud its name alone.

        xlwings would search this machine for a copy of it, and fails in a way of its own where there is none.
        """
        told = str(book.api.FullName)
        return str(book.name) if "://" in told else told

    def values(self, area: "xw.Range") -> Sequence[Sequence[Any]]:
        """What the cells of an area hold; dates are serial numbers."""
        return [[com_values.plain(value) for value in row] for row in com_values.rows(area.api.Value2)]

    def content(self, sheet: "xw.Sheet") -> "xw.Range":
        """The used range; of a sheet that is formatted far beyond what it holds, the part that holds something."""
        used = sheet.used_range
        rows, columns = used.shape
        if rows * columns <= _MUCH:
            return used
        last_row, last_column = com_values.last_held(sheet.api)
        return sheet.range((1, 1), (max(last_row, 1), max(last_column, 1)))

    def formulas(self, area: "xw.Range") -> Sequence[Sequence[str]]:
        """The formulas of an area in English, or what stands in the cells without one."""
        return [[com_values.text(value) for value in row] for row in com_values.rows(area.api.Formula)]

    def date1904(self, book: "xw.Book") -> bool:
        """Whether the serial number 0 is the first day of 1904."""
        return bool(optional(book.api, "Date1904"))

    def state(self, sheet: "xw.Sheet") -> str:
        """Whether a sheet is `visible`, `hidden` or `veryHidden`."""
        return _STATES.get(int(sheet.api.Visible), "visible")

    def rows_hidden(self, area: "xw.Range") -> bool | None:
        """Whether the rows of an area are hidden; None where some are."""
        return _whole(area.api.EntireRow.Hidden)

    def columns_hidden(self, area: "xw.Range") -> bool | None:
        """Whether the columns of an area are hidden; None where some are."""
        return _whole(area.api.EntireColumn.Hidden)

    def is_protected(self, thing: "xw.Sheet | xw.Book") -> bool:
        """Whether a sheet refuses changes, or a workbook new sheets."""
        if isinstance(thing, xlwings().Book):
            return bool(optional(thing.api, "ProtectStructure"))
        return sheet_protected(thing.api)

    def unprotect(self, thing: "xw.Sheet | xw.Book") -> Callable[[], None] | None:
        """Take off a protection that has no password; returns what protects it as before, None where that fails."""
        return unprotect_book(thing.api) if isinstance(thing, xlwings().Book) else unprotect_sheet(thing.api)

    def locked(self, area: "xw.Range") -> bool | None:
        """Whether the cells of an area are locked, None where some are."""
        return _whole(area.api.Locked)

    def guard_sort(self, area: "xw.Range") -> str | None:
        """The sort of rule that all cells of an area have; None where they differ."""
        native = area.api
        sort = rule_sort(native)
        if sort is not None or native.CountLarge == 1:
            return sort or "none"
        if not native.Worksheet.ProtectContents:
            return super().guard_sort(area)
        # xlwings would look for cells with rules now, which Excel refuses on a protected sheet. Where nothing stands
        # and nothing can be entered, there is nothing for a rule to judge.
        blank = all(value is None for row in com_values.rows(native.Value2) for value in row)
        return "none" if blank and native.Locked else None

    def guard_origin(self, area: "xw.Range") -> tuple[int, int]:
        """Relative references of rules are told as they read from the active cell, wherever that is."""
        active = optional(area.api.Application, "ActiveCell")
        return (area.row, area.column) if active is None else (active.Row, active.Column)

    def takes_several(self, area: "xw.Range") -> bool:
        """Whether an area can be given a value for each of its cells at once; not where a filter hides some rows.

        Excel then skips those.
        """
        return not optional(area.sheet.api, "FilterMode")

    def fill(self, cell: "xw.Range") -> Fill:
        """How a cell is filled: pattern, colours or theme colours, gradient."""
        return com_fills.remember(cell.api.Interior)

    def refill(self, cell: "xw.Range", fill: Fill) -> None:
        """Fill a cell as `fill` told it."""
        com_fills.restore(cell.api.Interior, fill)

    def has_thread(self, cell: "xw.Range") -> bool:
        """Whether a cell carries a threaded comment; only newer versions of Excel have them."""
        return optional(cell.api, "CommentThreaded") is not None

    def guard(self, area: "xw.Range", rule: "Validation") -> None:
        """Give the cells of an area a data validation with its messages."""
        with self.anchored(area):
            set_guard(area.api, rule)

    def anchored(self, cell: "xw.Range") -> AbstractContextManager[None]:
        """Within it, relative references of rules that are added are meant for this cell: Excel's active one.

        A cell of a hidden sheet cannot be that; `guard` moves the references of its rules instead.
        """
        return com_places.anchored(self.app.api, cell.api)

    def literal(self, text: str, number_format: str | None = None) -> str:
        """What has to be written for a cell of this number format to hold exactly this text."""
        # Formatted as text it takes everything as it is, and the apostrophe might stay.
        return text if number_format == "@" else super().literal(text)

    def fit_note(self, note: "xw.Note", text: str) -> None:
        """Make the box of a note large enough for its text."""
        com_notes.fit(note.api, text)

    def note_box(self, note: "xw.Note") -> Fill:
        """How large the box of a note is."""
        return com_notes.box(note.api)

    def refit_note(self, note: "xw.Note", box: Fill) -> None:
        """Make the box of a note as large as `note_box` told it."""
        com_notes.refit(note.api, box)

    def extend_note(self, note: "xw.Note", text: str) -> None:
        """Write more at the end of a note."""
        com_notes.extend(note.api, text)

    def shorten_note(self, note: "xw.Note", text: str) -> None:
        """Leave of a note only the text that it begins with."""
        com_notes.shorten(note.api, text)

    def sheet_names(self, book: "xw.Book") -> list[str]:
        """The names of all sheets, charts included."""
        return [sheet.Name for sheet in book.api.Sheets]

    def add_sheet(self, book: "xw.Book", name: str) -> "xw.Sheet":
        """A new worksheet before all others; the application shows it."""
        with self.app.properties(display_alerts=False):
            com_places.add_sheet(book.api, name)
        return book.sheets[name]

    def freeze(self, sheet: "xw.Sheet", rows: int) -> None:
        """Keep the first rows of the sheet that is shown in view; xlwings cannot on Windows."""
        com_places.freeze(sheet.book.api, rows)

    def link(self, cell: "xw.Range", place: str) -> None:
        """Lead from a cell, which holds a text, to another place of the workbook."""
        font = cell.api.Font
        size = font.Size
        # Within an address Excel would end the sheet's name at a "#" in it.
        cell.api.Hyperlinks.Add(cell.api, "", place, str(cell.value))
        # The style that links have says how large their letters are.
        font.Size = size

    def prepare(self, book: "xw.Book") -> None:
        """Bring a workbook in front, one of its sheets selected.

        Raises LiveError where it is shared in the old way: merged cells, validations, links and the way back, to delete
        a sheet, are barred there.
        """
        if optional(book.api, "MultiUserEditing"):
            raise LiveError(say("doctor.com.shared", book=book.name))
        com_places.alone(book.api)

    def whereabouts(self, book: "xw.Book") -> Callable[[], None]:
        """What takes the user back to where they are now, whatever sheets come and go until then."""
        back = com_places.whereabouts(self.app.api, book.api)

        def quietly_back() -> None:
            with self.quietly():
                back()

        return quietly_back

    def go(self, cell: "xw.Range") -> None:
        """Show a cell to the user and select it."""
        com_places.go(self.app.api, cell.api)

    def session(self) -> AbstractContextManager[None]:
        """What the application throws within it comes out as a LiveError; a busy one is waited for, not for ever."""
        return plain_errors(self.product, self.answers)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Without redrawing after every single change, and without running the workbook's own event macros."""
        native = self.app.api
        names = ("ScreenUpdating", "EnableEvents")
        before = {name: value for name in names if (value := optional(native, name)) is not None}
        try:
            for name in before:
                setattr(native, name, False)
            yield
        except BaseException:
            for name, value in before.items():
                # What went wrong first is what counts.
                with suppress(com_error(), AttributeError):
                    setattr(native, name, value)
            raise
        for name, value in before.items():
            setattr(native, name, value)


def _whole(value: Any) -> bool | None:
    return None if value is None else bool(value)


def bare(native: Any) -> Any:
    """A COM object without xlwings' wrapper, which would try again."""
    return getattr(native, "_inner", native)


def _lacks(inner: Any, name: str) -> bool:
    """Whether a COM object has no such property; pywin32 says so of a busy application too."""
    try:
        inner._oleobj_.GetIDsOfNames(0, name)
    except com_error() as error:
        return not may_pass(error)
    return False
