"""Filling one more unit, side by side with openpyxl: `python tests/bench/fill.py [COUNT]`.

Measured in one run on one machine and printed as ratios; nothing is asserted. openpyxl loads the template, sets the
same cells and saves; it stores no result of any formula. Both work in memory, turn by turn, and the best turn of each
counts, so that other work on the machine favours neither. The last lines fill `COUNT` units (10 000 by default) into a
folder, written and synchronised, and watch the memory.
"""

import gc
import io
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from xltools.edits import Value
from xltools.filling import fill
from xltools.filling_plan import Cell, Layout, Planner
from xltools.filling_template import Template, open_template
from xltools.roster import Unit, read_roster

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "examples" / "roster-2022.xlsx"
ROUNDS = 5


def main(arguments: list[str]) -> None:
    """Measure and print."""
    count = int(arguments[0]) if arguments else 10_000
    units = read_roster(EXAMPLE).units
    template = open_template("chongqing-department", "2022")
    compare("official template, stored results included", template, units)
    plain = Template("plain", without_formulas(template.data))
    compare("the same without formulas", plain, units)
    for units_filled in (1, 100, count):
        many(units_filled, 1)
    many(count, 2)


def compare(title: str, template: Template, units: list[Unit]) -> None:
    """Print how much faster one more unit is than with openpyxl, each in its best round."""
    planner: Planner = template.planner
    layout = Layout()
    usual = [unit for unit in units if planner.plan(unit)[0].layout == layout]
    plans = [planner.plan(unit)[0].values for unit in usual]
    started = time.perf_counter()
    template.copy(layout, plans[0])
    compiled = time.perf_counter() - started
    ours, with_plan, theirs = best(
        lambda: [template.copy(layout, values) for values in plans],
        lambda: [template.copy(*planned(planner, unit)) for unit in usual],
        lambda: [by_openpyxl(template.data, values) for values in plans],
    )
    ours, with_plan, theirs = (spent / len(plans) for spent in (ours, with_plan, theirs))
    print(f"{title}: {len(plans[0])} cells a unit")
    print(f"  compile once       {compiled * 1000:8.1f} ms")
    print(f"  xltools            {ours * 1000:8.2f} ms a unit (with planning {with_plan * 1000:.2f} ms)")
    print(f"  openpyxl           {theirs * 1000:8.2f} ms a unit")
    print(f"  ratio              {theirs / ours:8.1f} x (with planning {theirs / with_plan:.1f} x)")


def planned(planner: Planner, unit: Unit) -> tuple[Layout, Mapping[Cell, Value]]:
    """A unit's layout and values."""
    plan, _ = planner.plan(unit)
    return plan.layout, plan.values


def best(*works: Callable[[], object]) -> tuple[float, ...]:
    """The best time of each piece of work, done in turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            gc.collect()
            started = time.perf_counter()
            work()
            taken.append(time.perf_counter() - started)
    return tuple(map(min, times))


def by_openpyxl(data: bytes, values: Mapping[Cell, Value]) -> bytes:
    """What everyone does: load, set, save."""
    book = load_workbook(io.BytesIO(data))
    for (sheet, row, column), value in values.items():
        cell = book[sheet].cell(row, column)
        cell.value = float(value) if isinstance(value, Decimal) else value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def without_formulas(data: bytes) -> bytes:
    """The template with its formulas removed, its other sheets too, as a bureau's plain form would be."""
    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.value = None
    book.worksheets[0].conditional_formatting = type(book.worksheets[0].conditional_formatting)()
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def many(count: int, jobs: int) -> None:
    """Fill many units from a CSV of one row a unit, and print time and memory."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "单位.csv")
        titles = "单位编码,单位名称,主管部门,年度总金额·年初预算数,年度总金额·全年预算数,年度总金额·全年执行数"
        lines = [titles + ",指标1名称,指标1指标值,指标1指标权重,指标1完成值,指标1得分"]
        lines += [
            f"{300_000 + n},第{n}中心,某局,{n}.5,{n}.5,{n}.25,服务次数,≥{n},90,{n},90" for n in range(1, count + 1)
        ]
        data.write_text("\n".join(lines), encoding="utf-8-sig")
        peaks: list[int] = []

        def watch(done: int, _: int) -> None:
            if done in (count // 10, count):
                peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)

        started = time.perf_counter()
        fill("chongqing-department", data, Path(folder, "out"), jobs=jobs, progress=watch)
        passed = time.perf_counter() - started
        spent = f"{passed:.1f} s, {passed / count * 1000:.1f} ms a unit"
        print(f"{count} units on disk, {jobs} job(s): {spent}; peak memory {peaks[0]} MB after a tenth, {peaks[-1]} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
