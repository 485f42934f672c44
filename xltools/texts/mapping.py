"""What is wrong with a map of a form."""

TEXTS: dict[str, tuple[str, str]] = {
    "mapping.unreadable": ("无法打开映射文件 {path}：{reason}。", "Cannot open the map {path}: {reason}."),
    "mapping.not_toml": (
        "映射文件 {path} 的写法不对：{reason}。",
        "The map {path} is not written correctly: {reason}.",
    ),
    "mapping.wrong": ("映射文件 {path} 有错：", "What is wrong in the map {path}:"),
    "mapping.problem": (
        "{setting}：写的是 {found}，可以是 {allowed}",
        "{setting}: found {found}, allowed is {allowed}",
    ),
    "mapping.nothing": ("空", "nothing"),
    "mapping.allowed.text": ("工作表名称", "the name of a sheet"),
    "mapping.allowed.year": ("年度，如 2024", "a year such as 2024"),
    "mapping.allowed.cell": ("单元格，如 B3 或 封面!B3", "a cell such as B3 or Cover!B3"),
    "mapping.allowed.table": ("“单元格 = 栏目”的列表", "a table of entries"),
    "mapping.does_not_fit": ("映射文件 {map} 与 {path} 不符：", "The map {map} does not fit {path}:"),
    "mapping.no_sheet": ("没有工作表“{sheet}”，只有：{sheets}", "there is no sheet '{sheet}', only: {sheets}"),
    "mapping.blank_for_label": (
        "{cell} 应为 {target} 的标签，但这一格是空的",
        "{cell} should hold the label of {target}, but it is blank",
    ),
    "mapping.number_for_label": (
        "{cell} 应为 {target} 的标签，但这一格是 {found}",
        "{cell} should hold the label of {target}, but it holds {found}",
    ),
    "mapping.no_budget_row": (
        "{path}：映射给出了 {setting}，但表中只有 {rows} 行预算",
        "{path}: the map gives {setting}, but the form has only {rows} budget rows",
    ),
}
