"""What the workbook part says: sheets, names, date system, links to other workbooks, and where its other parts are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xltools.ooxml import shared_strings
from xltools.ooxml.markup import Element, MarkupError, unescape
from xltools.ooxml.package import Package, Relationship
from xltools.sheets.grid import unquoted
from xltools.sheets.numberformats import BUILTIN

FINDINGS_NAME = "xltools_findings"
"""The hidden defined name that means the sheet of findings in an annotated copy, also after it was renamed."""


def findings_sheet(defined_names: Mapping[str, str], sheets: Collection[str]) -> str | None:
    """The name of the sheet of findings among a workbook's sheets; None where there is none."""
    name = unquoted(defined_names.get(FINDINGS_NAME, "").rpartition("!")[0])
    return name if name in sheets else None


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One worksheet: its name, state (`visible`, `hidden`, `veryHidden`) and part."""

    name: str
    state: str
    part: str


@dataclass
class Workbook:
    """A workbook package understood as a workbook; its parts are read as they are asked for.

    Raises WorkbookError, here and at each property, where the package is damaged or holds no workbook.
    """

    package: Package
    root: Element = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.package.tree(self.package.main_part)

    @cached_property
    def sheets(self) -> tuple[SheetEntry, ...]:
        """The worksheets in their order; chart, dialog and macro sheets left out."""
        found = []
        for element in self._under("sheets", "sheet"):
            relationship = self._relationships.get(element.get("id"))
            if relationship and relationship.type.endswith("/worksheet"):
                name, state = unescape(element.get("name")), element.get("state", "visible")
                found.append(SheetEntry(name, state, relationship.target))
        return tuple(found)

    @cached_property
    def all_sheet_names(self) -> tuple[str, ...]:
        """The names of all sheets, of whatever sort, in their order."""
        return tuple(unescape(element.get("name")) for element in self._under("sheets", "sheet"))

    @cached_property
    def date1904(self) -> bool:
        """Whether dates count from 1904."""
        properties = self.root.child("workbookPr")
        return properties is not None and properties.truth("date1904")

    @cached_property
    def defined_names(self) -> dict[str, str]:
        """Defined names and what they mean; a name of one sheet alone as `sheet!name`."""
        names = self.all_sheet_names
        found = {}
        for element in self._under("definedNames", "definedName"):
            name, sheet = element.get("name"), element.get("localSheetId")
            if sheet.isdigit() and int(sheet) < len(names):
                name = f"{names[int(sheet)]}!{name}"
            found[name] = element.text
        return found

    @cached_property
    def findings_sheet(self) -> str | None:
        """The name of the sheet of findings that annotating put into the workbook; None where there is none."""
        return findings_sheet(self.defined_names, self.all_sheet_names)

    @cached_property
    def external_links(self) -> tuple[str, ...]:
        """The workbooks that formulas mean by `[1]`, `[2]`, … in this order."""
        targets = []
        for element in self._under("externalReferences", "externalReference"):
            relationship = self._relationships.get(element.get("id"))
            links = self.package.relationships(relationship.target).values() if relationship else ()
            targets.append(next((link.target for link in links if link.external), ""))
        return tuple(targets)

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings."""
        part = self.related("/sharedStrings")
        if part is None:
            return []
        try:
            return shared_strings.strings(self.package.part(part))
        except MarkupError as error:
            raise self.package.bad_xml(part, error) from None

    @cached_property
    def styles(self) -> Element | None:
        """The root of the styles part, or None."""
        part = self.related("/styles")
        return self.package.tree(part) if part else None

    @cached_property
    def number_formats(self) -> list[str]:
        """The number format of every cell style (`s`), by its index."""
        if self.styles is None:
            return []
        codes = dict(BUILTIN)
        for group in self.styles.named("numFmts"):
            for element in group.named("numFmt"):
                if element.get("numFmtId").isdigit():
                    codes[int(element.get("numFmtId"))] = unescape(element.get("formatCode"))
        formats = []
        for group in self.styles.named("cellXfs"):
            for element in group.named("xf"):
                number = element.get("numFmtId", "0")
                formats.append(codes.get(int(number), "General") if number.isdigit() else "General")
        return formats

    @cached_property
    def locked_styles(self) -> list[bool]:
        """For every cell style, whether its cells are locked when their sheet is protected."""
        groups = self.styles.named("cellXfs") if self.styles else []
        protections = [element.child("protection") for group in groups for element in group.named("xf")]
        return [protection is None or protection.truth("locked", True) for protection in protections]

    def related(self, kind: str) -> str | None:
        """The part that the workbook relates to by a type ending in `kind` (`/styles`), if the package holds it."""
        for relationship in self._relationships.values():
            if relationship.type.endswith(kind) and not relationship.external and relationship.target in self.package:
                return relationship.target
        return None

    @cached_property
    def _relationships(self) -> dict[str, Relationship]:
        return self.package.relationships(self.package.main_part)

    def _under(self, group: str, name: str) -> list[Element]:
        parent = self.root.child(group)
        return parent.named(name) if parent else []
