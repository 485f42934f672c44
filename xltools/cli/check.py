"""`xltools check`."""

from pathlib import Path
from typing import Annotated

import typer

from xltools.cli import options, streams
from xltools.cli.help import HelpfulCommand
from xltools.texts import say


def register(app: typer.Typer) -> None:
    """Declare the command."""

    @app.command("check", cls=HelpfulCommand, help=say("cli.check.help"), epilog=say("cli.check.example"))
    def check(
        paths: Annotated[list[str] | None, options.argument("PATH", "paths_or_here")] = None,
        policy: Annotated[str | None, options.policy()] = None,
        form_map: Annotated[Path | None, options.form_map()] = None,
        select: Annotated[list[str] | None, options.option("--select", text="select", metavar="RULE,...")] = None,
        ignore: Annotated[list[str] | None, options.option("--ignore", text="ignore", metavar="RULE,...")] = None,
        format: Annotated[str, options.option("--format", "-f", text="text_format", metavar="text|json")] = "text",
        output: Annotated[Path | None, options.output()] = None,
        force: Annotated[bool, options.force()] = False,
        verbose: Annotated[bool, options.option("--verbose", "-v", text="verbose")] = False,
        exit_zero: Annotated[bool, options.option("--exit-zero", text="exit_zero")] = False,
        jobs: Annotated[int, options.option("--jobs", "-j", text="jobs", metavar="N")] = 1,
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools import checking, files

        options.choice(format, ("text", "json"), "--format")
        if output is not None:
            files.claim(output, force=force)
        with streams.Progress() as progress:
            report = checking.check(
                paths or (),
                policy=policy,
                form_map=form_map,
                select=options.names(select or ()),
                ignore=options.names(ignore or ()),
                jobs=jobs,
                progress=progress,
            )
        if format == "json":
            from xltools.output import json_output

            streams.emit(json_output.render(report), output)
        else:
            from xltools.output import text

            colour = output is None and streams.coloured()
            streams.emit(text.render(report, columns=streams.columns(), colour=colour, verbose=verbose), output)
        if all(file.unreadable for file in report.files):
            raise typer.Exit(2)
        raise typer.Exit(1 if report.verdict == "fail" and not exit_zero else 0)
