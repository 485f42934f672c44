"""`python -m xltools`: the same as the command."""

import sys

from xltools.cli import main

if __name__ == "__main__":
    sys.exit(main())
