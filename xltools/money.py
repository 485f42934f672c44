"""The amounts of a form: its columns of money, the one that execution is measured against, one unit for all."""

from dataclasses import replace
from decimal import Decimal

from xltools.evaluation import BudgetRow, Evaluation
from xltools.figures import Figure, money_factor

AMOUNTS = ("initial", "carried_in", "adjustment", "adjusted", "executed", "carry_over")
"""The columns of a budget row that hold money, in the order in which they are read."""


def amount(evaluation: Evaluation, figure: Figure | None) -> Figure | None:
    """A figure as an amount in the form's own unit: `103万元` in a form in 元 has the value 1 030 000.

    None for a blank, a word, or a figure in what is no money unit.
    """
    return None if figure is None else _in_unit(figure, evaluation.money_unit or figure.unit)


def exact(figure: Figure | None) -> Decimal | None:
    """The best known number of an amount, None for none."""
    return None if figure is None else figure.exact


def pair(evaluation: Evaluation, first: Figure, second: Figure) -> tuple[Decimal, Decimal] | None:
    """Two amounts in the form's unit; where it names none, in their own common one, or in 元 where they have two.

    None where one is no amount, or where it stays open in which unit one of them is.
    """
    unit = evaluation.money_unit or (first.unit if first.unit == second.unit else "元")
    if not evaluation.money_unit and first.unit != second.unit and "" in (first.unit, second.unit):
        return None
    one, other = exact(_in_unit(first, unit)), exact(_in_unit(second, unit))
    return None if one is None or other is None else (one, other)


def _in_unit(figure: Figure, unit: str) -> Figure | None:
    if figure.value is None or figure.kind in ("date", "error", "bool"):
        return None
    if not figure.unit:
        return figure
    own, wanted = money_factor(figure.unit), money_factor(unit)
    if own is None or wanted is None:
        return None
    factor = own / wanted
    stored = figure.stored * factor if figure.stored is not None else None
    places = max(0, figure.places - factor.adjusted())
    return replace(figure, value=figure.value * factor, stored=stored, unit="", places=places)


def budget_column(evaluation: Evaluation) -> str | None:
    """Which column is the budget that execution is measured against.

    `adjusted` (全年预算数) wherever the form has it, even blank; `initial` only in a form without; None without either,
    and where a column of unknown meaning may be the adjusted budget.
    """
    unknown = any(label.block == "budget" for label in evaluation.unknown)
    for name in ("adjusted",) if unknown else ("adjusted", "initial"):
        if evaluation.has("budget", name) or any(getattr(row, name) is not None for row in evaluation.budget):
            return name
    return None


def budget_of(evaluation: Evaluation, row: BudgetRow) -> Figure | None:
    """The budget that a row's execution is measured against; None where it is blank."""
    column = budget_column(evaluation)
    found: Figure | None = None if column is None else getattr(row, column)
    return found
