"""What scoring changes, as text: every cell before and after with the reason, and what is left to a person."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from xltools.figures import plain
from xltools.output.columns import pad, width, wrap
from xltools.score_writing import Change, Guard, LeftOut, Proposal
from xltools.texts import say


def render(
    path: Path,
    target: Path | None,
    changes: Sequence[Change],
    proposals: Sequence[Proposal],
    columns: int = 80,
    *,
    guards: Sequence[Guard] = (),
    left_out: Sequence[LeftOut] = (),
) -> str:
    """The changes of one workbook in lines of at most `columns`; `target` is None where nothing was written.

    Then what was left out, the data validations that are added, one line per column, and the scores for a person.
    """
    lines = [*_changed(path, target, changes, columns), *_not_written(left_out, columns), *_guarded(guards, columns)]
    return "\n".join([*lines, *_proposed(proposals, columns)])


def _changed(path: Path, target: Path | None, changes: Sequence[Change], columns: int) -> Iterator[str]:
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


def _not_written(left_out: Sequence[LeftOut], columns: int) -> Iterator[str]:
    for entry in left_out:
        text = say("cli.score.left_out", label=entry.label, cell=entry.cell, why=entry.why)
        yield from wrap(text, columns, "  ")


def _guarded(guards: Sequence[Guard], columns: int) -> Iterator[str]:
    if guards:
        yield "  " + say("cli.score.guards")
    several = len({guard.sheet for guard in guards}) > 1
    for guard in guards:
        cells = f"{guard.sheet}!{guard.cells}" if several else guard.cells
        yield from wrap(say("cli.score.guard", cells=cells, label=guard.label, rule=guard.rule), columns, "    ")


def _proposed(proposals: Sequence[Proposal], columns: int) -> Iterator[str]:
    if proposals:
        yield "  " + say("cli.score.open")
    for proposal in proposals:
        key, score = "cli.score.proposal", ""
        if proposal.score is not None:
            key, score = "cli.score.proposal.score", plain(proposal.score)
        text = say(key, row=proposal.row, indicator=proposal.indicator, score=score, why=proposal.why)
        yield from wrap(text, columns, "    ")
