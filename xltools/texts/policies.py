"""What is said when a policy cannot be found or its file is wrong."""

TEXTS: dict[str, tuple[str, str]] = {
    "policies.unknown": (
        "没有名为“{name}”的评分政策。可用：{names}；也可以给出自己的 .toml 文件。",
        "There is no policy called {name!r}. Available: {names}; a .toml file of your own will do too.",
    ),
    "policies.unreadable": ("无法读取政策文件 {path}：{reason}。", "Cannot read the policy file {path}: {reason}."),
    "policies.not_toml": (
        "政策文件 {path} 不是有效的 TOML：{reason}。",
        "The policy file {path} is not valid TOML: {reason}.",
    ),
    "policies.unknown_key": (
        "政策文件 {path}：没有“{setting}”这一项。可以写的有：{known}。",
        "Policy file {path}: there is no setting {setting!r}. Known settings: {known}.",
    ),
    "policies.circle": (
        '政策文件 {path}：extends = "{extends}" 绕回了自己。',
        'Policy file {path}: extends = "{extends}" leads back to itself.',
    ),
    "policies.wrong": (
        "政策文件 {path}：{setting} 为 {found}，应为{expected}。",
        "Policy file {path}: {setting} is {found}, expected {expected}.",
    ),
    "policies.missing": ("空（未写）", "missing"),
    "policies.expected.setting": (
        "带 value、basis、certainty 的一项，或用 extends 从现有政策继承",
        "a setting with value, basis and certainty, or one inherited with extends",
    ),
    "policies.expected.no_such_key": ("value、basis、certainty 三者之一", "one of value, basis, certainty"),
    "policies.expected.text": ("一段文字", "a text"),
    "policies.expected.certainty": (
        "official、form、second-hand、known、user 之一",
        "one of official, form, second-hand, known, user",
    ),
    "policies.expected.percent": ("0 到 100 之间的数（百分比）", "a number from 0 to 100 (percent)"),
    "policies.expected.positive": ("大于 0 的数", "a number above 0"),
    "policies.expected.not_negative": ("不小于 0 的数", "a number of 0 or more"),
    "policies.expected.boolean": ("true 或 false", "true or false"),
    "policies.expected.count": ("不小于 0 的整数", "a whole number of 0 or more"),
    "policies.expected.severity": ('"warning" 或 "error"', '"warning" or "error"'),
    "policies.expected.split": (
        "execution、output、benefit、satisfaction 的分值",
        "points for execution, output, benefit, satisfaction",
    ),
    "policies.expected.grades": (
        '由 {{ name = "优", lower = 90 }} 这样的各等级组成的列表',
        'a list of grades such as {{ name = "优", lower = 90 }}',
    ),
    "policies.expected.distinct_bounds": ("各等级下限互不相同", "a different lower bound for each grade"),
    "policies.expected.tiers": (
        "由 name、words、lower、upper 组成的各档",
        "a list of tiers with name, words, lower, upper",
    ),
    "policies.expected.words": ("由文字组成的列表", "a list of texts"),
    "policies.expected.lower_below_upper": ("不大于 upper 的数", "a number not above upper"),
    "policies.expected.caps": (
        "由 {{ below = 80, total = 89 }} 这样的上限组成的列表",
        "a list of caps such as {{ below = 80, total = 89 }}",
    ),
}
