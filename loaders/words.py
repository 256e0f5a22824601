"""One way to compare headers and cell values: case, padding, punctuation and accents of width never matter."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def value_key(text: str) -> str:
    """A cell value for comparing: ``Send-Out`` and ``send_out`` are equal, ``Sendout`` is another word."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


@lru_cache(maxsize=65_536)
def header_key(text: str) -> str:
    """A header for comparing: ``Date Added``, ``dateAdded`` and ``date_added`` are one header."""
    return value_key(text).replace(" ", "")


def nearest(word: str, known: Iterable[str]) -> str:
    """`` Did you mean "x"?`` for the closest known word, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f' Did you mean "{close[0]}"?' if close else ""


def count_of(count: int, noun: str) -> str:
    """``1 row``, ``1,000 rows``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def listing(words: Iterable[str], most: int = 5) -> str:
    """The first words in quotation marks, and how many more there are."""
    items = [f'"{word}"' for word in words]
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more
