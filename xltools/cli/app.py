"""Building and running the command line.

Help texts are fixed when a command is declared, so the language is looked up before that; and only the command that was
asked for is declared, since declaring all of them is felt at every start.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated

import typer

from xltools.cli import options
from xltools.cli.help import HelpfulGroup
from xltools.cli.streams import complain, use_utf8
from xltools.cli.wording import UsageError, usage_message
from xltools.errors import InputError, XltoolsError
from xltools.texts import say, set_language

COMMANDS = {
    "template": "template",
    "fill": "fill",
    "read": "reading",
    "inspect": "inspect",
    "score": "score",
    "check": "check",
    "rule": "rule",
    "doctor": "doctor",
    "live": "live",
}
"""Every command, in the order of the help, and the module in `xltools.cli` that declares it."""

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (by default the process's own) and return its exit code.

    0 nothing wrong, 1 findings of severity error or some files failed, 2 wrong usage or nothing could be read, 130
    interrupted.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    use_utf8()
    try:
        set_language(chosen_language(given, os.environ))
        command = typer.main.get_command(build(wanted(given, os.environ)))
        # Without arguments of its own, Windows' missing wildcards are made up for from sys.argv.
        outcome = command.main(None if arguments is None else given, prog_name="xltools", standalone_mode=False)
        sys.stdout.flush()
    except XltoolsError as error:
        complain(str(error))
        return 2
    except UsageError as error:
        complain(usage_message(error))
        return 2
    except BrokenPipeError:
        # Whoever read our output has seen enough (`| head`); Python must not complain about it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    return outcome if isinstance(outcome, int) else 0


def build(commands: Sequence[str]) -> typer.Typer:
    """The application with these commands, its texts in the language in use."""
    app = typer.Typer(
        cls=HelpfulGroup,
        help=say("cli.help"),
        epilog=say("cli.example"),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(invoke_without_command=True)
    def root(
        context: typer.Context,
        version: Annotated[
            bool, typer.Option("--version", help=say("cli.option.version"), callback=_version, is_eager=True)
        ] = False,
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    modules = dict.fromkeys(COMMANDS[name] for name in commands)
    for module in modules:
        import_module(f"xltools.cli.{module}").register(app)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        from xltools import __version__

        typer.echo(f"xltools {__version__}")
        raise typer.Exit


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that `--lang`, before or after the command, or else XLTOOLS_LANG asks for; Chinese by default.

    Raises InputError where it is neither zh nor en.
    """
    code = environment.get("XLTOOLS_LANG", "")
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            code = argument.partition("=")[2]
        elif argument == "--lang" and place + 1 < len(arguments):
            code = arguments[place + 1]
    plain = code.strip().lower().replace("_", "-").partition("-")[0] or "zh"
    if plain not in ("zh", "en"):
        raise InputError(say("cli.lang.unknown", code=code))
    return plain


def wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """The commands to declare: the one that is called, or all where help or completion may list them."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--lang":
            next(rest, None)
        elif not argument.startswith("-"):
            return (argument,) if argument in COMMANDS and "_XLTOOLS_COMPLETE" not in environment else tuple(COMMANDS)
    return tuple(COMMANDS)
