"""A file that is complete for its dates: what vanished from it is shown, retired, and back when told so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from quality.vocabulary import LOG_COLUMNS
from store import History, Stored

MONDAY, TUESDAY = datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 3, 10, tzinfo=UTC)
WEDNESDAY = datetime(2026, 3, 4, 10, tzinfo=UTC)


@pytest.fixture
def two_rows(history, log_of, meta) -> History:
    """A history with the rows a and b of one desk and day, from one import of Monday."""
    history.add(log_of({"a": "1", "b": "1"}), meta("one"), now=MONDAY)
    return history


def test_a_row_that_vanished_is_retired(two_rows, log_of, meta, in_force):
    stored = two_rows.add(log_of({"a": "1", "c": "1"}), meta("two"), complete=True)
    assert stored == Stored(2, added=1, updated=0, unchanged=1, retired=1)
    assert in_force(two_rows) == {"a": ("1", 1), "c": ("1", 2)}
    assert two_rows.imports()["retired"].tolist() == [1, 0]


def test_without_the_declaration_nothing_is_retired(two_rows, log_of, meta, in_force):
    assert two_rows.add(log_of({"a": "1"}), meta("two")).retired == 0
    assert set(in_force(two_rows)) == {"a", "b"}


def test_what_would_vanish_is_shown_before_and_nothing_is_changed(two_rows, log_of, meta, in_force):
    version = two_rows.version()
    shown = two_rows.vanished(log_of({"a": "2"}))
    assert shown.columns.tolist() == list(LOG_COLUMNS)
    assert shown[["activity_id", "desk", "notes", "import_id", "source_row"]].to_numpy().tolist() == [
        ["b", "Desk 01", "1", 1, 3]
    ]
    assert shown["occurred_at"].tolist() == [pd.Timestamp(2026, 3, 2, 9)]
    preview = two_rows.preview(log_of({"a": "2"}), meta("two"), complete=True)
    assert preview == Stored(None, added=0, updated=1, unchanged=0, retired=1)
    assert (two_rows.version(), set(in_force(two_rows))) == (version, {"a", "b"})
    assert two_rows.add(log_of({"a": "2"}), meta("two"), complete=True) == replace(preview, import_id=2)


def test_undo_brings_the_row_back_and_redo_retires_it_again(two_rows, log_of, meta, in_force):
    two_rows.add(log_of({"a": "1"}), meta("two"), complete=True)
    two_rows.undo(2)
    assert in_force(two_rows) == {"a": ("1", 1), "b": ("1", 1)}
    two_rows.redo(2)
    assert in_force(two_rows) == {"a": ("1", 1)}
    two_rows.undo(1)
    assert in_force(two_rows) == {"a": ("1", 2)}
    two_rows.redo(1)
    assert set(in_force(two_rows)) == {"a"}


def test_a_row_that_is_in_a_later_file_again_is_new(two_rows, log_of, meta, in_force):
    two_rows.add(log_of({"a": "1"}), meta("two"), complete=True)
    stored = two_rows.add(log_of({"a": "1", "b": "1"}), meta("three"))
    assert stored == Stored(3, added=1, updated=0, unchanged=1)
    assert in_force(two_rows) == {"a": ("1", 1), "b": ("1", 3)}
    two_rows.undo(3)
    assert set(in_force(two_rows)) == {"a"}
    two_rows.redo(3)
    two_rows.undo(2)
    assert in_force(two_rows) == {"a": ("1", 1), "b": ("1", 3)}


def test_the_log_is_known_with_and_without_the_retired_row(two_rows, log_of, meta, in_force):
    two_rows.add(log_of({"a": "1"}), meta("two"), complete=True, now=TUESDAY)
    two_rows.undo(2, now=WEDNESDAY)
    known = {day: set(in_force(two_rows, known_on=date(2026, 3, day))) for day in (1, 2, 3, 4)}
    assert known == {1: set(), 2: {"a", "b"}, 3: {"a"}, 4: {"a", "b"}}


def test_a_file_speaks_for_its_own_days_desks_and_sources_only(history, log_of, meta, in_force):
    day = {name: pd.Timestamp(f"2026-03-{name[:2]} {name[2:4]}:00") for name in ("0123", "0200", "0423", "0500")}
    spread = log_of(dict.fromkeys(day, "1"), occurred_at=list(day.values()))
    history.add(spread, meta("days"))
    history.add(log_of({"other desk": "1"}, desk="Desk 02"), meta("desk"))
    history.add(log_of({"other source": "1"}, source="another"), meta("source"))
    days = [pd.Timestamp(2026, 3, 2, 15), pd.Timestamp(2026, 3, 4, 8)]
    stored = history.add(log_of({"x": "1", "y": "1"}, occurred_at=days), meta("complete"), complete=True)
    assert stored.retired == 2
    assert set(in_force(history)) == {"0123", "0500", "other desk", "other source", "x", "y"}


def test_a_row_that_moved_out_of_reach_stays(history, log_of, meta, in_force):
    history.add(log_of({"a": "1"}), meta("one"))
    history.add(log_of({"a": "1"}, desk="Desk 02"), meta("two"))
    assert history.add(log_of({"b": "1"}), meta("three"), complete=True).retired == 0
    assert set(in_force(history)) == {"a", "b"}


def test_a_desk_is_meant_by_all_of_its_names(history, log_of, meta, in_force):
    history.add(log_of({"a": "1"}, desk="dkim"), meta("one"))
    history.add(log_of({"b": "1"}, desk="Desk 01"), meta("two"))
    history.save_alias("dkim", "Desk 01")
    history.save_alias("D. Kim", "Desk 01")
    assert history.add(log_of({"c": "1"}, desk="D. Kim"), meta("three"), complete=True).retired == 2
    assert set(in_force(history)) == {"c"}


def test_a_complete_file_without_rows_speaks_for_nothing(two_rows, log_of, meta, in_force):
    assert two_rows.vanished(log_of({})).empty
    assert two_rows.add(log_of({}), meta("two"), complete=True).retired == 0
    assert set(in_force(two_rows)) == {"a", "b"}


def test_the_first_file_of_a_history_may_be_complete(history, log_of, meta, in_force):
    assert history.add(log_of({"a": "1"}), meta("one"), complete=True) == Stored(1, added=1, updated=0, unchanged=0)
    assert in_force(history) == {"a": ("1", 1)}


def test_the_same_file_declared_complete_later_retires_what_it_lacks(two_rows, log_of, meta, in_force):
    two_rows.add(log_of({"a": "2"}), meta("two"))
    stored = two_rows.add(log_of({"a": "2"}), meta("two"), complete=True)
    assert stored == Stored(3, added=0, updated=0, unchanged=1, retired=1)
    assert in_force(two_rows) == {"a": ("2", 3)}
    assert two_rows.imports()["active"].tolist() == [True, False, True]


@pytest.mark.parametrize("complete", [True, False])
def test_a_complete_file_again_changes_nothing_whatever_is_said_of_it(two_rows, log_of, meta, in_force, complete):
    two_rows.add(log_of({"a": "1"}), meta("two"), complete=True)
    two_rows.add(log_of({"d": "1"}), meta("three"))
    version = two_rows.version()
    assert two_rows.add(log_of({"a": "1"}), meta("two"), complete=complete).repeated
    assert two_rows.version() == version
    assert set(in_force(two_rows)) == {"a", "d"}


def test_another_reading_of_the_same_file_counts_a_row_that_leaves_once(two_rows, log_of, meta, in_force):
    stored = two_rows.add(log_of({"a": "1"}), meta("one"), complete=True)
    assert stored == Stored(2, added=0, updated=0, unchanged=1, retired=1)
    assert in_force(two_rows) == {"a": ("1", 2)}


def test_a_row_that_two_complete_files_lack_stays_away_when_one_is_undone(two_rows, log_of, meta, in_force):
    two_rows.add(log_of({"a": "1"}), meta("two"), complete=True)
    assert two_rows.add(log_of({"a": "2"}), meta("three"), complete=True).retired == 0
    two_rows.undo(2)
    assert in_force(two_rows) == {"a": ("2", 3)}


def test_an_import_brought_back_keeps_its_place_before_a_complete_file(two_rows, log_of, meta, in_force):
    two_rows.undo(1)
    assert two_rows.add(log_of({"a": "1"}), meta("two"), complete=True).retired == 0
    two_rows.redo(1)
    assert in_force(two_rows) == {"a": ("1", 2)}


def test_a_row_only_confirmed_by_a_later_file_does_not_slip_past_the_retiring(two_rows, log_of, meta, in_force):
    two_rows.add(log_of({"b": "1"}), meta("two"))
    two_rows.add(log_of({"a": "1"}), meta("three"), complete=True)
    two_rows.undo(1)
    assert in_force(two_rows) == {"a": ("1", 3)}
    two_rows.undo(3)
    assert in_force(two_rows) == {"b": ("1", 2)}


def test_a_row_confirmed_while_a_complete_file_was_undone_outlives_its_redo(two_rows, log_of, meta, in_force):
    two_rows.add(log_of({"a": "1"}), meta("two"), complete=True)
    two_rows.undo(2)
    assert two_rows.add(log_of({"b": "1"}), meta("three")).unchanged == 1
    two_rows.redo(2)
    assert in_force(two_rows) == {"a": ("1", 1), "b": ("1", 3)}
