"""Every text that a user reads, Chinese with its English twin, one module per area.

A module `xltools/texts/<area>.py` holds `TEXTS: dict[str, tuple[str, str]]`, key to (Chinese, English); its keys begin
with `<area>.`.
"""

from importlib import import_module
from typing import Literal

Language = Literal["zh", "en"]

_language: Language = "zh"


def set_language(code: str) -> None:
    """Choose the language of every text from now on: `zh` or `en`; raises ValueError for another one."""
    global _language
    if code == "zh":
        _language = "zh"
    elif code == "en":
        _language = "en"
    else:
        raise ValueError(f"unknown language: {code!r}")


def language() -> Language:
    """The language in use."""
    return _language


def say(key: str, /, **values: object) -> str:
    """The text of `key` in the language in use, its placeholders filled in.

    Raises KeyError where no such text exists.
    """
    return say_in(_language, key, **values)


def say_in(code: Language, key: str, /, **values: object) -> str:
    """The text of `key` in a language of its own, for what is written into a Chinese form.

    Raises KeyError where no such text exists.
    """
    texts: dict[str, tuple[str, str]] = import_module(f"{__name__}.{key.partition('.')[0]}").TEXTS
    chinese, english = texts[key]
    return (chinese if code == "zh" else english).format(**values)
