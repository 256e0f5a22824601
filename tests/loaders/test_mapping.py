"""Decisions become a layout: the same rows from memory and from a file, this week and next."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli import app
from loaders import Loaded, Options, RefusedError, load, read_raw
from loaders.inspection import inspect
from loaders.layout import shipped_documents
from loaders.mapping import MEANINGS, OUTCOME_MEANINGS, Decisions, check, document, to_toml
from store import History

FILES = Path(__file__).parent / "files"

#: A file no layout knows: every word in it is the firm's own.
HEADER = "Zeit;Uhr;Wer;Was;Ergebnis;Talent;Firma;Ansprechpartner"
LINES = (
    "02.03.2026;09:40;Desk 01;Telefonat;niemand;Avery Sample;;",
    "02.03.2026;09:50;Desk 01;Telefonat;ja;Avery Sample;;",
    "02.03.2026;10:30;Desk 02;Telefonat;;;Example Metal Works;Casey Client",
    "03.03.2026;08:00;Desk 02;Robot;;;;",
    "13.03.2026;11:00;Desk 01;Profil raus;;Avery Sample;Example Metal Works;",
    "16.03.2026;12:00;Desk 01;Sonst;;Avery Sample;;",
)
DECIDED = Decisions(
    name="weekly list",
    title="Our weekly list",
    columns={
        "occurred_at": ("Zeit", "Uhr"),
        "desk": ("Wer",),
        "activity": ("Was",),
        "outcome": ("Ergebnis",),
        "candidate": ("Talent",),
        "client": ("Firma",),
        "contact": ("Ansprechpartner",),
    },
    values={"Telefonat": "call", "Robot": "ignore", "Profil raus": "presentation", "Sonst": ""},
    outcomes={"niemand": "nobody", "ja": "interested"},
)


def file_of(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines]).encode()


def mapped(decisions: Decisions, data: bytes = file_of(*LINES), base: dict | None = None, **options: object) -> Loaded:
    return load(data, "weekly.csv", Options(mapping=document(decisions, base), **options))


def activities(loaded: Loaded) -> list[str]:
    assert loaded.report.refused is None, loaded.report.refused
    return loaded.frame["activity"].tolist()


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


# --- laid over a known layout ----------------------------------------------------------------------------------------

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
