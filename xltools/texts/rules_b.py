"""What the budget rules say."""

TEXTS: dict[str, tuple[str, str]] = {
    "rules_b.B101": (
        "{label} 填的是 {found}，按 {spent} ÷ {budget} 应为 {percent}。请按全年执行数 ÷ {budget_label} 更正执行率，或"
        "更正金额。",
        "{label} says {found}, but {spent} ÷ {budget} is {percent}. Correct the rate (spending ÷ {budget_label}) "
        "or the amounts.",
    ),
    "rules_b.B101.rounding": (
        "{label} 填的是 {found}，按 {spent} ÷ {budget} 为 {percent}，末位取舍不同。",
        "{label} says {found}; {spent} ÷ {budget} is {percent}: cut off or rounded differently in the last place.",
    ),
    "rules_b.B101.initial": (
        "{label} 填的是 {found}，是按 {initial_label} 算的（{spent} ÷ {initial}）；应按 {budget_label} 计算：{spent} "
        "÷ {budget} = {percent}。",
        "{label} says {found}, computed on {initial_label} ({spent} ÷ {initial}); on {budget_label} it is {spent}"
        " ÷ {budget} = {percent}.",
    ),
    "rules_b.B101.capped": (
        "{label} 填的是 {found}，而 {spent} ÷ {budget} = {percent}。按 100% 封顶的是执行率得分，执行率本身应如实填列。",
        "{label} says {found}, but {spent} ÷ {budget} = {percent}. It is the score that is capped at 100%; state "
        "the rate as it is.",
    ),
    "rules_b.B101.zero": (
        "{label} 填的是 {found}，而预算数和执行数都是 0，没有执行率可算。请填 0% 或留空，或补填金额。",
        "{label} says {found}, but budget and spending are both 0: there is no rate. Enter 0%, leave it blank, "
        "or fill in the amounts.",
    ),
    "rules_b.B101.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表：执行率 = 全年执行数（B）÷ 全年预算数（A）",
        "Form annexed to 财预〔2020〕10号: execution rate = spending (B) ÷ budget of the year (A)",
    ),
    "rules_b.B102": (
        "{label} 为 {found}，各分项之和为 {expected}（{sum}），相差 {difference}。请核对总额和各分项。",
        "{label} is {found}, but its parts add up to {expected} ({sum}): a difference of {difference}. Check the "
        "total and its parts.",
    ),
    "rules_b.B102.over": (
        "{label} 为 {found}，所列分项之和却有 {expected}（{sum}），多出 {difference}。分项不能大于总额，请核对。",
        "{label} is {found}, but the parts listed come to {expected} ({sum}), {difference} more. Parts cannot "
        "exceed their total.",
    ),
    "rules_b.B102.rounding": (
        "{label} 为 {found}，各分项之和为 {expected}（{sum}），相差 {difference}，属四舍五入尾差。",
        "{label} is {found}, its parts add up to {expected} ({sum}): a rounding difference of {difference}.",
    ),
    "rules_b.B102.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表：年度资金总额为其下各项资金之和",
        "Form annexed to 财预〔2020〕10号: the year's total is the sum of the funds listed under it",
    ),
    "rules_b.B103": (
        "{label} 为空或为 0，而分项合计为：{sums}。请在总额行填入分项之和，执行率和得分都按总额行计算。",
        "{label} is blank or 0, while its parts add up to: {sums}. Enter the sums in the total row: rate and "
        "score are taken from it.",
    ),
    "rules_b.B103.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表：执行率及其得分按年度资金总额行计算",
        "Form annexed to 财预〔2020〕10号: the execution rate and its score are those of the total row",
    ),
    "rules_b.B104": (
        "{label} 为 {found}，而 年初 + 上年结转 + 年中调整 = {sum} = {expected}，相差 {difference}。请核对这四个数。",
        "{label} is {found}, but initial + carried in + adjustment = {sum} = {expected}: a difference of "
        "{difference}. Check all four.",
    ),
    "rules_b.B104.rounding": (
        "{label} 为 {found}，而 年初 + 上年结转 + 年中调整 = {sum} = {expected}，属四舍五入尾差。",
        "{label} is {found}; initial + carried in + adjustment = {sum} = {expected}: a rounding difference.",
    ),
    "rules_b.B104.basis": (
        "财预〔2013〕53号：预算调整数为年初预算之后的追加、追减和结构调整",
        "财预〔2013〕53号: the adjustment is what was added to or cut from the initial budget",
    ),
    "rules_b.B105": (
        "{label} 为 {found}，而 {budget_label} {budget} − 执行数 {spent} = {expected}。请核对预算数、执行数和结转"
        "结余。",
        "{label} is {found}, but {budget_label} {budget} − spending {spent} = {expected}. Check the three amounts.",
    ),
    "rules_b.B105.rounding": (
        "{label} 为 {found}，而 {budget_label} {budget} − 执行数 {spent} = {expected}，属四舍五入尾差。",
        "{label} is {found}; {budget_label} {budget} − spending {spent} = {expected}: a rounding difference.",
    ),
    "rules_b.B105.basis": (
        "财预〔2013〕53号：结转结余 = 支出预算数 − 支出完成数",
        "财预〔2013〕53号: what is carried over is the budget less what was spent",
    ),
    "rules_b.B106": (
        "{label} {found} 大于 {budget_label} {budget}，超出 {difference}。请核对：追加的预算是否已填入；确属超支"
        "的，请说明原因。",
        "{label} {found} exceeds {budget_label} {budget} by {difference}. Check whether additions are entered; "
        "explain a real overspend.",
    ),
    "rules_b.B106.parts": (
        "{label} {found} 大于 {budget_label} {budget}，超出 {difference}（{parts}）。请核对：追加的预算是否已填入"
        "；确属超支的，请说明原因。",
        "{label} {found} exceeds {budget_label} {budget} by {difference} ({parts}). Check whether additions are "
        "entered; explain a real overspend.",
    ),
    "rules_b.B106.basis": (
        "《中华人民共和国预算法》第十三条：支出必须以经批准的预算为依据",
        "Budget Law of the PRC, article 13: spending must be based on an approved budget",
    ),
    "rules_b.B107": (
        "{label} 有 {found}，而 {budget_label} 为 {budget}。请填入全年（调整后）预算数。",
        "{label} is {found}, but {budget_label} is {budget}. Enter the adjusted budget of the year.",
    ),
    "rules_b.B107.blank": (
        "{label} 有 {found}，而 {budget_label} 为空。请填入全年（调整后）预算数。",
        "{label} is {found}, but {budget_label} is blank. Enter the adjusted budget of the year.",
    ),
    "rules_b.B107.adjusted_blank": (
        "{label} 有 {found}，年初预算数 {initial}，而 {budget_label} 为空。预算没有调整的，请照填年初数。",
        "{label} is {found} and the initial budget {initial}, but {budget_label} is blank. Repeat the initial "
        "budget if nothing changed.",
    ),
    "rules_b.B107.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表：执行率以全年预算数为分母；《中华人民共和国预算法》第十三条",
        "Form annexed to 财预〔2020〕10号: the rate is measured against the budget of the year; Budget Law, article 13",
    ),
    "rules_b.B108": (
        "{label} 为 {found}，与 {other_label} {other} 相差约一万倍，疑似元与万元混填。表的金额单位：{unit}。请统"
        "一单位。",
        "{label} is {found}, about 10,000 times off {other_label} {other}: 元 and 万元 seem mixed. Unit of the "
        "form: {unit}. Use one unit.",
    ),
    "rules_b.B108.total": (
        "{label} 为 {found}，与各分项之和 {sum} 相差约一万倍，疑似元与万元混填。表的金额单位：{unit}。请统一单位。",
        "{label} is {found}, about 10,000 times off the sum of its parts, {sum}: 元 and 万元 seem mixed. Unit of "
        "the form: {unit}.",
    ),
    "rules_b.B108.part": (
        "{label} 为 {found}，换算一万倍后分项之和才等于总额 {total}，疑似元与万元混填。表的金额单位：{unit}。请统"
        "一单位。",
        "{label} is {found}; only after a factor of 10,000 do the parts add up to {total}: 元 and 万元 seem "
        "mixed. Unit of the form: {unit}.",
    ),
    "rules_b.B108.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表：一张表的金额用同一单位（万元）",
        "Form annexed to 财预〔2020〕10号: all amounts of a form are in one unit (万元)",
    ),
    "rules_b.B109": (
        "{label} 为负数 {found}。预算、执行和结转金额不能小于 0；调减请填在年中调整数。",
        "{label} is negative: {found}. Budget, spending and carry-over cannot be below 0; a cut belongs in the "
        "adjustment.",
    ),
    "rules_b.B109.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表：各栏填预算安排数和支出数",
        "Form annexed to 财预〔2020〕10号: the columns hold budget and spending",
    ),
    "rules_b.B110": (
        "{label} 写成了小数 {found}，应写成百分数 {expected}，以免被读成 {found}%。",
        "{label} is written as a fraction, {found}; write it as {expected}, lest it be read as {found}%.",
    ),
    "rules_b.B110.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表：执行率以百分数表示",
        "Form annexed to 财预〔2020〕10号: the execution rate is a percentage",
    ),
    "rules_b.B111": (
        "{label} 重复了“{total}”行的分值 {weight} 和得分 {found}，按列相加会算两次。分项行请填“—”。",
        "{label} repeats weight {weight} and score {found} of “{total}”, so that the column counts them twice. "
        "Enter a dash in the part.",
    ),
    "rules_b.B111.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表：分值、得分只填在年度资金总额行",
        "Form annexed to 财预〔2020〕10号: weight and score stand in the total row only",
    ),
    "rules_b.B112": (
        "{label} {found} 与 {initial_label} {initial} 不同（{difference}），表上没有说明追加或调减的原因。",
        "{label} {found} differs from {initial_label} {initial} ({difference}), and nothing on the form says why.",
    ),
    "rules_b.B112.basis": (
        "四川省部门预算项目支出绩效自评表（510000_0013zp）：追加、调减均需说明原因",
        "Sichuan's project form (510000_0013zp): every addition and cut is to be explained",
    ),
    "rules_b.B113": (
        "{label} 为 {percent}，低于 {line}%，表上没有说明原因。请在原因栏写明未执行完的原因。",
        "{label} is {percent}, below {line}%, and the form gives no reason. State why the budget was not spent.",
    ),
    "rules_b.B113.basis": (
        "四川省部门预算项目支出绩效自评表（510000_0013zp）：预算执行率低于 90% 须说明原因（界线可在评分办法中调整）",
        "Sichuan's project form (510000_0013zp): a rate below 90% is to be explained (the line is a setting of "
        "the policy)",
    ),
}
