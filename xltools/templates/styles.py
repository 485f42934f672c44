"""The look of the official forms: 方正小标宋 titles, 宋体 tables, thin lines; red for wrong, yellow for open."""

from dataclasses import dataclass
from typing import Any

TITLE_FONT, TEXT_FONT, LABEL_FONT = "方正小标宋简体", "宋体", "黑体"
TITLE_SIZE, SUBTITLE_SIZE, TEXT_SIZE = 20, 12, 10
RED, RED_TEXT = "FFFF8080", "FF9C0006"
YELLOW, YELLOW_TEXT = "FFFFF2B3", "FF7F6000"
WIDE_CHARACTER = 2.0
# Column widths count characters of the 11-point default font; the text is a little smaller.
TEXT_PER_WIDTH = 1.05


@dataclass(frozen=True)
class Styles:
    """openpyxl's style objects, made once a workbook."""

    default: Any
    title: Any
    subtitle: Any
    text: Any
    bold: Any
    label: Any
    border: Any
    red: Any
    yellow: Any


def styles() -> Styles:
    """The style objects of a workbook; openpyxl is imported here, on first use."""
    from openpyxl.styles import Border, Font, PatternFill, Side
    from openpyxl.styles.differential import DifferentialStyle

    side = Side(style="thin", color="FF000000")

    def warning(fill: str, text: str) -> DifferentialStyle:
        return DifferentialStyle(font=Font(color=text, bold=True), fill=PatternFill("solid", fill, fill))

    return Styles(
        default=Font(name=TEXT_FONT, size=11),
        title=Font(name=TITLE_FONT, size=TITLE_SIZE),
        subtitle=Font(name=TEXT_FONT, size=SUBTITLE_SIZE),
        text=Font(name=TEXT_FONT, size=TEXT_SIZE),
        bold=Font(name=TEXT_FONT, size=TEXT_SIZE, bold=True),
        label=Font(name=LABEL_FONT, size=TEXT_SIZE),
        border=Border(left=side, right=side, top=side, bottom=side),
        red=warning(RED, RED_TEXT),
        yellow=warning(YELLOW, YELLOW_TEXT),
    )


def alignment(horizontal: str, indent: int = 0) -> Any:
    """Vertically centred, wrapped text."""
    from openpyxl.styles import Alignment

    return Alignment(horizontal=horizontal, vertical="center", wrap_text=True, indent=indent)


def put(sheet: Any, area: str, value: object, font: Any, align: str, border: Any = None, *, locked: bool = True) -> Any:
    """Write one area: merge it, style all its cells (a merged area's border is drawn by each), set its value.

    Returns the top-left cell.
    """
    from openpyxl.styles import Protection

    first, *rest = [cell for row in _rows(sheet, area) for cell in row]
    for cell in (first, *rest):
        cell.font = font
        cell.alignment = alignment(align, indent=1 if align == "left" and border is not None else 0)
        # Excel asks every cell of a merged area whether it may be edited.
        cell.protection = Protection(locked=locked)
        if border is not None:
            cell.border = border
    first.value = value
    if rest:
        sheet.merge_cells(area)
    return first


def _rows(sheet: Any, area: str) -> Any:
    found = sheet[area]
    return found if isinstance(found, tuple) else ((found,),)


def page(
    sheet: Any, orientation: str, columns: str, last_row: int, *, repeat: str | None = None, tall: int = 0
) -> None:
    """A4, one page wide and `tall` pages high (0: any number), numbered below, the `repeat` rows on each page."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, tall
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.45
    margins.top, margins.bottom = 0.75, 0.7
    margins.header = margins.footer = 0.35
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter.center.size = 9
    sheet.print_area = f"A1:{columns}{last_row}"
    if repeat:
        sheet.print_title_rows = repeat
    sheet.sheet_view.showGridLines = False


def protect(sheet: Any) -> None:
    """Lock what is locked, without a password: a user may lift it; column widths, heights and filters stay free."""
    protection = sheet.protection
    protection.sheet = True
    # In this element False means "allowed".
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.autoFilter = protection.sort = False


def warn(sheet: Any, area: str, condition: str, look: Any) -> None:
    """A conditional format; the condition is written for the area's first cell."""
    from openpyxl.formatting.rule import Rule

    sheet.conditional_formatting.add(area, Rule(type="expression", dxf=look, formula=[condition], stopIfTrue=True))


def text_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column so many characters wide (a Chinese character is two wide)."""
    used = sum(WIDE_CHARACTER if ord(character) > 0x2E7F or character in "“”—…≥≤" else 1.0 for character in text)
    return max(1, -int(-used // (width * TEXT_PER_WIDTH)))
