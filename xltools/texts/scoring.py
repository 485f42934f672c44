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
    "scoring.score_total": ("执行率得分 + 各指标得分：{how}", "execution score + indicator scores: {how}"),
    "scoring.total_repeated": ("与得分合计一致：{how}", "the same as the total of the scores: {how}"),
    "scoring.grade": ("{policy} 的等级标准：{how}", "grades of {policy}: {how}"),
    "scoring.total_kept": ("未改动，仍为 {found}：{reason}", "left at {found}: {reason}"),
    "scoring.total_open": ("未写入：{reason}", "not written: {reason}"),
    "scoring.no_rows": ("表中没有填写指标", "the form holds no indicators"),
    "scoring.rows": ("第 {rows} 行", "row {rows}"),
    "scoring.rows_many": ("第 {rows} 等 {count} 行", "{count} rows ({rows}, …)"),
    "scoring.rows_open": ("{rows}没有得分，也无法计算", "no score in {rows}, and nothing to compute it from"),
    "scoring.execution_open": (
        "没有执行率得分，也无法计算",
        "no score for the execution rate, and nothing to compute it from",
    ),
    "scoring.weights_open": ("{rows}没有分值", "no weight in {rows}"),
    "scoring.weights_differ": (
        "各项分值合计为 {sum}，不是 {marks}，得分合计不等于总分",
        "the weights add up to {sum}, not {marks}: the sum of the scores is not the total",
    ),
    "scoring.balance": ("全年预算数 − 执行数：{how}", "budget − executed: {how}"),
}
