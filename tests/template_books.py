"""Filling the official templates, and reading what they then say and show."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from xltools.templates.description import load
from xltools.templates.layout import BalanceLayout, FormLayout, lay_out

ROOT = Path(__file__).parent.parent
NAMES = ("chongqing-department", "chongqing-department-2021", "mof-project-2020")
EXAMPLE = ROOT / "workbooks" / "examples" / "bishan-2021.xlsx"
Values = dict[str, dict[str, Any]]

HEADERS: dict[str, Any] = {
    "name": "测试单位",
    "project": "测试项目",
    "supervisor": "主管",
    "implementer": "实施",
    "finance_office": "财政处",
    "contact": "张三",
    "phone": "12345",
    "goal_initial": "目标",
    "goal_achieved": "完成",
}
WEIGHTS = {
    "chongqing-department": [9, 11, 10, 10, 10, 10, 10, 10, 10],
    "chongqing-department-2021": [9, 11, 10, 10, 10, 10, 10, 10, 10],
    "mof-project-2020": [20, 10, 5, 5, 5, 5, 0, 0, 0, 15, 0, 15, 0, 0, 0, 0, 0, 10, 0],
}
TARGETS = {"chongqing-department": (95, 96), "chongqing-department-2021": (95, 96), "mof-project-2020": ("≥95%", 0.96)}


def layout_of(name: str) -> FormLayout:
    return lay_out(load(name), load(name).year)


def filled(name: str, changes: Mapping[str, Any] | None = None) -> Values:
    """A right form, by sheet and cell: execution 80 of 100, ten points for it, every indicator at full marks."""
    layout, description = layout_of(name), load(name)
    form: dict[str, Any] = {}
    for field, cells in layout.header.items():
        if field in HEADERS:
            form[cells[0]] = HEADERS[field]
    for line in layout.budget:
        if line.kind != "total" or not layout.parts():
            share = 0 if line.item in ("上年结转资金", "其他资金") else 1
            amounts = {"initial": 90 * share, "adjusted": 100 * share, "executed": 80 * share}
            form |= {line.cells[field]: amount for field, amount in amounts.items()}
    target, actual = TARGETS[name]
    for row, weight in zip(layout.rows(), WEIGHTS[name], strict=False):
        if weight:
            values = {
                "indicator": f"指标{row}号",
                "unit": "%",
                "nature": description.fields["nature"].choices[0],
                "target": target,
                "actual": actual,
                "coefficient": 100,
                "weight": weight,
                "score": weight,
                "core": "是",
            }
            for field, value in values.items():
                if field in layout.columns and not (field == "score" and "coefficient" in layout.columns):
                    form[layout.indicator(field, row)] = value
    funds = BalanceLayout(description.balance)
    amounts = {"initial": 90, "carried_in": 4, "adjustment": 6, "executed": 80}
    balance: dict[str, Any] = {funds.cell(field, funds.funds[0]): amount for field, amount in amounts.items()}
    filled_in = {description.sheet: form, description.balance.sheet: balance}
    for cell, value in (changes or {}).items():
        sheet, _, address = cell.rpartition("!")
        filled_in[sheet or description.sheet][address] = value
    return filled_in


def written(data: bytes, values: Values) -> bytes:
    """The workbook with the values set and every result computed anew."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet, cells in values.items():
        for cell, value in cells.items():
            book[sheet][cell] = value
    return recalculated(book)


def recalculated(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return bytes(formualizer.recalculate_xlsx_bytes(buffer.getvalue())["bytes"])


def results(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def verdicts(data: bytes) -> dict[str, str]:
    """What the self-check says, by what it checks."""
    sheet = results(data)["自动校验"]
    rows = sheet.iter_rows(min_row=5, values_only=True)
    return {row[1]: row[5] for row in rows if row[1] and row[5]}


def verdict(data: bytes) -> str:
    return str(results(data)["自动校验"]["C3"].value)


def colours(data: bytes, sheet: str) -> dict[str, str]:
    """The cells of a sheet that a conditional format colours: its conditions are computed in spare cells beside it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book[sheet]
    spare: list[tuple[str, str, str]] = []
    for conditional in page.conditional_formatting:
        for rule in conditional.rules:
            colour = {"FFFF8080": "red", "FFFFF2B3": "yellow"}[rule.dxf.fill.bgColor.rgb]
            for area in conditional.sqref.ranges:
                first = f"{get_column_letter(area.min_col)}{area.min_row}"
                for row, column in area.cells:
                    cell = f"{get_column_letter(column)}{row}"
                    formula = Translator(f"={rule.formula[0]}", origin=first).translate_formula(cell)
                    spare.append((cell, colour, formula))
    for number, (_, _, formula) in enumerate(spare, 1):
        page.cell(number, 60, formula)
    computed = results(recalculated(book))[sheet]
    found: dict[str, str] = {}
    for number, (cell, colour, formula) in enumerate(spare, 1):
        answer = computed.cell(number, 60).value
        assert answer in (True, False, 0, 1), (cell, formula, answer)
        if answer:
            found.setdefault(cell, colour)
    return found


def snapshot(data: bytes) -> dict[str, Any]:
    """All that makes a workbook: cells with their looks and locks, merges, validations, formats, page, protection."""
    book, stored = openpyxl.load_workbook(io.BytesIO(data)), results(data)
    found: dict[str, Any] = {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                look = (cell.font, cell.border, cell.fill, cell.alignment, cell.protection)
                described = tuple(repr(part) for part in look)
                shown = stored[sheet.title][cell.coordinate].value
                found[f"{sheet.title}!{cell.coordinate}"] = (cell.value, shown, cell.number_format, described)
        found[f"{sheet.title} merges"] = sorted(map(str, sheet.merged_cells.ranges))
        found[f"{sheet.title} validations"] = [repr(rule) for rule in sheet.data_validations.dataValidation]
        found[f"{sheet.title} formats"] = [
            (str(item.sqref), [(rule.formula, repr(rule.dxf)) for rule in item.rules])
            for item in sheet.conditional_formatting
        ]
        page = (sheet.page_setup, sheet.page_margins, sheet.print_options, sheet.protection)
        found[f"{sheet.title} page"] = (
            *map(repr, page),
            sheet.oddFooter.center.text,
            sheet.print_area,
            sheet.print_title_rows,
            {key: item.width for key, item in sheet.column_dimensions.items()},
            {key: item.height for key, item in sheet.row_dimensions.items()},
        )
    return found
