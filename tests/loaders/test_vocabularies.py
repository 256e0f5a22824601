"""Words of systems whose headers are not known: they propose, warn, and do not decide what is open."""

from __future__ import annotations

import copy

import pytest

from loaders import RefusedError
from loaders.layout import Give
from loaders.vocabularies import FOLDER, read_vocabulary, shipped
from quality.vocabulary import ACTIVITIES

WANTED = {
    "top_echelon",
    "crelate",
    "jobdiva",
    "zoho_recruit",
    "vincere",
    "jobadder",
    "recruit_crm",
    "loxo",
    "bond_adapt",
    "tempworks",
    "odoo",
}
GOOD = {
    "name": "mine",
    "title": "Mine",
    "evidence": "Seen.",
    "activities": [{"values": ["Met"], "give": {"activity": "send_out", "outcome": "held"}}],
    "outcomes": {"send_out": {"held": ["Took place"]}},
    "ambiguous": {"Sendout": "Two things."},
}


def broken(**changes: object) -> dict:
    return copy.deepcopy(GOOD) | changes


def test_every_file_of_the_folder_is_a_vocabulary_of_that_name():
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(shipped())
    assert set(shipped()) >= WANTED


@pytest.mark.parametrize("name", shipped())
def test_a_vocabulary_says_what_it_rests_on_and_leads_to_activities_we_know(name):
    vocabulary = shipped()[name]
    assert vocabulary.title
    assert vocabulary.evidence.endswith(".")
    assert vocabulary.warnings
    assert all(warning.endswith(".") for warning in vocabulary.warnings)
    for give in vocabulary.meanings.values():
        assert give.activity in ACTIVITIES
        assert give.outcome is None or give.outcome in ACTIVITIES[give.activity].outcomes
    assert all(text.endswith(".") for text in vocabulary.ambiguous.values())


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("top_echelon", "Send Out"),
        ("bullhorn_tenants", "Sendout"),
        ("bullhorn_tenants", "Submitted"),
        ("bullhorn_tenants", "Candidate"),
        ("odoo", "Contract Signed"),
        ("jobdiva", "Submittal"),
        ("bond_adapt", "Candidate Calls"),
        ("zoho_recruit", "Interview-in-Progress"),
    ],
)
def test_words_of_two_meanings_are_not_proposed(name, word):
    vocabulary = shipped()[name]
    assert vocabulary.meaning(word) is None
    assert any(word.casefold().replace("-", " ") == key for key in vocabulary.ambiguous)


@pytest.mark.parametrize(
    ("name", "word", "meaning"),
    [
        ("vincere", "phone call | contact | outbound | connected", Give("marketing_call")),
        ("vincere", "FIRST_INTERVIEW", Give("send_out")),
        ("zoho_recruit", "Submitted to client", Give("presentation")),
        ("zoho_recruit", "No-Show", Give("end", outcome="never_started")),
        ("bond_adapt", "Submittals", Give("note")),
        ("odoo", "Contract Proposal", Give("offer_extended")),
        ("loxo", "InMail", Give("touch", party="candidate", channel="social")),
        ("tempworks", "Complete", Give("end", outcome="completed")),
    ],
)
def test_a_word_means_what_it_means_in_that_system_in_any_writing(name, word, meaning):
    assert shipped()[name].meaning(word) == meaning


def test_no_word_of_an_order_is_read_into_employment_contracts():
    assert "contract" not in {give.activity for give in shipped()["odoo"].meanings.values()}


def test_a_vocabulary_knows_words_for_outcomes():
    assert read_vocabulary(GOOD, "mine").outcomes == {"send_out": {"held": "held", "took place": "held"}}


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (broken(evidence=""), '"evidence" must be a text'),
        (broken(headers=["Stage"]), '"headers" in the file is not a known key'),
        (broken(activities=[{"values": ["Met"], "give": "sendout"}]), 'Did you mean "send_out"?'),
        (broken(activities=[{"values": ["sendout"], "give": "send_out"}]), '"sendout" is given two meanings'),
        (
            broken(activities=[{"values": ["Met"], "give": "hit"}, {"values": ["met"], "give": "fill"}]),
            '"met" is given two meanings',
        ),
        (broken(outcomes={"send_out": {"gone": ["x"]}}), '"gone" in [outcomes.send_out] is not a known key'),
        (broken(outcomes={"dance": {"held": ["x"]}}), '"held" in [outcomes.dance] is not a known key'),
    ],
)
def test_a_slip_in_a_vocabulary_is_answered_in_a_sentence(document, words):
    with pytest.raises(RefusedError) as caught:
        read_vocabulary(document, "mine.toml")
    assert caught.value.refusal.code == "mapping_invalid"
    assert words in caught.value.refusal.reason
