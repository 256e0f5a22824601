"""What columns and values probably mean: exact words first, then likeness, then what the cells look like.

A suggestion is never used by itself: somebody sees it with the reason and agrees. Words that mean different things in
different systems are never suggested, nor is anything that looks like one of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rapidfuzz import fuzz

from loaders.date_shapes import read_shape
from loaders.layout import Layout, Rule, own_words, synonym_rules, synonyms
from loaders.meanings import CALL, NOBODY, OPEN, meaning_by_rules, meaning_of
from loaders.values import outcome_words_known
from loaders.vocabularies import Vocabulary, shipped
from loaders.words import value_key

Why = Literal["layout", "word", "vocabulary", "likely", "similar", ""]

#: Two words are alike from this share of common letters on; the table of pairs in the tests shows where it lies.
ALIKE = 80.0
#: Shorter words are compared letter by letter: too many of them are one letter apart.
SHORTEST = 4

PROPOSALS = Path(__file__).with_name("proposals.toml")

_TYPIST = re.compile(
    r"(.* )?(added|created|entered|erfasst|eingegeben|input|keyed|logged|noted|recorded|registrado|saisi|typed|written)"
    r"( (down|in|up))? (by|von|par|por)"
    r"|who (added|entered|keyed|logged|recorded|typed|wrote)\b.*"
)
#: What a word for a call says where it stands in a column of outcomes.
_ENDINGS_OF_CALLS: Mapping[str, str] = {"call_attempt": NOBODY, CALL: "other"}
#: What has more words than this is a note, which only happens to hold some of them.
_SHORT = 5
_SMALL_WORDS = frozenset({"a", "an", "the", "of", "to", "with", "w", "by", "for", "from", "on", "in", "at", "and"})
_ENDINGS = ("ing", "ers", "er", "ed", "es", "s")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*,?( [^\W\d_][\w.'’-]*){0,3}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
#: Words in the names of companies, which are written like those of people otherwise.
_COMPANY = re.compile(
    r"\b(ag|associates|bank|bv|clinic|co|company|corp|corporation|enterprises|foods|foundation|gmbh|group|holdings?"
    r"|hospital|inc|incorporated|industries|kg|labs?|limited|llc|llp|logistics|ltd|manufacturing|partners|plc|sa|school"
    r"|services|solutions|staffing|systems|technologies|university|works)\b",
    re.IGNORECASE,
)


class Suggestion(NamedTuple):
    """A meaning and where it comes from; both empty where nothing is suggested."""

    meaning: str
    why: Why


def suggest_value(value: str, meaning: str, vocabulary: Vocabulary | None, sure: bool) -> Suggestion:
    """What a value of the activity column probably means.

    ``meaning`` is what the layout found makes of it, ``sure`` says whether it is a known one, whose word goes first.
    """
    if meaning and sure:
        return Suggestion(meaning, "layout")
    if vocabulary and (given := vocabulary.meaning(value)):
        return Suggestion(meaning_of(given), "vocabulary")
    if why_open(value, vocabulary):
        return Suggestion(OPEN, "")
    meaning = meaning or meaning_by_rules(value, _shared())
    if meaning:
        return Suggestion(meaning, "word")
    if meaning := likely_meaning(value):
        return Suggestion(meaning, "likely")
    meaning = _unless_nothing(value, similar_meaning(value, vocabulary))
    return Suggestion(meaning, "similar" if meaning else "")


def suggest_outcome(value: str, layout: Layout | None, known: bool, vocabulary: Vocabulary | None) -> Suggestion:
    """What a word of the outcome column probably means; where activities differ in it, what most of them say."""
    key = value_key(value)
    if layout and key in words_for_nobody(layout.rules):
        return Suggestion(NOBODY, "layout" if known else "word")
    told: tuple[tuple[Mapping[str, Mapping[str, str]], Why], ...] = (
        (layout.outcomes if layout else {}, "layout"),
        (vocabulary.outcomes if vocabulary else {}, "vocabulary"),
    )
    for tables, why in told:
        found = [words[key] for words in tables.values() if key in words]
        if found:
            return Suggestion(max(found, key=found.count), why)
    if key in words_for_nobody(_shared()):
        return Suggestion(NOBODY, "word")
    found = [words[key] for words in outcome_words_known().values() if key in words]
    if found:
        return Suggestion(max(found, key=found.count), "word")
    likely = _proposed("outcomes", key) or _worded(key)
    return Suggestion(likely, "likely") if likely else _similar_outcome(key)


def _worded(key: str) -> str:
    """What an outcome means by a word inside it: ``chatted, keen`` is interested."""
    fitting = (one for one in proposals()["worded"] if re.search(one["pattern"], key))
    return next((str(one["meaning"]) for one in fitting if not re.search(one["unless"], key)), OPEN)


def suggest_ending(value: str, layout: Layout | None, known: bool, vocabulary: Vocabulary | None) -> Suggestion:
    """The same of a word in a column that is known to hold outcomes: one that names a call tells how calls ended."""
    found = suggest_outcome(value, layout, known, vocabulary)
    ending = OPEN if found.why else _ENDINGS_OF_CALLS.get(suggest_value(value, OPEN, None, False).meaning, OPEN)
    return Suggestion(ending, "likely") if ending else found


def sounds_missed(value: str) -> bool:
    """Whether a word of the outcome column sounds as if a meeting did not take place: worth asking, never decided.

    So does an abbreviation nobody knows: *DNS* and its like stand for people who did not come.
    """
    return bool(_sounding("missed").search(value_key(value)) or _ABBREVIATION.fullmatch(value.strip()))


def sounds_fallen(value: str) -> bool:
    """Whether a word of the outcome column sounds as if a placement came to nothing: worth asking, never decided."""
    return bool(_sounding("fallen").search(value_key(value)))


def sounds_unreached(value: str) -> bool:
    """Whether a word of the outcome column sounds as if a call reached nobody: worth asking, never decided."""
    return bool(_sounding("unreached").search(value_key(value)))


_ABBREVIATION = re.compile(r"(?!OK$|TBC$|TBA$|YES$)[A-Z]{2,4}")


@cache
def _sounding(section: str) -> re.Pattern[str]:
    return re.compile("|".join(proposals()[section]["patterns"]))


def _similar_outcome(key: str) -> Suggestion:
    words = dict.fromkeys(words_for_nobody(_shared()), NOBODY)
    for table in outcome_words_known().values():
        words |= table
    scores = sorted(((likeness(key, word), outcome) for word, outcome in words.items()), reverse=True)
    best = {outcome for score, outcome in scores if score and score == scores[0][0]}
    return Suggestion(best.pop(), "similar") if len(best) == 1 else Suggestion(OPEN, "")


def words_for_nobody(rules: Sequence[Rule]) -> frozenset[str]:
    """Words of the outcome column by which rules tell that a call reached nobody."""
    attempts = (rule for rule in rules if rule.give[0].activity == "call_attempt")
    return frozenset(word for rule in attempts for one in rule.when if one.column == "outcome" for word in one.words)


def why_open(value: str, vocabulary: Vocabulary | None = None) -> str:
    """Why a word is left open: it means different things in different systems. "" where it is not such a word."""
    texts: Mapping[str, str] = synonyms()["ambiguous"]
    own = vocabulary.ambiguous if vocabulary else {}
    key = value_key(value)
    return own.get(key) or texts.get(key, "")


@cache
def _shared() -> tuple[Rule, ...]:
    return own_words() + synonym_rules()


def likely_meaning(value: str) -> str:
    """What people who keep their list by hand mostly mean by a word; "" where it is none of those known."""
    key = value_key(value)
    return _proposed("activities", key) or _unless_nothing(value, _combined(frozenset(key.split())))


def _unless_nothing(value: str, meaning: str) -> str:
    """No guess where a word says that it came to nothing: *client meet, called off* is asked about.

    A call that nobody answered is an attempt, whose words say just that.
    """
    came_to_nothing = _sounding("missed").search(value_key(value)) or sounds_fallen(value)
    return OPEN if came_to_nothing and meaning != "call_attempt" else meaning


def _combined(words: Collection[str]) -> str:
    """The meaning of a short value whose words are of the kinds that make one up."""
    if len(words) > _SHORT:
        return OPEN
    kinds = {kind for kind, listed in _kinds().items() if not listed.isdisjoint(words)}
    fits = (
        one
        for one in proposals()["combined"]
        if kinds.issuperset(one["kinds"]) and kinds.isdisjoint(one.get("not", ()))
    )
    return next((str(one["meaning"]) for one in fits), OPEN)


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    return {kind: frozenset(map(value_key, words)) for kind, words in proposals()["kinds"].items()}


def likely_headers(name: str) -> frozenset[str]:
    """How people who keep their list by hand head the column of a field, as ``value_key`` writes it."""
    return frozenset(map(value_key, proposals()["headers"].get(name, ())))


def names_typist(label: str) -> bool:
    """Whether a header names who wrote a row down, and not who did the work."""
    return bool(_TYPIST.fullmatch(value_key(label)))


def _proposed(section: str, key: str) -> str:
    phrases = _phrases_of(section)
    begins = (meaning for phrase, meaning in phrases.items() if phrase.endswith("*") and key.startswith(phrase[:-1]))
    return phrases.get(key) or next(begins, OPEN)


@cache
def proposals() -> Mapping[str, Any]:
    """Headers, values and outcomes as people write them by hand, and what they mostly mean."""
    return tomllib.loads(PROPOSALS.read_text(encoding="utf-8"))


@cache
def _phrases_of(section: str) -> Mapping[str, str]:
    """Phrase as it is compared -> meaning; one that ends in a star is how longer ones begin, the longest first."""
    phrases = {
        f"{value_key(phrase)} *" if phrase.endswith("*") else value_key(phrase): meaning
        for meaning, listed in proposals()[section].items()
        for phrase in listed
    }
    return dict(sorted(phrases.items(), key=lambda one: -len(one[0])))


def similar_meaning(value: str, vocabulary: Vocabulary | None = None) -> str:
    """The meaning of the word a value is most alike; "" where none is, or several that mean different things."""
    key = value_key(value)
    if _like_ambiguous(key, vocabulary):
        return OPEN
    scores: dict[str, float] = {}
    for phrase, meaning in _phrases(vocabulary.name if vocabulary else ""):
        score = likeness(key, phrase)
        if score:
            scores[meaning] = max(score, scores.get(meaning, 0.0))
    best = max(scores.values(), default=0.0)
    found = [meaning for meaning, score in scores.items() if score == best]
    return found[0] if len(found) == 1 else OPEN


def _like_ambiguous(key: str, vocabulary: Vocabulary | None) -> bool:
    words = {*synonyms()["ambiguous"], *(vocabulary.ambiguous if vocabulary else ())}
    squeezed = key.replace(" ", "")
    return any(likeness(key, word) or fuzz.ratio(squeezed, word.replace(" ", "")) >= ALIKE for word in words)


@cache
def _phrases(vocabulary: str) -> tuple[tuple[str, str], ...]:
    """Every known word with its meaning, the vocabulary's before a shared one; none that needs a caution itself."""
    words = {word for rule in _shared() for word in rule.words} - set(synonyms()["caution"])
    shared = {word: meaning_by_rules(word, _shared()) for word in words}
    told = shipped()[vocabulary].meanings if vocabulary else {}
    return tuple(sorted((shared | {word: meaning_of(give) for word, give in told.items()}).items()))


@lru_cache(maxsize=100_000)
def likeness(one: str, other: str) -> float:
    """How alike two texts (as ``value_key`` writes them) are: 0, or from 80 to 100.

    Every word of one must be like a word of the other, whatever their order; small words do not count, endings such as
    -ing do not matter. A word that is known itself is never a slip of the pen for another: *contact* is not *contract*.
    """
    left, right = _tokens(one), _tokens(other)
    if not left or len(left) != len(right):
        return 0.0
    total = 0.0
    rest = list(right)
    for token in left:
        score, found = max(((_alike(token, word), word) for word in rest), default=(0.0, ""))
        if not score:
            return 0.0
        total += score
        rest.remove(found)
    return total / len(left)


def _tokens(text: str) -> list[str]:
    return [_stem(token) for token in text.split() if token not in _SMALL_WORDS]


@lru_cache(maxsize=10_000)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


def _alike(written: str, known: str) -> float:
    if written == known:
        return 100.0
    if min(len(written), len(known)) < SHORTEST or written in _known_stems():
        return 0.0
    # What a word lacks at its beginning is mostly a syllable that turns its meaning round: signed and resigned.
    if written.endswith(known) or known.endswith(written):
        return 0.0
    return fuzz.ratio(written, known, score_cutoff=ALIKE)


@cache
def _known_stems() -> frozenset[str]:
    """Words that are spelled right: those of values, outcomes, sides and headers."""
    texts = [word for rule in _shared() for word in rule.words]
    tables = [*synonyms()["outcomes"].values(), synonyms()["party"], synonyms()["channels"]]
    texts += [value_key(word) for table in tables for name, words in table.items() for word in (name, *words)]
    return frozenset(token for text in texts for token in _tokens(text))


def looks_like_dates(values: Sequence[str]) -> bool:
    """Whether most values are written as dates; plain numbers are not, since ids and amounts look like serial days."""
    shapes = (read_shape(re.sub(r"\d", "9", value)) for value in values)
    dated = sum(shape is not None and shape.family in ("iso", "named", "numeric") for shape in shapes)
    return bool(values) and dated >= 0.8 * len(values)


def looks_like_people(values: Iterable[str], fewest: int = 2) -> bool:
    """Whether most values are written as names of people, not of companies, or as addresses of theirs.

    A name has at least the ``fewest`` words.
    """
    listed = list(values)
    people = sum(bool(_EMAIL.fullmatch(value)) or _is_name(value, fewest) for value in listed)
    return bool(listed) and people >= 0.8 * len(listed)


def _is_name(value: str, fewest: int) -> bool:
    return bool(_NAME.fullmatch(value)) and len(value.split()) >= fewest and not names_company(value)


def names_company(value: str) -> bool:
    """Whether a word of a text stands in names of companies."""
    return bool(_COMPANY.search(value))
