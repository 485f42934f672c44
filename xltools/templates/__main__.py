"""`python -m xltools.templates [FOLDER]`: build all blank templates anew from their descriptions."""

import sys
from pathlib import Path

from xltools.templates import build, folder, names


def main(arguments: list[str]) -> None:
    """Write every template for its default year into the folder, the source tree's own by default."""
    target = Path(arguments[0]) if arguments else folder()
    target.mkdir(parents=True, exist_ok=True)
    for name in names():
        (target / f"{name}.xlsx").write_bytes(build(name))


if __name__ == "__main__":
    main(sys.argv[1:])
