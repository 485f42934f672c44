"""`xltools score`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltools.cli import options, streams
from xltools.cli.help import HelpfulCommand
from xltools.errors import InputError, SettingsError
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.forms import FormMap
    from xltools.policies.model import Policy

WORKBOOKS = (".xlsx", ".xlsm")
"""What is scored in a folder; documents and old workbooks there cannot hold formulas that we write."""


def register(app: typer.Typer) -> None:
    """Declare the command."""

    @app.command("score", cls=HelpfulCommand, help=say("cli.score.help"), epilog=say("cli.score.example"))
    def score(
        paths: Annotated[list[str], options.argument("PATH", "workbooks")],
        output: Annotated[Path | None, options.option("--output", "-o", text="directory", metavar="DIR")] = None,
        in_place: Annotated[bool, options.option("--in-place", text="in_place")] = False,
        policy: Annotated[str | None, options.policy()] = None,
        form_map: Annotated[Path | None, options.form_map()] = None,
        diff: Annotated[bool, options.option("--diff", text="diff")] = False,
        force: Annotated[bool, options.force()] = False,
        lang: Annotated[str | None, options.language()] = None,
    ) -> None:
        from xltools.forms import load_map
        from xltools.policies import load

        if output is not None and in_place:
            raise InputError(say("cli.score.both"))
        if not (output or in_place or diff):
            raise InputError(say("cli.score.target"))
        rules = None if policy is None else load(policy)
        mapped = None if form_map is None else load_map(form_map)
        targets = _targets(paths, output)
        failed = 0
        with streams.Progress() as progress:
            for done, (path, target) in enumerate(targets, 1):
                try:
                    streams.emit(
                        _changes(path, rules, mapped) if diff else _write(path, target, policy, form_map, force)
                    )
                except SettingsError:
                    raise
                except InputError as error:
                    failed += 1
                    streams.complain(str(error))
                progress(done, len(targets))
        if failed and len(targets) > 1:
            streams.note(say("cli.score.failed", files=len(targets), failed=failed))
        raise typer.Exit(0 if not failed else 1 if failed < len(targets) else 2)


def _targets(paths: Sequence[str], directory: Path | None) -> list[tuple[Path, Path]]:
    """Every workbook and where its scored copy goes: into `directory`, in the folders it came from, or onto itself.

    Raises InputError where two would go to the same file, or one onto itself although a directory is named.
    """
    from xltools.files import located

    found = located(paths, WORKBOOKS)
    if directory is None:
        return [(path, path) for path, _ in found]
    inside = directory.absolute()
    sources: dict[Path, Path] = {}
    for path, place in found:
        target = directory / place
        if target.absolute() == path.absolute():
            raise InputError(say("cli.score.onto_itself", path=path))
        # What an earlier run wrote into a subfolder of the forms' own folder is no form to score again.
        if inside in path.absolute().parents:
            continue
        if target in sources:
            raise InputError(say("cli.score.same_target", first=sources[target], second=path, target=target))
        sources[target] = path
    return [(path, target) for target, path in sources.items()]


def _write(path: Path, target: Path, policy: str | None, form_map: Path | None, force: bool) -> str:
    from xltools.output import scores
    from xltools.score_writing import score_file

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(say("cli.output.unwritable", path=target, reason=error.strerror)) from error
    results = score_file(path, target, policy=policy, form_map=form_map, force=force)
    for notice in dict.fromkeys(notice for result in results for notice in result.notices):
        streams.note(f"{target}: {notice}")
    changes = [change for result in results for change in result.changes]
    proposals = [proposal for result in results for proposal in result.proposals]
    guards = [guard for result in results for guard in result.guards]
    left_out = [entry for result in results for entry in result.left_out]
    return scores.render(path, target, changes, proposals, streams.columns(), guards=guards, left_out=left_out)


def _changes(path: Path, policy: "Policy | None", form_map: "FormMap | None") -> str:
    from xltools.output import scores
    from xltools.score_writing import prepare

    _, forms = prepare(path, policy=policy, form_map=form_map)
    changes = [change for form in forms for change in form.changes]
    undecided = [proposal for form in forms for proposal in form.proposals]
    guards = [guard for form in forms for guard in form.guards]
    left_out = [entry for form in forms for entry in form.left_out]
    return scores.render(path, None, changes, undecided, streams.columns(), guards=guards, left_out=left_out)
