"""`xltools inspect`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltools.cli import options, streams
from xltools.cli.help import HelpfulCommand
from xltools.errors import InputError, SettingsError
from xltools.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltools.evaluation import Evaluation
    from xltools.forms import FormMap
    from xltools.output.drawing import Pen
    from xltools.sheets.grid import Book


def register(app: typer.Typer) -> None:
    """Declare the command."""

    @app.command("inspect", cls=HelpfulCommand, help=say("cli.inspect.help"), epilog=say("cli.inspect.example"))
    def inspect(
        paths: Annotated[list[str], options.argument("PATH", "paths")],
        sheet: Annotated[str | None, options.option("--sheet", text="sheet", metavar="NAME")] = None,
        form_map: Annotated[Path | None, options.form_map()] = None,
        format: Annotated[
            str, options.option("--format", "-f", text="inspect_format", metavar="text|toml|json")
        ] = "text",
        output: Annotated[Path | None, options.output()] = None,
        force: Annotated[bool, options.force()] = False,
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools.files import claim, expand
        from xltools.forms import load_map

        options.choice(format, ("text", "toml", "json"), "--format")
        if output is not None:
            claim(output, force=force)
        files = expand(paths)
        if format == "toml" and len(files) > 1:
            raise InputError(say("inspection.one_file", files=len(files)))
        mapped = None if form_map is None else load_map(form_map)
        shown: list[tuple[Book, Sequence[Evaluation], bool]] = []
        for path in files:
            try:
                shown.append(_recognised(path, sheet, mapped))
            except SettingsError:
                raise
            except InputError as error:
                streams.complain(str(error))
        if shown:
            streams.emit(_text(shown, format, _pen(to_screen=output is None)), output)
        good = sum(recognised for _, _, recognised in shown)
        raise typer.Exit(0 if good == len(files) else 1 if good else 2)


def _recognised(path: Path, sheet: str | None, form_map: "FormMap | None") -> "tuple[Book, Sequence[Evaluation], bool]":
    """A file's forms, those of one sheet where it is named; where there is none, what comes nearest, and False.

    Raises InputError where the file cannot be read or the sheet holds no form.
    """
    from xltools.reading import no_form, recogniser
    from xltools.sheets import read_book

    book = read_book(path)
    recognition = recogniser(path, form_map)(book)
    if not recognition.evaluations:
        if recognition.nearest is None:
            raise no_form(book, recognition)
        streams.complain(str(no_form(book, recognition)))
        streams.note(say("inspection.not_a_form"))
        return book, [recognition.nearest], False
    chosen = [form for form in recognition.evaluations if sheet in (None, form.sheet)]
    if not chosen:
        sheets = "、".join(dict.fromkeys(form.sheet for form in recognition.evaluations))
        raise InputError(say("inspection.no_sheet", path=path, sheet=sheet, sheets=sheets))
    return book, chosen, True


def _text(shown: "Sequence[tuple[Book, Sequence[Evaluation], bool]]", format: str, pen: "Pen") -> str:
    from xltools.output import form_map, inspection

    if format == "toml":
        return "\n".join(form_map.render(book, forms) for book, forms, _ in shown)
    if format == "json":
        listed = [inspection.as_json(form) for _, forms, recognised in shown if recognised for form in forms]
        return json.dumps(listed, ensure_ascii=False, indent=2)
    return "\n\n".join(inspection.render(book, forms, pen) for book, forms, _ in shown)


def _pen(to_screen: bool) -> "Pen":
    """How to draw: for the terminal as it is, for a file in 80 columns with every character."""
    from xltools.output.drawing import CHARACTERS, Pen

    if not to_screen:
        return Pen()
    try:
        CHARACTERS.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return Pen(streams.columns(), ascii=True, colour=streams.coloured())
    return Pen(streams.columns(), colour=streams.coloured())
