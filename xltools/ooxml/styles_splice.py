"""New looks in the styles part: formats are added behind the existing ones, none of which changes."""

from dataclasses import dataclass

from xltools.edits import ConditionalFormat, Style
from xltools.ooxml.markup import (
    Element,
    Patch,
    append_children,
    parse,
    patched,
    quote,
    tag_end,
    tag_name,
    with_attribute,
)
from xltools.sheets.numberformats import BUILTIN

_FIRST_CUSTOM_FORMAT = 164
_FLAGS = {
    "numFmtId": "applyNumberFormat",
    "fontId": "applyFont",
    "fillId": "applyFill",
    "alignment": "applyAlignment",
    "protection": "applyProtection",
}
# CT_Stylesheet's order (ECMA-376 part 1, 18.8.39).
_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"),
    *("cellStyles", "dxfs", "tableStyles", "colors", "extLst"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """The looks of a cell in a sheet of our own; colours are `RRGGBB`, `size` is in points."""

    size: int = 10
    bold: bool = False
    underline: bool = False
    color: str | None = None
    fill: str | None = None
    border: bool = False
    horizontal: str | None = None
    vertical: str = "center"
    wrap: bool = True


class StyleBook:
    """A styles part that new cell styles and differential styles are added to."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._known: dict[tuple[int, Style], int] = {}
        self._looks: dict[Look, int] = {}
        self._read()

    def _read(self) -> None:
        self.root: Element = parse(self.data)
        self.prefix = tag_name(self.data, self.root.start).removesuffix(b"styleSheet")

    def style(self, base: int, change: Style) -> int:
        """The index of a cell style like the one at `base`, changed; added where there is none like it yet."""
        if (base, change) not in self._known:
            self._known[base, change] = self._style(base, change)
        return self._known[base, change]

    def _style(self, base: int, change: Style) -> int:
        xfs = self._group("cellXfs")
        source = xfs[base] if 0 <= base < len(xfs) else None
        attributes = (
            dict(source.attributes) if source else {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"}
        )
        children = {child.name: self.data[child.start : child.end] for child in source.children} if source else {}
        if change.number_format is not None:
            attributes["numFmtId"] = str(self._number_format(change.number_format))
            attributes[_FLAGS["numFmtId"]] = "1"
            # An apostrophe in front of a text has no business in a cell whose number is to show.
            attributes.pop("quotePrefix", None)
        if change.fill is not None:
            attributes["fillId"] = str(self._added("fills", self._solid(change.fill)))
            attributes[_FLAGS["fillId"]] = "1"
        if change.bold is not None or change.font_color is not None:
            font = self._font(int(attributes.get("fontId", "0")), change)
            attributes["fontId"] = str(self._added("fonts", font))
            attributes[_FLAGS["fontId"]] = "1"
        for name, attribute, value in (
            ("alignment", "wrapText", change.wrap),
            ("protection", "locked", change.locked),
        ):
            if value is not None:
                old = children.get(name) or b"<%s%s/>" % (self.prefix, name.encode())
                stop = tag_end(old, 0)
                children[name] = with_attribute(old[:stop], attribute, "1" if value else "0") + old[stop:]
                attributes[_FLAGS[name]] = "1"
        order = ("alignment", "protection", "extLst")
        inner = b"".join(children[name] for name in order if name in children)
        return self._added("cellXfs", self._tag("xf", attributes, inner))

    def look(self, look: Look) -> int:
        """The index of a cell style made from nothing, in the font that the workbook's cells have by default."""
        if look not in self._looks:
            self._looks[look] = self._look(look)
        return self._looks[look]

    def _look(self, look: Look) -> int:
        fonts = self._group("fonts")
        own = {child.name: self.data[child.start : child.end] for child in fonts[0].children} if fonts else {}
        kept = b"".join(own[name] for name in ("name", "family", "charset", "scheme") if name in own)
        marks = "".join(f"<~{name}/>" for name, wanted in (("b", look.bold), ("u", look.underline)) if wanted)
        color = f'<~color rgb="FF{look.color}"/>' if look.color else '<~color rgb="FF000000"/>'
        inner = self._plain(f'{marks}<~sz val="{look.size}"/>{color}') + kept
        attributes = {"numFmtId": "0", "fontId": str(self._added("fonts", self._tag("font", {}, inner)))}
        attributes["fillId"] = str(self._added("fills", self._solid(look.fill))) if look.fill else "0"
        sides = ("left", "right", "top", "bottom")
        lines = "".join(f'<~{side} style="thin"><~color rgb="FFA6A6A6"/></~{side}>' for side in sides)
        border = self._tag("border", {}, self._plain(f"{lines}<~diagonal/>"))
        attributes["borderId"] = str(self._added("borders", border)) if look.border else "0"
        if self._group("cellStyleXfs"):
            attributes["xfId"] = "0"
        attributes |= dict.fromkeys(("applyFont", "applyFill", "applyBorder", "applyAlignment"), "1")
        alignment = {"vertical": look.vertical} | ({"horizontal": look.horizontal} if look.horizontal else {})
        alignment |= {"wrapText": "1"} if look.wrap else {}
        return self._added("cellXfs", self._tag("xf", attributes, self._tag("alignment", alignment, b"")))

    def fill_of(self, style: int) -> bytes | None:
        """The `<fill>` of a cell style; None where it names none."""
        xfs, fills = self._group("cellXfs"), self._group("fills")
        number = xfs[style].get("fillId", "0") if style < len(xfs) else ""
        if not number.isdigit() or int(number) >= len(fills):
            return None
        return self.data[fills[int(number)].start : fills[int(number)].end]

    def with_fill(self, base: int, fill: bytes | None) -> int:
        """The index of a cell style like the one at `base` with another `<fill>`; None for no fill at all."""
        source = self._group("cellXfs")[base]
        number = "0" if fill is None else str(self._added("fills", fill))
        attributes = dict(source.attributes) | {"fillId": number, _FLAGS["fillId"]: "1"}
        inner = b"".join(self.data[child.start : child.end] for child in self._group("cellXfs")[base].children)
        return self._added("cellXfs", self._tag("xf", attributes, inner))

    def differential(self, look: ConditionalFormat) -> int:
        """The index of a differential style (`dxf`) for a conditional format."""
        font = ""
        if look.bold is not None or look.font_color is not None:
            bold = "" if look.bold is None else f'<~b val="{int(look.bold)}"/>'
            color = "" if look.font_color is None else f'<~color rgb="FF{look.font_color}"/>'
            font = f"<~font>{bold}{color}</~font>"
        fill = ""
        if look.fill is not None:
            fill = f'<~fill><~patternFill patternType="solid"><~fgColor rgb="FF{look.fill}"/>'
            fill += f'<~bgColor rgb="FF{look.fill}"/></~patternFill></~fill>'
        return self._added("dxfs", self._element("dxf", font + fill))

    def _number_format(self, code: str) -> int:
        for group in self.root.named("numFmts"):
            for element in group.named("numFmt"):
                if element.get("formatCode") == code:
                    return int(element.get("numFmtId"))
        for number, builtin in BUILTIN.items():
            # The built-in numbers above 22 mean other formats in other languages.
            if builtin == code and number <= 13:
                return number
        taken = [int(element.get("numFmtId")) for element in self._group("numFmts")]
        number = max([_FIRST_CUSTOM_FORMAT - 1, *taken]) + 1
        self._added("numFmts", self._tag("numFmt", {"numFmtId": str(number), "formatCode": code}, b""))
        return number

    def _font(self, base: int, change: Style) -> bytes:
        fonts = self._group("fonts")
        children = fonts[base].children if base < len(fonts) else []
        pieces = [(child.name, self.data[child.start : child.end]) for child in children]
        if change.bold is not None:
            pieces = [piece for piece in pieces if piece[0] != "b"]
            if change.bold:
                pieces.insert(0, ("b", b"<%sb/>" % self.prefix))
        if change.font_color is not None:
            color = ("color", b'<%scolor rgb="FF%s"/>' % (self.prefix, change.font_color.encode()))
            names = [name for name, _ in pieces]
            if "color" in names:
                pieces[names.index("color")] = color
            else:
                later = [place for place, name in enumerate(names) if name in ("name", "family", "charset", "scheme")]
                pieces.insert(later[0] if later else len(pieces), color)
        return self._tag("font", {}, b"".join(content for _, content in pieces))

    def _group(self, name: str) -> list[Element]:
        group = self.root.child(name)
        return group.children if group else []

    def _element(self, name: str, template: str) -> bytes:
        return self._tag(name, {}, self._plain(template))

    def _solid(self, color: str) -> bytes:
        return self._element("fill", f'<~patternFill patternType="solid"><~fgColor rgb="FF{color}"/></~patternFill>')

    def _plain(self, template: str) -> bytes:
        return template.replace("~", self.prefix.decode()).encode()

    def _tag(self, name: str, attributes: dict[str, str], inner: bytes) -> bytes:
        head = self.prefix + name.encode()
        given = "".join(f' {key}="{quote(value)}"' for key, value in attributes.items() if " " not in key).encode()
        return b"<" + head + given + (b">" + inner + b"</" + head + b">" if inner else b"/>")

    def _added(self, group_name: str, content: bytes) -> int:
        """The index of an element in its group: of one with the same bytes, else of one added at the end."""
        group = self.root.child(group_name)
        if group is None:
            self._add_group(group_name, content)
            return 0
        for place, element in enumerate(group.children):
            if self.data[element.start : element.end] == content:
                return place
        count = len(group.children)
        tag = self.data[group.start : tag_end(self.data, group.start)]
        if b"count" in tag:
            tag = with_attribute(tag, "count", str(count + 1))
        self.data = patched(self.data, append_children(self.data, group.start, group.end, content, tag))
        self._read()
        return count

    def _add_group(self, name: str, content: bytes) -> None:
        later = _ORDER[_ORDER.index(name) + 1 :]
        following = next((child.start for child in self.root.children if child.name in later), None)
        group = self._tag(name, {"count": "1"}, content)
        if following is not None:
            patches = [Patch(following, following, group)]
        else:
            patches = append_children(self.data, self.root.start, self.root.end, group)
        self.data = patched(self.data, patches)
        self._read()
