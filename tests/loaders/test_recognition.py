"""Which layout a file has: scores with reasons, saved layouts first, ties and weak matches said aloud."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from loaders import Loaded, Options, load
from loaders.mapping import Decisions, document

FILES = Path(__file__).parent / "files"

LIST = b"When,Recruiter,What we did,Talent,Remark\n2026-03-02,Desk 01,Rang up,Avery Sample,hm\n"
SAVED = document(
    Decisions(
        name="our_list",
        title="Our list",
        columns={
            "occurred_at": ("When",),
            "desk": ("Recruiter",),
            "activity": ("What we did",),
            "candidate": ("Talent",),
            "notes": ("Remark",),
        },
        values={"Rang up": "call"},
    )
)


def loaded(data: bytes, *own: dict, **options: object) -> Loaded:
    return load(data, "list.csv", Options(own=own, **options))


def warned(result: Loaded, words: str) -> list[str]:
    return [text for text in result.report.warnings if words in text]


def test_a_saved_layout_is_recognised_first_and_named():
    report = loaded(LIST, SAVED).report
    assert (report.layout, report.layout_title, report.accepted) == ("our_list", "Our list", 1)
    assert report.reason == "your layout Our list: 5 of 5 columns; 1 of 1 values known"
    assert report.candidates[0].layout == "our_list"
    assert not warned(loaded(LIST, SAVED), "Your layout")


def test_a_saved_layout_goes_before_a_shipped_one_that_fits_as_well():
    data = (FILES / "bullhorn.csv").read_bytes()
    plain = loaded(data).report
    headers = {use.field: (use.header,) for use in plain.columns if use.field in ("occurred_at", "desk", "activity")}
    own = document(Decisions(name="mine", columns=headers, values={"Prescreen": "note"}))
    assert plain.layout == "bullhorn_notes"
    assert loaded(data, own).report.layout == "mine"
    assert loaded(data, own, layout="bullhorn_notes").report.layout == "bullhorn_notes"


def test_a_saved_layout_can_be_asked_for_by_its_name_and_goes_before_a_shipped_one_of_that_name():
    assert loaded(LIST, SAVED, layout="our_list").report.layout_title == "Our list"
    own = {**SAVED, "name": "touchline", "title": "Ours"}
    assert loaded(LIST, own, layout="touchline").report.layout_title == "Ours"
    missing = loaded(LIST, SAVED, layout="our_lst").report.refused
    assert (missing.code, 'Did you mean "our_list"?' in missing.reason) == ("layout_unknown", True)


def test_a_renamed_column_keeps_a_saved_layout_from_being_used_and_is_named():
    renamed = LIST.replace(b"Talent", b"Applicant").replace(b"What we did", b"Type").replace(b"Rang up", b"Prescreen")
    report = loaded(renamed, SAVED).report
    assert report.layout == "matched"
    assert warned(
        loaded(renamed, SAVED), 'Your layout Our list was not used: the file has no column "What we did", "Talent".'
    )
    near = next(one for one in report.candidates if one.layout == "our_list")
    assert near.score == 0.25
    assert near.reason == 'resembles Our list, but has no column "What we did", "Talent"'


def test_a_file_that_has_little_of_a_saved_layout_says_nothing_about_it():
    other = b"When,Recruiter,Type,Applicant\n2026-03-02,Desk 01,Prescreen,Avery Sample\n"
    own = {**SAVED, "columns": {**SAVED["columns"], "desk": ["Wer"], "occurred_at": ["Wann"]}}
    assert loaded(other, own).report.layout == "matched"
    assert not warned(loaded(other, own), "Our list")


def test_a_column_a_saved_layout_can_do_without_is_said_to_be_missing():
    result = loaded(b"\n".join(line.rpartition(b",")[0] for line in LIST.splitlines()), SAVED)
    assert result.report.layout == "our_list"
    assert warned(result, 'Your layout Our list finds no column "Remark" in this file.')


def test_a_saved_layout_with_a_mistake_is_left_out_with_the_reason():
    broken = {**SAVED, "shap": "wide"}
    result = loaded(b"When,Recruiter,Type\n2026-03-02,Desk 01,Prescreen\n", broken)
    assert result.report.layout == "matched"
    assert warned(result, "Your layout our_list was not used. The mapping our_list cannot be used")


def test_two_saved_layouts_that_fit_as_well_are_not_guessed_between():
    other = {**SAVED, "name": "second", "title": "Second list"}
    report = loaded(LIST, SAVED, other).report
    assert report.refused.code == "ambiguous_layout"
    assert [(one.layout, one.score) for one in report.candidates[:2]] == [("our_list", 1.0), ("second", 1.0)]
    assert loaded(LIST, SAVED, other, layout="second").report.layout == "second"


def test_the_score_is_the_mean_of_columns_used_values_known_and_rows_complete():
    data = (
        b"When,Recruiter,Type,Odd,Odder\n2026-03-02,Desk 01,Prescreen,,\n2026-03-03,,Prescreen,,\n"
        b"2026-03-04,Desk 01,Prescreen,,\n2026-03-05,Desk 01,Huh,,\n"
    )
    best = loaded(data).report.candidates[0]
    assert best.layout == "matched"
    assert best.reason == "matched by names and words: 3 of 5 columns; 1 of 2 values known"
    assert best.score == round((3 / 5 + 1 / 2 + 3 / 4) / 3, 3)


@pytest.mark.parametrize("order", [1, -1])
def test_candidates_do_not_depend_on_the_order_of_rows(order):
    header, *lines = (FILES / "bullhorn.csv").read_bytes().splitlines()
    expected = loaded((FILES / "bullhorn.csv").read_bytes()).report.candidates
    assert loaded(b"\n".join([header, *lines[::order]])).report.candidates == expected
    assert [one.score for one in expected] == sorted((one.score for one in expected), reverse=True)
    assert all(0 <= one.score <= 1 for one in expected)


def test_a_tie_between_shipped_layouts_is_refused_with_both():
    report = load(FILES / "layouts_that_tie.csv", "x.csv", Options(desk="Desk 01")).report
    assert report.refused.code == "ambiguous_layout"
    assert report.candidates[0].score == report.candidates[1].score
    for one in report.candidates[:2]:
        assert f'"{one.layout}"' in report.refused.fix


def test_a_weak_match_says_so_and_one_that_was_asked_for_does_not():
    data = b"When,Recruiter,Type\n" + b"".join(
        f"2026-03-0{day},Desk 01,{value}\n".encode() for day, value in enumerate(["Prescreen", "Huh", "Oh"], 1)
    )
    assert warned(loaded(data), "weak match: by words only, 1 of 3 values known.")
    assert not warned(loaded(data, layout="matched"), "weak match")
    known = data.replace(b"Huh", b"Prescreen")
    assert not warned(loaded(known), "weak match")


def test_an_unknown_file_names_the_known_layouts_it_resembles():
    data = b"Date Added,Author,Comments,Candidates,Client Contacts\n2026-03-02,Desk 01,hm,Avery Sample,\n"
    report = loaded(data).report
    assert report.refused is not None
    near = next(one for one in report.candidates if one.layout == "bullhorn_notes")
    assert near.score == round(0.5 * 2 / 3, 3)
    assert near.reason == 'resembles Bullhorn notes, but has no column "Action"'


def test_a_saved_layout_of_a_wide_file_says_which_date_is_missing():
    columns = {"desk": ("Recruiter",), "candidate": ("Talent",)}
    columns |= {"date:interview": ("Met",), "date:send_out": ("Went",), "date:fill": ("Got it",)}
    own = document(Decisions(name="tracker", title="Tracker", shape="wide", columns=columns))
    data = b"Recruiter,Talent,Met,Went,Got the job\nDesk 01,Avery Sample,2026-03-02,2026-03-09,2026-03-20\n"
    result = loaded(data, own)
    assert (result.report.layout, len(result.frame)) == ("tracker", 2)
    assert warned(result, 'Your layout Tracker finds no column "Got it" in this file.')
    whole = loaded(data.replace(b"Got the job", b"Got it"), own)
    assert not warned(whole, "Your layout")
    assert replace(whole.report, name="") != whole.report
