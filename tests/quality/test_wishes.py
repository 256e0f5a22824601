"""Who wants to be left alone, and rows in which such a person cannot be recognised."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality.wishes import NAMELESS, hidden, mentions, refused, told, without_names
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
            "notes": ["avery sample", "Avery Sampleton is keen"],
            "became": "placed",
            "became_on": pd.Timestamp("2026-11-02"),
        }
    )
    shown = without_names(rows, frozenset({AVERY}))
    assert shown["who"].tolist() == ["Blake Sample"] * 2
    assert shown["named"].tolist() == [NAMELESS, "Casey Sample"]
    assert shown["notes"].fillna("").tolist() == ["", "Avery Sampleton is keen"]
    assert shown[["became", "became_on"]].isna().to_numpy().tolist() == [[True, True], [False, False]]


RENE = ("candidate", "René Élan")
ALONE = frozenset({AVERY, RENE, ("client", "Casey")})


def test_a_note_that_names_them_among_other_words_is_left_out_and_the_rest_of_the_row_stays() -> None:
    rows = pd.DataFrame({"candidate": "Blake Sample", "job": "Welder", "notes": ["Saw AVERY SAMPLE's desk", "Is well"]})
    shown = without_names(rows, ALONE)
    assert shown["notes"].fillna("").tolist() == ["", "Is well"]
    assert shown[["candidate", "job"]].equals(rows[["candidate", "job"]])


def test_a_name_counts_as_a_whole_and_one_word_only_where_it_is_the_whole_text() -> None:
    named = {"Told rené élan.": True, "Avery Sample, René Élan": True, " Casey ": True}
    others = {"Averys Sample": False, "René Élans": False, "xRené Élan": False, "told Casey": False}
    texts = pd.Series([*named, *others, None])
    assert mentions(texts, ALONE).tolist() == [*named.values(), *others.values(), False]
    assert not mentions(texts, frozenset()).any()


def test_a_text_is_told_without_their_names() -> None:
    texts = pd.Series(["Call with Avery Sample", "Avery Sample René Élan (2)", "casey", "Call", None])
    shown = told(texts, ALONE)
    assert shown.tolist()[:4] == [f"Call with {NAMELESS}", f"{NAMELESS} {NAMELESS} (2)", NAMELESS, "Call"]
    assert shown.isna().tolist() == [False] * 4 + [True]


def test_very_many_names_are_found_as_well() -> None:
    many = frozenset(("candidate", f"Avery {number} Sample{number}") for number in range(12_000))
    assert mentions(pd.Series(["Avery 11999 Sample11999", "Avery 0 Sample0!", "Avery 1 Sample2"]), many).tolist() == [
        True,
        True,
        False,
    ]


def test_a_row_of_a_file_that_names_them_in_one_cell_or_in_two_is_hidden() -> None:
    cells = pd.DataFrame(
        [
            ["Name", "First"],
            ["Sample", "Avery"],
            ["x", "CASEY"],
            ["Élan, René", "3"],
            ["Casey Drew", ""],
            ["Avery", "x"],
        ]
    )
    assert hidden(cells, ALONE).to_numpy().tolist() == [
        ["Name", "First"],
        [NAMELESS, ""],
        [NAMELESS, ""],
        [NAMELESS, ""],
        ["Casey Drew", ""],
        ["Avery", "x"],
    ]


def test_another_system_may_have_the_last_name_first() -> None:
    rows = pd.DataFrame({"candidate": ["Sample, Avery", "ÉLAN, RENÉ"], "notes": ["Is well", "Is well"]})
    shown = without_names(rows, ALONE)
    assert shown["candidate"].tolist() == [NAMELESS, NAMELESS]
    assert shown["notes"].isna().all()
    assert mentions(pd.Series(["told Sample, Avery", "Élan,René"]), ALONE).tolist() == [True, False]
    turned = frozenset({("candidate", "Sample, Avery Kit")})
    assert mentions(pd.Series(["Avery Kit Sample", "Kit Sample, Avery", "Avery Sample"]), turned).tolist() == [
        True,
        True,
        False,
    ]


def test_a_topic_of_theirs_that_nobody_else_has_is_not_told() -> None:
    rows = pd.DataFrame(
        {
            "candidate": ["Avery Sample", "Avery Sample", "Blake Sample", "Blake Sample"],
            "topic": ["Timecard", "Her own badge", "Timecard", "Sits beside Avery Sample"],
        }
    )
    assert without_names(rows, ALONE)["topic"].tolist() == ["Timecard", NAMELESS, "Timecard", NAMELESS]
