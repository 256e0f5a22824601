"""What to say on a call: where somebody stands, what is new, and the honest words where nothing is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from quality.last_words import Known, Said
from quality.talking_points import points, standing
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

TODAY, AGAIN = date(2026, 11, 23), date(2026, 12, 4)
AVERY, CASEY = ("candidate", "Avery Sample"), ("client", "Casey Example")
HEARD = pd.Timestamp("2026-11-12 09:00")


def step(activity: str, when: str, **more: Any) -> dict[str, Any]:
    usual = {"candidate": "Avery Sample", "client": "Example Works", "job": "Welder", "outcome": None}
    return {**usual, "activity": activity, "at": pd.Timestamp(when), **more}


def said(person: tuple[str, str], *steps: dict[str, Any], heard: pd.Timestamp | None = HEARD, **more: Any):
    return points(person, list(steps), more.get("jobs", ()), more.get("known", Known()), heard, AGAIN)


def test_the_last_step_in_each_job_says_where_a_candidate_stands() -> None:
    found = said(
        AVERY,
        step("presentation", "2026-11-10 09:00"),
        step("rejected", "2026-11-05 09:00", job="Fitter", outcome="someone_else_hired"),
        step("interview", "2026-11-02 09:00", client=None, job=None),
    )
    assert found.stands == (
        "presented at Example Works for Welder, Tue 10 Nov",
        "no longer in the running at Example Works for Fitter (somebody else got it), Thu 5 Nov",
    )
    assert found.ahead == "the client's word on the presentation"


def test_whoever_was_only_interviewed_waits_for_a_job() -> None:
    found = said(AVERY, step("interview", "2026-11-02 09:00", client=None, job=None))
    assert found.stands == ("interviewed by us, Mon 2 Nov",)
    assert found.ahead == "a job to present them for"


def test_where_nothing_is_new_the_honest_words_are_that_there_is_no_decision_yet() -> None:
    found = said(AVERY, step("send_out", "2026-11-10 09:00"))
    assert found.say == "No decision yet. Next: the client's decision. I will call you again by Fri 4 Dec."
    assert found.ahead == "the client's decision"


def test_what_happened_since_the_last_contact_is_news() -> None:
    found = said(AVERY, step("send_out", "2026-11-16 09:00", outcome="cancelled"))
    assert found.say == (
        "News since Thu 12 Nov: client interview at Example Works for Welder (cancelled), Mon 16 Nov. "
        "Next: the client's decision."
    )


def test_nobody_spoken_to_yet_is_told_so() -> None:
    found = said(AVERY, step("presentation", "2026-11-16 09:00"), heard=None)
    assert found.say == (
        "Nobody has spoken to you yet, and that is on us. Next: the client's word on the presentation. "
        "I will call you again by Fri 4 Dec."
    )


def test_what_is_booked_comes_next() -> None:
    booked = Said(pd.Timestamp("2026-11-25 09:00"), "send_out", "Desk 01", "", "Welder, Example Works")
    found = said(AVERY, step("presentation", "2026-11-10 09:00"), known=Known(ahead=booked))
    assert found.ahead == "Send-out on Wed 25 Nov, 09:00 (Welder, Example Works)"


def test_a_client_hears_how_many_stand_where_for_each_order() -> None:
    found = said(
        CASEY,
        step("send_out", "2026-11-16 09:00"),
        step("presentation", "2026-11-13 09:00", candidate="Blake Sample"),
        step("presentation", "2026-11-02 09:00", candidate="Drew Sample"),
        jobs=("Welder", "Fitter"),
    )
    assert found.stands == ("Welder: 2 presented, 1 interviewed", "Fitter: nobody presented lately")
    assert found.say == "News since Thu 12 Nov: 1 presented, 1 interviewed. Next: your decision."
    assert found.ahead == "the client's decision"


def test_a_client_without_news_is_told_so() -> None:
    found = said(CASEY, jobs=("Welder",))
    promise = "I will call you again by Fri 4 Dec."
    assert found.say == f"Nothing new on your order yet. Next: somebody to present. {promise}"


def test_a_client_hears_where_the_order_stands_where_nothing_happened_since() -> None:
    placed = step("fill", "2026-11-10 09:00")
    gone = [step("rejected", "2026-11-09 09:00", candidate=f"Person {number}") for number in range(6)]
    found = said(CASEY, placed, *gone, jobs=("Welder", "Fitter"))
    assert found.stands == ("Welder: 1 placed, 6 rejected", "Fitter: nobody presented lately")
    assert found.ahead == "whether the order is still open, as somebody was placed"
    assert found.say == (
        "Nothing new since Thu 12 Nov; it stands at Welder: 1 placed, 6 rejected. "
        "Next: whether the order is still open, as somebody was placed. I will call you again by Fri 4 Dec."
    )


@pytest.fixture
def people() -> pd.DataFrame:
    return pd.DataFrame([AVERY, CASEY], columns=["party", "who"])


def orders(client: str | None) -> pd.DataFrame:
    return pd.DataFrame([{"party": "client", "who": "Casey Example", "client": client, "job": "Welder"}])


@pytest.mark.parametrize(
    ("client", "seen"), [("Example Works", True), ("example works", True), (None, True), ("Labs", False)]
)
def test_the_steps_of_a_job_are_told_to_whoever_waits_for_it_at_that_client(
    engine: Engine, people: pd.DataFrame, client: str | None, seen: bool
) -> None:
    about = {"client": "Example Works", "job": "Welder"}
    log = [
        row("2026-11-02 09:00", "Desk 01", "interview", candidate="Avery Sample"),
        row("2026-11-03 09:00", "Desk 01", "presentation", candidate="Avery Sample", **about),
        row("2026-11-05 09:00", "Desk 01", "send_out", candidate="Avery Sample", **about),
        row("2026-11-04 09:00", "Desk 01", "presentation", candidate="Blake Sample", **about),
        row("2026-07-01 09:00", "Desk 01", "presentation", candidate="Drew Sample", **about),
        row("2026-11-24 09:00", "Desk 01", "offer_extended", candidate="Blake Sample", **about),
    ]
    found = standing(engine(frame_of(log)), people, orders(client), as_of=TODAY)
    told = [(one["who"], one["candidate"], one["activity"]) for one in found.to_dict("records")]
    own = [("Avery Sample", "Avery Sample", "send_out"), ("Avery Sample", "Avery Sample", "interview")]
    theirs = [("Casey Example", "Avery Sample", "send_out"), ("Casey Example", "Blake Sample", "presentation")]
    assert sorted(told) == sorted([*own, *(theirs if seen else [])])
    assert found["at"].is_monotonic_decreasing
