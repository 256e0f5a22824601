"""The server around the pages: what an error shows, and when it calls itself healthy."""

from __future__ import annotations

import json
import logging

from streamlit.testing.v1 import AppTest

from ui import server


def fail_on_a_name():
    from ui import server

    try:
        raise ValueError("cannot read 'Avery Sample, avery@example.com'")
    except ValueError as error:
        server.report_error(error)


def test_an_error_shows_an_incident_number_and_nothing_of_its_text(caplog):
    with caplog.at_level(logging.ERROR, logger="touchline"):
        at = AppTest.from_function(fail_on_a_name).run()
    said = at.error[0].value
    assert "Avery" not in said
    incident = said.split("Incident ")[1].split(" ")[0]
    assert len(incident) == 8
    assert [record.message for record in caplog.records] == [f"incident {incident}: the ValueError above"]


def test_the_server_is_healthy_while_the_history_can_be_read(history):
    answer = server.health(None)
    assert (answer.status_code, json.loads(answer.body)) == (200, {"status": "ok"})


def test_the_server_is_not_healthy_when_the_history_cannot_be_read(history, tmp_path):
    (tmp_path / "store" / "touchline.sqlite").write_bytes(b"not a database" * 100)
    answer = server.health(None)
    assert (answer.status_code, json.loads(answer.body)) == (503, {"status": "history unreadable"})


def test_the_policy_lets_nothing_in_from_elsewhere():
    sources = {word for rule in server.POLICY.split("; ") for word in rule.split()[1:]}
    assert sources == {"'self'", "'none'", "'unsafe-inline'", "'wasm-unsafe-eval'", "data:", "blob:", "ws:", "wss:"}
    assert "script-src 'self' 'wasm-unsafe-eval'" in server.POLICY
