"""Names that may be one person, and names that only look it."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.people import SamePerson, fewest, suggestions

#: One name, another one, a word of the reason.
ONE_PERSON = (
    ("Dana Kim", "DANA KIM", "capital"),
    ("Dana Kim", "dana  kim", "capital"),
    ("Dana Kim", "Dana\u00a0Kim ", "blanks"),
    ("Avery O'Sample", "Avery O’Sample", "punctuation"),
    ("Dana Kim-Sample", "Dana Kim Sample", "punctuation"),
    ("Dana Kim", "Dáná Kim", "accents"),
    ("Søren Sample", "Soren Sample", "accents"),
    ("Dana Kim", "KIM, Dana", "another order"),
    ("Dana Kim", "Kim Dana", "another order"),
    ("Dana Kim", "dana.kim@example.com", "address"),
    ("Dana Kim", "dana_kim@example.com", "address"),
    ("KIM, Dana", "dana.kim@example.com", "address"),
    ("dana.kim@example.com", "dana.kim@example.org", "addresses"),
    ("Dana Kim", "EXAMPLE\\dana.kim", "address"),
    ("Dana Kim", "Dana Kim (inactive)", "no longer active"),
    ("Dana Kim", "DanaKim", "without blanks"),
    ("Dana Kim", "danakim@example.com", "without blanks"),
    ("Dana Kim", "Dana Maria Kim", "middle name"),
    ("Dana M. Kim", "Dana Maria Kim", "middle name"),
    ("Dana Kim", "dkim", "sign-in"),
    ("Dana Kim", "DKIM", "sign-in"),
    ("Dana Kim", "kimd", "sign-in"),
    ("Dana Kim", "danak", "sign-in"),
    ("Dana Maria Kim", "dmkim", "sign-in"),
    ("KIM, Dana", "dkim", "sign-in"),
    ("Dana Kim", "dkim@example.com", "sign-in"),
    ("dana.kim@example.com", "dkim", "sign-in"),
    ("Dana Kim", "D. Kim", "initial"),
    ("Dana Kim", "Kim, D.", "initial"),
    ("Dana Kim", "Dana K.", "initial"),
    ("Dana Kim", "d.kim@example.com", "initial"),
    ("Avery Sample", "Avery Sampel", "sampel and sample"),
    ("Avery Sample", "Avrey Sample", "avery and avrey"),
    ("Avery Sample", "Avery Sammple", "sammple and sample"),
    ("Blake Johnson", "Blake Jonson", "johnson and jonson"),
    ("Avery Sample", "Avery Sanple", "sample and sanple"),
    ("SAMPLE, Avery", "Avrey Sample", "avery and avrey"),
    ("Desk 01", "DESK 01", "capital"),
    ("Desk 01", "desk_01", "punctuation"),
    ("Desk 01", "Desk01", "blanks"),
    ("Team A", "team  a", "capital"),
)

OTHERS = (
    ("Dana Kim", "Dana Kimura"),
    ("Dana Kim", "Dana"),
    ("Dana Kim", "Kim"),
    ("Dana Kim", "Dana Lee"),
    ("Dana Kim", "Robin Kim"),
    ("Dana Kim", "Kim Sample"),
    ("Dana Kim", "Dan Kim"),
    ("Dana Kim", "Lana Kim"),
    ("Dana Kim", "Dana Tim"),
    ("Dana Kim", "rkim"),
    ("Dana Kim", "dkim2"),
    ("Dana Kim", "dkimura@example.com"),
    ("Dana Kim", "robin.kim@example.com"),
    ("Dana Kim", "R. Kim"),
    ("Dana Kim", "Dana L."),
    ("Ana Dow", "Dana"),
    ("Chris Sample", "Christine Sample"),
    ("Christina Sample", "Christine Sample"),
    ("Daniel Sample", "Daniela Sample"),
    ("Erik Sample", "Erika Sample"),
    ("Jon Sample", "John Sample"),
    ("Marin Sample", "Martin Sample"),
    ("Robin Sample", "Rubin Sample"),
    ("Dana Sample", "Dana Simple"),
    ("Blake Hanson", "Blake Henson"),
    ("Dana A. Kim", "Dana B. Kim"),
    ("Dana Maria Kim", "Dana Marie Kim"),
    ("D. Kim", "D. Lee"),
    ("D. Kim", "E. Kim"),
    ("Desk 01", "Desk 02"),
    ("Desk 1", "Desk 11"),
    ("Desk 12", "Desk 21"),
    ("Desk 1 11", "Desk 11 1"),
    ("Desk North", "Desk South"),
    ("Team A", "Team B"),
    ("Team A North", "Team North"),
    ("Branch Norht", "Branch North"),
    ("sales@example.com", "Sales North"),
    ("किम", "कम"),
    ("---", "..."),
    ("", " "),
)


@pytest.mark.parametrize(("one", "other", "reason"), ONE_PERSON)
def test_two_ways_of_writing_one_name_are_suggested(one, other, reason):
    (pair,) = suggestions([one, other])
    assert {pair.first, pair.second} == {one, other}
    assert reason in pair.why
    assert 0 < pair.score <= 100


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_people_who_share_a_part_of_their_names_are_not(one, other):
    assert suggestions([one, other]) == ()


def test_the_surest_comes_first():
    pairs = suggestions(["Dana Kim", "DANA KIM", "D. Kim"])
    assert [(pair.first, pair.second) for pair in pairs] == [
        ("DANA KIM", "Dana Kim"),
        ("D. Kim", "DANA KIM"),
        ("D. Kim", "Dana Kim"),
    ]
    assert [pair.score for pair in pairs] == [100, 70, 70]


def test_a_sign_in_name_that_fits_two_people_says_so():
    pairs = suggestions(["dkim", "Dana Kim", "KIM, Dana", "Daniel Kim"])
    fitting = [pair for pair in pairs if "dkim" in (pair.first, pair.second)]
    assert [pair.why for pair in fitting] == ["A sign-in name made of this name. It fits 1 other name too."] * 3
    assert {pair.score for pair in fitting} == {55}


def test_five_spellings_of_a_name_are_four_questions():
    names = ["Dana Kim", "DANA KIM", "KIM, Dana", "dana.kim@example.com", "dkim", "Robin Sample"]
    pairs = suggestions(names)
    asked = fewest(pairs)
    assert (len(pairs), len(asked)) == (10, 4)
    assert {name for pair in asked for name in (pair.first, pair.second)} == {*names} - {"Robin Sample"}


def test_a_question_that_is_answered_with_no_lets_the_next_one_take_its_place():
    sure, other, third = SamePerson("a", "b", 90, ""), SamePerson("b", "c", 80, ""), SamePerson("a", "c", 70, "")
    assert fewest([sure, other, third]) == (sure, other)
    assert fewest([sure, third]) == (sure, third)


@given(st.lists(st.text(max_size=12), max_size=8))
def test_order_and_repeats_do_not_matter_and_no_name_is_paired_with_itself(names):
    pairs = suggestions(names)
    assert pairs == suggestions([*reversed(names), *names])
    assert all(pair.first < pair.second and {pair.first, pair.second} <= set(names) for pair in pairs)


def test_among_five_hundred_names_the_two_spellings_of_one_person_are_found():
    letters = "abcdefghijklmnopqrst"
    names = [f"{a}very{b} {b}ample{a}" for a, b in combinations(letters, 2)] * 3 + [f"Desk {n}" for n in range(310)]
    found = suggestions([*names, "Dana Kim", "dkim"])
    assert len(set(names)) == 500
    assert [(one.first, one.second) for one in found if "dkim" in (one.first, one.second)] == [("Dana Kim", "dkim")]
