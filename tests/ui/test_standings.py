"""The order of the scoreboard, its sentence, and the table as it is handed out."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from charts.words import Words
from ui import downloads, marks, standings

WORDS = Words("Send-out to fill", ("send-out", "send-outs"), ("fill", "fills"))


def line(unit, upstream=40, downstream=10, verdict="unclear", **more):
    return {
        "unit": unit,
        "ratio": "send_out_to_fill",
        "upstream": upstream,
        "downstream": downstream,
        "value": upstream / downstream if downstream else pd.NA,
        "verdict": verdict,
    } | more


def signal(desk, kind, *, active=True):
    return {"desk": desk, "kind": kind, "active": active}


@pytest.fixture
def frame():
    return pd.DataFrame(
        [
            line("Desk 01"),
            line("Desk 02", verdict="likely_below"),
            line("Desk 03"),
            line("Desk 04", 4, 2),
            line("Desk 05", 0, 0, None),
        ]
    )


@pytest.fixture
def signals():
    rows = [
        signal("Desk 01", "below_standard"),
        signal("Desk 01", "below_standard"),
        signal("Desk 03", "slump"),
        signal("Desk 04", "surge"),
        signal("Desk 04", "slump", active=False),
    ]
    return pd.DataFrame(rows)


def order(frame, name, signals):
    return standings.ordered(frame, name, signals)["unit"].tolist()


def test_who_got_worse_stands_before_who_is_below_and_before_who_is_likely_below(frame, signals):
    assert order(frame, standings.TALK, signals) == ["Desk 03", "Desk 01", "Desk 02", "Desk 04", "Desk 05"]


def test_without_signals_who_is_likely_below_stands_first(frame):
    assert order(frame, standings.TALK, pd.DataFrame())[0] == "Desk 02"


def test_by_name_is_by_name(frame, signals):
    assert order(frame, standings.BY_UNIT, signals) == [f"Desk 0{number}" for number in range(1, 6)]


def test_two_of_four_do_not_beat_twenty_of_forty_and_nobody_without_a_case_is_left_out(signals):
    frame = pd.DataFrame([line("Desk 01", 4, 2), line("Desk 02", 40, 20), line("Desk 03"), line("Desk 04", 0, 0)])
    assert order(frame, "send_out_to_fill", signals) == ["Desk 02", "Desk 01", "Desk 03", "Desk 04"]


def test_the_sentence_names_who_deserves_a_conversation_and_for_what(frame, signals):
    assert standings.sentence(frame, signals) == (
        "Worth a conversation: **Desk 03** (got worse) and **Desk 01** (below standard in 2)."
    )
    assert standings.sentence(frame, signals.assign(active=False)).startswith("No signal")


def test_names_in_the_sentence_are_no_markup(signals):
    named = standings.sentence(pd.DataFrame([line("![x](y)")]), signals.assign(desk="![x](y)"))
    assert "![x]" not in named


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (standings.TALK, "First those whose own ratio got worse"),
        ("contract_to_fill", "Too few have this ratio to be compared."),
        ("send_out_to_fill", "Best first on Send-out to fill, and fair to few cases: everybody gets"),
    ],
)
def test_the_order_is_explained(frame, name, said):
    assert standings.caption(frame, name).startswith(said)


def test_by_name_needs_no_explanation(frame):
    assert standings.caption(frame, standings.BY_UNIT) == ""


GROUNDS = {
    "verdict_upstream": 60,
    "verdict_downstream": 6,
    "verdict_open": 3,
    "verdict_weeks": 26,
    "verdict_probability": 0.86,
}


def test_a_verdict_is_told_with_all_it_rests_on():
    assert standings.grounds(line("Desk 01", verdict="likely_below", **GROUNDS), WORDS) == (
        "**▽ likely below**: 86 % sure that it is below, from 60 send-outs, 6 fills, 3 still open in 26 closed weeks."
    )
    assert standings.grounds(line("Desk 01", verdict=None), WORDS) == ""


def test_a_verdict_in_a_cell_has_its_counts_and_weeks():
    told = standings.grounds_briefly(line("Desk 01", verdict="likely_below", **GROUNDS))
    assert told == "▽ likely below · 60 / 6 in 26 weeks"
    assert standings.grounds_briefly(line("Desk 01", verdict=None)) == str(marks.NO_VERDICT)


def test_the_table_handed_out_has_verdicts_in_words_with_their_counts():
    frame = pd.DataFrame(
        [line("Desk 01", verdict="likely_below", **GROUNDS), line("Desk 02", verdict=None) | dict.fromkeys(GROUNDS)]
    )
    handed = standings.handed_out(frame)
    assert handed["verdict"].tolist() == ["likely below", None]
    assert handed["verdict_how_sure"].tolist() == ["86 % sure that it is below", None]
    csv = downloads.to_csv(handed, downloads.Sheet("scoreboard", "Ratios", (standings.VERDICTS_REST_ON,)))
    assert "likely below,60,6,3,26,86 % sure that it is below" in csv.decode("utf-8-sig")
    assert csv.decode("utf-8-sig").startswith("Ratios\n")


def test_grounds_are_missing_before_a_week_is_closed(frame):
    assert standings.with_grounds(frame, pd.DataFrame())[list(GROUNDS)].isna().all(axis=None)
    rows = frame.assign(period_end=pd.Timestamp(date(2026, 11, 22)))
    assert standings.with_grounds_then(rows, "send_out_to_fill", None)[list(GROUNDS)].isna().all(axis=None)
