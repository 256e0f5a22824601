"""What is in force after uploads, undo and redo, and what was in force on an earlier day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import narwhals as nw
import pandas as pd
import pytest
from one_standard import save_standard

from quality.vocabulary import LOG_COLUMNS
from store import History, Stored, StoreError

TYPES = {"text": "VARCHAR", "timestamp": "TIMESTAMP", "date": "DATE", "number": "DOUBLE", "integer": "BIGINT"}
MONDAY, TUESDAY = datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 3, 10, tzinfo=UTC)


def test_an_empty_history_gives_an_empty_log_of_the_right_types(history):
    log = history.log()
    assert log.columns == list(LOG_COLUMNS)
    assert [str(kind) for kind in log.types] == [TYPES[kind] for kind in LOG_COLUMNS.values()]
    assert log.fetchall() == []
    assert history.is_empty()
    assert history.span() is None
    assert history.imports().empty


def test_a_stored_row_comes_back_as_it_was_with_the_number_of_its_import(history, log_of, meta):
    days = {"due_on": pd.Timestamp(2026, 3, 9), "planned_end": pd.NaT}
    frame = log_of({"a": "first"}, **days, quantity=2.5, party="candidate", candidate="Avery Sample")
    history.add(frame, meta("one"))
    log = history.log()
    assert [str(kind) for kind in log.types] == [TYPES[kind] for kind in LOG_COLUMNS.values()]
    assert dict(zip(log.columns, log.fetchall()[0], strict=True)) == dict.fromkeys(LOG_COLUMNS) | {
        "activity_id": "a",
        "occurred_at": pd.Timestamp(2026, 3, 2, 9).to_pydatetime(),
        "desk": "Desk 01",
        "activity": "hit",
        "party": "candidate",
        "candidate": "Avery Sample",
        "due_on": date(2026, 3, 9),
        "quantity": 2.5,
        "notes": "first",
        "source": "example",
        "import_id": 1,
        "source_row": 2,
    }


def test_new_changed_and_unchanged_rows_are_told_apart(history, log_of, meta, in_force):
    assert history.add(log_of({"a": "1", "b": "1"}), meta("one")) == Stored(1, added=2, updated=0, unchanged=0)
    stored = history.add(log_of({"a": "1", "b": "2", "c": "1"}), meta("two"))
    assert stored == Stored(2, added=1, updated=1, unchanged=1)
    assert in_force(history) == {"a": ("1", 1), "b": ("2", 2), "c": ("1", 2)}


def test_a_preview_says_what_would_change_and_changes_nothing(history, log_of, meta, in_force):
    history.add(log_of({"a": "1", "b": "1"}), meta("one"))
    before = history.version(), in_force(history)
    preview = history.preview(log_of({"a": "1", "b": "2", "c": "1"}), meta("two"))
    assert preview == Stored(None, added=1, updated=1, unchanged=1)
    assert (history.version(), in_force(history)) == before


def test_a_preview_of_the_same_file_again_says_that_nothing_would_change(history, log_of, meta):
    history.add(log_of({"a": "1"}), meta("one"))
    history.add(log_of({"a": "2"}), meta("two"))
    again = history.preview(log_of({"a": "1"}), meta("one"))
    assert again == history.add(log_of({"a": "1"}), meta("one"))
    assert again.repeated


def test_the_same_file_read_in_another_way_replaces_the_earlier_reading(history, log_of, meta, in_force):
    history.add(log_of({"call:1": "side unknown", "message:1": "left"}), meta("log"))
    reread = log_of({"recruiting_call:1": "side known", "message:1": "left"})
    preview = history.preview(reread, meta("log"))
    stored = history.add(reread, meta("log"))
    assert stored == Stored(2, added=1, updated=0, unchanged=1, retired=1)
    assert preview == replace(stored, import_id=None)
    assert in_force(history) == {"recruiting_call:1": ("side known", 2), "message:1": ("left", 2)}
    assert list(history.imports()["active"]) == [True, False]


def test_two_sheets_of_one_workbook_are_two_files(history, log_of, meta, in_force):
    book = meta("book")
    history.add(log_of({"a": "1"}), replace(book, report={"sheet": "North"}))
    history.add(log_of({"b": "1"}), replace(book, report={"sheet": "South"}))
    assert set(in_force(history)) == {"a", "b"}


def test_a_row_that_only_moved_within_its_file_is_unchanged(history, log_of, meta):
    history.add(log_of({"a": "1"}), meta("one"))
    assert history.add(log_of({"a": "1"}, source_row=17), meta("two")) == Stored(2, added=0, updated=0, unchanged=1)


@pytest.mark.parametrize(
    "change",
    [
        {"occurred_at": pd.Timestamp(2026, 3, 2, 9, 1)},
        {"desk": "Desk 02"},
        {"due_on": pd.Timestamp(2026, 3, 9)},
        {"quantity": 0.0},
        {"notes": ""},
        {"notes": "NaN"},
        {"client": "Example Metal Works"},
        {"contact": "Example Metal Works"},
    ],
    ids=str,
)
def test_a_change_in_any_column_is_a_change(history, log_of, meta, change):
    history.add(log_of({"a": None}), meta("one"))
    assert history.add(log_of({"a": None}, **change), meta("two")) == Stored(2, added=0, updated=1, unchanged=0)


def test_empty_cells_are_equal_to_each_other_however_they_are_written(history, log_of, meta):
    history.add(log_of({"a": None}), meta("one"))
    nothing = log_of({"a": None}).astype({"notes": "object", "candidate": "object"})
    nothing["notes"], nothing["candidate"] = [None], [float("nan")]
    assert history.add(nothing, meta("two")).unchanged == 1


def test_the_same_file_again_changes_nothing_and_gets_no_line(history, log_of, meta, in_force):
    history.add(log_of({"a": "1", "b": "1"}), meta("one"))
    version = history.version()
    again = history.add(log_of({"a": "1", "b": "1"}), meta("one"))
    assert again == Stored(1, added=0, updated=0, unchanged=2, repeated=True)
    assert len(history.imports()) == 1
    assert history.version() == version


def test_the_same_file_again_does_not_take_back_what_a_later_file_changed(history, log_of, meta, in_force):
    history.add(log_of({"a": "1"}), meta("one"))
    history.add(log_of({"a": "2"}), meta("two"))
    assert history.add(log_of({"a": "1"}), meta("one")).repeated
    assert in_force(history) == {"a": ("2", 2)}


def test_the_same_file_read_in_another_way_is_compared_row_by_row(history, log_of, meta, in_force):
    history.add(log_of({"a": "1", "b": "1"}), meta("one"))
    stored = history.add(log_of({"a": "1", "b": "other"}), replace(meta("one"), layout="other"))
    assert stored == Stored(2, added=0, updated=1, unchanged=1)
    assert in_force(history) == {"a": ("1", 2), "b": ("other", 2)}


def test_a_file_whose_import_was_undone_can_be_uploaded_again(history, log_of, meta, in_force):
    history.add(log_of({"a": "1"}), meta("one"))
    history.undo(1)
    assert history.add(log_of({"a": "1"}), meta("one")) == Stored(2, added=1, updated=0, unchanged=0)
    assert in_force(history) == {"a": ("1", 2)}
    history.redo(1)
    assert in_force(history) == {"a": ("1", 2)}


def test_an_upload_without_rows_is_listed_and_leaves_the_log_empty(history, log_of, meta):
    assert history.add(log_of({}), meta("none")) == Stored(1, added=0, updated=0, unchanged=0)
    assert history.is_empty()
    assert history.imports()["rows"].tolist() == [0]
    assert history.imports()["first_day"].isna().tolist() == [True]


def test_undo_brings_back_what_the_import_restated(history, log_of, meta, in_force):
    history.add(log_of({"a": "1"}), meta("one"))
    history.add(log_of({"a": "2", "b": "1"}), meta("two"))
    history.undo(2)
    assert in_force(history) == {"a": ("1", 1)}


def test_undo_in_the_middle_of_a_chain_leaves_the_last_version(history, log_of, meta, in_force):
    for version in "123":
        history.add(log_of({"a": version}), meta(version))
    history.undo(2)
    assert in_force(history) == {"a": ("3", 3)}
    history.undo(3)
    assert in_force(history) == {"a": ("1", 1)}
    history.redo(2)
    assert in_force(history) == {"a": ("2", 2)}


def test_undo_keeps_rows_that_a_later_import_held_too(history, log_of, meta, in_force):
    history.add(log_of({"a": "1", "b": "1", "c": "1"}), meta("one"))
    history.add(log_of({"b": "1", "c": "2"}, source_row=[5, 6]), meta("two"))
    history.undo(1)
    assert in_force(history) == {"b": ("1", 2), "c": ("2", 2)}
    assert history.log().filter("activity_id = 'b'").project("source_row").fetchall() == [(5,)]


def test_redo_after_that_gives_each_row_once(history, log_of, meta, in_force):
    history.add(log_of({"a": "1", "b": "1"}), meta("one"))
    history.add(log_of({"b": "1"}), meta("two"))
    history.add(log_of({"b": "1"}), meta("three"))
    history.undo(1)
    history.redo(1)
    assert {name: note for name, (note, _) in in_force(history).items()} == {"a": "1", "b": "1"}
    history.undo(1)
    history.undo(3)
    assert in_force(history) == {"b": ("1", 2)}


def test_redo_gives_an_import_its_old_place_before_a_later_one_that_went_back(history, log_of, meta, in_force):
    history.add(log_of({"a": "1"}), meta("one"))
    history.add(log_of({"a": "2"}), meta("two"))
    history.undo(2)
    assert history.add(log_of({"a": "1"}), meta("three")).unchanged == 1
    history.redo(2)
    assert in_force(history) == {"a": ("1", 3)}


def test_undo_of_everything_leaves_an_empty_log_and_redo_brings_it_back(history, log_of, meta, in_force):
    history.add(log_of({"a": "1", "b": "1"}), meta("one"))
    history.add(log_of({"a": "1", "b": "2"}), meta("two"))
    history.undo(1)
    history.undo(2)
    assert history.is_empty()
    assert in_force(history) == {}
    history.redo(1)
    history.redo(2)
    assert {name: note for name, (note, _) in in_force(history).items()} == {"a": "1", "b": "2"}


def test_undo_and_redo_done_twice_are_done_once(history, log_of, meta, in_force):
    history.add(log_of({"a": "1"}), meta("one"))
    history.redo(1)
    history.undo(1)
    version = history.version()
    history.undo(1)
    assert history.version() == version
    history.redo(1)
    assert in_force(history) == {"a": ("1", 1)}


@pytest.mark.parametrize("change", [History.undo, History.redo])
def test_an_unknown_import_cannot_be_undone_or_redone(history, change):
    with pytest.raises(StoreError) as refused:
        change(history, 7)
    assert refused.value.code == "unknown_import"


def test_the_log_is_known_as_it_was_at_the_end_of_a_day(history, log_of, meta, in_force):
    history.add(log_of({"a": "1"}), meta("one"), now=MONDAY)
    history.add(log_of({"a": "2"}), meta("two"), now=TUESDAY)
    history.undo(2, now=TUESDAY + timedelta(days=1))
    history.redo(2, now=TUESDAY + timedelta(days=2))
    known = {day: in_force(history, known_on=date(2026, 3, day)) for day in range(1, 6)}
    assert known == {1: {}, 2: {"a": ("1", 1)}, 3: {"a": ("2", 2)}, 4: {"a": ("1", 1)}, 5: {"a": ("2", 2)}}
    assert [history.is_empty(date(2026, 3, day)) for day in (1, 2)] == [True, False]


def test_the_end_of_a_day_is_that_of_the_clock_of_whoever_imported(history, log_of, meta, in_force):
    evening = datetime(2026, 3, 2, 22, tzinfo=timezone(timedelta(hours=-6)))
    history.add(log_of({"a": "1"}), meta("one"), now=evening)
    assert in_force(history, known_on=date(2026, 3, 2)) == {"a": ("1", 1)}
    assert history.imports()["stored_at"].tolist() == [pd.Timestamp("2026-03-03 04:00", tz="UTC")]


def test_the_list_of_imports_says_what_came_in_latest_first(history, log_of, meta):
    days = [pd.Timestamp(2026, 3, 2, 9), pd.Timestamp(2026, 3, 4, 9)]
    history.add(log_of({"a": "1", "b": "1"}, occurred_at=days), meta("one"), now=MONDAY)
    problem = {"row": 9, "column": "Date", "value": "=1+1", "code": "bad_date", "problem": "no date", "fix": "a date"}
    said = replace(meta("two"), report={"rows_read": 3, "problems": [problem]})
    history.add(log_of({"a": "2"}), said, [problem, problem | {"column": "Desk"}], now=TUESDAY)
    history.undo(1)
    listed = history.imports()
    assert listed.drop(columns=["stored_at", "first_day", "last_day", "report"]).to_dict("records") == [
        {"import_id": 2, "name": "two.csv", "layout": "touchline", "active": True}
        | {"rows": 1, "added": 0, "updated": 1, "unchanged": 0, "retired": 0, "rejected": 1, "to_mend": 1},
        {"import_id": 1, "name": "one.csv", "layout": "touchline", "active": False}
        | {"rows": 2, "added": 2, "updated": 0, "unchanged": 0, "retired": 0, "rejected": 0, "to_mend": 0},
    ]
    assert listed["first_day"].tolist() == [pd.Timestamp(2026, 3, 2)] * 2
    assert listed["last_day"].tolist() == [pd.Timestamp(2026, 3, 2), pd.Timestamp(2026, 3, 4)]
    assert json.loads(listed["report"][0]) == {"rows_read": 3}
    assert history.rejected_rows(2)[["row", "column", "value"]].to_numpy().tolist() == [
        [9, "Date", "=1+1"],
        [9, "Desk", "=1+1"],
    ]
    assert history.rejected_rows(1).empty


def test_the_span_covers_scheduled_activities_and_forgets_undone_ones(history, log_of, meta):
    days = [pd.Timestamp(2026, 3, 2, 9), pd.Timestamp(2027, 1, 4, 9)]
    history.add(log_of({"a": "1", "b": "1"}, occurred_at=days), meta("one"))
    history.add(log_of({"c": "1"}, occurred_at=pd.Timestamp(2025, 12, 1)), meta("two"))
    assert history.span() == (date(2025, 12, 1), date(2027, 1, 4))
    history.undo(1)
    assert history.span() == (date(2025, 12, 1), date(2025, 12, 1))


def test_narwhals_counts_the_log_where_it_lies(history, log_of, meta):
    history.add(log_of({"a": "1", "b": "1"}), meta("one"))
    history.add(log_of({"b": "2", "c": "1"}, desk="Desk 02"), meta("two"))
    counts = nw.from_native(history.log()).group_by("desk").agg(nw.len().alias("rows")).sort("desk").collect("pandas")
    assert counts.to_native().to_dict("list") == {"desk": ["Desk 01", "Desk 02"], "rows": [1, 2]}


def test_a_log_keeps_to_the_moment_it_was_asked_for(history, log_of, meta):
    history.add(log_of({"a": "1"}), meta("one"))
    before = history.log()
    history.add(log_of({"a": "2", "b": "1"}), meta("two"))
    history.undo(1)
    assert before.project("activity_id, notes").fetchall() == [("a", "1")]


def test_each_write_changes_the_version_and_reading_does_not(history, log_of, meta):
    writes = [
        lambda: history.add(log_of({"a": "1"}), meta("one")),
        lambda: history.undo(1),
        lambda: history.redo(1),
        lambda: history.save_setting("guarantee_days", 60),
        lambda: history.save_roster(
            pd.DataFrame({"desk": ["Desk 01"], "team": ["Team A"], "starts_on": None, "ends_on": None})
        ),
        lambda: save_standard(history, "call_to_hit", 9.0, effective_from=date(2026, 1, 1)),
        lambda: history.save_layout("ours", "title = 'Ours'"),
        lambda: history.remove_layout("ours"),
        lambda: history.save_alias("Desk 02", "Desk 01"),
        lambda: history.remove_alias("Desk 02"),
        lambda: history.merge_events(pd.DataFrame({"kept": ["a"], "dropped": ["b"]})),
        lambda: history.split_events(["b"]),
        lambda: history.save_contacts(
            pd.DataFrame({"person": ["Avery Sample"], "party": None, "kind": "phone", "value": "1", "source": None})
        ),
        lambda: history.forget_contacts(),
    ]
    versions = [history.version()]
    for write in writes:
        write()
        history.log().fetchall(), history.imports(), history.span()
        versions.append(history.version())
    assert len(set(versions)) == len(versions)
