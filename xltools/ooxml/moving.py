"""References after rows are put in or taken out: of formulas, of areas, of single rows."""

import re
from dataclasses import dataclass

from xltools.ooxml.formulas import MAX_ROW
from xltools.sheets.grid import Area, address, area_of

_CELL = r"\$?[A-Za-z]{1,3}\$?\d{1,7}"
_TOKEN = re.compile(
    rf"""
    "(?:[^"]|"")*"
    | \[\d+\][^\W\d][\w.]*!{_CELL}(?::{_CELL})?
    | \#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!)
    | (?<![\w.$])(?P<sheet>'(?:[^']|'')+'!|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?!)?
      (?: (?P<first>{_CELL})(?::(?P<last>{_CELL}))?(?![\w.(!])
        | (?P<rows>\$?\d{{1,7}}:\$?\d{{1,7}})(?![\w.(!])
        | (?P<columns>\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}})(?![\w.(!]) )
    | \[(?:[^\[\]]|\[[^\[\]]*\])*\]
    | '(?:[^']|'')*'!?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Shift:
    """Rows put in below row `after` (`count` of them), or taken out up to and with it (`-count` of them)."""

    after: int
    count: int

    @property
    def first(self) -> int:
        """The first row that is taken out; behind `after` where rows are put in."""
        return self.after + 1 + min(self.count, 0)

    def removes(self, row: int) -> bool:
        """Whether a row is taken out."""
        return self.first <= row <= self.after

    def row(self, row: int) -> int:
        """Where a row stands afterwards; one that is taken out, where the first row behind it does."""
        if row > self.after:
            return row + self.count
        return min(row, self.first) if self.count < 0 else row

    def span(self, top: int, bottom: int, *, grows: bool) -> tuple[int, int] | None:
        """First and last row of a range afterwards; None where all of it is taken out.

        A range that ends at the row above the new ones takes them in (of a single row only where it `grows`).
        """
        if bottom >= MAX_ROW:
            return (self.row(top), bottom)
        if self.count < 0:
            if self.removes(top) and self.removes(bottom):
                return None
            last = self.first - 1 if self.removes(bottom) else self.row(bottom)
            return self.row(top), last
        if bottom == self.after and (grows or top < bottom):
            return top, bottom + self.count
        return self.row(top), self.row(bottom)

    def area(self, area: Area, *, grows: bool = False) -> Area | None:
        """An area afterwards; None where all of it is taken out."""
        rows = self.span(area.top, area.bottom, grows=grows)
        return None if rows is None else Area(rows[0], area.left, rows[1], area.right)


def moved_references(text: str, shift: Shift, *, grows: bool) -> str:
    """A list of areas (`sqref`) afterwards, without those that are taken out altogether."""
    found = []
    for part in text.split():
        try:
            area = area_of(part)
        except ValueError:
            found.append(part)
            continue
        moved = shift.area(area, grows=grows)
        if moved is not None:
            single = ":" not in part and moved.top == moved.bottom
            first, last = address(moved.top, moved.left), address(moved.bottom, moved.right)
            found.append(first if single else f"{first}:{last}")
    return " ".join(found)


def moved_formula(text: str, own: str, target: str, shift: Shift) -> str | None:
    """A formula of sheet `own` as it reads after a change of sheet `target`.

    None where it reads nothing but rows that are taken out, or areas through several sheets.
    """
    lost = False

    def moved(match: re.Match[str]) -> str:
        nonlocal lost
        if not (match["first"] or match["rows"]):
            return match[0]
        prefix = match["sheet"] or ""
        sheet = prefix.removesuffix("!").strip("'").replace("''", "'")
        if "[" in sheet:
            return match[0]
        if ":" in sheet:
            lost = True
            return match[0]
        if (sheet or own).lower() != target.lower():
            return match[0]
        if match["rows"]:
            first, last = match["rows"].split(":")
            rows = shift.span(int(first.strip("$")), int(last.strip("$")), grows=False)
            if rows is None:
                lost = True
                return match[0]
            return f"{prefix}{_anchored(first, rows[0])}:{_anchored(last, rows[1])}"
        area = area_of(
            match["first"].replace("$", "") + (":" + match["last"].replace("$", "") if match["last"] else "")
        )
        new = shift.area(area)
        if new is None:
            lost = True
            return match[0]
        if not match["last"]:
            return prefix + _renumbered(match["first"], new.top)
        return f"{prefix}{_renumbered(match['first'], new.top)}:{_renumbered(match['last'], new.bottom)}"

    result = _TOKEN.sub(moved, text)
    return None if lost else result


def _anchored(old: str, row: int) -> str:
    return f"{'$' if old.startswith('$') else ''}{row}"


def _renumbered(cell: str, row: int) -> str:
    return re.sub(r"\d+$", str(row), cell)
