"""Finding out with few questions how something differs within an area of a sheet.

An application answers for a whole area at once, and says only "it differs" where it does. Every question is a call into
another program, so an area is asked whole and divided only where it must be: columns before rows, since the rows of a
table are alike, and where a border is likely rather than in the middle.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from xltools.sheets.grid import Area

Answer = TypeVar("Answer")


class Divider:
    """Divides areas; what it learns of one is used for the next.

    `rows` are the rows, `columns` the columns before which a border is likely. `alike` are the areas whose cells look
    the same in every way, together, where the application knows them.
    """

    def __init__(
        self,
        rows: Iterable[int] = (),
        columns: Iterable[int] = (),
        alike: Sequence[Sequence[Area]] | None = None,
    ) -> None:
        self.rows = set(rows)
        self.columns = set(columns)
        self.alike = alike

    def looks(self, area: Area, ask: Callable[[Area], Answer | None]) -> list[tuple[list[Area], Answer]]:
        """Like `parts`, for a question about looks, which cells that look the same need be asked but once."""
        if self.alike is None:
            return [([part], answer) for part, answer in self.parts(area, ask)]
        found: list[tuple[list[Area], Answer]] = []
        for group in self.alike:
            inside = [both for known in group if (both := common(known, area))]
            answer = ask(inside[0]) if inside else None
            if answer is not None:
                found.append((inside, answer))
            else:
                found += [([part], other) for known in inside for part, other in self.parts(known, ask)]
        return found

    def parts(self, area: Area, ask: Callable[[Area], Answer | None]) -> list[tuple[Area, Answer]]:
        """The parts of an area that are alike, each with the answer for it.

        `ask` gives None where the answer differs within the area; a single cell for which it does is left out.
        """
        answer = ask(area)
        if answer is not None:
            return [(area, answer)]
        found: list[tuple[Area, Answer]] = []
        for half in halves(area, self.rows, self.columns):
            parts = self.parts(half, ask)
            if found and parts and found[-1][1] != parts[0][1]:
                if half.left > area.left:
                    self.columns.add(half.left)
                else:
                    self.rows.add(half.top)
            found += parts
        return found


def cut(first: int, last: int, likely: Iterable[int]) -> int:
    """The first row or column of the second half."""
    middle = (first + last + 1) // 2
    return min(
        (place for place in likely if first < place <= last), key=lambda place: abs(place - middle), default=middle
    )


def halves(area: Area, rows: Iterable[int] = (), columns: Iterable[int] = ()) -> tuple[Area, ...]:
    """Two parts of an area, columns before rows; none of a single cell. `rows` and `columns`: see Divider."""
    if area.left < area.right:
        column = cut(area.left, area.right, columns)
        return area._replace(right=column - 1), area._replace(left=column)
    if area.top < area.bottom:
        row = cut(area.top, area.bottom, rows)
        return area._replace(bottom=row - 1), area._replace(top=row)
    return ()


def common(one: Area, other: Area) -> Area | None:
    """The cells that belong to both areas."""
    area = Area(
        max(one.top, other.top),
        max(one.left, other.left),
        min(one.bottom, other.bottom),
        min(one.right, other.right),
    )
    return area if area.top <= area.bottom and area.left <= area.right else None


def rectangle(one: Area, other: Area) -> Area | None:
    """The rectangle that two neighbours make up, the second one below or to the right of the first; else None."""
    if (one.left, one.right, one.bottom + 1) == (other.left, other.right, other.top):
        return one._replace(bottom=other.bottom)
    if (one.top, one.bottom, one.right + 1) == (other.top, other.bottom, other.left):
        return one._replace(right=other.right)
    return None


def joined(areas: Iterable[Area]) -> list[Area]:
    """The same cells in fewer areas: neighbours that make up a rectangle become one."""
    columns = _neighbours(sorted(areas, key=lambda area: (area.left, area.right, area.top)))
    return _neighbours(sorted(columns, key=lambda area: (area.top, area.bottom, area.left)))


def _neighbours(areas: Iterable[Area]) -> list[Area]:
    found: list[Area] = []
    for area in areas:
        both = rectangle(found[-1], area) if found else None
        if both:
            found[-1] = both
        else:
            found.append(area)
    return found
