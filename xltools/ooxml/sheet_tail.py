"""Elements behind a sheet's cells: data validations, conditional formats, and where a new one has to stand."""

from collections.abc import Sequence

from xltools.errors import WorkbookError
from xltools.ooxml.markup import (
    Element,
    Patch,
    append_children,
    element_end,
    escape,
    escape_control,
    parse_fragment,
    quote,
    tag_end,
    tag_name,
    with_attribute,
)
from xltools.ooxml.sheet_index import SheetIndex
from xltools.sheets.grid import MESSAGE_LIMIT, TITLE_LIMIT, Area, Validation, area_of, span
from xltools.texts import say

# CT_Worksheet's order (ECMA-376 part 1, 18.3.1.99).
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)
MAX_LIST = 255


def prefix_of(data: bytes, index: SheetIndex) -> bytes:
    """The prefix, with its colon, of the sheet's own elements."""
    start = next(child.start for child in index.children if child.name == "sheetData")
    return tag_name(data, start).removesuffix(b"sheetData")


def insertion(data: bytes, index: SheetIndex, name: str, content: bytes) -> Patch:
    """The patch that puts a new child of the worksheet element where the schema wants it."""
    earlier = ORDER[: ORDER.index(name) + 1]
    before = [child for child in index.children if child.name in earlier]
    position = max(element_end(data, child.start, child.end) for child in before)
    return Patch(position, position, content)


def reference(areas: Sequence[Area]) -> str:
    """Areas as an `sqref`."""
    return " ".join(span(area) for area in areas)


def without(area: Area, hole: Area) -> list[Area]:
    """What remains of an area when another one is cut out of it."""
    top, bottom = max(area.top, hole.top), min(area.bottom, hole.bottom)
    left, right = max(area.left, hole.left), min(area.right, hole.right)
    if top > bottom or left > right:
        return [area]
    pieces = [
        Area(area.top, area.left, top - 1, area.right),
        Area(top, area.left, bottom, left - 1),
        Area(top, right + 1, bottom, area.right),
        Area(bottom + 1, area.left, area.bottom, area.right),
    ]
    return [piece for piece in pieces if piece.top <= piece.bottom and piece.left <= piece.right]


def validation_xml(prefix: bytes, rule: Validation) -> bytes:
    """A `<dataValidation>`.

    Raises WorkbookError for a literal list that Excel would not read (longer than 255 characters, or with a blank item)
    and for a title or text that is too long.
    """
    literal = rule.formula1 if rule.type == "list" and (rule.formula1 or "").startswith('"') else None
    if literal is not None and (len(literal) - 2 > MAX_LIST or "" in literal.strip('"').split(",")):
        raise WorkbookError(say("ooxml.validation_list", limit=MAX_LIST))
    head = f'dataValidation type="{rule.type}"'
    if rule.operator:
        head += f' operator="{rule.operator}"'
    if rule.allow_blank:
        head += ' allowBlank="1"'
    if rule.alert in ("warning", "information"):
        head += f' errorStyle="{rule.alert}"'
    head += ' showInputMessage="1"' + (' showErrorMessage="1"' if rule.alert != "none" else "")
    head += f'{_messages(rule)} sqref="{reference(rule.areas)}"'
    inner = b""
    for name, formula in (("formula1", rule.formula1), ("formula2", rule.formula2)):
        if formula is not None:
            text = escape(formula.removeprefix("=")).encode()
            inner += b"<%s%s>%s</%s%s>" % (prefix, name.encode(), text, prefix, name.encode())
    return b"<" + prefix + head.encode() + b">" + inner + b"</" + prefix + b"dataValidation>"


def _messages(rule: Validation) -> str:
    texts = (
        ("errorTitle", rule.error_title, TITLE_LIMIT),
        ("error", rule.error, MESSAGE_LIMIT),
        ("promptTitle", rule.prompt_title, TITLE_LIMIT),
        ("prompt", rule.prompt, MESSAGE_LIMIT),
    )
    for _, text, limit in texts:
        if len(text) > limit:
            raise WorkbookError(say("ooxml.validation_text", text=text, limit=limit))
    return "".join(f' {name}="{quote(escape_control(text))}"' for name, text, _ in texts if text)


def validation_patches(data: bytes, index: SheetIndex, rules: Sequence[Validation]) -> list[Patch]:
    """Patches that add data validations; the cells they guard are taken out of the rules that guarded them before."""
    prefix = prefix_of(data, index)
    new = b"".join(validation_xml(prefix, rule) for rule in rules)
    group = next((child for child in index.children if child.name == "dataValidations"), None)
    if group is None:
        name = prefix + b"dataValidations"
        content = b'<%s count="%d">%s</%s>' % (name, len(rules), new, name)
        return [insertion(data, index, "dataValidations", content)]
    end = element_end(data, group.start, group.end)
    tree = parse_fragment(data[group.start : end])
    holes = [area for rule in rules for area in rule.areas]
    patches: list[Patch] = []
    removed = 0
    for element in tree.children:
        start, stop = group.start + element.start, group.start + element.end
        remaining = _remaining(element, holes)
        if remaining is None:
            continue
        if not remaining:
            removed += 1
            patches.append(Patch(start, stop, b""))
        else:
            tag = data[start : tag_end(data, start)]
            patches.append(Patch(start, start + len(tag), with_attribute(tag, "sqref", reference(remaining))))
    tag = data[group.start : tag_end(data, group.start)]
    tag = with_attribute(tag, "count", str(len(tree.children) - removed + len(rules)))
    return patches + append_children(data, group.start, end, new, tag)


def _remaining(element: Element, holes: Sequence[Area]) -> list[Area] | None:
    """What a rule still guards once the holes are cut out; None where they do not touch it."""
    try:
        before = [area_of(text) for text in element.get("sqref").split()]
    except ValueError:
        return None
    areas = before
    for hole in holes:
        areas = [piece for area in areas for piece in without(area, hole)]
    return None if areas == before else areas


def conditional_format_patch(
    data: bytes, index: SheetIndex, formats: Sequence[tuple[Sequence[Area], str, int]], priority: int
) -> Patch:
    """The patch that adds conditional formats: areas, formula, and index of the differential style of each."""
    prefix = prefix_of(data, index)
    content = b""
    for order, (areas, formula, look) in enumerate(formats):
        text = escape(formula.removeprefix("=")).encode()
        rule = f'cfRule type="expression" dxfId="{look}" priority="{priority + order}"'.encode()
        head = b'%sconditionalFormatting sqref="%s"' % (prefix, quote(reference(areas)).encode())
        content += b"<%s><%s%s><%sformula>%s</%sformula></%scfRule></%sconditionalFormatting>" % (
            *(head, prefix, rule, prefix, text),
            *(prefix, prefix, prefix),
        )
    return insertion(data, index, "conditionalFormatting", content)
