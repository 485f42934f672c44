"""Checking one workbook with all rules, side by side with openpyxl's mere loading of it: `python -m tests.bench.check`.

Over the replicas of the corpus; then the whole process, against a process that does nothing but import openpyxl.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook

import xltools
from tests.bench.fill import best
from tests.corpus.build import forms, write_xlsx

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "examples" / "bishan-2021.xlsx"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for form in forms():
            if "xlsx" in form.formats:
                files.append(Path(folder, f"{form.slug}.xlsx"))
                write_xlsx(form, files[-1])
        ours, theirs = best(
            lambda: [xltools.check([file]) for file in files], lambda: [load_workbook(file) for file in files]
        )
        ours, theirs = ours / len(files), theirs / len(files)
    print(f"check, all rules, mean of {len(files)} forms: {ours * 1000:.1f} ms")
    print(f"openpyxl.load_workbook alone: {theirs * 1000:.1f} ms, {theirs / ours:.1f} x")
    process, bare = best(lambda: run("-m", "xltools", "check", str(EXAMPLE)), lambda: run("-c", "import openpyxl"))
    print(f"the process `xltools check one.xlsx`: {process:.2f} s against {bare:.2f} s for `import openpyxl`")


def run(*arguments: str) -> None:
    """A process of this Python, its byte code cached as an installed program's is."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, *arguments], capture_output=True, check=False, env=environment)


if __name__ == "__main__":
    main()
