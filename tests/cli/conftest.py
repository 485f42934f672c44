"""Running the command line in process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.forms import write_form
from xltools.cli import main
from xltools.texts import set_language


@dataclass(frozen=True)
class Run:
    """What a command line gave back."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("XLTOOLS_LANG", raising=False)
    yield
    set_language("zh")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run a command line and catch what it prints."""

    def call(*arguments: object) -> Run:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Run(code, printed.out, printed.err)

    return call


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A correct project form."""
    return write_form(tmp_path / "自评表.xlsx")
