from __future__ import annotations

import pandas as pd
import pytest

from quality.catalogue import BY_NAME
from ui import cells


def row(**changes):
    plain = {
        "unit": "Desk 01",
        "ratio": "send_out_to_fill",
        "upstream": 42,
        "downstream": 7,
        "value": 6.0,
        "standard": 6.0,
        "fell_off": 1,
        "open": pd.NA,
        "verdict": "likely_below",
        "verdict_weeks": 13,
        "period_start": pd.Timestamp("2026-08-24"),
        "period_end": pd.Timestamp("2026-11-22"),
    }
    return plain | changes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "▽ likely below · 6.0 : 1 · 42 / 7"),
        ({"verdict": "meets"}, "▲ meets · 6.0 : 1 · 42 / 7"),
        ({"verdict": "unclear", "upstream": 7, "value": 1.0}, "○ unclear · 1.0 : 1 · 7 / 7"),
        ({"verdict_weeks": 26}, "▽ likely below, 26 weeks · 6.0 : 1 · 42 / 7"),
        ({"verdict_weeks": pd.NA}, "▽ likely below · 6.0 : 1 · 42 / 7"),
        ({"verdict": None}, "– 6.0 : 1 · 42 / 7"),
        ({"upstream": 14, "downstream": 0, "value": pd.NA}, "▽ likely below · no fills yet (14)"),
        ({"upstream": 0, "downstream": 3, "value": 0.0}, "– 3 fills, no send-outs"),
        ({"upstream": 0, "downstream": 0, "value": pd.NA}, "– nothing recorded"),
        ({"open": 4}, "▽ likely below · 6.0 : 1 · 42 / 7 · 4 open"),
        ({"open": 0}, "▽ likely below · 6.0 : 1 · 42 / 7"),
    ],
)
def test_a_cell_says_the_verdict_the_ratio_and_its_two_counts(changes, said):
    assert cells.cell(row(**changes), "activity") == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"low": 4.1, "high": 9.84}, "▽ likely below · 6.0 : 1 · 42 / 7 · 4.1 to 9.8"),
        ({"low": 4.1, "high": pd.NA}, "▽ likely below · 6.0 : 1 · 42 / 7 · 4.1 or more"),
        (
            {"upstream": 14, "downstream": 0, "value": pd.NA, "low": 5.5, "high": pd.NA},
            "▽ likely below · no fills yet (14)",
        ),
        ({"upstream": 0, "downstream": 3, "value": 0.0, "low": 0.0, "high": 0.9}, "– 3 fills, no send-outs"),
    ],
)
def test_a_cell_says_the_likely_range_behind_the_counts(changes, said):
    assert cells.cell(row(**changes), "activity", "Likely range") == said


def test_a_cell_breaks_between_its_parts_and_never_inside_one():
    pieces = cells.lines(row(verdict_weeks=26, low=4.1, high=9.84), "activity", "Likely range").split(" ")
    firm = [piece.replace(cells.FIRM, " ") for piece in pieces]
    assert firm == ["▽ likely below ·", "26 weeks ·", "6.0 : 1 · 42 / 7 ·", "4.1 to 9.8"]


APART = {"verdict_upstream": 92, "verdict_downstream": 13, "verdict_weeks": 26}


def test_a_verdict_of_other_counts_has_its_own_value_on_its_own_lines_and_no_colour():
    apart = row(**APART)
    assert cells.cell(apart, "activity") == "▽ likely below: 7.1 : 1 over 26 weeks · 6.0 : 1 · 42 / 7"
    pieces = [piece.replace(cells.FIRM, " ") for piece in cells.lines(apart, "activity").split(" ")]
    assert pieces == ["▽ likely below: 7.1 : 1", "over 26 weeks ·", "6.0 : 1 · 42 / 7"]
    assert cells.tone(apart) is None


def test_a_verdict_of_the_same_counts_colours_its_number():
    same = row(verdict_upstream=42, verdict_downstream=7)
    assert cells.cell(same, "activity") == "▽ likely below · 6.0 : 1 · 42 / 7"
    assert cells.tone(same) == "bad"


def test_a_verdict_of_other_counts_without_a_success_says_so():
    row_ = row(**APART | {"verdict_downstream": 0, "verdict_upstream": 60})
    assert cells.verdict_text(row_) == "▽ likely below: no fills yet (60) over 26 weeks"


def test_the_cohort_view_has_the_number_alone():
    found = row(verdict=None, upstream=44, downstream=3, value=44 / 3, open=4)
    assert cells.cell(found, "cohort") == "14.7 : 1 · 44 / 3 · 4 open"
    assert cells.lines(found, "cohort").split(" ")[1].replace(cells.FIRM, " ") == "4 open"
    assert cells.tone(found) is None
    assert cells.tone(found | {"upstream": 0}) == "unsure"


def test_the_tones_stand_in_the_order_of_the_cells():
    frame = pd.DataFrame([row(unit="Desk 02", verdict="meets"), row(), row(unit="Desk 03", **APART)])
    assert cells.tones(frame, ("send_out_to_fill",)) == {"Send-out to fill": ["good", "bad", None]}


def test_a_cell_without_a_verdict_breaks_wherever_it_must():
    assert cells.lines(row(upstream=0, value=0.0), "activity") == "– 7 fills, no send-outs"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "over 5 : 1"),
        ({"standard": 6.0}, "within 6 : 1"),
        ({"value": pd.NA}, "no ratio"),
        ({"value": 0.0}, "no ratio"),
        ({"value": 0.5}, "within 5 : 1; more of the second than of the first: is something not recorded?"),
    ],
)
def test_where_a_value_lies_is_a_plain_fact(changes, said):
    assert cells.standing(row(**{"standard": 5.0} | changes)) == said


def test_a_ratio_of_everybody_has_its_cell_and_range():
    shown = cells.ranges(pd.DataFrame([row(low=4.1, high=9.84)]), "Desk", "activity")
    assert shown.iloc[0].tolist() == [
        "Desk 01",
        "▽ likely below · 6.0 : 1 · 42 / 7",
        "likely between 4.1 and 9.8",
    ]


def test_the_table_begins_with_the_standards():
    shown = cells.table(
        pd.DataFrame([row(), row(unit="Desk 02")]), ("send_out_to_fill",), "Desk", "activity", "Both counts"
    )
    assert shown.columns.tolist() == ["Desk", "Send-out to fill"]
    assert shown["Desk"].tolist() == ["Standard", "Desk 01", "Desk 02"]
    assert shown["Send-out to fill"].iloc[0] == "6 : 1"


def test_standards_that_differ_stand_as_a_range_and_units_keep_their_order():
    rows = pd.DataFrame([row(unit="Desk 02", standard=5.0), row()])
    shown = cells.table(rows, ("send_out_to_fill",), "Desk", "activity", "Both counts")
    assert shown["Send-out to fill"].iloc[0] == "5 to 6 : 1"
    assert shown["Desk"].tolist() == ["Standard", "Desk 02", "Desk 01"]


def test_fills_are_gross_net_and_their_share():
    shown = cells.fills_table(pd.DataFrame([row(), row(unit="Desk 02", downstream=0, fell_off=0)]), "Desk")
    assert shown.iloc[0].tolist() == ["Desk 01", 7, 1, 6, pytest.approx(100 / 7)]
    assert pd.isna(shown["Share"].iloc[1])


def test_fills_are_not_shown_where_fall_offs_are_unknown():
    assert cells.fills_table(pd.DataFrame([row(fell_off=pd.NA)]), "Desk").empty


def test_a_desk_is_silent_only_without_any_count_or_open_case():
    still_open = row(unit="Desk 02", upstream=0, downstream=0, open=2)
    nothing = row(unit="Desk 03", upstream=0, downstream=0, open=0)
    assert cells.silent(pd.DataFrame([row(), still_open, nothing])) == ["Desk 03"]


def test_rows_add_up_to_their_counts():
    behind = pd.DataFrame({"counted_as": ["upstream"] * 3 + ["downstream"], "fell_off": [False] * 3 + [True]})
    words = cells.words_of(BY_NAME["send_out_to_fill"], "activity")
    counts = row(upstream=3, downstream=1, fell_off=1)
    assert cells.reconciled(behind, counts, words) == "3 send-outs and 1 fill: 4 rows. 1 fill fell off again."


def test_rows_that_are_left_out_are_said():
    behind = pd.DataFrame({"counted_as": ["upstream"] * 3, "fell_off": False})
    words = cells.words_of(BY_NAME["send_out_to_fill"], "activity")
    said = cells.reconciled(behind, row(upstream=900, downstream=0, fell_off=0), words)
    assert said == "900 send-outs and 0 fills: 900 rows. The newest 3 of them are shown."


def test_cases_add_up_without_those_that_are_open():
    behind = pd.DataFrame({"status": ["reached", "not reached", "not reached", "open"]})
    words = cells.words_of(BY_NAME["contract_to_fill"], "cohort")
    assert cells.reconciled(behind, row(upstream=3, downstream=1, open=1, fell_off=pd.NA), words) == (
        "1 got to a fill in time and 2 did not: 3 orders. 1 are still open, in neither count."
    )


def test_evidence_leaves_out_empty_columns_and_a_credit_that_says_nothing_new():
    behind = pd.DataFrame(
        {
            "occurred_at": pd.to_datetime(["2026-11-02 10:00", "2026-11-03 00:00"]),
            "desk": ["Desk 01", "Desk 01"],
            "counted_for": ["Desk 01", "Desk 01"],
            "candidate": ["Avery Sample", None],
            "notes": ["not shown", None],
            "client": [None, None],
            "counted_as": ["upstream", "downstream"],
            "fell_off": [False, True],
        }
    )
    words = cells.words_of(BY_NAME["send_out_to_fill"], "activity")
    shown = cells.evidence(behind, words)
    assert shown.columns.tolist() == ["Counts as", "When", "Desk", "Candidate"]
    assert shown["Counts as"].tolist() == ["send-out", "fill, fell off"]
    assert shown["When"].tolist() == ["2 Nov 2026, 10:00", "3 Nov 2026"]
    other = cells.evidence(behind.assign(counted_for="Desk 02"), words)
    assert "Counted for" in other.columns
