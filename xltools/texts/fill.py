"""What `fill` says: problems of the data and of the template, and what became of every unit."""

TEXTS: dict[str, tuple[str, str]] = {
    # The command
    "fill.help": (
        "按数据表为每个单位生成一份填好的自评表。模板可以是随附的，也可以是本地的空白表；数据可以是工作簿（单位、预算、指标三张表）、"
        "CSV 文件或放 CSV 的文件夹。先把数据全部核对一遍，有问题就一份也不生成；可以随时中断，重新运行即可补齐。",
        "Fill one form for every unit in the data. The template may be an official one or any blank form; the data a "
        "workbook (sheets of units, budgets and indicators), a CSV file or a folder of them. All data is checked "
        "first; while anything is wrong nothing is written. A run may be broken off and repeated.",
    ),
    "fill.example": (
        "xltools fill chongqing-department 数据.xlsx -o 下发/\n"
        'xltools fill 本局空白表.xlsx 数据.csv -o 下发/ --name "{{单位名称}}自评表.xlsx"',
        "xltools fill chongqing-department data.xlsx -o issued/\n"
        'xltools fill blank-form.xlsx data.csv -o issued/ --name "{{单位名称}}.xlsx"',
    ),
    "fill.argument.template": (
        "空白模板文件，或随附模板的名称（见 xltools template）。",
        "A blank form, or the name of an official template (see xltools template).",
    ),
    "fill.argument.data": (
        "数据工作簿、CSV 文件或放 CSV 的文件夹。",
        "The data: a workbook, a CSV file or a folder of CSV files.",
    ),
    "fill.option.output": ("生成的文件放在这个文件夹。", "The folder to write into."),
    "fill.option.name": (
        "文件名格式，花括号内为单位表的列标题；默认“{{单位编码}}_{{单位名称}}_{{年度}}自评表.xlsx”。",
        "The pattern of file names, with titles of the unit table in braces.",
    ),
    "fill.option.only": (
        "只生成这些单位：单位编码或名称，逗号分隔，可重复。",
        "Only these units: codes or names, separated by commas; may be repeated.",
    ),
    "fill.option.spare": (
        "用不到的指标行：blank 留空（默认），remove 删除。",
        "Indicator rows that are not needed: blank leaves them (default), remove takes them out.",
    ),
    "fill.option.force": ("内容不同的已有文件也覆盖。", "Replace files that exist with other content."),
    # The data workbook or CSV
    "fill.refused": (
        "{path} 有{count}处问题，未生成任何文件：",
        "{path} has {count} problems; nothing was written:",
    ),
    "fill.no_csv": ("文件夹 {path} 中没有 CSV 文件。", "There is no CSV file in the folder {path}."),
    "fill.no_units": (
        "{path} 中没有单位表（找过：{names}）。单位表第一行须有“单位编码”“单位名称”等标题。",
        "{path} holds no table of units (looked at: {names}). Its first row must hold titles: 单位编码, 单位名称.",
    ),
    "fill.bad_csv": ("{path} 第{line}行无法读取：{reason}。", "Line {line} of {path} cannot be read: {reason}."),
    "fill.encoding": (
        "{path} 的编码不是 UTF-8 或 GB18030。请在 Excel 或 WPS 中另存为“CSV UTF-8”。",
        "{path} is neither UTF-8 nor GB 18030. Save it as 'CSV UTF-8' in Excel or WPS.",
    ),
    "fill.unreadable_cell": (
        "单元格的内容是 {text}，读不出结果。请改为数值，或在 Excel 中重新计算后保存。",
        "The cell holds {text}, which has no result. Type the value, or recalculate and save in Excel.",
    ),
    "fill.column_twice": (
        "“{title}”与 {first} 表示同一项，请只留一列。",
        "'{title}' means the same as {first}; keep one of the columns.",
    ),
    "fill.no_name_column": ("没有“单位名称”列。", "There is no column 单位名称."),
    "fill.no_rows": ("没有任何单位。", "There is no unit."),
    "fill.name_missing": ("缺少单位名称。", "The unit's name is missing."),
    "fill.code_missing": ("“{name}”缺少单位编码。", "{name} has no 单位编码."),
    "fill.code_twice": ("单位编码 {unit} 与 {first} 重复。", "The code {unit} is used in {first} already."),
    "fill.name_twice": (
        "单位名称“{unit}”与 {first} 重复；请加上单位编码列以示区别。",
        "The name {unit} is used in {first} already; add a column 单位编码 to tell them apart.",
    ),
    "fill.row_without_unit": ("没有写明是哪个单位。", "The row does not say which unit it belongs to."),
    "fill.unknown_unit": ("单位表中没有“{unit}”。", "There is no unit {unit} in the table of units."),
    "fill.ambiguous_unit": (
        "有多个单位名为“{unit}”，请用单位编码。",
        "Several units are called {unit}; use the code.",
    ),
    "fill.indicator_unnamed": ("指标没有名称。", "The indicator has no name."),
    "fill.not_a_figure": (
        "{title}“{text}”不是数字。",
        "{title} '{text}' is not a number.",
    ),
    "fill.years": (
        "数据中有多个年度：{years}。请分年度生成。",
        "The data names several years: {years}. Fill one at a time.",
    ),
    "fill.unknown_only": (
        "{path} 中没有这些单位：{units}。",
        "There are no such units in {path}: {units}.",
    ),
    # Data and template
    "fill.no_template": (
        "没有模板“{template}”：既不是文件，也不是随附模板（{names}）。",
        "There is no template '{template}': neither a file nor an official one ({names}).",
    ),
    "fill.year_differs": (
        "模板 {template} 印的是{printed}年度，数据是{year}年度。",
        "The template {template} prints {printed}, the data is of {year}.",
    ),
    "fill.formula_cell": ("{cell} 是公式，不能填写。", "{cell} holds a formula and cannot be filled in."),
    "fill.unknown_column": (
        "不认识“{title}”，此列未填入表中。",
        "'{title}' is not known; the column goes into no form.",
    ),
    "fill.no_place": (
        "模板中没有“{title}”的位置。请删除此列，或改用有这一项的模板。",
        "The template has no place for '{title}'. Delete the column, or use a template that has one.",
    ),
    "fill.computed": (
        "模板用公式计算“{title}”，此列未填入表中。",
        "The template computes '{title}'; the column goes into no form.",
    ),
    "fill.no_levels": (
        "模板不分指标级次，“{title}”未填入表中。",
        "The template knows no levels of indicators; '{title}' goes into no form.",
    ),
    "fill.money_unit": (
        "“{title}”的金额单位与模板（{unit}）不同，请先换算。",
        "'{title}' is in another money unit than the template ({unit}); convert it first.",
    ),
    "fill.no_budget_row": (
        "模板的预算部分没有“{item}”一行（有：{rows}）。",
        "The template's budget has no row '{item}' (it has: {rows}).",
    ),
    "fill.no_budget_cell": (
        "模板的“{item}”一行没有此项的单元格（{text}）。",
        "The template's row '{item}' has no cell for this ({text}).",
    ),
    "fill.total_computed": (
        "模板的“{item}”由公式合计，请填写各部分：{parts}。",
        "The template computes '{item}' as a sum; give its parts: {parts}.",
    ),
    "fill.total_differs": (
        "“{item}”为{found}，而各部分合计为{expected}。",
        "'{item}' is {found}, but its parts add up to {expected}.",
    ),
    "fill.no_indicator_table": ("模板没有指标表。", "The template has no table of indicators."),
    "fill.level_missing": (
        "模板按级次填写指标，“{name}”须写明一级、二级指标（二级：{levels}）。",
        "The template groups its indicators; '{name}' needs 一级指标 and 二级指标 (of: {levels}).",
    ),
    "fill.level_unknown": (
        "模板没有“{level}”（有：{levels}），“{name}”无处可填。",
        "The template has no '{level}' (it has: {levels}); there is no place for '{name}'.",
    ),
    "fill.level_ambiguous": (
        "“{level}”下有多个二级指标（{levels}），请写明“{name}”属于哪一个。",
        "There are several groups under '{level}' ({levels}); say which one '{name}' belongs to.",
    ),
    "fill.level_shared": (
        "{cell} 是几行共用的级次单元格，已填有别的级次。",
        "{cell} is shared by several rows and holds another level already.",
    ),
    "fill.no_cell_in_row": (
        "“{name}”所在的行没有此项的单元格（{text}）。",
        "The row of '{name}' has no cell for this ({text}).",
    ),
    "fill.too_long": (
        "有{length}个字，超过单元格的上限{limit}。",
        "{length} characters are more than a cell holds ({limit}).",
    ),
    "fill.not_in_list": (
        "“{text}”不在模板的下拉选项中（{items}）。",
        "'{text}' is none of the template's choices ({items}).",
    ),
    "fill.not_a_number": (
        "“{text}”不是数字，模板的单元格只收数字。",
        "'{text}' is no number; the template's cell takes only such.",
    ),
    "fill.not_whole": (
        "{text} 不是整数，模板的单元格只收整数。",
        "{text} is not whole; the template's cell takes only such.",
    ),
    "fill.below": ("{text} 小于模板允许的最小值 {bound}。", "{text} is less than the template allows ({bound})."),
    "fill.above": ("{text} 大于模板允许的最大值 {bound}。", "{text} is more than the template allows ({bound})."),
    # File names
    "fill.bad_pattern": (
        "文件名格式“{pattern}”写法不对：{reason}。",
        "The pattern '{pattern}' cannot be used: {reason}.",
    ),
    "fill.unknown_field": (
        "文件名格式中的“{field}”不是单位表的标题（有：{fields}）。",
        "'{field}' in the pattern is no title of the table of units (of: {fields}).",
    ),
    "fill.name_clash": (
        "文件名“{name}”与 {first}（{other}）相同，请在 --name 中加上单位编码。",
        "The file name '{name}' is that of {first} ({other}) too; put 单位编码 into --name.",
    ),
    "fill.name_too_long": (
        "文件名过长：{name}。请用 --name 缩短。",
        "The file name is too long: {name}. Shorten it with --name.",
    ),
    # Writing
    "fill.folder": ("无法写入文件夹 {path}：{reason}。", "Cannot write into the folder {path}: {reason}."),
    "fill.bad_manifest": (
        "{path} 不是 xltools 的发放清单（{reason}）。请改名或换一个文件夹。",
        "{path} is no manifest of xltools ({reason}). Rename it or use another folder.",
    ),
    "fill.exists": (
        "{path} 已存在且内容不同，未覆盖。要覆盖请加 --force。",
        "{path} exists with other content and was kept. Add --force to replace it.",
    ),
    "fill.edited_since": (
        "{path} 发出后已被改动，未覆盖。要覆盖请加 --force。",
        "{path} was edited after it was issued and was kept. Add --force to replace it.",
    ),
    "fill.given_up": (
        "前面的文件接连无法写入，未再尝试。排除原因后重新运行即可补齐。",
        "Not tried: the files before could not be written. Run again once the cause is removed.",
    ),
    # Results
    "fill.done": (
        "{directory}：生成 {written} 份，未变 {unchanged} 份，保留 {changed} 份，失败 {failed} 份（共 {total} 个单位）",
        "{directory}: {written} written, {unchanged} unchanged, {changed} kept, {failed} failed (of {total} units)",
    ),
    "fill.undone": ("{unit}：{message}", "{unit}: {message}"),
    "fill.undone.several": ("{unit} 等{count}个单位：{message}", "{unit} and others ({count} units): {message}"),
    "fill.warning": ("提示：{problem}", "Note: {problem}"),
}
