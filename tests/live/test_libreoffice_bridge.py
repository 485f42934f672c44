"""The bridge to LibreOffice: its Python module, what it connects to, and what it raises."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.office import office_or_skip_reason
from xltools.errors import LiveError
from xltools.live.libreoffice import bridge

needs_office = pytest.mark.skipif(office_or_skip_reason() is not None, reason=str(office_or_skip_reason()))
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.mark.parametrize(
    ("accept", "address"),
    [
        ("pipe,name=x", "uno:pipe,name=x;urp;StarOffice.ComponentContext"),
        ("uno:pipe,name=x;urp;", "uno:pipe,name=x;urp;StarOffice.ComponentContext"),
        ("pipe,name=x;urp;StarOffice.ServiceManager", "uno:pipe,name=x;urp;StarOffice.ServiceManager"),
        (
            "socket,host=0,port=2002;urp",
            "uno:socket,host=localhost,port=2002,tcpNoDelay=1;urp;StarOffice.ComponentContext",
        ),
        ("socket,host=0.0.0.0,port=1", "uno:socket,host=localhost,port=1,tcpNoDelay=1;urp;StarOffice.ComponentContext"),
        (
            "socket,host=pc,port=1,tcpNoDelay=0",
            "uno:socket,host=pc,port=1,tcpNoDelay=0;urp;StarOffice.ComponentContext",
        ),
    ],
)
def test_what_an_office_accepts_tells_where_to_connect(accept: str, address: str) -> None:
    assert bridge.address(accept) == address


def test_a_library_for_another_python_is_refused_before_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "libpyuno.so").write_bytes(b"\x7fELF\0libpython3.8.so.1.0\0")
    monkeypatch.setattr(bridge, "_directories", lambda: [str(tmp_path)])
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(LiveError, match=r"Python 3\.8"):
        bridge.uno.__wrapped__()


def test_a_missing_bridge_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "_directories", list)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(LiveError, match="python3-uno"):
        bridge.uno.__wrapped__()


@needs_office
def test_loading_the_bridge_leaves_imports_as_they_are() -> None:
    code = (
        "import sys; before = list(sys.path); from xltools.live.libreoffice import bridge; bridge.uno()\n"
        "assert sys.path == before\n"
        "try: from no_such_module import name\n"
        "except ModuleNotFoundError as error: assert error.name == 'no_such_module'\n"
        "from com.sun.star.beans import PropertyValue; print(PropertyValue().__class__.__name__)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("com.sun.star.beans.PropertyValue", "")


@needs_office
def test_what_uno_raises_leaves_a_guarded_class_as_an_error_of_ours() -> None:
    @bridge.guarded
    class Guarded:
        @property
        def gone(self) -> None:
            raise bridge.exception("lang.DisposedException")("x", None)

        def refuses(self) -> None:
            raise bridge.exception("uno.RuntimeException")("no\nway at ./sc/source/ui/x.cxx:12", None)

        def own(self) -> None:
            raise KeyError("mine")

    with pytest.raises(LiveError, match="断开"):
        _ = Guarded().gone
    with pytest.raises(LiveError, match=r"no way$"):
        Guarded().refuses()
    with pytest.raises(KeyError):
        Guarded().own()


def test_a_guarded_class_holds_no_generators() -> None:
    class Lazy:
        def all(self) -> Iterator[int]:
            yield 1

    with pytest.raises(TypeError, match="all"):
        bridge.guarded(Lazy)


@needs_office
def test_nothing_that_listens_is_said_plainly() -> None:
    with pytest.raises(LiveError, match="no-such-office"):
        bridge.connect("pipe,name=no-such-office")


@needs_office
@on_linux
def test_an_office_that_does_not_answer_is_given_up() -> None:
    name = f"xltools-silent-{os.getpid()}"
    place = Path(f"/tmp/OSL_PIPE_{os.getuid()}_{name}")
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(place))
        silent.listen()
        try:
            with pytest.raises(LiveError, match="没有应答"):
                bridge.connect(f"pipe,name={name}", timeout=0.5)
        finally:
            place.unlink()
