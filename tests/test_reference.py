"""The written reference pages are the ones that the program makes now."""

from pathlib import Path

import pytest

from xltools.reference import PAGES


@pytest.mark.parametrize("target", PAGES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_reference_page_is_current(target: Path) -> None:
    assert target.read_text(encoding="utf-8") == PAGES[target](), "run python -m xltools.reference"
