"""An open workbook as it was read, against the Book that its file gives."""

import re
from dataclasses import replace

from xltools.live.source import MARGIN
from xltools.ooxml.formulas import translate
from xltools.sheets.grid import Area, Book, Cell, Grid, Validation, address

FILTERED = "!_xlnm._FilterDatabase"
Rules = dict[tuple[int, int], Validation]


def differences(live: Book, file: Book, *, respelt: bool = False) -> list[str]:
    """Every difference between the two, in words; what lies outside of what a live reading looks at does not count.

    With `respelt`, neither do quotes around sheet names that need none, and zeros at the end of a number in a formula:
    applications leave them out. Nor do two ways of LibreOffice: the area of a filter is none of its names, a formula
    under General takes on the format of the cells that it reads as soon as it is computed.
    """
    if respelt:
        file = _respelt(file)
        live = _under_general(_respelt(live), file)
    if [grid.sheet for grid in live.grids] != [grid.sheet for grid in file.grids]:
        return [f"sheets {[grid.sheet for grid in live.grids]} != {[grid.sheet for grid in file.grids]}"]
    found = [
        f"{name}: {getattr(live, name)} != {getattr(file, name)}"
        for name in ("date1904", "defined_names")
        if getattr(live, name) != getattr(file, name)
    ]
    for one, other in zip(live.grids, file.grids, strict=True):
        found += [f"{one.sheet}: {text}" for text in _of_grids(one, other)]
    return found


def _of_grids(live: Grid, file: Grid) -> list[str]:
    seen = seen_area(file)
    found = [
        f"{address(*place)}: {live.cells.get(place)} != {file.cells.get(place)}"
        for place in sorted({*live.cells, *file.cells})
        if live.cells.get(place) != file.cells.get(place)
    ]
    for name in ("state", "unlocked", "blank_formats"):
        one, other = getattr(live, name), getattr(file, name)
        if one != other:
            found.append(f"{name}: {one} != {other}")
    if set(live.merges) != set(file.merges):
        found.append(f"merges: {sorted(set(live.merges) ^ set(file.merges))}")
    if live.hidden_rows != {row for row in file.hidden_rows if row <= seen.bottom}:
        found.append(f"hidden rows: {sorted(live.hidden_rows ^ file.hidden_rows)}")
    if live.hidden_columns != {column for column in file.hidden_columns if column <= seen.right}:
        found.append(f"hidden columns: {sorted(live.hidden_columns ^ file.hidden_columns)}")
    one, other = rules_by_cell(live, seen), rules_by_cell(file, seen)
    different = [place for place in sorted({*one, *other}) if one.get(place) != other.get(place)]
    found += [f"rule of {address(*place)}: {one.get(place)} != {other.get(place)}" for place in different]
    return found


def _respelt(book: Book) -> Book:
    grids = tuple(
        replace(
            grid,
            cells={place: replace(cell, formula=_plain(cell.formula)) for place, cell in grid.cells.items()},
            validations=tuple(
                replace(rule, formula1=_plain(rule.formula1), formula2=_plain(rule.formula2))
                for rule in grid.validations
            ),
        )
        for grid in book.grids
    )
    names = {name: str(_plain(meaning)) for name, meaning in book.defined_names.items() if not name.endswith(FILTERED)}
    return replace(book, grids=grids, defined_names=names)


def _under_general(live: Book, file: Book) -> Book:
    def as_stored(sheet: str, place: tuple[int, int], cell: Cell) -> Cell:
        grid = file.grid(sheet)
        stored = grid.cells.get(place) if grid else None
        if stored is None or not stored.formula or stored.number_format != "General" or stored.raw != cell.raw:
            return cell
        return replace(cell, number_format="General", text=stored.text)

    grids = tuple(
        replace(grid, cells={place: as_stored(grid.sheet, place, cell) for place, cell in grid.cells.items()})
        for grid in live.grids
    )
    return replace(live, grids=grids)


def _plain(formula: str | None) -> str | None:
    return formula and re.sub(r"(\.\d*?[1-9])0+(?!\d)", r"\1", re.sub(r"'([^\W\d]\w*)'!", r"\1!", formula))


def seen_area(grid: Grid) -> Area:
    """The part of a sheet that a live reading looks at."""
    rows = max((row for row, _ in grid.cells), default=0)
    columns = max((column for _, column in grid.cells), default=0)
    return Area(1, 1, rows + MARGIN, columns + MARGIN)


def rules_by_cell(grid: Grid, within: Area) -> Rules:
    """Each guarded cell's rule as it reads there: how rules are gathered into validations is the application's."""
    found: Rules = {}
    for rule in grid.validations:
        top, left = min(area.top for area in rule.areas), min(area.left for area in rule.areas)
        bare = replace(rule, areas=(), operator=None if rule.operator == "between" else rule.operator)
        for area in rule.areas:
            for row in range(area.top, min(area.bottom, within.bottom) + 1):
                for column in range(area.left, min(area.right, within.right) + 1):
                    moved = [
                        formula and translate(formula, row - top, column - left)
                        for formula in (rule.formula1, rule.formula2)
                    ]
                    found[row, column] = replace(bare, formula1=moved[0], formula2=moved[1])
    return found
