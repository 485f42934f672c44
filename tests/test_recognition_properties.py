"""A form stays the same when it is moved, its columns change places, or its labels are worded otherwise."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus.build import load, write_xlsx
from xltools.evaluation import Evaluation, Label
from xltools.figures import fold
from xltools.forms import recognise
from xltools.forms.vocabulary import default
from xltools.sheets import read_book
from xltools.sheets.grid import Area, Book, Cell, Grid

FORMS = sorted((Path(__file__).parent / "corpus" / "forms").glob("*.md"))
MOVABLE = ("target", "actual", "weight", "score", "note", "unit", "nature", "coefficient", "score_rate", "core")
_books: dict[Path, Book] = {}


def book_of(path: Path, folder: Path) -> Book:
    if path not in _books:
        target = folder / f"{path.stem}.xlsx"
        write_xlsx(load(path), target)
        _books[path] = read_book(target)
    return _books[path]


def content(evaluation: Evaluation) -> dict[str, object]:
    """What a form says, wherever it stands on the sheet."""
    data = evaluation.to_json()
    return {key: value for key, value in data.items() if key not in ("path", "cells", "sheet")}


def readings(book: Book) -> list[dict[str, object]]:
    return [content(evaluation) for evaluation in recognise(book).evaluations]


def moved(grid: Grid, down: int, right: int) -> Grid:
    cells = {
        (r + down, c + right): replace(cell, row=r + down, column=c + right) for (r, c), cell in grid.cells.items()
    }
    merges = tuple(Area(a.top + down, a.left + right, a.bottom + down, a.right + right) for a in grid.merges)
    return replace(grid, cells=cells, merges=merges)


def renamed(grid: Grid, labels: tuple[Label, ...], chooser: random.Random) -> Grid:
    """The grid with labels replaced by other wordings of the same field."""
    cells = dict(grid.cells)
    exact = default().exact
    for label in labels:
        cell = cells.get((label.row, label.column))
        if label.sheet != grid.sheet or cell is None or label.block not in ("budget", "goals", "indicators"):
            continue
        known = exact[label.block].get(fold(cell.text))
        if known is None or known.field != label.field:
            continue
        # A wording that means something else in another block would make a different form of it.
        others = [
            wording
            for wording, match in exact[label.block].items()
            if match.field == label.field
            and not any(wording in exact[block] for block in ("header", "remarks", "total") if block != label.block)
        ]
        if others:
            text = chooser.choice(others)
            cells[label.row, label.column] = replace(cell, text=text, raw=text)
    return replace(grid, cells=cells)


def swapped(grid: Grid, evaluation: Evaluation, chooser: random.Random) -> Grid:
    """The grid with two single columns of the indicator table in each other's place, header and total row included."""
    rows = [indicator.row for indicator in evaluation.indicators if indicator.row]
    labels = {
        label.field: label
        for label in evaluation.columns
        if label.block == "indicators" and label.field in MOVABLE and label.sheet == grid.sheet
    }
    if len(labels) < 2 or not rows:
        return grid
    first, last = min(label.row for label in labels.values()), grid.bounds[0]
    single = [
        label.column
        for label in labels.values()
        if all(
            (area := grid.area(row, label.column)).left == area.right or area.top > max(rows)
            for row in range(first, max(rows) + 1)
        )
    ]
    total = next((label.row for label in evaluation.columns if label.block == "total" and label.row > max(rows)), None)
    if total is not None and any(grid.area(total, column).left != grid.area(total, column).right for column in single):
        return grid
    if len(single) < 2:
        return grid
    one, other = chooser.sample(sorted(set(single)), 2) if len(set(single)) > 1 else (0, 0)
    span = range(first, (total or max(rows)) + 1)
    to = {one: other, other: one}
    cells: dict[tuple[int, int], Cell] = {}
    for (row, column), cell in grid.cells.items():
        goal = to.get(column, column) if row in span else column
        cells[row, goal] = replace(cell, column=goal)
    merges = tuple(
        Area(a.top, to[a.left], a.bottom, to[a.left]) if a.left == a.right and a.left in to and a.top in span else a
        for a in grid.merges
    )
    assert last == grid.bounds[0]
    return replace(grid, cells=cells, merges=merges)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forms")


checked = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@checked
@given(st.sampled_from(FORMS), st.integers(0, 7), st.integers(0, 5))
def test_a_form_reads_the_same_anywhere_on_the_sheet(folder: Path, path: Path, down: int, right: int) -> None:
    book = book_of(path, folder)
    elsewhere = replace(book, grids=tuple(moved(grid, down, right) for grid in book.grids))
    assert readings(elsewhere) == readings(book)


@checked
@given(st.sampled_from(FORMS), st.integers(0, 10_000))
def test_a_form_reads_the_same_in_other_wordings(folder: Path, path: Path, seed: int) -> None:
    book = book_of(path, folder)
    labels = tuple(label for evaluation in recognise(book).evaluations for label in evaluation.columns)
    chooser = random.Random(seed)
    reworded = replace(book, grids=tuple(renamed(grid, labels, chooser) for grid in book.grids))
    assert readings(reworded) == readings(book)


@checked
@given(st.sampled_from(FORMS), st.integers(0, 10_000))
def test_a_form_reads_the_same_with_its_columns_in_another_order(folder: Path, path: Path, seed: int) -> None:
    book = book_of(path, folder)
    evaluations = recognise(book).evaluations
    if len(evaluations) != 1 or len({i.fields for i in evaluations[0].indicators}) > 1:
        return
    chooser = random.Random(seed)
    shuffled = replace(book, grids=tuple(swapped(grid, evaluations[0], chooser) for grid in book.grids))
    assert readings(shuffled) == readings(book)
