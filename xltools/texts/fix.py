"""What is said about fixing a workbook."""

TEXTS: dict[str, tuple[str, str]] = {
    "fix.number": ("文本改存为数字", "text stored as the number it is"),
    "fix.name": ("去掉多余的空格，统一括号", "stray blanks removed, brackets made alike"),
    "fix.left": ("没有修正，请人工处理：", "Not fixed, for a person to decide:"),
    "fix.left.line": ("{cell} {code} {label}：{reason}", "{cell} {code} {label}: {reason}"),
    "fix.left.refused": ("{reason}", "{reason}"),
    "fix.left.no_formula": (
        "算不出应填的数，或者这里写公式会循环引用",
        "the figure cannot be computed, or a formula here would be circular",
    ),
    "fix.left.still_wrong": (
        "改了以后仍不相符，因此没有改",
        "it would still not agree after the change, so nothing was changed",
    ),
    "fix.left.new_error": (
        "改了会带来新的错误，因此没有改",
        "the change would make another error, so nothing was changed",
    ),
    "fix.not_xlsx": (
        "{path}：只有 .xlsx 和 .xlsm 文件能自动修正，请另存为 .xlsx。",
        "{path}: only .xlsx and .xlsm can be fixed; save it as .xlsx.",
    ),
    "fix.backup": ("{path}：原文件另存为 {backup}", "{path}: the original is kept as {backup}"),
    "fix.unsafe_hint": (
        "另有 {count} 处可以重算后写成公式（执行率、得分率、总分、等级等），加 --unsafe 修正，先用 --diff 看改动。",
        "{count} more can be computed and written as formulas (rates, scores, total, grade): add --unsafe, and look at "
        "--diff first.",
    ),
    "fix.computed": ("（按公式计算）", "(computed by the formula)"),
    "fix.after": ("修正以后：", "After the fixes:"),
}
