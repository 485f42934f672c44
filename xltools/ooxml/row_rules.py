"""The rules behind a sheet's cells (validations, formats, links, breaks) after rows are put in or taken out."""

import re

from xltools.ooxml.markup import with_attribute
from xltools.ooxml.moving import Shift, moved_references

_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*?"""
_KINDS = (
    rb"conditionalFormatting|dataValidation|protectedRange|autoFilter|sortState|sortCondition|hyperlink|cellWatch|"
    rb"ignoredError"
)
_RULE = re.compile(
    rb"<(?P<prefix>(?:\w+:)?)(?P<kind>%s)(?=[\s/>])%s(?:/>|>(?:(?!<(?P=prefix)(?P=kind)[\s/>]).)*?</(?P=prefix)(?P=kind)>)"
    % (_KINDS, _ATTRIBUTES),
    re.DOTALL,
)
_START = re.compile(rb"<(?:\w+:)?(?P<kind>%s)(?=[\s/>])%s>" % (_KINDS, _ATTRIBUTES))
_AREAS = re.compile(rb"""\s(sqref|ref|r)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_GROUP = re.compile(
    rb"<(?P<prefix>(?:\w+:)?)(?P<kind>dataValidations|hyperlinks|ignoredErrors|protectedRanges|cellWatches)(?=[\s/>])"
    rb"(?P<attributes>%s)>(?P<inner>.*?)</(?P=prefix)(?P=kind)>" % _ATTRIBUTES,
    re.DOTALL,
)
_SQREF = re.compile(rb"(<(?P<tag>(?:\w+:)?sqref)>)([^<]*)(</(?P=tag)>)")
_BREAK = re.compile(rb'(<(?:\w+:)?brk\b[^>]*?\sid=")(\d+)(")')
_GROWING = frozenset({b"conditionalFormatting", b"dataValidation", b"protectedRange", b"ignoredError"})
"""What guards the row above new ones guards them too; a link or a filter does not."""


def without_lost_rules(tail: bytes, shift: Shift) -> bytes:
    """What stands behind the cells, without the rules all of whose cells are taken out."""
    if shift.count > 0:
        return tail

    def keep(match: re.Match[bytes]) -> bytes:
        areas = _AREAS.search(match[0][: match[0].find(b">") + 1]) or _AREAS.search(match[0])
        return match[0] if areas is None or moved_references(_text(areas), shift, grows=False) else b""

    def count_anew(match: re.Match[bytes]) -> bytes:
        inner = match["inner"]
        if not inner.strip():
            return b""
        name = match["prefix"] + match["kind"]
        tag = b"<" + name + match["attributes"] + b">"
        if re.search(rb"\scount\s*=", tag):
            tag = with_attribute(tag, "count", str(len(_RULE.findall(inner))))
        return tag + inner + b"</" + name + b">"

    return _GROUP.sub(count_anew, _RULE.sub(keep, tail))


def moved_rules(tail: bytes, shift: Shift) -> bytes:
    """What stands behind the cells, with the areas of its rules and its page breaks where they are afterwards."""

    def moved(match: re.Match[bytes]) -> bytes:
        areas = _AREAS.search(match[0])
        if areas is None:
            return match[0]
        new = moved_references(_text(areas), shift, grows=match["kind"] in _GROWING)
        return with_attribute(match[0], areas[1].decode(), new)

    def moved_element(match: re.Match[bytes]) -> bytes:
        return match[1] + moved_references(match[3].decode(), shift, grows=True).encode() + match[4]

    tail = _SQREF.sub(moved_element, _START.sub(moved, tail))
    return _BREAK.sub(lambda match: match[1] + str(shift.row(int(match[2]))).encode() + match[3], tail)


def _text(areas: re.Match[bytes]) -> str:
    return (areas[2] or areas[3] or b"").decode()
