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


def read(path: str | os.PathLike[str]) -> "list[Evaluation]":
    """Every self-evaluation form in a workbook or document, in the order of its sheets or tables.

    Raises WorkbookError where the file cannot be read and FormError where it holds no form.
    """
    from xltools import reading

    return reading.read(path)


def score(
    path: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    policy: str | os.PathLike[str] | None = None,
    force: bool = False,
) -> "Evaluation":
    """Compute the derived figures of the form in a workbook and write a copy that holds them as formulas.

    `policy` is the name or file of the scoring rules (by default the form's own region decides). Returns the first
    form of the copy, as it reads afterwards.

    Raises InputError where the target exists (unless `force`) or the file is no .xlsx workbook, WorkbookError where it
    cannot be read or written, FormError where it holds no form, PolicyError for a policy that cannot be used.
    """
    from xltools import score_writing

    return score_writing.score(path, target, policy=policy, force=force)


def check(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    policy: str | os.PathLike[str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> "CheckReport":
    """Check files and folders against the rules; see `xltools.checking.check`.

    Raises InputError where a path, rule, policy or number of jobs cannot be used; a file that cannot be read is a
    finding.
    """
    from xltools import checking

    return checking.check(paths, policy=policy, select=select, ignore=ignore, jobs=jobs, progress=progress)
