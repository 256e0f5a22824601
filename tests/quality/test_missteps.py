"""Steps in an order that cannot be right, one log a problem."""

from __future__ import annotations

from datetime import date

import pytest
from small_logs import frame_of, row

from quality.steps import count_missteps, missteps

TODAY = date(2026, 11, 29)
AVERY = {"candidate": "Avery Sample", "job": "Job 1"}


def steps(*lines: tuple[str, str], **about: str) -> list[dict]:
    return [row(f"{day} 10:00", "Desk 01", activity, **(about or AVERY)) for day, activity in lines]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ((("2026-11-02", "fill"), ("2026-11-05", "send_out")), "fill before the first send-out"),
        ((("2026-11-02", "fill"), ("2026-11-05", "interview")), "interview after the first fill"),
        ((("2026-11-02", "fill"), ("2026-11-05", "presentation")), "presentation after the first fill"),
        (
            (("2026-11-02", "offer_accepted"), ("2026-11-05", "offer_extended")),
            "offer accepted before the first offer extended",
        ),
        ((("2026-11-02", "start"), ("2026-11-05", "fill")), "start before the first fill"),
        ((("2026-11-02", "end"), ("2026-11-05", "start")), "end before the first start"),
    ],
)
def test_each_problem_is_found_with_its_row_and_the_day_it_collides_with(engine, lines, problem):
    log = engine(frame_of(steps(*lines)))
    assert count_missteps(log, as_of=TODAY) == {problem: 1}
    (found,) = missteps(log, as_of=TODAY).to_dict("records")
    (offender,) = (place for place, (_, activity) in enumerate(lines) if activity == found["activity"])
    assert problem.startswith(lines[offender][1].replace("_", " "))
    assert (found["problem"], found["candidate"], found["job"]) == (problem, "Avery Sample", "Job 1")
    assert f"{found['occurred_at']:%Y-%m-%d}" == lines[offender][0]
    assert f"{found['other_on']:%Y-%m-%d}" == lines[1 - offender][0]
    assert (found["source"], found["import_id"], found["source_row"]) == ("test", 1, offender + 2)


def test_steps_in_order_and_on_one_day_are_no_problem(engine):
    whole = ("interview", "presentation", "send_out", "offer_extended", "offer_accepted", "fill", "start", "end")
    in_order = steps(*((f"2026-11-{day:02}", name) for day, name in enumerate(whole, start=2)))
    one_day = [
        row("2026-11-03 09:00", "Desk 01", "fill", **AVERY),
        row("2026-11-03 17:00", "Desk 01", "send_out", **AVERY),
    ]
    assert count_missteps(engine(frame_of(in_order)), as_of=TODAY) == {}
    assert len(missteps(engine(frame_of(one_day)), as_of=TODAY)) == 0


def test_other_people_and_other_jobs_do_not_collide(engine):
    rows = [
        *steps(("2026-11-02", "fill")),
        *steps(("2026-11-05", "send_out"), candidate="Avery Sample", job="Job 2"),
        *steps(("2026-11-05", "send_out"), candidate="Blake Sample", job="Job 1"),
    ]
    assert count_missteps(engine(frame_of(rows)), as_of=TODAY) == {}


def test_without_a_job_the_client_tells_and_without_either_nothing_is_judged(engine):
    lines = (("2026-11-02", "fill"), ("2026-11-05", "send_out"))
    by_client = steps(*lines, candidate="Avery Sample", client="Example Metal Works")
    unknown = [*steps(*lines, candidate="Avery Sample"), *steps(*lines, job="Job 1")]
    assert count_missteps(engine(frame_of(by_client)), as_of=TODAY) == {"fill before the first send-out": 1}
    assert count_missteps(engine(frame_of(unknown)), as_of=TODAY) == {}


def test_the_first_of_several_decides(engine):
    lines = (("2026-11-02", "send_out"), ("2026-11-04", "fill"), ("2026-11-09", "send_out"), ("2026-11-12", "fill"))
    assert count_missteps(engine(frame_of(steps(*lines))), as_of=TODAY) == {}


def test_what_is_scheduled_collides_with_nothing(engine):
    log = engine(frame_of(steps(("2026-11-02", "fill"), ("2026-12-01", "interview"))))
    assert count_missteps(log, as_of=TODAY) == {}
    assert count_missteps(log, as_of=date(2026, 12, 1)) == {"interview after the first fill": 1}


def test_the_newest_come_first_and_a_limit_cuts_the_list_but_not_the_count(engine):
    lines = (
        ("2026-11-02", "fill"),
        ("2026-11-05", "interview"),
        ("2026-11-07", "interview"),
        ("2026-11-06", "interview"),
    )
    log = engine(frame_of(steps(*lines)))
    found = missteps(log, as_of=TODAY, limit=2)
    assert found["occurred_at"].dt.day.tolist() == [7, 6]
    assert count_missteps(log, as_of=TODAY) == {"interview after the first fill": 3}
