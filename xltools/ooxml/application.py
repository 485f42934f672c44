"""One set of edits on its way into a workbook: what each part becomes, and the stored results that follow."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from xltools.edits import Edit, Mark, Style
from xltools.errors import WorkbookError
from xltools.ooxml import archive, refusals
from xltools.ooxml.cells import Stored, stored_formula, stored_value
from xltools.ooxml.markup import MarkupError, Patch, patched
from xltools.ooxml.note_parts import add_notes
from xltools.ooxml.package_splice import computed_on_load, without_calculation_chain
from xltools.ooxml.recalculation import Cell
from xltools.ooxml.sheet_index import scan
from xltools.ooxml.sheet_splice import CellChange, Place, cell_patches, result_patches
from xltools.ooxml.sheet_tail import conditional_format_patch, validation_patches
from xltools.ooxml.styles_splice import StyleBook
from xltools.ooxml.workbook import Workbook
from xltools.ooxml.worksheets import OpenSheet
from xltools.sheets.grid import Area, Validation, address
from xltools.sheets.numberformats import number_format
from xltools.texts import say

Parts = dict[str, bytes | None]

_OTHER_ENCODING = re.compile(rb"""^[^>]*encoding\s*=\s*["'](?!utf-8["']|us-ascii["'])""", re.IGNORECASE)
_PRIORITY = re.compile(rb'\spriority\s*=\s*["\'](\d+)')
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384


class Application:
    """The parts of a workbook as one set of edits changes them."""

    def __init__(self, workbook: Workbook, unlock: bool) -> None:
        self.workbook = workbook
        self.package = workbook.package
        self.unlock = unlock
        self.parts: Parts = {}
        self.patches: dict[str, list[Patch]] = {}
        self.cells: list[str] = []
        self.contents: dict[Cell, Stored] = {}
        self.given: set[Cell] = set()
        self.formulas_written = False
        self._styles: StyleBook | None = None

    @property
    def styles(self) -> StyleBook:
        """The styles part, with what the edits add to it."""
        if self._styles is None:
            part = self.workbook.related("/styles")
            if part is None:
                raise WorkbookError(say("ooxml.missing_part", path=self.package.path, part="xl/styles.xml"))
            self._styles = StyleBook(self.package.part(part))
        return self._styles

    def edit_sheet(self, sheet: OpenSheet, edits: Sequence[Edit]) -> None:
        """Make the edits of one sheet; raises WorkbookError where one must be refused."""
        data, part = sheet.data, sheet.entry.part
        if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") or _OTHER_ENCODING.search(data[:200]):
            raise WorkbookError(say("ooxml.encoding", path=self.package.path, part=part))
        self._refuse(sheet, edits)
        try:
            changes = self._changes(sheet, edits)
            patches = cell_patches(data, sheet.index, changes)
            patches += self._tail_patches(sheet, edits)
            self.patches[part] = patches
            self.parts[part] = patched(data, patches)
        except MarkupError as error:
            raise WorkbookError(say("ooxml.not_editable", path=self.package.path, part=part, reason=error)) from None
        if any(
            place in sheet.cells and sheet.cells[place].formula is not None
            for place, change in changes.items()
            if change.content is not None and change.content.formula is None
        ):
            self.parts.update(without_calculation_chain(self.package))

    def _refuse(self, sheet: OpenSheet, edits: Sequence[Edit]) -> None:
        where = f"{self.package.path} {sheet.entry.name}".lstrip()
        guarded = refusals.is_protected(sheet.index) and not self.unlock
        locked = self.workbook.locked_styles
        for edit in edits:
            place = edit.row, edit.column
            if not (1 <= edit.row <= _MAX_ROW and 1 <= edit.column <= _MAX_COLUMN):
                raise WorkbookError(say("ooxml.bad_address", address=f"{where}!{edit.row},{edit.column}"))
            if not edit.changes_content:
                continue
            # Emptying a cell that a merged area hides harms nothing.
            empties = edit.value is None and edit.formula is None
            if not empties or refusals.covered_by(sheet.index, *place) is None:
                refusals.refuse_content(where, sheet.index, place, sheet.arrays, sheet.reserved)
            style = sheet.style(*place) if guarded else 0
            if guarded and (style >= len(locked) or locked[style]):
                raise WorkbookError(say("ooxml.locked", where=where, cell=address(*place)))

    def _changes(self, sheet: OpenSheet, edits: Sequence[Edit]) -> dict[Place, CellChange]:
        changes: dict[Place, CellChange] = {}
        for edit in edits:
            self.cells.append(f"{sheet.entry.name}!{address(edit.row, edit.column)}")
            if not edit.changes_content and edit.style is None:
                continue
            place = edit.row, edit.column
            before = changes.get(place, CellChange(None))
            content = before.content
            if edit.changes_content:
                content = self._content(edit)
                cell = (sheet.entry.name.lower(), *place)
                self.contents[cell] = content
                self.formulas_written |= content.formula is not None
                if content.formula is not None and not isinstance(edit.result, Mark):
                    self.given.add(cell)
                else:
                    self.given.discard(cell)
            own = sheet.style(*place) if before.style is None else before.style
            look = self._look(edit, own)
            changes[place] = CellChange(content, before.style if look is None else look)
        return changes

    def _content(self, edit: Edit) -> Stored:
        date1904 = self.workbook.date1904
        if edit.formula is not None:
            if isinstance(edit.result, Mark):
                return stored_formula(edit.formula, None)
            result = "" if edit.result is None else edit.result
            return stored_formula(edit.formula, stored_value(result, date1904=date1904))
        assert not isinstance(edit.value, Mark)
        return stored_value(edit.value, date1904=date1904)

    def _look(self, edit: Edit, own: int) -> int | None:
        style = edit.style
        moment = edit.value if edit.formula is None else edit.result
        if isinstance(moment, date | time) and (style is None or style.number_format is None):
            formats = self.workbook.number_formats
            code = formats[own] if own < len(formats) else "General"
            if not number_format(code).is_date:
                style = replace(style or Style(), number_format=_date_format(moment))
        return None if style is None else self.styles.style(own, style)

    def _tail_patches(self, sheet: OpenSheet, edits: Sequence[Edit]) -> list[Patch]:
        data, index = sheet.data, sheet.index
        patches: list[Patch] = []
        alone = {id(edit): Area(edit.row, edit.column, edit.row, edit.column) for edit in edits}
        rules = [
            rule if rule.areas else _guarding(rule, alone[id(edit)])
            for edit in edits
            if (rule := edit.validation) is not None
        ]
        if rules:
            patches += validation_patches(data, index, rules)
        formats = [
            ([alone[id(edit)]], look.formula, self.styles.differential(look))
            for edit in edits
            if (look := edit.conditional_format) is not None
        ]
        if formats:
            priority = max((int(found) for found in _PRIORITY.findall(data)), default=0) + 1
            patches.append(conditional_format_patch(data, index, formats, priority))
        notes: dict[Place, str] = {}
        for edit in edits:
            if edit.note is not None:
                place = edit.row, edit.column
                notes[place] = f"{notes[place]}\n{edit.note}" if place in notes else edit.note
        if notes:
            patches += add_notes(self.package, sheet.entry, data, index, notes, self.parts)
        return patches

    def finish_styles(self) -> None:
        """Put the styles part among the changed ones, if the edits added to it."""
        part = self.workbook.related("/styles")
        if self._styles is not None and part is not None and self._styles.data != self.package.part(part):
            self.parts[part] = self._styles.data

    def store(self, sheet: OpenSheet, results: Mapping[Place, Stored], *, anew: bool) -> None:
        """Write refreshed stored results: found `anew` in the edited sheet, or at their places in the original."""
        part, patches = sheet.entry.part, self.patches.get(sheet.entry.part, [])
        if anew and patches:
            edited = patched(sheet.data, patches)
            self.parts[part] = patched(edited, result_patches(edited, scan(edited), results))
        else:
            self.parts[part] = patched(sheet.data, patches + result_patches(sheet.data, sheet.index, results))

    def ask_for_calculation(self) -> None:
        """Have the application compute every formula when it opens the workbook."""
        self.parts[self.package.main_part] = computed_on_load(self.package.part(self.package.main_part))

    def rebuilt(self) -> bytes:
        """The package with the changed parts."""
        changed = {
            name: content
            for name, content in self.parts.items()
            if name not in self.package or content != self.package.part(name)
        }
        return archive.rewritten(self.package.data, self.package.members, changed, self.package.path)


def _date_format(moment: date | time) -> str:
    if isinstance(moment, datetime):
        return "yyyy/m/d h:mm"
    return "h:mm:ss" if isinstance(moment, time) else "yyyy/m/d"


def _guarding(rule: Validation, area: Area) -> Validation:
    return replace(rule, areas=(area,))
