"""The sheets of the starter workbook and the add-in, as SpreadsheetML and DrawingML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLACING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"

PLAIN, TITLE, HEADING, BODY, NUMBER, LABEL, INPUT, REMARK = range(8)
"""Cell styles, by their place in `STYLES`."""

_FONT = '<name val="微软雅黑"/><charset val="134"/>'
STYLES = (
    DECLARATION + f'<styleSheet xmlns="{_MAIN}">'
    f'<fonts count="5"><font><sz val="11"/><color rgb="FF222222"/>{_FONT}</font>'
    f'<font><b/><sz val="18"/><color rgb="FF1F4E79"/>{_FONT}</font>'
    f'<font><b/><sz val="12"/><color rgb="FF1F4E79"/>{_FONT}</font>'
    f'<font><b/><sz val="11"/><color rgb="FF222222"/>{_FONT}</font>'
    f'<font><sz val="10"/><color rgb="FF595959"/>{_FONT}</font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF8DC"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/></patternFill></fill></fills>'
    '<borders count="2"><border/><border>'
    + "".join(f'<{side} style="thin"><color rgb="FFA6A6A6"/></{side}>' for side in ("left", "right", "top", "bottom"))
    + '</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="8">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="3" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment horizontal="center" vertical="top"/></xf>'
    '<xf numFmtId="0" fontId="3" fillId="3" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1"'
    ' applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFill="1"'
    ' applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="4" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: (column letter, text, style) of its cells, and its height in points."""

    cells: Sequence[tuple[str, str, int]]
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A shape that runs a macro; columns and rows are counted from 0, right and bottom are the first ones outside."""

    label: str
    macro: str
    left: int
    top: int
    right: int
    bottom: int
    colour: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name, its code name in VBA, how wide its columns are in characters, and what stands in it."""

    name: str
    code_name: str
    widths: Sequence[float]
    rows: Mapping[int, Row]
    merged: Sequence[str] = ()
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    buttons: Sequence[Button] = ()
    hidden: bool = False

    def xml(self, *, front: bool = False) -> str:
        """The worksheet part; its drawing, where it has buttons, is the relationship rId1."""
        widths = "".join(
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(self.widths, 1)
        )
        merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in self.merged)
        lists = "".join(
            f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{ref}">'
            f"<formula1>{escape(chr(34) + ','.join(choices) + chr(34))}</formula1></dataValidation>"
            for ref, choices in self.lists.items()
        )
        selected = ' tabSelected="1"' if front else ""
        return (
            DECLARATION
            + f'<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheetPr codeName="{self.code_name}">'
            + '<pageSetUpPr fitToPage="1"/></sheetPr>'
            + f'<sheetViews><sheetView showGridLines="0"{selected} workbookViewId="0"/></sheetViews>'
            + '<sheetFormatPr defaultRowHeight="18"/>'
            + f"<cols>{widths}</cols><sheetData>{''.join(_row(at, row) for at, row in sorted(self.rows.items()))}"
            + "</sheetData>"
            + (f'<mergeCells count="{len(self.merged)}">{merged}</mergeCells>' if merged else "")
            + (f'<dataValidations count="{len(self.lists)}">{lists}</dataValidations>' if lists else "")
            + '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            + '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            + ('<drawing r:id="rId1"/>' if self.buttons else "")
            + "</worksheet>"
        )

    def drawing(self) -> str:
        """The drawing part with the buttons."""
        shapes = "".join(_button(number, button) for number, button in enumerate(self.buttons, 2))
        return DECLARATION + f'<xdr:wsDr xmlns:xdr="{_PLACING}" xmlns:a="{_DRAWING}">{shapes}</xdr:wsDr>'


def _row(number: int, row: Row) -> str:
    height = f' ht="{row.height}" customHeight="1"' if row.height else ""
    cells = "".join(
        f'<c r="{column}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        if text
        else f'<c r="{column}{number}" s="{style}"/>'
        for column, text, style in row.cells
    )
    return f'<row r="{number}"{height}>{cells}</row>'


def _button(number: int, button: Button) -> str:
    def corner(name: str, column: int, row: int) -> str:
        across = f"<xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        return f"<xdr:{name}>{across}<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"

    return (
        '<xdr:twoCellAnchor editAs="absolute">'
        + corner("from", button.left, button.top)
        + corner("to", button.right, button.bottom)
        + f'<xdr:sp macro="[0]!{button.macro}" textlink=""><xdr:nvSpPr>'
        + f"<xdr:cNvPr id={quoteattr(str(number))} name={quoteattr(button.label)}/><xdr:cNvSpPr/></xdr:nvSpPr>"
        + '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'
        + '<a:prstGeom prst="roundRect"><a:avLst/></a:prstGeom>'
        + f'<a:solidFill><a:srgbClr val="{button.colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></xdr:spPr>'
        + '<xdr:txBody><a:bodyPr vertOverflow="clip" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="ctr"/>'
        + '<a:r><a:rPr lang="zh-CN" sz="1400" b="1"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
        + '<a:latin typeface="微软雅黑"/><a:ea typeface="微软雅黑"/></a:rPr>'
        + f"<a:t>{escape(button.label)}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"
    )
