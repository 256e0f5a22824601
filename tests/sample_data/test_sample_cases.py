"""The sample holds cases, one event after another of the same person, and speaks the vocabulary."""

from __future__ import annotations

import pandas as pd
import pytest

from quality.vocabulary import ACTIVITIES, CHANNELS, LOG_COLUMNS, PARTIES, REQUIRED_COLUMNS

CASE = ["candidate", "job"]
#: Events before the first day are not in the log; what happens later than this has everything behind it.
SETTLED = pd.Timestamp("2026-05-01")


def of(log: pd.DataFrame, activity: str) -> pd.DataFrame:
    return log[log["activity"] == activity]


def first(log: pd.DataFrame, activity: str, keys: list[str]) -> pd.Series:
    return of(log, activity).groupby(keys)["occurred_at"].min()


def follows(log: pd.DataFrame, later: str, earlier: str, keys: list[str]) -> bool:
    """Every later event of the settled months has an earlier one of the same keys before it."""
    rows = of(log, later)
    rows = rows[rows["occurred_at"] > SETTLED]
    before = rows.join(first(log, earlier, keys).rename("before"), on=keys)["before"]
    assert len(rows) > 0
    return bool((before < rows["occurred_at"]).all())


def test_the_log_has_the_columns_and_types_of_the_activity_log(sample):
    kinds = {"text": "str", "timestamp": "datetime64[us]", "date": "datetime64[us]"}
    kinds |= {"number": "float64", "integer": "int64"}
    expected = {name: kinds[kind] for name, kind in LOG_COLUMNS.items() if name != "import_id"}
    assert {name: str(kind) for name, kind in sample.log.dtypes.items()} == expected
    assert list(sample.log.columns) == list(expected)


def test_every_row_speaks_the_vocabulary(sample):
    log = sample.log
    assert set(log["activity"]) <= set(ACTIVITIES)
    assert set(log["party"]) == set(PARTIES)
    assert set(log["channel"].dropna()) <= set(CHANNELS)
    assert log[[name for name in REQUIRED_COLUMNS if name != "import_id"]].notna().all().all()
    assert log["activity_id"].is_unique


@pytest.mark.parametrize("activity", [name for name, word in ACTIVITIES.items() if word.outcomes])
def test_outcomes_are_the_canonical_ones(sample, activity):
    assert set(of(sample.log, activity)["outcome"].dropna()) <= set(ACTIVITIES[activity].outcomes)


@pytest.mark.parametrize("activity", [name for name, word in ACTIVITIES.items() if word.party])
def test_an_activity_of_one_side_says_that_side(sample, activity):
    assert set(of(sample.log, activity)["party"]) <= {ACTIVITIES[activity].party}


def test_numbers_lie_where_they_belong(sample):
    log = sample.log
    assert of(log, "survey")["score"].between(0, 10).all()
    assert of(log, "contract")["quantity"].isin([1, 2, 3]).all()
    assert of(log, "timecard")["quantity"].between(25, 52).all()
    assert log[~log["activity"].isin(["contract", "timecard"])]["quantity"].isna().all()


@pytest.mark.parametrize(
    ("later", "earlier", "keys"),
    [
        ("interview", "recruiting_call", ["candidate"]),
        ("presentation", "interview", ["candidate"]),
        ("send_out", "presentation", CASE),
        ("offer_extended", "send_out", CASE),
        ("fill", "offer_accepted", CASE),
        ("start", "fill", CASE),
        ("extension", "start", CASE),
        ("debrief", "send_out", CASE),
        ("feedback", "rejected", CASE),
        ("contract_closed", "contract", ["job"]),
        ("ticket_resolved", "ticket_opened", ["ref"]),
    ],
)
def test_an_event_comes_after_the_one_it_follows_from(sample, later, earlier, keys):
    assert follows(sample.log, later, earlier, keys)


def test_candidates_are_presented_only_for_orders_already_won(sample):
    assert follows(sample.log, "presentation", "contract", ["job"])


def test_an_order_takes_no_more_fills_than_it_has_openings(sample):
    openings = of(sample.log, "contract").set_index("job")["quantity"]
    fills = of(sample.log, "fill").groupby("job").size()
    assert (fills <= openings.reindex(fills.index).fillna(3)).all()


def test_a_candidate_is_placed_for_a_job_once(sample):
    assert not of(sample.log, "fill").duplicated(CASE).any()


def test_a_hit_is_an_outcome_or_a_row_but_never_both(sample):
    log = sample.log
    said = set(log[(log["activity"] == "recruiting_call") & (log["outcome"] == "interested")]["desk"])
    rows = set(of(log, "hit")["desk"])
    assert said & rows == set()
    assert said | rows == set(log["desk"]) - {"Care Desk Demo", "Support Desk Demo"}


def test_all_work_is_done_on_working_days_within_office_hours(sample):
    moments = sample.log["occurred_at"]
    assert moments.dt.day_of_week.max() == 4
    assert moments.dt.hour.between(8, 20).all()
    off = moments.dt.strftime("%m-%d").isin(["12-24", "12-25", "12-26", "01-01"])
    assert not off.any()


def test_some_assignments_fall_off_within_ninety_days(sample):
    ends = of(sample.log, "end").join(first(sample.log, "start", CASE).rename("start"), on=CASE)
    early = ends[ends["outcome"].isin(["quit", "terminated"]) & ends["start"].notna()]
    assert (early["occurred_at"] - early["start"] <= pd.Timedelta(days=90)).sum() >= 20


@pytest.mark.parametrize(
    ("column", "pattern"),
    [
        ("desk", r"[A-Z][a-z]+ (Desk )?Demo"),
        ("candidate", r"\w+ Sample \d{4,}"),
        ("contact", r"[A-Z][a-z]+ Example \d{4,}"),
        ("client", r"Example [A-Z][A-Za-z& ]+ \d{4,}"),
        ("job", r"[A-Z][A-Za-z ]+ \d{4,}"),
        ("assignee", r"[A-Z][a-z]+ Desk Demo"),
        ("ref", r"T\d{5}"),
    ],
)
def test_every_name_is_visibly_made_up(sample, column, pattern):
    assert sample.log[column].dropna().str.fullmatch(pattern).all()
    assert sample.log[column].notna().any()
