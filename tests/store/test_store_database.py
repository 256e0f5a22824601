"""The database of the history: its schema grows by migrations, and a newer one is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from store import History, StoreError, database
from store.database import MIGRATIONS, Database


def schema_version(path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def opened(path):
    with Database(path).read() as connection:
        return connection.execute("SELECT revision FROM state").fetchone()[0]


def test_a_new_database_has_the_latest_schema_and_a_write_ahead_log(tmp_path):
    assert opened(tmp_path / "new.sqlite") == 0
    assert schema_version(tmp_path / "new.sqlite") == len(MIGRATIONS)
    with closing(sqlite3.connect(tmp_path / "new.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_older_database_is_brought_up_to_date_and_keeps_what_it_holds(tmp_path, monkeypatch, log_of, meta, in_force):
    history = History(tmp_path)
    history.add(log_of({"a": "1"}), meta("one"))
    later = "CREATE TABLE later (a TEXT);\nINSERT INTO later VALUES ('there');\n"
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, later))
    assert in_force(History(tmp_path)) == {"a": ("1", 1)}
    assert schema_version(tmp_path / "touchline.sqlite") == len(MIGRATIONS) + 1
    with closing(sqlite3.connect(tmp_path / "touchline.sqlite")) as connection:
        assert connection.execute("SELECT a FROM later").fetchall() == [("there",)]


def test_a_history_of_the_first_schema_keeps_all_it_holds(tmp_path):
    with closing(sqlite3.connect(tmp_path / "touchline.sqlite", isolation_level=None)) as connection:
        connection.executescript(MIGRATIONS[0].replace(":identity", "'first'"))
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO roster VALUES ('Desk 01', 'Team A', '2026-01-01', NULL)")
        connection.execute(
            "INSERT INTO imports VALUES (7, 'old.csv', 'd', '0:0', 'ours', '2026-03-02T10:00:00Z', "
            "0, 0, 0, 0, 1, NULL, NULL, '{\"sheet\": null}')"
        )
        connection.execute("INSERT INTO import_events VALUES (1, 7, 1, '2026-03-02T10:00:00Z', '2026-03-02')")
        connection.execute("INSERT INTO files VALUES ('old.parquet', 7, 'rows', 1)")
        connection.execute("INSERT INTO rejected_rows VALUES (7, 0, 3, 'Date', '?', 'date_missing', 'no', 'yes')")
    with Database(tmp_path / "touchline.sqlite").read() as connection:
        assert [tuple(row) for row in connection.execute("SELECT * FROM files")] == [("old.parquet", 7, "rows", 1)]
    history = History(tmp_path)
    [line] = history.imports()[["import_id", "active", "retired", "rejected", "to_mend"]].to_numpy().tolist()
    assert line == [7, True, 0, 1, 1]
    assert history.roster()[["desk", "team"]].to_numpy().tolist() == [["Desk 01", "Team A"]]
    assert history.roster()["role"].isna().tolist() == [True]
    assert history.version() == "first-0"


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path, monkeypatch):
    assert opened(tmp_path / "kept.sqlite") == 0
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE later (a TEXT);\nNONSENSE;\n"))
    with pytest.raises(sqlite3.OperationalError):
        opened(tmp_path / "kept.sqlite")
    assert schema_version(tmp_path / "kept.sqlite") == len(MIGRATIONS)
    with closing(sqlite3.connect(tmp_path / "kept.sqlite")) as connection:
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'later'").fetchone() is None


def test_a_newer_database_is_refused_and_left_alone(tmp_path):
    with closing(sqlite3.connect(tmp_path / "touchline.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = (tmp_path / "touchline.sqlite").read_bytes()
    with pytest.raises(StoreError) as refused:
        History(tmp_path).version()
    assert refused.value.code == "newer_schema"
    assert (tmp_path / "touchline.sqlite").read_bytes() == before


def test_a_write_that_fails_is_undone_whole_and_does_not_change_the_version(tmp_path):
    history, base = History(tmp_path), Database(tmp_path / "touchline.sqlite")
    version = history.version()
    lines = [("half", "1"), ("half", "again")]
    with pytest.raises(sqlite3.IntegrityError), base.write() as connection:
        connection.executemany("INSERT INTO settings VALUES (?, ?)", lines)
    assert history.settings() == {}
    assert history.version() == version


def test_a_writer_waits_for_another_and_says_so_when_it_takes_too_long(tmp_path, monkeypatch):
    base = Database(tmp_path / "busy.sqlite")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with base.write(), pytest.raises(StoreError) as refused, base.write():
        raise AssertionError("two writers at once")
    assert refused.value.code == "busy"


def test_readers_do_not_wait_for_a_writer_and_see_what_was_committed(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    base = Database(tmp_path / "shared.sqlite")
    with base.write() as writing:
        writing.execute("INSERT INTO settings VALUES ('half', '1')")
        with base.read() as reading:
            assert reading.execute("SELECT count(*) FROM settings").fetchone()[0] == 0
    with base.read() as reading:
        assert reading.execute("SELECT count(*) FROM settings").fetchone()[0] == 1


def test_two_histories_never_share_a_version(tmp_path):
    assert History(tmp_path / "one").version() != History(tmp_path / "two").version()
