"""Names that may be one person: the ways systems write a name, told apart from people who only share a part of it.

Nothing is decided here: what looks alike is suggested with its reason, and who knows the people says yes or no.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

#: Words of names that are no persons' names: they differ by a number or a letter, so only their spelling may vary.
LABELS = frozenset(
    [
        *("account", "admin", "agent", "branch", "consultant", "department", "desk", "division", "group", "house"),
        *("info", "jobs", "office", "recruiter", "recruiting", "region", "sales", "seat", "support", "team", "user"),
    ]
)
_ADDRESS = re.compile(r"([^@\s]+)@[^@\s]+\.[^@\s.]+|[\w.-]+\\([\w.-]+)")
_GONE = re.compile(r"[(\[]\s*(inactive|disabled|deactivated|deleted|terminated|former|left)\s*[)\]]", re.IGNORECASE)
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHES = re.compile("['’`]")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
#: A slip in shorter words than these would make the names of other people alike: Marin and Martin, Dan and Dana.
_SHORTEST_WORD, _SHORTEST_MIXED, _SHORTEST_NAME = 6, 4, 8

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Two names that may be one person: how likely from 0 to 100, and why, as a sentence."""

    first: str
    second: str
    score: int
    why: str


@dataclass(frozen=True)
class _Name:
    """A name taken apart. ``written`` has its words in lower case; the marks around it are noted beside them."""

    text: str
    written: Words
    turned: bool
    is_address: bool
    is_gone: bool

    @cached_property
    def spelled(self) -> Words:
        """The words without accents, in the order written."""
        return tuple(_without_accents(word) for word in self.written)

    @cached_property
    def words(self) -> Words:
        """The words without accents, first name first where the name says so by a comma."""
        return self.spelled[1:] + self.spelled[:1] if self.turned else self.spelled

    @cached_property
    def is_label(self) -> bool:
        """Whether this names a desk, a team or a number rather than a person."""
        return any(word.isdigit() or word in LABELS for word in self.words)

    @cached_property
    def is_sign_in(self) -> bool:
        """Whether somebody may sign in with it: one word, not written the way names are."""
        return len(self.words) == 1 and (self.is_address or self.text in (self.text.lower(), self.text.upper()))

    @cached_property
    def key(self) -> Words:
        """The same for all orders of the words."""
        return tuple(sorted(self.words))


def suggestions(names: Iterable[str]) -> tuple[SamePerson, ...]:
    """Pairs of names that may be one person, the likeliest first.

    Alike are: other letter case, blanks or accents; another order; an e-mail address of the name; a sign-in name such
    as initial and last name; an initial; a middle name more; one slip of the pen. Not alike are names that share a part
    only, and desks or teams that differ in a number or letter.
    """
    apart = [name for name in map(_taken_apart, sorted(set(names))) if name.words]
    people = [name for name in apart if not name.is_label]
    found: dict[tuple[str, str], SamePerson] = {}
    for pair in (*_same_words(apart), *_joined(people), *_middle_names(people), *_short_forms(people), *_slips(people)):
        found.setdefault((pair.first, pair.second), pair)
    return tuple(sorted(found.values(), key=lambda pair: (-pair.score, pair.first, pair.second)))


def fewest(pairs: Iterable[SamePerson]) -> tuple[SamePerson, ...]:
    """The likeliest pairs that still connect the same names: five spellings of a name are four questions, not ten."""
    above: dict[str, str] = {}
    kept = []
    for pair in pairs:
        first, second = _top(above, pair.first), _top(above, pair.second)
        if first != second:
            above[second] = first
            kept.append(pair)
    return tuple(kept)


def _top(above: dict[str, str], name: str) -> str:
    while name in above:
        name = above[name]
    return name


def _taken_apart(name: str) -> _Name:
    address = _ADDRESS.fullmatch(name.strip())
    text = next(filter(None, address.groups())) if address else _GONE.sub(" ", name)
    last, comma, first = text.partition(",")
    turned = bool(comma) and len(_words(last)) == 1 and bool(_words(first))
    return _Name(name, _words(text), turned, bool(address), not address and text != name)


def _words(text: str) -> Words:
    """Words and numbers in lower case, apart at everything that is neither letter nor number."""
    folded = unicodedata.normalize("NFC", _APOSTROPHES.sub("", text.casefold()))
    spaced = "".join(" " if unicodedata.category(letter)[0] in "ZPSC" else letter for letter in folded)
    return tuple(re.findall(r"\d+|[^\d\s]+", spaced))


def _without_accents(word: str) -> str:
    """Latin, Greek and Cyrillic letters without their accents; the vowel signs of other scripts stay."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", word))).translate(_LETTERS)


def _pair(one: _Name, other: _Name, score: int, why: str) -> SamePerson:
    first, second = sorted((one.text, other.text))
    return SamePerson(first, second, score, why)


def _agreeing(names: Iterable[_Name], key: Callable[[_Name], object]) -> Iterator[tuple[_Name, _Name]]:
    """Every two names with the same key."""
    groups: dict[object, list[_Name]] = defaultdict(list)
    for name in names:
        groups[key(name)].append(name)
    for group in groups.values():
        yield from combinations(group, 2)


def _same_words(names: list[_Name]) -> Iterator[SamePerson]:
    for one, other in _agreeing(names, lambda name: name.key):
        if one.spelled == other.spelled or not one.is_label:
            yield _pair(one, other, *_how_same(one, other))


def _how_same(one: _Name, other: _Name) -> tuple[int, str]:
    """Score and reason for two names of the same words."""
    if one.is_address and other.is_address:
        return 90, "The same name in two addresses."
    if one.is_address or other.is_address:
        return 95, "The address spells this name."
    if one.is_gone or other.is_gone:
        return 97, "The same name; one is marked as no longer active."
    if one.written == other.written:
        return 100, "Only capital letters, blanks or punctuation differ."
    return (98, "Only accents differ.") if one.spelled == other.spelled else (96, "The same words in another order.")


def _joined(names: list[_Name]) -> Iterator[SamePerson]:
    for one, other in _agreeing(names, lambda name: "".join(name.words)):
        yield _pair(one, other, 94, "The same letters; one is written without blanks.")


def _middle_names(names: list[_Name]) -> Iterator[SamePerson]:
    long_enough = [name for name in names if len(name.words) > 1]
    for one, other in _agreeing(long_enough, lambda name: (name.words[0], name.words[-1])):
        between = one.words[1:-1], other.words[1:-1]
        if not all(between) or _is_short_for(*between) or _is_short_for(*reversed(between)):
            yield _pair(one, other, 85, "The same but for a middle name.")


def _is_short_for(short: Words, full: Words) -> bool:
    """Whether middle names are the initials of others."""
    return len(short) == len(full) and all(len(a) == 1 and b.startswith(a) for a, b in zip(short, full, strict=True))


def _short_forms(names: list[_Name]) -> Iterator[SamePerson]:
    by_words: dict[Words, list[_Name]] = defaultdict(list)
    for name in names:
        if name.is_sign_in or any(len(word) == 1 for word in name.words):
            by_words[name.words].append(name)
    found = [(short, full) for full in names for form in _forms(full) for short in by_words.get(form, ())]
    fitting: dict[str, set[Words]] = defaultdict(set)
    for short, full in found:
        fitting[short.text].add(full.key)
    for short, full in found:
        yield _short_pair(short, full, len(fitting[short.text]) - 1)


def _short_pair(short: _Name, full: _Name, others: int) -> SamePerson:
    how = "A sign-in name made of this name." if short.is_sign_in else "One has an initial for a name."
    also = f" It fits {others} other {'name' if others == 1 else 'names'} too." if others else ""
    return _pair(short, full, (75 if short.is_sign_in else 70) - (20 if others else 0), how + also)


def _forms(name: _Name) -> set[Words]:
    """What a name is shortened to: dkim, danak, kimd, kimdana; D. Kim, Dana K."""
    if len(name.words) < 2 or min(len(name.words[0]), len(name.words[-1])) < 2:
        return set()
    *before, last = name.words
    first, initials = before[0], "".join(word[0] for word in before)
    joined = {first[0] + last, initials + last, first + last[0], last + first[0], last + first}
    return {*((form,) for form in joined), (first[0], last), (first, last[0])}


def _slips(names: list[_Name]) -> Iterator[SamePerson]:
    keys = [" ".join(name.key) for name in names]
    if not keys:
        return
    apart = np.triu(cdist(keys, keys, scorer=OSA.distance, score_cutoff=1) == 1, 1)
    for one, other in zip(*np.nonzero(apart), strict=True):
        words = _differing(names[one].key, names[other].key)
        if words and len(keys[one]) >= _SHORTEST_NAME and _is_slip(*words):
            yield _pair(names[one], names[other], 80, f"A slip of the pen apart: {min(words)} and {max(words)}.")


def _differing(one: Words, other: Words) -> tuple[str, str] | None:
    """The words in which two names differ, where it is one of each."""
    if len(one) != len(other):
        return None
    different = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return different[0] if len(different) == 1 else None


def _is_slip(one: str, other: str) -> bool:
    """Whether two letters were swapped, or one inside the word was doubled, left out or hit beside its key.

    A first or last letter more or other is none: people rarely get these wrong, and names that differ there (Daniel and
    Daniela, Erik and Erika) are mostly other people.
    """
    short, long = sorted((one, other), key=len)
    if short[0] != long[0] or len(short) < _SHORTEST_MIXED:
        return False
    if sorted(short) == sorted(long):
        return True
    if short[-1] != long[-1] or len(short) < _SHORTEST_WORD:
        return _has_doubled(short, long)
    return len(short) < len(long) or _is_beside(short, long)


def _is_beside(one: str, other: str) -> bool:
    a, b = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
    return any(pair in row for row in _KEYBOARD for pair in (a + b, b + a))


def _has_doubled(short: str, long: str) -> bool:
    """Whether the longer word has a letter inside it twice where the other has it once."""
    return any(long == short[: place + 1] + short[place:] for place in range(len(short) - 1))
