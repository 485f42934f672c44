"""Everything that the README's table states, measured in one run: `python -m tests.bench [UNITS]` (10 000 by default)."""

import sys

from tests.bench import check, edit, fill

check.main()
edit.main([])
fill.main(sys.argv[1:])
