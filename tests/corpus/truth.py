"""What a reader must read from a replica: its compact notes expanded to the shape of `xltools read --format json`.

In the front matter every `[[truth]]` describes one form of the file. `rows` gives, per tag, the field of each column
(`_` or `<` for none); rows tagged `B…` are budget totals, `b…` budget parts, any other tagged row an indicator. Level
names go down through merged cells; any other field of a covered cell is blank. `set` overrides single fields,
`budget` adds rows that the table has in no row of its own, `tables` (first, end) takes some tables of the sheet only.
"""

from __future__ import annotations

import re
from typing import Any

from tests.corpus.form import Form, FormError, Row, Sheet, shown

HEADER = ("name", "code", "supervisor", "project", "project_code", "implementer", "finance_office", "contact", "phone")
BUDGET = (
    *("item", "kind", "initial", "adjusted", "executed", "rate", "weight", "score"),
    *("carried_in", "adjustment", "carry_over", "note"),
)
INDICATOR = (
    *("level1", "level2", "name", "nature", "unit", "target", "target_adjusted", "actual"),
    *("coefficient", "weight", "score", "score_rate", "core", "note"),
)
_DASHES = {"", "-", "—", "–", "/", "——"}
_SUFFIX = re.compile(r"[（(]\s*\d+(?:\.\d+)?\s*分\s*[）)]$")
_Record = dict[str, Any]


def expand(form: Form) -> list[_Record]:
    """The truth of every form in the file. Raises FormError where the notes name an unknown field, tag or sheet."""
    return [_one(form, notes) for notes in form.meta["truth"]]


def _one(form: Form, notes: _Record) -> _Record:
    name = notes.get("sheet", form.sheets[0].name)
    sheet = next((s for s in form.sheets if s.name == name), None)
    if sheet is None:
        raise FormError(f"{form.slug}: no sheet {name!r}")
    columns = {tag: spec.split() for tag, spec in notes.get("rows", {}).items()}
    truth: _Record = {
        "sheet": name,
        "form": notes["form"],
        "title": notes["title"],
        "year": notes.get("year"),
        "money_unit": notes.get("money_unit"),
        "unit": _filled(HEADER, notes.get("unit", {})),
        "budget": [],
        "goals": _filled(("initial", "adjusted", "achieved"), notes.get("goals", {})),
        "indicators": [],
        "total": _filled(("weight", "score", "grade"), notes.get("total", {})),
    }
    for table in sheet.tables[slice(*notes.get("tables", (0, None)))]:
        for number, row in enumerate(table):
            if not row.tag:
                continue
            if row.tag not in columns:
                raise FormError(f"{form.slug}: no columns for the rows tagged {row.tag!r}")
            record = _record(table, number, columns[row.tag])
            if row.tag[0] in "Bb":
                record["kind"] = "total" if row.tag[0] == "B" else "part"
                truth["budget"].append(_filled(BUDGET, record))
            else:
                truth["indicators"].append(_filled(INDICATOR, record))
    truth["budget"] += [_filled(BUDGET, row) for row in notes.get("budget", [])]
    for path, value in notes.get("set", {}).items():
        _set(truth, path, value)
    return truth


def _record(table: list[Row], number: int, columns: list[str]) -> _Record:
    row = table[number]
    if len(columns) > len(row.cells):
        raise FormError(f"{len(columns)} columns named, the table has {len(row.cells)}")
    record: _Record = {}
    for cell, name in zip(row.cells, columns, strict=False):
        if name in ("_", "<"):
            continue
        text = cell.text
        if cell.anchor and name in ("level1", "level2"):
            text = table[cell.anchor[0]].cells[cell.anchor[1]].text
        value = shown(text).replace("\n", "").strip()
        if name in ("level1", "level2"):
            value = _SUFFIX.sub("", value.replace(" ", ""))
        record[name] = None if value in _DASHES else value
    return record


def _filled(names: tuple[str, ...], given: _Record) -> _Record:
    unknown = set(given) - set(names)
    if unknown:
        raise FormError(f"unknown field: {', '.join(sorted(unknown))}")
    return {name: given.get(name) for name in names}


def _set(truth: _Record, path: str, value: str) -> None:
    spot: Any = truth
    *parents, last = re.findall(r"\w+", path)
    for part in parents:
        spot = spot[int(part)] if part.isdigit() else spot[part]
    if last not in spot:
        raise FormError(f"no field {path!r}")
    spot[last] = value or None


def expectations(form: Form, index: int = 0) -> _Record:
    """What `xltools check` has to find (`must`), may find (`may`), and which fields stay open (`read_open`)."""
    notes: _Record = form.meta.get("expected", {})
    must, may = list(notes.get("must", [])), [*notes.get("may", []), "V111"]
    entry = {"code": "F005", "label_contains": "", "formats": ["xlsx", "xls"]}
    if not form.typed:
        must.append(entry)
    elif any(_marked(sheet) for sheet in form.sheets):
        may.append(entry)
    opened = [*notes.get("read_open", []), *form.meta["truth"][index].get("read_open", []), *_said_none(form, index)]
    return {
        "must": [_finding([x] if isinstance(x, str) else x) for x in must],
        "may": [_finding(x) for x in may],
        "why": notes.get("why", {}),
        "read_open": sorted(opened),
    }


def _said_none(form: Form, index: int) -> list[str]:
    """Fields that print 无: a word to some readers, a blank to others."""
    truth = _one(form, form.meta["truth"][index])
    rows = ((f"{block}[{i}]", row) for block in ("budget", "indicators") for i, row in enumerate(truth[block]))
    return [f"{place}.{key}" for place, row in rows for key, value in row.items() if value == "无"]


def _marked(sheet: Sheet) -> bool:
    return any(cell.text.startswith("'") for table in sheet.tables for row in table for cell in row.cells)


def _finding(entry: Any) -> Any:
    """`["S107", "满意度"]` is the short form of a code with a label; further labels are alternatives."""
    if isinstance(entry, list):
        code, *labels = entry
        return {"code": code, "label_contains": labels[0] if len(labels) == 1 else labels or ""}
    return entry
