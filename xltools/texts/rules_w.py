"""What the weight rules say."""

TEXTS: dict[str, tuple[str, str]] = {
    "rules_w.W101": (
        "{label}：各指标合计 {rows}（{terms}），加预算执行率 {execution} 为 {found}，应为 {expected}（{direction}"
        "{difference}）。请调整。",
        "{label}: the indicators make {rows} ({terms}), with the execution weight {execution} {found} instead of "
        "{expected} ({direction}{difference}). Adjust them.",
    ),
    "rules_w.W101.rows": (
        "{label}：各指标合计 {found}（{terms}），应为 {expected}（{direction}{difference}）。请调整。",
        "{label}: the indicators make {found} ({terms}) instead of {expected} ({direction}{difference}). Adjust them.",
    ),
    "rules_w.W101.short": (
        "{label}：各指标合计 {found}（{terms}），应为 {expected}（{direction}{difference}）。请调整，或补上预算执行率"
        "的分值。",
        "{label}: the indicators make {found} ({terms}) instead of {expected} ({direction}{difference}). Adjust them, "
        "or enter the execution weight.",
    ),
    "rules_w.W101.execution": (
        "{label}：各指标合计已是 {rows}，预算执行率另有 {execution}，共 {found}，超过满分 {expected}。请把各指标合计"
        "减去 {execution}，或取消执行率的分值。",
        "{label}: the indicators alone make {rows}, and the execution weight {execution} comes on top: {found} "
        "instead of {expected}. Reduce the indicators by {execution}, or drop the execution weight.",
    ),
    "rules_w.W101.rounding": (
        "各项{label}合计 {found}，与满分 {expected} 相差 {difference}，是均摊取小数的尾差。可把尾差并入其中一项。",
        "The weights make {found}, {difference} off {expected}: equal shares were rounded. Put the rest into one of "
        "them.",
    ),
    "rules_w.W101.basis": (
        "财预〔2020〕10号：自评满分 100 分；表上写明其他满分的以表为准",
        "财预〔2020〕10号: full marks are 100, or what the form itself prints",
    ),
    "rules_w.W102": (
        "{label}：标题写明 {expected} 分，其下各指标合计 {found}（{terms}），相差 {difference}。请使两者一致。",
        "{label}: the heading prints {expected} points, the weights under it make {found} ({terms}), {difference} "
        "apart. Make them agree.",
    ),
    "rules_w.W102.basis": (
        "下级指标分值之和等于上级分值（财预〔2020〕10号；接收系统逐级核对）",
        "The weights under a level add up to its points (财预〔2020〕10号; receiving systems check every level)",
    ),
    "rules_w.W103": (
        "{label} 空白，却有得分 {score}。请补填分值。",
        "{label} is blank, yet there is a score of {score}. Enter the weight.",
    ),
    "rules_w.W103.basis": (
        "财预〔2020〕10号：对每项指标设置权重并逐项打分",
        "财预〔2020〕10号: every indicator has a weight and is scored against it",
    ),
    "rules_w.W104": (
        "{label} 为 {found}，应为 {expected}。请更正，不计分的指标请删去该行或改作明细。",
        "{label} is {found}; it must be {expected}. Correct it, or remove an indicator that does not count.",
    ),
    "rules_w.W104.high": (
        "{label} 为 {found}，超过满分 {limit}。请检查小数点或百分比的写法。",
        "{label} is {found}, above the full marks of {limit}. Check the decimal point or the percent sign.",
    ),
    "rules_w.W104.basis": (
        "财预〔2020〕10号：各项权重之和为满分 100 分，每项大于 0",
        "财预〔2020〕10号: weights are positive and add up to the full marks of 100",
    ),
    "rules_w.W105": (
        "{label}为 {found}；{policy} 的默认分配是 {expected}。办法允许调整，确有需要的不必修改。",
        "{label}: {found}; the default of {policy} is {expected}. It may be adjusted where there is a need.",
    ),
    "rules_w.W105.basis": (
        "财预〔2020〕10号：原则上预算执行率 10、产出 50、效益 30、满意度 10，可作调整；地方办法另有规定的从其规定",
        "财预〔2020〕10号: execution 10, output 50, benefit 30, satisfaction 10 by default; adjustable, regions may "
        "differ",
    ),
}
