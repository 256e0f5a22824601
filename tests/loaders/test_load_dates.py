"""Dates are read by column: one format for all rows, whatever the order of the rows."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa
import pytest
from pandas import Timestamp

from loaders import Options, load
from loaders.dates import DateReader


def read(*values: str, order: str | None = None, missing: tuple[str, ...] = ()):
    column = pa.chunked_array([pa.array([value or None for value in values], pa.large_string())])
    with duckdb.connect() as engine:
        reader = DateReader(engine, column, missing)
        return reader.reading, reader.read(order or reader.reading.order)


def stamps(*values: str, **options) -> list[Timestamp]:
    return read(*values, **options)[1].when.tolist()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-25", Timestamp(2026, 3, 25)),
        ("2026-03-25 09:05", Timestamp(2026, 3, 25, 9, 5)),
        ("2026-03-25T09:05:07", Timestamp(2026, 3, 25, 9, 5, 7)),
        ("2026-03-25 09:05:07.250", Timestamp(2026, 3, 25, 9, 5, 7, 250_000)),
        ("2026-03-25T23:30:00-05:00", Timestamp(2026, 3, 25, 23, 30)),
        ("2026-03-25T23:30:00Z", Timestamp(2026, 3, 25, 23, 30)),
        ("2026-3-5", Timestamp(2026, 3, 5)),
        ("2026/03/25 9:05 PM", Timestamp(2026, 3, 25, 21, 5)),
        ("20260325", Timestamp(2026, 3, 25)),
        ("03/25/2026", Timestamp(2026, 3, 25)),
        ("3/25/26 12:05 AM", Timestamp(2026, 3, 25, 0, 5)),
        ("25.03.2026 14:30", Timestamp(2026, 3, 25, 14, 30)),
        ("25-03-26", Timestamp(2026, 3, 25)),
        ("03-25-26 (09:05 PM)", Timestamp(2026, 3, 25, 21, 5)),
        ("Wed 03/25/2026", Timestamp(2026, 3, 25)),
        ("25 Mar 2026", Timestamp(2026, 3, 25)),
        ("25-Mar-26", Timestamp(2026, 3, 25)),
        ("March 25th, 2026 at 9:05 a.m.", Timestamp(2026, 3, 25, 9, 5)),
        ("Wednesday, 25 March 2026", Timestamp(2026, 3, 25)),
        ("46022.65625", Timestamp(2025, 12, 31, 15, 45)),
        ("1774396800", Timestamp(2026, 3, 25)),
        ("1774396800500", Timestamp(2026, 3, 25, 0, 0, 0, 500_000)),
    ],
)
def test_a_date_is_read_in_every_usual_writing(text, moment):
    assert stamps(text) == [moment]


def test_one_date_decides_the_order_of_day_and_month_for_the_column():
    expected = [Timestamp(2026, 4, 3), Timestamp(2026, 4, 25)]
    assert stamps("03/04/2026", "25/04/2026") == expected
    assert stamps("25/04/2026", "03/04/2026") == expected[::-1]


def test_dates_that_read_both_ways_leave_the_order_open_and_show_both_readings():
    reading, _ = read("05/06/2026", "03/04/2026")
    assert reading.order is None
    assert reading.both_ways == '"03/04/2026" can be 4 March 2026 or 3 April 2026'


@pytest.mark.parametrize(("text", "day"), [("Mon 03/02/2026", (3, 2)), ("Tuesday, 03/02/2026", (2, 3))])
def test_the_day_of_the_week_tells_day_and_month_apart(text, day):
    assert stamps(text) == [Timestamp(2026, *day)]


def test_a_day_of_the_week_that_fits_neither_reading_decides_nothing():
    assert read("Fri 03/02/2026")[0].order is None
    assert stamps("Fri 03/25/2026") == [Timestamp(2026, 3, 25)]


def test_dates_that_mean_the_same_both_ways_need_no_decision():
    assert stamps("03/03/2026", "04/04/2026") == [Timestamp(2026, 3, 3), Timestamp(2026, 4, 4)]


def test_the_majority_decides_and_the_rest_is_to_be_mended():
    _, column = read("2026-03-01", "2026-03-02", "03/25/2026")
    assert column.unparsed.tolist() == [False, False, True]


def test_days_that_stand_for_no_date_are_missing_and_not_wrong():
    _, column = read("1900-01-01", "1000-01-01 00:00:00", "9999-12-31", "TBD", "n/a", "", "2026-03-02")
    assert column.missing.tolist() == [True] * 6 + [False]
    assert not column.unparsed.any()


def test_a_layout_can_name_its_own_day_for_no_date():
    _, column = read("2005-01-01 00:00:00", "2026-03-02", missing=("2005-01-01 00:00:00",))
    assert column.missing.tolist() == [True, False]


def test_years_no_desk_can_have_worked_in_are_implausible():
    _, column = read("1989-12-31", "1990-01-01", "2100-12-31", "2101-01-01")
    assert column.implausible.tolist() == [True, False, False, True]


def test_a_day_that_does_not_exist_is_no_date():
    assert read("2026-02-30", "2026-02-28")[1].unparsed.tolist() == [True, False]


def own(*lines: str, header: str = "occurred_at,desk,activity") -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def test_the_time_zone_is_dropped_and_that_is_said():
    result = load(own("2026-03-02T23:30:00-05:00,D,fill"), "f.csv", Options())
    assert result.frame["occurred_at"].tolist() == [Timestamp(2026, 3, 2, 23, 30)]
    assert "local time was kept" in result.report.warnings[0]


def test_an_option_decides_the_order_and_both_readings_are_shown():
    content = own("03/04/2026,D,fill")
    first = load(content, "f.csv", Options(day_first=True))
    second = load(content, "f.csv", Options(day_first=False))
    assert first.frame["occurred_at"].tolist() == [Timestamp(2026, 4, 3)]
    assert second.frame["occurred_at"].tolist() == [Timestamp(2026, 3, 4)]
    assert "4 March 2026 or 3 April 2026" in first.report.warnings[0]


def test_the_refusal_of_open_dates_names_the_remedy():
    refused = load(own("03/04/2026,D,fill"), "f.csv", Options()).report.refused
    assert refused.code == "date_order_ambiguous"
    assert "--day-first" in refused.fix
    assert "--month-first" in refused.fix


def test_a_date_column_that_is_open_follows_the_other_dates_of_the_file():
    content = own("25/03/2026,D,touch,03/04/2026", header="occurred_at,desk,activity,due_on")
    frame = load(content, "f.csv", Options()).frame
    assert frame["due_on"].tolist() == [Timestamp(2026, 4, 3)]


def test_date_and_time_in_two_columns_are_one_moment():
    content = b"Date,Time,Recruiter,Activity Type\n3/25/2026,9:05 PM,Desk 01,Placed\n"
    assert load(content, "f.csv", Options()).frame["occurred_at"].tolist() == [Timestamp(2026, 3, 25, 21, 5)]


def test_rows_ahead_of_today_are_kept_and_counted():
    content = own("2026-03-02,D,fill", "2031-03-02,D,send_out")
    result = load(content, "f.csv", Options(today=date(2026, 11, 22)))
    assert result.report.accepted == 2
    scheduled = "1 row after 2026-11-22: scheduled, counted once the day has come; the furthest is"
    assert result.report.warnings == (f"{scheduled} 2031-03-02, probably a slip of the pen.",)
    nearer = load(own("2028-11-22,D,fill"), "f.csv", Options(today=date(2026, 11, 22)))
    assert nearer.report.warnings == (f"{scheduled} 2028-11-22.",)


def test_the_fix_of_an_unread_date_names_the_format_of_the_column():
    report = load(own("03/25/2026,D,fill", "03/26/2026,D,fill", "2026-03-27,D,fill"), "f.csv", Options()).report
    assert report.problems[0].fix == "Write it as month/day/year, such as 03/25/2026."
    assert report.date_order == "month/day/year, such as 03/25/2026"
