"""`xltools read`."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltools.cli import options, streams
from xltools.cli.help import HelpfulCommand
from xltools.errors import InputError, SettingsError
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.evaluation import Evaluation
    from xltools.forms import FormMap


def register(app: typer.Typer) -> None:
    """Declare the command."""

    @app.command("read", cls=HelpfulCommand, help=say("cli.read.help"), epilog=say("cli.read.example"))
    def read(
        paths: Annotated[list[str], options.argument("PATH", "paths")],
        format: Annotated[str, options.option("--format", "-f", text="read_format", metavar="json|csv|xlsx")] = "json",
        output: Annotated[Path | None, options.output()] = None,
        form_map: Annotated[Path | None, options.form_map()] = None,
        force: Annotated[bool, options.force()] = False,
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools import files
        from xltools.forms import load_map

        options.choice(format, ("json", "csv", "xlsx"), "--format")
        if output is not None:
            files.claim(output, force=force)
        elif format == "xlsx":
            raise InputError(say("cli.output.needed", format=format))
        reading = _Reading(paths, None if form_map is None else load_map(form_map))
        found = iter(reading)
        # Nothing at all is printed where nothing could be read.
        for first in islice(found, 1):
            _put(chain([first], found), format, output)
        raise typer.Exit(reading.exit_code)


class _Reading:
    """The forms in files and folders; a file that cannot be read is complained about, and the others are read."""

    def __init__(self, paths: Sequence[str], form_map: "FormMap | None") -> None:
        self.paths, self.form_map = paths, form_map
        self.read = self.failed = 0

    def __iter__(self) -> "Iterator[Evaluation]":
        from xltools.files import expand
        from xltools.reading import read

        found = expand(self.paths)
        with streams.Progress() as progress:
            for done, path in enumerate(found, 1):
                try:
                    yield from read(path, self.form_map)
                    self.read += 1
                except SettingsError:
                    raise
                except InputError as error:
                    self.failed += 1
                    streams.complain(str(error))
                progress(done, len(found))

    @property
    def exit_code(self) -> int:
        """0 where every file was read, 1 where some were, 2 where none was."""
        if not self.failed:
            return 0
        return 1 if self.read else 2


def _put(evaluations: "Iterable[Evaluation]", format: str, target: Path | None) -> None:
    if format == "xlsx" and target is not None:
        from xltools.ooxml.files import write_atomically
        from xltools.output import reading_xlsx

        write_atomically(target, reading_xlsx.render(evaluations))
    elif format == "csv":
        from xltools.output import reading_csv

        # Excel takes a CSV file without this mark for one in the system's old encoding.
        streams.emit_pieces(reading_csv.pieces(evaluations), target, byte_order_mark=True)
    else:
        from xltools.output import reading

        streams.emit_pieces(reading.pieces(evaluations), target)
