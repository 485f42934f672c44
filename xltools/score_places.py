"""Where a form's derived figures stand or belong: the figure's own cell, or the blank one under its label."""

from dataclasses import dataclass

from xltools.evaluation import Evaluation, Label
from xltools.figures import Figure, fold, is_blank
from xltools.policies.model import Policy
from xltools.sheets.grid import Grid

Place = tuple[int, int]
"""Row and column of a cell."""


@dataclass(frozen=True)
class Places:
    """Finds the cells of one form on its sheet; `policy` names the grades that a grade's cell may hold."""

    evaluation: Evaluation
    grid: Grid
    policy: Policy

    def totals(self) -> list[tuple[Place, Figure | None]]:
        """Where the form prints its total: in the total row, and beside a label in its header."""
        found: dict[Place, Figure | None] = {}
        for label in self._labels("total", "score"):
            column = self._column("indicators", "score", label.row)
            if column is not None and self.grid.area(label.row, label.column).right < column:
                self._add(found, label.row, column)
        self._add_beside(found, "total_score", numeric=True)
        figure = self.evaluation.total.score
        if figure is not None and (place := self.own(figure)):
            found.setdefault(place, figure)
        return list(found.items())

    def grades(self) -> list[tuple[Place, Figure | None]]:
        """Where the form prints its grade."""
        found: dict[Place, Figure | None] = {}
        self._add_beside(found, "grade", numeric=False)
        figure = self.evaluation.total.grade
        if figure is not None and (place := self.own(figure)):
            found.setdefault(place, figure)
        return list(found.items())

    def _add_beside(self, found: dict[Place, Figure | None], field: str, *, numeric: bool) -> None:
        """The cells right of the header's labels of a field."""
        for label in self._labels("header", field):
            cell = self.grid.shown(label.row, label.column)
            # `自评得分：97.66分　自评等级：优` holds label and value in one cell: nothing can be written beside it.
            if cell is not None and fold(cell.text).rstrip(":") == fold(label.text).rstrip(":"):
                self._add(found, label.row, self.grid.area(label.row, label.column).right + 1, numeric=numeric)

    def _add(self, found: dict[Place, Figure | None], row: int, column: int, *, numeric: bool = True) -> None:
        """A place within the form that holds nothing, or what belongs there: a number, or the name of a grade."""
        area = self.grid.area(row, column)
        if area.top != row or column > self.grid.bounds[1]:
            return
        cell = self.grid.cell(area.top, area.left)
        if cell is None or (is_blank(cell.text) and cell.formula is None):
            found[area.top, area.left] = None
            return
        figure = Figure.of_cell(cell, self.grid.sheet)
        grades = {band.name for band in self.policy.grades.value}
        if is_blank(cell.text) or (figure.value is not None if numeric else figure.text in grades):
            found[area.top, area.left] = figure

    def own(self, figure: Figure) -> Place | None:
        """The cell of a figure that has one to itself; None where it stands in a longer text, or on another sheet."""
        if not figure.row or figure.sheet != self.grid.sheet:
            return None
        cell = self.grid.cell(figure.row, figure.column)
        return (figure.row, figure.column) if cell is not None and fold(cell.text) == fold(figure.text) else None

    def of(self, figure: Figure | None, block: str, field: str, row: int) -> Place | None:
        """A figure's own cell, or the blank one where it belongs; None where the form has no such cell."""
        if figure is not None:
            return self.own(figure)
        column = self._column(block, field, row)
        if column is None or not row:
            return None
        area = self.grid.area(row, column)
        cell = self.grid.cell(area.top, area.left)
        free = cell is None or (cell.formula is None and is_blank(cell.text))
        return (area.top, area.left) if free and area.top == row else None

    def _column(self, block: str, field: str, row: int) -> int | None:
        """The column of a field in the table that a row belongs to: the nearest label above it."""
        label = self.evaluation.label_above(block, field, row, self.grid.sheet)
        return label.column if label is not None else None

    def _labels(self, block: str, field: str) -> list[Label]:
        """The form's labels of a field on its own sheet."""
        return [
            label
            for label in self.evaluation.columns
            if label.block == block and label.field == field and label.sheet == self.grid.sheet and label.row
        ]
