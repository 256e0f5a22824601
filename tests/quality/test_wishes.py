"""Who wants to be left alone, and rows in which such a person cannot be recognised."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality.wishes import NAMELESS, refused, without_names
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

TODAY = date(2026, 11, 23)
AVERY = ("candidate", "Avery Sample")


def test_the_last_wish_by_the_day_counts_of_either_side(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-11-02 09:00", "Desk 01", "do_not_contact", candidate="Avery Sample"),
                row("2026-11-02 09:00", "Desk 01", "do_not_contact", candidate="Blake Sample"),
                row("2026-11-03 09:00", "Desk 01", "contact_consent", candidate="Blake Sample"),
                row("2026-11-03 09:00", "Desk 01", "do_not_contact", party="client", contact="Casey Example"),
                row("2026-11-24 09:00", "Desk 01", "do_not_contact", candidate="Drew Sample"),
            ]
        )
    )
    assert refused(log, TODAY) == {AVERY, ("client", "Casey Example")}


def test_an_answer_says_it_too(engine: Engine) -> None:
    log = engine(frame_of([row("2026-11-02 09:00", "Desk 01", "touch", candidate="Avery Sample")]))
    told = {"answer_id": 1, "rule": "close_loop", "trigger_id": "row 1", "party": "candidate", "who": "Avery Sample"}
    said = {"answer": "do_not_contact", "answered_by": "Kit Sample", "answered_at": pd.Timestamp("2026-11-18")}
    answers = pd.DataFrame([{**told, **said, "due_on": pd.NaT}])
    answers = answers.astype({"due_on": "datetime64[us]", "answered_at": "datetime64[us]"})
    assert refused(log, TODAY, answers) == {AVERY}
    assert refused(log, date(2026, 11, 17), answers) == frozenset()


def test_a_row_about_them_keeps_no_name_and_nothing_that_tells_it() -> None:
    rows = pd.DataFrame(
        {
            "party": ["candidate", "client", "client"],
            "who": ["Avery Sample", "Casey Example", "Example Works"],
            "candidate": ["Avery Sample", "Avery Sample", None],
            "ref": ["T1", "T2", "T3"],
            "state": ["open", "open", "open"],
        }
    )
    shown = without_names(rows, frozenset({AVERY}))
    assert shown["who"].tolist() == [NAMELESS, NAMELESS, "Example Works"]
    assert shown["candidate"].tolist()[:2] == [NAMELESS, NAMELESS]
    assert shown["ref"].isna().tolist() == [True, True, False]
    assert shown["state"].tolist() == ["open", "open", "open"]
    assert without_names(rows, frozenset()) is rows


UMA = ("client", "Uma Example")


def test_on_the_rows_of_somebody_else_a_contact_loses_the_name_alone() -> None:
    rows = pd.DataFrame(
        {
            "party": ["candidate", "client", None, None],
            "candidate": ["Avery Sample", "Avery Sample", None, "Avery Sample"],
            "contact": "UMA EXAMPLE ",
            "job": "Welder",
            "notes": "Said yes",
        }
    )
    shown = without_names(rows, frozenset({UMA}))
    assert shown["contact"].tolist() == [NAMELESS] * 4
    assert shown["candidate"].tolist() == rows["candidate"].tolist()
    assert shown["job"].isna().tolist() == shown["notes"].isna().tolist() == [False, True, True, False]


def test_whom_a_note_or_a_referral_names_is_not_named() -> None:
    rows = pd.DataFrame(
        {
            "party": "candidate",
            "who": "Blake Sample",
            "named": ["Avery Sample", "Casey Sample"],
            "notes": ["avery sample", "Avery Sample is keen"],
            "became": "placed",
            "became_on": pd.Timestamp("2026-11-02"),
        }
    )
    shown = without_names(rows, frozenset({AVERY}))
    assert shown["who"].tolist() == ["Blake Sample"] * 2
    assert shown["named"].tolist() == [NAMELESS, "Casey Sample"]
    assert shown["notes"].fillna("").tolist() == ["", "Avery Sample is keen"]
    assert shown[["became", "became_on"]].isna().to_numpy().tolist() == [[True, True], [False, False]]
