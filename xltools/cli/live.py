"""`xltools live check`, `live score` and `live watch`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xltools.cli import options, streams
from xltools.cli.help import HelpfulCommand, HelpfulGroup
from xltools.errors import InputError
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.live.attaching import Opened
    from xltools.live.checking import Rules

FORMATS = ("text", "json")


def register(app: typer.Typer) -> None:
    """Declare the commands."""
    live = typer.Typer(cls=HelpfulGroup, help=say("live.help"), epilog=say("live.example"), rich_markup_mode=None)
    app.add_typer(live, name="live")

    # What the commands have in common; here, because the help texts are those of the language in use.
    Application = Annotated[str, _application()]
    Named = Annotated[str | None, options.option("--book", text="book", metavar="NAME")]
    Issued = Annotated[str | None, options.option("--template", text="template", metavar="NAME|FILE")]
    Policy = Annotated[str | None, options.policy()]
    Mapped = Annotated[Path | None, options.form_map()]
    Selected = Annotated[list[str] | None, options.option("--select", text="select", metavar="RULE,...")]
    Ignored = Annotated[list[str] | None, options.option("--ignore", text="ignore", metavar="RULE,...")]
    Unmarked = Annotated[bool, options.option("--no-marks", text="no_marks")]
    Lang = Annotated[str | None, options.language()]

    @live.callback(invoke_without_command=True)
    def group(context: typer.Context, lang: Lang = None) -> None:
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    @live.command("check", cls=HelpfulCommand, help=say("live.check.help"), epilog=say("live.check.example"))
    def check(
        application: Application = "auto",
        book: Named = None,
        template: Issued = None,
        policy: Policy = None,
        form_map: Mapped = None,
        select: Selected = None,
        ignore: Ignored = None,
        clear: Annotated[bool, options.option("--clear", text="live_clear")] = False,
        no_marks: Unmarked = False,
        format: Annotated[
            str, options.option("--format", "-f", text="text_format", metavar="|".join(FORMATS))
        ] = "text",
        verbose: Annotated[bool, options.option("--verbose", "-v", text="verbose")] = False,
        exit_zero: Annotated[bool, options.option("--exit-zero", text="exit_zero")] = False,
        lang: Lang = None,
    ) -> None:
        from xltools.live import checking

        options.choice(format, FORMATS, "--format")
        if clear and no_marks:
            raise InputError(say("live.options", first="--clear", second="--no-marks"))
        rules = _rules(template, policy, form_map, select, ignore)
        opened = _attach(application, book)
        if clear:
            cells = checking.clear(opened.application, opened.book)
            streams.emit(say("live.nothing_to_clear" if cells is None else "live.cleared", cells=cells))
            return
        checked = checking.check(opened.application, opened.book, rules, mark=not no_marks)
        _print(checked, format, verbose=verbose)
        report = checked.report
        if not checking.has_form(report):
            raise typer.Exit(2)
        raise typer.Exit(1 if report.verdict == "fail" and not exit_zero else 0)

    @live.command("score", cls=HelpfulCommand, help=say("live.score.help"), epilog=say("live.score.example"))
    def score(
        application: Application = "auto",
        book: Named = None,
        policy: Policy = None,
        form_map: Mapped = None,
        diff: Annotated[bool, options.option("--diff", text="diff")] = False,
        lang: Lang = None,
    ) -> None:
        from xltools.forms import load_map
        from xltools.live import scoring
        from xltools.output import scores
        from xltools.policies import load

        rules = None if policy is None else load(policy)
        mapped = None if form_map is None else load_map(form_map)
        opened = _attach(application, book)
        done = scoring.score(opened.application, opened.book, policy=rules, form_map=mapped, write=not diff)
        page = scores.render(
            Path(opened.book.name),
            None,
            done.changes,
            done.proposals,
            streams.columns(),
            guards=done.guards,
            left_out=done.left_out,
        )
        streams.emit(page)
        if done.different:
            cells = "、".join(done.different)
            streams.note(say("live.different", application=opened.application.title, cells=cells))
        if not diff and (done.changes or done.guards):
            key = "live.undo" if opened.application.one_step_undo else "live.no_undo"
            streams.note(say(key, application=opened.application.title))

    @live.command("watch", cls=HelpfulCommand, help=say("live.watch.help"), epilog=say("live.watch.example"))
    def watch(
        application: Application = "auto",
        book: Named = None,
        template: Issued = None,
        policy: Policy = None,
        form_map: Mapped = None,
        select: Selected = None,
        ignore: Ignored = None,
        no_marks: Unmarked = False,
        interval: Annotated[float, options.option("--interval", text="interval", metavar="SECONDS")] = 1.0,
        lang: Lang = None,
    ) -> None:
        from xltools.cli.live_status import follow

        if interval <= 0:
            raise InputError(say("live.interval", interval=interval))
        rules = _rules(template, policy, form_map, select, ignore)
        follow(_attach(application, book), rules, mark=not no_marks, interval=interval)


def _application() -> Any:
    from xltools.live.attaching import WANTED

    return options.option("--app", text="application", metavar="|".join(WANTED))


def _attach(application: str, book: str | None) -> "Opened":
    from xltools.live.attaching import WANTED, attach

    options.choice(application, WANTED, "--app")
    return attach(next(wanted for wanted in WANTED if wanted == application), book)


def _rules(
    template: str | None,
    policy: str | None,
    form_map: Path | None,
    select: list[str] | None,
    ignore: list[str] | None,
) -> "Rules":
    """What to check by; names that mean nothing are told before an application is looked for."""
    from xltools.checks import registry
    from xltools.live.checking import Rules

    rules = Rules(template, policy, form_map, tuple(options.names(select or ())), tuple(options.names(ignore or ())))
    registry.select(rules.select, rules.ignore)
    _ = rules.loaded
    return rules


def _print(checked: Any, format: str, *, verbose: bool) -> None:
    if format == "json":
        from xltools.output import json_output

        streams.emit_pieces(json_output.pieces(checked.report), None)
        return
    from xltools.output import text

    streams.emit(text.render(checked.report, columns=streams.columns(), colour=streams.coloured(), verbose=verbose))
    if checked.marks is not None:
        streams.note(say("live.marked", cells=checked.marks.cells, sheet=checked.marks.sheet))
        if checked.marks.left_out:
            streams.note(say("live.left_out", sheets="、".join(checked.marks.left_out)))
