import xml.etree.ElementTree as ET

from xltools.ooxml.notes import MAIN, with_notes

DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025"/></xml>'
)


def texts(comments: bytes) -> dict[str, str]:
    found = {}
    for comment in ET.fromstring(comments).iter(f"{{{MAIN}}}comment"):
        found[comment.attrib["ref"]] = "".join(part.text or "" for part in comment.iter(f"{{{MAIN}}}t"))
    return found


def shapes(drawing: bytes) -> list[tuple[str, str]]:
    space = "{urn:schemas-microsoft-com:office:excel}"
    root = ET.fromstring(drawing)
    return [
        (data.findtext(f"{space}Row", ""), data.findtext(f"{space}Column", ""))
        for data in root.iter(f"{space}ClientData")
    ]


def test_first_notes_make_both_parts() -> None:
    made = with_notes(None, None, {(9, 4): "应为 100%", (2, 1): "a < b\n下一行"})
    assert texts(made.comments) == {"A2": "a < b\n下一行", "D9": "应为 100%"}
    assert shapes(made.drawing) == [("1", "0"), ("8", "3")]


def test_a_note_continues_the_one_that_is_there() -> None:
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>张三</author></authors><commentList>'
        '<comment ref="A1" authorId="0"><text><t>原批注</t></text></comment>'
        '<comment ref="A2" authorId="0"><text><r><t>富文本</t></r></text></comment></commentList></comments>'
    )
    made = with_notes(comments.encode(), DRAWING, {(1, 1): "新", (2, 1): "新"})
    assert texts(made.comments) == {"A1": "原批注\n新", "A2": "富文本\n新"}
    assert made.drawing == DRAWING


def test_notes_are_added_to_the_parts_of_others() -> None:
    first = with_notes(None, DRAWING, {(1, 1): "一"})
    second = with_notes(first.comments, first.drawing, {(2, 2): "二"})
    assert texts(second.comments) == {"A1": "一", "B2": "二"}
    assert second.comments.count(b"<author>xltools</author>") == 1
    assert shapes(second.drawing) == [("0", "0"), ("1", "1")]
    ids = [
        element.attrib["id"] for element in ET.fromstring(second.drawing).iter("{urn:schemas-microsoft-com:vml}shape")
    ]
    assert len(ids) == len(set(ids)) == 3


def test_a_drawing_with_other_prefixes_takes_the_shapes() -> None:
    made = with_notes(None, b'<xml xmlns:w="urn:schemas-microsoft-com:vml"></xml>', {(1, 1): "一"})
    assert shapes(made.drawing) == [("0", "0")]
