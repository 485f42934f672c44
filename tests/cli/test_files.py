"""Which files a path means."""

from pathlib import Path

import pytest

from xltools.errors import InputError
from xltools.files import claim, expand, located


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_a_folder_gives_its_workbooks_and_documents_sorted_with_its_subfolders(tmp_path):
    _touch(tmp_path, "b.xlsx", "a.XLSX", "c.xls", "d.docx", "e.xlsm", "notes.txt", "f.pdf", "sub/g.xlsx")
    names = [path.relative_to(tmp_path).as_posix() for path in expand([tmp_path])]
    assert names == ["a.XLSX", "b.xlsx", "c.xls", "d.docx", "e.xlsm", "sub/g.xlsx"]


def test_lock_files_and_everything_hidden_are_passed_over(tmp_path):
    _touch(tmp_path, "a.xlsx", "~$a.xlsx", ".~a.xlsx", "._a.xlsx", ".hidden/b.xlsx")
    assert [path.name for path in expand([tmp_path])] == ["a.xlsx"]
    assert [path.name for path in expand([tmp_path / "a.xlsx", tmp_path / "~$a.xlsx"])] == ["a.xlsx"]


def test_a_file_named_twice_counts_once_in_the_order_given(tmp_path):
    _touch(tmp_path, "a.xlsx", "b.xlsx")
    assert [path.name for path in expand([tmp_path / "b.xlsx", tmp_path, tmp_path])] == ["b.xlsx", "a.xlsx"]


def test_a_file_that_is_named_is_taken_whatever_its_type(tmp_path):
    _touch(tmp_path, "a.pdf")
    assert expand([tmp_path / "a.pdf"]) == [tmp_path / "a.pdf"]


def test_every_missing_path_is_named(tmp_path):
    with pytest.raises(InputError) as caught:
        expand([tmp_path / "one.xlsx", tmp_path / "two.xlsx"])
    assert "one.xlsx" in str(caught.value)
    assert "two.xlsx" in str(caught.value)


def test_a_folder_without_any_form_file_is_refused(tmp_path):
    _touch(tmp_path, "notes.txt")
    with pytest.raises(InputError, match=r"\.xlsx"):
        expand([tmp_path])


def test_a_file_knows_its_place_inside_the_folder_that_was_given(tmp_path):
    _touch(tmp_path, "sub/a.xlsx", "b.xlsx")
    assert [place.as_posix() for _, place in located([tmp_path])] == ["b.xlsx", "sub/a.xlsx"]
    assert [place.as_posix() for _, place in located([tmp_path / "sub" / "a.xlsx"])] == ["a.xlsx"]


def test_a_file_may_only_be_written_where_none_is(tmp_path):
    _touch(tmp_path, "a.txt")
    claim(tmp_path / "b.txt")
    claim(tmp_path / "a.txt", force=True)
    for path in (tmp_path / "a.txt", tmp_path, tmp_path / "none" / "b.txt"):
        with pytest.raises(InputError):
            claim(path)
