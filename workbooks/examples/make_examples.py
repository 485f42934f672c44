"""Make the example workbooks anew: `python workbooks/examples/make_examples.py [FOLDER]`.

`bishan-2021.xlsx` is the 2021 submission of 重庆市璧山区智慧城市管理指挥中心 on the Chongqing form, from its published
report (2021年度整体支出绩效自评报告). As in returned forms the figures are typed in, not computed. One is wrong, as it
was published: 城区环境卫生质量提高率 scored 16 of 16 and prints a rate of 10.
"""

import io
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xltools.templates import build
from xltools.templates.description import load
from xltools.templates.formulas import form_formulas
from xltools.templates.layout import BalanceLayout, lay_out
from xltools.templates.package import packed

TEMPLATE, YEAR = "chongqing-department-2021", 2021
ON_FILE = "见单位存档"

INITIAL, CARRIED_IN, ADJUSTMENT = Decimal("218.18161"), Decimal(0), Decimal("-43.1602")
ADJUSTED, EXECUTED = Decimal("175.02141"), Decimal("174.669079")


@dataclass(frozen=True)
class Indicator:
    """One row of the report's table 1, with the report's own words on it."""

    name: str
    unit: str | None
    nature: str
    target: str
    actual: str | Decimal
    rate: int
    weight: int
    score: Decimal
    core: str


# Name, weight, score and rate: table 1 of the report. Targets are its wording; actuals its figures where it gives any.
# The report prints neither 指标性质 nor 是否核心指标: measured ones are 定量 here, the five core ones assumed.
INDICATORS = (
    Indicator("受理城市管理问题结案率", "%", "定量指标", "按期办结受理案件", Decimal("98.9"), 100, 8, Decimal(8), "是"),
    Indicator(
        "推进民生服务质量",
        None,
        "定性指标",
        "确保为民服务能力",
        "完善12319民生服务系统",
        100,
        12,
        Decimal(12),
        "是",
    ),
    Indicator("受理重庆热线电话数量", "件", "定量指标", "来电全部办结", Decimal(640), 100, 10, Decimal(10), "是"),
    Indicator(
        "促进城市综合管理工作",
        None,
        "定性指标",
        "内畅外联、共建共享",
        "夯实城市管理基础",
        90,
        15,
        Decimal("13.5"),
        "否",
    ),
    Indicator(
        "保障系统性能稳定运行", None, "定性指标", "系统稳定运行", "对接、维护、更新完成", 100, 15, Decimal(15), "是"
    ),
    Indicator("项目绩效管理率", None, "定性指标", "了解项目完成情况", "实行项目绩效管理", 100, 15, Decimal(15), "否"),
    Indicator(
        "城区环境卫生质量提高率",
        None,
        "定性指标",
        "提高环境卫生质量",
        "环境卫生质量提高",
        10,
        16,
        Decimal(16),
        "是",
    ),
    Indicator("广大群众满意度", None, "定性指标", "提升获得感、幸福感", "获得感、幸福感提升", 100, 9, Decimal(9), "否"),
)

HEADER = {
    "name": "重庆市璧山区智慧城市管理指挥中心",
    "supervisor": "重庆市璧山区城市管理局",
    "finance_office": ON_FILE,
    "contact": ON_FILE,
    "phone": ON_FILE,
    "goal_initial": (
        "负责受理城市管理相关信息，承办12319城市管理服务热线；受理各类城市管理案件，明确责任单位，协调、派遣、核查、评价处置效果；"
        "负责区智慧城市管理系统的管理、维护、更新和安全运行。"
    ),
    "goal_achieved": (
        "受理城市管理问题39378件，有效立案39221件，结案38792件；受理重庆热线电话640件，办结640件；受理网络舆情42件，办结42件；"
        "整改市容环境类问题10366个、园林绿化类1891个。"
    ),
    "reasons": (
        "促进城市综合管理工作：数字化城管在城市日常管理中的应用不够，存在建而不用、用而不全的现象，扣1.5分。"
        "改进措施：充分应用数字化城市管理平台数据，发挥指挥、监督等作用，形成城市管理长效机制。"
    ),
    "total_weight": Decimal(100),
    "total": Decimal("98.5"),
    "grade": "优",
}


def bishan() -> bytes:
    """The 2021 submission as the bytes of an .xlsx."""
    from openpyxl import load_workbook

    description = load(TEMPLATE)
    layout = lay_out(description, YEAR)
    book = load_workbook(io.BytesIO(build(TEMPLATE, year=YEAR)))
    form = book[description.sheet]
    for cell in form_formulas(layout):
        form[cell] = None
    for name, value in HEADER.items():
        for cell in layout.header[name]:
            form[cell] = value
    budget = {
        "initial": INITIAL,
        "adjusted": ADJUSTED,
        "executed": EXECUTED,
        "rate": Decimal("99.8"),
        "execution_weight": Decimal(0),
        "execution_score": Decimal(0),
    }
    for name, amount in budget.items():
        form[layout.scored().cells[name]] = amount
    for row, indicator in zip(layout.rows(), INDICATORS, strict=False):
        values = {
            "indicator": indicator.name,
            "unit": indicator.unit,
            "nature": indicator.nature,
            "target": indicator.target,
            "actual": indicator.actual,
            "coefficient": indicator.rate,
            "weight": indicator.weight,
            "score": indicator.score,
            "core": indicator.core,
        }
        for name, value in values.items():
            form[layout.indicator(name, row)] = value
    balance, funds = book[description.balance.sheet], BalanceLayout(description.balance)
    inputs = {"initial": INITIAL, "carried_in": CARRIED_IN, "adjustment": ADJUSTMENT, "executed": EXECUTED}
    for name, amount in inputs.items():
        # The report says 财政资金 and names no fund; a wholly financed institution's is the general public budget.
        balance[funds.cell(name, funds.funds[0])] = amount
    for row in funds.public:
        # 2021年无三公经费支出
        balance[funds.public_cell("actual", row)] = 0
    return packed(book)


def main(arguments: list[str]) -> None:
    """Write every example into the folder, this one by default."""
    target = Path(arguments[0]) if arguments else Path(__file__).parent
    target.mkdir(parents=True, exist_ok=True)
    (target / "bishan-2021.xlsx").write_bytes(bishan())


if __name__ == "__main__":
    main(sys.argv[1:])
