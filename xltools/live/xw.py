"""xlwings, its free part only.

xlwings tries to load its paid part (`xlwings.pro`: the engines `remote`, `officejs` and `calamine`) whenever it is
imported, and loads it where a licence key is set. xltools must work the same for everyone and uses nothing of it, so it
is kept out here: everything under `xltools.live` takes xlwings from this module.
"""

import sys
from types import ModuleType

_PAID = "xlwings.pro"


def xlwings() -> ModuleType:
    """The module `xlwings`, imported without its paid part; as it is where the program has imported it before.

    Takes 0.3 s the first time, so call it only where an application is about to be used.
    """
    loaded = sys.modules.get("xlwings")
    if loaded is not None:
        return loaded
    free = _PAID not in sys.modules
    if free:
        # None makes the import an ImportError, which xlwings takes as "no licence".
        sys.modules[_PAID] = None  # type: ignore[assignment]
    try:
        import xlwings as module
    finally:
        if free:
            del sys.modules[_PAID]
    return module
