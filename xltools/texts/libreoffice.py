"""What is said about a running LibreOffice."""

TEXTS: dict[str, tuple[str, str]] = {
    "libreoffice.no_uno": (
        "没有找到 LibreOffice 的 Python 接口（uno），无法连接 LibreOffice。Debian/Ubuntu/麒麟/统信：安装 python3-uno，"
        "并用系统的 Python 运行（当前是 Python {python}）；其他系统：安装 LibreOffice。",
        "LibreOffice's Python interface (uno) is missing, so LibreOffice cannot be reached. Debian, Ubuntu: install "
        "python3-uno and run the system's Python (this is Python {python}); elsewhere: install LibreOffice.",
    ),
    "libreoffice.wrong_uno": (
        "LibreOffice 的 Python 接口（uno）与当前的 Python {python} 不配套：{error}。请用系统的 Python 或 LibreOffice "
        "自带的 Python 运行。",
        "LibreOffice's Python interface (uno) does not fit this Python {python}: {error}. Run the system's Python or "
        "the one that comes with LibreOffice.",
    ),
    "libreoffice.not_listening": (
        "连接不上 LibreOffice：没有程序在监听 {accept}。",
        "LibreOffice cannot be reached: nothing listens on {accept}.",
    ),
    "libreoffice.given": (
        "{error}要连接的 LibreOffice 是环境变量 {variable} 指定的；请改正或清除它。",
        "{error} The environment variable {variable} says so; correct or clear it.",
    ),
    "libreoffice.opened_read_only": (
        "“{name}”是以只读方式打开的，不能改动。请在 LibreOffice 中改为编辑模式（“编辑”→“编辑模式”）或另存一份再运行；"
        "只看检查结果可用 --no-marks。",
        "{name} was opened read-only and cannot be changed. Switch to edit mode in LibreOffice (Edit → Edit Mode) or "
        "save a copy first; to only see the findings, use --no-marks.",
    ),
    "libreoffice.no_connection": (
        "连接不上 LibreOffice（{accept}）：{error}。",
        "LibreOffice cannot be reached ({accept}): {error}.",
    ),
    "libreoffice.no_answer": (
        "LibreOffice（{accept}）{seconds} 秒没有应答，可能有对话框开着。请关闭对话框后重试。",
        "LibreOffice ({accept}) has not answered for {seconds} seconds; perhaps it shows a dialog. Close it and retry.",
    ),
    "libreoffice.refused": ("LibreOffice 没有接受：{error}", "LibreOffice refuses: {error}"),
    "libreoffice.gone": (
        "与 LibreOffice 的连接已断开：程序已退出，或者工作簿已关闭。请重新打开后再试。",
        "The connection to LibreOffice is gone: it has ended, or the workbook was closed. Open it again and retry.",
    ),
    "libreoffice.sandboxed": (
        "正在运行的 LibreOffice（进程 {pid}）装在沙箱里（Flatpak、Snap 或容器），从外面无法让它接受连接。"
        "请先关闭它，再这样启动："
        'flatpak run org.libreoffice.LibreOffice "--accept=socket,host=localhost,port=2002;urp"，'
        '并设置环境变量 {variable}="socket,host=localhost,port=2002;urp"。',
        "The LibreOffice that is running (process {pid}) lives in a sandbox (Flatpak, Snap, container) and cannot be "
        "told from outside to take a connection. Close it and start it as flatpak run org.libreoffice.LibreOffice "
        '"--accept=socket,host=localhost,port=2002;urp", with {variable}="socket,host=localhost,port=2002;urp" in the '
        "environment.",
    ),
    "libreoffice.not_handed_over": (
        "正在运行的 LibreOffice（进程 {pid}）没有接受连接请求，可能正忙或有对话框开着。请稍后重试。",
        "The LibreOffice that is running (process {pid}) has not taken the request to listen; it may be busy or show a "
        "dialog. Try again later.",
    ),
    "libreoffice.never_started": (
        "xltools 不会自行启动 LibreOffice。请先打开 LibreOffice，"
        "再用 xw.apps 或 xltools.live.libreoffice.attach() 连接。",
        "xltools does not start LibreOffice. Open it, then use xw.apps or xltools.live.libreoffice.attach().",
    ),
    "libreoffice.unknown_process": (
        "不知道这个 LibreOffice 的进程号（它可能在另一台计算机上），无法强行结束。",
        "The process of this LibreOffice is unknown (it may run on another computer), so it cannot be killed.",
    ),
    "libreoffice.unavailable": (
        "通过 xltools 使用 LibreOffice 时没有这个功能：{what}。",
        "{what}: not available on LibreOffice through xltools.",
    ),
    "libreoffice.no_book": ("LibreOffice 里没有打开的工作簿。", "No workbook is open in LibreOffice."),
    "libreoffice.no_window": (
        "工作簿“{book}”没有窗口（后台打开），不能{what}。",
        "The workbook {book} has no window (it was opened in the background): {what} is impossible.",
    ),
    "libreoffice.not_opened": (
        "LibreOffice 打不开 {path}：{error}。文件可能已损坏、加了密码，或者不是表格。",
        "LibreOffice cannot open {path}: {error}. It may be damaged, protected by a password, or no spreadsheet.",
    ),
    "libreoffice.not_spreadsheet": ("{path} 不是表格文件。", "{path} is no spreadsheet."),
    "libreoffice.unknown_format": (
        "LibreOffice 不能保存为“{suffix}”文件；可以用：{known}。",
        "LibreOffice does not save {suffix} files through xltools; it saves {known}.",
    ),
    "libreoffice.read_only": (
        "工作簿“{book}”是只读的，请另存为别的文件名。",
        "The workbook {book} is read-only; save it under another name.",
    ),
    "libreoffice.not_saved": ("无法保存 {path}：{error}。", "{path} cannot be saved: {error}."),
    "libreoffice.not_closed": (
        "LibreOffice 不让关闭工作簿“{book}”，可能正在打印或有对话框开着。",
        "LibreOffice does not let go of the workbook {book}; it may be printing or show a dialog.",
    ),
    "libreoffice.sheet_name": (
        "工作表不能叫“{name}”：名称已有，或含有不允许的字符（[ ] * ? : / \\，首尾的单引号）。",
        "A sheet cannot be called {name}: the name exists, or holds a character that is not allowed ([ ] * ? : / \\, a "
        "quotation mark at either end).",
    ),
    "libreoffice.last_sheet": (
        "“{name}”是最后一个可见的工作表，不能隐藏或删除。",
        "{name} is the last sheet that is visible: it can neither be hidden nor deleted.",
    ),
    "libreoffice.hidden_sheet": (
        "工作表“{name}”是隐藏的，请先显示（sheet.visible = True）。",
        "The sheet {name} is hidden; show it first (sheet.visible = True).",
    ),
    "libreoffice.no_sheet": ("没有工作表“{name}”。", "There is no sheet {name}."),
    "libreoffice.no_area": (
        "“{text}”不是单元格区域，也不是已定义的名称。",
        "{text} is neither an area of cells nor a defined name.",
    ),
    "libreoffice.several_areas": (
        "“{text}”是几块区域；这里只能用一块。",
        "{text} is more than one area; only one can be used here.",
    ),
    "libreoffice.other_sheet": (
        "“{text}”在另一个工作表上。",
        "{text} lies on another sheet.",
    ),
    "libreoffice.bad_name": (
        "不能定义名称“{name}”：已经有了，或不合规则（以字母、汉字或下划线开头，不含空格，不像单元格地址）。",
        "{name} cannot be defined: it exists, or breaks the rules (a letter or an underscore first, no blanks, unlike "
        "an address).",
    ),
    "libreoffice.name_without_area": (
        "名称“{name}”（{refers_to}）指的不是单元格区域。",
        "The name {name} ({refers_to}) does not stand for an area of cells.",
    ),
    "libreoffice.nobody_answers": (
        "LibreOffice 在后台运行，没有窗口可以显示提示。",
        "LibreOffice runs without a window, so nobody can answer.",
    ),
    "libreoffice.protected": (
        "工作表“{sheet}”受保护，{cells} 是锁定的单元格，不能修改。请先撤消工作表保护。",
        "The sheet {sheet} is protected and {cells} is locked: it cannot be changed. Take off the protection first.",
    ),
    "libreoffice.no_macro": ("没有找到宏“{name}”：{error}。", "There is no macro {name}: {error}."),
    "libreoffice.no_folder": ("没有文件夹 {folder}", "there is no folder {folder}"),
    "libreoffice.no_right": ("没有写入的权限", "no right to write there"),
}
