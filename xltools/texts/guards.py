"""What the data validations say that `score` adds: prompts and errors in the form, their rules in a `--diff`.

Prompts and errors become part of a Chinese form and are written in Chinese in every language.
"""

TEXTS: dict[str, tuple[str, str]] = {
    "guards.error_title": ("填写有误", "Not accepted"),
    "guards.unit": ("，单位：{unit}", ", in {unit}"),
    "guards.score.prompt": ("填 0 到本行分值之间的数。", "A number from 0 to the row's weight."),
    "guards.score.error": (
        "{label}应在 0 到本行分值之间，只填数字。",
        "{label} must lie between 0 and the row's weight.",
    ),
    "guards.score.rule": ("0 到本行分值（{most}）", "0 to the row's weight ({most})"),
    "guards.range.prompt": ("填 {least} 到 {most} 之间的数。", "A number from {least} to {most}."),
    "guards.range.error": (
        "{label}应在 {least} 到 {most} 之间，只填数字。",
        "{label} must lie between {least} and {most}.",
    ),
    "guards.range.rule": ("{least} 到 {most}", "{least} to {most}"),
    "guards.weight.prompt": ("填大于 0、不超过 {most} 的数。", "A number above 0, at most {most}."),
    "guards.weight.error": (
        "{label}应大于 0，且不超过 {most}，只填数字。",
        "{label} must be above 0 and at most {most}.",
    ),
    "guards.weight.rule": ("大于 0，不超过 {most}", "above 0, at most {most}"),
    "guards.amount.prompt": ("填不小于 0 的金额{unit}。只填数字。", "An amount of 0 or more{unit}, figures only."),
    "guards.amount.error": ("{label}应为不小于 0 的数，只填数字，不写单位。", "{label} must be a number of 0 or more."),
    "guards.amount.rule": ("不小于 0", "0 or more"),
    "guards.points.prompt": ("填 0 到 100 之间的数，98.5% 填 98.5。", "A number from 0 to 100: 98.5 for 98.5 %."),
    "guards.points.error": (
        "{label}应在 0 到 100 之间，98.5% 填 98.5。",
        "{label} must lie between 0 and 100: 98.5 for 98.5 %.",
    ),
    "guards.points.rule": ("0 到 100", "0 to 100"),
    "guards.percent.prompt": ("填 0% 到 100% 之间的百分数，如 98.5%。", "A percentage from 0 % to 100 %, as 98.5%."),
    "guards.percent.error": (
        "{label}应在 0% 到 100% 之间，请连百分号一起填，如 98.5%。",
        "{label} must lie between 0 % and 100 %, with its percent sign, as 98.5%.",
    ),
    "guards.percent.rule": ("0% 到 100%", "0 % to 100 %"),
    "guards.share.prompt": ("填 0 到 1 之间的数，98.5% 填 0.985。", "A number from 0 to 1: 0.985 for 98.5 %."),
    "guards.share.error": (
        "{label}应在 0 到 1 之间，98.5% 填 0.985。",
        "{label} must lie between 0 and 1: 0.985 for 98.5 %.",
    ),
    "guards.share.rule": ("0 到 1", "0 to 1"),
    "guards.rate.points.prompt": ("填不小于 0 的数，98.5% 填 98.5。", "A number of 0 or more: 98.5 for 98.5 %."),
    "guards.rate.points.error": (
        "{label}应为不小于 0 的数，98.5% 填 98.5。",
        "{label} must be 0 or more: 98.5 for 98.5 %.",
    ),
    "guards.rate.points.rule": ("不小于 0", "0 or more"),
    "guards.rate.percent.prompt": ("填不小于 0 的百分数，如 98.5%。", "A percentage of 0 or more, as 98.5%."),
    "guards.rate.percent.error": (
        "{label}应为不小于 0 的百分数，如 98.5%。",
        "{label} must be a percentage of 0 or more, as 98.5%.",
    ),
    "guards.rate.percent.rule": ("不小于 0", "0 or more"),
    "guards.rate.share.prompt": ("填不小于 0 的数，98.5% 填 0.985。", "A number of 0 or more: 0.985 for 98.5 %."),
    "guards.rate.share.error": (
        "{label}应为不小于 0 的数，98.5% 填 0.985。",
        "{label} must be 0 or more: 0.985 for 98.5 %.",
    ),
    "guards.rate.share.rule": ("不小于 0", "0 or more"),
}
