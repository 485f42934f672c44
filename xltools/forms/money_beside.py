"""Money printed otherwise than in rows of a table.

Label and value side by side (`预算数：| 110 | 执行数：| 100`), sources of funds in columns, and splits of the total in
text cells (`其中：一般公共预算：118.82`).
"""

from dataclasses import replace

from xltools.evaluation import BudgetRow, Label
from xltools.figures import Figure, fold, is_blank
from xltools.forms.layout import Box, Sheet, looks_like_number, one_line
from xltools.forms.money import BY, FUNDS, INLINE, VALUE_FIELDS, Depths, MoneyTable, settle, value_box, with_values
from xltools.forms.tables import AMOUNTS, Column, Header, is_indicator_header
from xltools.forms.vocabulary import EXACT, Match, points


def read_splits(sheet: Sheet, header: Header, table: MoneyTable, row: int, limit: int, group: int) -> int:
    """Splits of the total printed below it (`按收入性质分` beside `按支出性质分`), each part with its amount behind a
    colon or in the next cell.
    """
    heads = [box for box in sheet.filled(row) if BY.match(fold(box.text))] if row <= sheet.last else []
    if not heads:
        return row
    current = row + 1
    found: dict[int, list[BudgetRow]] = {index: [] for index in range(len(heads))}
    while current <= min(limit, sheet.last):
        boxes = [box for box in sheet.filled(current) if not (header.stub and box.area == header.stub.area)]
        if not boxes or is_indicator_header(sheet, current) or any(sheet.match("goals", box) for box in boxes):
            break
        for index, head in enumerate(heads):
            right = heads[index + 1].area.left - 1 if index + 1 < len(heads) else sheet.width
            inside = [box for box in boxes if head.area.left <= box.area.left <= right]
            part = _split_part(sheet, inside)
            if part is not None:
                found[index].append(replace(part, group=group + index + 1, row=current))
        current += 1
    column = _column_of_sum(table.rows, [row for rows in found.values() for row in rows], found)
    for index in range(len(heads)):
        table.rows.extend(_move(row, column) for row in found[index])
    return current


def _split_part(sheet: Sheet, boxes: list[Box]) -> BudgetRow | None:
    if not boxes:
        return None
    label = boxes[0]
    text = one_line(label.text)
    inline = INLINE.match(text)
    item = sheet.text_figure(label)
    if item is None or looks_like_number(text):
        return None
    if inline:
        amount = Figure.of(inline["amount"], sheet=item.sheet, row=item.row, column=item.column)
        return BudgetRow(item=replace(item, text=inline["item"].strip()), kind="part", adjusted=amount, depth=1)
    value = next((box for box in boxes[1:] if looks_like_number(box.text)), None)
    return BudgetRow(
        item=replace(item, text=text.rstrip(":：").strip()),
        kind="part",
        adjusted=sheet.figure(value) if value else None,
        depth=1,
    )


def _column_of_sum(rows: list[BudgetRow], parts: list[BudgetRow], split: dict[int, list[BudgetRow]]) -> str:
    """Which column the parts of a split belong to: the one whose total they add up to, else the budget of the year."""
    total = next((row for row in rows if row.kind == "total"), None)
    for name in ("adjusted", "executed", "initial"):
        figure = getattr(total, name) if total else None
        if figure is None or figure.exact is None:
            continue
        for group in split.values():
            amounts = [row.adjusted.exact for row in group if row.adjusted and row.adjusted.exact is not None]
            if amounts and sum(amounts) == figure.exact:
                return name
    return "adjusted"


def _move(row: BudgetRow, column: str) -> BudgetRow:
    if column == "adjusted" or row.adjusted is None:
        return row
    return with_values(replace(row, adjusted=None), {column: row.adjusted})


def read_turned(sheet: Sheet, row: int, group: int) -> MoneyTable | None:
    """Money printed with the sources of funds side by side and the amounts one below the other; None where the row does
    not begin such a table.
    """
    heads = [box for box in sheet.filled(row) if not looks_like_number(box.text)]
    lines: list[tuple[str, Box]] = []
    for below in range(row + 1, sheet.last + 1):
        label = next((box for box in sheet.filled(below) if not looks_like_number(box.text)), None)
        match = sheet.match("budget", label) if label else None
        if label is None or match is None or match.field not in VALUE_FIELDS:
            break
        right = sheet.right_of(label)
        if match.confidence < EXACT and not (right is not None and looks_like_number(right.text)):
            break
        lines.append((match.field, label))
    amounts = {name for name, _ in lines} & AMOUNTS
    if len(amounts) < 2 or not lines:
        return None
    edge = max(label.area.right for _, label in lines)
    sources = [box for box in heads if box.area.left > edge]
    if len(sources) < 2:
        return None
    table = MoneyTable(row + 1 + len(lines))
    table.texts = [box.text for box in sheet.boxes(row) if box.text]
    for name, label in lines:
        table.labels.append(
            Label("budget", name, one_line(label.text), sheet.grid.sheet, label.area.top, label.area.left)
        )
    depths = Depths()
    for source in sources:
        item = sheet.text_figure(source)
        kind, depth = depths.place(sheet, item, bool(table.rows))
        column = Column("adjusted", source.area.left, source.area.right, source, Match("adjusted", EXACT))
        values = {}
        for name, label in lines:
            box = value_box(sheet, label.area.top, column)
            figure = sheet.figure(box) if box else None
            if figure is not None:
                values[name] = figure
        table.rows.append(with_values(BudgetRow(item, kind, depth=depth, group=group, row=row), values))
    table.rows = settle(sheet, table.rows)
    return table


def read_pairs(sheet: Sheet, row: int, group: int) -> MoneyTable | None:
    """Money printed as label and value side by side, from this row on; None where the row holds no such pair."""
    pairs = _pairs(sheet, row)
    if not {name for name, _, figure in pairs if figure is not None} & {"initial", "adjusted", "executed"}:
        return None
    table = MoneyTable(row + 1)
    table.texts = [box.text for box in sheet.boxes(row) if box.text]
    current = row + 1
    amounts = [(name, label) for name, label, _ in pairs if name in AMOUNTS and name != "rate"]
    # Weight and score of the same total may take a row of their own.
    more = _pairs(sheet, current) if current <= sheet.last else []
    if more and not {name for name, _, _ in more} & {name for name, _, _ in pairs}:
        pairs += more
        current += 1
    values: dict[str, Figure] = {}
    for name, label, figure in pairs:
        if figure is not None:
            values.setdefault(name, figure)
        at, text = label.area, one_line(label.text)
        table.labels.append(Label("budget", name, text, sheet.grid.sheet, at.top, at.left, 1.0, points(text)))
    table.rows.append(with_values(BudgetRow(kind="total", group=group, row=row), values))
    while current <= sheet.last and len(amounts) >= 1:
        part = _pair_part(sheet, current, amounts)
        if part is None:
            break
        table.rows.append(replace(part, group=group, row=current))
        current += 1
    table.end = current
    return table


def _pairs(sheet: Sheet, row: int) -> list[tuple[str, Box, Figure | None]]:
    found: list[tuple[str, Box, Figure | None]] = []
    boxes = sheet.boxes(row)
    for index, box in enumerate(boxes):
        if not box.text or box.area.top != row:
            continue
        match = sheet.match("budget", box)
        if match and match.confidence == 1.0 and match.field in VALUE_FIELDS and match.field != "note":
            right = boxes[index + 1] if index + 1 < len(boxes) else None
            if right is not None and (is_blank(right.text) or looks_like_number(right.text)):
                found.append((match.field, box, sheet.figure(right)))
                continue
        inline = INLINE.match(one_line(box.text))
        if inline:
            match = sheet.vocabulary.match("budget", inline["item"])
            if match and match.confidence == 1.0 and match.field in AMOUNTS:
                text = inline["amount"]
                figure = Figure.of(text, sheet=sheet.grid.sheet, row=row, column=box.area.left)
                found.append((match.field, box, figure))
    return found


def _pair_part(sheet: Sheet, row: int, amounts: list[tuple[str, Box]]) -> BudgetRow | None:
    item: Figure | None = None
    values: dict[str, Figure] = {}
    for name, label in amounts:
        box = next((box for box in sheet.filled(row) if box.area.left == label.area.left), None)
        if box is None:
            continue
        text = one_line(box.text)
        inline = INLINE.match(text)
        bare = fold(inline["item"] if inline else text)
        if not any(word in bare for word in FUNDS) or sheet.vocabulary.match("goals", text):
            return None
        own = sheet.text_figure(box)
        if own is None:
            continue
        if item is None:
            item = replace(own, text=(inline["item"] if inline else text).rstrip(":：").strip())
        if inline:
            values[name] = Figure.of(inline["amount"], sheet=own.sheet, row=row, column=own.column)
            continue
        right = sheet.right_of(box)
        if right is not None and looks_like_number(right.text) and (figure := sheet.figure(right)):
            values[name] = figure
    return with_values(BudgetRow(item, "part", depth=1), values) if item is not None else None
