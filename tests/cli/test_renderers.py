"""Every renderer of a check against a golden file of the same fixed findings."""

import re
from pathlib import Path

import pytest

from tests.cli.reports import REPORT, read_book
from xltools.output import csv_output, html, json_output, sarif, text

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("check.txt", lambda: text.render(REPORT)),
        ("check-verbose.txt", lambda: text.render(REPORT, verbose=True)),
        ("check-narrow.txt", lambda: text.render(REPORT, columns=50)),
        ("check-statistics.txt", lambda: text.render(REPORT, statistics=True)),
        ("check.json", lambda: "".join(json_output.pieces(REPORT)).rstrip("\n")),
        ("check.sarif", lambda: "".join(sarif.pieces(REPORT)).rstrip("\n")),
        ("check.csv", lambda: "".join(csv_output.pieces(REPORT)).rstrip("\n")),
        ("check.html", lambda: body("".join(html.pieces(REPORT, read_book=read_book)))),
    ],
)
def test_a_report_is_rendered_as_in_the_golden_file(name, printed):
    assert printed() + "\n" == (GOLDEN / name).read_text(encoding="utf-8")


def body(page: str) -> str:
    """A page without its style and script, which are files of their own."""
    return page[page.index("<body") : page.index("<script>")].rstrip("\n")


def test_colours_add_nothing_but_colours():
    coloured = text.render(REPORT, colour=True)
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text.render(REPORT)
