"""What is wrong with a settings file."""

TEXTS: dict[str, tuple[str, str]] = {
    "settings.unreadable": ("无法打开设置文件 {path}：{reason}。", "Cannot open the settings {path}: {reason}."),
    "settings.not_toml": (
        "设置文件 {path} 的写法不对：{reason}。",
        "The settings {path} are not written correctly: {reason}.",
    ),
    "settings.wrong": ("设置文件 {path} 有错：", "What is wrong in the settings {path}:"),
    "settings.problem": ("{setting}：写的是 {found}，可以是 {allowed}", "{setting}: found {found}, allowed is {allowed}"),
    "settings.allowed.texts": ('文字的列表，如 ["办结数"]', 'a list of texts such as ["办结数"]'),
    "settings.twice": (
        "“{text}”既在 {first} 又在 {second}，只能留一处",
        "'{text}' stands under {first} and {second}; keep one of them",
    ),
}
