"""Where a command's output goes: the terminal, a pipe, or a file."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path

import typer

from xltools.texts import say

NARROW, WIDE = 40, 120


def use_utf8() -> None:
    """Print UTF-8 into files and pipes on every system, and never fail on a character that a terminal lacks."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        if stream.isatty() and stream.encoding.lower() not in ("ascii", "us-ascii", "ansi_x3.4-1968"):
            stream.reconfigure(errors="replace")
        else:
            # A path with bytes that are no text becomes an escape that JSON understands.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(message: str) -> None:
    """Print one error to the error stream."""
    typer.echo(say("cli.error", message=message), err=True)


def note(message: str) -> None:
    """Print a remark to the error stream."""
    typer.echo(message, err=True)


def emit(text: str, target: Path | None = None) -> None:
    """Print a text and a line end, or write both to a file that `files.claim` allowed."""
    emit_pieces([text, "\n"], target)


def emit_pieces(pieces: Iterable[str], target: Path | None, *, byte_order_mark: bool = False) -> None:
    """Print the pieces of a text as they come, or write them to a file that `files.claim` allowed."""
    if target is None:
        for piece in pieces:
            typer.echo(piece, nl=False)
        return
    from xltools.ooxml.files import write_atomically

    write_atomically(target, "".join(pieces).encode("utf-8-sig" if byte_order_mark else "utf-8"))


def on_terminal() -> bool:
    """Whether a person reads the output as it comes."""
    return sys.stdout.isatty()


def columns() -> int:
    """How many columns there are to write in: the terminal's within reason, 80 elsewhere."""
    if not on_terminal():
        return 80
    return min(max(shutil.get_terminal_size().columns, NARROW), WIDE)


def coloured() -> bool:
    """Whether colours are welcome: on a terminal, unless NO_COLOR asks for none."""
    return on_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


MANY = 10
"""From how many files on a progress bar is worth showing."""


class Progress:
    """A progress bar on the error stream, only where that is a terminal and there are many files."""

    def __init__(self) -> None:
        self._advance: Callable[[int], None] | None = None
        self._stop: Callable[[], None] | None = None

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show that so many of the files are done."""
        if total <= MANY or not sys.stderr.isatty():
            return
        if self._advance is None:
            self._start(total)
        if self._advance is not None:
            self._advance(done)

    def _start(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        # Without a refreshing thread of its own: worker processes are forked while the bar is shown.
        bar = Bar(console=Console(stderr=True), transient=True, auto_refresh=False)
        task = bar.add_task(say("cli.progress"), total=total)
        step = max(1, total // 200)
        bar.start()
        self._advance = lambda done: bar.update(task, completed=done, refresh=done % step == 0 or done == total)
        self._stop = bar.stop

    def __exit__(self, *_: object) -> None:
        if self._stop is not None:
            self._stop()
