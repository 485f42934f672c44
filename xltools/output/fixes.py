"""What fixing changes, as text: every cell before and after with the reason, and what was left alone."""

from collections.abc import Iterator
from pathlib import Path

from xltools.fixing import Fixed
from xltools.output import scores
from xltools.output.columns import wrap
from xltools.texts import say


def render(path: Path, target: Path, fixed: Fixed, columns: int = 80) -> str:
    """The changes of one workbook in lines of at most `columns`; `target` is `path` where nothing went elsewhere."""
    return "\n".join(_lines(path, target, fixed, columns))


def _lines(path: Path, target: Path, fixed: Fixed, columns: int) -> Iterator[str]:
    yield scores.render(path, target, fixed.changes, (), columns)
    if fixed.unfixed:
        yield "  " + say("fix.left")
    for item in fixed.unfixed:
        finding = item.finding
        text = say("fix.left.line", cell=finding.cell, code=finding.code, label=finding.label, reason=item.reason)
        yield from wrap(" ".join(text.split()), columns, "    ", "  ")
