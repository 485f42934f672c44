"""A form that is open in Excel is read as its file is, and within the calls that this may take."""

from pathlib import Path

from tests.live.com_fakes import windows
from tests.live.compared import differences
from tests.live.excel_model import Application, DefinedName, Range, Window, Worksheet
from tests.live.excel_parts import Rule
from xltools.live import excel
from xltools.live.com_guards import OPERATORS, TYPES
from xltools.live.source import read
from xltools.sheets import read_book
from xltools.sheets.grid import Book, Validation

FORM = Path(__file__).parents[2] / "workbooks" / "examples" / "bishan-2021.xlsx"
ERROR = -2146828288
CODES = {"#DIV/0!": 2007, "#VALUE!": 2015, "#REF!": 2023}


def _opened(file: Book) -> Application:
    """Excel with the cells of a file's sheets, their formats and merged areas."""
    server = Application(FORM.name, sheets=[grid.sheet for grid in file.grids])
    for grid, sheet in zip(file.grids, server.ActiveWorkbook.sheets.members, strict=True):
        for place, cell in grid.cells.items():
            stored = sheet.cell(*place)
            if cell.kind == "error":
                stored.value = ERROR + CODES[cell.text]
            else:
                stored.value = float(cell.raw) if cell.kind == "number" else cell.raw
            stored.formula = cell.formula
            stored.number_format = cell.number_format
        for place, code in grid.blank_formats.items():
            sheet.cell(*place).number_format = code
        sheet.kept["ProtectContents"] = grid.unlocked is not None
        sheet.unlocked = grid.unlocked or frozenset()
        for rule in grid.validations:
            _guard(sheet, rule)
        sheet.merges = [Range(sheet, *area) for area in grid.merges]
        sheet.hidden |= {("row", row) for row in grid.hidden_rows} | {("column", each) for each in grid.hidden_columns}
    book = server.ActiveWorkbook
    book.Names.members += [
        DefinedName(server.server, Name=name.replace("_xlnm.", ""), RefersTo=f"={meaning}")
        for name, meaning in file.defined_names.items()
    ]
    # Wherever the user is, the rules read the same.
    book.ActiveSheet.Range("C7").Select()
    return server


def _guard(sheet: Worksheet, rule: Validation) -> None:
    literal = rule.type == "list" and rule.formula1 is not None and rule.formula1.startswith('"')
    formulas = [rule.formula1, rule.formula2]
    told = [formula if formula is None else f"={formula}" for formula in formulas]
    held = Rule(
        (min(area.top for area in rule.areas), min(area.left for area in rule.areas)),
        Type=TYPES[rule.type],
        AlertStyle=("stop", "warning", "information").index(rule.alert) + 1 if rule.alert != "none" else 1,
        Operator=OPERATORS[rule.operator or "between"],
        Formula1=rule.formula1.strip('"') if literal and rule.formula1 else told[0],
        Formula2=told[1],
        IgnoreBlank=rule.allow_blank,
        InputTitle=rule.prompt_title,
        InputMessage=rule.prompt,
        ErrorTitle=rule.error_title,
        ErrorMessage=rule.error,
        ShowError=rule.alert != "none",
    )
    for area in rule.areas:
        sheet.rules |= dict.fromkeys(Range(sheet, *area).places(), held)


def test_the_example_is_read_from_excel_as_from_its_file():
    file = read_book(FORM)
    with windows() as desktop:
        server = _opened(file)
        desktop.show(100, 7, Window(server), "XLDESK", "EXCEL7")
        (application,) = excel.running()
        book = application.book
        assert book is not None
        with application.session():
            live = read(application, book)
    assert differences(live, file) == []
