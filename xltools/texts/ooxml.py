"""What is said when a workbook file cannot be opened, read or edited."""

TEXTS: dict[str, tuple[str, str]] = {
    "ooxml.missing": ("找不到文件：{path}。", "No such file: {path}."),
    "ooxml.unreadable": ("无法读取 {path}：{reason}。", "Cannot read {path}: {reason}."),
    "ooxml.empty": (
        "{path} 是空文件（0 字节）。请重新复制或下载该文件。",
        "{path} is empty (0 bytes). Copy or download it again.",
    ),
    "ooxml.not_a_zip": (
        "{path} 不是 Excel 工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx。",
        "{path} is not an Excel workbook. Open it in Excel or WPS and save it as .xlsx.",
    ),
    "ooxml.truncated": (
        "{path} 不完整（文件被截断或损坏）。请重新复制、下载，或向填报单位索取原文件。",
        "{path} is incomplete (truncated or damaged). Copy or download it again, or ask for the original.",
    ),
    "ooxml.damaged_part": (
        "{path} 中的 {part} 已损坏：{reason}。请用 Excel 或 WPS 打开修复后另存。",
        "{part} in {path} is damaged: {reason}. Open it in Excel or WPS, let it repair the file, and save it again.",
    ),
    "ooxml.encrypted": (
        "{path} 已加密（设有打开密码）。请在 Excel 或 WPS 中取消打开密码后再保存。",
        "{path} is encrypted (it asks for a password). Remove the password in Excel or WPS and save it again.",
    ),
    "ooxml.old_xls": (
        "{path} 其实是旧版 .xls 工作簿，只是扩展名不对。请把扩展名改为 .xls，或另存为 .xlsx。",
        "{path} is an old .xls workbook under another extension. Rename it to .xls, or save it as .xlsx.",
    ),
    "ooxml.old_doc": (
        "{path} 是旧版 Word 文档（.doc）。请在 Word 或 WPS 中另存为 .docx。",
        "{path} is an old Word document (.doc). Save it as .docx in Word or WPS.",
    ),
    "ooxml.ole_other": (
        "{path} 是其他程序的复合文档，不是工作簿。请用原程序打开后另存为 .xlsx。",
        "{path} is a compound file of another program, not a workbook. Open it there and save it as .xlsx.",
    ),
    "ooxml.wps_format": (
        "{path} 是 WPS 专有格式（{extension}）。请在 WPS 中另存为 {target}。",
        "{path} is in a format of WPS's own ({extension}). Save it as {target} in WPS.",
    ),
    "ooxml.pdf": (
        "{path} 是 PDF。请使用原来的 .xlsx、.xls 或 .docx 文件。",
        "{path} is a PDF. Use the original .xlsx, .xls or .docx file.",
    ),
    "ooxml.text_file": (
        "{path} 是文本文件，不是工作簿。请在 Excel 或 WPS 中打开后另存为 .xlsx。",
        "{path} is a text file, not a workbook. Open it in Excel or WPS and save it as .xlsx.",
    ),
    "ooxml.opendocument": (
        "{path} 是 OpenDocument 文件。请在 LibreOffice 或 WPS 中另存为 .xlsx。",
        "{path} is an OpenDocument file. Save it as .xlsx in LibreOffice or WPS.",
    ),
    "ooxml.xlsb": (
        "{path} 是二进制工作簿（.xlsb），不能读取。请在 Excel 中另存为 .xlsx。",
        "{path} is a binary workbook (.xlsb), which cannot be read. Save it as .xlsx in Excel.",
    ),
    "ooxml.document": (
        "{path} 是 Word 文档，不是工作簿。请把扩展名改为 .docx。",
        "{path} is a Word document, not a workbook. Give it the extension .docx.",
    ),
    "ooxml.not_a_workbook": (
        "{path} 是压缩包，但其中没有工作簿。如果是打包的文件夹，请先解压。",
        "{path} is a zip archive without a workbook in it. If it is a packed folder, unpack it first.",
    ),
    "ooxml.too_many_members": (
        "{path} 含有 {count} 个部件，超过上限 {limit}；为安全起见不打开。",
        "{path} has {count} members, more than the limit of {limit}; not opened, for safety.",
    ),
    "ooxml.too_large": (
        "{path} 解压后超过 {limit} MB；为安全起见不打开。请删除多余的图片或空白行列后另存。",
        "{path} unpacks to more than {limit} MB; not opened, for safety. Remove pictures or empty rows.",
    ),
    "ooxml.bomb": (
        "{path} 中的 {part} 压缩比异常（{ratio} 倍），疑似压缩炸弹；不打开。",
        "{part} in {path} is packed {ratio} times, like a zip bomb; not opened.",
    ),
    "ooxml.unsupported_compression": (
        "{path} 中的 {part} 使用了不支持的压缩方式（{method}）。请在 Excel 或 WPS 中另存一次。",
        "{part} in {path} uses an unsupported compression ({method}). Save it again in Excel or WPS.",
    ),
    "ooxml.missing_part": (
        "{path} 缺少部件 {part}。请用 Excel 或 WPS 打开修复后另存。",
        "{path} lacks the part {part}. Open it in Excel or WPS, let it repair the file, and save it again.",
    ),
    "ooxml.bad_xml": (
        "{path} 中的 {part} 不是有效的 XML（{reason}）。请用 Excel 或 WPS 打开修复后另存。",
        "{part} in {path} is not valid XML ({reason}). Open it in Excel or WPS, let it repair the file, save it again.",
    ),
    "ooxml.unknown_format": (
        "{path} 不是支持的文件类型。支持 .xlsx、.xlsm、.xls 和 .docx。",
        "{path} is not of a supported type. Supported are .xlsx, .xlsm, .xls and .docx.",
    ),
    "ooxml.unknown_sheet": (
        "{path} 中没有工作表“{sheet}”；现有：{names}。",
        "{path} has no sheet {sheet!r}; it has: {names}.",
    ),
    "ooxml.bad_address": (
        "“{address}”不是单元格地址。请写成“工作表!B2”。",
        "{address!r} is not the address of a cell. Write it as Sheet1!B2.",
    ),
    "ooxml.text_too_long": (
        "文字有 {length} 个字符，超过单元格上限 {limit}。",
        "The text has {length} characters, more than the {limit} that a cell holds.",
    ),
    "ooxml.formula_length": (
        "公式长度为 {length}，应在 1 到 {limit} 个字符之间。",
        "The formula has {length} characters; it must have 1 to {limit}.",
    ),
    "ooxml.value_unsupported": ("单元格不能存放 {type} 类型的值。", "A cell cannot hold a value of type {type}."),
    "ooxml.not_finite": ("单元格不能存放 {value}。", "A cell cannot hold {value}."),
    "ooxml.time_zone": (
        "单元格不能存放带时区的时间 {value}。请先换算为当地时间。",
        "A cell cannot hold a time with a time zone, {value}. Convert it to local time first.",
    ),
    "ooxml.date_too_early": (
        "日期 {value} 早于工作簿日期系统的起点，不能存放。",
        "The date {value} is before the workbook's date system begins.",
    ),
    "ooxml.validation_list": (
        "下拉列表的选项合计不得超过 {limit} 个字符，也不能有空选项。请改为引用单元格区域。",
        "A list of choices may have {limit} characters and no blank item. Refer to a range of cells instead.",
    ),
    "ooxml.validation_text": (
        "数据验证的标题或提示“{text}”超过 {limit} 个字。",
        "A title or text of a data validation has more than {limit} characters: {text}",
    ),
    "ooxml.covered": (
        "{where}!{cell} 被合并单元格遮住，不能写入。请写入其左上角 {first}。",
        "{where}!{cell} is hidden by a merged area. Write to its top-left cell {first} instead.",
    ),
    "ooxml.array": (
        "{where}!{cell} 属于数组公式或模拟运算表 {area}，不能单独修改。请在 Excel 中修改整个区域。",
        "{where}!{cell} belongs to the array formula or data table {area}. Change the whole area in Excel.",
    ),
    "ooxml.in_table": (
        "{where}!{cell} 是表格的标题行或汇总行，改动会损坏文件。请在 Excel 中修改。",
        "{where}!{cell} is in the title or totals row of a table; changing it would damage the file. Use Excel.",
    ),
    "ooxml.in_pivot": (
        "{where}!{cell} 属于数据透视表，刷新后改动会丢失。请修改其源数据。",
        "{where}!{cell} belongs to a pivot table and would be lost when it is refreshed. Change its source instead.",
    ),
    "ooxml.locked": (
        "{where}!{cell} 已锁定且工作表受保护，不能写入。确需写入请指定解锁（unlock）。",
        "{where}!{cell} is locked on a protected sheet. Ask for it (unlock) if it must be written all the same.",
    ),
    "ooxml.signed": (
        "{path} 带有数字签名，任何修改都会使签名失效。确需修改请指定强制（force）。",
        "{path} is digitally signed, and any change ends the signature. Ask for it (force) if it must be changed.",
    ),
    "ooxml.signature_ended": (
        "{path} 的数字签名已因修改而失效，请重新签名。",
        "The digital signature of {path} is no longer valid; sign it again.",
    ),
    "ooxml.encoding": (
        "{path} 中的 {part} 不是 UTF-8 编码，不能修改。请在 Excel 或 WPS 中另存一次。",
        "{part} in {path} is not in UTF-8 and cannot be edited. Save it again in Excel or WPS.",
    ),
    "ooxml.not_editable": (
        "{path} 中的 {part} 结构异常，不能修改：{reason}。请在 Excel 或 WPS 中另存一次。",
        "{part} in {path} is of an unusual shape and cannot be edited: {reason}. Save it again in Excel or WPS.",
    ),
    "ooxml.threaded": (
        "{where}!{cell} 有批注对话，不能再加批注。",
        "{where}!{cell} has a comment thread; no note can be added to it.",
    ),
    "ooxml.strict_note": (
        "{path} 是 Strict Open XML 工作簿，不能添加批注。请另存为普通 .xlsx。",
        "{path} is a Strict Open XML workbook; no note can be added. Save it as an ordinary .xlsx.",
    ),
    "ooxml.strict_sheet": (
        "{path} 是 Strict Open XML 工作簿，不能加工作表。请另存为普通 .xlsx。",
        "{path} is a Strict Open XML workbook; no sheet can be added. Save it as an ordinary .xlsx.",
    ),
    "ooxml.open_elsewhere": (
        "{path} 正在 Excel、WPS 或 LibreOffice 中打开（有锁定文件 {lock}）。请先关闭。",
        "{path} is open in Excel, WPS or LibreOffice (lock file {lock}). Close it first.",
    ),
    "ooxml.extension": (
        "{target} 的扩展名与内容不符：内容是 {kind}。请改用该扩展名。",
        "The extension of {target} does not fit its content, which is {kind}. Use that extension.",
    ),
    "ooxml.not_written": ("无法写入 {path}：{reason}。", "Cannot write {path}: {reason}."),
    "ooxml.left_to_application": (
        "有 {count} 个公式的结果未能在此算准，将在 Excel 或 WPS 打开时自动重算。",
        "{count} formula results could not be computed here with certainty; Excel or WPS will when it opens the file.",
    ),
    "ooxml.engine_refused": (
        "计算引擎无法处理此工作簿（{reason}）；{count} 个公式将在 Excel 或 WPS 打开时自动重算。",
        "The calculation engine refuses this workbook ({reason}); Excel or WPS will compute {count} formulas.",
    ),
}
