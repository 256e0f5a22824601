"""The words by which a note is told to say why somebody was in touch, or only that they were.

A note that "just checks in" moves nothing forward (Top Echelon, *Follow Up, Touch and Quality Control*). Which words
say no more than that is a list anybody can read and a firm can change. The starting lists and the words that carry no
reason of their own are data; the rule is in `is_reason`: it holds for a note whatever its capitals and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import narwhals as nw

#: The setting that holds the firm's own list, and the day on which the starting lists and the rule were last changed.
SETTING = "purpose_words"
CHANGED = date(2026, 11, 23)

#: So many words of meaning a note needs beside a phrase that only checks in.
FEWEST_WORDS = 3

#: Language -> phrases that say that somebody was in touch and not why.
STARTING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "English": (
            "just checking in", "checking in", "check in", "checked in", "touching base", "touch base",
            "touched base", "following up", "follow up", "followed up", "catch up", "catching up", "caught up",
            "keeping in touch", "keep in touch", "staying in touch", "stay in touch", "quick chat", "quick call",
            "quick hello", "say hello", "said hello", "courtesy call", "how are you", "how are things", "hows it going",
            "circling back", "circle back", "reaching out", "reached out", "no update", "no updates", "no news",
            "nothing new", "left voicemail", "left a voicemail", "left vm", "lvm", "voicemail", "voice mail",
            "left message", "left a message", "no answer", "no reply", "no response", "will try again", "tried calling",
        ),
        "German": (
            "nur mal melden", "kurz gemeldet", "wollte mich melden", "mal nachgefragt", "nachgehakt", "nachfassen",
            "kurzer anruf", "kurzes gespräch", "nichts neues", "keine neuigkeiten", "mailbox besprochen", "mailbox",
            "nicht erreicht", "keine antwort", "in kontakt bleiben",
        ),
        "French": (
            "prise de nouvelles", "prendre des nouvelles", "prendre contact", "petit appel", "point rapide", "relance",
            "rien de nouveau", "pas de nouvelles", "message laissé", "laissé un message", "messagerie", "sans réponse",
            "pas de réponse", "garder le contact",
        ),
        "Spanish": (
            "solo saludar", "llamada de cortesía", "dar seguimiento", "seguimiento", "mantener contacto", "sin novedad",
            "sin novedades", "nada nuevo", "dejé mensaje", "dejé un mensaje", "buzón de voz", "no contesta",
            "sin respuesta",
        ),
        "Dutch": (
            "even bellen", "even contact", "contact houden", "bijgepraat", "opvolging", "geen nieuws", "niets nieuws",
            "voicemail ingesproken", "ingesproken", "geen gehoor", "geen antwoord",
        ),
    }
)  # fmt: skip

#: Language -> words that give no reason, whatever they stand beside; numbers are none either.
FILLERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "English": (
            "a", "about", "again", "all", "and", "any", "anything", "as", "asked", "at", "back", "by", "call", "called",
            "calling", "candidate", "chat", "client", "contact", "did", "email", "emailed", "everything", "fine", "for",
            "from", "going", "good", "had", "has", "have", "he", "hello", "her", "hey", "hi", "him", "how", "i", "if",
            "in", "is", "it", "its", "just", "later", "mail", "me", "message", "my", "na", "next", "no", "none", "not",
            "now", "of", "ok", "okay", "on", "or", "our", "out", "phone", "quick", "quickly", "re", "said", "sent",
            "she", "so", "soon", "spoke", "still", "talked", "text", "texted", "that", "the", "them", "they", "things",
            "this", "to", "today", "tomorrow", "up", "us", "via", "was", "we", "week", "well", "went", "will", "with",
            "yesterday", "you",
        ),
        "German": (
            "am", "an", "auch", "auf", "bei", "das", "dem", "den", "der", "die", "ein", "eine", "er", "es", "für",
            "hat", "ich", "ihm", "ihn", "ihr", "im", "ist", "kurz", "mal", "mit", "nicht", "noch", "nur", "sie",
            "telefoniert", "und", "uns", "von", "war", "wir", "zu",
        ),
        "French": (
            "appel", "appelé", "au", "aux", "avec", "ce", "de", "des", "du", "elle", "en", "est", "et", "il", "je",
            "la", "le", "les", "lui", "nous", "on", "par", "pas", "pour", "que", "sur", "un", "une",
        ),
        "Spanish": (
            "al", "con", "de", "del", "el", "ella", "en", "es", "la", "le", "llamada", "llamé", "lo", "los", "no",
            "para", "por", "que", "se", "su", "un", "una", "y",
        ),
        "Dutch": (
            "aan", "als", "bij", "de", "een", "en", "even", "gebeld", "haar", "hem", "het", "hij", "ik", "in", "is",
            "met", "niet", "nog", "om", "op", "te", "van", "voor", "was", "we", "ze",
        ),
    }
)  # fmt: skip

#: Everything between words but marks inside them, and those marks. Ranges rather than classes: engines differ in them.
_GAP = "[\x01-&(-/:-@\\[-`{-~\xa0«»·¿¡–—…“”„•]+"
_INSIDE = "['’‘]"
_NUMBER = " [0-9]+ "


@dataclass(frozen=True, slots=True)
class Purpose:
    """The phrases that only check in, since which day they hold, and whether they are the firm's own list."""

    phrases: tuple[str, ...] = tuple(phrase for own in STARTING.values() for phrase in own)
    changed_on: date = CHANGED
    own: bool = False

    @classmethod
    def stored(cls, settings: Mapping[str, Any]) -> Purpose:
        """The list a firm saved, the starting ones where it saved none."""
        kept = settings.get(SETTING)
        return cls(tuple(kept["phrases"]), date.fromisoformat(kept["changed_on"]), own=True) if kept else cls()

    def to_keep(self) -> dict[str, Any]:
        """What is saved as the setting."""
        return {"phrases": list(self.phrases), "changed_on": self.changed_on.isoformat()}

    def phrase_in(self, note: str) -> str | None:
        """The first phrase that stands in a note as whole words, as it is listed; None where none does."""
        held = _spread(note)
        pattern = _any_of(self.phrases)
        met = re.search(pattern, held) if pattern else None
        return next((phrase for phrase in self.phrases if _words(phrase) == met[0]), None) if met else None


def phrases_of(text: str) -> tuple[str, ...]:
    """The phrases a person typed, one a line, each once; lines without a word are left out."""
    lines = {_words(line): " ".join(line.split()) for line in reversed(text.splitlines())}
    return tuple(reversed([line for words, line in lines.items() if words]))


def has_words(notes: nw.Expr) -> nw.Expr:
    """Whether a note holds a single word."""
    return _length(_spread_in_engine(notes)) > 0


def only_checks_in(notes: nw.Expr, purpose: Purpose) -> nw.Expr:
    """Whether a note with words gives no reason.

    With a phrase of the list it needs FEWEST_WORDS more that are no fillers; without one a single such word.
    """
    spread = _spread_in_engine(notes)
    pattern = _any_of(purpose.phrases)
    found = spread.str.contains(pattern) if pattern else nw.lit(value=False)
    rest = spread.str.replace_all(pattern, "") if pattern else spread
    left = _length(rest.str.replace_all(_EMPTY_WORDS, ""))
    return (left < nw.when(found).then(nw.lit(FEWEST_WORDS)).otherwise(nw.lit(1))) & (_length(spread) > 0)


def _spread_in_engine(notes: nw.Expr) -> nw.Expr:
    """A text in small letters with a blank of its own on both sides of every word, and one more at either end."""
    edged = nw.concat_str(nw.lit(" "), notes.fill_null(""), nw.lit(" ")).str.to_lowercase()
    bare = edged.str.replace_all(_INSIDE, "").str.replace_all(_GAP, " ")
    return bare.str.replace_all(" ", "  ", literal=True)


def _spread(note: str) -> str:
    bare = re.sub(_GAP, " ", re.sub(_INSIDE, "", f" {note} ".lower()))
    return bare.replace(" ", "  ")


def _length(spread: nw.Expr) -> nw.Expr:
    """How many words a spread text holds."""
    blanks = spread.str.len_chars() - spread.str.replace_all(" ", "", literal=True).str.len_chars()
    return (blanks - 2) // 2


def _words(phrase: str) -> str:
    """A phrase as it stands in a spread text."""
    return _spread(phrase)[1:-1]


def _any_of(phrases: Iterable[str]) -> str:
    """A pattern that finds any of the phrases as whole words, the longest first; empty without one."""
    known = sorted({_words(phrase) for phrase in phrases} - {""}, key=lambda words: (-len(words), words))
    return "|".join(map(re.escape, known))


_EMPTY_WORDS = f"{_any_of(word for own in FILLERS.values() for word in own)}|{_NUMBER}"
