"""`xltools check`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltools.cli import amending, options, streams
from xltools.cli.help import HelpfulCommand
from xltools.errors import InputError
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.check_report import CheckReport

FORMATS = ("text", "json", "csv", "sarif", "html")


def register(app: typer.Typer) -> None:
    """Declare the command."""

    @app.command("check", cls=HelpfulCommand, help=say("cli.check.help"), epilog=say("cli.check.example"))
    def check(
        paths: Annotated[list[str] | None, options.argument("PATH", "paths_or_here")] = None,
        template: Annotated[str | None, options.option("--template", text="template", metavar="NAME|FILE")] = None,
        policy: Annotated[str | None, options.policy()] = None,
        form_map: Annotated[Path | None, options.form_map()] = None,
        select: Annotated[list[str] | None, options.option("--select", text="select", metavar="RULE,...")] = None,
        ignore: Annotated[list[str] | None, options.option("--ignore", text="ignore", metavar="RULE,...")] = None,
        format: Annotated[
            str, options.option("--format", "-f", text="text_format", metavar="|".join(FORMATS))
        ] = "text",
        output: Annotated[Path | None, options.output()] = None,
        force: Annotated[bool, options.force()] = False,
        annotate: Annotated[Path | None, options.option("--annotate", text="annotate", metavar="DIR")] = None,
        clear: Annotated[bool, options.option("--clear", text="clear")] = False,
        fix: Annotated[bool, options.option("--fix", text="fix")] = False,
        unsafe: Annotated[bool, options.option("--unsafe", text="unsafe")] = False,
        diff: Annotated[bool, options.option("--diff", text="fix_diff")] = False,
        verbose: Annotated[bool, options.option("--verbose", "-v", text="verbose")] = False,
        statistics: Annotated[bool, options.option("--statistics", text="statistics")] = False,
        exit_zero: Annotated[bool, options.option("--exit-zero", text="exit_zero")] = False,
        jobs: Annotated[int, options.option("--jobs", "-j", text="jobs", metavar="N")] = 1,
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools import checking, files

        options.choice(format, FORMATS, "--format")
        if statistics and format not in ("text", "html"):
            raise InputError(say("cli.check.statistics", format=format))
        amending.refuse(fix=fix, unsafe=unsafe, diff=diff, clear=clear, annotate=annotate)
        if clear:
            raise typer.Exit(amending.clear(paths or (), output, force=force))
        if fix:
            from xltools.fixing import checking_by

            how = checking_by(policy, form_map, options.names(select or ()), options.names(ignore or ()))
            paths, after = amending.fix(paths or (), output, how, unsafe=unsafe, diff=diff, force=force)
            output = None
            if diff:
                from xltools.check_report import CheckReport

                report = CheckReport(tuple(after))
                streams.emit(amending.verdict(report))
                raise typer.Exit(1 if report.verdict == "fail" and not exit_zero else 0)
        copies = None if annotate is None else amending.Copies.into(paths or (), annotate, force=force)
        if output is not None:
            files.claim(output, force=force)
        with streams.Progress() as progress:
            report = checking.check(
                (paths or ()) if copies is None else copies.paths,
                template=template,
                policy=policy,
                form_map=form_map,
                select=options.names(select or ()),
                ignore=options.names(ignore or ()),
                jobs=jobs,
                progress=progress,
            )
        _print(report, format, output, verbose=verbose, statistics=statistics)
        if all(file.unreadable for file in report.files):
            raise typer.Exit(2)
        if copies is not None and not copies.write(report, force=force):
            raise typer.Exit(1)
        raise typer.Exit(1 if report.verdict == "fail" and not exit_zero else 0)


def _print(report: "CheckReport", format: str, output: Path | None, *, verbose: bool, statistics: bool) -> None:
    match format:
        case "json":
            from xltools.output import json_output

            streams.emit_pieces(json_output.pieces(report), output)
        case "csv":
            from xltools.output import csv_output

            streams.emit_pieces(csv_output.pieces(report), output, byte_order_mark=True)
        case "sarif":
            from xltools.output import sarif

            streams.emit_pieces(sarif.pieces(report), output)
        case "html":
            from datetime import datetime

            from xltools.output import html

            streams.emit_pieces(html.pieces(report, now=datetime.now()), output)
        case _:
            from xltools.output import text

            colour = output is None and streams.coloured()
            page = text.render(report, columns=streams.columns(), colour=colour, verbose=verbose, statistics=statistics)
            streams.emit(page, output)
