"""What is said of a settings file: what is wrong in it, and what it changed."""

TEXTS: dict[str, tuple[str, str]] = {
    "settings.unreadable": ("无法打开设置文件 {path}：{reason}。", "Cannot open the settings {path}: {reason}."),
    "settings.not_toml": (
        "设置文件 {path} 的写法不对：{reason}。",
        "The settings {path} are not written correctly: {reason}.",
    ),
    "settings.wrong": ("设置文件 {path} 有错：", "What is wrong in the settings {path}:"),
    "settings.problem": (
        "{setting}：写的是 {found}，可以是 {allowed}",
        "{setting}: found {found}, allowed is {allowed}",
    ),
    "settings.allowed.texts": ('文字的列表，如 ["办结数"]', 'a list of texts such as ["办结数"]'),
    "settings.twice": (
        "“{text}”既在 {first} 又在 {second}，只能留一处",
        "'{text}' stands under {first} and {second}; keep one of them",
    ),
    "settings.refused": ("{setting}：{reason}", "{setting}: {reason}"),
    "settings.allowed.text": ("一段文字", "a text"),
    "settings.allowed.rules": (
        '规则代码、名称或代码开头的列表，如 ["S101", "B"]',
        'a list of codes, names or beginnings of codes such as ["S101", "B"]',
    ),
    "settings.allowed.policy": (
        '计分办法的名称或 TOML 文件，如 "hubei"',
        'the name of scoring rules or a TOML file, such as "hubei"',
    ),
    "settings.allowed.cell": ('单元格，如 "D9" 或 "自评表!D9"', 'a cell such as "D9" or "Sheet1!D9"'),
    "settings.missing.rule": (
        "{setting}：没有写，须写明规则的代码或名称",
        "{setting}: missing; name the rule by its code or name",
    ),
    "settings.missing.reason": (
        "{setting}：没有写，须写明为什么接受",
        "{setting}: missing; say why the finding is accepted",
    ),
    "settings.missing.where": (
        "{setting}：没有写明接受哪里的问题，unit（单位）、cell（单元格）、file（文件）至少写一项；"
        "整条规则都不用的，请写在 ignore 中",
        "{setting}: does not say where; name a unit, a cell or a file, or put the rule under ignore",
    ),
    "settings.basis": (
        "{path} 中 [thresholds] 的 {name}",
        "{name} under [thresholds] in {path}",
    ),
    "settings.off": ("已在 {path} 中关闭", "turned off in {path}"),
}
