"""Help pages: in the language in use, wrapped by the width of Chinese characters, an example at the end of each."""

import shutil
import sys
from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand, TyperGroup

from xltools.errors import InputError
from xltools.output.columns import pad, width, wrap
from xltools.texts import say

_OWN = frozenset({"help", "install_completion", "show_completion"})
"""Options that the command-line library adds, with an English help of its own."""

_NARROW, _WIDE = 40, 100


class HelpfulCommand(TyperCommand):
    """A command whose help page is ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write("\n".join(_page(self, ctx)))


class HelpfulGroup(TyperGroup):
    """The group of all commands, whose help page lists them."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write("\n".join(_page(self, ctx)))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of that name; raises InputError with the nearest names where there is none."""
        name = args[0]
        if self.get_command(ctx, name) is None and not ctx.resilient_parsing and not name.startswith("-"):
            from difflib import get_close_matches

            near = " ".join(get_close_matches(name, self.list_commands(ctx)))
            key = "cli.usage.command.near" if near else "cli.usage.command"
            raise InputError(say(key, name=name, near=near, program=ctx.command_path))
        return super().resolve_command(ctx, args)


def _page(command: Any, context: Any) -> Iterator[str]:
    columns = min(max(shutil.get_terminal_size().columns, _NARROW), _WIDE) if sys.stdout.isatty() else 80
    parameters = command.get_params(context)
    arguments = [item for item in parameters if item.param_type_name == "argument"]
    options = [item for item in parameters if item.param_type_name == "option" and not item.hidden]
    pieces = [say("cli.help.options")] + [_argument(item) for item in arguments]
    if isinstance(command, TyperGroup):
        pieces.append(say("cli.help.command"))
    yield say("cli.help.usage", usage=" ".join([context.command_path, *pieces]))
    yield ""
    yield from wrap(command.help or "", columns, "  ")
    if isinstance(command, TyperGroup):
        commands = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
        yield from _section("cli.help.commands", [(name, _summary(item)) for name, item in commands], columns)
    yield from _section("cli.help.arguments", [(item.metavar, item.help) for item in arguments], columns)
    yield from _section("cli.help.option_list", [(_option(item), _help(item)) for item in options], columns)
    if command.epilog:
        yield ""
        yield say("cli.help.example")
        yield from (f"  {line}" for line in command.epilog.splitlines())


def _section(title: str, rows: list[tuple[str, str]], columns: int) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield say(title)
    room = min(max(width(name) for name, _ in rows), 26) + 4
    for name, text in rows:
        lines = wrap(text, columns, " " * room)
        if width(name) > room - 4:
            yield f"  {name}"
        else:
            lines[0] = pad(f"  {name}", room) + lines[0].lstrip()
        yield from lines


def _argument(item: Any) -> str:
    name = f"{item.metavar}..." if item.nargs == -1 else str(item.metavar)
    return name if item.required else f"[{name}]"


def _option(item: Any) -> str:
    names = ", ".join(sorted(item.opts, key=len))
    return f"{names} {item.metavar}" if item.metavar and not item.is_flag else names


def _help(item: Any) -> str:
    return say(f"cli.option.{item.name}") if item.name in _OWN else str(item.help or "")


def _summary(command: Any) -> str:
    """The first sentence of a command's help."""
    text = (command.help or "").splitlines()[0]
    for mark in ("。", ". "):
        text = text.partition(mark)[0]
    return str(text).rstrip(".")
