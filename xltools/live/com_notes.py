"""Notes through COM: Excel keeps the box of a note as small as it is, and cuts off what has no room in it."""

from typing import Any

from xltools.live.applications import Fill
from xltools.live.com_errors import courtesy, optional
from xltools.output.columns import wrap

WIDTH = 240.0
"""Points that the box of a note is wide, at the least."""

_COLUMN, _LINE = 5.0, 13.5
"""Points that a letter is wide (a Chinese character is twice that) and a line high in a note's letters of 9 points."""

_MARGIN = 16.0
_MOST_HEIGHT = 600.0


def fit(comment: Any, text: str) -> None:
    """Make the box of a note large enough for its text; a larger one stays as it is."""
    with courtesy():
        shape = comment.Shape
        width = max(float(shape.Width), WIDTH)
        lines = sum(max(len(wrap(part, int((width - _MARGIN) / _COLUMN))), 1) for part in text.split("\n"))
        shape.Width = width
        shape.Height = max(float(shape.Height), min(lines * _LINE + _MARGIN, _MOST_HEIGHT))


def box(comment: Any) -> Fill:
    """How large the box of a note is, in points."""
    shape = optional(comment, "Shape")
    return {} if shape is None else {"noteWidth": float(shape.Width), "noteHeight": float(shape.Height)}


def refit(comment: Any, size: Fill) -> None:
    """Make the box of a note as large as `box` told it."""
    with courtesy():
        for name in ("Width", "Height"):
            if size.get(f"note{name}") is not None:
                setattr(comment.Shape, name, size[f"note{name}"])


def extend(comment: Any, text: str) -> None:
    """Write more at the end of a note; given the whole text, Excel would forget which letters of it are bold."""
    comment.Text(text, len(comment.Text()) + 1, False)


def shorten(comment: Any, text: str) -> None:
    """Leave of a note only the text that it begins with, its letters as they are."""
    with courtesy():
        comment.Shape.TextFrame.Characters(len(text) + 1).Delete()
    if comment.Text() != text:
        comment.Text(text)
