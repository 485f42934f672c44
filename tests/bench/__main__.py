"""What the README's table states, measured in one run: `python -m tests.bench [UNITS]`, 10 000 units by default.

Each part runs in a process of its own, so that none inherits another's memory.
"""

import subprocess
import sys

for part, arguments in (("check", []), ("edit", []), ("fill", sys.argv[1:])):
    subprocess.run([sys.executable, "-m", f"tests.bench.{part}", *arguments], check=True)
