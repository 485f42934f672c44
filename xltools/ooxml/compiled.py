"""A workbook compiled for filling: cut at the cells that may change, so that a copy is a join and a deflate.

What a copy holds is what `Editor.apply` would make of the same values (tests compare the two byte for byte): untouched
cells keep their bytes, stored results of formulas follow where the engine computes other ones than for the template.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from xltools.edits import Edit, Value
from xltools.errors import WorkbookError
from xltools.ooxml import refusals
from xltools.ooxml.assembly import Assembly
from xltools.ooxml.cells import EMPTY, Stored, cell_xml, parts_of, stored_value
from xltools.ooxml.editor import Editor
from xltools.ooxml.engine import Engine, engine_for
from xltools.ooxml.markup import MarkupError, element_end, escape, unescape
from xltools.ooxml.package import Package
from xltools.ooxml.package_splice import computed_on_load
from xltools.ooxml.recalculation import (
    Cell,
    FormulaCell,
    dependents,
    engine_results,
    formula_cells,
    same,
    strip,
    untrusted,
)
from xltools.ooxml.worksheets import OpenSheet, index_of
from xltools.sheets.grid import address
from xltools.texts import say

Place = tuple[str, int, int]
"""Sheet name, row, column."""

RENEW_AFTER = 1000
"""After how many copies the engine is started anew: it keeps every text that it has ever been given."""

_MARK = "\ue0f0mark\ue0f1"


@dataclass
class _Slot:
    """A cell that may change: its bytes as they stand, and its parts to write other contents with."""

    original: bytes
    tag: bytes
    formula: bytes | None
    rest: bytes
    frames: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)

    def written(self, content: Stored) -> bytes:
        """The cell's bytes with a content: what is around a value of one type is always the same."""
        text = content.value
        if text is None or text != text.strip() or "\n" in text or "  " in text:
            return cell_xml(self.tag, content, formula=self.formula, rest=self.rest)
        frame = self.frames.get(content.type)
        if frame is None:
            whole = cell_xml(self.tag, Stored(content.type, _MARK), formula=self.formula, rest=self.rest)
            before, _, after = whole.partition(_MARK.encode())
            frame = self.frames[content.type] = (before, after)
        if content.type == "inlineStr":
            return frame[0] + escape(text).encode() + frame[1]
        stored = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
        return frame[0] + stored.encode() + frame[1]


class _Sheet:
    """A sheet's XML as fixed pieces with slots between them."""

    def __init__(self, part: str, data: bytes, slots: list[tuple[int, int, Cell, _Slot]]) -> None:
        self.part = part.lower()
        self.pieces: list[bytes] = []
        self.slots: list[tuple[Cell, _Slot]] = []
        position = 0
        for start, end, cell, slot in sorted(slots, key=lambda entry: entry[0]):
            self.pieces.append(data[position:start])
            self.slots.append((cell, slot))
            position = end
        self.tail = data[position:]

    def joined(self, contents: Mapping[Cell, Stored]) -> bytes:
        """The sheet with these cells changed."""
        out: list[bytes] = []
        for piece, (cell, slot) in zip(self.pieces, self.slots, strict=True):
            content = contents.get(cell)
            out += (piece, slot.original if content is None else slot.written(content))
        out.append(self.tail)
        return b"".join(out)


class Compiled:
    """A workbook whose cells `inputs` (sheet, row, column) get other values in every copy.

    `notice` is one line for the user where the calculation engine refused or could not be trusted. Raises WorkbookError
    where a cell must not be written (covered, in an array, a formula) or the workbook is damaged or signed.
    """

    def __init__(self, data: bytes, inputs: Collection[Place], path: str = "") -> None:
        editor = Editor(_with_cells(data, inputs, path), path)
        if refusals.is_signed(editor.package):
            raise WorkbookError(say("ooxml.signed", path=path))
        self.notice = ""
        self._editor = editor
        self._date1904 = editor.workbook.date1904
        self._inputs = frozenset((sheet.lower(), row, column) for sheet, row, column in inputs)
        sheets = {sheet.name.lower(): editor.sheet(sheet.name) for sheet in editor.workbook.sheets}
        formulas = formula_cells({name: sheet.index for name, sheet in sheets.items()})
        self._refuse(sheets, formulas)
        self._results = _Results(editor, sheets, formulas, self._inputs)
        self._sheets = [
            _Sheet(sheet.entry.part, sheet.data, slots)
            for name, sheet in sheets.items()
            if (slots := self._slots(name, sheet))
        ]
        self._fixed: dict[str, bytes] = {}
        if self._results.left:
            key = "ooxml.engine_refused" if self._results.reason else "ooxml.left_to_application"
            self.notice = say(key, reason=self._results.reason, count=self._results.left)
            main = editor.package.main_part
            self._fixed[main.lower()] = computed_on_load(editor.package.part(main))
        self._assembly = Assembly(editor.package, [sheet.part for sheet in self._sheets] + list(self._fixed))

    def copy(self, values: Mapping[Place, Value]) -> bytes:
        """The workbook with values in its input cells; cells without one stay as the template has them.

        Raises WorkbookError for a value that a cell cannot hold, KeyError for a cell that is no input.
        """
        contents: dict[Cell, Stored] = {}
        for (sheet, row, column), value in values.items():
            cell = (sheet.lower(), row, column)
            if cell not in self._inputs:
                raise KeyError(f"{sheet}!{address(row, column)}")
            contents[cell] = stored_value(value, date1904=self._date1904)
        if self._results.by_editor:
            edits = [Edit(sheet, row, column, value) for (sheet, row, column), value in values.items()]
            return self._editor.apply(edits, unlock=True).data
        contents |= self._results.changed(contents)
        parts = {sheet.part: sheet.joined(contents) for sheet in self._sheets}
        return self._assembly.copy(parts | self._fixed)

    def _refuse(self, sheets: Mapping[str, OpenSheet], formulas: Mapping[Cell, FormulaCell]) -> None:
        for name, row, column in sorted(self._inputs):
            sheet = sheets[name]
            place = f"{sheet.entry.name}!{address(row, column)}"
            if (name, row, column) in formulas:
                raise WorkbookError(say("fill.formula_cell", cell=place))
            where = f"{self._editor.package.path} {sheet.entry.name}".lstrip()
            refusals.refuse_content(where, sheet.index, (row, column), sheet.arrays, sheet.reserved)

    def _slots(self, name: str, sheet: OpenSheet) -> list[tuple[int, int, Cell, _Slot]]:
        found = []
        data, results = sheet.data, self._results
        for entry in sheet.index.cells:
            cell = (name, entry.row, entry.column)
            if cell not in self._inputs and cell not in results.reached:
                continue
            end = element_end(data, entry.start, entry.end)
            original = data[entry.start : end]
            try:
                parts = parts_of(original)
            except MarkupError as error:
                raise self._editor.package.bad_xml(sheet.entry.part, error) from None
            slot = _Slot(original, parts.tag, parts.formula if cell in results.reached else None, parts.rest)
            if cell in results.stripped:
                slot.original = slot.written(EMPTY)
            found.append((entry.start, end, cell, slot))
        return found


class _Results:
    """The stored results that hang on the inputs, computed by one engine for one copy after the other.

    `by_editor` says that only a whole recalculation of each copy will do (formulas of the clock, say).
    """

    def __init__(
        self,
        editor: Editor,
        sheets: Mapping[str, OpenSheet],
        formulas: Mapping[Cell, FormulaCell],
        inputs: frozenset[Cell],
    ) -> None:
        self.reason = ""
        self.left = 0
        self.by_editor = False
        self.stripped: frozenset[Cell] = frozenset()
        self._copies = 0
        self._engine: Engine | None = None
        self._start: Callable[[], Engine | None] = lambda: None
        self._old = _standing(editor, sheets, inputs)
        self._trusted: list[tuple[Cell, Stored | None, Stored | None]] = []
        names = {name.lower(): meaning for name, meaning in editor.workbook.defined_names.items()}
        self.reached = dependents(formulas, inputs, names) if formulas else frozenset()
        if not self.reached:
            return
        data = editor.package.data
        computed = engine_results(data, [sheet.entry.part for sheet in sheets.values()])
        if isinstance(computed, str):
            refused = strip(formulas, inputs, frozenset(), names, computed)
            self.reason, self.left, self.stripped = computed, refused.left_to_application, frozenset(refused.results)
            return
        package = Package(computed, editor.package.path)
        after = formula_cells({name: index_of(package, sheet.entry.part) for name, sheet in sheets.items()})
        own = {cell: formulas[cell] for cell in self.reached}
        results = {cell: after[cell] for cell in self.reached if cell in after}
        titles = {name: sheet.entry.name for name, sheet in sheets.items()}
        self._start = partial(engine_for, data, own, results, titles)
        self._engine = self._start()
        if self._engine is None:
            self.by_editor = True
            return
        self._sort_out(own, self._engine)

    def _sort_out(self, formulas: Mapping[Cell, FormulaCell], engine: Engine) -> None:
        """Tell the results that the engine is trusted with from those that are left to the application."""
        doubtful = set()
        for cell, formula in formulas.items():
            before = engine.before[cell].result
            if untrusted(formula.result, before):
                doubtful.add(cell)
            else:
                self._trusted.append((cell, formula.result, before))
        self.left = len(doubtful)
        self.stripped = frozenset(cell for cell in doubtful if formulas[cell].result is not None)

    def changed(self, values: Mapping[Cell, Stored]) -> dict[Cell, Stored]:
        """The stored results that differ from the template's once these values stand in it."""
        if self._engine is None:
            return {}
        self._copies += 1
        if self._copies % RENEW_AFTER == 0:
            self._engine = self._start() or self._engine
        after = self._engine.moved_on(self._old, values)
        found: dict[Cell, Stored] = {}
        for cell, stored, before in self._trusted:
            result = after[cell]
            if stored is None:
                if result is not None:
                    found[cell] = result
            elif result != before and not same(before, result) and not same(stored, result):
                found[cell] = EMPTY if result is None else result
        return found


def _standing(editor: Editor, sheets: Mapping[str, OpenSheet], inputs: frozenset[Cell]) -> dict[Cell, Stored | None]:
    """What the input cells of the template hold."""
    found: dict[Cell, Stored | None] = {}
    for name, row, column in inputs:
        entry = sheets[name].cells[row, column]
        if entry.value and entry.type == "s":
            found[name, row, column] = Stored("str", editor.workbook.strings[int(entry.value)])
        elif entry.value:
            found[name, row, column] = Stored(entry.type, unescape(entry.value))
    return found


def _with_cells(data: bytes, inputs: Iterable[Place], path: str) -> bytes:
    """The workbook with the input cells that it lacks added, empty, in the style of their row or column."""
    editor = Editor(data, path)
    missing = [
        Edit(sheet, row, column, "") for sheet, row, column in inputs if (row, column) not in editor.sheet(sheet).cells
    ]
    return editor.apply(missing, unlock=True).data if missing else data
