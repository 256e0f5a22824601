"""Decisions laid over a known layout: what is decided otherwise, and nothing else."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
import pytest
from decided import DECIDED, activities, file_of, mapped

from loaders import Options, load, read_raw
from loaders.inspection import inspect
from loaders.layout import shipped_documents
from loaders.mapping import Decisions, document, to_toml

FILES = Path(__file__).parent / "files"


NOTES = "Date Added,Author,About,Action,Comments,Candidates,Client Contacts,Result"
BULLHORN = shipped_documents()["bullhorn_notes"]


def notes(*lines: str) -> bytes:
    return file_of(*lines, header=NOTES)


KNOWN = notes(
    "2026-03-02 09:00,Desk 01,Avery Sample,Outbound Call,,Avery Sample,,",
    "2026-03-02 09:10,Desk 01,Casey Client,Outbound Call,,,Casey Client,No Answer",
    "2026-03-02 10:00,Desk 01,Avery Sample,Sendout,,Avery Sample,,",
    "2026-03-02 11:00,Desk 01,Avery Sample,Prescreen,,Avery Sample,,",
    "2026-03-02 12:00,Desk 01,Avery Sample,AP Setup,,Avery Sample,,",
    "2026-03-02 13:00,Desk 01,Avery Sample,Coffee chat,,Avery Sample,,",
)


def seen_as(data: bytes, **changes: object) -> Decisions:
    found = inspect(read_raw(data, "notes.csv"), Options())
    assert found.base == "bullhorn_notes"
    known = asdict(found.decisions)["values"]
    return replace(found.decisions, name="our notes", **{**changes, "values": {**known, **changes.get("values", {})}})


def test_nothing_decided_otherwise_reads_the_file_as_before():
    expected = load(KNOWN, "notes.csv", Options())
    same = mapped(seen_as(KNOWN), KNOWN, BULLHORN)
    pd.testing.assert_frame_equal(same.frame, expected.frame)
    assert same.report.ignored_rows == expected.report.ignored_rows
    assert same.report.unmapped_values == expected.report.unmapped_values == {"Coffee chat": 1}


def test_a_decision_over_a_known_layout_changes_that_value_only():
    decided = seen_as(KNOWN, values={"Sendout": "send_out", "Coffee chat": "touch:meeting"})
    loaded = mapped(decided, KNOWN, BULLHORN)
    assert activities(loaded) == ["recruiting_call", "call_attempt", "send_out", "interview", "touch"]
    assert loaded.frame["source"].unique().tolist() == ["bullhorn"]
    assert loaded.report.ignored == 1


def test_a_value_left_open_over_a_known_layout_stays_unmapped():
    decided = seen_as(KNOWN, values={"Sendout": "", "AP Setup": ""})
    loaded = mapped(decided, KNOWN, BULLHORN)
    assert loaded.report.unmapped_values == {"AP Setup": 1, "Coffee chat": 1, "Sendout": 1}
    assert loaded.report.ignored == 0


def test_a_word_of_our_own_left_open_over_our_own_format_stays_unmapped():
    data = b"occurred_at,desk,activity\n2026-03-02,Desk 01,fill\n2026-03-02,Desk 01,send_out\n"
    found = inspect(read_raw(data, "x.csv"), Options())
    decided = replace(found.decisions, name="ours", values={"fill": "", "send_out": "send_out"})
    loaded = mapped(decided, data, shipped_documents()["touchline"])
    assert (activities(loaded), loaded.report.unmapped_values) == (["send_out"], {"fill": 1})


def test_a_known_value_can_be_decided_to_be_nobodys_work():
    loaded = mapped(seen_as(KNOWN, values={"Prescreen": "ignore"}), KNOWN, BULLHORN)
    assert loaded.report.ignored_rows == {"not an activity": 1, "automatic entry: bookkeeping": 1}


def test_the_side_of_calls_and_who_was_reached_are_decided_over_a_known_layout_too():
    assert activities(mapped(seen_as(KNOWN, calls="client"), KNOWN, BULLHORN))[:2] == ["marketing_call", "call_attempt"]
    reached = seen_as(KNOWN, outcomes={"No Answer": "other"})
    loaded = mapped(reached, KNOWN, BULLHORN)
    assert activities(loaded)[:2] == ["recruiting_call", "marketing_call"]
    assert loaded.frame["outcome"].tolist()[1] == "other"


def test_a_column_not_used_any_more_is_gone_from_the_log():
    decided = seen_as(KNOWN)
    columns = {name: headers for name, headers in decided.columns.items() if name != "contact"}
    loaded = mapped(replace(decided, columns=columns), KNOWN, BULLHORN)
    uses = {use.header: use.field for use in loaded.report.columns}
    assert uses["Client Contacts"] is None
    assert uses["Candidates"] == "candidate"
    assert len(loaded.frame) == 4


def test_a_general_layout_is_no_base():
    data = b"Stage,Date,Recruiter,Candidate\nPlaced,2026-03-02,Desk 01,Avery Sample\n"
    found = inspect(read_raw(data, "x.csv"), Options())
    assert found.base == "stage_history"
    written = document(replace(found.decisions, name="stages"), shipped_documents()["stage_history"])
    assert "words" not in written
    assert written["columns"]["activity"] == ["Stage"]


def expected_of(name: str) -> dict:
    return json.loads((FILES / f"{name}.expected.json").read_text(encoding="utf-8"))


def is_recognised(name: str) -> bool:
    """Whether a file becomes a log without a mapping."""
    expected = expected_of(name)
    return not (expected["refused"] or "mapping" in expected.get("options", {}) or expected["layout"] == "roster")


NAMES = sorted(path.name.removesuffix(".expected.json") for path in FILES.glob("*.expected.json"))


@pytest.mark.parametrize("name", [name for name in NAMES if is_recognised(name)])
def test_suggestions_taken_as_they_are_give_the_log_that_recognition_gives(name):
    options = Options(**expected_of(name).get("options", {}))
    raw = read_raw(FILES / name, name)
    expected = load(raw, name, options)
    found = inspect(raw, options)
    written = document(replace(found.decisions, name="mine"), shipped_documents().get(found.base or ""))
    by_hand = load(raw, name, replace(options, mapping=tomllib.loads(to_toml(written)), layout=None, columns=None))
    same = ["occurred_at", "desk", "activity", "party", "candidate", "client", "contact", "job", "outcome", "channel"]
    pd.testing.assert_frame_equal(by_hand.frame[same], expected.frame[same])
    assert by_hand.report.rejected == expected.report.rejected
    assert by_hand.report.unmapped_values == expected.report.unmapped_values


def test_filling_down_in_a_known_layout_stays_until_it_is_decided_otherwise():
    base = document(replace(DECIDED, fill_down=("desk",)))
    assert document(DECIDED, base)["fill_down"] == ["desk"]
    assert "fill_down" not in document(replace(DECIDED, fill_down=()), base)
    assert document(replace(DECIDED, fill_down=("client",)), base)["fill_down"] == ["client"]


def test_a_new_word_for_nobody_holds_for_calls_the_later_file_does_not_have():
    values = {"Telefonat": "recruiting_call", "Kundenruf": "marketing_call"}
    base = document(replace(DECIDED, values=values))
    later = replace(DECIDED, values={"Telefonat": "recruiting_call"}, outcomes={"weg": "nobody"})
    line = "16.03.2026;;Desk 01;Kundenruf;weg;;Example Metal Works;Casey Client"
    assert activities(mapped(later, file_of(line), base)) == ["call_attempt"]


def test_a_zone_of_an_own_layout_can_be_taken_back_and_those_of_a_known_export_stay():
    base = document(replace(DECIDED, zone="UTC"))
    assert document(replace(DECIDED, zone="UTC"), base)["zones"] == {"occurred_at": "UTC"}
    assert "zones" not in document(DECIDED, base)
    zoned = next(one for one in shipped_documents().values() if one.get("zones", {}).get("occurred_at"))
    kept = document(replace(DECIDED, columns={**DECIDED.columns}), zoned | {"shape": "activity"})
    assert kept["zones"]["occurred_at"] == zoned["zones"]["occurred_at"]
