"""Rows put into a sheet and taken out of it, the way a person would, with everything that refers to them.

New rows look like the one they stand below: height, styles, merges across, formulas, and whatever rule guards its
cells. A range that ends at that row grows with it, so that a total keeps its sum. What cannot be moved surely is
refused.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

from xltools.errors import WorkbookError
from xltools.ooxml import refusals
from xltools.ooxml.archive import rewritten
from xltools.ooxml.cells import EMPTY, cell_with_formula, cell_xml, parts_of
from xltools.ooxml.formulas import translate
from xltools.ooxml.markup import MarkupError, Patch, element_end, patched, tag_end, with_attribute
from xltools.ooxml.moving import Shift, moved_formula, moved_references
from xltools.ooxml.package import Package
from xltools.ooxml.package_splice import without_calculation_chain
from xltools.ooxml.row_parts import moved_parts
from xltools.ooxml.row_rules import moved_rules, without_lost_rules
from xltools.ooxml.sheet_index import CellEntry, RowEntry, SheetIndex, scan
from xltools.ooxml.sheet_tail import insertion, prefix_of, reference
from xltools.ooxml.workbook import SheetEntry, Workbook
from xltools.sheets.grid import Area, address, area_of
from xltools.texts import say

_REFUSED = frozenset({"controls", "oleObjects", "customSheetViews", "scenarios", "dataConsolidate"})
_FORMULA_ELEMENTS = re.compile(
    rb"(<(?P<tag>(?:\w+:)?(?:formula|formula1|formula2|f))(?:\s[^>]*)?>)([^<]*)(</(?P=tag)>)"
)
_LOCATION = re.compile(rb'(<(?:\w+:)?hyperlink\b[^>]*?\slocation=")([^"]*)(")')


def insert_rows(data: bytes, sheet: str, after: int, count: int, joined: Collection[int] = ()) -> bytes:
    """The workbook with `count` new rows below row `after` of a sheet, which they look like.

    In the `joined` columns the cell of row `after` is merged with the new ones below it, as a level's name is that
    holds its rows together. Raises WorkbookError with the reason where something below the row cannot be moved surely.
    """
    return _Change(data, sheet, Shift(after, count), frozenset(joined)).made()


def remove_rows(data: bytes, sheet: str, first: int, last: int) -> bytes:
    """The workbook without rows `first` to `last` of a sheet.

    Raises WorkbookError where a formula elsewhere reads nothing but those rows, or something there cannot go.
    """
    return _Change(data, sheet, Shift(last, first - last - 1), frozenset()).made()


@dataclass
class _Change:
    """One insertion or removal on its way through the parts of a workbook."""

    data: bytes
    sheet: str
    shift: Shift
    joined: frozenset[int]
    parts: dict[str, bytes | None] = field(default_factory=dict)

    def made(self) -> bytes:
        package = Package(self.data)
        workbook = Workbook(package)
        target = next((entry for entry in workbook.sheets if entry.name.lower() == self.sheet.lower()), None)
        if target is None:
            names = "、".join(entry.name for entry in workbook.sheets)
            raise WorkbookError(say("ooxml.unknown_sheet", path=package.path, sheet=self.sheet, names=names))
        if refusals.is_signed(package):
            raise WorkbookError(say("ooxml.signed", path=package.path))
        self._refuse_reserved(package, target)
        for entry in workbook.sheets:
            source = package.part(entry.part)
            changed = self._sheet_part(source, entry, entry is target)
            if changed != source:
                self.parts[entry.part] = changed
        self.parts.update(moved_parts(package, workbook, target, self.shift, self._formula_of))
        self.parts.update(without_calculation_chain(package))
        return rewritten(package.data, package.members, self.parts, package.path)

    def _refuse_reserved(self, package: Package, target: SheetEntry) -> None:
        for relationship in package.relationships(target.part).values():
            kind = relationship.type.rpartition("/")[2]
            if kind not in ("table", "pivotTable") or relationship.target not in package:
                continue
            tree = package.tree(relationship.target)
            location = tree if kind == "table" else tree.child("location")
            area = area_of(location.get("ref")) if location is not None else None
            if area is None or area.bottom > self.shift.after or area.bottom >= self.shift.first:
                raise self._refusal("rows.table" if kind == "table" else "rows.pivot")

    def _refusal(self, key: str, **values: object) -> WorkbookError:
        return WorkbookError(say(key, sheet=self.sheet, row=self.shift.after, **values))

    def _formula_of(self, text: str, sheet: str, where: str) -> str:
        """A formula as it reads after the change; `sheet` is the one that it stands in."""
        moved = moved_formula(text, sheet, self.sheet, self.shift)
        if moved is None:
            raise self._refusal("rows.formula", where=where, formula=text)
        return moved

    def _sheet_part(self, data: bytes, entry: SheetEntry, own: bool) -> bytes:
        try:
            index = scan(data)
            if own:
                self._refuse_parts(index)
            data = self._with_formulas(data, index, entry, own)
            data = self._tail(data, entry, own)
            return self._with_rows(data, entry) if own else data
        except MarkupError as error:
            raise WorkbookError(say("ooxml.not_editable", path="", part=entry.part, reason=error)) from None

    def _refuse_parts(self, index: SheetIndex) -> None:
        kinds = {child.name for child in index.children} & _REFUSED
        if kinds:
            raise self._refusal("rows.part", part=", ".join(sorted(kinds)))
        for cell in index.cells:
            source = cell.formula
            if source is not None and source.type in ("array", "dataTable"):
                area = area_of(source.reference or address(cell.row, cell.column))
                if area.bottom > self.shift.after or area.bottom >= self.shift.first:
                    raise self._refusal("rows.array", cell=address(cell.row, cell.column))

    def _with_formulas(self, data: bytes, index: SheetIndex, entry: SheetEntry, own: bool) -> bytes:
        """The sheet with the formulas of its cells as they read after the change; shared ones written out."""
        patches = []
        for cell in index.cells:
            if cell.formula is None or (own and self.shift.removes(cell.row)):
                continue
            formula = index.formula(cell) or ""
            where = f"{entry.name}!{address(cell.row, cell.column)}"
            moved = self._formula_of(formula, entry.name, where)
            # The rows of a shared formula no longer stand below each other once others come between them.
            shared = own and cell.formula.type == "shared"
            if moved != formula or shared:
                end = element_end(data, cell.start, cell.end)
                patches.append(Patch(cell.start, end, cell_with_formula(data[cell.start : end], moved)))
        return patched(data, patches)

    def _tail(self, data: bytes, entry: SheetEntry, own: bool) -> bytes:
        """The rules behind the cells: areas of this sheet, formulas of every sheet."""
        index = scan(data)
        cells = next((child for child in index.children if child.name == "sheetData"), None)
        if cells is None:
            return data
        start = element_end(data, cells.start, cells.end)
        tail = data[start:]
        if own:
            tail = without_lost_rules(tail, self.shift)
        tail = _FORMULA_ELEMENTS.sub(self._formula_replacer(entry), tail)
        if own:
            tail = moved_rules(tail, self.shift)
        return data[:start] + _LOCATION.sub(self._location_replacer(entry), tail)

    def _formula_replacer(self, entry: SheetEntry) -> Callable[[re.Match[bytes]], bytes]:
        def replace(match: re.Match[bytes]) -> bytes:
            text = _plain(match[3])
            moved = self._formula_of(text, entry.name, f"{entry.name} <{match['tag'].decode()}>")
            return match[0] if moved == text else match[1] + _markup(moved) + match[4]

        return replace

    def _location_replacer(self, entry: SheetEntry) -> Callable[[re.Match[bytes]], bytes]:
        def replace(match: re.Match[bytes]) -> bytes:
            text = _plain(match[2])
            moved = moved_formula(text, entry.name, self.sheet, self.shift)
            return match[0] if moved in (None, text) else match[1] + _markup(moved or "") + match[3]

        return replace

    def _with_rows(self, data: bytes, entry: SheetEntry) -> bytes:
        index = scan(data)
        shift = self.shift
        by_row: dict[int, list[CellEntry]] = {}
        for cell in index.cells:
            by_row.setdefault(cell.row, []).append(cell)
        patches: list[Patch] = []
        model: RowEntry | None = None
        for row in index.rows:
            end = element_end(data, row.start, row.end)
            if shift.removes(row.row):
                patches.append(Patch(row.start, end, b""))
            elif row.row > shift.after:
                patches += _renumbered(data, row, by_row.get(row.row, []), shift.row(row.row))
            elif row.row == shift.after:
                model = row
        if shift.count > 0 and model is not None:
            end = element_end(data, model.start, model.end)
            patches.append(Patch(end, end, self._new_rows(data, index, model, by_row.get(model.row, []))))
        patches += self._merge_patches(data, index)
        patches += _dimension_patch(data, index, shift)
        return patched(data, patches)

    def _new_rows(self, data: bytes, index: SheetIndex, model: RowEntry, cells: list[CellEntry]) -> bytes:
        """Copies of the model row: attributes, styles and formulas; what is written in it is its own."""
        stop = tag_end(data, model.start)
        tag = data[model.start : stop]
        if tag.endswith(b"/>"):
            tag = tag[:-2].rstrip() + b">"
        name = tag[1:].split(None, 1)[0].rstrip(b">")
        rows = []
        for number in range(1, self.shift.count + 1):
            row = model.row + number
            inner = b"".join(self._copied(data, index, cell, number) for cell in cells)
            rows.append(with_attribute(tag, "r", str(row)) + inner + b"</" + name + b">")
        return b"".join(rows)

    def _copied(self, data: bytes, index: SheetIndex, cell: CellEntry, number: int) -> bytes:
        end = element_end(data, cell.start, cell.end)
        old = data[cell.start : end]
        tag = with_attribute(parts_of(old).tag, "r", address(cell.row + number, cell.column))
        formula = index.formula(cell)
        if formula is None:
            return cell_xml(tag, EMPTY)
        return cell_xml(tag, EMPTY._replace(formula=translate(formula, number, 0)))

    def _merge_patches(self, data: bytes, index: SheetIndex) -> list[Patch]:
        shift = self.shift
        areas = [moved for area in index.merges if (moved := shift.area(area)) is not None and not _single(moved)]
        if shift.count > 0:
            new = range(shift.after + 1, shift.after + shift.count + 1)
            across = [area for area in index.merges if area.top == area.bottom == shift.after]
            areas += [Area(row, area.left, row, area.right) for row in new for area in across]
            held = {
                column
                for area in index.merges
                for column in range(area.left, area.right + 1)
                if area.covers(shift.after, column)
            }
            areas += [Area(shift.after, c, new[-1], c) for c in sorted(self.joined) if c not in held]
        if areas == index.merges:
            return []
        group = next((child for child in index.children if child.name == "mergeCells"), None)
        if group is None:
            prefix = prefix_of(data, index)
            return [insertion(data, index, "mergeCells", _merges(prefix, areas)) for _ in areas[:1]]
        end = element_end(data, group.start, group.end)
        prefix = data[group.start + 1 : data.index(b"mergeCells", group.start)]
        return [Patch(group.start, end, _merges(prefix, areas) if areas else b"")]


def _single(area: Area) -> bool:
    return area.top == area.bottom and area.left == area.right


def _merges(prefix: bytes, areas: list[Area]) -> bytes:
    inner = b"".join(b'<%smergeCell ref="%s"/>' % (prefix, reference([area]).encode()) for area in areas)
    return b'<%smergeCells count="%d">%s</%smergeCells>' % (prefix, len(areas), inner, prefix)


def _renumbered(data: bytes, row: RowEntry, cells: list[CellEntry], number: int) -> Iterator[Patch]:
    """Patches that give a row and its cells their new number, where they print one."""
    stop = tag_end(data, row.start)
    tag = data[row.start : stop]
    # A row without a number has the one behind the row before it, which it then keeps.
    yield Patch(row.start, stop, with_attribute(tag, "r", str(number)))
    for cell in cells:
        stop = tag_end(data, cell.start)
        tag = data[cell.start : stop]
        yield Patch(cell.start, stop, with_attribute(tag, "r", address(number, cell.column)))


def _dimension_patch(data: bytes, index: SheetIndex, shift: Shift) -> Iterator[Patch]:
    child = next((child for child in index.children if child.name == "dimension"), None)
    if child is None:
        return
    stop = tag_end(data, child.start)
    tag = data[child.start : stop]
    found = re.search(rb'\sref="([^"]*)"', tag)
    if found:
        moved = moved_references(found[1].decode(), shift, grows=False)
        if moved:
            yield Patch(child.start, stop, with_attribute(tag, "ref", moved))


def _plain(text: bytes) -> str:
    return unescape(text.decode(), {"&quot;": '"', "&apos;": "'"})


def _markup(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").encode()
