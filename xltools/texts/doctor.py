"""What this machine offers, and what goes wrong while talking to Excel and WPS."""

TEXTS: dict[str, tuple[str, str]] = {
    # Talking to an application
    "doctor.com.busy": (
        "{product} 正忙，没有回应。请先结束单元格输入（按 Enter 或 Esc），关闭打开的对话框，再运行一次。",
        "{product} is busy and does not answer. Finish typing in the cell (Enter or Esc), close any open dialogue, and "
        "run this again.",
    ),
    "doctor.com.gone": (
        "与 {product} 的连接已断开，可能已关闭或崩溃。请重新打开工作簿，再运行一次。",
        "The connection to {product} is lost; it may have been closed. Open the workbook again and run this again.",
    ),
    "doctor.com.absent": (
        "这个版本的 {product} 没有提供所需的功能。请升级，或直接处理文件，例如 xltools check 文件.xlsx。",
        "This version of {product} does not offer what is needed. Update it, or work on the file, e.g. xltools check "
        "FILE.xlsx.",
    ),
    "doctor.com.denied": (
        "{product} 拒绝连接。{product} 和命令行须用同样的权限运行：都不要“以管理员身份运行”。",
        "{product} refuses the connection. Run it and the command line with the same rights: neither as administrator.",
    ),
    "doctor.com.refused": (
        "{product} 拒绝了这一步{said}。工作表或工作簿可能受保护：请先撤销保护，再运行一次。",
        "{product} refuses this step{said}. The sheet or the workbook may be protected: unprotect it and run this "
        "again.",
    ),
    "doctor.com.said": ("“{said}”", " ({said})"),
    "doctor.com.failed": (
        "{product} 出错：{said}（{code}）。请再运行一次；仍然出错时可直接处理文件，例如 xltools check 文件.xlsx。",
        "{product} failed: {said} ({code}). Run this again; if it still fails, work on the file, e.g. xltools check "
        "FILE.xlsx.",
    ),
    "doctor.com.protected_view": (
        "工作簿“{book}”在受保护的视图中打开，程序无法读取。请在 Excel 中点“启用编辑”，再运行一次。",
        "The workbook {book!r} is open in Protected View and cannot be read. Click Enable Editing in Excel and run "
        "this again.",
    ),
    "doctor.com.shared": (
        "工作簿“{book}”是旧式的共享工作簿，不能合并单元格、设置数据验证，也不能删除工作表，因此没有改动。"
        "请先取消“共享工作簿”，或只看结果（live check --no-marks）。",
        "The workbook {book!r} is shared in the old way, in which cells cannot be merged, validations not set and "
        "sheets not deleted; nothing was changed. End the sharing first, or see the findings only (live check "
        "--no-marks).",
    ),
    "doctor.com.no_workbooks": (
        "这个版本的 {product} 不让程序访问工作簿。请安装带二次开发接口的版本（如 WPS 专业版），"
        "或直接处理文件，例如 xltools check 文件.xlsx。",
        "This edition of {product} lets no program reach its workbooks. Install one with the programming interface, or "
        "work on the file, e.g. xltools check FILE.xlsx.",
    ),
    "doctor.mac.not_allowed": (
        "macOS 不允许终端控制 Excel。请在“系统设置 › 隐私与安全性 › 自动化”中为终端勾选 Microsoft Excel。",
        "macOS does not let the terminal control Excel. Allow it in System Settings › Privacy & Security › Automation.",
    ),
    # The report
    "doctor.product.wps": ("WPS 表格", "WPS Spreadsheets"),
    "doctor.machine": ("本机", "This machine"),
    "doctor.system": ("系统", "System"),
    "doctor.bits": ("{version}（{bits} 位）", "{version} ({bits}-bit)"),
    "doctor.missing": ("没有安装", "not installed"),
    "doctor.column.application": ("应用程序", "Application"),
    "doctor.column.installed": ("安装", "Installed"),
    "doctor.column.running": ("运行", "Running"),
    "doctor.column.reachable": ("可联动", "Live"),
    "doctor.column.book": ("打开的工作簿", "Open workbook"),
    "doctor.yes": ("是", "yes"),
    "doctor.none": ("—", "—"),
    "doctor.installed": ("已安装", "installed"),
    "doctor.registered": ("登记", "Registered"),
    "doctor.registered.file": ("{name} → {server}", "{name} → {server}"),
    "doctor.registered.no_file": ("{name} → {server}（文件不存在）", "{name} → {server} (no such file)"),
    "doctor.registered.class": ("{name} → {class_id}（没有程序）", "{name} → {class_id} (no program)"),
    "doctor.advice": ("说明", "What to do"),
    "doctor.advice.of": ("{product}：{text}", "{product}: {text}"),
    "doctor.without": (
        "不打开任何应用程序也能用：xltools check、score、fill、read、inspect、template 直接处理文件。",
        "None of these is needed to work on files: xltools check, score, fill, read, inspect, template.",
    ),
    "doctor.ready": (
        "可以用 xltools live check 检查已打开的工作簿。",
        "xltools live check checks the workbook that is open.",
    ),
    # What to do
    "doctor.advice.pywin32": (
        "缺少 pywin32，不能连接 Excel 和 WPS。请运行 pip install pywin32。",
        "pywin32 is missing, so Excel and WPS cannot be reached. Run pip install pywin32.",
    ),
    "doctor.advice.appscript": (
        "缺少 appscript，不能连接 Excel。请运行 pip install appscript psutil。",
        "appscript is missing, so Excel cannot be reached. Run pip install appscript psutil.",
    ),
    "doctor.advice.xlwings": (
        "缺少 xlwings，不能连接任何应用程序。请运行 pip install xlwings。",
        "xlwings is missing, so no application can be reached. Run pip install xlwings.",
    ),
    "doctor.advice.open": (
        "正在运行，没有打开的工作簿。请打开要检查的工作簿。",
        "It is running without a workbook. Open the one to check.",
    ),
    "doctor.advice.unseen": (
        "正在运行，但连接不上。请点一下别的窗口再试（首次失去焦点后才会登记）；"
        "它和命令行须用同样的权限运行，都不要“以管理员身份运行”。",
        "It is running but cannot be reached. Click on another window once and try again (it registers when it first "
        "loses the focus); run it and the command line with the same rights, neither as administrator.",
    ),
    "doctor.advice.start": ("没有运行。请先打开工作簿。", "It is not running. Open the workbook first."),
    "doctor.advice.excel.taken": (
        "Excel.Application 指向 WPS。请在“WPS Office 配置工具 › 高级 › 兼容设置”中取消与第三方系统和软件兼容，"
        "再在“程序和功能”中修复 Microsoft Office。",
        "Excel.Application leads to WPS. Turn off the compatibility with third-party software in the WPS configuration "
        "tool (Advanced), then repair Microsoft Office in Programs and Features.",
    ),
    "doctor.advice.excel.server": (
        "Excel.Application 登记的程序不存在。请在“程序和功能”中修复 Microsoft Office。",
        "The program that Excel.Application stands for does not exist. Repair Microsoft Office in "
        "Programs and Features.",
    ),
    "doctor.advice.excel.unregistered": (
        "没有登记 Excel.Application。请在“程序和功能”中修复 Microsoft Office。",
        "Excel.Application is not registered. Repair Microsoft Office in Programs and Features.",
    ),
    "doctor.advice.wps.unregistered": (
        "没有登记 Ket.Application。请在“WPS Office 配置工具 › 高级”中点“重置修复”，或重新安装 WPS。",
        "Ket.Application is not registered. Use Reset and Repair in the WPS configuration tool (Advanced), or install "
        "WPS again.",
    ),
    "doctor.advice.wps.server": (
        "Ket.Application 登记不完整或程序不存在；打开的工作簿一般仍能连接。"
        "连接不上时，请在“WPS Office 配置工具 › 高级”中点“重置修复”。",
        "Ket.Application is registered in part only, or its program does not exist; an open workbook can usually be "
        "reached all the same. If not, use Reset and Repair in the WPS configuration tool (Advanced).",
    ),
    "doctor.advice.wps.vba": (
        "个人版没有宏（VBA），工作簿里的按钮不能用；请在命令行用 xltools live。",
        "Personal editions have no macros (VBA), so buttons in workbooks do not work; use xltools live in a terminal.",
    ),
    "doctor.advice.wps.no_com": (
        "只有 Windows 版 WPS 能与程序联动。请保存后直接处理文件，例如 xltools check 文件.xlsx。",
        "Only WPS for Windows can be reached by programs. Save, and work on the file, e.g. xltools check FILE.xlsx.",
    ),
    "doctor.advice.install": (
        "没有安装。要与打开的工作簿联动，请安装 Excel、WPS 或 LibreOffice 之一。",
        "None is installed. To work on open workbooks, install Excel, WPS or LibreOffice.",
    ),
}
