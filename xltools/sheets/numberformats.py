"""Number formats: a value as the application shows it, where that is plain; otherwise every digit of it.

Plain are General, fixed decimals with or without thousands separators, percent, text around the digits (`"第"0"名"`),
dates and times. What would hide or bend a figure is not imitated: a figure is shown even where the format says nothing
or `-`, a negative one keeps its sign, and formats that scale, split or convert digits show the value in full.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from math import isfinite
from typing import Literal

from xltools.sheets.grid import Kind, Raw

Shown = tuple[str, Raw, Kind]
"""What a cell shows, what it holds, and of which kind that is."""

# ECMA-376 part 1, 18.8.30; 14, 22 and 27 to 58 as the Chinese (zh-CN) application shows them.
_CURRENCY = r'"¥"#,##0{0};"¥"\-#,##0{0}'
_ACCOUNTING = r'_ {1}* #,##0{0}_ ;_ {1}* \-#,##0{0}_ ;_ {1}* "-"{2}_ ;_ @_ '
BUILTIN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: _CURRENCY.format(""),
    6: _CURRENCY.format(""),
    7: _CURRENCY.format(".00"),
    8: _CURRENCY.format(".00"),
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: r"#,##0;\-#,##0",
    38: r"#,##0;\-#,##0",
    39: r"#,##0.00;\-#,##0.00",
    40: r"#,##0.00;\-#,##0.00",
    41: _ACCOUNTING.format("", "", ""),
    42: _ACCOUNTING.format("", '"¥"', ""),
    43: _ACCOUNTING.format(".00", "", "??"),
    44: _ACCOUNTING.format(".00", '"¥"', "??"),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

Sort = Literal["general", "number", "date", "time", "elapsed", "text", "opaque"]

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | _. | \*.
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>(?i:General)|G/通用格式)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<fraction>(?<=[sS])\.0+)
    | (?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)
    | (?P<exponent>E[+-]) | (?P<percent>%) | (?P<text>@)
    | (?P<clock>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[eE]+|[aA]{3,4}|[bB]\d?|[gG]+)
    | (?P<plain>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_DAYS = ("一", "二", "三", "四", "五", "六", "日")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINARY = (Decimal("1E-10"), Decimal("1E+21"))


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format, understood.

    `sort` says what it makes of a number: `opaque` is every format that is not plain. `parts` are the pieces of a date
    or time in order, `decimals`, `grouped`, `percent`, `before` and `after` describe a number.
    """

    code: str
    sort: Sort
    decimals: tuple[int, int] = (0, 0)
    digits: int = 1
    grouped: bool = False
    percent: bool = False
    before: str = ""
    after: str = ""
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def is_date(self) -> bool:
        """Whether a number under this format is a date or a time of day."""
        return self.sort in ("date", "time")

    def show(self, value: Decimal) -> str:
        """A number as text; for a date format use `show_moment`."""
        if self.sort != "number":
            return plain(value)
        least, most = self.decimals
        scaled = value.scaleb(2, _EXACT) if self.percent else value
        rounded = abs(scaled.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, _EXACT))
        text = format(rounded, "f")
        whole, _, rest = text.partition(".")
        if most > least:
            rest = rest[:least] + rest[least:].rstrip("0")
        whole = whole.zfill(self.digits) if self.digits else whole.lstrip("0")
        if self.grouped and whole:
            whole = f"{int(whole):,}".rjust(len(whole), "0")
        # Digits of `#` alone would show nothing at all for a zero.
        text = f"{whole}.{rest}" if rest else whole or "0"
        sign = "-" if scaled < 0 and rounded else ""
        return f"{sign}{self.before}{text}{self.after}"

    def show_moment(self, moment: datetime) -> str:
        """A date or time as text."""
        half = any(kind == "half" for kind, _ in self.parts)
        return "".join(_piece(kind, token, moment, half) for kind, token in self.parts)

    def show_elapsed(self, days: Decimal) -> str:
        """A length of time, in days, as text."""
        seconds = int((days * 86_400).to_integral_value(ROUND_HALF_UP))
        shown = []
        for kind, token in self.parts:
            letter = token[:1].lower()
            if kind == "elapsed":
                number = seconds // {"h": 3600, "m": 60, "s": 1}[letter]
                shown.append(str(number).zfill(len(token)))
            elif kind == "minute":
                shown.append(str(seconds // 60 % 60).zfill(len(token)))
            elif letter == "s" and kind == "clock":
                shown.append(str(seconds % 60).zfill(len(token)))
            elif kind == "literal":
                shown.append(token)
        return "".join(shown)


def _piece(kind: str, token: str, moment: datetime, half: bool) -> str:
    width, letter = len(token), token[:1].lower()
    if kind == "literal":
        return token
    if kind == "minute":
        return str(moment.minute).zfill(min(width, 2))
    if kind == "half":
        morning, afternoon = token.split("/")
        return morning if moment.hour < 12 else afternoon
    if kind == "fraction":
        return f".{moment.microsecond:06d}"[:width]
    if letter == "y":
        return f"{moment.year % 100:02d}" if width <= 2 else f"{moment.year:04d}"
    if letter == "m":
        name = _MONTHS[moment.month - 1]
        return (str(moment.month), f"{moment.month:02d}", name[:3], name, name[:1])[min(width, 5) - 1]
    if letter == "d":
        name = _WEEKDAYS[moment.weekday()]
        return (str(moment.day), f"{moment.day:02d}", name[:3], name)[min(width, 4) - 1]
    if letter == "h":
        return str((moment.hour + 11) % 12 + 1 if half else moment.hour).zfill(min(width, 2))
    if letter == "s":
        return str(moment.second).zfill(min(width, 2))
    if letter == "a":
        return ("星期" if width > 3 else "") + _DAYS[moment.weekday()]
    return str(moment.year) if letter == "e" else ""


def plain(value: Decimal) -> str:
    """A number with all its digits and no exponent, unless it is too large or too small for that."""
    if not value:
        return "0"
    if _ORDINARY[0] <= abs(value) < _ORDINARY[1]:
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return format(value.normalize(), "E")


def number(text: str) -> Decimal:
    """A stored number at the fifteen significant digits that the application keeps.

    Raises ValueError where the text is not a finite number.
    """
    if len(text) <= 15 and text.strip("-.0123456789") == "" and text.count(".") <= 1 and text.rfind("-") <= 0:
        digits = text.strip("-")
        if digits and digits != ".":
            return Decimal(text)
    return from_double(float(text))


def from_double(value: float) -> Decimal:
    """A computed number at the fifteen significant digits that the application keeps.

    Raises ValueError where it is not finite.
    """
    if not isfinite(value):
        raise ValueError(f"not a finite number: {value!r}")
    return Decimal(f"{value:.15g}")


def moment(serial: Decimal, date1904: bool = False) -> datetime | date | time | None:
    """The date, time of day or both that a serial number means; None where it means none.

    Day 60 of the 1900 system, the 29th of February 1900, never was.
    """
    if serial < 0 or serial >= 2_958_466:
        return None
    days = int(serial)
    rest = serial - days
    seconds = (rest * 86_400_000).to_integral_value(ROUND_HALF_UP) / 1000
    if not date1904 and days == 60:
        return None
    if not days and (seconds or not date1904):
        clock = datetime(1900, 1, 1) + timedelta(milliseconds=int(seconds * 1000))
        return clock.time() if clock.day == 1 else None
    base = date(1904, 1, 1) if date1904 else date(1899, 12, 30 if days > 60 else 31)
    if days > (date.max - base).days:
        return None
    day = base + timedelta(days=days)
    if not seconds:
        return day
    return datetime.combine(day, time()) + timedelta(milliseconds=int(seconds * 1000))


def as_datetime(value: datetime | date | time) -> datetime:
    """A date or time of day as a full moment; a time of day on the epoch's first day."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return datetime.combine(date(1900, 1, 1), value)


def shown(value: Decimal, form: NumberFormat, date1904: bool = False) -> Shown:
    """A stored number as the application shows it, what it means (a number or a moment), and which of these it is."""
    if form.is_date:
        meant = moment(value, date1904)
        if meant is not None:
            return form.show_moment(as_datetime(meant)), meant, "date"
    if form.sort == "elapsed" and value >= 0:
        return form.show_elapsed(value), value, "number"
    return plain(value) if form.sort == "general" else form.show(value), value, "number"


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat:
    """The number format that a code describes; its first section decides."""
    sections = _sections(code)
    tokens = _tokens(sections[0])
    kinds = {kind for kind, _ in tokens}
    if not tokens or any(kind == "bracket" and _is_condition(text) for kind, text in tokens):
        return NumberFormat(code, "opaque")
    if "clock" in kinds or any(kind == "bracket" and _is_elapsed(text) for kind, text in tokens):
        return _date_format(code, tokens)
    if "general" in kinds:
        before, after = _around(tokens, "general")
        if before or after:
            return NumberFormat(code, "opaque")
        return NumberFormat(code, "general")
    if "text" in kinds:
        return NumberFormat(code, "text")
    return _plain_number(code, tokens)


def _tokens(section: str) -> list[tuple[str, str]]:
    matches = _TOKEN.finditer(section)
    return [(match.lastgroup, match[match.lastgroup]) for match in matches if match.lastgroup]


def _sections(code: str) -> list[str]:
    sections = [""]
    for match in re.finditer(r'"[^"]*"?|\\.|!.|\[[^\]]*\]|.', code, re.DOTALL):
        if match[0] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return sections


def _is_condition(bracket: str) -> bool:
    return bracket[:1] in ("<", ">", "=") or bracket.upper().startswith("DBNUM")


def _is_elapsed(bracket: str) -> bool:
    return bool(bracket) and set(bracket.lower()) in ({"h"}, {"m"}, {"s"})


def _currency(bracket: str) -> str:
    return bracket[1:].partition("-")[0] if bracket.startswith("$") else ""


def _around(tokens: list[tuple[str, str]], center: str) -> tuple[str, str]:
    """The literal text before and after the one token of kind `center`."""
    sides, side = ["", ""], 0
    for kind, text in tokens:
        if kind == center:
            side = 1
        elif kind == "percent":
            sides[side] += "%"
        elif kind in ("quoted", "escaped", "plain"):
            sides[side] += text
        elif kind == "bracket":
            sides[side] += _currency(text)
    return sides[0].lstrip(), sides[1].rstrip()


def _plain_number(code: str, tokens: list[tuple[str, str]]) -> NumberFormat:
    digits = [text for kind, text in tokens if kind == "digits"]
    kinds = [kind for kind, _ in tokens]
    percents = kinds.count("percent")
    if len(digits) != 1 or percents > 1 or "exponent" in kinds:
        return NumberFormat(code, "opaque")
    whole, _, fraction = digits[0].partition(".")
    # A comma behind the digits divides by a thousand.
    if whole.endswith(",") or ("," in whole and not re.fullmatch(r"[#0?]+(,[#0?]{3})+", whole)):
        return NumberFormat(code, "opaque")
    before, after = _around(tokens, "digits")
    if "/" in before + after and "?" in digits[0]:
        return NumberFormat(code, "opaque")
    least = len(fraction.rstrip("#")) if fraction.strip("#") else 0
    needed = whole.replace(",", "").replace("?", "#").lstrip("#").count("0")
    return NumberFormat(
        code, "number", (least, len(fraction)), needed, "," in whole, bool(percents), before.lstrip("-"), after
    )


def _date_format(code: str, tokens: list[tuple[str, str]]) -> NumberFormat:
    system = next((text for kind, text in tokens if kind == "bracket" and text.upper() == "$-F800"), None)
    if system:
        return NumberFormat(code, "date", parts=number_format(BUILTIN[31]).parts)
    parts: list[tuple[str, str]] = []
    for kind, text in tokens:
        if kind == "bracket":
            if _is_elapsed(text):
                parts.append(("elapsed", text))
        elif kind in ("clock", "half", "fraction"):
            parts.append((kind, text))
        elif kind in ("quoted", "escaped", "plain", "digits"):
            parts.append(("literal", text))
    parts = _with_minutes(parts)
    kinds = {kind for kind, _ in parts}
    letters = {token[:1].lower() for kind, token in parts if kind == "clock"}
    if "elapsed" in kinds:
        return NumberFormat(code, "elapsed", parts=tuple(parts))
    dated = letters & set("ymdeag")
    return NumberFormat(code, "date" if dated else "time", parts=tuple(parts))


def _with_minutes(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parts with every `m` that stands behind hours or before seconds marked as minutes."""
    clocks = [place for place, (kind, _) in enumerate(parts) if kind in ("clock", "elapsed")]
    marked = list(parts)
    for order, place in enumerate(clocks):
        token = parts[place][1]
        if parts[place][0] != "clock" or token[0] not in "mM" or len(token) > 2:
            continue
        previous = parts[clocks[order - 1]][1][0].lower() if order else ""
        following = parts[clocks[order + 1]][1][0].lower() if order + 1 < len(clocks) else ""
        if previous == "h" or following == "s":
            marked[place] = ("minute", token)
    return marked
