"""What a layout may say about values: durations with their unit, amounts, parts of a text."""

from __future__ import annotations

from typing import Any

import pytest

from loaders import Loaded, Options, load
from loaders.quantities import to_seconds


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("90000", "milliseconds", 90),
        ("90", "seconds", 90),
        ("1.5", "minutes", 90),
        ("1,5", "minutes", 90),
        ("0.5", "hours", 1800),
        ("0:01:30", "clock", 90),
        ("1:30", "clock", 90),
        ("75:00", "clock", 4500),
        ("30:00:00", "clock", 108_000),
        ("0", "clock", 0),
        ("0:01:30", "seconds", 90),
        ("3 minutes 33 seconds", "seconds", 213),
        ("1h 02m", "minutes", 3720),
        ("5 min", "seconds", 300),
        ("45", "number", 45),
        ("45k", "seconds", None),
        ("1:30", "minutes", None),
        ("45", "clock", None),
        ("-5", "seconds", None),
        ("1:75", "clock", None),
        ("long", "clock", None),
        (",", "seconds", None),
        ("", "seconds", None),
    ],
)
def test_a_duration_is_read_in_its_unit_or_not_at_all(text, unit, seconds):
    assert to_seconds(text, unit) == seconds


OWN: dict[str, Any] = {
    "name": "phone",
    "columns": {"occurred_at": ["When"], "desk": ["Who"], "activity": ["What"]},
    "helpers": {"talk": ["Talk"]},
    "durations": {"talk": "minutes"},
    "activities": [
        {"values": ["out"], "when": {"talk": {"at_least": 60}}, "give": ["conversation"]},
        {"values": ["out"], "when": {"talk": {"below": 60}}, "give": ["call_attempt"]},
        {"values": ["out"], "give": ["note"]},
    ],
}


def loaded(*rows: str, mapping: dict[str, Any] = OWN, header: str = "When,Who,What,Talk") -> Loaded:
    lines = (header, *(f"2026-03-02 09:{n:02},D,{row}" for n, row in enumerate(rows)), "")
    return load("\n".join(lines).encode(), "f.csv", Options(mapping=mapping))


def test_a_call_is_told_by_its_length_in_seconds_whatever_the_unit():
    result = loaded("out,1", "out,0.98", "out,2.5", "out,", "out,45k")
    assert result.frame["activity"].tolist() == ["conversation", "call_attempt", "conversation", "note", "note"]


def test_durations_nobody_can_read_count_as_blank_and_are_named():
    said = '2 durations in "Talk" cannot be read and count as blank: "45k".'
    assert loaded("out,45k", "out,45k", "out,0.5", "out,").report.warnings == (said,)
    assert loaded("out,0.5").report.warnings == ()


def test_a_file_without_the_column_has_no_durations():
    result = loaded("out", header="When,Who,What")
    assert (result.frame["activity"].tolist(), result.report.warnings) == (["note"], ())


def test_a_column_without_a_unit_is_compared_as_a_plain_number():
    mapping = OWN | {"durations": {}}
    result = loaded("out,60", "out,59.5", "out,many", mapping=mapping)
    assert result.frame["activity"].tolist() == ["conversation", "call_attempt", "note"]


def test_contains_looks_for_any_of_the_words_within_the_text_in_any_case():
    when = {"talk": {"contains": ["interview", "screen"]}}
    mapping = OWN | {"activities": [{"values": ["x"], "when": when, "give": ["interview"]}, *OWN["activities"]]}
    result = loaded("x,2nd INTERVIEW on site", "x,Phone Screen", "out,interview", mapping=mapping)
    assert result.frame["activity"].tolist() == ["interview", "interview", "note"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"durations": {"talk": "fortnights"}}, '"talk" must be one of milliseconds, seconds, minutes, hours, clock'),
        ({"durations": {"ring": "seconds"}}, '"durations" names the column "ring"'),
        ({"ignore": [{"reason": "r", "when": {"talk": {"at_least": "60"}}}]}, '"at_least" must be a number'),
        ({"ignore": [{"reason": "r", "when": {"talk": {"below": True}}}]}, '"below" must be a number'),
        ({"ignore": [{"reason": "r", "when": {"talk": {"contains": []}}}]}, '"contains" must be a list of texts'),
        ({"ignore": [{"reason": "r", "when": {"talk": {"above": 1}}}]}, '"above" in the condition on "talk"'),
    ],
)
def test_a_slip_in_these_is_named(change, reason):
    refusal = loaded("out,1", mapping=OWN | change).report.refused
    assert refusal.code == "mapping_invalid"
    assert reason in refusal.reason
