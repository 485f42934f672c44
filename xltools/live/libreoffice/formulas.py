"""Formulas between Excel's grammar and the one that LibreOffice's interfaces speak ("API English").

| | Excel | LibreOffice |
|---|---|---|
| arguments; columns and rows of an array | `,` ; `,` `;` | `;` ; `;` and a bar |
| another sheet; several | `'My Sheet'!A1`; `S1:S3!A1` | `$'My Sheet'.A1`; `$S1.A1:$S3.A1` |
| another workbook | `'/dir/[b.xlsx]S'!A1` | `'file:///dir/b.xlsx'#$S.A1` |
| union; intersection | `,`; blank | `~`; `!` |
| truth values | `TRUE` | `TRUE()`: a plain `TRUE` is stored as the number 1 |
| functions | see `formula_names` | |

Translation is by tokens in Python, so that a whole range takes one call. Formulas stand with their leading `=`.
"""

import re
from collections.abc import Callable, Collection
from urllib.parse import quote, unquote, urlsplit

from xltools.live.libreoffice.formula_names import api_name, excel_name

_TEXT = r'"(?:[^"]|"")*"'
_QUOTED = r"'(?:[^']|'')*'"
_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_ERROR = r"\#(?:N/A|REF!|DIV/0!|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)"
_WORD = r"[^\W\d]|[\\_?$]"

_EXCEL = re.compile(
    rf"""
    (?P<text>{_TEXT})
  | (?P<sheet>(?:{_QUOTED}
        | (?:\[[^\[\]]+\])?(?:{_WORD}|\d)[\w.\\?]*
        | (?!\$?[A-Za-z]{{1,3}}\$?\d{{1,7}}:)(?:\[[^\[\]]+\])?(?:{_WORD}|\d)[\w.\\?]*:(?:{_WORD}|\d)[\w.\\?]*)!)
  | (?P<error>{_ERROR})
  | (?P<blank>\s+)
  | (?P<table>(?:(?:{_WORD})[\w.\\?]*)?\[(?:[^\[\]]|\[[^\[\]]*\])*\])
  | (?P<number>{_NUMBER}(?![\w.]))
  | (?P<word>(?:{_WORD}|\d)(?:[\w.\\?$])*)
  | (?P<operator><>|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)

_REFERENCE = re.compile(
    r"(?P<first>\$?[A-Z]{1,3}\$?\d{1,7})(?::(?P<last>\$?[A-Z]{1,3}\$?\d{1,7}))?(?![\w.(])"
    r"|(?P<lines>(?P<from>\$?[A-Z]{1,3}|\$?\d{1,7}):(?P<to>\$?[A-Z]{1,3}|\$?\d{1,7}))(?![\w.(])",
    re.IGNORECASE,
)
_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*\Z")
_LOOKS_LIKE_CELL = re.compile(r"(?:[A-Z]{1,3}\d+|R\d*(?:C\d*)?|C\d*)\Z", re.IGNORECASE)

_TRUTH = {"TRUE", "FALSE"}


def quoted_sheet(name: str) -> str:
    """A sheet's name as it stands before `!` in Excel: `Data`, `'My Sheet'`, `'O''Brien'`."""
    if _PLAIN_SHEET.match(name) and not _LOOKS_LIKE_CELL.match(name) and name.upper() not in _TRUTH:
        return name
    return "'" + name.replace("'", "''") + "'"


def to_libreoffice(formula: str, folder: str = "") -> str:
    """A formula in Excel's grammar as LibreOffice's `setFormula` takes it.

    `folder` is the URL of the folder in which workbooks lie that are named without one (`[b.xlsx]Sheet1!A1`).
    """
    out: list[str] = []
    groups: list[str] = []
    operand = False
    text, position = formula.removeprefix("="), 0
    while match := _EXCEL.match(text, position):
        kind, token = str(match.lastgroup), match[0]
        position = match.end()
        if kind == "blank":
            out.append("!" if operand and "{" not in groups and _begins_operand(text, position) else token)
            continue
        if kind == "sheet":
            written, position = _sheet_reference(text, match, folder)
            out.append(written)
            operand = True
            continue
        called = kind == "word" and text[position : position + 1] == "("
        if kind == "operator":
            token, operand = _operator(token, groups, called=_is_call(out), operand=operand)
        elif called:
            token, operand = api_name(token), False
        else:
            if kind == "word" and token.upper() in _TRUTH and "{" not in groups:
                token = f"{token.upper()}()"
            elif kind == "error" and token == "#REF!":
                # What follows (`#REF!A1`, of a deleted sheet) tells nothing any more.
                lost = _REFERENCE.match(text, position)
                position = lost.end() if lost else position
            operand = True
        out.append(token)
    return "=" + "".join(out)


def _is_call(out: list[str]) -> bool:
    """Whether an opening bracket after what has been written so far belongs to a function."""
    return bool(out) and bool(re.match(r"[^\W\d]|[\\_]", out[-1])) and not out[-1].endswith(("()", "!"))


def _begins_operand(text: str, position: int) -> bool:
    following = _EXCEL.match(text, position)
    if following is None:
        return False
    return following.lastgroup in ("sheet", "word", "table", "error") or following[0] == "("


def _operator(token: str, groups: list[str], *, called: bool, operand: bool) -> tuple[str, bool]:
    """An operator or bracket in LibreOffice's spelling, and whether an operand ends with it."""
    inside = groups[-1] if groups else ""
    if token in "({":
        groups.append("call" if token == "(" and called else token)
        return token, False
    if token in ")}":
        if groups:
            groups.pop()
        return token, True
    if token == ",":
        return (";" if inside in ("call", "{") else "~"), False
    if token == ";" and inside == "{":
        return "|", False
    if token == "@" and not operand:
        # What `@` asks for is what LibreOffice does with every plain formula.
        return "", False
    return token, operand and token in "%#"


def _sheet_reference(text: str, match: re.Match[str], folder: str) -> tuple[str, int]:
    """What `Sheet1!A1` is in LibreOffice, and where the text goes on."""
    name, position = match[0][:-1], match.end()
    plain = name[1:-1].replace("''", "'") if name.startswith("'") else name
    document = ""
    if "[" in plain:
        path, _, plain = plain.rpartition("]")
        directory, _, book = path.rpartition("[")
        document = "'" + _url(directory, book, folder).replace("'", "''") + "'#"
    if text.startswith("#REF!", position):
        return "#REF!", position + 5
    first, _, last = plain.partition(":")
    reference = _REFERENCE.match(text, position)
    if not last or reference is None:
        return f"{document}${_libreoffice_sheet(plain)}.", position
    start, end = reference["first"], reference["last"] or reference["first"]
    if reference["lines"]:
        # LibreOffice takes whole columns and rows on one sheet only.
        start, end = reference["from"], reference["to"]
        by_row = start.strip("$").isdigit()
        start, end = (f"$A{start}", f"$XFD{end}") if by_row else (f"{start}$1", f"{end}$1048576")
    across = f"{document}${_libreoffice_sheet(first)}.{start}:${_libreoffice_sheet(last)}.{end}"
    return across, reference.end()


def _libreoffice_sheet(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _url(directory: str, book: str, folder: str) -> str:
    if "://" in directory:
        return directory + book
    if not directory:
        return folder + quote(book)
    path = directory.replace("\\", "/") + book
    if path.startswith("//"):
        return "file:" + quote(path)
    return "file://" + ("" if path.startswith("/") else "/") + quote(path, safe="/:")


_LOST = r"\$?(?:[A-Z]{1,3}|\#REF!)\$?(?:\d{1,7}|\#REF!)"
_API_CELL = rf"(?:\$?[A-Z]{{1,3}}\$?\d{{1,7}}|{_LOST})"
_API_LINE = r"(?:\$?[A-Z]{1,3}|\$?\d{1,7})"
_API_SHEET = rf"(?:\$?(?:{_QUOTED}|[^\W]\w*|\#REF!)\.)"

_API = re.compile(
    rf"""
    (?P<text>{_TEXT})
  | (?P<reference>
        (?P<document>{_QUOTED}\#)?
        (?P<sheet>{_API_SHEET})?
        (?: (?P<first>{_API_CELL})(?::(?P<sheet2>{_API_SHEET})?(?P<last>{_API_CELL}))?
          | (?P<from>{_API_LINE}):(?P<sheet3>{_API_SHEET})?(?P<to>{_API_LINE}) )
        (?![\w.(]))
  | (?P<document2>{_QUOTED}\#)?(?P<prefix>\$(?:{_QUOTED}|\w+)\.|{_QUOTED}\.)(?=[^\W\d]|[\\_])
  | (?P<error>{_ERROR})
  | (?P<number>{_NUMBER}(?![\w.]))
  | (?P<word>(?:{_WORD}|\d)(?:[\w.\\?$])*)
  | (?P<operator>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_EXPONENT = re.compile(r"[eE]([+-]?)0*(\d)")


def to_excel(formula: str, sheets: Callable[[], Collection[str]] = tuple) -> str:
    """A formula that LibreOffice's `getFormula` told, in Excel's grammar.

    `sheets` gives the names of the document's sheets; it is asked only where a point may belong to a name as well.
    """
    out: list[str] = []
    groups: list[str] = []
    text, position = formula.removeprefix("="), 0
    while match := _API.match(text, position):
        kind, token = str(match.lastgroup), match[0]
        position = match.end()
        if kind == "reference":
            token = _excel_reference(match)
        elif kind == "prefix":
            token = _excel_prefix(match["document2"], match["prefix"], None)
        elif kind == "number":
            token = _EXPONENT.sub(lambda found: f"E{found[1] or '+'}{found[2]}", token)
        elif kind == "word":
            if text.startswith("(", position):
                if token.upper() in _TRUTH and text.startswith("()", position):
                    token, position = token.upper(), position + 2
                else:
                    token = excel_name(token)
            elif "." in token:
                sheet, _, name = token.partition(".")
                token = f"{quoted_sheet(sheet)}!{name}" if sheet in sheets() else token
        elif kind == "operator":
            token = _excel_operator(token, groups)
        out.append(token)
    return "=" + "".join(out)


def _excel_operator(token: str, groups: list[str]) -> str:
    if token in "({":
        groups.append(token)
    elif token in ")}" and groups:
        groups.pop()
    elif token == ";":
        return ","
    elif token == "|" and groups and groups[-1] == "{":
        return ";"
    elif token in "~!":
        return "," if token == "~" else " "
    return token


def _excel_reference(match: re.Match[str]) -> str:
    first, last = match["first"], match["last"]
    prefix = _excel_prefix(match["document"], match["sheet"], match["sheet2"] or match["sheet3"])
    if match["from"]:
        return f"{prefix}{match['from']}:{match['to']}"
    if "#REF!" in first + (last or ""):
        return f"{prefix}#REF!"
    if last is None or (match["sheet2"] and first == last and match["sheet2"] != match["sheet"]):
        return f"{prefix}{first}"
    return f"{prefix}{first}:{last}"


def _excel_prefix(document: str | None, sheet: str | None, last_sheet: str | None) -> str:
    if sheet is None:
        return ""
    name = _sheet_name(sheet)
    if name is None:
        return "#REF!"
    last = _sheet_name(last_sheet) if last_sheet else None
    several = last is not None and last != name
    if document:
        url = urlsplit(document[1:-2].replace("''", "'"))
        path = unquote(url.path) if url.scheme == "file" else url.geturl()
        if url.scheme == "file" and re.match(r"/[A-Za-z]:", path):
            path = path[1:]
        elif url.netloc and url.scheme == "file":
            path = f"//{url.netloc}{path}"
        directory, _, book = path.rpartition("/")
        name = f"{directory}/[{book}]{name}"
    if several:
        name = f"{name}:{last}"
    if document or (several and (quoted_sheet(name.partition(":")[0]) + quoted_sheet(str(last))).count("'")):
        return "'" + name.replace("'", "''") + "'!"
    return f"{name}!" if several else f"{quoted_sheet(name)}!"


def _sheet_name(prefix: str) -> str | None:
    """The sheet of `$'My Sheet'.`; None where it has been deleted."""
    name = prefix.removeprefix("$")[:-1]
    if name == "#REF!":
        return None
    return name[1:-1].replace("''", "'") if name.startswith("'") else name
