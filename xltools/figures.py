"""Printed figures: reading them without guessing, comparing them at their own precision, rounding them half up.

A form prints `98.5`, `100%`, `≥95%`, `3,724,055.00`, `620.82万元`, `不少于12种`. `parse` turns such a text into sign,
number and unit, or says that it is not one figure; it never repairs a text (`7,00.0,77` stays unreadable, `290%`
stays 290 %). All arithmetic is `Decimal`; rounding is half up, as Excel shows it.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from xltools.sheets.grid import Cell, Kind, address

BLANKS = frozenset({"", "-", "--", "—", "——", "–", "―", "一一", "/", "\\", "-/-"})
"""Texts that stand for "nothing here" in a figure cell (width and blanks folded)."""

_SIGNS = {
    "≥": (
        "≥",
        "≧",
        ">=",
        "=>",
        "⩾",
        "大于等于",
        "大于或等于",
        "不少于",
        "不低于",
        "不小于",
        "不得低于",
        "不得少于",
        "至少",
    ),
    "≤": (
        "≤",
        "≦",
        "<=",
        "=<",
        "⩽",
        "小于等于",
        "小于或等于",
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "不得超过",
        "至多",
    ),
    ">": (">", "大于", "高于", "超过", "多于"),
    "<": ("<", "小于", "低于", "少于"),
    "=": ("=", "═", "﹦", "等于"),
}
_SIGN_OF = {unicodedata.normalize("NFKC", text): sign for sign, texts in _SIGNS.items() for text in texts}
_PREFIX = re.compile("|".join(re.escape(text) for text in sorted(_SIGN_OF, key=len, reverse=True)))
_SUFFIXES = (
    (re.compile(r"(?:\(含\))?(?:及|或)?(?:其)?以上(?:\(含\))?$"), "≥"),
    (re.compile(r"(?:\(含\))?(?:及|或)?(?:其)?(?:以下|以内|之内)(?:\(含\))?$"), "≤"),
)
_SUFFIX_ENDS = ("上", "下", "内", ")")
_NEUTRAL = re.compile(r"^(?:控制在|达到|达)(?=[\d≥≤<>=])")
_CURRENCY = re.compile(r"^([+-]?)¥(?=\d)")
_SEAM = re.compile(r"[\d.,，．]\s+[\d.,，．]")
"""A blank or line break between digits: two figures, or one that somebody has to put together."""
_HIDDEN_DIGIT = re.compile(r"[²³¹¼-¾⁰-⁹₀-₉⅐-⅟↉①-⓿❶-➓㈠-㉟㊀-㊿㋀-㋋㍘-㍰㏠-㏾]")
"""Footnote marks, powers and the like, which become digits when a text is folded: `50②` is not 502."""
_DIGIT = re.compile(r"\d")
_POWER = re.compile(r"(?:[kcdm]?m[23²³]|[㎡㎥㎢㎤㎠])(?!\d)")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.,])")
_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_MONTH_OR_YEAR = re.compile(r"^(?:(?:19|20)\d\d年.*|\d{1,2}月(?!/).*|\d{1,2}[.号日](?:前|底)?)$")
_DEADLINE = re.compile(
    r"^(?:于|在)?(?:(?P<year>(?:19|20)\d\d)[年./-])?(?:(?P<month>\d{1,2})(?:月份|[月./-]))?(?:(?P<day>\d{1,2})[日号]?|(?P<part>底|末|初|上旬|中旬|下旬))?"
    r"(?:之?前|以前|前完成|完成|止|底前|末前)*$"
)
_WIDE = Context(prec=400)
_MULTIPLES = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
    "亿": Decimal(100_000_000),
}


class Parsed(NamedTuple):
    """The parts of a printed figure; `number` is None where the text is not exactly one figure.

    `number` stands in the scale of the print: 98.5 for `98.5%`, with unit `%`. `places` are its printed decimals.
    """

    sign: str
    number: Decimal | None
    unit: str
    places: int


NOT_A_FIGURE = Parsed("", None, "", 0)


def fold(text: str) -> str:
    """A text with full-width characters made half-width (NFKC) and every blank removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_blank(text: str) -> bool:
    """Whether a cell's text stands for "nothing": empty, a dash or a stroke."""
    return fold(text) in BLANKS or not text.strip()


@lru_cache(maxsize=4096)
def parse(text: str) -> Parsed:
    """Sign, number and unit of a printed figure.

    Words that give a direction count as its sign (`不少于12种` is ≥ 12, `15%及以下` is ≤ 15 %). Dates, ranges,
    fractions and sentences are not figures: their `number` is None, though a leading sign is kept.
    """
    if _PLAIN.fullmatch(text) and text.isascii():
        return Parsed("", Decimal(text.replace(",", "")), "", _decimals(text))
    plain = fold(text)
    if not plain or plain in BLANKS:
        return NOT_A_FIGURE
    plain = _CURRENCY.sub(r"\1", _NEUTRAL.sub("", plain.replace("−", "-")))
    sign, plain, clash = _split_sign(plain)
    number = _NUMBER.match(plain)
    if number is None or clash or _MONTH_OR_YEAR.match(plain) or _SEAM.search(text):
        return Parsed(sign, None, "", 0)
    digits, unit = number.group(), plain[number.end() :]
    if (unit and _DIGIT.search(_POWER.sub("", unit))) or (
        not text.isascii() and _HIDDEN_DIGIT.search(_POWER.sub("", text))
    ):
        return Parsed(sign, None, "", 0)
    if len(unit) > 12 or re.match(r"[-~—至到/:×x*+]", unit):
        return Parsed(sign, None, "", 0)
    if unit.startswith("%") and unit != "%":
        return Parsed(sign, None, "", 0)
    if unit == "百分比":
        unit = "%"
    if unit[:1] == "(" and unit[-1:] == ")":
        unit = unit[1:-1]
    if re.search(r"[,;。、!?]|^(?:之?前|底)", unit):
        return Parsed(sign, None, "", 0)
    value = Decimal(digits.replace(",", ""))
    return Parsed(sign, value, unit, _decimals(digits))


def _split_sign(plain: str) -> tuple[str, str, bool]:
    """The sign of a text, what is left of it, and whether a sign before and words behind contradict each other."""
    lead = _PREFIX.match(plain)
    sign, rest = (_SIGN_OF[lead.group()], plain[lead.end() :]) if lead else ("", plain)
    if rest[-1:] in _SUFFIX_ENDS:
        for suffix, meaning in _SUFFIXES:
            if suffix.search(rest):
                return sign or meaning, suffix.sub("", rest), sign not in ("", meaning)
    return sign, rest, False


def _decimals(digits: str) -> int:
    return len(digits.partition(".")[2])


def deadline(text: str) -> tuple[int, int, int] | None:
    """Year (0 where none is printed), month and day (31 where none is printed) of a date or time limit such as `9月前`.

    None where the text is not one.
    """
    plain = _PREFIX.sub("", fold(text), count=1)
    found = _DEADLINE.match(plain)
    if not found or not found["month"] or not (found["year"] or "月" in plain) or parse(plain).number is not None:
        return None
    month = int(found["month"])
    day = int(found["day"]) if found["day"] else {"初": 10, "上旬": 10, "中旬": 20}.get(found["part"] or "", 31)
    return (int(found["year"] or 0), month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed thing of a form (a number, a text, a tick) with the cell it stands in.

    `value` is the number as printed (98.5 for `98.5%`), None where the text is not one figure. `stored` is what a
    workbook's number cell really holds, in the printed scale (86.2037… behind a cell that shows `86%`); None for
    texts. `row` and `column` are 0 where the figure stands in a paragraph.
    """

    text: str
    value: Decimal | None = None
    unit: str = ""
    sign: str = ""
    places: int = 0
    stored: Decimal | None = None
    kind: Kind = "text"
    formula: str | None = None
    sheet: str = ""
    row: int = 0
    column: int = 0

    @classmethod
    def of(cls, text: str, *, sheet: str = "", row: int = 0, column: int = 0) -> "Figure":
        """The figure that a text prints."""
        parsed = parse(text)
        return cls(
            text.strip(), parsed.number, parsed.unit, parsed.sign, parsed.places, sheet=sheet, row=row, column=column
        )

    @classmethod
    def of_cell(cls, cell: Cell, sheet: str) -> "Figure":
        """The figure that a cell shows, with what it stores."""
        parsed = parse(cell.text)
        stored = None
        if cell.kind == "number" and isinstance(cell.raw, Decimal):
            stored = cell.raw * 100 if parsed.unit == "%" else cell.raw
        return cls(
            cell.text.strip(),
            parsed.number,
            parsed.unit,
            parsed.sign,
            parsed.places,
            stored,
            cell.kind,
            cell.formula,
            sheet,
            cell.row,
            cell.column,
        )

    @property
    def exact(self) -> Decimal | None:
        """The best known number in the printed scale: what the cell stores, else what the text prints."""
        return self.value if self.stored is None else self.stored

    @property
    def percent(self) -> bool:
        """Whether the figure is printed with a percent sign."""
        return self.unit == "%"

    @property
    def address(self) -> str:
        """`D9`; empty for a figure outside the cells."""
        return address(self.row, self.column) if self.row else ""

    @property
    def reference(self) -> str:
        """`指标得分情况!D9`."""
        return f"{self.sheet}!{self.address}" if self.row else self.sheet


def money_factor(unit: str) -> Decimal | None:
    """How many 元 a money unit is worth (`万元`: 10 000); None for what is not a money unit."""
    return _MULTIPLES.get(unit)


def round_half_up(value: Decimal, places: int) -> Decimal:
    """A number at so many decimals, halves away from zero, as Excel's ROUND does."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


class Agreement(IntEnum):
    """How a printed figure stands to the exact one: `EQUAL` at its own precision, off by less than one unit of its last
    place (`ROUNDING`: cut off, or rounded twice), or `DIFFERENT`.
    """

    EQUAL = 0
    ROUNDING = 1
    DIFFERENT = 2


def compare(printed: Decimal, exact: Decimal, places: int) -> Agreement:
    """How a number printed with so many decimals agrees with the exact one."""
    if round_half_up(exact, places) == printed:
        return Agreement.EQUAL
    return Agreement.ROUNDING if abs(printed - exact) < Decimal(1).scaleb(-places) else Agreement.DIFFERENT


def agreement(figure: Figure, exact: Decimal) -> Agreement:
    """How a figure of a form agrees with an exact number in the figure's own scale.

    A number cell may show fewer decimals than it stores; it agrees when either what it shows or what it stores does.
    A figure without a number never agrees.
    """
    if figure.value is None:
        return Agreement.DIFFERENT
    shown = compare(figure.value, exact, figure.places)
    if figure.stored is None or shown is Agreement.EQUAL:
        return shown
    places = max(figure.places, -int(figure.stored.normalize().as_tuple().exponent))
    return min(shown, compare(figure.stored, exact, places))


def sum_agreement(figure: Figure, parts: list[Figure]) -> Agreement:
    """How a printed total agrees with its printed parts.

    Amounts that were rounded to two or more decimals one by one may miss their rounded total by half a unit of the last
    place each: that is `ROUNDING`. Whole numbers and tenths are taken as exact.
    """
    total = sum((part.exact or Decimal(0) for part in parts), Decimal(0))
    result = agreement(figure, total)
    if result is Agreement.DIFFERENT and figure.exact is not None:
        places = max([figure.places, *(part.places for part in parts)])
        slack = Decimal(len(parts) + 1) / 2 * Decimal(1).scaleb(-places)
        if places >= 2 and abs(figure.exact - total) <= slack:
            return Agreement.ROUNDING
    return result


def plain(value: Decimal) -> str:
    """A number without exponent or trailing zeros, as a person would write it: `98.5`, `100`, `-43.1602`."""
    text = format(value.normalize(_WIDE), "f")
    return "0" if text in ("-0", "") else text


def is_plain_number(text: str) -> bool:
    """Whether a text is nothing but a number (sign, thousands separators and decimals allowed)."""
    return _PLAIN.fullmatch(fold(text)) is not None
