"""`xltools fill`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from xltools.cli import options, streams
from xltools.cli.help import HelpfulCommand
from xltools.texts import say

SPARE = ("blank", "remove")


def register(app: typer.Typer) -> None:
    """Declare the command."""

    @app.command("fill", cls=HelpfulCommand, help=say("fill.help"), epilog=say("fill.example"))
    def fill(
        template: Annotated[str, _argument("TEMPLATE", "template")],
        data: Annotated[str, _argument("DATA", "data")],
        output: Annotated[Path, _option("--output", "-o", text="output", metavar="DIR")],
        name: Annotated[str | None, _option("--name", text="name", metavar="PATTERN")] = None,
        only: Annotated[list[str] | None, _option("--only", text="only", metavar="UNIT,...")] = None,
        spare: Annotated[str, _option("--spare", text="spare", metavar="blank|remove")] = "blank",
        form_map: Annotated[Path | None, options.form_map()] = None,
        force: Annotated[bool, _option("--force", text="force")] = False,
        jobs: Annotated[int, options.option("--jobs", "-j", text="jobs", metavar="N")] = 1,
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools import filling

        options.choice(spare, SPARE, "--spare")
        with streams.Progress() as progress:
            report = filling.fill(
                template,
                data,
                output,
                name=name,
                only=options.names(only or ()),
                force=force,
                jobs=jobs,
                spare="remove" if spare == "remove" else "blank",
                form_map=form_map,
                progress=progress,
            )
        for problem in report.warnings:
            streams.note(say("fill.warning", problem=problem))
        for notice in report.notices:
            streams.note(notice)
        undone = [filled for filled in report.filled if filled.status in ("changed", "failed")]
        alike = {filled.message: filled for filled in reversed(undone)}
        for message, filled in reversed(alike.items()):
            count = sum(other.message == message for other in undone)
            key = "fill.undone" if count == 1 else "fill.undone.several"
            streams.complain(say(key, unit=f"{filled.code} {filled.name}", count=count, message=message))
        streams.emit(say("fill.done", directory=output, total=len(report.filled), **report.counts))
        raise typer.Exit(1 if undone else 0)


def _option(*names: str, text: str, metavar: str | None = None) -> Any:
    return typer.Option(*names, help=say(f"fill.option.{text}"), metavar=metavar, show_default=False)


def _argument(metavar: str, text: str) -> Any:
    return typer.Argument(help=say(f"fill.argument.{text}"), metavar=metavar, show_default=False)
