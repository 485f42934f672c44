"""Cell notes: the comments part, and the drawing that shows them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xltools.ooxml.markup import Patch, append_children, escape, parse, patched, tag_name, unescape
from xltools.ooxml.note_frame import WIDTH, Frame, note_height
from xltools.ooxml.sheet_index import SheetIndex
from xltools.sheets.grid import address

AUTHOR = "xltools"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    "</o:shapelayout>{shapes}</xml>"
)
_SHAPE_TYPE = (
    '<v:shapetype id="{id}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="{id}" type="#{type}" style="position:absolute;margin-left:80pt;margin-top:5pt;width:{width}pt;'
    'height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_NOTE_TYPE = "_x0000_t202"
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d+)")
_POINTS = 72 / 96

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class NoteParts:
    """The two parts that hold a sheet's notes."""

    comments: bytes
    drawing: bytes


def with_notes(
    comments: bytes | None, drawing: bytes | None, notes: Mapping[Place, str], frame: Frame | None = None
) -> NoteParts:
    """The parts with notes added; one that is there already is continued in a new paragraph.

    `frame` is the sheet's, so that a note is as large as its text asks for.

    Raises MarkupError where a part is not well-formed.
    """
    if comments is None:
        comments = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'.encode()
        comments += b"<authors/><commentList/></comments>"
    root = parse(comments)
    prefix = tag_name(comments, root.start).removesuffix(b"comments").decode()
    authors, entries = root.child("authors"), root.child("commentList")
    patches: list[Patch] = []
    names = [author.text for author in authors.children] if authors else []
    author = names.index(AUTHOR) if AUTHOR in names else len(names)
    if authors and author == len(names):
        name = f"<{prefix}author>{AUTHOR}</{prefix}author>".encode()
        patches += append_children(comments, authors.start, authors.end, name)
    there = {entry.get("ref").upper(): entry for entry in entries.children} if entries else {}
    new, shown = "", {}
    for (row, column), note in sorted(notes.items()):
        entry = there.get(address(row, column))
        text = entry.child("text") if entry else None
        if text is not None:
            run = _run(prefix, f"\n{note}")
            body = text.child("t")
            if body is not None:
                # Plain text and runs must not stand side by side.
                run = _run(prefix, unescape(body.text)) + run
                patches.append(Patch(text.start, text.end, f"<{prefix}text>{run}</{prefix}text>".encode()))
            else:
                patches += append_children(comments, text.start, text.end, run.encode())
            continue
        shown[row, column] = note
        new += f'<{prefix}comment ref="{address(row, column)}" authorId="{author}">'
        new += f"<{prefix}text>{_run(prefix, note)}</{prefix}text></{prefix}comment>"
    if new and entries:
        patches += append_children(comments, entries.start, entries.end, new.encode())
    return NoteParts(patched(comments, patches), _with_shapes(drawing, shown, frame or Frame(SheetIndex())))


def _run(prefix: str, text: str) -> str:
    font = f'<{prefix}rPr><{prefix}sz val="9"/><{prefix}color indexed="81"/><{prefix}rFont val="宋体"/></{prefix}rPr>'
    return f'<{prefix}r>{font}<{prefix}t xml:space="preserve">{escape(text)}</{prefix}t></{prefix}r>'


def _with_shapes(drawing: bytes | None, notes: Mapping[Place, str], frame: Frame) -> bytes:
    taken = drawing or b""
    shapes = ""
    if notes and f'id="{_NOTE_TYPE}"'.encode() not in taken:
        shapes += _SHAPE_TYPE.format(id=_NOTE_TYPE)
    number = max((int(found) for found in _SHAPE_NUMBER.findall(taken)), default=0)
    for (row, column), note in notes.items():
        number += 1
        values = {"width": WIDTH * _POINTS, "height": note_height(note) * _POINTS, "row": row - 1, "column": column - 1}
        anchor = frame.anchor(row, column, note)
        shapes += _SHAPE.format(id=f"_x0000_s{number:04d}", type=_NOTE_TYPE, anchor=anchor, **values)
    if drawing is None:
        return _DRAWING.format(shapes=shapes).encode()
    if not shapes:
        return drawing
    close = drawing.rindex(b"</")
    return drawing[:close] + _bound(drawing, shapes).encode() + drawing[close:]


def _bound(drawing: bytes, shapes: str) -> str:
    """Shapes whose prefixes the drawing may not declare under these names."""
    missing = {
        prefix: uri
        for prefix, uri in (
            ("v", "urn:schemas-microsoft-com:vml"),
            ("o", "urn:schemas-microsoft-com:office:office"),
            ("x", "urn:schemas-microsoft-com:office:excel"),
        )
        if f'xmlns:{prefix}="{uri}"'.encode() not in drawing
    }
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in missing.items())
    for name in ("v:shapetype", "v:shape"):
        shapes = shapes.replace(f"<{name} ", f"<{name}{declared} ")
    return shapes
