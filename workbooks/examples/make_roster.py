"""Make the example data workbook anew: `python workbooks/examples/make_roster.py [FOLDER]`.

`roster-2022.xlsx` holds twelve subordinate units of a department that does not exist (云岭区农业农村委员会), with what
`xltools fill chongqing-department roster-2022.xlsx -o FOLDER` needs: the units, their budgets, and their indicators, of
which four are common to all (their 单位编码 is blank). One unit has more indicators than the form has rows.
"""

import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

from xltools.templates.package import packed

YEAR = 2022
DEPARTMENT = "云岭区农业农村委员会"


class Indicator(NamedTuple):
    """An indicator: name, unit, sign, target, actual, weight, and why it was missed where it was."""

    name: str
    unit: str
    sign: str
    target: str
    actual: str
    weight: int
    reason: str = ""

    def score(self) -> Decimal:
        """Full marks where the target is met, else the share that was reached, to two decimals."""
        target, actual, weight = Decimal(self.target), Decimal(self.actual), Decimal(self.weight)
        met = actual >= target if self.sign == "≥" else actual <= target if self.sign == "≤" else actual == target
        if met:
            return weight
        share = target / actual if self.sign == "≤" else actual / target
        return (weight * share).quantize(Decimal("0.01"), ROUND_HALF_UP)


class Unit(NamedTuple):
    """A unit: code, name, contact, phone, goals, amounts in 万元 (initial, carried in, adjustment, executed)."""

    code: str
    name: str
    contact: str
    phone: str
    planned: str
    achieved: str
    amounts: tuple[str, str, str, str]
    indicators: tuple[Indicator, ...]


COMMON = (
    Indicator("预决算信息公开率", "%", "=", "100", "100", 5),
    Indicator("财政供养人员控制率", "%", "≤", "100", "98.5", 5),
    Indicator("政府采购执行率", "%", "≥", "95", "98", 5),
    Indicator("安全生产责任事故", "起", "≤", "0", "0", 5),
)
"""20 of the 90 points that the indicators have; the other 70 are each unit's own."""

UNITS = (
    Unit(
        "301001", "云岭区农业技术推广站", "周敏", "023-40000101",
        "推广主要农作物新品种和绿色高产技术，开展农民技术培训。",
        "推广新品种18个，绿色高产示范面积2.1万亩，培训农民1560人次。",
        ("486.352", "12.4", "-8.15", "478.266"),
        (
            Indicator("推广农作物新品种数量", "个", "≥", "18", "18", 20),
            Indicator("绿色高产示范面积", "万亩", "≥", "2", "2.1", 15),
            Indicator("培训农民人次", "人次", "≥", "1500", "1560", 15),
            Indicator("技术到位率", "%", "≥", "95", "96.2", 10),
            Indicator("服务对象满意度", "%", "≥", "90", "94", 10),
        ),
    ),
    Unit(
        "301002", "云岭区动物疫病预防控制中心", "李国强", "023-40000102",
        "实施重大动物疫病强制免疫，开展疫情监测和流行病学调查。",
        "强制免疫应免尽免，监测样品5210份，未发生区域性重大动物疫情。",
        ("652.7", "0", "15.36", "651.904"),
        (
            Indicator("强制免疫密度", "%", "≥", "90", "97.5", 20),
            Indicator("免疫抗体合格率", "%", "≥", "70", "85.3", 15),
            Indicator("监测样品数量", "份", "≥", "5000", "5210", 15),
            Indicator("区域性重大动物疫情", "起", "≤", "0", "0", 10),
            Indicator("养殖场户满意度", "%", "≥", "90", "93", 10),
        ),
    ),
    Unit(
        "301003", "云岭区农产品质量安全检测中心", "王晓燕", "023-40000103",
        "开展农产品例行监测和监督抽查，推进承诺达标合格证制度。",
        "完成例行监测1200批次，合格率98.9%，发布监测通报12期。",
        ("318.44", "5.2", "0", "309.617"),
        (
            Indicator("例行监测批次", "批次", "≥", "1200", "1200", 20),
            Indicator("监测合格率", "%", "≥", "98", "98.9", 20),
            Indicator("监测通报期数", "期", "=", "12", "12", 10),
            Indicator("检测报告及时率", "%", "≥", "98", "99.1", 10),
            Indicator("受检单位满意度", "%", "≥", "90", "92.4", 10),
        ),
    ),
    Unit(
        "301004", "云岭区农业机械化技术推广站", "赵军", "023-40000104",
        "落实农机购置补贴政策，推广丘陵山区适用农机具。",
        "补贴机具2380台（套），综合机械化水平提高到56.8%。",
        ("275.9", "3.05", "-6.4", "262.118"),
        (
            Indicator("补贴机具数量", "台（套）", "≥", "2300", "2380", 20),
            Indicator("综合机械化水平", "%", "≥", "56", "56.8", 20),
            Indicator("农机手培训人数", "人", "≥", "400", "412", 10),
            Indicator("补贴资金兑付及时率", "%", "=", "100", "100", 10),
            Indicator("购机农户满意度", "%", "≥", "90", "95", 10),
        ),
    ),
    Unit(
        "301005", "云岭区水产技术推广站", "陈思远", "023-40000105",
        "推广稻渔综合种养和健康养殖技术，实施渔业资源增殖放流。",
        "稻渔综合种养1.35万亩，增殖放流鱼苗620万尾。",
        ("198.6", "0", "9.8", "201.337"),
        (
            Indicator("稻渔综合种养面积", "万亩", "≥", "1.3", "1.35", 20),
            Indicator("增殖放流数量", "万尾", "≥", "600", "620", 20),
            Indicator("水产苗种产地检疫率", "%", "≥", "95", "100", 10),
            Indicator("养殖尾水达标率", "%", "≥", "90", "91.5", 10),
            Indicator("养殖户满意度", "%", "≥", "90", "92", 10),
        ),
    ),
    Unit(
        "301006", "云岭区种子管理站", "刘洋", "023-40000106",
        "开展种子市场检查和质量抽检，保护和利用种质资源。",
        "抽检种子样品260个，质量合格率99.2%，收集种质资源46份。",
        ("164.28", "1.5", "0", "160.932"),
        (
            Indicator("种子样品抽检数量", "个", "≥", "260", "260", 20),
            Indicator("种子质量合格率", "%", "≥", "98", "99.2", 20),
            Indicator("收集种质资源份数", "份", "≥", "50", "46", 10, "部分乡镇普查推迟，已安排2023年一季度补齐"),
            Indicator("市场检查覆盖率", "%", "=", "100", "100", 10),
            Indicator("经营者满意度", "%", "≥", "90", "93.5", 10),
        ),
    ),
    Unit(
        "301007", "云岭区农业综合行政执法支队", "孙立新", "023-40000107",
        "开展农资打假、渔政、动物卫生、农机安全等综合执法，维护生产秩序。",
        "出动执法人员4620人次，检查生产经营主体2105家，办结案件128件。",
        ("893.155", "20.6", "-31.2", "871.473"),
        (
            Indicator("出动执法人次", "人次", "≥", "4500", "4620", 5),
            Indicator("检查生产经营主体", "家", "≥", "2100", "2105", 5),
            Indicator("办结案件数量", "件", "≥", "120", "128", 5),
            Indicator("农资抽检批次", "批次", "≥", "300", "306", 5),
            Indicator("渔政巡查次数", "次", "≥", "240", "252", 5),
            Indicator("农机安全检查次数", "次", "≥", "180", "180", 5),
            Indicator("动物卫生监督检查次数", "次", "≥", "360", "365", 5),
            Indicator("执法培训人次", "人次", "≥", "150", "156", 5),
            Indicator("案件按期办结率", "%", "≥", "98", "99.2", 5),
            Indicator("案卷评查合格率", "%", "≥", "95", "97", 5),
            Indicator("投诉举报办理及时率", "%", "=", "100", "100", 5),
            Indicator("行政复议被纠错案件", "件", "≤", "0", "0", 5),
            Indicator("农资打假追回损失", "万元", "≥", "30", "32.6", 5),
            Indicator("群众满意度", "%", "≥", "90", "91", 5),
        ),
    ),
    Unit(
        "301008", "云岭区农村经营管理站", "何芳", "023-40000108",
        "指导农村集体产权制度改革和土地承包管理，培育新型经营主体。",
        "集体资产清查村（社区）186个，新增示范合作社22家。",
        ("232.5", "0", "4.28", "230.05"),
        (
            Indicator("集体资产清查村数量", "个", "=", "186", "186", 20),
            Indicator("新增示范合作社", "家", "≥", "20", "22", 20),
            Indicator("土地承包纠纷调处率", "%", "≥", "95", "97.6", 10),
            Indicator("会计委托代理覆盖率", "%", "=", "100", "100", 10),
            Indicator("农户满意度", "%", "≥", "90", "92.8", 10),
        ),
    ),
    Unit(
        "301009", "云岭区畜牧技术推广站", "吴昊", "023-40000109",
        "推广良种繁育和粪污资源化利用技术，稳定生猪产能。",
        "能繁母猪存栏2.62万头，粪污综合利用率92.4%。",
        ("287.036", "6.9", "-2.2", "284.511"),
        (
            Indicator("能繁母猪存栏", "万头", "≥", "2.6", "2.62", 20),
            Indicator("粪污综合利用率", "%", "≥", "90", "92.4", 20),
            Indicator("良种补贴母猪数量", "万头", "≥", "1.2", "1.22", 10),
            Indicator("技术培训期数", "期", "≥", "8", "8", 10),
            Indicator("养殖户满意度", "%", "≥", "90", "94.1", 10),
        ),
    ),
    Unit(
        "301010", "云岭区农业生态与资源保护站", "郑洁", "023-40000110",
        "实施化肥农药减量和废旧农膜回收，开展耕地质量监测。",
        "化肥用量减少1.2%，农膜回收率91.3%，监测点36个全部完成。",
        ("205.77", "2.3", "0", "199.846"),
        (
            Indicator("耕地质量监测点", "个", "=", "36", "36", 20),
            Indicator("农膜回收率", "%", "≥", "90", "91.3", 20),
            Indicator("化肥用量减少率", "%", "≥", "1", "1.2", 10),
            Indicator("秸秆综合利用率", "%", "≥", "88", "89.7", 10),
            Indicator("农户满意度", "%", "≥", "90", "91.6", 10),
        ),
    ),
    Unit(
        "301011", "云岭区经济作物技术推广站", "罗欣", "023-40000111",
        "发展柑橘、茶叶、蔬菜等特色产业，建设标准化示范园。",
        "新建标准化示范园9个，特色产业面积达到21.6万亩。",
        ("176.91", "0", "7.5", "181.226"),
        (
            Indicator("新建标准化示范园", "个", "≥", "10", "9", 20, "1个示范园选址调整，2023年3月完工"),
            Indicator("特色产业面积", "万亩", "≥", "21", "21.6", 20),
            Indicator("良种覆盖率", "%", "≥", "92", "93.4", 10),
            Indicator("病虫害统防统治率", "%", "≥", "45", "46.5", 10),
            Indicator("种植户满意度", "%", "≥", "90", "93", 10),
        ),
    ),
    Unit(
        "301012", "云岭区农业信息中心", "唐磊", "023-40000112",
        "运行农业农村大数据平台，采集发布市场信息，推进益农信息社建设。",
        "发布市场信息5460条，平台全年可用率99.95%。",
        ("142.365", "0.85", "0", "141.02"),
        (
            Indicator("发布市场信息", "条", "≥", "5000", "5460", 20),
            Indicator("平台可用率", "%", "≥", "99.9", "99.95", 20),
            Indicator("益农信息社覆盖率", "%", "≥", "90", "94.6", 10),
            Indicator("数据更新及时率", "%", "≥", "98", "99.3", 10),
            Indicator("用户满意度", "%", "≥", "90", "95.2", 10),
        ),
    ),
)  # fmt: skip

WIDTHS = {
    "单位": (11, 30, 8, 22, 12, 16, 52, 52),
    "预算": (11, 20, 14, 14, 14, 12, 12),
    "指标": (11, 24, 10, 10, 10, 12, 12, 12, 40),
}


def roster() -> bytes:
    """The data workbook as the bytes of an .xlsx."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    units = book.active
    assert units is not None
    units.title = "单位"
    units.append(
        ["单位编码", "单位名称", "年度", "主管部门", "部门联系人", "联系电话", "年初绩效目标", "全年目标实际完成情况"]
    )
    budget = book.create_sheet("预算")
    budget.append(["单位编码", "项目", "年初预算数", "全年预算数", "全年执行数", "上年结转", "年中调整"])
    indicators = book.create_sheet("指标")
    indicators.append(
        [
            "单位编码",
            "指标名称",
            "计量单位",
            "指标性质",
            "指标值",
            "指标权重（分）",
            "全年完成值",
            "指标得分（分）",
            "说明",
        ]
    )
    for unit in UNITS:
        units.append([unit.code, unit.name, YEAR, DEPARTMENT, unit.contact, unit.phone, unit.planned, unit.achieved])
        initial, carried, adjustment, executed = map(Decimal, unit.amounts)
        adjusted = initial + carried + adjustment
        for item in ("年度总金额", "其中：财政拨款"):
            budget.append([unit.code, item, initial, adjusted, executed])
        budget.append([unit.code, "一般公共预算拨款", initial, None, executed, carried, adjustment])
    for code, group in [("", COMMON), *((unit.code, unit.indicators) for unit in UNITS)]:
        for row in group:
            figures = (Decimal(row.target), row.weight, Decimal(row.actual), row.score())
            indicators.append([code or None, row.name, row.unit, row.sign, *figures, row.reason or None])
    for sheet in book.worksheets:
        sheet.freeze_panes = "A2"
        for column, width in zip("ABCDEFGHI", WIDTHS[sheet.title], strict=False):
            sheet.column_dimensions[column].width = width
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="DDEBF7")
            cell.alignment = Alignment(horizontal="center", vertical="center")
    return packed(book)


def main(arguments: list[str]) -> None:
    """Write the data workbook into the folder, this one by default."""
    target = Path(arguments[0]) if arguments else Path(__file__).parent
    target.mkdir(parents=True, exist_ok=True)
    (target / "roster-2022.xlsx").write_bytes(roster())


if __name__ == "__main__":
    main(sys.argv[1:])
