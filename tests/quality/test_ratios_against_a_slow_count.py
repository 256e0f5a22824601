"""The engine's ratios equal a slow count by hand on logs made at random, on both engines and in both views."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quality.evidence import rows_behind
from quality.ratios import ratios
from quality.rules import Rules
from tests.quality import by_hand
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of

FIRST_DAY = datetime.fromisoformat("2026-01-01")
OUTCOMES = {
    "recruiting_call": ["interested", "not_interested", None],
    "interview": ["no_show", None],
    "send_out": ["held", "cancelled", "no_show", None],
    "fill": ["never_started", None, None],
    "end": ["quit", "terminated", "never_started", "completed", None],
}
STEPS = [*{name for pair in by_hand.CHAIN.values() for name in pair[:2]}, "start", "end", "touch"]
STEPS.sort()


@st.composite
def activities(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(STEPS))
    day, hour = draw(st.integers(0, 150)), draw(st.sampled_from([0, 9, 23]))
    return {
        "occurred_at": FIRST_DAY + timedelta(days=day, hours=hour, minutes=59 if hour == 23 else 0),
        "desk": draw(st.sampled_from(["Desk 01", "Desk 02", "Desk 03"])),
        "activity": name,
        "outcome": draw(st.sampled_from(OUTCOMES.get(name, [None]))),
        "candidate": draw(st.sampled_from(["Avery Sample", "Blake Sample", None])),
        "job": draw(st.sampled_from(["Order 1", "Order 2", None])),
        "client": draw(st.sampled_from(["Example Works", "Order 1", None])),
        "contact": draw(st.sampled_from(["Casey Example", "Drew Example", None])),
    }


def with_ids(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ids that do not follow the order of the rows, so that the order of time has to decide."""
    return [{**row, "activity_id": f"{(number * 7919) % 1000:04d}"} for number, row in enumerate(rows)]


LOGS = st.lists(activities(), min_size=20, max_size=60).map(with_ids)
DAYS = st.dates(date(2025, 12, 20), date(2026, 7, 1))
QUESTIONS = st.fixed_dictionaries(
    {
        "as_of": DAYS,
        "start": st.dates(date(2025, 12, 20), date(2026, 3, 10)),
        "end": st.dates(date(2026, 3, 10), date(2026, 7, 1)),
    }
)
RATIO = st.sampled_from(list(by_hand.CHAIN))
BY = st.sampled_from(["desk", "team", "company"])
EVERY = st.sampled_from([None, "week", "month", "quarter"])
VIEWS = st.sampled_from(["activity", "cohort"])
MANY = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
FEW = settings(MANY, max_examples=5)


def as_counts(frame: pd.DataFrame) -> by_hand.Counts:
    """The result as (unit, period, ratio) -> the four counts, without rows where nothing was counted."""
    counts = frame[["upstream", "downstream", "fell_off", "open"]].astype(object).where(lambda x: x.notna(), None)
    cells = zip(frame["unit"], frame["period"], frame["ratio"], strict=True)
    found = dict(zip(cells, counts.itertuples(index=False, name=None), strict=True))
    return {cell: held for cell, held in found.items() if any(held)}


@MANY
@given(rows=LOGS, asked=QUESTIONS, every=EVERY)
def test_the_activity_view_equals_the_count_by_hand(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], every: Any
) -> None:
    found = ratios(engine(frame_of(rows)), every=every, **asked)
    expected = by_hand.activity(rows, **asked, every=every)
    assert as_counts(found) == {cell: held for cell, held in expected.items() if any(held)}


@MANY
@given(rows=LOGS, asked=QUESTIONS, every=EVERY)
def test_the_cohort_view_equals_the_count_by_hand(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], every: Any
) -> None:
    found = ratios(engine(frame_of(rows)), every=every, view="cohort", **asked)
    expected = by_hand.cohort(rows, **asked, every=every)
    assert as_counts(found) == {cell: held for cell, held in expected.items() if any(held)}


@FEW
@given(rows=LOGS, asked=QUESTIONS, name=RATIO, by=BY)
def test_the_rows_behind_a_number_are_those_that_were_counted(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], name: str, by: Any
) -> None:
    log, roster = engine(frame_of(rows)), {"by": by, "roster": ROSTER}
    for row in ratios(log, **asked, **roster).query("ratio == @name").itertuples():
        behind = rows_behind(log, ratio=name, unit=row.unit, **asked, **roster)
        assert list(behind["counted_as"]).count("upstream") == row.upstream
        assert list(behind["counted_as"]).count("downstream") == row.downstream
        assert behind.loc[behind["counted_as"] == "downstream", "fell_off"].sum() == (
            0 if row.fell_off is pd.NA else row.fell_off
        )


@FEW
@given(rows=LOGS, asked=QUESTIONS, name=RATIO, by=BY)
def test_the_cases_behind_a_number_are_those_that_were_followed(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], name: str, by: Any
) -> None:
    log, question = engine(frame_of(rows)), {**asked, "view": "cohort", "by": by, "roster": ROSTER}
    for row in ratios(log, **question).query("ratio == @name").itertuples():
        status = list(rows_behind(log, ratio=name, unit=row.unit, **question)["status"])
        assert len(status) == row.upstream + row.open
        assert status.count("reached") == row.downstream
        assert status.count("open") == row.open


ROSTER = pd.DataFrame(
    {
        "desk": ["Desk 01", "Desk 02", "Desk 01"],
        "team": ["North", "North", "South"],
        "starts_on": [None, "2026-01-20", "2026-02-10"],
        "ends_on": [None, "2026-04-30", "2026-03-15"],
    }
).astype({"desk": "str", "team": "str", "starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})


@FEW
@given(rows=LOGS, asked=QUESTIONS, view=VIEWS, every=EVERY, mixed=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], view: Any, every: Any, mixed: Any
) -> None:
    shuffled = mixed.sample(rows, len(rows))
    one, other = (ratios(engine(frame_of(held)), view=view, every=every, **asked) for held in (rows, shuffled))
    pd.testing.assert_frame_equal(one, other)


@FEW
@given(rows=LOGS, asked=QUESTIONS, view=VIEWS, weeks=st.integers(1, 120))
def test_the_same_log_some_weeks_later_gives_the_same_ratios_some_weeks_later(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], view: Any, weeks: int
) -> None:
    ahead = timedelta(weeks=weeks)
    later = [{**row, "occurred_at": row["occurred_at"] + ahead} for row in rows]
    now = ratios(engine(frame_of(rows)), view=view, every="week", **asked)
    then = ratios(
        engine(frame_of(later)), view=view, every="week", **{name: day + ahead for name, day in asked.items()}
    )
    assert (then["period_start"] - now["period_start"] == ahead).all()
    dated = ["period", "period_start", "period_end"]
    pd.testing.assert_frame_equal(now.drop(columns=dated), then.drop(columns=dated))


@FEW
@given(rows=LOGS, other=LOGS, asked=QUESTIONS, view=VIEWS)
def test_a_desk_that_shares_nobody_with_the_others_changes_nothing_for_them(
    engine: Engine, rows: list[dict[str, Any]], other: list[dict[str, Any]], asked: dict[str, date], view: Any
) -> None:
    strangers = [elsewhere(row) for row in other]
    alone = ratios(engine(frame_of(rows)), view=view, **asked)
    together = ratios(engine(frame_of([*rows, *strangers])), view=view, **asked)
    theirs = together[together["unit"].isin(alone["unit"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, theirs)


def elsewhere(row: dict[str, Any]) -> dict[str, Any]:
    """The same activity of another desk with other people, orders and clients."""
    people = {name: row[name] and f"other {row[name]}" for name in ("candidate", "job", "client", "contact")}
    return {**row, **people, "desk": "Desk 99", "activity_id": f"other {row['activity_id']}"}


@FEW
@given(rows=LOGS, asked=QUESTIONS, view=VIEWS, every=EVERY, by=st.sampled_from(["team", "company"]))
def test_teams_and_the_company_are_the_sums_of_their_desks(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], view: Any, every: Any, by: Any
) -> None:
    log = engine(frame_of(rows))
    counts = ["upstream", "downstream", "fell_off", "open"]
    of_desks, of_all = (
        ratios(log, view=view, every=every, by=unit, roster=ROSTER, **asked)
        .groupby(["period_start", "ratio"])[counts]
        .sum()
        for unit in ("desk", by)
    )
    pd.testing.assert_frame_equal(of_desks, of_all)


@FEW
@given(rows=LOGS, asked=QUESTIONS, view=VIEWS, every=EVERY)
def test_a_value_is_upstream_by_downstream_inside_its_interval_or_it_is_missing(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], view: Any, every: Any
) -> None:
    found = ratios(engine(frame_of(rows)), view=view, every=every, rules=Rules(hit_outcomes=()), **asked)
    for row in found.itertuples():
        if row.downstream == 0:
            assert row.value is pd.NA
            assert row.high is pd.NA
            assert (row.low is pd.NA) == (row.upstream == 0)
        else:
            assert row.value == row.upstream / row.downstream
            assert row.low <= row.value <= row.high
