"""`xltools template`."""

from pathlib import Path
from typing import Annotated

import typer

from xltools.cli import options, streams
from xltools.cli.help import HelpfulCommand
from xltools.texts import say


def register(app: typer.Typer) -> None:
    """Declare the command."""

    @app.command("template", cls=HelpfulCommand, help=say("cli.template.help"), epilog=say("cli.template.example"))
    def template(
        name: Annotated[str | None, options.argument("NAME", "template")] = None,
        output: Annotated[Path | None, options.option("--output", "-o", text="template_output", metavar="FILE")] = None,
        year: Annotated[int | None, options.option("--year", text="year", metavar="YEAR")] = None,
        force: Annotated[bool, options.force()] = False,
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools import templates

        if name is None:
            streams.emit(_listed())
            return
        target = output or Path(f"{name}.xlsx")
        written = templates.write(name, target, year=year, force=force)
        streams.emit(say("cli.template.written", path=written))


def _listed() -> str:
    from xltools.output.columns import table
    from xltools.templates import describe

    rows = [(item.name, item.title, item.region, item.years) for item in describe()]
    titles = tuple(say(f"cli.template.column.{name}") for name in ("name", "title", "region", "years"))
    return "\n".join(table([titles, *rows]))
