"""What a check of an open workbook remembers: the cells that it coloured, and how they were filled before.

It stands in two columns of the sheet of findings that nobody sees: a formula that means the cell, which follows when
rows are inserted or deleted, and how the cell was filled, as JSON. Of that, `color` is there whatever application told
it: the colour that was seen as `RRGGBB`, or null where there was none. The rest is for that application alone.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from xltools.sheets.grid import address, column_letters, position, quoted, unquoted

Fill = Mapping[str, str | int | float | bool | None]
"""How a cell is filled, as its application tells it; fit for JSON."""

Place = tuple[str, str]
"""A sheet and the address of a cell, such as `D9`."""


def rows(before: Mapping[Place, Fill]) -> list[list[str]]:
    """The record of these cells, two texts for each; twice, for somebody may delete rows of the sheet of findings."""
    return [[f"={_reference(*place)}", json.dumps(fill)] for place, fill in before.items()] * 2


def remembered(sheet: Iterable[Sequence[object]]) -> dict[Place, Fill]:
    """The record in a sheet of findings: the cells, where they are by now; those that are gone are left out.

    Of the sheet, the formulas row by row, and what stands in the cells without one; the record may stand anywhere.
    """
    found: dict[Place, Fill] = {}
    for row in sheet:
        for reference, fill in pairwise(row):
            place, state = _place(reference), _fill(fill)
            if place is not None and state is not None:
                found[place] = state
    return found


def color(fill: Fill) -> str | None:
    """The colour that a cell had before, `RRGGBB`; None where it had none, or no plain one."""
    told = fill.get("color")
    return told if isinstance(told, str) and len(told) == len("RRGGBB") else None


def _reference(sheet: str, cell: str) -> str:
    """Absolute, so that sorting the sheet of findings does not make it mean another cell."""
    row, column = position(cell)
    return f"{quoted(sheet)}!${column_letters(column)}${row}"


def _place(reference: object) -> Place | None:
    if not isinstance(reference, str) or not reference.startswith("="):
        return None
    sheet, _, cell = reference.removeprefix("=").rpartition("!")
    try:
        return unquoted(sheet), address(*position(cell))
    except ValueError:
        return None


def _fill(text: object) -> Fill | None:
    if not isinstance(text, str) or not text.startswith("{"):
        return None
    try:
        state = json.loads(text)
    except ValueError:
        return None
    return state if isinstance(state, dict) and "color" in state else None
