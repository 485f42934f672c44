"""Taking notes of our own out of a sheet again, also after another application has saved them in its own way."""

from typing import NamedTuple

from xltools.ooxml.markup import Element, Patch, escape, parse, patched, tag_name, unescape
from xltools.ooxml.package import Package
from xltools.ooxml.workbook import SheetEntry
from xltools.sheets.grid import position

Parts = dict[str, bytes | None]
Place = tuple[int, int]


class _Remainder(NamedTuple):
    """The comments part without our notes, the cells that had one, and those that hold no note any more."""

    comments: bytes
    marked: frozenset[Place]
    gone: frozenset[Place]


def remove_notes(package: Package, sheet: SheetEntry, mark: str, parts: Parts) -> frozenset[Place]:
    """Cut every note of a sheet from `mark` on; a note that begins with it goes. What changes goes into `parts`.

    Returns the cells whose notes were cut or removed. Raises WorkbookError where a part is damaged.
    """
    related = package.relationships(sheet.part).values()
    comments = next((each.target for each in related if each.type.endswith("/comments")), None)
    if comments is None or comments not in package:
        return frozenset()
    remainder = _without(package.part(comments), mark)
    if not remainder.marked:
        return frozenset()
    parts[comments] = remainder.comments
    for each in related:
        if each.type.endswith("/vmlDrawing") and each.target in package:
            parts[each.target] = _without_shapes(package.part(each.target), remainder.gone)
    return remainder.marked


def _without(comments: bytes, mark: str) -> _Remainder:
    root = parse(comments)
    prefix = tag_name(comments, root.start).removesuffix(b"comments").decode()
    patches: list[Patch] = []
    gone: set[Place] = set()
    marked: set[Place] = set()
    entries = root.child("commentList")
    for entry in entries.children if entries else []:
        text = entry.child("text")
        whole = "".join(unescape(piece.text) for piece in _pieces(text)) if text else ""
        if mark not in whole:
            continue
        marked.add(position(entry.get("ref")))
        # An application may save one text as many runs: only the whole of it tells.
        if not whole.partition(mark)[0].strip():
            gone.add(position(entry.get("ref")))
            patches.append(Patch(entry.start, entry.end, b""))
        elif text is not None:
            patches += _cut(text, whole.index(mark), prefix)
    return _Remainder(patched(comments, patches), frozenset(marked), frozenset(gone))


def _pieces(text: Element) -> list[Element]:
    """The `<t>` of a plain text, or those of its runs."""
    found = []
    for child in text.children:
        piece = child if child.name == "t" else child.child("t") if child.name == "r" else None
        if piece is not None:
            found.append(piece)
    return found


def _cut(text: Element, length: int, prefix: str) -> list[Patch]:
    """Patches that leave so many characters of a note's text, and no line break at their end."""
    patches = []
    pieces = _pieces(text)
    owners = [child for child in text.children if child.name in ("t", "r") and (child.name == "t" or child.child("t"))]
    for piece, owner in zip(pieces, owners, strict=True):
        own = unescape(piece.text)
        if length <= 0:
            patches.append(Patch(owner.start, owner.end, b""))
        elif len(own) > length:
            kept = escape(own[:length].rstrip("\n"))
            content = f'<{prefix}t xml:space="preserve">{kept}</{prefix}t>'.encode()
            # A run of nothing is no text that a note may hold.
            if kept:
                patches.append(Patch(piece.start, piece.end, content))
            else:
                patches.append(Patch(owner.start, owner.end, b""))
        length -= len(own)
    return patches


def _without_shapes(drawing: bytes, gone: frozenset[Place]) -> bytes:
    patches = []
    for shape in parse(drawing).children:
        data = shape.child("ClientData") if shape.name == "shape" else None
        row, column = (data.child("Row"), data.child("Column")) if data is not None else (None, None)
        if row is not None and column is not None and (int(row.text) + 1, int(column.text) + 1) in gone:
            patches.append(Patch(shape.start, shape.end, b""))
    return patched(drawing, patches)
