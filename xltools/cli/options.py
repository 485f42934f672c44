"""Options that several commands share, each with its help in the language in use."""

from collections.abc import Sequence
from typing import Any

import typer

from xltools.errors import InputError
from xltools.texts import say


def option(*names: str, text: str, metavar: str | None = None) -> Any:
    """An option; `text` names its help among the texts of `cli`, `metavar` shows what value it takes."""
    return typer.Option(*names, help=say(f"cli.option.{text}"), metavar=metavar, show_default=False)


def argument(metavar: str, text: str) -> Any:
    """An argument of a command; `text` names its help among the texts of `cli`."""
    return typer.Argument(help=say(f"cli.argument.{text}"), metavar=metavar, show_default=False)


def language() -> Any:
    """`--lang`: shown in every help and accepted everywhere; it has been obeyed before the command is declared."""
    return option("--lang", text="lang", metavar="zh|en")


def output() -> Any:
    """`-o FILE`."""
    return option("--output", "-o", text="output", metavar="FILE")


def force() -> Any:
    """`--force`."""
    return option("--force", text="force")


def policy() -> Any:
    """`--policy P`."""
    return option("--policy", text="policy", metavar="NAME|FILE")


def form_map() -> Any:
    """`--map FILE`."""
    return option("--map", text="map", metavar="FILE")


def choice(value: str, allowed: Sequence[str], name: str) -> str:
    """The value of an option that knows only some; raises InputError for another one."""
    if value not in allowed:
        raise InputError(say("cli.choice.unknown", option=name, value=value, allowed=", ".join(allowed)))
    return value


def names(values: Sequence[str]) -> list[str]:
    """The names in option values that may each hold several, separated by commas."""
    return [name.strip() for value in values for name in value.replace("，", ",").split(",") if name.strip()]
