"""What the data validations of a template have against a value, told before it is written."""

from decimal import Decimal

from xltools.edits import Value
from xltools.roster_tables import as_text, plain_number
from xltools.sheets.grid import Validation
from xltools.texts import say


def refusal(rule: Validation, content: Value) -> str | None:
    """What a data validation with constant bounds has against a value; None where it accepts it or cannot be told."""
    if content is None:
        return None
    if rule.type == "list" and rule.formula1 and rule.formula1.startswith('"'):
        items = [item.strip() for item in rule.formula1.strip('"').split(",")]
        return None if as_text_of(content) in items else say("fill.not_in_list", text=content, items="、".join(items))
    if rule.type not in ("decimal", "whole"):
        return None
    if not isinstance(content, Decimal):
        return say("fill.not_a_number", text=content)
    if rule.type == "whole" and content != content.to_integral():
        return say("fill.not_whole", text=content)
    low, high = (plain_number(bound) if bound else None for bound in (rule.formula1, rule.formula2))
    between = rule.operator in (None, "between")
    if low is not None and (between or rule.operator == "greaterThanOrEqual") and content < low:
        return say("fill.below", text=content, bound=low)
    if rule.operator == "lessThanOrEqual" and low is not None and content > low:
        return say("fill.above", text=content, bound=low)
    if between and high is not None and content > high:
        return say("fill.above", text=content, bound=high)
    return None


def as_text_of(content: Value) -> str:
    """A cell's value as a list of choices prints it."""
    return as_text(content) if isinstance(content, str | Decimal) else str(content)
