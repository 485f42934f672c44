"""Building an official template from its description."""

from typing import Any

from xltools.templates.balance_sheet import draw_balance
from xltools.templates.check_sheet import draw_check
from xltools.templates.description import Description, load, year_of
from xltools.templates.form_sheet import draw_form
from xltools.templates.identities import lines
from xltools.templates.instruction_sheet import draw_instructions
from xltools.templates.layout import BalanceLayout, lay_out
from xltools.templates.package import packed
from xltools.templates.styles import styles


def drawn(description: Description, year: int) -> Any:
    """The template as an openpyxl workbook, without stored results."""
    from openpyxl import Workbook

    book = Workbook()
    look = styles()
    book._named_styles["Normal"].font = look.default
    layout = lay_out(description, year)
    balance = BalanceLayout(description.balance)
    form = book.active
    form.title = description.sheet
    draw_form(form, layout, look)
    named = layout.one("name") or layout.one("project")
    draw_balance(book.create_sheet(description.balance.sheet), balance, year, f"'{description.sheet}'!{named}", look)
    draw_check(book.create_sheet(description.check.sheet), description.check, lines(layout, balance), year, look)
    draw_instructions(book.create_sheet(description.instruction_sheet), description, look)
    book.properties.title = description.title
    book.properties.creator = "xltools"
    book.properties.subject = f"{description.region} {description.basis}"
    return book


def build(name: str, *, year: int | None = None) -> bytes:
    """A blank official template as the bytes of an .xlsx, every formula's result stored.

    `year` is the budget year to print, the description's own by default. Raises TemplateError for an unknown name, a
    number that is no year, and where formualizer is not installed.
    """
    description = load(name)
    return packed(drawn(description, year_of(description, year)))
