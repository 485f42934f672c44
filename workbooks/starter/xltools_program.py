"""What the packaged program starts: xltools, called by hand or by a button in Excel."""

import sys
from collections.abc import Sequence
from multiprocessing import freeze_support

_ADDED = ("--wb=", "--from_xl=", "--app=", "--hwnd=")
"""How the arguments begin that the macro RunFrozenPython puts behind ours."""


def own_arguments(arguments: Sequence[str]) -> list[str]:
    """The arguments that are meant for xltools.

    RunFrozenPython adds four of its own about the workbook that the button is in and its Excel. Our buttons name the
    workbook to work on with `--book`.
    """
    ours = list(arguments)
    if len(ours) >= len(_ADDED) and all(map(str.startswith, ours[-len(_ADDED) :], _ADDED)):
        del ours[-len(_ADDED) :]
    return ours


if __name__ == "__main__":
    # The workers of `--jobs` are this program again: that must be found out before anything is read from the arguments.
    freeze_support()
    sys.argv[1:] = own_arguments(sys.argv[1:])

    from xltools.cli import main

    sys.exit(main())
