"""xltools: fill, read, score and check Chinese performance self-evaluation workbooks (绩效自评表).

Every function here does what the command of the same name does; the modules behind them are imported only
when they are needed.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xltools.check_report import CheckReport
    from xltools.edits import Text, Value
    from xltools.evaluation import Evaluation
    from xltools.filling import Filled
    from xltools.ooxml.editing import EditReport

__version__ = "0.1.0"
__all__ = ["check", "edit", "fill", "read", "score"]


def read(path: str | os.PathLike[str], *, form_map: str | os.PathLike[str] | None = None) -> "list[Evaluation]":
    """Every self-evaluation form in a workbook or document, in the order of its sheets or tables.

    `form_map` is the file of a map that says where labels and values stand; `xltools inspect --format toml` writes one.

    Raises WorkbookError where the file cannot be read, FormError where it holds no form or the map does not fit it, and
    SettingsError where the map or the settings of the file's folder are wrong.
    """
    from xltools import reading
    from xltools.forms import load_map

    return reading.read(path, None if form_map is None else load_map(form_map))


def edit(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    changes: "Mapping[str, Value | Text]",
    *,
    force: bool = False,
    unlock: bool = False,
) -> "EditReport":
    """Change cells of any .xlsx or .xlsm: `{"Sheet1!B2": 12.5, "Sheet1!C2": "=B2*2", "Sheet1!D2": None}`.

    Every member of the package but the edited sheets stays byte-identical, and in an edited sheet every byte outside
    the edited cells, but for the stored results of formulas that the edit changes. None empties a cell; a text that
    begins with an equals sign is a formula, unless it is wrapped in `xltools.edits.Text`. The target may be the source:
    then the original is kept beside it as .bak, unless `force`. `unlock` permits locked cells of a protected sheet.

    Raises WorkbookError with the reason where the file cannot be read or an edit must be refused.
    """
    from xltools.ooxml import editing

    return editing.edit(Path(source), Path(target), changes, force=force, unlock=unlock)


def fill(
    template: str | os.PathLike[str],
    data: str | os.PathLike[str],
    directory: str | os.PathLike[str],
    *,
    name: str | None = None,
    only: Iterable[str] = (),
    force: bool = False,
    jobs: int = 1,
    form_map: str | os.PathLike[str] | None = None,
) -> "list[Filled]":
    """Fill one workbook for each unit of a data workbook, CSV file or folder of CSV files; see `xltools.filling.fill`.

    `template` is a blank form or the name of an official template, `name` the pattern of the files' names, `only` the
    codes or names of the units to fill, `form_map` the file of a map that says where labels and values stand. A file
    that is there with other content is kept, unless `force`.

    Raises RosterError with every problem of the data before anything is written, InputError where template, data or
    directory cannot be used.
    """
    from xltools import filling

    report = filling.fill(template, data, directory, name=name, only=only, force=force, jobs=jobs, form_map=form_map)
    return list(report.filled)


def score(
    path: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    policy: str | os.PathLike[str] | None = None,
    form_map: str | os.PathLike[str] | None = None,
    force: bool = False,
) -> "Evaluation":
    """Compute the derived figures of the form in a workbook and write a copy that holds them as formulas.

    `policy` is the name or file of the scoring rules (by default the form's own region decides), `form_map` the file of
    a map that says where labels and values stand. Returns the first form of the copy, as it reads afterwards. The
    target may be the workbook itself: then the original is kept beside it as .bak, unless `force`.

    Raises InputError where the target exists (unless `force`) or the file is no .xlsx workbook, WorkbookError where it
    cannot be read or written, FormError where it holds no form, PolicyError for a policy that cannot be used.
    """
    from xltools import score_writing

    return score_writing.score(path, target, policy=policy, form_map=form_map, force=force)


def check(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    template: str | os.PathLike[str] | None = None,
    policy: str | os.PathLike[str] | None = None,
    form_map: str | os.PathLike[str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> "CheckReport":
    """Check files and folders against the rules; see `xltools.checking.check`.

    What is not said here, the `xltools.toml` in a file's folder or above may say (`xltools.settings`).

    Raises InputError where a path, template, rule, policy, map or number of jobs cannot be used; a file that cannot be
    read is a finding.
    """
    from xltools import checking

    return checking.check(
        paths,
        template=template,
        policy=policy,
        form_map=form_map,
        select=select,
        ignore=ignore,
        jobs=jobs,
        progress=progress,
    )
