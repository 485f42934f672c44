"""What an annotated workbook says, and what is said about annotating one."""

TEXTS: dict[str, tuple[str, str]] = {
    "annotate.sheet": ("检查结果", "Findings"),
    "annotate.title": ("绩效自评表检查结果", "Findings in the self-evaluation form"),
    "annotate.verdict": (
        "{verdict}：错误 {error} 处，警告 {warning} 处，提示 {notice} 处",
        "{verdict}: errors {error}, warnings {warning}, notices {notice}",
    ),
    "annotate.about": ("文件：{file}　　{forms}", "File: {file}    {forms}"),
    "annotate.form": ("{form}　{unit}　{year}", "{form}, {unit}, {year}"),
    "annotate.form.unknown": ("没有认出自评表", "no form recognised"),
    "annotate.colours": (
        "颜色：红色是错误，必须改正；黄色是警告，请核对，确实无误的写明原因；蓝色是提示，供参考。",
        "Colours: red is an error and must be put right; yellow is a warning to look into; blue is for information.",
    ),
    "annotate.how": (
        "看法：点“单元格”一栏的蓝字就跳到该处；表中涂了颜色的单元格都带批注，把鼠标停在上面就能看到说明。"
        "点标题行的箭头可以筛选。",
        "How to read it: a click on a cell's address leads there; the coloured cells carry notes that show under the "
        "mouse. The arrows in the title row filter.",
    ),
    "annotate.copy": (
        "本文件是检查用的副本，原件没有改动。可以在本文件里改正，也可以改原件；本表、颜色和批注不必自己删，"
        "由检查人员统一清除。",
        "This is a copy made for the check; the original is untouched. Correct either of them; this sheet, the colours "
        "and the notes are taken out again by whoever checks.",
    ),
    "annotate.live_colours": (
        "颜色：红色是错误，必须改正；黄色是警告，请核对，确实无误的写明原因；提示（蓝色）只列在本表，供参考。",
        "Colours: red is an error and must be put right; yellow is a warning to look into; notices (blue) stand in "
        "this list alone, for information.",
    ),
    "annotate.live_how": (
        "看法：点“单元格”一栏的蓝字就跳到该处；涂了颜色的单元格都带批注，把鼠标停在上面就能看到说明。",
        "How to read it: a click on a cell's address leads there; the coloured cells carry notes that show under the "
        "mouse.",
    ),
    "annotate.live_copy": (
        "直接在自评表中改正，然后再检查一次。保存或上报以前，用 xltools live check --clear（或“清除标记”按钮）"
        "清除全部标记：本表、颜色和批注都会去掉，单元格恢复原来的样子。",
        "Correct the form itself and check again. Before saving or submitting it, take every mark out with "
        "xltools live check --clear (or the button for it): this sheet, the colours and the notes go, the cells look "
        "as before.",
    ),
    "annotate.column.number": ("序号", "no."),
    "annotate.column.severity": ("严重程度", "severity"),
    "annotate.column.sheet": ("工作表", "sheet"),
    "annotate.column.cell": ("单元格", "cell"),
    "annotate.column.label": ("项目", "item"),
    "annotate.column.found": ("填的是", "found"),
    "annotate.column.expected": ("应为", "expected"),
    "annotate.column.message": ("说明和改法", "what is wrong, what to do"),
    "annotate.column.basis": ("依据", "basis"),
    "annotate.column.unit": ("单位", "unit"),
    "annotate.column.code": ("规则代码", "code"),
    "annotate.column.name": ("规则名称", "name"),
    "annotate.whole": ("整份表", "whole form"),
    "annotate.blank": ("（没有填写）", "(blank)"),
    "annotate.hidden": ("（该处已隐藏，取消隐藏后可见）", " (hidden: unhide it to see the cell)"),
    "annotate.thread": (
        "（该单元格已有批注对话，没有另加批注）",
        " (the cell holds a comment thread; no note was added)",
    ),
    "annotate.accepted": ("已说明", "accepted"),
    "annotate.accepted.reason": ("（已说明，不计入结论：{reason}）", " (accepted and not counted: {reason})"),
    "annotate.none": ("没有发现问题。", "Nothing was found."),
    "annotate.not_checked": ("以下各项没有检查，不等于没有问题：", "Not checked, which does not mean in order:"),
    "annotate.not_checked.mark": ("没有检查", "not checked"),
    "annotate.footer": ("第 &P 页，共 &N 页", "page &P of &N"),
    "annotate.note": ("检查结果", "findings"),
    "annotate.note.line": ("{severity}：{message}（{code}）", "{severity}: {message} ({code})"),
    "annotate.note.found": ("填的是：{found}", "found: {found}"),
    "annotate.note.expected": ("应为：{expected}", "expected: {expected}"),
    # Refusals and reports
    "annotate.onto_itself": (
        "{path} 会写到它自己上。请把带批注的副本写到另一个文件夹。",
        "{path} would be written onto itself. Write annotated copies into another folder.",
    ),
    "annotate.same_target": (
        "{first} 和 {second} 会写到同一个文件 {target}，请分开处理。",
        "{first} and {second} would both be written to {target}; handle them separately.",
    ),
    "annotate.not_xlsx": (
        "{path}：只有 .xlsx 和 .xlsm 文件能加批注，请另存为 .xlsx；问题见检查结果。",
        "{path}: only .xlsx and .xlsm can be annotated; save it as .xlsx. Its findings are in the report.",
    ),
    "annotate.unreadable": (
        "{path}：文件读不出来，没有加批注。",
        "{path}: cannot be read and was not annotated.",
    ),
    "annotate.written": (
        "已写出 {target}：{findings} 处问题，{cells} 个单元格加了颜色和批注",
        "Written: {target} (findings: {findings}, cells marked: {cells})",
    ),
    "annotate.options": (
        "{first} 和 {second} 不能同时使用。",
        "{first} and {second} exclude each other.",
    ),
    "annotate.needs": ("{option} 要和 {other} 一起使用。", "{option} goes with {other}."),
    "annotate.folder": (
        "{path} 不是文件夹。请写一个文件夹。",
        "{path} is not a folder. Name a folder.",
    ),
    "annotate.not_annotated": (
        "{path}：没有批注可清除，没有改动。",
        "{path}: holds no annotations and was left alone.",
    ),
    "annotate.cleared": (
        "已写出 {target}：批注已清除，与原件一字不差",
        "Written: {target} (annotations removed; the original byte for byte)",
    ),
    "annotate.cleared_edited": (
        "已写出 {target}：批注已清除；加批注以后改过的内容都保留，因此与当初的原件不完全相同",
        "Written: {target} (annotations removed; what was changed since is kept, so it is not the original file)",
    ),
    "annotate.backup": ("清除前的文件另存为 {path}", "The file as it was is kept as {path}"),
}
