"""The store against a slow, obvious model: every import keeps all it held, and the latest active one is right."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store import History, Stored, StoreError

FIRST_DAY = date(2026, 3, 2)

#: Each row has its day for ever, and its desk by what its note says.
DAYS = {"a": 2, "b": 3, "c": 4}
DESKS = {"x": "Desk 01", "y": "Desk 02"}


@dataclass(frozen=True)
class Upload:
    """Rows (activity_id -> note) of a file, declared complete for its dates or not."""

    rows: dict[str, str]
    complete: bool = False

    @property
    def days(self) -> range:
        return range(min(DAYS[name] for name in self.rows), max(DAYS[name] for name in self.rows) + 1)


@dataclass(frozen=True)
class Merge:
    """``dropped`` is one event with ``kept``; with itself: split again."""

    kept: str
    dropped: str


@dataclass(frozen=True)
class Alias:
    """The first desk is another name of the second, or (``None``) one of its own again."""

    desk: str | None


rows = st.dictionaries(st.sampled_from("abc"), st.sampled_from("xy"), max_size=3)
#: The place of an import among those there are, to be undone or, if it is, redone.
places = st.integers(0, 3)
merges = st.builds(Merge, st.sampled_from("abc"), st.sampled_from("abc"))
aliases = st.builds(Alias, st.sampled_from([None, "Desk 02", "Desk 03"]))
steps = st.lists(st.one_of(st.builds(Upload, rows, st.booleans()), places, merges, aliases), min_size=4, max_size=10)


@dataclass
class Model:
    """What each import held (None: it retired the row) and of which upload, which are active, what is one event."""

    uploads: list[Upload] = field(default_factory=list)
    held: list[dict[str, str | None]] = field(default_factory=list)
    active: list[bool] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)
    other_name_of: str | None = None

    def desk(self, note: str) -> str:
        desk = DESKS[note]
        return self.other_name_of or desk if desk == "Desk 01" else desk

    def stored(self) -> dict[str, str]:
        """The latest active version of each row, dropped ones too."""
        found: dict[str, str | None] = {}
        for held, active in zip(self.held, self.active, strict=True):
            found |= held if active else {}
        return {name: note for name, note in found.items() if note is not None}

    def in_force(self) -> dict[str, tuple[str, str]]:
        stored = self.stored()
        return {name: (note, self.desk(note)) for name, note in stored.items() if not self.told(name) & set(stored)}

    def told(self, name: str) -> set[str]:
        """The rows that tell the event of this one instead of it."""
        told: set[str] = set()
        while name in self.merged:
            name = self.merged[name]
            told.add(name)
        return told

    def holders(self, activity_id: str, note: str) -> set[int]:
        numbered = enumerate(zip(self.held, self.active, strict=True), start=1)
        return {number for number, (held, active) in numbered if active and held.get(activity_id) == note}

    def add(self, upload: Upload) -> Stored:
        same = [n for n, one in enumerate(self.uploads) if one.rows == upload.rows and self.active[n]]
        again = [n for n in same if self.uploads[n].complete >= upload.complete]
        if again:
            return Stored(again[-1] + 1, 0, 0, len(upload.rows), repeated=True)
        before = self.stored()
        vanished = self.vanished(upload) if upload.complete and upload.rows else set()
        changed = {name for name in upload.rows if name in before and before[name] != upload.rows[name]}
        for number in same:
            self.active[number] = False
        self.uploads.append(upload)
        self.held.append(upload.rows | dict.fromkeys(vanished, None))
        self.active.append(True)
        new = len(set(upload.rows) - set(before))
        unchanged = len(upload.rows) - new - len(changed)
        return Stored(len(self.held), new, len(changed), unchanged, len(vanished & set(before)))

    def vanished(self, upload: Upload) -> set[str]:
        """Rows in force within reach, and rows not in force that ever were within reach."""
        now = self.stored()
        desks = {self.desk(note) for note in upload.rows.values()}
        ever = {(name, note) for held in self.held for name, note in held.items() if note is not None}
        versions = {(name, note) for name, note in ever if now.get(name, note) == note}
        within = {name for name, note in versions if self.desk(note) in desks and DAYS[name] in upload.days}
        return within - set(upload.rows)

    def switch(self, import_id: int, active: bool) -> None:
        self.active[import_id - 1] = active


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
@example(steps=[Upload({"a": "x"}), Upload({}), Upload({"a": "x", "b": "x"}), 1, 1])
@example(steps=[Upload({"a": "x"}), 0, Upload({"a": "x"}), 0])
@example(steps=[Upload({"a": "x"}), Upload({"a": "x", "b": "x"}), Upload({"a": "y"}), 0])
@example(steps=[Upload({"a": "x"}), Upload({"a": "y"}), 1, Upload({"a": "x", "b": "x"}), 1])
@example(steps=[Upload({"a": "x", "b": "x", "c": "x"}), Upload({"a": "x", "c": "x"}, True), 1, Upload({"b": "x"}), 1])
@example(steps=[Upload({"b": "x"}), Upload({"b": "x", "a": "x"}), Upload({"a": "x", "c": "x"}, True), 0, 2])
@example(steps=[Upload({"b": "y"}), Alias("Desk 02"), Upload({"a": "x", "c": "x"}, True), Alias(None), 1])
@example(steps=[Upload({"a": "x", "b": "x"}), Upload({"c": "x"}), Merge("c", "a"), Merge("a", "b"), 1, 1])
def test_any_sequence_of_steps_agrees_with_the_model_on_every_day(steps, log_of, meta):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        history, model, known = History(Path(folder)), Model(), []
        for day, step in enumerate(steps):
            take(step, history, model, datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=day), log_of, meta)
            now = asked(history)
            assert {name: (note, desk) for name, (note, desk, _) in now.items()} == model.in_force()
            assert all(import_id in model.holders(name, note) for name, (note, _, import_id) in now.items())
            assert history.is_empty() == (not now)
            known.append(model.in_force())
        for day, expected in enumerate(known):
            found = asked(history, known_on=FIRST_DAY + timedelta(days=day))
            assert history.is_empty(FIRST_DAY + timedelta(days=day)) == (not expected)
            # Names are how the log is read today, whichever day it is asked for.
            assert found.keys() == expected.keys()
            assert {name: note for name, (note, _, _) in found.items()} == {
                n: note for n, (note, _) in expected.items()
            }


def asked(history, **known) -> dict[str, tuple[str, str, int]]:
    entries = history.log(**known).project("activity_id, notes, desk, import_id").fetchall()
    found = {name: (note, desk, import_id) for name, note, desk, import_id in entries}
    assert len(found) == len(entries)
    return found


def take(step, history, model, now, log_of, meta) -> None:
    if isinstance(step, Upload):
        bring(step, history, model, now, log_of, meta)
    elif isinstance(step, Merge):
        merge(step, history, model, now)
    elif isinstance(step, Alias):
        model.other_name_of = step.desk
        history.save_alias("Desk 01", step.desk) if step.desk else history.remove_alias("Desk 01")
    elif model.held:
        place = step % len(model.held)
        change = history.undo if model.active[place] else history.redo
        change(place + 1, now=now)
        model.switch(place + 1, not model.active[place])


def bring(upload, history, model, now, log_of, meta) -> None:
    days = [pd.Timestamp(2026, 3, DAYS[name], 9) for name in upload.rows]
    frame = log_of(upload.rows, occurred_at=days, desk=[DESKS[note] for note in upload.rows.values()])
    name = meta(repr(sorted(upload.rows.items())))
    preview = history.preview(frame, name, complete=upload.complete)
    shown = set(history.vanished(frame)["activity_id"])
    assert shown == (model.vanished(upload) & set(model.stored()) if upload.rows else set())
    stored = history.add(frame, name, complete=upload.complete, now=now)
    assert stored == model.add(upload)
    assert (preview.added, preview.updated, preview.retired) == (stored.added, stored.updated, stored.retired)


def merge(step, history, model, now) -> None:
    if step.kept == step.dropped:
        history.split_events([step.dropped], now=now)
        model.merged.pop(step.dropped, None)
        return
    pair = pd.DataFrame({"kept": [step.kept], "dropped": [step.dropped]})
    if step.dropped in model.told(step.kept):
        with pytest.raises(StoreError):
            history.merge_events(pair, now=now)
    else:
        history.merge_events(pair, now=now)
        model.merged[step.dropped] = step.kept


def test_the_model_itself_gives_the_latest_active_version():
    model = Model()
    model.add(Upload({"a": "x", "b": "x"}))
    model.add(Upload({"a": "y"}))
    assert model.in_force() == {"a": ("y", "Desk 02"), "b": ("x", "Desk 01")}
    model.switch(2, False)
    assert model.in_force() == {"a": ("x", "Desk 01"), "b": ("x", "Desk 01")}
    with pytest.raises(IndexError):
        model.switch(3, False)


def test_the_model_itself_retires_drops_and_renames():
    model = Model()
    model.add(Upload({"a": "x", "b": "x", "c": "x"}))
    assert model.add(Upload({"a": "x", "c": "y"}, complete=True)).retired == 1
    assert model.in_force() == {"a": ("x", "Desk 01"), "c": ("y", "Desk 02")}
    model.merged, model.other_name_of = {"c": "a"}, "Desk 03"
    assert model.in_force() == {"a": ("x", "Desk 03")}
    model.switch(1, False)
    assert set(model.in_force()) == {"a"}
