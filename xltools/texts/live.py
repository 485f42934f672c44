"""What is said while working on the workbook that is open in an application."""

TEXTS: dict[str, tuple[str, str]] = {
    "live.help": (
        "对在 Excel、WPS 表格或 LibreOffice 中打开的工作簿做同样的工作。未保存的改动也算在内；不启动程序，不保存文件。",
        "The same work on the workbook that is open in Excel, WPS Spreadsheets or LibreOffice. Unsaved changes count; "
        "no application is started and nothing is saved.",
    ),
    "live.example": (
        "xltools live check\nxltools live check --clear\nxltools live score --diff\nxltools live watch --app wps",
        "xltools live check\nxltools live check --clear\nxltools live score --diff\nxltools live watch --app wps",
    ),
    "live.check.help": (
        "核对正在编辑的工作簿。有错误和警告的单元格涂色并加批注，全部问题列在新工作表“检查结果”，并跳到第一处；"
        "再次核对时旧标记自动换新，--clear 清除全部标记，单元格恢复原来的样子。"
        "\n退出码：0 没有错误，1 有错误，2 用法不对、没有打开的工作簿或没有认出自评表。",
        "Check the workbook that is being edited. Cells with errors and warnings are coloured and get notes, all "
        "findings are listed on a new sheet, and the application goes to the first one. Checking again replaces the "
        "marks; --clear takes them out and gives the cells back their looks."
        "\nExit codes: 0 nothing wrong, 1 errors, 2 wrong usage, no open workbook, or no form in it.",
    ),
    "live.check.example": (
        "xltools live check\nxltools live check --app wps --ignore B112\nxltools live check --clear",
        "xltools live check\nxltools live check --app wps --ignore B112\nxltools live check --clear",
    ),
    "live.score.help": (
        "计算正在编辑的工作簿中的得分率、指标得分、执行率、结余、总分和等级，以公式写入，并补上数据有效性。"
        "\n--diff 只显示要改什么。LibreOffice 中全部改动可以一次撤销；Excel 和 WPS 不能撤销程序所做的改动，请先保存。",
        "Compute rates, scores, balances, total and grade in the workbook that is being edited, and write them as "
        "formulas together with the data validations it lacks."
        "\n--diff only shows what would change. LibreOffice can undo it all in one step; Excel and WPS cannot undo "
        "what a program did, so save first.",
    ),
    "live.score.example": (
        "xltools live score --diff\nxltools live score",
        "xltools live score --diff\nxltools live score",
    ),
    "live.watch.help": (
        "监视正在编辑的工作簿，改动后自动重新核对，状态显示在本窗口和程序的状态栏。"
        "\n问题有变化时才更新标记，不移动光标。按 Ctrl+C 结束，标记保留。",
        "Check the workbook that is being edited again whenever it changes; the state shows here and in the "
        "application's status bar."
        "\nMarks are only touched where the findings change; the selection stays. Ctrl+C ends it, the marks remain.",
    ),
    "live.watch.example": (
        "xltools live watch\nxltools live watch --no-marks --interval 2",
        "xltools live watch\nxltools live watch --no-marks --interval 2",
    ),
    "live.interval": (
        "--interval 应大于 0（秒），填的是 {interval}。",
        "--interval must be above 0 (seconds), not {interval}.",
    ),
    "live.none": (
        "没有找到正在运行的 Excel、WPS 表格或 LibreOffice。请先打开工作簿再运行；"
        "不打开也可以直接处理文件，例如 xltools check 文件.xlsx。用 xltools doctor 查看本机情况。",
        "No running Excel, WPS Spreadsheets or LibreOffice was found. Open the workbook first; files can be handled "
        "without any of them, e.g. xltools check FILE.xlsx. xltools doctor tells what this machine offers.",
    ),
    "live.none.excel": (
        "没有找到正在运行的 Excel。请先在 Excel 中打开工作簿，或用 --app wps、--app libreoffice；"
        "也可以直接处理文件，例如 xltools check 文件.xlsx。用 xltools doctor 查看本机情况。",
        "No running Excel was found. Open the workbook in Excel first, or use --app wps or --app libreoffice; files "
        "can be handled without it, e.g. xltools check FILE.xlsx. xltools doctor tells what this machine offers.",
    ),
    "live.none.wps": (
        "没有找到正在运行的 WPS 表格。请先在 WPS 中打开工作簿（只支持 Windows 版 WPS）；"
        "也可以直接处理文件，例如 xltools check 文件.xlsx。用 xltools doctor 查看本机情况。",
        "No running WPS Spreadsheets was found. Open the workbook in WPS first (on Windows only); files can be handled "
        "without it, e.g. xltools check FILE.xlsx. xltools doctor tells what this machine offers.",
    ),
    "live.none.libreoffice": (
        "没有找到正在运行的 LibreOffice。请先在 LibreOffice 中打开工作簿；"
        "也可以直接处理文件，例如 xltools check 文件.xlsx。用 xltools doctor 查看本机情况。",
        "No running LibreOffice was found. Open the workbook in LibreOffice first; files can be handled without it, "
        "e.g. xltools check FILE.xlsx. xltools doctor tells what this machine offers.",
    ),
    "live.no_book": (
        "{application} 正在运行，但没有打开的工作簿。请先打开要检查的工作簿。",
        "{application} is running, but no workbook is open in it. Open the workbook first.",
    ),
    "live.unknown_book": (
        "{application} 中没有打开名为“{name}”的工作簿；已打开：{books}。",
        "No workbook called {name!r} is open in {application}; open are: {books}.",
    ),
    "live.no_books": ("没有", "none"),
    "live.protected": (
        "工作表“{sheet}”受密码保护，不能改动，工作簿保持原样。请先撤销工作表保护再运行。",
        "The sheet {sheet!r} is protected by a password and cannot be changed; nothing was done. Unprotect it first.",
    ),
    "live.protected_book": (
        "工作簿的结构受密码保护，不能加入检查结果表，工作簿没有改动。请先撤销工作簿保护，或用 --no-marks 只看结果。",
        "The structure of the workbook is protected by a password, so no sheet of findings can be added; nothing was "
        "changed. Unprotect the workbook first, or use --no-marks to see the findings only.",
    ),
    "live.not_coloured": (
        "（该工作表受密码保护，没有涂色和加批注）",
        " (the sheet is protected: neither coloured nor noted)",
    ),
    "live.validation": (
        "不能设置“{type}”类型的数据有效性。",
        "A data validation of the sort {type!r} cannot be set.",
    ),
    "live.step.check": ("xltools 检查", "xltools check"),
    "live.step.clear": ("xltools 清除标记", "xltools clear marks"),
    "live.step.score": ("xltools 计分", "xltools score"),
    # What the command prints
    "live.opened": ("{book}（{application}）", "{book} ({application})"),
    "live.marked": (
        "已在工作簿中标出 {cells} 个单元格，问题列在工作表“{sheet}”。改正后再运行一次，"
        "或用 xltools live check --clear 清除全部标记。",
        "Cells marked in the workbook: {cells}; the findings are listed on the sheet {sheet!r}. Run it again after "
        "correcting them, or take every mark out with xltools live check --clear.",
    ),
    "live.left_out": (
        "工作表“{sheets}”受密码保护，上面的问题只列在清单里，没有涂色。",
        "Protected, so their findings are listed but not coloured: {sheets}.",
    ),
    "live.cleared": (
        "已清除全部标记：{cells} 个单元格的涂色，全部批注和检查结果表。",
        "Every mark is out: the colours of cells ({cells}), the notes and the sheet of findings.",
    ),
    "live.nothing_to_clear": ("工作簿中没有检查标记，没有改动。", "The workbook holds no marks; nothing was changed."),
    "live.undo": (
        "全部改动是一步，可以在 {application} 中按 Ctrl+Z 一次撤销。工作簿还没有保存。",
        "All changes are one step that {application} can undo with Ctrl+Z. The workbook has not been saved.",
    ),
    "live.no_undo": (
        "工作簿还没有保存。{application} 不能撤销程序所做的改动；不想要的话，不保存关闭即可。",
        "The workbook has not been saved. {application} cannot undo what a program did; close it without saving to "
        "drop the changes.",
    ),
    "live.different": (
        "{application} 对以下公式算出的结果与 xltools 不同，请核对：{cells}",
        "{application} computes these formulas to other results than xltools does; look into them: {cells}",
    ),
    "live.options": ("{first} 和 {second} 不能同时使用。", "{first} and {second} exclude each other."),
    # Watching
    "live.watch.start": (
        "正在监视 {book}（{application}），改动后自动重新检查。按 Ctrl+C 结束。",
        "Watching {book} ({application}); checked again whenever it changes. Ctrl+C ends it.",
    ),
    "live.watch.line": (
        "{time}　{verdict}：错误 {error}，警告 {warning}，提示 {notice}",
        "{time}  {verdict}: errors {error}, warnings {warning}, notices {notice}",
    ),
    "live.watch.first": ("{line}　{cell} {message}", "{line}  {cell} {message}"),
    "live.watch.unreadable": ("{time}　没有认出自评表", "{time}  no form recognised"),
    "live.watch.waiting": ("{time}　等待：{reason}", "{time}  waiting: {reason}"),
    "live.watch.end": ("监视结束。", "The watch has ended."),
    "live.watch.closed": ("工作簿已关闭，监视结束。", "The workbook was closed; the watch has ended."),
}
