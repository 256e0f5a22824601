"""Scores of surveys: which scale a header, a cell or a person names, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loaders import Options, load
from loaders.inspection import inspect
from loaders.layout import shipped_documents
from loaders.mapping import document
from loaders.reading import read_raw
from loaders.refusal import RefusedError
from loaders.scores import OURS, Read, Scale, read_cell, scale_of, scores

HEADERS = "Survey Date,Contractor,Client,Recruiter"
FIVE = Scale(1, 5)


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("Rating (1-5)", FIVE),
        ("Score 1 to 5", FIVE),
        ("Score out of 5", FIVE),
        ("How was it? (1 = not at all, 5 = very)", FIVE),
        ("Note (1 bis 5)", FIVE),
        ("1-7", Scale(1, 7)),
        ("Score (0-10)", OURS),
        ("Rating 1-10", Scale(1, 10)),
        ("NPS", OURS),
        ("How likely are you to recommend us?", OURS),
        ("CSAT %", Scale(0, 100)),
        ("Score", None),
        ("Score 2026-10-05", None),
        ("Question 15", None),
    ],
)
def test_a_text_names_a_scale_or_none(text, scale):
    assert scale_of(text) == scale


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("4", Read(4, None)),
        ("4,5", Read(4.5, None)),
        ("4/5", Read(4, FIVE)),
        ("4 out of 5", Read(4, FIVE)),
        ("80 %", Read(80, Scale(0, 100))),
        ("5 - Very satisfied", Read(5, None)),
        ("4 stars", Read(4, None)),
        ("-3", Read(-3, None)),
        ("Very satisfied", None),
        ("4 or 5", None),
        ("2026-10-05", None),
    ],
)
def test_a_cell_is_a_score_with_its_own_scale_or_none(cell, read):
    assert read_cell(cell) == read


def test_the_ends_of_a_scale_are_the_ends_of_ours_and_one_that_ends_at_ten_stays():
    assert [FIVE.told(score) for score in (1, 2, 3, 4, 5)] == [0, 2.5, 5, 7.5, 10]
    assert Scale(0, 100).told(80) == 8
    assert Scale(1, 10).told(1) == 1


def test_a_scale_that_was_told_goes_before_the_header_and_the_cell_before_both():
    assert scores(["4", "8/10"], "Score (0-10)", "1-5", [1, 1]) == ([7.5, 8], FIVE)


def test_one_cell_that_names_its_scale_speaks_for_those_that_do_not():
    assert scores(["4/5", "2"], "Score", "", [1, 1])[0] == [7.5, 2.5]


def test_low_scores_of_which_nothing_says_the_scale_are_asked_about():
    with pytest.raises(RefusedError) as error:
        scores(["4", "5"], "Score", "", [3, 1])
    assert error.value.refusal.code == "score_scale_unknown"
    assert "4 scores, from 4 to 5" in error.value.refusal.reason
    assert "--score-scale 1-5" in error.value.refusal.fix


def test_one_score_above_five_shows_that_they_stand_as_they_are():
    assert scores(["4", "6"], "Score", "", [3, 1]) == ([4, 6], OURS)


def test_scores_that_answer_no_survey_are_never_asked_about():
    assert scores(["4", "5"], "Rating", "", [0, 0])[0] == [4, 5]


def loaded(header: str, *given: str, **options: str):
    rows = [f"2026-10-0{day},Avery Sample,Example Bakery,Desk 01,{score}" for day, score in enumerate(given, 1)]
    return load("\n".join([f"{HEADERS},{header}", *rows]).encode(), "survey.csv", Options(**options))


def test_a_file_is_read_once_the_scale_is_told_and_says_how():
    assert loaded("Score", "4", "2").report.refused.code == "score_scale_unknown"
    found = loaded("Score", "4", "2", score_scale="1-5")
    assert found.frame["score"].tolist() == [7.5, 2.5]
    assert any("from 1 to 5 and are kept from 0 to 10: 1 as 0" in warning for warning in found.report.warnings)


def test_a_score_beyond_the_scale_is_to_be_mended():
    found = loaded("Rating (1-5)", "4", "7")
    assert [problem.code for problem in found.report.problems] == ["score_out_of_range"]
    assert found.report.accepted == 1


def test_a_rating_in_a_log_of_calls_asks_nobody_about_scales():
    log = b"Date,Recruiter,Type,Candidate,Rating\n2026-10-01,Desk 01,Recruiting call,Avery Sample,4\n"
    assert load(log, "log.csv", Options()).report.accepted == 1


def test_the_own_format_counts_from_0_to_10_as_it_says():
    log = b"occurred_at,desk,activity,candidate,score\n2026-10-01,Desk 01,survey,Avery Sample,4\n"
    assert load(log, "own.csv", Options()).frame["score"].tolist() == [4]


def test_a_scale_that_was_decided_stays_in_the_layout():
    text = f"{HEADERS},Score\n2026-10-01,Avery Sample,Example Bakery,Desk 01,4\n".encode()
    raw = read_raw(text, "survey.csv")
    decided = replace(inspect(raw, Options()).decisions, name="mine", score_scale="1-5")
    written = document(decided, shipped_documents()["survey_scores"])
    assert written["score_scale"] == "1-5"
    assert load(raw, "survey.csv", Options(mapping=written)).frame["score"].tolist() == [7.5]


def test_a_layout_with_a_scale_that_is_none_is_refused():
    mapping = {"name": "x", "shape": "wide", "score_scale": "good", "columns": {}, "stages": []}
    report = load(f"{HEADERS},Score\n".encode(), "survey.csv", Options(mapping=mapping)).report
    assert (report.refused.code, '"score_scale" must be a scale' in report.refused.reason) == ("mapping_invalid", True)
