"""Title, year, money unit and the header's labels with their values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from xltools.evaluation import Label, UnitInfo, YearMention
from xltools.figures import Figure, fold, is_blank
from xltools.forms.layout import Box, Sheet, looks_like_number, one_line
from xltools.forms.vocabulary import EXACT, LONGEST_LABEL, Vocabulary, money_unit

UNIT_FIELDS = tuple(entry.name for entry in fields(UnitInfo))
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?:度)?|(?<!\d)(20\d\d)(?=\s*[)）]|$)")
_CHINESE_YEAR = re.compile(r"二[〇零○Oo0][〇零○一二三四五六七八九]{2}(?=\s*年)")
_NUMERALS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
_YEAR_OF = re.compile(r"(?<!\d)(20\d\d)\s*年度")
_YEAR_LINE = re.compile(r"^\(?(20\d\d)(?:年度?)?[,;]?\)?(?:(?:金额)?单位.*)?$")
_TICKED = re.compile(r"[☑☒√■✓✔]\s*([^\s□☐☑☒√■✓✔]+)")
_TITLE_WORDS = ("自评表", "评价表", "自评", "绩效", "评分表", "得分", "评价", "考核表")
_NOT_TITLE = re.compile(r"^(?:附件|附表|表\d|报表编号|填报|单位|公开\d*表|编号)")
_COLON = re.compile(r"[:：]")
_GAP = re.compile(r"\s{2,}|\t|[，。；;|、]")
"""What parts two labels on one line."""
_HEADER_MONEY = re.compile(r"(?:金额)?单位[:：]?(?:人民币)?(亿元|万元|千元|元)")


@dataclass
class Heading:
    """What stands around the tables: title, year, money unit, unit and project, printed totals."""

    title: Figure | None = None
    years: list[YearMention] = field(default_factory=list)
    money_unit: str | None = None
    values: dict[str, Figure] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)


def find_title(sheet: Sheet, last: int) -> Figure | None:
    """The form's title among the rows above its first table, or among the lines above a document's table."""
    best: tuple[int, Figure] | None = None
    for line in reversed(sheet.grid.captions):
        rank = title_rank(line)
        if rank and (best is None or rank > best[0]):
            best = rank, Figure(one_line(line), sheet=sheet.grid.sheet)
    for row in range(sheet.first, last + 1):
        for box in sheet.filled(row):
            rank = title_rank(box.text)
            label = sheet.match("header", box)
            if rank and (label is None or label.confidence < EXACT) and (best is None or rank > best[0]):
                figure = sheet.text_figure(box)
                if figure is not None:
                    best = rank, figure
    return best[1] if best else None


def title_rank(text: str) -> int:
    """How much a line looks like a form's title: 0 not at all."""
    folded = fold(text)
    if not 3 < len(folded) <= 70 or re.search(r"[:。;]", re.sub(r"^表\d+:", "", folded)):
        return 0
    bare = re.sub(r"\(.*?\)$", "", folded)
    if _NOT_TITLE.match(bare) and not re.match(r"^(?:附件|附表)?\d*[:、.]?.*自评表$", bare):
        return 1 if bare.endswith("情况") and "得分" in bare else 0
    rank = sum(weight for word, weight in zip(_TITLE_WORDS, (8, 6, 4, 3, 3, 1, 1, 2), strict=True) if word in bare)
    return rank + 2 if rank and bare.endswith("表") else (rank if rank >= 4 and len(bare) <= 40 else 0)


def western_year(text: str) -> str:
    """A text with a year in Chinese numerals (`二〇二二年`) written in digits."""
    return _CHINESE_YEAR.sub(lambda found: found.group().translate(_NUMERALS), text)


def year_of(text: str) -> str | None:
    """The year that a title or caption names; the one called 年度 where it names several."""
    text = western_year(text)
    named = _YEAR_OF.findall(text)
    if named:
        return str(named[0])
    found = [first or second for first, second in _YEAR.findall(text)]
    return found[0] if found else None


def read_line_years(sheet: Sheet, heading: Heading, last: int) -> None:
    """The years named by the title and by lines that are nothing but a year, above the first table."""
    if heading.title is not None and (year := year_of(heading.title.text)):
        where = heading.title
        heading.years.append(YearMention(year, "title", where.text, where.sheet, where.row, where.column))
    for row in range(sheet.first, last + 1):
        for box in sheet.filled(row):
            found = _YEAR_LINE.match(western_year(fold(box.text)))
            alone = len(sheet.filled(row)) == 1
            if found and (found.group(0) != found.group(1) or alone):
                area = box.area
                heading.years.append(
                    YearMention(found.group(1), "title", one_line(box.text), sheet.grid.sheet, area.top, area.left)
                )
    for line in sheet.grid.captions:
        found = _YEAR_LINE.match(western_year(fold(line)))
        if found:
            heading.years.append(YearMention(found.group(1), "title", line, sheet.grid.sheet))


def read_captions(sheet: Sheet, heading: Heading) -> None:
    """Labels with their values in the lines above a document's table."""
    for line in sheet.grid.captions:
        _read_inline(sheet.vocabulary, heading, line, Figure(line, sheet=sheet.grid.sheet))


def read_trailers(sheet: Sheet, heading: Heading) -> None:
    """Total and grade in the lines below a document's table (`自评总分：96.8    自评等级：优`)."""
    below = Heading()
    for line in sheet.grid.trailers:
        _read_inline(sheet.vocabulary, below, line, Figure(line, sheet=sheet.grid.sheet))
    for name in ("total_score", "grade"):
        if name in below.values:
            heading.values.setdefault(name, below.values[name])
            heading.labels += [label for label in below.labels if label.field == name]


def read_row(sheet: Sheet, heading: Heading, row: int) -> None:
    """The header labels of a row with the values at their right, below them, or behind their own colon."""
    boxes = sheet.boxes(row)
    starting = [box for box in boxes if box.text and box.area.top == row]
    if _labels_only(sheet, starting, row):
        _read_below(sheet, heading, starting)
        return
    for index, box in enumerate(boxes):
        if not box.text or box.area.top != row:
            continue
        if unit := _HEADER_MONEY.search(fold(box.text)):
            heading.money_unit = heading.money_unit or unit.group(1)
        match = sheet.match("header", box)
        if match is None:
            if re.search(r"[:：]", box.text):
                figure = Figure(one_line(box.text), sheet=sheet.grid.sheet, row=row, column=box.area.left)
                _read_inline(sheet.vocabulary, heading, box.text, figure)
            continue
        right = boxes[index + 1] if index + 1 < len(boxes) else None
        value = right if right is not None and not _is_label(sheet, right) else None
        _take(sheet, heading, match.field, match.confidence, box, value)


def _is_label(sheet: Sheet, box: Box) -> bool:
    """Whether a box right of a label is a label too: then the value is blank."""
    if sheet.match("header", box) is not None:
        return True
    others = (sheet.match(block, box) for block in ("budget", "indicators", "funds"))
    return any(match is not None and match.confidence == EXACT for match in others)


def _labels_only(sheet: Sheet, boxes: Sequence[Box], row: int) -> bool:
    """Whether a row is nothing but header labels, side by side, with their values in the row below."""
    if len(boxes) < 2 or len(boxes) != len(sheet.boxes(row)):
        return False
    return all(sheet.match("header", box) for box in boxes) and not any(
        sheet.match("header", box) for box in sheet.filled(row + 1)
    )


def _read_below(sheet: Sheet, heading: Heading, labels: Sequence[Box]) -> None:
    for box in labels:
        match = sheet.match("header", box)
        below = next((other for other in sheet.boxes(box.area.bottom + 1) if other.area.left == box.area.left), None)
        if match is not None:
            _take(sheet, heading, match.field, match.confidence, box, below)


def _take(sheet: Sheet, heading: Heading, name: str, confidence: float, label: Box, value: Box | None) -> None:
    if name == "other":
        return
    heading.labels.append(
        Label("header", name, one_line(label.text), sheet.grid.sheet, label.area.top, label.area.left, confidence)
    )
    if value is None or is_blank(value.text):
        return
    figure = sheet.text_figure(value)
    if figure is None:
        return
    if name == "grade" and (ticked := _TICKED.search(figure.text)):
        figure = replace(figure, text=ticked.group(1))
    if name in ("total_score", "grade") and not _fits_total(name, figure):
        return
    _store(heading, name, figure)


def _fits_total(name: str, figure: Figure) -> bool:
    return looks_like_number(figure.text) if name == "total_score" else len(fold(figure.text)) <= 4


def _store(heading: Heading, name: str, figure: Figure) -> None:
    if name == "money_unit":
        heading.money_unit = heading.money_unit or money_unit(f"({figure.text})") or heading.money_unit
        return
    if name == "year":
        found = re.search(r"20\d\d", figure.text)
        if found:
            heading.years.append(
                YearMention(found.group(), "header", figure.text, figure.sheet, figure.row, figure.column)
            )
        return
    if name == "name" and re.fullmatch(r"(?:人民币)?(?:亿|万|千)?元", fold(figure.text)):
        heading.money_unit = heading.money_unit or fold(figure.text).removeprefix("人民币")
        return
    heading.values.setdefault(name, figure)


def _read_inline(vocabulary: Vocabulary, heading: Heading, text: str, where: Figure) -> None:
    """`单位名称：某局    填报日期：` – each known label of a line with what follows it up to the next one."""
    folded = text.replace("\u3000", " ")
    if unit := _HEADER_MONEY.search(fold(text)):
        heading.money_unit = heading.money_unit or unit.group(1)
    for label, value in inline_pairs(folded):
        match = vocabulary.match("header", label)
        if match is None or match.field == "other":
            continue
        heading.labels.append(
            Label("header", match.field, label, where.sheet, where.row, where.column, match.confidence)
        )
        if is_blank(value):
            continue
        figure = Figure.of(one_line(value), sheet=where.sheet, row=where.row, column=where.column)
        if match.field in ("total_score", "grade") and not _fits_total(match.field, figure):
            continue
        if match.field == "total_score" and figure.unit == "分":
            figure = replace(
                Figure.of(figure.text.rstrip("分 ")), sheet=where.sheet, row=where.row, column=where.column
            )
        _store(heading, match.field, figure)


def inline_pairs(line: str) -> Iterator[tuple[str, str]]:
    """Label and value of every `label：value` in a line."""
    starts: list[tuple[int, int, int]] = []
    behind = 0
    for colon in _COLON.finditer(line):
        before = line[behind : colon.start()]
        gaps = list(_GAP.finditer(before)) or (list(re.finditer(r"\s", before.rstrip())) if starts else [])
        start = behind + (gaps[-1].end() if gaps else 0)
        if 2 <= len("".join(line[start : colon.start()].split())) <= LONGEST_LABEL:
            starts.append((start, colon.start(), colon.end()))
        behind = colon.end()
    for index, (start, end, value) in enumerate(starts):
        stop = starts[index + 1][0] if index + 1 < len(starts) else len(line)
        yield line[start:end].strip(), line[value:stop].strip()
