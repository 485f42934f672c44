"""XML as a workbook package needs it: small parts as a tree with byte offsets, and text in and out of it."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MUST_ESCAPE = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class MarkupError(ValueError):
    """A part is not well-formed XML, or holds a document type declaration, which packages must not."""


@dataclass(slots=True)
class Element:
    """One element of a small part: names without prefix, and where its bytes begin and end."""

    name: str
    namespace: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def child(self, name: str) -> "Element | None":
        """The first child of that name, or None."""
        return next((child for child in self.children if child.name == name), None)

    def named(self, name: str) -> "list[Element]":
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def get(self, name: str, default: str = "") -> str:
        """An attribute by its local name, whatever its prefix."""
        if name in self.attributes:
            return self.attributes[name]
        return next((value for key, value in self.attributes.items() if key.endswith(f" {name}")), default)

    def truth(self, name: str, default: bool = False) -> bool:
        """A boolean attribute (`1`, `true`, `on`)."""
        value = self.get(name)
        return value in ("1", "true", "on") if value else default


def _refuse_doctype(*_: object) -> None:
    raise MarkupError("document type declaration")


def new_parser() -> expat.XMLParserType:
    """An expat parser with namespaces (`uri name`), whole texts, and no document type declarations."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def parse(data: bytes) -> Element:
    """The tree of a small part.

    Raises MarkupError where it is not well-formed.
    """
    return _tree(data, new_parser())


def parse_fragment(data: bytes) -> Element:
    """The tree of one element cut out of a part, whose prefixes it does not declare; names keep them.

    Raises MarkupError where it is not well-formed.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    return _tree(data, parser)


def _tree(data: bytes, parser: expat.XMLParserType) -> Element:
    root = Element("", "", {}, 0)
    stack = [root]
    texts: list[list[str]] = [[]]

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        element = Element(local, namespace, attributes, parser.CurrentByteIndex)
        stack[-1].children.append(element)
        stack.append(element)
        texts.append([])

    def end(name: str) -> None:
        element = stack.pop()
        element.text = "".join(texts.pop())
        element.end = element_end(data, element.start, parser.CurrentByteIndex, bool(element.children))

    def characters(text: str) -> None:
        texts[-1].append(text)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError) as error:
        raise MarkupError(str(error)) from None
    return root.children[0]


def tag_name(data: bytes, start: int) -> bytes:
    """The name with its prefix of the tag that begins at `start`."""
    stop = start + 1
    while data[stop] not in b" \t\r\n/>":
        stop += 1
    return data[start + 1 : stop]


def tag_end(data: bytes, start: int) -> int:
    """The offset behind the `>` of the tag that begins at `start`; a `>` inside an attribute does not end it."""
    quote = 0
    for position in range(start, len(data)):
        byte = data[position]
        if quote:
            if byte == quote:
                quote = 0
        elif byte in b"\"'":
            quote = byte
        elif byte == 0x3E:
            return position + 1
    raise MarkupError("unclosed tag")


def element_end(data: bytes, start: int, reported: int, has_children: bool = False) -> int:
    """The offset behind an element, from where expat reports its end.

    expat reports the beginning of `</name>`, but for `<name/>` the offset behind it.
    """
    closing = b"</" + tag_name(data, start)
    if data.startswith(closing, reported) and data[reported + len(closing)] in b"> \t\r\n":
        if not has_children and data[reported - 2 : reported] == b"/>" and tag_end(data, start) == reported:
            return reported
        return data.index(b">", reported) + 1
    return reported


def unescape(text: str) -> str:
    """Text as the workbook means it: `_x000D_` is a carriage return, `_x005F_` an underscore."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def escape_control(text: str) -> str:
    """Text as a workbook stores it: control characters as `_x000D_`, what would read as such an escape as text."""
    return _MUST_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def escape(text: str) -> str:
    """Text for element content: markup escaped, control characters as `_x000D_`."""
    text = escape_control(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quote(text: str) -> str:
    """Text for an attribute value in double quotes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def without_attributes(tag: bytes, *names: bytes) -> bytes:
    """A start tag without some of its attributes; everything else in it stays as it is."""
    pattern = rb"""\s+(?:%s)\s*=\s*(?:"[^"]*"|'[^']*')""" % b"|".join(names)
    return re.sub(pattern, b"", tag)


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag with an attribute set, in its old place where the tag has it already."""
    new = f'{name}="{quote(value)}"'.encode()
    pattern = rb"""(\s)%s\s*=\s*(?:"[^"]*"|'[^']*')""" % re.escape(name.encode())
    replaced, count = re.subn(pattern, lambda match: match[1] + new, tag, count=1)
    if count:
        return replaced
    stem = (tag[:-2] if tag.endswith(b"/>") else tag[:-1]).rstrip()
    return stem + b" " + new + tag[len(stem) :]


class Patch(NamedTuple):
    """Bytes to put in the place of those from `start` to `end`."""

    start: int
    end: int
    content: bytes


def patched(data: bytes, patches: list[Patch]) -> bytes:
    """The bytes with all patches applied; an insertion goes before a replacement that begins at the same place."""
    pieces: list[bytes] = []
    position = 0
    for start, end, content in sorted(patches, key=lambda patch: patch[:2]):
        if start < position:
            raise MarkupError("overlapping patches")
        pieces += (data[position:start], content)
        position = end
    pieces.append(data[position:])
    return b"".join(pieces)


def append_children(data: bytes, start: int, end: int, children: bytes, tag: bytes | None = None) -> list[Patch]:
    """Patches that add children behind the last one of the element from `start` to `end`.

    `tag` is the element's start tag where it changes too (a `count`, say).
    """
    stop = tag_end(data, start)
    old = data[start:stop]
    new = old if tag is None else tag
    if stop == end:
        return [Patch(start, end, new[:-2].rstrip() + b">" + children + b"</" + tag_name(data, start) + b">")]
    close = data.rindex(b"</", stop, end)
    return [*([Patch(start, stop, new)] if new != old else []), Patch(close, close, children)]
