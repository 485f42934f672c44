"""Text in columns: Chinese characters take two columns of a terminal, so `len` does not do."""

import unicodedata
from collections.abc import Iterable, Sequence

_NOT_FIRST = frozenset("，。、；：？！）》」』】”’％%…,.;:?!)]}")
"""Marks that must not begin a line."""

_NOT_LAST = frozenset("（《「『【〔“‘([{")
"""Marks that must not end a line."""


def width(text: str) -> int:
    """How many terminal columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """A text followed by blanks up to so many columns."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """A text cut to so many columns, an ellipsis at its end where something was left out."""
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept) + _columns(character) > columns - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def wrap(text: str, columns: int, indent: str = "", hang: str = "") -> list[str]:
    """A text as lines of at most so many columns, each after `indent`; its own line breaks are kept.

    A line breaks at blanks and between Chinese characters, never before a closing mark. All lines but the first of a
    paragraph stand after `hang` too.
    """
    room = max(columns - width(indent) - width(hang), 10)
    lines = []
    for part in text.splitlines():
        first, *rest = _wrapped(part, room)
        lines += [indent + first, *(indent + hang + line for line in rest)]
    return lines


def unwrap(text: str) -> str:
    """A text with the lines of each paragraph joined; headings (`#`) and drawn forms (`|`) stay lines of their own."""
    lines: list[str] = []
    for line in text.splitlines():
        last = lines[-1] if lines else ""
        if last and line and last[0] not in "#|" and line[0] not in "#|":
            # Chinese text needs no blank where its source line was broken.
            seam = " " if _columns(last[-1]) < 2 and _columns(line[0]) < 2 else ""
            lines[-1] = last + seam + line
        else:
            lines.append(line)
    return "\n".join(lines)


def _wrapped(text: str, room: int) -> list[str]:
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        size = width(piece)
        if used + width(piece.rstrip()) > room and line:
            lines.append(line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()
            size = width(piece)
        line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() else lines or [""]


def _pieces(text: str) -> list[str]:
    """The parts of a text that stay together: words with the blanks behind them, wide characters with their marks."""
    pieces: list[str] = []
    for character in text:
        last = pieces[-1][-1] if pieces else ""
        joined = (
            character in _NOT_FIRST
            or character == " "
            or last in _NOT_LAST
            or (last != " " and _columns(character) < 2 and bool(last) and _columns(last) < 2)
        )
        if pieces and joined:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def table(rows: Iterable[Sequence[str]], columns: int | None = None, gap: int = 2) -> list[str]:
    """Rows as aligned lines; with `columns` the last column is cut so that the lines fit."""
    listed = [list(row) for row in rows]
    if not listed:
        return []
    sizes = [max(width(row[place]) for row in listed) for place in range(len(listed[0]))]
    lines = []
    for row in listed:
        line = (" " * gap).join(pad(text, size) for text, size in zip(row, sizes, strict=True)).rstrip()
        lines.append(cut(line, columns) if columns else line)
    return lines
