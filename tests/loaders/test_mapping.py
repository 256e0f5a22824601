"""Decisions become a layout: the same rows from memory and from a file, this week and next."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from decided import DECIDED, HEADER, LINES, activities, file_of, mapped
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli import app
from loaders import Options, RefusedError, load
from loaders.mapping import MEANINGS, OUTCOME_MEANINGS, Decisions, check, document, to_toml
from store import History


def test_everything_decided_is_written_out_and_what_is_open_stays_unmapped():
    loaded = mapped(DECIDED)
    report = loaded.report
    assert activities(loaded) == ["call_attempt", "recruiting_call", "marketing_call", "presentation"]
    assert (report.accepted, report.ignored, report.unmapped) == (4, 1, 1)
    assert report.unmapped_values == {"Sonst": 1}
    assert report.ignored_rows == {"not an activity": 1}
    assert loaded.frame["outcome"].tolist()[1] == "interested"
    assert loaded.frame["occurred_at"][0] == pd.Timestamp("2026-03-02 09:40")


def test_the_document_speaks_of_the_files_own_headers_and_words():
    written = document(DECIDED)
    assert written["columns"]["occurred_at"] == [["Zeit", "Uhr"]]
    assert written["columns"]["desk"] == ["Wer"]
    assert written["require"] == [*DECIDED.columns]
    assert written["ignore"] == [{"reason": "not an activity", "when": {"activity": ["Robot"]}}]
    assert [rule["give"] for rule in written["activities"]] == [
        ["call_attempt"],
        ["recruiting_call"],
        ["marketing_call"],
        ["marketing_call"],
        ["conversation"],
        [{"activity": "presentation"}],
    ]
    assert written["activities"][0]["when"]["outcome"][0] == "niemand"
    assert "Sonst" not in json.dumps(written)


def test_the_same_rows_come_from_memory_from_the_text_and_from_a_file(tmp_path: Path):
    path = tmp_path / "weekly.toml"
    path.write_text(to_toml(document(DECIDED)), encoding="utf-8")
    expected = mapped(DECIDED).frame
    for mapping in (tomllib.loads(to_toml(document(DECIDED))), path):
        pd.testing.assert_frame_equal(load(file_of(*LINES), "x.csv", Options(mapping=mapping)).frame, expected)


def test_the_command_line_stores_the_rows_that_the_screen_stores(tmp_path: Path):
    (tmp_path / "weekly.toml").write_text(to_toml(document(DECIDED)), encoding="utf-8")
    (tmp_path / "weekly.csv").write_bytes(file_of(*LINES))
    arguments = ["import", str(tmp_path / "weekly.csv"), "--mapping", str(tmp_path / "weekly.toml")]
    result = CliRunner().invoke(app, [*arguments, "--store", str(tmp_path / "store")])
    assert result.exit_code == 0, result.output
    stored = History(tmp_path / "store").log().df().sort_values("source_row").reset_index(drop=True)
    expected = mapped(DECIDED).frame
    for name in ("activity_id", "occurred_at", "desk", "activity", "candidate", "client", "contact", "outcome"):
        assert stored[name].fillna("").tolist() == expected[name].fillna("").tolist()


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(len(LINES))), st.permutations(range(len(HEADER.split(";")))))
def test_neither_the_order_of_rows_nor_of_columns_changes_the_log(rows, columns):
    def turned(line: str) -> str:
        return ";".join(line.split(";")[column] for column in columns)

    data = file_of(*(turned(LINES[row]) for row in rows), header=turned(HEADER))
    found, expected = mapped(DECIDED, data).frame, mapped(DECIDED).frame
    order = ["activity_id"]
    without = [name for name in found if name != "source_row"]
    pd.testing.assert_frame_equal(
        found.sort_values(order)[without].reset_index(drop=True),
        expected.sort_values(order)[without].reset_index(drop=True),
    )


def test_a_new_value_next_week_is_unmapped_and_shown():
    loaded = mapped(DECIDED, file_of(*LINES, "17.03.2026;12:00;Desk 01;Neues Wort;;Avery Sample;;"))
    assert loaded.report.unmapped_values == {"Neues Wort": 1, "Sonst": 1}
    assert len(loaded.frame) == 4


def test_a_word_for_nobody_that_was_not_in_the_first_file_still_makes_an_attempt():
    loaded = mapped(DECIDED, file_of(*LINES, "17.03.2026;12:00;Desk 01;Telefonat;No Answer;Avery Sample;;"))
    assert activities(loaded)[-1] == "call_attempt"


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ("named", ["call_attempt", "recruiting_call", "marketing_call"]),
        ("candidate", ["call_attempt", "recruiting_call", "recruiting_call"]),
        ("client", ["call_attempt", "marketing_call", "marketing_call"]),
        ("open", ["call_attempt", "conversation", "conversation"]),
    ],
)
def test_whose_side_calls_are_on_is_as_decided_and_nobody_reached_stays_an_attempt(calls, expected):
    assert activities(mapped(replace(DECIDED, calls=calls)))[:3] == expected


def test_a_column_with_the_side_goes_before_the_names():
    columns = {**DECIDED.columns, "party": ("Seite",)}
    data = file_of(
        "02.03.2026;09:40;Desk 01;Telefonat;;Avery Sample;;;Client",
        "13.03.2026;09:41;Desk 01;Telefonat;;Avery Sample;;;Applicant",
        "13.03.2026;09:42;Desk 01;Telefonat;;;;;",
        header=f"{HEADER};Seite",
    )
    expected = ["marketing_call", "recruiting_call", "conversation"]
    assert activities(mapped(replace(DECIDED, columns=columns), data)) == expected


def test_a_call_named_by_its_value_is_an_attempt_too_where_nobody_was_reached():
    values = {"Telefonat": "recruiting_call", "Profil raus": "presentation"}
    assert activities(mapped(replace(DECIDED, values=values)))[:2] == ["call_attempt", "recruiting_call"]


def test_a_word_to_be_kept_as_it_is_written_is_not_translated():
    data = file_of("13.03.2026;09:50;Desk 01;Telefonat;Yes;Avery Sample;;")
    assert mapped(DECIDED, data).frame["outcome"].tolist() == ["interested"]
    kept = mapped(replace(DECIDED, outcomes={"Yes": ""}), data)
    assert kept.frame["outcome"].tolist() == ["Yes"]
    assert not [text for text in kept.report.warnings if "kept as written" in text]


def test_an_outcome_means_the_same_for_every_activity_that_has_it():
    decided = replace(DECIDED, values={"Termin": "send_out", "Auftrag weg": "contract_closed"})
    decided = replace(decided, outcomes={"abgesagt": "cancelled"})
    data = file_of(
        "13.03.2026;09:50;Desk 01;Termin;abgesagt;Avery Sample;;",
        "13.03.2026;09:51;Desk 01;Auftrag weg;abgesagt;;Example Metal Works;",
    )
    assert mapped(decided, data).frame["outcome"].tolist() == ["cancelled", "cancelled"]


def test_blank_cells_date_order_and_zone_are_part_of_the_layout():
    decided = replace(DECIDED, fill_down=("desk",), day_first=True, zone="UTC")
    data = file_of("03.04.2026;12:00;Desk 07;Telefonat;;Avery Sample;;", "04.05.2026;12:00;;Telefonat;;Avery Sample;;")
    loaded = mapped(decided, data, time_zone="America/Chicago")
    assert loaded.frame["desk"].tolist() == ["Desk 07", "Desk 07"]
    assert loaded.frame["occurred_at"].tolist() == [pd.Timestamp("2026-04-03 07:00"), pd.Timestamp("2026-05-04 07:00")]


def test_every_meaning_makes_a_layout_that_is_sound():
    for meaning in MEANINGS:
        layout = check(document(replace(DECIDED, values={"x": meaning, "y": "fill"})))
        assert layout.name == "weekly list"
    for outcome in OUTCOME_MEANINGS:
        assert check(document(replace(DECIDED, outcomes={"x": outcome}))).title == "Our weekly list"


def test_a_meaning_with_a_detail_gives_it():
    values = {"Telefonat": "touch:email", "Robot": "end:quit", "Profil raus": "prep:client", "Sonst": "debrief"}
    frame = mapped(replace(DECIDED, values=values)).frame
    assert frame["activity"].tolist() == ["touch", "touch", "touch", "end", "prep", "debrief"]
    assert frame["channel"].tolist()[0] == "email"
    assert frame["outcome"].tolist()[3] == "quit"
    assert frame["party"].tolist()[4] == "client"


WIDE = Decisions(
    name="tracker",
    shape="wide",
    columns={
        "desk": ("Recruiter",),
        "candidate": ("First", "Last"),
        "date:send_out": ("Round 1", "Round 2"),
        "date:end:quit": ("Left us",),
    },
)


def test_a_wide_file_has_one_stage_for_every_date_column():
    data = b"Recruiter,First,Last,Round 1,Round 2,Left us\nDesk 01,Avery,Sample,2026-03-02,2026-03-09,\n"
    assert [stage["columns"] for stage in document(WIDE)["stages"]] == [["Round 1"], ["Round 2"], ["Left us"]]
    frame = mapped(WIDE, data).frame
    assert frame["activity"].tolist() == ["send_out", "send_out"]
    assert frame["candidate"].tolist() == ["Avery Sample", "Avery Sample"]
    gone = mapped(WIDE, data.replace(b"2026-03-09,", b",2026-04-01")).frame
    assert gone["outcome"].tolist()[1] == "quit"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"columns": {**DECIDED.columns, "candidate": ("Phone",)}}, "column_personal"),
        ({"columns": {**DECIDED.columns, "occurred_at": ()}}, "no_date_column"),
        ({"columns": {"occurred_at": ("Zeit",)}}, "no_activity_column"),
        ({"values": {"Robot": "ignore", "Sonst": ""}}, "no_known_activity"),
        ({"shape": "wide"}, "no_date_column"),
    ],
)
def test_what_cannot_be_a_layout_yet_is_said(changes, code):
    with pytest.raises(RefusedError) as caught:
        document(replace(DECIDED, **changes))
    assert caught.value.refusal.code == code
