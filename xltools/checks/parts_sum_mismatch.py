"""资金总额应等于其各分项之和，逐栏核对。

## 检查什么
年初预算数、全年预算数、全年执行数等每一栏，把总额行与它的分项行相加之和比较；分项再分细项的，只在同一层相加；按不同
口径（资金来源、支出性质）拆分的各自相加。分项至少有一格填了数（0 除外），其余空格按 0 计；整栏分项都空则不查。表上
只列出一部分分项（如仅“其中：财政拨款”，没有其他资金行）时，分项之和小于总额是正常的，大于总额才是错误。总额空或为 0
而分项有数的，由 B103 报告；疑似元与万元混用的，由 B108 报告。总额取整或只留一位小数、各分项分别四舍五入（两位及以上
小数）造成的尾差为提示。

## 为什么
分项加总不等于总额是实际公布的自评表中最常见的差错（抽查 9 份有 4 份）。总额错则执行率、执行率得分、汇总表全错。

## 错误示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 210 | 210 | 210 | 100% |
| ^ | 其中：财政拨款 | 203 | 203 | 197.33 | 97.21% |
| ^ | 其他资金 | 7 | 7 | 5.638 | 80.54% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 灾备中心 | 1个 | 1个 |  |

## 正确示例
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| ^ | 年度资金总额 | 210 | 210 | 202.968 | 96.65% |
| ^ | 其中：财政拨款 | 203 | 203 | 197.33 | 97.21% |
| ^ | 其他资金 | 7 | 7 | 5.638 | 80.54% |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析 |
| 产出指标 | 数量指标 | 灾备中心 | 1个 | 1个 |  |

## 依据
财预〔2020〕10号所附项目支出绩效自评表：年度资金总额下列“其中：当年财政拨款、上年结转资金、其他资金”。
"""

from collections.abc import Iterator

from xltools.checks.amounts import (
    PLANNED,
    Family,
    all_families,
    empty_total_columns,
    part_slip,
    row_slips,
    split_again,
    sum_result,
    total_of,
)
from xltools.checks.base import Finding, Form, Outcome, Rule, finding, not_checked
from xltools.checks.cells import Skipped, row_label
from xltools.figures import Agreement, Figure, plain
from xltools.money import AMOUNTS, amount

RULE = Rule(code="B102", name="parts-sum-mismatch", severity="error")


def check(form: Form) -> Iterator[Outcome]:
    """Add up the parts of every total, column by column."""
    evaluation = form.evaluation
    if not evaluation.budget:
        yield not_checked(RULE, "reasons.no_budget")
        return
    found = all_families(evaluation)
    if not found:
        yield not_checked(RULE, "reasons.no_parts")
        return
    skipped, compared = Skipped(RULE), 0
    for family in found:
        empty = {column for column, _ in empty_total_columns(evaluation, family)}
        slipped = {
            column for row in (family.total, *family.parts) for pair in row_slips(evaluation, row) for column in pair
        }
        for column in AMOUNTS:
            total, shares = amount(evaluation, getattr(family.total, column)), family.shares(evaluation, column)
            if not shares:
                continue
            compared += 1
            if family.unreadable(column):
                skipped.add("reasons.budget_unreadable")
            elif column in empty:
                skipped.add("reasons.total_row_empty")
            elif total is None:
                if column in PLANNED and total_of(shares):
                    skipped.add("reasons.budget_blank")
            elif not total_of(shares) and len(shares) < len(family.parts):
                if total.exact:
                    skipped.add("reasons.budget_blank")
            elif column in slipped or part_slip(evaluation, family, column) is not None:
                skipped.add("reasons.unit_slip")
            else:
                yield from _compare(form, family, column, total, shares)
    if not compared:
        yield not_checked(RULE, "reasons.parts_blank")
    yield from skipped.outcomes()


def _compare(form: Form, family: Family, column: str, total: Figure, shares: list[Figure]) -> Iterator[Finding]:
    result, whole = sum_result(total, shares), total_of(shares)
    assert total.exact is not None
    # Of a few parts picked out, each may be anything up to the total; what is added and cut has no such bound.
    bounded = column != "adjustment" and whole >= total.exact
    if result is Agreement.EQUAL or not (family.complete or bounded) or split_again(total, shares):
        return
    key = "rules_b.B102.over" if not family.complete else "rules_b.B102"
    yield finding(
        RULE,
        getattr(family.total, column),
        "rules_b.B102.rounding" if result is Agreement.ROUNDING else key,
        label=row_label(form.evaluation, family.total, column),
        expected=plain(whole),
        severity="notice" if result is Agreement.ROUNDING else None,
        sum=" + ".join(plain(share.exact) for share in shares if share.exact is not None),
        difference=plain(abs(total.exact - whole)),
    )
