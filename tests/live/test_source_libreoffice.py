"""A workbook that is open in a real LibreOffice reads as its file does."""

from pathlib import Path

import pytest

from tests.live.compared import differences
from tests.live.made_books import (
    CORPUS,
    SHIPPED,
    formulas_of,
    guarded,
    of_every_sort,
    same_reading,
    with_array,
    written,
)
from tests.live.workplaces import Workplace
from xltools.live.source import read
from xltools.sheets import read_book


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_libreoffice_has_of_a_shipped_workbook_what_its_file_has(path: Path, calc: Workplace) -> None:
    same_reading(read(calc.application, calc.open(path)), path, respelt=True)


@pytest.mark.parametrize("stem", CORPUS[::7])
def test_libreoffice_has_of_a_replica_what_its_file_has(
    stem: str, calc: Workplace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = written(stem, tmp_path_factory.mktemp("forms"))
    assert differences(read(calc.application, calc.open(path)), read_book(path), respelt=True) == []


def test_libreoffice_has_values_looks_and_rules_as_their_file_has_them(
    calc: Workplace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("made")
    for path in (of_every_sort(folder, formulas=False), guarded(folder)):
        live = read(calc.application, calc.open(path))
        assert differences(live, read_book(path), respelt=True) == []


def test_libreoffice_tells_an_array_formula_of_its_first_cell(
    calc: Workplace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    live = read(calc.application, calc.open(with_array(tmp_path_factory.mktemp("array"))))
    assert formulas_of(live) == {(1, 2): "=A1:A3*2", (1, 3): "=SUM(B1:B3)"}
    assert live.grids[0].text(1, 3) == "12"
