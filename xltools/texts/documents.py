"""What is said when a Word document or an old `.xls` workbook cannot be read."""

TEXTS: dict[str, tuple[str, str]] = {
    "documents.not_a_document": (
        "{path} 不是 Word 文档。请用 Word 或 WPS 打开后另存为 .docx。",
        "{path} is not a Word document. Open it in Word or WPS and save it as .docx.",
    ),
    "documents.workbook": (
        "{path} 是 Excel 工作簿，不是 Word 文档。请把扩展名改为 .xlsx。",
        "{path} is an Excel workbook, not a Word document. Give it the extension .xlsx.",
    ),
    "documents.nested_too_deeply": (
        "{path} 的嵌套层次过深，疑似损坏；不读取。请用 Word 或 WPS 打开后另存一次。",
        "{path} is nested too deeply, as damaged files are; not read. Open it in Word or WPS and save it again.",
    ),
    "documents.not_an_old_workbook": (
        "{path} 不是 .xls 工作簿（可能是网页或文本另取了 .xls 扩展名）。请用 Excel 或 WPS 打开后另存为 .xlsx。",
        "{path} is not an .xls workbook (a web page or text may carry that extension). Open it in Excel or WPS and "
        "save it as .xlsx.",
    ),
    "documents.old_workbook_damaged": (
        "{path} 已损坏，读不出工作表（{reason}）。请用 Excel 或 WPS 打开修复后另存为 .xlsx。",
        "{path} is damaged, its sheets cannot be read ({reason}). Open it in Excel or WPS, let it repair the file, and "
        "save it as .xlsx.",
    ),
}
