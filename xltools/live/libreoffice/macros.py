"""Macros of LibreOffice, called as xlwings calls those of Excel."""

from typing import TYPE_CHECKING, Any

from xltools.errors import LiveError
from xltools.live.libreoffice import bridge
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.live.libreoffice.application import App


def run(app: "App", macro: str, arguments: tuple[Any, ...]) -> Any:
    """The result of a macro.

    `macro` is `Main` or `Module1.Main`, with the workbook before it (`'a.ods'!Module1.Main`) or without: then the
    active workbook is searched, and after it the user's own macros. Another language than Basic, or another library
    than Standard, is called by its full address (`vnd.sun.star.script:…`). Raises LiveError where there is none.
    """
    book, _, name = macro.rpartition("!")
    document = app.book_of(book.strip("'")) if book else app.books.active
    if document is None:
        raise LiveError(say("libreoffice.no_macro", name=macro, error=book))
    if name.startswith("vnd.sun.star.script:"):
        addresses = [name]
    else:
        path = name if name.count(".") == 2 else f"Standard.{name}" if "." in name else f"Standard.Module1.{name}"
        places = ("document",) if book else ("document", "application")
        addresses = [f"vnd.sun.star.script:{path}?language=Basic&location={place}" for place in places]
    provider = document.model.getScriptProvider()
    failure: BaseException | None = None
    for address in addresses:
        try:
            script = provider.getScript(address)
        except bridge.exception("script.provider.ScriptFrameworkErrorException") as error:
            failure = error
            continue
        return script.invoke(arguments, (), ())[0]
    raise LiveError(say("libreoffice.no_macro", name=macro, error=bridge.message(failure or LiveError(macro))))
