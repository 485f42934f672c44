"""文件打不开：不是工作簿或文档、残缺、加密，或解压后过大。

## 检查什么
读取文件本身。不是 .xlsx、.xlsm、.xls、.docx，被截断或损坏，设有打开密码，是 WPS 专有格式或 PDF，解压后超过安全上限
的，都报告是哪一种、怎样处理。打不开的文件不再作其他检查。

## 为什么
报送的文件在途中损坏、扩展名改错、忘记取消密码都很常见；不说清是哪一种，填报单位只会把同一个文件再发一遍。

## 错误示例
一个只下载了一半的 `自评表.xlsx`；一份把扩展名改成 `.xlsx` 的 PDF；设有打开密码的工作簿。

## 正确示例
在 Excel 或 WPS 中能直接打开、没有打开密码的 `.xlsx` 文件。

## 依据
ECMA-376（Office Open XML）；接收系统只收可直接读取的文件。
"""

from pathlib import Path

from xltools.checks.base import Finding, Rule, finding
from xltools.errors import WorkbookError

RULE = Rule(code="F001", name="unreadable-file", severity="error", scope="book")


def report(path: str | Path, error: WorkbookError) -> Finding:
    """The finding for a file that the readers refused with `error`, whose message says why and what to do."""
    return finding(RULE, None, "rules_f.F001", label=Path(path).name, reason=str(error))
