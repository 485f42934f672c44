"""What scoring changes, as text: every cell before and after with the reason, and what a person has to decide."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from xltools.figures import plain
from xltools.output.columns import pad, width, wrap
from xltools.score_writing import Change, Proposal
from xltools.texts import say


def render(
    path: Path, target: Path | None, changes: Sequence[Change], proposals: Sequence[Proposal], columns: int = 80
) -> str:
    """The changes of one workbook in lines of at most `columns`; `target` is None where nothing was written."""
    return "\n".join(_lines(path, target, changes, proposals, columns))


def _lines(
    path: Path, target: Path | None, changes: Sequence[Change], proposals: Sequence[Proposal], columns: int
) -> Iterator[str]:
    number = say("cli.score.changes" if changes else "cli.score.no_changes", number=len(changes))
    if target is None or target == path:
        yield say("cli.score.file", path=path, changes=number)
    else:
        yield say("cli.score.written", path=path, target=target, changes=number)
    several = len({change.sheet for change in changes}) > 1
    places = [f"{change.sheet}!{change.cell}" if several else change.cell for change in changes]
    room = max(map(width, places), default=0)
    for place, change in zip(places, changes, strict=True):
        start = f"  {pad(place, room)}  "
        indent = " " * width(start)
        before = " ".join(change.before.split()) or say("cli.text.blank")
        same = change.before == change.after and change.formula
        shown = say("cli.score.to_formula", text=before) if same else f"{before} → {change.after}"
        yield start + shown + (f"    {change.formula}" if change.formula else "")
        yield from wrap(change.why, columns, indent)
    if proposals:
        yield "  " + say("cli.score.open")
    for proposal in proposals:
        key, score = "cli.score.proposal", ""
        if proposal.score is not None:
            key, score = "cli.score.proposal.score", plain(proposal.score)
        text = say(key, row=proposal.row, indicator=proposal.indicator, score=score, why=proposal.why)
        yield from wrap(text, columns, "    ")
