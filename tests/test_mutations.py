"""A correct form, broken in one place in a hundred ways: each fault is found by its rule and nothing else is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import xltools
from xltools.edits import Value
from xltools.evaluation import Evaluation
from xltools.figures import Figure

ROSTER = Path(__file__).parents[1] / "workbooks" / "examples" / "roster-2022.xlsx"
UNIT = "301002"
ROWS = range(9)

# What one change of one cell of an indicator row is to be found by.
INDICATOR_FAULTS = {
    "score over weight": {"S102"},
    "score lower": {"S108"},
    "score negative": {"S112"},
    "score blank": {"S105"},
    "score damaged": {"F003"},
    "weight blank": {"W103"},
    "weight up": {"W101", "S108"},
    "target blank": {"V101"},
    "actual blank": {"V102", "S106"},
    "actual in words": {"V104"},
}
MONEY_FAULTS = {
    ("executed", "raised"): {"B102", "B106"},
    ("executed", "in yuan"): {"B108"},
    ("initial", "raised"): {"B102"},
    ("initial", "in yuan"): {"B108"},
    ("initial", "negative"): {"B109"},
    ("adjusted", "raised"): {"B102", "B113"},
    ("adjusted", "in yuan"): {"B108"},
}


@pytest.fixture(scope="module")
def correct(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Evaluation]:
    (filled,) = xltools.fill("chongqing-department", ROSTER, tmp_path_factory.mktemp("issued"), only=[UNIT])
    (evaluation,) = xltools.read(filled.path)
    return Path(filled.path), evaluation


def there(figure: Figure | None) -> Figure:
    assert figure is not None
    return figure


def number(figure: Figure) -> float:
    assert figure.exact is not None
    return float(figure.exact)


def indicator_changes(evaluation: Evaluation, row: int) -> Iterator[tuple[str, Figure, Value]]:
    indicator = evaluation.indicators[row]
    score, weight = there(indicator.score), there(indicator.weight)
    target, actual = there(indicator.target), there(indicator.actual)
    yield "score over weight", score, number(weight) + 1
    yield "score lower", score, number(score) - 1
    yield "score negative", score, -1
    yield "score blank", score, None
    yield "score damaged", score, "1,0.5.5"
    yield "weight blank", weight, None
    yield "weight up", weight, number(weight) + 7
    yield "target blank", target, None
    yield "actual blank", actual, None
    yield "actual in words", actual, "达成预期指标"


def found(source: Path, target: Path, figure: Figure, value: Value) -> tuple[set[str], set[str]]:
    """The rules that report errors or warnings after one change, and the cells they name."""
    xltools.edit(source, target, {figure.reference: value}, unlock=True)
    (report,) = xltools.check([target]).files
    serious = [finding for finding in report.findings if finding.severity != "notice"]
    return {finding.code for finding in serious}, {finding.cell for finding in serious}


def test_the_form_is_correct_to_begin_with(correct: tuple[Path, Evaluation]) -> None:
    source, evaluation = correct
    assert len(evaluation.indicators) == len(ROWS)
    assert xltools.check([source]).counts["error"] == xltools.check([source]).counts["warning"] == 0


@pytest.mark.parametrize("fault", INDICATOR_FAULTS)
@pytest.mark.parametrize("row", ROWS)
def test_a_fault_in_an_indicator_is_found_by_its_rule(
    correct: tuple[Path, Evaluation], row: int, fault: str, tmp_path: Path
) -> None:
    source, evaluation = correct
    figure, value = next((f, v) for name, f, v in indicator_changes(evaluation, row) if name == fault)
    codes, cells = found(source, tmp_path / source.name, figure, value)
    assert codes == INDICATOR_FAULTS[fault]
    assert figure.address in cells or fault == "weight up"


@pytest.mark.parametrize(("column", "fault"), MONEY_FAULTS)
def test_a_fault_in_the_money_is_found_by_its_rule(
    correct: tuple[Path, Evaluation], column: str, fault: str, tmp_path: Path
) -> None:
    source, evaluation = correct
    figure: Figure = getattr(evaluation.budget[1], column)
    value = {"raised": number(figure) + 100, "in yuan": number(figure) * 10_000, "negative": -5.0}[fault]
    codes, _ = found(source, tmp_path / source.name, figure, value)
    assert codes == MONEY_FAULTS[column, fault]


def test_a_missing_name_and_a_repeated_indicator_are_found(correct: tuple[Path, Evaluation], tmp_path: Path) -> None:
    source, evaluation = correct
    first, second = there(evaluation.indicators[0].name), there(evaluation.indicators[1].name)
    assert found(source, tmp_path / source.name, there(evaluation.unit.name), None)[0] == {"V111"}
    assert found(source, tmp_path / source.name, second, first.text)[0] == {"V108"}
