"""Scoring an open workbook: formulas that the application computes to our results, one step to undo."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpus.build import FORMS, load, write_xlsx
from tests.live.recording.running import recording
from tests.live.workplaces import EXAMPLE, FORM, Workplace
from xltools.errors import FormError, LiveError
from xltools.live import scoring, source
from xltools.live.sink import taking_back
from xltools.score_writing import score_file

STEM = "001-hun-zhengti-shouru-zhichu"


@pytest.fixture
def plain_form(tmp_path: Path) -> Path:
    """A form that has no validations yet."""
    path = tmp_path / "form.xlsx"
    write_xlsx(load(FORMS / f"{STEM}.md"), path)
    return path


def test_the_derived_figures_become_formulas_with_our_results(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    form = book.sheets[FORM]
    calc.unprotect(form)
    form.range("H11:H18").clear_contents()
    form.range("J31").clear_contents()
    done = scoring.score(calc.application, book)
    assert done.different == ()
    assert form.range("H17").formula == '=IF(N(I17)=0,"",ROUND(J17/I17*100,2))'
    assert [row[0] for row in form.range("H11:H18").options(ndim=2).value] == [100, 100, 100, 90, 100, 100, 100, 100]
    assert form.range("J31").value == 98.5
    assert {change.cell for change in done.changes} >= {"H11", "H17", "H18", "J31"}


def test_it_is_one_step_to_undo(calc: Workplace) -> None:
    book = calc.open(EXAMPLE)
    before, looks = source.read(calc.application, book), calc.looks(book)
    scoring.score(calc.application, book)
    assert source.read(calc.application, book) != before
    undo = book.api.UndoManager
    assert undo.getCurrentUndoActionTitle() == "xltools 计分"
    undo.undo()
    assert not undo.isUndoPossible()
    book.api.calculateAll()
    assert source.read(calc.application, book) == before
    assert calc.looks(book) == looks


def test_the_validations_that_the_form_lacks_are_added(workplace: Workplace, plain_form: Path) -> None:
    book = workplace.open(plain_form)
    done = scoring.score(workplace.application, book)
    assert done.guards
    grids = source.read(workplace.application, book).grids
    rules = [(grid.sheet, rule) for grid in grids for rule in grid.validations]
    for guard in done.guards:
        top, left = guard.validation.areas[0][:2]
        [rule] = [
            rule for sheet, rule in rules if sheet == guard.sheet and any(area.covers(top, left) for area in rule.areas)
        ]
        assert (rule.type, rule.operator or "between") == (
            guard.validation.type,
            guard.validation.operator or "between",
        )
        assert (rule.formula1, rule.formula2) == (guard.validation.formula1, guard.validation.formula2)


def test_validations_come_with_their_messages(calc: Workplace, plain_form: Path) -> None:
    book = calc.open(plain_form)
    done = scoring.score(calc.application, book)
    [grid] = source.read(calc.application, book).grids
    told = {(rule.prompt_title, rule.prompt, rule.error_title, rule.error, rule.alert) for rule in grid.validations}
    wanted = [guard.validation for guard in done.guards]
    assert {(rule.prompt_title, rule.prompt, rule.error_title, rule.error, rule.alert) for rule in wanted} <= told


def test_the_same_is_written_as_into_a_file(calc: Workplace, tmp_path: Path) -> None:
    [filed] = score_file(EXAMPLE, tmp_path / "scored.xlsx")
    done = scoring.score(calc.application, calc.open(EXAMPLE))
    assert {(change.cell, change.formula) for change in done.changes} == {
        (change.cell, change.formula) for change in filed.changes
    }
    assert {guard.validation for guard in done.guards} == {guard.validation for guard in filed.guards}


def test_a_second_scoring_changes_nothing(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    first = scoring.score(workplace.application, book)
    assert first.changes
    again = scoring.score(workplace.application, book)
    assert (again.changes, again.guards) == ((), ())


def test_a_preview_writes_nothing(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    looks = workplace.looks(book)
    shown = scoring.score(workplace.application, book, write=False)
    assert shown.changes
    assert workplace.looks(book) == looks


def test_a_sheet_protected_by_a_password_refuses_before_anything_is_written(workplace: Workplace) -> None:
    book = workplace.open(EXAMPLE)
    workplace.protect(book.sheets[FORM], "geheim")
    looks = workplace.looks(book)
    with pytest.raises(LiveError, match="密码"):
        scoring.score(workplace.application, book)
    assert workplace.looks(book) == looks


def test_a_workbook_without_a_form_is_refused(workplace: Workplace, tmp_path: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "leer.xlsx")
    with pytest.raises(FormError):
        scoring.score(workplace.application, workplace.open(tmp_path / "leer.xlsx"))


def test_what_was_written_is_taken_back_where_something_fails(
    plain_form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recording() as application:
        book = application.open(plain_form)
        before = source.read(application, book)

        def refuse(*_: object) -> None:
            raise LiveError("refused")

        monkeypatch.setattr(application, "guard", refuse)
        with pytest.raises(LiveError, match="refused"):
            scoring.score(application, book)
        assert source.read(application, book) == before


def test_cells_that_follow_each_other_are_written_in_one_call() -> None:
    with recording() as application:
        book = application.open(EXAMPLE)
        book.sheets[FORM].range("H11:H18").clear_contents()
        application.log.calls.clear()
        done = scoring.score(application, book)
        column = [change for change in done.changes if change.cell in {f"H{row}" for row in range(11, 19)}]
        assert len(column) == 8
        written = [call for call in application.log.calls if call.what == "Range.formula" and call.how == "set"]
        assert len([call for call in written if "H11:H18" in call.place.replace("$", "")]) == 1


@pytest.mark.parametrize("stem", [path.stem for path in sorted(FORMS.glob("*.md"))[:12]])
def test_forms_of_other_provinces_score_the_same_live(calc: Workplace, stem: str, tmp_path: Path) -> None:
    path = tmp_path / f"{stem}.xlsx"
    write_xlsx(load(FORMS / f"{stem}.md"), path)
    done = scoring.score(calc.application, calc.open(path))
    filed = score_file(path, tmp_path / "scored.xlsx")
    assert done.different == ()
    assert {(change.sheet, change.cell, change.formula) for change in done.changes} == {
        (change.sheet, change.cell, change.formula) for form in filed for change in form.changes
    }


def test_a_journal_runs_backwards_and_only_where_something_fails() -> None:
    done: list[int] = []
    with taking_back() as journal:
        journal += [lambda: done.append(1), lambda: done.append(2)]
    assert done == []
    with pytest.raises(LiveError):
        _fail([lambda: done.append(1), lambda: done.append(2)])
    assert done == [2, 1]


def _fail(steps: list[Callable[[], None]]) -> None:
    with taking_back() as journal:
        journal += steps
        raise LiveError("x")
