"""What `score` says: why a cell is written, and why a file cannot be scored."""

TEXTS: dict[str, tuple[str, str]] = {
    "scoring.save_as_xlsx": (
        "{path} 不是 .xlsx 工作簿，不能写回得分。请在 Excel 或 WPS 中另存为 .xlsx。",
        "{path} is not an .xlsx workbook: scores cannot be written back. Save it as .xlsx in Excel or WPS.",
    ),
    "scoring.rate": ("执行率 = 执行数 ÷ 预算数：{how}", "execution rate = executed ÷ budget: {how}"),
    "scoring.execution_score": (
        "执行率得分 = min(执行率, 100%) × 权重：{how}",
        "execution score = min(rate, 100%) × weight: {how}",
    ),
    "scoring.indicator_score": ("按 {policy} 计算的得分：{how}", "score by {policy}: {how}"),
    "scoring.coefficient": ("按 {policy} 计算的得分系数：{how}", "coefficient by {policy}: {how}"),
    "scoring.coefficient_score": ("指标得分 = 得分系数 × 权重：{how}", "score = coefficient × weight: {how}"),
    "scoring.score_rate": ("得分 ÷ 权重：{how}", "score ÷ weight: {how}"),
    "scoring.weight_total": ("分值合计：{how}", "sum of the weights: {how}"),
    "scoring.score_total": ("执行率得分 + 各指标得分：{how}", "execution score + indicator scores: {how}"),
    "scoring.total_repeated": ("与得分合计一致：{how}", "the same as the total of the scores: {how}"),
    "scoring.grade": ("{policy} 的等级标准：{how}", "grades of {policy}: {how}"),
    "scoring.balance": ("全年预算数 − 执行数：{how}", "budget − executed: {how}"),
}
