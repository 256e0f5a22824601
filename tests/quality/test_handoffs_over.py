"""Hand-offs of assignments that are over: called off before they were due, never made afterwards."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from quality.assignments import assignments
from quality.handoffs_over import ended_on, with_ends
from tests.quality.small_logs import frame_of, row
from tests.quality.test_handoffs import AVERY, TODAY, start

DUE = pd.Timestamp("2026-11-09 23:59:59")


def of(since: str, status: str = "overdue", **more: Any) -> pd.DataFrame:
    """A hand-off of Avery at Example Works, due by 9 November and not made."""
    held = {"candidate": AVERY, "client": "Example Works", "job": "Welder", "status": status, "over": False, **more}
    moments = {"since": pd.Timestamp(since), "due_at": more.get("due_at", DUE), "done_at": more.get("done_at", pd.NaT)}
    return pd.DataFrame([held | moments]).astype(dict.fromkeys(moments, "datetime64[us]"))


def end(when: str, **more: Any) -> dict[str, Any]:
    fields = {"candidate": AVERY, "client": "Example Works", "job": "Welder", "outcome": "completed", **more}
    return row(when, "Desk 01", "end", **fields)


def told(found: pd.DataFrame, *rows: dict[str, Any]) -> list[Any]:
    log = frame_of([start("2026-11-02 08:00"), *rows])
    return with_ends(found, assignments(log, as_of=TODAY).rows)[["status", "over"]].to_numpy().tolist()[0]


def test_what_was_never_made_is_over_once_the_assignment_ended_after_it_was_due() -> None:
    missing = of("2026-11-02 08:00")
    assert told(missing) == ["overdue", False]
    assert told(missing, end("2026-11-10 09:00")) == ["overdue", True]
    assert told(missing, end("2026-11-30 09:00")) == ["overdue", False]


def test_what_ended_before_it_was_due_is_called_off() -> None:
    assert told(of("2026-11-02 08:00", "open"), end("2026-11-09 09:00")) == ["waived", True]
    with_support = of("2026-11-03 08:00", "there", due_at=pd.NaT)
    assert told(with_support, end("2026-11-20 09:00")) == ["waived", True]


@pytest.mark.parametrize("status", ["kept", "late"])
def test_what_was_made_stays_what_it_is(status: str) -> None:
    made = of("2026-11-02 08:00", status, done_at=pd.Timestamp("2026-11-04 09:00"))
    assert told(made, end("2026-11-05 09:00"))[0] == status


def test_the_end_of_another_assignment_ends_none_of_this_one() -> None:
    missing = of("2026-11-02 08:00")
    other = {"job": "Fitter", "client": "Example Labs"}
    assert told(missing, start("2026-10-01 08:00", **other), end("2026-11-10 09:00", **other)) == ["overdue", False]
    assert told(of("2026-11-02 08:00", candidate="Blake Sample"), end("2026-11-10 09:00")) == ["overdue", False]
    assert told(of("2026-11-02 08:00", candidate=None), end("2026-11-10 09:00")) == ["overdue", False]


def test_who_is_on_another_assignment_by_now_is_over_on_the_first() -> None:
    missing, other = of("2026-11-02 08:00"), {"job": "Fitter", "client": "Example Labs"}
    assert told(missing, end("2026-11-10 09:00"), start("2026-11-12 08:00", **other)) == ["overdue", True]
    # Of the same job again: the first is over all the same.
    assert told(missing, end("2026-11-10 09:00"), start("2026-11-12 08:00")) == ["overdue", True]


def test_a_hand_off_that_names_no_job_is_over_with_the_last_that_it_can_be_of() -> None:
    missing = of("2026-11-04 08:00", job=None, client=None)
    begun = [start("2026-10-01 08:00", job="Fitter"), end("2026-11-10 09:00")]
    log = frame_of([start("2026-11-02 08:00"), *begun])
    assert ended_on(missing, assignments(log, as_of=TODAY).rows).isna().all()
    both = frame_of([start("2026-11-02 08:00"), *begun, end("2026-11-12 09:00", job="Fitter")])
    assert ended_on(missing, assignments(both, as_of=TODAY).rows).tolist() == [pd.Timestamp("2026-11-12")]
