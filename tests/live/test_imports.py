"""What is imported of xlwings: its free part only, and only where an application is used."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "xltools"
MODULES = sorted(PACKAGE.rglob("*.py"))
PAID = ("xlwings.pro", "xlwings.reports", "xlwings.server")
PAID_ENGINES = ("remote", "calamine", "officejs")
PAID_MEMBERS = ("pro", "reports", "server", "render_template", "create_report")
FORM = ROOT / "workbooks" / "examples" / "bishan-2021.xlsx"


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that a syntax tree imports, by a statement or by its name in a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _name(node.func).endswith(("import_module", "__import__", "find_spec")):
            yield from (str(part.value) for part in ast.walk(node) if isinstance(part, ast.Constant))


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def of_xlwings(name: str) -> bool:
    return name.partition(".")[0] == "xlwings"


def run(code: str, **environment: str) -> str:
    """What a fresh interpreter prints for some code."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_search_for_imports_finds_them_all() -> None:
    code = """
import xlwings.pro
from xlwings import reports
def later():
    from xlwings.server import x
    import_module(f"xlwings.{name}")
    importlib.import_module("xlwings.pro.utils")
"""
    found = set(imported(ast.parse(code)))
    assert {"xlwings.pro", "xlwings.reports", "xlwings.server", "xlwings.", "xlwings.pro.utils"} <= found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_uses_the_paid_part_of_xlwings(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set(imported(tree))
    assert not {name for name in names if name.startswith(PAID)}
    if path.relative_to(PACKAGE).parts[0] != "live":
        assert not any(map(of_xlwings, names))
        return
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not attributes & set(PAID_MEMBERS)
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert not texts & set(PAID_ENGINES)
    # The one mention there is: how the free part is imported without it.
    assert path.name == "xw.py" or not {text for text in texts if text.startswith(PAID)}


def test_xlwings_is_loaded_by_no_module_outside_the_engine_for_libreoffice() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in MODULES
        if path.relative_to(PACKAGE).parts[:2] != ("live", "libreoffice") and path.name != "__main__.py"
    ]
    code = f"""
import importlib, sys
for name in {modules!r}:
    importlib.import_module(name)
print('xlwings' in sys.modules)
"""
    assert run(code).strip() == "False"


@pytest.mark.parametrize("arguments", [["--help"], ["check", str(FORM)]], ids=["help", "check"])
def test_the_file_commands_do_not_load_xlwings(arguments: list[str]) -> None:
    code = f"""
import sys
from xltools.cli import main
sys.argv = ["xltools", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
print("loaded", [name for name in sys.modules if name.partition(".")[0] == "xlwings"])
"""
    assert run(code, PYTHONIOENCODING="utf-8").splitlines()[-1] == "loaded []"


REGISTERED = """
from xltools.live.xw import xlwings
module = xlwings()
import sys
print(sorted(engine.name for engine in module.engines), bool(module.__pro__))
print(sorted(name for name in sys.modules if name.startswith(("xlwings.pro", "xlwings.reports", "xlwings.server"))))
"""


@pytest.mark.parametrize("key", ["", "noncommercial"])
def test_no_paid_engine_is_registered_whatever_licence_key_is_set(key: str) -> None:
    engines, modules = run(REGISTERED, XLWINGS_LICENSE_KEY=key).splitlines()
    assert not any(name in engines for name in PAID_ENGINES)
    assert engines.endswith("False")
    assert modules == "[]"


WATCHED = """
import sys

class Watch:
    asked = set()
    def find_spec(self, name, path=None, target=None):
        if name.startswith("xlwings.pro"):
            self.asked.add(name)
            raise ImportError(name)

sys.meta_path.insert(0, Watch())
{load}
print(sorted(Watch.asked))
"""


@pytest.mark.parametrize(
    ("load", "asked"),
    [("import xlwings", True), ("from xltools.live.xw import xlwings; xlwings()", False)],
    ids=["by itself", "through xltools"],
)
def test_xlwings_asks_for_its_paid_part_unless_it_is_kept_out(load: str, asked: bool) -> None:
    assert ("xlwings.pro" in run(WATCHED.format(load=load))) is asked


def test_the_users_own_program_can_still_import_the_paid_part() -> None:
    code = """
from xltools.live.xw import xlwings
xlwings()
import importlib.util, sys
print("xlwings.pro" in sys.modules, importlib.util.find_spec("xlwings.pro") is not None)
"""
    assert run(code).split() == ["False", "True"]
