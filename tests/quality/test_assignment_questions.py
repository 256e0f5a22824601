"""Where the log contradicts itself: what is counted, and what is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from quality.assignment_questions import SENTENCES
from tests.quality.test_assignments import at, derived, kinds, told

CASES = ("accepted_on", "started_on", "ended_on", "state", "day")


def asked(found):
    return told(found.questions, "kind", "sentence")


def planned(day):
    return pd.Timestamp(f"2026-{day}")


# --- starts ----------------------------------------------------------------------------------------------------------


def test_a_start_after_the_end_is_an_assignment_of_its_own(engine):
    rows = [
        at("02-02 09:00", "start"),
        at("03-02 17:00", "end", outcome="quit"),
        at("05-04 09:00", "start"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, "assignment", *CASES) == [
        ["row 0000", None, "02-02", "03-02", "ended", 28],
        ["row 0002", None, "05-04", None, "running", 57],
    ]
    assert asked(found) == [
        ["restart", "Starts on 4 May 2026, after an end on 2 Mar 2026. Counted as an assignment of its own."]
    ]


def test_accepted_again_after_the_end_begins_the_next_one(engine):
    rows = [
        at("02-02 09:00", "start"),
        at("03-02 17:00", "end", outcome="completed"),
        at("04-20 09:00", "offer_accepted"),
        at("05-04 09:00", "start"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, *CASES) == [
        [None, "02-02", "03-02", "ended", 28],
        ["04-20", "05-04", None, "running", 57],
    ]
    assert kinds(found) == []


def test_an_end_and_the_next_start_on_one_day_are_two_assignments(engine):
    rows = [
        at("02-02 09:00", "start"),
        at("03-02 08:00", "start"),
        at("03-02 17:00", "end", outcome="completed"),
        at("03-31 17:00", "end", outcome="completed"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, "started_on", "ended_on", "day") == [["02-02", "03-02", 28], ["03-02", "03-31", 29]]
    assert kinds(found) == ["restart"]


def test_a_start_and_an_end_on_one_day_are_one_assignment_of_no_days(engine):
    rows = [at("02-02 09:00", "start"), at("02-02 00:00", "end", outcome="quit")]
    found = derived(rows, engine)
    assert told(found.rows, "started_on", "ended_on", "early", "day") == [["02-02", "02-02", True, 0]]
    assert kinds(found) == []


def test_a_second_start_without_an_end_is_the_same_assignment(engine):
    rows = [at("06-01 09:00", "start"), at("06-01 10:00", "start"), at("06-10 09:00", "start", desk="Desk 02")]
    found = derived(rows, engine)
    assert told(found.rows, "desk", *CASES) == [["Desk 01", None, "06-01", None, "running", 29]]
    assert asked(found) == [
        ["second_start", "Starts again on 10 Jun 2026 without an end between. Counted as one, from 1 Jun 2026 on."]
    ]


def test_accepted_long_ago_without_a_start_is_asked_about_where_starts_are_kept(engine):
    rows = [at("03-31 09:00", "offer_accepted"), at("04-01 09:00", "fill", "Blake Sample")]
    assert kinds(derived(rows, engine)) == []
    found = derived([*rows, at("06-30 09:00", "start", "Zoë Sample")], engine)
    assert told(found.rows.tail(2), "candidate", "accepted_on", "state", "day") == [
        ["Avery Sample", "03-31", "accepted", None],
        ["Blake Sample", "04-01", "accepted", None],
    ]
    said = "Accepted on 31 Mar 2026, and no start is on record 91 days later. Counted as accepted."
    assert told(found.questions, "candidate", "kind", "sentence") == [["Avery Sample", "no_start", said]]


def test_declined_after_accepting_never_started(engine):
    rows = [
        at("05-04 09:00", "offer_declined"),
        at("05-05 09:00", "offer_accepted"),
        at("05-11 09:00", "offer_declined", outcome="counter_offer"),
        at("05-11 09:00", "offer_declined", "Blake Sample"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, *CASES, "outcome", "early") == [
        ["05-05", None, "05-11", "never_started", None, "never_started", True]
    ]
    assert kinds(found) == ["declined_after_accepting"]


def test_an_offer_declined_while_it_runs_is_none_of_its_business(engine):
    rows = [at("05-05 09:00", "start"), at("05-11 09:00", "offer_declined")]
    found = derived(rows, engine)
    assert told(found.rows, "state") == [["running"]]
    assert kinds(found) == []


def test_declined_in_the_morning_and_accepted_in_the_evening_is_accepted(engine):
    rows = [at("05-05 09:00", "offer_declined"), at("05-05 18:00", "offer_accepted")]
    assert told(derived(rows, engine).rows, "state") == [["accepted"]]


# --- ends ------------------------------------------------------------------------------------------------------------


def test_an_end_without_a_start_has_no_length(engine):
    rows = [at("03-02 17:00", "end", outcome="quit"), at("03-02 17:00", "end", "Blake Sample", outcome="never_started")]
    found = derived(rows, engine)
    assert told(found.rows, "candidate", *CASES, "early") == [
        ["Avery Sample", None, None, "03-02", "ended", None, True],
        ["Blake Sample", None, None, "03-02", "never_started", None, True],
    ]
    assert asked(found) == [
        ["end_without_start", "Ends on 2 Mar 2026, and no start is on record. Counted as ended, with no length."]
    ]


def test_an_accepted_one_that_ends_without_a_start_is_asked_about(engine):
    rows = [at("03-02 09:00", "offer_accepted"), at("03-30 17:00", "end", outcome="quit")]
    found = derived(rows, engine)
    assert told(found.rows, *CASES) == [["03-02", None, "03-30", "ended", None]]
    assert kinds(found) == ["end_without_start"]


def test_an_end_shortly_before_the_only_start_contradicts_it(engine):
    rows = [at("04-01 17:00", "end", outcome="quit"), at("05-01 09:00", "start", desk="Desk 02")]
    found = derived(rows, engine)
    assert told(found.rows, "desk", *CASES) == [["Desk 02", None, "05-01", "04-01", "ended", None]]
    said = "An end on 1 Apr 2026 lies before the start on 1 May 2026; the next end counts, if there is one."
    assert asked(found) == [["end_before_start", said]]


def test_the_proper_end_replaces_one_before_the_start(engine):
    rows = [
        at("04-01 17:00", "end", outcome="quit"),
        at("05-01 09:00", "start"),
        at("06-01 17:00", "end", outcome="completed"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, *CASES, "outcome") == [[None, "05-01", "06-01", "ended", 31, "completed"]]
    assert kinds(found) == ["end_before_start"]


def test_an_end_long_before_a_start_belongs_to_an_earlier_assignment(engine):
    rows = [at("03-31 17:00", "end", outcome="completed"), at("05-01 09:00", "start")]
    found = derived(rows, engine)
    assert told(found.rows, *CASES) == [
        [None, "05-01", None, "running", 60],
        [None, None, "03-31", "ended", None],
    ]
    assert sorted(kinds(found)) == ["end_without_start", "restart"]


def test_who_never_started_and_starts_after_all_is_a_new_assignment(engine):
    rows = [
        at("05-01 09:00", "offer_accepted"),
        at("05-04 17:00", "end", outcome="never_started"),
        at("05-11 09:00", "start"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, *CASES) == [
        [None, "05-11", None, "running", 50],
        ["05-01", None, "05-04", "never_started", None],
    ]
    assert kinds(found) == ["restart"]


def test_the_first_of_two_ends_holds(engine):
    rows = [
        at("05-01 09:00", "start"),
        at("05-11 17:00", "end", outcome="quit"),
        at("05-11 18:00", "end", outcome="quit"),
        at("05-29 17:00", "end", outcome="completed"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, "ended_on", "outcome") == [["05-11", "quit"]]
    assert asked(found) == [["second_end", "Ends again on 29 May 2026. The first end, 11 May 2026, is counted."]]


def test_a_fill_after_a_conversion_is_the_conversion_itself(engine):
    rows = [
        at("05-01 09:00", "start"),
        at("05-11 17:00", "end", outcome="converted"),
        at("05-12 09:00", "fill"),
        at("05-01 09:00", "start", "Blake Sample"),
        at("05-11 17:00", "end", "Blake Sample", outcome="completed"),
        at("05-12 09:00", "fill", "Blake Sample"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, "candidate", "state") == [
        ["Avery Sample", "ended"],
        ["Blake Sample", "ended"],
        ["Blake Sample", "accepted"],
    ]


# --- planned ends and extensions -------------------------------------------------------------------------------------


def test_a_planned_end_that_passed_ends_nothing_and_is_asked_about(engine):
    rows = [
        at("05-01 09:00", "start", planned_end=planned("06-29")),
        at("05-01 09:00", "start", "Blake Sample", planned_end=planned("06-30")),
    ]
    found = derived(rows, engine)
    assert told(found.rows, "state", "day") == [["running", 60], ["running", 60]]
    said = "Was planned to end on 29 Jun 2026, and no end is on record. Counted as running."
    assert told(found.questions, "candidate", "kind", "sentence") == [["Avery Sample", "past_planned_end", said]]


def test_the_planned_end_agreed_last_holds_even_an_earlier_one(engine):
    rows = [
        at("05-01 09:00", "start", planned_end=planned("12-31")),
        at("05-11 09:00", "extension", planned_end=planned("09-30")),
        at("05-12 09:00", "extension"),
        at("05-13 09:00", "extension", planned_end=planned("05-12")),
    ]
    found = derived(rows, engine)
    assert told(found.rows, "planned_end", "extensions") == [["09-30", 3]]
    assert kinds(found) == []


def test_an_extension_without_a_start_says_that_one_runs(engine):
    rows = [at("05-01 09:00", "extension", planned_end=planned("09-30"))]
    found = derived(rows, engine)
    assert told(found.rows, *CASES, "extensions") == [[None, None, None, "running", None, 1]]
    assert kinds(found) == ["extension_without_start"]


def test_an_extension_after_the_end_carries_it_on(engine):
    rows = [
        at("05-01 09:00", "start", planned_end=planned("05-29")),
        at("05-29 17:00", "end", outcome="completed"),
        at("06-01 09:00", "extension", planned_end=planned("07-31")),
    ]
    found = derived(rows, engine)
    assert told(found.rows, *CASES, "outcome") == [[None, "05-01", None, "running", 60, None]]
    assert asked(found) == [["extended_after_end", "Extended after an end on 29 May 2026. Counted as going on."]]


def test_an_extension_and_the_end_on_one_day_end_it(engine):
    rows = [
        at("05-01 09:00", "start"),
        at("06-01 08:00", "end", outcome="completed"),
        at("06-01 09:00", "extension", planned_end=planned("07-31")),
    ]
    assert told(derived(rows, engine).rows, "state", "extensions") == [["ended", 1]]


# --- two at once -----------------------------------------------------------------------------------------------------


def test_two_at_once_are_both_counted_and_asked_about(engine):
    rows = [
        at("05-01 09:00", "start"),
        at("05-20 09:00", "start", job="Planner 2", client="Example Labs"),
        at("05-29 17:00", "end", outcome="completed"),
        at("05-29 09:00", "start", "Blake Sample", job="Planner 2"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, "candidate", "state") == [
        ["Avery Sample", "ended"],
        ["Avery Sample", "running"],
        ["Blake Sample", "running"],
    ]
    said = "Runs since 20 May 2026, while one at Example Works has not ended. Both are counted."
    assert told(found.questions, "assignment", "kind", "sentence") == [["row 0001", "overlap", said]]


@pytest.mark.parametrize(("start", "overlaps"), [("05-28", True), ("05-29", False), ("05-30", False)])
def test_the_next_one_may_start_on_the_last_day(engine, start, overlaps):
    rows = [
        at("05-01 09:00", "start"),
        at("05-29 17:00", "end", outcome="completed"),
        at(f"{start} 09:00", "start", client="Example Labs"),
    ]
    assert (kinds(derived(rows, engine)) == ["overlap"]) is overlaps


def test_one_whose_planned_end_passed_overlaps_nothing_that_starts_later(engine):
    rows = [
        at("04-01 09:00", "start", planned_end=planned("05-29")),
        at("06-01 09:00", "start", client="Example Labs"),
    ]
    assert kinds(derived(rows, engine)) == ["past_planned_end"]


def test_a_short_one_inside_a_long_one_does_not_hide_the_long_one(engine):
    rows = [
        at("04-01 09:00", "start"),
        at("04-10 09:00", "start", client="Example Labs"),
        at("04-20 09:00", "end", client="Example Labs", outcome="completed"),
        at("05-20 09:00", "start", client="Example Dairy"),
    ]
    found = derived(rows, engine)
    assert kinds(found) == ["overlap", "overlap"]
    assert found.questions["sentence"].str.contains("one at Example Works").all()


def test_names_in_questions_are_only_text(engine):
    rows = [at("04-01 09:00", "start", client="{told} %s <b>"), at("05-20 09:00", "start", client="Example Labs")]
    found = derived(rows, engine, as_of=date(2026, 6, 1))
    assert found.questions["sentence"].tolist() == [
        "Runs since 20 May 2026, while one at {told} %s <b> has not ended. Both are counted."
    ]


def test_every_kind_has_a_case_in_these_tests():
    files = (__file__, derived.__code__.co_filename, Path(__file__).with_name("test_no_shows.py"))
    text = "".join(Path(name).read_text(encoding="utf-8") for name in files)
    assert [kind for kind in SENTENCES if f'"{kind}"' not in text] == []
