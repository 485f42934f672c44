"""What the score rules say."""

TEXTS: dict[str, tuple[str, str]] = {
    "rules_s.S101": (
        "{label} 填的是 {found}，按 {how} 应为 {expected}。请改为 {expected}，或更正得分、权重。",
        "{label} says {found}, but {how}: it must be {expected}. Correct it, or the score or weight.",
    ),
    "rules_s.S101.rounding": (
        "{label} 填的是 {found}，按 {how} 为 {expected}，末位取舍不同。",
        "{label} says {found}; {how} gives {expected}: cut off or rounded differently in the last place.",
    ),
    "rules_s.S101.basis": (
        "得分率 = 得分 ÷ 权重 × 100%；指标得分 = 得分系数 × 指标权重（重庆市部门整体绩效自评表）",
        "Score rate = score ÷ weight; score = coefficient × weight (form of Chongqing)",
    ),
    "rules_s.S102": (
        "{label} {found} 大于分值 {weight}。得分最高为 {weight}，请更正得分或分值。",
        "{label} {found} is above its weight of {weight}. The score cannot exceed it; correct one of them.",
    ),
    "rules_s.S102.merged": (
        "{label} {found} 大于所合并的 {count} 个指标分值之和 {weight}。请更正得分或分值。",
        "{label} {found} is above the weights of the {count} indicators it stands for, {weight} together. Correct one "
        "of them.",
    ),
    "rules_s.S102.basis": (
        "财预〔2020〕10号：指标得分不超过该指标的分值上限",
        "财预〔2020〕10号: a score does not exceed the indicator's weight",
    ),
    "rules_s.S103": (
        "{label} 填的是 {found}，而执行率得分 {execution} + 各指标得分 {rows} = {expected}，相差 {direction}"
        "{difference}。请核对各项得分并更正总分。",
        "{label} says {found}, but execution {execution} + indicators {rows} = {expected} ({direction}{difference}). "
        "Check the scores and correct the total.",
    ),
    "rules_s.S103.without_execution": (
        "{label} 填的是 {found}，等于各指标得分之和，没有计入执行率得分 {execution}；合计应为 {expected}。请计入执行率"
        "得分，或检查权重是否重复。",
        "{label} says {found}: the indicators' scores without the execution score {execution}; together {expected}. "
        "Add it, or check whether weights are counted twice.",
    ),
    "rules_s.S103.twice": (
        "{label} 填的是 {found}，执行率得分 {execution} 在预算部分和指标行里各计了一次；只计一次为 {expected}。请更正总"
        "分。",
        "{label} says {found}: the execution score {execution} is counted both in the budget block and among the "
        "indicators; counted once it is {expected}. Correct the total.",
    ),
    "rules_s.S103.rounding": (
        "{label} 填的是 {found}，各项之和为 {expected}，是取整或末位取舍的差别。",
        "{label} says {found}, the scores make {expected}: rounded to a whole number or in the last place.",
    ),
    "rules_s.S103.rows": (
        "{label} 填的是 {found}，而各指标得分之和 {terms} = {expected}，相差 {direction}{difference}。请核对各项得分"
        "并更正总分。",
        "{label} says {found}, but the scores {terms} make {expected} ({direction}{difference}). Check the scores and "
        "correct the total.",
    ),
    "rules_s.S103.basis": (
        "自评总分 = 预算执行率得分 + 各指标得分之和（财预〔2020〕10号自评表）",
        "Total = execution score + the indicators' scores (form of 财预〔2020〕10号)",
    ),
    "rules_s.S104": (
        "{label} 填的是 {found}，按 {how} 应为 {expected}。请更正得分或执行率。",
        "{label} says {found}, but {how}: it must be {expected}. Correct the score or the rate.",
    ),
    "rules_s.S104.rounding": (
        "{label} 填的是 {found}，按 {how} 为 {expected}，是取整或末位取舍的差别。",
        "{label} says {found}; {how} gives {expected}: rounded to a whole number or in the last place.",
    ),
    "rules_s.S104.basis": (
        "执行率得分 = min(执行率, 100%) × 分值；执行率 = 全年执行数 ÷ 全年预算数（财预〔2020〕10号自评表）",
        "Execution score = min(rate, 100 %) × weight; rate = spending ÷ budget of the year (form of 财预〔2020〕10号)",
    ),
    "rules_s.S105": (
        "{label} 空白，该项分值为 {weight}。请打分；得 0 分的填 0。",
        "{label} is blank, with a weight of {weight}. Enter the score, 0 if that is what it is.",
    ),
    "rules_s.S105.total": (
        "{label} 空白，而各项都已打分。请填写总分。",
        "{label} is blank although everything is scored. Enter the total.",
    ),
    "rules_s.S105.basis": (
        "财预〔2020〕10号：逐项打分并汇总成自评总分",
        "财预〔2020〕10号: every indicator is scored, and the scores are summed up",
    ),
    "rules_s.S106": (
        "{label} 有 {found} 分，而{actual}空白，没有打分依据。请补填{actual}，或取消得分。",
        "{label} is {found}, but the actual ({actual}) is blank: nothing supports the score. Enter it, or withdraw "
        "the score.",
    ),
    "rules_s.S106.both": (
        "{label} 有 {found} 分，而{target}和{actual}都空白，没有打分依据。请补填，或取消得分。",
        "{label} is {found}, but both the target ({target}) and the actual ({actual}) are blank. Enter them, or "
        "withdraw the score.",
    ),
    "rules_s.S106.basis": (
        "财预〔2020〕10号：对照绩效目标，按实际完成情况打分",
        "财预〔2020〕10号: scores follow from what was achieved against the target",
    ),
    "rules_s.S107": (
        "{label} 为满分 {found}，而指标值 {target}、完成值 {actual}，没有达到，也没有说明原因。应得 {expected}，请扣"
        "分并说明原因，或更正完成值。",
        "{label} is the full {found}, but the target is {target} and the actual {actual}: missed, and no reason is "
        "given. Expected is {expected}: deduct and explain, or correct the actual.",
    ),
    "rules_s.S107.reason": (
        "{label} 为满分 {found}，而指标值 {target}、完成值 {actual}，没有达到；说明的原因是“{reason}”。请确认不扣分是"
        "否成立。",
        "{label} is the full {found}, but the target is {target} and the actual {actual}: missed. The reason given is "
        '"{reason}". Check whether that justifies full marks.',
    ),
    "rules_s.S107.basis": (
        "财预〔2020〕10号：完成指标值的记全部分值，未完成的按完成值与指标值的比例记分",
        "财预〔2020〕10号: full weight for a target that was met, a proportional score otherwise",
    ),
    "rules_s.S108": (
        "{label} 为 {found}（分值 {weight}），而指标值 {target}、完成值 {actual}，已经达到，没有说明扣分原因。请说明"
        "原因，或更正得分、完成值。",
        "{label} is {found} of {weight}, but the target is {target} and the actual {actual}: met, and no reason is "
        "given. Explain the deduction, or correct the score or the actual.",
    ),
    "rules_s.S108.equal": (
        "{label} 为 {found}（分值 {weight}），而完成值 {actual} 与指标值 {target} 相同，没有说明扣分原因。请说明原"
        "因，或更正得分、完成值。",
        "{label} is {found} of {weight}, but the actual {actual} equals the target {target}, and no reason is given. "
        "Explain the deduction, or correct the score or the actual.",
    ),
    "rules_s.S108.basis": (
        "财预〔2020〕10号：完成指标值的，记该指标所赋全部分值",
        "财预〔2020〕10号: a target that was met earns its full weight",
    ),
    "rules_s.S109": (
        "{label} 为 {found}，指标值 {target}、完成值 {actual}，按比例应得 {how}。请按比例打分，或写明另行计分的办法。",
        "{label} is {found} (target {target}, actual {actual}); in proportion it is {how}. Score it in proportion, or "
        "state the rule that was used.",
    ),
    "rules_s.S109.rounding": (
        "{label} 为 {found}，按比例为 {how}，是取整或末位取舍的差别。",
        "{label} is {found}; in proportion it is {how}: rounded to a whole number or in the last place.",
    ),
    "rules_s.S109.basis": (
        "自评表写明：≥X 未完成的得 权重×完成值÷指标值，≤X 未完成的得 权重×指标值÷完成值，不超过权重",
        "Printed on official forms: weight × actual ÷ target for ≥, weight × target ÷ actual for ≤, at most the weight",
    ),
    "rules_s.S110": (
        "{label} 填的是“{found}”，而总分 {total}（满分 {marks}），按 {policy} 应为“{expected}”（{lower}% 及以上）。请更"
        "正等级或总分。",
        '{label} says "{found}", but a total of {total} of {marks} is "{expected}" under {policy} (from {lower} %). '
        "Correct the grade or the total.",
    ),
    "rules_s.S110.basis": (
        "财预〔2020〕10号：90（含）–100 分优，80（含）–90 分良，60（含）–80 分中，60 分以下差",
        "财预〔2020〕10号: 优 from 90, 良 from 80, 中 from 60, 差 below 60, lower bounds included",
    ),
    "rules_s.S111": (
        "{label} {found}，而预算执行率只有 {rate}%（低于 {below}%），总分不得超过 {limit}。请复核得分。",
        "{label} is {found}, but the execution rate is {rate} % (below {below} %), which caps the total at {limit}. "
        "Review the scores.",
    ),
    "rules_s.S111.basis": (
        "评分办法按预算执行率规定的总分上限（部分地区）",
        "The cap that the scoring policy sets for low execution (some regions)",
    ),
    "rules_s.S112": (
        "{label} 为 {found}，得分不能小于 0。请填实际得分，不要填扣分数。",
        "{label} is {found}; a score cannot be negative. Enter the points earned, not the points lost.",
    ),
    "rules_s.S112.basis": (
        "财预〔2020〕10号：得分在 0 与分值之间",
        "财预〔2020〕10号: a score lies between 0 and the weight",
    ),
    "rules_s.S113": (
        "{label} 为 {found}（权重的 {share}%），而完成值写“{actual}”，属“{tier}”档，应在 {lower}%–{upper}% 之间，即 "
        "{expected}。请使文字和得分一致。",
        '{label} is {found} ({share} % of the weight), but the actual "{actual}" claims the tier "{tier}", {lower}–'
        "{upper} %, that is {expected}. Make wording and score agree.",
    ),
    "rules_s.S113.basis": (
        "财预〔2020〕10号：定性指标按达成、部分达成、未达成三档，在规定比例内打分",
        "财预〔2020〕10号: qualitative indicators are scored within the tier that was reached",
    ),
    "rules_s.S114": (
        "{label} 为 {found}（分值 {weight}），指标值 {target}、完成值 {actual}，没有达到，{place}一栏没有说明。请填写"
        "原因和改进措施。",
        "{label} is {found} of {weight} (target {target}, actual {actual}: missed), and the reason ({place}) is "
        "blank. Enter the reason and what will be done.",
    ),
    "rules_s.S114.no_place": (
        "{label} 为 {found}（分值 {weight}），指标值 {target}、完成值 {actual}，没有达到，表上没有说明原因。请在备注"
        "或自评报告中写明原因和改进措施。",
        "{label} is {found} of {weight} (target {target}, actual {actual}: missed), and the form gives no reason. "
        "State it in a note or in the report.",
    ),
    "rules_s.S114.basis": (
        "财预〔2020〕10号：未完成绩效目标的，要分析说明原因并提出改进措施",
        "财预〔2020〕10号: a target that was missed is explained, with measures to improve",
    ),
}
