"""The replicas as files: workbooks, documents, their truth and what a check has to find in them.

python tests/corpus/build.py --folder DIR     every form as .xlsx and .docx with its truth and expectations
python tests/corpus/build.py --expand         write the truth and the expectations beside the forms
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

if not __package__:  # run as a script
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.corpus.form import Form, FormError, load
from tests.corpus.truth import expand, expectations
from tests.corpus.writers import write_docx, write_xlsx

__all__ = ["Form", "FormError", "expand", "expectations", "forms", "load", "write_docx", "write_folder", "write_xlsx"]

FORMS = Path(__file__).parent / "forms"
WRITERS = {"xlsx": write_xlsx, "docx": write_docx}


def forms(only: str = "") -> list[Form]:
    """Every replica, in the order of its number."""
    return [load(path) for path in sorted(FORMS.glob("*.md")) if only in path.name]


def _dump(data: object, target: Path) -> None:
    target.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_folder(folder: Path, only: str = "") -> int:
    """Writes every form with its truth and expectations; a file with several forms once for each. Returns the count."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for form in forms(only):
        truths = expand(form)
        for index, truth in enumerate(truths):
            stem = form.slug if len(truths) == 1 else f"{form.slug}-{index + 1}"
            _dump(truth, folder / f"{stem}.truth.json")
            _dump(expectations(form, index), folder / f"{stem}.expected.json")
            for kind in form.formats:
                WRITERS[kind](form, folder / f"{stem}.{kind}")
                count += 1
    return count


def write_truths(only: str = "") -> None:
    """Writes the truth and the expectations beside the forms; a file with several forms holds a list."""
    for form in forms(only):
        truths = expand(form)
        wanted = [expectations(form, i) for i in range(len(truths))]
        _dump(truths[0] if len(truths) == 1 else truths, FORMS / f"{form.slug}.truth.json")
        _dump(wanted[0] if len(truths) == 1 else wanted, FORMS / f"{form.slug}.expected.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--expand", action="store_true")
    parser.add_argument("--only", default="", help="a part of the file name")
    args = parser.parse_args()
    if args.expand:
        write_truths(args.only)
    if args.folder:
        print(f"{write_folder(args.folder, args.only)} files")


if __name__ == "__main__":
    main()
