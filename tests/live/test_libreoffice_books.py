"""Workbooks of a real LibreOffice, used through xlwings as users write it."""

import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.live.office import Office
from xltools.errors import LiveError
from xltools.live.libreoffice import bridge
from xltools.live.libreoffice.books import Books


def test_books_are_listed_by_name_and_number(app: Any, book: Any) -> None:
    other = app.books.add()
    assert {each.name for each in app.books} == {book.name, other.name}
    assert (len(app.books), app.books[book.name.upper()], app.books[other.name]) == (2, book, other)
    assert app.books[0] in (book, other)
    assert book.name in app.books
    assert "nix" not in app.books
    with pytest.raises(KeyError):
        app.books["nix"]
    other.close()
    assert list(app.books) == [book]


def test_the_active_book_is_the_one_in_front(xw: Any, app: Any, book: Any) -> None:
    other = app.books.add()
    assert xw.books.active == other
    book.activate()
    assert xw.books.active == book == app.books.active
    assert xw.Book() not in (book, other)


def test_without_a_book_there_is_no_active_one(app: Any, office: Office) -> None:
    office.close_all()
    with pytest.raises(LiveError):
        _ = app.books.active


class OtherDocument:
    """A document that is no spreadsheet, or the start centre."""

    def __init__(self, *methods: str) -> None:
        for method in methods:
            setattr(self, method, lambda *_: False)


def test_documents_of_other_kinds_are_passed_over(app: Any, book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    documents: list[Any] = [OtherDocument("supportsService"), book.api, OtherDocument()]

    class Desktop:
        Components = type("", (), {"createEnumeration": lambda _: Desktop})()

        @staticmethod
        def hasMoreElements() -> bool:  # noqa: N802
            return bool(documents)

        @staticmethod
        def nextElement() -> Any:  # noqa: N802
            return documents.pop(0)

        @staticmethod
        def getCurrentComponent() -> Any:  # noqa: N802
            return OtherDocument("supportsService")

    assert Books(type("", (), {"desktop": Desktop})()).active.model == book.api


def test_a_new_book_is_called_by_its_title(book: Any) -> None:
    assert book.name == book.fullname == book.api.Title


def test_a_book_that_was_never_saved_goes_to_the_current_folder(book: Any, here: Path) -> None:
    title = book.name
    book.save()
    assert (book.name, book.fullname) == (f"{title}.xlsx", str(here / f"{title}.xlsx"))
    assert openpyxl.load_workbook(book.fullname).sheetnames == ["一", "二"]


@pytest.mark.parametrize("name", ["表 1%20#.xlsx", "a.xlsm", "a.xls", "a.ods", "a.fods", "a.XLSX"])
def test_a_book_is_saved_in_the_format_of_its_name_and_opens_again(app: Any, book: Any, here: Path, name: str) -> None:
    book.sheets["二"]["B2"].value = 7
    book.save(name)
    assert (book.name, book.fullname) == (name, str(here / name))
    book.sheets["二"]["B2"].value = 8
    book.save()
    book.close()
    again = app.books.open(name)
    assert (again.name, again.fullname, again.sheets["二"]["B2"].value) == (name, str(here / name), 8)


def test_saving_in_place_keeps_the_format_of_the_file(app: Any, book: Any, here: Path) -> None:
    book.save("a.ods")
    book.save()
    assert (here / "a.ods").read_bytes()[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")


def test_saving_under_another_name_overwrites_and_creates_no_folder(book: Any, here: Path) -> None:
    (here / "a.xlsx").write_text("old")
    book.save(here / "a.xlsx")
    assert openpyxl.load_workbook("a.xlsx").sheetnames == ["一", "二"]
    with pytest.raises(LiveError, match="nowhere"):
        book.save(here / "nowhere" / "a.xlsx")
    assert not (here / "nowhere").exists()
    assert book.fullname == str(here / "a.xlsx")


def test_an_unknown_format_is_refused_with_the_known_ones(book: Any, here: Path) -> None:
    with pytest.raises(LiveError, match=r"\.xyz.*\.xlsx"):
        book.save("a.xyz")
    assert list(here.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="writes to /proc")
def test_a_place_that_cannot_be_written_is_said_plainly(book: Any) -> None:
    with pytest.raises(LiveError, match=r"/proc/a\.xlsx"):
        book.save("/proc/a.xlsx")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
def test_a_password_protects_the_file(app: Any, book: Any, here: Path, name: str) -> None:
    book.save(name, password="秘密1")
    book.close()
    for wrong in (None, "x"):
        with pytest.raises(LiveError, match=name):
            app.books.open(name, password=wrong)
    assert app.books.open(name, password="秘密1").sheet_names == ["一", "二"]


def test_a_csv_file_is_utf_8_with_commas(app: Any, book: Any, here: Path) -> None:
    book.sheets["一"]["A1"].value = [["名称", "数"], ["甲,乙", 1.5]]
    book.save("a.csv")
    assert (here / "a.csv").read_text(encoding="utf-8").splitlines() == ["名称,数", '"甲,乙",1.5']


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("名称,数\n甲,1.5\n".encode("gbk"), {}),
        ("名称,数\n甲,1.5\n".encode(), {}),
        ("名称;数\n甲;1.5\n".encode(), {"delimiter": ";"}),
        ("名称\t数\n甲\t1.5\n".encode("gbk"), {"format": 1, "origin": 936}),
    ],
)
def test_a_csv_file_is_read_in_its_character_set(app: Any, here: Path, content: bytes, options: dict[str, Any]) -> None:
    (here / "a.csv").write_bytes(content)
    book = app.books.open("a.csv", **options)
    assert book.sheets[0].used_range.value == [["名称", "数"], ["甲", 1.5]]


def test_a_pdf_holds_the_chosen_sheets_and_leaves_the_book_alone(book: Any, here: Path) -> None:
    book.save("a.xlsx")
    for sheet in book.sheets:
        sheet["A1"].value = sheet.name
    both, one = Path(book.to_pdf("both.pdf")), Path(book.sheets["二"].to_pdf("one.pdf", quality="minimum"))
    book.save("copy.pdf")
    assert [path.read_bytes().count(b"/Type/Page/") for path in (both, one, here / "copy.pdf")] == [2, 1, 2]
    assert (book.name, [sheet.visible for sheet in book.sheets]) == ("a.xlsx", [True, True])


def test_a_book_opened_for_reading_is_not_overwritten(app: Any, book: Any, here: Path) -> None:
    book.save("a.xlsx")
    book.close()
    book = app.books.open("a.xlsx", read_only=True)
    with pytest.raises(LiveError, match=r"a\.xlsx"):
        book.save()
    book.save("b.xlsx")
    assert book.name == "b.xlsx"


def test_a_book_opens_once(xw: Any, app: Any, book: Any, here: Path) -> None:
    book.save("表.xlsx")
    assert xw.Book("表.xlsx") == app.books.open(here / "表.xlsx") == book
    assert len(app.books) == 1


@pytest.mark.parametrize("name", ["a.xlsx", "a.html", "a.ods"])
def test_what_is_no_workbook_is_refused(app: Any, here: Path, name: str) -> None:
    (here / name).write_text("<p>no workbook")
    with pytest.raises(LiveError, match=name):
        app.books.open(name)
    assert len(app.books) == 0


def test_closing_forgets_changes_without_asking(app: Any, book: Any, here: Path) -> None:
    book.save("a.xlsx")
    book.sheets["一"]["A1"].value = "changed"
    book.close()
    assert len(app.books) == 0
    assert openpyxl.load_workbook("a.xlsx")["一"]["A1"].value is None
    with pytest.raises(LiveError):
        _ = book.name


def test_a_book_without_a_window_is_read_but_has_no_view(app: Any, office: Office, book: Any, here: Path) -> None:
    book.save("a.xlsx")
    book.close()
    office.open(here / "a.xlsx", hidden=True)
    (hidden,) = app.books
    assert (hidden.name, hidden.sheets.active.name) == ("a.xlsx", "一")
    app.status_bar = "text"
    assert app.visible is False


@pytest.mark.skipif(bridge.unavailable() is not None, reason="needs uno")
def test_paths_and_addresses_of_files() -> None:
    assert bridge.system_path("https://cloud/a%20b.xlsx") == "https://cloud/a%20b.xlsx"
    assert bridge.system_path(bridge.file_url("/tmp/a b%.xlsx")) == "/tmp/a b%.xlsx"
