"""一级或二级指标名称后写的分数与其下各指标权重之和不符。

## 检查什么
“产出指标（50分）”这样的一、二级指标，其下各指标权重（`其中…` 明细行不计）之和应等于所填的分数。按一、二级指标所在的单
元格分组。组内列有“预算执行率”一行的，计入或不计入相符都算相符；单元格留空、只凭位置归入上一级的行，计入或不计入相符都
算相符。

组内权重全空（或没有权重列）的不检查；部分空白的，只有已填的权重已经超过所填的分数才报错。两位以上小数的均摊尾差为提
示。

## 为什么
接收系统逐级核对分值，下级权重之和不等于上级的直接退回。常见原因是改了某个指标的权重而没有改标题里的分数。

## 错误示例
| 项目支出绩效自评表 | < | < | < |
| 一级指标 | 三级指标 | 分值 | 得分 |
| 产出指标（50分） | 完成数量 | 40 | 40 |
| ^ | 验收合格率 | 20 | 20 |
| 效益指标（30分） | 服务人数 | 30 | 30 |
| 满意度指标（10分） | 群众满意度 | 10 | 10 |

## 正确示例
| 项目支出绩效自评表 | < | < | < |
| 一级指标 | 三级指标 | 分值 | 得分 |
| 产出指标（60分） | 完成数量 | 40 | 40 |
| ^ | 验收合格率 | 20 | 20 |
| 效益指标（30分） | 服务人数 | 30 | 30 |
| 满意度指标（10分） | 群众满意度 | 10 | 10 |

## 依据
财预〔2020〕10号：一级指标权重统一设置，二、三级指标在其内分解；各地接收系统要求下级分值之和等于上级分值。
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xltools.checks.base import Form, Outcome, Rule, Severity, finding, not_checked
from xltools.checks.marks import listed, term
from xltools.evaluation import Indicator, Level
from xltools.figures import Figure, plain
from xltools.points import counting, exact_sum, is_execution_rate

RULE = Rule(code="W102", name="group-weight-sum", severity="error")


@dataclass
class Group:
    """The rows under one level cell that prints its points."""

    level: Level
    points: Decimal
    rows: list[tuple[Indicator, bool]] = field(default_factory=list)

    def figures(self, *, by_position: bool = True, execution: bool = True) -> list[Figure]:
        """The weights of the rows, with or without those that belong here by position only, and the execution rate."""
        return [
            row.weight
            for row, shown in self.rows
            if row.weight is not None and (shown or by_position) and (execution or not is_execution_rate(row))
        ]

    def has_gaps(self) -> bool:
        """Whether a row's weight is blank or unreadable."""
        weights = [row.get("weight") for row, _ in self.rows]
        return any(weight is None or weight.exact is None for weight in weights)

    def agrees(self) -> bool:
        """Whether any reading of the group gives the printed points."""
        readings = ((True, True), (True, False), (False, True), (False, False))
        return any(exact_sum(self.figures(by_position=one, execution=two)) == self.points for one, two in readings)


def check(form: Form) -> Iterator[Outcome]:
    """Compare each level's printed points with the weights under it."""
    rows = counting(form.evaluation)
    groups = [*_groups([(row, row.level1) for row in rows]), *_groups([(row, row.level2) for row in rows])]
    if not groups:
        yield not_checked(RULE, "reasons.no_level_points")
        return
    blank: list[str] = []
    for group in groups:
        total = exact_sum(group.figures())
        if not group.figures() or (not group.agrees() and group.has_gaps() and total < group.points):
            blank.append(group.level.name)
        elif not group.agrees():
            yield _wrong(form, group, total)
    if blank:
        yield not_checked(RULE, "reasons.group_weights_blank", names="、".join(blank))


def _groups(rows: Sequence[tuple[Indicator, Level | None]]) -> list[Group]:
    """The rows by the level cell that they stand under.

    A level printed anew in each of its rows, or once more after a page break, is one group, unless each of its cells
    agrees with its own rows.
    """
    chains: list[list[Group]] = []
    previous: Level | None = None
    for row, level in rows:
        if level is not None and level.weight is not None:
            if previous is None or (level.name, level.weight) != (previous.name, previous.weight):
                chains.append([])
            if not chains[-1] or _cell(chains[-1][-1].level) != _cell(level):
                chains[-1].append(Group(level, level.weight))
            chains[-1][-1].rows.append((row, level.shown))
        previous = level
    groups: list[Group] = []
    for chain in chains:
        if all(group.agrees() for group in chain):
            groups += chain
        else:
            groups.append(Group(chain[0].level, chain[0].points, [entry for group in chain for entry in group.rows]))
    return groups


def _cell(level: Level) -> tuple[str, int, int]:
    return (level.sheet, level.row, level.column)


def _wrong(form: Form, group: Group, total: Decimal) -> Outcome:
    figures = group.figures()
    places = max(figure.places for figure in figures)
    slack = Decimal(len(figures)) / 2 * Decimal(1).scaleb(-places)
    severity: Severity = "notice" if places >= 2 and abs(total - group.points) <= slack else "error"
    level = group.level
    return finding(
        RULE,
        None,
        "rules_w.W102",
        label=f"{level.name} · {term(form.evaluation, 'indicators', 'weight')}",
        found=plain(total),
        expected=plain(group.points),
        severity=severity,
        sheet=level.sheet,
        row=level.row,
        column=level.column,
        terms=listed(figures),
        difference=plain(abs(total - group.points)),
    )
