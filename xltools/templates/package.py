"""From openpyxl's workbook to the bytes of an official template: stored results, and the same bytes every time."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from xltools.errors import TemplateError

STAMP = datetime(2020, 1, 1, tzinfo=UTC)
ZIP_STAMP = (1980, 1, 1, 0, 0, 0)
CONTENT_TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"


def packed(workbook: Any) -> bytes:
    """The workbook as .xlsx with the result of every formula stored, byte for byte the same on each run.

    Raises TemplateError where formualizer, which computes the results, is missing or leaves one uncomputed.
    """
    workbook.calculation.fullCalcOnLoad = True
    buffer = io.BytesIO()
    workbook.save(buffer)
    return stable(calculated(buffer.getvalue()))


def calculated(data: bytes) -> bytes:
    """The same package with the result of every formula computed and stored."""
    try:
        import formualizer
    except ImportError as error:
        raise TemplateError(
            "写入公式结果需要 formualizer：pip install formualizer / formualizer is needed to store formula results"
        ) from error
    answer = formualizer.recalculate_xlsx_bytes(data, deterministic_timestamp_utc=STAMP)
    unknown = answer["summary"]["unknown_functions"]
    if unknown or answer["summary"]["errors"]:
        raise TemplateError(f"模板公式计算有误 / the template's formulas do not compute: {answer['summary']}")
    result = answer["bytes"]
    return bytes(result)


def renamed(data: bytes, texts: Mapping[str, str]) -> bytes:
    """The package with whole texts of its cells replaced, nothing else changed; stored results stay as they are.

    Raises TemplateError where a text does not occur.
    """
    target = io.BytesIO()
    found: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            content = source.read(entry)
            for old, new in texts.items():
                # The same text may stand as characters or as numeric references, as the XML writer pleased.
                for errors, encoding in (("strict", "utf-8"), ("xmlcharrefreplace", "ascii")):
                    before = f"<t>{escape(old)}</t>".encode(encoding, errors)
                    if before in content:
                        found.add(old)
                        content = content.replace(before, f"<t>{escape(new)}</t>".encode(encoding, errors))
            archive.writestr(_entry(entry.filename), content)
    if missing := [text for text in texts if text not in found]:
        raise TemplateError(f"模板中没有文字“{missing[0]}” / the template holds no text {missing[0]!r}")
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, ZIP_STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry


def stable(data: bytes) -> bytes:
    """The package without what differs from run to run: the clock in its members and in its properties."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        # Readers that stream a package want its content types first.
        for name in sorted(source.namelist(), key=lambda name: name != CONTENT_TYPES):
            content = source.read(name)
            if name == CORE:
                stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
            archive.writestr(_entry(name), content)
    return target.getvalue()
