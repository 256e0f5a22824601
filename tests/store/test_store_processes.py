"""Several processes at one history, and one that is killed in the midst of its work."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from store import History

WORKER = Path(__file__).with_name("worker.py")
ROOT = Path(__file__).parents[2]
WRITERS, FILES = 4, 4


def start(folder: Path, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, str(WORKER), str(folder), *map(str, words)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def assert_whole(history: History) -> int:
    """Every import that shows, shows all its rows, and rows that all share come from the latest; how many rows show."""
    rows = history.log().project("activity_id, notes").fetchall()
    assert len({name for name, _ in rows}) == len(rows)
    shared = {note for name, note in rows if name.startswith("shared")}
    own = Counter(note for name, note in rows if not name.startswith("shared"))
    assert len(shared) == min(1, len(own))
    assert set(own.values()) <= {10}
    assert len(rows) == 10 * len(own) + 20 * len(shared)
    return len(rows)


def test_processes_that_import_overlapping_files_at_once_lose_nothing_and_repeat_nothing(tmp_path):
    writers = [start(tmp_path, number, FILES) for number in range(WRITERS)]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        seen.add(assert_whole(History(tmp_path)))
    assert [writer.wait() for writer in writers] == [0] * WRITERS
    history = History(tmp_path)
    assert assert_whole(history) == WRITERS * FILES * 10 + 20
    assert len(seen) > 1
    listed = history.imports()
    assert listed["import_id"].tolist() == list(range(WRITERS * FILES, 0, -1))
    assert listed["added"].tolist() == [10] * (WRITERS * FILES - 1) + [30]
    assert listed["updated"].tolist() == [20] * (WRITERS * FILES - 1) + [0]
    [latest] = history.log().filter("activity_id = 'shared 0'").project("import_id").fetchall()
    assert latest == (WRITERS * FILES,)


@pytest.mark.parametrize("where", ["stop-in-file", "stop-before-commit"])
def test_a_process_killed_in_the_midst_of_an_import_leaves_the_history_as_it_was(
    tmp_path, log_of, meta, in_force, where
):
    history = History(tmp_path)
    history.add(log_of({"shared 1": "before"}), meta("before"))
    version = history.version()
    victim = start(tmp_path, where)
    assert victim.stdout is not None
    assert victim.stdout.readline() == "stopped\n"
    assert in_force(history) == {"shared 1": ("before", 1)}
    victim.kill()
    victim.wait()
    victim.stdout.close()
    assert history.version() == version
    assert in_force(history) == {"shared 1": ("before", 1)}
    assert len(history.imports()) == 1
    history.add(log_of({"shared 1": "after"}), meta("after"))
    assert in_force(history) == {"shared 1": ("after", 2)}
    assert list((tmp_path / "activities").glob("*.part")) == []


def test_another_process_changes_the_version_that_this_one_sees(tmp_path):
    history = History(tmp_path)
    version = history.version()
    assert start(tmp_path, 0, 1).wait() == 0
    assert history.version() != version
    assert not history.is_empty()
