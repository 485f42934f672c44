"""Protected sheets: LibreOffice passes over most changes to them without a word, Excel refuses them."""

from typing import TYPE_CHECKING

from xltools.errors import LiveError
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.live.libreoffice.ranges import Range


def editable(cells: "Range") -> None:
    """Raises LiveError where the sheet is protected and any of the cells is locked."""
    sheet = cells.sheet.model
    if sheet.isProtected():
        # None where the cells differ.
        protection = cells.model.CellProtection
        if protection is None or protection.IsLocked:
            raise LiveError(say("libreoffice.protected", sheet=sheet.Name, cells=cells.address))
