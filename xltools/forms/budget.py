"""The money block as a table: one row a source of funds."""

from dataclasses import replace

from xltools.evaluation import BudgetRow
from xltools.figures import Figure, fold, is_blank, parse
from xltools.forms.layout import Box, Sheet, looks_like_number, split_marks
from xltools.forms.money import BY, FUNDS, VALUE_FIELDS, Depths, MoneyTable, settle, value_box, with_values
from xltools.forms.money_beside import read_splits
from xltools.forms.tables import Column, Header, is_budget_header, is_indicator_header, read_header


def read_budget(sheet: Sheet, row: int, group: int) -> MoneyTable:
    """The money table whose header begins in a row."""
    header = read_header(sheet, "budget", row)
    columns = [column for column in header.columns if column.field in VALUE_FIELDS]
    columns += _total_column(header)
    table = MoneyTable(header.below)
    table.labels = [column.label("budget", sheet) for column in columns]
    table.unknown = [
        label for label in header.unknown_labels("budget", sheet) if not sheet.vocabulary.match("blocks", label.text)
    ]
    # A block label beside the header may be no taller than it: the texts of both tell the money unit and the points.
    table.texts = [box.text for box in sheet.boxes(row) if box.text]
    first = min(column.left for column in columns)
    limit = _limit(sheet, header)
    depths = Depths()
    current = header.below
    while current <= sheet.last and current <= limit:
        if current > header.below - 1 and (is_budget_header(sheet, current) or is_indicator_header(sheet, current)):
            break
        if any(BY.match(fold(box.text)) for box in sheet.filled(current)):
            break
        item = _item(sheet, header, current, first)
        if item is not None and fold(item.text) in ("栏次", "行次"):
            current += 1  # the numbers of the columns
            continue
        values = _values(sheet, columns, current)
        if not _belongs(sheet, header, current, item, values, limit):
            break
        if item is not None or values:
            kind, depth = depths.place(sheet, item, bool(table.rows))
            row_read = BudgetRow(item, kind, depth=depth, group=group, row=current)
            table.rows.append(with_values(row_read, values))
        current += 1
    table.rows = settle(sheet, table.rows)
    table.end = current
    split_end = read_splits(sheet, header, table, current, limit, group)
    table.end = max(table.end, split_end)
    return table


def _total_column(header: Header) -> list[Column]:
    """The 合计 column of a form whose columns are sources of funds: it holds the budget where no other column does."""
    total = header.column("total_column")
    if total is None or header.column("adjusted") or header.column("initial"):
        return []
    return [replace(total, field="adjusted")]


def _limit(sheet: Sheet, header: Header) -> int:
    """The last row that can belong to the table: where the block's label ends, else the end of the sheet."""
    if header.stub and header.stub.area.bottom >= header.below:
        return header.stub.area.bottom
    return sheet.last


def _item(sheet: Sheet, header: Header, row: int, first: int) -> Figure | None:
    """The row's own label: the text left of the amounts that begins in the row, the block's label left out."""
    stub = header.stub
    boxes = [
        box
        for box in sheet.boxes(row)
        if box.area.right < first
        and box.area.top == row
        and not is_blank(box.text)
        and not (stub and box.area == stub.area)
        and parse(box.text).number is None
        and fold(box.text).rstrip(":") != "其中"
    ]
    if not boxes:
        boxes = _label_beside_value(sheet, header, row, first)
    if not boxes:
        return None
    # A tall label holds the rows beside it together; of labels of one row the first names it, the others describe it.
    figure = sheet.text_figure(boxes[-1] if boxes[0].area.bottom > row else boxes[0])
    if figure is None:
        return None
    return replace(figure, text=figure.text.rstrip(":：").strip() or figure.text)


def _label_beside_value(sheet: Sheet, header: Header, row: int, first: int) -> list[Box]:
    """The label that stands inside the first amount's wide column, before the amount (`其中：财政资金 | 63`)."""
    column = next(column for column in header.columns if column.left == first)
    boxes = [box for box in sheet.columns(row, column.left, column.right) if box.text and box.area.top == row]
    return boxes[:1] if len(boxes) > 1 and not looks_like_number(boxes[0].text) else []


def _values(sheet: Sheet, columns: list[Column], row: int) -> dict[str, Figure]:
    found = {}
    for column in columns:
        box = value_box(sheet, row, column)
        if box is None:
            continue
        figure = sheet.text_figure(box) if column.field == "note" else sheet.figure(box)
        if figure is not None:
            found[column.field] = figure
    if "weight" not in found and "score" in found and (both := split_marks(found["score"])):
        found["score"], found["weight"] = both
    return found


def _belongs(
    sheet: Sheet, header: Header, row: int, item: Figure | None, values: dict[str, Figure], limit: int
) -> bool:
    """Whether a row still is one of the money table."""
    if limit < sheet.last or (header.stub and header.stub.area.bottom >= row):
        return True
    amounts = [figure for name, figure in values.items() if name != "note"]
    if any(figure.value is None and len(figure.text) > 12 for figure in amounts):
        return False
    if item is None:
        return (
            row == header.below
            and not any(sheet.match("goals", box) for box in sheet.filled(row))
            and (any(figure.value is not None for figure in amounts) or not sheet.filled(row))
        )
    name = fold(item.text)
    if sheet.vocabulary.match("goals", item.text) or sheet.vocabulary.match("remarks", item.text):
        return False
    known = any(word in name for word in FUNDS) or sheet.vocabulary.match("funds", item.text) is not None
    header_label = sheet.vocabulary.match("header", item.text)
    if header_label and not sheet.vocabulary.match("funds", item.text):
        return known and any(figure.value is not None for figure in amounts)
    return known or any(figure.value is not None for figure in amounts)
