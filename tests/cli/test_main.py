"""The frame of the command line: help, languages, wrong use, exit codes, start-up."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from tests.cli.conftest import Run
from xltools import __version__
from xltools.cli import app as command_line
from xltools.texts import say, set_language

HEAVY = ("pandas", "openpyxl", "xlwings", "docx", "rich", "python_calamine", "formualizer", "numpy")


def _commands() -> dict[str, typer.core.TyperCommand]:
    return typer.main.get_command(command_line.build(tuple(command_line.COMMANDS))).commands


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", command_line.COMMANDS)
def test_every_command_argument_and_option_has_help_and_every_command_an_example(name, language):
    set_language(language)
    command = _commands()[name]
    assert command.help
    assert f"xltools {name}" in command.epilog
    for parameter in command.params:
        assert parameter.help, parameter.name
        # An option without a value is a flag; everything else says what it takes.
        assert parameter.metavar or parameter.is_flag, parameter.name


def test_every_help_text_is_chinese_by_default_and_english_on_demand():
    pages = {}
    for language in ("zh", "en"):
        set_language(language)
        pages[language] = [text for command in _commands().values() for text in _texts(command)]
    assert not [text for text in pages["zh"] if not any("\u4e00" <= character <= "\u9fff" for character in text)]
    assert not [text for text in pages["en"] if any("\u4e00" <= character <= "\u9fff" for character in text)]


def _texts(command):
    return [command.help, *(parameter.help for parameter in command.params)]


@pytest.mark.parametrize("name", ["", *command_line.COMMANDS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_help_page_fits_80_columns_and_ends_with_its_example(run, name, language):
    from xltools.output.columns import width

    result = run(*([name] if name else []), "--help", "--lang", language)
    assert result.code == 0
    lines = result.out.splitlines()
    assert max(map(width, lines)) <= 80
    assert lines[-1].strip().startswith("xltools")


def test_without_a_command_the_help_is_shown(run):
    result = run()
    assert result.code == 0
    assert all(name in result.out for name in command_line.COMMANDS)


def test_the_version_is_printed(run):
    assert run("--version") == Run(0, f"xltools {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments", [("--lang", "en", "check", "no-such.xlsx"), ("check", "no-such.xlsx", "--lang=en")]
)
def test_the_language_may_stand_before_and_after_the_command(run, arguments):
    result = run(*arguments)
    assert result.code == 2
    assert result.err.startswith("error: ")


def test_the_language_is_taken_from_the_environment_unless_the_command_line_names_one(run, monkeypatch):
    monkeypatch.setenv("XLTOOLS_LANG", "en")
    assert run("check", "no-such.xlsx").err.startswith("error: ")
    assert run("check", "no-such.xlsx", "--lang", "zh").err.startswith("错误：")


def test_an_unknown_language_is_refused(run):
    result = run("--lang", "fr", "rule")
    assert result.code == 2
    assert "fr" in result.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("chek",), "check"),
        (("check", "--frmat", "json"), "--format"),
        (("check", "--format", "yaml"), "text, json"),
        (("check", "--jobs", "many"), "--jobs"),
        (("check", "--jobs", "-1"), "--jobs"),
        (("template", "mof-project-2020", "--year", "soon"), "--year"),
        (("read",), "PATH"),
        (("read", "x", "--format"), "--format"),
        (("score", "x"), "--in-place"),
    ],
)
def test_wrong_use_is_one_line_that_names_the_fault_and_exits_with_2(run, arguments, expected):
    result = run(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert expected in result.err
    assert result.err.count("\n") == 1
    assert result.err.startswith("错误：")


def test_ctrl_c_ends_with_130_and_without_a_traceback(run, monkeypatch, form):
    def interrupt(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("xltools.checking.check_file", interrupt)
    result = run("check", form)
    assert result.code == 130
    assert "Traceback" not in result.err


def test_a_fault_of_the_program_itself_is_not_hidden(run, monkeypatch, form):
    def broken(_form):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("xltools.checks.registry.check_of", lambda _code: broken)
    with pytest.raises(ZeroDivisionError) as caught:
        run("check", form)
    assert str(form) in caught.value.__notes__[0]


def _python(code: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    import os

    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        timeout=60,
    )


@pytest.mark.parametrize("arguments", [("check", "{form}"), ("check", "{form}", "--format", "json"), ("--help",)])
def test_a_check_of_one_file_imports_nothing_heavy(form, arguments):
    code = (
        "import sys; from xltools.cli import main; main(sys.argv[1:]); "
        f"print(*sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)"
    )
    done = _python(code, *(argument.format(form=form) for argument in arguments))
    assert done.returncode == 0
    assert done.stderr.decode().split() == []


def test_output_is_utf8_even_where_the_system_says_ascii(form):
    code = "import sys; from xltools.cli import main; sys.exit(main(sys.argv[1:]))"
    done = _python(code, "check", form, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith(say("cli.verdict.pass"))


def test_a_reader_that_has_gone_causes_no_complaint():
    script = f"{sys.executable} -c 'from xltools.cli import main; import sys; sys.exit(main())' rule | true"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, timeout=60)
    assert done.stderr == b""


def test_only_the_command_that_is_called_is_declared():
    assert command_line.wanted(["--lang", "en", "check", "x"], {}) == ("check",)
    assert command_line.wanted(["--help"], {}) == tuple(command_line.COMMANDS)
    assert command_line.wanted(["check"], {"_XLTOOLS_COMPLETE": "complete_bash"}) == tuple(command_line.COMMANDS)


def test_completion_knows_every_command(tmp_path: Path):
    environment = {"_XLTOOLS_COMPLETE": "complete_bash", "COMP_WORDS": "xltools ", "COMP_CWORD": "1"}
    done = _python("from xltools.cli import main; main([])", **environment)
    assert set(command_line.COMMANDS) <= set(done.stdout.decode().split())
