"""How points are awarded: one TOML file a regulation or region, and their loader."""

from functools import lru_cache
from pathlib import Path

from xltools.errors import PolicyError
from xltools.evaluation import Evaluation
from xltools.policies.choosing import NATIONAL, policy_name
from xltools.policies.model import Policy
from xltools.policies.reading import read_policy
from xltools.texts import say

__all__ = ["NATIONAL", "choose", "load", "names"]

_FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The names of the policies that come with xltools, in alphabetical order."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def load(name_or_path: str | Path, folder: Path = Path()) -> Policy:
    """A policy by its name (`mof-2020-10`) or from a user's own TOML file, its path taken from `folder`.

    A user's file may say `extends = "mof-2020-10"` and hold only what differs. Raises PolicyError, with file, key,
    found and expected, where there is no such policy or something in its file is missing or wrong.
    """
    text = str(name_or_path)
    path = Path(text)
    if path.suffix.lower() == ".toml" or "/" in text or "\\" in text:
        return read_policy(folder / path, load)
    return _own(text)


def choose(evaluation: Evaluation) -> Policy:
    """The policy that a form belongs to, by its own title, labels and points; the national one where nothing tells."""
    return _own(policy_name(evaluation))


@lru_cache(maxsize=16)
def _own(name: str) -> Policy:
    path = _FOLDER / f"{name}.toml"
    if not path.is_file():
        raise PolicyError(say("policies.unknown", name=name, names="、".join(names())))
    return read_policy(path, _own)
