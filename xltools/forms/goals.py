"""The goals block: what was planned, what it was changed to, what was reached."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from xltools.evaluation import Label
from xltools.figures import Figure
from xltools.forms.layout import Box, Sheet, one_line
from xltools.forms.tables import is_budget_header, is_indicator_header
from xltools.forms.vocabulary import EXACT, Match
from xltools.sheets.grid import Area

BY_PLACE = 0.7
"""How sure a goal label is whose wording is unknown and that is told by its place alone."""
SHORT = 10


@dataclass
class GoalsBlock:
    """What a goals block yields; `end` is the first row that no longer belongs to it."""

    end: int
    goals: dict[str, Figure] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)


def read_goals(sheet: Sheet, row: int) -> GoalsBlock | None:
    """The goals block that begins in a row; None where the row has no label of one."""
    labels = [(box, match) for box, match in sheet.labelled("goals", row) if box.area.top <= row]
    starting = [pair for pair in labels if pair[0].area.top == row]
    if not starting or is_indicator_header(sheet, row) or is_budget_header(sheet, row):
        return None
    stub: Box | None = None
    while len(labels) > 1 and _is_stub(labels[0][0], [match.field for _, match in labels]):
        stub = labels.pop(0)[0]
    if not labels:
        return None
    own = stub or labels[0][0]
    if more := _beside_labels(sheet, row, own):
        known = {own.area, *(box.area for box, _ in more)}
        stub, labels = own, more + [pair for pair in labels if pair[0].area not in known]
    if stub is None:
        stub = _plain_stub(sheet, row, labels[0][0])
    block = GoalsBlock(row + 1)
    areas = {box.area for box, _ in labels}
    for box, match in labels:
        figure, last = _value(sheet, box, stub, areas)
        block.labels.append(
            Label(
                "goals",
                match.field,
                one_line(box.text),
                sheet.grid.sheet,
                box.area.top,
                box.area.left,
                match.confidence,
            )
        )
        if figure is not None:
            block.goals.setdefault(match.field, figure)
        block.end = max(block.end, last + 1)
    return block


def read_beside(sheet: Sheet, rows: range, left: int) -> GoalsBlock:
    """Goals printed at the right of another table (from column `left` on), each label with its text beside it."""
    block = GoalsBlock(rows.stop)
    for row in rows:
        for box, match in sheet.labelled("goals", row):
            if box.area.left < left or box.area.top != row or match.confidence < EXACT:
                continue
            block.labels.append(
                Label("goals", match.field, one_line(box.text), sheet.grid.sheet, row, box.area.left, match.confidence)
            )
            beside = _beside(sheet, box)
            if beside is not None and beside[0] is not None:
                block.goals.setdefault(match.field, beside[0])
    return block


def _beside_labels(sheet: Sheet, row: int, stub: Box) -> list[tuple[Box, Match]]:
    """The short labels right of a goals block's own label (`年度总目标 | 年初设定 | … | 年末完成 | …`)."""
    boxes = [box for box in sheet.boxes(row) if box.area.left > stub.area.right and box.text]
    known = [sheet.match("goals_beside", box) for box in boxes]
    if len(boxes) == 2 and not any(sheet.match("goals", box) for box in boxes) and _heads_texts(sheet, stub, boxes):
        # Two short labels over two texts are what was planned and what was reached, whatever they are called.
        known = [match or Match(name, BY_PLACE) for match, name in zip(known, ("initial", "achieved"), strict=True)]
    found = [(box, match) for box, match in zip(boxes, known, strict=True) if match]
    return found if found and found[0][0] == boxes[0] else []


def _heads_texts(sheet: Sheet, stub: Box, boxes: list[Box]) -> bool:
    """Whether short boxes stand, within the block's label, each over a box of its width for a text (blank in a
    form that is still to be filled in).
    """
    for box in boxes:
        below = box.area.bottom + 1
        area = sheet.grid.area(below, box.area.left)
        same = (area.left, area.right) == (box.area.left, box.area.right) and area.top == below
        if len(box.text) > SHORT or not same or stub.area.bottom < below:
            return False
    return True


def _is_stub(box: Box, names: list[str]) -> bool:
    """Whether the first of several goal labels is the block's own name: taller, or of a later one's meaning."""
    return box.area.bottom > box.area.top or names[0] in names[1:]


def _plain_stub(sheet: Sheet, row: int, first: Box) -> Box | None:
    """A tall label left of the goal labels that is no goal label itself (项目基本情况)."""
    for box in sheet.boxes(row):
        if box.area.left < first.area.left and box.text and box.area.bottom > box.area.top:
            return box
    return None


def _value(sheet: Sheet, box: Box, stub: Box | None, labels: set[Area]) -> tuple[Figure | None, int]:
    """The text that belongs to a label, and the last row it takes: below it where the block's label runs on beside it,
    else at its right.
    """
    beside = _beside(sheet, box, labels)
    if beside is not None and not (stub and stub.area.bottom > box.area.bottom):
        return beside
    below, last = _below(sheet, box, stub)
    return (below, last) if below is not None or beside is None else beside


def _beside(sheet: Sheet, box: Box, labels: Collection[Area] = ()) -> tuple[Figure | None, int] | None:
    right = sheet.right_of(box)
    if right is None or not right.text or right.area in labels or _is_label(sheet, right):
        return None
    if right.area.top > box.area.top:
        return None
    heading = sheet.match("header", right)
    if heading is not None and heading.confidence == EXACT:
        return None
    return sheet.text_figure(right), box.area.bottom


def _below(sheet: Sheet, box: Box, stub: Box | None) -> tuple[Figure | None, int]:
    texts: list[Figure] = []
    last = box.area.bottom
    end = stub.area.bottom if stub and stub.area.bottom > box.area.bottom else box.area.bottom + 1
    for row in range(box.area.bottom + 1, min(end, sheet.last) + 1):
        if is_budget_header(sheet, row) or is_indicator_header(sheet, row) or len(sheet.labelled("goals", row)) > 1:
            break
        below = next(
            (
                other
                for other in sheet.boxes(row)
                if other.area.top == row
                and other.text
                and box.area.left <= other.area.left <= box.area.right
                and not (stub and other.area.left <= stub.area.right)
            ),
            None,
        )
        if below is None:
            continue
        if _is_label(sheet, below) or any(
            (match := sheet.match(block, below)) is not None and match.confidence == EXACT
            for block in ("header", "indicators")
        ):
            break
        if texts and _opens_other_block(sheet, row, box):
            break
        figure = sheet.text_figure(below)
        last = max(last, below.area.bottom)
        if figure is not None:
            texts.append(figure)
    if not texts:
        return None, last
    if len(texts) == 1:
        return texts[0], last
    return replace(texts[0], text="\n".join(figure.text for figure in texts), value=None), last


def _opens_other_block(sheet: Sheet, row: int, label: Box) -> bool:
    """Whether a row below the goals begins something else: a new label left of the goals' columns."""
    return any(box.area.left < label.area.left and box.area.top == row and box.text for box in sheet.boxes(row))


def _is_label(sheet: Sheet, box: Box) -> bool:
    """Whether a box is a goal label for sure: a short goal text (`达到目标`) may hold the words of one."""
    match = sheet.match("goals", box)
    return match is not None and match.confidence == EXACT
