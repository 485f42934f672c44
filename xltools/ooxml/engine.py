"""One workbook kept in the calculation engine, so that many units of a template are computed in no time.

Good for plain values in cells that held none but such; whatever else an edit does goes through a whole recalculation.
"""

import re
from collections.abc import Mapping
from typing import Any

from xltools.ooxml.cells import Stored
from xltools.ooxml.recalculation import Cell, FormulaCell, same

_ERRORS = {
    "Div": "#DIV/0!",
    "Name": "#NAME?",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "Num": "#NUM!",
    "Na": "#N/A",
    "Null": "#NULL!",
}
_VOLATILE = re.compile(r"\b(?:NOW|TODAY|RAND|RANDBETWEEN|RANDARRAY|INDIRECT|OFFSET|CELL|INFO)\s*\(", re.IGNORECASE)


class Engine:
    """A workbook in the engine, with its formulas' results before any edit in `before`."""

    def __init__(self, workbook: Any, formulas: Mapping[Cell, FormulaCell], names: Mapping[str, str]) -> None:
        self._workbook = workbook
        self._formulas = formulas
        self._names = names
        self._standing: dict[Cell, Stored] = {}
        self.before = self._results()

    def after(self, old: Mapping[Cell, Stored | None], new: Mapping[Cell, Stored]) -> dict[Cell, FormulaCell]:
        """The formulas' results with cells set to `new` values; then the cells get their `old` ones back."""
        try:
            for cell, value in new.items():
                self._set(cell, value)
            return self._results()
        finally:
            for cell in new:
                self._set(cell, old.get(cell))

    def moved_on(self, old: Mapping[Cell, Stored | None], new: Mapping[Cell, Stored]) -> dict[Cell, Stored | None]:
        """The results with `new` values, which stay: the next ones are set only where they differ from these.

        Cells that the next values leave out get their `old` ones back then. Not to be mixed with `after`.
        """
        standing = self._standing
        for cell in standing.keys() - new.keys():
            self._set(cell, old.get(cell))
            del standing[cell]
        for cell, value in new.items():
            if standing.get(cell) != value:
                self._set(cell, value)
                standing[cell] = value
        self._workbook.evaluate_all()
        get = self._workbook.get_value
        return {cell: _stored(get(self._names[cell[0]], cell[1], cell[2])) for cell in self._formulas}

    def _set(self, cell: Cell, value: Stored | None) -> None:
        self._workbook.set_value(self._names[cell[0]], cell[1], cell[2], _native(value))

    def _results(self) -> dict[Cell, FormulaCell]:
        self._workbook.evaluate_all()
        get = self._workbook.get_value
        return {
            cell: FormulaCell(formula.formula, _stored(get(self._names[cell[0]], cell[1], cell[2])))
            for cell, formula in self._formulas.items()
        }


def engine_for(
    data: bytes, formulas: Mapping[Cell, FormulaCell], computed: Mapping[Cell, FormulaCell], names: Mapping[str, str]
) -> Engine | None:
    """An engine for a workbook, or None where it would not compute exactly what a whole recalculation does.

    `computed` are the results of such a recalculation, `names` the sheets' names by their lower-case ones.
    """
    import formualizer

    if any(_VOLATILE.search(formula.formula) for formula in formulas.values()):
        return None
    try:
        # A form's few hundred formulas are done before a second thread has begun; waiting for it doubles the time.
        settings = formualizer.EvaluationConfig()
        settings.enable_parallel = False
        workbook = formualizer.Workbook.from_bytes(data, config=formualizer.WorkbookConfig(eval_config=settings))
        workbook.set_temporal_egress("serial")
        # Its log of changes would grow with every unit.
        workbook.set_changelog_enabled(False)
        engine = Engine(workbook, formulas, names)
    except (OSError, RuntimeError, ValueError, NotImplementedError):
        return None
    if any(not same(found.result, computed[cell].result) for cell, found in engine.before.items() if cell in computed):
        return None
    return engine if engine.before.keys() == computed.keys() else None


def _native(value: Stored | None) -> str | float | bool | None:
    if value is None or value.value is None:
        return None
    if value.type == "n":
        return float(value.value)
    return value.value == "1" if value.type == "b" else value.value


def _stored(value: object) -> Stored | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return Stored("b", "1" if value else "0")
    if isinstance(value, int | float):
        return Stored("n", repr(value).removesuffix(".0"))
    if isinstance(value, dict):
        kind = str(value.get("kind"))
        return Stored("e", _ERRORS.get(kind, kind))
    return Stored("str", str(value))
