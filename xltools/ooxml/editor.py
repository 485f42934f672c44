"""A workbook package that edits are applied to, any number of times, each time from its original state."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from xltools.edits import Edit
from xltools.errors import WorkbookError
from xltools.ooxml import refusals
from xltools.ooxml.application import Application
from xltools.ooxml.cells import Stored
from xltools.ooxml.engine import Engine, engine_for
from xltools.ooxml.markup import unescape
from xltools.ooxml.package import Package
from xltools.ooxml.package_splice import CONTENT_TYPES
from xltools.ooxml.recalculation import Cell, FormulaCell, Refresh, engine_results, formula_cells, refresh, strip
from xltools.ooxml.workbook import Workbook
from xltools.ooxml.worksheets import OpenSheet, index_of
from xltools.sheets.numberformats import number_format
from xltools.texts import say

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
_KEEP_ENGINE_FROM = 2
"""Which application of edits to one workbook begins to profit from an engine that is kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An edited workbook.

    Its bytes, the cells written, how many stored results followed, and what the user should know.
    """

    data: bytes
    cells: tuple[str, ...]
    refreshed: int
    notices: tuple[str, ...]


class Editor:
    """A workbook that edits are applied to; what is learnt about it serves every application.

    Raises WorkbookError where the bytes are no workbook.
    """

    def __init__(self, data: bytes, path: str = "") -> None:
        self.package = Package(data, path)
        self.workbook = Workbook(self.package)
        self._sheets = {sheet.name.lower(): OpenSheet(self.package, sheet) for sheet in self.workbook.sheets}
        self._applications = 0

    @property
    def has_macros(self) -> bool:
        """Whether the workbook is of the macro-enabled sort (.xlsm)."""
        return b"macroEnabled.main" in self.package.part(CONTENT_TYPES)

    def sheet(self, name: str) -> OpenSheet:
        """A worksheet by its name, in any case; raises WorkbookError where there is none."""
        found = self._sheets.get(name.lower())
        if found is None:
            names = "、".join(sheet.name for sheet in self.workbook.sheets)
            raise WorkbookError(say("ooxml.unknown_sheet", path=self.package.path, sheet=name, names=names))
        return found

    def apply(self, edits: Sequence[Edit], *, force: bool = False, unlock: bool = False) -> Outcome:
        """The workbook with edits made; of two edits of one cell's content the later one counts.

        Stored results of formulas that the edits change are refreshed. `unlock` writes locked cells of protected
        sheets; `force` also changes a signed workbook. Raises WorkbookError where an edit must be refused.
        """
        notices = []
        if refusals.is_signed(self.package):
            if not force:
                raise WorkbookError(say("ooxml.signed", path=self.package.path))
            notices.append(say("ooxml.signature_ended", path=self.package.path))
        application = Application(self.workbook, unlock)
        for name, of_sheet in _by_sheet(edits).items():
            application.edit_sheet(self.sheet(name), of_sheet)
        application.finish_styles()
        refreshed = 0
        if application.contents and (application.formulas_written or self._has_formulas):
            quick = self._quickly_refreshed(application)
            outcome = self._refreshed(application.rebuilt(), application) if quick is None else quick
            refreshed = len(outcome.results)
            for name, sheet in self._sheets.items():
                results = {(cell[1], cell[2]): result for cell, result in outcome.results.items() if cell[0] == name}
                if results:
                    application.store(sheet, results, anew=quick is None)
            if outcome.left_to_application:
                application.ask_for_calculation()
                key = "ooxml.engine_refused" if outcome.reason else "ooxml.left_to_application"
                notices.append(say(key, reason=outcome.reason, count=outcome.left_to_application))
        return Outcome(application.rebuilt(), tuple(dict.fromkeys(application.cells)), refreshed, tuple(notices))

    @cached_property
    def _has_formulas(self) -> bool:
        return any(_FORMULA.search(sheet.data) for sheet in self._sheets.values())

    @cached_property
    def _formulas(self) -> dict[Cell, FormulaCell]:
        return self._formulas_of(self.package)

    @cached_property
    def _computed(self) -> dict[Cell, FormulaCell] | str:
        return self._recalculated(self.package.data)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {name.lower(): meaning for name, meaning in self.workbook.defined_names.items()}

    def _formulas_of(self, package: Package) -> dict[Cell, FormulaCell]:
        indexes = {}
        for name, sheet in self._sheets.items():
            data = package.part(sheet.entry.part)
            if _FORMULA.search(data):
                indexes[name] = sheet.index if data == sheet.data else index_of(package, sheet.entry.part)
        return formula_cells(indexes)

    def _recalculated(self, data: bytes) -> dict[Cell, FormulaCell] | str:
        computed = engine_results(data, [sheet.entry.part for sheet in self._sheets.values()])
        return computed if isinstance(computed, str) else self._formulas_of(Package(computed, self.package.path))

    def _refreshed(self, data: bytes, application: Application) -> Refresh:
        """The stored results after any edits, by a whole recalculation before and after them."""
        current = self._formulas_of(Package(data, self.package.path))
        edited, given = frozenset(application.contents), frozenset(application.given)
        before = self._computed
        after = before if isinstance(before, str) else self._recalculated(data)
        if isinstance(before, str) or isinstance(after, str):
            reason = before if isinstance(before, str) else str(after)
            return strip(current, edited, given, self._names, reason)
        return refresh(current, self._formulas, before, after, edited, given, self._names)

    @cached_property
    def _engine(self) -> Engine | None:
        names = {name: sheet.entry.name for name, sheet in self._sheets.items()}
        computed = self._computed
        return None if isinstance(computed, str) else engine_for(self.package.data, self._formulas, computed, names)

    def _quickly_refreshed(self, application: Application) -> Refresh | None:
        """The stored results after edits of plain values; None for other edits, and for a workbook's first ones."""
        self._applications += 1
        new = application.contents
        if self._applications < _KEEP_ENGINE_FROM or application.formulas_written or new.keys() & self._formulas:
            return None
        old = self._values_at(new)
        if old is None or self._engine is None:
            return None
        after = self._engine.after(old, new)
        return refresh(
            self._formulas, self._formulas, self._engine.before, after, frozenset(new), frozenset(), self._names
        )

    def _values_at(self, cells: Collection[Cell]) -> dict[Cell, Stored | None] | None:
        """What cells hold before any edit; None where that is not a plain number, text or truth value."""
        formats = self.workbook.number_formats
        found: dict[Cell, Stored | None] = {}
        for name, row, column in cells:
            entry = self._sheets[name].cells.get((row, column))
            if entry is None or not entry.value:
                continue
            dated = entry.style < len(formats) and number_format(formats[entry.style]).is_date
            if dated or entry.type not in ("n", "s", "b", "str", "inlineStr"):
                return None
            if entry.type == "s":
                found[name, row, column] = Stored("str", self.workbook.strings[int(entry.value)])
            else:
                found[name, row, column] = Stored(entry.type, unescape(entry.value))
        return found


def _by_sheet(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.sheet.lower(), []).append(edit)
    return found
