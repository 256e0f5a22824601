"""What a value or a header probably means: words first, then likeness; nothing that could mean two things."""

from __future__ import annotations

import pytest

from loaders.layout import synonym_layout, synonyms
from loaders.meanings import MEANINGS, OUTCOME_MEANINGS
from loaders.overlay import meaning_in
from loaders.suggest import (
    likely_meaning,
    likeness,
    looks_like_dates,
    looks_like_people,
    names_typist,
    proposals,
    similar_meaning,
    sounds_fallen,
    sounds_missed,
    sounds_unreached,
    suggest_ending,
    suggest_outcome,
    suggest_value,
    why_open,
)
from loaders.vocabularies import shipped
from loaders.words import value_key

#: Slips and habits of writing -> the meaning of the word that is meant.
TRUE_PAIRS = {
    "Recruter Call": "recruiting_call",
    "Recruiter call": "recruiting_call",
    "Intervew w/ client": "send_out",
    "Interviews with the client": "send_out",
    "Cleint Interview": "send_out",
    "Call, outbound": "call",
    "Left a voicemail": "call_attempt",
    "Left mesage": "call_attempt",
    "Phone screned": "interview",
    "Presentaton": "presentation",
    "Ofer extended": "offer_extended",
    "Extended an offer": "offer_extended",
    "Placment": "fill",
    "Job orders": "contract",
    "Marketting call": "marketing_call",
    "Refered": "referral",
    "E-mails": "touch:email",
}
#: Words that resemble a known one and mean something else, or could mean several things.
FALSE_FRIENDS = (
    "Signed",
    "Sendout",
    "Send outs",
    "Sendouts",
    "Submitted",
    "Submited",
    "Submission",
    "Shortlisted",
    "Short listed",
    "Contract Signed",
    "Signed contract",
    "Contact",
    "Contractor",
    "Contract signed by client",
    "Fired",
    "Client",
    "Rejection letter",
    "Candidate Visit",
    "4th Interview",
    "Not interested",
    "Follow-up",
    "Hits",
    "Huh",
    "-",
    "",
)


@pytest.mark.parametrize("value", TRUE_PAIRS)
def test_a_slip_of_the_pen_suggests_the_word_that_is_meant(value):
    assert suggest_value(value, "", None, False).meaning == TRUE_PAIRS[value]


@pytest.mark.parametrize("value", FALSE_FRIENDS)
def test_a_false_friend_suggests_nothing(value):
    assert similar_meaning(value) == ""


@pytest.mark.parametrize("word", synonyms()["ambiguous"])
def test_a_word_of_two_meanings_is_left_open_and_says_why(word):
    assert suggest_value(word, "", None, False) == ("", "")
    assert why_open(word).endswith(".")


def test_what_a_known_layout_says_goes_before_the_vocabulary_and_that_before_shared_words():
    vincere = shipped()["vincere"]
    word = "Phone call | Candidate | Outbound | Connected"
    assert suggest_value("Sendout", "presentation", vincere, True) == ("presentation", "layout")
    assert suggest_value(word, "", vincere, False) == ("recruiting_call", "vocabulary")
    assert suggest_value("Prescreen", "", None, False) == ("interview", "word")
    assert suggest_value("Presceen", "", None, False) == ("interview", "similar")


def test_every_vocabulary_proposes_its_own_words_and_leaves_its_ambiguous_ones_open():
    for vocabulary in shipped().values():
        for word, give in vocabulary.meanings.items():
            assert suggest_value(word, "", vocabulary, False).meaning.partition(":")[0] == give.activity
        for word in vocabulary.ambiguous:
            assert suggest_value(word, "", vocabulary, False) == ("", "")
            assert why_open(word, vocabulary) == vocabulary.ambiguous[word]


def test_words_of_the_outcome_column_say_whether_somebody_was_reached_and_how_it_ended():
    words = {"No answer": "nobody", "Left a mesage": "nobody", "Yes": "interested", "Postponed": "rescheduled"}
    for word, meaning in words.items():
        assert suggest_outcome(word, synonym_layout(), False, None).meaning == meaning
    assert suggest_outcome("Blue", None, False, None) == ("", "")


def test_words_are_alike_whatever_their_order_and_never_by_chance():
    assert likeness("interview client", "client interview") == 100
    assert likeness("intervew client", "client interview") > 90
    assert likeness("client visit", "client interview") == 0
    assert likeness("client", "client interview") == 0
    assert likeness("", "") == 0
    assert likeness(value_key("Contact"), "contract") == 0


def test_dates_and_names_are_told_from_other_text():
    assert looks_like_dates(["03/04/2026", "4 Mar 2026", "2026-03-04 10:00"])
    assert not looks_like_dates(["46106", "1774396800000"])
    assert not looks_like_dates([])
    assert looks_like_people(["Avery Sample", "Sample, Casey", "jo@example.test"])
    assert not looks_like_people(["Call", "12 Example Street", "Placed"])
    assert not looks_like_people([])


def test_names_of_companies_are_not_names_of_people():
    companies = ["Example Works", "Sample Co", "Beispiel GmbH", "Example Metal Works", "Acme Inc.", "Foo Group"]
    assert not any(looks_like_people([company]) for company in companies)
    assert looks_like_people(["Corin Sample", "Coco Example", "Inca Demo"])


@pytest.mark.parametrize("word", ["VoIP Call", "Spoke on phone", "Spoke to", "Rang", "Rang them", "Phoned"])
def test_other_words_for_a_call_are_calls(word):
    assert suggest_value(word, "", None, False) == ("call", "word")


def test_face_to_face_is_left_open():
    assert suggest_value("Face to face", "", None, False) == ("", "")


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("Tried", "call_attempt"),
        ("CV to Example Works", "presentation"),
        ("cv sent to Example Works", "presentation"),
        ("Met client", "send_out"),
        ("Got the job", "fill"),
        ("New order", "contract"),
        ("Texted", "touch:text"),
    ],
)
def test_what_people_write_by_hand_is_proposed_and_never_read_so_by_itself(value, meaning):
    assert suggest_value(value, "", None, False) == (meaning, "likely")
    assert meaning_in(synonym_layout(), value) == ""


def test_every_likely_meaning_is_one_that_can_be_chosen():
    assert set(proposals()["activities"]) <= set(MEANINGS)


@pytest.mark.parametrize("value", ["CV", "Tonic", "Retried", "CV tool"])
def test_a_phrase_with_a_star_is_only_the_beginning_of_longer_ones(value):
    assert likely_meaning(value) == ""


@pytest.mark.parametrize("value", ["Client meet - called off", "Placement fell through", "Candidate met client - ill"])
def test_a_word_that_says_it_came_to_nothing_is_left_open(value):
    assert suggest_value(value, "", None, False).meaning == ""


def test_words_a_candidate_answers_with_are_outcomes():
    words = {"keen": "interested", "not for me": "not_interested", "Not keen": "not_interested"}
    words |= {"call back": "call_back", "ring again": "call_back"}
    assert {word: suggest_outcome(word, None, False, None).meaning for word in words} == words


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("Spoke - cand", "recruiting_call"),
        ("Phoned - talent", "recruiting_call"),
        ("TC client", "marketing_call"),
        ("Didn't pick up", "call_attempt"),
        ("No responde", "call_attempt"),
        ("Profile over", "presentation"),
        ("Sent details to boss", "presentation"),
        ("Sat down with", "interview"),
        ("Screened in office", "interview"),
        ("Talent met boss", "send_out"),
        ("Vorstellungsgespräch", "send_out"),
        ("Deal done", "fill"),
        ("Vacancy taken", "contract"),
        ("Encargo nuevo", "contract"),
    ],
)
def test_a_short_value_is_put_together_from_the_words_it_holds(value, meaning):
    assert suggest_value(value, "", None, False) == (meaning, "likely")
    assert meaning_in(synonym_layout(), value) == ""


@pytest.mark.parametrize(
    "value",
    [
        "Chased refs",
        "No CV to client",
        "Client cancelled meeting",
        "Interview prep with client",
        "Called the client about his holiday home again",
        "Job",
    ],
)
def test_words_that_do_not_make_up_a_meaning_propose_none(value):
    assert likely_meaning(value) == ""


def test_everything_proposed_is_something_that_can_be_chosen():
    told = proposals()
    assert {one["meaning"] for one in told["combined"]} <= set(MEANINGS)
    assert set(told["outcomes"]) <= set(OUTCOME_MEANINGS)
    assert {kind for one in told["combined"] for kind in (*one["kinds"], *one.get("not", ()))} == set(told["kinds"])


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("did not show", "no_show"),
        ("called off", "cancelled"),
        ("postponed", "rescheduled"),
        ("no", "not_interested"),
        ("cancelled - sick", "cancelled"),
        ("wants call Thursday", "call_back"),
        ("nicht erschienen", "no_show"),
        ("DNA", "no_show"),
        ("chatted, keen", "interested"),
        ("not that keen", ""),
    ],
)
def test_words_of_meetings_that_did_not_take_place_are_known(word, meaning):
    assert suggest_outcome(word, None, False, None).meaning == meaning


def test_an_outcome_that_sounds_missed_is_told_from_one_that_does_not():
    assert all(map(sounds_missed, ("ill on the day", "Fell ill, not held", "krank", "stood up", "XQ")))
    assert not any(map(sounds_missed, ("sunny", "good talk", "tbc", "TBC", "OK", "not for us", "no thanks", "")))


def test_an_outcome_that_sounds_as_if_a_placement_fell_through_is_told_from_one_that_does_not():
    assert all(map(sounds_fallen, ("backed out before start", "pulled out, old boss matched", "took a counteroffer")))
    assert not any(map(sounds_fallen, ("signed", "starts Monday", "perm", "")))


def test_an_outcome_that_sounds_unreached_is_told_from_one_that_does_not():
    assert all(map(sounds_unreached, ("phone was off", "Left a msg", "rang and rang", "gatekeeper", "nobody")))
    assert not any(map(sounds_unreached, ("chatted", "waiting", "liked", "signed", "")))


@pytest.mark.parametrize(("word", "meaning"), [("Rang out", "nobody"), ("Spoke", "other"), ("Deal", "")])
def test_a_word_for_a_call_tells_how_it_ended_in_a_column_of_outcomes(word, meaning):
    assert suggest_ending(word, None, False, None).meaning == meaning


def test_who_wrote_it_down_is_told_from_who_did_it():
    assert all(
        map(names_typist, ("Entered by", "Typed in by", "created_by", "Logged By", "Who logged it", "Erfasst von"))
    )
    assert not any(map(names_typist, ("Handled by", "Looked after by", "Rep", "Who did it", "")))
