"""The engine that xlwings knows by the name `libreoffice`, and the offices that it can reach."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from xlwings import base_classes

from xltools.errors import LiveError
from xltools.live.libreoffice import bridge, running, values
from xltools.live.libreoffice.application import App
from xltools.texts import say


class Engine:
    """Implementation of `xw.Engine`."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(x: Any, date_format: Any) -> Any:
        """A Python value as the range takes it; see `values.prepared`."""
        return values.prepared(x)

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """What a range holds as the user wants to have it; see `values.cleaned`."""
        return values.cleaned(data, datetime_builder, empty_as, number_builder, err_to_str)


@bridge.guarded
class Apps(base_classes.Apps):
    """The offices that can be reached.

    Those that were attached, else the one that XLTOOLS_LIBREOFFICE names, else all that run under this user. The one
    that was activated last comes first: it is xlwings' active one.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._attached: list[App] | None = None
        self._reached: dict[str, App] = {}
        self._front: App | None = None

    def attach(self, reached: running.Reached) -> App:
        """An office that is connected already; from now on only attached ones count."""
        attached = self._living()
        app = next((app for app in attached if app.is_same(reached)), None)
        if app is None:
            app = App(self, reached)
            attached.append(app)
        self._attached = attached
        self.bring_to_front(app)
        return app

    def bring_to_front(self, app: App) -> None:
        """Make an office the active one."""
        self._front = app

    def _all(self) -> list[App]:
        apps = self._given() or self._running() if self._attached is None else self._living()
        return sorted(apps, key=lambda app: app is not self._front)

    def _living(self) -> list[App]:
        return [app for app in self._attached or () if app.alive]

    def _given(self) -> list[App]:
        accept = running.given()
        return [self._kept(accept, lambda: running.reached_as_given(accept))] if accept else []

    def _running(self) -> list[App]:
        apps, failures = [], []
        for process in running.processes():
            try:
                apps.append(self._kept(f"{process.pid} {process.profile}", partial(running.reach, process)))
            except LiveError as error:
                failures.append(error)
        if failures and not apps:
            raise failures[0]
        return apps

    def _kept(self, key: str, reach: Callable[[], running.Reached]) -> App:
        """The connection that exists already, or a new one."""
        app = self._reached.get(key)
        if app is None or not app.alive:
            app = self._reached[key] = App(self, reach())
        return app

    def keys(self) -> list[int]:
        """Their process numbers."""
        return [app.pid for app in self._all()]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        """The office whose component context is `xl`; raises LiveError without one: none is ever started here."""
        if xl is None:
            raise LiveError(say("libreoffice.never_started"))
        return self.attach(running.Reached(xl, running.process_of(xl)))

    @staticmethod
    def cleanup() -> None:
        """Nothing: processes that xlwings does not know belong to the user."""

    def __iter__(self) -> Iterator[App]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, pid: int) -> App:
        """One by its process number; raises KeyError where there is none."""
        for app in self._all():
            if app.pid == pid:
                return app
        raise KeyError(pid)
