"""xltools: fill, read, score and check Chinese performance self-evaluation workbooks (绩效自评表).

Every function here does what the command of the same name does; the modules behind them are imported only
when they are needed.
"""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xltools.checking import CheckReport
    from xltools.evaluation import Evaluation

__version__ = "0.1.0"
__all__ = ["check", "read", "score"]


def read(
    path: str | os.PathLike[str], *, form_map: str | os.PathLike[str] | None = None
) -> "list[Evaluation]":
    """Every self-evaluation form in a workbook or document, in the order of its sheets or tables.

    `form_map` is the file of a map that says where labels and values stand (`xltools inspect --format toml` writes one).

    Raises WorkbookError where the file cannot be read, FormError where it holds no form or the map does not fit it, and
    SettingsError where the map or the settings of the file's folder are wrong.
    """
    from xltools import reading
    from xltools.forms import load_map

    return reading.read(path, None if form_map is None else load_map(form_map))


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
    a map that says where labels and values stand. Returns the first form of the copy, as it reads afterwards.

    Raises InputError where the target exists (unless `force`) or the file is no .xlsx workbook, WorkbookError where it
    cannot be read or written, FormError where it holds no form, PolicyError for a policy that cannot be used.
    """
    from xltools import score_writing

    return score_writing.score(path, target, policy=policy, form_map=form_map, force=force)


def check(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    policy: str | os.PathLike[str] | None = None,
    form_map: str | os.PathLike[str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> "CheckReport":
    """Check files and folders against the rules; see `xltools.checking.check`.

    Raises InputError where a path, rule, policy, map or number of jobs cannot be used; a file that cannot be read is a
    finding.
    """
    from xltools import checking

    return checking.check(
        paths, policy=policy, form_map=form_map, select=select, ignore=ignore, jobs=jobs, progress=progress
    )
