"""Writes a replica as a workbook or as a document."""

from __future__ import annotations

import ast
import operator
import re
import zipfile
from pathlib import Path
from typing import Any

from tests.corpus.form import Form, FormError, Text, number_of, shown

_OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def write_xlsx(form: Form, target: Path) -> None:
    """Writes the form as a workbook, formulas with the printed figures as their stored results."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.cell import coordinate_to_tuple

    top, left = coordinate_to_tuple(str(form.meta.get("origin", "A1")))
    line = Side(style="thin")
    border = Border(line, line, line, line)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    formulas = {k if "!" in k else f"{form.sheets[0].name}!{k}": v for k, v in form.meta.get("formulas", {}).items()}
    book = Workbook()
    book.remove(book.active)
    for sheet in form.sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.name in form.hidden else "visible"
        for number, item in sheet.rows():
            y = top + number - 1
            if isinstance(item, Text):
                page.cell(y, left, item.text).alignment = middle
                page.cell(y, left).font = Font(size=14 if number == 1 else 11)
                if sheet.width > 1:
                    page.merge_cells(start_row=y, start_column=left, end_row=y, end_column=left + sheet.width - 1)
                continue
            for offset, cell in enumerate(item.cells):
                x = left + offset
                spot = page.cell(y, x)
                spot.border = border
                spot.alignment = middle
                if not cell.text:
                    continue
                figure = number_of(cell.text) if form.typed else None
                spot.value, spot.number_format = figure or (shown(cell.text), "General")
                formula = formulas.pop(f"{sheet.name}!{spot.coordinate}", None)
                if formula is not None:
                    spot.value, spot.number_format = formula, _decimals_of(cell.text)
                elif isinstance(spot.value, str):
                    spot.data_type = "s"  # `=100%` is what the cell says, not a formula
            for offset, cell in enumerate(item.cells):
                if (cell.width, cell.height) != (1, 1):
                    x = left + offset
                    page.merge_cells(None, y, x, y + cell.height - 1, x + cell.width - 1)
        for x in range(left, left + sheet.width):
            page.column_dimensions[get_column_letter(x)].width = 14
    if formulas:
        raise FormError(f"{form.slug}: a formula for an empty cell: {', '.join(formulas)}")
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    _store_results(target)


def _decimals_of(text: str) -> str:
    """The number format that rounds a formula's result to the decimals that the form prints."""
    decimals = len(text.rstrip("%").partition(".")[2])
    return "0" + ("." + "0" * decimals if decimals else "") + ("%" if text.endswith("%") else "")


def _store_results(target: Path) -> None:
    """openpyxl writes formulas without results; a workbook saved by Excel or WPS has them."""
    from openpyxl import load_workbook

    book = load_workbook(target)
    sheets = {f"xl/worksheets/sheet{i}.xml": page for i, page in enumerate(book, 1)}
    with zipfile.ZipFile(target) as archive:
        members = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in members:
            page = sheets.get(info.filename)

            def stored(match: re.Match[bytes], page: Any = page) -> bytes:
                return match[1] + f"<v>{_value(page, match[2].decode()):.15g}</v>".encode()

            if page is not None:
                data = re.sub(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*/?>(?:</v>)?', stored, data)
            archive.writestr(info, data)


def _value(page: Any, address: str) -> float:
    """The number in a cell, formulas of sums, references and the four operations worked out; a text counts 0."""
    content = page[address].value
    if isinstance(content, str) and content.startswith("=") and page[address].data_type == "f":
        plain = re.sub(r"SUM\((\w+:\w+)\)", lambda m: "(" + "+".join(_cells(page, m[1])) + ")", content[1:])
        return _worked_out(
            ast.parse(re.sub(r"[A-Z]+\d+", lambda m: f"({_value(page, m[0])!r})", plain), mode="eval").body
        )
    return float(content) if isinstance(content, int | float) else 0.0


def _cells(page: Any, area: str) -> list[str]:
    return [cell.coordinate for row in page[area] for cell in row]


def _worked_out(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_worked_out(node.operand)
    if isinstance(node, ast.BinOp):
        return float(_OPERATIONS[type(node.op)](_worked_out(node.left), _worked_out(node.right)))
    raise FormError(f"a formula that the corpus cannot work out: {ast.unparse(node)}")


def write_docx(form: Form, target: Path) -> None:
    """Writes the form as a document, its tables with real gridSpan and vMerge."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def element(tag: str, **attributes: str) -> Any:
        made = OxmlElement(tag)
        for key, value in attributes.items():
            made.set(qn(f"w:{key}"), value)
        return made

    document = Document()
    body = document.element.body
    for index, sheet in enumerate(form.sheets):
        if index:
            document.add_page_break()
        for block in sheet.blocks:
            if isinstance(block, Text):
                document.add_paragraph(block.text, style="Heading 1" if block.heading else None)
                continue
            table = document.add_table(0, 0, style="Table Grid")._tbl
            grid = table.tblGrid
            for _ in block[0].cells:
                grid.append(element("w:gridCol", w="1200"))
            for r, row in enumerate(block):
                line = element("w:tr")
                for c, cell in enumerate(row.cells):
                    source = cell.anchor or (r, c)
                    if source[1] != c:
                        continue
                    owner = block[source[0]].cells[source[1]]
                    box, traits = element("w:tc"), element("w:tcPr")
                    traits.append(element("w:tcW", w=str(1200 * owner.width), type="dxa"))
                    if owner.width > 1:
                        traits.append(element("w:gridSpan", val=str(owner.width)))
                    if owner.height > 1:
                        traits.append(element("w:vMerge", val="restart" if source == (r, c) else "continue"))
                    box.append(traits)
                    paragraphs = (shown(cell.text) if not cell.covered else "").split("\n")
                    for text in paragraphs:
                        paragraph = element("w:p")
                        if text:
                            run, content = element("w:r"), element("w:t")
                            content.text = text
                            content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                            run.append(content)
                            paragraph.append(run)
                        box.append(paragraph)
                    line.append(box)
                table.append(line)
            body.insert(-1, element("w:p"))
    target.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(target))
