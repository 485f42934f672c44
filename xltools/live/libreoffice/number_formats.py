"""Number formats: Excel's codes in English, and which cells of a range are shown as dates or truth values.

LibreOffice has no truth values: they are the numbers 1 and 0 under the format BOOLEAN, which it gives by itself to a
formula that compares. Excel knows no such format, so a cell under it counts as "General" here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from xltools.live.libreoffice import bridge
from xltools.sheets.grid import Area

if TYPE_CHECKING:
    from xltools.live.libreoffice.books import Book
    from xltools.live.libreoffice.ranges import Range

_DATE, _TEXT, _LOGICAL = 2, 256, 1024
"""Bits of `com.sun.star.util.NumberFormat`."""

_FEW = 50
"""So many areas are looked at one by one; of more, the range as a whole."""

_STANDARD = 0
"""The key of General in the language of the document."""

_PART = re.compile(
    r"""
    "[^"]*"? | \\. | [_*].          # texts, and characters that give their width or fill
  | \[[^\]]*\]
  | General | AM/PM | A/P | BOOLEAN
  | E[+-] | [YMDHSNGEA]+ | .
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_COLORS = {name.upper(): name for name in ("Black", "Blue", "Cyan", "Green", "Magenta", "Red", "White", "Yellow")}
_LANGUAGES = {("zh", "CN"): "804", ("zh", "TW"): "404", ("zh", "HK"): "C04", ("ja", "JP"): "411", ("ko", "KR"): "412"}


class Kind(NamedTuple):
    """What the number format of cells says about the numbers in them."""

    key: int
    type: int

    @property
    def logical(self) -> bool:
        """Whether 1 and 0 are shown as truth values."""
        return bool(self.type & _LOGICAL)

    @property
    def date(self) -> bool:
        """Whether numbers are shown as dates, with or without the time of day."""
        return bool(self.type & _DATE) and not self.logical

    @property
    def text(self) -> bool:
        """Whether what is typed in stays text."""
        return bool(self.type & _TEXT)

    @property
    def general(self) -> bool:
        """Whether it is General, in any language, or counts as such."""
        return self.key % 10000 == 0 or self.logical


def excel_code(code: str) -> str:
    """A format code of LibreOffice (English) in Excel's spelling: `YYYY-MM-DD` is `yyyy-mm-dd`, `[RED]` is `[Red]`."""
    return "".join(_excel_part(part) for part in _PART.findall(code))


def _excel_part(part: str) -> str:
    upper = part.upper()
    if part[0] in '"\\_*' or upper in ("AM/PM", "A/P", "E+", "E-"):
        return part
    if upper in ("GENERAL", "BOOLEAN"):
        return "General"
    if part[0] == "[":
        inner = upper[1:-1]
        if inner in _COLORS:
            return f"[{_COLORS[inner]}]"
        if re.fullmatch(r"H+|M+|S+", inner):
            return part.lower()
        return re.sub(r"^\[(COLOR|DBNUM)", lambda word: {"[COLOR": "[Color"}.get(word[0], "[DBNum"), part)
    if part[0].isalpha():
        # LibreOffice's N are weekdays.
        return re.sub(r"n{2,}|n", lambda days: "ddd" if len(days[0]) < 3 else "dddd", part.lower())
    return part


def kind(document: Any, key: int) -> Kind:
    """What the number format of that key is."""
    return Kind(key, document.NumberFormats.getByKey(key).Type)


_CODES: "WeakKeyDictionary[Book, dict[int, str]]" = WeakKeyDictionary()
"""Codes that have been asked for; what a key stands for never changes."""


def code_of(book: "Book", key: int) -> str:
    """Excel's code, in English, of the number format of that key."""
    known = _CODES.setdefault(book, {})
    if key not in known:
        known[key] = _code_of(book.model, key)
    return known[key]


def _code_of(document: Any, key: int) -> str:
    properties = document.NumberFormats.getByKey(key)
    locale = properties.Locale
    if properties.Type & _LOGICAL:
        return "General"
    if locale.Language in ("", "en") or not key % 10000:
        return excel_code(properties.FormatString)
    english = document.NumberFormats.addNewConverted(properties.FormatString, locale, _english())
    code = excel_code(document.NumberFormats.getByKey(english).FormatString)
    own = document.CharLocale
    language = _LANGUAGES.get((locale.Language, locale.Country))
    if language is None or (own.Language, own.Country) == (locale.Language, locale.Country):
        return code
    return f"[$-{language}]{code}"


def key_of(document: Any, code: str) -> int:
    """The key of a number format, which is made where the document does not have it.

    Raises ValueError where LibreOffice does not understand the code.
    """
    if code in ("General", "G/通用格式", ""):
        return _STANDARD
    formats = document.NumberFormats
    found: int = formats.queryKey(code, _english(), False)
    if found == -1:
        try:
            found = formats.addNew(code, _english())
        except bridge.exception("util.MalformedNumberFormatException") as error:
            raise ValueError(f"LibreOffice does not know the number format {code!r}") from error
    return found


def logical_key(document: Any) -> int:
    """The key of the format under which 1 and 0 are TRUE and FALSE."""
    key: int = document.NumberFormats.getStandardFormat(_LOGICAL, bridge.struct("lang.Locale"))
    return key


def _english() -> Any:
    return bridge.struct("lang.Locale", Language="en", Country="US")


def is_mixed(model: Any, name: str) -> bool:
    """Whether the cells of a range differ in a property."""
    return str(model.getPropertyState(name).value) == "AMBIGUOUS_VALUE"


def kinds(cells: "Range", parts: Sequence[Area] = ()) -> Iterator[tuple[Kind, list[Area]]]:
    """The number formats of a range, each with areas that have it, and maybe more than once.

    Where only parts of it matter, others may be left out. Takes few calls where there is only one format, else some for
    every part or for every way in which the cells look.
    """
    document = cells.sheet.book.model
    model = several(cells, parts) if parts else cells.model
    if not is_mixed(model, "NumberFormat"):
        yield kind(document, model.NumberFormat), list(parts) or [cells.area]
        return
    known: dict[int, Kind] = {}
    few = parts if 0 < len(parts) <= _FEW else [cells.area]
    for area in few:
        for key, areas in _keys(cells, area):
            if key not in known:
                known[key] = kind(document, key)
            yield known[key], areas


def _keys(cells: "Range", area: Area) -> Iterator[tuple[int, list[Area]]]:
    """The keys of the number formats of an area of the sheet of a range."""
    model = cells.sheet.model.getCellRangeByPosition(area.left - 1, area.top - 1, area.right - 1, area.bottom - 1)
    if not is_mixed(model, "NumberFormat"):
        yield model.NumberFormat, [area]
        return
    alike = model.getUniqueCellFormatRanges()
    for index in range(alike.Count):
        ranges = alike.getByIndex(index)
        yield ranges.NumberFormat, [area_at(address) for address in ranges.RangeAddresses]


def area_at(address: Any) -> Area:
    """The area of a UNO CellRangeAddress."""
    return Area(address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)


def address_of(area: Area, sheet: int) -> Any:
    """The UNO CellRangeAddress of an area; sheets count from 0."""
    return bridge.struct(
        "table.CellRangeAddress",
        Sheet=sheet,
        StartColumn=area.left - 1,
        StartRow=area.top - 1,
        EndColumn=area.right - 1,
        EndRow=area.bottom - 1,
    )


def set_key(cells: "Range", places: Iterable[Area], key: int) -> None:
    """Give areas of the sheet of a range a number format, all at once."""
    areas = list(places)
    if not areas:
        return
    several(cells, areas).NumberFormat = key


def several(cells: "Range", areas: Iterable[Area]) -> Any:
    """Areas of the sheet of a range as one UNO object, whose properties apply to all of them."""
    together = cells.sheet.book.model.createInstance("com.sun.star.sheet.SheetCellRanges")
    sheet = cells.model.RangeAddress.Sheet
    together.addRangeAddresses(tuple(address_of(area, sheet) for area in areas), False)
    return together


def number_formats(cells: "Range") -> list[tuple[Area, str]]:
    """The number formats of all cells of a range as areas that share one, without a call for every cell."""
    book = cells.sheet.book
    return [(area, code_of(book, each.key)) for each, areas in kinds(cells) for area in areas]
