"""Reading what stands in a settings file: every value of its kind, everything wrong said at once."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from xltools.acceptance import Acceptance
from xltools.checks import registry
from xltools.errors import InputError, PolicyError, SettingsError
from xltools.policies.reading import NUMBERS, Place, number
from xltools.sheets.grid import unquoted
from xltools.texts import say

if TYPE_CHECKING:
    from xltools.policies.model import Policy

SEVERITIES = ("error", "warning", "notice", "off")

_CELL = re.compile(r"(?:(?P<sheet>.+)!)?(?P<cell>\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6})")
_ACCEPT = ("rule", "reason", "unit", "cell", "file")
_WHERE = ("unit", "cell", "file")


def values(path: Path, data: Mapping[str, object]) -> dict[str, Any]:
    """The settings in a TOML document by their names; raises SettingsError with everything wrong in them."""
    reader = _Reader(path)
    known = {
        "policy": reader.policy,
        "select": reader.rules,
        "ignore": reader.rules,
        "severity": reader.severity,
        "thresholds": reader.thresholds,
        "accept": reader.accept,
        "labels": reader.labels,
        "prompts": reader.prompts,
    }
    found: dict[str, Any] = {}
    for key, given in data.items():
        read: Callable[[str, object], object] | None = known.get(key)
        if read is None:
            reader.wrong(key, given, _choice(key, tuple(known)))
        else:
            found[key] = read(key, given)
    if reader.problems:
        listed = [say("settings.wrong", path=path), *(f"  {problem}" for problem in reader.problems)]
        raise SettingsError("\n".join(listed))
    return found


class _Threshold(Place):
    """A number of the scoring rules that stands in a settings file."""

    def wrong(self, found: object, expected: str) -> NoReturn:
        wanted = say(f"policies.expected.{expected}")
        raise SettingsError(say("settings.problem", setting=self.key, found=found, allowed=wanted))


class _Reader:
    """Reads values and keeps what is wrong with them; what it gives back for a wrong value is of no use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []

    def wrong(self, key: str, found: object, allowed: str) -> None:
        """Note a value that is not allowed."""
        self.problems.append(say("settings.problem", setting=key, found=found, allowed=allowed))

    def policy(self, key: str, given: object) -> "Policy | None":
        """The scoring rules of a name, or of a file whose path is taken from the settings' folder."""
        from xltools.policies import load

        if not isinstance(given, str) or not given.strip():
            self.wrong(key, given, say("settings.allowed.policy"))
            return None
        try:
            return load(given, self.path.parent)
        except PolicyError as error:
            self._refused(key, error)
            return None

    def rules(self, key: str, given: object) -> tuple[str, ...]:
        """Codes, names or beginnings of codes."""
        if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
            self.wrong(key, given, say("settings.allowed.rules"))
            return ()
        for text in given:
            try:
                registry.select([text])
            except InputError as error:
                self._refused(key, error)
        return tuple(given)

    def severity(self, key: str, given: object) -> dict[str, str]:
        """A severity or `off` by the code of its rule."""
        names: dict[str, str] = {}
        found: dict[str, str] = {}
        for name, value in self._table(key, given).items():
            code = self._rule(f"{key}.{name}", name)
            if value not in SEVERITIES:
                self.wrong(f"{key}.{name}", value, ", ".join(SEVERITIES))
            elif code is None:
                continue
            elif code in names:
                first, second = f"{key}.{names[code]}", f"{key}.{name}"
                self.problems.append(say("settings.twice", text=code, first=first, second=second))
            else:
                names[code], found[code] = name, str(value)
        return found

    def thresholds(self, key: str, given: object) -> dict[str, object]:
        """Numbers of the scoring rules by their names."""
        found = {}
        for name, value in self._table(key, given, NUMBERS).items():
            try:
                found[name] = number(_Threshold(self.path, f"{key}.{name}"), name, value)
            except SettingsError as error:
                self.problems.append(str(error))
        return found

    def accept(self, key: str, given: object) -> tuple[Acceptance, ...]:
        """The accepted findings; each has a rule, a reason, and says where."""
        if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
            self.wrong(key, given, f"[[{key}]]")
            return ()
        found = [self._acceptance(f"{key}[{place}]", place, item) for place, item in enumerate(given, 1)]
        return tuple(acceptance for acceptance in found if acceptance is not None)

    def _acceptance(self, key: str, place: int, given: object) -> Acceptance | None:
        before = len(self.problems)
        table = self._table(key, given, _ACCEPT)
        texts: dict[str, str] = {}
        for name, value in table.items():
            if isinstance(value, str) and value.strip():
                texts[name] = value.strip()
            else:
                self.wrong(f"{key}.{name}", value, say("settings.allowed.text"))
        for name in ("rule", "reason"):
            if name not in table:
                self.problems.append(say(f"settings.missing.{name}", setting=f"{key}.{name}"))
        if not table.keys() & set(_WHERE):
            self.problems.append(say("settings.missing.where", setting=key))
        code = self._rule(f"{key}.rule", texts["rule"]) if "rule" in texts else None
        cell = _CELL.fullmatch(texts["cell"]) if "cell" in texts else None
        if "cell" in texts and cell is None:
            self.wrong(f"{key}.cell", texts["cell"], say("settings.allowed.cell"))
        if code is None or len(self.problems) > before:
            return None
        return Acceptance(
            str(self.path),
            place,
            code,
            registry.NAMES[code],
            texts["reason"],
            unit=texts.get("unit"),
            sheet=unquoted(cell["sheet"]) if cell and cell["sheet"] else None,
            cell=cell["cell"].replace("$", "").upper() if cell else None,
            file=texts.get("file"),
        )

    def labels(self, key: str, given: object) -> dict[str, dict[str, tuple[str, ...]]]:
        """Wordings by block and field."""
        from xltools.forms.vocabulary import default

        words = default()
        blocks = self._table(key, given, tuple(words.exact))
        return {
            block: self._wordings(f"{key}.{block}", inside, words.fields(block)) for block, inside in blocks.items()
        }

    def prompts(self, key: str, given: object) -> dict[str, tuple[str, ...]]:
        """Wordings by kind of prompt."""
        return self._wordings(key, given, ("contains", "empty_row", "options"))

    def _wordings(self, key: str, given: object, allowed: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """Lists of wordings by name; a wording that stands under two names is refused."""
        owners: dict[str, str] = {}
        found: dict[str, tuple[str, ...]] = {}
        for name, texts in self._table(key, given, allowed).items():
            if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
                self.wrong(f"{key}.{name}", texts, say("settings.allowed.texts"))
                continue
            self.problems += [
                say("settings.twice", text=text, first=f"{key}.{owners[text]}", second=f"{key}.{name}")
                for text in texts
                if owners.setdefault(text, name) != name
            ]
            found[name] = tuple(texts)
        return found

    def _table(self, key: str, given: object, allowed: tuple[str, ...] = ()) -> dict[str, object]:
        """The entries of a table, only the known ones where some are `allowed`; others are noted as a problem."""
        if not isinstance(given, dict):
            self.wrong(key, given, f"[{key}]")
            return {}
        if not allowed:
            return given
        for name, value in given.items():
            if name not in allowed:
                self.wrong(f"{key}.{name}", value, _choice(name, allowed))
        return {name: value for name, value in given.items() if name in allowed}

    def _rule(self, key: str, name: str) -> str | None:
        try:
            return registry.code_of(name)
        except InputError as error:
            self._refused(key, error)
            return None

    def _refused(self, key: str, error: InputError) -> None:
        self.problems.append(say("settings.refused", setting=key, reason=error))


def _choice(name: str, allowed: tuple[str, ...]) -> str:
    """What could have been meant by a name: the nearest allowed one, else all of them."""
    from difflib import get_close_matches

    return ", ".join(get_close_matches(name, allowed, 1, 0.75) or allowed)
