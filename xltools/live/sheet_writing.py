"""A worksheet of our own, written into an open workbook with as few calls as its looks allow."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from xltools.live.applications import Application
from xltools.ooxml.new_sheet import NewSheet
from xltools.ooxml.styles_splice import Look
from xltools.sheets.grid import Area, quoted, span

if TYPE_CHECKING:
    import xlwings as xw
    from xlwings.base_classes import HorizontalAlignment, VerticalAlignment

_MOST_WIDTH = 255
_EDGES = ("edge_top", "edge_bottom", "edge_left", "edge_right")


def write_sheet(application: Application, book: "xw.Book", new: NewSheet) -> "xw.Sheet":
    """Put the sheet in front of all others; the application then shows it, and `frozen` stays in view.

    Its filter and its footer are left out: xlwings knows neither. Where something fails, no sheet is left behind.
    """
    sheet = application.add_sheet(book, new.name)
    try:
        if new.frozen:
            application.freeze(sheet, new.frozen)
        # What shows a sheet comes before the many changes, which are a step of their own.
        with application.one_step(book, new.name):
            _write(application, sheet, new)
    except BaseException:
        sheet.delete()
        raise
    for name, place in new.names.items():
        if name in book.names:
            book.names[name].delete()
        book.names.add(name, f"={quoted(sheet.name)}!{place}")
    return sheet


def _write(application: Application, sheet: "xw.Sheet", new: NewSheet) -> None:
    last = len(new.widths)
    area = sheet.range((1, 1), (max(len(new.rows), 1), last))
    looks = {(number, cell.column): cell.look for number, row in enumerate(new.rows, 1) for cell in row.cells}
    area.value = _values(new, application)
    area.font.size = Look().size
    area.wrap_text = True
    area.vertical_alignment = "center"
    for block, look in rectangles(looks):
        _dress(sheet.range(span(block)), look)
    for column, width in enumerate(new.widths, 1):
        sheet.range((1, column)).column_width = min(width, _MOST_WIDTH)
    for number, row in enumerate(new.rows, 1):
        if row.height is not None:
            sheet.range((number, 1)).row_height = row.height
    for merge in new.merges:
        sheet.range(span(merge)).merge()
    for number, row in enumerate(new.rows, 1):
        for cell in row.cells:
            if cell.link is not None:
                application.link(sheet.range((number, cell.column)), cell.link)


def rectangles(looks: Mapping[tuple[int, int], Look]) -> Iterator[tuple[Area, Look]]:
    """The cells' looks as few areas of one look each: down first, for a table's columns look alike."""
    done: set[tuple[int, int]] = set()
    for place in sorted(looks, key=lambda place: (place[1], place[0])):
        if place in done:
            continue
        (row, column), look = place, looks[place]
        bottom = row
        while looks.get((bottom + 1, column)) == look and (bottom + 1, column) not in done:
            bottom += 1
        right = column
        while all(
            looks.get((each, right + 1)) == look and (each, right + 1) not in done for each in range(row, bottom + 1)
        ):
            right += 1
        done.update((each, other) for each in range(row, bottom + 1) for other in range(column, right + 1))
        yield Area(row, column, bottom, right), look


def _values(new: NewSheet, application: Application) -> list[list[str | int | None]]:
    rows: list[list[str | int | None]] = []
    for row in new.rows:
        values: list[str | int | None] = [None] * len(new.widths)
        for cell in row.cells:
            # Texts stay texts: what a cell of the form holds may begin with an equals sign.
            values[cell.column - 1] = application.literal(cell.value) if isinstance(cell.value, str) else cell.value
        rows.append(values)
    return rows


def _dress(area: "xw.Range", look: Look) -> None:
    """Give an area a look, where it is not the one that the whole sheet has."""
    plain = Look()
    if look.size != plain.size:
        area.font.size = look.size
    if look.bold:
        area.font.bold = True
    if look.color is not None:
        area.font.color = f"#{look.color}"
    if look.fill is not None:
        area.color = f"#{look.fill}"
    if look.horizontal is not None:
        area.horizontal_alignment = cast("HorizontalAlignment", look.horizontal)
    if look.vertical != plain.vertical:
        area.vertical_alignment = cast("VerticalAlignment", look.vertical)
    if not look.wrap:
        area.wrap_text = False
    if look.border:
        rows, columns = area.shape
        sides = [*_EDGES, *["inside_horizontal"] * (rows > 1), *["inside_vertical"] * (columns > 1)]
        # Excel refuses lines between the cells of an area that has none.
        area.borders.set(sides, line_style="continuous", weight="thin", color="#A6A6A6")
