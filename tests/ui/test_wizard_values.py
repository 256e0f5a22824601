"""The steps about values and dates: what is open, the side of calls, orders and zones, very many and hostile ones."""

from __future__ import annotations

import pytest
from screens import said
from wizard_pages import (
    COLUMNS,
    FILE,
    UNKNOWN,
    about,
    control,
    figures,
    fill_in,
    lists,
    map_unknown,
    means,
    open_wizard,
    stored,
    table,
    upload,
    use,
    why,
)


@pytest.fixture
def dropped(history, open_page):
    return upload(open_page, FILE)


# --- values ----------------------------------------------------------------------------------------------------------


def test_values_left_open_stay_out_and_are_counted(dropped, history):
    map_unknown(dropped)
    at = use(fill_in(dropped, "values", {"Zot": "❓ choose"}))
    assert figures(at)["Unknown"] == "1"
    assert {row[2] for row in stored(at, history)} == {"send_out", "call_attempt"}


def test_the_words_of_a_system_improve_the_suggestions(history, open_page):
    content = "occurred_at,desk,activity,candidate\n2026-03-02,Desk 01,Sourced,A\n2026-03-03,Desk 01,fill,A\n"
    at = upload(open_page, ("crm.csv", content.encode()))
    assert means(at, "values")["Sourced"] == "❓ choose"
    at = control(at, "selectbox", "vocabulary").set_value("crelate").run()
    assert (means(at, "values")["Sourced"], about(at, "values")["Sourced"]) == ("Note", "a word of this system")


def test_what_was_chosen_stays_chosen_when_other_words_are_proposed(history, open_page):
    content = "occurred_at,desk,activity,candidate\n2026-03-02,Desk 01,Sourced,A\n2026-03-03,Desk 01,fill,A\n"
    at = fill_in(upload(open_page, ("crm.csv", content.encode())), "values", {"Sourced": "Presentation"})
    at = control(at, "selectbox", "vocabulary").set_value("crelate").run()
    assert means(at, "values")["Sourced"] == "Presentation"


def test_a_word_that_means_two_things_is_not_suggested_and_its_text_is_shown(history, open_page):
    content = "occurred_at,desk,activity,candidate\n2026-03-02,Desk 01,Sendout,A\n2026-03-03,Desk 01,fill,A\n"
    at = upload(open_page, ("log.csv", content.encode()))
    assert means(at, "values")["Sendout"] == "❓ choose"
    told = (
        "In some systems a sendout is the résumé sent to the client (presentation), in others the interview with the "
    )
    assert about(at, "values")["Sendout"] == f"{told}client (send_out)."


ROUNDS = """occurred_at,desk,activity,candidate
2026-03-02,Desk 01,Sendout,A
2026-03-03,Desk 01,Sendout 2nd,A
2026-03-04,Desk 01,Sendout fell off,A
2026-03-05,Desk 01,fill,A
"""


def test_words_that_hold_an_answered_one_follow_it_as_a_proposal(history, open_page):
    at = upload(open_page, ("log.csv", ROUNDS.encode()))
    assert set(means(at, "values").values()) == {"❓ choose", "Fill"}
    at = fill_in(at, "values", {"Sendout": "Presentation"})
    assert means(at, "values")["Sendout 2nd"] == "Presentation"
    assert about(at, "values")["Sendout 2nd"] == "proposed, like the word you answered"
    assert means(at, "values")["Sendout fell off"] == "❓ choose"
    assert "**1 of 4 values open, 1 row.** **1** proposed: look through these." in said(at)
    at = fill_in(at, "values", {"Sendout 2nd": "❓ choose"})
    assert means(at, "values")["Sendout 2nd"] == "❓ choose"


def test_later_rounds_are_said_to_be_kept_but_not_counted_where_they_are_chosen(history, open_page):
    at = fill_in(upload(open_page, ("log.csv", ROUNDS.encode())), "values", {"Sendout": "Send-out"})
    told = "a later round: kept, not counted in the ratios"
    assert about(at, "values")["Sendout 2nd"] == f"proposed, like the word you answered; {told}"
    assert told not in about(at, "values")["Sendout"]
    assert told in about(fill_in(at, "values", {"Sendout 2nd": "Send-out"}), "values")["Sendout 2nd"]


def test_a_later_word_follows_one_of_a_saved_layout(history, open_page):
    at = fill_in(upload(open_page, ("log.csv", ROUNDS.encode())), "values", {"Sendout": "Send-out"})
    use(fill_in(at, "values", {"Sendout fell off": "Note"}), "Ours")
    at = upload(open_page, ("next.csv", f"{ROUNDS}2026-03-06,Desk 01,Final sendout,B\n".encode()))
    assert means(at, "values")["Final sendout"] == "Send-out"


def test_reference_checks_are_proposed_as_notes(history, open_page):
    at = open_wizard(upload(open_page, ("log.csv", ROUNDS.replace("Sendout", "Refs").encode())))
    assert (means(at, "values")["Refs"], about(at, "values")["Refs"]) == ("Note", "proposed")


@pytest.mark.parametrize(
    ("side", "activity"),
    [("Candidates", "recruiting_call"), ("Clients", "marketing_call"), ("Leave open", "conversation")],
)
def test_the_side_of_calls_is_asked_once_for_the_file(dropped, history, side, activity):
    map_unknown(dropped)
    fill_in(dropped, "outcomes", {"nobody home": "Keep as written"})
    at = control(dropped, "radio", "calls").set_value(side).run()
    assert stored(use(at), history)[2][2] == activity


# --- dates -----------------------------------------------------------------------------------------------------------


def test_days_that_read_both_ways_are_shown_both_ways(dropped):
    at = fill_in(dropped, "columns", COLUMNS)
    both = next(frame.value for frame in at.dataframe if "In the file" in frame.value)
    assert both.iloc[0].tolist()[0] == "03/04/2026 09:00"
    assert both.shape == (3, 3)
    assert both.iloc[0, 1] != both.iloc[0, 2]


def test_the_other_order_gives_the_other_days(dropped, history):
    map_unknown(dropped)
    at = control(dropped, "segmented_control", "order").set_value("Month first (04/25)").run()
    assert [row[0] for row in stored(use(at), history)] == ["2026-03-04", "2026-03-04", "2026-04-04", "2026-05-04"]


def test_times_in_utc_become_the_time_of_the_firm(dropped, history):
    map_unknown(dropped)
    at = control(dropped, "segmented_control", "zone").set_value("UTC").run()
    at = control(at, "selectbox", "firm-zone").set_value("Asia/Tokyo").run()
    at = control(at, "button", "keep-zone").click().run()
    assert history.settings()["time_zone"] == "Asia/Tokyo"
    use(at).button(key="store").click().run()
    assert history.log().df()["occurred_at"].min().isoformat() == "2026-04-03T18:00:00"


HOSTILE = ["![x](http://127.0.0.1/a.png)", "=1+1", "<script>alert(1)</script>", "*bold* $x$ :red[y]", "n" * 5000]


# --- hostile and very many -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_headers_and_values_are_shown_as_data(history, open_page, text):
    content = UNKNOWN.replace("What went on", text).replace("Grog", text).replace("Typed in by", f"{text} 2")
    at = upload(open_page, (f"{text[:40].replace('/', '')}.csv", content.encode()))
    assert not at.exception
    shown = text if len(text) <= 34 else f"{text[:33]}…"
    assert shown in lists(at, "columns")
    others = {name: meaning for name, meaning in COLUMNS.items() if name not in ("What went on", "Typed in by")}
    at = fill_in(at, "columns", {**others, shown: "What was done"})
    assert shown in lists(at, "values")
    at = use(fill_in(at, "values", {shown: "Fill"}), text[:60])
    assert not at.exception
    assert "![x]" not in said(at)
    assert ":red[y]" not in said(at)


def test_only_the_column_somebody_changed_is_chosen_by_them(dropped):
    before = why(dropped, "columns")
    at = fill_in(dropped, "columns", {"Assignment": "Reference"})
    after = why(at, "columns")
    assert after == before | {"Assignment": "chosen by you"}
    assert "chosen by you" not in before.values()


def test_very_many_columns_stand_in_a_table(history, open_page):
    more = [f"Extra {n}" for n in range(9)]
    content = UNKNOWN.replace("Assignment\n", f"Assignment,{','.join(more)}\n").replace("Job 1\n", f"Job 1{',x' * 9}\n")
    at = upload(open_page, ("wide.csv", content.encode()))
    assert not lists(at, "columns")
    at = fill_in(at, "columns", COLUMNS)
    shown = table(at, "columns").value.set_index("Column")["Means"]
    assert {header: shown[header] for header in COLUMNS} == COLUMNS


def test_of_very_many_values_only_those_nothing_is_known_of_have_a_list(history, open_page):
    words = ["Zorp", *(f"CV to Firm {letter}" for letter in "ABCDEFGHIJKLMNOP")]
    rows = "".join(f"2026-03-02,Desk 01,{word},Avery Sample\n" for word in words)
    at = open_wizard(upload(open_page, ("log.csv", f"Date,Desk,What,Who\n{rows}".encode())))
    assert list(lists(at, "values")) == ["Zorp"]
    assert len(table(at, "values").value) == 16
    at = fill_in(at, "values", {"Zorp": "Fill", "CV to Firm A": "Note"})
    assert "All **17 values** have a meaning." in said(at)


def test_of_very_many_outcomes_only_those_that_sound_missed_have_a_list(history, open_page):
    words = ["ill on the day", *(f"chatter {letter}" for letter in "abcdefghijklmnopq")]
    rows = "".join(f"2026-10-{n:02},Desk 01,Met at client,Avery Sample,{word}\n" for n, word in enumerate(words, 1))
    at = upload(open_page, ("log.csv", f"Date,Desk,What,Who,Result\n{rows}".encode()))
    assert list(lists(at, "outcomes")) == ["ill on the day"]
    assert len(table(at, "outcomes").value) == 17
    at = fill_in(at, "outcomes", {"ill on the day": "Cancelled"})
    assert means(at, "outcomes") == {"ill on the day": "Cancelled"}
    assert not any("ill on the day" in box.value for box in at.info)
    at = fill_in(at, "outcomes", {"ill on the day": "Keep as written"})
    assert not any("ill on the day" in box.value for box in at.info)
