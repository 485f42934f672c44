"""A range of cells: what xlwings' `Range` asks its engine, on LibreOffice."""

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.conditional_formats import ConditionalFormats
from xltools.live.libreoffice.formulas import quoted_sheet, to_excel, to_libreoffice
from xltools.live.libreoffice.looks import Looks
from xltools.live.libreoffice.merging import Merging
from xltools.live.libreoffice.notes import Note, add_note, note_of
from xltools.live.libreoffice.number_formats import area_at
from xltools.live.libreoffice.range_editing import Editing
from xltools.live.libreoffice.range_sizes import Sizes
from xltools.live.libreoffice.range_values import read, read_formulas, write
from xltools.live.libreoffice.validations import DataValidation
from xltools.ooxml.formulas import MAX_COLUMN, MAX_ROW
from xltools.sheets.grid import Area, address, column_letters

if TYPE_CHECKING:
    from xltools.live.libreoffice.names import Name
    from xltools.live.libreoffice.sheets import Sheet

_URL_FIELD = "com.sun.star.text.textfield.URL"


@bridge.guarded
class Range(Editing, Looks, Merging, Sizes, base_classes.Range):  # type: ignore[misc]
    """Cells of one sheet; nothing is asked of LibreOffice before something is wanted."""

    def __init__(self, sheet: "Sheet", area: Area) -> None:
        self.sheet = sheet
        self.area = area
        self.options: dict[str, Any] = {}
        self._model: Any = None

    @property
    def model(self) -> Any:
        """The UNO XCellRange; None for a range without cells."""
        if self._model is None and len(self):
            area = self.area
            self._model = self.sheet.model.getCellRangeByPosition(
                area.left - 1, area.top - 1, area.right - 1, area.bottom - 1
            )
        return self._model

    @property
    def api(self) -> Any:
        """The UNO range."""
        return self.model

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    @property
    def coords(self) -> tuple["Sheet", int, int, int, int]:
        """The sheet, the first row and column, how many rows and columns."""
        return self.sheet, self.area.top, self.area.left, *self.shape

    @property
    def row(self) -> int:
        """The number of the first row."""
        return self.area.top

    @property
    def column(self) -> int:
        """The number of the first column."""
        return self.area.left

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        return max(0, self.area.bottom - self.area.top + 1), max(0, self.area.right - self.area.left + 1)

    def __call__(self, *where: int) -> "Range":
        """A cell by row and column from 1, within the range or beyond, or by its number along the rows."""
        if len(where) == 1:
            row, column = divmod(where[0] - 1, self.shape[1])
        elif len(where) == 2:
            row, column = where[0] - 1, where[1] - 1
        else:
            raise ValueError("a cell of a range is told by its number or by row and column")
        top, left = self.area.top + row, self.area.left + column
        if not (1 <= top <= MAX_ROW and 1 <= left <= MAX_COLUMN):
            raise IndexError(f"row {top}, column {left} is outside the sheet")
        return Range(self.sheet, Area(top, left, top, left))

    @property
    def rows(self) -> "Range":
        """The range itself; xlwings walks through its rows."""
        return self

    @property
    def columns(self) -> "Range":
        """The range itself; xlwings walks through its columns."""
        return self

    @property
    def address(self) -> str:
        """`$A$1:$C$3`."""
        return self.get_address(True, True, False)

    @property
    def arg1_input(self) -> str:
        """The address as a user writes it; xlwings tells by it whether rows or columns are to be grouped."""
        return self.get_address(False, False, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """The address; with `external` in the way of `[Book1.xlsx]Sheet1!$A$1`."""
        area = self.area
        row, column = "$" if row_absolute else "", "$" if col_absolute else ""
        first, last = (f"{column}{column_letters(each)}" for each in (area.left, area.right))
        if area.left == 1 and area.right == MAX_COLUMN:
            text = f"{row}{area.top}:{row}{area.bottom}"
        elif area.top == 1 and area.bottom == MAX_ROW:
            text = f"{first}:{last}"
        else:
            text = f"{first}{row}{area.top}"
            if area.bottom != area.top or area.right != area.left:
                text += f":{last}{row}{area.bottom}"
        if not external:
            return text
        sheet, book = quoted_sheet(self.sheet.name), self.sheet.book.name
        if sheet.startswith("'") or quoted_sheet(book).startswith("'"):
            plain = f"[{book}]{self.sheet.name}"
            return "'" + plain.replace("'", "''") + f"'!{text}"
        return f"[{book}]{sheet}!{text}"

    @property
    def raw_value(self) -> Any:
        """What the cells hold: the value of one cell, or rows of them."""
        if not len(self):
            return None
        rows = read(self)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if len(self):
            write(self, data)

    @property
    def formula(self) -> Any:
        """The formula of one cell, or rows of them; what stands in a cell without one."""
        if not len(self):
            return None
        rows = read_formulas(self)
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    formula2 = formula
    """LibreOffice has no formulas that spill."""

    @property
    def formula_array(self) -> str | None:
        """The array formula that the range is, as Excel shows it: without braces."""
        text = self.model.getArrayFormula() if len(self) else ""
        if text:
            return to_excel(text.removeprefix("{").removesuffix("}"), self._sheet_names)
        formulas = {formula for row in read_formulas(self) for formula in row} if len(self) else set()
        # Excel tells the formula that all cells share, array or not.
        return formulas.pop() if len(formulas) == 1 else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.model.setArrayFormula(to_libreoffice(value, self._folder()))

    @property
    def has_array(self) -> bool:
        """Whether the first cell belongs to an array formula."""
        area = self.area
        cell = self.sheet.model.getCellByPosition(area.left - 1, area.top - 1)
        return bool(cell.getArrayFormula())

    def _sheet_names(self) -> tuple[str, ...]:
        names: tuple[str, ...] = self.sheet.book.model.Sheets.ElementNames
        return names

    def _folder(self) -> str:
        return str(self.sheet.book.model.URL).rpartition("/")[0] + "/"

    @property
    def data_validation(self) -> DataValidation:
        """What may be typed into the cells."""
        return DataValidation(self)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """The conditional formats that apply to the range."""
        return ConditionalFormats(self)

    @property
    def note(self) -> Note | None:
        """The note of the first cell."""
        return note_of(self)

    def add_note(self, text: str) -> Note:
        """Give the cell a note."""
        return add_note(self, text)

    @property
    def comment(self) -> None:
        """LibreOffice has no threaded comments."""
        return

    @property
    def table(self) -> None:
        """The engine knows no tables."""
        return

    @property
    def hyperlink(self) -> str:
        """Where the link of the first cell leads; `#Sheet1!A1` within the workbook."""
        fields = self.model.getCellByPosition(0, 0).getTextFields().createEnumeration()
        while fields.hasMoreElements():
            url = str(getattr(fields.nextElement(), "URL", ""))
            if url.startswith("#"):
                return "#" + to_excel(f"=${url[1:].removeprefix('$')}", self._sheet_names)[1:]
            if url:
                return url
        # The words of xlwings' other engines.
        raise Exception("The cell doesn't seem to contain a hyperlink!")

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Make the first cell a link to a URL or to a place of the workbook (`#Sheet1!A1`); it shows no other tip."""
        field = self.sheet.book.model.createInstance(_URL_FIELD)
        place = address.startswith("#") and "!" in address
        field.URL = "#" + to_libreoffice(f"={address[1:]}")[1:].removeprefix("$") if place else address
        field.Representation = text_to_display or address
        cell = self.model.getCellByPosition(0, 0)
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)

    @property
    def name(self) -> "Name | None":
        """The name that is defined for exactly this range."""
        from xltools.live.libreoffice.names import Names

        wanted = f"={quoted_sheet(self.sheet.name)}!{self.address}"
        names = Names(self.sheet.book)
        for index in range(1, len(names) + 1):
            name = names(index)
            if name.refers_to == wanted:
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        from xltools.live.libreoffice.names import Names

        Names(self.sheet.book).add(value, f"={quoted_sheet(self.sheet.name)}!{self.address}")

    def select(self) -> None:
        """Select the range in the window of the workbook and bring it into view."""
        controller = self.sheet.book.model.CurrentController
        if controller is not None:
            controller.setActiveSheet(self.sheet.model)
            controller.select(self.model)

    @property
    def current_region(self) -> "Range":
        """The cells around, up to the next blank rows and columns."""
        cursor = self.sheet.model.createCursorByRange(self.model)
        cursor.collapseToCurrentRegion()
        return Range(self.sheet, area_at(cursor.RangeAddress))

    def to_pdf(self, path: str, quality: str) -> None:
        """Export the range as PDF."""
        selection = bridge.properties(Selection=self.model, Quality=90 if quality == "standard" else 70)
        data = bridge.uno().Any("[]com.sun.star.beans.PropertyValue", selection)
        self.sheet.book.model.storeToURL(
            bridge.file_url(path), bridge.properties(FilterName="calc_pdf_Export", FilterData=data, Overwrite=True)
        )

    def to_png(self, path: str) -> None:
        """Not on LibreOffice."""
        raise bridge.not_available("Range.to_png")

    def copy_picture(self, appearance: str, format: str) -> None:
        """Not on LibreOffice."""
        raise bridge.not_available("Range.copy_picture")

    def __repr__(self) -> str:
        return f"<LibreOffice range {address(self.area.top, self.area.left)} {self.shape}>"
