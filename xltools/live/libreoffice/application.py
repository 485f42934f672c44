"""A running LibreOffice as xlwings' application."""

import contextlib
import os
import signal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xltools.errors import LiveError
from xltools.live.libreoffice import bridge, macros
from xltools.live.libreoffice.books import Book, Books
from xltools.live.libreoffice.running import Reached
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.live.libreoffice.engine import Apps, Engine
    from xltools.live.libreoffice.ranges import Range

_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4, None: 1}
"""com.sun.star.awt.MessageBoxButtons"""
_BOXES = {"info": "INFOBOX", "critical": "ERRORBOX", None: "MESSAGEBOX"}
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
"""com.sun.star.awt.MessageBoxResults"""


@bridge.guarded
class App(base_classes.App):
    """Implementation of `xw.App`. Excel's settings of the whole program are settings of each document here."""

    def __init__(self, apps: "Apps", reached: Reached) -> None:
        self._apps = apps
        self._context = reached.context
        self._process = reached.process
        self._locked: list[Any] = []
        self._status: tuple[Any, str] | None = None
        self._settings = {"display_alerts": True, "enable_events": True}

    @property
    def engine(self) -> "Engine":
        """The engine that it belongs to."""
        return self._apps.engine

    @property
    def api(self) -> Any:
        """The component context of the office."""
        return self._context

    xl = api

    def service(self, name: str) -> Any:
        """A service of the office, its name without `com.sun.star.`."""
        return self._context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", self._context)

    @cached_property
    def desktop(self) -> Any:
        """com.sun.star.frame.Desktop, which holds the open documents."""
        return self.service("frame.Desktop")

    @property
    def alive(self) -> bool:
        """Whether the office still answers."""
        try:
            return self._context.getServiceManager() is not None
        except bridge.exception("uno.Exception"):
            return False

    def is_same(self, reached: Reached) -> bool:
        """Whether a connection leads to this office."""
        if reached.process is None or self._process is None:
            return bool(reached.context == self._context)
        return reached.process.pid == self._process.pid

    @property
    def books(self) -> Books:
        """Its open workbooks."""
        return Books(self)

    @property
    def pid(self) -> int:
        """Number of its process; 0 where it is not one of this user on this computer."""
        return 0 if self._process is None else self._process.pid

    @property
    def hwnd(self) -> int | None:
        """None: its windows are told by other systems too."""
        return None

    @cached_property
    def version(self) -> str:
        """`7.4.7.2`"""
        provider = self.service("configuration.ConfigurationProvider")
        place = bridge.properties(nodepath="/org.openoffice.Setup/Product")
        product = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", place)
        return str(product.getByName("ooSetupVersionAboutBox"))

    @property
    def path(self) -> str:
        """The folder of the program."""
        return self._folder("$(prog)")

    @property
    def startup_path(self) -> str:
        """Not available."""
        raise bridge.not_available("App.startup_path")

    def _folder(self, variable: str) -> str:
        return bridge.system_path(self.service("util.PathSubstitution").getSubstituteVariableValue(variable))

    @property
    def selection(self) -> "Range | None":
        """The selected cells of the active workbook, the first area of several; None where something else is."""
        controller = self.books.active.controller
        return None if controller is None else self.books.active.range_of(controller.getSelection())

    def activate(self, steal_focus: bool = False) -> None:
        """Make it xlwings' active application, and bring its window to the front where `steal_focus` says so."""
        self._apps.bring_to_front(self)
        if steal_focus and len(self.books):
            self.books.active.show()

    @property
    def visible(self) -> bool:
        """Whether any of its windows shows; LibreOffice without a screen says yes."""
        return any(window.isVisible() for window in self._windows())

    @visible.setter
    def visible(self, visible: bool) -> None:
        for window in self._windows():
            window.setVisible(visible)

    @property
    def interactive(self) -> bool:
        """Whether the windows take the user's input."""
        return all(window.isEnabled() for window in self._windows())

    @interactive.setter
    def interactive(self, value: bool) -> None:
        for window in self._windows():
            window.setEnable(bool(value))

    def _windows(self) -> list[Any]:
        return [book.controller.Frame.ContainerWindow for book in self.books if book.controller is not None]

    def quit(self) -> None:
        """Close every workbook without saving, and the office where nothing else is open in it, as text documents."""
        for book in self.books:
            book.close()
        others = self.desktop.Components.createEnumeration()
        # The start centre is a component, but no model with a place on the disk.
        while others.hasMoreElements():
            if hasattr(others.nextElement(), "URL"):
                return
        # It takes the bridge with it while it answers.
        with contextlib.suppress(bridge.exception("lang.DisposedException")):
            self.desktop.terminate()

    def kill(self) -> None:
        """End its process at once; raises LiveError where that is not one of this user on this computer."""
        if self._process is None:
            raise LiveError(say("libreoffice.unknown_process"))
        os.kill(self._process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    @property
    def screen_updating(self) -> bool:
        """Whether its windows follow every change; False holds for the workbooks open at that moment."""
        return not self._locked

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value:
            locked, self._locked = self._locked, []
            for model in locked:
                # It may have been closed meanwhile.
                with contextlib.suppress(bridge.exception("uno.Exception"), AttributeError):
                    model.unlockControllers()
        elif not self._locked:
            # Locks are counted, so each document gets one.
            self._locked = [book.model for book in self.books]
            for model in self._locked:
                model.lockControllers()

    @property
    def display_alerts(self) -> bool:
        """Kept for programs that set it; a call from outside never makes LibreOffice ask."""
        return self._settings["display_alerts"]

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self._settings["display_alerts"] = bool(value)

    @property
    def enable_events(self) -> bool:
        """Kept for programs that set it; LibreOffice has no such switch."""
        return self._settings["enable_events"]

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        self._settings["enable_events"] = bool(value)

    @property
    def calculation(self) -> str:
        """`automatic` or `manual`, of the active workbook."""
        return "automatic" if self.books.active.model.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in ("automatic", "manual", "semiautomatic"):
            raise ValueError(f"calculation: {value!r}")
        for book in self.books:
            book.model.enableAutomaticCalculation(value != "manual")

    def calculate(self) -> None:
        """Compute what is out of date in every workbook."""
        for book in self.books:
            book.model.calculate()

    @property
    def status_bar(self) -> str | bool:
        """The text that was put there; False where LibreOffice shows its own."""
        return False if self._status is None else self._status[1]

    @status_bar.setter
    def status_bar(self, value: str | bool | None) -> None:
        indicator = None
        if self._status is not None:
            indicator, self._status = self._status[0], None
            if value in (False, None, ""):
                # Its window may be closed.
                with contextlib.suppress(bridge.exception("uno.Exception")):
                    indicator.end()
        if value in (False, None, ""):
            return
        text = str(value)
        if indicator is None:
            controller = self.books.active.controller
            if controller is None:
                return
            indicator = controller.Frame.createStatusIndicator()
            indicator.start(text, 0)
        else:
            indicator.setText(text)
        self._status = indicator, text

    @property
    def cut_copy_mode(self) -> str | None:
        """None: LibreOffice does not tell."""
        return None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: Any) -> None:
        """Nothing: LibreOffice ends it by itself."""

    def alert(self, prompt: str | None, title: str | None, buttons: str | None, mode: str | None, callback: Any) -> str:
        """Show a message to the user and wait for the answer: `ok`, `cancel`, `yes` or `no`."""
        if self._process is not None and self._process.headless:
            raise LiveError(say("libreoffice.nobody_answers"))
        window = self.desktop.getCurrentFrame().ContainerWindow
        kind = bridge.enum("awt.MessageBoxType", _BOXES[mode] if buttons in ("ok", None) else "QUERYBOX")
        box = self.service("awt.Toolkit").createMessageBox(window, kind, _BUTTONS[buttons], title or "", prompt or "")
        return _ANSWERS[box.execute()]

    def run(self, macro: str, args: Any) -> Any:
        """Run a macro of the active workbook, of a named one (`'Book'!Module1.Main`) or of the user."""
        return macros.run(self, macro, tuple(args))

    def book_of(self, name: str) -> Book | None:
        """The open workbook of that name; None where there is none."""
        return next((book for book in self.books if book.name == name), None)
