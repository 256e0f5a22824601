"""What people write in their own words, told in ours: why an assignment ended, what a case is about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from loaders.words import value_key

_FILE = Path(__file__).with_name("wordings.toml")
_NEVER = r"(?!)"


class Wording(NamedTuple):
    """Texts in which ``fits`` is found and ``unless`` is not have the ``meaning``, an outcome."""

    meaning: str
    fits: re.Pattern[str]
    unless: re.Pattern[str]


@cache
def wordings() -> Mapping[str, Sequence[Wording]]:
    """Activity -> how its outcomes are worded, the first that fits first."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {activity: tuple(map(_wording, listed)) for activity, listed in tables.items()}


def _wording(entry: Mapping[str, str | list[str]]) -> Wording:
    fits = re.compile("|".join(entry["patterns"]))
    return Wording(str(entry["meaning"]), fits, re.compile(str(entry.get("unless", _NEVER))))


@lru_cache(maxsize=65_536)
def worded(activity: str, text: str) -> str | None:
    """The outcome of an activity that a text tells in somebody's own words; None where it tells none."""
    key = value_key(text)
    fitting = (one for one in wordings().get(activity, ()) if one.fits.search(key))
    return next((one.meaning for one in fitting if not one.unless.search(key)), None)
