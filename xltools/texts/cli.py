"""What the command line says: help, results, and what is wrong with its use."""

TEXTS: dict[str, tuple[str, str]] = {
    # The program and its help pages
    "cli.help": (
        "绩效自评表工具：生成空白模板，读取、计分、核对部门整体和项目支出绩效自评表。",
        "Tools for Chinese performance self-evaluation forms: blank templates, reading, scoring and checking.",
    ),
    "cli.example": (
        "xltools check 2021年自评表.xlsx\nxltools check 各单位自评表/ --format json -o 核对结果.json",
        "xltools check form.xlsx\nxltools check returned-forms/ --format json -o result.json",
    ),
    "cli.help.usage": ("用法：{usage}", "Usage: {usage}"),
    "cli.help.options": ("[选项]", "[OPTIONS]"),
    "cli.help.command": ("命令 [参数]...", "COMMAND [ARGS]..."),
    "cli.help.commands": ("命令：", "Commands:"),
    "cli.help.arguments": ("参数：", "Arguments:"),
    "cli.help.option_list": ("选项：", "Options:"),
    "cli.help.example": ("示例：", "Example:"),
    "cli.error": ("错误：{message}", "error: {message}"),
    "cli.progress": ("正在处理", "Working"),
    "cli.while_checking": (
        "核对 {path} 时发生了程序错误，请连同该文件反馈。",
        "This happened while checking {path}; please report it together with the file.",
    ),
    # Wrong use
    "cli.usage.hint": ("用 {command} --help 查看用法。", " See {command} --help."),
    "cli.usage.option": ("没有 {option} 这个选项。", "There is no option {option}."),
    "cli.usage.option.near": (
        "没有 {option} 这个选项，是不是 {near}？",
        "There is no option {option}; did you mean {near}?",
    ),
    "cli.usage.missing": ("缺少 {name}。", "{name} is missing."),
    "cli.usage.integer": ("{name} 的值须为整数。", "The value of {name} must be a whole number."),
    "cli.usage.value": ("{name} 的值不对：{reason}。", "The value of {name} cannot be used: {reason}."),
    "cli.usage.argument": ("选项 {option} 的写法不对。", "The option {option} is not written correctly."),
    "cli.usage.command": (
        "没有 {name} 这个命令。用 {program} --help 查看全部命令。",
        "There is no command {name}. See {program} --help for all of them.",
    ),
    "cli.usage.command.near": (
        "没有 {name} 这个命令，是不是 {near}？用 {program} --help 查看全部命令。",
        "There is no command {name}; did you mean {near}? See {program} --help for all of them.",
    ),
    "cli.choice.unknown": (
        "{option} 不能是“{value}”，可以是：{allowed}。",
        "{option} cannot be '{value}'; it can be: {allowed}.",
    ),
    "cli.lang.unknown": (
        "没有“{code}”这种语言，可以是 zh（中文）或 en（英文）。",
        "There is no language '{code}'; it can be zh (Chinese) or en (English).",
    ),
    "cli.jobs.negative": (
        "--jobs 不能是 {jobs}，可以是 0（每个处理器核心一个进程）或更大的数。",
        "--jobs cannot be {jobs}; it can be 0 (a process for each processor core) or more.",
    ),
    # Files
    "cli.path.missing": ("找不到：{paths}。请检查路径。", "Not found: {paths}. Check the path."),
    "cli.path.nothing": (
        "{paths} 中没有可处理的文件（{suffixes}）。",
        "Nothing to work on in {paths} ({suffixes}).",
    ),
    "cli.path.unlisted": ("无法打开文件夹 {path}：{reason}。", "Cannot list the folder {path}: {reason}."),
    "cli.output.exists": (
        "{path} 已存在，未覆盖。要覆盖请加 --force。",
        "{path} exists already and was not overwritten. Add --force to overwrite it.",
    ),
    "cli.output.folder": ("{path} 是文件夹，请写明文件名。", "{path} is a folder; name a file."),
    "cli.output.no_folder": ("没有文件夹 {path}，请先建立。", "There is no folder {path}; create it first."),
    "cli.output.unwritable": ("无法写入 {path}：{reason}。", "Cannot write {path}: {reason}."),
    "cli.output.needed": (
        "--format {format} 须用 -o 写明保存到哪个文件。",
        "--format {format} needs -o with the file to write.",
    ),
    # Arguments and options
    "cli.argument.template": ("模板名称；不写则列出全部模板。", "A template's name; without one, all are listed."),
    "cli.argument.paths": (
        "文件或文件夹（.xlsx .xlsm .xls .docx），可写多个。",
        "Files or folders (.xlsx .xlsm .xls .docx).",
    ),
    "cli.argument.workbooks": ("工作簿或文件夹（.xlsx .xlsm），可写多个。", "Workbooks or folders (.xlsx .xlsm)."),
    "cli.argument.paths_or_here": (
        "文件或文件夹（.xlsx .xlsm .xls .docx），可写多个；不写则为当前文件夹。",
        "Files or folders (.xlsx .xlsm .xls .docx); the current folder by default.",
    ),
    "cli.argument.rule": (
        "规则代码或名称；不写则列出全部规则。",
        "A rule's code or name; without one, all are listed.",
    ),
    "cli.option.help": ("显示本说明后退出。", "Show this page and exit."),
    "cli.option.version": ("显示版本号后退出。", "Show the version and exit."),
    "cli.option.install_completion": ("为当前命令行安装自动补全。", "Install completion for the current shell."),
    "cli.option.show_completion": (
        "显示当前命令行的自动补全脚本。",
        "Show the completion script of the current shell.",
    ),
    "cli.option.lang": (
        "语言：zh 中文，en 英文；默认取环境变量 XLTOOLS_LANG，没有则为中文。",
        "Language: zh or en; by default XLTOOLS_LANG, else Chinese.",
    ),
    "cli.option.output": ("保存到文件，不显示在屏幕上。", "Write to this file instead of the screen."),
    "cli.option.force": ("文件已存在时覆盖。", "Overwrite a file that exists."),
    "cli.option.template": (
        "下发的空白模板：官方模板的名称或文件；另外核对栏名、行列和公式是否被改动。",
        "The blank form that was handed out: an official template's name or a file; labels, layout and formulas are "
        "then held against it.",
    ),
    "cli.option.policy": (
        "计分办法的名称或 TOML 文件；默认依 xltools.toml，没有则按表格自身判断。",
        "The scoring rules: a name or a TOML file; by default those of xltools.toml, else the form itself decides.",
    ),
    "cli.option.map": (
        "映射文件：指定哪个单元格是哪个栏目，可用 xltools inspect --format toml 生成。",
        "A map that says which cell is which field; xltools inspect --format toml writes one.",
    ),
    "cli.option.template_output": (
        "保存为哪个文件；默认为当前文件夹中的“模板名称.xlsx”。",
        "The file to write; by default NAME.xlsx in the current folder.",
    ),
    "cli.option.year": ("表格年度；默认为模板自身的年度。", "The form's year; by default the template's own."),
    "cli.option.read_format": (
        "输出格式，默认 json；xlsx 须同时用 -o。",
        "The format, json by default; xlsx needs -o.",
    ),
    "cli.option.text_format": ("输出格式，默认 text。", "The format, text by default."),
    "cli.option.inspect_format": (
        "输出格式，默认 text；toml 为可用于 --map 的映射。",
        "The format, text by default; toml is a map for --map.",
    ),
    "cli.option.sheet": ("只看这个工作表或表格中的自评表。", "Only the forms in this sheet or table."),
    "cli.option.select": (
        "只用这些规则：代码、名称或代码开头（S、S1），逗号分隔，可重复；xltools.toml 对规则的取舍不再算数。",
        "Only these rules: codes, names or beginnings of codes (S, S1), separated by commas; may be repeated. What "
        "xltools.toml selects, ignores or turns off no longer counts.",
    ),
    "cli.option.ignore": (
        "不用这些规则，写法同 --select；xltools.toml 中不用的仍然不用。",
        "Not these rules, written as in --select, besides those that xltools.toml ignores.",
    ),
    "cli.option.annotate": (
        "把带批注的副本写入这个文件夹：有问题的单元格涂色并加批注，第一张工作表是“检查结果”。原件不动。",
        "Write annotated copies into this folder: coloured cells with notes, and a first sheet with all findings. "
        "The originals stay as they are.",
    ),
    "cli.option.clear": (
        "清除副本里的批注、颜色和“检查结果”，还原成原件；可用 -o 另存。",
        "Take the annotations out of annotated copies again; -o writes the result elsewhere.",
    ),
    "cli.option.fix": (
        "自动修正：文本改数字、去多余空格、统一括号。原件另存为 .bak；用 -o 写入另一个文件夹则原件不动。",
        "Fix what is safe to fix: numbers stored as text, stray characters. The original is kept as .bak; with -o, the "
        "results go into another folder.",
    ),
    "cli.option.unsafe": (
        "与 --fix 合用：执行率、得分率、执行率得分、总分、等级有误的，重算后写成公式。填报的数不改。",
        "With --fix: also compute wrong rates, execution scores, totals and grades anew, as formulas. Entries stay.",
    ),
    "cli.option.fix_diff": (
        "与 --fix 合用：只显示将要改动的单元格，不写文件。",
        "With --fix: only show which cells would change; write nothing.",
    ),
    "cli.option.verbose": (
        "逐份列出未能核对的规则和原因，并写明每个问题的依据。",
        "List for each form what could not be checked and why, and the basis of every finding.",
    ),
    "cli.option.statistics": (
        "另列按单位和按规则的统计表（html 总有）。",
        "Add a table of the units and one of the rules (html always has them).",
    ),
    "cli.option.application": (
        "在哪个程序中找打开的工作簿，默认 auto：依次找 Excel、WPS、LibreOffice。",
        "In which application to look for the open workbook, auto by default: Excel, then WPS, then LibreOffice.",
    ),
    "cli.option.book": (
        "处理这个名称的已打开工作簿，默认是当前（最前面）的那个。",
        "The open workbook of this name; by default the one in front.",
    ),
    "cli.option.live_clear": (
        "清除工作簿中的全部检查标记，不做检查。",
        "Take every mark of a check out of the workbook, without checking it.",
    ),
    "cli.option.no_marks": ("只报告，不在工作簿中涂色、加批注。", "Report only, and mark nothing in the workbook."),
    "cli.option.interval": (
        "每隔几秒看一次有没有改动，默认 1。",
        "Seconds between two looks for changes, 1 by default.",
    ),
    "cli.option.exit_zero": ("有错误时退出码也为 0。", "Exit with 0 even where errors were found."),
    "cli.option.jobs": (
        "同时使用几个进程，默认 1；0 表示每个处理器核心一个。",
        "How many processes to use, 1 by default; 0 for one per processor core.",
    ),
    "cli.option.directory": ("把计分后的文件写入这个文件夹，原文件不动。", "Write the scored files into this folder."),
    "cli.option.in_place": (
        "直接改写原文件，原文件另存为 .bak；加 --force 不留。",
        "Write into the files themselves; each original is kept as .bak, unless --force.",
    ),
    "cli.option.diff": ("只显示将要改动的单元格，不写文件。", "Only show which cells would change; write nothing."),
    # template
    "cli.template.help": (
        "列出官方模板，或写出一份空白模板。得分、执行率等为公式，在 Excel 和 WPS 中可直接填报。",
        "List the official templates, or write a blank one. Scores and rates are live formulas in Excel and WPS.",
    ),
    "cli.template.example": (
        "xltools template\nxltools template mof-project-2020 --year 2024 -o 项目自评表.xlsx",
        "xltools template\nxltools template mof-project-2020 --year 2024 -o form.xlsx",
    ),
    "cli.template.written": ("已写出 {path}", "Written: {path}"),
    "cli.template.column.name": ("名称", "name"),
    "cli.template.column.title": ("表格", "form"),
    "cli.template.column.region": ("地区", "region"),
    "cli.template.column.years": ("年度", "years"),
    # read
    "cli.read.help": (
        "读取自评表，输出为数据。数字按表上所写原样输出，空白为 null，并给出每个数字所在的单元格。",
        "Read forms as data. Figures come exactly as printed, null where blank, each with its cell.",
    ),
    "cli.read.example": (
        "xltools read 自评表.xlsx\nxltools read 各单位自评表/ --format csv -o 汇总.csv",
        "xltools read form.xlsx\nxltools read returned-forms/ --format csv -o all.csv",
    ),
    "cli.read.sheet.forms": ("自评表", "forms"),
    "cli.read.sheet.budget": ("预算", "budget"),
    "cli.read.sheet.indicators": ("指标", "indicators"),
    "cli.no_form": ("{path}：{reason}", "{path}: {reason}"),
    "cli.column.path": ("文件", "file"),
    "cli.column.sheet": ("工作表", "sheet"),
    "cli.column.form": ("表格种类", "form"),
    "cli.column.money_unit": ("金额单位", "money unit"),
    "cli.column.kind": ("总额或分项", "total or part"),
    "cli.column.goal": ("年初绩效目标", "initial goals"),
    "cli.column.goal_adjusted": ("调整绩效目标", "adjusted goals"),
    "cli.column.achieved": ("目标完成情况", "goals achieved"),
    # inspect
    "cli.inspect.help": (
        "显示自评表是怎样识别的：照原样画出表格，标明认出的标签和内容，列出每个栏目在哪个单元格、依据哪个标签、"
        "把握有多大。\n--format toml 写出映射文件，改正后用 --map 读取。",
        "Show how a form was recognised: the form drawn as it stands, labels and values marked, and for every field "
        "its cell, its label and how sure that is.\n--format toml writes a map to correct and to read with --map.",
    ),
    "cli.inspect.example": (
        "xltools inspect 自评表.xlsx\nxltools inspect 自评表.xlsx --format toml -o 映射.toml",
        "xltools inspect form.xlsx\nxltools inspect form.xlsx --format toml -o map.toml",
    ),
    # score
    "cli.score.help": (
        "计算得分、得分率、执行率、总分和结余，以公式写回工作簿，其余内容一字不动。",
        "Compute scores, rates, totals and balances and write them back as formulas; nothing else is touched.",
    ),
    "cli.score.example": (
        "xltools score 自评表.xlsx --diff\nxltools score 各单位自评表/ -o 已计分/",
        "xltools score form.xlsx --diff\nxltools score returned-forms/ -o scored/",
    ),
    "cli.score.target": (
        "请用 -o 写明保存到哪个文件夹，或用 --in-place 改写原文件，或用 --diff 只看改动。",
        "Name a folder with -o, or overwrite the files with --in-place, or only look with --diff.",
    ),
    "cli.score.both": ("-o 与 --in-place 只能用一个。", "-o and --in-place exclude each other."),
    "cli.score.same_target": (
        "{first} 和 {second} 会写到同一个文件 {target}，请分开处理。",
        "{first} and {second} would both be written to {target}; score them separately.",
    ),
    "cli.score.onto_itself": (
        "{path} 会写到原文件上。要改写原文件请用 --in-place。",
        "{path} would be written onto itself. Use --in-place for that.",
    ),
    "cli.score.no_changes": ("没有要改动的单元格", "no cell to change"),
    "cli.score.changes": ("{number} 个单元格", "cells: {number}"),
    "cli.score.file": ("{path}：{changes}", "{path}: {changes}"),
    "cli.score.written": ("{path} → {target}：{changes}", "{path} → {target}: {changes}"),
    "cli.score.to_formula": ("{text}（改为公式）", "{text} (as a formula)"),
    "cli.score.left_out": ("{label}（{cell}）{why}", "{label} ({cell}) {why}"),
    "cli.score.guards": ("加数据验证：", "Data validations added:"),
    "cli.score.guard": ("{cells}  {label}：{rule}", "{cells}  {label}: {rule}"),
    "cli.score.open": ("须人工评分：", "Scores for a person to decide:"),
    "cli.score.proposal": ("第 {row} 行 {indicator}：{why}", "row {row} {indicator}: {why}"),
    "cli.score.proposal.score": (
        "第 {row} 行 {indicator}：建议 {score}（{why}）",
        "row {row} {indicator}: {score} proposed ({why})",
    ),
    "cli.score.failed": ("共 {files} 个文件，{failed} 个没有完成。", "files: {files}, not done: {failed}."),
    # check
    "cli.check.help": (
        "核对自评表：预算、权重、得分、指标值是否齐全、一致、算得对。每个问题写明单元格、所填、应为和依据。"
        "\n文件所在文件夹或其上级文件夹中的 xltools.toml 可写明计分办法、选用的规则、严重程度、界限和已说明理由的问题；"
        "命令行选项优先。"
        "\n退出码：0 没有错误，1 有错误，2 用法不对或没有一份文件能读取。",
        "Check forms: whether budget, weights, scores and targets are complete, consistent and computed correctly. "
        "Every finding names the cell, what was found, what was expected, and why."
        "\nxltools.toml in a file's folder or above may say which scoring rules, rules, severities and thresholds "
        "hold and which findings are accepted; options go before it."
        "\nExit codes: 0 no errors, 1 errors, 2 wrong usage or nothing could be read.",
    ),
    "cli.check.example": (
        "xltools check 自评表.xlsx\nxltools check 各单位自评表/ --ignore F015,V103 --format json -o 核对结果.json\n"
        "xltools check 各单位自评表/ --annotate 带批注/\nxltools check 带批注/ --clear -o 已清除/\n"
        "xltools check 自评表.xlsx --fix --unsafe --diff",
        "xltools check form.xlsx\nxltools check returned-forms/ --ignore F015,V103 --format json -o result.json\n"
        "xltools check returned-forms/ --annotate annotated/\nxltools check annotated/ --clear -o cleared/\n"
        "xltools check form.xlsx --fix --unsafe --diff",
    ),
    "cli.check.statistics": (
        "--statistics 只用于 text 和 html，不能与 --format {format} 同用。",
        "--statistics is for text and html; it cannot be used with --format {format}.",
    ),
    "cli.verdict.pass": ("通过", "pass"),
    "cli.verdict.fail": ("不通过", "fail"),
    "cli.severity.error": ("错误", "error"),
    "cli.severity.warning": ("警告", "warning"),
    "cli.severity.notice": ("提示", "notice"),
    "cli.form.department": ("部门整体", "department"),
    "cli.form.project": ("项目支出", "project"),
    "cli.form.score-table": ("得分表", "score table"),
    "cli.text.verdict": ("{verdict}：{counts}（{files}）", "{verdict}: {counts} ({files})"),
    "cli.text.counts": (
        "错误 {error}，警告 {warning}，提示 {notice}",
        "errors {error}, warnings {warning}, notices {notice}",
    ),
    "cli.text.forms": ("{files} 个文件，{forms} 份表", "files: {files}, forms: {forms}"),
    "cli.text.found": ("所填：{found}", "found: {found}"),
    "cli.text.found_expected": ("所填：{found}  应为：{expected}", "found: {found}  expected: {expected}"),
    "cli.text.blank": ("（空白）", "(blank)"),
    "cli.text.basis": ("依据：{basis}", "basis: {basis}"),
    "cli.text.unchecked": ("未能核对：", "Not checked:"),
    "cli.text.reason": ("{rules}：{reason}", "{rules}: {reason}"),
    "cli.text.not_checked": ("未核对 {rules}：{reason}", "not checked: {rules}: {reason}"),
    "cli.text.in_forms": ("（{forms} 份表）", " (forms: {forms})"),
    "cli.text.folded": (
        "另有 {reasons} 项原因，涉及 {rules}；加 --verbose 逐份列出。",
        "{reasons} more reasons, concerning {rules}; --verbose lists them all.",
    ),
    # rule
    "cli.rule.help": (
        "列出全部核对规则，或说明一条：查什么，为什么，错误和正确的示例，依据。",
        "List the rules of check, or explain one (in Chinese): what, why, a wrong and a right example, the basis.",
    ),
    "cli.rule.example": ("xltools rule\nxltools rule S101", "xltools rule\nxltools rule score-rate-mismatch"),
    "cli.rule.off": ("默认不启用", "off by default"),
    "cli.rule.unknown": ("没有规则“{rule}”。{nearest}", "There is no rule '{rule}'. {nearest}"),
    "cli.rule.nearest": ("相近的有：{rules}。", "The nearest are: {rules}."),
    "cli.rule.list": ("用 xltools rule 查看全部规则。", "See xltools rule for all of them."),
    # doctor
    "cli.doctor.help": (
        "查看本机情况：有没有 Excel、WPS、LibreOffice，能不能与打开的工作簿联动，缺什么、怎么办。只查看，不改动。",
        "Tell what this machine offers: which of Excel, WPS and LibreOffice are there, whether an open workbook can be "
        "worked on, and what to do about what is missing. Nothing is changed.",
    ),
    "cli.doctor.example": (
        "xltools doctor\nxltools doctor --format json",
        "xltools doctor\nxltools doctor --format json",
    ),
    "cli.fix.safe": ("可自动修正", "can be fixed safely"),
    "cli.fix.unsafe": ("可修正，须人工确认", "can be fixed, to be confirmed by a person"),
}
