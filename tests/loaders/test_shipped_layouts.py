"""The layouts that come with the product: each recognises its own file, says what it rests on, and fights no other."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from loaders import LoadReport, Options, load
from loaders.layout import shipped_layouts
from loaders.match import KNOWN_EXPORT
from quality.vocabulary import ACTIVITIES

FILES = Path(__file__).parent / "files"
EXPECTED = ".expected.json"
LAYOUTS = shipped_layouts()
#: General shapes and our own two: everything else is the documented export of one system.
GENERAL = (
    *("matched", "stage_history", "wide_candidate", "assignment_roster", "placement_list", "client_survey"),
    *("roster", "touchline"),
)
DOCUMENTED = sorted(set(LAYOUTS) - set(GENERAL))
EMPLOYERS = ("smartrecruiters", "greenhouse", "lever", "frappe", "clearcompany", "personio")
PHONES = ("ringcentral_calls", "aircall_calls", "dialpad_calls")


@cache
def expectations() -> dict[str, dict]:
    """File -> what must become of it, for files that are recognised without being told."""
    found = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in FILES.glob(f"*{EXPECTED}")}
    told = ("layout", "mapping")
    return {
        name.removesuffix(EXPECTED): one for name, one in found.items() if not set(told) & set(one.get("options", {}))
    }


@cache
def report_of(file: str) -> LoadReport:
    return load(FILES / file, file, Options(**expectations()[file].get("options", {}))).report


def files_of(layout: str) -> list[str]:
    return sorted(file for file, one in expectations().items() if one["layout"] == layout)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_shipped_layout_has_a_file_of_its_own_that_leads_to_rows(layout):
    assert files_of(layout)
    assert any(expectations()[file]["accepted"] for file in files_of(layout))


@pytest.mark.parametrize("layout", DOCUMENTED)
def test_a_documented_export_is_recognised_before_all_others_with_the_reason(layout):
    for file in files_of(layout):
        report = report_of(file)
        assert (report.layout, report.candidates[0].layout) == (layout, layout)
        assert report.reason.startswith(f"looks like {LAYOUTS[layout].title}: ")
        assert " columns" in report.reason


@pytest.mark.parametrize("layout", DOCUMENTED)
def test_no_other_documented_export_fits_and_one_that_nearly_does_says_what_it_lacks(layout):
    others = [one for file in files_of(layout) for one in report_of(file).candidates if one.layout != layout]
    for one in others:
        if one.layout in DOCUMENTED:
            assert one.score < 0.5, one
            assert "has no column" in one.reason


def test_general_shapes_stand_back_behind_every_documented_export():
    assert {name for name, layout in LAYOUTS.items() if layout.priority < KNOWN_EXPORT} == set(GENERAL) - {"touchline"}


@pytest.mark.parametrize("layout", DOCUMENTED)
def test_a_documented_export_says_what_it_rests_on_and_warns(layout):
    assert LAYOUTS[layout].evidence.endswith(".")
    assert all(warning.endswith(".") for warning in LAYOUTS[layout].warnings)
    assert LAYOUTS[layout].warnings
    for file in files_of(layout):
        assert set(LAYOUTS[layout].warnings) <= set(report_of(file).warnings)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_gives_only_activities_and_outcomes_we_know(layout):
    rules = [give for rule in LAYOUTS[layout].rules for give in rule.give]
    for give in [*rules, *(give for stage in LAYOUTS[layout].stages for give in stage.give)]:
        assert give.activity in ACTIVITIES
        assert give.outcome is None or give.outcome in ACTIVITIES[give.activity].outcomes
    for activity, words in LAYOUTS[layout].outcomes.items():
        assert set(words.values()) <= set(ACTIVITIES[activity].outcomes)


@pytest.mark.parametrize("layout", PHONES)
def test_a_phone_log_knows_connections_and_attempts_and_no_side(layout):
    assert {give.activity for rule in LAYOUTS[layout].rules for give in rule.give} == {"conversation", "call_attempt"}
    assert "whose side" in " ".join(LAYOUTS[layout].warnings)


@pytest.mark.parametrize("layout", [name for name in DOCUMENTED if name.startswith(EMPLOYERS)])
def test_an_employers_system_knows_no_client_and_no_order(layout):
    rules = [give for rule in LAYOUTS[layout].rules for give in rule.give]
    gives = {give.activity for give in [*rules, *(give for stage in LAYOUTS[layout].stages for give in stage.give)]}
    assert gives & {"marketing_call", "contract", "contract_closed", "presentation"} == set()
    assert "client" not in LAYOUTS[layout].columns
    assert "no client" in " ".join(LAYOUTS[layout].warnings)


def test_the_same_word_means_another_thing_in_another_system():
    meant = {
        name: {give.activity for rule in LAYOUTS[name].rules if "send out" in rule.words for give in rule.give}
        for name in ("bullhorn_notes", "bullhorn_for_salesforce")
    }
    assert meant == {"bullhorn_notes": {"presentation"}, "bullhorn_for_salesforce": {"interview", "send_out"}}


def test_a_mended_reason_replaces_the_end_known_before():
    header = "id,status,dateAdded,dateBegin,dateEnd,terminationReason,candidate,owner\n"
    row = "31,Terminated,2026-01-05,2026-01-12,2026-02-02,{},Avery Sample,Desk 01\n"
    first, second = (load((header + row.format(text)).encode(), "p.csv", Options()).frame for text in ("Late", "Quit"))
    assert first["outcome"].fillna("").tolist() == ["", "", "terminated"]
    assert second["outcome"].fillna("").tolist() == ["", "", "quit"]
    assert first["activity_id"].tolist() == second["activity_id"].tolist()


def test_the_identity_of_a_stage_does_not_depend_on_which_columns_the_file_has():
    few = b"Candidate,Recruiter,2nd Interview,Placed\nAvery Sample,D,2026-03-12,2026-03-14\n"
    more = b"Candidate,Recruiter,1st Interview,2nd Interview,Placed\nAvery Sample,D,2026-03-09,2026-03-12,2026-03-14\n"
    first, second = (load(content, "w.csv", Options()).frame for content in (few, more))
    assert len(set(first["activity_id"]) & set(second["activity_id"])) == 2


def test_of_two_stages_that_would_make_the_same_of_one_column_the_first_holds():
    mapping = {
        "name": "mine",
        "shape": "wide",
        "columns": {"desk": ["Who"], "candidate": ["Name"]},
        "helpers": {"state": ["State"]},
        "stages": [
            {"columns": ["Left"], "when": {"state": ["Quit"]}, "give": [{"activity": "end", "outcome": "quit"}]},
            {"columns": ["Left"], "when": {"state": "filled"}, "give": [{"activity": "end", "outcome": "other"}]},
        ],
    }
    content = b"Who,Name,State,Left\nD,Avery Sample,Quit,2026-03-02\nD,Blake Sample,Moved,2026-03-03\n"
    frame = load(content, "l.csv", Options(mapping=mapping)).frame
    assert frame["outcome"].tolist() == ["quit", "other"]


def test_a_row_whose_joined_cells_are_all_empty_stays_a_row():
    content = b"Date,First Name,Last Name,Regarding,Activity,Notes,Entered By\n"
    content += b"2026-03-02 09:00:00,,,General,Meeting,,D\n2026-03-02 10:00:00,Avery,,General,Meeting,,D\n"
    frame = load(content, "o.csv", Options()).frame
    assert frame["candidate"].fillna("").tolist() == ["", "Avery"]


def test_subtotals_in_the_column_of_activities_do_not_make_a_match_weak():
    report = report_of("bullhorn_cognos_utf16.csv")
    assert "2 of 2 values known" in report.reason
    assert not any("weak match" in warning for warning in report.warnings)
