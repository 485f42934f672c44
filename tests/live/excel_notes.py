"""Notes, threaded comments and links of the Excel model."""

# ruff: noqa: N802, N803

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.live.com_server import Servant
from tests.live.excel_parts import Collection, Kept, part, refused

if TYPE_CHECKING:
    from tests.live.excel_cells import Range

PLAIN, BOLD = False, True
_UNDERLINED, _LINK_COLOUR = 2, 11


class Shape(Kept):
    """The box of a note; as small as Excel makes it unless somebody makes it larger."""

    Width = part(float, "Width", 96.0)
    Height = part(float, "Height", 55.5)

    def __init__(self, note: Comment) -> None:
        super().__init__(note.server)
        self.note = note

    def touch(self, name: str) -> None:
        self.note.cell.sheet.refuse_drawings()

    @property
    def TextFrame(self) -> TextFrame:
        return TextFrame(self.note)


class TextFrame(Servant):
    def __init__(self, note: Comment) -> None:
        self.server, self.note = note.server, note

    def Characters(self, Start: int = 1, Length: int | None = None) -> Characters:
        first = Start - 1
        last = len(self.note.letters) if Length is None else first + Length
        return Characters(self.note, first, last)


class Characters(Servant):
    def __init__(self, note: Comment, first: int, last: int) -> None:
        self.server, self.note, self.first, self.last = note.server, note, first, last

    @property
    def Text(self) -> str:
        return self.note.said[self.first : self.last]

    def Delete(self) -> None:
        self.note.cell.sheet.refuse_drawings()
        del self.note.letters[self.first : self.last]


class Comment(Servant):
    """A note; each letter of its text may be bold, as the name of its author mostly is."""

    def __init__(self, cell: Range, text: str, author: str = "") -> None:
        self.server, self.cell, self.author = cell.server, cell, author
        self.letters = [(letter, PLAIN) for letter in text]
        self.shape = Shape(self)

    @property
    def dead(self) -> bool:
        return self.cell.dead

    @property
    def said(self) -> str:
        return "".join(letter for letter, _ in self.letters)

    def Text(self, Text: str | None = None, Start: int | None = None, Overwrite: bool = True) -> str:
        if Text is None:
            return self.said
        self.cell.sheet.refuse_drawings()
        if Start is None:
            # The whole text takes on the looks of its first letter.
            look = self.letters[0][1] if self.letters else PLAIN
            self.letters = [(letter, look) for letter in Text]
        else:
            look = PLAIN if Start > len(self.letters) else self.letters[Start - 1][1]
            last = Start - 1 + len(Text) if Overwrite else Start - 1
            self.letters[Start - 1 : last] = [(letter, look) for letter in Text]
        return self.said

    @property
    def Author(self) -> str:
        return self.author

    @property
    def Parent(self) -> Range:
        return self.cell

    @property
    def Shape(self) -> Shape:
        return self.shape

    def Delete(self) -> None:
        self.cell.sheet.refuse_drawings()
        self.cell.sheet.notes.pop((self.cell.top, self.cell.left))


def add(cell: Range, text: str) -> Comment:
    """What Range.AddComment does."""
    sheet, place = cell.sheet, (cell.top, cell.left)
    sheet.refuse_drawings()
    if cell.Count > 1 or place in sheet.notes or place in sheet.threads:
        raise refused()
    covering = next((each for each in sheet.merges if each.overlaps(cell)), cell)
    if (covering.top, covering.left) != place:
        raise refused()
    sheet.notes[place] = Comment(cell, text)
    return sheet.notes[place]


class CommentThreaded(Kept):
    """A threaded comment; there is no room for a note beside it."""

    def Text(self) -> str:
        return str(self.kept["Text"])


class Hyperlinks(Collection):
    def __init__(self, area: Range) -> None:
        super().__init__(area.server, [each for each in area.sheet.links if each.Range.overlaps(area)], area)

    def Add(
        self,
        Anchor: Range,
        Address: str,
        SubAddress: str = "",
        ScreenTip: str = "",
        TextToDisplay: str | None = None,
    ) -> Hyperlink:
        sheet = Anchor.sheet
        sheet.refuse_formats()
        if sheet.book.MultiUserEditing:
            raise refused()
        address, _, place = Address.partition("#")
        link = Hyperlink(self.server, Address=address, SubAddress=SubAddress or place, ScreenTip=ScreenTip)
        link.area = Anchor
        sheet.links.append(link)
        if TextToDisplay is not None:
            link.TextToDisplay = TextToDisplay
        elif Anchor.Value2 is None:
            link.TextToDisplay = Address or SubAddress
        # A link takes on the style of links, with all that this says of its letters.
        font = Anchor.Font
        font.Size, font.Bold, font.Italic = 11.0, False, False
        font.ThemeColor, font.Underline = _LINK_COLOUR, _UNDERLINED
        return link


class Hyperlink(Kept):
    area: Range
    Address = part(str, "Address")
    SubAddress = part(str, "SubAddress")
    ScreenTip = part(str, "ScreenTip")

    @property
    def Range(self) -> Range:
        return self.area

    @property
    def TextToDisplay(self) -> Any:
        return self.area.Value2

    @TextToDisplay.setter
    def TextToDisplay(self, value: str) -> None:
        self.area.Value = value
