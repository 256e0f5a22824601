"""Times in UTC, and in zones a layout names, become the wall time of the firm."""

from __future__ import annotations

from typing import Any

import pytest
from pandas import Timestamp

from loaders import Loaded, Options, load

CHICAGO = "America/Chicago"


def loaded(*times: str, zone: str | None = CHICAGO, **mapping: Any) -> Loaded:
    own = {"name": "ours", "words": ["own"], "columns": {name: [name] for name in ("occurred_at", "desk", "activity")}}
    content = "\n".join(["occurred_at,desk,activity", *(f"{time},D,fill" for time in times), ""])
    return load(content.encode(), "f.csv", Options(mapping=own | mapping, time_zone=zone))


def stamps(*times: str, **options: Any) -> list[Timestamp]:
    return loaded(*times, **options).frame["occurred_at"].tolist()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-15T15:30:00Z", Timestamp(2026, 1, 15, 9, 30)),
        ("2026-07-15T15:30:00Z", Timestamp(2026, 7, 15, 10, 30)),
        ("2026-03-03T02:30:00Z", Timestamp(2026, 3, 2, 20, 30)),
        ("2026-03-08T07:59:59Z", Timestamp(2026, 3, 8, 1, 59, 59)),
        ("2026-03-08T08:00:00Z", Timestamp(2026, 3, 8, 3)),
        ("2026-11-01T06:30:00Z", Timestamp(2026, 11, 1, 1, 30)),
        ("2026-11-01T07:30:00Z", Timestamp(2026, 11, 1, 1, 30)),
        ("2026-03-03 00:00 UTC", Timestamp(2026, 3, 2, 18)),
        ("3/3/2026 12:30 AM GMT", Timestamp(2026, 3, 2, 18, 30)),
        ("2026-01-15T15:30:00+00:00", Timestamp(2026, 1, 15, 9, 30)),
        ("2026-01-15T15:30:00.250+0000", Timestamp(2026, 1, 15, 9, 30, 0, 250_000)),
        ("2026-01-15T15:30:00-05:00", Timestamp(2026, 1, 15, 15, 30)),
        ("2026-01-15T15:30:00+01:00", Timestamp(2026, 1, 15, 15, 30)),
        ("2026-01-15 15:30 EST", Timestamp(2026, 1, 15, 15, 30)),
        ("2026-01-15 15:30", Timestamp(2026, 1, 15, 15, 30)),
        ("1774398600", Timestamp(2026, 3, 24, 19, 30)),
        ("1774398600500", Timestamp(2026, 3, 24, 19, 30, 0, 500_000)),
        ("46022.65625", Timestamp(2025, 12, 31, 15, 45)),
    ],
)
def test_only_what_is_written_in_utc_moves(text, moment):
    assert stamps(text) == [moment]


def test_epochs_that_are_all_midnights_are_days_and_stay():
    assert stamps("1774396800", "1774483200") == [Timestamp(2026, 3, 25), Timestamp(2026, 3, 26)]


def test_one_column_may_hold_utc_and_local_times():
    times = ("2026-01-15T15:30:00Z", "2026-01-15 16:30:00", "2026-01-15T17:30:00-05:00")
    assert stamps(*times) == [Timestamp(2026, 1, 15, hour, 30) for hour in (9, 16, 17)]


def test_a_layout_says_in_which_zone_a_column_is_written():
    assert stamps("2026-03-03 02:30", "2026-03-03", zones={"occurred_at": "UTC"}) == [
        Timestamp(2026, 3, 2, 20, 30),
        Timestamp(2026, 3, 2, 18),
    ]
    assert stamps("2026-03-03 09:30", zones={"occurred_at": "America/New_York"}) == [Timestamp(2026, 3, 3, 8, 30)]


def test_a_value_that_names_its_zone_knows_better_than_the_layout():
    assert stamps("2026-01-15T15:30:00Z", zones={"occurred_at": "Asia/Tokyo"}) == [Timestamp(2026, 1, 15, 9, 30)]
    assert stamps("2026-01-15T15:30:00-05:00", zones={"occurred_at": "UTC"}) == [Timestamp(2026, 1, 15, 15, 30)]


def test_a_column_of_days_stays_whatever_its_zone():
    assert stamps("2026-03-03", "2026-03-04", zones={"occurred_at": "UTC"}) == [
        Timestamp(2026, 3, 3),
        Timestamp(2026, 3, 4),
    ]


def test_the_report_counts_what_became_wall_time():
    report = loaded("2026-01-15T15:30:00Z", "2026-01-15T15:30:00-05:00").report
    assert report.warnings == (
        '1 time in "occurred_at" became the wall time of America/Chicago.',
        '1 time in "occurred_at" with a time zone; the local time was kept as it is written.',
    )


def test_without_a_zone_of_the_firm_times_stay_as_written_and_that_is_said():
    result = loaded("2026-01-15T15:30:00Z", zone=None)
    assert result.frame["occurred_at"].tolist() == [Timestamp(2026, 1, 15, 15, 30)]
    assert "local time was kept" in result.report.warnings[0]
    named = loaded("2026-01-15 15:30", zone=None, zones={"occurred_at": "UTC"})
    assert named.frame["occurred_at"].tolist() == [Timestamp(2026, 1, 15, 15, 30)]
    assert "are in UTC and were kept so" in named.report.warnings[0]


def test_setting_the_zone_later_moves_rows_and_makes_no_new_ones():
    times = ("2026-11-01T06:30:00Z", "2026-11-01T07:30:00Z")
    before, after = loaded(*times, zone=None).frame, loaded(*times).frame
    assert before["activity_id"].tolist() == after["activity_id"].tolist()
    assert after["activity_id"].is_unique


def test_a_local_and_a_utc_time_of_the_same_digits_are_two_rows():
    result = loaded("2026-01-15T15:30:00Z", "2026-01-15 15:30:00")
    assert result.report.accepted == 2
    assert result.frame["activity_id"].is_unique


def test_an_unknown_zone_refuses_the_file_and_names_the_nearest():
    refused = loaded("2026-01-15", zone="America/Chicgo").report.refused
    assert (refused.code, refused.reason) == (
        "time_zone_unknown",
        '"America/Chicgo" is not a time zone. Did you mean "America/Chicago"?',
    )
    assert loaded("2026-01-15", zone="../../etc/passwd").report.refused.code == "time_zone_unknown"


@pytest.mark.parametrize(
    ("zones", "reason"),
    [
        ({"occurred_at": "Chicago/America"}, '"Chicago/America" is not a time zone'),
        ({"desk": "UTC"}, '"desk" in [zones] is no column of dates'),
        ({"due_on": "UTC"}, '"due_on" in [zones] is no column of dates'),
    ],
)
def test_a_slip_in_the_zones_of_a_layout_is_named(zones, reason):
    refused = loaded("2026-01-15", zones=zones).report.refused
    assert refused.code == "mapping_invalid"
    assert reason in refused.reason


def test_a_layout_knows_the_order_of_day_and_month_and_an_option_knows_better():
    own = {"name": "ours", "words": ["own"], "columns": {name: [name] for name in ("occurred_at", "desk", "activity")}}
    content = b"occurred_at,desk,activity\n03/04/2026,D,fill\n"
    first = load(content, "f.csv", Options(mapping=own | {"day_first": True}))
    second = load(content, "f.csv", Options(mapping=own | {"day_first": True}, day_first=False))
    assert first.frame["occurred_at"].tolist() == [Timestamp(2026, 4, 3)]
    assert first.report.warnings == ()
    assert first.report.date_order == "day/month/year, such as 25/03/2026"
    assert second.frame["occurred_at"].tolist() == [Timestamp(2026, 3, 4)]
    assert "as you said" in second.report.warnings[0]
