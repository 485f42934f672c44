"""Values on their way between Python and LibreOffice, as the converters of xlwings hand them over."""

import datetime as dt
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from xltools.live.libreoffice.values import CellError, cleaned, moment, prepared, serial

WHEN = dt.datetime(2024, 5, 6, 7, 8, 9, 500000)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (float("nan"), ""),
        (np.float64("nan"), ""),
        (np.float32("nan"), ""),
        (pd.NaT, ""),
        (pd.NA, ""),
        (np.datetime64("NaT"), ""),
        ("文", "文"),
        (True, True),
        (np.bool_(False), False),
        (np.int64(3), 3),
        (np.float32(0.5), 0.5),
        (np.str_("x"), "x"),
        (Decimal("0.1"), Decimal("0.1")),
        (np.datetime64("2024-05-06"), dt.datetime(2024, 5, 6)),
        (pd.Timestamp(WHEN), WHEN),
        (pd.Timestamp(WHEN, tz="Asia/Shanghai"), WHEN),
        (WHEN.replace(tzinfo=dt.UTC), WHEN),
        (dt.date(2024, 5, 6), dt.date(2024, 5, 6)),
    ],
)
def test_values_are_made_python_s_own(value: Any, expected: Any) -> None:
    made = prepared(value)
    assert made == expected
    assert type(made) is type(expected)


def test_values_come_out_as_the_options_of_the_range_say() -> None:
    rows = [[None, "", 2.0, "x"], [True, CellError("#N/A"), "#N/A", WHEN]]
    assert cleaned(rows, dt.datetime, None, None, False) == [[None, None, 2.0, "x"], [True, None, "#N/A", WHEN]]
    assert cleaned(rows, lambda **when: when["year"], "-", int, True) == [
        ["-", "-", 2, "x"],
        [True, "#N/A", "#N/A", 2024],
    ]


@pytest.mark.parametrize(
    ("when", "number"),
    [
        (dt.date(1899, 12, 30), 0),
        (dt.date(2024, 5, 6), 45418),
        (dt.datetime(2024, 5, 6, 18), 45418.75),
        (dt.time(6), 0.25),
        (dt.date(1899, 12, 29), -1),
    ],
)
def test_dates_are_days_since_the_epoch_of_the_document(when: Any, number: float) -> None:
    assert serial(when) == number


@pytest.mark.parametrize("when", [WHEN, dt.datetime(1900, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59, 999000)])
@pytest.mark.parametrize("epoch", [dt.date(1899, 12, 30), dt.date(1904, 1, 1)])
def test_a_moment_comes_back_from_its_number(when: dt.datetime, epoch: dt.date) -> None:
    assert moment(serial(when, epoch), epoch) == when
    assert math.isclose(serial(when, dt.date(1899, 12, 30)) - serial(when, dt.date(1904, 1, 1)), 1462)
