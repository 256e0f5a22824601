"""What signs weigh: as shipped, as the firm changed it, and what cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quality.care_signals import BY_NAME, KEY, SHIPPED, SIGNS, fault_of, faults, to_store, weights_in_force

DAY = date(2026, 11, 23)


def changed(name, **changes):
    return replace(SHIPPED, signs=tuple(replace(one, **changes) if one.name == name else one for one in SIGNS))


def stored(weights):
    return {KEY: to_store(weights, DAY)}


def test_without_a_change_everything_is_as_shipped():
    assert weights_in_force({}) == SHIPPED
    assert SHIPPED.changed_on is None
    assert fault_of(SHIPPED) == ""


def test_contexts_are_told_from_signs():
    assert {sign.name for sign in SIGNS if sign.is_context} == {"new", "ending", "no_referral"}


def test_a_sentence_says_the_numbers():
    assert BY_NAME["silence"].in_words == "No contact for 21 days or more since the start."
    assert BY_NAME["poor_survey"].in_words == "The last survey of the past 60 days gave 6 of 10 or less."
    assert SHIPPED.since == "Weights as shipped."
    assert replace(SHIPPED, changed_on=DAY).since == "Weights as changed on 23 Nov 2026."
    assert SHIPPED.in_words == "Points needed: 2 for watch, 4 for act."


def test_what_is_changed_is_stored_with_its_day_and_read_back():
    asked = replace(changed("silence", points=1.5, limit=28), watch=1.5)
    found = weights_in_force(stored(asked))
    assert replace(found, changed_on=None) == asked
    assert found.changed_on == DAY
    assert stored(asked)[KEY]["signs"] == {"silence": {"points": 1.5, "limit": 28, "days": None}}


def test_weights_as_shipped_have_no_day_of_change():
    assert weights_in_force(stored(SHIPPED)) == SHIPPED


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (changed("silence", points=-1), "Silence takes 0 to 10 points."),
        (changed("silence", points=10.5), "Silence takes 0 to 10 points."),
        (changed("silence", points=float("nan")), "Silence takes 0 to 10 points."),
        (changed("silence", limit=0), "Silence takes a limit from 1 to 365."),
        (changed("poor_survey", limit=11), "Poor survey takes a limit from 0 to 10."),
        (changed("complaint", days=0), "Contractor complains looks back over 1 to 365 days."),
        (replace(SHIPPED, watch=0), "Watch takes more than 0 points, and act at least as many as watch."),
        (replace(SHIPPED, watch=5), "Watch takes more than 0 points, and act at least as many as watch."),
        (replace(SHIPPED, act=float("nan")), "Watch takes more than 0 points, and act at least as many as watch."),
        (replace(SHIPPED, act=float("inf")), "A number of points is missing."),
    ],
)
def test_what_cannot_be_is_said_and_not_stored(weights, said):
    assert fault_of(weights) == said
    with pytest.raises(ValueError, match=r"takes|missing|looks"):
        to_store(weights, DAY)


@pytest.mark.parametrize(
    "own",
    [{"points": "many"}, {"points": -3}, {"limit": None}, {"limit": 1e999}, "text", 7, {"days": 0}, {"days": []}],
)
def test_a_stored_sign_that_cannot_be_is_as_shipped_and_named(own):
    settings = {KEY: {"changed_on": "2026-11-01", "signs": {"complaint": own, "silence": {"points": 2}}}}
    found = weights_in_force(settings)
    assert found.signs == changed("silence", points=2.0).signs
    assert faults(settings) == ("Contractor complains: a stored number cannot be.",)


@pytest.mark.parametrize("levels", [{"watch": 5}, {"act": "x"}, {"watch": None}, {"watch": 0}, {"act": []}])
def test_stored_levels_that_cannot_be_are_as_shipped_and_named(levels):
    settings = {KEY: {"changed_on": "2026-11-01", **levels}}
    assert weights_in_force(settings) == SHIPPED
    assert faults(settings) == ("The levels: a stored number cannot be.",)


@pytest.mark.parametrize("value", [None, [], "text", {"signs": []}, {"signs": {"nothing_known": {"points": 1}}}])
def test_anything_else_that_is_stored_changes_nothing(value):
    assert weights_in_force({KEY: value}) == SHIPPED
    assert faults({KEY: value}) == ()


@pytest.mark.parametrize("day", [None, "soon", 20261123])
def test_a_day_that_cannot_be_is_none(day):
    settings = {KEY: {"changed_on": day, "watch": 1}}
    found = weights_in_force(settings)
    assert (found.watch, found.changed_on) == (1.0, None)
