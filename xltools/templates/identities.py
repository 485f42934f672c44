"""The lines of the self-check sheet: one per identity of the form, as formulas."""

from collections.abc import Iterator
from dataclasses import dataclass

from xltools.templates.conditions import Conditions, conditions
from xltools.templates.formulas import (
    AMOUNT_DIGITS,
    NOISE,
    SCORE_DIGITS,
    agrees,
    both,
    exact_execution_score,
    exact_rate,
    grade_of,
    rate_digits,
)
from xltools.templates.layout import AMOUNTS, BALANCE_FIELDS, BalanceLayout, BudgetLine, FormLayout

PASSED, FAILED, MISSING, HINT = "通过", "不通过", "待填", "提示"
EXPECTED, FOUND, DIFFERENCE = "{C}", "{D}", "{E}"
DIFFERS = f'"{FAILED}：应为"&{EXPECTED}&"，实为"&{FOUND}&"，差"&{DIFFERENCE}'
ITEMS = {"initial": "年初预算数", "adjusted": "全年（调整）预算数", "executed": "全年执行数"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its section, what it says, and its formulas.

    `ready` says whether the figures are there; `expected` and `found` are shown then. `agree` compares them, written
    with the placeholders {C} {D} {E} for the line's own cells 应为 实为 差额; `result` replaces the whole verdict where
    a plain comparison does not do. `otherwise` is the verdict while the figures are missing; `number` says whether the
    figure found has to be a number.
    """

    section: int
    label: str
    expected: str
    found: str
    ready: str
    agree: str = f"ABS({FOUND}-{EXPECTED})<{NOISE}"
    differs: str = DIFFERS
    result: str | None = None
    otherwise: str = MISSING
    number: bool = True

    def verdict(self) -> str:
        """The formula of the line's verdict, with placeholders."""
        if self.result is not None:
            return self.result
        compared = f'IF({self.agree},"{PASSED}",{self.differs})'
        if self.number:
            compared = f'IF(ISNUMBER({FOUND}),{compared},"{FAILED}：不是数字")'
        compared = f'IF({FOUND}="","{MISSING}",{compared})'
        return f'IF({self.ready},{compared},"{self.otherwise}")'


def lines(layout: FormLayout, balance: BalanceLayout) -> list[Line]:
    """All lines of a template, in the order of the sheet."""
    return [*_weights(layout), *_scores(layout), *_indicators(layout), *_balance(layout, balance)]


class _Sheet:
    """References to a sheet's cells from another sheet."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, address: str) -> str:
        return f"'{self._name}'!{address}"


def _form(layout: FormLayout) -> _Sheet:
    return _Sheet(layout.description.sheet)


def _weights(layout: FormLayout) -> Iterator[Line]:
    form = _form(layout)
    weights, execution = form(layout.column("weight")), form(layout.scored().cells["execution_weight"])
    filled = f"COUNT({weights})>0"
    total = f"ROUND(SUM({weights})+N({execution}),4)"
    yield Line(0, "执行率权重＋指标权重合计＝100", "100", total, filled)
    for group in layout.groups:
        column = layout.columns["weight"]
        area = form(f"{column}{group.first}:{column}{group.last}")
        yield Line(0, f"{group.name}分值合计＝{group.full}", str(group.full), f"ROUND(SUM({area}),4)", filled)
    yield Line(0, "总分栏权重＝各项权重之和", total, form(layout.header["total_weight"][0]), filled)
    if layout.description.minimum_core:
        core = form(layout.column("core"))
        few = f'"{HINT}：核心指标"&{FOUND}&"个，要求不少于"&{EXPECTED}&"个"'
        yield Line(
            0,
            f"核心指标不少于{layout.description.minimum_core}个",
            str(layout.description.minimum_core),
            f'SUMPRODUCT(({core}="是")*1)',
            filled,
            agree=f"{FOUND}>={EXPECTED}",
            differs=few,
        )


def _scores(layout: FormLayout) -> Iterator[Line]:
    form = _form(layout)
    for line in layout.budget:
        yield from _budget(layout, line)
    scores, weights = form(layout.column("score")), form(layout.column("weight"))
    scored = form(layout.scored().cells["execution_score"])
    filled = f"COUNT({scores})>0"
    total = form(layout.header["total"][-1])
    yield Line(0, "总分＝执行率得分＋各指标得分之和", f"ROUND(SUM({scores})+N({scored}),{SCORE_DIGITS})", total, filled)
    for cell in layout.header["total"][:-1]:
        yield Line(0, "表头自评总分＝总分", total, form(cell), both(total))
    complete = f"IF(ISNUMBER({total}),COUNT({scores})>=COUNT({weights}),FALSE)"
    differs = f'"{FAILED}：总分"&{total}&"应为"&{EXPECTED}&"，实为"&{FOUND}'
    agree = f"{FOUND}={EXPECTED}"
    labels = ("等级与总分相符", "表头评价等级与总分相符")
    for label, cell in zip(labels, layout.header["grade"][::-1], strict=False):
        yield Line(0, label, grade_of(total), form(cell), complete, agree, differs, number=False)


def _budget(layout: FormLayout, line: BudgetLine) -> Iterator[Line]:
    form, percent = _form(layout), layout.description.percent
    cells = {name: form(cell) for name, cell in line.cells.items()}
    adjusted, executed = cells["adjusted"], cells["executed"]
    needed = line.kind != "part"
    otherwise = MISSING if needed else ""
    ready = f"IF({both(adjusted, executed)},{adjusted}>0,FALSE)"
    exact, digits = exact_rate(adjusted, executed, percent), rate_digits(percent)
    yield Line(
        0,
        f"{line.item}：执行率＝全年执行数÷全年预算数",
        f"ROUND({exact},{digits})",
        cells["rate"],
        ready,
        agrees(FOUND, exact, digits),
        otherwise=otherwise,
    )
    if "execution_score" in cells:
        weight = cells["execution_weight"]
        exact = exact_execution_score(adjusted, executed, weight)
        yield Line(
            0,
            "执行率得分＝执行率（不超过100%）×执行率权重",
            f"ROUND({exact},{SCORE_DIGITS})",
            cells["execution_score"],
            f"IF({ready},ISNUMBER({weight}),FALSE)",
            agrees(FOUND, exact, SCORE_DIGITS),
        )
    for name in AMOUNTS:
        if layout.derived(line, name):
            parts = ",".join(form(part.cells[name]) for part in layout.parts())
            label = f"{line.item}＝各项资金之和：{ITEMS[name]}"
            yield Line(0, label, f"ROUND(SUM({parts}),{AMOUNT_DIGITS})", cells[name], f"COUNT({parts})>0")
    for part in layout.included() if line.kind == "total" else ():
        for name in AMOUNTS:
            inner = form(part.cells[name])
            label = f"{line.item}不小于{part.item}：{ITEMS[name]}"
            agree = f"{FOUND}>={EXPECTED}-{NOISE}"
            differs = f'"{FAILED}：应不小于"&{EXPECTED}&"，实为"&{FOUND}'
            yield Line(0, label, inner, cells[name], f"ISNUMBER({inner})", agree, differs)


def _indicators(layout: FormLayout) -> Iterator[Line]:
    form = _form(layout)
    for row in layout.rows():
        found = conditions(layout, row, form)
        name, weight = form(layout.indicator("indicator", row)), form(layout.indicator("weight", row))
        score = form(layout.indicator("score", row))
        coefficient = None
        if found.coefficient_off is None:
            what, expected, shown = "得分（不高于权重）", weight, score
            ready = both(weight, score)
        else:
            coefficient = form(layout.indicator("coefficient", row))
            what, expected, shown = "得分系数＝得分÷权重×100", f"ROUND({score}/{weight}*100,2)", coefficient
            ready = f"IF({both(weight, score, coefficient)},{weight}>0,FALSE)"
        label = f'=IF({found.used},{name}&"：{what}","")'
        yield Line(1, label, expected, shown, ready, result=_verdict(found, name, weight, score, coefficient))


def _verdict(found: Conditions, name: str, weight: str, score: str, coefficient: str | None) -> str:
    """The first thing that is wrong with an indicator, in the order in which a clerk would put it right."""
    between = f'"{FAILED}：得分应在0与权重"&{weight}&"之间，实为"&{score}'
    steps: list[tuple[str | None, str]] = [
        (f'{name}=""', f'"{FAILED}：指标名称未填"'),
        (f'{weight}=""', f'"{MISSING}：权重"'),
        (found.weight_wrong, f'"{FAILED}：权重应大于0且不超过100，实为"&{weight}'),
        (coefficient and f'{coefficient}=""', f'"{MISSING}：得分系数"'),
        (coefficient and found.coefficient_range, f'"{FAILED}：得分系数应在0与100之间，实为"&{coefficient}'),
        (f'{score}=""', f'"{MISSING}：得分"'),
        (found.score_wrong, between),
        (found.coefficient_off, DIFFERS),
        (found.no_target, f'"{FAILED}：有得分，指标值未填"'),
        (found.no_actual, f'"{FAILED}：有得分，完成值未填"'),
        (found.full_though_missed, f'"{FAILED}：未达指标值却得满分，无说明"'),
        (found.docked_silently, f'"{FAILED}：扣"&ROUND({weight}-{score},4)&"分，未写明原因"'),
    ]
    verdict = f'"{PASSED}"'
    for condition, text in reversed(steps):
        if condition is not None:
            verdict = f"IF({condition},{text},{verdict})"
    return f'IF({found.used},{verdict},"")'


def _balance(layout: FormLayout, balance: BalanceLayout) -> Iterator[Line]:
    description = layout.description
    sheet = _Sheet(description.balance.sheet)
    titles = dict(zip(BALANCE_FIELDS, description.balance.headers[1:], strict=True))
    named = zip((balance.total, *balance.funds), (balance.balance.total, *balance.balance.funds), strict=True)
    for row, fund in named:
        cells = {name: sheet(balance.cell(name, row)) for name in BALANCE_FIELDS}
        otherwise = MISSING if row == balance.total else ""
        inputs = f"{cells['initial']},{cells['carried_in']},{cells['adjustment']}"
        adjusted = f"ROUND(SUM({inputs}),{AMOUNT_DIGITS})"
        label = f"{fund}：年初＋结转＋调整＝调整后预算"
        yield Line(2, label, adjusted, cells["adjusted"], f"COUNT({inputs})>0", otherwise=otherwise)
        rest = f"ROUND(N({cells['adjusted']})-N({cells['executed']}),{AMOUNT_DIGITS})"
        label = f"{fund}：调整后预算－决算＝年末结转结余"
        ready = f"COUNT({cells['adjusted']},{cells['executed']})>0"
        yield Line(2, label, rest, cells["carry_over"], ready, otherwise=otherwise)
        yield _within(f"{fund}：决算不超过调整后预算", cells["adjusted"], cells["executed"], "决算", otherwise)
    for name in BALANCE_FIELDS[:-1]:
        column = sheet(f"{balance.cell(name, balance.funds[0])}:{balance.cell(name, balance.funds[-1])}")
        total = f"ROUND(SUM({column}),{AMOUNT_DIGITS})"
        found = sheet(balance.cell(name, balance.total))
        yield Line(2, f"合计＝各项资金之和：{titles[name]}", total, found, f"COUNT({column})>0", otherwise="")
    yield from _reconciled(layout, balance)
    for name, title in (("budget", "预算数"), ("actual", "决算数")):
        column = sheet(
            f"{balance.public_cell(name, balance.public[0])}:{balance.public_cell(name, balance.public[-1])}"
        )
        found = sheet(balance.public_cell(name, balance.public_total))
        label = f"“三公”经费合计＝各项之和：{title}"
        yield Line(2, label, f"ROUND(SUM({column}),{AMOUNT_DIGITS})", found, f"COUNT({column})>0", otherwise="")
    for row, kind in zip(balance.public, balance.balance.public, strict=True):
        budget, actual = sheet(balance.public_cell("budget", row)), sheet(balance.public_cell("actual", row))
        yield _within(f"{kind}：决算数不超过预算数", budget, actual, "决算数", "")


def _within(label: str, limit: str, amount: str, what: str, otherwise: str) -> Line:
    """Spending against its limit: without any budget it is an error, above the budget a hint."""
    over = f'IF(N({EXPECTED})=0,"{FAILED}：没有预算而有{what}"&{FOUND},"{HINT}：{what}超出"&{DIFFERENCE})'
    ready = f"IF(ISNUMBER({amount}),OR(ISNUMBER({limit}),{amount}>0),FALSE)"
    return Line(2, label, f"N({limit})", amount, ready, f"{FOUND}<={EXPECTED}+{NOISE}", over, otherwise=otherwise)


def _reconciled(layout: FormLayout, balance: BalanceLayout) -> Iterator[Line]:
    description = layout.description
    form, sheet = _form(layout), _Sheet(description.balance.sheet)
    for line in layout.budget:
        for name in description.reconcile.get(line.kind, ()):
            if line.kind == "appropriation":
                rows = balance.appropriations
                area = sheet(f"{balance.cell(name, rows[0])}:{balance.cell(name, rows[-1])}")
                expected, there, whose = f"ROUND(SUM({area}),{AMOUNT_DIGITS})", f"COUNT({area})>0", "各项财政拨款之和"
            else:
                expected = sheet(balance.cell(name, balance.total))
                there, whose = f"ISNUMBER({expected})", "合计"
            found = form(line.cells[name])
            label = f"自评表{line.item}·{ITEMS[name]}＝预算收支表{whose}"
            yield Line(2, label, expected, found, f"AND({there},ISNUMBER({found}))")
