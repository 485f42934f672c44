"""Make the add-in and the starter workbook anew: `python workbooks/starter/make_starter.py [FOLDER]`.

Both begin as what `xlwings quickstart --addin --ribbon` and `xlwings quickstart --standalone` copy (BSD part of
xlwings); sheets, ribbon and macros are put in from this folder. The same sources and the same xlwings give the same
bytes.
"""

import io
import re
import sys
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import starter_sheets as look
from starter_sheets import Button, Row, Sheet
from vba_project import Module, decompress, vba_project, workbook_module, worksheet_module

from xltools.sheets.compound import stream

HERE = Path(__file__).parent
ADDIN, STARTER = "xltools.xlam", "xltools-starter.xlsm"
ADDIN_MODULES = ("xlwings", "xltools_run", "xltools_ribbon")
STARTER_MODULES = ("xlwings", "xltools_run", "xltools_starter")

_DATE = "2024-01-01T00:00:00Z"
_UNUSED_REFERENCES = ("MSForms",)
_CONTENT = "application/vnd.openxmlformats-officedocument."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

STEPS = (
    "打开要检查的自评表，让它开着。填了一半、还没有保存的也可以。",
    "回到这个窗口，按上面的“检查”。几秒钟后会自动切换到自评表。",
    "有问题的单元格标有颜色，鼠标移上去能看到哪里不对、应该是多少。全部问题列在最前面新增的工作表“检查结果”里。",
    "改好以后再按一次“检查”。原来的标记会换成新的，直到没有问题。",
    "报送之前按“清除标记”。颜色和批注去掉，“检查结果”删掉，单元格恢复原样，填的内容不变。",
)
REMARKS = (
    "“计分”在自评表里写入执行率、得分和总分的公式。写入前会再问一次；写入后不能用“撤销”退回，请先保存一份。",
    "同时打开了几个工作簿时，会请您选处理哪一个。",
    "按了没有反应或者出现错误，请按“环境诊断”，把看到的文字发给信息技术人员。",
    "自评表只在这台电脑上处理，不会上传。",
)


def guide_sheet() -> Sheet:
    """The first sheet of the starter workbook: buttons and how to use them."""
    rows = {
        1: Row([("B", "绩效自评表：检查与计分", look.TITLE)], 32),
        2: Row([("B", "先打开自评表，再回到这里按按钮。", look.REMARK)], 20),
        7: Row([("B", "怎么用", look.HEADING)], 24),
    }
    at = 8
    for number, text in enumerate(STEPS, 1):
        rows[at] = Row([("B", str(number), look.NUMBER), ("C", text, look.BODY)], 24)
        at += 1
    rows[at + 1] = Row([("B", "要知道的", look.HEADING)], 24)
    at += 2
    for text in REMARKS:
        rows[at] = Row([("B", "·", look.NUMBER), ("C", text, look.BODY)], 24)
        at += 1
    buttons = [
        Button(label, macro, 2 + 2 * place if place else 1, 3, 3 + 2 * place, 5, colour)
        for place, (label, macro, colour) in enumerate(
            (
                ("检查", "StarterCheck", "1F6FB5"),
                ("计分", "StarterScore", "2E7D4F"),
                ("清除标记", "StarterClear", "7F7F7F"),
                ("环境诊断", "StarterDoctor", "A6762B"),
            )
        )
    ]
    return Sheet(
        "说明",
        "Sheet1",
        (2, 5, 20, 3, 20, 3, 20, 3, 20, 3),
        rows,
        merged=["B2:J2", *(f"C{row}:J{row}" for row in rows if any(column == "C" for column, _, _ in rows[row].cells))],
        buttons=buttons,
    )


def settings_sheet() -> Sheet:
    """The second sheet of the starter workbook; its input cells carry the names that the macros look up."""
    program = (
        "xltools.exe 的完整位置，例如 D:\\工具\\xltools\\xltools.exe。留空就自动找：先找本文件旁边和旁边的 "
        "xltools 文件夹，再找 %LOCALAPPDATA%\\xltools、Program Files\\xltools 和 PATH。"
        "装了 Python 版的也可以填 python.exe。"
    )
    console = "按“检查”时显示黑色的命令窗口，只在查原因时用。"
    return Sheet(
        "设置",
        "Sheet2",
        (2, 22, 60, 60),
        {
            1: Row([("B", "设置", look.TITLE)], 32),
            2: Row([("B", "一般不用填。改了以后保存本文件即可。", look.REMARK)], 20),
            4: Row([("B", "程序位置", look.LABEL), ("C", "", look.INPUT), ("D", program, look.REMARK)], 60),
            5: Row([("B", "显示命令窗口", look.LABEL), ("C", "", look.INPUT), ("D", console, look.REMARK)], 36),
        },
        merged=["B2:D2"],
        lists={"C5": ["是"]},
    )


SETTINGS = {"xltools_program": "设置!$C$4", "xltools_show_console": "设置!$C$5"}
"""The names that the macros look up, and the cells of the settings sheet."""


def texts_sheet(code_name: str) -> Sheet:
    """The hidden sheet with what the macros say: key, Chinese, English."""
    with (HERE / "vba" / "texts.toml").open("rb") as file:
        texts = tomllib.load(file)
    rows = {
        at: Row([("A", key, look.PLAIN), ("B", text["zh"], look.PLAIN), ("C", text["en"], look.PLAIN)])
        for at, (key, text) in enumerate(texts.items(), 1)
    }
    return Sheet("texts", code_name, (16, 60, 60), rows, hidden=True)


def source(name: str) -> Module:
    """A standard module, from `vba/NAME.bas`."""
    return Module(name, (HERE / "vba" / f"{name}.bas").read_text("ascii"))


def addin() -> bytes:
    """`xltools.xlam`: no sheet to be seen, a ribbon tab that acts on the workbook in front."""
    parts = quickstart("quickstart_addin_ribbon.xlam")
    parts["customUI/customUI.xml"] = (HERE / "vba" / "customUI.xml").read_text("utf-8").encode()
    return _built(parts, "xltools_addin", [texts_sheet("Sheet1")], {}, ADDIN_MODULES, "绩效自评 xltools 加载项")


def starter() -> bytes:
    """`xltools-starter.xlsm`: a guide with buttons that act on another open workbook, and a settings sheet."""
    parts = quickstart("quickstart_standalone.xlsm")
    sheets = [guide_sheet(), settings_sheet(), texts_sheet("Sheet3")]
    return _built(parts, "xltools_starter", sheets, SETTINGS, STARTER_MODULES, "绩效自评 xltools 启动工作簿")


def quickstart(name: str) -> dict[str, bytes]:
    """The parts of a file that `xlwings quickstart` copies; found without importing xlwings."""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise SystemExit("xlwings is not installed")
    with zipfile.ZipFile(Path(spec.origin).parent / name) as package:
        return {part: package.read(part) for part in package.namelist()}


def _built(
    parts: dict[str, bytes],
    project: str,
    sheets: Sequence[Sheet],
    names: Mapping[str, str],
    modules: Sequence[str],
    title: str,
) -> bytes:
    for part in [part for part in parts if part.startswith("xl/worksheets/") or part == "xl/sharedStrings.xml"]:
        del parts[part]
    parts["xl/styles.xml"] = look.STYLES.encode()
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet.xml(front=number == 1).encode()
        if sheet.buttons:
            parts[f"xl/drawings/drawing{number}.xml"] = sheet.drawing().encode()
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relations(
                {"rId1": ("drawing", f"../drawings/drawing{number}.xml")}
            )
    parts["xl/_rels/workbook.xml.rels"] = _workbook_relations(parts["xl/_rels/workbook.xml.rels"], len(sheets))
    parts["xl/workbook.xml"] = _workbook(parts["xl/workbook.xml"], sheets, names)
    parts["[Content_Types].xml"] = _content_types(parts["[Content_Types].xml"], sheets)
    parts["docProps/core.xml"] = _core(parts["docProps/core.xml"], title)
    streams = read_project(parts["xl/vbaProject.bin"])
    documents = [workbook_module(), *(worksheet_module(sheet.code_name) for sheet in sheets)]
    parts["xl/vbaProject.bin"] = vba_project(
        streams["VBA/dir"],
        streams["PROJECT"].decode("ascii"),
        project,
        [*documents, *map(source, modules)],
        _UNUSED_REFERENCES,
    )
    return _packed(parts)


def read_project(project: bytes) -> dict[str, bytes]:
    """The streams `VBA/dir` (decompressed) and `PROJECT` of a VBA project."""
    return {"VBA/dir": decompress(stream(project, ("dir",))), "PROJECT": stream(project, ("project",))}


def _workbook(xml: bytes, sheets: Sequence[Sheet], names: Mapping[str, str]) -> bytes:
    text = xml.decode()
    listed = "".join(
        f'<sheet name="{sheet.name}" sheetId="{at}"{" state=" + chr(34) + "veryHidden" + chr(34) if hides else ""}'
        f' r:id="sheet{at}"/>'
        for at, sheet in enumerate(sheets, 1)
        for hides in [sheet.hidden and len(sheets) > 1]
    )
    defined = "".join(f'<definedName name="{name}">{place}</definedName>' for name, place in sorted(names.items()))
    text = re.sub(r"<mc:AlternateContent.*?</mc:AlternateContent>", "", text, flags=re.S)
    text = re.sub(r"<sheets>.*?</sheets>", lambda _: f"<sheets>{listed}</sheets>", text)
    text = text.replace("<definedNames />", f"<definedNames>{defined}</definedNames>" if defined else "")
    # Nothing is calculated here; asked to calculate, Excel would offer to save the file whenever it is closed.
    return text.replace('<calcPr fullCalcOnLoad="1" />', "<calcPr/>").encode()


def _workbook_relations(xml: bytes, sheets: int) -> bytes:
    kept = re.sub(r'<Relationship [^>]*Target="(worksheets/[^"]*|sharedStrings\.xml)"[^>]*/>', "", xml.decode())
    added = "".join(
        f'<Relationship Id="sheet{at}" Type="{_RELATION}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, sheets + 1)
    )
    return kept.replace("</Relationships>", added + "</Relationships>").encode()


def _relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{look.DECLARATION}<Relationships xmlns="{package}">{listed}</Relationships>'.encode()


def _content_types(xml: bytes, sheets: Sequence[Sheet]) -> bytes:
    kept = re.sub(r'<Override PartName="/xl/(worksheets/[^"]*|sharedStrings\.xml)"[^>]*/>', "", xml.decode())
    kinds = {f"worksheets/sheet{at}.xml": "spreadsheetml.worksheet+xml" for at in range(1, len(sheets) + 1)}
    kinds |= {f"drawings/drawing{at}.xml": "drawing+xml" for at, sheet in enumerate(sheets, 1) if sheet.buttons}
    added = "".join(f'<Override PartName="/xl/{part}" ContentType="{_CONTENT}{kind}"/>' for part, kind in kinds.items())
    return kept.replace("</Types>", added + "</Types>").encode()


def _core(xml: bytes, title: str) -> bytes:
    text = xml.decode().replace("<dc:title />", f"<dc:title>{title}</dc:title>")
    text = re.sub(r"(<(dc:creator|cp:lastModifiedBy)>)[^<]*", r"\1xltools", text)
    return re.sub(r"(<dcterms:\w+ [^>]*>)[^<]*", rf"\g<1>{_DATE}", text).encode()


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """The package, stored: compressed it would differ with the zlib that Python was built with."""
    buffer = io.BytesIO()
    # The ribbon comes last: `file` and mail filters tell the kind of a package by what its first parts are called.
    order = sorted(parts, key=lambda part: (part.startswith("customUI/"), not part.startswith(("[", "_rels/")), part))
    with zipfile.ZipFile(buffer, "w") as package:
        for part in order:
            info = zipfile.ZipInfo(part)
            info.create_system = 0
            package.writestr(info, parts[part])
    return buffer.getvalue()


def main(folder: Path = HERE) -> None:
    """Write both files into a folder, by default this one."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ADDIN).write_bytes(addin())
    (folder / STARTER).write_bytes(starter())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
