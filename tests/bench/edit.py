"""Editing one cell of a large workbook, side by side with openpyxl: `python -m tests.bench.edit [ROWS]`."""

import io
import sys
from decimal import Decimal

from openpyxl import Workbook, load_workbook

from tests.bench.fill import best
from xltools.edits import Edit
from xltools.ooxml.editing import apply


def main(arguments: list[str]) -> None:
    """Measure and print."""
    rows = int(arguments[0]) if arguments else 50_000
    data = large(rows)

    def by_openpyxl() -> bytes:
        book = load_workbook(io.BytesIO(data))
        book["数据"]["C100"] = 12.5
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    ours, theirs = best(lambda: apply(data, [Edit("数据", 100, 3, Decimal("12.5"))]), by_openpyxl)
    print(f"one cell of {rows} rows: {ours:.2f} s against openpyxl's {theirs:.2f} s, {theirs / ours:.1f} x")


def large(rows: int) -> bytes:
    """A workbook of so many rows of ten columns, numbers and texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    for number in range(rows):
        sheet.append([number, f"单位{number % 100}", *(number * 1.5 + column for column in range(8))])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
