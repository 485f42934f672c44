"""The form itself as a worksheet: labels, inputs, formulas, validations, and the cells that turn red."""

from typing import Any

from xltools.sheets.grid import column_letters
from xltools.templates.conditions import conditions
from xltools.templates.formulas import (
    NOISE,
    SCORE_DIGITS,
    agrees,
    both,
    exact_execution_score,
    exact_rate,
    form_formulas,
    grade_of,
    rate_digits,
)
from xltools.templates.inputs import guard
from xltools.templates.layout import AMOUNTS, BudgetLine, FormLayout, Placed
from xltools.templates.styles import Styles, page, protect, put, warn


def draw_form(sheet: Any, layout: FormLayout, look: Styles) -> None:
    """Draw the form on an empty worksheet."""
    description = layout.description
    for number, width in enumerate(description.widths, 1):
        sheet.column_dimensions[column_letters(number)].width = width
    for row, height in layout.heights.items():
        sheet.row_dimensions[row].height = height
    formulas = form_formulas(layout)
    titles = _titles(layout)
    for placed in layout.placed:
        if placed.slot.field:
            _field(sheet, layout, placed, formulas, titles, look)
        else:
            _label(sheet, placed, look)
    _guard_indicators(sheet, layout, titles)
    _warn_budget(sheet, layout, look)
    _warn_indicators(sheet, layout, look)
    _warn_totals(sheet, layout, look)
    last = column_letters(len(description.widths))
    page(
        sheet,
        description.orientation,
        last,
        layout.end,
        repeat=f"{layout.header_row}:{layout.header_row}",
        tall=description.pages,
    )
    protect(sheet)


def _label(sheet: Any, placed: Placed, look: Styles) -> None:
    style = placed.slot.style
    if style == "title":
        put(sheet, placed.area, placed.text, look.title, "center")
    elif style == "subtitle":
        put(sheet, placed.area, placed.text, look.subtitle, "center")
    elif style in ("line", "line-end"):
        put(sheet, placed.area, placed.text, look.text, "right" if style == "line-end" else "left")
    else:
        put(sheet, placed.area, placed.text or None, look.label, "center", look.border)


def _field(
    sheet: Any, layout: FormLayout, placed: Placed, formulas: dict[str, str], titles: dict[str, str], look: Styles
) -> None:
    name = placed.slot.field or ""
    field = layout.description.fields[name]
    formula = formulas.get(placed.address)
    value = placed.slot.preset if formula is None else f"={formula}"
    border = None if placed.slot.style == "line" else look.border
    font = look.bold if field.bold else look.text
    cell = put(sheet, placed.area, value, font, field.align, border, locked=formula is not None)
    cell.number_format = field.format
    if formula is None and name not in layout.columns:
        guard(sheet, placed.address, field, titles.get(placed.address, ""))


def _titles(layout: FormLayout) -> dict[str, str]:
    """The prompt title of every field: the label to its left, or the one above it."""
    labels: dict[tuple[int, int], str] = {}
    for placed in layout.placed:
        if placed.text:
            for row in range(placed.top, placed.bottom + 1):
                for column in range(placed.left, placed.right + 1):
                    labels[row, column] = placed.text.rstrip("：").replace("\n", "")
    amounts = {cell for line in layout.budget for cell in line.cells.values()}
    found: dict[str, str] = {}
    for placed in layout.placed:
        name, column = placed.slot.field, placed.left
        if not name:
            continue
        above = next((labels[row, column] for row in range(placed.top - 1, 0, -1) if (row, column) in labels), "")
        tabular = placed.address in amounts or name.startswith("goal") or name in layout.columns
        found[placed.address] = above if tabular else labels.get((placed.top, column - 1), above)
    return found


def _guard_indicators(sheet: Any, layout: FormLayout, titles: dict[str, str]) -> None:
    for name in layout.columns:
        field = layout.description.fields[name]
        first = layout.indicator(name, layout.first)
        guard(sheet, layout.column(name), field, titles[first], layout.indicator("weight", layout.first))


def _warn_budget(sheet: Any, layout: FormLayout, look: Styles) -> None:
    percent = layout.description.percent
    for line in layout.budget:
        cells = line.cells
        adjusted, executed, rate = cells["adjusted"], cells["executed"], cells["rate"]
        for name in AMOUNTS:
            cell = cells[name]
            wrong = f'IF({cell}="",FALSE,IF(ISNUMBER({cell}),{cell}<0,TRUE))'
            if name == "adjusted":
                wrong = f"OR({wrong},AND(N({executed})>0,N({adjusted})=0))"
            if layout.derived(line, name):
                parts = ",".join(part.cells[name] for part in layout.parts())
                wrong = f"OR({wrong},IF(COUNT({parts})>0,ABS(N({cell})-SUM({parts}))>{NOISE},FALSE))"
            if line.kind == "total":
                for part in layout.included():
                    inner = part.cells[name]
                    wrong = f"OR({wrong},IF(ISNUMBER({inner}),N({cell})<{inner}-{NOISE},FALSE))"
            warn(sheet, cell, wrong, look.red)
        warn(sheet, executed, f"IF({both(adjusted, executed)},{executed}>{adjusted}+{NOISE},FALSE)", look.yellow)
        exact = exact_rate(adjusted, executed, percent)
        warn(sheet, rate, _typed_otherwise(line, rate, exact, rate_digits(percent)), look.red)
        if "execution_score" in cells:
            score, weight = cells["execution_score"], cells["execution_weight"]
            exact = exact_execution_score(adjusted, executed, f"N({weight})")
            warn(sheet, score, _typed_otherwise(line, score, exact, SCORE_DIGITS), look.red)
            outside = f'IF({weight}="",FALSE,IF(ISNUMBER({weight}),OR({weight}<0,{weight}>100),TRUE))'
            warn(sheet, weight, outside, look.red)


def _typed_otherwise(line: BudgetLine, cell: str, exact: str, digits: int) -> str:
    """A figure that stands there although the amounts give another one."""
    adjusted, executed = line.cells["adjusted"], line.cells["executed"]
    differs = f"IF({adjusted}>0,NOT({agrees(cell, exact, digits)}),FALSE)"
    return f'IF({cell}="",FALSE,IF({both(cell)},IF({both(adjusted, executed)},{differs},FALSE),TRUE))'


def _warn_indicators(sheet: Any, layout: FormLayout, look: Styles) -> None:
    """Conditions are written for the first row with columns and the reasons' cell made absolute."""
    fixed = set(layout.header.get("reasons", ()))

    def locate(address: str) -> str:
        letters = address.rstrip("0123456789")
        number = address[len(letters) :]
        return f"${letters}${number}" if address in fixed else f"${letters}{number}"

    row = layout.first
    found = conditions(layout, row, locate)

    def cell(name: str) -> str:
        return locate(layout.indicator(name, row))

    def red(name: str, condition: str) -> None:
        warn(sheet, layout.column(name), condition, look.red)

    def open_(name: str, condition: str) -> None:
        warn(sheet, layout.column(name), condition, look.yellow)

    named = f'{cell("indicator")}<>""'
    red("indicator", f'AND({cell("indicator")}="",{found.used})')
    red("target", f"AND({found.no_target},{found.graded})")
    open_("target", f"AND({found.no_target},{named})")
    red("actual", f"AND({found.no_actual},{found.graded})")
    open_("actual", f"AND({found.no_actual},{named})")
    red("weight", f'IF({cell("weight")}="",{found.graded},{found.weight_wrong})')
    open_("weight", f'AND({cell("weight")}="",{named})')
    for name in layout.columns:
        choices = layout.description.fields[name].choices
        if choices:
            other = ",".join(f'{cell(name)}<>"{choice}"' for choice in choices)
            red(name, f'IF({cell(name)}="",FALSE,AND({other}))')
    unexplained = found.docked_silently
    if found.coefficient_off is not None and found.coefficient_range is not None:
        wrong = f"OR({found.coefficient_range},{found.coefficient_off},{unexplained})"
        red("coefficient", f'IF({cell("coefficient")}="",FALSE,{wrong})')
        open_("coefficient", f'AND({cell("coefficient")}="",{named})')
        red("score", f'IF({cell("score")}="",FALSE,OR({found.score_wrong},{found.coefficient_off}))')
        return
    wrong = f"OR({found.score_wrong},{found.full_though_missed or 'FALSE'})"
    red("score", f'IF({cell("score")}="",FALSE,{wrong})')
    open_("score", f'AND({cell("score")}="",{named})')
    red("note", f"OR({unexplained},{found.full_though_missed or 'FALSE'})")


def _warn_totals(sheet: Any, layout: FormLayout, look: Styles) -> None:
    weights, scores = layout.column("weight"), layout.column("score")
    scored = layout.scored().cells
    weight_sum = f"SUM({weights})+N({scored['execution_weight']})"
    cell = layout.header["total_weight"][0]
    # The total that is printed and the sum of what stands above it both have to be 100.
    wrong = f"OR(ABS({weight_sum}-100)>{NOISE},ABS(N({cell})-100)>{NOISE})"
    warn(sheet, cell, f"IF(COUNT({weights})>0,{wrong},FALSE)", look.red)
    for group in layout.groups:
        area = f"{layout.columns['weight']}${group.first}:{layout.columns['weight']}${group.last}"
        label = next(p for p in layout.placed if p.top == group.first and p.text and p.text.startswith(group.name))
        wrong = f"IF(COUNT({area})>0,ABS(SUM({area})-{group.full})>{NOISE},FALSE)"
        warn(sheet, label.area, wrong, look.red)
    total = layout.header["total"][-1]
    score_sum = f"SUM({scores})+N({scored['execution_score']})"
    for cell in layout.header["total"]:
        wrong = f"IF(ISNUMBER({cell}),OR({cell}>100,NOT({agrees(cell, score_sum, SCORE_DIGITS)})),TRUE)"
        warn(sheet, cell, f'IF({cell}="",FALSE,IF(COUNT({scores})>0,{wrong},FALSE))', look.red)
    for cell in layout.header["grade"]:
        wrong = f"IF(ISNUMBER({total}),{cell}<>{grade_of(total)},FALSE)"
        warn(sheet, cell, f'IF({cell}="",FALSE,{wrong})', look.red)
