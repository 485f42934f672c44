"""What is wrong with a command line, in the language in use.

The command-line library words its complaints in English only, so they are worded here again; a kind of complaint
that is not known here keeps the library's words.
"""

from typing import Any

import typer

from xltools.texts import say

UsageError: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
"""What a wrong command line raises; from release to release it comes from another package, but under this name."""


def usage_message(error: Exception) -> str:
    """One line about a wrong use, with the way to the help."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "xltools"
    return f"{_what(error)}{say('cli.usage.hint', command=path)}"


def _what(error: Any) -> str:
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    if kind == "NoSuchOption":
        near = " ".join(sorted(error.possibilities or ()))
        return say("cli.usage.option.near" if near else "cli.usage.option", option=error.option_name, near=near)
    if kind == "MissingParameter" and parameter is not None:
        return say("cli.usage.missing", name=_name(parameter))
    if kind == "BadParameter" and parameter is not None:
        reason = str(error.message).rstrip(".")
        key = "cli.usage.integer" if "integer" in reason else "cli.usage.value"
        return say(key, name=_name(parameter), reason=reason)
    if kind == "BadOptionUsage":
        return say("cli.usage.argument", option=error.option_name)
    return str(error.format_message())


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return " / ".join(parameter.opts)
