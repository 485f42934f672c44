"""Defined names of a workbook and of its sheets."""

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xltools.errors import LiveError
from xltools.live.libreoffice import bridge, references
from xltools.live.libreoffice.formulas import quoted_sheet, to_excel, to_libreoffice
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.live.libreoffice.books import Book
    from xltools.live.libreoffice.ranges import Range
    from xltools.live.libreoffice.sheets import Sheet


@bridge.guarded
class Names(base_classes.Names):
    """Implementation of `xw.Names`: those of a workbook and all its sheets, or those of one sheet only.

    As in Excel, a name that counts on one sheet is called `Sheet1!name`, and a number starts at 1.
    """

    def __init__(self, book: "Book", sheet: "Sheet | None" = None) -> None:
        self.book = book
        self.sheet = sheet

    @property
    def api(self) -> Any:
        """com.sun.star.sheet.NamedRanges"""
        return (self.sheet or self.book).model.NamedRanges

    def _all(self) -> list["Name"]:
        if self.sheet is not None:
            return [Name(self.book, model, self.sheet) for model in self.api]
        found = [Name(self.book, model, None) for model in self.api]
        for sheet in self.book.sheets:
            found.extend(Name(self.book, model, sheet) for model in sheet.model.NamedRanges)
        return found

    def snapshot(self) -> list[tuple[str, "Name"]]:
        """Every name with what it is called."""
        return [(name.name, name) for name in self._all()]

    def find(self, name: str) -> "Name | None":
        """A name as users write it: with its sheet, or without; capital letters make no difference."""
        owner, _, plain = name.rpartition("!")
        sheet = self.sheet
        if owner:
            wanted = owner.removeprefix("=").strip("'").replace("''", "'")
            if sheet is None:
                if wanted not in self.book.sheets:
                    return None
                sheet = self.book.sheets(wanted)
            elif sheet.name.lower() != wanted.lower():
                return None
        ranges = (sheet or self.book).model.NamedRanges
        if not ranges.hasByName(plain):
            return None
        return Name(self.book, ranges.getByName(plain), sheet)

    def __call__(self, name_or_index: str | int) -> "Name":
        """A name as users write it, or by its number from 1; raises KeyError where there is none."""
        if not isinstance(name_or_index, str):
            return self._all()[name_or_index - 1]
        found = self.find(name_or_index)
        if found is None:
            raise KeyError(name_or_index)
        return found

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is such a name, or one of that number."""
        if isinstance(name_or_index, str):
            return self.find(name_or_index) is not None
        return 1 <= name_or_index <= len(self)

    def __len__(self) -> int:
        return len(self._all())

    def add(self, name: str, refers_to: str) -> "Name":
        """A name for cells, a value or a formula in Excel's grammar; one of a sheet where the name is `Sheet1!name`.

        A name that exists is replaced, as Excel does. Raises LiveError for a name that breaks the rules.
        """
        existing = self.find(name)
        if existing is not None:
            existing.refers_to = refers_to
            return existing
        owner, _, plain = name.rpartition("!")
        sheet = self.sheet
        if owner:
            wanted = owner.strip("'").replace("''", "'")
            if wanted not in self.book.sheets:
                raise LiveError(say("libreoffice.no_sheet", name=wanted))
            sheet = self.book.sheets(wanted)
        ranges = (sheet or self.book).model.NamedRanges
        position = 0 if sheet is None else sheet.position
        origin = bridge.struct("table.CellAddress", Sheet=position, Column=0, Row=0)
        try:
            ranges.addNewByName(plain, self._content(refers_to, sheet), origin, 0)
        except bridge.exception("uno.RuntimeException"):
            raise LiveError(say("libreoffice.bad_name", name=name)) from None
        return Name(self.book, ranges.getByName(plain), sheet)

    def _content(self, refers_to: str, sheet: "Sheet | None") -> str:
        """What a name stands for as LibreOffice writes it; a bare address lies on its own or the active sheet."""
        text = refers_to.strip().removeprefix("=")
        if references.plain(text, *self.book.size) is not None:
            text = f"{quoted_sheet((sheet or self.book.sheets.active).name)}!{text}"
        return to_libreoffice(text).removeprefix("=")


@bridge.guarded
class Name(base_classes.Name):
    """Implementation of `xw.Name`; `model` is com.sun.star.sheet.NamedRange."""

    def __init__(self, book: "Book", model: Any, sheet: "Sheet | None") -> None:
        self.book = book
        self.model = model
        self.sheet = sheet

    @property
    def api(self) -> Any:
        """com.sun.star.sheet.NamedRange"""
        return self.model

    @property
    def name(self) -> str:
        """What it is called, with its sheet where it counts on one only."""
        plain = str(self.model.Name)
        return plain if self.sheet is None else f"{quoted_sheet(self.sheet.name)}!{plain}"

    @name.setter
    def name(self, value: str) -> None:
        plain = value.rpartition("!")[2]
        taken = (self.sheet or self.book).model.NamedRanges.hasByName(plain)
        if taken and plain.lower() != str(self.model.Name).lower():
            raise LiveError(say("libreoffice.bad_name", name=value))
        try:
            self.model.Name = plain
        except bridge.exception("uno.RuntimeException"):
            raise LiveError(say("libreoffice.bad_name", name=value)) from None
        if self.model.Name != plain:
            raise LiveError(say("libreoffice.bad_name", name=value))

    def delete(self) -> None:
        """Take it out of the workbook."""
        (self.sheet or self.book).model.NamedRanges.removeByName(self.model.Name)

    @property
    def refers_to(self) -> str:
        """What it stands for in Excel's grammar: `=Sheet1!$A$1:$B$2`."""
        return to_excel(f"={self.model.Content}", lambda: self.book.model.Sheets.ElementNames)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.model.Content = to_libreoffice(value).removeprefix("=")

    @property
    def refers_to_range(self) -> "Range":
        """Its cells; raises LiveError where it stands for a value or a formula."""
        cells = self.model.getReferredCells()
        found = None if cells is None else self.book.range_of(cells)
        if found is None:
            raise LiveError(say("libreoffice.name_without_area", name=self.name, refers_to=self.refers_to))
        return found
