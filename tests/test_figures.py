"""Figures: parsing never guesses, printing and parsing agree, comparing respects the printed precision."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xltools.figures import (
    Agreement,
    Figure,
    agreement,
    compare,
    deadline,
    fold,
    is_blank,
    parse,
    plain,
    round_half_up,
    sum_agreement,
)
from xltools.sheets.grid import Cell

numbers = st.decimals(-10_000_000_000, 10_000_000_000, places=6, allow_nan=False)
digits = st.text("0123456789", min_size=1, max_size=9)
places = st.integers(0, 6)
units = st.sampled_from(["", "%", "‰", "万元", "元", "个", "平方米", "m2", "件/年", "(万元)"])
signs = st.sampled_from([("", ""), ("≥", "≥"), ("≦", "≤"), ("═", "="), ("不少于", "≥"), ("不超过", "≤"), ("＞", ">")])


@given(numbers, places, units, signs)
def test_what_is_printed_is_what_is_parsed(number: Decimal, digits: int, unit: str, sign: tuple[str, str]) -> None:
    rounded = round_half_up(number, digits)
    parsed = parse(f"{sign[0]}{rounded}{unit}")
    assert (parsed.number, parsed.places) == (rounded, digits)
    assert (parsed.sign, parsed.unit) == (sign[1], unit.strip("()"))


@given(numbers, places)
def test_thousands_separators_and_full_width_digits_change_nothing(number: Decimal, digits: int) -> None:
    rounded = round_half_up(number, digits)
    grouped = f"{rounded:,}"
    wide = str(rounded).translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－"))
    assert parse(grouped).number == parse(wide).number == rounded


@given(numbers)
def test_plain_numbers_come_back(number: Decimal) -> None:
    assert parse(plain(number)).number == number
    assert "E" not in plain(number)


@given(
    digits,
    digits,
    st.sampled_from([" ", "\n", "　", "~", "-", "—", "至", "/", ":", "×", "+", ", ", "、", ";", "或", "和"]),
)
def test_two_numbers_are_not_one_figure(one: str, other: str, between: str) -> None:
    assert parse(f"{one}{between}{other}").number is None


@given(digits, st.lists(digits, min_size=1, max_size=3), st.sampled_from(",，."), digits)
def test_damaged_separators_are_never_repaired(first: str, groups: list[str], mark: str, tail: str) -> None:
    text = first + "".join(mark + group for group in groups) + "." + tail
    whole = len(first) <= 3 and all(len(group) == 3 for group in groups) and mark in ",，"
    assert parse(text).number == (Decimal(first + "".join(groups) + "." + tail) if whole else None)


@given(digits, st.sampled_from("①②③⑳❶²³¹½¼₂㈠㋀"))
def test_a_mark_behind_a_number_never_becomes_a_digit_of_it(number: str, mark: str) -> None:
    assert parse(number + mark).number is None


@given(digits, st.text(min_size=1, max_size=12))
def test_whatever_follows_a_number_no_digit_is_added_to_it(number: str, tail: str) -> None:
    assume(not fold(tail)[:1].isdigit() and fold(tail)[:1] not in (",", "."))
    value = parse(number + tail).number
    assert value is None or value == Decimal(number)


@given(st.text(max_size=30))
def test_any_text_can_be_read_without_an_error(text: str) -> None:
    figure = Figure.of(text)
    assert figure.value is None or figure.value.is_finite()
    assert not (is_blank(text) and figure.value is not None)
    deadline(text)


@pytest.mark.parametrize(
    ("text", "number", "unit", "sign"),
    [
        ("3,724,055.00", "3724055.00", "", ""),
        ("620.82万元", "620.82", "万元", ""),
        ("≥100百分比", "100", "%", "≥"),
        ("15%及其以下", "15", "%", "≤"),
        ("90%以上（含）", "90", "%", "≥"),
        ("≥90%以上", "90", "%", "≥"),
        ("290%", "290", "%", ""),
        ("￥1,234.50", "1234.50", "", ""),
        ("-¥5", "-5", "", ""),
        ("−0.8", "-0.8", "", ""),
        ("800㎡", "800", "m2", ""),
        ("100m²", "100", "m2", ""),
        ("30元/㎡", "30", "元/m2", ""),
        ("控制在10%以内", "10", "%", "≤"),
        ("= 2 个", "2", "个", "="),
    ],
)
def test_spellings_of_one_figure(text: str, number: str, unit: str, sign: str) -> None:
    parsed = parse(text)
    assert (parsed.number, parsed.unit, parsed.sign) == (Decimal(number), unit, sign)


@pytest.mark.parametrize(
    "text",
    [
        "7,00.0,77",
        "1,2345",
        "12,34",
        "1.2.3",
        "1.",
        "50%-60%",
        "1/3",
        "9月前",
        "2022年",
        "12月30日",
        "95%,3次",
        "≥90%以下",
        "1 000",
        "2 3",
        "98\n99",
        "第3名",
        "约50",
        "五十",
        "（5）",
        "1e5",
        "50%左右",
    ],
)
def test_what_is_not_exactly_one_figure_has_no_number(text: str) -> None:
    assert parse(text).number is None


@pytest.mark.parametrize("text", ["", " ", "—", "——", "－", "/", "一一", "　"])
def test_dashes_and_strokes_are_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "无", "0.00"])
def test_a_nought_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("9月前", (0, 9, 31)),
        ("2022年12月30日", (2022, 12, 30)),
        ("12月底之前", (0, 12, 31)),
        ("2022-12-30", (2022, 12, 30)),
        ("6月上旬", (0, 6, 10)),
        ("13月", None),
        ("6个月", None),
        ("2022", None),
        ("98.5", None),
        ("及时", None),
    ],
)
def test_deadlines(text: str, date: tuple[int, int, int] | None) -> None:
    assert deadline(text) == date


@given(numbers, places)
def test_a_number_agrees_with_its_own_rounding(exact: Decimal, digits: int) -> None:
    assert compare(round_half_up(exact, digits), exact, digits) is Agreement.EQUAL


@given(numbers, places, st.sampled_from([-1, 1]))
def test_one_unit_in_the_last_place_is_never_equal(exact: Decimal, digits: int, step: int) -> None:
    printed = round_half_up(exact, digits) + step * Decimal(1).scaleb(-digits)
    assert compare(printed, exact, digits) is not Agreement.EQUAL


@given(numbers, places, st.sampled_from([-2, 2, 5]))
def test_two_units_in_the_last_place_are_different(exact: Decimal, digits: int, step: int) -> None:
    printed = round_half_up(exact, digits) + step * Decimal(1).scaleb(-digits)
    assert compare(printed, exact, digits) is Agreement.DIFFERENT


@given(st.decimals(0, 1_000_000, places=8, allow_nan=False), places)
def test_a_number_cut_off_is_equal_or_a_rounding_difference(exact: Decimal, digits: int) -> None:
    cut = exact.quantize(Decimal(1).scaleb(-digits), "ROUND_DOWN")
    assert compare(cut, exact, digits) in (Agreement.EQUAL, Agreement.ROUNDING)


@given(numbers, places)
def test_agreement_does_not_depend_on_the_sign(exact: Decimal, digits: int) -> None:
    printed = round_half_up(exact, digits)
    assert compare(-printed, -exact, digits) is compare(printed, exact, digits)
    assert round_half_up(-exact, digits) == -printed


@given(numbers, places)
def test_rounding_goes_to_a_nearest_neighbour(exact: Decimal, digits: int) -> None:
    assert abs(round_half_up(exact, digits) - exact) <= Decimal(1).scaleb(-digits) / 2


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.5", "1"), ("1.5", "2"), ("2.5", "3"), ("-2.5", "-3"), ("2.4999", "2")]
)
def test_halves_go_away_from_zero(value: str, rounded: str) -> None:
    assert round_half_up(Decimal(value), 0) == Decimal(rounded)


def test_very_long_numbers_are_rounded_and_printed_in_full() -> None:
    long = Decimal("1234567890123456789012345678901234.555")
    assert plain(round_half_up(long, 2)) == "1234567890123456789012345678901234.56"


@pytest.mark.parametrize(
    ("text", "exact", "expected"),
    [
        ("99.8%", "99.7987", Agreement.EQUAL),
        ("99.79%", "99.7987", Agreement.ROUNDING),
        ("99.7%", "99.7987", Agreement.ROUNDING),
        ("99.6%", "99.7987", Agreement.DIFFERENT),
        ("86%", "86.2037", Agreement.EQUAL),
        ("10", "100", Agreement.DIFFERENT),
        ("满分", "100", Agreement.DIFFERENT),
    ],
)
def test_a_printed_figure_agrees_at_its_own_decimals(text: str, exact: str, expected: Agreement) -> None:
    assert agreement(Figure.of(text), Decimal(exact)) is expected


def test_a_cell_agrees_when_what_it_shows_or_what_it_stores_does() -> None:
    exact = Decimal("37.24") / Decimal("43.2") * 100
    shown = Figure.of_cell(Cell(1, 1, "86%", Decimal("0.862037037037037"), "number", number_format="0%"), "s")
    wrong = Figure.of_cell(Cell(1, 1, "86%", Decimal("0.859"), "number", number_format="0%"), "s")
    hidden = Figure.of_cell(Cell(1, 1, "87%", Decimal("0.862037037037037"), "number", number_format="0%"), "s")
    assert shown.stored == Decimal("86.2037037037037")
    assert [agreement(figure, exact) for figure in (shown, wrong, hidden)] == [Agreement.EQUAL] * 3
    assert agreement(Figure.of("87%"), exact) is Agreement.ROUNDING


@given(st.lists(st.decimals(0, 10_000, places=4, allow_nan=False), min_size=1, max_size=6))
def test_parts_rounded_one_by_one_are_at_worst_a_rounding_difference(parts: list[Decimal]) -> None:
    total = Figure.of(str(round_half_up(sum(parts, Decimal(0)), 2)))
    printed = [Figure.of(str(round_half_up(part, 2))) for part in parts]
    assert sum_agreement(total, printed) is not Agreement.DIFFERENT


def test_a_sum_that_is_off_is_different() -> None:
    assert sum_agreement(Figure.of("210"), [Figure.of("197.33"), Figure.of("5.638")]) is Agreement.DIFFERENT
    assert sum_agreement(Figure.of("100"), [Figure.of("50"), Figure.of("49")]) is Agreement.DIFFERENT
