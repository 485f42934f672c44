"""The packaged program, the double-click files and the guide: everything they need is there."""

import ast
import re
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "workbooks" / "starter"
LIMIT = 150_000
"""Bytes that a picture of the guide may take."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """What the PyInstaller specification asks for, and the folder with what it puts beside the program."""
    pytest.importorskip("markdown_it")
    target = tmp_path_factory.mktemp("dist")
    (target / "xltools").mkdir()
    asked: dict[str, Any] = {}

    def analysis(scripts: list[str], **options: Any) -> SimpleNamespace:
        asked.update(options, scripts=scripts)
        return SimpleNamespace(pure=[], scripts=[], binaries=[], datas=[])

    def program(*_: object, **options: Any) -> None:
        asked.update(options)

    runpy.run_path(
        str(STARTER / "xltools.spec"),
        {
            "SPECPATH": str(STARTER),
            "DISTPATH": str(target),
            "Analysis": analysis,
            "PYZ": lambda *_: None,
            "EXE": program,
            "COLLECT": lambda *_, **__: None,
        },
    )
    return SimpleNamespace(folder=target / "xltools", **asked)


def test_every_module_is_packaged(package: SimpleNamespace) -> None:
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "xltools").rglob("*.py")
    }
    assert modules <= set(package.hiddenimports)


def test_every_data_file_is_packaged_where_the_program_looks(package: SimpleNamespace) -> None:
    packed = {(Path(path).name, folder) for path, folder in package.datas}
    for path in (ROOT / "xltools").rglob("*"):
        if path.is_file() and path.suffix in (".toml", ".js", ".css", ".html"):
            assert (path.name, path.parent.relative_to(ROOT).as_posix()) in packed
    for path in (ROOT / "workbooks" / "templates").glob("*.xlsx"):
        assert (path.name, "xltools/workbooks/templates") in packed


def test_nothing_that_xltools_imports_is_left_out(package: SimpleNamespace) -> None:
    used = set()
    for path in (ROOT / "xltools").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                used.add(node.module)
                used |= {f"{node.module}.{alias.name}" for alias in node.names}
    assert not used & set(package.excludes)


def test_the_paid_part_of_xlwings_is_left_out_and_its_licence_not_shipped(package: SimpleNamespace) -> None:
    assert {"xlwings.pro", "xlwings.reports"} <= set(package.excludes)
    licences = [Path(path).name for path, folder in package.datas if folder == "licenses/xlwings"]
    assert licences == ["LICENSE.txt"]


def test_the_program_has_a_console_for_its_output(package: SimpleNamespace) -> None:
    assert package.console is True
    assert package.exclude_binaries is True


def test_what_people_need_lies_beside_the_program(package: SimpleNamespace) -> None:
    names = {path.name for path in package.folder.iterdir()}
    assert {
        "xltools.xlam",
        "xltools-starter.xlsm",
        "使用说明.html",
        "检查.cmd",
        "计分.cmd",
        "清除标记.cmd",
        "SHA256SUMS.txt",
    } <= names
    guide = (package.folder / "使用说明.html").read_text("utf-8")
    pictures = set(re.findall(r'src="([^"]+)"', guide))
    assert pictures
    assert all((package.folder / picture).is_file() for picture in pictures)


@pytest.fixture(scope="module")
def own_arguments() -> Any:
    return runpy.run_path(str(STARTER / "xltools_program.py"))["own_arguments"]


def test_what_excel_adds_to_the_arguments_is_taken_away(own_arguments: Any) -> None:
    added = ["--wb=xltools.xlam", "--from_xl=1", "--app=C:\\Office\\Microsoft Excel", "--hwnd=1234"]
    assert own_arguments(["live", "check", "--app", "wps", *added]) == ["live", "check", "--app", "wps"]


@pytest.mark.parametrize("arguments", [[], ["check", "a.xlsx"], ["live", "check", "--app=wps", "--book=b"]])
def test_arguments_from_elsewhere_stay_as_they_are(arguments: list[str], own_arguments: Any) -> None:
    assert own_arguments(arguments) == arguments


# The double-click files


@pytest.mark.parametrize("path", sorted(STARTER.glob("*.cmd")), ids=lambda path: path.stem)
def test_a_double_click_file_holds_other_letters_only_after_the_code_page_is_set(path: Path) -> None:
    lines = path.read_bytes().replace(b"\r\n", b"\n").decode("utf-8").splitlines()
    switched = lines.index("chcp 65001 >nul")
    assert all(line.isascii() for line in lines[: switched + 1])
    # Behind it no label is looked for: that would read these letters in the wrong code page.
    assert not any(line.startswith(":") for line in lines[switched:])
    assert "pause" in lines[switched:]
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert {match[1] for line in lines for match in [re.search(r"goto (\w+)", line)] if match} == labels


# The guide


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_picture_and_link_of_the_guide_is_there(name: str) -> None:
    text = (STARTER / name).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert any(link.endswith(".png") for link in links)
    for link in links:
        assert (STARTER / link).exists(), link


def test_pictures_are_small() -> None:
    pictures = list((STARTER / "pictures").glob("*.png"))
    assert pictures
    for path in pictures:
        data = path.read_bytes()
        assert len(data) < LIMIT, path.name
        assert data.startswith(b"\x89PNG")
