"""A check as JSON; the shape is a promise to users' scripts."""

import json
from collections.abc import Iterator

from xltools.check_report import CheckReport


def pieces(report: CheckReport) -> Iterator[str]:
    """The report as indented JSON with Chinese left readable, file by file."""
    yield f'{{\n  "verdict": "{report.verdict}",\n  "counts": {_indented(report.counts, 2)},\n  "files": ['
    comma = ""
    for file in report.files:
        yield f"{comma}\n    {_indented(file.to_json(), 4)}"
        comma = ","
    yield "\n  ]" if report.files else "]"
    unused = [acceptance.to_json() for acceptance in report.unused]
    if unused:
        yield f',\n  "unused_acceptances": {_indented(unused, 2)}'
    yield "\n}\n"


def _indented(value: object, blanks: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * blanks)
