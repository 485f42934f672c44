"""LibreOffice as an engine of xlwings, over UNO.

Open a workbook in LibreOffice as usual, then:

    from xltools.live import libreoffice

    engine = libreoffice.engine()
    book = engine.apps.active.books.active
    sheet = book.sheets["Sheet1"]
    sheet["A1"].value = [["item", "amount"], ["paper", 12.5]]
    print(book.fullname, sheet.used_range.value)

`engine.activate()` makes it the one that `xw.Book`, `xw.books` and `xw.apps` use; where xlwings has no engine, as on
Linux, it is that from the start. A running LibreOffice need not have been prepared for it; one that cannot be found
(another computer, a sandbox) is named by XLTOOLS_LIBREOFFICE or given to `attach`. Nothing here starts a LibreOffice.
"""

from typing import TYPE_CHECKING, Any

from xltools.live.xw import xlwings

# The modules of this package subclass xlwings' classes: it must be loaded, without its paid part, before they are.
xlwings()

# Here and not where it is needed: loading a module `engine` later would put it in the place of the function below.
from xltools.live.libreoffice.engine import Engine  # noqa: E402

if TYPE_CHECKING:
    import xlwings as xw

NAME = "libreoffice"


def engine() -> "xw.Engine":
    """The engine; xlwings knows it by the name `libreoffice` from the first call on."""
    module = xlwings()
    engines = module.engines
    if NAME not in engines.engines_by_name:
        engines.add(module.Engine(impl=Engine()))
    registered: xw.Engine = engines[NAME]
    if engines.active is None:
        registered.activate()
    return registered


def reachable() -> "list[xw.App]":
    """The running offices, the active one first; none where none is running.

    Raises LiveError where one is running and cannot be reached, and says why.
    """
    return list(engine().apps)


def attach(office: Any) -> "xw.App":
    """The office that listens on `office` (`pipe,name=x;urp`, `socket,host=localhost,port=2002;urp`) or whose component
    context it is.

    From then on the engine knows the attached offices only. Raises LiveError where nothing listens there.
    """
    from xltools.live.libreoffice import running

    if isinstance(office, str):
        reached = running.reached_at(office)
    else:
        reached = running.Reached(office, running.process_of(office))
    app: xw.App = xlwings().App(impl=engine().impl.apps.attach(reached))
    return app
