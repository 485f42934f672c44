"""What counts as wrong in an indicator row, as formula conditions: one source for the red cells and for the self-check.

Every condition is TRUE, FALSE, or guarded by an IF so that no input whatsoever turns it into an error value: an error
in a conditional format would silently mean "nothing wrong".
"""

from collections.abc import Callable
from dataclasses import dataclass

from xltools.templates.formulas import INDICATOR_DIGITS, NOISE, agrees
from xltools.templates.layout import FormLayout

Locate = Callable[[str], str]
COEFFICIENT_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one indicator row.

    `used`: anything typed into the row. `graded`: a score or coefficient is there. `no_target`, `no_actual`: blank.
    `weight_wrong`: not a number above 0 and up to 100. `score_wrong`: not a number between 0 and the weight.
    `coefficient_range`: not a number from 0 to 100; `coefficient_off`: not 得分 ÷ 权重 (both None where the form has no
    such column).
    `docked_silently`: points lost and no reason written. `full_though_missed`: full marks, the target missed in its
    stated direction, no reason (None where the form states no direction).
    """

    used: str
    graded: str
    no_target: str
    no_actual: str
    weight_wrong: str
    score_wrong: str
    coefficient_range: str | None
    coefficient_off: str | None
    docked_silently: str
    full_though_missed: str | None


def conditions(layout: FormLayout, row: int, locate: Locate) -> Conditions:
    """The conditions of an indicator row; `locate` turns an address of the form into the reference to write."""
    columns = layout.columns

    def cell(name: str) -> str:
        return locate(layout.indicator(name, row))

    name, weight, score = cell("indicator"), cell("weight"), cell("score")
    targets = [cell(key) for key in ("target", "target_adjusted") if key in columns]
    coefficient = cell("coefficient") if "coefficient" in columns else None
    graded_by = coefficient or score
    typed = [name, *targets, cell("actual"), weight, graded_by]
    docked = _docked(layout, row, locate)
    full = f"IF({_numbers(weight, score)},{score}>={weight}-{NOISE},FALSE)"
    missed = _missed(layout, row, locate)
    return Conditions(
        used=f"COUNTA({','.join(typed)})>0",
        graded=f"OR(ISNUMBER({graded_by}),ISNUMBER({score}))",
        no_target=f"AND({','.join(_blank(target) for target in targets)})",
        no_actual=_blank(cell("actual")),
        weight_wrong=f"IF(ISNUMBER({weight}),OR({weight}<=0,{weight}>100),TRUE)",
        score_wrong=f"IF(ISNUMBER({score}),OR({score}<0,{score}>N({weight})+{NOISE}),TRUE)",
        coefficient_range=coefficient and f"IF(ISNUMBER({coefficient}),OR({coefficient}<0,{coefficient}>100),TRUE)",
        coefficient_off=coefficient and _coefficient_off(coefficient, weight, score),
        docked_silently=docked,
        full_though_missed=None if missed is None else f"AND({full},{_blank(cell('note'))},{missed})",
    )


def _blank(cell: str) -> str:
    return f'{cell}=""'


def _numbers(*cells: str) -> str:
    return f"AND({','.join(f'ISNUMBER({cell})' for cell in cells)})"


def _coefficient_off(coefficient: str, weight: str, score: str) -> str:
    """得分系数 ≠ 得分 ÷ 权重: neither the quotient at its own decimals, nor the factor that gives the printed score."""
    quotient = agrees(coefficient, f"{score}/{weight}*100", COEFFICIENT_DIGITS)
    product = f"ABS({score}-ROUND({coefficient}*{weight}/100,{INDICATOR_DIGITS}))<{NOISE}"
    return f"IF({_numbers(coefficient, weight, score)},IF({weight}>0,NOT(OR({quotient},{product})),FALSE),FALSE)"


def _docked(layout: FormLayout, row: int, locate: Locate) -> str:
    score, weight = locate(layout.indicator("score", row)), locate(layout.indicator("weight", row))
    lost = f"IF({_numbers(weight, score)},{score}<{weight}-{NOISE},FALSE)"
    if "note" in layout.columns:
        return f"AND({lost},{_blank(locate(layout.indicator('note', row)))})"
    # Without a reason column one cell below the table explains all: an indicator counts as explained when it is named.
    reasons = locate(layout.header["reasons"][0])
    name = locate(layout.indicator("indicator", row))
    return f"AND({lost},NOT(ISNUMBER(FIND({name},{reasons}))))"


def _missed(layout: FormLayout, row: int, locate: Locate) -> str | None:
    """The target missed in its stated direction; None where the form has no place that states one."""
    if "note" not in layout.columns:
        return None
    target, actual = locate(layout.indicator("target", row)), locate(layout.indicator("actual", row))
    if "nature" in layout.columns:
        sign = locate(layout.indicator("nature", row))
        below, above, beside = f"{actual}<{target}", f"{actual}>{target}", f"{actual}<>{target}"
        signed = f'OR(AND({sign}="≥",{below}),AND({sign}="≤",{above}),AND({sign}="=",{beside}))'
        unit = locate(layout.indicator("unit", row))
        share = f'AND(OR({unit}="%",{_blank(unit)}),{_scales_differ(target, actual)})'
        return f"IF({_numbers(target, actual)},IF({share},FALSE,{signed}),FALSE)"
    bound = f"VALUE(MID({target},2,30))"
    reached = f"IF(ISNUMBER({actual}),{actual},VALUE({actual}))"
    at_most = f'IF(LEFT({target},1)="≤",{reached}>{bound},FALSE)'
    compared = f'IF(LEFT({target},1)="≥",{reached}<{bound},{at_most})'
    # Targets are free text here (≥95%, 效果明显): what is no number after its sign is left to people.
    return f"IFERROR(IF({_scales_differ(bound, reached)},FALSE,{compared}),FALSE)"


def _scales_differ(one: str, other: str) -> str:
    """One figure within 0 to 1 and the other above: a share beside a percentage, perhaps, and so not compared."""
    return f"OR(AND({one}>0,{one}<=1,{other}>1),AND({other}>0,{other}<=1,{one}>1))"
