"""Counting ahead: nobody waits for what was counted while they still read something else."""

from __future__ import annotations

import logging
from threading import Event

import pytest
from tiny_firm import store_firm

from ui import data, judgement, warm


@pytest.fixture
def server(monkeypatch):
    """A server that has just begun."""
    monkeypatch.setattr(warm, "_serving", Event())


@pytest.fixture
def counted(monkeypatch, afresh):
    """How often the history was counted."""
    times, gather = [], data.gather
    monkeypatch.setattr(data, "gather", lambda *log, **asked: times.append(asked) or gather(*log, **asked))
    return times


def test_only_a_server_counts_ahead(history, server):
    store_firm()
    assert warm.start() is None


def test_an_empty_history_is_not_counted(history, server):
    assert warm.serve() is None


def test_what_was_counted_ahead_is_not_counted_again_by_a_page(history, server, counted):
    store_firm()
    warm.serve().join(60)
    before = len(counted)
    assert before > 0
    assert judgement.reviewed() is not None
    assert len(counted) == before


def test_what_cannot_be_counted_ahead_is_logged_and_left_to_the_page(history, server, monkeypatch, caplog):
    store_firm()
    monkeypatch.setattr(warm, "_ASKED", (lambda: 1 / 0,))
    with caplog.at_level(logging.ERROR, logger="touchline"):
        warm.serve().join(60)
    assert [record.message for record in caplog.records] == ["counting ahead"]
