"""Rejected candidates who wait to be told why: the reason, how long, and how many were told in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from quality.loops import RULE, waiting
from quality.loops_told import told_by_week
from quality.obligation_rules import BY_NAME
from quality.obligations import obligations
from quality.person_rows import person_rows
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

TODAY = date(2026, 11, 23)


def rejected(when: str, candidate: str = "Avery Sample", **more: Any) -> dict[str, Any]:
    return row(when, "Desk 01", "rejected", candidate=candidate, job="Welder", **more)


def told(when: str, candidate: str = "Avery Sample", **more: Any) -> dict[str, Any]:
    return row(when, "Desk 01", "feedback", candidate=candidate, **{"job": "Welder", **more})


def waits(engine: Engine, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    log = engine(frame_of(rows))
    found = obligations(log, as_of=TODAY, rules=[BY_NAME[RULE]])
    owed = found[found["status"].isin(["open", "overdue"])]
    return waiting(log, owed, as_of=TODAY).to_dict("records")


def test_who_was_not_told_waits_with_the_reason_the_note_and_the_days(engine: Engine) -> None:
    [line] = waits(engine, rejected("2026-11-09 10:00", outcome="not_qualified", notes="No certificate"))
    assert (line["who"], line["reason"], line["note"], line["age"]) == (
        "Avery Sample",
        "not_qualified",
        "No certificate",
        14,
    )
    assert line["status"] == "overdue"
    assert pd.isna(line["told_at"])


def test_who_was_told_does_not_wait(engine: Engine) -> None:
    assert not waits(engine, rejected("2026-11-09 10:00", outcome="withdrew"), told("2026-11-10 10:00"))


def test_feedback_without_a_reason_leaves_the_loop_open_where_none_is_on_record(engine: Engine) -> None:
    [line] = waits(engine, rejected("2026-11-09 10:00"), told("2026-11-10 10:00"), told("2026-11-12 10:00"))
    assert line["reason"] == "no_reason"
    assert line["told_at"] == pd.Timestamp("2026-11-10 10:00")
    assert pd.isna(line["note"])


@pytest.mark.parametrize("given", [{"outcome": "Too far away"}, {"notes": "Too far away"}])
def test_feedback_with_a_reason_closes_the_loop(engine: Engine, given: dict[str, str]) -> None:
    assert not waits(engine, rejected("2026-11-09 10:00"), told("2026-11-10 10:00", **given))


def test_feedback_about_another_job_or_before_the_rejection_is_not_told(engine: Engine) -> None:
    other, before = told("2026-11-10 10:00", job="Fitter"), told("2026-11-06 10:00")
    [line] = waits(engine, rejected("2026-11-09 10:00"), other, before)
    assert pd.isna(line["told_at"])


def test_a_reason_in_words_of_the_firm_is_another_reason_and_the_latest_rejection_stands_first(engine: Engine) -> None:
    lines = waits(
        engine,
        rejected("2026-11-02 10:00", "Avery Sample", outcome="budget"),
        rejected("2026-11-20 10:00", "Blake Sample", outcome="someone_else_hired"),
    )
    assert [(line["who"], line["reason"], line["status"]) for line in lines] == [
        ("Blake Sample", "someone_else_hired", "open"),
        ("Avery Sample", "other", "overdue"),
    ]


def test_nobody_waits_where_nobody_was_rejected(engine: Engine) -> None:
    assert waits(engine, told("2026-11-10 10:00")) == []


def test_the_share_told_in_time_week_by_week_has_no_value_where_nothing_fell_due() -> None:
    rows = [
        rejected("2026-11-09 10:00", "Avery Sample", outcome="other"),
        told("2026-11-10 10:00", "Avery Sample"),
        rejected("2026-11-09 11:00", "Blake Sample", outcome="other"),
        rejected("2026-11-09 12:00", "Casey Sample", outcome="other"),
        told("2026-11-19 10:00", "Casey Sample"),
    ]
    found = obligations(frame_of(rows), as_of=TODAY, rules=[BY_NAME[RULE]])
    weeks = told_by_week(found, TODAY)
    due = weeks[weeks["of"] > 0].to_dict("records")
    assert [(one["day"], one["count"], one["of"]) for one in due] == [(pd.Timestamp("2026-11-09"), 1, 3)]
    assert due[0]["share"] == pytest.approx(1 / 3)
    assert due[0]["low"] < 1 / 3 < due[0]["high"]
    assert weeks.loc[weeks["of"] == 0, ["share", "low", "high"]].isna().to_numpy().all()


def test_the_rows_of_a_person_are_the_newest_first_and_not_those_to_come(engine: Engine) -> None:
    rows = [
        rejected("2026-11-09 10:00"),
        rejected("2026-11-09 10:00", "Blake Sample"),
        told("2026-11-10 10:00"),
        told("2026-11-24 10:00"),
        row("2026-11-11 10:00", "Desk 01", "touch", contact="Casey Example", client="Example Works", party="client"),
        row("2026-11-12 10:00", "Desk 01", "touch", client="Example Works", party="client"),
    ]
    log = engine(frame_of(rows))

    def of(party: str, who: str, **more: Any) -> list[str]:
        found = person_rows(log, party, who, as_of=TODAY, **more)
        return found["activity"].tolist()

    assert of("candidate", "Avery Sample") == ["feedback", "rejected"]
    assert of("candidate", "Avery Sample", limit=1) == ["feedback"]
    assert of("client", "Casey Example") == ["touch"]
    assert of("client", "Example Works") == ["touch"]
