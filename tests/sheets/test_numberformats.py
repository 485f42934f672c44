from datetime import date, datetime, time
from decimal import Decimal

import pytest

from xltools.sheets.numberformats import BUILTIN, as_datetime, moment, number, number_format, plain


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0", "16", "16"),
        ("0", "0.5", "1"),
        ("0", "-0.4", "0"),
        ("0.00", "98.5", "98.50"),
        ("0.00", "1.005", "1.01"),
        ("0.00_ ", "2.675", "2.68"),
        ("0.0#", "3", "3.0"),
        ("0.0#", "3.456", "3.46"),
        ("000", "7", "007"),
        ("#", "0", "0"),
        ("#.##", "0.5", ".5"),
        ("0%", "0.76", "76%"),
        ("0.00%", "0.95805", "95.81%"),
        ("0.00%", "1", "100.00%"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0.00", "-1234.5", "-1,234.50"),
        ("#,##0.00;[Red]-#,##0.00", "-1234.5", "-1,234.50"),
        ("#,##0.00_);(#,##0.00)", "-1234.5", "-1,234.50"),
        ('0.00"万元"', "620.82", "620.82万元"),
        ('"≥"0%', "0.95", "≥95%"),
        ('"第"0"名"', "3", "第3名"),
        ("[$¥-804]#,##0.00", "12", "¥12.00"),
        ("0.000000", "49.123456", "49.123456"),
        (BUILTIN[43], "1234.5", "1,234.50"),
        (BUILTIN[43], "-1234.5", "-1,234.50"),
        (BUILTIN[44], "8", "¥8.00"),
        ("0.00;-0.00;;@", "0", "0.00"),
    ],
)
def test_a_plain_format_shows_what_the_application_shows(code: str, value: str, shown: str) -> None:
    assert number_format(code).show(Decimal(value)) == shown


@pytest.mark.parametrize(
    "code",
    ["0.00E+00", "# ?/?", "0,", '0!.0,"万"', "[DBNum1]General", "[>100]0;0.00", "000-0000", ";;;", "@", "0%%"],
)
def test_a_format_that_bends_the_figure_shows_it_in_full(code: str) -> None:
    assert number_format(code).show(Decimal("12345.678")) == "12345.678"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("98.5", "98.5"),
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("98.599999999999994", "98.6"),
        ("1E-3", "0.001"),
        ("1.5E16", "15000000000000000"),
        ("123456789012345678", "123456789012346000"),
        ("100", "100"),
        ("0.50", "0.5"),
        ("-0", "0"),
        ("1E+30", "1E+30"),
        ("6.0000000000000001E-3", "0.006"),
    ],
)
def test_general_shows_up_to_fifteen_digits_without_exponent(stored: str, shown: str) -> None:
    assert plain(number(stored)) == shown


@pytest.mark.parametrize("text", ["", "abc", "NaN", "INF", "1-2", "1.2.3"])
def test_what_is_no_finite_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        number(text)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("yyyy-mm-dd", "2021-03-05"),
        ("yyyy/m/d", "2021/3/5"),
        ('yyyy"年"m"月"d"日"', "2021年3月5日"),
        ("yyyy\\-mm\\-dd\\ hh:mm:ss", "2021-03-05 14:07:09"),
        ("yyyy-mm-dd;@", "2021-03-05"),
        ("[$-804]yyyy.mm.dd", "2021.03.05"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2021年3月5日"),
        ("m/d", "3/5"),
        ("d-mmm-yy", "5-Mar-21"),
        ("h:mm AM/PM", "2:07 PM"),
        ("mm:ss", "07:09"),
        ("[$-804]aaaa", "星期五"),
        (BUILTIN[31], "2021年3月5日"),
        (BUILTIN[57], "2021年3月"),
        (BUILTIN[58], "3月5日"),
        (BUILTIN[55], "下午2时07分"),
    ],
)
def test_a_date_is_shown_under_its_format(code: str, shown: str) -> None:
    form = number_format(code)
    assert form.is_date
    assert form.show_moment(datetime(2021, 3, 5, 14, 7, 9)) == shown


def test_hours_beyond_a_day_are_counted_on() -> None:
    assert number_format("[h]:mm").show_elapsed(Decimal("1.25")) == "30:00"


@pytest.mark.parametrize(
    ("serial", "date1904", "meant"),
    [
        ("1", False, date(1900, 1, 1)),
        ("59", False, date(1900, 2, 28)),
        ("60", False, None),
        ("61", False, date(1900, 3, 1)),
        ("44260", False, date(2021, 3, 5)),
        ("42798", True, date(2021, 3, 5)),
        ("44260.5", False, datetime(2021, 3, 5, 12)),
        ("0.25", False, time(6)),
        ("-1", False, None),
        ("99999999", False, None),
    ],
)
def test_a_serial_number_means_a_day_of_its_date_system(serial: str, date1904: bool, meant: object) -> None:
    assert moment(Decimal(serial), date1904) == meant


def test_a_day_and_a_time_of_day_become_full_moments() -> None:
    assert as_datetime(date(2021, 3, 5)) == datetime(2021, 3, 5)
    assert as_datetime(time(6, 30)).time() == time(6, 30)
