"""Why rows cannot be put into a sheet or taken out of it."""

TEXTS: dict[str, tuple[str, str]] = {
    "rows.table": (
        "“{sheet}”第{row}行以下有表格（列表），不能在此增删行。请先在 Excel 中把它转换为普通区域。",
        "There is a table below row {row} of '{sheet}'; rows cannot be changed there. Convert it to a range first.",
    ),
    "rows.pivot": (
        "“{sheet}”第{row}行以下有数据透视表，不能在此增删行。",
        "There is a pivot table below row {row} of '{sheet}'; rows cannot be changed there.",
    ),
    "rows.part": (
        "“{sheet}”含有 {part}，增删行后其位置无法保证（第{row}行）。请在 Excel 中增删行后再用作模板。",
        "'{sheet}' holds {part}, which cannot be moved surely (row {row}). Change the rows in Excel and use that file.",
    ),
    "rows.array": (
        "“{sheet}”的 {cell} 是数组公式，不能在第{row}行处增删行。",
        "{cell} of '{sheet}' is an array formula; rows cannot be changed at row {row}.",
    ),
    "rows.formula": (
        "{where} 的公式 ={formula} 只引用“{sheet}”将被删除的行（到第{row}行），不能删除。",
        "The formula ={formula} at {where} reads only rows of '{sheet}' that would go (up to row {row}).",
    ),
    "rows.note": (
        "“{sheet}”的 {cell} 有批注，该行不能删除。",
        "{cell} of '{sheet}' carries a note; its row cannot go.",
    ),
}
