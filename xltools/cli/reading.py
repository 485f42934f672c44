"""`xltools read` and `xltools inspect`."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltools.cli import options, streams
from xltools.cli.help import HelpfulCommand
from xltools.errors import InputError
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.evaluation import Evaluation


def register(app: typer.Typer) -> None:
    """Declare the commands."""

    @app.command("read", cls=HelpfulCommand, help=say("cli.read.help"), epilog=say("cli.read.example"))
    def read(
        paths: Annotated[list[str], options.argument("PATH", "paths")],
        format: Annotated[str, options.option("--format", "-f", text="read_format", metavar="json|csv|xlsx")] = "json",
        output: Annotated[Path | None, options.output()] = None,
        force: Annotated[bool, options.force()] = False,
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools import files

        options.choice(format, ("json", "csv", "xlsx"), "--format")
        if output is not None:
            files.claim(output, force=force)
        elif format == "xlsx":
            raise InputError(say("cli.output.needed", format=format))
        reading = _Reading(paths)
        found = iter(reading)
        # Nothing at all is printed where nothing could be read.
        for first in islice(found, 1):
            _put(chain([first], found), format, output)
        raise typer.Exit(reading.exit_code)

    @app.command("inspect", cls=HelpfulCommand, help=say("cli.inspect.help"), epilog=say("cli.inspect.example"))
    def inspect(
        paths: Annotated[list[str], options.argument("PATH", "paths")],
        format: Annotated[str, options.option("--format", "-f", text="text_format", metavar="text|json")] = "text",
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools.output import inspection

        options.choice(format, ("text", "json"), "--format")
        reading = _Reading(paths)
        evaluations = list(reading)
        if evaluations and format == "json":
            listed = [inspection.as_json(evaluation) for evaluation in evaluations]
            streams.emit(json.dumps(listed, ensure_ascii=False, indent=2))
        elif evaluations:
            streams.emit(inspection.render(evaluations, streams.columns()))
        raise typer.Exit(reading.exit_code)


class _Reading:
    """The forms in files and folders; a file that cannot be read is complained about, and the others are read."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths
        self.read = self.failed = 0

    def __iter__(self) -> "Iterator[Evaluation]":
        from xltools.files import expand
        from xltools.reading import read

        found = expand(self.paths)
        with streams.Progress() as progress:
            for done, path in enumerate(found, 1):
                try:
                    yield from read(path)
                    self.read += 1
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
