"""What the file and form rules say."""

TEXTS: dict[str, tuple[str, str]] = {
    "rules_f.F001": (
        "{reason}",
        "{reason}",
    ),
    "rules_f.F001.basis": (
        "接收系统只收可直接打开的 .xlsx、.xlsm、.xls、.docx 文件",
        "Receiving systems take .xlsx, .xlsm, .xls and .docx files that open without a password",
    ),
    "rules_f.F002": (
        "没有认出绩效自评表。要找的栏名：{wanted}。请确认是否选错了文件。",
        "No self-evaluation form was recognised. Labels looked for: {wanted}. Check whether this is the right file.",
    ),
    "rules_f.F002.nearest": (
        "没有认出绩效自评表。要找的栏名：{wanted}；最接近的是“{label}”，只有：{labels}。请确认是否选错了文件，或"
        "改回模板的栏名。",
        "No self-evaluation form was recognised. Labels looked for: {wanted}; nearest is “{label}”, with only: "
        "{labels}. Check whether this is the right file, or restore the template's labels.",
    ),
    "rules_f.F002.no_label": (
        "没有认出绩效自评表。要找的栏名：{wanted}；“{label}”中一个也没有。请确认是否选错了文件。",
        "No self-evaluation form was recognised. Labels looked for: {wanted}; “{label}” has none of them. Check "
        "whether this is the right file.",
    ),
    "rules_f.F002.map": (
        "{reason}\n请确认文件是否按该模板填报，或改正映射文件。",
        "{reason}\nCheck whether the file was made from that template, or correct the map.",
    ),
    "rules_f.F002.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表及各地部门整体支出绩效自评表的栏目",
        "The columns of the form annexed to 财预〔2020〕10号 and of the regions' department forms",
    ),
    "rules_f.F003": (
        "{label} 应为一个数字，现为“{found}”，读不出来。请改填数字（千分位逗号每三位一个，或不用）。",
        "{label} must be one figure, but holds “{found}”. Enter a number (thousands separators every three "
        "digits, or none).",
    ),
    "rules_f.F003.sign": (
        "{label} 应为一个数字，现为“{found}”，带有比较符号。请填实际的数。",
        "{label} must be one figure, but “{found}” carries a comparison sign. Enter the actual number.",
    ),
    "rules_f.F003.date": (
        "{label} 应为一个数字，单元格里存的却是日期“{found}”。请把格式改为数值后重新填写。",
        "{label} must be one figure, but the cell holds the date “{found}”. Set a number format and enter the "
        "figure again.",
    ),
    "rules_f.F003.bool": (
        "{label} 应为一个数字，单元格里存的却是逻辑值“{found}”。请改填数字。",
        "{label} must be one figure, but the cell holds the truth value “{found}”. Enter a number.",
    ),
    "rules_f.F003.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表：该栏填写数字",
        "Form annexed to 财预〔2020〕10号: the column holds numbers",
    ),
    "rules_f.F004": (
        "{label} 写成了“{found}”，单位“{unit}”应写在栏名里，格中只填 {expected}（与表头单位不同的先换算）。",
        "{label} is written “{found}”; the unit “{unit}” belongs in the label. Enter {expected} alone, converted "
        "if the form's unit differs.",
    ),
    "rules_f.F004.basis": (
        "财预〔2020〕10号所附项目支出绩效自评表：单位写在栏名中",
        "Form annexed to 财预〔2020〕10号: units are printed in the labels",
    ),
    "rules_f.F005": (
        "{label} 的“{found}”是文本，不参加求和。请改为数字。",
        "{label}: “{found}” is stored as text and counts for nothing in a sum. Make it a number.",
    ),
    "rules_f.F005.basis": (
        "ECMA-376 第 1 部分：文本单元格不参加数值计算",
        "ECMA-376 part 1: a text cell takes no part in arithmetic",
    ),
    "rules_f.F006": (
        "“{found}”是模板里的提示或选项，没有填写。请填写，或删去。",
        "“{found}” is a prompt or an option list of the template, left as it was. Fill it in or remove it.",
    ),
    "rules_f.F006.row": (
        "占位行“{found}”后面没有内容。请填写指标，或删去这一行。",
        "Nothing stands behind the placeholder “{found}”. Enter the indicator or delete the row.",
    ),
    "rules_f.F006.basis": (
        "自评表模板的填写说明：提示文字在填报时删去",
        "The templates' instructions: prompts are removed when the form is filled in",
    ),
    "rules_f.F007": (
        "{label} 是错误值 {found}。请更正公式或改填数字。",
        "{label} is the error value {found}. Correct the formula or enter a number.",
    ),
    "rules_f.F007.caused": (
        "{label} 是错误值 {found}，由 {source} 的 {error} 引起。请先更正 {source}。",
        "{label} is the error value {found}, caused by {error} in {source}. Correct {source} first.",
    ),
    "rules_f.F007.read": (
        "{label}（{field}）的公式读到 {source} 的错误值 {found}。请更正 {source}。",
        "The formula of {label} ({field}) reads the error value {found} in {source}. Correct {source}.",
    ),
    "rules_f.F007.basis": (
        "错误值不能参加计算，接收系统不接收",
        "An error value cannot be computed with, and receiving systems refuse it",
    ),
    "rules_f.F015": (
        "{label}：名称“{found}”里有多余的空格或看不见的字符。请改为“{expected}”。",
        "{label}: the name “{found}” holds stray blanks or hidden characters. Write “{expected}”.",
    ),
    "rules_f.F015.brackets": (
        "{label}：名称“{found}”混用半角和全角括号（或有多余空格）。请改为“{expected}”。",
        "{label}: the name “{found}” mixes half- and full-width brackets (or holds stray blanks). Write “{expected}”.",
    ),
    "rules_f.F015.basis": (
        "接收系统按名称逐字匹配导入",
        "Receiving systems match names character by character",
    ),
    "rules_f.F016": (
        "{cells} 被合并单元格 {shown} 盖住，里面还有 {count} 格内容（如“{found}”），看不见却会被公式和接收系统读"
        "到。请清除。",
        "{cells}, covered by the merged cell {shown}, still hold {count} value(s) such as “{found}”: unseen, but "
        "read by formulas and receiving systems. Clear them.",
    ),
    "rules_f.F016.basis": (
        "ECMA-376 第 1 部分：合并区域只显示左上角单元格",
        "ECMA-376 part 1: a merged area shows its top-left cell only",
    ),
}
