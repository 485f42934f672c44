"""`xltools doctor`."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from xltools.cli import options, streams
from xltools.cli.help import HelpfulCommand
from xltools.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltools.doctor import Found, Report
    from xltools.doctor_installed import Registration


def register(app: typer.Typer) -> None:
    """Declare the command."""

    @app.command("doctor", cls=HelpfulCommand, help=say("cli.doctor.help"), epilog=say("cli.doctor.example"))
    def doctor(
        format: Annotated[str, options.option("--format", "-f", text="text_format", metavar="text|json")] = "text",
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools.doctor import examine

        options.choice(format, ("text", "json"), "--format")
        report = examine()
        if format == "json":
            streams.emit(json.dumps(asdict(report), ensure_ascii=False, indent=2))
        else:
            streams.emit("\n".join(_lines(report)))


def _lines(report: "Report") -> "Iterator[str]":
    from xltools.output.columns import table, wrap

    yield say("doctor.machine")
    facts = [
        (say("doctor.system"), report.system),
        ("Python", say("doctor.bits", version=report.python, bits=report.bits)),
        ("xltools", report.xltools),
        *((part.name, part.version or say("doctor.missing")) for part in report.parts),
    ]
    yield from _indented(table(facts))
    yield ""
    yield from table([_titles(), *(_row(found) for found in report.applications)], streams.columns())
    registered = [line for found in report.applications for line in map(_registered, found.registrations)]
    if registered:
        yield ""
        yield say("doctor.registered")
        yield from _indented(registered)
    advice = [*report.advice]
    for found in report.applications:
        advice += [say("doctor.advice.of", product=found.product, text=text) for text in found.advice]
    if any(found.book is not None for found in report.applications):
        advice.append(say("doctor.ready"))
    yield ""
    yield say("doctor.advice")
    for text in [*advice, say("doctor.without")]:
        yield from wrap(text, streams.columns(), "  ", "  ")


def _titles() -> tuple[str, ...]:
    return tuple(say(f"doctor.column.{name}") for name in ("application", "installed", "running", "reachable", "book"))


def _row(found: "Found") -> tuple[str, ...]:
    none = say("doctor.none")
    number = found.version or say("doctor.installed")
    installed = say("doctor.bits", version=number, bits=found.bits) if found.bits else number
    return (
        found.product,
        installed if found.installed else none,
        say("doctor.yes") if found.running else none,
        say("doctor.yes") if found.reachable else none,
        found.book or none,
    )


def _registered(registration: "Registration") -> str:
    if registration.server is None:
        return say("doctor.registered.class", name=registration.name, class_id=registration.class_id)
    key = "doctor.registered.file" if registration.exists else "doctor.registered.no_file"
    return say(key, name=registration.name, server=registration.server)


def _indented(lines: list[str]) -> "Iterator[str]":
    return (f"  {line}" for line in lines)
