"""Workbooks in the calculation engine, kept from one file to the next.

The returns of many units have the same formulas and other values. Taking the formulas in is most of the engine's work,
so a workbook with the same ones is used again: only values that differ are set, and what hangs on them is computed.
"""

from collections import OrderedDict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Place = tuple[str, int, int]
"""Sheet, row, column."""

Result = Decimal | str | bool | None

KEPT = 4
"""How many workbooks are kept; each is the formulas of one template."""

_SCRATCH = (1_048_576, 16_384)
"""Where formulas on no cell in particular are computed: no form reaches the last corner of a sheet."""


class RefusalError(Exception):
    """The engine cannot compute a workbook."""


class EngineError:
    """The engine's result is an error value, or nothing that a cell can hold."""


class EngineBook:
    """Formulas in the engine; `rejected` are those that it cannot read, whose cells are left to be values."""

    def __init__(self, sheets: tuple[str, ...], formulas: Mapping[Place, str]) -> None:
        import formualizer

        settings = formualizer.EvaluationConfig()
        settings.enable_parallel = False
        config = formualizer.WorkbookConfig(eval_config=settings, enable_changelog=False)
        self._book = formualizer.Workbook(config=config)
        self._book.set_temporal_egress("serial")
        self._errors = (formualizer.ExcelEvaluationError, formualizer.ParserError, RuntimeError, ValueError)
        self._values: dict[Place, str | float | bool] = {}
        self.rejected: set[Place] = set()
        for sheet in sheets:
            self._book.add_sheet(sheet)
        for place, formula in formulas.items():
            try:
                self._book.set_formula(*place, formula)
            except self._errors:
                self.rejected.add(place)

    def compute(self, values: Mapping[Place, str | float | bool]) -> None:
        """Compute all formulas with these values in the other cells; raises RefusalError where the engine cannot."""
        for place in self._values.keys() - values.keys():
            self._book.set_value(*place, None)
        for place, value in values.items():
            old = self._values.get(place)
            if old != value or type(old) is not type(value):
                self._book.set_value(*place, value)
        self._values = dict(values)
        try:
            self._book.evaluate_all()
        except self._errors as error:
            raise RefusalError(str(error) or type(error).__name__) from None

    def result(self, place: Place) -> Result | EngineError:
        """What a formula's cell computes to."""
        return _result(self._book.get_value(*place))

    def evaluate(self, sheet: str, formula: str) -> Result | EngineError:
        """What a formula gives on a sheet, on no cell in particular."""
        try:
            self._book.set_formula(sheet, *_SCRATCH, formula)
            return _result(self._book.evaluate_cell(sheet, *_SCRATCH))
        except self._errors:
            return EngineError()
        finally:
            self._book.set_value(sheet, *_SCRATCH, None)


_kept: OrderedDict[object, EngineBook] = OrderedDict()


def engine_book(sheets: tuple[str, ...], formulas: Mapping[Place, str]) -> EngineBook:
    """The engine with these formulas; which values its other cells hold is open until they are computed with."""
    key = (sheets, tuple(formulas.items()))
    book = _kept.pop(key, None) or EngineBook(sheets, formulas)
    _kept[key] = book
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return book


def forget(book: EngineBook) -> None:
    """Keep a workbook no longer: the engine failed on it."""
    for key in [key for key, kept in _kept.items() if kept is book]:
        del _kept[key]


def _result(value: Any) -> Result | EngineError:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        number = Decimal(f"{value:.15g}")
        return number if number.is_finite() else EngineError()
    return EngineError()
