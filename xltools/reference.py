"""The reference pages, made from what the program itself says: `python -m xltools.reference` writes them.

The rules' pages come from the rules' docstrings, the commands' from their help; a test holds that the written pages are
the current ones.
"""

import io
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

from xltools.checks import registry
from xltools.output.columns import unwrap
from xltools.texts import say, set_language

PACKAGE = Path(__file__).parent
WIDTH = "100"


def rules() -> str:
    """Every rule: a table of all, then each one's page, in Chinese as the rules themselves."""
    set_language("zh")
    lines = [
        "# 核对规则",
        "",
        "本页由 `python -m xltools.reference` 从各条规则的说明生成，请勿直接修改。"
        "示例表的写法：`<` 与左边合并，`^` 与上面合并。",
        "",
        "| 代码 | 名称 | 级别 | 查什么 |",
        "| --- | --- | --- | --- |",
    ]
    cards = registry.rules()
    for card in cards:
        severity = say(f"cli.severity.{card.severity}")
        summary = registry.page(card.code).partition("\n")[0]
        lines.append(f"| [{card.code}](#{card.code.lower()}-{card.name}) | {card.name} | {severity} | {summary} |")
    for card in cards:
        summary, _, body = unwrap(registry.page(card.code)).partition("\n")
        lines += ["", f"## {card.code} {card.name}", "", summary]
        lines += _fenced(body.replace("\n## ", "\n### ").strip("\n").split("\n"))
    return "\n".join(lines) + "\n"


def _fenced(lines: list[str]) -> list[str]:
    """Example forms stand in fences: they are no Markdown tables, but drawings of sheets."""
    found = [""]
    drawing = False
    for line in lines:
        if line.startswith("|") != drawing:
            drawing = not drawing
            found += ["```text"] if drawing else ["```"]
        if line.startswith("#") and found[-1]:
            found.append("")
        found.append(line)
        if line.startswith("#"):
            found.append("")
    return [*found, "```"] if drawing else found


def commands() -> str:
    """The help of every command, in Chinese."""
    from xltools.cli.app import main

    parts = ["# 命令\n\n本页由 `python -m xltools.reference` 从各命令的 `--help` 生成，请勿直接修改。\n"]
    with patch.dict(os.environ, {"COLUMNS": WIDTH, "XLTOOLS_LANG": "zh", "NO_COLOR": "1"}):
        for names in _calls():
            said = io.StringIO()
            with redirect_stdout(said):
                main([*names, "--help"])
            title = f"{'#' * (len(names) + 1)} xltools {' '.join(names)}"
            parts.append(f"{title}\n\n```text\n{said.getvalue().strip()}\n```\n")
    return "\n".join(parts)


def _calls() -> Iterator[tuple[str, ...]]:
    """Every command as it is called, those of a group after it."""
    import typer

    from xltools.cli.app import COMMANDS, build

    root = typer.main.get_command(build(tuple(COMMANDS)))
    for name in COMMANDS:
        yield (name,)
        command = getattr(root, "commands", {})[name]
        yield from ((name, own) for own in getattr(command, "commands", ()))


PAGES = {PACKAGE / "checks" / "README.md": rules, PACKAGE / "cli" / "README.md": commands}
"""Where each page is written, and what makes it."""


def write() -> None:
    """Write every page."""
    for target, make in PAGES.items():
        target.write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    write()
