"""WPS Spreadsheets (WPS 表格), running, on Windows.

xlwings does not support WPS (its issues 1457, 1899, 2281, 2575); its objects work on it all the same, since WPS offers
the object model of Excel. What differs is how it is found:

- It registers itself as `Ket.Application`, before as `ET.Application`; per user, not for the machine. The registration
  may be there in part only, so that the name does not lead to the class (github.com/lc2panda/wps-skills, pull request
  31); the class id does then.
- Set to be compatible with other systems it registers itself as `Excel.Application` too.
- Like Excel it may not be listed as running before its window has lost the focus once (Microsoft KB 316125); its
  windows lead to it then.

A WPS that does not run is never started.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xltools.errors import LiveError
from xltools.live import com, com_finding
from xltools.live.applications import Application
from xltools.live.com_errors import plain_errors
from xltools.live.machine import Hive, Machine
from xltools.texts import say

if TYPE_CHECKING:
    import xlwings as xw

NAMES = ("Ket.Application", "ET.Application")

CLASS = "{45540001-5750-5300-4B49-4E47534F4655}"
"""What `Ket.Application` stands for in every WPS seen so far."""

_HIVES: tuple[Hive, Hive] = ("HKCU", "HKLM")


class Wps(com.ComApplication):
    """WPS Spreadsheets, through COM."""

    kind = "wps"

    def __init__(self, app: "xw.App") -> None:
        super().__init__(app)
        self.product = _product()


def running(machine: Machine | None = None) -> list[Application]:
    """The instances of WPS Spreadsheets that run and can be reached.

    Raises LiveError where there is one that does not answer, and no other.
    """
    if not com_finding.on_windows():
        return []
    module = com_finding.prepare()
    if module is None:
        return []
    found: dict[int, Application] = {}
    failure: LiveError | None = None
    for dispatch, certain in _candidates(module, machine or Machine()):
        try:
            with plain_errors(_product()):
                native = com_finding.application_of(module, com_finding.late(dispatch))
                if certain or com_finding.is_wps(native):
                    app = com_finding.app_of(module, native)
                    found.setdefault(app.pid, Wps(app))
        except LiveError as error:
            # A window that does not answer may be Excel's.
            failure = failure or (error if certain else None)
    if failure is not None and not found:
        raise failure
    return list(found.values())


def _product() -> str:
    return say("doctor.product.wps")


def class_ids(machine: Machine) -> list[str]:
    """The class ids that WPS' names lead to in the registry, and the usual one."""
    found = [
        class_id
        for name in NAMES
        for hive in _HIVES
        for bits in (64, 32)
        if (class_id := machine.registry(hive, f"Software\\Classes\\{name}\\CLSID", bits=bits))
    ]
    return list(dict.fromkeys([*found, CLASS]))


def _candidates(module: Any, machine: Machine) -> Iterator[tuple[Any, bool]]:
    """What may be WPS, and whether it is certain."""
    for name in (*NAMES, *class_ids(machine)):
        with plain_errors(_product()):
            dispatch = com_finding.active_object(name)
        if dispatch is not None:
            yield dispatch, True
    with plain_errors(_product()):
        dispatch = com_finding.active_object(com_finding.EXCEL_CLASS)
        windows = list(com_finding.of_windows(module))
    if dispatch is not None:
        yield dispatch, False
    for dispatch in windows:
        yield dispatch, False
