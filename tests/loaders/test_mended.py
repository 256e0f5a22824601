"""Mended rows come back as if they had always been right."""

from __future__ import annotations

import csv
import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import Loaded
from loaders.mending import ROWS
from mendable import HEAD, MENDED, RIGHT, WRONG, again, both, changed, opened, read, saved, workbook

MOMENT = dt.datetime.fromisoformat("2026-03-28")


def test_mended_rows_are_what_they_had_been_had_the_file_been_right():
    first = read(WRONG)
    second = again(first, MENDED)
    pd.testing.assert_frame_equal(both(first, second), read(RIGHT).frame)
    assert second.frame["source_row"].tolist() == [3, 4, 5]
    assert second.report.reason == "mended rows of march.csv"
    mends = second.report.mends
    assert (mends.digest, mends.sheet, mends.rows) == (first.report.digest, None, (3, 4, 5))
    assert second.left_out is None


@pytest.mark.parametrize(
    "day",
    ["03/28/2026", "2026-03-28", "2026-03-28 00:00", MOMENT, MOMENT.date()],
    ids=["as in the column", "ISO", "ISO with a time", "a moment", "a day"],
)
def test_a_date_may_be_as_in_the_column_or_iso_or_a_real_date(day):
    first = read(WRONG)
    second = again(first, MENDED | {"C2": day})
    pd.testing.assert_frame_equal(both(first, second), read(RIGHT).frame)


def test_real_dates_in_every_cell_are_read_too():
    days = {"C2": MOMENT, "C3": MOMENT - dt.timedelta(days=2), "C4": MOMENT - dt.timedelta(days=1)}
    first = read(WRONG)
    pd.testing.assert_frame_equal(both(first, again(first, MENDED | days)), read(RIGHT).frame)


def test_dates_that_read_both_ways_are_read_as_in_the_first_file():
    first = read(WRONG)
    second = again(first, {"C2": "04/05/2026"})
    assert second.report.refused is None
    assert second.frame["occurred_at"].tolist() == [pd.Timestamp(2026, 4, 5)]


def test_an_order_that_somebody_said_holds_for_the_mended_rows():
    first = read(f"{HEAD}\n03/04/2026,Desk 01,fill,Avery Sample,\nsomeday,Desk 01,fill,Blake Sample,\n", day_first=True)
    assert again(first, {"C2": "05/06/2026"}).frame["occurred_at"].tolist() == [pd.Timestamp(2026, 6, 5)]


def test_a_date_in_a_third_format_is_still_to_mend():
    second = again(read(WRONG), MENDED | {"C2": "28 Mar 2026"})
    assert [(one.row, one.code) for one in second.report.problems] == [(3, "date_unparsed")]


def test_rows_that_are_still_wrong_are_listed_again_under_their_numbers():
    second = again(read(WRONG), {"C2": "2026-03-28"})
    report = second.report
    assert (report.rows_read, report.accepted, report.rejected, report.unmapped) == (3, 1, 1, 1)
    assert [(one.row, one.code) for one in report.problems] == [(4, "desk_missing"), (5, "activity_unmapped")]
    assert second.left_out["row"].tolist() == [4, 5]
    assert report.mends.rows == (3, 4, 5)


def test_a_workbook_nobody_mended_is_read_and_everything_is_still_to_mend():
    first = read(WRONG)
    second = again(first, {})
    assert (second.report.refused, second.report.accepted, len(second.frame)) == (None, 0, 0)
    pd.testing.assert_frame_equal(second.left_out, first.left_out)


def test_the_rest_can_be_mended_in_a_second_round():
    first = read(WRONG)
    second = again(first, {"C2": "2026-03-28"})
    third = again(second, {"D2": "Desk 02", "E3": "send_out"})
    pd.testing.assert_frame_equal(both(first, Loaded(third.report, both(second, third))), read(RIGHT).frame)
    assert third.report.reason == "mended rows of march.csv"
    assert (third.report.mends.digest, third.report.mends.sheet) == (second.report.digest, ROWS)


def test_a_row_taken_out_stays_to_be_mended():
    book = opened(changed(workbook(read(WRONG)), MENDED))
    book[ROWS].delete_rows(3)
    second = read(saved(book))
    assert second.frame["source_row"].tolist() == [3, 5]
    assert second.report.mends.rows == (3, 5)
    assert second.report.mends.offered == 3
    assert "1 row taken out of the workbook: still to mend in march.csv." in second.report.warnings


def test_a_row_that_was_emptied_counts_as_taken_out():
    emptied = dict.fromkeys(["C3", "D3", "E3", "F3", "G3"])
    assert again(read(WRONG), MENDED | emptied).report.mends.rows == (3, 5)


def test_a_row_added_by_hand_is_new_and_gets_the_number_it_has_in_the_workbook():
    first = read(WRONG)
    new = {"C7": "2026-03-30", "D7": "Desk 03", "E7": "fill", "F7": "Eden Sample"}
    second = again(first, MENDED | new)
    assert second.frame["source_row"].tolist() == [3, 4, 5, 7]
    assert second.report.mends.rows == (3, 4, 5)
    assert "1 row without a number of march.csv: read as new." in second.report.warnings


def test_a_number_that_is_taken_or_was_never_given_makes_a_row_new():
    copied = {"A5": "3", "C5": "2026-03-30", "D5": "Desk 03", "E5": "fill"}
    foreign = {"A6": "999", "C6": "2026-03-30", "D6": "Desk 04", "E6": "fill"}
    second = again(read(WRONG), MENDED | copied | foreign)
    assert second.report.mends.rows == (3, 4, 5)
    assert second.frame["source_row"].tolist() == [3, 4, 5, 7, 6]
    assert "2 rows without a number of march.csv: read as new." in second.report.warnings


def test_sorted_rows_moved_columns_and_new_columns_change_nothing():
    first = read(WRONG)
    book = opened(changed(workbook(first), MENDED))
    lines = [[cell.value for cell in line] for line in book[ROWS].iter_rows()]
    del book[ROWS]
    page = book.create_sheet(ROWS)
    for line in [lines[0], *reversed(lines[1:])]:
        page.append(["mine", *reversed(line)])
    second = read(saved(book))
    pd.testing.assert_frame_equal(both(first, second), read(RIGHT).frame)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "'=1",
        "#N/A",
        "007",
        "1.0",
        "3/4",
        "two\nlines",
        "a\r\nb",
        "_x000D_",
        "bell \x07 rings",
        "long " * 9_000,
        "wide " + "\u00e9\u4e2d\U0001f600",
        "\U0001f600" * 20_000,
        "<b>&amp;</b>",
    ],
    ids=range(17),
)
def test_text_comes_back_as_it_was_in_the_file(text):
    row = {"occurred_at": "someday", "desk": "Desk 01", "activity": "fill", "candidate": "Avery Sample", "notes": text}
    good = row | {"occurred_at": "2026-03-01", "notes": "plain"}
    first = read(pd.DataFrame([good, row]).to_csv(index=False))
    kept = first.left_out["notes"].tolist()
    assert kept == [text.strip()]
    for data in (workbook(first), saved(opened(workbook(first)))):
        assert read(data).left_out["notes"].tolist() == kept


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\x00"), min_size=1, max_size=30), min_size=1, max_size=20))
def test_any_text_comes_back_as_it_was_in_the_file(texts):
    row = {"occurred_at": "someday", "desk": "Desk 01", "activity": "fill", "candidate": "Avery Sample"}
    lines = [row | {"occurred_at": "2026-03-01", "notes": "x"}, *(row | {"notes": text} for text in texts)]
    first = read(pd.DataFrame(lines).to_csv(index=False, quoting=csv.QUOTE_ALL).encode("utf-8", "replace"))
    assert len(first.left_out) == len(texts)
    pd.testing.assert_frame_equal(read(workbook(first)).left_out, first.left_out)


def test_a_long_text_that_was_changed_is_what_it_was_changed_to():
    first = read(f"{HEAD}\n2026-03-01,Desk 01,fill,A,\nsomeday,Desk 01,fill,Avery Sample,{'long ' * 9_000}\n")
    second = again(first, {"C2": "2026-03-02", "G2": "short"})
    assert second.frame["notes"].tolist() == ["short"]
