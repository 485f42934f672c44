"""The shared strings of a workbook, rich text flattened, phonetic readings left out."""

from xml.parsers import expat

from xltools.ooxml.markup import MarkupError, new_parser, unescape


def strings(data: bytes) -> list[str]:
    """The texts of a shared strings part, by index; raises MarkupError where it is not well-formed."""
    parser = new_parser()
    found: list[str] = []
    chunks: list[str] = []
    pieces: list[str] = []
    phonetic = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal phonetic
        if name.endswith(" t"):
            chunks.clear()
        elif name.endswith(" rPh"):
            phonetic += 1

    def end(name: str) -> None:
        nonlocal phonetic
        if name.endswith(" t"):
            if not phonetic:
                pieces.append("".join(chunks))
        elif name.endswith(" si"):
            found.append(unescape("".join(pieces)))
            pieces.clear()
        elif name.endswith(" rPh"):
            phonetic -= 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = chunks.append
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError) as error:
        raise MarkupError(str(error)) from None
    return found
