"""Was a target met? Read from what the form itself says, never from what an indicator is called.

The direction of a target stands in the target (`≥95%`, `不少于12种`, `9月前`), in the cell of its nature or sign
(`≤`, `反向指标`) or in a printed scoring rule (`每降5%扣1分`). Without one, only equality decides: a target that was
hit exactly is met in every direction.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from xltools.evaluation import Evaluation, Indicator
from xltools.figures import Figure, deadline, fold, is_blank, parse
from xltools.policies.model import Policy, Tier
from xltools.units import Comparable, comparable

Direction = Literal["≥", "≤", "=", ">", "<", ""]
Manner = Literal["number", "deadline", "words", ""]

ONE = Decimal(1)

_FORWARD = frozenset({"正向", "正向指标", "正指标", "越大越好"})
_BACKWARD = frozenset({"反向", "反向指标", "逆向", "逆向指标", "负向", "负向指标", "逆指标", "越小越好"})
_SIGNED = re.compile(
    r"(?:[≥≤≧≦]|>=|<=|>|<|大于等于|小于等于|不低于|不少于|不超过|不高于|大于|小于)(?P<number>\d+(?:\.\d+)?)"
)
_STEP_DOWN = re.compile(r"每(?:下降|降低|减少|少|低|降|差|缺)[^,;。]{0,24}扣")
_STEP_UP = re.compile(r"每(?:超过|超出|超|增加|增|高出|高|上升|多)[^,;。]{0,24}扣")
_STEPS = re.compile(
    r"每[^,;。]{0,24}扣|扣完为止|酌情扣|(?:否则|未达[到标]?|未完成|不达标|其他)[^;。]{0,8}(?:不得分|得?0分)"
)
_BAND = re.compile(r"得?满分|(?:得|计)\d+(?:\.\d+)?分")
_PROPORTIONAL = re.compile(r"[AB][/÷][AB]|按(?:完成)?比例|(?:完成值|实际值)[/÷](?:年度|年初)?(?:指标值|目标值)")
_LIMIT = re.compile(r"前|以内|之内|内完成|截止")
_MONTH_ONLY = re.compile(r"^(?:于|在)?(?:(?:19|20)\d\d[年./-])?\d{1,2}月份?(?:之?前|以前|前完成)")
_EMPTY_REASON = re.compile(
    r"(?:无|没有|暂无|未发现|未发生|不存在|没)?(?:任何|明显|较大|重大)?(?:指标)?(?:偏差|偏离|差异|问题|变化)?(?:的)?(?:原因|情况)?(?:分析)?(?:及|和)?"
    r"(?:改进|整改)?(?:措施)?(?:需要?说明的?(?:事项|情况|问题)?)?"
)
_NO_REASON = frozenset(
    [
        "不适用",
        "已完成",
        "完成",
        "全部完成",
        "按时完成",
        "按计划完成",
        "已按计划完成",
        "达成预期指标",
        "已达成",
        "达标",
        "已达标",
        "正常",
        "良好",
        "是",
        "否",
        "N/A",
        "n/a",
    ]
)
_AS_ABOVE = ("同上", "同前")
_PROMPT = re.compile(r"[((][^))]{0,12}\d+字[^))]{0,6}[))]")
_CAUSE = re.compile(r"原因|由于|因为|因|受.{1,16}影响|导致|致使")
_SHORTFALL = re.compile(r"未|偏差|偏离|滞后|不足|较低|较大|推迟|延期|结余|剩余|减少|超额|超过|低于|高于|调整|没有")
_MONEY_WORDS = re.compile(r"执行|预算|支付|资金|尾款|结转|结余|拨付|支出|付款|经费|采购|招标|质保金")
_ORDINAL = re.compile(r"^(?:指标\d+[::.、]?|★+|\d+[.、])")


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an indicator's actual stands to its target.

    `met` is None where it cannot be decided, and `undecided` then is the key of the text that says why. `target` and
    `actual` are numbers in one common unit (None for words and dates). `share` is the part of the weight (0 to 1)
    that a proportional rule gives: actual ÷ target for ≥, target ÷ actual for ≤, 1 for a target that was met; None
    where no printed rule decides it (a missed `=`, a missed date, a stepwise rule of the form's own), with the reason
    in `undecided`. `over` is by how many percent a ≥ target was exceeded. `manner` says what was compared.
    """

    met: bool | None = None
    direction: Direction = ""
    equal: bool = False
    target: Decimal | None = None
    actual: Decimal | None = None
    share: Decimal | None = None
    over: Decimal | None = None
    undecided: str | None = None
    manner: Manner = ""


def target_of(indicator: Indicator) -> Figure | None:
    """The target that counts: the adjusted one where filled in, else the initial one; None where both are blank."""
    for name in ("target_adjusted", "target"):
        figure = indicator.get(name)
        if figure is not None and not is_blank(figure.text):
            return figure
    return None


def direction_of(evaluation: Evaluation, indicator: Indicator) -> Direction:
    """The direction that the form gives an indicator's target, empty where it gives none.

    In this order: the sign or words of the target itself, the cell of its nature or sign, a printed scoring rule of
    the row.
    """
    target = target_of(indicator)
    if target is not None:
        if target.sign:
            return _direction(target.sign)
        if deadline(target.text) is not None and _LIMIT.search(fold(target.text)):
            return "≤"
    nature = indicator.get("nature")
    if nature is not None:
        plain = fold(nature.text)
        sign = parse(nature.text).sign
        if sign:
            return _direction(sign)
        if plain in _FORWARD:
            return "≥"
        if plain in _BACKWARD:
            return "≤"
    return _ruled_direction(_rules_of(evaluation, indicator), target)


def judge(evaluation: Evaluation, indicator: Indicator) -> Judgement:
    """Whether an indicator met its target, as far as the form lets anyone decide it."""
    target, actual = target_of(indicator), indicator.get("actual")
    if target is None:
        return Judgement(undecided="reasons.no_target")
    direction = direction_of(evaluation, indicator)
    if actual is None or is_blank(actual.text):
        return Judgement(direction=direction, undecided="reasons.no_actual")
    if deadline(target.text) is not None and deadline(actual.text) is not None:
        return _judge_dates(evaluation, target, actual, direction)
    if target.value is not None and actual.value is not None:
        unit = indicator.get("unit")
        pair = comparable(target, actual, unit.text if unit else "")
        if isinstance(pair, str):
            return Judgement(direction=direction, undecided=pair, manner="number")
        stepwise = any(is_stepwise(text) for text in _rules_of(evaluation, indicator, general=True))
        return _judge_numbers(pair, actual, direction, stepwise)
    if fold(target.text) == fold(actual.text):
        return Judgement(True, direction, True, share=ONE, manner="words")
    reason = "reasons.actual_in_words" if target.value is not None else "reasons.words"
    return Judgement(direction=direction, undecided=reason, manner="words")


def tier(policy: Policy, text: str) -> Tier | None:
    """The tier of a qualitative score that a wording claims (`达成预期指标`); None for any other wording."""
    plain = fold(text).rstrip("。.;,!")
    for candidate in policy.tiers.value:
        if any(plain == fold(word) for word in candidate.words):
            return candidate
    return None


def is_stepwise(text: str) -> bool:
    """Whether a text prints a scoring rule of its own (`每降5%扣1分`, bands of points, all or nothing)."""
    plain = fold(text)
    if _STEPS.search(plain):
        return True
    return len(_BAND.findall(plain)) > 1 and not _PROPORTIONAL.search(plain)


def says_something(text: str) -> bool:
    """Whether a reason cell really gives one: not `无`, `无偏差`, `0`, `不适用`, a tick, a number or a prompt."""
    plain = fold(text).strip("。.;,、:")
    if is_blank(plain) or plain in _NO_REASON or _EMPTY_REASON.fullmatch(plain):
        return False
    if parse(plain).number is not None and len(plain) < 8:
        return False
    return not _PROMPT.fullmatch(plain) and any(character.isalpha() for character in plain)


def reason_given(evaluation: Evaluation, indicator: Indicator) -> Figure | None:
    """The explanation that the form gives for an indicator's deviation, None where it gives none.

    It stands in the row's own note, in the merged note that covers the row, or in a text outside the table that names
    the indicator or gives causes for deviations in general.
    """
    note = indicator.get("note")
    if note is not None and fold(note.text) in _AS_ABOVE:
        note = _note_above(evaluation, indicator)
    if note is not None and says_something(note.text):
        return note
    name = _ORDINAL.sub("", fold(indicator.name.text)) if indicator.name else ""
    for remark in evaluation.remarks:
        plain = fold(remark.text)
        if not says_something(remark.text):
            continue
        if (len(name) >= 2 and name in plain) or (_CAUSE.search(plain) and _SHORTFALL.search(plain)):
            return remark
    return None


def execution_reason(evaluation: Evaluation) -> Figure | None:
    """The explanation that the form gives for a low execution rate, None where it gives none.

    It stands in the note of a budget row, or in a remark or an indicator's note that speaks of money (执行, 支付,
    尾款, 结转 …).
    """
    for row in evaluation.budget:
        if row.note is not None and says_something(row.note.text):
            return row.note
    notes = [row.note for row in evaluation.indicators if row.note is not None]
    for text in (*evaluation.remarks, *notes):
        if says_something(text.text) and _MONEY_WORDS.search(text.text):
            return text
    return None


def _direction(sign: str) -> Direction:
    known: dict[str, Direction] = {"≥": "≥", "≤": "≤", "=": "=", ">": ">", "<": "<"}
    return known.get(sign, "")


def _rules_of(evaluation: Evaluation, indicator: Indicator, *, general: bool = False) -> list[str]:
    """The scoring rules printed for an indicator: in its rule column, in its note, under the table where they name it.

    `general` adds those under the table that are about indicators at large.
    """
    texts = [figure.text for name in ("printed_rule", "note") if (figure := indicator.get(name)) is not None]
    name = _ORDINAL.sub("", fold(indicator.name.text)) if indicator.name else ""
    for rule in evaluation.rules:
        plain = fold(rule.text)
        if (len(name) >= 2 and name in plain) or (general and not re.search(r"执行率|预算执行", plain)):
            texts.append(rule.text)
    return texts


def _ruled_direction(rules: list[str], target: Figure | None) -> Direction:
    found: set[Direction] = set()
    for rule in rules:
        plain = fold(rule)
        if _STEP_DOWN.search(plain):
            found.add("≥")
        if _STEP_UP.search(plain):
            found.add("≤")
        # A note may tell what was reached (`实际大于95%`); only what awards points is a rule.
        for match in _SIGNED.finditer(plain) if "分" in plain else ():
            if target is not None and target.value == Decimal(match["number"]):
                found.add(_direction(parse(match.group()).sign))
    return found.pop() if len(found) == 1 else ""


def _note_above(evaluation: Evaluation, indicator: Indicator) -> Figure | None:
    above = [row.get("note") for row in evaluation.indicators if row.row < indicator.row]
    notes = [note for note in above if note is not None and fold(note.text) not in _AS_ABOVE]
    return notes[-1] if notes else None


def _judge_numbers(pair: Comparable, actual: Figure, direction: Direction, stepwise: bool) -> Judgement:
    target, reached = pair.target, pair.actual
    equal = target == reached
    over = None
    if direction in ("≥", ">") and target > 0:
        over = max(Decimal(0), (reached / target - 1) * 100)
    if equal:
        return Judgement(True, direction, True, target, reached, ONE, over, manner="number")

    def undecided(reason: str, met: bool | None = None) -> Judgement:
        return Judgement(met, direction, False, target, reached, None, over, reason, "number")

    if not direction:
        return undecided("reasons.no_direction")
    if actual.sign not in ("", "=") and not _implied(direction, actual.sign, reached, target):
        return undecided("reasons.actual_with_sign")
    if direction == "=":
        return undecided("reasons.equal_missed", met=False)
    met = reached > target if direction in ("≥", ">") else reached < target
    if met:
        return Judgement(True, direction, False, target, reached, ONE, over, manner="number")
    if stepwise:
        return undecided("reasons.stepwise_rule", met=False)
    if target < 0 or reached < 0 or (target == 0 and direction in ("≥", ">")):
        return undecided("reasons.negative", met=False)
    share = reached / target if direction in ("≥", ">") else target / reached
    return Judgement(False, direction, False, target, reached, min(ONE, share), over, manner="number")


def _implied(direction: Direction, sign: str, reached: Decimal, target: Decimal) -> bool:
    """Whether an actual that is itself a bound (`≥96%`) settles the question (against `≥95%`)."""
    if direction in ("≥", ">"):
        return sign in ("≥", ">") and reached > target
    return direction in ("≤", "<") and sign in ("≤", "<") and reached < target


def _judge_dates(evaluation: Evaluation, target: Figure, actual: Figure, direction: Direction) -> Judgement:
    limit, done = deadline(target.text), deadline(actual.text)
    assert limit is not None
    assert done is not None
    if fold(target.text) == fold(actual.text) or (limit == done and not _MONTH_ONLY.match(fold(target.text))):
        return Judgement(True, direction, True, share=ONE, manner="deadline")
    if direction not in ("≤", "<"):
        return Judgement(direction=direction, undecided="reasons.no_direction", manner="deadline")
    year = int(evaluation.year) if evaluation.year and evaluation.year.isdigit() else 0
    if bool(limit[0]) != bool(done[0]) and not year:
        return Judgement(direction=direction, undecided="reasons.year_unknown", manner="deadline")
    first = (limit[0] or year, *limit[1:])
    second = (done[0] or year, *done[1:])
    same_month = first[:2] == second[:2]
    # `9月前` reached in 9月, or `9月15日前` in 9月 without a day: the form does not say which came first.
    if same_month and (_MONTH_ONLY.match(fold(target.text)) or (second[2] == 31 and first[2] < 28)):
        return Judgement(direction=direction, undecided="reasons.day_unknown", manner="deadline")
    if second <= first:
        return Judgement(True, direction, first == second, share=ONE, manner="deadline")
    return Judgement(False, direction, undecided="reasons.deadline_missed", manner="deadline")
