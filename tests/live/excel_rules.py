"""Rules of the Excel model: data validations and conditional formats."""

# ruff: noqa: N802, N803

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.live.com_server import Servant, Server
from tests.live.excel_looks import Font, Interior
from tests.live.excel_parts import Collection, Kept, part, refused
from xltools.ooxml.formulas import translate

if TYPE_CHECKING:
    from tests.live.excel_cells import Range

_MOST_FORMULA = 255


class Cells(Servant):
    """Any cells of a sheet."""

    def __init__(self, server: Server, places: frozenset[tuple[int, int]]) -> None:
        self.server, self.held = server, places

    @property
    def Cells(self) -> Cells:
        return self

    @property
    def CountLarge(self) -> int:
        return len(self.held)


class Rule:
    """A rule as it is kept: its formulas are meant for the cell `home`."""

    def __init__(self, home: tuple[int, int], **kept: Any) -> None:
        self.home, self.kept = home, kept


def _active(area: Range) -> tuple[int, int]:
    """The cell that relative references are meant for: the active one, of whatever sheet."""
    active = area.Application.ActiveCell
    return (area.top, area.left) if active is None else (active.top, active.left)


def _refuse(area: Range) -> None:
    area.sheet.refuse_formats()
    if len(area.sheet.book.selected) > 1 or area.sheet.book.MultiUserEditing:
        raise refused()


class Validation(Kept):
    """The rule of some cells; relative references of its formulas are said and understood from the active cell."""

    def __init__(self, area: Range, rule: Rule | None = None) -> None:
        super().__init__(area.server)
        self.area, self.rule = area, rule
        if rule is not None:
            self.kept = rule.kept

    @property
    def Type(self) -> int:
        if self.rule is None:
            raise refused()
        return int(self.kept["Type"])

    def _formula(self, name: str) -> str | None:
        formula = self.kept.get(name)
        if formula is None or not formula.startswith("=") or self.rule is None:
            return formula
        row, column = _active(self.area)
        down, right = row - self.rule.home[0], column - self.rule.home[1]
        return f"={translate(formula[1:], down, right, around=True)}"

    @property
    def Formula1(self) -> str | None:
        return self._formula("Formula1")

    @property
    def Formula2(self) -> str | None:
        return self._formula("Formula2")

    def touch(self, name: str) -> None:
        if self.rule is None:
            raise refused()

    def Delete(self) -> None:
        _refuse(self.area)
        for place in self.area.places():
            self.area.sheet.rules.pop(place, None)

    def Add(
        self, Type: int, AlertStyle: int = 1, Operator: int = 1, Formula1: str | None = None, Formula2: Any = None
    ) -> None:
        _refuse(self.area)
        if any(place in self.area.sheet.rules for place in self.area.places()):
            raise refused("There is a rule already.")
        if Type and not Formula1:
            raise refused()
        if any(len(text or "") > _MOST_FORMULA for text in (Formula1, Formula2)):
            raise refused()
        told = {"Type": Type, "AlertStyle": AlertStyle, "Operator": Operator}
        self.rule = Rule(_active(self.area), **told, Formula1=Formula1, Formula2=Formula2)
        self.kept = self.rule.kept
        self.area.sheet.rules |= dict.fromkeys(self.area.places(), self.rule)

    def Modify(
        self, Type: int, AlertStyle: int = 1, Operator: int = 1, Formula1: str | None = None, Formula2: Any = None
    ) -> None:
        messages = {
            name: value for name, value in self.kept.items() if name.startswith(("Input", "Error", "Show", "Ignore"))
        }
        self.Delete()
        self.Add(Type, AlertStyle, Operator, Formula1, Formula2)
        self.kept |= messages

    AlertStyle = part(int, "AlertStyle", changeable=False)
    Operator = part(int, "Operator", changeable=False)
    IgnoreBlank = part(bool, "IgnoreBlank", True)
    InCellDropdown = part(bool, "InCellDropdown", False)
    InputTitle = part(str, "InputTitle", "")
    InputMessage = part(str, "InputMessage", "")
    ErrorTitle = part(str, "ErrorTitle", "")
    ErrorMessage = part(str, "ErrorMessage", "")
    ShowInput = part(bool, "ShowInput", True)
    ShowError = part(bool, "ShowError", True)


class FormatConditions(Collection):
    """The conditional formats of an area; those of the sheet whose areas meet it."""

    def __init__(self, area: Range) -> None:
        found = [each for each in area.sheet.conditions if each.area.overlaps(area)]
        super().__init__(area.server, found, area)

    def Add(self, Type: int, Operator: int | None = None, Formula1: str | None = None, Formula2: Any = None) -> Any:
        _refuse(self.owner)
        if not Formula1:
            raise refused()
        condition = FormatCondition(self.owner, Rule(_active(self.owner), Formula1=Formula1), Type, Operator, Formula2)
        self.owner.sheet.conditions.append(condition)
        self.members.append(condition)
        return condition


class FormatCondition(Kept):
    def __init__(self, area: Range, rule: Rule, kind: int, operator: int | None, second: Any) -> None:
        super().__init__(area.server, Type=kind, Operator=operator, Formula2=second)
        self.area, self.rule = area, rule
        self.interior, self.font = Interior(area.server), Font(area.server)

    Type = part(int, "Type", changeable=False)
    Operator = part(int, "Operator", changeable=False)
    Formula2 = part(str, "Formula2", changeable=False)
    StopIfTrue = part(bool, "StopIfTrue", True)

    @property
    def Formula1(self) -> str:
        row, column = _active(self.area)
        down, right = row - self.rule.home[0], column - self.rule.home[1]
        return f"={translate(self.rule.kept['Formula1'][1:], down, right, around=True)}"

    @property
    def Interior(self) -> Interior:
        return self.interior

    @property
    def Font(self) -> Font:
        return self.font

    def SetFirstPriority(self) -> None:
        conditions = self.area.sheet.conditions
        conditions.remove(self)
        conditions.insert(0, self)

    def Delete(self) -> None:
        self.area.sheet.conditions.remove(self)
