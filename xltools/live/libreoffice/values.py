"""Values on their way into cells and out of them, between Python's types and those that LibreOffice stores."""

import datetime as dt
import math
import sys
from collections.abc import Callable, Sequence
from typing import Any

EXCEL_EPOCH = dt.date(1899, 12, 30)
"""The day of serial number 0 where a document says nothing else."""


class CellError(str):
    """What a cell shows that holds an error (`#DIV/0!`), as opposed to the same characters as text."""

    __slots__ = ()


def serial(when: dt.date | dt.time, epoch: dt.date = EXCEL_EPOCH) -> float:
    """The number that stands for a date, a time of day or both, in days since `epoch`."""
    if isinstance(when, dt.time):
        return _day_part(when)
    days = float((dt.date(when.year, when.month, when.day) - epoch).days)
    return days + _day_part(when.time()) if isinstance(when, dt.datetime) else days


def _day_part(time: dt.time) -> float:
    return (time.hour * 3600 + time.minute * 60 + time.second + time.microsecond / 1e6) / 86400


def moment(number: float, epoch: dt.date = EXCEL_EPOCH) -> dt.datetime:
    """The date and time of a serial number, to the nearest millisecond."""
    start = dt.datetime(epoch.year, epoch.month, epoch.day)
    return start + dt.timedelta(milliseconds=round(number * 86_400_000))


def prepared(value: Any) -> Any:
    """A Python value as the range takes it: text, number, bool, a naive `datetime`, `date` or `time`; "" for nothing.

    Missing values of pandas and NaN are nothing; numbers of numpy become Python's. A time zone is cut off, the clock
    time stays (as xlwings does it on Windows).
    """
    if value is None:
        return ""
    if isinstance(value, str):
        # numpy's str_ is a text too.
        return str(value)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        # numpy's float64 is a float too.
        return "" if math.isnan(value) else float(value)
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if pandas is not None and pandas.api.types.is_scalar(value) and pandas.isna(value):
        return ""
    if numpy is not None and isinstance(value, numpy.generic):
        if isinstance(value, numpy.datetime64):
            return value.astype("datetime64[us]").item()
        value = value.item()
        return "" if isinstance(value, float) and math.isnan(value) else value
    if pandas is not None and isinstance(value, pandas.Timestamp):
        value = value.to_pydatetime(warn=False)
    if isinstance(value, dt.datetime | dt.time):
        return value.replace(tzinfo=None)
    return value


def cleaned(
    rows: Sequence[Sequence[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """What a range holds as the user wants to have it: see the options of xlwings' `Range.options`.

    Dates come as `datetime`, errors as `CellError`, nothing as None or "".
    """

    def clean(value: Any) -> Any:
        if value is None or value == "":
            return empty_as
        if isinstance(value, float):
            return value if number_builder is None else number_builder(value)
        if isinstance(value, dt.datetime):
            return datetime_builder(
                year=value.year,
                month=value.month,
                day=value.day,
                hour=value.hour,
                minute=value.minute,
                second=value.second,
                microsecond=value.microsecond,
                tzinfo=None,
            )
        if isinstance(value, CellError):
            return str(value) if err_to_str else None
        return value

    return [[clean(value) for value in row] for row in rows]
