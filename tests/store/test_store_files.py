"""What the history takes, where it keeps it, and what it refuses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from quality.vocabulary import LOG_COLUMNS
from store import History, StoreError
from store.files import INCOMING, to_table

AWKWARD_NAMES = [
    "with ' and \" quotes",
    "b[r]ackets",
    "st*r",
    "what?",
    "Bewerbungen – äöü 数",
    "desk=Desk 99",
    "~",
    "back\\slash",
]


def parquet_files(folder: Path) -> list[Path]:
    return sorted((folder / "activities").glob("*.parquet"))


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_a_folder_of_any_name_works(tmp_path, log_of, meta, in_force, name):
    history = History(tmp_path / name)
    history.add(log_of({"a": "1", "b": "1"}), meta("one"))
    history.add(log_of({"a": "2", "b": "1"}), meta("two"))
    history.undo(1)
    assert in_force(history) == {"a": ("2", 2), "b": ("1", 2)}
    assert history.log().project("desk").distinct().fetchall() == [("Desk 01",)]


def test_a_folder_whose_name_looks_like_a_pattern_is_not_mixed_up_with_one_it_matches(tmp_path, log_of, meta, in_force):
    pattern, plain = History(tmp_path / "h[i]t"), History(tmp_path / "hit")
    pattern.add(log_of({"a": "pattern"}), meta("one"))
    plain.add(log_of({"a": "plain"}), meta("one"))
    for path in parquet_files(tmp_path / "hit"):
        path.with_name(parquet_files(tmp_path / "h[i]t")[0].name).write_bytes(path.read_bytes())
    assert in_force(pattern) == {"a": ("pattern", 1)}


def test_a_moved_folder_is_still_whole(tmp_path, log_of, meta, in_force):
    History(tmp_path / "here").add(log_of({"a": "1"}), meta("one"))
    (tmp_path / "here").rename(tmp_path / "there")
    assert in_force(History(tmp_path / "there")) == {"a": ("1", 1)}


def test_a_file_holds_the_log_in_order_of_time_and_what_comparing_needs(tmp_path, history, log_of, meta):
    days = [pd.Timestamp(2026, 3, day) for day in (4, 2, 3)]
    history.add(log_of({"a": "1", "b": "1", "c": "1"}, occurred_at=days), meta("one"))
    table = pq.read_table(parquet_files(tmp_path)[0])
    assert table.column_names == [*LOG_COLUMNS, "content", "supersedes"]
    assert table["activity_id"].to_pylist() == ["b", "c", "a"]
    assert table["supersedes"].to_pylist() == [None, None, None]


def test_an_unchanged_row_is_not_written_again(tmp_path, history, log_of, meta):
    history.add(log_of({"a": "1", "b": "1"}), meta("one"))
    before = {path: path.stat().st_mtime_ns for path in parquet_files(tmp_path)}
    history.add(log_of({"a": "1", "b": "2"}), meta("two"))
    tables = [pq.read_table(path) for path in parquet_files(tmp_path) if path not in before]
    rows = [table for table in tables if "notes" in table.column_names]
    assert [table["activity_id"].to_pylist() for table in rows] == [["b"]]
    assert rows[0]["supersedes"].to_pylist() == [1]
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_query_compares_nothing_until_a_row_was_restated(history, log_of, meta):
    history.add(log_of({"a": "1"}), meta("one"))
    history.add(log_of({"b": "1"}), meta("two"))
    assert "join" not in history.log().explain().lower()
    history.add(log_of({"b": "2"}), meta("three"))
    assert "join" in history.log().explain().lower()
    history.undo(3)
    assert "join" not in history.log().explain().lower()


def test_columns_may_come_in_any_order(history, log_of, meta, in_force):
    frame = log_of({"a": "1"})
    history.add(frame[sorted(frame.columns)], meta("one"))
    assert in_force(history) == {"a": ("1", 1)}


def broken(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    return {
        "wrong_columns": lambda: frame.assign(import_id=1),
        "wrong_type": lambda: frame.assign(quantity="many"),
        "empty_required": lambda: frame.assign(desk=pd.Series([None, "Desk 01"], dtype="str")),
        "repeated_id": lambda: frame.assign(activity_id="a"),
    }[code]()


@pytest.mark.parametrize("code", ["wrong_columns", "wrong_type", "empty_required", "repeated_id"])
def test_a_frame_that_is_no_log_is_refused_and_changes_nothing(tmp_path, history, log_of, meta, code):
    version = history.version()
    with pytest.raises(StoreError) as refused:
        history.add(broken(log_of({"a": "1", "b": "1"}), code), meta("one"))
    assert refused.value.code == code
    assert refused.value.fix
    assert history.version() == version
    assert parquet_files(tmp_path) == []


@pytest.mark.parametrize("value", [pd.Timestamp(2026, 3, 2, tz="UTC"), pd.Timestamp("2026-03-02 09:00:00.000000001")])
def test_a_time_that_would_lose_its_zone_or_its_last_digits_is_refused(log_of, value):
    with pytest.raises(StoreError) as refused:
        to_table(log_of({"a": "1"}).assign(occurred_at=value))
    assert refused.value.code == "wrong_type"


def test_text_of_any_kind_comes_back_as_it_went_in(history, log_of, meta):
    notes = {"a": "'; DROP TABLE imports; --", "b": "=1+1", "c": "日本 🎯 ñ", "d": "two\nlines\t", "e": "", "f": None}
    history.add(log_of(notes), meta("one"))
    assert dict(history.log().project("activity_id, notes").fetchall()) == notes


def test_the_frame_of_the_caller_is_left_alone(history, log_of, meta):
    frame = log_of({"b": "1", "a": "1"})
    kept = frame.copy(deep=True)
    history.add(frame, meta("one"))
    pd.testing.assert_frame_equal(frame, kept)


def test_every_column_of_the_log_but_the_import_is_expected():
    assert [*INCOMING.names] == [name for name in LOG_COLUMNS if name != "import_id"]


def test_threads_read_and_write_at_once(history, log_of, meta, in_force):
    def work(number: int) -> int:
        history.add(log_of({f"row {number}": "1", "shared": str(number)}), meta(str(number)))
        return len(in_force(history))

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(work, range(16)))
    assert min(seen) >= 2
    assert len(in_force(history)) == 17
    assert in_force(history)["shared"][1] == 16
