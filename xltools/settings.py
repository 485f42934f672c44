"""Settings of a folder: the file `xltools.toml` that lies in it or in a folder above it.

```toml
policy = "hubei"           # scoring rules: a name, or a TOML file beside this one
select = ["B", "S"]        # only these rules
ignore = ["F015"]          # not these

[severity]                 # error, warning, notice or off, by code or name
S109 = "notice"
unit-missing = "off"

[thresholds]               # numbers of the scoring rules
low_execution = 85

[[accept]]                 # findings that are explained: still shown, but not counted
rule = "B106"
unit = "市绿化养护中心"     # and/or cell = "自评表!F7", file = "2023/绿化.xlsx"
reason = "年中追加预算的批复在途"

[labels.indicators]        # more wordings of a form's labels, by block and field
actual = ["办结数"]

[prompts]                  # more leftovers of blank templates
contains = ["（由处室填写）"]
```

What is said on the command line goes before what stands here.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from xltools.errors import SettingsError
from xltools.files import absolute
from xltools.texts import say

if TYPE_CHECKING:
    from decimal import Decimal

    from xltools.acceptance import Acceptance
    from xltools.checks.base import Severity
    from xltools.evaluation import Evaluation
    from xltools.forms.vocabulary import Vocabulary
    from xltools.policies.model import Policy

NAME = "xltools.toml"

Wordings = Mapping[str, tuple[str, ...]]
"""Wordings by field, or by kind of prompt."""


@dataclass(frozen=True, eq=False)
class Settings:
    """What a settings file says; what it leaves out has its default here.

    `severity` and the rules of `accept` are by the rules' codes; `thresholds` are values of a policy by their names.
    """

    path: Path
    policy: "Policy | None" = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: "Mapping[str, Severity | Literal['off']]" = field(default_factory=dict)
    thresholds: "Mapping[str, Decimal | int]" = field(default_factory=dict)
    accept: "tuple[Acceptance, ...]" = ()
    labels: Mapping[str, Wordings] = field(default_factory=dict)
    prompts: Wordings = field(default_factory=dict)

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """The wordings that xltools knows and those of this file."""
        from xltools.forms.vocabulary import default

        return default().extended(self.labels, self.prompts)


def find(path: str | os.PathLike[str]) -> Settings | None:
    """The settings for a file: of the nearest `xltools.toml` in its folder or above; None where there is none.

    Folders are searched once, until `search_again`. Raises SettingsError where the settings cannot be read, or with
    everything wrong in them.
    """
    found = _nearest(absolute(path).parent)
    if found is None:
        return None
    try:
        now = found.stat()
    except OSError as error:
        raise SettingsError(say("settings.unreadable", path=found, reason=error.strerror or str(error))) from error
    return _load(found, now.st_mtime_ns, now.st_size)


def search_again() -> None:
    """Forget which folders have settings, so that new files are found and removed ones are not asked for."""
    _nearest.cache_clear()


def vocabulary(path: str | os.PathLike[str]) -> "Vocabulary | None":
    """The wordings to read a file by; None where nothing is added to the ones that xltools knows.

    Raises SettingsError like `find`.
    """
    found = find(path)
    return found.vocabulary if found is not None and (found.labels or found.prompts) else None


def policy_for(evaluation: "Evaluation", given: "Policy | None", settings: Settings | None) -> "Policy":
    """The scoring rules for a form: those `given`, else the settings', else the ones of the form's own region.

    The settings' thresholds replace values of whichever it is.
    """
    from xltools.policies import choose
    from xltools.policies.model import Setting

    if settings is None:
        return given or choose(evaluation)
    policy = given or settings.policy or choose(evaluation)
    if not settings.thresholds:
        return policy
    numbers: dict[str, Any] = {
        name: Setting(value, say("settings.basis", path=settings.path, name=name), "user")
        for name, value in settings.thresholds.items()
    }
    return replace(policy, **numbers)


@cache
def _nearest(folder: Path) -> Path | None:
    """The settings file of a folder, its own or that of the folder above."""
    own = folder / NAME
    if own.is_file():
        return own
    return None if folder.parent == folder else _nearest(folder.parent)


@cache
def _load(path: Path, _changed: int, _size: int) -> Settings:
    """The settings in a file as it was at some time."""
    import tomllib
    from decimal import Decimal

    from xltools.settings_reading import values

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise SettingsError(say("settings.unreadable", path=path, reason=error.strerror or str(error))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(say("settings.not_toml", path=path, reason=error)) from error
    return Settings(path, **values(path, data))
