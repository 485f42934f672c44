"""Finding the header rows of a form's tables, and which column holds which field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xltools.evaluation import Label
from xltools.figures import fold
from xltools.forms.layout import Box, Sheet, looks_like_number, one_line
from xltools.forms.vocabulary import EXACT, Match, core, points
from xltools.sheets.grid import Area

AMOUNTS = frozenset({"initial", "adjusted", "executed", "rate", "carry_over", "carried_in", "adjustment"})
VALUES = frozenset({"target", "actual", "weight", "score", "coefficient", "target_adjusted"})
NAMES = frozenset({"name", "level1", "level2"})
SAMPLE_ROWS = 8
"""How many rows below a header are looked at when two columns claim one field."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its field, the sheet columns it spans, and the label it was recognised by."""

    field: str
    left: int
    right: int
    box: Box
    match: Match

    def label(self, block: str, sheet: Sheet) -> Label:
        """The column's label as recognised."""
        area = self.box.area
        return Label(
            block,
            self.field,
            one_line(self.box.text),
            sheet.grid.sheet,
            area.top,
            area.left,
            self.match.confidence,
            points(self.box.text),
        )


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its columns from left to right, the first row below it, and the label of the whole block.

    `stub` is the tall label at the left (绩效指标) that begins in the header and runs down beside the table.
    """

    row: int
    below: int
    columns: tuple[Column, ...]
    stub: Box | None
    unknown: tuple[Box, ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of a field, or None."""
        return next((column for column in self.columns if column.field == name), None)

    def unknown_labels(self, block: str, sheet: Sheet) -> list[Label]:
        """The labels that no field was found for."""
        return [
            Label(block, "", one_line(box.text), sheet.grid.sheet, box.area.top, box.area.left, 0.0)
            for box in self.unknown
        ]


def is_indicator_header(sheet: Sheet, row: int) -> bool:
    """Whether a row names the columns of an indicator table."""
    labels = [
        (box, match)
        for box, match in sheet.labelled("indicators", row)
        if match.field != "ignore" and box.area.bottom >= row
    ]
    fields = {match.field for _, match in labels}
    amounts = [
        match for _, match in sheet.labelled("budget", row) if match.field in AMOUNTS and match.confidence == EXACT
    ]
    if len(amounts) >= 2 and not fields & {"name", "level2"}:
        return False  # a money table whose first column is called 类别
    starts_here = any(box.area.top == row and match.field in NAMES for box, match in labels)
    enough = 2 if any(match.mapped for _, match in labels) else 3
    return starts_here and len(labels) >= enough and bool(fields & VALUES) and len(fields) >= enough


def opens_indicator_header(sheet: Sheet, row: int) -> bool:
    """Whether a row is the upper part of an indicator header whose names stand in the next row."""
    return is_indicator_header(sheet, row + 1) and any(
        box.area.top == row and box.area.bottom > row for box, _ in sheet.labelled("indicators", row)
    )


def is_budget_header(sheet: Sheet, row: int) -> bool:
    """Whether a row names the columns of a money table (and does not hold label and value side by side)."""
    labels = [(box, match) for box, match in sheet.labelled("budget", row) if box.area.top == row]
    amounts = [box for box, match in labels if match.field in AMOUNTS]
    if len(amounts) < 2 or not {match.field for _, match in labels} & {"initial", "adjusted", "executed"}:
        return False
    return not any(
        (right := sheet.right_of(box)) is not None and looks_like_number(right.text) for box in amounts
    ) and not _alternates(sheet, row, amounts)


def _alternates(sheet: Sheet, row: int, labels: Sequence[Box]) -> bool:
    """Whether every label is followed by a blank or filled cell that is no label: label and value side by side."""
    rights = [sheet.right_of(box) for box in labels]
    no_label = [
        right is not None and (right.blank or sheet.match("budget", right) is None) and right.area.top == row
        for right in rights
    ]
    # A printed colon (`预算数：`) promises the value beside it.
    return all(no_label) and all(box.text.rstrip().endswith((":", "：")) for box in labels)


def read_header(sheet: Sheet, block: str, row: int) -> Header:
    """The header of the table whose (first) header row is given; a header may take several rows."""
    boxes = [box for box in sheet.boxes(row) if box.text]
    stub = _stub(sheet, block, row, boxes)
    labelled = [box for box in boxes if box != stub and box.area.top <= row]
    flat = [box for box in labelled if sheet.match(block, box) and box.area.top == row]
    below = max((box.area.bottom for box in labelled if sheet.match(block, box)), default=row) + 1
    below = min(below, row + 3)
    while below > row + 1 and any(looks_like_number(box.text) for box in sheet.filled(below - 1)):
        below -= 1  # a label merged down beside the first row of figures
    if below == row + 1 and flat and _is_subheader(sheet, block, row + 1, labelled):
        below = row + 2
    leaves = _leaves(sheet, block, labelled, row, below, stub)
    columns, unknown = _assign(sheet, block, leaves, below)
    if block == "budget":
        columns = _settle_budget(columns)
    return Header(row, below, columns, stub, unknown)


def _settle_budget(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A lone column of what was planned or approved is the year's budget, unless it says 年初."""
    fields = {column.field for column in columns}
    if "initial" not in fields or "adjusted" in fields or "adjustment" in fields:
        return columns
    return tuple(
        replace(column, field="adjusted") if column.field == "initial" and "年初" not in column.box.text else column
        for column in columns
    )


def _stub(sheet: Sheet, block: str, row: int, boxes: Sequence[Box]) -> Box | None:
    """The tall label at the left of a header row that runs on beside the table's rows."""
    first = min(boxes, key=lambda box: box.area.left)
    match = sheet.match(block, first)
    tall = first.area.bottom > row + 1 or (first.area.bottom > row and (match is None or match.field == "item"))
    others = [other for other in boxes if other != first and other.area.top == row]
    if (
        match
        and match.field in NAMES
        and not any((named := sheet.match(block, other)) and named.field in NAMES for other in others)
    ):
        return None
    if tall and others and first.area.bottom > max(min(other.area.bottom for other in others), row):
        return first
    return None


def _is_subheader(sheet: Sheet, block: str, row: int, parents: Sequence[Box]) -> bool:
    """Whether the row below a header splits one of its labels further (`预算数`: `小计`, `财政拨款`)."""
    wide = [box for box in parents if box.area.right > box.area.left]
    filled = sheet.filled(row)
    if not wide or not filled or any(looks_like_number(box.text) for box in filled):
        return False
    inside = [box for box in filled if any(p.area.left <= box.area.left <= p.area.right for p in wide)]
    known = [box for box in inside if sheet.match(block, box)]
    return len(known) >= 2 and len(known) * 2 >= len(filled)


def _leaves(
    sheet: Sheet, block: str, labelled: Sequence[Box], row: int, below: int, stub: Box | None
) -> list[tuple[Box, Area, Match | None]]:
    """The lowest labels of a header with the columns they stand over and what they mean."""
    leaves: list[tuple[Box, Area, Match | None]] = []
    inherited = _from_above(sheet, block, row, labelled)
    for box in labelled:
        parent = inherited.get(box.area) or sheet.match(block, box)
        if box.area.bottom >= below - 1:
            leaves.append((box, box.area, parent))
            continue
        parts = [
            part
            for part in sheet.columns(box.area.bottom + 1, box.area.left, box.area.right)
            if part.area.top == box.area.bottom + 1 and part != stub
        ]
        named = [(part, sheet.match(block, part)) for part in parts if part.text]
        if not any(match for _, match in named) or len(named) == 0:
            leaves.append((box, box.area, parent))
            continue
        if parent and not any(match and match.field in (parent.field, "total_column") for _, match in named):
            named = _inherit(named, parent)
        total = [pair for pair in named if pair[1] and pair[1].field == "total_column"]
        for part, match in named:
            if match and match.field in ("total_column", "item") and parent:
                match = parent if (part, match) in total[:1] else None
            leaves.append((part, part.area, match))
    return leaves


def _from_above(sheet: Sheet, block: str, row: int, labelled: Sequence[Box]) -> dict[Area, Match]:
    """What labels of a header's lower row inherit from a wider label right above them."""
    found: dict[Area, Match] = {}
    for above in sheet.filled(row - 1) if row > sheet.first else ():
        parent = sheet.match(block, above)
        if parent is None or above.area.bottom != row - 1 or above.area.left == above.area.right:
            continue
        below = [box for box in labelled if above.area.left <= box.area.left <= above.area.right]
        named = [(box, sheet.match(block, box)) for box in below if box.area.top == row]
        if any(match for _, match in named) and not any(match and match.field == parent.field for _, match in named):
            found.update({box.area: match for box, match in _inherit(named, parent) if match})
    return found


def _inherit(named: list[tuple[Box, Match | None]], parent: Match) -> list[tuple[Box, Match | None]]:
    """Of the parts of a split label, the first unknown one holds what it says (`指标值`: `符号`, `值`, `单位`)."""
    first = next((box for box, match in named if match is None), None)
    return [(box, parent if box == first else match) for box, match in named]


def _assign(
    sheet: Sheet, block: str, leaves: Iterable[tuple[Box, Area, Match | None]], below: int
) -> tuple[tuple[Column, ...], tuple[Box, ...]]:
    """One column a field: of two that claim it the surer, then the one its content supports, then the more usual."""
    claims: dict[str, list[Column]] = {}
    order: list[Column] = []
    unmatched: list[Box] = []
    for box, area, match in leaves:
        if match is not None and match.field == "nature" and "类" in core(fold(box.text)):
            match = _by_content(sheet, area, below, match)
        if match is None:
            unmatched.append(box)
            continue
        column = Column(match.field, area.left, area.right, box, match)
        claims.setdefault(match.field, []).append(column)
        order.append(column)
    unknown = []
    for box in unmatched:
        similar = _similar_column(sheet, block, box, below)
        if similar is not None and similar.field not in claims:
            claims[similar.field] = [similar]
            order.append(similar)
        else:
            unknown.append(box)
    if block == "budget" and len(claims.get("adjusted", ())) > 1:
        _tell_adjusted(claims, order)
    name_left = max((c.left for key in ("name", "level2") for c in claims.get(key, ())[:1]), default=0)
    chosen = {
        name: max(
            # `一级指标 | 权重 | 二级指标 | 权重 | 三级指标 | 权重`: the indicator's own weight stands behind its name.
            [column for column in columns if name != "weight" or column.left > name_left or column.match.mapped]
            or columns,
            key=lambda column: (
                column.match.mapped,
                column.match.confidence,
                _filled_share(sheet, column, below) if block == "budget" else 0,
                -column.match.rank,
                # Left of the names stand the block's label and the levels; elsewhere the first column is the usual one.
                column.left if name == "name" else -column.left,
            ),
        )
        for name, columns in claims.items()
        if name != "ignore"
    }
    kept = sorted((column for column in order if chosen.get(column.field) is column), key=lambda column: column.left)
    return tuple(kept), tuple(unknown)


def _tell_adjusted(claims: dict[str, list[Column]], order: list[Column]) -> None:
    """Of several budget columns the one that says 调整后 is the year's; another one then is the budget before it."""
    after = [
        column
        for column in claims["adjusted"]
        if any(word in column.box.text for word in ("调整后", "调剂后", "追加后"))
    ]
    if len(after) != 1:
        return
    others = [column for column in claims["adjusted"] if column is not after[0]]
    claims["adjusted"] = after
    if "initial" not in claims and len(others) == 1 and "到位" not in others[0].box.text:
        before = replace(others[0], field="initial")
        claims["initial"] = [before]
        order[order.index(others[0])] = before


def _by_content(sheet: Sheet, area: Area, below: int, nature: Match) -> Match:
    """指标类型 is the class of the indicators (一级指标) where it says 产出, 效益 …, else the nature (定量, 定性)."""
    rows = range(below, min(below + SAMPLE_ROWS, sheet.last + 1))
    texts = [text for row in rows if (text := fold(sheet.grid.text(row, area.left)))]
    classes = [text for text in texts if any(word in text for word in ("产出", "效益", "满意", "成本", "投入", "过程"))]
    return nature._replace(field="level1") if len(classes) * 2 > len(texts) else nature


def _similar_column(sheet: Sheet, block: str, box: Box, below: int) -> Column | None:
    """The column of a label whose wording is unknown but much like a known one, where its content does not deny it."""
    match = None if sheet.match("blocks", box) else sheet.vocabulary.similar(block, box.text)
    if match is None:
        return None
    column = Column(match.field, box.area.left, box.area.right, box, match)
    return column if block != "budget" or _filled_share(sheet, column, below) >= 0 else None


def _filled_share(sheet: Sheet, column: Column, below: int) -> int:
    """How many of the rows below hold a figure in a column, less those that hold words."""
    score = 0
    for row in range(below, min(below + SAMPLE_ROWS, sheet.last + 1)):
        for box in sheet.columns(row, column.left, column.right):
            if box.text and box.area.top == row:
                score += 1 if looks_like_number(box.text) or len(box.text) <= 2 else -1
    return score


def cell_in(sheet: Sheet, row: int, column: Column) -> Box | None:
    """What a row shows under a column: its first filled box there, be it merged down from an earlier row; or None."""
    for box in sheet.boxes(row):
        if box.text and box.area.left <= column.right and box.area.right >= column.left:
            begins = column.left <= box.area.left <= column.right
            if begins or (box.area.left < column.left and box.area.right <= column.right):
                return box
    return None
