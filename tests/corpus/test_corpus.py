"""Every replica of the corpus: read as it stands, and its inconsistencies found without a false alarm."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.corpus.build import FORMS, load, write_docx, write_xlsx
from xltools import check, read
from xltools.figures import fold, is_blank

WRITERS = {"xlsx": write_xlsx, "docx": write_docx}
CASES = [(path.stem, kind) for path in sorted(FORMS.glob("*.md")) for kind in load(path).formats]
Json = dict[str, object]


def beside(stem: str, what: str) -> list[Json]:
    """The truths or expectations of a replica, one for each form in it."""
    data = json.loads((FORMS / f"{stem}.{what}.json").read_text(encoding="utf-8"))
    return data if isinstance(data, list) else [data]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("corpus")


def written(stem: str, kind: str, folder: Path) -> Path:
    target = folder / f"{stem}.{kind}"
    if not target.exists():
        WRITERS[kind](load(FORMS / f"{stem}.md"), target)
    return target


def plain(value: object, path: str) -> object:
    """A value as it is compared: width, blanks, zeros behind the point and numbering of names do not count."""
    if value is None or is_blank(str(value)):
        return None
    text = fold(str(value))
    number = re.fullmatch(r"(-?[\d,]*\.?\d+)(%?)", text)
    if number:
        return Decimal(number.group(1).replace(",", "")), number.group(2)
    if path.endswith(".name"):
        return re.sub(r"^(?:指标\d+[:、.]?|★+)", "", text) or text
    if path == "title":
        return re.sub(r"\(?20\d\d年度?\)?", "", text)
    return re.sub(r"^其中:?", "", text).rstrip(":")


def flat(data: object, path: str = "") -> dict[str, object]:
    """Every figure of a reading by its path; rows that hold nothing but a name are left out of the budget."""
    if isinstance(data, dict):
        found: dict[str, object] = {}
        for key, value in data.items():
            found |= flat(value, f"{path}.{key}" if path else key)
        return found
    if isinstance(data, list):
        rows = data
        if path == "budget":
            rows = [row for row in data if any(v is not None for k, v in row.items() if k not in ("item", "kind"))]
        return {k: v for index, row in enumerate(rows) for k, v in flat(row, f"{path}[{index}]").items()}
    value = plain(data, path)
    return {path: value} if value is not None else {}


def is_open(path: str, fields: list[str]) -> bool:
    bare = re.sub(r"\[\d+\]", "[]", path)
    return any(path == name or bare == name or path.startswith((f"{name}.", f"{name}[")) for name in fields)


@pytest.mark.parametrize(("stem", "kind"), CASES)
def test_a_replica_is_read_as_it_stands(stem: str, kind: str, folder: Path) -> None:
    readings = [evaluation.to_json() for evaluation in read(written(stem, kind, folder))]
    for truth, expected in zip(beside(stem, "truth"), beside(stem, "expected"), strict=True):
        leave = [*expected["read_open"], "cells", "path", *(["sheet"] if kind == "docx" else [])]  # type: ignore[misc]
        wanted = {path: value for path, value in flat(truth).items() if not is_open(path, leave)}

        def differences(reading: Json, wanted: dict[str, object] = wanted, leave: list[str] = leave) -> list[str]:
            got = {path: value for path, value in flat(reading).items() if not is_open(path, leave)}
            return [path for path in wanted.keys() | got.keys() if wanted.get(path) != got.get(path)]

        best = min((differences(reading) for reading in readings), key=len)
        # Rows whose existence is open shift the numbers of those behind them.
        shifting = any(re.fullmatch(r"(?:budget|indicators)(?:\[\d*\])?", name) for name in expected["read_open"])  # type: ignore[attr-defined]
        assert shifting or not best, sorted(best)


@pytest.mark.parametrize(("stem", "kind"), CASES)
def test_its_inconsistencies_are_found_and_nothing_else(stem: str, kind: str, folder: Path) -> None:
    report = check([written(stem, kind, folder)])
    serious = [item for entry in report.files for item in entry.findings if item.severity != "notice"]
    may: list[object] = []
    for expected in beside(stem, "expected"):
        must = [entry for entry in expected["must"] if _applies(entry, kind)]  # type: ignore[attr-defined]
        may += [*must, *(entry for entry in expected["may"] if _applies(entry, kind))]  # type: ignore[attr-defined]
        missed = [entry for entry in must if not any(_matches(entry, finding) for finding in serious)]
        assert not missed
    alarms = [(item.code, item.cell) for item in serious if not any(_matches(entry, item) for entry in may)]
    assert not alarms


def _applies(entry: object, kind: str) -> bool:
    return isinstance(entry, str) or kind in entry.get("formats", [kind])  # type: ignore[attr-defined]


def _matches(entry: object, finding: object) -> bool:
    if isinstance(entry, str):
        return bool(finding.code == entry)  # type: ignore[attr-defined]
    if finding.code != entry["code"]:  # type: ignore[attr-defined, index]
        return False
    wanted = entry.get("label_contains", "")  # type: ignore[attr-defined]
    said = fold(
        " ".join(str(getattr(finding, name) or "") for name in ("label", "message", "cell", "found", "expected"))
    )
    return any(fold(part) in said for part in (wanted if isinstance(wanted, list) else [wanted]))
