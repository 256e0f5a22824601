"""Who never came although a first day is on record: never started, and what is asked about it."""

from __future__ import annotations

import pytest

from tests.quality.test_assignments import at, derived, kinds, told

CASES = ("accepted_on", "started_on", "ended_on", "state", "day")


def test_who_backed_out_before_the_day_that_was_planned_never_started(engine):
    rows = [at("05-08 17:00", "end", outcome="never_started"), at("05-11 09:00", "start")]
    found = derived(rows, engine)
    assert told(found.rows, *CASES) == [[None, None, "05-08", "never_started", None]]
    assert kinds(found) == ["end_before_start"]
    [said] = found.questions["sentence"]
    assert said == "An end on 8 May 2026 lies before the start on 11 May 2026; the next end counts, if there is one."


def test_who_was_to_have_backed_out_and_ends_later_had_started_after_all():
    rows = [
        at("05-08 17:00", "end", outcome="never_started"),
        at("05-11 09:00", "start"),
        at("05-25 17:00", "end", outcome="quit"),
    ]
    assert told(derived(rows).rows, *CASES) == [[None, "05-11", "05-25", "ended", 14]]


@pytest.mark.parametrize(("end", "asked"), [("05-08", []), ("05-09", ["no_show_after_days"])])
def test_a_no_show_told_long_after_the_first_day_is_asked_about(engine, end, asked):
    rows = [at("05-01 09:00", "start"), at(f"{end} 17:00", "end", outcome="never_started")]
    found = derived(rows, engine)
    assert told(found.rows, *CASES) == [[None, None, end, "never_started", None]]
    assert kinds(found) == asked
    said = "Starts on 1 May 2026, and its end on 9 May 2026 says never started. Counted as never started."
    assert found.questions["sentence"].tolist() == [said] * len(asked)


def test_a_second_no_show_on_the_same_job_is_still_asked_about_with_its_first_day(engine):
    rows = [
        at("05-01 09:00", "start"),
        at("05-08 17:00", "end", outcome="completed"),
        at("05-11 09:00", "start"),
        at("05-11 17:00", "end", outcome="never_started"),
    ]
    found = derived(rows, engine)
    assert found.rows["state"].tolist() == ["ended", "never_started"]
    [said] = found.questions["sentence"]
    assert said == "Starts on 11 May 2026, after an end on 8 May 2026. Counted as an assignment of its own."
