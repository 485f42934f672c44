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
    "rules_f.F008": (
        "{label} 存的结果是 {found}，按公式重新计算应为 {expected}（{formula}）。请在 Excel 或 WPS 中重新计算（F9）后"
        "保存。",
        "{label} stores {found}, but its formula gives {expected} ({formula}). Recalculate (F9) in Excel or WPS and "
        "save.",
    ),
    "rules_f.F008.invisible": (
        "{label} 存的结果是 {found}，重新计算为 {expected}，按单元格格式显示相同（{formula}）。",
        "{label} stores {found}, its formula gives {expected}; both look the same in the cell's format ({formula}).",
    ),
    "rules_f.F008.missing": (
        "工作表中有 {count} 个公式没有存计算结果（{cells}），预览和接收系统看到的是空白；{first} 应为 {expected}。请"
        "用 Excel 或 "
        "WPS 打开后保存。",
        "{count} formula(s) of the sheet have no stored result ({cells}): previews and receiving systems see blanks; "
        "{first} "
        "should be {expected}. Open the file in Excel or WPS and save it.",
    ),
    "rules_f.F008.sheet": (
        "工作表中有 {count} 个公式存的是旧的结果（{cells}）：{first} 存的是 {found}，应为 {expected}。请重新计算（"
        "F9）后保存。",
        "{count} formula(s) of the sheet store stale results ({cells}): {first} stores {found}, should be {expected}. "
        "Recalculate (F9) and save.",
    ),
    "rules_f.F008.basis": (
        "ECMA-376 第 1 部分：单元格的值是公式最近一次计算的结果，预览和接收系统只读这个值",
        "ECMA-376 part 1: a cell's value is its formula's last result, and all that previews and receiving systems "
        "read",
    ),
    "rules_f.F009": (
        "{label} 是固定的“{found}”，而上下两行（{above}、{below}）都是公式。请恢复为 {formula}，或说明为什么手填。",
        "{label} is the constant “{found}”, but the rows above and below ({above}, {below}) hold a formula. Restore "
        "{formula}, "
        "or say why it was typed.",
    ),
    "rules_f.F009.template": (
        "{label} 在模板中是公式，现在是“{found}”。请恢复为 {formula}。",
        "{label} is a formula in the template, but now “{found}”. Restore {formula}.",
    ),
    "rules_f.F009.removed": (
        "{label} 在模板中是公式，现在被清空。请恢复为 {formula}。",
        "{label} is a formula in the template, but was emptied. Restore {formula}.",
    ),
    "rules_f.F009.basis": (
        "自评表模板的填写说明：由公式计算的栏目不要改写",
        "The templates' instructions: computed columns are left alone",
    ),
    "rules_f.F010": (
        "模板中的“{expected}”（{origin}）被改成了“{found}”。请改回原文。",
        "The template's “{expected}” ({origin}) was changed to “{found}”. Restore it.",
    ),
    "rules_f.F010.removed": (
        "模板中的“{expected}”（{origin}）被删掉了。请恢复原文。",
        "The template's “{expected}” ({origin}) was removed. Restore it.",
    ),
    "rules_f.F010.basis": (
        "接收系统按下发模板的栏名和指标名称逐字匹配",
        "Receiving systems match labels and indicator names of the issued template character by character",
    ),
    "rules_f.F011.alien": (
        "这张表不是按模板“{template}”填报的：模板的 {wanted} 处文字只找到 {kept} 处。请换用下发的模板，或检查 "
        "--template。",
        "This form was not made from the template “{template}”: of its {wanted} texts only {kept} were found. Use "
        "the issued "
        "template, or check --template.",
    ),
    "rules_f.F011.sheet": (
        "缺少模板中的工作表“{expected}”。请按模板恢复。",
        "The template's sheet “{expected}” is missing. Restore it.",
    ),
    "rules_f.F011.renamed": (
        "模板中的工作表“{expected}”改名为“{found}”。请改回原名。",
        "The template's sheet “{expected}” was renamed “{found}”. Give it back its name.",
    ),
    "rules_f.F011.rows_in": (
        "第 {lines} 行不在模板中，是插入的，后面的内容都下移了 {count} 行。请删去插入的行。",
        "Row {lines} is not in the template; it moves everything below down by {count}. Delete what was inserted.",
    ),
    "rules_f.F011.rows_out": (
        "模板的第 {lines} 行（“{label}”）被删去，后面的内容都上移了 {count} 行。请按模板恢复。",
        "The template's row {lines} (“{label}”) was deleted; everything below moved up by {count}. Restore it.",
    ),
    "rules_f.F011.columns_in": (
        "{lines} 列不在模板中，是插入的，后面的列都错位了。请删去插入的列。",
        "Column {lines} is not in the template; the columns behind it are displaced. Delete what was inserted.",
    ),
    "rules_f.F011.columns_out": (
        "模板的 {lines} 列（“{label}”）被删去，后面的列都错位了。请按模板恢复。",
        "The template's column {lines} (“{label}”) was deleted; the columns behind it are displaced. Restore it.",
    ),
    "rules_f.F011.outside": (
        "模板范围之外（{lines}）写了“{found}”，接收系统不会读取。请移到表内相应的栏目。",
        "“{found}” stands outside the template ({lines}), where receiving systems do not look. Move it into the form.",
    ),
    "rules_f.F011.merge": (
        "“{label}”在模板中是合并单元格 {expected}，现在是 {found}。请按模板重新合并。",
        "“{label}” is the merged cell {expected} in the template, but {found} now. Merge it again.",
    ),
    "rules_f.F011.merges": (
        "模板中的 {count} 处合并单元格被拆开或移动（{expected}）。请按模板重新合并。",
        "{count} merged cells of the template were split or moved ({expected}). Merge them again.",
    ),
    "rules_f.F011.merged": (
        "有 {count} 处合并单元格是模板中没有的（{found}）。请取消合并，逐格填写。",
        "{count} merged cell(s) are not in the template ({found}). Unmerge them and fill in every cell.",
    ),
    "rules_f.F011.basis": (
        "接收系统按下发模板的固定行列位置导入",
        "Receiving systems import by the fixed rows and columns of the issued template",
    ),
    "rules_f.F012.list": (
        "{label} 填的“{found}”不在该格的选项中：{expected}。请从下拉选项中选择。",
        "{label}: “{found}” is none of the cell's choices: {expected}. Choose from the list.",
    ),
    "rules_f.F012.whole": (
        "{label} 填的“{found}”不符合该格的规则：应为{expected}的整数。",
        "{label}: “{found}” breaks the cell's rule: a whole number {expected}.",
    ),
    "rules_f.F012.decimal": (
        "{label} 填的“{found}”不符合该格的规则：应为{expected}的数字。",
        "{label}: “{found}” breaks the cell's rule: a number {expected}.",
    ),
    "rules_f.F012.date": (
        "{label} 填的“{found}”不符合该格的规则：应为{expected}的日期。",
        "{label}: “{found}” breaks the cell's rule: a date {expected}.",
    ),
    "rules_f.F012.time": (
        "{label} 填的“{found}”不符合该格的规则：应为{expected}的时间。",
        "{label}: “{found}” breaks the cell's rule: a time {expected}.",
    ),
    "rules_f.F012.textLength": (
        "{label} 填的“{found}”不符合该格的规则：字数应{expected}。",
        "{label}: “{found}” breaks the cell's rule: a text length {expected}.",
    ),
    "rules_f.F012.custom": (
        "{label} 填的“{found}”不符合该格的规则：{expected} 应成立。",
        "{label}: “{found}” breaks the cell's rule: {expected} must be true.",
    ),
    "rules_f.F012.basis": (
        "该格的数据有效性规则（粘贴的内容 Excel 不再核对）",
        "The cell's own data validation, which Excel does not apply to what is pasted",
    ),
    "rules_f.operator.between": ("在 {first} 与 {last} 之间", "between {first} and {last}"),
    "rules_f.operator.notBetween": ("不在 {first} 与 {last} 之间", "not between {first} and {last}"),
    "rules_f.operator.equal": ("等于 {first}", "equal to {first}"),
    "rules_f.operator.notEqual": ("不等于 {first}", "other than {first}"),
    "rules_f.operator.greaterThan": ("大于 {first}", "above {first}"),
    "rules_f.operator.lessThan": ("小于 {first}", "below {first}"),
    "rules_f.operator.greaterThanOrEqual": ("不小于 {first}", "of at least {first}"),
    "rules_f.operator.lessThanOrEqual": ("不大于 {first}", "of at most {first}"),
    "rules_f.F013.rows": (
        "隐藏的第 {lines} 行里有 {count} 格内容（{first}：“{found}”），看不见却参加计算。请取消隐藏，或删去。",
        "The hidden row {lines} holds {count} value(s) ({first}: “{found}”): unseen, but computed with. Unhide or "
        "delete it.",
    ),
    "rules_f.F013.columns": (
        "隐藏的 {lines} 列里有 {count} 格内容（{first}：“{found}”），看不见却参加计算。请取消隐藏，或删去。",
        "The hidden column {lines} holds {count} value(s) ({first}: “{found}”): unseen, but computed with. Unhide or "
        "delete "
        "it.",
    ),
    "rules_f.F013.sheet": (
        "工作表“{label}”是隐藏的，里面有 {count} 格内容（{first}：“{found}”）。请取消隐藏，或删去。",
        "The sheet “{label}” is hidden and holds {count} value(s) ({first}: “{found}”). Unhide or delete it.",
    ),
    "rules_f.F013.basis": (
        "ECMA-376 第 1 部分：隐藏只影响显示，不影响取值",
        "ECMA-376 part 1: hiding changes what is shown, not what is computed",
    ),
    "rules_f.F014": (
        "{label} 等 {count} 格的公式（{cells}）引用了其他工作簿 {file}，报送后无法更新和核对。请改为固定的数。",
        "{count} formula(s) ({cells}), such as {label}, read the other workbook {file}, which is not submitted "
        "along. Put in "
        "the figures themselves.",
    ),
    "rules_f.F014.somewhere": (
        "工作簿引用了其他工作簿 {file}（.xls 文件读不出是哪些格）。请在“数据—编辑链接”中断开链接。",
        "The workbook reads other workbooks: {file} (which cells, an .xls does not tell here). Break the links.",
    ),
    "rules_f.F014.basis": (
        "接收系统只读取报送的文件本身",
        "Receiving systems read nothing but the submitted file",
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
