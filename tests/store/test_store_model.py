"""The store against a slow, obvious model: every import keeps all it held, and the latest active one is right."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store import History, Stored

FIRST_DAY = date(2026, 3, 2)

#: An upload (activity_id -> note), or the place of an import among those there are, to be undone or, if it is, redone.
uploads = st.dictionaries(st.sampled_from("abc"), st.sampled_from("xy"), max_size=3)
steps = st.lists(st.one_of(uploads, st.integers(0, 3)), min_size=4, max_size=10)


@dataclass
class Model:
    """What each import held, in order, and which are active."""

    held: list[dict[str, str]] = field(default_factory=list)
    active: list[bool] = field(default_factory=list)

    def in_force(self) -> dict[str, str]:
        rows: dict[str, str] = {}
        for held in self._active():
            rows |= held
        return rows

    def holders(self, activity_id: str, note: str) -> set[int]:
        numbered = enumerate(zip(self.held, self.active, strict=True), start=1)
        return {number for number, (held, active) in numbered if active and held.get(activity_id) == note}

    def add(self, upload: dict[str, str]) -> Stored:
        if upload in self._active():
            latest = max(n for n, held in enumerate(self.held, 1) if held == upload and self.active[n - 1])
            return Stored(latest, 0, 0, len(upload), repeated=True)
        before = self.in_force()
        changed = {name for name in upload if name in before and before[name] != upload[name]}
        self.held.append(upload)
        self.active.append(True)
        new = len(set(upload) - set(before))
        return Stored(len(self.held), new, len(changed), len(upload) - new - len(changed))

    def switch(self, import_id: int, active: bool) -> None:
        self.active[import_id - 1] = active

    def _active(self) -> list[dict[str, str]]:
        return [held for held, active in zip(self.held, self.active, strict=True) if active]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
@example(steps=[{"a": "x"}, {}, {"a": "x", "b": "x"}, 1, 1])
@example(steps=[{"a": "x"}, 0, {"a": "x"}, 0])
@example(steps=[{"a": "x"}, {"a": "x", "b": "x"}, {"a": "y"}, 0])
@example(steps=[{"a": "x"}, {"a": "y"}, 1, {"a": "x", "b": "x"}, 1])
def test_any_sequence_of_add_undo_and_redo_agrees_with_the_model_on_every_day(steps, log_of, meta, in_force):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        history, model, known = History(Path(folder)), Model(), []
        for day, step in enumerate(steps):
            take(step, history, model, datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=day), log_of, meta)
            now = in_force(history)
            assert {name: note for name, (note, _) in now.items()} == model.in_force()
            assert all(import_id in model.holders(name, note) for name, (note, import_id) in now.items())
            assert history.is_empty() == (not now)
            known.append(model.in_force())
        for day, expected in enumerate(known):
            found = in_force(history, known_on=FIRST_DAY + timedelta(days=day))
            assert {name: note for name, (note, _) in found.items()} == expected


def take(step, history, model, now, log_of, meta) -> None:
    if isinstance(step, dict):
        stored = history.add(log_of(step), meta(repr(sorted(step.items()))), now=now)
        assert stored == model.add(step)
    elif model.held:
        place = step % len(model.held)
        change = history.undo if model.active[place] else history.redo
        change(place + 1, now=now)
        model.switch(place + 1, not model.active[place])


def test_the_model_itself_gives_the_latest_active_version():
    model = Model()
    model.add({"a": "x", "b": "x"})
    model.add({"a": "y"})
    assert model.in_force() == {"a": "y", "b": "x"}
    model.switch(2, False)
    assert model.in_force() == {"a": "x", "b": "x"}
    with pytest.raises(IndexError):
        model.switch(3, False)
