"""Stored results after an edit: those that it changes are refreshed, all others keep their bytes.

The engine computes the workbook before and after the edit under one seed and clock; what differs is what the edit
changed. Formulas whose results the engine cannot be trusted with lose their stored result if they may hang on an edited
cell, and the application is asked to compute them when it opens the workbook.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from xltools.ooxml.archive import rewritten
from xltools.ooxml.cells import EMPTY, ERRORS, Stored
from xltools.ooxml.formulas import references
from xltools.ooxml.package import Package
from xltools.ooxml.sheet_index import SheetIndex
from xltools.sheets.grid import Area
from xltools.sheets.numberformats import number

Cell = tuple[str, int, int]
"""Sheet name in lower case, row, column."""

_DIMENSION = re.compile(rb"<(?:[\w.-]+:)?dimension\s[^>]*/>")
_PACKAGING = re.compile(r"dimension|ZIP")
_NEARLY = Decimal("1E-9")


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula of a workbook, and its stored result (None where there is none)."""

    formula: str
    result: Stored | None


def engine_results(data: bytes, sheet_parts: Sequence[str] = ()) -> bytes | str:
    """The workbook with every stored result computed by the engine, or the reason why it refuses.

    `sheet_parts` are the parts of its worksheets. Where the engine stumbles over the package, it is given a plainer
    copy: archive headers without extras, and no `<dimension>`, which is often wrong.
    """
    import formualizer

    clock = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        outcome: dict[str, Any] = formualizer.recalculate_xlsx_bytes(data, deterministic_timestamp_utc=clock)
    except (OSError, RuntimeError, ValueError, NotImplementedError) as error:
        reason = str(error) or type(error).__name__
        if sheet_parts and _PACKAGING.search(reason):
            return engine_results(_plainer_copy(data, sheet_parts))
        return reason
    computed: bytes = outcome["bytes"]
    return computed


def _plainer_copy(data: bytes, sheet_parts: Sequence[str]) -> bytes:
    package = Package(data)
    parts: dict[str, bytes | None] = {member.name: package.part(member.name) for member in package.members}
    for part in sheet_parts:
        parts[part] = _DIMENSION.sub(b"", package.part(part), count=1)
    return rewritten(b"", [], parts, "")


def formula_cells(sheets: Mapping[str, SheetIndex]) -> dict[Cell, FormulaCell]:
    """Every formula cell of the sheets, by lower-case sheet name."""
    found: dict[Cell, FormulaCell] = {}
    for sheet, index in sheets.items():
        for cell in index.cells:
            if cell.formula is not None:
                stored = cell.value is not None and (cell.value != "" or cell.type == "str")
                result = Stored(cell.type, cell.value) if stored else None
                found[sheet, cell.row, cell.column] = FormulaCell(index.formula(cell) or "", result)
    return found


def same(one: Stored | None, other: Stored | None) -> bool:
    """Whether two stored results are the same at the fifteen digits that the application keeps."""
    if one is None or other is None:
        return one is other
    if one.type != other.type:
        return False
    if one.value == other.value:
        return True
    if one.type != "n":
        return False
    try:
        return number(one.value or "") == number(other.value or "")
    except ValueError:
        return False


def _agrees(stored: Stored | None, computed: Stored | None) -> bool:
    """Whether the engine computes what is stored, but for the last digits that engines differ in."""
    if stored is None or same(stored, computed):
        return True
    if computed is None or stored.type != "n" or computed.type != "n":
        return False
    try:
        one, other = number(stored.value or ""), number(computed.value or "")
    except ValueError:
        return False
    return abs(one - other) <= _NEARLY * max(abs(one), abs(other))


def _is_error(result: Stored | None) -> bool:
    return result is not None and result.type == "e"


def untrusted(stored: Stored | None, computed: Stored | None) -> bool:
    """Whether the engine's result for an unedited formula shows that it does not understand it."""
    if computed is None or (computed.type == "e" and computed.value not in ERRORS):
        return True
    if stored is None:
        return computed.type == "e" and computed.value == "#NAME?"
    return _is_error(computed) and not _is_error(stored)


def dependents(
    formulas: Mapping[Cell, FormulaCell], changed: Iterable[Cell], names: Mapping[str, str]
) -> frozenset[Cell]:
    """The formula cells that may hang on changed cells, directly or not.

    Errs on the side of too many: a formula whose references cannot be told from its text counts as hanging on all.
    """
    reached: set[Cell] = set()
    points: dict[Cell, list[Cell]] = {}
    areas: dict[tuple[str, Area], list[Cell]] = {}
    for cell, formula in formulas.items():
        found = references(formula.formula, names) if formula.formula else None
        if found is None:
            reached.add(cell)
        for reference in found or ():
            sheet, area = reference.sheet or cell[0], reference.area
            if area.top == area.bottom and area.left == area.right:
                points.setdefault((sheet, area.top, area.left), []).append(cell)
            else:
                areas.setdefault((sheet, area), []).append(cell)
    queue = [*changed, *reached]
    while queue:
        place = queue.pop()
        hanging = points.pop(place, [])
        hit = [key for key in areas if key[0] == place[0] and key[1].covers(place[1], place[2])]
        for key in hit:
            # An area that has been reached once has nothing more to give.
            hanging += areas.pop(key)
        new = set(hanging) - reached
        reached |= new
        queue += new
    return frozenset(reached)


@dataclass(frozen=True, slots=True)
class Refresh:
    """What an edit does to stored results: new ones by cell (EMPTY removes one).

    `left_to_application` counts the results that are missing or in doubt until the application computes them.
    """

    results: Mapping[Cell, Stored]
    left_to_application: int
    reason: str = ""


def refresh(
    current: Mapping[Cell, FormulaCell],
    before: Mapping[Cell, FormulaCell],
    computed_before: Mapping[Cell, FormulaCell],
    computed_after: Mapping[Cell, FormulaCell],
    edited: frozenset[Cell],
    given: frozenset[Cell],
    names: Mapping[str, str],
) -> Refresh:
    """What the stored results of an edited workbook must become.

    `current` are the formulas after the edit, `before` those of the original; `computed_before` and `computed_after`
    the same with the engine's results. `edited` are the cells that the edit wrote, `given` those of them whose results
    came with the edit and stand.
    """
    results: dict[Cell, Stored] = {}
    doubtful: set[Cell] = set()
    left = 0
    for cell, formula in current.items():
        if cell in given:
            continue
        after = computed_after.get(cell)
        result = after.result if after else None
        if cell in edited or cell not in before:
            if result is None or result.value == "#NAME?":
                doubtful.add(cell)
            else:
                results[cell] = result
            continue
        was = computed_before.get(cell)
        if untrusted(formula.result, was.result if was else None):
            doubtful.add(cell)
        elif formula.result is None and result is not None:
            results[cell] = result
        elif was is not None and not same(was.result, result) and not same(formula.result, result):
            results[cell] = EMPTY if result is None else result
            left += not _agrees(formula.result, was.result)
    if doubtful:
        reached = dependents(current, edited, names)
        for cell in doubtful & (reached | edited):
            left += 1
            if current[cell].result is not None:
                results[cell] = EMPTY
    return Refresh(results, left)


def strip(
    current: Mapping[Cell, FormulaCell],
    edited: frozenset[Cell],
    given: frozenset[Cell],
    names: Mapping[str, str],
    reason: str,
) -> Refresh:
    """What the stored results must become where the engine refuses: those that may hang on the edit go."""
    reached = (dependents(current, edited, names) | (edited & current.keys())) - given
    stale = {cell: EMPTY for cell in reached if current[cell].result is not None}
    return Refresh(stale, len(reached), reason)
