"""One derived cell after the other: what is to be written into it, and why."""

from dataclasses import dataclass, field
from decimal import Decimal

from xltools.edits import Edit, Style
from xltools.figures import Agreement, Figure, agreement, is_blank, round_half_up
from xltools.scales import Scale
from xltools.score_formulas import Term
from xltools.score_places import Place
from xltools.sheets.grid import Grid, address


@dataclass(frozen=True, slots=True)
class Step:
    """One derived cell that is to be written, and why in the user's language."""

    edit: Edit
    why: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A derived figure that is not written although the form has a place for it, and why in the user's language."""

    sheet: str
    cell: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """A score that counts, as it will stand in the form: its cell, and its number."""

    term: Term | None
    value: Decimal

    @classmethod
    def at(cls, place: Place, value: Decimal) -> "Score":
        """A score that a formula or number in a cell of its own holds."""
        return cls(Term(*place, address(*place)), value)


@dataclass
class Writer:
    """Collects the steps for one sheet; knows what its cells hold already."""

    grid: Grid
    steps: list[Step] = field(default_factory=list)
    texts: dict[Place, str] = field(default_factory=dict)

    def write(
        self,
        place: Place,
        figure: Figure | None,
        formula: str | None,
        value: Decimal,
        digits: int,
        why: str,
        scale: Scale | None = None,
    ) -> Decimal:
        """Note that a cell is to hold a number, by a formula where there is one; the number that will stand there.

        `value` is in the scale of the column (98.5 for 98.5 %). A formula of the form's own is kept where it gives
        that, or waits for its inputs; so is a right figure for which no formula can be written.
        """
        rounded = round_half_up(value, digits)
        if figure is not None and (figure.formula is not None or formula is None):
            if figure.formula is not None and is_blank(figure.text):
                return rounded
            if agreement(figure, value) is not Agreement.DIFFERENT:
                return figure.exact if figure.exact is not None else rounded
        stored = rounded / 100 if scale == "100%" else rounded
        style = self._style(place, scale)
        if formula is not None:
            edit = Edit(self.grid.sheet, *place, formula=formula, result=stored, style=style)
        else:
            edit = Edit(self.grid.sheet, *place, value=stored, style=style)
        self.steps.append(Step(edit, why))
        return rounded

    def write_text(self, figure: Figure, text: str, why: str) -> None:
        """Put another text in a figure's place within its cell, where it stands there only once."""
        cell = self.grid.cell(figure.row, figure.column)
        if cell is None or cell.kind != "text" or cell.formula is not None or figure.sheet != self.grid.sheet:
            return
        whole = self.texts.get((cell.row, cell.column), cell.text)
        if whole.count(figure.text) == 1:
            whole = whole.replace(figure.text, text)
            self.texts[cell.row, cell.column] = whole
            self.steps.append(Step(Edit(self.grid.sheet, cell.row, cell.column, value=whole), why))

    def _style(self, place: Place, scale: Scale | None) -> Style | None:
        """The number format that a cell needs to read like its neighbours; None where its own will do."""
        current = self.grid.number_format(*place)
        if scale == "100%":
            return None if "%" in current else Style(number_format="0.00%")
        if current == "@" or "%" in current:
            return Style(number_format="General")
        return None
