"""What the rules on targets and actuals (V) say."""

TEXTS: dict[str, tuple[str, str]] = {
    "rules_v.no_column": ("表中没有“{column}”栏", "the form has no column for the {column}"),
    "rules_v.no_header": (
        "表头没有单位名称、项目名称、主管部门、实施单位等标签",
        "the header has no label for unit, project, supervisor or implementing unit",
    ),
    "rules_v.no_core": (
        "政策要求核心指标不少于 {wanted} 个，但表中没有“是否核心指标”栏，也没有 ★ 标记",
        "the policy asks for at least {wanted} core indicators, but the form does not mark any",
    ),
    "rules_v.no_year": ("表上和文件名都没有写年度", "neither the form nor the file name gives a year"),
    "rules_v.undecided": ("{count} 行指标：{reason}", "{count} indicator rows: {reason}"),
    "rules_v.V101": (
        "指标值为空，完成值“{actual}”没有可比的目标。请按年初批复的绩效目标补填指标值。",
        "The target is blank: there is nothing to compare the actual '{actual}' with. Fill in the approved target.",
    ),
    "rules_v.V101.both": (
        "指标值和完成值都为空。请补填指标值和完成值；不用的行请删去，并调整分值。",
        "Target and actual are both blank. Fill them in, or remove the row and adjust the weights.",
    ),
    "rules_v.V101.basis": (
        "财预〔2020〕10号：逐项比较年初指标值与完成值",
        "财预〔2020〕10号: actuals are compared to targets",
    ),
    "rules_v.V102": (
        "完成值为空（指标值“{target}”）。请填写全年实际完成的结果。",
        "The actual is blank (target '{target}'). Fill in what was really achieved.",
    ),
    "rules_v.V102.both": (
        "完成值为空，指标值也为空。请补填；不用的行请删去，并调整分值。",
        "The actual is blank, and so is the target. Fill them in, or remove the row and adjust the weights.",
    ),
    "rules_v.V102.basis": (
        "财预〔2020〕10号：填列各项指标的全年实际完成值",
        "财预〔2020〕10号: the actual of every indicator",
    ),
    "rules_v.V103": (
        "定量指标没有计量单位，“{figure}”是多少什么看不出来。请填写计量单位。",
        "A quantitative indicator has no unit: '{figure}' of what? Fill in the unit of measure.",
    ),
    "rules_v.V103.basis": ("自评表“计量单位”栏", "the form's own column for units"),
    "rules_v.V104": (
        "指标值“{target}”是数字，完成值却写“{found}”。请填写实际完成的数。",
        "The target '{target}' is a number, but the actual says '{found}'. Fill in the number that was achieved.",
    ),
    "rules_v.V104.basis": (
        "财预〔2020〕10号：定量指标以完成值与指标值比较计分",
        "财预〔2020〕10号: quantitative indicators are scored by comparing numbers",
    ),
    "rules_v.V105": (
        "指标性质为定性，值却是数字“{found}”。请核对指标性质，或改填达成情况。",
        "The indicator calls itself qualitative, but its value is the number '{found}'. Check its nature or its value.",
    ),
    "rules_v.V105.basis": ("自评表“指标性质”栏", "the form's own column for the indicator's nature"),
    "rules_v.V106": (
        "完成值“{found}”比指标值“{target}”高 {over}%（{line}% 以上须说明），表中没有说明原因。"
        "请说明原因；指标值定低了的，请调整。",
        "The actual '{found}' is {over} % above the target '{target}' (from {line} % on a reason is needed), and none "
        "is given. Explain it, or correct a target that was set too low.",
    ),
    "rules_v.V106.basis": (
        "财预〔2020〕10号：完成值明显高于指标值的应分析原因；幅度线取自所用政策",
        "财预〔2020〕10号: results far above the target are to be explained; the line is the policy's",
    ),
    "rules_v.V107": (
        "完成值“{found}”照抄了指标值“{target}”的符号。请改填实际完成的数。",
        "The actual '{found}' repeats the target '{target}' with its sign. Fill in the number that was measured.",
    ),
    "rules_v.V107.basis": (
        "财预〔2020〕10号：完成值应填实际完成的结果",
        "财预〔2020〕10号: the actual is what was achieved",
    ),
    "rules_v.V108": (
        "“{label}”与 {earlier} 的指标重名。请合并，或改成各自的名称。",
        "'{label}' has the same name as the indicator in {earlier}. Merge the two, or name them apart.",
    ),
    "rules_v.V108.basis": ("财预〔2020〕10号：绩效指标不应交叉重复", "财预〔2020〕10号: indicators must not overlap"),
    "rules_v.V109": (
        "核心指标有 {found} 个，少于规定的 {wanted} 个。请补充标明核心指标。",
        "{found} core indicators are marked, fewer than the {wanted} asked for. Mark more of them.",
    ),
    "rules_v.V110": (
        "{place}“{text}”写的是 {found} 年，{leading}“{leading_text}”写的是 {expected} 年。请核对，改成同一年度。",
        "The {place} ('{text}') says {found}, the {leading} ('{leading_text}') says {expected}. Make them agree.",
    ),
    "rules_v.V110.filed": (
        "{place}“{text}”写的是 {found} 年，{leading}“{leading_text}”写的是 {expected} 年。"
        "如果 {found} 年是填报的年份，可以不改。",
        "The {place} ('{text}') says {found}, the {leading} ('{leading_text}') says {expected}. Nothing is wrong where "
        "{found} is the year of filing.",
    ),
    "rules_v.V110.basis": ("一张自评表只评一个预算年度", "a form evaluates one budget year"),
    "rules_v.place.title": ("标题", "title"),
    "rules_v.place.header": ("表头", "header"),
    "rules_v.place.cover": ("封面", "cover"),
    "rules_v.place.sheet": ("工作表名", "sheet name"),
    "rules_v.place.file": ("文件名", "file name"),
    "rules_v.V111": ("“{label}”没有填写。请补填。", "'{label}' is blank. Fill it in."),
    "rules_v.V111.basis": ("自评表表头必填项", "required fields of the form's header"),
    "rules_v.V112": (
        "指标值“{target}”的单位是“{first}”，完成值“{found}”的单位是“{second}”，不能比较。请按同一单位填写。",
        "The target '{target}' is in {first}, the actual '{found}' in {second}: they cannot be compared. Use one unit.",
    ),
    "rules_v.V112.scale": (
        "指标值“{target}”的单位是“{first}”，完成值“{found}”的单位是“{second}”，换算后相差千倍以上。请核对单位。",
        "The target '{target}' is in {first}, the actual '{found}' in {second}: converted, they are a thousand times "
        "apart. Check the units.",
    ),
    "rules_v.V112.convertible": (
        "指标值“{target}”的单位是“{first}”，完成值“{found}”的单位是“{second}”。请统一单位。",
        "The target '{target}' is in {first}, the actual '{found}' in {second}. Use one unit.",
    ),
    "rules_v.V112.basis": (
        "财预〔2020〕10号：完成值与指标值口径应一致",
        "财预〔2020〕10号: target and actual are comparable",
    ),
}
