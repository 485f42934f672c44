"""Every formula of the templates as text, from plain functions that Excel 2010, WPS and LibreOffice share.

Derived figures are blank text while an input is missing, so that a blank form shows no error value. AND and OR evaluate
all their arguments: a condition that guards a division is therefore an IF around it, never one argument beside it.
"""

from collections.abc import Iterable

from xltools.templates.layout import AMOUNTS, BalanceLayout, BudgetLine, FormLayout

# Amounts are 万元 with six decimals (one 分): rounding there removes binary noise and never a 分.
AMOUNT_DIGITS = 6
SCORE_DIGITS = 2
# A coefficient of whole percents times a weight with two decimals keeps its value exactly.
INDICATOR_DIGITS = 4
NOISE = "0.0000001"
GRADES = (("优", 90), ("良", 80), ("中", 60))  # 财预〔2020〕10号, the lower bound included
LAST_GRADE = "差"


def both(*cells: str) -> str:
    """True where all cells hold numbers."""
    return f"AND({','.join(f'ISNUMBER({cell})' for cell in cells)})"


def when(condition: str, value: str) -> str:
    """The value under a condition, blank text otherwise."""
    return f'IF({condition},{value},"")'


def exact_rate(adjusted: str, executed: str, percent: int) -> str:
    """全年执行数 ÷ 全年预算数, unrounded; for a context where both are numbers and the budget is above 0."""
    return f"{executed}/{adjusted}*{percent}" if percent != 1 else f"{executed}/{adjusted}"


def rate_digits(percent: int) -> int:
    """The decimals of a printed rate: two of a percentage."""
    return 2 if percent == 100 else 4


def rate(adjusted: str, executed: str, percent: int) -> str:
    """执行率 = 全年执行数 ÷ 全年(调整)预算数."""
    value = f"ROUND({exact_rate(adjusted, executed, percent)},{rate_digits(percent)})"
    return when(both(adjusted, executed), when(f"{adjusted}>0", value))


def exact_execution_score(adjusted: str, executed: str, weight: str) -> str:
    """MIN(执行率, 100%) × 权重, unrounded, from the amounts rather than from the rounded rate."""
    return f"MIN({executed}/{adjusted},1)*{weight}"


def execution_score(adjusted: str, executed: str, weight: str) -> str:
    """执行率得分 = MIN(执行率, 100%) × 执行率权重 (财预〔2020〕10号)."""
    value = f"ROUND({exact_execution_score(adjusted, executed, weight)},{SCORE_DIGITS})"
    return when(both(adjusted, executed, weight), when(f"{adjusted}>0", value))


def indicator_score(coefficient: str, weight: str) -> str:
    """指标得分 = 得分系数 × 指标权重."""
    return when(both(coefficient, weight), f"ROUND({coefficient}*{weight}/100,{INDICATOR_DIGITS})")


def sum_where_any(cells: Iterable[str], digits: int) -> str:
    """The sum of cells or areas, blank while none holds a number."""
    listed = ",".join(cells)
    return when(f"COUNT({listed})>0", f"ROUND(SUM({listed}),{digits})")


def grade_of(total: str) -> str:
    """优 良 中 差 for a total that is a number."""
    text = f'"{LAST_GRADE}"'
    for name, bound in reversed(GRADES):
        text = f'IF({total}>={bound},"{name}",{text})'
    return text


def grade(total: str, weights: str, scores: str) -> str:
    """等级, once every weighted indicator has its score: a half-filled form is not 差."""
    return when(f"ISNUMBER({total})", when(f"COUNT({scores})>=COUNT({weights})", grade_of(total)))


def agrees(printed: str, exact: str, digits: int) -> str:
    """Whether a printed figure is the exact one at its own decimals: up to `digits`, or rounded to one or two fewer."""
    return (
        f"OR(ABS({printed}-({exact}))<={10**-digits * 1.0001:.8f},"
        f"ABS({printed}-ROUND({exact},{digits - 1}))<{NOISE},ABS({printed}-ROUND({exact},{digits - 2}))<{NOISE})"
    )


def form_formulas(layout: FormLayout) -> dict[str, str]:
    """Every formula of the form sheet by its cell, without the leading `=`."""
    found: dict[str, str] = {}
    for line in layout.budget:
        found.update(_budget_formulas(layout, line))
    weights, scores = layout.column("weight"), layout.column("score")
    if "coefficient" in layout.columns:
        for row in layout.rows():
            score = layout.indicator("score", row)
            found[score] = indicator_score(layout.indicator("coefficient", row), layout.indicator("weight", row))
    scored = layout.scored().cells
    # The total in the row below the indicators leads; the one in the header repeats it.
    leading, grades = layout.header["total"][-1], layout.header["grade"]
    sums = f"SUM({weights})+N({scored['execution_weight']})"
    found[layout.header["total_weight"][0]] = when(f"COUNT({weights})>0", f"ROUND({sums},4)")
    sums = f"SUM({scores})+N({scored['execution_score']})"
    found[leading] = when(f"COUNT({scores})>0", f"ROUND({sums},{SCORE_DIGITS})")
    found[grades[-1]] = grade(leading, weights, scores)
    for cell in layout.header["total"][:-1]:
        found[cell] = leading
    for cell in grades[:-1]:
        found[cell] = grades[-1]
    return found


def _budget_formulas(layout: FormLayout, line: BudgetLine) -> dict[str, str]:
    cells, found = line.cells, {}
    found[cells["rate"]] = rate(cells["adjusted"], cells["executed"], layout.description.percent)
    if "execution_score" in cells:
        found[cells["execution_score"]] = execution_score(
            cells["adjusted"], cells["executed"], cells["execution_weight"]
        )
    for name in AMOUNTS:
        if layout.derived(line, name):
            found[cells[name]] = sum_where_any((part.cells[name] for part in layout.parts()), AMOUNT_DIGITS)
    return found


def balance_formulas(layout: BalanceLayout) -> dict[str, str]:
    """Every formula of the balance sheet by its cell."""
    found: dict[str, str] = {}
    first, last = layout.funds[0], layout.funds[-1]
    for name in ("initial", "carried_in", "adjustment", "adjusted", "executed", "carry_over"):
        column = f"{layout.cell(name, first)}:{layout.cell(name, last)}"
        found[layout.cell(name, layout.total)] = sum_where_any((column,), AMOUNT_DIGITS)
    for row in layout.funds:
        initial, adjustment = layout.cell("initial", row), layout.cell("adjustment", row)
        adjusted, executed = layout.cell("adjusted", row), layout.cell("executed", row)
        found[adjusted] = sum_where_any((f"{initial}:{adjustment}",), AMOUNT_DIGITS)
        rest = f"ROUND(N({adjusted})-N({executed}),{AMOUNT_DIGITS})"
        found[layout.cell("carry_over", row)] = when(f"COUNT({adjusted}:{executed})>0", rest)
    for row in (layout.total, *layout.funds):
        found[layout.cell("rate", row)] = rate(layout.cell("adjusted", row), layout.cell("executed", row), 100)
    first, last = layout.public[0], layout.public[-1]
    for name in ("budget", "actual"):
        column = f"{layout.public_cell(name, first)}:{layout.public_cell(name, last)}"
        found[layout.public_cell(name, layout.public_total)] = sum_where_any((column,), AMOUNT_DIGITS)
    for row in (layout.public_total, *layout.public):
        budget, actual = layout.public_cell("budget", row), layout.public_cell("actual", row)
        found[layout.public_cell("rest", row)] = when(both(budget, actual), f"ROUND({budget}-{actual},{AMOUNT_DIGITS})")
        found[layout.public_cell("rate", row)] = rate(budget, actual, 100)
    return found
