from xltools.edits import ConditionalFormat, Style
from xltools.ooxml.styles_splice import StyleBook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FONT = '<font><sz val="11"/><name val="宋体"/></font>'
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1">{FONT}</fonts><fills count="1"><fill/></fills>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="2" fontId="0" fillId="0" borderId="3" applyAlignment="1"><alignment horizontal="center"/></xf>'
    "</cellXfs></styleSheet>"
)


def book() -> StyleBook:
    return StyleBook(STYLES.encode())


def test_a_number_format_is_added_behind_the_others() -> None:
    styles = book()
    assert styles.style(1, Style(number_format='0.00"万元"')) == 2
    number_format = '<numFmt numFmtId="164" formatCode="0.00&quot;万元&quot;"/>'
    added = f'<styleSheet xmlns="{MAIN}"><numFmts count="1">{number_format}</numFmts>'
    new = (
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="3" applyAlignment="1" applyNumberFormat="1">'
        '<alignment horizontal="center"/></xf></cellXfs>'
    )
    after = STYLES.replace(f'<styleSheet xmlns="{MAIN}">', added)
    after = after.replace("</cellXfs>", new).replace('<cellXfs count="2">', '<cellXfs count="3">')
    assert styles.data.decode() == after


def test_the_same_look_is_added_once() -> None:
    styles = book()
    look = Style(number_format="0.00", fill="FFC7CE", bold=True)
    first = styles.style(0, look)
    again = StyleBook(styles.data)
    assert again.style(0, look) == first
    assert again.data == styles.data


def test_a_look_that_is_there_already_is_used() -> None:
    styles = book()
    assert styles.style(1, Style()) == 1
    assert styles.data == STYLES.encode()


def test_fill_and_font_are_added_and_the_old_ones_stay() -> None:
    styles = book()
    styles.style(0, Style(fill="FFC7CE", font_color="9C0006", bold=True))
    text = styles.data.decode()
    assert FONT + '<font><b/><sz val="11"/><color rgb="FF9C0006"/><name val="宋体"/></font></fonts>' in text
    assert (
        '<fill/><fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/></patternFill></fill></fills>' in text
    )
    assert (
        '<xf numFmtId="0" fontId="1" fillId="1" borderId="0" xfId="0" applyFill="1" applyFont="1"/></cellXfs>' in text
    )
    assert '<fonts count="2">' in text


def test_wrapping_and_unlocking_keep_the_rest_of_the_alignment() -> None:
    styles = book()
    assert styles.style(1, Style(wrap=True, locked=False)) == 2
    text = styles.data.decode()
    assert '<alignment horizontal="center" wrapText="1"/><protection locked="0"/></xf></cellXfs>' in text


def test_a_differential_style_gets_its_group_in_the_right_place() -> None:
    data = STYLES.replace("</styleSheet>", '<cellStyles/><tableStyles count="0"/></styleSheet>')
    styles = StyleBook(data.encode())
    assert styles.differential(ConditionalFormat("A1>0", fill="FFFF00", bold=True)) == 0
    assert '<cellStyles/><dxfs count="1"><dxf><font><b val="1"/></font><fill>' in styles.data.decode()
    assert styles.differential(ConditionalFormat("A2>0", fill="FFFF00", bold=True)) == 0
    assert styles.differential(ConditionalFormat("A2>0", font_color="FF0000")) == 1


def test_prefixed_styles_get_prefixed_additions() -> None:
    data = f'<x:styleSheet xmlns:x="{MAIN}"><x:cellXfs><x:xf numFmtId="0"/></x:cellXfs></x:styleSheet>'
    styles = StyleBook(data.encode())
    assert styles.style(0, Style(number_format="0.00")) == 1
    assert '<x:xf numFmtId="0"/><x:xf numFmtId="2" applyNumberFormat="1"/></x:cellXfs>' in styles.data.decode()
