"""The sheet 预算收支: budget, adjustment, accounts and carry-over of every fund, and 三公经费, closed by formulas."""

from typing import Any

from xltools.sheets.grid import column_letters
from xltools.templates.description import Balance, Field, year_line
from xltools.templates.formulas import NOISE, balance_formulas
from xltools.templates.inputs import guard
from xltools.templates.layout import BALANCE_FIELDS, PUBLIC_FIELDS, BalanceLayout
from xltools.templates.styles import Styles, page, protect, put, text_lines, warn

INPUTS = ("initial", "carried_in", "adjustment", "executed")
PUBLIC_INPUTS = ("budget", "actual")
ROW_HEIGHT = 24


def draw_balance(sheet: Any, layout: BalanceLayout, year: int, named_by: str, look: Styles) -> None:
    """Draw the sheet; `named_by` is the reference to the unit's (or project's) name on the form."""
    balance = layout.balance
    last = column_letters(len(balance.headers))
    for number, width in enumerate(balance.widths, 1):
        sheet.column_dimensions[column_letters(number)].width = width
    put(sheet, f"A1:{last}1", balance.title, look.title, "center")
    put(sheet, f"A2:{last}2", year_line(year), look.subtitle, "center")
    put(sheet, "A3:E3", f'=IF({named_by}="","",{named_by})', look.text, "left")
    put(sheet, f"F3:{last}3", balance.money_unit, look.text, "right")
    for number, height in ((1, 36), (2, 18), (3, 20), (layout.total - 1, 28)):
        sheet.row_dimensions[number].height = height
    formulas = balance_formulas(layout)
    _headers(sheet, layout.total - 1, balance.headers, look)
    for row, name in zip((layout.total, *layout.funds), (balance.total, *balance.funds), strict=True):
        fields = {field: layout.cell(field, row) for field in BALANCE_FIELDS}
        _line(sheet, row, name, fields, formulas, look)
    put(sheet, f"A{layout.public_title}:E{layout.public_title}", balance.public_title, look.label, "left")
    sheet.row_dimensions[layout.public_title].height = ROW_HEIGHT
    _headers(sheet, layout.public_title + 1, balance.public_headers, look)
    for row, name in zip((layout.public_total, *layout.public), (balance.public_total, *balance.public), strict=True):
        fields = {field: layout.public_cell(field, row) for field in PUBLIC_FIELDS}
        _line(sheet, row, name, fields, formulas, look)
    end = _notes(sheet, layout, last, look)
    _guard(sheet, layout)
    _warn_funds(sheet, layout, look)
    _warn_public(sheet, layout, look)
    page(sheet, "landscape", last, end, tall=1)
    protect(sheet)


def _headers(sheet: Any, row: int, headers: tuple[str, ...], look: Styles) -> None:
    for number, text in enumerate(headers, 1):
        put(sheet, f"{column_letters(number)}{row}", text, look.label, "center", look.border)
    sheet.row_dimensions[row].height = 28


def _line(sheet: Any, row: int, name: str, fields: dict[str, str], formulas: dict[str, str], look: Styles) -> None:
    put(sheet, f"A{row}", name, look.label, "left", look.border)
    for field, cell in fields.items():
        formula = formulas.get(cell)
        value = None if formula is None else f"={formula}"
        drawn = put(sheet, cell, value, look.text, "center", look.border, locked=formula is not None)
        drawn.number_format = "0.00" if field == "rate" else "General"
    sheet.row_dimensions[row].height = ROW_HEIGHT


def _notes(sheet: Any, layout: BalanceLayout, last: str, look: Styles) -> int:
    width = sum(layout.balance.widths)
    row = layout.end
    for row, note in enumerate(layout.balance.notes, layout.end + 1):
        put(sheet, f"A{row}:{last}{row}", note, look.text, "left")
        sheet.row_dimensions[row].height = 16 * text_lines(note, width)
    return row


def _guard(sheet: Any, layout: BalanceLayout) -> None:
    balance = layout.balance
    titles = dict(zip(BALANCE_FIELDS, balance.headers[1:], strict=True))
    for name in INPUTS:
        area = f"{layout.cell(name, layout.funds[0])}:{layout.cell(name, layout.funds[-1])}"
        guard(sheet, area, _amount(balance, name == "adjustment"), titles[name])
    titles = dict(zip(PUBLIC_FIELDS, balance.public_headers[1:], strict=True))
    for name in PUBLIC_INPUTS:
        area = f"{layout.public_cell(name, layout.public[0])}:{layout.public_cell(name, layout.public[-1])}"
        guard(sheet, area, _amount(balance, False), titles[name])


def _amount(balance: Balance, signed: bool) -> Field:
    if signed:
        return Field("adjustment", "signed", prompt=balance.adjustment_prompt, error=balance.adjustment_error)
    return Field("amount", "amount", prompt=balance.amount_prompt, error=balance.amount_error)


def _warn_funds(sheet: Any, layout: BalanceLayout, look: Styles) -> None:
    first, last = layout.funds[0], layout.funds[-1]

    def area(name: str, top: int = layout.total) -> str:
        return f"{layout.cell(name, top)}:{layout.cell(name, last)}"

    for name in ("initial", "carried_in", "executed"):
        cell = layout.cell(name, layout.total)
        warn(sheet, area(name), f'IF({cell}="",FALSE,IF(ISNUMBER({cell}),{cell}<0,TRUE))', look.red)
    row = layout.total
    inputs = f"{layout.cell('initial', row)}:{layout.cell('adjustment', row)}"
    adjusted, executed = layout.cell("adjusted", row), layout.cell("executed", row)
    carry_over = layout.cell("carry_over", row)
    cell = layout.cell("adjustment", row)
    warn(sheet, area("adjustment"), f'IF({cell}="",FALSE,NOT(ISNUMBER({cell})))', look.red)
    unbalanced = f"IF(COUNT({inputs})>0,ABS(N({adjusted})-SUM({inputs}))>{NOISE},FALSE)"
    spent = f"AND(N({executed})>0,N({adjusted})=0)"
    warn(sheet, area("adjusted"), f"OR({unbalanced},{spent},N({adjusted})<0)", look.red)
    rest = f"ABS(N({carry_over})-(N({adjusted})-N({executed})))>{NOISE}"
    warn(sheet, area("carry_over"), f"IF(COUNT({adjusted}:{executed})>0,{rest},FALSE)", look.red)
    over = f"IF(AND(ISNUMBER({adjusted}),ISNUMBER({executed})),{executed}>{adjusted}+{NOISE},FALSE)"
    warn(sheet, area("executed"), over, look.yellow)
    for name in BALANCE_FIELDS[:-1]:
        total, parts = layout.cell(name, row), area(name, first)
        warn(sheet, total, f"IF(COUNT({parts})>0,ABS(N({total})-SUM({parts}))>{NOISE},FALSE)", look.red)


def _warn_public(sheet: Any, layout: BalanceLayout, look: Styles) -> None:
    top, last = layout.public_total, layout.public[-1]
    for name in PUBLIC_INPUTS:
        cell = layout.public_cell(name, top)
        area = f"{cell}:{layout.public_cell(name, last)}"
        warn(sheet, area, f'IF({cell}="",FALSE,IF(ISNUMBER({cell}),{cell}<0,TRUE))', look.red)
        parts = f"{layout.public_cell(name, layout.public[0])}:{layout.public_cell(name, last)}"
        warn(sheet, cell, f"IF(COUNT({parts})>0,ABS(N({cell})-SUM({parts}))>{NOISE},FALSE)", look.red)
    budget, actual = layout.public_cell("budget", top), layout.public_cell("actual", top)
    area = f"{actual}:{layout.public_cell('actual', last)}"
    warn(sheet, area, f"N({actual})>N({budget})+{NOISE}", look.yellow)
