import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.live.com_fakes import windows
from tests.live.office import Office, office_or_skip_reason, running_office
from tests.live.recording.running import recording
from tests.live.workplaces import InExcel, InLibreOffice, InMemory, Workplace
from xltools.live import libreoffice
from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.adapter import LibreOfficeApplication
from xltools.live.xw import xlwings


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """A LibreOffice of the tests' own, one for all tests of a worker."""
    reason = office_or_skip_reason()
    if reason is not None:
        pytest.skip(reason)
    with running_office() as started:
        yield started


@pytest.fixture
def opened(office: Office, tmp_path: Path) -> Iterator[Callable[[Path | str], Any]]:
    """Opens a copy of a workbook in the office and gives its document model; closed without saving afterwards."""
    documents = []

    def open_copy(path: Path | str) -> Any:
        copy = tmp_path / Path(path).name
        shutil.copyfile(path, copy)
        document = office.open(copy)
        documents.append(document)
        return document

    yield open_copy
    for document in documents:
        with suppress(bridge.exception("uno.Exception")):
            document.close(True)


@pytest.fixture
def calc(office: Office, tmp_path: Path) -> Iterator[Workplace]:
    """The real LibreOffice, which computes what formulas give."""
    application = LibreOfficeApplication(libreoffice.attach(office.context))
    try:
        yield InLibreOffice(application, tmp_path)
    finally:
        office.close_all()


@pytest.fixture
def excel() -> Iterator[InExcel]:
    """Excel as its documentation describes it, without computing."""
    with windows() as desktop:
        yield InExcel(desktop)


@pytest.fixture(params=["memory", "excel", "libreoffice"])
def workplace(request: pytest.FixtureRequest) -> Iterator[Workplace]:
    """Each of the places in which the live layer is tried."""
    if request.param != "memory":
        yield request.getfixturevalue({"libreoffice": "calc"}.get(request.param, request.param))
        return
    with recording() as application:
        yield InMemory(application)


@pytest.fixture
def xw(office: Office) -> Iterator[Any]:
    """xlwings with our engine as the active one."""
    module = xlwings()
    before = module.engines.active
    libreoffice.attach(office.context)
    libreoffice.engine().activate()
    yield module
    module.engines.active = before


@pytest.fixture
def app(xw: Any, office: Office) -> Iterator[Any]:
    yield libreoffice.attach(office.context)
    office.close_all()


@pytest.fixture
def book(app: Any) -> Any:
    """A new workbook with the sheets 一 and 二, the first one in front."""
    made = app.books.add()
    made.sheets[0].name = "一"
    made.sheets.add("二", after=made.sheets[0])
    made.sheets["一"].activate()
    return made


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
