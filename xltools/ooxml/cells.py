"""The XML of single cells: what a value looks like as stored, and a cell's bytes with another content."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from xltools.edits import Value
from xltools.errors import WorkbookError
from xltools.ooxml.markup import (
    Element,
    escape,
    escape_control,
    parse_fragment,
    tag_end,
    with_attribute,
    without_attributes,
)
from xltools.texts import say

# Most cells, for which there is no need of a parser: attributes in double quotes, and nothing but `<f>` and `<v>`.
_PLAIN_CELL = re.compile(
    rb"""(<((?:\w+:)?)c(?:\ [\w:]+="[^"<>]*")*/?>)
         (<\2f(?:\ [\w:]+="[^"<>]*")*(?:/>|>[^<]*</\2f>))?
         (?:<\2v>[^<]*</\2v>)?
         (?:</\2c>)?""",
    re.VERBOSE,
)
MAX_TEXT = 32_767
MAX_FORMULA = 8_192
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!"})


class Stored(NamedTuple):
    """A cell's content as stored: its type (`t`), the text of `<v>` or `<is>`, its formula without equals sign."""

    type: str
    value: str | None
    formula: str | None = None


EMPTY = Stored("n", None)


def stored_value(value: Value, *, date1904: bool = False) -> Stored:
    """A value as a cell stores it.

    Raises WorkbookError for what a cell cannot hold: too long a text, a number that is not finite, a date before the
    workbook's date system begins, a moment with a time zone.
    """
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return Stored("b", "1" if value else "0")
    if isinstance(value, str):
        if len(value.encode("utf-16-le", "surrogatepass")) // 2 > MAX_TEXT:
            raise WorkbookError(say("ooxml.text_too_long", length=len(value), limit=MAX_TEXT))
        return Stored("inlineStr", value)
    if isinstance(value, datetime | date | time):
        return Stored("n", _number_text(serial(value, date1904=date1904)))
    if isinstance(value, int | float | Decimal):
        return Stored("n", _number_text(value))
    raise WorkbookError(say("ooxml.value_unsupported", type=type(value).__name__))


def stored_formula(formula: str, result: Stored | None) -> Stored:
    """A formula, with or without its equals sign, and its result as a cell stores them; no result where it is None.

    Raises WorkbookError where the formula is empty or too long.
    """
    text = formula.removeprefix("=").strip()
    if not text or len(text) > MAX_FORMULA:
        raise WorkbookError(say("ooxml.formula_length", length=len(text), limit=MAX_FORMULA))
    if result is None:
        return Stored("n", None, text)
    if result.type == "inlineStr":
        return Stored("e" if result.value in ERRORS else "str", escape_control(result.value or ""), text)
    return Stored(result.type, result.value, text)


def serial(value: datetime | date | time, *, date1904: bool = False) -> Decimal:
    """The serial number of a date, moment or time of day; raises WorkbookError where there is none."""
    if isinstance(value, datetime | time) and value.tzinfo is not None:
        raise WorkbookError(say("ooxml.time_zone", value=value))
    if isinstance(value, time):
        return _fraction(value)
    day = value.date() if isinstance(value, datetime) else value
    days = (day - (date(1904, 1, 1) if date1904 else date(1899, 12, 30))).days
    # The 1900 system counts a 29th of February 1900 that never was.
    if not date1904 and days <= 60:
        days -= 1
    if days < (0 if date1904 else 1):
        raise WorkbookError(say("ooxml.date_too_early", value=value))
    return days + _fraction(value.time()) if isinstance(value, datetime) else Decimal(days)


def _fraction(value: time) -> Decimal:
    passed = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    return (
        (Decimal(passed // timedelta(microseconds=1)) / Decimal(86_400_000_000)).quantize(Decimal("1E-12")).normalize()
    )


def _number_text(value: int | float | Decimal) -> str:
    text = repr(value) if isinstance(value, float) else str(value)
    if text.lstrip("-+").lower() in ("nan", "inf", "infinity", "snan"):
        raise WorkbookError(say("ooxml.not_finite", value=text))
    return text.removesuffix(".0")


def cell_xml(tag: bytes, content: Stored, *, formula: bytes | None = None, rest: bytes = b"") -> bytes:
    """A cell's bytes: `tag` is its start tag (open or self-closed), whose type is set to fit the content.

    `formula` is the `<f>` element as it stands, where it is to be kept; `rest` whatever else the cell holds.
    """
    name = tag[1:].split(None, 1)[0].rstrip(b"/>")
    prefix = name[: name.rfind(b":") + 1]
    tag = without_attributes(tag, b"t", b"vm") if formula else without_attributes(tag, b"t", b"vm", b"cm")
    if content.type != "n":
        tag = with_attribute(tag, "t", content.type)
    inner = formula or b""
    if formula is None and content.formula is not None:
        inner = element_xml(prefix, b"f", escape(content.formula))
    if content.type == "inlineStr":
        text = element_xml(prefix, b"t", escape(content.value or ""), _space(content.value or ""))
        inner += b"<%sis>%s</%sis>" % (prefix, text, prefix)
    elif content.value is not None:
        value = content.value
        escaped = escape_stored(value)
        inner += element_xml(prefix, b"v", escaped, _space(value) if content.type == "str" else b"")
    inner += rest
    stem = tag.rstrip(b">").rstrip(b"/").rstrip() if tag.endswith(b"/>") else tag[:-1].rstrip()
    return stem + (b">" + inner + b"</" + name + b">" if inner else b"/>")


def element_xml(prefix: bytes, name: bytes, content: str, attributes: bytes = b"") -> bytes:
    """An element with text content that is escaped already."""
    return b"<%s%s%s>%s</%s%s>" % (prefix, name, attributes, content.encode(), prefix, name)


def escape_stored(text: str) -> str:
    """Text as it is stored, with its `_x000D_` escapes, as element content."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _space(text: str) -> bytes:
    return b' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else b""


class CellParts(NamedTuple):
    """A cell's bytes taken apart: start tag, `<f>`, and children other than `<f>`, `<v>`, `<is>`."""

    tag: bytes
    formula: bytes | None
    rest: bytes


def parts_of(cell: bytes) -> CellParts:
    """A cell's bytes taken apart; raises MarkupError where they are not one element."""
    plain = _PLAIN_CELL.fullmatch(cell)
    if plain:
        return CellParts(plain[1], plain[3], b"")
    element: Element = parse_fragment(cell)
    formula: bytes | None = None
    rest = b""
    for child in element.children:
        local = child.name.rpartition(":")[2]
        if local == "f":
            formula = cell[child.start : child.end]
        elif local not in ("v", "is"):
            rest += cell[child.start : child.end]
    return CellParts(cell[: tag_end(cell, 0)], formula, rest)


def changed_cell(cell: bytes, content: Stored | None, style: int | None) -> bytes:
    """An existing cell's bytes with another content (None: its own) and another style (None: its own)."""
    if content is None and style is None:
        return cell
    if content is None:
        stop = tag_end(cell, 0)
        return with_attribute(cell[:stop], "s", str(style)) + cell[stop:]
    parts = parts_of(cell)
    tag = parts.tag if style is None else with_attribute(parts.tag, "s", str(style))
    return cell_xml(tag, content, rest=parts.rest)


def cell_with_result(cell: bytes, result: Stored) -> bytes:
    """A formula cell's bytes with another stored result (an EMPTY one removes it); its formula keeps its bytes."""
    parts = parts_of(cell)
    content = Stored("str" if result.type == "inlineStr" else result.type, result.value)
    return cell_xml(parts.tag, content, formula=parts.formula, rest=parts.rest)


def cell_with_formula(cell: bytes, formula: str) -> bytes:
    """A formula cell's bytes with its formula written out; its stored result keeps its bytes."""
    element = parse_fragment(cell)
    old = next(child for child in element.children if child.name.rpartition(":")[2] == "f")
    prefix = old.name[: -len("f")].encode()
    return cell[: old.start] + element_xml(prefix, b"f", escape_stored(formula)) + cell[old.end :]


def new_cell(prefix: bytes, reference: str, content: Stored, style: int) -> bytes:
    """The bytes of a cell that was not there."""
    look = f' s="{style}"' if style else ""
    tag = b"<" + prefix + f'c r="{reference}"{look}/>'.encode()
    return cell_xml(tag, content)
