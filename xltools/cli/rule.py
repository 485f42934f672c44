"""`xltools rule`."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from xltools.cli import options, streams
from xltools.cli.help import HelpfulCommand
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.checks.base import Rule


def register(app: typer.Typer) -> None:
    """Declare the command."""

    @app.command("rule", cls=HelpfulCommand, help=say("cli.rule.help"), epilog=say("cli.rule.example"))
    def rule(
        name: Annotated[str | None, options.argument("RULE", "rule")] = None,
        format: Annotated[str, options.option("--format", "-f", text="text_format", metavar="text|json")] = "text",
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools.checks import registry

        options.choice(format, ("text", "json"), "--format")
        cards = registry.rules() if name is None else (registry.find(name),)
        if format == "json":
            listed = [_as_json(card) for card in cards]
            streams.emit(json.dumps(listed if name is None else listed[0], ensure_ascii=False, indent=2))
        elif name is None:
            streams.emit(_listed(cards))
        else:
            streams.emit(_head(cards[0]) + "\n\n" + _page(name))


def _listed(cards: "tuple[Rule, ...]") -> str:
    from xltools.checks.registry import page
    from xltools.output.columns import table

    rows = [
        (card.code, card.name, say(f"cli.severity.{card.severity}"), page(card.code).partition("\n")[0])
        for card in cards
    ]
    # Who searches the list through a pipe wants all of each line.
    return "\n".join(table(rows, streams.columns() if streams.on_terminal() else None))


def _page(name: str) -> str:
    from xltools.checks.registry import page
    from xltools.output.columns import unwrap, wrap

    lines = unwrap(page(name)).splitlines()
    # A drawn form is kept as it is: broken lines would be no form any more.
    return "\n".join(
        line if line.startswith("|") else "\n".join(wrap(line, streams.columns()) or [""]) for line in lines
    )


def _head(card: "Rule") -> str:
    facts = [say(f"cli.severity.{card.severity}")]
    if card.fix:
        facts.append(say(f"cli.fix.{card.fix}"))
    if not card.on:
        facts.append(say("cli.rule.off"))
    return f"{card.code} {card.name} · " + " · ".join(facts)


def _as_json(card: "Rule") -> dict[str, object]:
    from xltools.checks.registry import page

    return {
        "code": card.code,
        "name": card.name,
        "severity": card.severity,
        "since": card.since,
        "fix": card.fix,
        "scope": card.scope,
        "on": card.on,
        "page": page(card.code),
    }
