"""Which notes only check in: by the starting lists and by a firm's own, the same on both engines."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import pandas as pd
import pytest

from quality.purpose_words import CHANGED, FILLERS, STARTING, Purpose, has_words, only_checks_in, phrases_of

#: Note -> whether it holds a word, whether it only checks in, the phrase in it.
NOTES = (
    ("Just checking in", True, True, "just checking in"),
    ("CHECKING IN!!", True, True, "checking in"),
    ("check-in", True, True, "check in"),
    ("Checking in with Avery Sample", True, True, "checking in"),
    ("Checking in with Avery about the night shift", True, False, "checking in"),
    ("Left a voicemail, will try again tomorrow", True, True, "left a voicemail"),
    ("Following up on references", True, True, "following up"),
    ("Caught up: wants days only, notice four weeks", True, False, "caught up"),
    ("Haven’t heard: catch-up\nnext week", True, True, "catch up"),
    ("Reference check", True, False, None),
    ("Sent the salary guide", True, False, None),
    ("Called him", True, True, None),
    ("12 3", True, True, None),
    ("Spoke 3 times about rates", True, False, None),
    ("paychecking inside", True, False, None),
    ("up in checking", True, False, None),
    ("Kurz gemeldet, nichts Neues", True, True, "kurz gemeldet"),
    ("prise de nouvelles", True, True, "prise de nouvelles"),
    ("a.*b (c) [d] $1 \\1", True, False, None),
    ("-", False, False, None),
    ("  ", False, False, None),
    ("", False, False, None),
)


def judged(engine, notes, purpose=None):
    """Whether each note holds a word, and whether it only checks in."""
    held = engine(pd.DataFrame({"place": range(len(notes)), "notes": pd.array(notes, dtype="str")}))
    note = nw.col("notes")
    told = {"words": has_words(note), "empty": only_checks_in(note, purpose or Purpose())}
    found = nw.from_native(held).lazy().with_columns(**told).sort("place").collect("pandas").to_native()
    return list(zip(found["words"].astype(bool), found["empty"].astype(bool), strict=True))


def test_a_note_that_gives_no_reason_only_checks_in(engine):
    assert judged(engine, [note for note, *_ in NOTES]) == [(words, empty) for _, words, empty, _ in NOTES]


def test_a_missing_note_has_no_word_and_is_no_check_in(engine):
    assert judged(engine, [None, "Just checking in"]) == [(False, False), (True, True)]


@pytest.mark.parametrize(("note", "phrase"), [(note, phrase) for note, _, _, phrase in NOTES])
def test_the_phrase_in_a_note_is_told_as_it_is_listed(note, phrase):
    assert Purpose().phrase_in(note) == phrase


def test_an_own_list_takes_the_place_of_the_starting_one(engine):
    own = Purpose(("weather talk",), date(2026, 11, 20), own=True)
    assert judged(engine, ["Weather talk", "Just checking in today", "weather, talk: nights"], own) == [
        (True, True),
        (True, False),
        (True, True),
    ]
    assert own.phrase_in("Just checking in") is None


def test_an_own_phrase_is_text_and_never_a_pattern(engine):
    own = Purpose((".*", "a|b", "(x", "nights (late)"), date(2026, 11, 20), own=True)
    assert judged(engine, ["Wants nights late", "Sent the salary guide", "a b"], own) == [
        (True, True),
        (True, False),
        (True, True),
    ]


def test_with_an_empty_list_only_empty_words_give_no_reason(engine):
    none = Purpose((), date(2026, 11, 20), own=True)
    assert judged(engine, ["Just checking in", "Called him"], none) == [(True, False), (True, True)]
    assert none.phrase_in("Just checking in") is None


def test_a_typed_list_has_each_phrase_once_in_its_order():
    assert phrases_of("  Touching   base \n\n...\ncheck in\ntouching BASE\nCheck-in") == ("Touching base", "check in")


def test_a_list_is_kept_with_the_day_it_was_changed():
    own = Purpose(("touching base",), date(2026, 11, 20), own=True)
    assert Purpose.stored({"purpose_words": own.to_keep()}) == own
    assert Purpose.stored({}) == Purpose.stored({"purpose_words": None}) == Purpose()
    assert (Purpose().own, Purpose().changed_on) == (False, CHANGED)


@pytest.mark.parametrize("language", STARTING)
def test_no_starting_phrase_gives_a_reason_by_itself(engine, language):
    assert language in FILLERS
    assert {empty for _, empty in judged(engine, list(STARTING[language]))} == {True}
