"""Which policy a form belongs to, by what the form itself prints: its title, its labels, its points.

A file name says nothing here: files are renamed on their way. The unit's name and the supervisor are content of the
form.
"""

import re
from decimal import Decimal

from xltools.evaluation import Evaluation
from xltools.figures import fold

NATIONAL = "mof-2020-10"

_REGIONS = (
    ("chongqing", re.compile(r"重庆|渝财")),
    ("hubei", re.compile(r"湖北|鄂财")),
    ("sichuan", re.compile(r"四川|川财")),
)
_CHONGQING = re.compile(r"财政(?:主管)?处室|是否核心指标|执行率权重|得分系数")
_SICHUAN = re.compile(r"部门预算项目支出绩效自评表|510000_?\d*zp|项目实施内容及过程概述|年度目标完成情况.*项目年度目标")
_HUBEI = re.compile(r"得分\(?20分\*执行率|偏差大或目标未完成原因分析|改进措施及结果应用方案")
_TWENTY = Decimal(20)


def policy_name(evaluation: Evaluation) -> str:
    """The name of the policy whose marks the form bears; the national one where it bears none.

    A region that the title, the unit or the supervisor names goes before the marks of a regional layout (重庆:
    财政处室, 执行率权重, 核心指标; 四川: form 510000_0013zp; 湖北: 20 points for execution, 80 for indicators).
    """
    title = fold(evaluation.title.text) if evaluation.title else ""
    unit = evaluation.unit
    named = title + "".join(
        fold(figure.text) for figure in (unit.name, unit.supervisor, unit.implementer) if figure is not None
    )
    for name, words in _REGIONS:
        if words.search(named):
            return name
    printed = title + "|" + "|".join(fold(label.text) for label in evaluation.columns)
    printed += "|" + "|".join(fold(remark.text) for remark in (*evaluation.remarks, *evaluation.rules))
    if len(set(_CHONGQING.findall(printed))) >= 2 or (evaluation.form == "department" and _CHONGQING.search(printed)):
        return "chongqing"
    if _SICHUAN.search(printed):
        return "sichuan"
    if _HUBEI.search(printed) or evaluation.execution_points == _TWENTY:
        return "hubei"
    return NATIONAL
