"""What `inspect` shows of a form, and the comments in the map that it writes."""

TEXTS: dict[str, tuple[str, str]] = {
    "inspection.legend": (
        "{label} 标签  {doubtful} 没有十分把握的标签  {value} 内容  {unknown} 没有认出的标签",
        "{label} label  {doubtful} label recognised with doubts  {value} content  {unknown} unknown label",
    ),
    "inspection.not_a_form": ("以下是最接近的一张表：", "This sheet comes nearest to one:"),
    "inspection.column.field": ("栏目", "field"),
    "inspection.column.name": ("名称", "name"),
    "inspection.column.cell": ("单元格", "cell"),
    "inspection.column.confidence": ("把握", "confidence"),
    "inspection.column.label": ("依据的标签", "by the label"),
    "inspection.sure": ("确定", "sure"),
    "inspection.confidence": ("把握 {percent} %", "{percent} %"),
    "inspection.no_label": ("（无标签，按位置）", "(no label, by its place)"),
    "inspection.blank": ("（空白）", "(blank)"),
    "inspection.unknown": ("没有认出的标签：", "Labels that nobody recognised:"),
    "inspection.unknown.hint": (
        "可在 xltools.toml 的 [labels.…] 中补充叫法，或用 --format toml 生成映射后改正。",
        "Add their wordings to [labels.…] in xltools.toml, or correct a map made with --format toml.",
    ),
    "inspection.initial_goal": ("年初绩效目标", "initial goals"),
    "inspection.adjusted_goal": ("调整绩效目标", "adjusted goals"),
    "inspection.achieved": ("目标完成情况", "goals achieved"),
    "inspection.money_unit": ("金额单位", "money unit"),
    # The map
    "inspection.map.head": (
        "映射：哪个单元格是哪个栏目。没有写的照常识别。\n"
        "用法：xltools read|check|score 文件 --map 本文件；同一模板的其他文件也可用。\n"
        '改正：把栏目改成应有的，或改成 "ignore"（不读这个标签）；# 开头的行不起作用。\n'
        "标签的栏目：\n{fields}",
        "A map: which cell is which field. What is not in it is recognised as ever.\n"
        "Use: xltools read|check|score FILE --map THIS; it serves every file made from the same template.\n"
        'To correct: name the right field, or "ignore" for a label to pass over; lines behind # have no effect.\n'
        "Fields of labels:\n{fields}",
    ),
    "inspection.map.unknown": ("没有认出", "not recognised"),
    "inspection.map.below": (
        "以下标签的行号随指标多少而变，自动识别即可：",
        "The rows of these labels depend on the number of indicators; they are recognised without the map:",
    ),
    "inspection.map.values": (
        '没有标签的内容在哪个单元格，如 "unit.name" = "B3"；以下是按位置认出的：',
        'Where values without a label stand, such as "unit.name" = "B3"; these were found by their place:',
    ),
    "inspection.one_file": (
        "一份映射对应一个模板，--format toml 每次只能写一个文件；这里有 {files} 个。",
        "A map belongs to one template, so --format toml takes one file at a time; here are {files}.",
    ),
    "inspection.no_sheet": (
        "{path} 的工作表“{sheet}”中没有认出自评表；认出的有：{sheets}。",
        "No form was recognised in the sheet '{sheet}' of {path}; there are forms in: {sheets}.",
    ),
}
