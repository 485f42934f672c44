"""The add-in and the starter workbook: the built files are what their sources say."""

import ast
import re
import struct
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.live.office import Office
from xltools.cli import main as xltools
from xltools.sheets.compound import stream

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "workbooks" / "starter"
SOURCES = sorted((STARTER / "vba").glob("*.bas"))
BUILT = ("xltools.xlam", "xltools-starter.xlsm")


@pytest.fixture(scope="module")
def builder() -> Iterator[Any]:
    """The modules of the build script, which lie beside it."""
    sys.path.insert(0, str(STARTER))
    names = ("make_starter", "starter_sheets", "vba_project", "compound_file")
    try:
        import compound_file
        import make_starter
        import vba_project

        yield SimpleNamespace(make=make_starter, vba=vba_project, compound=compound_file)
    finally:
        sys.path.remove(str(STARTER))
        for name in names:
            sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def fresh(builder: Any) -> dict[str, bytes]:
    """Both files, built now."""
    return {"xltools.xlam": builder.make.addin(), "xltools-starter.xlsm": builder.make.starter()}


def member(name: str, part: str) -> bytes:
    with zipfile.ZipFile(STARTER / name) as package:
        return package.read(part)


def text_of(path: Path) -> str:
    return path.read_text("ascii")


def procedures(source: str) -> dict[str, list[str]]:
    """The lines of every procedure of a module, by its name."""
    found = re.finditer(
        r"^(?:Public |Private )?(?:Function|Sub) (\w+)\(.*?^End (?:Function|Sub)$", source, re.DOTALL | re.MULTILINE
    )
    return {match[1]: match[0].splitlines() for match in found}


def public_subs(source: str) -> dict[str, str]:
    """The parameters of every macro that a button can call."""
    return dict(re.findall(r"^Public Sub (\w+)\((.*)\)$", source, re.MULTILINE))


# The files


@pytest.mark.parametrize("name", BUILT)
def test_the_files_are_what_the_build_script_makes(name: str, fresh: dict[str, bytes]) -> None:
    made_with = re.search(r"^'Version: (\S+)$", text_of(STARTER / "vba" / "xlwings.bas"), re.MULTILINE)
    assert made_with is not None
    if version("xlwings") != made_with[1]:
        pytest.skip(f"the files are made from the quickstart of xlwings {made_with[1]}, another version is installed")
    assert (STARTER / name).read_bytes() == fresh[name]


def test_building_twice_gives_the_same_bytes(builder: Any, fresh: dict[str, bytes]) -> None:
    assert builder.make.addin() == fresh["xltools.xlam"]
    assert builder.make.starter() == fresh["xltools-starter.xlsm"]


@pytest.mark.parametrize("name", BUILT)
def test_every_part_is_declared_and_every_relationship_leads_to_a_part(name: str) -> None:
    with zipfile.ZipFile(STARTER / name) as package:
        parts = set(package.namelist())
        types = ElementTree.fromstring(package.read("[Content_Types].xml"))
        declared = {node.get("PartName", "").lstrip("/") for node in types if node.tag.endswith("Override")}
        for part in parts:
            if part.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(part))
        targets = set()
        for part in parts:
            if part.endswith(".rels"):
                folder = Path(part).parent.parent
                for node in ElementTree.fromstring(package.read(part)):
                    targets.add(Path(*_resolved(folder / node.get("Target", ""))).as_posix())
    assert declared <= parts
    assert targets <= parts
    assert {part for part in parts if part.startswith("xl/worksheets/sheet")} <= targets & declared


def _resolved(path: Path) -> list[str]:
    steps: list[str] = []
    for step in path.parts:
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return steps


def test_openpyxl_reads_the_starter_workbook() -> None:
    import openpyxl

    book = openpyxl.load_workbook(STARTER / "xltools-starter.xlsm", keep_vba=True)
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("说明", "visible"),
        ("设置", "visible"),
        ("texts", "veryHidden"),
    ]


# The VBA project


def modules_of(builder: Any, project: bytes) -> dict[str, tuple[int, str]]:
    """Every module of a VBA project: where its source begins in its stream, and the source."""
    directory = builder.make.read_project(project)["VBA/dir"]
    found, name = {}, ""
    for kind, data in builder.vba._records(directory):
        if kind == 0x0019:
            name = data.decode("ascii")
        elif kind == 0x0031:
            at = struct.unpack("<I", data)[0]
            source = builder.vba.decompress(stream(project, (name.lower(),))[at:])
            found[name] = (at, source.decode("ascii"))
    return found


@pytest.mark.parametrize("name", BUILT)
def test_the_modules_are_the_sources_and_carry_no_cache(name: str, builder: Any) -> None:
    project = member(name, "xl/vbaProject.bin")
    modules = modules_of(builder, project)
    standard = builder.make.ADDIN_MODULES if name.endswith("xlam") else builder.make.STARTER_MODULES
    assert set(standard) < set(modules)
    for module in standard:
        assert modules[module] == (0, text_of(STARTER / "vba" / f"{module}.bas").replace("\n", "\r\n"))
    for module in set(modules) - set(standard):
        assert "Sub" not in modules[module][1]
    assert stream(project, ("_vba_project",)) == bytes.fromhex("cc61ffff000100")


@pytest.mark.parametrize("name", BUILT)
def test_the_project_lists_its_modules_and_stays_unprotected(name: str, builder: Any) -> None:
    project = member(name, "xl/vbaProject.bin")
    lines = stream(project, ("project",)).decode("ascii").split("\r\n")
    listed = [line.partition("=")[2].partition("/")[0] for line in lines if line.startswith(("Document=", "Module="))]
    assert listed == list(modules_of(builder, project))
    quickstart = "quickstart_addin_ribbon.xlam" if name.endswith("xlam") else "quickstart_standalone.xlsm"
    original = stream(builder.make.quickstart(quickstart)["xl/vbaProject.bin"], ("project",)).decode("ascii")
    for key in ("ID=", "CMG=", "DPB=", "GC="):
        # What the protection lines say is ciphered with the id: they only hold together.
        assert [line for line in lines if line.startswith(key)] == [
            line for line in original.split("\r\n") if line.startswith(key)
        ]


@pytest.mark.parametrize("name", BUILT)
def test_every_sheet_has_its_module(name: str, builder: Any) -> None:
    with zipfile.ZipFile(STARTER / name) as package:
        sheets = [package.read(part).decode() for part in package.namelist() if part.startswith("xl/worksheets/sheet")]
    codes = {match[1] for sheet in sheets for match in [re.search(r'codeName="(\w+)"', sheet)] if match}
    modules = modules_of(builder, member(name, "xl/vbaProject.bin"))
    documents = {module for module, (_, source) in modules.items() if "VB_PredeclaredId = True" in source}
    assert len(codes) == len(sheets)
    assert documents == codes | {"ThisWorkbook"}


@pytest.mark.parametrize("name", BUILT)
def test_oletools_extracts_the_same_sources(name: str) -> None:
    olevba = pytest.importorskip("oletools.olevba", reason="oletools is not installed")
    parser = olevba.VBA_Parser(str(STARTER / name))
    found = {source: code.replace("\r\n", "\n") for _, _, source, code in parser.extract_macros()}
    parser.close()
    for path in SOURCES:
        assert path.name not in found or found[path.name].strip("\n") == text_of(path).strip("\n")
    assert "xlwings.bas" in found


def test_the_sources_are_ascii_so_that_no_code_page_can_change_them() -> None:
    assert SOURCES
    for path in SOURCES:
        assert text_of(path).startswith(f'Attribute VB_Name = "{path.stem}"\n')


def test_a_source_that_is_not_ascii_is_refused(builder: Any) -> None:
    with pytest.raises(UnicodeEncodeError):
        _ = builder.vba.Module("m", 'Attribute VB_Name = "m"\nMsgBox "检查"').stored


# [MS-OVBA] 3.2.1 to 3.2.3
COMPRESSED = {
    b"abcdefghijklmnopqrstuv.": "0119b000616263646566676800696a6b6c6d6e6f70007172737475762e",
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa": "012fb000236161616263646582660070616768696a013808616b"
    "6c00306d6e6f70067102700410727374757610777879" + "7a003c",
    b"a" * 73: "0103b002614500",
}


@pytest.mark.parametrize("plain", COMPRESSED, ids=["none", "normal", "most"])
def test_the_examples_of_the_specification_are_decompressed(plain: bytes, builder: Any) -> None:
    assert builder.vba.decompress(bytes.fromhex(COMPRESSED[plain])) == plain


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"a" * 10_000, bytes(range(256)) * 20, *(path.read_bytes() for path in SOURCES)],
    ids=lambda data: str(len(data)),
)
def test_what_is_compressed_comes_back(data: bytes, builder: Any) -> None:
    assert builder.vba.decompress(builder.vba.compress(data)) == data


def test_every_stream_is_found_by_descending_the_directory_tree(builder: Any) -> None:
    streams = {f"VBA/module{number}": bytes([number]) * number * 97 for number in range(1, 60)}
    streams |= {"PROJECT": b"p" * 600, "A/B/deep": b"d"}
    data = builder.compound.compound_file(streams)
    for path, content in streams.items():
        assert stream(data, (path.rpartition("/")[2].lower(),)) == content
        assert _descend(data, path)


def _descend(data: bytes, path: str) -> bool:
    """Whether the search that [MS-CFB] 2.6.4 prescribes finds an entry; the directory is the file's first sectors."""

    def entry(number: int) -> tuple[str, int, int, int]:
        at = 512 + number * 128
        length, _, _, left, right, child = struct.unpack_from("<HBB3I", data, at + 64)
        return data[at : at + length - 2].decode("utf-16-le"), left, right, child

    number = 0
    for step in path.split("/"):
        number = entry(number)[3]
        while number != 0xFFFFFFFF:
            name, left, right, _ = entry(number)
            if name == step:
                break
            number = left if (len(step), step.upper()) < (len(name), name.upper()) else right
        else:
            return False
    return True


# Buttons and texts


def test_every_ribbon_button_has_its_macro() -> None:
    ribbon = ElementTree.fromstring(member("xltools.xlam", "customUI/customUI.xml"))
    space = "{http://schemas.microsoft.com/office/2006/01/customui}"
    macros = public_subs(text_of(STARTER / "vba" / "xltools_ribbon.bas"))
    buttons = list(ribbon.iter(f"{space}button"))
    assert [button.get("label") for button in buttons] == ["检查", "计分", "清除标记", "环境诊断"]
    assert {button.get("onAction") for button in buttons} == set(macros)
    assert set(macros.values()) == {"control As Object"}
    identities = [node.get("id") for node in ribbon.iter() if node.get("id")]
    assert len(identities) == len(set(identities))
    assert {node.tag.removeprefix(space) for node in ribbon.iter()} == {
        "customUI", "ribbon", "tabs", "tab", "group", "button",
    }  # fmt: skip


def test_every_button_of_the_starter_workbook_has_its_macro() -> None:
    drawing = member("xltools-starter.xlsm", "xl/drawings/drawing1.xml").decode()
    macros = public_subs(text_of(STARTER / "vba" / "xltools_starter.bas"))
    assert set(re.findall(r'macro="\[0\]!(\w+)"', drawing)) == set(macros)
    assert set(macros.values()) == {""}


def test_what_the_macros_say_is_in_the_texts_and_nothing_else_is() -> None:
    sources = "".join(map(text_of, SOURCES))
    texts = tomllib.loads((STARTER / "vba" / "texts.toml").read_text("utf-8"))
    assert set(re.findall(r'Say\("(\w+)"\)', sources)) == set(texts)
    assert all(set(text) == {"zh", "en"} for text in texts.values())


def test_the_settings_that_the_macros_look_up_are_cells_of_the_settings_sheet(builder: Any) -> None:
    sources = "".join(map(text_of, SOURCES))
    assert set(re.findall(r'Setting\("(\w+)"\)', sources)) == set(builder.make.SETTINGS)
    rows = builder.make.settings_sheet().rows
    inputs = {f"设置!$C${row}" for row in rows if ("C", "") in {cell[:2] for cell in rows[row].cells}}
    assert set(builder.make.SETTINGS.values()) == inputs


def commands() -> set[str]:
    """Every command line of xltools that a macro or a double-click file runs."""
    found = set(re.findall(r'(?:RunOn book,|RunCommand) "([^"]+)"', text_of(STARTER / "vba" / "xltools_run.bas")))
    for path in STARTER.glob("*.cmd"):
        found |= set(re.findall(r'^"%PROGRAM%" (.+)$', path.read_text("utf-8"), re.MULTILINE))
    return found


def test_the_buttons_run_check_score_clear_and_doctor() -> None:
    assert commands() == {"live check --exit-zero", "live score", "live check --clear", "doctor"}


@pytest.mark.parametrize("command", sorted(commands()))
def test_the_commands_of_the_buttons_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    book = ["--book", "自评表.xlsx"] if command.startswith("live ") else []
    assert xltools([*command.split(), *book, "--help"]) == 0
    assert "xltools" in capsys.readouterr().out


# Licence


def test_what_is_taken_from_xlwings_keeps_its_licence_and_is_marked_where_changed() -> None:
    ours = text_of(STARTER / "vba" / "xlwings.bas")
    assert "BSD 3-clause license" in ours
    spec = find_spec("xlwings")
    assert spec is not None
    assert spec.origin is not None
    theirs = (Path(spec.origin).parent / "xlwings.bas").read_text("utf-8")
    notice = re.search(r"^'xlwings is distributed.*?SUCH DAMAGE\.$", theirs, re.DOTALL | re.MULTILINE)
    assert notice is not None
    assert notice[0] in ours
    if f"'Version: {version('xlwings')}" not in ours:
        pytest.skip("taken from another version of xlwings than the one installed")
    original = procedures(theirs)
    for name, lines in procedures(ours).items():
        if not any("'xltools: " in line for line in lines):
            assert lines == [line.rstrip() for line in original[name]], name


@pytest.mark.parametrize("name", BUILT)
def test_nothing_that_needs_a_licence_key_is_in_the_files(name: str, builder: Any) -> None:
    modules = modules_of(builder, member(name, "xl/vbaProject.bin"))
    text = "".join(source for _, source in modules.values()).lower()
    for word in ("license_key", "licensekey", "xlwings.pro", '.py"', "xlpydll", "declare "):
        assert word not in text


@pytest.mark.parametrize("name", BUILT)
def test_no_setting_is_read_from_somebody_elses_workbook(name: str, builder: Any) -> None:
    modules = modules_of(builder, member(name, "xl/vbaProject.bin"))
    text = "".join(source for _, source in modules.values())
    assert not re.search(r"ActiveWorkbook\s*\.", text)
    assert "xlwings.conf" not in text


# The macros, run by LibreOffice


@pytest.fixture(scope="module")
def macro(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Calls a macro of the starter workbook, whose VBA LibreOffice compiles."""
    from xltools.live.libreoffice import bridge

    copy = tmp_path_factory.mktemp("starter") / "xltools-starter.xlsm"
    copy.write_bytes((STARTER / copy.name).read_bytes())
    options = bridge.properties(Hidden=True, MacroExecutionMode=4)  # ALWAYS_EXECUTE_NO_WARN
    document = office.desktop.loadComponentFromURL(copy.as_uri(), "_blank", 0, options)
    provider = document.getScriptProvider()

    def call(module: str, name: str, *arguments: str | float) -> Any:
        place = f"vnd.sun.star.script:xltools_starter.{module}.{name}?language=Basic&location=document"
        return provider.getScript(place).invoke(arguments, (), ())[0]

    call.document = document  # type: ignore[attr-defined]
    yield call
    document.close(True)


def test_libreoffice_imports_every_module(macro: Any, builder: Any) -> None:
    library = macro.document.BasicLibraries.getByName("xltools_starter")
    assert set(builder.make.STARTER_MODULES) < set(library.getElementNames())


@pytest.mark.parametrize("text", ["自评表 1.xlsx", "𠮷a'b\"%PATH%&^.xlsx", "C:\\用户\\x.txt", "-.9_z", ""])
def test_a_text_is_written_as_python_reads_it(text: str, macro: Any) -> None:
    written = macro("xltools_run", "PythonText", text)
    assert ast.literal_eval(written) == text
    assert re.fullmatch(r"'[A-Za-z0-9._\\-]*'", written)


def test_the_line_for_an_interpreter_calls_the_command_with_the_workbook(macro: Any) -> None:
    line = macro("xltools_run", "PythonLine", "live check --exit-zero", "张三's 表.xlsx", "")
    assert '"' not in line
    called: list[list[str]] = []
    exit_codes: list[int] = []
    code = line.replace("from xltools.cli import main", "main=called_with").replace("sys.exit", "exit_with")
    exec(code, {"called_with": lambda words: called.append(words) or 2, "exit_with": exit_codes.append})
    assert called == [["live", "check", "--exit-zero", "--book", "张三's 表.xlsx"]]
    assert exit_codes == [2]


@pytest.mark.parametrize(("program", "expected"), [("C:\\tools\\python.exe", True), ("C:\\python\\xltools.exe", False)])
def test_an_interpreter_is_told_from_the_packaged_program(program: str, expected: bool, macro: Any) -> None:
    assert macro("xltools_run", "IsInterpreter", program) is expected


def test_the_macros_speak_chinese(macro: Any) -> None:
    assert macro("xltools_run", "Say", "title") == "绩效自评 xltools"


@pytest.mark.parametrize(
    ("text", "lines", "shown"),
    [("a\r\nb\r\nc\r\n", 2, "a\nb\n…"), ("a\nb\n", 1, "a"), ("a\nb\n", 5, "a\nb"), ("", 5, "")],
)
def test_a_long_output_is_cut(text: str, lines: int, shown: str, macro: Any) -> None:
    # A number comes through the bridge as a double only.
    assert macro("xltools_run", "FirstLines", text, float(lines)) == shown
